"""What is not known of a year is said by ``check``, ``plan`` and ``audit``."""

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from gremienplan.cli.abdeckung import unknown
from gremienplan.loading import load
from gremienplan.ratskalender import Freitage
from tests.cli.lauf import lauf

NO_SITTING = "The council calendar has no sitting in 2031."
HOLIDAYS = "School holidays are known until"


def test_a_year_that_is_covered(projekt: Path) -> None:
    """There is nothing to say."""
    assert list(unknown(load(projekt, jahr=2027), 2027)) == []


def test_check_warns(projekt: Path) -> None:
    """It is still no problem. A city alone has no calendar that could lack a year."""
    result = lauf("check", projekt, "--jahr", 2031)
    assert result.code == 0
    words = " ".join(result.daten.split())
    assert NO_SITTING in words
    assert HOLIDAYS in words
    assert NO_SITTING in lauf("check", projekt, "--jahr", 2031, "--json").json["warnings"]
    assert NO_SITTING not in lauf("check", projekt / "stadt", "--jahr", 2031).alles


def test_plan_warns(projekt: Path) -> None:
    """On stderr, before the search."""
    result = lauf("plan", projekt, "--jahr", 2031, "--stand", "2026-10-01", "--effort", "kurz")
    words = " ".join(result.rede.split())
    assert NO_SITTING in words
    assert HOLIDAYS in words


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_audit_warns(geplant: Path, more: tuple[str, ...]) -> None:
    """On stderr, also beside JSON."""
    calendar = geplant / "ratskalender" / "rat.ics"
    calendar.write_text(calendar.read_text("utf-8").replace("2027", "2026"), "utf-8")
    result = lauf("audit", "--projekt", geplant, *more)
    assert "The council calendar has no sitting in 2027." in result.rede


@pytest.mark.parametrize(
    ("bis", "said"),
    [
        (None, "School holidays are not known; dates may fall into them."),
        (
            date(2027, 12, 30),
            "School holidays are known until Thu 2027-12-30; later dates may fall into them.",
        ),
        (date(2027, 12, 31), None),
    ],
)
def test_how_far_school_holidays_are_known(projekt: Path, bis: date | None, said: str | None) -> None:
    """To the last day of the year, or it is said."""
    found = evolve(load(projekt, jahr=2027), freitage=Freitage(ferien_bis=bis, jahre=(2027,)))
    assert [str(text) for text in unknown(found, 2027)] == ([said] if said else [])
