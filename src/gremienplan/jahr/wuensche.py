"""From the programme's ``[[wunsch]]`` to preferences, one per wish and subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import assert_never

from gremienplan import requirements as req
from gremienplan.jahr import gerecht, orte, robust
from gremienplan.jahr.grund import Grund, belegung, concerns, ganze_tage, sitzungstage
from gremienplan.programm import meidezeiten, wuensche as w
from gremienplan.projekt import Fremdtermin
from gremienplan.ratskalender import brueckentage
from gremienplan.requirements import Dienst

_Meiden = w.Brueckentage | w.Schulferien | w.MeideGremien | w.Meidetage


def preferences_of(
    grund: Grund,
    dienste: tuple[Dienst, ...],
    requirements: Sequence[req.Requirement],
    stand: datetime | None,
) -> Iterator[req.Preference]:
    """Yield every preference of the year, in the order of the programme."""
    for wunsch in grund.projekt.programm.wuensche:
        if isinstance(wunsch, w.Robust):
            yield from robust.robust(wunsch, requirements, stand)
        else:
            yield from _wunsch(grund, wunsch, dienste)


def _wunsch(grund: Grund, x: w.Wunsch, dienste: tuple[Dienst, ...]) -> Iterator[req.Preference]:
    match x:
        case w.Gewohnt():
            for s in grund.of(x.gremium):
                if g := s.gremium.gewohnt:
                    yield req.Gewohnt(
                        f"{x.id}:{s.id}",
                        g.grundlage,
                        x.stufe,
                        s.id,
                        g.wochentag,
                        g.beginn,
                        x.gewicht_tag,
                        x.gewicht_zeit,
                    )
        case w.Gleichmaessig():
            yield from _gleichmaessig(grund, x)
        case w.Vorher():
            for a, b in grund.pairs(x.erst, x.dann):
                yield req.Vorher(f"{x.id}:{a.id}>{b.id}", x.grundlage, x.stufe, a.id, b.id, x.gewicht)
        case w.Danach():
            yield from _danach(grund, x)
        case w.Verteilt():
            events = tuple(s.id for s in grund.of([x.gremium]))
            if len(events) > x.je_woche:
                yield req.Verteilt(x.id, x.grundlage, x.stufe, events, x.je_woche, x.gewicht)
        case w.Abendlast():
            yield from _abendlast(x, dienste)
        case w.SelbstVortragen():
            for b in grund.beratungen:
                if b.eintrag.id in x.beratung and any(s.id in grund.vertretungen for s in b.vortrag):
                    wer = tuple(s.id for s in b.vortrag)
                    yield req.Selbst(f"{x.id}:{b.id}", x.grundlage, x.stufe, b.id, wer, x.gewicht)
        case w.Wechsel():
            yield from orte.wechsel(grund, x)
        case w.Ausgleich():
            yield from gerecht.ausgleich(grund, x, dienste)
        case w.Brueckentage() | w.Schulferien() | w.MeideGremien() | w.Meidetage():
            yield from _meiden(grund, x)
        case w.FremdeTermine():
            yield from _fremde(grund, x)
        case w.Robust():
            pass  # looks at requirements
        case _:
            assert_never(x)


def _gleichmaessig(grund: Grund, x: w.Gleichmaessig) -> Iterator[req.Preference]:
    for erst, dann in pairwise(x.folge):
        for a, b in grund.pairs(erst, dann):
            key = f"{x.id}:{a.id}>{b.id}"
            yield req.Abstandswunsch(
                key, x.grundlage, x.stufe, a.id, b.id, x.mindestens, x.hoechstens, x.gewicht
            )


def _danach(grund: Grund, x: w.Danach) -> Iterator[req.Preference]:
    for eintrag in x.nach:
        for a in grund.ereignisse.get(eintrag, ()):
            events = tuple(s.id for s in grund.of([x.gremium]) if concerns(s.gebiet, a.gebiet))
            if events:
                yield req.Danach(f"{x.id}:{a.id}", x.grundlage, x.stufe, a.id, events, x.tage, x.gewicht)


def _abendlast(x: w.Abendlast, dienste: tuple[Dienst, ...]) -> Iterator[req.Preference]:
    for d in dienste:
        if d.sitz.partition("/")[0] not in x.rollen:
            continue
        events = tuple(dict.fromkeys(pflicht.ereignis for pflicht in d.pflichten))
        evening = tuple(b for b in d.belegt if b.bis.date() > b.von.date() or b.bis.time() > x.ab)
        yield req.Abendlast(
            f"{x.id}:{d.sitz}", x.grundlage, x.stufe, d.sitz, events, evening, x.ab, x.je_woche, x.gewicht
        )


def _meiden(grund: Grund, x: _Meiden) -> Iterator[req.Preference]:
    grund_, belegt = _zeit(grund, x)
    for s in grund.of(x.gremium):
        yield req.Meiden(f"{x.id}:{s.id}", x.grundlage, x.stufe, s.id, grund_, belegt, x.gewicht)


def _fremde(grund: Grund, x: w.FremdeTermine) -> Iterator[req.Preference]:
    """Yield one wish for each Sitzung: of what others do, that which matters where its Gremium is."""
    found = [f for f in grund.fremde if not x.kalender or f.kalender in x.kalender]
    for s in grund.of(x.gremium):
        mine = (f for f in found if f.gebiet is None or grund.touch_area(f.gebiet, s, f.von.date()))
        belegt = tuple(
            ganze_tage(f.von.date(), _letzter_tag(f), f.was)
            if x.am_tag
            else req.Belegung(f.von, f.bis, f.was)
            for f in mine
        )
        yield req.Meiden(f"{x.id}:{s.id}", x.grundlage, x.stufe, s.id, "fremde-termine", belegt, x.gewicht)


def _letzter_tag(termin: Fremdtermin) -> date:
    """Return the last day of a date; one that ends at midnight does not reach into the next day."""
    return max(termin.von.date(), (termin.bis - timedelta(microseconds=1)).date())


def _zeit(grund: Grund, x: _Meiden) -> tuple[str, tuple[req.Belegung, ...]]:
    von, bis = grund.span
    freitage = grund.projekt.freitage
    match x:
        case w.Brueckentage():
            jahre = range(von.year, bis.year + 1)
            tage = [tag for jahr in jahre for tag in brueckentage(freitage, jahr)]
            return "brueckentage", tuple(ganze_tage(t.von, t.bis, t.name) for t in tage)
        case w.Schulferien():
            return "schulferien", tuple(
                ganze_tage(t.von, t.bis, t.name) for t in freitage.ferien if t.bis >= von and t.von <= bis
            )
        case w.MeideGremien():
            sittings = [r for r, gremium in grund.politisch if not {gremium.art.id, gremium.id} & set(x.ohne)]
            if x.am_tag:
                return "sitzungstage", tuple(
                    dict.fromkeys(ganze_tage(*sitzungstage(r), r.name) for r in sittings)
                )
            return "gremien", tuple(dict.fromkeys(belegung(r) for r in sittings))
        case w.Meidetage():
            gemeint = (m for m in grund.projekt.programm.meidetage if not x.meide or m.id in x.meide)
            return "meidetage", tuple(
                req.Belegung(zeit.von, zeit.bis, zeit.meidetag.wort)
                for zeit in meidezeiten(gemeint, range(von.year - 1, bis.year + 2))
                if zeit.bis.date() >= von and zeit.von.date() <= bis
            )
