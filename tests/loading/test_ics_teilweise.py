"""iCalendar files with faults: what can be read is read, and what is lost is named with its line."""

import contextlib
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from icalendar.parser import Contentline

from gremienplan.errors import InputError
from gremienplan.loading import ics
from gremienplan.loading.ics_teilweise import HOECHSTENS, read_partly
from gremienplan.loading.ics_zeilen import Komponente, Zeile
from gremienplan.ratskalender import Eintrag
from tests.nur_ci import nur_ci

DATEN = Path(__file__).parents[3] / "shared/data"
RAT = ("UID:1", "DTSTART;TZID=Europe/Berlin:20270302T170000", "SUMMARY:Rat")


def kalender(*events: tuple[str, ...], zeit: tuple[str, ...] = ()) -> bytes:
    teile = [zeile for event in events for zeile in ("BEGIN:VEVENT", *event, "END:VEVENT")]
    return "\r\n".join(["BEGIN:VCALENDAR", *zeit, *teile, "END:VCALENDAR", ""]).encode()


def lies(roh: bytes) -> tuple[tuple[Eintrag, ...], list[tuple[str, str, str]]]:
    eintraege, verluste = read_partly(roh, "rat", "rat.ics", "Europe/Berlin")
    return eintraege, [(v.mangel.value, v.stelle, v.wert) for v in verluste]


@given(
    st.sampled_from(
        [
            "SUMMARY",
            "DTSTART;TZID=Europe/Berlin",
            "UID",
            "dtend;tzid=x+1",
            "DTSTART;VALUE=DATE",
            "SUMMARY;LANGUAGE=de",
        ]
    ),
    st.text(max_size=20) | st.text(";:,\\\\\"%=n ^'2C", max_size=12),
)
def test_plain_lines_are_read_as_the_library_reads_them(name: str, wert: str) -> None:
    """The short cut for lines without anything to unescape changes no value."""
    zeile = f"{name}:{''.join(wert.splitlines())}"
    teil = Komponente("VEVENT", 1, "", [Zeile(2, zeile)])
    namen = frozenset({"SUMMARY", "DTSTART", "UID", "DTEND"})
    try:
        _, params, expected = Contentline(zeile).parts()  # type: ignore[no-untyped-call]
    except ValueError:
        return
    ((feld,),) = teil.felder("rat.ics", namen).values()
    assert (feld.wert, feld.params) == (expected, {k.upper(): str(v) for k, v in params.items()})


class TestVendors:
    """Not as the standard says, but plain enough."""

    @pytest.mark.parametrize(
        "wert",
        [
            "2027-03-02T17:00:00", "2027-03-02 17:00", "20270302T1700", "20270302 170000", "20270302T170000+0100",
            "2027-03-02T17:00:00+01:00", "2027-03-02T16:00:00Z", "20270302T1600Z", "2027-03-02T17:00:00.000",
        ],
    )  # fmt: skip
    def test_moments_written_otherwise(self, wert: str) -> None:
        eintraege, verluste = lies(kalender(("UID:1", f"DTSTART:{wert}")))
        assert [e.beginn for e in eintraege] == [datetime(2027, 3, 2, 17)]
        assert verluste == []

    def test_days_written_otherwise(self) -> None:
        eintraege, _ = lies(kalender(("UID:1", "DTSTART:2027-03-02")))
        assert [e.beginn for e in eintraege] == [date(2027, 3, 2)]

    def test_calendars_of_the_nineties(self) -> None:
        name = "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:B=C3=BCrgerausschuss"
        eintraege, _ = lies(kalender(("UID:1", "DTSTART:20270302T170000", name)))
        assert [e.name for e in eintraege] == ["Bürgerausschuss"]

    @pytest.mark.parametrize(
        ("text", "abgesagt"),
        [
            ("Link zur Tagesordnung: https://ris.example.org/1\\n\\nBemerkung:\\nDie Sitzung entfällt!", True),
            ("Bemerkung:\\nFällt aus", True), ("entfällt", True), ("Der Termin wurde leider abgesagt.", True),
            ("Die Sitzung am 02.03.2027 entfällt wegen Karneval", True), ("Guten Tag. Die Sitzung fällt aus.", True),
            ("Bemerkung:\\nTOP 3 entfällt", False), ("Der öffentliche Teil entfällt.", False),
            ("3. Anfragen\\nentfällt\\n4. Mitteilungen", False), ("Die Sitzung entfällt nicht.", False),
            ("Die Sitzung dauert, bis der letzte Punkt entfällt", False), ("", False),
            ("Die Sitzung am 10.02.2027 ist ausgefallen.", False),
        ],
    )  # fmt: skip
    def test_a_sitting_is_cancelled_in_its_description(self, text: str, abgesagt: bool) -> None:
        """As SD.NET does; what is said of an item of the agenda takes nothing away."""
        eintraege, _ = lies(kalender((*RAT, f"DESCRIPTION;LANGUAGE=de:{text}")))
        assert [e.status for e in eintraege] == (["CANCELLED"] if abgesagt else [""])

    @pytest.mark.parametrize(
        ("status", "gelesen"),
        [
            ("ABGESAGT", "CANCELLED"),
            ("Canceled", "CANCELLED"),
            ("entfällt", "CANCELLED"),
            ("Geplant", "GEPLANT"),
        ],
    )
    def test_a_status_in_words_of_its_own(self, status: str, gelesen: str) -> None:
        assert [e.status for e in lies(kalender((*RAT, f"STATUS:{status}")))[0]] == [gelesen]

    def test_a_calendar_that_takes_back(self) -> None:
        """Only what stands in the calendar that says so."""
        zwei = kalender(RAT, zeit=("METHOD:CANCEL",)) + kalender(
            ("UID:2", *RAT[1:]), zeit=("METHOD:PUBLISH",)
        )
        eintraege, _ = lies(zwei)
        assert [(e.kennung, e.status) for e in eintraege] == [("1", "CANCELLED"), ("2", "")]

    def test_of_two_versions_the_newer_one_counts(self) -> None:
        alt, neu = (*RAT, "SEQUENCE:1"), (RAT[0], "DTSTART:20270309T170000", RAT[2], "SEQUENCE:2")
        eintraege, _ = lies(kalender(neu, alt))
        assert [e.beginn for e in eintraege] == [datetime(2027, 3, 9, 17)]
        andere = (RAT[0], RAT[1], "SUMMARY:Hauptausschuss", "SEQUENCE:1")
        assert len(lies(kalender(neu, andere))[0]) == 2, "one UID for all is no identity"

    def test_letters_of_each_line_are_its_own(self) -> None:
        """Two files put together; a file cut off within a letter."""
        name = "SUMMARY:Ausschuss für Bürger"
        roh = kalender((*RAT[:2], name))
        gemischt = roh.replace(b"END:VCALENDAR", b"").rstrip() + kalender(
            ("UID:2", RAT[1], name)
        ).decode().encode("cp1252")
        assert {e.name for e in lies(gemischt)[0]} == {"Ausschuss für Bürger"}
        offen = kalender((*RAT[:2], name), ("UID:2", RAT[1], name))
        kurz = offen[: offen.rindex("ü".encode()) + 1]
        assert [e.name for e in lies(kurz)[0]] == ["Ausschuss für Bürger"]

    def test_utf_16_without_a_mark(self) -> None:
        roh = kalender((*RAT[:2], "SUMMARY:Ausschuss für Bürger")).decode()
        for art in ("utf-16-le", "utf-16-be"):
            assert [e.name for e in lies(roh.encode(art))[0]] == ["Ausschuss für Bürger"]

    def test_empty_lines_do_not_end_a_folded_one(self) -> None:
        roh = kalender((*RAT[:2], "SUMMARY:Ausschuss für", "  Umwelt")).replace(b"\r\n", b"\r\r\n")
        assert [e.name for e in lies(roh)[0]] == ["Ausschuss für Umwelt"]

    def test_soft_line_breaks_of_the_nineties(self) -> None:
        name = ("SUMMARY;ENCODING=QUOTED-PRINTABLE:B=FCrger=", "haus, S=FCd")
        assert [e.name for e in lies(kalender((*RAT[:2], *name)))[0]] == ["Bürgerhaus, Süd"]

    def test_what_was_meant_for_a_web_page(self) -> None:
        event = (
            *RAT[:2],
            "SUMMARY:Ausschuss f&uuml;r Schule &amp; Sport",
            "LOCATION:<b>Rathaus</b><br/>Saal 1",
        )
        assert [(e.name, e.ort) for e in lies(kalender(event))[0]] == [
            ("Ausschuss für Schule & Sport", "Rathaus Saal 1")
        ]

    def test_a_zone_with_a_colon_in_its_name(self) -> None:
        eintraege, verluste = lies(kalender(("UID:1", "DTSTART;TZID=GMT+01:00:20270302T170000")))
        assert [e.beginn for e in eintraege] == [datetime(2027, 3, 2, 17)]
        assert [v[0] for v in verluste] == ["zone-unbekannt"]

    def test_a_server_that_complains_before_it_answers(self) -> None:
        eintraege, verluste = lies(b"<br />\n<b>Warning</b>: mktime()\n" + kalender(RAT))
        assert (len(eintraege), verluste) == (1, [])


class TestLosses:
    def test_a_file_without_faults_loses_nothing(self) -> None:
        roh = kalender(RAT, ("UID:2", "DTSTART:20270304", "RRULE:FREQ=WEEKLY;COUNT=3"))
        assert lies(roh) == (ics.read_bytes(roh, "rat", "rat.ics", "Europe/Berlin"), [])

    @pytest.mark.parametrize(
        ("event", "verlust"),
        [
            (("UID:2", "SUMMARY:Kulturausschuss"), ("ohne-beginn", "7", "Kulturausschuss")),
            (("UID:2",), ("ohne-beginn", "7", "2")),
            (("UID:2", "DTSTART:20270230T170000"), ("zeit-unlesbar", "9", "20270230T170000")),
            (("UID:2", "DTSTART:"), ("zeit-unlesbar", "9", "")),
            (("UID:2", "DTSTART:99990302T170000"), ("zeit-unlesbar", "9", "99990302T170000")),
        ],
    )  # fmt: skip
    def test_what_has_no_start_is_lost_alone(
        self, event: tuple[str, ...], verlust: tuple[str, str, str]
    ) -> None:
        eintraege, verluste = lies(kalender(RAT, event))
        assert ([e.kennung for e in eintraege], verluste) == (["1"], [verlust])

    def test_a_start_behind_a_broken_parameter_can_be_read(self) -> None:
        eintraege, verluste = lies(kalender(("UID:2", 'DTSTART;X="a:20270302T170000')))
        assert [e.beginn for e in eintraege] == [datetime(2027, 3, 2, 17)]
        assert verluste == []

    @pytest.mark.parametrize(
        ("zeile", "mangel"),
        [
            ("DTEND:bald", "uhrzeit-unlesbar"),
            ("DURATION:P400Y", "uhrzeit-unlesbar"),
            ("RRULE:FREQ=MANCHMAL", "serie-unlesbar"),
            ("RRULE:FREQ=SECONDLY", "serie-unlesbar"),
            ("RDATE:morgen", "serie-unlesbar"),
            ("EXDATE:gestern", "serie-unlesbar"),
            ("RRULE:FREQ=DAILY;COUNT=99999", "serie-unlesbar"),
        ],
    )
    def test_the_rest_of_an_entry_stands(self, zeile: str, mangel: str) -> None:
        eintraege, verluste = lies(kalender((*RAT, zeile)))
        assert [(e.beginn, e.ende, e.name) for e in eintraege] == [(datetime(2027, 3, 2, 17), None, "Rat")]
        assert [v[0] for v in verluste] == [mangel]

    def test_an_unknown_zone_is_the_city_s_and_one_loss(self) -> None:
        event = ("UID:2", "DTSTART;TZID=Rathaus:20270302T170000", "DTEND;TZID=Rathaus:20270302T190000")
        eintraege, verluste = lies(kalender(event, ("UID:3", *event[1:])))
        assert {(e.beginn, e.ende) for e in eintraege} == {
            (datetime(2027, 3, 2, 17), datetime(2027, 3, 2, 19))
        }
        assert verluste == [("zone-unbekannt", "4", "Rathaus")]

    def test_a_broken_time_zone_harms_nothing(self) -> None:
        """As ALLRIS writes it: no STANDARD, no DAYLIGHT, and here not even an end."""
        zone = ("BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "TZOFFSETFROM:+0100")
        eintraege, verluste = lies(kalender(RAT, zeit=zone))
        assert [e.beginn for e in eintraege] == [datetime(2027, 3, 2, 17)]
        assert verluste == [("abgeschnitten", "2", "VTIMEZONE")]

    def test_offsets_that_no_clock_has(self) -> None:
        zone = (
            "BEGIN:VTIMEZONE",
            "TZID:Rathaus",
            "BEGIN:STANDARD",
            "TZOFFSETTO:+9900",
            "END:STANDARD",
            "END:VTIMEZONE",
        )
        event = ("UID:1", "DTSTART;TZID=Rathaus:20270302T170000")
        eintraege, _ = lies(kalender(event, ("UID:2", "DTSTART:20270302T170000+9959"), zeit=zone))
        assert len(eintraege) == 2

    def test_an_event_without_an_end_is_lost(self) -> None:
        roh = kalender(RAT, ("UID:2", *RAT[1:])).replace(b"END:VEVENT\r\n", b"", 1)
        eintraege, verluste = lies(roh)
        assert [e.kennung for e in eintraege] == ["2"]
        assert verluste == [("abgeschnitten", "2", "VEVENT")]

    @nur_ci("a large file")
    def test_series_that_would_fill_the_memory_come_once(self) -> None:
        serie = ("DTSTART:20270101T170000", "RRULE:FREQ=DAILY;COUNT=4000")
        eintraege, verluste = lies(kalender(*((f"UID:{n}", *serie) for n in range(4))))
        assert len(eintraege) <= HOECHSTENS
        assert len(eintraege) == 8002
        assert [v[0] for v in verluste] == ["serie-unlesbar"] * 2

    def test_series_that_find_nothing_for_ages_are_not_followed(self) -> None:
        """30 February of every year since 1900, a hundred times over."""
        nie = ("DTSTART:19000101T170000", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
        lange = ("DTSTART:20000101T170000", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20991231")
        eintraege, verluste = lies(kalender(*((f"UID:{n}", *(nie if n < 50 else lange)) for n in range(100))))
        assert {v[0] for v in verluste} == {"serie-unlesbar"}
        assert len(verluste) > 70
        assert len(eintraege) == len(verluste)

    @pytest.mark.parametrize(
        "regel",
        [
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTHDAY=5000", "FREQ=MONTHLY;BYDAY=6MO",
            "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", "FREQ=DAILY;BYMONTH=13",
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=99", "FREQ=DAILY;BYDAY=-1FR;BYEASTER=31",
        ],
    )  # fmt: skip
    def test_a_rule_that_never_finds_a_day(self, regel: str) -> None:
        """The library would look for one until the year 9999."""
        eintraege, verluste = lies(kalender((*RAT, f"RRULE:{regel}")))
        assert (len(eintraege), [v[0] for v in verluste]) == (1, ["serie-unlesbar"])

    @pytest.mark.parametrize(
        ("regel", "anzahl"),
        [
            ("FREQ=MONTHLY;BYDAY=1TU;COUNT=5", 5), ("FREQ=MONTHLY;BYDAY=-1TU;COUNT=5", 6),
            ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=5", 6), ("FREQ=YEARLY;BYWEEKNO=9;BYDAY=TU;COUNT=5", 5),
            ("FREQ=YEARLY;BYYEARDAY=61;COUNT=5", 5), ("FREQ=YEARLY;BYYEARDAY=-1;COUNT=2", 3),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4", 5),
        ],
    )  # fmt: skip
    def test_rules_that_do_are_followed(self, regel: str, anzahl: int) -> None:
        """The start counts, also where the rule does not name it."""
        eintraege, verluste = lies(kalender((*RAT, f"RRULE:{regel}")))
        assert (len(eintraege), verluste) == (anzahl, [])

    def test_an_end_in_a_hundred_years_is_none(self) -> None:
        eintraege, verluste = lies(
            kalender(("UID:1", "DTSTART:20270302T170000", "RRULE:FREQ=YEARLY;UNTIL=20991231"))
        )
        assert ([e.beginn.year for e in eintraege], verluste) == ([2027, 2028, 2029], [])

    @given(st.integers(0, 400))
    def test_a_file_cut_off_anywhere(self, stelle: int) -> None:
        """What is left is whole, in its order, and that a part is missing is said."""
        events = [(f"UID:{n}", f"DTSTART:202703{n:02}T170000", f"SUMMARY:Rat {n}") for n in range(1, 6)]
        ganz = kalender(*events)
        alle, _ = lies(ganz)
        halb = ganz[:stelle]
        try:
            eintraege, verluste = lies(halb)
        except InputError:
            assert b"BEGIN:VCALENDAR" not in halb
            return
        assert eintraege == alle[: len(eintraege)]
        assert [v for v in verluste if v[0] == "abgeschnitten"] or b"END:VCALENDAR" in halb

    @given(st.data())
    def test_damage_is_answered_never_a_crash(self, data: st.DataObject) -> None:
        serie = ("UID:2", "DTSTART:20270304T170000", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20270311T170000")
        statt = ("UID:2", "DTSTART:20270319T170000", "RECURRENCE-ID:20270318T170000", "DURATION:PT2H")
        roh = kalender(RAT, serie, statt)
        von = data.draw(st.integers(0, len(roh)))
        bis = data.draw(st.integers(von, min(von + 20, len(roh))))
        stoerung = data.draw(
            st.binary(max_size=20)
            | st.sampled_from(
                [b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"\r\n ", b";TZID=X:", b":", b"9" * 5000]
            )
        )
        with contextlib.suppress(InputError):
            lies(roh[:von] + stoerung + roh[bis:])


@pytest.mark.skipif(not DATEN.exists(), reason="the real exports of ../shared are not beside this repository")
class TestRealFiles:
    @pytest.mark.parametrize("pfad", sorted(DATEN.rglob("*.ics")), ids=lambda pfad: pfad.name)
    def test_every_one_is_read_as_the_strict_reader_does(self, pfad: Path) -> None:
        """Nothing is lost of any of them; the school holidays have no UIDs and their last day excluded."""
        eintraege, verluste = read_partly(pfad.read_bytes(), pfad.stem, pfad.name, "Europe/Berlin")
        assert (eintraege, verluste) == (ics.read(pfad, "Europe/Berlin"), ())
        assert eintraege
