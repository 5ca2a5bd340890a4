"""``ratskalender()`` and ``freie_tage()``: what is fixed in a year before anybody plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from gremienplan.ratskalender import Ausschuss, FreierTag, Freitage, Ratskalender, Ratssitzung
from gremienplan.stadt import Klasse, Stadt

AUSSCHUSS = Ausschuss("ausschuss/bauten", "Ausschuss für Bauten", "ausschuss", 120)
"""A committee as an import makes it: city-wide, and in no city's folder."""


def in_order(sitzungen: Sequence[Ratssitzung], ausschuesse: Sequence[Ausschuss] = ()) -> Ratskalender:
    """Return the calendar of these sittings."""
    ordered = tuple(sorted(sitzungen, key=lambda s: (s.beginn, s.key)))
    von, bis = (ordered[0].tag, ordered[-1].tag) if ordered else (None, None)
    return Ratskalender(ordered, tuple(ausschuesse), von=von, bis=bis)


@st.composite
def ratskalender(draw: st.DrawFn, stadt: Stadt, jahr: int, *, most: int = 12) -> Ratskalender:
    """Draw the council calendar of a year: sittings of the city's political Gremien, a committee, unknown bodies.

    Some run past midnight, some last all day, some are at the same time.
    """
    bodies = [g.id for g in stadt.gremien.values() if g.art.klasse is Klasse.POLITISCH]
    sittings = []
    for n in range(draw(st.integers(0, most))):
        wer = draw(st.sampled_from([*bodies, AUSSCHUSS.id, ""]))
        beginn = datetime(jahr, 1, 1) + timedelta(
            days=draw(st.integers(0, 364)), minutes=30 * draw(st.integers(0, 47))
        )
        ende = beginn + timedelta(minutes=draw(st.sampled_from([60, 150, 180, 24 * 60])))
        name = wer or draw(st.sampled_from(["Empfang", "Runder Tisch"]))
        sittings.append(Ratssitzung(f"k{n}", "muster", name, wer, beginn, ende, draw(st.booleans())))
    used = any(s.gremium == AUSSCHUSS.id for s in sittings)
    return in_order(sittings, [AUSSCHUSS] if used else [])


@st.composite
def freie_tage(draw: st.DrawFn, jahr: int, *, ausser: frozenset[date] = frozenset()) -> Freitage:
    """Draw public and school holidays of a year and the next, with none of them on a day of ``ausser``."""

    def free(least: int, most: int, name: str) -> tuple[FreierTag, ...]:
        found = []
        for n in range(draw(st.integers(0, 3))):
            von = date(jahr, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
            bis = von + timedelta(days=draw(st.integers(least, most)))
            if not any(von <= tag <= bis for tag in ausser):
                found.append(FreierTag(von, bis, f"{name} {n + 1}"))
        return tuple(sorted(found, key=lambda f: (f.von, f.bis)))

    feiertage, ferien = free(0, 0, "Feiertag"), free(3, 20, "Ferien")
    return Freitage(feiertage, ferien, date(jahr + 1, 12, 31), (jahr, jahr + 1))
