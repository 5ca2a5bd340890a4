"""``watch``: what has changed in the council calendar since the plans were made, and the exit code that says so."""

from pathlib import Path

import pytest
from attrs import evolve

from gremienplan.loading import read_plan
from gremienplan.plan import Zustand, plan_to_json, record
from tests.cli.lauf import Ergebnis, lauf, names, too_wide
from tests.cli.test_plan import plan_file

STAND = "2026-11-01"
OST, WEST = "20270218T", "20270217T"
OST_NEU, WEST_NEU = "20270415T", "20270421T"
KLEIN = "SUMMARY:Kleingartenbeirat\nDTSTART;TZID=Europe/Berlin:20270310T170000"


def watch(projekt: Path, *more: object, **environ: str) -> Ergebnis:
    return lauf("watch", projekt, "--stand", STAND, *more, **environ)


def change(projekt: Path, alt: str, neu: str) -> None:
    """Write something else into the council calendar."""
    rat = projekt / "ratskalender" / "rat.ics"
    text = rat.read_text("utf-8")
    assert alt in text
    rat.write_text(text.replace(alt, neu), "utf-8")


def without(projekt: Path, uid: str) -> None:
    """Take an event out of the council calendar."""
    rat = projekt / "ratskalender" / "rat.ics"
    kopf, *events = rat.read_text("utf-8").split("BEGIN:VEVENT\n")
    kept = [e for e in events if f"UID:{uid}@" not in e]
    assert len(kept) == len(events) - 1
    tail = "" if kept[-1].rstrip().endswith("END:VCALENDAR") else "END:VCALENDAR\n"
    rat.write_text("BEGIN:VEVENT\n".join([kopf, *kept]) + tail, "utf-8")


def test_nothing_has_changed(geplant: Path) -> None:
    """Exit code 0, said on stderr; nothing on stdout."""
    result = watch(geplant)
    assert (result.code, result.daten) == (0, "")
    assert "nothing has changed" in result.rede


def test_a_sitting_with_an_item_is_moved(geplant: Path) -> None:
    """Exit code 4; what the plan breaks, with its passage, and whether the item may go along."""
    change(geplant, WEST_NEU, "20270422T")
    result = watch(geplant)
    assert result.code == 4, result.alles
    assert "Moved: Bezirksvertretung West, Wed 2027-04-21 16:00, now: Thu 2027-04-22 16:00" in result.daten
    assert "is not the time of its sitting" in result.daten
    assert "M-3-BV" in result.daten
    assert "At the new time of the sitting" in result.daten
    assert names(result.rede, "gremienplan plan --jahr 2027", geplant)
    assert not too_wide(result.alles.replace(str(geplant), ""))


def test_a_sitting_with_an_item_has_vanished(geplant: Path) -> None:
    """Its time is not free, and the item is heard nowhere."""
    without(geplant, "west-2")
    result = watch(geplant)
    assert result.code == 4
    assert "Vanished without a word: Bezirksvertretung West, Wed 2027-04-21 16:00" in result.daten
    assert "has vanished from the council calendar" in result.daten
    assert "belongs back there" in " ".join(result.rede.split())
    assert "With few moves" in result.rede


def test_changes_that_touch_nothing(geplant: Path) -> None:
    """They are told, and the exit code is 0."""
    change(geplant, KLEIN, KLEIN.replace("20270310T17", "20270311T05"))
    result = watch(geplant)
    assert result.code == 0, result.alles
    assert "touching it: 0" in result.daten
    assert "Moved: Kleingartenbeirat, Wed 2027-03-10 17:00, now: Thu 2027-03-11 05:00" in result.daten


def test_what_is_past_touches_nothing(geplant: Path) -> None:
    """After the year a calendar may lose it."""
    without(geplant, "west-2")
    assert lauf("watch", geplant, "--stand", "2027-12-01").code == 0


def test_a_shifted_source_is_one_alarm(geplant: Path) -> None:
    """All sittings two hours later: said once, with the items that it touches."""
    change(geplant, "T160000", "T180000")
    change(geplant, "T170000", "T190000")
    result = watch(geplant)
    assert result.code == 4
    assert "The whole source “rat” is shifted by 2:00 hours to the back" in result.daten
    assert "Moved" not in result.daten


def test_json_is_complete(geplant: Path) -> None:
    change(geplant, WEST_NEU, "20270422T")
    result = watch(geplant, "--json")
    assert result.code == 4
    (plan,) = result.json["plaene"]
    (change_,) = plan["aenderungen"]
    assert (plan["jahr"], plan["touches"], change_["wandel"]) == (2027, True, "verlegt")
    assert change_["sitzungen"][0]["jetzt"]["beginn"] == "2027-04-22T16:00"
    assert change_["beratungen"] == ["bv-entwurf/am-fluss/west"]
    assert change_["findings"][0]["grundlage"]["id"] == "M-3-BV"


def test_an_agreed_plan_is_not_planned_anew(geplant: Path) -> None:
    """Its way out is another: as few moves as possible."""
    path = plan_file(geplant)
    plan = read_plan(path)
    agreed = record(plan, plan, plan.verlauf[-1].stand, Zustand.COORDINATED)
    path.write_text(plan_to_json(agreed), "utf-8")
    change(geplant, WEST_NEU, "20270422T")
    result = watch(geplant)
    assert result.code == 4
    assert names(result.rede, "gremienplan replan --jahr 2027", geplant)
    assert "With few moves" not in result.rede


def test_a_plan_that_does_not_say_what_it_saw(geplant: Path) -> None:
    """The sittings of its items are compared all the same, and what is not known is said."""
    path = plan_file(geplant)
    path.write_text(plan_to_json(evolve(read_plan(path), ratskalender=None)), "utf-8")
    assert "does not say what council calendar" in watch(geplant).rede
    without(geplant, "west-2")
    assert watch(geplant).code == 4


@pytest.mark.parametrize("more", [(), ("--jahr", 2028)])
def test_without_a_plan_there_is_nothing_to_watch(projekt: Path, more: tuple[object, ...]) -> None:
    result = watch(projekt, *more)
    assert result.code == 2
    assert "gremienplan plan" in result.rede


def test_an_import_says_what_it_does_to_the_plans(geplant: Path, tmp_path: Path) -> None:
    """Nothing at first; then a sitting with an item vanishes and is kept; then somebody says that it is off."""
    datei = tmp_path / "rat.ics"
    rat = geplant / "ratskalender" / "rat.ics"
    datei.write_bytes(rat.read_bytes())

    def read() -> Ergebnis:
        return lauf("import", datei, "--projekt", geplant, "--stand", STAND)

    first = read()
    assert first.code == 0, first.alles
    assert "nothing has changed" in first.rede
    without(geplant, "west-2")
    datei.write_bytes(rat.read_bytes())
    second = read()
    assert second.code == 4, second.alles
    assert "Vanished without a word: Bezirksvertretung West" in second.daten
    assert "[[entfallen]]" in second.rede
    with (geplant / "gremienplan.toml").open("a", encoding="utf-8") as toml:
        toml.write('[[entfallen]]\nsitzung = "rat:west-2@ris.musterstadt.example"\ngrund = "Auskunft"\n')
    third = lauf("import", datei, "--projekt", geplant, "--stand", STAND, "--json")
    assert third.code == 4
    assert [a["wandel"] for a in third.json["plaene"][0]["aenderungen"]] == ["abgesagt"]


def imported(projekt: Path, datei: Path) -> Ergebnis:
    """Import what the project has as its council calendar now."""
    datei.write_bytes((projekt / "ratskalender" / "rat.ics").read_bytes())
    return lauf("import", datei, "--projekt", projekt, "--stand", STAND)


@pytest.fixture
def verschwunden(geplant: Path, tmp_path: Path) -> Path:
    """Return the project with a sitting that vanished, and planned anew after that."""
    imported(geplant, tmp_path / "rat.ics")
    without(geplant, "west-2")
    found = imported(geplant, tmp_path / "rat.ics")
    assert "With few moves" not in found.rede
    assert "Planning anew does not help" in one_line(found.rede)
    planned = lauf("plan", geplant, "--jahr", 2027, "--stand", STAND, "--effort", "kurz")
    assert planned.code == 0, planned.alles
    assert IN_VANISHED in one_line(planned.rede)
    assert "Ask the council's office" in one_line(planned.rede)
    return geplant


IN_VANISHED = (
    "Bezirksvertretung West: Vorstellung des Entwurfs (Am Fluss): its sitting has vanished from the"
    " council calendar: Wed 2027-04-21 16:00 (rat:west-2@ris.musterstadt.example)"
)


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_plan_made_after_a_sitting_vanished_rests_on_it(verschwunden: Path) -> None:
    """Nothing has changed since, and yet it is said, by exit code 4, too; planning anew is not the way out."""
    result = watch(verschwunden)
    assert result.code == 4
    assert "nothing has changed" in result.rede
    assert IN_VANISHED in one_line(result.daten)
    assert "[[entfallen]]" in result.rede
    assert "With few moves" not in result.rede
    assert not too_wide(result.alles)
    (plan,) = watch(verschwunden, "--json").json["plaene"]
    assert plan["touches"]
    assert plan["aenderungen"] == []
    assert plan["verschwunden"] == [
        {
            "beratung": "bv-entwurf/am-fluss/west",
            "sitzung": "rat:west-2@ris.musterstadt.example",
            "gremium": "bezirksvertretung/west",
            "beginn": "2027-04-21T16:00",
            "ende": "2027-04-21T19:00",
        }
    ]
    assert watch(verschwunden, "--stand", "2027-12-01").code == 0  # past


def test_the_other_commands_say_it_as_well(verschwunden: Path) -> None:
    """It breaks nothing: the exit codes stay 0."""
    judged = lauf("audit", "--projekt", verschwunden, "--jahr", 2027)
    assert judged.code == 0, judged.alles
    assert IN_VANISHED in one_line(judged.rede)
    assert not too_wide(judged.alles)
    as_json = lauf("audit", "--projekt", verschwunden, "--jahr", 2027, "--json").json
    assert [v["beratung"] for v in as_json["verschwunden"]] == ["bv-entwurf/am-fluss/west"]
    planned = lauf("plan", verschwunden, "--jahr", 2027, "--stand", STAND, "--effort", "kurz", "--json")
    assert planned.json["verschwunden"] == as_json["verschwunden"]
    published = lauf("publish", verschwunden, "--jahr", 2027, "--stand", STAND)
    assert published.code == 0, published.alles
    assert IN_VANISHED in one_line(published.rede)


def test_what_is_off_asks_for_a_new_plan(verschwunden: Path) -> None:
    """Once the office has answered, planning anew is the way out again."""
    with (verschwunden / "gremienplan.toml").open("a", encoding="utf-8") as toml:
        toml.write('[[entfallen]]\nsitzung = "rat:west-2@ris.musterstadt.example"\ngrund = "Auskunft"\n')
    result = watch(verschwunden)
    assert result.code == 4
    assert "vanished" not in result.alles
    assert "With few moves" in result.rede


def test_planning_anew_says_what_became_free(geplant: Path) -> None:
    """A sitting that is no longer in the file, and was never imported, is planned over, but not in silence."""
    without(geplant, "klein-2")
    result = lauf("plan", geplant, "--jahr", 2027, "--stand", STAND, "--effort", "kurz")
    assert result.code == 0
    assert "Kleingartenbeirat Wed 2027-06-09 17:00" in " ".join(result.rede.split())
    again = lauf("plan", geplant, "--jahr", 2027, "--stand", STAND, "--effort", "kurz")
    assert "Kleingartenbeirat" not in again.rede


def test_german(geplant: Path) -> None:
    change(geplant, WEST_NEU, "20270422T")
    result = watch(geplant, GREMIENPLAN_LANG="de")
    assert "Verlegt: Bezirksvertretung West, Mi 21.04.2027 16:00, jetzt: Do 22.04.2027 16:00" in result.daten
    assert not too_wide(result.alles)
