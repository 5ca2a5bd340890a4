"""Profiles: another order of the wishes, chosen by a project or for one run; what is wrong in one is said at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import gremienplan as gp
from gremienplan.auditing import audit
from gremienplan.errors import UnknownIdError
from gremienplan.loading import inspect, load
from gremienplan.plan import Plan, Stufe, plan_from_json, plan_to_json
from gremienplan.projekt import Projekt

BEISPIEL = Path(__file__).parents[2] / "examples" / "hamm-2027"


def stages(projekt: Projekt) -> dict[str, int]:
    return {w.id: w.stufe for w in projekt.programm.wuensche}


def changed(name: str, **neu: Any) -> Any:
    """Return the hook that changes one file on its way in."""

    def change(datei: str, inhalt: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**inhalt, **neu} if datei.endswith(name) else inhalt

    return change


@pytest.mark.parametrize("programm", ["programm.toml", "programm-c.toml"])
class TestHamm:
    def test_spacing_comes_first(self, programm: str) -> None:
        """gleichmaessig: one concern a stage, the usual days behind the spacing; no wish is lost, nor its weight."""
        own = load("hamm", programm=programm)
        first = own.mit_profil("gleichmaessig")
        found = stages(first)
        assert (
            found["kr-gleichmaessig"] == 1 < found["sk-verteilt"] < found["gewohnt"] < found["brueckentage"]
        )
        assert stages(own)["gewohnt"] == 1
        assert found.keys() == stages(own).keys()
        back = [evolve(w, stufe=stages(own)[w.id]) for w in first.programm.wuensche]
        assert back == list(own.programm.wuensche)

    def test_the_usual_order_has_a_name_too(self, programm: str) -> None:
        """gewohnt: the stages of the programme itself."""
        own = load("hamm", programm=programm)
        assert stages(own.mit_profil("gewohnt")) == stages(own)

    def test_one_after_the_other(self, programm: str) -> None:
        """A profile is chosen instead of another, never on top of it."""
        own = load("hamm", programm=programm)
        twice = own.mit_profil("gleichmaessig").mit_profil("gewohnt")
        assert twice == own.mit_profil("gewohnt")
        assert twice.mit_profil("") == own


def test_what_a_profile_does_not_name_comes_after() -> None:
    """In the order of its own stages, without gaps."""
    profil = {"kurz": {"name": "Kurz", "stufen": ["brueckentage", ["abende", "gewohnt"]], "vorgabe": True}}
    projekt = inspect("hamm", aendern=changed("programm.toml", profil=profil))[0].mit_profil("kurz")
    found = stages(projekt)
    assert (found["brueckentage"], found["abende"], found["gewohnt"]) == (1, 2, 2)
    assert (found["selbst-vortragen"], found["schulferien"], found["ziele-vor-entwurf"]) == (3, 4, 5)


def test_all_that_is_wrong_in_profiles_is_said_at_once() -> None:
    """An unknown wish with the nearest one, a wish named twice, a missing authority."""
    profil = {
        "a": {"name": "A", "stufen": ["gewont", "abende", ["abende"]], "vorgabe": True},
        "b": {"name": "B"},
    }
    with pytest.raises(gp.InputError) as wrong:
        inspect("hamm", aendern=changed("programm.toml", profil=profil))
    found = [(p.pfad, p.wert) for p in wrong.value.problems if "profil" in p.pfad]
    assert ("profil.a.stufen", "gewont") in found
    assert ("profil.a.stufen", "abende") in found
    assert any(pfad.startswith("profil.b") for pfad, _ in found)


class TestChosen:
    def test_by_the_project(self) -> None:
        projekt = inspect(BEISPIEL, jahr=2027, aendern=changed("gremienplan.toml", profil="gleichmaessig"))[0]
        assert projekt.programm.profil == "gleichmaessig"
        assert stages(projekt)["kr-gleichmaessig"] == 1

    def test_a_name_nobody_has(self) -> None:
        """In the project's file a problem with the nearest name, from Python an error."""
        with pytest.raises(gp.InputError) as wrong:
            inspect(BEISPIEL, jahr=2027, aendern=changed("gremienplan.toml", profil="gleichmässig"))
        (problem,) = wrong.value.problems
        assert (problem.pfad, problem.wert) == ("profil", "gleichmässig")
        assert "gleichmaessig" in str(problem.hinweis)
        with pytest.raises(UnknownIdError):
            load("hamm").mit_profil("nichts")


class TestThePlan:
    def test_it_says_its_profile(self) -> None:
        """Read and written; a plan of the programme's own order says nothing, as it always did."""
        plan = Plan("hamm", 2027, "r", (), (), profil="gleichmaessig")
        assert plan_from_json(plan_to_json(plan)) == plan
        assert "profil" not in plan_to_json(evolve(plan, profil=""))

    def test_it_is_judged_by_its_own_profile(self) -> None:
        """Whatever the project has chosen since: the points are those of the plan's stages."""
        projekt = load(BEISPIEL, jahr=2027)
        plan = Plan("hamm", 2027, "r", (), (), (Stufe(1, 0, 0),), profil="gleichmaessig")
        assert set(audit(projekt, plan).kosten) >= {8, 9, 10, 11}
        assert audit(projekt.mit_profil("gewohnt"), plan) == audit(projekt, plan)
        assert not set(audit(projekt, evolve(plan, profil="")).kosten) & {8, 9, 10, 11}
