"""``sheet`` and ``take``: out into Excel and back; kept as a whole and judged, or not at all."""

from __future__ import annotations

import io
import shlex
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gremienplan.auditing import audit
from gremienplan.cli import pinablage
from gremienplan.loading import load, read_plan
from gremienplan.plan import Zustand, plan_to_json, record
from gremienplan.projekt import Pin
from gremienplan.publishing import dateien
from gremienplan.publishing.dateien import LOCK
from tests.cli.lauf import Ergebnis, lauf, names, too_wide

BERG, FLUSS = "runde-entwurf/am-berg", "runde-abschluss/am-fluss"
SPALTEN = {"titel": 3, "datum": 5, "beginn": 6, "ort": 8, "kennung": 11}


def sheet(projekt: Path, *words: object) -> Path:
    """Write the list; return the workbook."""
    result = lauf("sheet", projekt, "--jahr", 2027, *words)
    assert result.code == 0, result.alles
    return projekt / "out" / "plan-2027.xlsx"


def take(projekt: Path, *words: object, **environ: str) -> Ergebnis:
    return lauf("take", *words, "--projekt", projekt, "--jahr", 2027, "--stand", "2027-01-10", **environ)


def edit(path: Path, **cells: tuple[str, object]) -> dict[str, str]:
    """Edit one cell of each column named: of this event, to this value; return the addresses."""
    mappe = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    blatt, found = mappe.worksheets[0], {}
    for spalte, (ereignis, wert) in cells.items():
        (zeile,) = [c.row for c in blatt["K"] if c.value == ereignis]
        cell: Any = blatt.cell(zeile, SPALTEN[spalte])
        cell.value = wert
        found[spalte] = f"Sitzungen!{cell.coordinate}"
    mappe.save(path)
    return found


def files(projekt: Path) -> dict[str, bytes]:
    """Return everything of the year."""
    return {path.name: path.read_bytes() for path in (projekt / "jahre" / "2027").iterdir()}


def test_out_and_back_changes_nothing(geplant: Path) -> None:
    """The workbook and the CSV, in German unless asked otherwise: nothing was edited, and not a byte differs."""
    before = files(geplant)
    tried = lauf("sheet", geplant, "--jahr", 2027, "--dry-run", "--json")
    assert not (geplant / "out").exists()
    assert tried.json["written"] == [Path(name).name for name in tried.json["dateien"]]
    for words, suffix, heading in (((), ".xlsx", "Gebiet"), (("--lang", "en"), ".csv", "Area")):
        buch = sheet(geplant, *words)
        assert heading in buch.with_suffix(".csv").read_text("utf-8-sig").splitlines()[0]
        result = take(geplant, buch.with_suffix(suffix))
        assert result.code == 0, result.alles
        assert "Nothing new" in result.rede
    assert files(geplant) == before
    again = lauf("sheet", geplant, "--jahr", 2027, "--lang", "en", "--dry-run").rede
    assert ("nothing was written" in again, "New or changed" in again) == (True, False)


def test_another_state_of_the_plan_is_no_edit(geplant: Path) -> None:
    """The list was written from a draft that is coordinated since: it comes back all the same."""
    path, buch = geplant / "jahre" / "2027" / "plan.json", sheet(geplant)
    plan = read_plan(path)
    coordinated = record(plan, plan, plan.verlauf[-1].stand, Zustand.COORDINATED)
    path.write_text(plan_to_json(coordinated), encoding="utf-8")
    result = take(geplant, buch)
    assert result.code == 0, result.alles
    edit(buch, datum=(BERG, "24.03.2027"))
    result = take(geplant, buch)
    assert result.code == 0, result.alles


def test_the_command_it_names_runs_as_pasted(
    geplant: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the list lies, a folder with blanks too."""
    monkeypatch.chdir(tmp_path)
    result = lauf("sheet", geplant, "--jahr", 2027, "--ziel", "meine Listen")
    line = " ".join(result.rede.split())
    _, *words = shlex.split(line[line.index("gremienplan take") :])
    assert lauf(*words).code == 0


def test_an_edited_day_is_the_plans_and_pinned(geplant: Path) -> None:
    """Nothing else moves; the plan keeps every rule, and planning anew holds the day."""
    buch = sheet(geplant)
    before = read_plan(geplant / "jahre" / "2027" / "plan.json")
    edit(buch, datum=(BERG, "24.03.2027"))
    (geplant / LOCK).unlink()
    tried = files(geplant)
    result = take(geplant, buch, "--dry-run")
    assert not (geplant / LOCK).exists()
    assert result.code == 0, result.alles
    assert "Tue 2027-03-30 17:00 → Wed 2027-03-24 17:00" in result.daten
    assert files(geplant) == tried
    result = take(geplant, buch)
    assert result.code == 0, result.alles
    assert not too_wide(result.alles.replace(str(geplant), ""))
    plan, projekt = read_plan(geplant / "jahre" / "2027" / "plan.json"), load(geplant, jahr=2027)
    assert projekt.pins == (Pin(BERG, date(2027, 3, 24), None, "", 2027),)
    moved = {e for e, lagen in plan.lagen.items() if lagen != before.lagen[e]}
    assert moved == {BERG}
    assert audit(projekt, plan).ok
    assert plan.eingaben == projekt.eingaben
    kept = files(geplant)
    again = take(geplant, buch)
    assert again.code == 0
    assert "Nothing new" in again.rede
    assert "Changed in the plan since" not in again.rede
    assert take(geplant, sheet(geplant)).code == 0
    assert files(geplant) == kept


def test_plan_and_pins_are_both_kept_or_neither(geplant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken off on its way, nothing has changed; killed after the pins, the same command again ends it."""
    buch = sheet(geplant)
    edit(buch, datum=(BERG, "24.03.2027"))
    before = files(geplant)
    write = dateien.write_atomically

    def broken(path: Path, data: bytes, **more: Any) -> bool:
        if path.name == "plan.json":
            raise KeyboardInterrupt
        return write(path, data, **more)

    with monkeypatch.context() as patch:
        patch.setattr(dateien, "write_atomically", broken)
        assert take(geplant, buch).code == 130
    assert files(geplant) == before
    with monkeypatch.context() as patch:
        patch.setattr(dateien, "write_atomically", broken)
        patch.setattr(pinablage, "_restore", lambda *_: None)
        take(geplant, buch)
    assert files(geplant).keys() - before.keys() == {"pins.toml"}
    assert take(geplant, buch).code == 0
    plan = read_plan(geplant / "jahre" / "2027" / "plan.json")
    assert plan.lagen[BERG][0].beginn.date() == date(2027, 3, 24)
    assert plan.eingaben == load(geplant, jahr=2027).eingaben


def test_several_cells_are_one_change(geplant: Path) -> None:
    """One entry in the history, one file of pins; as JSON with the cells."""
    buch = sheet(geplant)
    cells = edit(buch, datum=(BERG, date(2027, 3, 24)), beginn=(FLUSS, time(18)))
    found = take(geplant, buch, "--json").json
    assert found["ok"]
    assert found["changed"]
    assert [(p["sitzung"], p["uhr"], p["zellen"]) for p in found["pins"]] == [
        (BERG, None, [cells["datum"]]),
        (FLUSS, "18:00", [cells["beginn"]]),
    ]
    assert len(read_plan(geplant / "jahre" / "2027" / "plan.json").verlauf) == 2


def test_a_broken_rule_is_said_with_its_cells_and_nothing_is_kept(geplant: Path) -> None:
    """Not even what breaks none: exit code 1, the sentence, its passage, the cells."""
    buch = sheet(geplant)
    edit(buch, beginn=(FLUSS, "18:00"))
    cells = edit(buch, datum=(BERG, "28.03.2027"))
    before = files(geplant)
    result = take(geplant, buch)
    assert result.code == 1
    assert result.daten.startswith("The edited dates break rules, so nothing of the list was kept:\n")
    said = " ".join(result.daten.split())
    assert f"Cells: {cells['datum']}" in said
    assert names(result.rede, f"gremienplan pin {BERG} 2027-03-28 --jahr 2027", geplant)
    found = take(geplant, buch, "--json").json
    assert not found["ok"]
    assert all(f["meldung"] and f["grundlage"] for f in found["findings"])
    assert [cells["datum"]] in [f["zellen"] for f in found["findings"]]
    assert files(geplant) == before


def test_what_is_wrong_is_said_all_at_once(geplant: Path) -> None:
    """Exit code 2, each with its cell; nothing is kept."""
    buch = sheet(geplant)
    cells = edit(buch, datum=(BERG, "bald"), titel=(FLUSS, "anders"))
    before = files(geplant)
    result = take(geplant, buch)
    assert result.code == 2
    for cell in cells.values():
        assert f"{cell}: " in result.rede
    assert "2 problems." in result.rede
    assert {p["pfad"] for p in take(geplant, buch, "--json").json["problems"]} == set(cells.values())
    assert files(geplant) == before


def test_a_pin_that_is_edited_again_takes_the_place_of_the_first(geplant: Path) -> None:
    """And what else is pinned stays pinned."""
    buch = sheet(geplant)
    edit(buch, beginn=(FLUSS, time(18)))
    assert take(geplant, buch).code == 0
    buch = sheet(geplant)
    edit(buch, datum=(BERG, date(2027, 3, 24)))
    assert take(geplant, buch).code == 0
    buch = sheet(geplant)
    edit(buch, datum=(BERG, date(2027, 3, 23)))
    assert take(geplant, buch).code == 0
    pins = {p.sitzung: p for p in load(geplant, jahr=2027).pins}
    assert set(pins) == {BERG, FLUSS}
    assert pins[BERG].tag == date(2027, 3, 23)
    assert pins[FLUSS].uhr == time(18)


@pytest.mark.parametrize("dateien", [(), ("a.xlsx", "b.xlsx"), ("gibtesnicht.xlsx",)])
def test_one_file_that_is_there(geplant: Path, dateien: tuple[str, ...]) -> None:
    """None, two, or one that is missing: exit code 2, and what to do."""
    result = take(geplant, *dateien)
    assert result.code == 2
    assert result.rede
    assert not result.daten


def test_an_ort_that_there_is_not(geplant: Path) -> None:
    """Whether by hand or in a list: the nearest, or those there are."""
    buch = sheet(geplant)
    for word, hint in (("Berghau", "Did you mean"), ("xyzxyz", "Known are: ")):
        edit(buch, ort=(BERG, word))
        assert hint in take(geplant, buch).rede
        by_hand = lauf("swap", BERG, word, "--projekt", geplant, "--jahr", 2027, "--stand", "2027-01-10")
        assert by_hand.code == 2
        assert hint in by_hand.rede


@pytest.mark.parametrize("command", ["tasks", "loads", "prices", "audit"])
def test_a_year_without_a_plan_is_named_in_the_hint(geplant: Path, command: str) -> None:
    """So that the command runs as pasted."""
    words = (geplant / "jahre" / "2028" / "plan.json",) if command == "audit" else (geplant, "--jahr", 2028)
    result = lauf(command, *words)
    assert result.code == 2
    assert "gremienplan plan" in result.rede
    assert "--jahr 2028" in " ".join(result.rede.split())
