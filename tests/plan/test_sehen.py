"""What a plan keeps of the council calendar: every sitting that can matter for its days, and no other."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, strategies as st

from gremienplan.plan import seen
from gremienplan.ratskalender import Ratssitzung
from gremienplan.testing import cities, ratskalender

VON, BIS = date(2027, 1, 1), date(2027, 12, 31)


@given(st.data())
def test_every_sitting_of_the_year_is_kept(data: st.DataObject) -> None:
    """Each as it was, in the order of time, whatever the order of the calendar."""
    kalender = data.draw(ratskalender(data.draw(cities()), 2027))
    kept = seen(data.draw(st.permutations(kalender.sitzungen)), VON, BIS)
    assert [s.beginn for s in kept] == sorted(s.beginn for s in kalender.sitzungen)
    assert {(g.key, g.gremium, g.name, g.beginn, g.ende) for g in kept} == {
        (s.key, s.gremium, s.name, s.beginn, s.ende) for s in kalender.sitzungen
    }


@given(st.integers(-5, 370), st.integers(1, 40))
def test_a_sitting_is_kept_where_it_can_matter(tag: int, stunden: int) -> None:
    """That is when it lasts into the day before the first, or begins on the day after the last, or between."""
    beginn = datetime(2027, 1, 1, 18) + timedelta(days=tag)
    ende = beginn + timedelta(hours=stunden)
    sitzung = Ratssitzung("k", "q", "Rat", "rat/x", beginn, ende, verschwunden=True)
    matters = ende >= datetime(2026, 12, 31) and beginn < datetime(2028, 1, 2)
    kept = seen([sitzung], VON, BIS)
    assert [g.verschwunden for g in kept] == ([True] if matters else [])
