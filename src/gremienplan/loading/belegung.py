"""Occupied time of a project: of its own entries, and of calendars kept elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from attrs import field, frozen

from gremienplan.errors import InputError
from gremienplan.loading.kalender import EINGEFUEHRT, read_eingefuehrt
from gremienplan.loading.ordner import Ordner, matching
from gremienplan.loading.projektdatei import Projektdatei
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Befund, Datei
from gremienplan.loading.verweise import Bekannt, Verweise
from gremienplan.programm import Programm, wuensche as wunsch
from gremienplan.projekt import Besetzt, Fremdtermin
from gremienplan.ratskalender import CANCELLED, Eintrag
from gremienplan.texts import Text

MOST_WEEKS = 530
"""What recurs every week does so for some ten years at most."""

JAHRE = range(1900, 2200)
"""Years a calendar may speak of, as in iCalendar files."""

_WOCHE = timedelta(days=7)


@frozen
class Besetzteintrag:
    """``[[besetzt]]``: a time in which a Sitz or an Ort cannot be had, once or every week."""

    wer: str
    von: datetime
    bis: datetime
    was: str
    woechentlich_bis: date | None = None
    """It recurs every week, at the same time of day, up to this day."""


@frozen
class Belegungseintrag:
    """``[[belegung]]``: calendars in which the occupied time of Sitze and Orte stands, or what others do."""

    name: str
    kalender: str
    """Pattern of files inside the project."""
    wer: tuple[str, ...] = ()
    """Sitze and Orte that cannot be had at these times; none: they occupy nobody, but wishes may heed them."""
    gebiet: str | None = None
    """Key of the area for which they matter, where they occupy nobody."""
    titel: bool = False
    """Messages say what an entry is called; else only the name of the calendar, for an entry may name persons."""
    dauer: int = 120
    """Minutes assumed where an entry has no end."""


@frozen
class Belegt:
    """All occupied time of a project."""

    besetzt: tuple[Besetzt, ...] = ()
    fremd: tuple[Fremdtermin, ...] = ()
    kalender: tuple[Belegungseintrag, ...] = field(default=())


# --- [[besetzt]] -------------------------------------------------------------------------------------------


def read_besetzt(datei: Datei, bekannt: Bekannt) -> tuple[Besetzt, ...]:
    """Return what the project's own file says to be occupied; what recurs comes as often as it does."""
    return tuple(_read_besetzt(datei, Verweise(datei, bekannt)))


def _read_besetzt(datei: Datei, verweise: Verweise) -> Iterator[Besetzt]:
    for pfad, roh in datei.entries("besetzt"):
        eintrag = datei.structure(Besetzteintrag, roh, pfad)
        if eintrag is None:
            continue
        verweise.check("sitze-und-orte", eintrag.wer, join(pfad, "wer"))
        if eintrag.bis <= eintrag.von:
            datei.problem(
                join(pfad, "bis"), Text("This must be later than {von}.", von=eintrag.von), eintrag.bis
            )
        letzter, erster = eintrag.woechentlich_bis, eintrag.von.date()
        weeks = 0 if letzter is None else (letzter - erster).days // 7
        if letzter is not None and not (0 <= weeks <= MOST_WEEKS and letzter.year in JAHRE):
            meldung = Text("This must be a day after {von}, within ten years.", von=erster)
            datei.problem(join(pfad, "woechentlich_bis"), meldung, letzter)
            continue
        for n in range(weeks + 1):
            yield Besetzt(eintrag.wer, eintrag.von + n * _WOCHE, eintrag.bis + n * _WOCHE, eintrag.was)


# --- [[belegung]] ------------------------------------------------------------------------------------------


def read_belegungen(datei: Datei, bekannt: Bekannt) -> tuple[tuple[str, Belegungseintrag], ...]:
    """Return place and content of each entry that names calendars of occupied time."""
    verweise = Verweise(datei, bekannt)
    found: dict[str, tuple[str, Belegungseintrag]] = {}
    for pfad, roh in datei.entries("belegung"):
        eintrag = datei.structure(Belegungseintrag, roh, pfad)
        if eintrag is None:
            continue
        verweise.check_all("sitze-und-orte", eintrag.wer, join(pfad, "wer"))
        if eintrag.gebiet is not None:
            verweise.check("gebiete", eintrag.gebiet, join(pfad, "gebiet"))
            if eintrag.wer:
                meldung = Text("An area is said only of calendars that occupy nobody; this one has wer.")
                datei.problem(join(pfad, "gebiet"), meldung, eintrag.gebiet)
        if eintrag.name in found:
            meldung = Text("Another entry has this name: {ort}", ort=found[eintrag.name][0])
            datei.problem(join(pfad, "name"), meldung, eintrag.name)
        found.setdefault(eintrag.name, (pfad, eintrag))
    return tuple(found.values())


def read_belegt(
    projekt: Projektdatei,
    bekannt: Bekannt,
    zeitzone: str,
    jahre: Collection[int],
) -> Belegt:
    """Return all occupied time a project knows of, in the order of its file."""
    datei = projekt.datei
    besetzt, fremd = list(read_besetzt(datei, bekannt)), list[Fremdtermin]()
    belegungen = read_belegungen(datei, bekannt)
    for pfad, belegung in belegungen:
        for eintrag in _entries(projekt, belegung, pfad, zeitzone, jahre):
            von, bis = span(eintrag, belegung)
            was = eintrag.name if belegung.titel and eintrag.name else belegung.name
            besetzt += [Besetzt(wer, von, bis, was) for wer in belegung.wer]
            if not belegung.wer:
                fremd.append(Fremdtermin(belegung.name, von, bis, was, belegung.gebiet))
    return Belegt(tuple(besetzt), tuple(fremd), tuple(belegung for _, belegung in belegungen))


def span(eintrag: Eintrag, belegung: Belegungseintrag) -> tuple[datetime, datetime]:
    """Return from and until when an entry lasts; a day without an end is one whole day."""
    if not isinstance(eintrag.beginn, datetime):
        von = datetime.combine(eintrag.beginn, time())
        ende = None if eintrag.ende is None else datetime.combine(eintrag.ende, time())
        return von, ende if ende is not None and ende > von else von + timedelta(days=1)
    ende = eintrag.ende if isinstance(eintrag.ende, datetime) else None
    if ende is None or ende <= eintrag.beginn:
        ende = eintrag.beginn + timedelta(minutes=belegung.dauer)
    return eintrag.beginn, ende


def _entries(
    projekt: Projektdatei, belegung: Belegungseintrag, pfad: str, zeitzone: str, jahre: Collection[int]
) -> Iterator[Eintrag]:
    """Yield the entries of the calendars that can matter for these years, and that occupy time."""
    befund = projekt.datei.befund
    for datei in _find(projekt, belegung, pfad):
        roh = befund.read(datei.pfad, datei.name, datei.eingabe)
        if roh is None:
            continue
        try:
            found, frei = read_calendar(befund, datei, roh, zeitzone, max(jahre) + 1 if jahre else None)
        except InputError as error:
            befund.problems.extend(error.problems)
            continue
        for eintrag in found:
            ende = eintrag.ende or eintrag.beginn
            near = not jahre or (min(jahre) - 1 <= ende.year and eintrag.beginn.year <= max(jahre) + 1)
            if (
                near
                and eintrag.status != CANCELLED
                and frei.isdisjoint((eintrag.kennung, eintrag.kennung.rpartition("/")[0]))
            ):
                yield eintrag


def read_calendar(
    befund: Befund, datei: Ordner, roh: bytes, zeitzone: str, bis_jahr: int | None
) -> tuple[tuple[Eintrag, ...], frozenset[str]]:
    """Return the entries of a calendar that can be read, and the identities of those that take no time.

    It is none of ours, so what cannot be read is only said; by its line, for what stands there may name a person.
    """
    if datei.pfad.suffix.lower() == EINGEFUEHRT:
        return read_eingefuehrt(roh, datei.pfad.stem, datei.name).eintraege, frozenset()
    from gremienplan.loading import ics_frei, ics_teilweise  # asking who is invited needs no calendar library

    found, lost = ics_teilweise.read_partly(roh, datei.pfad.stem, datei.name, zeitzone, bis_jahr)
    if lost:
        meldung = Text(
            "{datei}: not all of it can be read ({anzahl} losses, the first in line {zeile}).",
            datei=datei.name,
            anzahl=len(lost),
            zeile=lost[0].stelle,
        )
        befund.warnungen.append(meldung)
    return found, ics_frei.transparent(datei.name, roh)


def _find(projekt: Projektdatei, belegung: Belegungseintrag, pfad: str) -> tuple[Ordner, ...]:
    """Return the files a pattern means; one that means none is a problem if it is a plain name, else worth a word."""
    stelle = join(pfad, "kalender")
    try:
        found = tuple(matching(projekt.ordner, belegung.kalender, ()))
    except (ValueError, NotImplementedError):
        projekt.datei.problem(stelle, Text("This must be a path inside the project."), belegung.kalender)
        return ()
    if not found and any(zeichen in belegung.kalender for zeichen in "*?["):
        meldung = Text(
            "No file matches this pattern of the calendars “{name}”: {muster}",
            name=belegung.name,
            muster=belegung.kalender,
        )
        projekt.datei.befund.warnungen.append(meldung)
    elif not found:
        projekt.datei.problem(stelle, Text("This file does not exist."), belegung.kalender)
    return found


def warn_belegt(datei: Datei, belegt: Belegt, programm: Programm) -> None:
    """Say which calendars of others no wish heeds, and which of a wish the project does not have."""
    wishes = [w for w in programm.wuensche if isinstance(w, wunsch.FremdeTermine)]
    others = [b.name for b in belegt.kalender if not b.wer]
    unheeded = tuple(n for n in others if not any(not w.kalender or n in w.kalender for w in wishes))
    if unheeded:
        meldung = Text("No wish of the kind “fremde-termine” heeds these calendars: {namen}", namen=unheeded)
        datei.befund.warnungen.append(meldung)
    missing = tuple(dict.fromkeys(n for w in wishes for n in w.kalender if n not in others))
    if missing:
        meldung = Text("A wish heeds calendars that the project does not have: {namen}", namen=missing)
        datei.befund.warnungen.append(meldung)
