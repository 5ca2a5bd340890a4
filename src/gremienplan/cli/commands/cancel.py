"""``cancel``: take the date of a Sitzung or Beratung away."""

from __future__ import annotations

import click

from gremienplan.cli.handarbeit import Aufruf, by_hand_options, change_plan
from gremienplan.cli.klick import command, option
from gremienplan.texts import N_


@command(
    "cancel",
    help=N_(
        "Cancel SITZUNG, which may be an item too. What the programme asks for has no date then until it is given a"
        " new one; what was added by hand is off. Refused where something that has a date must wait for it."
    ),
    short_help=N_("Cancel a Sitzung."),
)
@click.argument("word", metavar="SITZUNG")
@option("--with-dependents", is_flag=True, help=N_("Also what must wait for it loses its date."))
@by_hand_options
def cancel(aufruf: Aufruf, word: str, with_dependents: bool) -> int:
    """Take one date away, or several that hang together."""
    from gremienplan import handarbeit

    return change_plan(
        aufruf,
        "cancel",
        lambda bank: handarbeit.cancel(
            bank.projekt, bank.plan, bank.event(word), mit_folgen=with_dependents, stand=bank.stand
        ),
    )
