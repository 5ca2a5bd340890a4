"""What a reading changes in a year, in words: who is invited, what is held, what bounds the dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from gremienplan.cli.gruende import als_name
from gremienplan.cli.sprache import words
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.comparing import Difference, Einladungswechsel

SHOWN = 12
"""How many single things of one kind are listed, before the rest is counted."""


def difference_lines(d: Difference) -> Iterator[str]:
    """Yield the differences in words, grouped by the entry of the programme or the rule they rest on."""
    namen = {**d.vorher.namen, **d.nachher.namen}
    if d.sitzungen.dazu:
        yield words(Text("Held as well: {namen}", namen=_few([namen[id] for id in d.sitzungen.dazu])))
    if d.sitzungen.weg:
        yield words(Text("No longer held: {namen}", namen=_few([namen[id] for id in d.sitzungen.weg])))
    if d.beratungen.dazu:
        yield words(Text("Heard as well: {namen}", namen=_few([namen[id] for id in d.beratungen.dazu])))
    if d.beratungen.weg:
        yield words(Text("No longer heard: {namen}", namen=_few([namen[id] for id in d.beratungen.weg])))
    for wechsel, said in ((d.dazu, _more), (d.weg, _fewer), (d.anders, _otherwise)):
        for sitzung, members in groupby(wechsel, key=lambda w: w.sitzung):
            yield words(said(namen[sitzung], _few([_who(w, namen) for w in members])))
    musts, wishes = d.requirements, d.preferences
    if bounds := _bounds(musts.dazu, wishes.dazu):
        yield words(Text("New conditions and wishes for the dates ({anzahl}): {namen}", **bounds))
    if bounds := _bounds(musts.weg, wishes.weg):
        yield words(Text("Conditions and wishes for the dates dropped ({anzahl}): {namen}", **bounds))
    if bounds := _bounds(musts.anders, wishes.anders):
        yield words(Text("Conditions and wishes for the dates changed ({anzahl}): {namen}", **bounds))


def _more(sitzung: str, sitze: str) -> Text:
    return Text("Invited as well, to {sitzung}: {sitze}", sitzung=sitzung, sitze=sitze)


def _fewer(sitzung: str, sitze: str) -> Text:
    return Text("No longer invited, to {sitzung}: {sitze}", sitzung=sitzung, sitze=sitze)


def _otherwise(sitzung: str, sitze: str) -> Text:
    return Text("Invited as something else, to {sitzung}: {sitze}", sitzung=sitzung, sitze=sitze)


def _who(w: Einladungswechsel, namen: Mapping[str, str]) -> str:
    name = namen.get(w.sitz.id, w.sitz.id)
    if w.vorher and w.nachher:
        before, after = (", ".join(words(als_name(a)) for a in als) for als in (w.vorher, w.nachher))
        name = f"{name} ({before} → {after})"
    if w.ab and w.bis:
        return words(Text("{name} (from {ab} to {bis})", name=name, ab=w.ab, bis=w.bis))
    if w.ab:
        return words(Text("{name} (from {ab} on)", name=name, ab=w.ab))
    return words(Text("{name} (until {bis})", name=name, bis=w.bis)) if w.bis else name


def _few(namen: Sequence[str]) -> str:
    shown = "; ".join(namen[:SHOWN])
    rest = len(namen) - SHOWN
    return shown if rest <= 0 else words(Text("{namen}; and {anzahl} more", namen=shown, anzahl=rest))


def _bounds(musts: Mapping[str, object], wishes: Mapping[str, object]) -> dict[str, Any]:
    """Return how many conditions and wishes these are, and how many of what; empty where there are none."""
    named = (_must(id) for id in musts), (Text("wish “{id}”", id=_entry(id)) for id in wishes)
    je = Counter(name for names in named for name in names)
    namen = tuple(Text("{name} {anzahl}", name=name, anzahl=anzahl) for name, anzahl in je.items())
    return {"anzahl": je.total(), "namen": namen} if je else {}


def _must(id: str) -> Text:
    """Say what a condition is about: a fact of the world, or an entry of the programme."""
    match entry := _entry(id):
        case "wegezeit":
            return Text("travel time")
        case "verfuegbar":
            return Text("who has time")
        case "eine-von":
            return Text("one of several has time")
        case "ort":
            return Text("free venue")
        case _:
            return Text("“{id}”", id=entry)


def _entry(id: str) -> str:
    """Return the entry that a condition or wish rests on."""
    return id.partition(":")[0].partition(".")[0]
