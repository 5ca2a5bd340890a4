"""Every alternative of every open question followed once: its mistakes are found before anybody chooses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve

from gremienplan.errors import InputError, Problem
from gremienplan.loading.doppelt import check_doppelt
from gremienplan.loading.grenzen import check_grenzen, places
from gremienplan.loading.ordner import Ordner, find, find_programm
from gremienplan.loading.projektdatei import read_projektdatei
from gremienplan.loading.regeln import check_geschaeftsfuehrung
from gremienplan.loading.shapes import join
from gremienplan.loading.stadtordner import read_stadtordner
from gremienplan.loading.toml import Befund
from gremienplan.loading.ueberlagerung import segments
from gremienplan.loading.wahl import Wunschlesarten, asked
from gremienplan.quellen import Aenderung, Alternative, Katalog
from gremienplan.texts import Text


def check_lesarten(pfad: str | Path, katalog: Katalog, *, programm: str | None = None) -> tuple[Problem, ...]:
    """Return every mistake that following an alternative makes, at its place in ``auslegungen.toml``.

    ``pfad`` is a project or a city that can be read as it is, and ``katalog`` what was read of it. Each alternative
    is followed alone; one that asks the planner something, with the first of the answers allowed, and not at all
    where any answer is.
    """
    projekt, stadt = find(pfad)
    angabe = programm or "programm.toml"
    if projekt is not None:
        datei = read_projektdatei(Befund(), projekt)
        stadt = datei.stadt if datei else None
        angabe = programm or (datei.kopf.programm if datei else angabe)
    if stadt is None:
        return ()
    programmdatei = find_programm(stadt, projekt, angabe)
    return tuple(
        _placed(problem, stadt, join(join(join("", frage), "alternative"), kennung), alternative)
        for frage, auslegung in katalog.auslegungen.items()
        for kennung, alternative in auslegung.alternative.items()
        if all(angabe.aus for angabe in alternative.verlangt.values())
        for problem in _follow(stadt, programmdatei, {frage: _choice(kennung, alternative)})
    )


def _choice(kennung: str, alternative: Alternative) -> dict[str, Any]:
    return {
        "wahl": kennung,
        "angabe": {name: angabe.aus[0] for name, angabe in alternative.verlangt.items()},
    }


def _follow(stadt: Ordner, programm: Ordner, wahl: Wunschlesarten) -> list[Problem]:
    """Return what is wrong with a city that follows one alternative."""
    befund = Befund()
    try:
        gefragt = asked(befund, None, wahl)
        gelesen = read_stadtordner(befund, stadt, programm, None, gefragt, alternativen=False)
        if gelesen.stadt is not None and gelesen.regeldatei is not None:
            orte = places(gelesen.regeldatei)
            check_doppelt(gelesen.regeln, orte)
            check_geschaeftsfuehrung(gelesen.regeldatei, gelesen.stadt, gelesen.regeln)
            check_grenzen(gelesen.regeldatei, gelesen.stadt, gelesen.regeln, gelesen.grenzen, orte)
    except InputError as error:
        befund.problems.extend(error.problems)
    return befund.problems


def _placed(problem: Problem, stadt: Ordner, pfad: str, alternative: Alternative) -> Problem:
    """Return a mistake at the change that makes it, as far as that can be told."""
    ort = f"{problem.datei}: {problem.pfad}" if problem.pfad else problem.datei
    return evolve(
        problem,
        datei=(stadt / "auslegungen.toml").name,
        pfad=next(_changes(pfad, alternative, _plain(problem.pfad)), pfad),
        meldung=Text(
            "Whoever follows this gets a mistake, in {ort}: {problem}", ort=ort, problem=problem.meldung
        ),
    )


def _plain(pfad: str) -> str:
    """Return the place of a list's entry as a change writes it.

    >>> _plain('einladung[3] (id "kr-bm").anlass')
    'einladung.kr-bm.anlass'
    """
    return re.sub(r'\[\d+\] \(id "([^"]*)"\)', r".\1", pfad)


def _changes(pfad: str, alternative: Alternative, stelle: str) -> Iterator[str]:
    """Yield the places of the changes that touch a place of the files."""
    whole = Aenderung(setzt=alternative.setzt, dazu=alternative.dazu)
    parts = {pfad: whole} | {join(join(pfad, "datei"), name): a for name, a in alternative.datei.items()}
    for ort, aenderung in parts.items():
        for gesetzt in aenderung.setzt:
            teile = segments(gesetzt)
            kurz = ".".join((teile[0], teile[1].partition("@")[0], *teile[2:]))
            if stelle == kurz or stelle.startswith((f"{kurz}.", f"{kurz}[")) or kurz.startswith(f"{stelle}."):
                yield join(join(ort, "setzt"), gesetzt)
        for liste, eintraege in aenderung.dazu.items():
            for nummer, roh in enumerate(eintraege if isinstance(eintraege, list) else (), 1):
                kurz = f"{liste}.{roh.get('id')}" if isinstance(roh, dict) else "?"
                if f"{stelle}.".startswith(f"{kurz}."):
                    yield f"{join(join(ort, 'dazu'), liste)}[{nummer}]{stelle[len(kurz) :]}"
