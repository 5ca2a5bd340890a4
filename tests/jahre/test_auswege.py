"""Ways out of impossible years: each leads to a plan, moves no rule further than it must, and never the text."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest

from gremienplan import planning
from gremienplan.loading import load
from gremienplan.plan import Conflict, Plan, Undecided
from gremienplan.planning import Ausweg, Wort, auswege, ways_out
from gremienplan.planning.auswege import _Knoten, _Suche
from gremienplan.planning.bitten import asked_for
from gremienplan.planning.lockern import loosened
from gremienplan.projekt import Projekt
from gremienplan.quellen import Authority
from tests.jahre.pflanzen import pflanze
from tests.jahre.unmoegliche import ARTEN, verdorben
from tests.vorrat import schedule

CI = os.environ.get("PROFILE") == "ci"


def conflict_of(projekt: Projekt, jahr: int) -> Conflict:
    answer = schedule(projekt, jahr, effort="kurz")
    assert isinstance(answer, Conflict)
    return answer


def any_answer(projekt: Projekt, jahr: int) -> Plan | Conflict | Undecided:
    """Return the first plan that is found, or why there is none."""
    seen: list[object] = []
    return planning.schedule(projekt, jahr, effort="kurz", on_progress=seen.append, stop=lambda: bool(seen))


def moved(projekt: Projekt, conflict: Conflict, way: Ausweg, less: int) -> Projekt | None:
    """Return the project with the changes of a way, each ``less`` steps short; None where one is no lever here."""
    args = (projekt, conflict.jahr, conflict.requirements, conflict.namen)
    levers = {h.id: h for h in (*loosened(*args), *asked_for(*args))}
    for key, weit in way.hebel:
        if key not in levers:
            return None
        if weit - less:
            projekt = levers[key].aendern(projekt, weit - less)
    return projekt


class Gesucht:
    """The project as each way that was tried leaves it, readings and further sittings included."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.changed: dict[tuple[tuple[str, int], ...], Projekt] = {}
        planned = _Suche._planned

        def noted(suche: _Suche, knoten: _Knoten) -> bool | Conflict | None:
            self.changed[knoten.key] = suche._changed(knoten.hebel)
            return planned(suche, knoten)

        monkeypatch.setattr(_Suche, "_planned", noted)


@pytest.fixture
def gesucht(monkeypatch: pytest.MonkeyPatch) -> Gesucht:
    return Gesucht(monkeypatch)


def sound(projekt: Projekt, conflict: Conflict, ways: tuple[Ausweg, ...], gesucht: Gesucht) -> None:
    """Hold each way to what it says: with it there is a plan; a single default moved less far leaves none."""
    assert [w.preis for w in ways] == sorted(w.preis for w in ways)
    for way in ways:
        assert way.schritte
        assert all(s.grundlage.authority is not Authority.TEXT for s in way.schritte)
        if way.rest is not None:
            assert way.rest != conflict
            continue
        assert isinstance(any_answer(gesucht.changed[way.hebel], conflict.jahr), Plan), way
        if len(way.schritte) == 1 and way.schritte[0].wort is Wort.VORGABE:
            short = moved(projekt, conflict, way, less=1)
            assert short is not None
            assert isinstance(any_answer(short, conflict.jahr), Conflict), way


@pytest.mark.skipif(not CI, reason="several plans of one year: PROFILE=ci")
def test_a_body_that_does_not_sit_in_autumn(gesucht: Gesucht) -> None:
    """Its plans cannot be heard: drafts so early that the summer hears them, or one more sitting; each is one."""
    year = pflanze(4)
    assert year.ohne is not None
    conflict = conflict_of(year.ohne, year.jahr)
    ways = ways_out(year.ohne, conflict)
    sound(year.ohne, conflict, ways, gesucht)
    assert any(w.rest is None for w in ways)
    assert pickle.loads(pickle.dumps(ways)) == ways
    asks = [s for w in ways for s in w.schritte if s.wort is Wort.BITTE]
    assert any(s.datei.startswith("ratskalender/") for s in asks)


def test_it_can_be_stopped_at_once() -> None:
    """Then nothing is offered."""
    year = pflanze(4)
    assert year.ohne is not None
    assert ways_out(year.ohne, conflict_of(year.ohne, year.jahr), stop=lambda: True) == ()


@pytest.mark.skipif(not CI, reason="several plans of one year: PROFILE=ci")
def test_a_search_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a limit left something out, a cheaper way may exist; where none was met, it may not."""
    year = pflanze(4)
    assert year.ohne is not None
    conflict = conflict_of(year.ohne, year.jahr)
    assert {way.begrenzt for way in ways_out(year.ohne, conflict, anzahl=1)} == {False}
    monkeypatch.setattr(auswege, "KLEINE", 3)
    assert all(way.begrenzt for way in ways_out(year.ohne, conflict))


@pytest.mark.acceptance
def test_what_is_pasted_is_what_was_tried(tmp_path: Path) -> None:
    """The tight example: each way written into a copy of the project as it says, without any thought, plans."""
    knapp = Path(__file__).parents[2] / "examples" / "hamm-2027-knapp"
    projekt = load(knapp, jahr=2027)
    conflict = any_answer(projekt, 2027)
    assert isinstance(conflict, Conflict)
    ways = ways_out(projekt, conflict)
    assert len(ways) == 3
    for number, way in enumerate(ways):
        ordner = Path(shutil.copytree(knapp, tmp_path / str(number), ignore=shutil.ignore_patterns("jahre")))
        for schritt in way.schritte:
            with (ordner / schritt.datei).open("a", encoding="utf-8") as file:
                file.write("\n" * (file.tell() > 0) + schritt.zeilen)
        assert isinstance(any_answer(load(ordner, jahr=2027), 2027), Plan), way


@pytest.mark.acceptance
@pytest.mark.parametrize("art", ["am-selben-abend", "fest-am-falschen-tag", "zu-spaet"])
def test_the_ways_out_of_hamm(art: str, gesucht: Gesucht) -> None:
    """Years of Hamm in which something went wrong: at least one way, and each holds what it says.

    S-07: where a body hears the plan late in December, the window of the last round gives way first.
    """
    _, projekt = verdorben(sorted(ARTEN).index(art))
    conflict = any_answer(projekt, 2027)
    assert isinstance(conflict, Conflict)
    ways = ways_out(projekt, conflict)
    assert ways
    sound(projekt, conflict, ways, gesucht)
    if art == "zu-spaet":
        assert [key for key, _ in ways[0].hebel] == ["kr-finalisierung.fenster.bis"]
        assert "12-3" in ways[0].schritte[0].zeilen
