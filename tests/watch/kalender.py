"""Drawn council calendars whose sittings can be told apart, and changes planted in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from attrs import evolve, frozen
from hypothesis import strategies as st

from gremienplan.plan import Gesehen, seen
from gremienplan.ratskalender import Ratskalender, Ratssitzung

VON, BIS = date(2027, 1, 1), date(2027, 12, 31)
STUNDE = timedelta(hours=1)
TAG = timedelta(days=1)
WEIT = 60
"""So many days lie at least between two sittings of one body: farther than any that is moved goes."""
GREMIEN = (("rat/muster", "Rat"), ("bv/ost", "BV Ost"), ("bv/west", "BV West"), ("", "Beirat"), ("", "Runde"))


def in_order(sitzungen: Iterable[Ratssitzung], abgesagt: Iterable[Ratssitzung] = ()) -> Ratskalender:
    """Return the calendar of these sittings."""
    return Ratskalender(tuple(sorted(sitzungen, key=lambda s: (s.beginn, s.key))), abgesagt=tuple(abgesagt))


def gezaehlt(s: Ratssitzung) -> Ratssitzung:
    """Return a sitting as one whose source gives no identities."""
    return evolve(s, key=f"{s.gremium or s.name.casefold()}:{s.beginn.date()}:1")


def gesehen(kalender: Ratskalender) -> tuple[Gesehen, ...]:
    """Return what a plan made with this calendar has seen."""
    return seen(kalender.sitzungen, VON, BIS)


@st.composite
def sitzungen(draw: st.DrawFn, least: int = 1, most: int = 8) -> list[Ratssitzung]:
    """Draw sittings within the year: of each body few, each far from the next; each with its own identity."""
    found: list[Ratssitzung] = []
    for nummer, (gremium, name) in enumerate(GREMIEN):
        tag = date(2027, 1, 25) + draw(st.integers(0, 30)) * TAG
        while tag <= date(2027, 12, 1) and len(found) < most:
            if draw(st.booleans()) or len(found) < least:
                beginn = datetime(tag.year, tag.month, tag.day, draw(st.integers(14, 18)))
                key = f"ris:{nummer}-{len(found)}"
                found.append(Ratssitzung(key, "ris", name, gremium, beginn, beginn + 2 * STUNDE))
            tag += draw(st.integers(WEIT, 90)) * TAG
    return found


@frozen
class Gepflanzt:
    """A calendar with changes, and what was done: kind, start as seen, start now."""

    heute: Ratskalender
    getan: tuple[tuple[str, datetime | None, datetime | None], ...]


ARTEN = ("bleibt", "verlegt", "ende", "abgesagt", "verschwunden", "blieb-verschwunden")


@st.composite
def gepflanzt(draw: st.DrawFn, damals: list[Ratssitzung], *, fest: bool) -> Gepflanzt:
    """Draw what becomes of each sitting, and new ones of other bodies; no two are moved by the same time."""
    heute: list[Ratssitzung] = []
    weg: list[Ratssitzung] = []
    getan: list[tuple[str, datetime | None, datetime | None]] = []
    um = draw(st.permutations([n for n in range(-19, 20) if n]))
    for n, s in enumerate(damals):
        art = draw(st.sampled_from(ARTEN))
        neu = evolve(s, key=s.key if fest else f"{s.key}-neu")
        if art == "bleibt":
            heute.append(neu)
        elif art == "verlegt":
            delta = um[n] * TAG + draw(st.integers(-3, 3)) * STUNDE / 2
            heute.append(evolve(neu, beginn=s.beginn + delta, ende=s.ende + delta))
            getan.append(("verlegt", s.beginn, s.beginn + delta))
        elif art == "ende":
            heute.append(evolve(neu, ende=s.ende + draw(st.sampled_from([-1, 1, 2])) * STUNDE / 2))
            getan.append(("ende", s.beginn, s.beginn))
        elif art == "abgesagt":
            weg.append(neu)
            getan.append(("abgesagt", s.beginn, None))
        elif art == "verschwunden":
            getan.append(("verschwunden", s.beginn, None))
        else:
            heute.append(evolve(neu, verschwunden=True))
            getan.append(("verschwunden", s.beginn, s.beginn))
    for n in range(draw(st.integers(0, 3))):
        beginn = datetime(2027, 1, 1, 17) + draw(st.integers(0, 360)) * TAG
        heute.append(Ratssitzung(f"neu:{n}", "neu", f"Ausschuss {n}", "", beginn, beginn + STUNDE))
        getan.append(("neu", None, beginn))
    return Gepflanzt(in_order(draw(st.permutations(heute)), weg), tuple(getan))
