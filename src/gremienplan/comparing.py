"""What another reading, rule or city folder would change in one year, as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Protocol, TypeVar

from attrs import field, frozen

from gremienplan.jahr import Jahr, build
from gremienplan.jahr.pflichten import segments
from gremienplan.programm import Sitzung
from gremienplan.projekt import Projekt
from gremienplan.rules import Als, Invitation, invitations
from gremienplan.stadt import Sitz


@frozen
class Einladungswechsel:
    """A Sitz that is invited to a Sitzung otherwise than before."""

    sitzung: str
    sitz: Sitz
    vorher: tuple[Als, ...]
    """As what it was invited; () when it was not."""
    nachher: tuple[Als, ...]
    ab: date | None = None
    bis: date | None = None
    """First and last day of the Sitzung for which that holds; None: of any day its window allows."""


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


W = TypeVar("W", bound=_WithId)


@frozen
class Wechsel:
    """What of one kind is there in one of two readings only, and what both have, but not alike; ids as keys."""

    dazu: Mapping[str, object] = field(factory=dict)
    weg: Mapping[str, object] = field(factory=dict)
    anders: Mapping[str, tuple[object, object]] = field(factory=dict)
    """Id -> before and after."""

    def __bool__(self) -> bool:
        return bool(self.dazu or self.weg or self.anders)


@frozen
class Difference:
    """What a year has after a change and had not before, and the other way round."""

    vorher: Jahr
    nachher: Jahr
    dazu: tuple[Einladungswechsel, ...]
    """Invitations to Sitzungen that both have."""
    weg: tuple[Einladungswechsel, ...]
    anders: tuple[Einladungswechsel, ...]
    """Invited before and after, but not as the same."""
    sitzungen: Wechsel
    beratungen: Wechsel
    requirements: Wechsel
    preferences: Wechsel

    def __bool__(self) -> bool:
        """Tell whether anything is different."""
        parts = (self.sitzungen, self.beratungen, self.requirements, self.preferences)
        return bool(self.dazu or self.weg or self.anders or any(parts))

    @property
    def paare(self) -> tuple[int, int]:
        """How many pairs of Sitz and Sitzung are added and removed, those of Sitzungen added or dropped included."""
        more = sum(
            len(_invited(self.nachher, s)) for s in self.sitzungen.dazu.values() if isinstance(s, Sitzung)
        )
        less = sum(
            len(_invited(self.vorher, s)) for s in self.sitzungen.weg.values() if isinstance(s, Sitzung)
        )
        return more + _count(self.dazu), less + _count(self.weg)


def _count(wechsel: Iterable[Einladungswechsel]) -> int:
    return len({(w.sitzung, w.sitz.id) for w in wechsel})


def compare(
    projekt: Projekt, other: Projekt, jahr: int, *, tage: Mapping[str, date] | None = None
) -> Difference:
    """Return what ``other`` changes in a year of ``projekt``.

    Invitations depend on the day; they are compared on every day a Sitzung's window allows, or on its planned
    day where ``tage`` (id of a Sitzung -> day) has one.
    """
    return difference(build(projekt, jahr), build(other, jahr), tage=tage)


def difference(before: Jahr, after: Jahr, *, tage: Mapping[str, date] | None = None) -> Difference:
    """Return the same for years that are compiled already."""
    later = {s.id: s for s in after.sitzungen}
    found = [
        wechsel
        for sitzung in before.sitzungen
        if sitzung.id in later
        for wechsel in _wechsel(before, after, sitzung, later[sitzung.id], (tage or {}).get(sitzung.id))
    ]
    return Difference(
        before,
        after,
        tuple(w for w in found if not w.vorher),
        tuple(w for w in found if not w.nachher),
        tuple(w for w in found if w.vorher and w.nachher),
        _compared(before.sitzungen, after.sitzungen),
        _compared(before.beratungen, after.beratungen),
        _compared(before.requirements, after.requirements),
        _compared(before.preferences, after.preferences),
    )


def _compared(before: Iterable[W], after: Iterable[W]) -> Wechsel:
    old, new = {w.id: w for w in before}, {w.id: w for w in after}
    return Wechsel(
        {id: w for id, w in new.items() if id not in old},
        {id: w for id, w in old.items() if id not in new},
        {id: (w, new[id]) for id, w in old.items() if id in new and new[id] != w},
    )


def _invited(year: Jahr, sitzung: Sitzung) -> dict[str, Sitz]:
    """Return the Sitze invited on any day of a Sitzung's window."""
    projekt = year.projekt
    return {
        sitz: invitation.sitz
        for von, _ in segments(projekt.stadt, projekt.regeln, *sitzung.fenster())
        for sitz, invitation in _on(projekt, sitzung, von).items()
    }


def _on(projekt: Projekt, sitzung: Sitzung, tag: date) -> dict[str, Invitation]:
    found = invitations(projekt.stadt, projekt.regeln, sitzung, tag)
    return {invitation.sitz.id: invitation for invitation in found}


def _wechsel(
    before: Jahr, after: Jahr, alt: Sitzung, neu: Sitzung, tag: date | None
) -> Iterator[Einladungswechsel]:
    """Yield who is invited otherwise to one Sitzung; neighbouring spans of days with the same change are one."""
    first = tag or min(alt.fenster()[0], neu.fenster()[0])
    last = tag or max(alt.fenster()[1], neu.fenster()[1])
    spans = _spans((before.projekt, after.projekt), first, last)
    old = [_on(before.projekt, alt, von) for von, _ in spans]
    new = [_on(after.projekt, neu, von) for von, _ in spans]
    sitze = {id: i.sitz for invited in (*old, *new) for id, i in invited.items()}
    for id, sitz in sitze.items():
        je = [(_als(a.get(id)), _als(b.get(id))) for a, b in zip(old, new, strict=True)]
        i = 0
        while i < len(spans):
            j = i + 1
            while j < len(spans) and je[j] == je[i]:
                j += 1
            vorher, nachher = je[i]
            if vorher != nachher:
                ab = spans[i][0] if i else None
                bis = spans[j - 1][1] if j < len(spans) else None
                yield Einladungswechsel(alt.id, sitz, vorher, nachher, ab, bis)
            i = j


def _als(invitation: Invitation | None) -> tuple[Als, ...]:
    return invitation.als if invitation else ()


def _spans(projekte: Iterable[Projekt], first: date, last: date) -> tuple[tuple[date, date], ...]:
    """Cut [first, last] into spans of days within which nothing changes in any of the projects."""
    starts = sorted({von for p in projekte for von, _ in segments(p.stadt, p.regeln, first, last)})
    return tuple(zip(starts, [start - timedelta(days=1) for start in starts[1:]] + [last], strict=True))
