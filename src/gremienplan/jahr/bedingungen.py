"""From the programme's ``[[bedingung]]`` and the facts of the world to requirements, one per rule and subject."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import assert_never

from attrs import evolve

from gremienplan import requirements as req
from gremienplan.jahr import orte
from gremienplan.jahr.grund import Ereignis, Grund, belegung, sitzungstage
from gremienplan.jahr.pflichten import gruppen
from gremienplan.programm import (
    Beratung,
    Beratungseintrag,
    Schranke,
    Sitzung,
    Sitzungseintrag,
    bedingungen as bed,
)
from gremienplan.quellen import TATSACHE, Authority, Grundlage
from gremienplan.ratskalender import FreierTag
from gremienplan.requirements import Dienst
from gremienplan.texts import Text


def requirements_of(
    grund: Grund, dienste: tuple[Dienst, ...], stand: datetime | None
) -> Iterator[req.Requirement]:
    """Yield every requirement of the year: the programme's entries, its conditions, the facts of the world."""
    for sitzung in grund.sitzungen:
        yield from _sitzung(grund, sitzung)
    for beratung in grund.beratungen:
        yield from _beratung(grund, beratung)
    if stand is not None:
        morgen = stand.date() + timedelta(days=1)
        for ereignis in grund.alle:
            yield req.Fenster(f"stand:{ereignis.id}", TATSACHE, ereignis.id, morgen, None)
    for bedingung in grund.projekt.programm.bedingungen:
        yield from _bedingung(grund, bedingung, dienste)
    yield from _tatsachen(grund, dienste)


def _sitzung(grund: Grund, s: Sitzung) -> Iterator[req.Requirement]:
    eintrag, von = s.eintrag, grund.span[0]
    bis = max(date(grund.jahr, 12, 31), s.fenster()[1])
    feste = grund.feste.get(s.id, ())
    fixed = [*(f.ort for f in feste), *(pin.ort for pin in grund.pins if pin.sitzung == s.id)]
    where = tuple(dict.fromkeys((*(ort.id for ort in s.orte), *filter(None, fixed))))
    yield req.Stattfinden(
        f"{eintrag.id}:{s.id}", eintrag.grundlage, s.id, grund.jahr, von, bis, s.dauer, where
    )
    for number, fest in enumerate(feste):
        key = f"fest.{number}:{s.id}" if number else f"fest:{s.id}"
        yield req.Fest(key, Grundlage(Authority.VORGABE), s.id, fest.beginn, fest.ort)
    yield from _pins(grund, s)
    if eintrag.fenster is not None:
        first, last = s.fenster()
        yield req.Fenster(f"{eintrag.id}.fenster:{s.id}", eintrag.fenster.grundlage, s.id, first, last)
    if grund.bestand(s) != (None, None):
        yield req.Fenster(f"bestand:{s.id}", TATSACHE, s.id, *grund.bestand(s))
    yield from _schranken(grund, s)


def _beratung(grund: Grund, b: Beratung) -> Iterator[req.Requirement]:
    von, bis = grund.span
    deputies = grund.vertretungen
    known = [
        req.Sitzungstag(s.zusammen, s.gremium, s.beginn, s.ende, s.name)
        for s in grund.projekt.ratskalender.von_gremium(b.gremium.id)
        if von <= s.tag
    ]
    sittings = tuple(s for s in known if s.tag <= bis)
    after = sorted((s for s in known if s.tag > bis), key=lambda s: s.beginn)
    later = tuple(after[:1] if b.eintrag.spaetestens else ())
    vortrag = tuple((sitz.id, *((deputies[sitz.id],) if sitz.id in deputies else ())) for sitz in b.vortrag)
    yield req.Angesetzt(
        f"{b.eintrag.id}:{b.id}", b.eintrag.grundlage, b.id, b.gremium.id, sittings, vortrag, later
    )
    yield from _pins(grund, b)
    yield from _schranken(grund, b)


def _pins(grund: Grund, ereignis: Ereignis) -> Iterator[req.Fest]:
    for pin in (pin for pin in grund.pins if pin.sitzung == ereignis.id):
        word, weil = Grundlage(Authority.VORGABE), Text("it is pinned")
        key = f"pin:{ereignis.id}"
        only_day = pin.uhr is None
        yield req.Fest(key, word, ereignis.id, pin.beginn, pin.ort, nur_tag=only_day, weil=weil)


def _schranken(grund: Grund, ereignis: Ereignis) -> Iterator[req.Fenster]:
    eintrag = ereignis.eintrag
    if eintrag.fruehestens:
        tag = _tag(eintrag, eintrag.fruehestens, grund.jahr)
        key = f"{eintrag.id}.fruehestens:{ereignis.id}"
        yield req.Fenster(key, eintrag.fruehestens.grundlage, ereignis.id, tag, None)
    if eintrag.spaetestens:
        tag = _tag(eintrag, eintrag.spaetestens, grund.jahr)
        key = f"{eintrag.id}.spaetestens:{ereignis.id}"
        yield req.Fenster(key, eintrag.spaetestens.grundlage, ereignis.id, None, tag)


def _tag(eintrag: Sitzungseintrag | Beratungseintrag, schranke: Schranke, jahr: int) -> date:
    """Return the day of a bound; in a window that runs into the next year, the early days are that year's."""
    fenster = eintrag.fenster if isinstance(eintrag, Sitzungseintrag) else None
    runs_on = fenster is not None and fenster.bis < fenster.von and schranke.tag <= fenster.bis
    return schranke.tag.on(jahr + 1 if runs_on else jahr)


def _bedingung(grund: Grund, b: bed.Bedingung, dienste: tuple[Dienst, ...]) -> Iterator[req.Requirement]:
    freitage = grund.projekt.freitage
    match b:
        case bed.Reihenfolge():
            yield from _reihenfolge(grund, b)
        case bed.Mindestabstand() | bed.Anzahl():
            yield from _je_gremium(grund, b)
        case bed.Tageszeit():
            for s in grund.of(b.gremium):
                yield req.Tageszeit(f"{b.id}:{s.id}", b.grundlage, s.id, b.von, b.bis)
        case bed.Wochentage():
            for s in grund.of(b.gremium):
                yield req.Wochentage(f"{b.id}:{s.id}", b.grundlage, s.id, b.tage)
        case bed.KeineFeiertage():
            for s in grund.of(b.gremium):
                tage = _im_jahr(grund, freitage.feiertage)
                yield req.Sperrtage(f"{b.id}:{s.id}", b.grundlage, s.id, "feiertage", tage)
        case bed.KeineSchulferien():
            for s in grund.of(b.gremium):
                tage = _im_jahr(grund, freitage.ferien)
                yield req.Sperrtage(f"{b.id}:{s.id}", b.grundlage, s.id, "schulferien", tage)
        case bed.KeineUeberschneidung():
            yield from _ueberschneidung(grund, b)
        case bed.NichtAmTag():
            for s in grund.of(b.gremium):
                tage = tuple(
                    req.Sperre(*sitzungstage(r), grund.projekt.stadt.gremium_name(gremium))
                    for r, gremium in grund.politisch
                    if not b.mit
                    or ({gremium.art.id, gremium.id} & set(b.mit) and grund.touch(gremium, s, r.tag))
                )
                yield req.Sperrtage(f"{b.id}:{s.id}", b.grundlage, s.id, "sitzungstage", tage)
        case bed.Raumgroesse():
            yield from orte.raumgroesse(grund, b)
        case bed.Wegezeit():
            for d in (d for d in dienste if d.pflichten):
                yield req.Wegezeit(
                    f"{b.id}:{d.key}", b.grundlage, d.sitz, d.pflichten, b.minuten, d.belegt, d.mit
                )
            for r in _eine_von(grund, dienste):
                yield evolve(r, id=f"{b.id}:{r.id}", grundlage=b.grundlage, minuten=b.minuten)
        case _:
            assert_never(b)


def _reihenfolge(grund: Grund, b: bed.Reihenfolge) -> Iterator[req.Requirement]:
    for erst, dann in grund.ordered(b.erst, b.dann):
        if b.im_selben_gremium and erst.gremium.id != dann.gremium.id:
            continue
        wer = f"{erst.id}>{dann.id}"
        yield req.Reihenfolge(f"{b.id}:{wer}", b.grundlage, erst.id, dann.id, 0 if b.am_selben_tag else 1)
        if b.abstand:
            yield req.Reihenfolge(
                f"{b.id}.abstand:{wer}", b.abstand.grundlage, erst.id, dann.id, b.abstand.tage
            )
        if b.hoechstens:
            yield req.Hoechstabstand(
                f"{b.id}.hoechstens:{wer}", b.hoechstens.grundlage, erst.id, dann.id, b.hoechstens.tage
            )


def _je_gremium(grund: Grund, b: bed.Mindestabstand | bed.Anzahl) -> Iterator[req.Requirement]:
    for gremium in grund.eigene.values():
        if not {gremium.art.id, gremium.id} & set(b.gremium):
            continue
        events = tuple(s.id for s in grund.sitzungen if s.gremium.id == gremium.id)
        key = f"{b.id}:{gremium.id}"
        if isinstance(b, bed.Mindestabstand):
            if len(events) > 1:
                yield req.Mindestabstand(key, b.grundlage, gremium.id, events, b.tage)
            continue
        events = tuple(
            s.id for s in grund.sitzungen if s.gremium.id == gremium.id and b.counts(s.eintrag.anlass)
        )
        known = grund.projekt.programm.anlaesse
        topics = tuple(known[a].name if a in known else a for a in b.anlass)
        first, last = (tag.year for tag in grund.span)
        for jahr in range(first, last + 1 if b.max is not None else first):
            key = f"{b.id}.max:{gremium.id}" if jahr == grund.jahr else f"{b.id}.max:{gremium.id}:{jahr}"
            yield req.Anzahl(key, b.grundlage, gremium.id, events, jahr, max=b.max, anlass=topics)
        if b.min is not None:
            key = f"{b.id}.min:{gremium.id}"
            yield req.Anzahl(key, b.grundlage, gremium.id, events, grund.jahr, min=b.min, anlass=topics)


def _ueberschneidung(grund: Grund, b: bed.KeineUeberschneidung) -> Iterator[req.Requirement]:
    unknown = tuple(belegung(r) for r in grund.ratssitzungen if r.gremium not in grund.gremien)
    for s in grund.of(b.gremium):
        known = tuple(
            dict.fromkeys(
                belegung(r)
                for r, gremium in grund.politisch
                if not b.mit or ({gremium.art.id, gremium.id} & set(b.mit) and grund.touch(gremium, s, r.tag))
            )
        )
        yield req.KeineUeberschneidung(f"{b.id}:{s.id}", b.grundlage, s.id, known)
        if b.puffer:
            yield req.KeineUeberschneidung(
                f"{b.id}.puffer:{s.id}", b.puffer.grundlage, s.id, known, b.puffer.minuten
            )
        if b.unbekannte:
            yield req.KeineUeberschneidung(
                f"{b.id}.unbekannte:{s.id}", b.unbekannte.grundlage, s.id, unknown, unbekannt=True
            )


def _tatsachen(grund: Grund, dienste: tuple[Dienst, ...]) -> Iterator[req.Requirement]:
    for d in dienste:
        if len(d.pflichten) > 1 or (d.pflichten and d.belegt):
            yield req.Verfuegbar(f"verfuegbar:{d.key}", TATSACHE, d.sitz, d.pflichten, d.belegt, d.mit)
    yield from orte.frei(grund)
    yield from _eine_von(grund, dienste)


def _eine_von(grund: Grund, dienste: tuple[Dienst, ...]) -> Iterator[req.EineVon]:
    for g, sitze in gruppen(grund, dienste):
        key = f"eine-von:{g.regel.id}:{g.ereignis}" + (f":{g.ab}" if g.ab else "")
        yield req.EineVon(key, g.regel.grundlage, g.ereignis, sitze, g.ab, g.bis)


def _im_jahr(grund: Grund, tage: tuple[FreierTag, ...]) -> tuple[req.Sperre, ...]:
    von, bis = grund.span
    return tuple(req.Sperre(t.von, t.bis, t.name) for t in tage if t.bis >= von and t.von <= bis)
