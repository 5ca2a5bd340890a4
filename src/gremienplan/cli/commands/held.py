"""``held``: a Sitzung took place; from then on it is a fact."""

from __future__ import annotations

import click

from gremienplan.cli.handarbeit import Aufruf, by_hand_options, change_plan
from gremienplan.cli.klick import command
from gremienplan.texts import N_


@command(
    "held",
    help=N_(
        "Mark SITZUNG as held: from then on it is a fact, which no later change of rules or calendars touches."
    ),
    short_help=N_("Mark a Sitzung as held."),
)
@click.argument("word", metavar="SITZUNG")
@by_hand_options
def held(aufruf: Aufruf, word: str) -> int:
    """Mark one Sitzung."""
    from gremienplan import handarbeit

    return change_plan(
        aufruf,
        "held",
        lambda bank: handarbeit.mark_held(bank.projekt, bank.plan, bank.sitzung(word), stand=bank.stand),
    )
