"""``receipt`` shows what a plan was made from; ``receipt verify`` says whether it still follows from that."""

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gremienplan.loading import read_plan
from gremienplan.plan import Zustand, plan_to_json, record
from tests.cli.conftest import MUSTER
from tests.cli.lauf import Ergebnis, lauf, too_wide
from tests.cli.test_plan import plan
from tests.cli.test_replan import move_sitting, replan


@pytest.fixture(scope="module")
def einmal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that was planned once for all tests here."""
    folder = Path(shutil.copytree(MUSTER, tmp_path_factory.mktemp("muster") / "projekt"))
    assert lauf("plan", folder, "--jahr", 2027, "--stand", "2026-10-01", "--effort", "kurz").code == 0
    return folder


@pytest.fixture
def geplant(einmal: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    return Path(shutil.copytree(einmal, tmp_path / "projekt"))


def plan_file(projekt: Path) -> Path:
    return projekt / "jahre" / "2027" / "plan.json"


def change(file: Path, old: str, new: str) -> None:
    content = file.read_text("utf-8")
    assert old in content
    file.write_text(content.replace(old, new), "utf-8")


def verified(projekt: Path, code: int) -> str:
    """Return what is said, in one line."""
    result = lauf("receipt", "verify", "--projekt", projekt)
    assert result.code == code, result.alles
    assert [line for line in too_wide(result.alles) if str(projekt) not in line] == []
    return " ".join(result.alles.split())


def as_json(projekt: Path) -> Any:
    return lauf("receipt", "verify", "--projekt", projekt, "--json").json


def test_show(geplant: Path) -> None:
    """Version, readings, every input with its hash, and how many invitations."""
    result = lauf("receipt", "--projekt", geplant)
    assert result.code == 0
    words = " ".join(result.daten.split())
    assert "Made by gremienplan" in words
    assert "stadt/regeln.toml" in words
    assert "ratskalender/rat.ics" in words
    assert "11 invitations to 4 Sitzungen, by 4 rules." in words
    found = lauf("receipt", "--projekt", geplant, "--json").json
    assert found["answer"] == "receipt"
    plan = json.loads(plan_file(geplant).read_text("utf-8"))
    assert (found["eingaben"], found["beleg"]) == (plan["eingaben"], plan["beleg"])


def test_one_line_per_sitzung_and_no_person(geplant: Path) -> None:
    """So that a difference is readable."""
    lines = plan_file(geplant).read_text("utf-8").splitlines()
    assert (
        '      "runde-entwurf/am-berg": {"projekt-gastgeber-runde": ["leitung/am-berg"],'
        ' "runde-bewohner": ["bewohner/am-berg"], "runde-buergeramt": ["buergeramt/ost"],'
        ' "runde-leitung": ["leitung/am-berg"]},'
    ) in lines


def test_after_planning_it_holds(geplant: Path) -> None:
    """Exit code 0."""
    said = verified(geplant, 0)
    assert "Holds: every invitation and every date is what the files make of it." in said
    assert "11 invitations to 4 Sitzungen, by 4 rules. 7 dates keep every rule." in said
    assert as_json(geplant)["holds"] is True


def test_planning_again_changes_no_byte(geplant: Path) -> None:
    """Also when another version made the plan: it found the same."""
    change(plan_file(geplant), '"version": "', '"version": "0.0.')
    before = plan_file(geplant).read_bytes()
    assert lauf("plan", geplant, "--jahr", 2027, "--stand", "2026-10-02", "--effort", "kurz").code == 0
    assert plan_file(geplant).read_bytes() == before
    assert "Made by gremienplan 0.0." in verified(geplant, 0)


def test_another_build_changes_no_byte(geplant: Path) -> None:
    """It is told, and what was found is the same."""
    old = json.loads(plan_file(geplant).read_text("utf-8"))["beleg"]["werk"]
    change(plan_file(geplant), old, "0123456789abcdef")
    before = plan_file(geplant).read_bytes()
    assert lauf("plan", geplant, "--jahr", 2027, "--stand", "2026-10-02", "--effort", "kurz").code == 0
    assert plan_file(geplant).read_bytes() == before
    assert f"Made by another build of gremienplan: 0123456789abcdef, verified by {old}." in verified(
        geplant, 0
    )


def test_what_a_hand_changed_beside_the_dates(geplant: Path) -> None:
    """It is told, whatever it was; and holds again once it is planned anew, or published."""
    for command in ("plan", "publish"):
        change(plan_file(geplant), '"abgebrochen": false', '"abgebrochen": true')
        assert "The plan was changed by hand since it was written" in verified(geplant, 1)
        stand = ("--stand", "2026-10-02") if command == "plan" else ()
        assert lauf(command, geplant, "--jahr", 2027, *stand).code == 0
        assert "Holds" in verified(geplant, 0)


def test_a_plan_without_its_history(geplant: Path) -> None:
    """Nobody can say what was edited, so it does not hold."""
    data = json.loads(plan_file(geplant).read_text("utf-8"))
    data["verlauf"], data["stufen"] = [], []
    plan_file(geplant).write_text(json.dumps(data), "utf-8")
    said = verified(geplant, 1)
    assert "The plan has no history, so nobody can say what was edited." in said


def test_a_rule_that_changed(geplant: Path) -> None:
    """Its file, and each invitation with Sitzung, Sitz and rule."""
    change(geplant / "stadt" / "regeln.toml", 'anlass = ["entwurf"]', 'anlass = ["abschluss"]')
    said = verified(geplant, 1)
    assert "Invitations that changed (6): +3 −3 runde-buergeramt" in said
    assert "stadt/regeln.toml: changed" in said
    assert (
        "Runde Am Berg: Entwurf [runde-entwurf/am-berg]"
        " no longer invited: Bürgeramt Ost, as guest, by rule runde-buergeramt: our reading [LES-01]"
    ) in said
    assert "now invited: Bürgeramt West, as guest, by rule runde-buergeramt" in said
    found = as_json(geplant)
    assert {(e["sitzung"], e["sitz"], e["wandel"]) for e in found["einladungen"]} == {
        ("runde-entwurf/am-berg", "buergeramt/ost", "weg"),
        ("runde-entwurf/am-fluss", "buergeramt/ost", "weg"),
        ("runde-entwurf/am-fluss", "buergeramt/west", "weg"),
        ("runde-abschluss/am-berg", "buergeramt/ost", "neu"),
        ("runde-abschluss/am-fluss", "buergeramt/ost", "neu"),
        ("runde-abschluss/am-fluss", "buergeramt/west", "neu"),
    }


def test_another_reading(geplant: Path) -> None:
    """The question, what is followed now and was then, and whom that costs the invitation."""
    with (geplant / "stadt" / "auslegungen.toml").open("a", encoding="utf-8") as file:
        file.write('["LES-09"]\nfrage = "Gilt das?"\nlesart = "Ja."\nstand = "offen"\n')
        file.write('["LES-09".alternative.nein]\nlesart = "Nein."\nohne = ["runde-buergeramt"]\n')
    with (geplant / "gremienplan.toml").open("a", encoding="utf-8") as file:
        file.write('[auslegung]\n"LES-09" = "nein"\n')
    said = verified(geplant, 1)
    assert "LES-09: “nein”, then “as the city reads it”. Gilt das?" in said
    assert "no longer invited: Bürgeramt Ost, as guest, by rule runde-buergeramt" in said
    assert lauf("plan", geplant, "--jahr", 2027, "--stand", "2026-10-02", "--effort", "kurz").code == 0
    assert "Open question LES-09: read as “nein”" in lauf("receipt", "--projekt", geplant).daten
    assert "Holds" in verified(geplant, 0)


def test_a_date_edited_by_hand(geplant: Path) -> None:
    """Which one, and what it breaks."""
    data = json.loads(plan_file(geplant).read_text("utf-8"))
    (termin,) = [t for t in data["termine"] if t["sitzung"] == "runde-entwurf/am-berg"]
    termin["beginn"] = termin["beginn"].replace("T17:00", "T07:00")
    plan_file(geplant).write_text(json.dumps(data), "utf-8")
    said = verified(geplant, 1)
    assert "Edited by hand and not recorded: Runde Am Berg: Entwurf [runde-entwurf/am-berg]" in said
    assert "What the dates break:" in said
    assert "Every invitation is the same." in said


def test_a_sitting_that_is_gone(geplant: Path) -> None:
    """The council moved it: the file changed, and the item is heard nowhere."""
    change(geplant / "ratskalender" / "rat.ics", "UID:ost-2", "STATUS:CANCELLED\nUID:ost-2")
    said = verified(geplant, 1)
    assert "ratskalender/rat.ics: changed" in said
    assert "What the dates break:" in said


def test_a_plan_of_an_earlier_version(geplant: Path) -> None:
    """It has no receipt: it is read, and planning again adds one."""
    data = json.loads(plan_file(geplant).read_text("utf-8"))
    del data["beleg"]
    plan_file(geplant).write_text(json.dumps(data), "utf-8")
    assert "does not say whom it invited" in verified(geplant, 1)
    assert lauf("receipt", "--projekt", geplant).code == 0
    assert lauf("plan", geplant, "--jahr", 2027, "--stand", "2026-10-02", "--effort", "kurz").code == 0
    assert "Holds" in verified(geplant, 0)


def test_in_german(geplant: Path) -> None:
    """A sentence for the files."""
    result: Ergebnis = lauf("receipt", "verify", "--projekt", geplant, "--lang", "de")
    said = " ".join(result.daten.split())
    assert "Bestätigt: Jede Einladung und jeder Termin ergibt sich aus den Dateien." in said
    assert "11 Einladungen zu 4 Sitzungen nach 4 Regeln." in said


def test_without_a_plan(projekt: Path) -> None:
    """Bad input, with a hint."""
    result = lauf("receipt", "verify", "--projekt", projekt, "--jahr", 2027)
    assert result.code == 2
    assert "There is no such plan." in result.rede


LESARTEN = """
format = 1
["LES-01"]
frage = "Sind alle Bürgerämter des Raums gemeint?"
lesart = "Ja: jedes."
["LES-01".alternative.eines]
lesart = "Eines."
verlangt.amt = { frage = "Welches?", aus = ["buergeramt/ost", "buergeramt/west"] }
setzt = { "einladung.runde-buergeramt.rollen" = ["{amt}"] }
"""
CHOICE = '\n[auslegung]\nLES-01 = { wahl = "eines", ab = 2027-07-01, angabe = { amt = "buergeramt/ost" } }\n'


def test_a_reading_with_its_first_day_and_its_answers(projekt: Path) -> None:
    """Both stand in the plan; when one of them changes, the question is read otherwise."""
    (projekt / "stadt" / "auslegungen.toml").write_text(LESARTEN, "utf-8")
    file = projekt / "gremienplan.toml"
    file.write_text(file.read_text("utf-8") + CHOICE, "utf-8")
    assert lauf("plan", projekt, "--jahr", 2027, "--stand", "2026-10-01", "--effort", "kurz").code == 0
    beleg = json.loads(plan_file(projekt).read_text("utf-8"))["beleg"]
    assert (beleg["lesarten"], beleg["lesarten_ab"]) == ({"LES-01": "eines"}, {"LES-01": "2027-07-01"})
    assert beleg["lesarten_angabe"] == {"LES-01": {"amt": "buergeramt/ost"}}
    shown = " ".join(lauf("receipt", "--projekt", projekt).daten.split())
    assert "LES-01: read as “eines (amt = buergeramt/ost) from Thu 2027-07-01 on”" in shown
    change(file, "2027-07-01", "2027-08-01")
    answer = verified(projekt, 1)
    assert "Open questions that are read otherwise now: LES-01: “eines" in answer
    assert "from Sun 2027-08-01 on”, then “eines (amt = buergeramt/ost) from Thu 2027-07-01 on”" in answer
    change(file, "buergeramt/ost", "buergeramt/west")
    assert "amt = buergeramt/west" in verified(projekt, 1)


# --- a plan that was changed ---------------------------------------------------------------------------


def tried(projekt: Path) -> tuple[object, ...]:
    """Return the options of every run that changes the plan here."""
    return "--projekt", projekt, "--jahr", 2027, "--stand", "2027-01-10"


def published(projekt: Path, stand: str) -> None:
    """Make the plan one that people have been told at a moment."""
    kept = read_plan(plan_file(projekt))
    kept = record(kept, kept, datetime.fromisoformat(stand), Zustand.PUBLISHED)
    plan_file(projekt).write_text(plan_to_json(kept), "utf-8")


def test_a_replanned_plan_holds(geplant: Path) -> None:
    """How many dates were moved is told beside a plan nobody has any more: it is said, and not counted anew."""
    move_sitting(geplant, "20270415", "20270316")
    assert replan(geplant).code == 0
    said = verified(geplant, 0)
    assert "Holds:" in said
    assert "Not counted anew, for it compares with the plan before: dates moved by the last change: 4" in said
    found = as_json(geplant)
    assert (found["holds"], found["punkte"]) == (True, [])
    assert found["verlegt"] == {"stufe": -1, "wert": 4, "schranke": 4, "bewiesen": True}
    published(geplant, "2027-01-11")
    assert "Holds:" in verified(geplant, 0)
    count = {"stufe": -1, "wert": 4, "schranke": 4}
    change(plan_file(geplant), json.dumps(count), json.dumps(count | {"wert": 3, "schranke": 3}))
    assert "changed by hand since it was written" in verified(geplant, 1)


def test_a_pinned_plan_holds(geplant: Path) -> None:
    """The pins are an input of the plan, and the date they moved is told by the plan."""
    assert lauf("pin", "runde-entwurf/am-berg", "2027-03-24", *tried(geplant)).code == 0
    assert lauf("pin", "--accept", *tried(geplant)).code == 0
    assert "Holds:" in verified(geplant, 0)
    assert as_json(geplant)["verlegt"]["wert"] == 1


def test_a_partial_plan_holds(projekt: Path) -> None:
    """How many have no date is counted anew, as it was; also when a change has left it so."""
    rat = projekt / "ratskalender" / "rat.ics"
    change(rat, "Bezirksvertretung", "Beirat")
    assert plan(projekt, "--partial").code == 0
    assert "Holds:" in verified(projekt, 0)
    assert as_json(projekt)["verlegt"] is None
    assert lauf("pin", "runde-entwurf/am-berg", "2027-03-24", *tried(projekt)).code == 0
    assert lauf("pin", "--accept", *tried(projekt)).code == 0
    assert "Holds:" in verified(projekt, 0)


def test_a_robust_plan_holds_when_it_is_published_later(projekt: Path) -> None:
    """What could move a sitting is counted as of the day of the plan, not as of the day it was told."""
    programm = projekt / "stadt" / "programm.toml"
    robust = '\n[[wunsch]]\nid = "robust"\nart = "robust"\nstufe = 2\ntage = 60\nvorgabe = true\n'
    programm.write_text(programm.read_text("utf-8") + robust, "utf-8")
    assert plan(projekt).code == 0
    before = as_json(projekt)
    assert before["holds"]
    assert before["audit"]["kosten"]["2"] > 0
    published(projekt, "2027-05-01")
    assert "Holds:" in verified(projekt, 0)
