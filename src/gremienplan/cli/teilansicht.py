"""A partial plan in words and as JSON: how many have no date, whether fewer could be, and why each has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding

from gremienplan.cli.antworten import JsonObject, conflict_json, passage
from gremienplan.cli.ausgabe import entries, heading, say, show
from gremienplan.cli.sprache import words
from gremienplan.plan import OFFEN, Conflict, Plan, Undecided
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.auditing import Audit
    from gremienplan.projekt import Projekt

Gruende = Mapping[str, Conflict | Undecided]


def is_partial(plan: Plan) -> bool:
    """Tell whether a plan leaves more open than the project announces."""
    return any(stufe.stufe == OFFEN for stufe in plan.stufen)


def show_why_open(gruende: Gruende, judged: Audit, projekt: Projekt, jahr: int) -> None:
    """Write why each event has no date: what cannot hold together, once for those that are alike; or that it waits."""
    names = names_of(projekt, jahr)
    heading(Text("No date, and why:"))
    for events in _alike(gruende):
        show()
        for event in events:
            show(names[event])
        found = gruende[events[0]]
        if isinstance(found, Undecided):
            show(Padding(words(found.meldung), (0, 0, 0, 2)))
            continue
        head = _head(len(found.requirements) == 1, len(events) > 1)
        show(Padding(words(head), (0, 0, 0, 2)))
        for number, requirement in enumerate(found.requirements, start=1):
            line = entries([(f"{number}.", words(requirement.satz(found.namen)))])
            show(Padding(line, (0, 0, 0, 2)))
            show(Padding(words(passage(requirement.grundlage, projekt.katalog)), (0, 0, 0, 5)))
    show()
    if judged.wartet:
        heading(Text("No date either, because they must wait for these:"))
        for event in (e for e in names if e in judged.wartet):
            show(names[event])
        show()


def _head(alone: bool, several: bool) -> Text:
    """Say what follows: one sentence or more, about the only event of a group or the first of it."""
    if alone:
        return Text("This cannot hold, told of the first:") if several else Text("This cannot hold:")
    if several:
        return Text("With a date for it, these cannot hold together, told of the first:")
    return Text("With a date for it, these cannot hold together:")


def say_how_many(plan: Plan) -> None:
    """Say how many events have no date, and whether it is proven that fewer cannot be."""
    stufe = next(s for s in plan.stufen if s.stufe == OFFEN)
    alle = len(plan.lagen) + len(plan.offen)
    if stufe.bewiesen and stufe.wert == 1:
        say(Text("1 of {alle} has no date. It is proven that not all can have one.", alle=alle))
    elif stufe.bewiesen:
        say(
            Text(
                "{anzahl} of {alle} have no date. It is proven that no plan has fewer without one.",
                anzahl=stufe.wert,
                alle=alle,
            )
        )
    else:
        say(
            Text(
                "{anzahl} of {alle} have no date. Time ran out before it was proven that no plan has fewer, or less"
                " important ones, without one; at least {schranke} it must be.",
                anzahl=stufe.wert,
                alle=alle,
                schranke=stufe.schranke,
            )
        )


def say_no_day_left(judged: Audit, projekt: Projekt, jahr: int) -> None:
    """Say which open event is left no day in its window, and what would have to move for it."""
    names = names_of(projekt, jahr)
    for event, others in judged.ohne_tag.items():
        meldung = Text(
            "{name}: a date within its time needs others to move as well: {andere}",
            name=names[event],
            andere=tuple(names[e] for e in others),
        )
        say(meldung)


def why_open_json(gruende: Gruende, judged: Audit, projekt: Projekt, jahr: int) -> list[JsonObject]:
    """Return each open event with what it waits for, or why it has no date, as plain data."""
    names = names_of(projekt, jahr)
    return [
        {
            "ereignis": event,
            "name": names[event],
            "wartet": list(judged.wartet.get(event, ())),
            "conflict": _conflict(gruende.get(event), projekt),
            "ohne_tag": list(judged.ohne_tag.get(event, ())),
        }
        for event in judged.offen
    ]


def names_of(projekt: Projekt, jahr: int) -> dict[str, str]:
    """Return the names of the year's Sitzungen and Beratungen by their ids."""
    found = {sitzung.id: sitzung.name for sitzung in projekt.sitzungen(jahr)}
    return found | {beratung.id: beratung.name for beratung in projekt.beratungen(jahr)}


def _conflict(found: Conflict | Undecided | None, projekt: Projekt) -> JsonObject | None:
    return conflict_json(found, projekt.katalog) if isinstance(found, Conflict) else None


def _alike(gruende: Gruende) -> Sequence[Sequence[str]]:
    """Return the events in groups whose conflicts consist of the same rules, each about its own Sitzungen."""
    groups: dict[object, list[str]] = {}
    for event, found in gruende.items():
        key = (
            tuple(sorted(r.id.partition(":")[0] for r in found.requirements))
            if isinstance(found, Conflict)
            else found.meldung
        )
        groups.setdefault(key, []).append(event)
    return list(groups.values())
