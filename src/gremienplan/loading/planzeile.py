"""One row of a plan's list that comes back: is its date, time or Ort another one, and can that be?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property

from attrs import evolve, frozen

from gremienplan.loading.angaben import closest
from gremienplan.loading.planzellen import Tagesangabe, Zellen, read_day, read_hour, wort
from gremienplan.loading.tabelle_zeilen import Zeile
from gremienplan.loading.tabelle_zeiten import read_wochentag
from gremienplan.plan import Beratungstermin, Plan, Termin
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Pin, Projekt
from gremienplan.ratskalender import Ratssitzung
from gremienplan.tabellen import FEST, NICHTS, PLANSPALTEN, ZUSTAENDE, Wert, clean, ort_names, siegel, zelle
from gremienplan.texts import Text, render
from gremienplan.uhr import unclear

_PLATZ = {spalte.id: n for n, spalte in enumerate(PLANSPALTEN)}
_ANGABEN = ("datum", "beginn", "ort")
"""Columns that say where an event is to lie."""
_GENANNT = 8
"""How many Orte are named where none is near."""
_MINUTE = timedelta(minutes=1)


@frozen
class Vorher:
    """What the plan said of an event when its list was written."""

    beginn: datetime | None = None
    """None: it had no date."""
    ort: str = ""
    zustand: str = ""
    """The state it had; empty in lists of older versions, which do not say."""
    worte: str = ""
    """The seal of what is not to be edited; empty as well."""

    @property
    def lage(self) -> tuple[datetime | None, str]:
        """Where it lay."""
        return self.beginn, self.ort


@frozen
class Aenderung:
    """One event whose date, time or Ort was edited: where it is to lie, and what of that was edited."""

    jetzt: Termin | Beratungstermin
    stellen: tuple[str, ...]
    """The cells that were edited."""
    uhr: bool = False
    """Its time was edited."""
    ort: bool = False

    @property
    def ereignis(self) -> str:
        """Its id."""
        return self.jetzt.sitzung if isinstance(self.jetzt, Termin) else self.jetzt.beratung

    def pin(self, jahr: int, bisher: Pin | None = None) -> Pin:
        """Return the pin: its day, and its time and Ort where they were edited, or pinned before."""
        beginn = self.jetzt.beginn
        uhr = beginn.time() if self.uhr or (bisher and bisher.uhr) else None
        ort = (
            self.jetzt.ort if isinstance(self.jetzt, Termin) and (self.ort or (bisher and bisher.ort)) else ""
        )
        return Pin(self.ereignis, beginn.date(), uhr, ort, jahr)


@frozen
class _Angabe:
    """What the cells of one row say."""

    tag: date | None
    uhr: time | None
    ort: str
    """Id of the Ort; of an item whatever stands there."""


def _parts(vorher: Vorher) -> tuple[date | None, time | None, str]:
    beginn = vorher.beginn
    return (beginn.date(), beginn.time(), vorher.ort) if beginn else (None, None, vorher.ort)


@frozen
class Zeilenleser:
    """What it takes to understand a row."""

    projekt: Projekt
    plan: Plan
    stand: datetime | None
    sprache: str
    zellen: Zellen

    @cached_property
    def ereignisse(self) -> Mapping[str, Sitzung | Beratung]:
        """Id -> what the programme asks for."""
        jahr = self.plan.jahr
        found: tuple[Sitzung | Beratung, ...] = (
            *self.projekt.sitzungen(jahr),
            *self.projekt.beratungen(jahr),
        )
        return {ereignis.id: ereignis for ereignis in found}

    @cached_property
    def termine(self) -> Mapping[str, Termin | Beratungstermin]:
        """Id -> where the plan has it."""
        items = {b.beratung: b for b in self.plan.beratungen}
        return {**items, **{t.sitzung: t for t in self.plan.termine}}

    @cached_property
    def orte(self) -> Mapping[str, tuple[str, ...]]:
        """Name or id of an Ort, in small letters -> the ids it may mean."""
        found: dict[str, tuple[str, ...]] = {}
        for id, ort in self.projekt.stadt.alle_orte.items():
            for word in {id.casefold(), self.namen[id].casefold(), clean(ort.name).casefold()}:
                found[word] = (*found.get(word, ()), id)
        return found

    @cached_property
    def namen(self) -> Mapping[str, str]:
        """Id of an Ort -> what the list calls it."""
        return ort_names(self.projekt.stadt)

    def unchanged(self, kennung: str, vorher: Vorher) -> bool:
        """Tell whether the plan still says what it said when the list was written."""
        return vorher.lage == self._now(kennung)

    def overtaken(self, zeile: Zeile, kennung: str, vorher: Vorher) -> bool:
        """Tell whether the plan has something else since the list was written, which this row does not say."""
        if self.unchanged(kennung, vorher):
            return False
        return self._caught_up(zeile, kennung, vorher) is vorher

    def _now(self, kennung: str) -> tuple[datetime | None, str]:
        jetzt = self.termine.get(kennung)
        return (jetzt.beginn, getattr(jetzt, "ort", "")) if jetzt else (None, "")

    def _caught_up(self, zeile: Zeile, kennung: str, vorher: Vorher) -> Vorher:
        """Return what the plan says now, where the row says the same of all that has changed; else ``vorher``.

        So what was taken from a list before is nothing new in it.
        """
        angabe = evolve(self, zellen=evolve(self.zellen, problems=[]))._read(zeile, kennung, vorher)
        if angabe is None:
            return vorher
        now = evolve(vorher, beginn=(lage := self._now(kennung))[0], ort=lage[1])
        was, there, said = _parts(vorher), _parts(now), (angabe.tag, angabe.uhr, angabe.ort)
        follows = set[int]()
        """What a row need not say: the time of an item follows from its day, the only Ort from there being a date."""
        if said[0] == there[0] != was[0]:
            follows = {1} if isinstance(self.ereignisse[kennung], Beratung) else {2} if not was[2] else set()
        agreed = (
            here in (before, say) or (n in follows and say == before)
            for n, (before, here, say) in enumerate(zip(was, there, said, strict=True))
        )
        return now if all(agreed) else vorher

    def lies(self, zeile: Zeile, kennung: str, vorher: Vorher, soll: Sequence[Wert]) -> Aenderung | None:
        """Return what was edited; None where nothing was, or where something is wrong, which is then noted."""
        before = len(self.zellen.problems)
        self._check_fixed(zeile, kennung, vorher, soll)
        angabe = self._read(zeile, kennung, vorher)
        if angabe is None:
            return None
        there = vorher if self.unchanged(kennung, vorher) else self._caught_up(zeile, kennung, vorher)
        said = (angabe.tag, angabe.uhr, angabe.ort)
        edited = [
            spalte
            for spalte, before, now, say in zip(_ANGABEN, _parts(vorher), _parts(there), said, strict=True)
            if say not in (before, now)
        ]
        neu = None
        if edited and angabe.tag and self._may_move(zeile, kennung, there, edited[0]):
            neu = self._moved(zeile, kennung, angabe, angabe.tag, edited)
        if neu is not None and self._is_past(neu.beginn):
            self._problem(zeile, "datum", Text("This is past: {beginn}", beginn=neu.beginn))
        if self.unchanged(kennung, vorher):
            self._end_fits(zeile, kennung, neu)
        if neu is None or len(self.zellen.problems) > before:
            return None
        stellen = tuple(self.zellen.stelle(zeile, spalte) for spalte in edited)
        return Aenderung(neu, stellen, "beginn" in edited, "ort" in edited)

    # --- what the cells say --------------------------------------------------------------------------------

    def _read(self, zeile: Zeile, kennung: str, vorher: Vorher) -> _Angabe | None:
        """Return what date, time and Ort the row says; None, with problems, where that cannot be understood."""
        tag, uhr = self._day(zeile, vorher), read_hour(self.zellen.zelle(zeile, "beginn"))
        ort: str | Text = ""
        if isinstance(self.ereignisse[kennung], Sitzung):
            ort = self._ort(self.zellen.wort(zeile, "ort"), vorher.ort)
        for spalte, found in (("datum", tag), ("beginn", uhr), ("ort", ort)):
            if isinstance(found, Text):
                self._problem(zeile, spalte, found, self._near(zeile) if spalte == "ort" else None)
        if isinstance(tag, Text) or isinstance(uhr, Text) or isinstance(ort, Text):
            return None
        if tag is not None and tag.uhr is not None:
            if uhr not in (None, tag.uhr):
                self._problem(zeile, "datum", Text("Another time stands here than in its own column."))
                return None
            uhr = tag.uhr
        needs_time = vorher.beginn is not None or isinstance(self.ereignisse[kennung], Sitzung)
        if tag is None and (vorher.beginn is not None or uhr is not None or ort):
            self._problem(zeile, "datum", Text("The date is missing."))
        elif tag is not None and uhr is None and needs_time:
            self._problem(zeile, "beginn", Text("The time is missing."))
        elif vorher.ort and not ort:
            self._problem(zeile, "ort", Text("The Ort is missing."))
        else:
            return _Angabe(tag.tag if tag else None, uhr, ort)
        return None

    def _day(self, zeile: Zeile, vorher: Vorher) -> Tagesangabe | Text | None:
        """Return the day; its weekday, where one stands beside it, is its own or still that of the day before."""
        zelle, bisher = self.zellen.zelle(zeile, "datum"), vorher.beginn.date() if vorher.beginn else None
        if zelle is None or wort(zelle) == NICHTS:
            return None
        found = read_day(zelle, bisher)
        if isinstance(found, Text):
            return found
        if found.wochentag not in (None, found.tag.weekday()):
            return Text("This day is another weekday: {tag}", tag=found.tag)
        beside = self.zellen.wort(zeile, "wochentag")
        if beside and not beside.startswith("#"):  # a formula that gave nothing
            may = {tag.weekday() for tag in (found.tag, bisher) if tag is not None}
            if read_wochentag(beside) not in may:
                self._problem(zeile, "wochentag", Text("This day is another weekday: {tag}", tag=found.tag))
        return found

    def _ort(self, word: str, bisher: str) -> str | Text:
        """Return the id of the Ort a cell means."""
        if word == self.namen.get(bisher, bisher):
            return bisher
        found = self.orte.get(word.casefold(), ()) if word else ("",)
        if len(found) > 1:
            return Text("Several Orte have this name. Write its id: {ids}", ids=found)
        return found[0] if found else Text("There is no such Ort.")

    def _near(self, zeile: Zeile) -> Text | None:
        names = sorted(self.namen.values())
        near = closest(self.zellen.wort(zeile, "ort"), names)
        return near or Text("Known are: {names}", names=(*names[:_GENANNT], "…")) if names else None

    def _check_fixed(self, zeile: Zeile, kennung: str, vorher: Vorher, soll: Sequence[Wert]) -> None:
        """Note what was edited in cells that come back into no plan."""
        fixed: tuple[str, ...] = FEST
        item = isinstance(self.ereignisse[kennung], Beratung)
        words = (*(self.zellen.wort(zeile, s) for s in fixed), self.zellen.wort(zeile, "ort") if item else "")
        if siegel(words) == vorher.worte:  # whatever they are by now
            fixed = ()
        elif item and self.unchanged(kennung, vorher):
            fixed += ("ort",)
        for spalte in (*fixed, "status"):
            there = self.zellen.wort(zeile, spalte)
            if there not in self._may_say(spalte, vorher, soll):
                hint = Text("Only dates, times and Orte of Sitzungen can be changed here.")
                self._problem(zeile, spalte, Text("This cell is not to be edited."), hint)

    def _may_say(self, spalte: str, vorher: Vorher, soll: Sequence[Wert]) -> Collection[str]:
        """Return what a cell that is not to be edited may hold: what it says today, or was written with."""
        today = wort(zelle(soll[_PLATZ[spalte]], self.sprache))
        if spalte != "status":
            return (today,)
        written = [ZUSTAENDE[vorher.zustand]] if vorher.zustand else ZUSTAENDE.values()
        return (today, *(render(zustand, self.sprache) for zustand in written))

    # --- what they ask for ---------------------------------------------------------------------------------

    def _may_move(self, zeile: Zeile, kennung: str, vorher: Vorher, spalte: str) -> bool:
        """Tell whether an event may be moved; where it may not, that is noted beside what was edited."""
        held = self._is_past(vorher.beginn) or kennung in self.plan.gehalten
        if not self.unchanged(kennung, vorher):
            hint = Text("Write the list anew: {command}", command="gremienplan sheet")
            now = self.termine.get(kennung)
            jetzt = now.beginn if now else Text("no date")
            changed = Text("Since this list was written the plan has changed here: {jetzt}", jetzt=jetzt)
            self._problem(zeile, spalte, changed, hint)
        elif held and vorher.beginn:
            fact = Text(
                "This was held, or has begun: {beginn}. It is not moved any more.", beginn=vorher.beginn
            )
            self._problem(zeile, spalte, fact)
        else:
            return True
        return False

    def _is_past(self, beginn: datetime | None) -> bool:
        return beginn is not None and self.stand is not None and beginn <= self.stand

    def _moved(
        self, zeile: Zeile, kennung: str, angabe: _Angabe, tag: date, edited: Sequence[str]
    ) -> Termin | Beratungstermin | None:
        """Return where the event is to lie; None, with a problem, where there is no such time or place."""
        was, bisher = self.ereignisse[kennung], self.termine.get(kennung)
        if isinstance(was, Beratung):
            uhr = angabe.uhr if "beginn" in edited else None
            sitting = self._sitting(zeile, was, tag, uhr)
            if sitting is None:
                return None
            vortrag = (
                bisher.vortrag if isinstance(bisher, Beratungstermin) else tuple(s.id for s in was.vortrag)
            )
            return Beratungstermin(was.id, was.gremium.id, sitting.key, sitting.beginn, sitting.ende, vortrag)
        if angabe.uhr is None:
            return None
        beginn = datetime.combine(tag, angabe.uhr)
        ort = angabe.ort or (was.orte[0].id if len(was.orte) == 1 else "")
        ende = beginn + (bisher.ende - bisher.beginn if bisher else was.dauer * _MINUTE)
        for zeit in (beginn, ende):
            if why := unclear(zeit, self.projekt.stadt.zeitzone):
                self._problem(zeile, "beginn", why)
                return None
        return Termin(was.id, was.gremium.id, beginn, ende, ort)

    def _sitting(self, zeile: Zeile, was: Beratung, tag: date, uhr: time | None) -> Ratssitzung | None:
        """Return the sitting of its body on a day in which an item is to be heard."""
        alle = [
            s
            for s in self.projekt.ratskalender.sitzungen
            if s.gremium == was.gremium.id and not s.verschwunden
        ]
        found = [s for s in alle if s.tag == tag and uhr in (None, s.beginn.time())]
        if len(found) == 1:
            return found[0]
        on_day = tuple(s.beginn for s in alle if s.tag == tag)
        if on_day:
            self._problem(zeile, "beginn", Text("The body sits on this day at: {zeiten}", zeiten=on_day))
            return None
        near = sorted(alle, key=lambda s: abs(s.tag - tag))[:3]
        hint = Text("The nearest days: {tage}", tage=tuple(sorted(s.tag for s in near))) if near else None
        self._problem(zeile, "datum", Text("On this day the body does not sit."), hint)
        return None

    def _end_fits(self, zeile: Zeile, kennung: str, neu: Termin | Beratungstermin | None) -> None:
        """Note an end that is neither the one before nor follows from the start."""
        ende, bisher = read_hour(self.zellen.zelle(zeile, "ende")), self.termine.get(kennung)
        follows: set[time | None] = {t.ende.time() for t in (bisher, neu) if t is not None}
        if isinstance(ende, Text) or ende not in (follows if bisher else follows | {None}):
            hint = Text("It follows from the start: a Sitzung stays as long as it is.")
            self._problem(zeile, "ende", Text("This cell is not to be edited."), hint)

    def _problem(self, zeile: Zeile, spalte: str, meldung: Text, hinweis: Text | None = None) -> None:
        self.zellen.problem(
            self.zellen.stelle(zeile, spalte), meldung, self.zellen.zelle(zeile, spalte) or "", hinweis
        )
