"""Bringing a feed into a calendar: ask what is there, compare, write what differs and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.publishing.caldav.abgleich import Abgleich, Hindernis, Schritt, Was, compare
from gremienplan.publishing.caldav.bestand import candidates, stock
from gremienplan.publishing.caldav.ressourcen import Vorlage
from gremienplan.publishing.caldav.verbindung import Verbindung
from gremienplan.texts import Text


@frozen
class Ergebnis:
    """What a push did, or would do."""

    getan: tuple[Schritt, ...]
    gleich: tuple[str, ...]
    hindernisse: tuple[Hindernis, ...]

    def uids(self, was: Was) -> tuple[str, ...]:
        """Return the UIDs of the events to which this happened."""
        return tuple(schritt.uid for schritt in self.getan if schritt.was is was)


def compare_with(verbindung: Verbindung, vorlage: Vorlage) -> Abgleich:
    """Return what has to be done in a calendar; only events that by their name may be ours are read."""
    gefragt = {eines.name: eines.href for eines in candidates(verbindung.names(), vorlage.domain)}
    bekommen = stock(verbindung.events(list(gefragt.values())))
    return compare(vorlage, (eines for eines in bekommen if eines.name in gefragt))


def push(
    verbindung: Verbindung,
    vorlage: Vorlage,
    *,
    dry_run: bool = False,
    on_step: Callable[[Schritt, int], None] | None = None,
) -> Ergebnis:
    """Make a calendar hold a feed, changing only what differs; the same feed again writes nothing.

    Events that are not this feed's stay. After an interruption the same call does the rest. ``on_step`` is told each
    step that was done and how many there are in all. Raises InputError when nothing more will work; it then says
    what was done before.
    """
    abgleich = compare_with(verbindung, vorlage)
    if dry_run:
        return Ergebnis(abgleich.schritte, abgleich.gleich, abgleich.hindernisse)
    getan: list[Schritt] = []
    hindernisse = list(abgleich.hindernisse)
    for schritt in abgleich.schritte:
        try:
            hindernis = verbindung.write(schritt)
        except InputError as error:
            raise InputError([_with_progress(p, len(getan), abgleich) for p in error.problems]) from None
        if hindernis is not None:
            hindernisse.append(hindernis)
            continue
        getan.append(schritt)
        if on_step is not None:
            on_step(schritt, len(abgleich.schritte))
    return Ergebnis(tuple(getan), abgleich.gleich, tuple(hindernisse))


def _with_progress(problem: Problem, getan: int, abgleich: Abgleich) -> Problem:
    """Say how far it came: what was written stays, and nothing is written twice."""
    if not getan:
        return problem
    weiter = Text(
        "{n} of {alle} changes were made before that; the same command does the rest.",
        n=getan,
        alle=len(abgleich.schritte),
    )
    return evolve(problem, hinweis=weiter)
