"""``alternatives``: the cheapest other dates of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gremienplan.cli.ausgabe import show, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.klick import (
    Misuse,
    between,
    command,
    effort_option,
    option,
    programm_option,
    projekt_option,
    year,
)
from gremienplan.cli.tafel import write_table
from gremienplan.cli.terminfrage import ask_about, cheapest, planned, say_pinned
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.planning import EffortName


@command(
    "alternatives",
    help=N_(
        "List the cheapest other days for SITZUNG, beside the plan on disk: what each would cost, stage by stage, and"
        " what else would move. The nearest come first where equally cheap. Nothing is changed."
        " With --table instead: what forbids, or costs, every day for every Sitzung and item, as out/why-YEAR.json and"
        " .csv; this takes long, and goes on where it was broken off."
    ),
    short_help=N_("List the cheapest other dates of a Sitzung."),
)
@click.argument("word", metavar="[SITZUNG]", required=False)
@option("--table", is_flag=True, help=N_("Write the table of all Sitzungen and days; without SITZUNG."))
@option(
    "--number", type=between(1, 60), metavar=N_("NUMBER"), default="5", help=N_("How many; without it 5.")
)
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year whose plan is meant."))
@programm_option
@effort_option
def alternatives(
    word: str | None,
    table: bool,
    number: int,
    projekt_option: str | None,
    jahr: int | None,
    programm: str | None,
    effort: EffortName,
    as_json: bool,
) -> int:
    """Price other days until the cheapest are known."""
    if table == bool(word):
        raise Misuse("SITZUNG", Text("Either a SITZUNG, or --table for all of them."))
    if word is None:
        return write_table(*planned(projekt_option, jahr, programm), effort)
    frage = ask_about(word, projekt_option, jahr, programm)
    from gremienplan.cli.terminwarum import price_json, show_head, show_prices

    prices = cheapest(frage, number, effort)
    if as_json:
        found = [price_json(price) for price in prices]
        write_json("alternatives", ereignis=frage.ereignis, pinned=frage.gepinnt, alternatives=found)
        return DONE
    show_head(frage.ereignis, frage.plan.lagen[frage.ereignis][0], frage.namen)
    show()
    if frage.gepinnt:
        say_pinned(frage)
        return DONE
    show_prices(prices, frage.projekt, frage.namen)
    return DONE
