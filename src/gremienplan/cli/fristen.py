"""Deadlines in words: what has to be out by when, who answers for it, and what there is no time left for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, short_passage
from gremienplan.cli.ausgabe import heading, say, show
from gremienplan.cli.sprache import words
from gremienplan.fristen import describe, label
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.programm import Fristtermin
    from gremienplan.projekt import Projekt

MOST = 3
"""So many deadlines without time left are named, the rest is counted."""


def show_frist(projekt: Projekt, termin: Fristtermin) -> None:
    """Write one deadline: its last day, who answers for it, what for, how it is counted, on whose word."""
    frist, letzter = termin.frist, termin.letzter
    due = Text("Due {tag}: {name}", tag=letzter.tag, name=label(frist))
    if letzter.bis is not None:
        due = Text("Due {tag}, {uhr}: {name}", tag=letzter.tag, uhr=letzter.bis, name=label(frist))
    heading(words(due))
    wer = tuple(projekt.stadt.sitz_name(sitz) for sitz in termin.zustaendig)
    zeilen = [
        Text("By: {sitz}", sitz=wer or Text("nobody has said who")),
        Text("For: {sitzung}, {tag}", sitzung=termin.ereignis.name, tag=termin.tag),
        Text("Counted: {frist}", frist=describe(frist)),
        Text("Basis: {fundstelle}", fundstelle=short_passage(frist.grundlage, projekt.katalog)),
    ]
    if not letzter.bekannt:
        zeilen.append(Text("Public holidays of that time are not known: check the day."))
    for zeile in zeilen:
        show(Padding(words(zeile), (0, 0, 0, 4)))


def frist_json(projekt: Projekt, termin: Fristtermin) -> dict[str, Any]:
    """Return one deadline as plain data."""
    letzter = termin.letzter
    return {
        "frist": termin.id,
        "art": termin.frist.art.value,
        "name": words(label(termin.frist)),
        "faellig": letzter.tag.isoformat(),
        "bis": f"{letzter.bis:%H:%M}" if letzter.bis else None,
        "feiertage_bekannt": letzter.bekannt,
        "ereignis": termin.ereignis.id,
        "tag": termin.tag.isoformat(),
        "zustaendig": [sitz.id for sitz in termin.zustaendig],
        "zaehlung": words(describe(termin.frist)),
        "grundlage": grundlage_json(termin.frist.grundlage, projekt.katalog),
    }


def say_too_late(termine: Iterable[Fristtermin]) -> None:
    """Say of which dates a deadline was over when they were set."""
    late = tuple(termine)
    for termin in late[:MOST]:
        meldung = Text(
            "{ereignis}, {tag}: no time left. {frist}: until {letzter}",
            ereignis=termin.ereignis.name,
            tag=termin.tag,
            frist=label(termin.frist),
            letzter=termin.letzter.tag,
        )
        say(meldung)
    if len(late) > MOST:
        more = Text(
            "No time left in further cases: {anzahl}. All: {command}",
            anzahl=len(late) - MOST,
            command="gremienplan audit --json",
        )
        say(more)
