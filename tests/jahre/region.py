"""Many cities in one year: copies of Hamm, each with a council calendar of its own, that share a few people.

Everything in a copy has the copy's number in its id (``kr-entwurf/norden@3``). Neighbours share persons who hold a Sitz
in each: their duties are put together as those of one person in a single city are (``jahr.personen``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs
from attrs import evolve

from gremienplan import requirements as req
from gremienplan.jahr import Jahr, build
from gremienplan.programm import Sitzung
from gremienplan.stadt import Gremium
from tests.jahre.ziehen import ziehe

JAHR = 2027
RAEUME = (
    "mitte",
    "westen",
    "norden",
    "uentrop",
    "rhynern",
    "pelkum",
    "herringen",
    "bockum-hoevel",
    "heessen",
)
ROLLEN = ("asd", "kod", "praeventionskoordination", "bezirksdienst-polizei")
"""What shared persons are: guests of the Koordinierungsrunden of one Sozialraum."""
GETEILT = 3
"""How many persons each city shares with the next one."""


def region(number: int, *, seed: int = 0, geteilt: int = GETEILT, folgen: tuple[int, int] = (5, 7)) -> Jahr:
    """Return the year of ``number`` cities, the calendars of which are drawn from ``seed`` on."""
    years = [_copy(build(ziehe(seed + n, JAHR, folgen=folgen), JAHR), n) for n in range(number)]
    shared = [pair for n in range(number - 1) for pair in _pairs(n, geteilt)]
    requirements = [r for year in years for r in year.requirements]
    return evolve(
        years[0],
        bis=max(year.bis for year in years),
        sitzungen=tuple(s for year in years for s in year.sitzungen),
        beratungen=tuple(b for year in years for b in year.beratungen),
        requirements=tuple(_shared(requirements, shared)),
        preferences=tuple(p for year in years for p in year.preferences),
        namen={key: name for year in years for key, name in year.namen.items()},
    )


def _pairs(n: int, geteilt: int) -> Iterator[tuple[str, str]]:
    """Yield the Sitze in one city and in the next that one person holds."""
    for k in range(geteilt):
        here, there = ROLLEN[k % len(ROLLEN)], ROLLEN[(k + 1) % len(ROLLEN)]
        raum, other = RAEUME[(2 * n + 3 * k) % len(RAEUME)], RAEUME[(2 * n + 5 * k + 4) % len(RAEUME)]
        yield f"{here}/{raum}@{n}", f"{there}/{other}@{n + 1}"


def _shared(
    requirements: Sequence[req.Requirement], pairs: Sequence[tuple[str, str]]
) -> Iterator[req.Requirement]:
    """Yield the requirements with those of the two Sitze of one person put together."""
    partner = dict(pairs)
    seconds = set(partner.values())
    own = {(type(r), r.sitz): r for r in requirements if isinstance(r, req.Verfuegbar | req.Wegezeit)}
    for r in requirements:
        if not isinstance(r, req.Verfuegbar | req.Wegezeit) or r.sitz not in {*partner, *seconds}:
            yield r
        elif r.sitz in partner:
            other = own[type(r), partner[r.sitz]]
            yield evolve(
                r,
                id=f"{r.id}+{other.sitz}",
                pflichten=(*r.pflichten, *other.pflichten),
                belegt=tuple(dict.fromkeys((*r.belegt, *other.belegt))),
                mit=(*r.mit, other.sitz),
            )


# --- copies -------------------------------------------------------------------------------------------------


def _copy(year: Jahr, n: int) -> Jahr:
    """Return a year in which every id has the number of the copy."""
    known = {*year.namen, *(s.key for s in year.projekt.ratskalender.sitzungen)}
    known |= {s.zusammen for s in year.projekt.ratskalender.sitzungen}

    def name(text: str) -> str:
        if text not in known:
            return text
        first, *rest = text.split("/")
        return "/".join([first, *(f"{part}@{n}" for part in rest)]) if rest else f"{first}@{n}"

    renamed = _Umbenennung(name)
    copies = [renamed.of(r) for r in (*year.requirements, *year.preferences)]
    copies = [evolve(copy, id=f"{copy.id}@{n}") for copy in copies]
    return evolve(
        year,
        sitzungen=tuple(_sitzung(s, n) for s in year.sitzungen),
        beratungen=tuple(
            evolve(b, zu=_sitzung(b.zu, n), gremium=_gremium(b.gremium, n)) for b in year.beratungen
        ),
        requirements=tuple(copies[: len(year.requirements)]),
        preferences=tuple(copies[len(year.requirements) :]),
        namen={name(key): text for key, text in year.namen.items()},
    )


class _Umbenennung:
    """Renames every id in a value; what two values share is shared by what comes of them."""

    def __init__(self, name: Callable[[str], str]) -> None:
        self.name = name
        self._seen: dict[int, tuple[Any, Any]] = {}

    def of(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.name(value)
        if not (isinstance(value, tuple) or attrs.has(type(value))):
            return value
        if id(value) not in self._seen:
            self._seen[id(value)] = value, self._made(value)
        return self._seen[id(value)][1]

    def _made(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(self.of, value))
        parts = {f.alias: getattr(value, f.name) for f in attrs.fields(type(value)) if f.init}
        new = {key: self.of(part) for key, part in parts.items()}
        changed = {key: part for key, part in new.items() if part is not parts[key]}
        return evolve(value, **changed) if changed else value


def _sitzung(s: Sitzung, n: int) -> Sitzung:
    return evolve(s, gremium=_gremium(s.gremium, n))


def _gremium(g: Gremium, n: int) -> Gremium:
    return evolve(g, gebiet=evolve(g.gebiet, id=f"{g.gebiet.id}@{n}"))
