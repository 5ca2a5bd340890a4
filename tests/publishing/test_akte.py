"""The record of what was told: where it was lost, nothing begins anew unasked, and nothing counts backwards."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from gremienplan.publishing.dateien import lock
from tests.cli.lauf import lauf
from tests.publishing.lesen import events
from tests.publishing.test_befehl import MUSTER, edit, plan_file


@pytest.fixture(scope="module")
def fertig(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with two releases, the plan binding."""
    ordner = Path(shutil.copytree(MUSTER, tmp_path_factory.mktemp("muster") / "projekt"))
    assert lauf("plan", ordner, "--jahr", 2027, "--stand", "2026-10-01", "--effort", "kurz").code == 0
    assert lauf("publish", ordner, "--stand", "2026-10-02").code == 0
    assert lauf("publish", ordner, "--final", "--stand", "2026-10-03").code == 0
    return ordner


@pytest.fixture
def projekt(fertig: Path, tmp_path: Path) -> Path:
    """Return a fresh copy of it."""
    return Path(shutil.copytree(fertig, tmp_path / "projekt"))


def akte(projekt: Path) -> Path:
    return projekt / "veroeffentlicht.json"


def everything(projekt: Path) -> dict[str, bytes]:
    """Return each file below a project, but for locks."""
    return {str(p): p.read_bytes() for p in projekt.rglob("*") if p.is_file() and p.suffix != ".lock"}


@pytest.mark.parametrize(
    "fehlt", [(), ("out",), ("jahre/2027/plan.json",)], ids=["both", "plan", "calendars"]
)
def test_a_lost_record_is_refused(projekt: Path, fehlt: tuple[str, ...]) -> None:
    """A binding plan tells that there was one, and so do calendars of ours; nothing is written, dry run or not."""
    draft = (projekt.parent / "draft").resolve()
    for name in fehlt:
        if name == "out":
            shutil.rmtree(projekt / "out")
        else:  # planned anew
            text = plan_file(projekt).read_text("utf-8").replace('"published"', '"draft"')
            plan_file(projekt).write_text(text, "utf-8")
    akte(projekt).rename(draft)
    before = everything(projekt)
    for more in ((), ("--dry-run",), ("--stand", "2026-10-09")):
        result = lauf("publish", projekt, *more)
        assert result.code == 2
        assert "veroeffentlicht.json" in result.rede
        assert "--begin-anew" in result.rede
    assert everything(projekt) == before
    draft.rename(akte(projekt))
    assert "Nothing is told anew" in lauf("publish", projekt).daten or fehlt[:1] == ("jahre/2027/plan.json",)


@pytest.mark.parametrize("auch", [False, True], ids=["calendars at hand", "calendars lost"])
def test_begun_anew_nothing_counts_backwards(projekt: Path, auch: bool) -> None:
    """Every SEQUENCE is higher and every LAST-MODIFIED later than before, with each new beginning."""
    folge = []
    for tag in (4, 5, 6):
        folge.append({v["UID"]: v for v in events((projekt / "out" / "feeds" / "alle.ics").read_bytes())})
        akte(projekt).unlink()
        if auch:
            shutil.rmtree(projekt / "out")
        assert lauf("publish", projekt, "--begin-anew", "--stand", f"2026-10-0{tag}").code == 0
        assert "Nothing is told anew" in lauf("publish", projekt).daten
    neu = {v["UID"]: v for v in events((projekt / "out" / "feeds" / "alle.ics").read_bytes())}
    assert len(neu) > 3
    for frueher, spaeter in zip(folge, (*folge[1:], neu), strict=True):
        for uid, v in spaeter.items():
            assert int(v["SEQUENCE"]) > int(frueher[uid]["SEQUENCE"])
            assert v["LAST-MODIFIED"] > frueher[uid]["LAST-MODIFIED"]


def test_begun_anew_above_what_the_calendars_say(projekt: Path) -> None:
    """However high they count; a time before theirs is refused."""
    path = projekt / "out" / "feeds" / "alle.ics"
    path.write_bytes(path.read_bytes().replace(b"SEQUENCE:1\r\n", b"SEQUENCE:9000000\r\n"))
    path.write_bytes(path.read_bytes().replace(b"LAST-MODIFIED:20261002T", b"LAST-MODIFIED:20261005T"))
    akte(projekt).unlink()
    result = lauf("publish", projekt, "--begin-anew", "--stand", "2026-10-04")
    assert (result.code, "later than" in result.rede) == (2, True)
    assert not akte(projekt).exists()
    assert lauf("publish", projekt, "--begin-anew", "--stand", "2026-10-06").code == 0
    assert {int(v["SEQUENCE"]) for v in events(path.read_bytes())} == {9000001}


def test_with_a_record_nothing_begins_anew(projekt: Path) -> None:
    """The word is for a lost record alone."""
    before = everything(projekt)
    result = lauf("publish", projekt, "--begin-anew")
    assert (result.code, "--begin-anew" in result.rede) == (2, True)
    assert everything(projekt) == before


@pytest.mark.parametrize("wie", ["a file", "a file for the feeds", "in use"])
def test_nothing_is_released_where_nothing_can_be_written(projekt: Path, tmp_path: Path, wie: str) -> None:
    """The target is made and locked before the record is touched."""
    edit(plan_file(projekt))
    ziel = tmp_path / "ziel"
    if wie == "a file":
        ziel.write_text("", "utf-8")
    else:
        ziel.mkdir()
        (ziel / "feeds").write_text("", "utf-8") if wie == "a file for the feeds" else (
            ziel / "feeds"
        ).mkdir()
    before = everything(projekt)
    with lock(ziel / "feeds") if wie == "in use" else nullcontext():
        assert lauf("publish", projekt, "--ziel", ziel, "--stand", "2026-10-05").code == 2
    assert everything(projekt) == before


def test_half_done_is_said(projekt: Path) -> None:
    """What fails after the record is written is called so, and another run does the rest."""
    alle = projekt / "out" / "feeds" / "alle.ics"
    alle.unlink()
    alle.mkdir()
    result = lauf("publish", projekt)
    assert result.code == 2
    assert "is made and recorded" in result.rede
    assert "Publish again" in result.rede
    alle.rmdir()
    assert lauf("publish", projekt).code == 0
    assert events(alle.read_bytes())
