"""What the Orte demand: one Sitzung at a time, none while something else occupies them, room for all who come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from gremienplan import requirements as req
from gremienplan.jahr.grund import Grund, ganze_tage
from gremienplan.orte import Ort, Wochenbelegung
from gremienplan.programm import Sitzung, bedingungen as bed, wuensche as w
from gremienplan.quellen import TATSACHE
from gremienplan.stadt import Gremium, Stadt, gilt
from gremienplan.texts import Text

_TAG, _WOCHE = timedelta(days=1), timedelta(days=7)


def frei(grund: Grund) -> Iterator[req.OrtFrei]:
    """Yield when each Ort can be had: what occupies it every week stands on a word of its own, per Sitzung."""
    for ort in grund.orte.values():
        events = tuple(s.id for s in grund.sitzungen if _allowed(s, ort) or _fixed(grund, s.id, ort))
        besetzt = (
            *(req.Belegung(b.von, b.bis, b.was) for b in grund.projekt.besetzt if b.wer == ort.id),
            *_ohne(grund, ort),
        )
        if len(events) > 1 or besetzt:
            yield req.OrtFrei(f"ort:{ort.id}", TATSACHE, ort.id, events, besetzt)
        for number, (woche, fassungen) in enumerate(_wochen(grund, ort).items(), 1):
            times = tuple(_times(grund, woche, fassungen))
            for event in events:
                key = f"ort.belegt.{number}:{ort.id}:{event}"
                yield req.OrtFrei(key, woche.grundlage, ort.id, (event,), times, woche.was)


def _allowed(sitzung: Sitzung, ort: Ort) -> bool:
    return any(own.id == ort.id for own in sitzung.orte)


def _ohne(grund: Grund, ort: Ort) -> Iterator[req.Belegung]:
    """Yield the days of the year on which there is no such Ort."""
    von, bis = grund.span
    for fassung in grund.fassungen:
        if ort.id not in fassung.orte:
            first, last = max(von, fassung.gueltig_ab or von), min(bis, fassung.gueltig_bis or bis)
            yield ganze_tage(first, last, Text("there is no such Ort"))


def _wochen(grund: Grund, ort: Ort) -> dict[Wochenbelegung, list[Stadt]]:
    """Return what occupies an Ort every week, and the city in the spans of days in which it says so."""
    found: dict[Wochenbelegung, list[Stadt]] = {}
    for fassung in grund.fassungen:
        for woche in fassung.orte[ort.id].belegt if ort.id in fassung.orte else ():
            found.setdefault(woche, []).append(fassung)
    return found


def _fixed(grund: Grund, sitzung: str, ort: Ort) -> bool:
    return any(fest.ort == ort.id for fest in grund.feste.get(sitzung, ()))


def _times(grund: Grund, woche: Wochenbelegung, fassungen: list[Stadt]) -> Iterator[req.Belegung]:
    """Yield every time in the year's span, and on the day after it, for a Sitzung may run past midnight."""
    von, bis = grund.span
    tag = von + (woche.wochentag - von.weekday()) % 7 * _TAG
    while tag <= bis + _TAG:
        if gilt(woche.gueltig_ab, woche.gueltig_bis, tag) and any(
            gilt(f.gueltig_ab, f.gueltig_bis, tag) for f in fassungen
        ):
            times = (datetime.combine(tag, woche.von), datetime.combine(tag, woche.bis))
            yield req.Belegung(*times, woche.was)
        tag += _WOCHE


def raumgroesse(grund: Grund, b: bed.Raumgroesse) -> Iterator[req.Raumgroesse]:
    """Yield what each Sitzung needs that could be held where there is too little room."""
    for s in grund.of(b.gremium):
        orte = (o for o in grund.orte.values() if _allowed(s, o) or _fixed(grund, s.id, o))
        small = tuple((o.id, o.plaetze) for o in orte if o.plaetze is not None and o.plaetze < b.plaetze)
        if small:
            yield req.Raumgroesse(f"{b.id}:{s.id}", b.grundlage, s.id, b.plaetze, small)


def wechsel(grund: Grund, x: w.Wechsel) -> Iterator[req.Wechsel]:
    """Yield one wish per Gremium with two Sitzungen or more; what cannot be had all year takes no part."""
    wanted = set(x.gremium)
    for gremium in grund.eigene.values():
        events = [s for s in grund.sitzungen if s.gremium.id == gremium.id]
        if {gremium.art.id, gremium.id} & wanted and len(events) > 1:
            orte = tuple(ort.id for ort in _orte(grund, gremium) if not _out(grund, gremium, ort))
            ids = tuple(s.id for s in events)
            yield req.Wechsel(f"{x.id}:{gremium.id}", x.grundlage, x.stufe, gremium.id, ids, orte, x.gewicht)


def _orte(grund: Grund, gremium: Gremium) -> tuple[Ort, ...]:
    found = {ort.id: ort for s in grund.sitzungen if s.gremium.id == gremium.id for ort in s.orte}
    return tuple(found.values())


def _out(grund: Grund, gremium: Gremium, ort: Ort) -> bool:
    """Tell whether an Ort is too small, or closed from the first to the last day."""
    needed = [
        b.plaetze
        for b in grund.projekt.programm.bedingungen
        if isinstance(b, bed.Raumgroesse) and {gremium.art.id, gremium.id} & set(b.gremium)
    ]
    if ort.plaetze is not None and ort.plaetze < max(needed, default=0):
        return True
    von = datetime.combine(grund.span[0], datetime.min.time())
    bis = datetime.combine(grund.span[1] + _TAG, datetime.min.time())
    return any(b.wer == ort.id and b.von <= von and bis <= b.bis for b in grund.projekt.besetzt)
