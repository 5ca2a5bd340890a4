"""What a planner writes into a programme of their own, so that its entries are as the levers left them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from attrs import evolve

from gremienplan.programm import Beratungseintrag, Programm, Sitzungseintrag
from gremienplan.programm.schreiben import entry_to_toml
from gremienplan.projekt import Projekt
from gremienplan.texts import Text

E = TypeVar("E", Sitzungseintrag, Beratungseintrag)

NEU, EIGEN = (
    Text("in a new file beside the project's own, for all Sitzungen the entry applies to"),
    Text("in your own programme, in place of the entry of this id; for all Sitzungen it applies to"),
)


def has_own(projekt: Projekt) -> bool:
    """Tell whether the programme is already a file of the project's own."""
    return projekt.programmdatei in projekt.eingaben


def written(projekt: Projekt, rules: Sequence[str]) -> Iterator[str]:
    """Yield, for each rule of the programme that was changed, what is written into the file of the project's own.

    The first comes with the head of the file where there is none yet. Together they are one file, of which every
    entry is whole. A rule the programme has no more is named at ``ohne``.
    """
    entries = _entries(projekt.programm)
    gone = tuple(dict.fromkeys(rule for rule in rules if rule not in entries))
    ohne = f"ohne = [{', '.join(map(json.dumps, gone))}]"
    head = [
        "format = 1\n\n[programm]",
        'id = "eigen"',
        'name = "Eigenes Jahresprogramm"',
        f"erweitert = {json.dumps(projekt.programmdatei)}",
        *((ohne,) if gone else ()),
    ]
    seen: set[str] = set()
    for number, rule in enumerate(rules):
        text = "" if number or has_own(projekt) else "\n".join((*head, ""))
        if rule in gone:
            own = f"# [programm]: {ohne}\n" if has_own(projekt) else ""
            yield text or own or f"# [programm]: {ohne}\n"
        elif rule in seen:
            yield f"# {rule}: see above\n"
        else:
            yield "\n".join(filter(None, (text, entry_to_toml(*entries[rule]))))
        seen.add(rule)


def _entries(programm: Programm) -> dict[str, tuple[str, Any]]:
    """Return the list and the value of each entry; what is held on demand is so again."""
    found: dict[str, tuple[str, Any]] = {b.id: ("bedingung", b) for b in programm.bedingungen}
    for s in programm.sitzungen:
        found[s.id] = "sitzung", _on_demand(programm, s)
    for item in programm.beratungen:
        found[item.id] = "beratung", _on_demand(programm, item)
    return found


def _on_demand(programm: Programm, eintrag: E) -> E:
    if eintrag.id not in programm.bedarf:
        return eintrag
    return evolve(eintrag, bei_bedarf=True, nur=programm.bedarf[eintrag.id])
