"""``lint``: every check over a council calendar, less what the project has muted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from gremienplan.projekt import Projekt, Stumm
from gremienplan.stadt import fold
from gremienplan.watch.lint.fehlt import fehlende
from gremienplan.watch.lint.folge import ratsfolgen
from gremienplan.watch.lint.grund import Pruefgrund
from gremienplan.watch.lint.tage import feiertage, ferien, wochenenden, wochentage
from gremienplan.watch.lint.werte import Befund, ordnung
from gremienplan.watch.lint.zugleich import doppelt_besetzt, raeume

_PRUEFUNGEN = (feiertage, ferien, wochenenden, wochentage, doppelt_besetzt, raeume, ratsfolgen)


@frozen
class Urteil:
    """What a linter says of a council calendar."""

    befunde: tuple[Befund, ...]
    """The worst first, then by kind, body and day."""
    stumm: tuple[tuple[Stumm, int], ...] = ()
    """What the project mutes, and how many findings that was; 0: it is about nothing."""


def lint(projekt: Projekt, jahr: int | None = None) -> Urteil:
    """Judge the council calendar of a project in one year, or in all that it speaks of.

    What the programme needs is judged in this year, else where the calendar reaches. Raises InputError as ``build``
    does.
    """
    kalender = projekt.ratskalender
    if kalender.von is None or kalender.bis is None:
        return Urteil((), tuple((stumm, 0) for stumm in projekt.stumm))
    von = date(jahr or kalender.von.year, 1, 1)
    bis = date(jahr or kalender.bis.year, 12, 31)
    grund = Pruefgrund(projekt, von, bis)
    found = sorted(_befunde(grund, (jahr,) if jahr else ()), key=ordnung)
    return Urteil(
        tuple(b for b in found if not any(_trifft(stumm, b) for stumm in projekt.stumm)),
        tuple((stumm, sum(_trifft(stumm, b) for b in found)) for stumm in projekt.stumm),
    )


def _befunde(grund: Pruefgrund, gefragt: Sequence[int]) -> Iterator[Befund]:
    """Yield what every check finds; ``gefragt`` are years whose calendar is taken to be whole."""
    for pruefung in _PRUEFUNGEN:
        yield from pruefung(grund)
    if grund.projekt.programm.beratungen:
        for jahr in sorted({s.tag.year for s in grund.sitzungen}):
            yield from fehlende(grund, jahr, ganz=jahr in gefragt)


def _trifft(stumm: Stumm, b: Befund) -> bool:
    """Tell whether a finding is muted: it is of this kind, and about the body, sitting and day that are named."""
    return (
        stumm.befund == b.art.value
        and (not stumm.gremium or stumm.gremium in b.gremien or fold(stumm.gremium) in b.gremien)
        and (not stumm.sitzung or any(s.key == stumm.sitzung for s in b.sitzungen))
        and (stumm.tag is None or stumm.tag == b.tag or any(s.tag == stumm.tag for s in b.sitzungen))
    )
