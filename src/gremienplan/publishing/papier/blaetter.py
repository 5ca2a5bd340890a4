"""The sheets: which Sitzungen stand on which, and every word on them. Values to PDF bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from gremienplan.orte import access
from gremienplan.plan import Plan, Zustand
from gremienplan.projekt import Projekt
from gremienplan.publishing.dateien import write_files
from gremienplan.publishing.papier.eintraege import Eintrag, as_told, eintraege, own
from gremienplan.publishing.papier.kalenderblatt import monate
from gremienplan.publishing.papier.marken import Marke, marken
from gremienplan.publishing.papier.satz import Papier, pdf
from gremienplan.publishing.publikum import STADT, gebiet_publikum
from gremienplan.publishing.tage import WOCHENTAGE, clock, day_month, long_day, words
from gremienplan.release import ALLE, OEFFENTLICH, Release
from gremienplan.stadt import Gebiet, Klasse, Stadt
from gremienplan.texts import Text

ZUSTAND = {
    Zustand.DRAFT: Text("Draft, not yet coordinated"),
    Zustand.COORDINATED: Text("Coordinated, not yet published"),
    Zustand.PUBLISHED: Text("Published"),
}
"""How far a plan has come, in words."""


@frozen
class Blatt:
    """One sheet: the name of its file, and its bytes."""

    name: str
    inhalt: bytes


def blaetter(
    projekt: Projekt,
    plan: Plan,
    *,
    papier: Papier = Papier.A3,
    aushang: Release | None = None,
    erzaehlt: Release | None = None,
    sprache: str = "de",
    adresse: str = "",
) -> tuple[Blatt, ...]:
    """Return the year on one page and the list of every Gebiet, sorted by the names of their files.

    They are for the offices. With a release as ``aushang`` they are to hang up: they hold what it has told
    residents, and nothing else. Moved and cancelled is what the release ``erzaehlt`` told otherwise; without one, what
    was changed since the plan is binding. ``adresse`` is where the calendars are served; without it none is named.
    Raises InputError as the single sheets do.
    """
    werk = _werk(projekt, plan, aushang, erzaehlt, sprache, adresse)
    found = {f"jahr-{plan.jahr}-{papier.value}.pdf": werk.jahr(papier)}
    for gebiet in gebiete(projekt.stadt, plan, oeffentlich=aushang is not None):
        found[f"{gebiet.ebene}-{gebiet.id}-{plan.jahr}.pdf"] = werk.gebiet(gebiet)
    return tuple(Blatt(name, found[name]) for name in sorted(found))


def store(sheets: Iterable[Blatt], ordner: Path, *, dry_run: bool = False) -> tuple[str, ...]:
    """Write sheets into a folder, each whole or not at all; return the names of those that are new or changed.

    A dry run says which these would be, and writes nothing.
    """
    return write_files({sheet.name: sheet.inhalt for sheet in sheets}, ordner, dry_run=dry_run)


def jahresblatt(
    projekt: Projekt,
    plan: Plan,
    *,
    papier: Papier = Papier.A3,
    aushang: Release | None = None,
    erzaehlt: Release | None = None,
    sprache: str = "de",
    adresse: str = "",
) -> bytes:
    """Return the year of a plan on one page, as PDF.

    Raises InputError with everything that keeps the plan from being published, with every date that the release
    tells otherwise than the plan, or where typst is not installed.
    """
    return _werk(projekt, plan, aushang, erzaehlt, sprache, adresse).jahr(papier)


def gebietsliste(
    projekt: Projekt,
    plan: Plan,
    gebiet: Gebiet,
    *,
    aushang: Release | None = None,
    erzaehlt: Release | None = None,
    sprache: str = "de",
    adresse: str = "",
) -> bytes:
    """Return the list of the Sitzungen of the Gremien of one Gebiet, as PDF. Raises InputError as the year does."""
    return _werk(projekt, plan, aushang, erzaehlt, sprache, adresse).gebiet(gebiet)


def gebiete(stadt: Stadt, plan: Plan, *, oeffentlich: bool = False) -> tuple[Gebiet, ...]:
    """Return the Gebiete at which our own Gremien, or the public ones, are in the plan's year, in the city's order."""
    fassungen = stadt.zwischen(date(plan.jahr, 1, 1), date(plan.jahr, 12, 31))
    gremien = {g.id: g for f in fassungen for g in f.gremien.values() if g.art.klasse is Klasse.EIGEN}
    genutzt = {g.gebiet.key for g in gremien.values() if g.art.oeffentlich or not oeffentlich}
    alle = {gebiet.key: gebiet for f in fassungen for gebiet in f.gebiete}
    return tuple(gebiet for key, gebiet in alle.items() if key in genutzt)


def _werk(
    projekt: Projekt,
    plan: Plan,
    aushang: Release | None,
    erzaehlt: Release | None,
    sprache: str,
    adresse: str,
) -> _Werk:
    alle = eintraege(projekt, plan, aushang or erzaehlt)
    gezeigt = own(alle) if aushang is None else as_told(projekt, alle, aushang, plan.jahr)
    return _Werk(projekt, plan, gezeigt, aushang is not None, sprache, adresse)


@frozen
class _Werk:
    """What every sheet of a plan needs."""

    projekt: Projekt
    plan: Plan
    eintraege: tuple[Eintrag, ...]
    oeffentlich: bool
    sprache: str
    adresse: str

    def jahr(self, papier: Papier) -> bytes:
        """Return the year on one page."""
        gezeigt = self.eintraege
        daten = {
            **self._kopf(gezeigt, self._feed(ALLE)),
            "titel": self._title(),
            "untertitel": self.projekt.stadt.name,
            "papier": papier.value,
            "monate": monate(self.projekt.freitage, self.plan.jahr, self.sprache),
            "ferienende": self._holidays_known(),
            "termine": [self._cell(e) for e in gezeigt if e.beginn],
        }
        return pdf("jahr", daten, stand=_stand(gezeigt))

    def gebiet(self, gebiet: Gebiet) -> bytes:
        """Return the list of one Gebiet."""
        stadt = self.projekt.stadt
        gezeigt = [e for e in self.eintraege if e.gremium.gebiet.key == gebiet.key]
        ebenen = {ebene.id: ebene.name for ebene in stadt.ebenen}
        name = gebiet.name if gebiet.ebene == STADT else f"{ebenen.get(gebiet.ebene, '')} {gebiet.name}"
        daten = {
            **self._kopf(gezeigt, self._feed(ALLE if gebiet.ebene == STADT else gebiet_publikum(gebiet))),
            "titel": name,
            "untertitel": f"{self._title()} · {stadt.name}",
            "spalten": [
                self._t(text) for text in (Text("Day"), Text("Time"), Text("Meeting"), Text("Place"))
            ],
            "zeilen": [self._row(e) for e in gezeigt],
            "nichts": self._t(Text("No dates at present")),
            "seite": self._t(Text("Page")),
        }
        return pdf("liste", daten, stand=_stand(gezeigt))

    def _kopf(self, gezeigt: Sequence[Eintrag], feed: str) -> dict[str, Any]:
        """Return what every sheet says: state, last change, marks, what has no date, where the calendar is."""
        stand = _stand(gezeigt)
        zeichen = marken(self.projekt.stadt, gezeigt)
        gebraucht = {e.gremium.art.id for e in gezeigt}
        offen = [_open_name(e) for e in gezeigt if e.beginn is None]
        return {
            "sprache": self.sprache,
            "entwurf": self._t(Text("Draft")) if self.plan.zustand is Zustand.DRAFT else "",
            "zustand": self._t(ZUSTAND[self.plan.zustand]),
            "stand": self._t(Text("As of: {stand}", stand=stand)) if stand else "",
            "intern": "" if self.oeffentlich else self._internal(gezeigt),
            "marken": {art: _marke(m) for art, m in zeichen.items() if art in gebraucht},
            "legende": {
                "wochenende": self._t(Text("Weekend")),
                "feiertag": self._t(Text("Public holiday")),
                "ferien": self._t(Text("School holidays")),
                "abgesagt": self._t(Text("cancelled")) if any(e.abgesagt for e in gezeigt) else "",
            },
            "offen": self._t(Text("Date to be announced: {sitzungen}", sitzungen=tuple(offen)))
            if offen
            else "",
            "kalender": self._t(Text("Calendar to subscribe to: {adresse}", adresse=feed)) if feed else "",
        }

    def _title(self) -> str:
        """Return what a sheet is: the calendar of a year, or that part of it to which everybody may come."""
        jahr = str(self.plan.jahr)
        if self.oeffentlich:
            return self._t(Text("Public meetings {jahr}", jahr=jahr))
        return self._t(Text("Calendar of meetings {jahr}", jahr=jahr))

    def _internal(self, gezeigt: Iterable[Eintrag]) -> str:
        """Say that a sheet is not for the wall, where it shows what not everybody may attend."""
        if all(e.gremium.art.oeffentlich for e in gezeigt):
            return ""
        return self._t(Text("For the offices only"))

    def _holidays_known(self) -> str:
        """Say until when school holidays are known, where that is not the whole year."""
        bis = self.projekt.freitage.ferien_bis
        if bis is not None and bis.year > self.plan.jahr:
            return ""
        if bis is None:
            return self._t(Text("School holidays unknown"))
        return self._t(Text("School holidays are known up to {bis}", bis=bis))

    def _cell(self, e: Eintrag) -> dict[str, Any]:
        """Return an entry as the year shows it: short, for the day says the rest."""
        assert e.beginn is not None
        stadtweit = e.gremium.gebiet.ebene == STADT
        ort = e.ort.name if e.ort else ""
        return {
            "tag": e.beginn.date().isoformat(),
            "uhr": clock(e.beginn),
            "art": e.gremium.art.id,
            "wer": e.gremium.art.name if stadtweit else e.gremium.gebiet.name,
            "was": ort if self.oeffentlich else e.thema,
            "abgesagt": e.abgesagt,
            "lang": self._t(long_day(e.beginn.date())),
        }

    def _row(self, e: Eintrag) -> dict[str, Any]:
        """Return an entry as a list shows it, in full."""
        findet_statt = e.beginn is not None and not e.abgesagt
        vermerke = [
            *([Text("cancelled")] if e.abgesagt else []),
            *([Text("Moved from {frueher}", frueher=e.bisher)] if e.bisher else []),
        ]
        zeit = Text("{von}–{bis}", von=clock(e.beginn), bis=clock(e.ende)) if e.beginn and e.ende else ""
        return {
            "tag": self._t(day_month(e.beginn.date()) if e.beginn else Text("Date to be announced")),
            "wochentag": self._t(WOCHENTAGE[e.beginn.weekday()]) if e.beginn else "",
            "zeit": self._t(zeit),
            "art": e.gremium.art.id,
            "wer": e.name,
            "was": e.thema,
            "ort": e.ort.name if e.ort else self._t(Text("Venue not yet decided")) if findet_statt else "",
            "adresse": e.ort.adresse if e.ort and e.ort.adresse not in e.ort.name else "",
            "zugang": ", ".join(self._t(text) for text in access(e.ort)) if e.ort else "",
            "vermerke": [self._t(text) for text in vermerke],
            "abgesagt": e.abgesagt,
        }

    def _feed(self, publikum: str) -> str:
        """Return where the calendar is that has what the sheet has."""
        publikum = OEFFENTLICH if self.oeffentlich else publikum
        return f"{self.adresse.rstrip('/')}/{publikum}.ics" if self.adresse else ""

    def _t(self, text: Text | str) -> str:
        return words(text, self.sprache)


def _stand(gezeigt: Iterable[Eintrag]) -> datetime | None:
    """Return the time of the last change of anything on a sheet; None where nothing is."""
    return max((e.stand for e in gezeigt if e.stand), default=None)


def _open_name(e: Eintrag) -> str:
    return f"{e.name} ({e.thema})" if e.thema else e.name


def _marke(marke: Marke) -> Mapping[str, Any]:
    return {"zeichen": marke.zeichen, "form": marke.form, "name": marke.name}
