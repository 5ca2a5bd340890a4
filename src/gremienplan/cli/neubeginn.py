"""The record of what was told is not there: for the first time, or because it was lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gremienplan.cli.projekte import plan_path, years_on_disk
from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.projekt import Projekt
    from gremienplan.publishing.neubeginn import Spuren
    from gremienplan.release import Release

BEGIN_ANEW = "--begin-anew"


def traces_of(folder: Path, target: Path, vorher: Release | None, *, anew: bool) -> tuple[Spuren, ...]:
    """Return what the calendars say where the record is not there.

    Raises InputError where it was lost and nobody said to begin anew, and where it is there although somebody did.
    """
    from gremienplan.loading import AKTE
    from gremienplan.publishing.neubeginn import traces

    if vorher is not None:
        if anew:
            meldung = Text("The record of what was told is there: nothing is to begin anew.")
            hinweis = Text("Leave out {option}.", option=BEGIN_ANEW)
            raise InputError([Problem(str(folder / AKTE), "", meldung, hinweis=hinweis)])
        return ()
    ziele = dict.fromkeys((target, folder / "out"))
    spuren = tuple(found for ziel in ziele if (found := traces(ziel)) is not None)
    zeugen = [str(eine.ordner) for eine in spuren] + _binding(folder)
    if zeugen and not anew:
        meldung = Text(
            "The record of what was told is missing, but something was published before: {zeugen}",
            zeugen=tuple(zeugen),
        )
        hinweis = Text(
            "Put it back from the backup. If it is lost for good: {option}, which tells everybody everything anew.",
            option=BEGIN_ANEW,
        )
        raise InputError([Problem(str(folder / AKTE), "", meldung, hinweis=hinweis)])
    return spuren


def first_count(projekt: Projekt, spuren: tuple[Spuren, ...], stand: datetime, *, anew: bool) -> int:
    """Return from where the first release counts. Raises InputError where a calendar says something of later."""
    from gremienplan.publishing import neubeginn

    if not anew:
        return 0
    zone = ZoneInfo(projekt.stadt.zeitzone)
    meldung = Text("The calendars here say something of later than {stand}.", stand=stand)
    hinweis = Text("Name a later time, or none: then it is now.")
    if problems := [
        Problem(str(eine.ordner), "LAST-MODIFIED", meldung, hinweis=hinweis)
        for eine in spuren
        if neubeginn.runs_backwards(stand, zone, eine)
    ]:
        raise InputError(problems)
    return neubeginn.first_count(stand, spuren)


def _binding(folder: Path) -> list[str]:
    """Return the plans that were published as binding once."""
    from gremienplan.loading import read_plan
    from gremienplan.plan import Zustand

    plaene = [plan_path(folder, jahr) for jahr in years_on_disk(folder)]
    return [str(p) for p in plaene if any(e.zustand is Zustand.PUBLISHED for e in read_plan(p).verlauf)]
