"""``gremienplan.toml``: which city, programme and calendars a planner works with, and what only the planner knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import attrs
from attrs import field, frozen

from gremienplan.loading.angaben import WOCHENTAGE, closest
from gremienplan.loading.ordner import PROJEKT, Ordner, find, find_stadt, shipped
from gremienplan.loading.regeln import read_vorgaben
from gremienplan.loading.shapes import join
from gremienplan.loading.stadt import read_vertretungen
from gremienplan.loading.toml import Befund, Datei
from gremienplan.loading.verweise import Bekannt, Verweise
from gremienplan.programm import Programm, sitzungen
from gremienplan.projekt import HALTEFRIST, Festlegung, Offen
from gremienplan.ratskalender import FreierTag
from gremienplan.rules import Regel
from gremienplan.stadt import Stadt
from gremienplan.texts import Text
from gremienplan.uhr import unclear

_TABELLEN = (
    "auslegung",
    "mitgliedschaft",
    "einladung",
    "gastgeber",
    "geschaeftsfuehrung",
    "vertretung",
    "besetzt",
    "belegung",
    "freier_tag",
    "fest",
    "offen",
    "bei_bedarf",
    "verteiler",
    "postfach",
    "frist",
    "quelle",
    "entfallen",
    "meidetag",
    "stumm",
)


@frozen
class Kopf:
    """The keys at the top of the file."""

    stadt: str
    programm: str = "programm.toml"
    ratskalender: tuple[str, ...] = ("jahre/{jahr}/ratskalender/*.ics", "ratskalender/*.ics")
    besetzung: str = "besetzung.csv"
    profil: str = ""
    haltefrist: int = HALTEFRIST


@frozen
class Projektdatei:
    """A project's file that could be read, and the city folder it names (None, and a problem, if there is none)."""

    ordner: Ordner
    datei: Datei
    kopf: Kopf
    stadt: Ordner | None


@frozen
class Zusatz:
    """What the project adds to its city: rules on the planner's word, deputies, free days, dates that are fixed."""

    regeln: tuple[Regel, ...] = ()
    freie_tage: tuple[FreierTag, ...] = ()
    feste: Mapping[str, Festlegung] = field(factory=dict)
    offene: Mapping[str, Offen] = field(factory=dict)
    """Place in the file -> the entry of ``[[fest]]`` or ``[[offen]]`` there; those that cannot be read are left out."""
    vertretungen: Mapping[str, str] = field(factory=dict)
    """Sitz -> the Sitz that may present in its place; beside those of the city, and before them."""


def read_projektdatei(befund: Befund, ordner: Ordner) -> Projektdatei | None:
    """Return the project's file; None, and a problem, when not even its head can be read."""
    wo = ordner / PROJEKT
    datei = befund.toml(wo.pfad, wo.name, wo.eingabe)
    if datei is None:
        return None
    oben = [feld.name for feld in attrs.fields(Kopf)]
    datei.check_keys((*oben, *_TABELLEN))
    kopf = datei.structure(Kopf, {key: wert for key, wert in datei.inhalt.items() if key in oben}, "")
    if kopf is None:
        return None
    if not 0 <= kopf.haltefrist <= 366:
        datei.problem("haltefrist", Text("This must be a number of days from 0 to 366."), kopf.haltefrist)
    stadt = find_stadt(ordner, kopf.stadt)
    if stadt is None:
        meldung = Text("There is no such city folder, and no city of this name ships with gremienplan.")
        datei.problem("stadt", meldung, kopf.stadt, closest(kopf.stadt, shipped()))
    return Projektdatei(ordner, datei, kopf, stadt)


def besetzung_file(projekt: Path) -> Path:
    """Return where a project has the file that names persons, whether it is there or not."""
    ordner, _ = find(projekt)
    datei = read_projektdatei(Befund(), ordner) if ordner else None
    return projekt / (datei.kopf if datei else Kopf("")).besetzung


def read_zusatz(datei: Datei, bekannt: Bekannt) -> Zusatz:
    """Return what the project adds to its city."""
    verweise = Verweise(datei, bekannt)
    frei: list[FreierTag] = []
    for pfad, roh in datei.entries("freier_tag"):
        tage = datei.structure(FreierTag, roh, pfad)
        if tage is not None:
            if tage.bis < tage.von:
                meldung = Text("The last day lies before the first, {von}.", von=tage.von)
                datei.problem(join(pfad, "bis"), meldung, tage.bis)
            frei.append(tage)
    return Zusatz(
        read_vorgaben(datei, bekannt),
        tuple(frei),
        dict(_read_feste(verweise)),
        dict(_read_offene(verweise)),
        read_vertretungen(verweise),
    )


def _read_feste(verweise: Verweise) -> Iterator[tuple[str, Festlegung]]:
    """Yield ``[[fest]]``: dates that somebody else has fixed."""
    datei = verweise.datei
    for pfad, roh in datei.entries("fest"):
        fest = datei.structure(Festlegung, roh, pfad)
        if fest is None:
            continue
        if fest.ort:
            verweise.check("orte", fest.ort, join(pfad, "ort"))
        if fest.ende is not None and not fest.beginn < fest.ende <= fest.beginn + timedelta(days=1):
            meldung = Text("This must be later than {von}, by one day at most.", von=fest.beginn)
            datei.problem(join(pfad, "ende"), meldung, fest.ende)
        if fest.wochentag not in (None, fest.beginn.weekday()):
            meldung = Text("Date and weekday do not agree: the date is {tag}.", tag=fest.beginn.date())
            datei.problem(join(pfad, "wochentag"), meldung, WOCHENTAGE[fest.wochentag or 0])
        yield pfad, fest


def _read_offene(verweise: Verweise) -> Iterator[tuple[str, Offen]]:
    """Yield ``[[offen]]``: Sitzungen whose date is still to be announced."""
    for pfad, roh in verweise.datei.entries("offen"):
        offen = verweise.datei.structure(Offen, roh, pfad)
        if offen is not None:
            yield pfad, offen


def check_sitzungen(datei: Datei, zusatz: Zusatz, stadt: Stadt, programm: Programm) -> None:
    """Report in ``[[fest]]`` and ``[[offen]]`` what no year's programme asks for, and what is said twice."""
    changes = [stand.gueltig_ab.year for stand in stadt.fassungen if stand.gueltig_ab]
    jahre = {2000, *changes, *(jahr - 1 for jahr in changes)}
    jahre |= {f.beginn.year if f.jahr is None else f.jahr for f in zusatz.feste.values()}
    known = {s.id for jahr in sorted(jahre) for s in sitzungen(stadt, programm, jahr)}
    seen: list[tuple[str, int | None]] = []
    for pfad, kennung in _genannte(datei):
        eintrag = zusatz.feste.get(pfad) or zusatz.offene.get(pfad)
        jahr = eintrag.jahr if eintrag else None
        if isinstance(eintrag, Festlegung):
            jahr = eintrag.beginn.year if jahr is None else jahr
            _check_uhr(datei, eintrag, stadt, pfad)
        if kennung not in known:
            meldung = Text("The programme has no Sitzung with this id.")
            datei.problem(join(pfad, "sitzung"), meldung, kennung, closest(kennung, known))
        elif eintrag and any(s == kennung and (None in (j, jahr) or j == jahr) for s, j in seen):
            meldung = Text("The date of this Sitzung has been spoken of before.")
            datei.problem(join(pfad, "sitzung"), meldung, kennung)
        if eintrag:
            seen.append((kennung, jahr))


def _genannte(datei: Datei) -> Iterator[tuple[str, str]]:
    """Yield place and Sitzung of every entry that names one, also where something else of it is wrong."""
    for key in ("fest", "offen"):
        if isinstance(datei.inhalt.get(key, []), list):  # else it has been said
            for pfad, roh in datei.entries(key):
                kennung = roh.get("sitzung") if isinstance(roh, dict) else None
                if isinstance(kennung, str):
                    yield pfad, kennung


def _check_uhr(datei: Datei, fest: Festlegung, stadt: Stadt, stelle: str) -> None:
    """Report a start or end that the clock skips or shows twice in the night in which it is changed."""
    for key, zeit in (("beginn", fest.beginn), ("ende", fest.ende)):
        if zeit is not None and (why := unclear(zeit, stadt.zeitzone)):
            datei.problem(join(stelle, key), why, zeit)
