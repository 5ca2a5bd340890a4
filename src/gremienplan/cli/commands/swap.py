"""``swap``: another Ort for a Sitzung, at its time."""

from __future__ import annotations

import click

from gremienplan.cli.handarbeit import Aufruf, by_hand_options, change_plan
from gremienplan.cli.klick import command
from gremienplan.cli.sitzungswahl import choose_ort
from gremienplan.texts import N_


@command(
    "swap",
    help=N_(
        "Put SITZUNG into another ORT by hand; its time stays. What breaks a rule is refused, with its passage."
    ),
    short_help=N_("Put a Sitzung into another place by hand."),
)
@click.argument("word", metavar="SITZUNG")
@click.argument("ort", metavar="ORT")
@by_hand_options
def swap(aufruf: Aufruf, word: str, ort: str) -> int:
    """Change one place."""
    from gremienplan import handarbeit

    return change_plan(
        aufruf,
        "swap",
        lambda bank: handarbeit.swap(
            bank.projekt, bank.plan, bank.sitzung(word), choose_ort(bank.projekt.stadt, ort), stand=bank.stand
        ),
    )
