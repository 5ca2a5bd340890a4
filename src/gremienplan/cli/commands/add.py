"""``add``: a date for a Sitzung that has none, or a Sitzung more than the programme asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING

import click

from gremienplan.cli.handarbeit import TIME, Aufruf, Werkbank, at, by_hand_options, change_plan
from gremienplan.cli.klick import command, day, hour, option
from gremienplan.cli.sitzungswahl import choose_gremium, choose_ort
from gremienplan.stadt import fold
from gremienplan.texts import N_

if TYPE_CHECKING:
    from gremienplan.handarbeit import Handgriff
    from gremienplan.projekt import Projekt


@command(
    "add",
    help=N_(
        "Give a date to SITZUNG, which may be an item too, that has none; or, with --anlass, add a Sitzung of GREMIUM"
        " that the programme does not ask for: it counts, is invited to and stays like any other. What breaks a rule is"
        " refused, with its passage."
    ),
    short_help=N_("Add a Sitzung, or give an open one a date."),
)
@click.argument("word", metavar="SITZUNG|GREMIUM")
@click.argument("tag", metavar="DATE", type=day)
@click.argument("uhr", metavar=f"[{TIME}]", type=hour, required=False)
@click.argument("ort", metavar="[ORT]", required=False)
@option(
    "--anlass",
    multiple=True,
    metavar="ANLASS",
    help=N_("What the added Sitzung is about: it decides who is invited; can be given several times."),
)
@option(
    "--wie",
    metavar=N_("ENTRY"),
    help=N_("Entry of the programme it is like: what must come before that, must come before it too."),
)
@by_hand_options
def add(
    aufruf: Aufruf,
    word: str,
    tag: date,
    uhr: time | None,
    ort: str | None,
    anlass: Sequence[str],
    wie: str | None,
) -> int:
    """Add one date."""

    def griff(bank: Werkbank) -> Handgriff:
        from gremienplan import handarbeit

        projekt = bank.projekt
        where = choose_ort(projekt.stadt, ort) if ort else None
        if not anlass:
            return handarbeit.add(
                projekt, bank.plan, bank.event(word), at(tag, uhr), ort=where, stand=bank.stand
            )
        return handarbeit.add_extra(
            projekt,
            bank.plan,
            choose_gremium(projekt.stadt, word),
            [_topic(projekt, one) for one in anlass],
            at(tag, uhr),
            ort=where,
            wie=wie,
            stand=bank.stand,
        )

    return change_plan(aufruf, "add", griff)


def _topic(projekt: Projekt, word: str) -> str:
    """Return the id of the topic that a word means: an id, a name, the beginning of one id; else the word."""
    known = projekt.programm.anlaesse
    if word in known:
        return word
    named = [id for id, anlass in known.items() if fold(anlass.name) == fold(word)]
    begun = named or [id for id in known if fold(id).startswith(fold(word))]
    return begun[0] if len(begun) == 1 else word
