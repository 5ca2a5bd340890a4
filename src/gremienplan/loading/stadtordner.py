"""A city folder: catalogue, city, rules and programme, read in the order in which they refer to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from gremienplan.loading.aufgaben import check_aufgaben
from gremienplan.loading.fristen import check_fristen
from gremienplan.loading.grenzen import check_namen, read_grenzen
from gremienplan.loading.katalog import read_katalog
from gremienplan.loading.lesarten import check_alternativen, read_inhalte
from gremienplan.loading.meidetage import check_meidetage
from gremienplan.loading.ordner import Ordner
from gremienplan.loading.programm import Gelesen as GelesenesProgramm, read_programm
from gremienplan.loading.pruefung import check_programm
from gremienplan.loading.ratsfolge import read_ratsfolgen
from gremienplan.loading.regeln import read_regeln
from gremienplan.loading.stadt import read_stadt
from gremienplan.loading.toml import Befund, Datei, parse
from gremienplan.loading.verweise import Bekannt, Namensraum, namensraum
from gremienplan.loading.wahl import Gewaehlt, follow, in_force, read_wahl
from gremienplan.programm.ratsfolge import Ratsfolge
from gremienplan.quellen import Katalog
from gremienplan.ratskalender import Muster
from gremienplan.rules import Grenzen, Regel
from gremienplan.stadt import Stadt


@frozen
class Gelesen:
    """What a city folder says; a part that is None could not be read."""

    stadt: Stadt | None
    muster: tuple[Muster, ...]
    katalog: Katalog
    regeln: tuple[Regel, ...]
    regeldatei: Datei | None
    grenzen: Grenzen
    ratsfolgen: tuple[Ratsfolge, ...]
    programm: GelesenesProgramm
    bekannt: Bekannt
    lesarten: Mapping[str, str]
    """Open question -> the alternative that is followed."""


def read_stadtordner(
    befund: Befund,
    ordner: Ordner,
    programmdatei: Ordner,
    tag: date | None = None,
    wahl: tuple[Datei, ...] = (),
    *,
    alternativen: bool = True,
) -> Gelesen:
    """Return what a city folder says, with one of its programmes; every problem goes to ``befund``.

    The city is that of ``tag``, and knows what it is on other days; without a day it is the last there is.
    The files of the catalogue may be missing: a city may rest on its planner's own word alone. All files but
    those two are read as the readings leave them that the files ``wahl`` choose. Without ``alternativen`` nobody asks
    whether what the readings would change is there: it has been asked before.
    """
    auslegungen = _open(befund, ordner / "auslegungen.toml", optional=True)
    katalog, bekannt = read_katalog(_open(befund, ordner / "katalog.toml", optional=True), auslegungen)
    inhalte = read_inhalte(ordner.pfad) if programmdatei.pfad.is_file() else None
    if alternativen and auslegungen is not None and inhalte is not None:
        check_alternativen(auslegungen, katalog.auslegungen, inhalte)
    gewaehlt: tuple[Gewaehlt, ...] = ()
    if auslegungen is not None:
        gewaehlt = read_wahl(wahl, katalog.auslegungen, inhalte)
    katalog = evolve(katalog, auslegungen=in_force(katalog.auslegungen, gewaehlt))
    befund.folgen = partial(follow, gewaehlt) if gewaehlt else None
    befund.gewaehlt += [(g.frage, g.datei, g.pfad) for g in gewaehlt]
    stadtdatei = _open(befund, ordner / "stadt.toml")
    stadt = read_stadt(stadtdatei, bekannt, tag)

    gelesen = {programmdatei.pfad}

    def oeffnen(name: str) -> Datei | None:
        """Open a programme beside the first one, or else the city's own of this name."""
        beside, of_city = _daneben(programmdatei, name), ordner / name
        found = of_city if beside.pfad in gelesen or not beside.pfad.is_file() else beside
        if not found.pfad.is_file():
            found = beside
        gelesen.add(found.pfad)
        return _open(befund, found)

    programm = read_programm(_open(befund, programmdatei), oeffnen)
    check_programm(programm, stadt.bekannt, stadt.stadt)
    heil = stadtdatei is not None and all(p.datei != stadtdatei.name for p in befund.problems)
    check_aufgaben(programm, stadt.bekannt, stadt.stadt if heil else None)
    check_fristen(programm)
    check_meidetage(programm)
    anlaesse = programm.bekannt(stadt.bekannt).anlaesse | _anlaesse(ordner)
    regeldatei = _open(befund, ordner / "regeln.toml")
    regeln = read_regeln(regeldatei, evolve(stadt.bekannt, anlaesse=anlaesse))
    grenzen = read_grenzen(regeldatei, stadtdatei, stadt.bekannt)
    check_namen(stadtdatei, stadt.stadt, programm, grenzen)
    befund.folgen = None
    return Gelesen(
        stadt.stadt,
        stadt.muster,
        katalog,
        regeln,
        regeldatei,
        grenzen,
        read_ratsfolgen(stadtdatei, stadt.bekannt),
        programm,
        stadt.bekannt,
        {g.frage: g.wahl.wahl for g in gewaehlt},
    )


def _open(befund: Befund, datei: Ordner, *, optional: bool = False) -> Datei | None:
    return befund.toml(datei.pfad, datei.name, datei.eingabe, optional=optional)


def _daneben(datei: Ordner, name: str) -> Ordner:
    """Return the file of this name in the folder of another file."""
    return Ordner(
        datei.pfad.parent / name,
        str(Path(datei.name).parent / name),
        (Path(datei.eingabe).parent / name).as_posix(),
    )


def _anlaesse(ordner: Ordner) -> Namensraum:
    """Return the Anlässe of every programme of the city: one set of rules serves them all."""
    ids: set[str] = set()
    for inhalt in _programme(ordner.pfad):
        if inhalt is None:
            return Namensraum(offen=True)
        anlaesse = inhalt.get("anlass", {})
        ids |= set(anlaesse) if isinstance(anlaesse, dict) else set()
    return namensraum(ids)


def _programme(ordner: Path) -> Iterator[Mapping[str, Any] | None]:
    """Yield the content of every programme file; None for one that only its own run will complain about."""
    for pfad in sorted(ordner.glob("programm*.toml")):
        try:
            yield parse(pfad.read_text("utf-8-sig"))
        except (OSError, ValueError):
            yield None
