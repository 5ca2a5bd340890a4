"""Lists of dates that came back from an office: its answers, or every mistake in them with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from attrs import define, evolve, field, frozen

from gremienplan.abstimmung import Anfrage, Antwort, Aussage, anfragen
from gremienplan.abstimmungsliste import (
    SPALTEN,
    Kennung,
    headings,
    read_antwort,
    read_kennung,
    span,
)
from gremienplan.errors import InputError, Problem
from gremienplan.loading.angaben import show
from gremienplan.loading.tabelle_zeilen import Blatt, Zeile, excel_tabellen
from gremienplan.loading.tabelle_zeiten import Zelle, read_tag
from gremienplan.plan import Plan
from gremienplan.projekt import Projekt
from gremienplan.tabellen import siegel
from gremienplan.texts import Text

_LESBAR = ("sitzung", "gebiet", "datum", "zeit", "ort", "antwort", "bemerkung", "kennung")
"""The columns that are read; the weekday follows from the date."""
LAENGE = 500
"""Characters of a remark that are kept."""


@frozen
class Antworten:
    """What came back: answers to the dates of the plan, answers to dates it does not have any more, and silence."""

    aussagen: tuple[Aussage, ...] = ()
    ueberholt: tuple[Aussage, ...] = ()
    """These were moved, or nobody asks about them any more: they count for nothing, and are asked anew."""
    offen: tuple[Kennung, ...] = ()
    """What the lists ask about and leave without an answer."""


def read_listen(paths: Sequence[Path], projekt: Projekt, plan: Plan, stand: datetime) -> Antworten:
    """Return the answers in lists that ``coordinate`` wrote, in whatever order they are named.

    Two lists may say the same. Raises InputError with every mistake in all of them, each with its cell.
    """
    leser = _Leser(projekt, plan, stand)
    for path in paths:
        leser.read(path)
    if leser.problems:
        raise InputError(leser.problems)
    return leser.answers()


@define
class _Leser:
    """Reads one list after the other."""

    projekt: Projekt
    plan: Plan
    stand: datetime
    problems: list[Problem] = field(factory=list)
    gesagt: dict[tuple[str, str], list[tuple[Aussage, str]]] = field(factory=dict)
    """Sitzung and Sitz -> what was said of each date, and in which cell."""
    offen: dict[tuple[str, str], Kennung] = field(factory=dict)

    def read(self, path: Path) -> None:
        """Read a list; what is wrong with it is noted."""
        datei = str(path)
        try:
            roh = path.read_bytes()
            if roh[:4] != b"PK\x03\x04":
                hinweis = Text("Lists go out and come back as Excel files: save it as .xlsx.")
                self.problems.append(Problem(datei, "", Text("This is no Excel file."), hinweis=hinweis))
                return
            blaetter = excel_tabellen(roh, datei)
        except InputError as error:
            self.problems += error.problems
            return
        except OSError as error:
            meldung = Text("This file cannot be read: {reason}", reason=error.strerror or str(error))
            self.problems.append(Problem(datei, "", meldung))
            return
        koepfe = [(blatt, *kopf) for blatt in blaetter if (kopf := _head(blatt)) is not None]
        if not koepfe:
            meldung = Text("This is no list of dates to agree on.")
            namen = tuple(s.kopf for s in SPALTEN if s.id in _LESBAR)
            hinweis = Text("It needs the headings it was written with: {names}", names=namen)
            self.problems.append(Problem(datei, "", meldung, hinweis=hinweis))
        for blatt, nummer, spalten in koepfe:
            for zeile in blatt.zeilen[nummer + 1 :]:
                self._row(_Zeile(datei, zeile, spalten))

    def answers(self) -> Antworten:
        """Return what the lists say, those of dates the plan does not have apart."""
        fragen = {(f.sitzung.id, f.sitz.id): f for f in anfragen(self.projekt, self.plan)}
        alle = [aussage for stellen in self.gesagt.values() for aussage, _ in stellen]
        gilt = [a for a in alle if _asked(fragen.get((a.sitzung, a.sitz)), a)]
        beantwortet = {(a.sitzung, a.sitz) for a in gilt}
        return Antworten(
            _sorted(gilt),
            _sorted(a for a in alle if a not in gilt),
            tuple(k for paar, k in sorted(self.offen.items()) if paar not in beantwortet),
        )

    def _row(self, zeile: _Zeile) -> None:
        wort, bemerkung = zeile.text("antwort"), zeile.text("bemerkung")
        roh = zeile.text("kennung")
        kennung = read_kennung(roh)
        if kennung is None:
            if roh or wort:
                meldung = Text("The hidden id of this row was changed, so nobody knows which date it means.")
                self._problem(zeile, "kennung", meldung, roh)
            return
        if not self._same_year(zeile, kennung):
            return
        changed = list(self._changes(zeile, kennung))
        antwort = read_antwort(wort) if wort else None
        if wort and antwort is None:
            hinweis = Text("Anything else belongs into the column for remarks.")
            meldung = Text("The answer is one of: {words}", words=(Text("yes"), Text("no")))
            self._problem(zeile, "antwort", meldung, wort, hinweis)
        elif antwort is not None and not changed:
            self._note(zeile, kennung, antwort, bemerkung[:LAENGE])
        elif not changed:
            self.offen[kennung.termin.sitzung, kennung.sitz] = kennung

    def _same_year(self, zeile: _Zeile, kennung: Kennung) -> bool:
        gemeint, hier = (kennung.stadt, kennung.jahr), (self.projekt.stadt.id, self.plan.jahr)
        if gemeint == hier:
            return True
        meldung = Text(
            "This list is of another city or year than the plan: {stadt}, {jahr}.",
            stadt=hier[0],
            jahr=str(hier[1]),
        )
        if not any(p.datei == zeile.datei and p.meldung == meldung for p in self.problems):  # once is enough
            self._problem(zeile, "kennung", meldung, f"{gemeint[0]}, {gemeint[1]}")
        return False

    def _changes(self, zeile: _Zeile, kennung: Kennung) -> Iterator[str]:
        """Note, and yield, the cells that do not say any more what was asked."""
        hinweis = Text("Only answer and remark are read. Write another date into the remark, and answer no.")
        termin = kennung.termin
        tag = read_tag(zeile.zelle("datum"))
        if tag is None or tag.tag != termin.beginn.date():
            meldung = Text("The date was changed; the list was asked about {tag}.", tag=termin.beginn.date())
            self._problem(zeile, "datum", meldung, _shown(zeile.zelle("datum")), hinweis)
            yield "datum"
        if zeile.text("zeit") != span(termin):
            meldung = Text("The time was changed; the list was asked about {zeit}.", zeit=span(termin))
            self._problem(zeile, "zeit", meldung, zeile.text("zeit"), hinweis)
            yield "zeit"
        if siegel(zeile.text(spalte) for spalte in ("sitzung", "gebiet", "ort")) != kennung.siegel:
            meldung = Text("Sitzung, area or Ort were changed since the list was written.")
            self._problem(zeile, "ort", meldung, zeile.text("ort"), hinweis)
            yield "ort"

    def _note(self, zeile: _Zeile, kennung: Kennung, antwort: Antwort, bemerkung: str) -> None:
        t = kennung.termin
        aussage = Aussage(t.sitzung, kennung.sitz, t.beginn, t.ende, t.ort, antwort, self.stand, bemerkung)
        stellen = self.gesagt.setdefault((aussage.sitzung, aussage.sitz), [])
        for n, (andere, wo) in enumerate(stellen):
            if not andere.meint(t):
                continue
            if andere.antwort is not antwort:
                meldung = Text("This contradicts the answer in {stelle}.", stelle=wo)
                self._problem(zeile, "antwort", meldung, zeile.text("antwort"))
            elif andere.bemerkung < bemerkung:  # of two remarks one is kept, whichever list comes first
                stellen[n] = evolve(andere, bemerkung=bemerkung), wo
            return
        stellen.append((aussage, f"{Path(zeile.datei).name}, {zeile.stelle('antwort')}"))

    def _problem(
        self, zeile: _Zeile, spalte: str, meldung: Text, wert: str, hinweis: Text | None = None
    ) -> None:
        self.problems.append(Problem(zeile.datei, zeile.stelle(spalte), meldung, show(wert), hinweis))


@frozen
class _Zeile:
    """One row of a list."""

    datei: str
    roh: Zeile
    spalten: Mapping[str, int]

    def zelle(self, spalte: str) -> Zelle:
        """Return what stands in a column."""
        nummer = self.spalten[spalte]
        return self.roh.zellen[nummer] if nummer < len(self.roh.zellen) else None

    def text(self, spalte: str) -> str:
        """Return it as a text on one line."""
        zelle = self.zelle(spalte)
        return "" if zelle is None else " ".join(str(zelle).split())

    def stelle(self, spalte: str) -> str:
        """Return the address of a cell: ``Termine!G5``."""
        from openpyxl.utils import get_column_letter

        blatt, _, nummer = self.roh.stelle.rpartition("!")
        return f"{blatt}!{get_column_letter(self.spalten[spalte] + 1)}{nummer}"


def asks(blaetter: Sequence[Blatt]) -> bool:
    """Tell whether a table among these is a list of dates to agree on."""
    return any(_head(blatt) is not None for blatt in blaetter)


def _head(blatt: Blatt) -> tuple[int, dict[str, int]] | None:
    """Return the number of the row with the headings, and the column of each; None where it has not all of them."""
    for nummer, zeile in enumerate(blatt.zeilen):
        namen = [" ".join(str(zelle).split()).casefold() for zelle in zeile.zellen]
        found = {
            spalte: next((n for n, name in enumerate(namen) if name in headings(spalte)), -1)
            for spalte in _LESBAR
        }
        if min(found.values()) >= 0:
            return nummer, found
    return None


def _asked(frage: Anfrage | None, aussage: Aussage) -> bool:
    return frage is not None and aussage.meint(frage.termin)


def _sorted(aussagen: Iterator[Aussage] | list[Aussage]) -> tuple[Aussage, ...]:
    return tuple(sorted(aussagen, key=lambda a: (a.sitzung, a.sitz, a.beginn)))


def _shown(zelle: Zelle) -> str:
    return zelle.date().isoformat() if isinstance(zelle, datetime) else str(zelle or "")
