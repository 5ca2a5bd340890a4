"""Days and moments of an iCalendar file, and the time zones they stand in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from attrs import field, frozen
from icalendar.prop import vDDDTypes
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from gremienplan.errors import InputError, Problem
from gremienplan.loading.ics_zeilen import Feld, Komponente
from gremienplan.texts import Text

JAHRE = range(1900, 2200)
"""Years a calendar may speak of; what lies outside is a mistake."""

_lies: Callable[[str], object] = vDDDTypes.from_ical  # the library leaves it untyped
_ABWEICHEND = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z)?(?:[+-]\d\d:?\d\d)?)?"
)
_VERSATZ = re.compile(r"(?<=:\d\d)[+-]\d\d:?\d\d$|(?<=T\d{6})[+-]\d\d:?\d\d$|(?<=T\d{4})[+-]\d\d:?\d\d$")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")


@frozen
class Zonen:
    """The city's zone and those a file defines itself."""

    datei: str
    stadt: ZoneInfo
    eigene: dict[str, tzinfo] = field(factory=dict)

    def moment(self, feld: Feld, wert: str | None = None) -> datetime | date:
        """Return the day or the moment (in its zone) that a property or one ``wert`` of its list stands for.

        A moment without a zone is one of the city's wall clock. Raises InputError for anything else.
        """
        roh = feld.wert if wert is None else wert
        try:
            gelesen = _lies(_grundform(roh.strip()))
        except (ValueError, ArithmeticError):
            gelesen = None
        if (versatz := _VERSATZ.search(roh)) and isinstance(gelesen, datetime):
            gelesen = gelesen.replace(tzinfo=timezone(_offset(versatz[0])))
        if not isinstance(gelesen, date) or gelesen.year not in JAHRE:
            raise self._problem(feld, Text("This is no day and no time of day"), roh)
        if not isinstance(gelesen, datetime) or gelesen.tzinfo is not None:
            return gelesen
        tzid = feld.params.get("TZID")
        return gelesen.replace(tzinfo=self.zone(feld, tzid) if tzid else self.stadt)

    def zone(self, feld: Feld, tzid: str) -> tzinfo:
        """Return a zone by its name: IANA's, Windows', a vendor's path to IANA's, or the file's own."""
        zone = _bekannte_zone(tzid) or self.eigene.get(tzid)
        if zone is None:
            raise self._problem(feld, Text("Nobody knows this time zone"), tzid)
        return zone

    def lokal(self, wert: datetime | date) -> datetime | date:
        """Return a moment as the city's wall clock shows it (naive); a day stays as it is."""
        return uhr(wert, self.stadt) if isinstance(wert, datetime) else wert

    def _problem(self, feld: Feld, meldung: Text, wert: str) -> InputError:
        return InputError([Problem(self.datei, str(feld.zeile), meldung, wert[:80])])


def _grundform(wert: str) -> str:
    """Return a moment as iCalendar writes it: some vendors write it like 2027-03-02T17:00 or 20270302T1700.

    >>> _grundform("2027-03-02 17:00+01:00"), _grundform("20270302T170000Z"), _grundform("P1D")
    ('20270302T170000', '20270302T170000Z', 'P1D')
    """
    match = _ABWEICHEND.fullmatch(wert)
    if match is None:
        return wert
    tag = f"{match[1]}{match[2]}{match[3]}"
    return f"{tag}T{match[4]}{match[5]}{match[6] or '00'}{match[7] or ''}" if match[4] else tag


def zonen(datei: str, zeitzone: str, komponenten: Iterable[Komponente]) -> Zonen:
    """Return the zones of a file of a city in ``zeitzone``; raises InputError if nobody knows that zone.

    A VTIMEZONE counts only where its name is unknown, and only by its offsets: those of the city make it the
    city's zone, a single one a fixed offset. A definition that says nothing is as good as none.
    """
    stadt = _bekannte_zone(zeitzone)
    if stadt is None:
        raise InputError([Problem("zeitzone", "", Text("Nobody knows this time zone"), zeitzone)])
    namen: dict[str, set[timedelta]] = {}
    tzid = ""
    for komponente in komponenten:
        if komponente.name == "VTIMEZONE":
            tzid = next(iter(_werte(komponente, "TZID")), "").replace("\\,", ",")
        elif komponente.ueber == "VTIMEZONE":
            namen.setdefault(tzid, set()).update(map(_offset, _werte(komponente, "TZOFFSETTO")))
    eigene = {name: zone for name, offsets in namen.items() if (zone := _eigene_zone(offsets, stadt))}
    return Zonen(datei, stadt, eigene)


def uhr(wert: datetime, zone: tzinfo) -> datetime:
    """Return what the wall clock of ``zone`` shows (naive); a time the clock skips stays as it was written."""
    lokal = wert if wert.tzinfo in (zone, None) else wert.astimezone(zone)
    return lokal.replace(tzinfo=None, fold=0)


def nach(beginn: datetime | date, dauer: timedelta) -> datetime | date:
    """Return the end of a DURATION: days are of the calendar, hours of the clock."""
    if not isinstance(beginn, datetime):
        return beginn + dauer
    tage = beginn + timedelta(days=dauer.days)
    return (tage.astimezone(UTC) + timedelta(seconds=dauer.seconds)).astimezone(beginn.tzinfo)


def _bekannte_zone(tzid: str) -> ZoneInfo | None:
    """Return the zone a name means; ``/vendor/version/Europe/Berlin`` ends with one."""
    teile = tzid.strip().strip("/").split("/")
    for start in range(len(teile)):
        name = "/".join(teile[start:])
        try:
            return ZoneInfo(WINDOWS_TO_OLSON.get(name, name))
        except (KeyError, ValueError, OSError):
            continue
    return None


def _werte(komponente: Komponente, name: str) -> list[str]:
    """Return the values of a property, however broken the lines around it are."""
    teile = (zeile.text.partition(":") for zeile in komponente.zeilen)
    return [wert.strip() for kopf, _, wert in teile if kopf.partition(";")[0].upper() == name]


def _eigene_zone(offsets: set[timedelta], stadt: ZoneInfo) -> tzinfo | None:
    """Return the zone that offsets describe: the city's own, one that never changes, or none."""
    if offsets == {stadt.utcoffset(datetime(2026, monat, 1)) for monat in (1, 7)}:
        return stadt
    return timezone(min(offsets)) if len(offsets) == 1 else None


def _offset(wert: str) -> timedelta:
    match = _OFFSET.match(wert)
    if match is None:
        return timedelta()
    betrag = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if betrag >= timedelta(days=1):
        return timedelta()
    return -betrag if match[1] == "-" else betrag
