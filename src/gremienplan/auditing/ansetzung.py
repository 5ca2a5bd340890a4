"""Is an event held as the programme asks: once, in its length and place, or in its sitting?

Stattfinden and Angesetzt alone speak of an event that is missing or stands in the plan twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from gremienplan.auditing.befunde import Finding, Lagen, name_of, wann, zeit
from gremienplan.plan import Lage
from gremienplan.requirements import Angesetzt, Namen, Raumgroesse, Stattfinden
from gremienplan.texts import Text

_MINUTE = timedelta(minutes=1)


def stattfinden(r: Stattfinden, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """Exactly one Termin of its own, begun on a day from ``von`` to ``bis``, exactly ``dauer`` minutes long.

    Its Ort is one of ``orte``; where ``orte`` is empty, the Termin names no Ort either. An item of a council
    sitting is no Termin of its own.
    """
    found = lagen.get(r.ereignis, ())
    yield from _einmal(r, found, namen)
    name = name_of(r.ereignis, namen)
    for lage in found:
        if not r.von <= lage.tag <= r.bis:
            meldung = Text(
                "{name}: {zeit} is not within {von} to {bis}.",
                name=name,
                zeit=wann(lage),
                von=r.von,
                bis=r.bis,
            )
            yield Finding(r, meldung, r.ereignisse)
        if lage.ende - lage.beginn != r.dauer * _MINUTE:
            meldung = Text(
                "{name}: {zeit} lasts {ist} minutes, not {soll}.",
                name=name,
                zeit=wann(lage),
                ist=(lage.ende - lage.beginn) // _MINUTE,
                soll=r.dauer,
            )
            yield Finding(r, meldung, r.ereignisse)
        if lage.ort not in (r.orte or ("",)):
            yield Finding(r, _ort(r, lage, namen), r.ereignisse)
        if lage.sitzung or lage.vortrag:
            meldung = Text(
                "{name}: {zeit} is an item of another sitting, not a Termin of its own.",
                name=name,
                zeit=wann(lage),
            )
            yield Finding(r, meldung, r.ereignisse)


def _ort(r: Stattfinden, lage: Lage, namen: Namen) -> Text:
    name, when = name_of(r.ereignis, namen), wann(lage)
    orte = tuple(name_of(ort, namen) for ort in r.orte)
    if not orte:
        ort = name_of(lage.ort, namen)
        return Text(
            "{name}: {zeit} names a place that is none of its own: {ort}.", name=name, zeit=when, ort=ort
        )
    if not lage.ort:
        return Text("{name}: {zeit} names no place. Possible: {orte}.", name=name, zeit=when, orte=orte)
    return Text(
        "{name}: {zeit} is at another place: {ort}. Possible: {orte}.",
        name=name,
        zeit=when,
        ort=name_of(lage.ort, namen),
        orte=orte,
    )


def raumgroesse(r: Raumgroesse, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """It is at no Ort that is too small for it."""
    zu_klein = dict(r.zu_klein)
    for lage in lagen.get(r.ereignis, ()):
        if lage.ort in zu_klein:
            meldung = Text(
                "{name}: {zeit} is at a place with room for {ist}, not at least {soll}: {ort}.",
                name=name_of(r.ereignis, namen),
                zeit=wann(lage),
                ist=zu_klein[lage.ort],
                soll=r.plaetze,
                ort=name_of(lage.ort, namen),
            )
            yield Finding(r, meldung, r.ereignisse)


def angesetzt(r: Angesetzt, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """Exactly one place in the plan, in a sitting that stands, at exactly that sitting's start and end.

    The sitting is known by its key. Each presenter is one Sitz that may do it, in the order of ``vortrag``.
    """
    found = lagen.get(r.ereignis, ())
    yield from _einmal(r, found, namen)
    for lage in found:
        yield from _sitzung(r, lage, namen)
        if not _presented(r, lage):
            meldung = Text(
                "{name}: {zeit} is presented by: {ist}. Possible: {soll}.",
                name=name_of(r.ereignis, namen),
                zeit=wann(lage),
                ist=tuple(name_of(sitz, namen) for sitz in lage.vortrag) or "–",
                soll=tuple(_oder(wahl, namen) for wahl in r.vortrag) or "–",
            )
            yield Finding(r, meldung, r.ereignisse)


def _sitzung(r: Angesetzt, lage: Lage, namen: Namen) -> Iterator[Finding]:
    name = name_of(r.ereignis, namen)
    sittings = [s for s in (*r.sitzungen, *r.spaeter) if s.key == lage.sitzung]
    if not sittings:
        meldung = Text(
            "{name}: {zeit} is in no sitting that stands of: {gremium}.",
            name=name,
            zeit=wann(lage),
            gremium=name_of(r.gremium, namen),
        )
        yield Finding(r, meldung, r.ereignisse)
    elif not any((s.beginn, s.ende) == (lage.beginn, lage.ende) for s in sittings):
        meldung = Text(
            "{name}: {zeit} is not the time of its sitting: {sitzung}.",
            name=name,
            zeit=wann(lage),
            sitzung=tuple(zeit(s.beginn, s.ende) for s in sittings),
        )
        yield Finding(r, meldung, r.ereignisse)


def _presented(r: Angesetzt, lage: Lage) -> bool:
    return len(lage.vortrag) == len(r.vortrag) and all(
        sitz in wahl for sitz, wahl in zip(lage.vortrag, r.vortrag, strict=True)
    )


def _oder(wahl: tuple[str, ...], namen: Namen) -> Text | str:
    """Say who may present one item: the first, or else one of the others."""
    erster, *andere = (name_of(sitz, namen) for sitz in wahl)
    return Text("{sitz} (or: {vertretung})", sitz=erster, vertretung=tuple(andere)) if andere else erster


def _einmal(r: Stattfinden | Angesetzt, found: tuple[Lage, ...], namen: Namen) -> Iterator[Finding]:
    name = name_of(r.ereignis, namen)
    if not found:
        yield Finding(r, Text("{name}: has no Termin.", name=name), r.ereignisse)
    elif len(found) > 1:
        meldung = Text(
            "{name}: stands in the plan more than once: {zeiten}.",
            name=name,
            zeiten=tuple(wann(lage) for lage in found),
        )
        yield Finding(r, meldung, r.ereignisse)
