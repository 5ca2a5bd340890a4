"""``besetzung.csv``: who holds which Sitz. Private: a mistake is told by its line and column, and never repeats a cell.

A cell that should hold an id may hold a name, once columns are swapped; so only what the city knows is said again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import astuple, define, frozen

from gremienplan.besetzung import Besetzung, Innehabung, Wohnsitz
from gremienplan.errors import Problem
from gremienplan.loading.angaben import closest
from gremienplan.loading.projektdatei import Projektdatei
from gremienplan.loading.toml import Befund
from gremienplan.rules import Regel, Wohnt, wohnt
from gremienplan.stadt import Gebiet, Gremium, RollenArt, Sitz, Stadt, fold
from gremienplan.texts import Text

SPALTEN = ("sitz", "person", "ab", "bis", "wohnt_in", "vertretung")
"""The header of the file; only the first two columns are needed."""
WOHNT_IN = "wohnt_in"
_NICHT = "nicht "
_FERN = date(9999, 12, 31)


@define
class Leser:
    """Reads one file, and collects what is wrong with it."""

    name: str
    stadt: Stadt | None
    problems: list[Problem]

    def problem(self, zeile: int, meldung: Text, spalte: str = "", hinweis: Text | None = None) -> None:
        """Report what is wrong with a line, or with its cell in a column; line 0 is the whole file."""
        wo = f"{zeile}, {spalte}" if spalte else str(zeile) if zeile else ""
        self.problems.append(Problem(self.name, wo, meldung, hinweis=hinweis))


@frozen
class Zeile:
    """A line that could be read, and where it stands."""

    nummer: int
    inhalt: Innehabung


@frozen
class Tabelle:
    """The lines that could be read, and the file they stand in."""

    name: str = ""
    zeilen: tuple[Zeile, ...] = ()

    @property
    def besetzung(self) -> Besetzung:
        """Who holds what."""
        return Besetzung(tuple(zeile.inhalt for zeile in self.zeilen))


def read_besetzung(
    befund: Befund, projekt: Projektdatei | None, stadt: Stadt | None, gegeben: Besetzung | None
) -> Tabelle:
    """Return who holds what: as given, else as the project's file says; without either nobody is named."""
    if gegeben is not None:
        zeilen = [Zeile(nummer, i) for nummer, i in enumerate(gegeben.innehabungen, 1)]
        leser = Leser("besetzung", stadt, befund.problems)
        for zeile in zeilen:
            _check_sitze(leser, zeile)
            _check_gebiet(leser, zeile)
        befund.eingaben["besetzung"] = _hash(gegeben)
    else:
        if projekt is None:
            return Tabelle()
        datei = projekt.ordner / projekt.kopf.besetzung
        if not datei.pfad.is_file() and "besetzung" not in projekt.datei.inhalt:
            return Tabelle()
        daten = befund.read(datei.pfad, datei.name, datei.eingabe)
        leser = Leser(datei.name, stadt, befund.problems)
        zeilen = list(_zeilen(leser, daten)) if daten is not None else []
    _check_zeiten(leser, zeilen)
    return Tabelle(leser.name, tuple(zeilen))


def _hash(besetzung: Besetzung) -> str:
    text = "\n".join(";".join(map(str, astuple(i, recurse=True))) for i in besetzung.innehabungen)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _zeilen(leser: Leser, daten: bytes) -> Iterator[Zeile]:
    try:
        text = daten.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hinweis = Text("In a spreadsheet, save it as “CSV UTF-8”.")
        leser.problem(
            daten[: error.start].count(b"\n") + 1, Text("This file is not UTF-8 text."), hinweis=hinweis
        )
        return
    first = next((line for line in text.splitlines() if line.strip()), "")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    kopf: tuple[str, ...] | None = None
    try:
        for row in rows:
            zellen = [" ".join(zelle.split()) for zelle in row]
            if not any(zellen):
                continue
            if kopf is None:
                kopf = _kopf(leser, rows.line_num, zellen)
                if kopf is None:
                    return
            elif len(zellen) > len(kopf) and any(zellen[len(kopf) :]):
                meldung = Text("This line has more cells than the header.")
                leser.problem(rows.line_num, meldung)
            else:
                zeile = _zeile(leser, rows.line_num, dict(zip(kopf, zellen, strict=False)))
                if zeile is not None:
                    yield Zeile(rows.line_num, zeile)
    except csv.Error as error:
        leser.problem(rows.line_num, Text("This line cannot be read: {reason}", reason=str(error)))
    if kopf is None:
        _fehlt(leser, 0, SPALTEN[:2])


def _kopf(leser: Leser, nummer: int, zellen: Sequence[str]) -> tuple[str, ...] | None:
    """Return the columns in their order; None when those that are needed are not all there."""
    namen = tuple(fold(zelle).replace(" ", "_") for zelle in zellen)
    while namen and not namen[-1]:
        namen = namen[:-1]
    for i, name in enumerate(namen):
        if name not in SPALTEN:
            meldung = Text("The header of column {nummer} is none that is known.", nummer=i + 1)
            leser.problem(nummer, meldung, hinweis=closest(name, SPALTEN))
        elif name in namen[:i]:
            leser.problem(nummer, Text("This column is there twice."), name)
    fehlend = tuple(name for name in SPALTEN[:2] if name not in namen)
    if fehlend:
        _fehlt(leser, nummer, fehlend)
        return None
    return namen


def _fehlt(leser: Leser, nummer: int, spalten: Sequence[str]) -> None:
    meldung = Text("The header lacks: {spalten}", spalten=tuple(spalten))
    leser.problem(nummer, meldung, hinweis=Text("The first line is: {kopf}", kopf=";".join(SPALTEN)))


def _zeile(leser: Leser, nummer: int, zellen: Mapping[str, str]) -> Innehabung | None:
    before = len(leser.problems)
    for spalte in SPALTEN[:2]:
        if not zellen.get(spalte):
            leser.problem(nummer, Text("The cell “{spalte}” is empty.", spalte=spalte))
    ab, bis = (_tag(leser, nummer, spalte, zellen.get(spalte, "")) for spalte in ("ab", "bis"))
    found = Innehabung(
        zellen.get("sitz", ""),
        zellen.get("person", ""),
        ab,
        bis,
        _wohnsitz(leser, nummer, zellen.get("wohnt_in", "")),
        zellen.get("vertretung", ""),
    )
    _check_sitze(leser, Zeile(nummer, found))
    return found if len(leser.problems) == before else None


def _tag(leser: Leser, nummer: int, spalte: str, wert: str) -> date | None:
    """Return a day as people in an office write it, 01.07.2027, or 2027-07-01."""
    if not wert:
        return None
    deutsch = re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", wert)
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", wert)
    try:
        if deutsch:
            return date(int(deutsch[3]), int(deutsch[2]), int(deutsch[1]))
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        leser.problem(nummer, Text("There is no such day."), spalte)
        return None
    leser.problem(nummer, Text("This must be a day such as 01.07.2027 or 2027-07-01."), spalte)
    return None


def _wohnsitz(leser: Leser, nummer: int, wert: str) -> Wohnsitz | None:
    """Return where somebody lives: a Gebiet by key, id or name; "nicht …": anywhere but there; empty: unknown."""
    if not wert or leser.stadt is None:
        return None
    dort = not wert.casefold().startswith(_NICHT)
    wo = wert if dort else wert[len(_NICHT) :].strip()
    stadt = leser.stadt
    known = _gebiete(stadt)
    keys = [wo] if wo in known else [key for key in stadt.resolve(wo) if key in known]
    keys = keys or [key for key, gebiet in known.items() if gebiet.id == wo]
    if len(keys) == 1:
        return Wohnsitz(keys[0], dort)
    if keys:
        hinweis = Text("One of: {names}", names=tuple(keys))
        leser.problem(nummer, Text("This can mean several Gebiete."), WOHNT_IN, hinweis)
    else:
        meldung = Text("There is no Gebiet with this id.")
        leser.problem(nummer, meldung, WOHNT_IN, closest(wo, tuple(known)))
    return None


def _check_sitze(leser: Leser, zeile: Zeile) -> None:
    """Report Sitze that the city does not have."""
    if leser.stadt is None:
        return
    i = zeile.inhalt
    known = leser.stadt.alle_sitze
    for spalte, sitz in (("sitz", i.sitz), ("vertretung", i.vertretung if "/" in i.vertretung else "")):
        if sitz and sitz not in known:
            meldung = Text("There is no Sitz with this id.")
            leser.problem(zeile.nummer, meldung, spalte, closest(sitz, tuple(known)))


def _check_gebiet(leser: Leser, zeile: Zeile) -> None:
    lives = zeile.inhalt.wohnt
    known = _gebiete(leser.stadt) if leser.stadt is not None else {}
    if leser.stadt is not None and lives is not None and lives.gebiet not in known:
        meldung = Text("There is no Gebiet with this id.")
        leser.problem(zeile.nummer, meldung, WOHNT_IN, closest(lives.gebiet, tuple(known)))


def _gebiete(stadt: Stadt) -> Mapping[str, Gebiet]:
    """Return every Gebiet the city has at any time, by its key: as it is here, else as it was or will be."""
    return {key: gebiet for fassung in (*stadt.fassungen, stadt) for key, gebiet in fassung.gebiet.items()}


def _check_zeiten(leser: Leser, zeilen: Sequence[Zeile]) -> None:
    """Report lines that end before they begin, say something twice, or contradict each other."""
    by_person: dict[str, list[Zeile]] = {}
    for zeile in zeilen:
        i = zeile.inhalt
        if i.ab and i.bis and i.bis < i.ab:
            meldung = Text("The last day lies before the first, {von}.", von=i.ab)
            leser.problem(zeile.nummer, meldung, "bis")
        for other in by_person.setdefault(i.person, []):
            if not _zugleich(i, other.inhalt):
                continue
            if other.inhalt.sitz == i.sitz:
                meldung = Text("Line {zeile} says the same of some of these days.", zeile=other.nummer)
                leser.problem(zeile.nummer, meldung, "sitz")
            if leser.stadt is not None and _widerspruch(leser.stadt, i.wohnt, other.inhalt.wohnt):
                meldung = Text("Line {zeile} says that this person lives elsewhere.", zeile=other.nummer)
                leser.problem(zeile.nummer, meldung, WOHNT_IN)
        by_person[i.person].append(zeile)


def _zugleich(a: Innehabung, b: Innehabung) -> bool:
    return max(a.ab or date.min, b.ab or date.min) <= min(a.bis or _FERN, b.bis or _FERN)


def _widerspruch(stadt: Stadt, a: Wohnsitz | None, b: Wohnsitz | None) -> bool:
    if a is None or b is None or not (a.dort or b.dort):
        return False
    here, other = (a, b) if a.dort else (b, a)
    known = _gebiete(stadt)
    first, second = known.get(here.gebiet), known.get(other.gebiet)
    if first is None or second is None:
        return False
    return not first.touches(second) if other.dort else first.atome <= second.atome


def warn_besetzung(befund: Befund, tabelle: Tabelle, stadt: Stadt, regeln: Iterable[Regel]) -> None:
    """Say which offices fall vacant, and of how many it is not known whether they are meant in particular."""
    besetzung, regeln = tabelle.besetzung, tuple(regeln)
    befund.warnungen += [
        *_vakanzen(besetzung, stadt),
        *_unbekannte(besetzung, stadt, regeln),
        *_grobe(tabelle, besetzung, stadt, regeln),
    ]


def _vakanzen(besetzung: Besetzung, stadt: Stadt) -> Iterator[Text]:
    for sitz in (stadt.alle_sitze[kennung] for kennung in besetzung.nach_sitz):
        if sitz.rolle.art is not RollenArt.AMT:
            continue
        name = stadt.sitz_name(sitz)
        for ab, bis in besetzung.luecken(sitz.id):
            if bis is None:
                yield Text("Nobody is named to hold, from {ab} on: {sitz}", ab=ab, sitz=name)
            else:
                yield Text("Nobody is named to hold, from {ab} to {bis}: {sitz}", ab=ab, bis=bis, sitz=name)


def _unbekannte(besetzung: Besetzung, stadt: Stadt, regeln: Iterable[Regel]) -> Iterator[Text]:
    asked = dict.fromkeys(pair for regel in regeln for pair in _gefragt(stadt, regel))
    for sitz, gremium in asked:
        unknown = {
            i.person
            for i in besetzung.nach_sitz.get(sitz.id, ())
            if wohnt(stadt, besetzung.wohnsitze(i.person, i.ab or i.bis or date.min), gremium.gebiet)
            is Wohnt.UNBEKANNT
        }
        if unknown:
            yield Text(
                "Residence unknown, so not marked as meant in particular: {anzahl} of “{sitz}” for: {gremium}",
                anzahl=len(unknown),
                sitz=stadt.sitz_name(sitz),
                gremium=stadt.gremium_name(gremium),
            )


def _grobe(tabelle: Tabelle, besetzung: Besetzung, stadt: Stadt, regeln: Iterable[Regel]) -> Iterator[Text]:
    """Yield the lines whose residence is an area of which only a part is meant by a rule."""
    gremien: dict[str, dict[str, Gebiet]] = {}
    for sitz, gremium in (pair for regel in regeln for pair in _gefragt(stadt, regel)):
        gremien.setdefault(sitz.id, {})[gremium.gebiet.key] = gremium.gebiet
    for zeile in tabelle.zeilen:
        i = zeile.inhalt
        wo = stadt.gebiet.get(i.wohnt.gebiet) if i.wohnt and i.wohnt.dort else None
        known = besetzung.wohnsitze(i.person, i.ab or i.bis or date.min)
        meant = tuple(
            gebiet.name
            for gebiet in gremien.get(i.sitz, {}).values()
            if wo and wo.touches(gebiet) and wohnt(stadt, known, gebiet) is Wohnt.UNBEKANNT
        )
        if wo and meant:
            yield Text(
                "{datei}, line {zeile}, column {spalte}: “{wo}” is too coarse to say who lives in: {gebiete}",
                datei=tabelle.name,
                zeile=zeile.nummer,
                spalte=WOHNT_IN,
                wo=wo.name,
                gebiete=meant,
            )


def _gefragt(stadt: Stadt, regel: Regel) -> Iterator[tuple[Sitz, Gremium]]:
    """Yield the Sitze of whose holders a rule asks where they live, each with the Gremium it asks for."""
    mark = regel.insbesondere
    if mark is None:
        return
    for gremium in stadt.gremien.values():
        if regel.gremium in (gremium.art.id, gremium.id) and all(
            nur is None or gremium.gebiet.id in nur for nur in (regel.nur, mark.nur)
        ):
            for eintrag in regel.rollen:
                yield from ((sitz, gremium) for sitz in stadt.sitze_von(eintrag, gremium.gebiet))
