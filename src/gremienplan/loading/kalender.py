"""The council calendars of a project, and the free days of the years it is about."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from attrs import evolve

from gremienplan.errors import InputError, Problem
from gremienplan.loading.ordner import Ordner, jahre, matching
from gremienplan.loading.projektdatei import Projektdatei
from gremienplan.loading.toml import Befund
from gremienplan.ratskalender import (
    Einfuhr,
    Eintrag,
    FreierTag,
    Freitage,
    Ratskalender,
    einfuhr_from_json,
    freitage,
)
from gremienplan.texts import Text

EINGEFUEHRT = ".json"
"""Suffix of the files that ``import`` writes."""


def find_kalender(projekt: Projektdatei, jahr: int | None, *, rat: bool) -> tuple[Ordner, ...]:
    """Return the calendar files of a project, each once.

    A pattern for ``.ics`` files also means what ``import`` made of such files: ``.json`` files of these names.
    Where a source lies there as both, the import counts, and that is worth a word. A pattern of the planner's
    own that means no file is a problem if it is a plain name, else worth a word.
    """
    bekannte = years(projekt, jahr)
    gefunden: dict[str, Ordner] = {}
    eigene = "ratskalender" in projekt.datei.inhalt
    for muster in projekt.kopf.ratskalender:
        try:
            dateien = tuple(
                datei for eines in auch_json(muster) for datei in matching(projekt.ordner, eines, bekannte)
            )
        except (ValueError, NotImplementedError):
            meldung = Text("This must be a path inside the project.")
            projekt.datei.problem("ratskalender", meldung, muster)
            continue
        gefunden.update({datei.eingabe: datei for datei in dateien})
        mitgemeint = any(muster in auch_json(anderes)[1:] for anderes in projekt.kopf.ratskalender)
        if eigene and not dateien and not mitgemeint:
            if any(zeichen in muster for zeichen in "*?[{"):
                meldung = Text(
                    "No file matches this pattern of the council calendar: {muster}", muster=muster
                )
                if rat:
                    projekt.datei.befund.warnungen.append(meldung)
            else:
                projekt.datei.problem("ratskalender", Text("This file does not exist."), muster)
    if not eigene and not gefunden:
        meldung = Text(
            "The project has no council calendar: “gremienplan import FILE” takes it from an .ics file or a list."
        )
        projekt.datei.befund.warnungen.append(meldung)
    return tuple(_einmal(projekt, gefunden))


def auch_json(muster: str) -> tuple[str, ...]:
    """Return the patterns that a pattern of the project means: one for .ics files also means imported ones."""
    if muster.lower().endswith(".ics"):
        return muster, f"{muster[: -len('.ics')]}{EINGEFUEHRT}"
    return (muster,)


def _einmal(projekt: Projektdatei, gefunden: Mapping[str, Ordner]) -> Iterator[Ordner]:
    """Yield the files, but no .ics file beside which its import lies."""
    for eingabe, datei in gefunden.items():
        daneben = PurePosixPath(eingabe).with_suffix(EINGEFUEHRT).as_posix()
        if datei.pfad.suffix.lower() == ".ics" and daneben in gefunden:
            meldung = Text(
                "{ics} is not read: beside it lies what “gremienplan import” made of it, {json}.",
                ics=eingabe,
                json=daneben,
            )
            projekt.datei.befund.warnungen.append(meldung)
        else:
            yield datei


def years(projekt: Projektdatei, jahr: int | None) -> tuple[int, ...]:
    """Return the years a project is about: those with a folder, and ``jahr``."""
    return tuple(sorted({*jahre(projekt.ordner), *(() if jahr is None else (jahr,))}))


def read_kalender(
    befund: Befund, dateien: Collection[Ordner], zeitzone: str, jahre: Collection[int]
) -> tuple[Eintrag, ...]:
    """Return the entries of all files; series without an end are followed to the year after the last of ``jahre``."""
    eintraege: list[Eintrag] = []
    for datei in dateien:
        roh = befund.read(datei.pfad, datei.name, datei.eingabe)
        if roh is None:
            continue
        try:
            if datei.pfad.suffix.lower() == EINGEFUEHRT:
                eintraege += read_eingefuehrt(roh, datei.pfad.stem, datei.name).eintraege
            else:
                from gremienplan.loading import ics  # asking who is invited needs no calendar library

                bis_jahr = max(jahre) + 1 if jahre else None
                eintraege += ics.read_bytes(roh, datei.pfad.stem, datei.name, zeitzone, bis_jahr)
        except InputError as error:
            befund.problems.extend(_mit_rat(error.problems, datei))
    return tuple(eintraege)


def read_eingefuehrt(roh: bytes, quelle: str, datei: str) -> Einfuhr:
    """Return the reading that ``import`` stored of a source. Raises InputError with every problem in it."""
    try:
        text = roh.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = roh[: error.start].count(b"\n") + 1
        raise InputError([Problem(datei, str(line), Text("This file is not UTF-8 text."))]) from None
    return einfuhr_from_json(text, quelle, datei)


def _mit_rat(problems: Sequence[Problem], datei: Ordner) -> Iterator[Problem]:
    """Yield the problems of a file; the first of an .ics file says what takes over the rest of it."""
    befehl = f"gremienplan import {shlex.quote(datei.name)}"
    hinweis = Text("What can be read of it is taken by: {command}", command=befehl)
    for nummer, problem in enumerate(problems):
        advise = nummer == 0 and problem.hinweis is None and datei.pfad.suffix.lower() == ".ics"
        yield evolve(problem, hinweis=hinweis) if advise else problem


def read_freitage(
    land: str, kalender: Ratskalender, jahre: Collection[int], eigene: Collection[FreierTag]
) -> Freitage:
    """Return the free days of the years that matter, and of the years before and after each.

    Deadlines reach back into the year before, windows into the year after. The planner's own free days count as
    school holidays.
    """
    gewollt = set(jahre)
    if kalender.von is not None and kalender.bis is not None:
        gewollt |= set(range(kalender.von.year, kalender.bis.year + 1))
    gewollt |= {jahr + n for jahr in gewollt for n in (-1, 1)}
    frei = freitage(land, sorted(gewollt)) if gewollt else Freitage()
    ferien = sorted((*frei.ferien, *eigene), key=lambda tage: (tage.von, tage.bis, tage.name))
    return evolve(frei, ferien=tuple(ferien))
