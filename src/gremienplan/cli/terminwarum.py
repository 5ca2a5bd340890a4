"""Why this date, and why not that: the answers in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, more_points, passage, stage_name
from gremienplan.cli.ausgabe import entries, show
from gremienplan.cli.planvergleich import change, told
from gremienplan.cli.sprache import words
from gremienplan.plan import VERLEGT
from gremienplan.quellen import Grundlage
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Lage, Undecided, Verlegung
    from gremienplan.planning import Forbidden, Price, There
    from gremienplan.projekt import Projekt
    from gremienplan.requirements import Namen

JsonObject = dict[str, Any]

SHOWN = 12
"""How many moves are listed, before the rest is counted."""


def where(lage: Lage, namen: Namen) -> Text:
    """Say when and where an event lies."""
    if lage.ort:
        return Text(
            "{beginn} to {ende}, {ort}", beginn=lage.beginn, ende=lage.ende.time(), ort=namen[lage.ort]
        )
    return Text("{beginn} to {ende}", beginn=lage.beginn, ende=lage.ende.time())


def show_head(ereignis: str, lage: Lage, namen: Namen) -> None:
    """Write which event is meant, and where it lies in the plan."""
    show(f"{namen[ereignis]} [{ereignis}]")
    show(words(Text("Planned: {wann}", wann=where(lage, namen))))


# --- why it is there -----------------------------------------------------------------------------------------


def show_there(there: There, projekt: Projekt, namen: Namen) -> None:
    """Write what keeps an event where it lies: requirements with their passages, then wishes."""
    days = tuple(near.tag for near in there.nachbarn)
    if days:
        show()
        around = Text("Everything else staying where it is, from {von} to {bis}:", von=days[0], bis=days[-1])
        if not there.gruende and not there.wuensche:
            around = Text(
                "Everything else staying where it is, nothing speaks against these days either: {tage}",
                tage=tuple(dict.fromkeys(days)),
            )
        show(words(around))
    found = []
    for r, nears in there.gruende.items():
        tage = tuple(near.tag for near in nears)
        found.append((Text("{satz} So not on: {tage}", satz=r.satz(namen), tage=tage), r.grundlage))
    _numbered(found, projekt)
    if there.wuensche:
        show()
        show(words(Text("Wishes that would be kept less:")))
    for wish, costs in there.wuensche.items():
        least, most = min(more for _, more in costs), max(more for _, more in costs)
        amount = more_points(most)
        if least != most:
            amount = Text("{von} to {bis} points more", von=least, bis=most)
        meldung = Text(
            "{satz} {mehr} on {anzahl} of {tage} days.",
            satz=wish.satz(namen),
            mehr=amount,
            anzahl=len(costs),
            tage=len(days),
        )
        show(entries([("-", words(meldung))]))
        show(Padding(words(stage_name(wish.stufe, projekt.programm)), (0, 0, 0, 2)))


def there_json(there: There, projekt: Projekt, namen: Namen) -> JsonObject:
    """Return the same as plain data."""
    return {
        "lage": lage_json(there.lage),
        "gruende": [
            {
                "id": r.id,
                "satz": words(r.satz(namen)),
                "grundlage": grundlage_json(r.grundlage, projekt.katalog),
                "tage": [near.tag.isoformat() for near in nears],
            }
            for r, nears in there.gruende.items()
        ],
        "wuensche": [
            {
                "id": wish.id,
                "stufe": wish.stufe,
                "satz": words(wish.satz(namen)),
                "tage": {near.tag.isoformat(): more for near, more in costs},
            }
            for wish, costs in there.wuensche.items()
        ],
    }


# --- why not then --------------------------------------------------------------------------------------------


def show_forbidden(found: Forbidden, projekt: Projekt) -> None:
    """Write the requirements that forbid a date, each with its passage."""
    if len(found.gruende) == 1:
        head = Text("{wann}: not possible. This forbids it:", wann=_asked(found.tag, found.um))
    elif found.allein:
        head = Text("{wann}: not possible. Each of these forbids it:", wann=_asked(found.tag, found.um))
    else:
        head = Text(
            "{wann}: not possible. These cannot hold together with it:", wann=_asked(found.tag, found.um)
        )
    show(words(head))
    _numbered([(g.meldung, g.requirement.grundlage) for g in found.gruende], projekt)
    if not found.allein:
        show()
        if found.geprueft:
            show(words(Text("Verified: without any one of them, the others leave that date possible.")))
        else:
            show(words(Text("Time ran out before it was verified that every one of them is needed.")))


def show_price(found: Price, projekt: Projekt, namen: Namen) -> None:
    """Write what a date costs beside the plan, stage by stage, and what else would move."""
    if not found.verlegt:
        show(words(Text("{wann}: that is where it is.", wann=_asked(found.tag, found.um))))
        return
    exact = Text("{wann}: possible. Beside the plan it costs exactly:", wann=_asked(found.tag, found.um))
    bound = Text("{wann}: possible. Beside the plan it costs at most:", wann=_asked(found.tag, found.um))
    show(words(exact if found.genau else bound))
    for stufe in found.stufen:
        line = words(stage_name(stufe.stufe, projekt.programm))
        amount = (
            more_points(stufe.mehr) if stufe.stufe != VERLEGT else Text("{anzahl} more", anzahl=stufe.mehr)
        )
        show(Padding(f"{line}: {words(amount)}", (0, 0, 0, 2)))
    show(words(Text("It would be held: {wann}", wann=where(found.lage, namen))))
    if not found.andere:
        show(words(Text("Nothing else would move.")))
        return
    show(words(Text("What else would move:")))
    some, left = _some(found.andere)
    for v in some:
        show(entries([("-", f"{namen[v.ereignis]}: {'; '.join(change(v, namen))}")]))
    if left:
        show(words(Text("  and {anzahl} more.", anzahl=left)))


def _asked(tag: date, um: time | None) -> datetime | date:
    return datetime.combine(tag, um) if um else tag


def forbidden_json(found: Forbidden, projekt: Projekt) -> JsonObject:
    """Return what forbids a date as plain data."""
    return {
        "moeglich": False,
        "tag": found.tag.isoformat(),
        "um": _time(found.um),
        "allein": found.allein,
        "geprueft": found.geprueft,
        "gruende": [
            {
                "id": g.requirement.id,
                "meldung": words(g.meldung),
                "grundlage": grundlage_json(g.requirement.grundlage, projekt.katalog),
            }
            for g in found.gruende
        ],
    }


def price_json(found: Price) -> JsonObject:
    """Return the price of a date as plain data."""
    return {
        "moeglich": True,
        "tag": found.tag.isoformat(),
        "um": _time(found.um),
        "genau": found.genau,
        "stufen": [{"stufe": s.stufe, "mehr": s.mehr, "genau": s.genau} for s in found.stufen],
        "lage": lage_json(found.lage),
        "verlegt": [
            {"ereignis": v.ereignis, "bisher": lage_json(v.bisher), "jetzt": lage_json(v.jetzt)}
            for v in found.verlegt
        ],
    }


def undecided_json(found: Undecided) -> JsonObject:
    """Return that nothing is known as plain data."""
    return {"moeglich": None, "meldung": words(found.meldung)}


def _time(um: time | None) -> str | None:
    return f"{um:%H:%M}" if um else None


def lage_json(lage: Lage) -> JsonObject:
    """Return where an event lies as plain data."""
    found = {"beginn": lage.beginn.isoformat(), "ende": lage.ende.isoformat(), "ort": lage.ort or None}
    return found | ({"vortrag": list(lage.vortrag)} if lage.vortrag else {})


# --- the cheapest other dates --------------------------------------------------------------------------------


def show_prices(prices: Sequence[Price], projekt: Projekt, namen: Namen) -> None:
    """Write the cheapest other dates, each in a line, with what moves with it below."""
    if not prices:
        show(words(Text("There is no other date.")))
        return
    show(words(_what_counts(prices)))
    for number, price in enumerate(prices, start=1):
        show(entries([(f"{number}.", words(where(price.lage, namen)))]))
        show(Padding(words(_in_short(price, projekt)), (0, 0, 0, 3)))
        _show_moving(price, namen)


def _in_short(price: Price, projekt: Projekt) -> Text:
    """Say the price in one line: the stages in which it differs."""
    differing = [stufe for stufe in price.stufen if stufe.mehr and stufe.stufe != VERLEGT]
    if not differing:
        return Text("costs no points")
    parts = tuple(f"{stage_name(s.stufe, projekt.programm)}: {words(more_points(s.mehr))}" for s in differing)
    if price.genau:
        return Text("costs: {stufen}", stufen=parts)
    return Text("costs at most: {stufen}", stufen=parts)


def _what_counts(prices: Sequence[Price]) -> Text:
    """Say what the prices are: points, not moves; a year that was replanned is priced by its moves first."""
    if any(stufe.stufe == VERLEGT for stufe in prices[0].stufen):
        return Text("As few other dates move as can be; after that the price counts points.")
    return Text(
        "The price counts points, not dates that move. A date taken with gremienplan pin moves as few others as can be."
    )


def _show_moving(price: Price, namen: Namen) -> None:
    """Write what else moves, and to when, each in a line."""
    some, left = _some(price.andere)
    head = Text("{anzahl} other dates move:", anzahl=len(price.andere))
    if len(price.andere) < 2:
        head = Text("1 other date moves:") if price.andere else Text("nothing else moves")
    show(Padding(words(head), (0, 0, 0, 3)))
    for v in some:
        line = f"{namen[v.ereignis]}: {told(v.jetzt.beginn)}"
        show(Padding(entries([("-", line)]), (0, 0, 0, 3)))
    if left:
        show(Padding(words(Text("and {anzahl} more", anzahl=left)), (0, 0, 0, 5)))


def _some(moves: Sequence[Verlegung]) -> tuple[Sequence[Verlegung], int]:
    """Return the moves to be listed, and how many are left: never only one."""
    few = moves if len(moves) <= SHOWN + 1 else moves[:SHOWN]
    return few, len(moves) - len(few)


def _numbered(found: Iterable[tuple[Text, Grundlage]], projekt: Projekt) -> None:
    """Write numbered sentences, each with its passage below."""
    for number, (text, grundlage) in enumerate(found, start=1):
        show(entries([(f"{number}.", words(text))]))
        show(Padding(words(passage(grundlage, projekt.katalog)), (0, 0, 0, len(str(number)) + 2)))
