"""What a project's file says of the sources of its council calendar, and of sittings that vanished from them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime

from attrs import evolve

from gremienplan.loading.angaben import closest
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei
from gremienplan.ratskalender import CANCELLED, VERSCHWUNDEN, Eintrag, Entfallen, Kalenderquelle, Ratskalender
from gremienplan.ratskalender.namen import lies_name
from gremienplan.texts import Text

NAME = re.compile(r"[^\W_](?:[\w .,()+-]{0,98}[\w)+])?")
"""Names that every system takes for a file."""

Lesart = Callable[[Iterable[Eintrag]], Ratskalender]
"""How a city reads a council calendar."""


def name_mangel() -> Text:
    """Return what is wrong with a name that no file can have."""
    return Text("A source's name consists of letters, digits, blanks and hyphens: it becomes a file's name.")


def read_quellen(datei: Datei) -> tuple[Kalenderquelle, ...]:
    """Return ``[[quelle]]``: where the council calendar comes from; two of one name are a problem."""
    found: dict[str, Kalenderquelle] = {}
    for pfad, roh in datei.entries("quelle"):
        quelle = datei.structure(Kalenderquelle, roh, pfad)
        if quelle is None:
            continue
        if not NAME.fullmatch(quelle.name):
            datei.problem(join(pfad, "name"), name_mangel(), quelle.name)
        elif quelle.name in found:
            datei.problem(join(pfad, "name"), Text("Another source has this name."), quelle.name)
        if not quelle.adresse.strip():
            datei.problem(join(pfad, "adresse"), Text("This is empty."))
        found.setdefault(quelle.name, quelle)
    return tuple(found.values())


def entfallene(datei: Datei) -> dict[str, str]:
    """Return what ``[[entfallen]]`` names: each sitting with its place in the file."""
    found: dict[str, str] = {}
    for pfad, roh in datei.entries("entfallen"):
        entfallen = datei.structure(Entfallen, roh, pfad)
        if entfallen is not None:
            found[entfallen.sitzung] = join(pfad, "sitzung")
    return found


def read_entfallene(datei: Datei, eintraege: Sequence[Eintrag], lesart: Lesart | None) -> tuple[Eintrag, ...]:
    """Return the entries with those cancelled that vanished from their source and stand in ``[[entfallen]]``.

    A sitting is named as ``import`` shows it, or by its key in the calendar, which ``lesart`` makes of the entries;
    without one nobody can say that a key is wrong. A sitting that its source has again counts, whatever was said
    before; that is worth a word.
    """
    gemeint = entfallene(datei)
    keys = _keys(eintraege, gemeint, lesart)
    weg = {key for namen, e in zip(keys, eintraege, strict=True) if e.status == VERSCHWUNDEN for key in namen}
    da = {key for namen, e in zip(keys, eintraege, strict=True) if e.status != VERSCHWUNDEN for key in namen}
    for key, pfad in gemeint.items():
        if key in weg:
            continue
        if key in da:
            meldung = Text(
                "“{key}” stands in its source again and counts; [[entfallen]] is not needed.", key=key
            )
            datei.befund.warnungen.append(meldung)
        elif lesart is not None:
            meldung = Text("No sitting with this key has vanished from the council calendar.")
            datei.problem(pfad, meldung, key, closest(key, weg))
    return _ohne(eintraege, keys, gemeint)


def ohne_entfallene(
    eintraege: Sequence[Eintrag], gemeint: Collection[str], lesart: Lesart
) -> tuple[Eintrag, ...]:
    """Return the entries with those cancelled that vanished from their source and are meant."""
    return _ohne(eintraege, _keys(eintraege, gemeint, lesart), gemeint)


def _keys(eintraege: Sequence[Eintrag], gemeint: Collection[str], lesart: Lesart | None) -> list[set[str]]:
    """Return how each entry may be named, as far as that matters for what is meant."""
    keys = [{kennung(eintrag)} for eintrag in eintraege] if gemeint else [set[str]() for _ in eintraege]
    if lesart is not None and not set(gemeint) <= set().union(*keys):
        for namen, mehr in zip(keys, _im_kalender(eintraege, lesart), strict=True):
            namen |= mehr
    return keys


def _ohne(
    eintraege: Sequence[Eintrag], keys: Sequence[set[str]], gemeint: Collection[str]
) -> tuple[Eintrag, ...]:
    return tuple(
        evolve(e, status=CANCELLED) if e.status == VERSCHWUNDEN and not namen.isdisjoint(gemeint) else e
        for namen, e in zip(keys, eintraege, strict=True)
    )


def _im_kalender(eintraege: Sequence[Eintrag], lesart: Lesart) -> list[set[str]]:
    """Return the keys of the sittings that each entry stands as."""
    found: defaultdict[tuple[str, str, str, datetime | date], set[str]] = defaultdict(set)
    for v in lesart(eintraege).verbleib:
        found[v.quelle, v.kennung, v.name, v.beginn].update(v.sitzungen)
    return [found[e.quelle, e.kennung, e.name, e.beginn] for e in eintraege]


def kennung(eintrag: Eintrag) -> str:
    """Return how ``[[entfallen]]`` names an entry: source and identity, else source, day and cleaned name."""
    tag = eintrag.beginn.isoformat()[:10]
    return f"{eintrag.quelle}:{eintrag.kennung or f'{tag}:{lies_name(eintrag.name).name}'}"
