"""``protocol``: where the minutes of a Sitzung are."""

from __future__ import annotations

import click

from gremienplan.cli.handarbeit import Aufruf, by_hand_options, change_plan
from gremienplan.cli.klick import Misuse, command, option
from gremienplan.texts import N_, Text


@command(
    "protocol",
    help=N_(
        "Say where the minutes of SITZUNG are: URL is the address of a page or file. What has minutes was held, and is"
        " marked so."
    ),
    short_help=N_("Say where the minutes of a Sitzung are."),
)
@click.argument("word", metavar="SITZUNG")
@click.argument("url", metavar="[URL]", required=False)
@option("--drop", is_flag=True, help=N_("Forget the address."))
@by_hand_options
def protocol(aufruf: Aufruf, word: str, url: str | None, drop: bool) -> int:
    """Set or forget one address."""
    from gremienplan import handarbeit

    if drop is bool(url):
        raise Misuse("URL", Text("Either the address of the minutes, or --drop."))
    return change_plan(
        aufruf,
        "protocol",
        lambda bank: handarbeit.set_protocol(
            bank.projekt, bank.plan, bank.sitzung(word), url or "", stand=bank.stand
        ),
    )
