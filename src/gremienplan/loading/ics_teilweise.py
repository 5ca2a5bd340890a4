"""iCalendar files with faults: what can be read, and what was lost on the way, each with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from attrs import evolve, field, frozen

from gremienplan.errors import InputError
from gremienplan.loading.ics import FELDER, endlos_bis, entfalten, geltende, in_serien, termin_aus, text
from gremienplan.loading.ics_serien import Termin
from gremienplan.loading.ics_zeilen import Feld, Komponente, ganze_komponenten
from gremienplan.loading.ics_zeiten import Zonen, zonen
from gremienplan.ratskalender import Eintrag, Gemeint, Mangel, Verlust

HOECHSTENS = 10_000
"""Occurrences of all series of a file together; more is a mistake of the source, and would fill the memory."""

JAHRE = 600
"""Years of all series of a file together: each has to be searched, however little it gives."""

_HINTER_ZONE = re.compile(r"[^:]*:(\d{8}(?:T\d{4,6}Z?)?)\s*")
_BEKANNT = frozenset({
    "VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM",
    "VAVAILABILITY", "AVAILABLE", "BUSY", "PARTICIPANT", "VLOCATION", "VRESOURCE", "VPOLL", "VVOTER", "VOTE",
})  # fmt: skip
"""Components that are events, or certainly none."""
_ENDE = ("DTEND", "DURATION")
_SERIE = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")


def read_partly(
    roh: bytes, quelle: str, datei: str, zeitzone: str, bis_jahr: int | None = None
) -> tuple[tuple[Eintrag, ...], tuple[Verlust, ...]]:
    """Return the entries of an iCalendar file that can be read, and what was lost.

    An event without a readable start is lost; one whose end, zone or recurrence is not readable stands without
    an end, in the city's local time, or once. An event that has no end in the file is lost, for nobody knows
    what is missing of it. Raises InputError if this is no iCalendar file at all.
    """
    teile, offene = ganze_komponenten(datei, roh)
    leser = _Leser(zonen(datei, zeitzone, teile))
    for offen in offene:
        leser.verliere(Mangel.ABGESCHNITTEN, offen.zeile, offen.name)
    for teil in teile:
        if teil.name not in _BEKANNT and not teil.name.startswith("X-"):
            leser.unbekannt(teil)
    termine = [t for teil in teile if teil.name == "VEVENT" and (t := leser.termin(teil)) is not None]
    termine = geltende(termine, teile)
    jahr = bis_jahr or endlos_bis(termine)
    eintraege = [eines for serie in in_serien(termine) for eines in leser.eintraege(quelle, serie, jahr)]
    return tuple(eintraege), tuple(leser.verluste)


@frozen
class _Leser:
    """Reads event by event and notes what is lost."""

    zeit: Zonen
    verluste: list[Verlust] = field(factory=list)
    unbekannte_zonen: set[str] = field(factory=set)
    wiederholt: list[int] = field(factory=list)
    """Number of occurrences of each series so far."""
    jahre: list[int] = field(factory=list)
    """Number of years of each series so far."""

    def verliere(self, mangel: Mangel, zeile: int, wert: str, eintrag: Gemeint | None = None) -> None:
        """Note a loss, and what is known of the entry that is lost with it."""
        self.verluste.append(Verlust(mangel, str(zeile), wert[:80], eintrag))

    def unbekannt(self, teil: Komponente) -> None:
        """Note the loss of a component that nobody knows, if it has a start like an event (BEGIN:VEVNT)."""
        felder = teil.lesbare(FELDER)
        if "DTSTART" in felder:
            wert = f"{teil.name} {text(felder, 'SUMMARY')}".strip()
            self.verliere(Mangel.KEIN_OBJEKT, teil.zeile, wert, _gemeint(felder))

    def termin(self, event: Komponente) -> Termin | None:
        """Return an event as far as it can be read; None if it has no start."""
        try:
            return termin_aus(event, event.felder(self.zeit.datei, FELDER), self.zeit)
        except InputError:
            return self._teilweise(event)

    def _teilweise(self, event: Komponente) -> Termin | None:
        """Return an event without those of its properties that make it unreadable."""
        felder = event.lesbare(FELDER)
        if "DTSTART" not in felder:
            wert = text(felder, "SUMMARY") or text(felder, "UID")
            self.verliere(Mangel.OHNE_BEGINN, event.zeile, wert, _gemeint(felder))
            return None
        gut = {name: werte for name, werte in felder.items() if name not in (*_ENDE, *_SERIE, "DTSTART")}
        for name in ("DTSTART", *_ENDE, *_SERIE):
            if name not in felder:
                continue
            lesbar = self._lesbar(event, gut, name, felder[name])
            if lesbar is not None:
                gut[name] = lesbar
                continue
            mangel = Mangel.ZEIT_UNLESBAR if name == "DTSTART" else Mangel.UHRZEIT_UNLESBAR
            mangel = Mangel.SERIE_UNLESBAR if name in _SERIE else mangel
            gemeint = _gemeint(felder) if name == "DTSTART" else None
            self.verliere(mangel, felder[name][0].zeile, felder[name][0].wert, gemeint)
            if name == "DTSTART":
                return None
        return termin_aus(event, gut, self.zeit)

    def _lesbar(
        self, event: Komponente, gut: dict[str, list[Feld]], name: str, werte: list[Feld]
    ) -> list[Feld] | None:
        """Return the values of a property if an event can have it, perhaps in the city's local time."""
        ohne_zone = [_ohne_zone(feld) for feld in werte]
        for versuch in (werte, ohne_zone):
            try:
                termin_aus(event, {**gut, name: versuch}, self.zeit)
            except InputError:
                continue
            tzid = werte[0].params.get("TZID", "")
            if versuch is ohne_zone and tzid not in self.unbekannte_zonen:
                self.unbekannte_zonen.add(tzid)
                self.verliere(Mangel.ZONE_UNBEKANNT, werte[0].zeile, tzid)
            return versuch
        return None

    def eintraege(self, quelle: str, serie: Sequence[Termin], jahr: int) -> Sequence[Eintrag]:
        """Return the entries of the events of one UID; each of them once where its recurrence is not readable."""
        if len(serie) == 1 and serie[0].einzeln:
            return entfalten(quelle, list(serie), self.zeit, jahr)
        gefunden = None
        self.jahre.append(max(1, jahr + 1 - min(t.beginn.year for t in serie)))
        if sum(self.jahre) <= JAHRE:
            with suppress(InputError):
                gefunden = entfalten(quelle, list(serie), self.zeit, jahr)
        if gefunden is not None and sum(self.wiederholt) + len(gefunden) <= HOECHSTENS:
            self.wiederholt.append(len(gefunden))
            return gefunden
        self.verliere(Mangel.SERIE_UNLESBAR, serie[0].zeile, serie[0].name)
        einzeln = (evolve(t, regeln=(), dazu=(), ausser=(), statt=None, ab_hier=False) for t in serie)
        return [eines for t in einzeln for eines in entfalten(quelle, [t], self.zeit, jahr)]


def _gemeint(felder: Mapping[str, Sequence[Feld]]) -> Gemeint:
    return Gemeint(text(felder, "UID"), text(felder, "SUMMARY"))


def _ohne_zone(feld: Feld) -> Feld:
    """Return a property without its zone, and without what the colon in a name such as GMT+01:00 left of it."""
    rest = _HINTER_ZONE.fullmatch(feld.wert) if "TZID" in feld.params else None
    params = {key: wert for key, wert in feld.params.items() if key != "TZID"}
    return evolve(feld, params=params, wert=rest[1] if rest else feld.wert)
