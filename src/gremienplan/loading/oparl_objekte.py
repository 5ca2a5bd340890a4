"""Objects of OParl as values: what kind one is, and what its fields say in whatever way they say it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from attrs import frozen

from gremienplan.ratskalender import CANCELLED, VERSCHWUNDEN

JAHRE = range(1900, 2200)
"""Years a calendar may speak of; what lies outside is a mistake."""
LAENGE = 500
"""So many letters of a name or place are kept."""

_NICHTS = frozenset({"", "n/a", "null", "none", "-", "--"})
_STEUERND = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_DEUTSCH = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::\d{2})?(?:\s*Uhr)?)?")
_ZEIT = re.compile(r"\d{4}-?\d\d-?\d\d(?:.*)", re.DOTALL)
_ABGESAGT = re.compile(
    r"abgesagt|entf[aä]ll|entfaell|ausgefallen|f[aä]llt aus|cancel|storniert|aufgehoben", re.IGNORECASE
)


class Art(Enum):
    """The kinds of objects that matter here."""

    SYSTEM = "system"
    KOERPERSCHAFT = "body"
    GREMIUM = "organization"
    SITZUNG = "meeting"
    ORT = "location"
    ANDERES = ""


_MERKMALE = (
    (Art.SYSTEM, {"oparlVersion"}),
    (Art.SITZUNG, {"start", "meetingState", "agendaItem", "cancelled"}),
    (Art.KOERPERSCHAFT, {"paper", "ags", "rgs", "locationList"}),
    (Art.GREMIUM, {"organizationType", "classification"}),
    (Art.ORT, {"streetAddress", "room", "geojson", "postalCode", "locality"}),
)
"""What tells the kind of an object that does not say it; the first that is there counts."""


def art(wert: Mapping[str, object], sonst: Art = Art.ANDERES) -> Art:
    """Return what kind of object this is: as it says, else by its keys, else what is expected in its place."""
    gesagt = text(wert.get("type")).rstrip("/").rpartition("/")[2].lower()
    if gesagt:
        return next((eine for eine in Art if eine.value == gesagt), Art.ANDERES)
    return next((eine for eine, merkmale in _MERKMALE if merkmale & wert.keys()), sonst)


def text(wert: object) -> str:
    """Return a value as one line of text; empty for what says nothing, such as "N/A"."""
    if not isinstance(wert, str):
        return ""
    line = html.unescape(wert[: 10 * LAENGE]) if "&" in wert else wert[: 10 * LAENGE]
    line = line.encode("utf-8", "replace").decode()
    line = " ".join(_STEUERND.sub(" ", line).split())
    return "" if line.lower() in _NICHTS else line[:LAENGE]


def kennung(wert: object) -> str:
    """Return an identity or address as it stands there, without blanks around it; empty if it says nothing."""
    if not isinstance(wert, str) or len(wert) > 4 * LAENGE:
        return ""
    line = _STEUERND.sub("", wert.encode("utf-8", "replace").decode()).strip()
    return "" if line.lower() in _NICHTS else line


def schluessel(adresse: str) -> str:
    """Return by what two ways to write one address are the same."""
    return re.sub(r"^https?://", "", adresse.strip(), flags=re.IGNORECASE).rstrip("/")


def ist_verweis(wert: str) -> bool:
    """Tell an address of an object from a text."""
    return re.match(r"https?://\S+$", wert, re.IGNORECASE) is not None


def verweis(wert: object) -> str:
    """Return the address that stands in place of an object, else the text; a bare number says nothing."""
    adresse = kennung(wert)
    if ist_verweis(adresse):
        return adresse
    name = text(wert)
    return "" if name.isdecimal() else name


def ja(wert: object) -> bool:
    """Tell whether this says yes."""
    return wert is True or (isinstance(wert, str) and wert.strip().lower() in {"true", "1", "yes", "ja"})


def jedes(wert: object) -> Iterator[object]:
    """Yield the values of a list; a value that should be one and is none counts as its only one."""
    if isinstance(wert, dict) and "data" in wert and "id" not in wert:
        wert = wert["data"]
    yield from wert if isinstance(wert, list) else [] if wert is None else [wert]


def zeit(wert: object, zone: ZoneInfo) -> datetime | date | None:
    """Return a day, or a moment as the clock of ``zone`` shows it (naive); None where nothing stands.

    A moment without an offset is one of that clock. Raises ValueError for anything else.
    """
    if isinstance(wert, dict) and "$date" in wert:  # as MongoDB dumps it
        wert = wert["$date"]
    roh = text(wert)
    if not roh:
        if wert is None or isinstance(wert, str):
            return None
        raise ValueError(wert)
    gelesen = _deutsch(roh) or _iso(roh)
    if gelesen.year not in JAHRE:
        raise ValueError(roh)
    if not isinstance(gelesen, datetime):
        return gelesen
    if gelesen.tzinfo is not None:
        gelesen = gelesen.astimezone(UTC).astimezone(zone)
    return gelesen.replace(tzinfo=None, fold=0, microsecond=0)


def _deutsch(roh: str) -> datetime | date | None:
    match = _DEUTSCH.fullmatch(roh)
    if match is None:
        return None
    tag = date(int(match[3]), int(match[2]), int(match[1]))
    return tag if match[4] is None else datetime(tag.year, tag.month, tag.day, int(match[4]), int(match[5]))


def _iso(roh: str) -> datetime | date:
    """Read ISO 8601; ``24:00`` is the beginning of the next day."""
    if not _ZEIT.fullmatch(roh):
        raise ValueError(roh)
    if len(roh) <= len("2027-03-02"):
        return date.fromisoformat(roh)
    roh = re.sub(r"\s+([+-]\d|Z)", r"\1", roh)
    morgen = re.match(r"(\d{4}-\d\d-\d\d[T ])24:00", roh)
    if morgen is not None:
        roh = f"{morgen[1]}00:00{roh[morgen.end() :]}"
    gelesen = datetime.fromisoformat(roh)
    if gelesen.year not in JAHRE:
        raise ValueError(roh)
    return gelesen + timedelta(days=1) if morgen is not None else gelesen


def geaendert(wert: object, zone: ZoneInfo) -> datetime | None:
    """Return when an object was changed; None where it does not say, or nobody can read it."""
    try:
        gelesen = zeit(wert, zone)
    except (ValueError, ArithmeticError):
        return None
    return gelesen if isinstance(gelesen, datetime) else None


def status(wert: Mapping[str, object]) -> str:
    """Return ``CANCELLED``, else the state of a meeting as its source calls it, in upper case."""
    zustand = text(wert.get("meetingState"))
    if ja(wert.get("cancelled")) or _ABGESAGT.search(zustand):
        return CANCELLED
    return "" if zustand.upper() == VERSCHWUNDEN else zustand.upper()[:40]


def ortstext(wert: Mapping[str, object]) -> str:
    """Return what a Location says: its description and room, else its address."""
    beschreibung, raum, strasse = (text(wert.get(key)) for key in ("description", "room", "streetAddress"))
    stadt = " ".join(filter(None, (text(wert.get("postalCode")), text(wert.get("locality")))))
    if beschreibung:
        raum = "" if raum.lower() in beschreibung.lower() else raum
        return ", ".join(filter(None, (raum, beschreibung)))
    return ", ".join(filter(None, (raum, strasse, stadt)))


@frozen
class Koerperschaft:
    """A Body: what it is called, and where its lists stand."""

    id: str
    namen: tuple[str, ...]
    sitzungen: tuple[str, ...] = ()
    gremien: tuple[str, ...] = ()
    orte: tuple[str, ...] = ()


@frozen
class Organ:
    """An Organization: what it is called, whose it is, and where its meetings are listed."""

    id: str
    namen: tuple[str, ...] = ()
    """Its name and its short name, as far as there are any."""
    koerperschaft: str = ""
    sitzungen: tuple[str, ...] = ()
    geaendert: datetime | None = None

    @property
    def name(self) -> str:
        """The name; the short one where there is no other."""
        return self.namen[0] if self.namen else ""


class Treffen(NamedTuple):
    """A Meeting as it stands there; what it links to is looked up when everything has been read."""

    kennung: str
    name: str
    beginn: datetime | date
    ende: datetime | date | None
    status: str
    organe: tuple[str, ...]
    """Addresses, and names where there is no address."""
    ort: str
    """What stands there, or the address of a Location."""
    geaendert: datetime | None


def adressen(wert: object) -> tuple[str, ...]:
    """Return the addresses among the values of a field."""
    return tuple(adresse for eines in jedes(wert) if ist_verweis(adresse := kennung(eines)))
