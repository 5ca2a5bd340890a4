"""Council calendars as .ics files: every oddity that real exports have, and every way to be broken."""

import contextlib
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from gremienplan.errors import InputError, Problem
from gremienplan.loading import ics
from gremienplan.ratskalender import Eintrag, Muster, Treffer, normalisieren
from gremienplan.stadt import Stadt

BERLIN = ZoneInfo("Europe/Berlin")
ISERLOHN = Path(__file__).parents[3] / "shared/data/ics_allris_iserlohn/alle.ics"


def event(*zeilen: str) -> list[str]:
    return ["BEGIN:VEVENT", *zeilen, "END:VEVENT"]


def kalender(*teile: list[str]) -> bytes:
    zeilen = ["BEGIN:VCALENDAR", "VERSION:2.0", *(zeile for teil in teile for zeile in teil), "END:VCALENDAR"]
    return "\r\n".join([*zeilen, ""]).encode()


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ics")


def lies(ordner: Path, *teile: list[str], bis_jahr: int | None = None) -> tuple[Eintrag, ...]:
    return lies_bytes(ordner, kalender(*teile), bis_jahr)


def lies_bytes(ordner: Path, roh: bytes, bis_jahr: int | None = None) -> tuple[Eintrag, ...]:
    path = ordner / "rat.ics"
    path.write_bytes(roh)
    return ics.read(path, "Europe/Berlin", bis_jahr)


def probleme(ordner: Path, roh: bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        lies_bytes(ordner, roh)
    assert all(
        problem.datei.endswith("rat.ics") and str(problem.meldung) for problem in caught.value.problems
    )
    return caught.value.problems


def starts(eintraege: tuple[Eintrag, ...]) -> list[str]:
    return [f"{eintrag.beginn:%m-%d %H:%M}" for eintrag in eintraege]


class TestOneEntry:
    def test_it_comes_as_it_stands(self, ordner: Path) -> None:
        """Name, place and status unescaped and trimmed; UID and times as given; the file names the source."""
        (eintrag,) = lies(
            ordner,
            event(
                "UID:ALLRIS-Sitzung-1",
                "DTSTART;TZID=Europe/Berlin:20270302T170000",
                "DTEND;TZID=Europe/Berlin:20270303T000000",
                "SUMMARY;LANGUAGE=de:Ausschuss für Kultur\\, Sport",
                "LOCATION;LANGUAGE=de:Rathaus\\, Saal 1, ",
                "STATUS:cancelled",
                "",
            ),
        )
        assert eintrag == Eintrag(
            quelle="rat",
            kennung="ALLRIS-Sitzung-1",
            name="Ausschuss für Kultur, Sport",
            beginn=datetime(2027, 3, 2, 17),
            ende=datetime(2027, 3, 3),
            ort="Rathaus, Saal 1",
            status="CANCELLED",
        )

    @pytest.mark.parametrize(
        ("zeilen", "ende"),
        [
            (["DURATION:PT2H30M"], datetime(2027, 3, 2, 19, 30)),
            ([], None),
            (["DTEND:"], None),
            (["DTEND:20270302T000000"], datetime(2027, 3, 2)),
            (["DTEND;VALUE=DATE:20270303"], date(2027, 3, 3)),
        ],
    )
    def test_ends_are_kept_however_odd(
        self, ordner: Path, zeilen: list[str], ende: datetime | date | None
    ) -> None:
        """Missing, before the start, of another kind: what it means is not the reader's business."""
        (eintrag,) = lies(ordner, event("DTSTART:20270302T170000", *zeilen))
        assert eintrag.ende == ende

    def test_a_day_without_value_date_is_a_day(self, ordner: Path) -> None:
        (eintrag,) = lies(ordner, event("DTSTART:20270322", "DTEND:20270402", "SUMMARY:Osterferien"))
        assert (eintrag.beginn, eintrag.ende, eintrag.kennung) == (date(2027, 3, 22), date(2027, 4, 2), "")

    @pytest.mark.parametrize("umbruch", [b"\n", b"\r\n", b"\r"])
    def test_lines_folded_inside_a_letter(self, ordner: Path, umbruch: bytes) -> None:
        """Unfolding comes before decoding; every kind of line end; a BOM."""
        roh = kalender(event("DTSTART:20270302T170000", "SUMMARY:Büro"))
        roh = roh.replace("ü".encode(), "ü".encode()[:1] + b"\r\n " + "ü".encode()[1:]).replace(
            b"\r\n", umbruch
        )
        (eintrag,) = lies_bytes(ordner, b"\xef\xbb\xbf" + roh)
        assert eintrag.name == "Büro"

    def test_what_windows_writes_is_read(self, ordner: Path) -> None:
        roh = kalender(event("DTSTART:20270302T170000", "SUMMARY:Bürger – Rat")).decode().encode("cp1252")
        assert lies_bytes(ordner, roh)[0].name == "Bürger – Rat"

    def test_utf_16_is_read(self, ordner: Path) -> None:
        roh = kalender(event("DTSTART:20270302T170000", "SUMMARY:Bürger – Rat")).decode().encode("utf-16")
        assert lies_bytes(ordner, roh)[0].name == "Bürger – Rat"

    def test_a_description_with_raw_line_breaks_harms_nothing(self, ordner: Path) -> None:
        rest = ["DESCRIPTION:Die Sitzung", "Summary of it", "ist öffentlich.", "Ende: offen"]
        (eintrag,) = lies(ordner, event("DTSTART:20270302T170000", "SUMMARY:Rat", *rest))
        assert eintrag.name == "Rat"

    def test_alarms_and_other_components_are_not_entries(self, ordner: Path) -> None:
        alarm = ["BEGIN:VALARM", "SUMMARY:Wecker", "DURATION:PT1M", "END:VALARM"]
        todo = ["BEGIN:VTODO", "DTSTART:20270302T170000", "END:VTODO"]
        (eintrag,) = lies(ordner, event("DTSTART:20270302T170000", *alarm, "SUMMARY:Rat"), todo)
        assert (eintrag.name, eintrag.ende) == ("Rat", None)


class TestZones:
    """S-46: UTC, floating time or an outdated VTIMEZONE, the local time is the same."""

    @pytest.mark.parametrize(
        "tzid",
        [
            "Europe/Berlin",
            "W. Europe Standard Time",
            "/freeassociation.sourceforge.net/Europe/Berlin",
            "/softwarestudio.org/Olson_20011030_5/Europe/Berlin",
            '"Europe/Berlin"',
            "Europe/Vienna",
        ],
    )
    def test_names_of_the_citys_zone(self, ordner: Path, tzid: str) -> None:
        """IANA, Windows, a vendor's path, quoted: 17:00 is 17:00."""
        for monat in ("03", "07"):
            (eintrag,) = lies(ordner, event(f"DTSTART;TZID={tzid}:2027{monat}02T170000"))
            assert starts((eintrag,)) == [f"{monat}-02 17:00"]

    def test_a_broken_definition_of_a_known_zone_counts_for_nothing(self, ordner: Path) -> None:
        """Iserlohn's VTIMEZONE has offsets but no STANDARD and no DAYLIGHT; another one would never end."""
        kaputt = [
            "BEGIN:VTIMEZONE",
            "TZID:Europe/Berlin",
            "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0500",
            "END:VTIMEZONE",
        ]
        endlos = [
            *["BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "BEGIN:STANDARD", "TZOFFSETTO:quer"],
            *["RRULE:FREQ=SECONDLY;INTERVAL=0", "END:STANDARD", "END:VTIMEZONE"],
        ]
        sitzung = event("DTSTART;TZID=Europe/Berlin:20270302T170000")
        assert starts(lies(ordner, kaputt, endlos, sitzung)) == ["03-02 17:00"]

    def test_a_zone_of_the_files_own(self, ordner: Path) -> None:
        """Its offsets say what it is: the city's own zone, or one that never changes."""
        eigene = [
            *[
                "BEGIN:VTIMEZONE",
                "TZID:Ortszeit\\, Rathaus",
                "BEGIN:STANDARD",
                "TZOFFSETTO:+0100",
                "END:STANDARD",
            ],
            *["BEGIN:DAYLIGHT", "TZOFFSETTO:+0200", "END:DAYLIGHT", "END:VTIMEZONE"],
        ]
        feste = [
            *["BEGIN:VTIMEZONE", "TZID:tzone://Microsoft/Utc", "BEGIN:STANDARD", "TZOFFSETTO:+0000"],
            *["END:STANDARD", "END:VTIMEZONE"],
        ]
        assert starts(
            lies(
                ordner,
                eigene,
                feste,
                event('DTSTART;TZID="Ortszeit, Rathaus":20270702T170000'),
                event('DTSTART;TZID="tzone://Microsoft/Utc":20270702T150000'),
            )
        ) == ["07-02 17:00", "07-02 17:00"]

    @given(st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31)))
    def test_utc_is_shown_as_the_citys_clock_does(
        self, tmp_path_factory: pytest.TempPathFactory, wann: datetime
    ) -> None:
        """On both sides of every change of the clock."""
        wann = wann.replace(microsecond=0)
        (eintrag,) = lies(tmp_path_factory.getbasetemp(), event(f"DTSTART:{wann:%Y%m%dT%H%M%SZ}"))
        assert eintrag.beginn == wann.replace(tzinfo=UTC).astimezone(BERLIN).replace(tzinfo=None)

    @given(st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31)))
    def test_local_time_stays_as_written(
        self, tmp_path_factory: pytest.TempPathFactory, wann: datetime
    ) -> None:
        """Floating or of the city's zone, also in the hour that does not exist."""
        wann = wann.replace(microsecond=0)
        ordner = tmp_path_factory.getbasetemp()
        for kopf in ("DTSTART", "DTSTART;TZID=Europe/Berlin"):
            assert lies(ordner, event(f"{kopf}:{wann:%Y%m%dT%H%M%S}"))[0].beginn == wann

    def test_a_length_in_hours_is_one_of_the_clock(self, ordner: Path) -> None:
        """In the night of the change three hours end one hour later on the clock; a day is a day."""
        (nacht, tag) = lies(
            ordner,
            event("DTSTART:20270328T010000", "DURATION:PT3H"),
            event("DTSTART:20270328T010000", "DURATION:P1D"),
        )
        assert nacht.ende == datetime(2027, 3, 28, 5)
        assert tag.ende == datetime(2027, 3, 29, 1)


WEEKLY = ["UID:r", "DTSTART;TZID=Europe/Berlin:20270302T170000", "DTEND;TZID=Europe/Berlin:20270302T190000"]


class TestSeries:
    def test_a_series_keeps_the_clock_across_the_change(self, ordner: Path) -> None:
        eintraege = lies(ordner, event(*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=5"))
        assert starts(eintraege) == [f"{tag} 17:00" for tag in ("03-02", "03-09", "03-16", "03-23", "03-30")]
        assert [f"{e.ende:%m-%d %H:%M}" for e in eintraege] == [
            s.replace("17:", "19:") for s in starts(eintraege)
        ]
        assert [e.kennung for e in eintraege[:2]] == ["r/2027-03-02", "r/2027-03-09"]

    def test_a_series_in_utc_does_not(self, ordner: Path) -> None:
        eintraege = lies(ordner, event("UID:r", "DTSTART:20270323T160000Z", "RRULE:FREQ=WEEKLY;COUNT=2"))
        assert starts(eintraege) == ["03-23 17:00", "03-30 18:00"]

    def test_additions_and_exceptions(self, ordner: Path) -> None:
        """RDATE, a period with its own end, EXDATE in another zone and as a day."""
        eintraege = lies(
            ordner,
            event(
                *WEEKLY,
                "RRULE:FREQ=WEEKLY;COUNT=4",
                "RDATE;TZID=Europe/Berlin:20270304T170000",
                "RDATE;VALUE=PERIOD:20270305T160000Z/PT1H",
                "EXDATE:20270309T160000Z",
                "EXDATE;VALUE=DATE:20270316",
            ),
        )
        assert starts(eintraege) == ["03-02 17:00", "03-04 17:00", "03-05 17:00", "03-23 17:00"]
        assert eintraege[2].ende == datetime(2027, 3, 5, 18)

    def test_one_occurrence_moved_and_one_cancelled(self, ordner: Path) -> None:
        """Each keeps the day it was due in its identity, and has its own end, name and status."""
        eintraege = lies(
            ordner,
            event(*WEEKLY, "SUMMARY:Rat", "RRULE:FREQ=WEEKLY;COUNT=3"),
            event(
                "UID:r", "RECURRENCE-ID:20270309T160000Z", "DTSTART:20270310T170000Z", "SUMMARY:Rat (verlegt)"
            ),
            event(
                "UID:r", "RECURRENCE-ID;TZID=Europe/Berlin:20270316T170000", *WEEKLY[1:], "STATUS:CANCELLED"
            ),
        )
        assert [(e.kennung, e.name, e.status) for e in eintraege] == [
            ("r/2027-03-02", "Rat", ""),
            ("r/2027-03-16", "", "CANCELLED"),
            ("r/2027-03-09", "Rat (verlegt)", ""),
        ]
        assert eintraege[2].beginn == datetime(2027, 3, 10, 18)
        assert eintraege[2].ende is None

    def test_from_here_on(self, ordner: Path) -> None:
        eintraege = lies(
            ordner,
            event(*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=4"),
            event("UID:r", "RECURRENCE-ID;RANGE=THISANDFUTURE:20270316T160000Z", "DTSTART:20270316T173000Z"),
        )
        assert starts(eintraege) == ["03-02 17:00", "03-09 17:00", "03-16 18:30", "03-23 18:30"]
        assert len({e.kennung for e in eintraege}) == 4

    @pytest.mark.parametrize("bis", ["20270316", "20270316T160000Z", "20270316T235959", "20270317T000000Z"])
    def test_the_last_day_counts(self, ordner: Path, bis: str) -> None:
        """However UNTIL is written: as a day, in UTC, in local time."""
        assert len(lies(ordner, event(*WEEKLY, f"RRULE:FREQ=WEEKLY;UNTIL={bis}"))) == 3

    def test_an_end_before_the_start_stays_one(self, ordner: Path) -> None:
        zeilen = ["UID:r", "DTSTART:20270302T170000", "DTEND:20270302T000000", "RRULE:FREQ=WEEKLY;COUNT=2"]
        assert [e.ende for e in lies(ordner, event(*zeilen))] == [datetime(2027, 3, 2), datetime(2027, 3, 9)]

    def test_all_day_series(self, ordner: Path) -> None:
        zeilen = ["UID:r", "DTSTART;VALUE=DATE:20270302", "DTEND;VALUE=DATE:20270304"]
        eintraege = lies(ordner, event(*zeilen, "RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270430T000000Z"))
        assert [(e.beginn, e.ende) for e in eintraege] == [
            (date(2027, 3, 2), date(2027, 3, 4)),
            (date(2027, 4, 6), date(2027, 4, 8)),
        ]

    def test_a_series_without_an_end_has_one(self, ordner: Path) -> None:
        """Two years after the last start of the file, or where the caller says."""
        endlos = event(*WEEKLY, "RRULE:FREQ=YEARLY")
        spaeter = event("UID:x", "DTSTART:20290101T170000")
        assert {e.beginn.year for e in lies(ordner, endlos)} == {2027, 2028, 2029}
        assert {e.beginn.year for e in lies(ordner, endlos, spaeter)} == {2027, 2028, 2029, 2030, 2031}
        assert {e.beginn.year for e in lies(ordner, endlos, bis_jahr=2028)} == {2027, 2028}

    @given(st.integers(1, 4), st.integers(1, 60), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
    def test_every_n_weeks(
        self, tmp_path_factory: pytest.TempPathFactory, abstand: int, anzahl: int, erster: date
    ) -> None:
        """The library agrees with counting: same clock, n weeks apart, as often as said."""
        regel = f"RRULE:FREQ=WEEKLY;INTERVAL={abstand};COUNT={anzahl}"
        zeilen = ["UID:r", f"DTSTART;TZID=Europe/Berlin:{erster:%Y%m%d}T170000", regel]
        found = lies(tmp_path_factory.getbasetemp(), event(*zeilen))
        expected = [datetime.combine(erster + timedelta(weeks=i * abstand), time(17)) for i in range(anzahl)]
        assert [e.beginn for e in found] == expected


class TestBroken:
    @pytest.mark.parametrize(
        ("roh", "was"),
        [
            (b"", "empty"),
            (b"\r\n \r\n", "empty"),
            (b"<!DOCTYPE html>\n<html></html>", "web page"),
            (b"\n\n  <html>", "web page"),
            (b"Datum;Gremium\n1.1.2027;Rat", "not an iCalendar"),
            (bytes(range(256)), "not an iCalendar"),
            ("BEGIN:VEVENT".encode("utf-16"), "not an iCalendar"),
        ],
    )
    def test_what_is_no_calendar(self, ordner: Path, roh: bytes, was: str) -> None:
        (problem,) = probleme(ordner, roh)
        assert was in str(problem.meldung)

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"nicht-da\.ics"):
            ics.read(tmp_path / "nicht-da.ics", "Europe/Berlin")

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(InputError):
            ics.read(tmp_path, "Europe/Berlin")

    def test_an_unknown_zone_of_the_city(self, ordner: Path) -> None:
        (ordner / "leer.ics").write_bytes(kalender())
        with pytest.raises(InputError, match="zone"):
            ics.read(ordner / "leer.ics", "Europa/Hamm")

    def test_a_calendar_without_events_is_none_the_less_one(self, ordner: Path) -> None:
        assert lies(ordner) == ()

    def test_every_problem_of_the_file_at_once(self, ordner: Path) -> None:
        """Each with its line and what stands there."""
        found = probleme(
            ordner,
            kalender(
                event("UID:ohne", "SUMMARY:Rat"),
                event("UID:gut", "DTSTART:20270302T170000"),
                event("DTSTART:gestern"),
                event("DTSTART:02720302T170000"),
                event("DTSTART;TZID=Mond/Krater:20270302T170000"),
                event("DTSTART:20270302T170000", "DURATION:zwei Stunden"),
                event("DTSTART:20270302T170000", "RRULE:FREQ=WEEKLY;BYDAY=XX"),
                event("DTSTART;TZID:20270302T170000"),
            ),
        )
        assert [(p.pfad, p.wert) for p in found] == [
            ("3", "ohne"),
            ("12", "gestern"),
            ("15", "02720302T170000"),
            ("18", "Mond/Krater"),
            ("22", "zwei Stunden"),
            ("26", "FREQ=WEEKLY;BYDAY=XX"),
            ("29", "DTSTART;TZID:20270302T170000"),
        ]

    @pytest.mark.parametrize("zeile", range(2, 7))
    def test_a_file_cut_off_anywhere(self, ordner: Path, zeile: int) -> None:
        """What is missing is not taken for free time."""
        ganz = kalender(event("DTSTART:20270302T170000", "SUMMARY:Rat")).splitlines(keepends=True)
        (problem,) = probleme(ordner, b"".join(ganz[: zeile - 1]))
        assert "cut off" in str(problem.meldung)

    def test_components_that_do_not_match(self, ordner: Path) -> None:
        """An end without a beginning, and a beginning without an end, each at its line."""
        found = probleme(ordner, kalender(["END:VTODO", "BEGIN:VEVENT", "DTSTART:20270302T170000"]))
        assert [problem.pfad for problem in found] == ["3", "4"]

    @pytest.mark.parametrize(
        "regel",
        [
            "FREQ=SECONDLY",
            "FREQ=HOURLY;COUNT=3",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=-1",
            "FREQ=DAILY;COUNT=1000000",
            "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,10,20,30,40,50",
            "FREQ=MANCHMAL",
            "COUNT=3",
            "FREQ=WEEKLY;UNTIL=bald",
            "",
        ],
    )
    def test_a_rule_that_cannot_be_followed_is_a_problem_and_no_hang(self, ordner: Path, regel: str) -> None:
        """At the line of its event; the library itself would never come back from some of these."""
        (problem,) = probleme(ordner, kalender(event("UID:r", "DTSTART:20270302T170000", f"RRULE:{regel}")))
        assert problem.pfad in {"3", "6"}

    @given(st.binary(max_size=200), st.integers(0, 200))
    def test_damage_is_answered_never_a_crash(
        self, tmp_path_factory: pytest.TempPathFactory, stoerung: bytes, stelle: int
    ) -> None:
        """Any bytes in any place of a calendar: entries or located problems."""
        roh = kalender(event(*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20270309T160000Z", "SUMMARY:Rat"))
        with contextlib.suppress(InputError):
            lies_bytes(tmp_path_factory.getbasetemp(), roh[:stelle] + stoerung + roh[stelle:])


class TestIserlohn:
    """The real ALLRIS export, with the numbers of its README."""

    @pytest.fixture
    def eintraege(self) -> tuple[Eintrag, ...]:
        if not ISERLOHN.exists():
            pytest.skip("the real exports of ../shared are not beside this repository")
        return ics.read(ISERLOHN, "Europe/Berlin")

    def test_what_the_file_holds(self, eintraege: tuple[Eintrag, ...]) -> None:
        """96 entries with 96 UIDs, 84 ends at next-day midnight, 14 without a place, all at 17:00."""
        assert len(eintraege) == len({e.kennung for e in eintraege}) == 96
        ends = [e.ende for e in eintraege if isinstance(e.ende, datetime)]
        assert sum(ende.time() == time(0) for ende in ends) == 84
        assert sum(not e.ort for e in eintraege) == 14
        assert {e.beginn.time() for e in eintraege if isinstance(e.beginn, datetime)} == {time(17)}
        assert len({e.name for e in eintraege}) == 21

    def test_what_we_make_of_it(self, eintraege: tuple[Eintrag, ...]) -> None:
        """20 bodies; one cancelled by its name alone; 12 real ends of 55 to 160 minutes; nobody unknown."""
        stadt = Stadt("iserlohn", "Iserlohn", "x", "NW", "Europe/Berlin", "a", (), (), {}, {}, {}, {})
        muster = [
            Muster("^rat der stadt", Treffer.GREMIUM, "rat/iserlohn", 240),
            Muster("ausschuss|beirat", Treffer.ART, "ausschuss"),
        ]
        made = normalisieren(eintraege, muster, stadt)
        assert len(made.sitzungen) == 95
        assert len(made.ausschuesse) == 19
        assert (made.von, made.bis) == (date(2025, 12, 2), date(2026, 12, 15))
        assert len(made.von_gremium("rat/iserlohn")) == 7
        known = [(s.ende - s.beginn) // timedelta(minutes=1) for s in made.sitzungen if s.ende_bekannt]
        assert (len(known), min(known), max(known)) == (12, 55, 160)
        counted: Counter[str] = Counter()
        for hinweis in made.hinweise:
            counted[hinweis.art] += hinweis.anzahl
        assert counted == {"abgesagt": 1, "ende-unbekannt": 83}
        assert all(s.key.startswith("alle:ALLRIS-Sitzung-") for s in made.sitzungen)
