"""``plan --partial``: what cannot have a date stays open, and is said with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from gremienplan.loading import read_plan
from tests.cli.lauf import lauf, names, too_wide
from tests.cli.test_plan import plan, plan_file


@pytest.fixture
def ohne_sitzung(projekt: Path) -> Path:
    """Return the project with a council calendar in which the Bezirksvertretungen have no sitting."""
    rat = projekt / "ratskalender" / "rat.ics"
    rat.write_text(rat.read_text("utf-8").replace("Bezirksvertretung", "Beirat"), "utf-8")
    return projekt


def test_what_stays_open_is_counted_and_explained(ohne_sitzung: Path) -> None:
    """Exit code 0; how many on stderr; each with its sentence and passage, those that are alike together."""
    result = plan(ohne_sitzung, "--partial")
    assert result.code == 0, result.alles
    kept = read_plan(plan_file(ohne_sitzung))
    assert kept.termine
    assert kept.offen
    rede, daten = " ".join(result.rede.split()), " ".join(result.daten.split())
    alle = len(kept.offen) + len(kept.lagen)
    assert f"{len(kept.offen)} of {alle} have no date. It is proven that no plan has fewer" in rede
    assert "Date to be announced" in result.daten
    assert "No date, and why:" in result.daten
    assert "told of the first" in daten
    assert daten.count("none is known") == 1
    assert "No date either, because they must wait for these:" in result.daten
    assert not too_wide(result.alles.replace(str(ohne_sitzung), ""))
    judged = lauf("audit", plan_file(ohne_sitzung), "--projekt", ohne_sitzung)
    assert judged.code == 0, judged.alles


def test_a_second_run_finds_the_same(ohne_sitzung: Path) -> None:
    """No byte changes, and it is explained once more."""
    plan(ohne_sitzung, "--partial")
    before = plan_file(ohne_sitzung).read_bytes()
    result = plan(ohne_sitzung, "--partial")
    assert "Nothing has changed" in result.rede
    assert "No date, and why:" in result.daten
    assert plan_file(ohne_sitzung).read_bytes() == before


def test_without_it_the_conflict_names_this_way_out(ohne_sitzung: Path) -> None:
    """The command to type next; nothing is written."""
    result = plan(ohne_sitzung, "--no-ways-out")
    assert result.code == 1
    assert names(result.rede, "gremienplan plan --jahr 2027 --partial", ohne_sitzung)
    assert not plan_file(ohne_sitzung).exists()


def test_once_the_sittings_are_there_it_is_whole(ohne_sitzung: Path) -> None:
    """S-08: the next run gives every event its date, and takes nothing away."""
    rat = ohne_sitzung / "ratskalender" / "rat.ics"
    plan(ohne_sitzung, "--partial")
    first = read_plan(plan_file(ohne_sitzung))
    rat.write_text(rat.read_text("utf-8").replace("Beirat", "Bezirksvertretung"), "utf-8")
    result = plan(ohne_sitzung, "--partial")
    assert result.code == 0, result.alles
    whole = read_plan(plan_file(ohne_sitzung))
    assert whole.offen == ()
    assert whole.lagen.keys() == first.lagen.keys() | set(first.offen)
    assert "have no date" not in result.rede


def test_as_json(ohne_sitzung: Path) -> None:
    """Each open event with what it waits for or the conflict that keeps it from having a date."""
    result = plan(ohne_sitzung, "--partial", "--json", "--lang", "de")
    assert result.code == 0
    offen = result.json["offen"]
    assert [o["ereignis"] for o in offen] == result.json["plan"]["offen"]
    for o in offen:
        assert bool(o["wartet"]) != bool(o["conflict"])
    assert any("satz" in r for o in offen if o["conflict"] for r in o["conflict"]["requirements"])
