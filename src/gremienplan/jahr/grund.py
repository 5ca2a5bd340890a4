"""What the parts of the compile step share: the span of the year, its events by entry, bodies and their sittings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property

from attrs import frozen

from gremienplan.orte import Ort
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Festlegung, Fremdtermin, Pin, Projekt
from gremienplan.ratskalender import Ratssitzung
from gremienplan.requirements import Belegung
from gremienplan.stadt import Gebiet, Gremienart, Gremium, Klasse, Stadt
from gremienplan.texts import Text

Ereignis = Sitzung | Beratung


@frozen
class Grund:
    """One year of a project, looked up in the ways the compile step needs."""

    projekt: Projekt
    jahr: int
    sitzungen: tuple[Sitzung, ...]
    beratungen: tuple[Beratung, ...]

    @cached_property
    def span(self) -> tuple[date, date]:
        """First and last day an event may fall on."""
        ends = [sitzung.fenster()[1] for sitzung in self.sitzungen]
        return date(self.jahr, 1, 1), max([date(self.jahr, 12, 31), *ends])

    @cached_property
    def feste(self) -> Mapping[str, tuple[Festlegung, ...]]:
        """Id of a Sitzung -> what somebody else has fixed of it."""
        found: dict[str, list[Festlegung]] = {}
        for fest in self.projekt.fest:
            if fest.of(self.jahr):
                found.setdefault(fest.sitzung, []).append(fest)
        return {sitzung: tuple(feste) for sitzung, feste in found.items()}

    @cached_property
    def pins(self) -> tuple[Pin, ...]:
        """What the planner has pinned in this year."""
        return tuple(pin for pin in self.projekt.pins if pin.of(self.jahr))

    @property
    def alle(self) -> tuple[Ereignis, ...]:
        """Every Sitzung and Beratung of the year."""
        return (*self.sitzungen, *self.beratungen)

    @cached_property
    def ereignisse(self) -> Mapping[str, tuple[Ereignis, ...]]:
        """Id of a programme entry -> its events in this year."""
        found: dict[str, list[Ereignis]] = {}
        for ereignis in self.alle:
            found.setdefault(ereignis.eintrag.id, []).append(ereignis)
        return {eintrag: tuple(events) for eintrag, events in found.items()}

    def pairs(self, erst: str, dann: str) -> Iterator[tuple[Ereignis, Ereignis]]:
        """Yield the events of two programme entries that concern each other."""
        for a in self.ereignisse.get(erst, ()):
            for b in self.ereignisse.get(dann, ()):
                if concerns(a.gebiet, b.gebiet):
                    yield a, b

    def ordered(self, erst: str, dann: str) -> Iterator[tuple[Ereignis, Ereignis]]:
        """Yield the same; what was added by hand comes after all that comes before the entry it is like."""
        yield from self.pairs(erst, dann)
        for b in (s for s in self.sitzungen if s.wie == dann):
            yield from ((a, b) for a in self.ereignisse.get(erst, ()) if concerns(a.gebiet, b.gebiet))

    def of(self, gremien: Iterable[str]) -> Iterator[Sitzung]:
        """Yield the Sitzungen of these Gremienarten or Gremien."""
        wanted = set(gremien)
        return (s for s in self.sitzungen if s.gremium.art.id in wanted or s.gremium.id in wanted)

    @cached_property
    def gremien(self) -> Mapping[str, Gremium]:
        """Every Gremium of the city and every body the import made, by id."""
        stadt = self.projekt.stadt
        ganze = stadt.gebiete_von("stadt")[0]
        made = {
            a.id: Gremium(
                Gremienart(a.id.partition("/")[0], "stadt", a.name, Klasse.POLITISCH, a.dauer), ganze
            )
            for a in self.projekt.ratskalender.ausschuesse
        }
        return {**made, **stadt.alle_gremien}

    @cached_property
    def eigene(self) -> Mapping[str, Gremium]:
        """The Gremien the city has on any day of the year."""
        return self.projekt.stadt.gremien_zwischen(date(self.jahr, 1, 1), date(self.jahr, 12, 31))

    @cached_property
    def fassungen(self) -> tuple[Stadt, ...]:
        """The city on the days an event may fall on."""
        return self.projekt.stadt.zwischen(*self.span)

    @cached_property
    def orte(self) -> Mapping[str, Ort]:
        """Every Ort there is on any of these days, by id, as on the first of them."""
        return {id: ort for f in reversed(self.fassungen) for id, ort in f.orte.items()}

    @cached_property
    def vertretungen(self) -> Mapping[str, str]:
        """Sitz -> the Sitz that may present in its place, on any of these days."""
        return {sitz: wer for f in reversed(self.fassungen) for sitz, wer in f.vertretungen.items()}

    def bestand(self, sitzung: Sitzung) -> tuple[date | None, date | None]:
        """Return first and last day on which there is the Gremium of a Sitzung; None where it outlasts the year."""
        da = [f for f in self.projekt.stadt.fassungen if sitzung.gremium.id in f.gremien]
        ab, bis = da[0].gueltig_ab, da[-1].gueltig_bis
        return ab if ab and ab > self.span[0] else None, bis if bis and bis < self.span[1] else None

    def touch(self, gremium: Gremium, sitzung: Sitzung, tag: date) -> bool:
        """Tell whether the Gebiete of a body and of a Sitzung's Gremium share an atom on a day."""
        own = self.projekt.stadt.gremium_am(sitzung.gremium, tag)
        return own is not None and gremium.gebiet.touches(own.gebiet)

    def touch_area(self, gebiet: str, sitzung: Sitzung, tag: date) -> bool:
        """Tell whether an area, by its key, and the one of a Sitzung's Gremium share an atom on a day."""
        stadt = self.projekt.stadt
        area, own = stadt.am(tag).gebiet.get(gebiet), stadt.gremium_am(sitzung.gremium, tag)
        return area is not None and own is not None and area.touches(own.gebiet)

    @cached_property
    def fremde(self) -> tuple[Fremdtermin, ...]:
        """What others do on days that can matter for this year."""
        von, bis = self.span
        return tuple(
            f for f in self.projekt.fremd if von <= f.bis.date() and f.von.date() <= bis + timedelta(days=1)
        )

    @cached_property
    def ratssitzungen(self) -> tuple[Ratssitzung, ...]:
        """The sittings of the council calendar that can matter for this year."""
        von, bis = self.span
        rand = timedelta(days=1)
        return tuple(
            s
            for s in self.projekt.ratskalender.sitzungen
            if von - rand <= s.ende.date() and s.tag <= bis + rand
        )

    @cached_property
    def politisch(self) -> tuple[tuple[Ratssitzung, Gremium], ...]:
        """The sittings of bodies we know, with the body as it is on that day."""
        stadt, gremien = self.projekt.stadt, self.gremien
        return tuple(
            (s, stadt.gremium_am(gremien[s.gremium], s.tag) or gremien[s.gremium])
            for s in self.ratssitzungen
            if s.gremium in gremien
        )


def concerns(a: Gebiet, b: Gebiet) -> bool:
    """Tell whether what happens for one area matters for the other: the same one, or areas of two levels that touch.

    Two areas of one level are two matters, also on a level whose areas overlap.
    """
    return a.key == b.key if a.ebene == b.ebene else a.touches(b)


def sitzungstage(sitzung: Ratssitzung) -> tuple[date, date]:
    """Return first and last day of a sitting; one that ends at midnight does not reach into the next day."""
    return sitzung.tag, max(sitzung.tag, (sitzung.ende - timedelta(microseconds=1)).date())


def belegung(sitzung: Ratssitzung) -> Belegung:
    """Return the busy time of a sitting; that of a joint one is the same for all of its bodies."""
    return Belegung(sitzung.beginn, sitzung.ende, sitzung.name, sitzung.zusammen)


def ganze_tage(von: date, bis: date, was: str | Text) -> Belegung:
    """Return the busy time of whole days, both inclusive."""
    start = datetime.combine(von, datetime.min.time())
    return Belegung(start, datetime.combine(bis, datetime.min.time()) + timedelta(days=1), was)
