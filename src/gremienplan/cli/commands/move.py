"""``move``: a Sitzung or Beratung on another date, judged before it is kept."""

from __future__ import annotations

from datetime import date, time

import click

from gremienplan.cli.handarbeit import TIME, Aufruf, at, by_hand_options, change_plan
from gremienplan.cli.klick import command, day, hour
from gremienplan.cli.sitzungswahl import choose_ort
from gremienplan.texts import N_


@command(
    "move",
    help=N_(
        "Move SITZUNG, which may be an item too, to another date by hand. Nothing else moves. Without a time it keeps"
        " its hour, without ORT its place; an item goes into the sitting of its body on that day. What breaks a rule"
        " is refused, with its passage."
    ),
    short_help=N_("Move a Sitzung by hand."),
)
@click.argument("word", metavar="SITZUNG")
@click.argument("tag", metavar="DATE", type=day)
@click.argument("uhr", metavar=f"[{TIME}]", type=hour, required=False)
@click.argument("ort", metavar="[ORT]", required=False)
@by_hand_options
def move(aufruf: Aufruf, word: str, tag: date, uhr: time | None, ort: str | None) -> int:
    """Change one date."""
    from gremienplan import handarbeit

    return change_plan(
        aufruf,
        "move",
        lambda bank: handarbeit.move(
            bank.projekt,
            bank.plan,
            bank.event(word),
            at(tag, uhr),
            ort=choose_ort(bank.projekt.stadt, ort) if ort else None,
            stand=bank.stand,
        ),
    )
