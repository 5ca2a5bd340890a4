"""The council calendars of a project, and the free days of the years it is about."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from gremienplan.errors import InputError
from gremienplan.loading.ordner import Ordner, jahre, matching
from gremienplan.loading.projektdatei import Projektdatei
from gremienplan.loading.toml import Befund
from gremienplan.ratskalender import Eintrag, FreierTag, Freitage, Ratskalender, freitage
from gremienplan.texts import Text


def find_kalender(projekt: Projektdatei, jahr: int | None, *, rat: bool) -> tuple[Ordner, ...]:
    """Return the calendar files of a project, each once.

    A pattern of the planner's own that means no file is a problem if it is a plain name, else worth a word.
    """
    bekannte = years(projekt, jahr)
    gefunden: dict[str, Ordner] = {}
    eigene = "ratskalender" in projekt.datei.inhalt
    for muster in projekt.kopf.ratskalender:
        try:
            dateien = tuple(matching(projekt.ordner, muster, bekannte))
        except (ValueError, NotImplementedError):
            meldung = Text("This must be a path inside the project.")
            projekt.datei.problem("ratskalender", meldung, muster)
            continue
        gefunden.update({datei.eingabe: datei for datei in dateien})
        if eigene and not dateien:
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
            "The project has no council calendar: put its .ics files into the folder “ratskalender”."
        )
        projekt.datei.befund.warnungen.append(meldung)
    return tuple(gefunden.values())


def years(projekt: Projektdatei, jahr: int | None) -> tuple[int, ...]:
    """Return the years a project is about: those with a folder, and ``jahr``."""
    return tuple(sorted({*jahre(projekt.ordner), *(() if jahr is None else (jahr,))}))


def read_kalender(
    befund: Befund, dateien: Collection[Ordner], zeitzone: str, jahre: Collection[int]
) -> tuple[Eintrag, ...]:
    """Return the entries of all files; series without an end are followed to the year after the last of ``jahre``."""
    if not dateien:
        return ()
    from gremienplan.loading import ics  # asking who is invited needs no calendar library

    eintraege: list[Eintrag] = []
    for datei in dateien:
        if befund.read(datei.pfad, datei.name, datei.eingabe) is None:
            continue
        try:
            eintraege += ics.read(datei.pfad, zeitzone, max(jahre) + 1 if jahre else None)
        except InputError as error:
            befund.problems.extend(error.problems)
    return tuple(eintraege)


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
