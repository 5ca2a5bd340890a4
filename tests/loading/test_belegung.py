"""Occupied time of a project: from calendars of Orte and Sitze, week after week, and what others do."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from gremienplan.errors import InputError, Problem
from gremienplan.loading import inspect, load
from gremienplan.loading.belegung import Belegungseintrag, read_calendar, span
from gremienplan.loading.ordner import Ordner
from gremienplan.loading.toml import Befund
from gremienplan.projekt import Besetzt, Fremdtermin
from gremienplan.ratskalender import Einfuhr, Eintrag, einfuhr_to_json
from tests.loading.ordner import copy_city, problems

BERLIN = ZoneInfo("Europe/Berlin")
WOCHE = timedelta(days=7)


def event(uid: str, beginn: str, *mehr: str, name: str = "Chor (Frau Beispiel)") -> str:
    """Return one event; the person is invented."""
    lines = ("BEGIN:VEVENT", f"UID:{uid}", f"DTSTART{beginn}", f"SUMMARY:{name}", *mehr, "END:VEVENT")
    return "\r\n".join(lines)


def calendar(*events: str) -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Muster//DE")
    return ("\r\n".join((*head, *events, "END:VCALENDAR")) + "\r\n").encode()


def project(ordner: Path, text: str, **kalender: bytes) -> Path:
    """Write a project with the Musterstadt, this text in its file, and these calendars."""
    if not (ordner / "stadt").is_dir():
        copy_city(ordner)
    (ordner / "belegung").mkdir(exist_ok=True)
    for name, data in kalender.items():
        (ordner / "belegung" / f"{name}.ics").write_bytes(data)
    (ordner / "gremienplan.toml").write_text(f'format = 1\nstadt = "stadt"\n{text}', "utf-8")
    return ordner


TREFF = '[[belegung]]\nname = "Belegungsplan"\nkalender = "belegung/treff.ics"\nwer = ["hafentreff", "angertreff"]\n'
VEREINE = '[[belegung]]\nname = "Vereine"\nkalender = "belegung/*.ics"\n'


PIECES = (
    "BEGIN:VEVENT",
    "END:VEVENT",
    "UID:a",
    "UID:b",
    "DTSTART:20270302T180000",
    "DTSTART;VALUE=DATE:20270302",
    "DTSTART:gestern",
    "DTEND:20270302T170000",
    "DTEND;VALUE=DATE:20270302",
    "DURATION:PT1H",
    "RRULE:FREQ=WEEKLY;COUNT=3",
    "RRULE:FREQ=SECONDLY",
    "EXDATE:20270309T180000",
    "RECURRENCE-ID:20270309T180000",
    "TRANSP:TRANSPARENT",
    "TRANSP",
    "STATUS:CANCELLED",
    "SUMMARY:Chor",
)


class TestCalendarsOfOrteAndSitze:
    def test_each_entry_occupies_each_of_them(self, tmp_path: Path) -> None:
        """In local time; a day is a whole day, what has no end lasts two hours, or as long as is said."""
        ics = calendar(
            event("a", ";TZID=Europe/Berlin:20270302T180000", "DTEND;TZID=Europe/Berlin:20270302T200000"),
            event("b", ":20270703T160000Z"),
            event("c", ";VALUE=DATE:20270501"),
            event("d", ";VALUE=DATE:20270601", "DTEND;VALUE=DATE:20270603"),
        )
        for dauer, ende in (("", 20), ("dauer = 60\n", 19)):
            found = load(project(tmp_path, TREFF + dauer, treff=ics), jahr=2027).besetzt
            times = [
                (datetime(2027, 3, 2, 18), datetime(2027, 3, 2, 20)),
                (datetime(2027, 7, 3, 18), datetime(2027, 7, 3, ende)),
                (datetime(2027, 5, 1), datetime(2027, 5, 2)),
                (datetime(2027, 6, 1), datetime(2027, 6, 3)),
            ]
            assert set(found) == {
                Besetzt(ort, *span, "Belegungsplan") for span in times for ort in ("hafentreff", "angertreff")
            }

    def test_what_an_entry_is_called_is_not_told_unless_asked_for(self, tmp_path: Path) -> None:
        """For it may name a person."""
        ics = calendar(event("a", ":20270302T180000"), event("b", ":20270303T180000", name=""))
        quiet = load(project(tmp_path, TREFF, treff=ics), jahr=2027)
        assert {b.was for b in quiet.besetzt} == {"Belegungsplan"}
        told = load(project(tmp_path, TREFF + "titel = true\n", treff=ics), jahr=2027)
        assert {b.was for b in told.besetzt} == {"Belegungsplan", "Chor (Frau Beispiel)"}

    def test_what_is_cancelled_or_takes_no_time_occupies_nobody(self, tmp_path: Path) -> None:
        """A series takes time although one of its dates does not."""
        weekly = "RRULE:FREQ=WEEKLY;COUNT=2"
        ics = calendar(
            event("a", ":20270302T180000", "STATUS:CANCELLED"),
            event("b/2", ":20270303T180000", "TRANSP:TRANSPARENT"),
            event("c", ":20270304T180000", weekly, "TRANSP:TRANSPARENT"),
            event("d", ":20270305T180000", weekly),
            event("d", ":20270305T190000", "RECURRENCE-ID:20270305T180000", "TRANSP:TRANSPARENT"),
            event("e", ":20270306T180000", "TRANSP:OPAQUE"),
        )
        found = load(project(tmp_path, TREFF, treff=ics), jahr=2027).besetzt
        starts = {(b.von.day, b.von.hour) for b in found}
        assert starts == {(5, 19), (12, 18), (6, 18)}

    def test_what_lies_years_away_is_left_out(self, tmp_path: Path) -> None:
        ics = calendar(*(event(str(y), f":{y}0302T180000") for y in range(2024, 2031)))
        found = load(project(tmp_path, TREFF, treff=ics), jahr=2027).besetzt
        assert {b.von.year for b in found} == {2026, 2027, 2028}

    def test_what_is_no_calendar_is_reported_with_everything_else(self, tmp_path: Path) -> None:
        found = problems(project(tmp_path, TREFF + "titl = true\n" + TREFF, treff=b"<html>Anmeldung</html>"))
        assert [Path(p.datei).name for p in found] == ["gremienplan.toml", "treff.ics"]

    def test_an_entry_that_cannot_be_read_is_said_by_its_line(self, tmp_path: Path) -> None:
        """The calendar is none of ours: the rest of it counts. What stands in the line is not repeated."""
        ics = calendar(event("a", ":gestern"), event("b", ":20270302T180000"))
        found, said = inspect(project(tmp_path, TREFF, treff=ics), jahr=2027)
        assert {b.von for b in found.besetzt} == {datetime(2027, 3, 2, 18)}
        (warning,) = (str(w) for w in said if "treff.ics" in str(w))
        assert warning.endswith("treff.ics: not all of it can be read (1 losses, the first in line 6).")

    def test_an_import_is_a_calendar_as_well(self, tmp_path: Path) -> None:
        """What ``gremienplan import`` makes of a list or an address."""
        entry = Eintrag("plan", "1", "Kurs", datetime(2027, 3, 2, 18), datetime(2027, 3, 2, 20))
        einfuhr = Einfuhr("plan", "tabelle", "plan.csv", datetime(2026, 10, 1), "0" * 16, (entry,))
        ordner = project(tmp_path, TREFF.replace("treff.ics", "plan.json"))
        (ordner / "belegung" / "plan.json").write_text(einfuhr_to_json(einfuhr), "utf-8")
        assert {(b.von, b.bis, b.was) for b in load(ordner, jahr=2027).besetzt} == {
            (entry.beginn, entry.ende, "Belegungsplan")
        }

    @given(st.lists(st.sampled_from(PIECES), max_size=12), st.binary(max_size=40))
    def test_no_bytes_break_the_reader(self, lines: list[str], rest: bytes) -> None:
        """Whatever lies there: a project, or problems with their place."""
        roh = calendar(*lines) + rest
        befund, wo = Befund(), Ordner(Path("x.ics"), "x.ics", "x.ics")
        found: tuple[Eintrag, ...] = ()
        frei: frozenset[str] = frozenset()
        refused: tuple[Problem, ...] = ()
        try:
            found, frei = read_calendar(befund, wo, roh, "Europe/Berlin", 2028)
        except InputError as error:
            refused = error.problems
        assert {p.datei for p in refused} <= {"x.ics"}
        assert len(befund.warnungen) <= 1
        for eintrag in found:
            von, bis = span(eintrag, Belegungseintrag("x", "x.ics"))
            assert von < bis
        assert isinstance(frei, frozenset)

    def test_it_is_one_of_the_inputs(self, tmp_path: Path) -> None:
        ics = calendar(event("a", ":20270302T180000"))
        assert "belegung/treff.ics" in load(project(tmp_path, TREFF, treff=ics)).eingaben


@settings(max_examples=200 if os.environ.get("PROFILE") == "ci" else 25)
@given(
    st.integers(0, 6),
    st.integers(0, 23),
    st.sampled_from([0, 30]),
    st.sets(st.integers(0, 51), max_size=6),
    st.booleans(),
)
def test_a_weekly_series_keeps_its_hour_all_year(
    tag: int, stunde: int, minute: int, ohne: set[int], utc: bool
) -> None:
    """Over both changes of the clock in 2027, without the dates taken out, in whichever zone those are written."""
    start = datetime(2027, 1, 4 + tag, stunde, minute)
    if start.weekday() == 6:
        start = start.replace(hour=12)  # the clock skips and repeats an hour on two Sundays
    due = [start + n * WOCHE for n in range(52)]

    def written(day: datetime) -> str:
        if utc:
            return f"EXDATE:{day.replace(tzinfo=BERLIN).astimezone(UTC):%Y%m%dT%H%M%SZ}"
        return f"EXDATE;TZID=Europe/Berlin:{day:%Y%m%dT%H%M%S}"

    ics = calendar(
        event(
            "mittagstisch",
            f";TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}",
            "DURATION:PT2H",
            "RRULE:FREQ=WEEKLY;COUNT=52",
            *(written(due[n]) for n in sorted(ohne)),
        )
    )
    with tempfile.TemporaryDirectory() as scratch:
        found = load(project(Path(scratch), TREFF, treff=ics), jahr=2027).besetzt
    hours = timedelta(hours=2)
    expected = {(day, day + hours) for n, day in enumerate(due) if n not in ohne}
    assert {(b.von, b.bis) for b in found if b.wer == "hafentreff"} == expected
    assert len(found) == 2 * len(expected)


class TestEveryWeek:
    BLOCK = (
        '[[besetzt]]\nwer = "hafentreff"\nvon = 2027-03-22T12:00:00\nbis = 2027-03-22T14:00:00\n'
        'was = "Mittagstisch"\nwoechentlich_bis = {bis}\n'
    )

    def test_at_the_same_hour_up_to_and_on_the_last_day(self, tmp_path: Path) -> None:
        """Also after the clock was changed on 28 March 2027."""
        found = load(project(tmp_path, self.BLOCK.format(bis="2027-04-05"))).besetzt
        assert [(b.von, b.bis) for b in found] == [
            (datetime(2027, 3, tag, 12), datetime(2027, 3, tag, 14)) for tag in (22, 29)
        ] + [(datetime(2027, 4, 5, 12), datetime(2027, 4, 5, 14))]
        assert len(load(project(tmp_path, self.BLOCK.format(bis="2027-04-04"))).besetzt) == 2

    @pytest.mark.parametrize(
        ("von", "bis"), [("2027-03", "2027-03-21"), ("2027-03", "2040-01-01"), ("9999-12", "9999-12-31")]
    )
    def test_a_last_day_before_the_first_or_far_away_is_a_mistake(
        self, von: str, bis: str, tmp_path: Path
    ) -> None:
        text = self.BLOCK.format(bis=bis).replace("2027-03", von, 2)
        found = problems(project(tmp_path, text))
        assert [p.pfad for p in found] == ["besetzt[1].woechentlich_bis"]


WUNSCH = (
    'format = 1\n[programm]\nid = "eigenes"\nname = "Eigenes"\nerweitert = "programm.toml"\nohne = ["fremde"]\n'
    '[[wunsch]]\nid = "x"\nart = "{art}"\ngremium = "runde"\nstufe = 4\nvorgabe = true\n{mehr}'
)


def with_wish(ordner: Path, art: str, mehr: str = "") -> None:
    (ordner / "eigenes.toml").write_text(WUNSCH.format(art=art, mehr=mehr), "utf-8")


class TestOthers:
    def said(self, ordner: Path) -> list[str]:
        return [str(w) for w in inspect(ordner, jahr=2027)[1] if "calendars" in str(w)]

    def test_a_calendar_that_names_nobody_occupies_nobody(self, tmp_path: Path) -> None:
        ics = calendar(event("a", ":20270302T180000", "DURATION:PT1H"))
        text = VEREINE + 'gebiet = "bezirk/ost"\ntitel = true\n'
        found = load(project(tmp_path, text, ig=ics), jahr=2027)
        assert found.besetzt == ()
        span = (datetime(2027, 3, 2, 18), datetime(2027, 3, 2, 19))
        assert found.fremd == (Fremdtermin("Vereine", *span, "Chor (Frau Beispiel)", "bezirk/ost"),)

    def test_one_that_no_wish_heeds_is_worth_a_word(self, tmp_path: Path) -> None:
        ics = calendar(event("a", ":20270302T180000"))
        ordner = project(tmp_path, 'programm = "eigenes.toml"\n' + VEREINE, ig=ics)
        with_wish(ordner, "meidetage")
        assert self.said(ordner) == ["No wish of the kind “fremde-termine” heeds these calendars: Vereine"]
        with_wish(ordner, "fremde-termine")
        assert self.said(ordner) == []
        with_wish(ordner, "fremde-termine", 'kalender = ["Vereine"]\n')
        assert self.said(ordner) == []
        with_wish(ordner, "fremde-termine", 'kalender = ["Messen"]\n')
        assert self.said(ordner) == [
            "No wish of the kind “fremde-termine” heeds these calendars: Vereine",
            "A wish heeds calendars that the project does not have: Messen",
        ]

    def test_a_pattern_without_files_is_worth_a_word_a_missing_file_a_mistake(self, tmp_path: Path) -> None:
        assert "No file matches this pattern of the calendars “Vereine”: belegung/*.ics" in self.said(
            project(tmp_path, VEREINE)
        )
        assert [p.pfad for p in problems(project(tmp_path, TREFF))] == ["belegung[1].kalender"]

    @pytest.mark.parametrize(
        ("mehr", "pfad"),
        [
            ('wer = "hafentref"\n', "belegung[1].wer"),
            ('gebiet = "ost"\n', "belegung[1].gebiet"),
            ('gebiet = "bezirk/ost"\nwer = "hafentreff"\n', "belegung[1].gebiet"),
            ("titel = 1\n", "belegung[1].titel"),
            ("dauer = 0\n", "belegung[1].dauer"),
            (VEREINE, "belegung[2].name"),
        ],
    )
    def test_a_mistake_is_one_problem_at_its_place(self, mehr: str, pfad: str, tmp_path: Path) -> None:
        ics = calendar(event("a", ":20270302T180000"))
        assert [p.pfad for p in problems(project(tmp_path, VEREINE + mehr, ig=ics))] == [pfad]

    def test_a_path_leads_nowhere_else(self, tmp_path: Path) -> None:
        text = VEREINE.replace("belegung/*.ics", "/etc/*.ics")
        assert [p.pfad for p in problems(project(tmp_path, text))] == ["belegung[1].kalender"]


MEIDETAG = '[[meidetag]]\nid = "{id}"\nname = "Stadtfest"\nvorgabe = true\n{mehr}'
JUNE = "tage = [2027-06-05]\nquelle = 'Stadtmarketing'\n"


class TestDaysToLeaveFree:
    def test_of_the_project_beside_those_of_the_programme_or_in_their_place(self, tmp_path: Path) -> None:
        text = MEIDETAG.format(id="fest", mehr=JUNE) + MEIDETAG.format(id="rosenmontag", mehr=JUNE)
        found = load(project(tmp_path, text)).programm.meidetage
        assert [(m.id, m.name) for m in found] == [
            ("rosenmontag", "Stadtfest"),
            ("zuckerfest", "Zuckerfest"),
            ("wahl", "Wahl"),
            ("fest", "Stadtfest"),
        ]
        assert found[-1].tage == (date(2027, 6, 5),)

    @pytest.mark.parametrize(
        ("mehr", "pfad"),
        [
            ("", ""),
            (JUNE + "ostern = 1\n", ""),
            ("tage = [2027-06-05]\n", ".quelle"),
            (JUNE + "tage_lang = 32\n", ".tage_lang"),
            (JUNE + "tage_lang = 0\n", ".tage_lang"),
            ('fest = { land = "TR", name = "Eid al-Fitr" }\ntage_lang = 2\n', ".tage_lang"),
            ('fest = { land = "QQ", name = "Eid al-Fitr" }\n', ".fest.land"),
            ("ostern = 1.5\n", ".ostern"),
        ],
    )
    def test_a_mistake_is_one_problem_at_its_place(self, mehr: str, pfad: str, tmp_path: Path) -> None:
        found = problems(project(tmp_path, MEIDETAG.format(id="fest", mehr=mehr)))
        assert [p.pfad for p in found] == [f'meidetag[1] (id "fest"){pfad}']

    def test_those_no_wish_heeds_are_worth_a_word(self, tmp_path: Path) -> None:
        def said() -> list[str]:
            return [str(w) for w in inspect(tmp_path, jahr=2027)[1] if "“meidetage”" in str(w)]

        ordner = project(tmp_path, MEIDETAG.format(id="fest", mehr=JUNE))
        assert said() == ["No wish of the kind “meidetage” heeds these days: Stadtfest"]
        project(tmp_path, 'programm = "eigenes.toml"\n' + MEIDETAG.format(id="fest", mehr=JUNE))
        with_wish(ordner, "meidetage")
        assert said() == []
        with_wish(ordner, "meidetage", 'meide = ["wahl"]\n')
        assert said() == ["No wish of the kind “meidetage” heeds these days: Stadtfest"]

    def test_a_year_for_which_a_feast_has_no_date_is_said(self, tmp_path: Path) -> None:
        ordner = project(tmp_path, 'programm = "eigenes.toml"\n')
        with_wish(ordner, "meidetage")
        assert [str(w) for w in inspect(tmp_path, jahr=2027)[1] if "no date" in str(w)] == []
        assert "“Zuckerfest”: no date is known for: 2150" in [str(w) for w in inspect(tmp_path, jahr=2150)[1]]

    def test_a_wish_names_days_that_there_are(self, tmp_path: Path) -> None:
        ordner = project(tmp_path, 'programm = "eigenes.toml"\n')
        with_wish(ordner, "meidetage", 'meide = ["whal"]\n')
        assert [p.pfad for p in problems(tmp_path)] == ['wunsch[1] (id "x").meide']
