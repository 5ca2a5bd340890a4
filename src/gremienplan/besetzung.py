"""Who holds which Sitz from when to when: private, optional, and never part of a plan.

A person is an opaque key of the private file. Nothing here prints itself with one: a project in a log names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property

from attrs import field, frozen

_TAG = timedelta(days=1)


@frozen
class Wohnsitz:
    """What is known of where somebody lives: in a Gebiet, or outside of it."""

    gebiet: str
    """Key of the Gebiet (``sozialraum/nord``)."""
    dort: bool = True
    """False: all that is known is that it is somewhere else."""


@frozen
class Innehabung:
    """One person holds one Sitz on the days from ``ab`` to ``bis`` (both inclusive, None = open)."""

    sitz: str
    """Id of the Sitz."""
    person: str = field(repr=False)
    """An opaque key: a number, initials, a name; only the planner knows what it means."""
    ab: date | None = None
    bis: date | None = None
    wohnt: Wohnsitz | None = field(default=None, repr=False)
    """None: unknown, which never excludes anybody."""
    vertretung: str = field(default="", repr=False)
    """Who may stand in: a person, or the id of a Sitz and so whoever holds it; empty: nobody is named."""

    def gilt(self, tag: date) -> bool:
        """Tell whether it holds on a day."""
        return (self.ab is None or self.ab <= tag) and (self.bis is None or tag <= self.bis)


@frozen
class Besetzung:
    """Who holds what: any number of persons to one Sitz, any number of Sitze to one person.

    An empty one means that nobody has said who holds what, and changes nothing anywhere.
    """

    innehabungen: tuple[Innehabung, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.innehabungen)

    @cached_property
    def nach_sitz(self) -> Mapping[str, tuple[Innehabung, ...]]:
        """Id of a Sitz -> what is said of it, in the order of the file."""
        found: dict[str, list[Innehabung]] = {}
        for i in self.innehabungen:
            found.setdefault(i.sitz, []).append(i)
        return {sitz: tuple(several) for sitz, several in found.items()}

    def inhaber(self, sitz: str, tag: date) -> tuple[str, ...]:
        """Return the persons who hold a Sitz on a day, each once, in the order of the file; none: it is vacant."""
        return tuple(dict.fromkeys(i.person for i in self.nach_sitz.get(sitz, ()) if i.gilt(tag)))

    def sitze(self, person: str, tag: date) -> tuple[str, ...]:
        """Return the ids of the Sitze one person holds on a day, each once, in the order of the file."""
        return tuple(dict.fromkeys(i.sitz for i in self.innehabungen if i.person == person and i.gilt(tag)))

    def wohnsitze(self, person: str, tag: date) -> tuple[Wohnsitz, ...]:
        """Return what is known on a day of where a person lives, whichever Sitz it was said of."""
        found = (i.wohnt for i in self.innehabungen if i.person == person and i.gilt(tag))
        return tuple(dict.fromkeys(wohnt for wohnt in found if wohnt is not None))

    def vertretung(self, person: str, sitz: str, tag: date) -> tuple[str, ...]:
        """Return who may stand in for a person in a Sitz on a day; of a Sitz that is named, its holders."""
        found: list[str] = []
        for i in self.nach_sitz.get(sitz, ()):
            if i.person == person and i.gilt(tag) and i.vertretung:
                found += self.inhaber(i.vertretung, tag) if "/" in i.vertretung else (i.vertretung,)
        return tuple(dict.fromkeys(wer for wer in found if wer != person))

    def abschnitte(self, von: date, bis: date) -> tuple[tuple[date, date], ...]:
        """Cut [von, bis] into spans of days (both inclusive) within which nobody comes or goes."""
        cuts = {von}
        for i in self.innehabungen:
            cuts |= {*([i.ab] if i.ab else []), *([i.bis + _TAG] if i.bis and i.bis < date.max else [])}
        starts = sorted(cut for cut in cuts if von <= cut <= bis)
        return tuple(zip(starts, [start - _TAG for start in starts[1:]] + [bis], strict=True))

    def luecken(self, sitz: str) -> Iterator[tuple[date, date | None]]:
        """Yield the spans of days in which nobody holds a Sitz any more; the last one may be open."""
        held = sorted((i.ab or date.min, i.bis or date.max) for i in self.nach_sitz.get(sitz, ()))
        frei: date | None = None
        for ab, bis in held:
            if frei is not None and frei < ab:
                yield frei, ab - _TAG
            if bis == date.max:
                return
            frei = max(frei or date.min, bis + _TAG)
        if frei is not None:
            yield frei, None
