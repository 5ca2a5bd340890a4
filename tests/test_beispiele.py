"""The years that are shipped or real: the example, the tight one, and a year with another city's committees."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

import gremienplan as gp
from gremienplan import planning, requirements as req
from gremienplan.quellen import Authority
from tests import vorrat
from tests.cli.lauf import lauf
from tests.nur_ci import nur_ci

WURZEL = Path(__file__).parent.parent
BEISPIELE = WURZEL / "examples"
ISERLOHN = WURZEL.parent / "shared" / "data" / "ics_allris_iserlohn" / "alle.ics"
STAND = datetime(2026, 11, 1, 8, 0)
CI = os.environ.get("PROFILE") == "ci"


def planned(pfad: Path, jahr: int = 2027, stand: datetime = STAND, programm: str | None = None) -> gp.Plan:
    projekt = gp.load(pfad, jahr=jahr, programm=programm)
    plan = vorrat.schedule(projekt, jahr, stand=stand)
    assert isinstance(plan, gp.Plan), plan
    assert gp.audit(projekt, plan).ok
    return plan


def gremien(plan: gp.Plan) -> dict[str, int]:
    counts: dict[str, int] = {}
    for termin in plan.termine:
        art = termin.gremium.partition("/")[0]
        counts[art] = counts.get(art, 0) + 1
    return counts


class TestDasBeispieljahr:
    def test_programme_r_has_78_sitzungen_and_24_beratungen_all_proven(self) -> None:
        plan = planned(BEISPIELE / "hamm-2027")
        assert gremien(plan) == {
            "koordinierungsrunde": 54,
            "stadtteilkonferenz": 18,
            "lenkungskreis": 2,
            "arbeitskreis": 4,
        }
        assert len(plan.beratungen) == 24
        assert plan.bewiesen, plan.stufen

    @nur_ci("a second programme")
    def test_programme_c_has_60_sitzungen(self) -> None:
        plan = planned(BEISPIELE / "hamm-2027", programm="programm-c.toml")
        assert gremien(plan) == {
            "koordinierungsrunde": 36,
            "stadtteilkonferenz": 18,
            "lenkungskreis": 2,
            "arbeitskreis": 4,
        }

    def test_a_plan_is_heard_in_each_bezirk_of_its_sozialraum_by_its_own_stadtteilkoordination(self) -> None:
        """P-38, P-47: twelve presentations, three of them by Westen, none of anybody else's plan."""
        plan = planned(BEISPIELE / "hamm-2027")
        heard = [b for b in plan.beratungen if b.beratung.startswith("bv-jahresplan/")]
        assert len(heard) == 12
        for b in heard:
            _, sozialraum, bezirk = b.beratung.split("/")
            assert b.gremium == f"bezirksvertretung/{bezirk}"
            assert b.vortrag == (f"stadtteilkoordination/{sozialraum}",)


class TestDasKnappeJahr:
    @nur_ci("a whole year more")
    def test_four_cycles_are_too_few_and_the_conflict_says_why(self) -> None:
        """Two Bezirksvertretungen at one hour, one date that is late enough: one person cannot be in both."""
        projekt = gp.load(BEISPIELE / "hamm-2027-knapp", jahr=2027)
        answer = gp.schedule(projekt, 2027, stand=STAND)
        assert isinstance(answer, gp.Conflict)
        assert answer.minimal
        kinds = {type(r) for r in answer.requirements}
        assert kinds == {req.Stattfinden, req.Fenster, req.Angesetzt, req.Reihenfolge, req.Verfuegbar}
        seats = {r.sitz for r in answer.requirements if isinstance(r, req.Verfuegbar)}
        assert seats == {"stadtteilkoordination/westen"}
        assert all(projekt.katalog.kennt(r.grundlage) for r in answer.requirements)
        assert Authority.VORGABE in {r.grundlage.authority for r in answer.requirements}, "a way out exists"


@pytest.mark.skipif(not ISERLOHN.exists(), reason="the real council calendar is not beside the repository")
class TestEinEchterRatskalender:
    @pytest.mark.skipif(not CI, reason="a whole year more: PROFILE=ci")
    def test_hamm_plans_2026_around_the_rat_and_committees_of_a_real_export(self, tmp_path: Path) -> None:
        """The Bezirksvertretungen are the example's, everything else is real, with its unknown ends."""
        sys.path.insert(0, str(BEISPIELE))
        try:
            from kalender import kalender  # type: ignore[import-not-found]
        finally:
            sys.path.pop(0)
        folder = tmp_path / "ratskalender"
        folder.mkdir()
        shutil.copy(ISERLOHN, folder / "alle.ics")
        (folder / "bezirksvertretungen.ics").write_bytes(kalender(2026)["bezirksvertretungen.ics"])
        (tmp_path / "gremienplan.toml").write_text('format = 1\nstadt = "hamm"\n', encoding="utf-8")
        projekt = gp.load(tmp_path, jahr=2026)
        assert len([s for s in projekt.ratskalender.sitzungen if s.quelle == "alle"]) == 95
        plan = planned(tmp_path, 2026, datetime(2025, 12, 1))
        assert plan.bewiesen, plan.stufen
        assert gremien(plan)["koordinierungsrunde"] == 54

    @pytest.mark.skipif(not CI, reason="a second calendar: PROFILE=ci")
    def test_hamm_plans_2026_around_saved_answers_of_an_oparl_server(self, tmp_path: Path) -> None:
        """What `import` keeps of Karlsruhe stands beside the example's Bezirksvertretungen; the audit agrees."""
        sys.path.insert(0, str(BEISPIELE))
        try:
            from kalender import kalender
        finally:
            sys.path.pop(0)
        (tmp_path / "gremienplan.toml").write_text('format = 1\nstadt = "hamm"\n', encoding="utf-8")
        antworten = ISERLOHN.parents[1] / "oparl_somacos_karlsruhe"
        where = ("--name", "karlsruhe", "--projekt", tmp_path, "--stand", "2025-12-01")
        assert lauf("import", antworten, *where).code == 0
        rat = kalender(2026)["bezirksvertretungen.ics"]
        (tmp_path / "ratskalender" / "bezirksvertretungen.ics").write_bytes(rat)
        projekt = gp.load(tmp_path, jahr=2026)
        fremd = [s for s in projekt.ratskalender.sitzungen if s.quelle == "karlsruhe" and s.tag.year == 2026]
        plan = planned(tmp_path, 2026, datetime(2025, 12, 1))
        assert plan.bewiesen, plan.stufen
        seen = {s.key for s in plan.ratskalender or ()}
        assert fremd
        assert {s.key for s in fremd} <= seen


ALL_OF_THEM = """
import json, sys
from gremienplan.cli import program
for command in json.loads(sys.argv[1]):
    try:
        program(command)
    except SystemExit as end:
        assert not end.code
"""


def commands(projekt: Path) -> list[list[str]]:
    where = ["--projekt", str(projekt), "--jahr", "2027"]
    return [["plan", *where, "--stand", "2026-11-01T08:00"], ["publish", *where]]


def written(projekt: Path) -> dict[str, bytes]:
    files = [p for p in projekt.rglob("*") if p.is_file() and p.suffix in (".ics", ".json")]
    return {str(p.relative_to(projekt)): p.read_bytes() for p in files}


@pytest.fixture(scope="module")
def hier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that was planned and published in this process."""
    projekt = tmp_path_factory.mktemp("hier") / "p"
    shutil.copytree(BEISPIELE / "hamm-2027", projekt, ignore=shutil.ignore_patterns("jahre", "out"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "schedule", vorrat.schedule)
        assert [lauf(*command).code for command in commands(projekt)] == [0, 0]
    return projekt


class TestGleicheBytes:
    @pytest.mark.parametrize("seed", ["1", "4242"] if CI else ["4242"])
    def test_plan_and_every_feed_are_the_same_bytes(self, hier: Path, seed: str, tmp_path: Path) -> None:
        """P-69: in a process that hashes strings in its own way; unless PROFILE=ci it has the plan, and publishes.

        (A smaller year is planned in another process every day: ``tests/jahre/test_gesetze.py``.)
        """
        dort = tmp_path / "p"
        shutil.copytree(hier, dort, ignore=shutil.ignore_patterns("out", *(["jahre"] if CI else [])))
        subprocess.run(
            [sys.executable, "-c", ALL_OF_THEM, json.dumps(commands(dort)[0 if CI else 1 :])],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert written(dort) == written(hier)

    def test_there_is_a_feed_per_gremium_sozialraum_and_amt_and_one_of_all(self, hier: Path) -> None:
        feeds = [name for name in written(hier) if "feeds" in name and name.endswith(".ics")]
        counts = {
            kind: sum(f"/{kind}/" in name for name in feeds)
            for kind in ("gremium", "sozialraum", "bezirk", "rolle", "amt")
        }
        assert counts == {"gremium": 20, "sozialraum": 9, "bezirk": 7, "rolle": 29, "amt": 120}
        assert len(feeds) == sum(counts.values()) + len(("alle", "oeffentlich", "fristen"))
