"""``gremienplan import``: from an export to a calendar the project plans with."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gremienplan.loading import inspect, load
from tests.cli.lauf import Ergebnis, lauf, too_wide
from tests.loading.oparlwelt import objekt, schreibe, sitzung
from tests.loading.server import Gabe, laufend

ISERLOHN = Path(__file__).parents[3] / "shared/data/ics_allris_iserlohn"
STAND = ("--stand", "2026-10-01")


def ics(*events: str) -> bytes:
    teile = (f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\n{''.join(teile)}END:VCALENDAR\r\n".encode()


def event(uid: str, tag: str, name: str = "Rat der Musterstadt", *zeilen: str) -> str:
    return "\r\n".join((f"UID:{uid}", f"DTSTART:{tag}T170000", f"SUMMARY:{name}", *zeilen))


Einlesen = Callable[..., Ergebnis]


@pytest.fixture
def einlesen(projekt: Path, tmp_path: Path) -> Einlesen:
    """Import a file with these events as the source ``alle``."""

    def run(
        *events: str, stand: str = "2026-10-01", roh: bytes = b"", mehr: tuple[str, ...] = ()
    ) -> Ergebnis:
        export = tmp_path / "alle.ics"
        export.write_bytes(roh or ics(*events))
        return lauf("import", export, "--projekt", projekt, "--stand", stand, *mehr)

    return run


def stored(projekt: Path, name: str = "alle") -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((projekt / f"ratskalender/{name}.json").read_text())["eintraege"]
    return found


def keys(projekt: Path) -> set[str]:
    return {s.key for s in load(projekt).ratskalender.sitzungen if s.quelle == "alle"}


class TestOneFile:
    def test_it_becomes_a_readable_file_and_is_planned_with(self, projekt: Path, einlesen: Einlesen) -> None:
        result = einlesen(event("1", "20270302"))
        assert result.code == 0
        assert "1 entry from alle.ics" in result.daten
        assert keys(projekt) == {"alle:1"}
        assert stored(projekt)[0]["beginn"] == "2027-03-02T17:00"

    def test_no_path_of_the_machine_is_kept(self, projekt: Path, einlesen: Einlesen, tmp_path: Path) -> None:
        einlesen(event("1", "20270302"))
        assert str(tmp_path) not in (projekt / "ratskalender/alle.json").read_text()

    def test_nothing_about_persons_is_kept(self, projekt: Path, einlesen: Einlesen) -> None:
        """Vera Muster and her number are invented."""
        person = [
            "ATTENDEE;CN=Vera Muster:mailto:vera@stadt.example",
            "ORGANIZER;CN=Vera Muster:mailto:vera@stadt.example",
            "CONTACT:Vera Muster",
            "DESCRIPTION:Vera Muster\\, 01234 567890",
            "LOCATION:Rathaus\\, Tel. 01234 567890",
        ]
        einlesen(event("1", "20270302", "Rat", *person))
        text = (projekt / "ratskalender/alle.json").read_text()
        assert [word for word in ("Vera", "vera", "567890", "@") if word in text] == []

    def test_the_same_again_changes_no_byte(self, projekt: Path, einlesen: Einlesen) -> None:
        einlesen(event("1", "20270302"))
        before = (projekt / "ratskalender/alle.json").read_bytes()
        result = einlesen(event("1", "20270302"), stand="2026-10-02")
        assert "nothing has changed" in result.daten
        assert (projekt / "ratskalender/alle.json").read_bytes() == before

    def test_one_that_lies_in_the_project_counts_once(self, projekt: Path) -> None:
        """The import stands beside the export, and the export is not read any more: that is said."""
        (projekt / "ratskalender/neu.ics").write_bytes(ics(event("1", "20270302")))
        assert lauf("import", projekt / "ratskalender/neu.ics", "--projekt", projekt, *STAND).code == 0
        gelesen, warnungen = inspect(projekt)
        assert [s.key for s in gelesen.ratskalender.sitzungen if s.quelle == "neu"] == ["neu:1"]
        assert any("neu.ics is not read" in str(warnung) for warnung in warnungen)
        assert "ratskalender/neu.ics" not in gelesen.eingaben

    def test_what_an_import_wrote_is_no_source(self, projekt: Path, einlesen: Einlesen) -> None:
        einlesen(event("1", "20270302"))
        result = lauf("import", projekt / "ratskalender/alle.json", "--projekt", projekt)
        assert result.code == 2
        assert "what an import wrote" in result.rede

    def test_a_last_copy_that_was_damaged_by_hand_is_not_written_over(
        self, projekt: Path, einlesen: Einlesen
    ) -> None:
        """It may hold what no source has any more."""
        einlesen(event("1", "20270302"))
        kaputt = (projekt / "ratskalender/alle.json").read_text().replace('"name"', '"nahme"')
        (projekt / "ratskalender/alle.json").write_text(kaputt)
        result = einlesen(event("1", "20270302"))
        assert result.code == 2
        assert "eintraege[1].nahme" in result.rede
        assert "cannot be read" in result.rede
        assert (projekt / "ratskalender/alle.json").read_text() == kaputt

    def test_what_is_wrong_with_an_event_does_not_hide_the_others(
        self, projekt: Path, einlesen: Einlesen
    ) -> None:
        result = einlesen(event("1", "20270302"), "UID:2\r\nSUMMARY:Kulturausschuss", event("3", "20270499"))
        assert result.code == 0
        assert keys(projekt) == {"alle:1"}
        assert "lost, without a start: 1 (line 7: Kulturausschuss)" in result.daten
        assert "lost, with a day or time that is not readable: 1 (line 13: 20270499T170000)" in result.daten

    def test_strictly_nothing_may_be_lost(self, projekt: Path, einlesen: Einlesen) -> None:
        result = einlesen(event("1", "20270302"), "UID:2\r\nSUMMARY:Kulturausschuss", mehr=("--strict",))
        assert result.code == 2
        assert not (projekt / "ratskalender/alle.json").exists()

    def test_strictly_what_somebody_has_said_to_be_off_is_no_guess(
        self, projekt: Path, einlesen: Einlesen
    ) -> None:
        """Else nothing could be imported strictly once a sitting has vanished."""
        erste, zweite = (
            event(n, tag, "Bezirksvertretung Ost", "DURATION:PT2H")
            for n, tag in (("1", "20270302"), ("2", "20270406"))
        )
        assert einlesen(erste, zweite, mehr=("--strict",)).code == 0
        einlesen(zweite, stand="2026-11-01")
        assert einlesen(zweite, stand="2026-11-02", mehr=("--strict",)).code == 2
        datei = projekt / "gremienplan.toml"
        datei.write_text(datei.read_text() + '\n[[entfallen]]\nsitzung = "alle:1"\ngrund = "Anruf"\n')
        assert einlesen(zweite, stand="2026-11-02", mehr=("--strict",)).code == 0

    def test_what_the_folder_would_read_strictly_says_how_to_take_the_rest(self, projekt: Path) -> None:
        (projekt / "ratskalender/neu.ics").write_bytes(ics("UID:2\r\nSUMMARY:Kulturausschuss"))
        result = lauf("check", projekt)
        assert result.code == 2
        assert "gremienplan import" in result.alles


class TestAgain:
    """What an export no longer says."""

    def test_a_sitting_that_vanishes_is_not_free(self, projekt: Path, einlesen: Einlesen) -> None:
        einlesen(event("1", "20270302"), event("2", "20270406"), event("3", "20270601"))
        result = einlesen(event("1", "20270302"), event("3", "20270601"), stand="2026-11-01")
        assert "alle:2" in result.daten
        assert keys(projekt) == {"alle:1", "alle:2", "alle:3"}
        assert [e["status"] for e in stored(projekt) if e["kennung"] == "2"] == ["VERSCHWUNDEN"]

    def test_the_last_one_that_is_missing_is_named(self, projekt: Path, einlesen: Einlesen) -> None:
        einlesen(event("1", "20270302"), event("2", "20270406"))
        result = einlesen(event("1", "20270302"), stand="2026-11-01")
        assert (
            "to come, after the last entry of the source: 1 (Tue 2027-04-06 17:00 Rat der Musterstadt)"
            in " ".join(result.daten.split())
        )
        assert keys(projekt) == {"alle:1", "alle:2"}

    def test_until_somebody_says_that_it_is_off(self, projekt: Path, einlesen: Einlesen) -> None:
        self.test_a_sitting_that_vanishes_is_not_free(projekt, einlesen)
        datei = projekt / "gremienplan.toml"
        datei.write_text(datei.read_text() + '\n[[entfallen]]\nsitzung = "alle:2"\ngrund = "Anruf"\n')
        assert keys(projekt) == {"alle:1", "alle:3"}
        einlesen(event("1", "20270302"), event("2", "20270413"), event("3", "20270601"), stand="2026-12-01")
        assert keys(projekt) == {"alle:1", "alle:2", "alle:3"}
        assert any("alle:2" in str(warnung) for warnung in inspect(projekt)[1])

    def test_it_may_be_named_as_the_calendar_does(self, projekt: Path, einlesen: Einlesen) -> None:
        """Where the source has no identities, ``import`` shows source, day and name, and the calendar body and day."""
        drei = [
            f"DTSTART:2027{monat}T170000\r\nSUMMARY:Rat der Musterstadt" for monat in ("0302", "0406", "0601")
        ]
        einlesen(*drei)
        result = einlesen(drei[0], drei[2], stand="2026-11-01")
        assert "alle:2027-04-06:Rat der Musterstadt" in " ".join(result.daten.split())
        weg = next(s.key for s in load(projekt).ratskalender.sitzungen if s.verschwunden)
        datei = projekt / "gremienplan.toml"
        vorher = datei.read_text()
        for key in (weg, "alle:2027-04-06:Rat der Musterstadt"):
            datei.write_text(vorher + f'\n[[entfallen]]\nsitzung = "{key}"\ngrund = "Anruf"\n')
            kalender = load(projekt).ratskalender
            assert [s.beginn.month for s in kalender.sitzungen if s.quelle == "alle"] == [3, 6]

    def test_a_key_that_nobody_knows(self, projekt: Path, einlesen: Einlesen) -> None:
        einlesen(event("1", "20270302"))
        datei = projekt / "gremienplan.toml"
        datei.write_text(datei.read_text() + '\n[[entfallen]]\nsitzung = "alle:2"\ngrund = "Anruf"\n')
        result = lauf("check", projekt)
        assert result.code == 2
        assert "entfallen[1].sitzung" in result.alles

    def test_a_source_that_fails_leaves_its_last_copy(self, projekt: Path, einlesen: Einlesen) -> None:
        """S-47: an answer that is no calendar, an empty one, or none."""
        einlesen(event("1", "20270302"))
        before = (projekt / "ratskalender/alle.json").read_bytes()
        for roh in (b"<html><body>503</body></html>", ics(), b"\x00" * 50, b"%PDF-1.7"):
            result = einlesen(roh=roh)
            assert result.code == 2
            assert "the last copy stays (1 entry)" in " ".join(result.rede.split())
        assert (projekt / "ratskalender/alle.json").read_bytes() == before

    def test_a_file_that_is_cut_off_takes_nothing_away(self, projekt: Path, einlesen: Einlesen) -> None:
        events = [event("1", "20270302"), event("2", "20270406"), event("3", "20270601")]
        einlesen(*events)
        result = einlesen(roh=ics(*events)[:120])
        assert result.code == 0
        assert "lost, cut off" in result.daten
        assert keys(projekt) == {"alle:1", "alle:2", "alle:3"}

    @pytest.mark.parametrize(
        "kaputt", ["UID:2\r\nSUMMARY:Rat der Musterstadt", event("2", "20270499"), event("2", "2027")]
    )
    def test_what_cannot_be_read_now_stays_as_it_was_last_read(
        self, projekt: Path, einlesen: Einlesen, kaputt: str
    ) -> None:
        """It stands in the source, so it has not vanished."""
        ganz = [event("1", "20270302"), event("2", "20270406"), event("3", "20270601")]
        einlesen(*ganz)
        for _ in range(2):
            result = einlesen(ganz[0], kaputt, ganz[2], stand="2026-11-01")
            assert "anished" not in result.daten.replace("vanished: 0", "")
            assert "could not be read now: Tue 2027-04-06 17:00" in " ".join(result.daten.split())
            assert "alle: 2 entries" in result.daten
        assert {e["status"] for e in stored(projekt) if "status" in e} == set()
        assert keys(projekt) == {"alle:1", "alle:2", "alle:3"}

    def test_what_an_oparl_source_says_is_deleted_is_not_free(self, projekt: Path, tmp_path: Path) -> None:
        """Nor is one whose start can no longer be read, and that one has not even vanished."""
        antworten = tmp_path / "ris"
        befehl = ("import", antworten, "--projekt", projekt, *STAND)
        alle = [sitzung(n, start=f"2027-0{n}-02T17:00:00+01:00", end=None) for n in (1, 2, 3)]
        schreibe(antworten, {"sitzungen.json": alle})
        assert lauf(*befehl).code == 0
        weg = {**alle[0], "deleted": True}
        schreibe(antworten, {"sitzungen.json": [weg, {**alle[1], "start": "bald"}, alle[2]]})
        result = lauf(*befehl)
        worte = " ".join(result.daten.split())
        assert "deleted in the source; known ones to come count as vanished: 1" in worte
        assert "lost, deleted" not in worte
        assert "new: 0, changed: 0, vanished: 1, back again: 0" in worte
        assert "could not be read now: Tue 2027-02-02 17:00 Rat" in worte
        assert [e.get("status", "") for e in stored(projekt, "ris")] == ["VERSCHWUNDEN", "", ""]

    def test_a_key_to_copy_is_never_broken(self, projekt: Path, einlesen: Einlesen) -> None:
        lang = f"{'sitzung mit leerzeichen ' * 4}{'x' * 60}"
        einlesen(event(lang, "20270302"), event("2", "20270406"))
        result = einlesen(event("2", "20270406"), stand="2026-11-01")
        assert f"      alle:{lang}" in result.daten.splitlines()

    def test_what_changed_as_data(self, projekt: Path, einlesen: Einlesen) -> None:
        """From what to what; a few of each kind, or all."""
        alte = [event(str(n), f"2027{n:02}02") for n in range(1, 7)]
        einlesen(*alte, event("7", "20270702"))
        einlesen(*alte[:5], event("7", "20270702"), stand="2026-10-02")  # the sixth is missing
        neue = [event(str(n), f"2027{n:02}03", "Rat", "LOCATION:Foyer") for n in range(1, 6)]
        events = (*neue, alte[5], event("7", "20270702"), event("8", "20270720"))
        kurz = einlesen(*events, stand="2026-10-03", mehr=("--json",))
        assert [len(kurz.json["quellen"][0][was]) for was in ("neu", "anders", "wieder")] == [1, 5, 1]

    def test_changes_on_the_screen(self, projekt: Path, einlesen: Einlesen) -> None:
        alte = [event(str(n), f"2027{n:02}02") for n in range(1, 7)]
        neue = [event(str(n), f"2027{n:02}03", "Rat", "LOCATION:Foyer") for n in range(1, 6)]
        for mehr, wieviele in (((), 3), (("--details",), 5)):
            einlesen(*alte, event("7", "20270702"))
            einlesen(*alte[:5], event("7", "20270702"))
            worte = " ".join(
                einlesen(
                    *neue, alte[5], event("7", "20270702"), event("8", "20270720"), mehr=mehr
                ).daten.split()
            )
            assert "New: Tue 2027-07-20 17:00 Rat der Musterstadt Changed:" in worte or mehr
            assert worte.count("place – → Foyer") == wieviele
            assert (
                "Sat 2027-01-02 17:00 Rat der Musterstadt: start Sat 2027-01-02 17:00 → Sun 2027-01-03 17:00; name Rat"
                in worte
            )
            assert ("and 2 more; --details" in worte) == (not mehr)
            assert "Back again: Wed 2027-06-02 17:00 Rat der Musterstadt" in worte
            (projekt / "ratskalender/alle.json").unlink()

    def test_details_name_the_days_of_what_was_guessed(self, einlesen: Einlesen) -> None:
        events = (event("1", "20270302"), event("2", "20270406"))
        assert "2027-04-06" not in einlesen(*events).daten.split("Guessed")[1].split("Ends")[0]
        worte = " ".join(einlesen(*events, mehr=("--details",)).daten.split())
        assert "assumed: Rat der Musterstadt (Tue 2027-03-02, Tue 2027-04-06)" in worte


class TestAllLost:
    @pytest.mark.parametrize(
        ("name", "text", "grund"),
        [
            ("alle.ics", ics(event("1", "20270302")).decode().replace("VEVENT", "VEVNT"), "nothing we know"),
            ("alle.ics", ics(event("1", "20270299")).decode(), "not readable"),
            ("alle.csv", "Datum;Gremium\nbald;Rat\nspäter;Rat\n", "not readable"),
            ("alle.csv", "Datum;Beginn;Gremium\n2.3.2027;17:00;\n", "without a body"),
        ],
    )
    def test_a_source_of_which_every_entry_is_lost_is_refused(
        self, projekt: Path, einlesen: Einlesen, tmp_path: Path, name: str, text: str, grund: str
    ) -> None:
        """As if it failed: the last copy stays, and without one there is none."""
        (tmp_path / name).write_bytes(text.encode())
        befehl = ("import", tmp_path / name, "--projekt", projekt, "--stand", "2026-10-01")
        assert lauf(*befehl).code == 2
        assert not (projekt / "ratskalender/alle.json").exists()
        einlesen(event("1", "20260302"))
        before = (projekt / "ratskalender/alle.json").read_bytes()
        (tmp_path / name).write_bytes(text.encode())
        result = lauf(*befehl)
        assert (result.code, grund in result.rede) == (2, True)
        assert (projekt / "ratskalender/alle.json").read_bytes() == before

    @pytest.mark.parametrize("inhalt", [("alle.csv", b"Datum;Gremium\n"), ("alle.ics", ics())])
    def test_a_source_without_any_entry_says_so(
        self, projekt: Path, tmp_path: Path, inhalt: tuple[str, bytes]
    ) -> None:
        (tmp_path / inhalt[0]).write_bytes(inhalt[1])
        for _ in range(2):
            result = lauf("import", tmp_path / inhalt[0], "--projekt", projekt, *STAND)
            assert (result.code, "no entry at all" in result.daten) == (0, True)


class TestLosses:
    """What is said of them."""

    LISTE = (
        "Datum;Wochentag;Uhrzeit;Gremium\n12.1.2027;So;17:00;Rat\n13.1.2027;;17:00;\n14.1.2027;;abends;Rat\n"
    )

    def test_each_with_its_row_and_its_reason(self, projekt: Path, tmp_path: Path) -> None:
        (tmp_path / "liste.csv").write_text(self.LISTE)
        worte = " ".join(lauf("import", tmp_path / "liste.csv", "--projekt", projekt, *STAND).daten.split())
        assert "contradicts the date: 1 (row 2: So 12.1.2027, but this day is Tue 2027-01-12)" in worte
        assert "lost, without a body: 1 (row 3: 13.01.2027)" in worte
        assert (
            "guessed, whose time is not readable, so only their day or start counts: 1 (row 4: abends)"
            in worte
        )

    def test_strictly_with_the_same_reason(self, projekt: Path, tmp_path: Path) -> None:
        (tmp_path / "liste.csv").write_text(self.LISTE)
        result = lauf("import", tmp_path / "liste.csv", "--projekt", projekt, *STAND, "--strict")
        assert result.code == 2
        worte = " ".join(result.rede.split())
        assert "row 2: lost, whose weekday contradicts the date" in worte
        assert "row 3: lost, without a body" in worte
        assert "row 4: guessed, whose time is not readable" in worte

    def test_details_name_all_of_them(self, projekt: Path, tmp_path: Path) -> None:
        zeilen = "".join(f"Tag {n};Rat\n" for n in range(1, 6))
        (tmp_path / "liste.csv").write_text(f"Datum;Gremium\n1.1.2027;Rat\n{zeilen}")
        befehl = ("import", tmp_path / "liste.csv", "--projekt", projekt, *STAND)
        assert "Tag 5 Rat" not in lauf(*befehl).daten
        assert "Tag 5 Rat" in " ".join(lauf(*befehl, "--details").daten.split())


class TestSources:
    @pytest.fixture
    def quellen(self, projekt: Path) -> Path:
        datei = projekt / "gremienplan.toml"
        rat = '\n[[quelle]]\nname = "rat"\nadresse = "exporte/rat.ics"\n'
        bv = '\n[[quelle]]\nname = "bv"\nadresse = "bv.ics"\n'
        datei.write_text(datei.read_text() + rat + bv)
        (projekt / "exporte").mkdir()
        (projekt / "exporte/rat.ics").write_bytes(ics(event("1", "20270302")))
        (projekt / "bv.ics").write_bytes(ics(event("1", "20270303")))
        return projekt

    def test_those_of_the_project_are_all_read(self, quellen: Path) -> None:
        assert lauf("import", "--projekt", quellen, *STAND).code == 0
        assert {e["beginn"] for e in (*stored(quellen, "rat"), *stored(quellen, "bv"))} == {
            "2027-03-02T17:00",
            "2027-03-03T17:00",
        }

    def test_a_list_of_the_office_with_columns_of_its_own(self, projekt: Path) -> None:
        datei = projekt / "gremienplan.toml"
        quelle = '\n[[quelle]]\nname = "liste"\nadresse = "liste.csv"\nspalten = { gremium = "Wer", datum = "Wann" }\n'
        datei.write_text(datei.read_text() + quelle)
        text = "Wann;Wer;Uhrzeit\nDi, 2.3.2027;Rat;17 Uhr\nMo, 2.3.2027;Rat;18 Uhr\n"
        (projekt / "liste.csv").write_bytes(text.encode("cp1252"))
        result = lauf("import", "--projekt", projekt, *STAND)
        assert result.code == 0
        assert (
            "lost, whose weekday contradicts the date: 1 (row 3: Mo, 2.3.2027, but this day is Tue 2027-03-02)"
            in " ".join(result.daten.split())
        )
        assert stored(projekt, "liste") == [{"beginn": "2027-03-02T17:00", "name": "Rat"}]

    def test_one_may_be_named(self, quellen: Path) -> None:
        assert lauf("import", "bv", "--projekt", quellen, *STAND).code == 0
        assert not (quellen / "ratskalender/rat.json").exists()

    def test_one_that_fails_does_not_keep_the_others_out(self, quellen: Path) -> None:
        (quellen / "exporte/rat.ics").unlink()
        result = lauf("import", "--projekt", quellen, "--json", *STAND)
        assert result.code == 2
        assert [(q["name"], q["gelesen"]) for q in result.json["quellen"]] == [("rat", False), ("bv", True)]
        assert stored(quellen, "bv")

    @pytest.mark.parametrize(
        ("angaben", "wort"),
        [
            (["nirgends.ics"], "no such file"),
            (["rta"], "rat"),
            (["rat", "bv", "--name", "x"], "Only one source"),
            (["rat", "--name", "anders"], "has its name in gremienplan.toml"),
            (["rat", "--name", "../x"], "letters"),
            (["gremienplan.toml", "--name", "x/y"], "letters"),
        ],
    )
    def test_what_means_nothing_is_said(
        self, quellen: Path, angaben: list[str], wort: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(quellen)
        result = lauf("import", *angaben, "--projekt", quellen, *STAND)
        assert result.code == 2
        assert wort in result.rede

    def test_nothing_to_import(self, projekt: Path) -> None:
        result = lauf("import", "--projekt", projekt)
        assert result.code == 2
        assert "[[quelle]]" in result.rede

    def test_mistakes_of_the_project_are_all_said(self, projekt: Path) -> None:
        datei = projekt / "gremienplan.toml"
        zwei = '\n[[quelle]]\nname = "a/b"\nadresse = ""\n\n[[quelle]]\nnahme = "x"\nart = "fax"\n'
        datei.write_text(datei.read_text() + zwei)
        result = lauf("check", projekt, "--json")
        assert {p["pfad"] for p in result.json["problems"]} == {
            "quelle[1].name",
            "quelle[1].adresse",
            "quelle[2].nahme",
            "quelle[2].art",
            "quelle[2].adresse",
        }

    def test_a_project_that_would_not_read_it(self, projekt: Path, tmp_path: Path) -> None:
        datei = projekt / "gremienplan.toml"
        muster = re.sub(r"(?m)^ratskalender = .*$", "", datei.read_text())
        datei.write_text('ratskalender = ["ratskalender/rat.ics"]\n' + muster)
        (tmp_path / "alle.ics").write_bytes(ics(event("1", "20270302")))
        result = lauf("import", tmp_path / "alle.ics", "--projekt", projekt)
        assert result.code == 2
        assert "would not read ratskalender/alle.json" in " ".join(result.rede.split())


def liste(*objekte: object) -> Gabe:
    """Return an answer with a list of OParl objects on one page."""
    seite = {"data": list(objekte), "links": {}, "pagination": {}}
    return Gabe(json.dumps(seite).encode(), kopf={"Content-Type": "application/json"})


class TestOparl:
    def test_a_folder_of_saved_answers(self, projekt: Path, tmp_path: Path) -> None:
        ordner = schreibe(tmp_path / "antworten", {"1.json": sitzung(1), "sub/2.json": sitzung(2)})
        assert lauf("import", ordner, "--projekt", projekt, *STAND).code == 0
        assert len(stored(projekt, "antworten")) == 2

    def test_karlsruhe(self, projekt: Path) -> None:
        """58 meetings; one of them is from 1989 and one a reception."""
        if not ISERLOHN.exists():
            pytest.skip("the real exports of ../shared are not beside this repository")
        ordner = ISERLOHN.parent / "oparl_somacos_karlsruhe"
        run = lauf("import", ordner, "--name", "ris", "--projekt", projekt, "--json", *STAND)
        assert run.code == 0
        (quelle,) = run.json["quellen"]
        assert (quelle["art"], quelle["eintraege"]) == ("oparl", 58)
        again = lauf("import", ordner, "--name", "ris", "--projekt", projekt, "--json", *STAND)
        assert not again.json["quellen"][0]["geaendert"]


class TestAddresses:
    def test_what_stands_there_is_kept_without_its_secrets(self, projekt: Path) -> None:
        with laufend() as server:
            adresse = server.gibt("/rat.ics?token=geheim", Gabe(ics(event("1", "20270302"))))
            mit_passwort = adresse.replace("//", "//amt:geheim@")
            result = lauf("import", mit_passwort, "--name", "rat", "--projekt", projekt, *STAND)
        assert result.code == 0
        assert [e["kennung"] for e in stored(projekt, "rat")] == ["1"]
        text = (projekt / "ratskalender/rat.json").read_text()
        assert "/rat.ics?token=…" in text
        assert "geheim" not in text + result.alles

    def test_an_oparl_server_may_be_asked_for_what_changed(self, projekt: Path) -> None:
        """What the answer then lacks has not vanished; what it says is deleted has."""
        eine, andere = (sitzung(n, start=f"2027-03-0{n}T17:00:00+01:00", end=None) for n in (1, 2))
        geloescht = {"id": eine["id"], "type": eine["type"], "deleted": True}
        with laufend() as server:
            server.gibt("/meetings", liste(eine, andere))
            haus = objekt("Body", 1, name="Musterstadt", meeting=f"{server.adresse}/meetings")
            quelle = server.gibt("/body/1", Gabe(json.dumps(haus).encode()))
            befehl = ("import", quelle, "--name", "ris", "--projekt", projekt, *STAND)
            assert lauf(*befehl).code == 0
            assert not any("modified_since" in anfrage for anfrage in server.anfragen)
            assert lauf(*befehl, "--nur-geaendertes").code == 0
            frage = next(anfrage for anfrage in server.anfragen if "modified_since" in anfrage)
            server.gibt(frage, liste(geloescht))
            assert lauf(*befehl, "--nur-geaendertes").code == 0
        assert [e.get("status", "") for e in stored(projekt, "ris")] == ["VERSCHWUNDEN", ""]

    def test_after_half_a_reading_everything_is_asked_for(self, projekt: Path) -> None:
        """What was on a page that did not come may be older than the reading; changes alone would never bring it."""
        eine, andere = (sitzung(n, start=f"2027-03-0{n}T17:00:00+01:00", end=None) for n in (1, 2))
        with laufend() as server:
            erste = json.loads(liste(eine).inhalt) | {"links": {"next": f"{server.adresse}/seite2"}}
            quelle = server.gibt("/meetings", Gabe(json.dumps(erste).encode()))
            befehl = ("import", quelle, "--name", "ris", "--projekt", projekt, *STAND)
            assert lauf(*befehl).code == 0
            server.gibt("/seite2", liste(andere))
            assert lauf(*befehl, "--nur-geaendertes").code == 0
            assert not any("modified_since" in anfrage for anfrage in server.anfragen)
        assert len(stored(projekt, "ris")) == 2

    def test_a_server_that_fails_leaves_the_last_copy(self, projekt: Path) -> None:
        with laufend() as server:
            gut, weg, seite = (
                Gabe(ics(event("1", "20270302"))),
                Gabe(status=404),
                Gabe(b"<html>Fehler</html>"),
            )
            adresse = server.gibt("/rat.ics", gut, weg, seite)
            codes = [
                lauf("import", adresse, "--name", "rat", "--projekt", projekt, *STAND).code for _ in range(3)
            ]
        assert codes == [0, 2, 2]
        assert [e["kennung"] for e in stored(projekt, "rat")] == ["1"]


@pytest.fixture(scope="module")
def laeufe(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if not ISERLOHN.exists():
        pytest.skip("the real exports of ../shared are not beside this repository")
    projekt = tmp_path_factory.mktemp("iserlohn") / "projekt"
    assert lauf("new", projekt, "--stadt", "quartier").code == 0
    found = {}
    for export in sorted((ISERLOHN / "history").glob("*.ics")):
        stand = export.stem.split("_")[1]
        run = lauf("import", export, "--name", "alle", "--stand", stand, "--projekt", projekt, "--json")
        assert run.code == 0, run.alles
        (found[stand],) = run.json["quellen"]
    return found


class TestIserlohn:
    """Three months of a real export, snapshot by snapshot."""

    def test_exactly_the_known_changes(self, laeufe: dict[str, Any]) -> None:
        """One vanishes and comes back under another UID, one is cancelled by name, one body renamed, 87 new UIDs."""
        weg = [(stand, e["sitzung"]) for stand, lesung in laeufe.items() for e in lesung["verschwunden"]]
        assert weg == [("2025-11-27", "alle:ALLRIS-Sitzung-2002532")]
        wieder = [(stand, e["sitzung"]) for stand, lesung in laeufe.items() for e in lesung["wieder"]]
        assert wieder == [("2026-01-06", "alle:ALLRIS-Sitzung-2002553")]
        spaeter = list(laeufe.values())[1:]
        assert sum(len(lesung["neu"]) + len(lesung["wieder"]) for lesung in spaeter) == 87
        namen = [
            (stand, paar["vorher"]["name"], paar["jetzt"]["name"])
            for stand, lesung in laeufe.items()
            for paar in lesung["anders"]
            if paar["vorher"]["name"] != paar["jetzt"]["name"]
        ]
        assert [(stand, neu) for stand, _, neu in namen] == [
            ("2025-11-15", "Digitalausschuss"),
            ("2026-01-20", "ENTFÄLLT - Sportausschuss"),
        ]
        verlegt = [
            paar["jetzt"]["sitzung"]
            for lesung in laeufe.values()
            for paar in lesung["anders"]
            if date.fromisoformat(paar["vorher"]["beginn"][:10])
            != date.fromisoformat(paar["jetzt"]["beginn"][:10])
        ]
        assert verlegt == []


def test_every_line_fits(projekt: Path, einlesen: Einlesen) -> None:
    lang = "Ausschuss für Bürgeranregungen, Beschwerden, Digitalisierung und alles Übrige der Musterstadt"
    einlesen(*(event(str(n), f"2027{n:02}02", lang) for n in range(1, 13)))
    result = einlesen(event("12", "20271202"), "SUMMARY:" + lang, stand="2026-11-01")
    assert too_wide(result.alles) == []
