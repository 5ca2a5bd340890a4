"""A council calendar that is judged for itself: files and addresses beside a city, with no project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from attrs import evolve, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.adressen import ist_adresse
from gremienplan.loading.einfuhr import Umstand, read_einfuhr, read_stored
from gremienplan.loading.einlesen import TABELLEN, read_einlesen
from gremienplan.loading.kalender import EINGEFUEHRT, read_freitage
from gremienplan.loading.ordner import find, find_programm
from gremienplan.loading.projekt import load
from gremienplan.loading.stadtordner import read_stadtordner
from gremienplan.loading.toml import Befund
from gremienplan.programm import Programm
from gremienplan.projekt import Projekt
from gremienplan.quellen import Katalog
from gremienplan.ratskalender import (
    Einfuhr,
    Freitage,
    Kalenderquelle,
    Muster,
    Treffer,
    normalisieren,
)
from gremienplan.stadt import Gebiet, Gremienart, Klasse, Stadt
from gremienplan.texts import Text

ZEITZONE = "Europe/Berlin"
_DAUER = 120


@frozen
class Pruefkalender:
    """A calendar with its city, and how much of it could not be read."""

    projekt: Projekt
    verloren: Mapping[str, int]
    """Name of the source -> how many entries or parts of them were lost; only where there are any."""


def read_pruefkalender(
    angaben: Sequence[str],
    stadt: str | None,
    projekt: Path | None,
    land: str | None,
    stand: datetime,
    jahr: int | None = None,
) -> Pruefkalender:
    """Return the calendar of files, folders and addresses, as a city reads it, or the city of a project.

    Without either every name is a body of its own; ``land`` then says which days are free. ``stand`` is the moment
    of reading. Raises InputError with every source that cannot be read, and every problem of the city's files.
    """
    grund, muster = _grund(stadt, projekt, land, jahr)
    umstand = Umstand(Path(), grund.stadt.zeitzone, stand, max(stand.year + 2, (jahr or 0) + 1))
    problems: list[Problem] = []
    gelesen: list[Einfuhr] = []
    for angabe in angaben:
        try:
            gelesen += _read(angabe, umstand)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    eintraege = [e for einfuhr in gelesen for e in einfuhr.eintraege]
    kalender = normalisieren(eintraege, muster, grund.stadt, grund.grenzen.kein_gremium)
    frei = Freitage()
    if grund.stadt.land:
        frei = read_freitage(grund.stadt.land, kalender, () if jahr is None else (jahr,), ())
    return Pruefkalender(
        evolve(grund, ratskalender=kalender, freitage=frei),
        {einfuhr.quelle: len(einfuhr.verluste) for einfuhr in gelesen if einfuhr.verluste},
    )


def _grund(
    stadt: str | None, projekt: Path | None, land: str | None, jahr: int | None
) -> tuple[Projekt, Sequence[Muster]]:
    """Return who reads the calendar, with all but the calendar, and how names are read."""
    if projekt is not None:
        return load(projekt, jahr=jahr), read_einlesen(projekt).muster
    if stadt is not None:
        muster = _muster(stadt)
        return load(stadt, jahr=jahr), muster
    return _ohne_stadt(land or ""), [Muster(".", Treffer.ART, "gremium")]


def _read(angabe: str, umstand: Umstand) -> Iterator[Einfuhr]:
    """Yield the readings of one source: of a folder, of each calendar in it."""
    pfad = Path(angabe)
    if not ist_adresse(angabe) and pfad.is_dir():
        suffixes = (*TABELLEN, EINGEFUEHRT)
        if any(p.suffix.lower() in TABELLEN for p in pfad.iterdir()):
            for datei in sorted(p for p in pfad.iterdir() if p.suffix.lower() in suffixes):
                yield from _read(str(datei), umstand)
            return
    if not ist_adresse(angabe) and pfad.suffix.lower() == EINGEFUEHRT and _ist_eingefuehrt(pfad):
        stored = read_stored(pfad)
        if stored is not None:
            yield stored
            return
    yield read_einfuhr(Kalenderquelle(angabe if ist_adresse(angabe) else pfad.stem, angabe), umstand)


def _ist_eingefuehrt(pfad: Path) -> bool:
    """Tell what ``import`` wrote from other JSON."""
    try:
        return '"pruefsumme"' in pfad.read_text("utf-8", errors="replace")[:4000]
    except OSError:
        return False


def _muster(stadt: str) -> tuple[Muster, ...]:
    """Return how a city reads the names of its council calendar."""
    _, ordner = find(stadt)
    if ordner is None:
        meldung = Text("This is a project; name it instead of the calendars.")
        raise InputError([Problem("--stadt", "", meldung, stadt)])
    return read_stadtordner(Befund(), ordner, find_programm(ordner, None, "programm.toml")).muster


def _ohne_stadt(land: str) -> Projekt:
    """Return a city that says nothing: each name of its calendar is a body."""
    ganz = Gebiet("stadt", "stadt", "", frozenset({"stadt"}))
    art = Gremienart("gremium", "stadt", "", Klasse.POLITISCH, dauer=_DAUER)
    stadt = Stadt(
        id="stadt",
        name="",
        domain="localhost",
        land=land,
        zeitzone=ZEITZONE,
        atom="stadt",
        ebenen=(),
        gebiete=(ganz,),
        rollen={},
        gremienarten={art.id: art},
        gremien={},
        orte={},
    )
    return Projekt(stadt, (), Programm("", "", {}, (), (), (), ()), Katalog())
