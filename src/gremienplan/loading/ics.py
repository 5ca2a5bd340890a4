"""Council calendars as iCalendar files: the entries as they stand there, in the city's local time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from quopri import decodestring
from typing import TypeVar

import icalendar
from attrs import evolve

from gremienplan.errors import InputError, Problem
from gremienplan.loading.ics_serien import Termin, wiederkehren
from gremienplan.loading.ics_zeilen import Feld, Komponente, komponenten, widerrufen
from gremienplan.loading.ics_zeiten import Zonen, nach, zonen
from gremienplan.loading.zeichen import ohne_html
from gremienplan.ratskalender import CANCELLED, Eintrag
from gremienplan.ratskalender.namen import beschreibung_sagt_ab, sagt_ab
from gremienplan.texts import Text

ENDLOS_JAHRE = 2
"""So many years after the last start in a file a rule without an end is still followed."""

_lies_dauer: Callable[[str], timedelta] = icalendar.vDuration.from_ical  # both are untyped in the library
_lies_regel: Callable[[str], icalendar.vRecur] = icalendar.vRecur.from_ical
_A = TypeVar("_A")
_B = TypeVar("_B")
_ZEIT = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
FELDER = frozenset({"UID", "SUMMARY", "LOCATION", "STATUS", "SEQUENCE", *_ZEIT})


def read(path: Path, zeitzone: str, bis_jahr: int | None = None) -> tuple[Eintrag, ...]:
    """Return the entries of an iCalendar file in its order, in the wall-clock time of ``zeitzone`` (naive).

    A series comes as one entry for each occurrence, in the order of time, with its UID and the day it was due
    (``uid/2027-03-01``). A rule without an end is followed to the end of ``bis_jahr``, else to the end of the
    second year after the last start in the file. Raises InputError with all problems of the file.
    """
    datei = str(path)
    try:
        roh = path.read_bytes()
    except FileNotFoundError:
        raise InputError([Problem(datei, "", Text("This file does not exist."))]) from None
    except OSError as error:
        meldung = Text("This file cannot be read: {reason}", reason=error.strerror or str(error))
        raise InputError([Problem(datei, "", meldung)]) from error
    return read_bytes(roh, path.stem, datei, zeitzone, bis_jahr)


def read_bytes(
    roh: bytes, quelle: str, datei: str, zeitzone: str, bis_jahr: int | None = None
) -> tuple[Eintrag, ...]:
    """Return the entries that :func:`read` returns of a file with this content."""
    teile = komponenten(datei, roh)
    zeit = zonen(datei, zeitzone, teile)
    problems: list[Problem] = []
    events = [teil for teil in teile if teil.name == "VEVENT"]
    termine = geltende(_jedes(lambda event: read_termin(event, zeit), events, problems), teile)
    jahr = bis_jahr or endlos_bis(termine)
    gruppen = _jedes(lambda serie: entfalten(quelle, serie, zeit, jahr), in_serien(termine), problems)
    if problems:
        raise InputError(problems)
    return tuple(eines for gruppe in gruppen for eines in gruppe)


def endlos_bis(termine: Iterable[Termin]) -> int:
    """Return the year to whose end rules without an end are followed."""
    return max((termin.beginn.year for termin in termine), default=0) + ENDLOS_JAHRE


def _jedes(tun: Callable[[_A], _B], worauf: Iterable[_A], problems: list[Problem]) -> list[_B]:
    """Return what ``tun`` makes of each thing it can read, and put the problems of the others aside."""
    made: list[_B] = []
    for eines in worauf:
        try:
            made.append(tun(eines))
        except InputError as error:
            problems.extend(error.problems)
    return made


def read_termin(event: Komponente, zeit: Zonen) -> Termin:
    """Read one VEVENT; of a property that stands there twice by mistake the first counts."""
    return termin_aus(event, event.felder(zeit.datei, FELDER), zeit)


def termin_aus(event: Komponente, felder: Mapping[str, Sequence[Feld]], zeit: Zonen) -> Termin:
    """Return a VEVENT with these properties."""
    uid = text(felder, "UID")
    if "DTSTART" not in felder:
        meldung = Text("This event has no start (DTSTART)")
        raise InputError([Problem(zeit.datei, str(event.zeile), meldung, uid or text(felder, "SUMMARY"))])
    beginn = zeit.moment(felder["DTSTART"][0])
    tag = date(beginn.year, beginn.month, beginn.day)
    statt = felder.get("RECURRENCE-ID", [None])[0]
    status = text(felder, "STATUS").upper()  # some write it in words of their own
    return Termin(
        zeile=event.zeile,
        uid=uid,
        name=text(felder, "SUMMARY"),
        beginn=beginn,
        ende=_ende(felder, beginn, zeit),
        ort=text(felder, "LOCATION").strip(" ,"),
        status=CANCELLED if sagt_ab(status) or beschreibung_sagt_ab(event.beschreibung, tag) else status,
        regeln=tuple(_regel(feld, zeit.datei) for feld in felder.get("RRULE", ())),
        dazu=tuple(_dazu(feld, teil, zeit) for feld in felder.get("RDATE", ()) for teil in _teile(feld)),
        ausser=tuple(zeit.moment(feld, teil) for feld in felder.get("EXDATE", ()) for teil in _teile(feld)),
        statt=zeit.moment(statt) if statt else None,
        ab_hier=bool(statt and statt.params.get("RANGE") == "THISANDFUTURE"),
        folge=int(folge) if (folge := text(felder, "SEQUENCE")[:9]).isdecimal() else 0,
    )


def text(felder: Mapping[str, Sequence[Feld]], name: str) -> str:
    """Return a property as one line of text; empty if it is not there."""
    return " ".join(ohne_html(_lesbar(felder[name][0])).split()) if name in felder else ""


def _lesbar(feld: Feld) -> str:
    """Return a value; calendars of the nineties write letters such as ü as =C3=BC."""
    if feld.params.get("ENCODING", "").upper() != "QUOTED-PRINTABLE":
        return feld.wert
    roh = decodestring(feld.wert.encode())
    try:
        return roh.decode()
    except UnicodeDecodeError:
        return roh.decode("cp1252", errors="replace")


def _ende(
    felder: Mapping[str, Sequence[Feld]], beginn: datetime | date, zeit: Zonen
) -> datetime | date | None:
    """Return the end as DTEND or DURATION say it, None if neither is there or it stands empty."""
    if "DTEND" in felder and felder["DTEND"][0].wert.strip():
        ende = zeit.moment(felder["DTEND"][0])
        return ende.date() if isinstance(ende, datetime) and not isinstance(beginn, datetime) else ende
    if "DURATION" in felder and felder["DURATION"][0].wert.strip():
        return nach(beginn, _dauer(felder["DURATION"][0], felder["DURATION"][0].wert, zeit.datei))
    return None


def _dauer(feld: Feld, wert: str, datei: str) -> timedelta:
    try:
        dauer = _lies_dauer(wert.strip())
    except (ValueError, ArithmeticError):
        dauer = timedelta.max
    if abs(dauer) > timedelta(days=366):
        raise InputError([Problem(datei, str(feld.zeile), Text("This is no length of a sitting"), wert[:80])])
    return dauer


def _teile(feld: Feld) -> list[str]:
    """Return the values of a list, without empty ones."""
    return [teil for teil in feld.wert.split(",") if teil.strip()]


def _dazu(feld: Feld, wert: str, zeit: Zonen) -> datetime | date | tuple[datetime, datetime]:
    """Return a day or moment of RDATE, or its span (``start/end`` or ``start/length``)."""
    erst, _, dann = wert.partition("/")
    beginn = zeit.moment(feld, erst)
    if not dann or not isinstance(beginn, datetime):
        return beginn
    if dann.strip().upper().startswith("P"):
        ende = nach(beginn, _dauer(feld, dann, zeit.datei))
    else:
        ende = zeit.moment(feld, dann)
    return (beginn, ende) if isinstance(ende, datetime) and ende > beginn else beginn


def _regel(feld: Feld, datei: str) -> icalendar.vRecur:
    try:
        return _lies_regel(feld.wert)
    except (ValueError, TypeError) as error:
        meldung = Text("This recurrence rule is not readable")
        raise InputError([Problem(datei, str(feld.zeile), meldung, feld.wert[:80])]) from error


def geltende(termine: Sequence[Termin], teile: Iterable[Komponente]) -> list[Termin]:
    """Return the events in their newest version; what its calendar takes back (METHOD:CANCEL) is cancelled.

    Versions are events of one UID and name, none of them of a series, with another SEQUENCE each.
    """
    weg = widerrufen(teile)
    alle = [evolve(t, status=CANCELLED) if t.zeile in weg else t for t in termine]
    neueste: dict[tuple[str, str], int] = {}
    for t in alle:
        neueste[t.uid, t.name] = max(t.folge, neueste.get((t.uid, t.name), 0))
    serien = {t.uid for t in alle if not t.einzeln}
    return [t for t in alle if not t.uid or t.uid in serien or t.folge == neueste[t.uid, t.name]]


def in_serien(termine: Sequence[Termin]) -> list[list[Termin]]:
    """Return the events of one UID together, where one of them recurs; every other event alone."""
    wiederkehrend = {termin.uid for termin in termine if termin.uid and not termin.einzeln}
    serien: dict[str, list[Termin]] = {}
    for termin in termine:
        schluessel = termin.uid if termin.uid in wiederkehrend else f"\0{termin.zeile}"
        serien.setdefault(schluessel, []).append(termin)
    return list(serien.values())


def entfalten(quelle: str, serie: list[Termin], zeit: Zonen, endlos_bis: int) -> list[Eintrag]:
    """Return the entries of one event, or of all events of a series."""
    if len(serie) == 1 and serie[0].einzeln:
        termin = serie[0]
        return [_eintrag(quelle, termin, termin.uid, zeit, termin.beginn, termin.ende)]
    return [
        _eintrag(quelle, w.termin, f"{w.termin.uid}/{w.tag.isoformat()}", zeit, w.beginn, w.ende)
        for w in wiederkehren(zeit.datei, serie, zeit.stadt, endlos_bis)
    ]


def _eintrag(
    quelle: str,
    termin: Termin,
    kennung: str,
    zeit: Zonen,
    beginn: datetime | date,
    ende: datetime | date | None,
) -> Eintrag:
    return Eintrag(
        quelle,
        kennung if termin.uid else "",
        termin.name,
        zeit.lokal(beginn),
        None if ende is None else zeit.lokal(ende),
        termin.ort,
        termin.status,
    )
