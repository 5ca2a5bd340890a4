"""The iCalendar writer: the clock, the octets, and a linter that is itself tested."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from dateutil.tz import tzical  # type: ignore[import-untyped]
from hypothesis import given, strategies as st
from icalendar import Calendar

from gremienplan.errors import InputError
from gremienplan.publishing.kalender import (
    Kopf,
    clean,
    ereignis_bytes,
    exists,
    in_utc,
    kalender_bytes,
    time_zone,
    zeitzone_bytes,
)
from gremienplan.release import Fassung, Gesicht, Status
from tests.publishing import bibliothek
from tests.publishing.lesen import events, head, lines, lint

BERLIN = ZoneInfo("Europe/Berlin")
STUNDEN = [datetime(2027, 1, 1) + timedelta(hours=n) for n in range(365 * 24)]
SCHWIERIG = 'Rat, Tat; "Zitat"\r\nneue Zeile \U0001f469\u200d\U0001f680 \\Norden ' + "ä" * 200


def kopf(name: str = "Flussau", adresse: str = "") -> Kopf:
    return Kopf("alle.feed@flussau.example", name, ("Stand: heute",), "navy", adresse=adresse)


def vevent(worte: Iterable[str] = (), **werte: object) -> bytes:
    vorgaben = {
        "beginn": datetime(2027, 3, 1, 18),
        "ende": datetime(2027, 3, 1, 20),
        "titel": "Runde",
        "status": Status.CONFIRMED,
    }
    gesicht = Gesicht(worte=tuple(worte), **(vorgaben | werte))  # type: ignore[arg-type]
    return ereignis_bytes("a@flussau.example", Fassung(gesicht, 0, datetime(2026, 11, 2, 9, 30)), BERLIN)


def calendar(*vevents: bytes) -> bytes:
    return kalender_bytes(kopf(), BERLIN, vevents)


class TestTimeZone:
    """P-65: the clock of the file is the clock of the city, on both sides of every change."""

    def test_rules_without_end(self) -> None:
        """The VTIMEZONE is two rules by weekday: no list of dates, no history, no comment."""
        assert zeitzone_bytes(BERLIN).decode().split("\r\n") == [
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Berlin",
            "BEGIN:DAYLIGHT",
            "DTSTART:19700329T020000",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0200",
            "TZNAME:CEST",
            "END:DAYLIGHT",
            "BEGIN:STANDARD",
            "DTSTART:19701025T030000",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
            "TZOFFSETFROM:+0200",
            "TZOFFSETTO:+0100",
            "TZNAME:CET",
            "END:STANDARD",
            "END:VTIMEZONE",
            "",
        ]

    def test_icalendar_reads_every_hour_of_a_year_right(self) -> None:
        """Read by ``icalendar`` from the file alone, each hour of a year has the offset it has in Berlin."""
        zone = Calendar.from_ical(calendar()).timezones[0].to_tz(lookup_tzid=False)
        assert not isinstance(zone, ZoneInfo)
        assert all(
            stunde.replace(tzinfo=zone).utcoffset() == stunde.replace(tzinfo=BERLIN).utcoffset()
            for stunde in STUNDEN
            if exists(stunde, BERLIN)
        )

    def test_dateutil_reads_every_hour_of_a_year_right(self) -> None:
        """A second reader, with rules of its own, agrees for every hour."""
        zone = tzical(io.StringIO(calendar().decode().replace("\r\n", "\n"))).get("Europe/Berlin")
        assert all(
            stunde.replace(tzinfo=zone).utcoffset() == stunde.replace(tzinfo=BERLIN).utcoffset()
            for stunde in STUNDEN
            if exists(stunde, BERLIN)
        )

    @pytest.mark.parametrize(
        "stunde", [datetime(2027, 3, 27, 18), datetime(2027, 3, 28, 18), datetime(2027, 10, 31, 9)]
    )
    def test_local_start_is_what_was_planned(self, stunde: datetime) -> None:
        """The wall-clock time of a meeting stands in the file as it was planned, before and after a change."""
        data = calendar(vevent(beginn=stunde, ende=stunde + timedelta(hours=2)))
        assert events(data)[0].zeit("DTSTART") == stunde

    def test_the_hour_that_does_not_exist(self) -> None:
        """In March the clock skips one hour, and only that."""
        assert [s for s in STUNDEN if not exists(s, BERLIN)] == [datetime(2027, 3, 28, 2)]

    def test_the_hour_that_comes_twice_is_the_first(self) -> None:
        """In October the clock shows 02:30 twice; summer time comes first."""
        assert in_utc(datetime(2027, 10, 31, 2, 30), BERLIN) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)

    @pytest.mark.parametrize("name", ["Europe/Berlin", "Europe/Paris", "Europe/Vienna"])
    def test_central_european_zones_are_known(self, name: str) -> None:
        """Every zone with CET and CEST can be written."""
        assert f"TZID:{name}\r\n".encode() in zeitzone_bytes(time_zone(name, 2027))

    def test_years_before_the_common_rule_are_refused(self) -> None:
        """Until 1995 summer ended in September; a year beside that time cannot be written either."""
        assert time_zone("Europe/Berlin", 1997).key == "Europe/Berlin"
        with pytest.raises(InputError):
            time_zone("Europe/Berlin", 1996)

    @pytest.mark.parametrize(
        "name",
        ["Europe/London", "Europe/Athens", "America/New_York", "UTC", "Africa/Algiers", "Mond", "../x", ""],
    )
    def test_other_zones_are_refused(self, name: str) -> None:
        """Any other zone, or none, is said to be one we cannot write; it never becomes Berlin in silence."""
        with pytest.raises(InputError) as caught:
            time_zone(name, 2027)
        assert [(p.pfad, p.wert) for p in caught.value.problems] == [("stadt.zeitzone", name)]


class TestAsTheLibraryDoes:
    """What we write is what ``icalendar`` would write."""

    @given(st.text(), st.text(), st.lists(st.text(), max_size=3), st.booleans(), st.sampled_from(Status))
    def test_byte_by_byte(
        self, titel: str, ort: str, worte: list[str], ganztags: bool, status: Status
    ) -> None:
        """Any event in any calendar: the same bytes."""
        beginn = datetime(2027, 3, 1, 0 if ganztags else 18)
        gesicht = Gesicht(
            beginn,
            beginn + timedelta(days=1),
            titel,
            status,
            tuple(worte),
            ort,
            titel,
            oeffentlich=bool(worte),
            ganztags=ganztags,
        )
        fassung = Fassung(gesicht, len(worte), datetime(2026, 11, 2, 9, 30))
        ours = ereignis_bytes(f"{titel}@flussau.example", fassung, BERLIN)
        assert ours == bibliothek.ereignis_bytes(f"{titel}@flussau.example", fassung, BERLIN)
        head_ = evolve(
            kopf(titel, "https://flussau.example/a.ics"), geaendert=datetime(2026, 11, 2, tzinfo=UTC)
        )
        for one in (head_, kopf(ort)):
            assert kalender_bytes(one, BERLIN, [ours]) == bibliothek.kalender_bytes(one, BERLIN, [ours])


class TestOctets:
    """S-33: whatever a name holds, the file stays sound and the name comes back."""

    def test_the_hard_title(self) -> None:
        """Comma, semicolon, quotes, line break, emoji, a backslash before an N, 200 umlauts."""
        data = calendar(vevent([SCHWIERIG], titel=SCHWIERIG, ort=SCHWIERIG, kategorie=SCHWIERIG))
        assert lint(data) == []
        assert [
            events(data)[0][name] for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES")
        ] == 4 * [clean(SCHWIERIG)]
        assert clean(SCHWIERIG) == SCHWIERIG.replace("\r\n", " ")

    @given(st.text(), st.text(), st.lists(st.text(), max_size=4), st.text())
    def test_any_text(self, titel: str, ort: str, zeilen: list[str], name: str) -> None:
        """Any text at all: the linter is content, and a plain reader gets back what was written."""
        event = vevent(zeilen, titel=f"Runde {titel}", ort=ort, kategorie=titel)
        data = kalender_bytes(
            kopf(f"Flussau {name}", adresse=f"https://flussau.example/{name}"), BERLIN, [event]
        )
        assert lint(data) == []
        (found,) = events(data)
        assert found["SUMMARY"] == clean(f"Runde {titel}")
        assert found.get("LOCATION") == clean(ort)
        assert found["DESCRIPTION"] == "\n".join(clean(zeile) for zeile in zeilen)
        assert head(data)["NAME"] == head(data)["X-WR-CALNAME"] == clean(f"Flussau {name}")

    @given(st.text(alphabet=st.characters(exclude_characters="\\")))
    def test_icalendar_agrees(self, titel: str) -> None:
        """``icalendar`` reads the same title (but for backslashes, which it gets wrong)."""
        data = calendar(vevent(titel=f"Runde {titel}"))
        assert str(Calendar.from_ical(data).events[0]["SUMMARY"]) == clean(f"Runde {titel}")

    @pytest.mark.parametrize(
        "zeichen", ["\r", "\x00", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ud800"], ids=ascii
    )
    def test_what_damages_a_file_becomes_a_blank(self, zeichen: str) -> None:
        """Every kind of line end, control characters and halves of a character never reach the file."""
        data = calendar(vevent(titel=f"a{zeichen}b", ort=zeichen, kategorie=zeichen))
        assert lint(data) == []
        assert events(data)[0]["SUMMARY"] == "a b"

    @given(st.text())
    def test_clean_is_idempotent(self, text: str) -> None:
        """A cleaned text is one line, and cleaning it again changes nothing."""
        assert clean(clean(text)) == clean(text)
        assert len(clean(text).splitlines()) <= 1


class TestCalendar:
    """What a calendar says of itself."""

    def test_an_empty_calendar_keeps_its_time_zone(self) -> None:
        """No events: still one calendar with its VTIMEZONE."""
        assert lint(calendar()) == []
        assert b"BEGIN:VTIMEZONE" in calendar()

    def test_properties(self) -> None:
        """The head is complete, stable, and in a fixed order."""
        data = kalender_bytes(kopf(adresse="https://flussau.example/feeds/alle.ics"), BERLIN, ())
        zeilen = [f"{z.name}{z.parameter}:{z.wert}" for z in lines(data)]
        assert zeilen[: zeilen.index("BEGIN:VTIMEZONE")] == [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//gremienplan//Sitzungskalender//DE",
            "CALSCALE:GREGORIAN",
            "UID:alle.feed@flussau.example",
            "NAME:Flussau",
            "X-WR-CALNAME:Flussau",
            "DESCRIPTION:Stand: heute",
            "X-WR-CALDESC:Stand: heute",
            "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
            "X-PUBLISHED-TTL:PT12H",
            "COLOR:navy",
            "SOURCE;VALUE=URI:https://flussau.example/feeds/alle.ics",
            "URL:https://flussau.example/feeds/alle.ics",
        ]

    def test_no_address_no_source(self) -> None:
        """SOURCE and URL stand only where somebody has said where the feed lies."""
        assert not {"SOURCE", "URL"} & head(calendar()).keys()


class TestLinter:
    """The linter finds what it is there to find."""

    @pytest.mark.parametrize(
        ("alt", "neu"),
        [
            (b"\r\n", b"\n"),
            (b"UID:a@", b"UID:a@flussau.example\r\nUID:a@"),
            (b"SUMMARY:", b"SUMMARY:" + 80 * b"x"),
            (b"SUMMARY:Runde", b"SUMMARY:Runde, zwei"),
            (b"SUMMARY:Runde", b"SUMMARY:\x07"),
            (b"SUMMARY:Runde\r\n", b""),
            (b"DTSTAMP:20261102T083000Z", b"DTSTAMP:20261102T083000"),
            (b"DTEND;TZID=Europe/Berlin:20270301T200000", b"DTEND;TZID=Europe/Berlin:20270301T180000"),
            (b"DTSTART;TZID=Europe/Berlin", b"DTSTART"),
            (b"STATUS:CONFIRMED", b"STATUS:confirmed"),
            (b"CLASS:PRIVATE", b"CLASS:PRIVATE\r\nATTENDEE:mailto:a@flussau.example"),
            (b"CLASS:PRIVATE", b"CLASS:PRIVATE\r\nRRULE:FREQ=DAILY"),
            (b";VALUE=DURATION", b""),
            (b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:PUBLISH"),
            (b"X-PUBLISHED-TTL:PT12H\r\n", b""),
            (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"),
            ("Rückblick".encode(), b"R\xc3\r\n \xbcckblick"),
        ],
    )
    def test_a_breach_is_found(self, alt: bytes, neu: bytes) -> None:
        """One breach of one rule, one finding or more."""
        data = calendar(vevent(["Rückblick"]))
        assert lint(data) == []
        assert alt in data
        assert lint(data.replace(alt, neu, -1 if alt == b"\r\n" else 1))
