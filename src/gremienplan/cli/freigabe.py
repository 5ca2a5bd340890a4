"""What a plan needs before it is binding: whose agreement is missing, and the state it gets without."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gremienplan.cli.ausgabe import entries, say, say_command, show
from gremienplan.cli.projekte import plan_path
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.plan import Zustand
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.abstimmung import Fehlend
    from gremienplan.plan import Plan
    from gremienplan.projekt import Projekt


AHEAD = timedelta(days=400)
"""So far ahead of now a release or a change may say it is; or until the year of the plan is over."""


def check_moment(stand: datetime | None, jahr: int, now: datetime) -> None:
    """Raise InputError for a release or a change of a time that is a slip of the pen: no later one could follow it."""
    if stand is not None and stand.year > jahr and stand > now + AHEAD:
        meldung = Text(
            "This lies more than {tage} days ahead, and after the year of the plan: nothing could follow it.",
            tage=AHEAD.days,
        )
        hinweis = Text("Without --stand it is now: {now}", now=now)
        raise InputError([Problem("--stand", "", meldung, stand.isoformat(), hinweis)])


def missing(folder: Path, projekt: Projekt, plan: Plan, ab: datetime) -> tuple[Fehlend, ...]:
    """Return the agreements that the dates of a plan still lack, by the record of its year."""
    from gremienplan.abstimmung import fehlende
    from gremienplan.loading.abstimmung import ABSTIMMUNG, read_abstimmung

    abstimmung = read_abstimmung(plan_path(folder, plan.jahr).with_name(ABSTIMMUNG))
    return fehlende(projekt, plan, abstimmung, ab=ab)


def next_state(plan: Plan, fehlend: tuple[Fehlend, ...], *, final: bool) -> Zustand:
    """Return the state a plan has once it is published: binding where it is coordinated, or where that is asked for.

    A coordinated plan that lacks an agreement after all, edited by hand say, is a draft.
    """
    if fehlend:
        return Zustand.DRAFT if plan.zustand is Zustand.COORDINATED else plan.zustand
    return Zustand.PUBLISHED if final or plan.zustand is not Zustand.DRAFT else Zustand.DRAFT


def refused(plan: Plan, fehlend: tuple[Fehlend, ...], *, final: bool) -> bool:
    """Tell whether a plan cannot be published: people rely on it, or are to, and an agreement is missing."""
    return bool(fehlend) and (final or plan.zustand is Zustand.PUBLISHED)


def show_missing(fehlend: tuple[Fehlend, ...], projekt: Projekt, jahr: int) -> None:
    """Say what is missing, and what to do: asking again is no way out of a refusal, another date is."""
    from gremienplan.abstimmung import Grund, sagt

    say(Text("Not published: agreements are missing. The calendars on disk stay as they were."))
    show(entries(("-", words(sagt(one, projekt))) for one in fehlend), stderr=True)
    say(Text("Ask for them, or record them: {command}", command=f"gremienplan coordinate --jahr {jahr}"))
    refusals = {one.sitzung: one.anfrage.sitzung.name for one in fehlend if one.grund is Grund.ABGELEHNT}
    for sitzung, name in refusals.items():
        other, take, ask = other_date(sitzung, jahr)
        say_command(
            Text("“{sitzung}” was refused and needs another date. Which there are:", sitzung=name), other
        )
        say_command(Text("Move it to one of them:"), take)
        say_command(Text("Then ask again, for the new date:"), ask)


def other_date(sitzung: str, jahr: int) -> tuple[str, str, str]:
    """Return the commands by which a refused date becomes another one, and is asked about again."""
    return (
        f"gremienplan alternatives {sitzung} --jahr {jahr}",
        f"gremienplan move {sitzung} {jahr}-MM-DD --jahr {jahr}",
        f"gremienplan coordinate --jahr {jahr}",
    )


def say_withheld(fehlend: tuple[Fehlend, ...]) -> None:
    """Say what residents are not told of yet."""
    sitzungen = {one.sitzung for one in fehlend}
    if sitzungen:
        say(
            Text(
                "Dates not in the public calendar yet, because agreements are missing: {anzahl}. See {command}",
                anzahl=len(sitzungen),
                command="gremienplan coordinate",
            )
        )


def missing_json(fehlend: tuple[Fehlend, ...]) -> list[dict[str, Any]]:
    """Return what is missing as JSON."""
    return [{"sitzung": one.sitzung, "sitz": one.sitz, "grund": one.grund.value} for one in fehlend]
