"""Days and times as people write them into tables: "Di., 2. Februar 2027", "3.2.27", "17 Uhr", "17:00-19:00 Uhr"."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from attrs import evolve, frozen

Zelle = str | int | float | date | datetime | time | None
"""What may stand in a cell."""

JAHRE = range(1950, 2200)
"""Years a table may speak of; before them lie the days in which Excel keeps bare times."""
_EXCEL_NULL = date(1899, 12, 30)
_EXCEL_TAGE = range(36526, 109575)
"""Numbers that Excel shows as days from 2000 to 2199."""

_WOCHENTAGE = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONATE = {
    name: nummer
    for namen in (
        "jan feb mär apr mai jun jul aug sep okt nov dez",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jän feb mrz apr mai jun jul aug sep okt nov dez",
        "jan feb mae apr mai jun jul aug sep okt nov dez",
    )
    for nummer, name in enumerate(namen.split(), start=1)
}
_WT = r"(?P<wt>[a-zäöü]{2,10})\b\.?\s*,?\s*(?:(?:den|dem|der|am)\s+)?"
_TAG = r"(?P<tag>\d{1,2})"
_KEIN_JAHR = r"(?!\d|\s*[:h]|\s*uhr\b)"
_JAHR = rf"(?:\s?(?P<jahr>\d{{4}})(?!\d)|(?P<kurz>\d{{2}}){_KEIN_JAHR})?(?!\d)"
_JAHR_NACH_NAMEN = rf"(?:\s?(?P<jahr>\d{{4}})(?!\d)|\s?(?P<kurz>\d{{2}}){_KEIN_JAHR}(?!\s*(?:-|–|bis)))?"
_FORMEN = tuple(
    re.compile(rf"^\s*(?:{_WT})?{form}", re.IGNORECASE)
    for form in (
        r"(?P<jahr>\d{4})[-/](?P<monat>\d{1,2})[-/](?P<tag>\d{1,2})(?!\d)[T\s]*",
        r"(?P<jahr>20\d\d)(?P<monat>[01]\d)(?P<tag>[0-3]\d)(?!\d)",
        rf"{_TAG}\s?\.\s?(?P<monat>\d{{1,2}})\s?\.{_JAHR}",
        rf"{_TAG}\.?\s?(?P<name>[a-zäöü]{{3,9}})\b\.?{_JAHR_NACH_NAMEN}",
        rf"{_TAG}-(?P<monat>\d{{1,2}})-(?P<jahr>\d{{4}})(?!\d)",
    )
)
_SCHRAEG = re.compile(
    rf"^\s*(?:{_WT})?(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<jahr>\d{{4}}|\d{{2}})(?!\d)", re.IGNORECASE
)
_STRICH = re.compile(r"\s*(?:-|–|—|bis)\s*(?=\S)", re.IGNORECASE)
_MIT_VERSATZ = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)", re.IGNORECASE
)
_UHRZEIT = re.compile(r"\d{1,2}(?::|\s*uhr|\s*h\b)", re.IGNORECASE)
_NACH = re.compile(r"^\s*[(,]\s*(?P<wt>[a-zäöü]{2,10})\b\.?\)?", re.IGNORECASE)
_UHR = (
    r"(\d{1,2})(?!\d)(?:(?:\s?[:.]\s?|,|\s?h\s?|\s?uhr\s?)(\d{2})(?!\d))?(?:[:.]\d{2})?"
    r"\s?(?:h\b)?\s?(uhr\b)?\s?([ap]\.?m\.?)?"
)
_ZEIT = re.compile(rf"(?:(?:von|ab|um|ca\.?|gegen)\s+)*{_UHR}", re.IGNORECASE)
_BIS = re.compile(r"\s*(?:-|–|—|bis)\s*(?:(?:ca\.?|gegen)\s+)?", re.IGNORECASE)
_OFFEN = re.compile(
    r"\s*(?:n\.?\s?n\.?|offen|unbekannt|folgt|tba|tbd|\?+|-+|–|—|(?:steht|wird)?\s*noch\b.*|im anschluss.*)\s*",
    re.IGNORECASE,
)
_GANZTAGS = re.compile(r"\s*(?:ganzt(?:ä|ae)g|all[ -]?day)", re.IGNORECASE)


@frozen
class Tag:
    """A day as written: what stands beside it, and what follows it in the cell."""

    tag: date
    wochentag: int | None = None
    rest: str = ""
    bis: date | None = None
    """The last day where several are written: "19.8.-20.8.2027"."""


@frozen
class Zeit:
    """Times as written; None: the source does not say. ``ganztags``: it says that the whole day is meant."""

    beginn: time | None = None
    ende: time | None = None
    ganztags: bool = False


def read_tag(zelle: Zelle, jahr: int | None = None, *, monat_zuerst: bool = False) -> Tag | None:
    """Return the day a cell names; one without a year is of ``jahr``. None if it names none.

    >>> read_tag("Di., 2. Februar 2027").tag.isoformat(), read_tag("2/3/2027").tag.isoformat()
    ('2027-02-02', '2027-03-02')
    """
    match zelle:
        case datetime():
            rest = "" if zelle.time() == time() else f"{zelle:%H:%M}"
            return Tag(zelle.date(), rest=rest) if zelle.year in JAHRE else None
        case date():
            return Tag(zelle) if zelle.year in JAHRE else None
        case bool() | None | time():
            return None
        case int() | float():
            return _excel(float(zelle))
        case str():
            return _geschrieben(zelle, jahr, monat_zuerst=monat_zuerst)


@lru_cache(maxsize=20_000)
def _geschrieben(zelle: str, jahr: int | None, *, monat_zuerst: bool) -> Tag | None:
    text = zelle.replace("\xa0", " ").strip()
    if re.fullmatch(r"\d{5}(?:[.,]\d{1,12})?", text):
        return _excel(float(text.replace(",", ".")))
    if (match := _SCHRAEG.match(text)) is not None:
        a, b = int(match["a"]), int(match["b"])
        monat, tag = (a, b) if (monat_zuerst or b > 12) and a <= 12 else (b, a)
        return _tag(match, text, _voll(match["jahr"]), monat, tag)
    for form in _FORMEN:
        match = form.match(text)
        if match is None:
            continue
        felder = match.groupdict()
        name = (felder.get("name") or "")[:3].lower()
        monat_ = int(felder["monat"]) if felder.get("monat") else _MONATE.get(name)
        gesagt = felder["jahr"] or felder.get("kurz")
        bis = None
        if (strich := _STRICH.match(text, match.end())) and not _UHRZEIT.match(text, strich.end()):
            bis = read_tag(text[strich.end() :], jahr)
        jahr_ = _voll(gesagt) if gesagt else bis.tag.year if bis else jahr
        if monat_ is None or jahr_ is None:
            continue
        found = _tag(match, text, jahr_, monat_, int(felder["tag"]))
        return evolve(found, bis=bis.tag, rest=bis.rest) if found and bis else found
    return None


def _tag(match: re.Match[str], text: str, jahr: int, monat: int, tag: int) -> Tag | None:
    """Return a day if the calendar has it, with the weekday before or behind it."""
    rest = text[match.end() :]
    wort = match["wt"]
    if (
        wort is None
        and (danach := _NACH.match(rest)) is not None
        and read_wochentag(danach["wt"]) is not None
    ):
        wort, rest = danach["wt"], rest[danach.end() :]
    with suppress(ValueError):
        found = date(jahr, monat, tag)
        return Tag(found, read_wochentag(wort), rest.strip(" ,;")) if jahr in JAHRE else None
    return None


def _voll(jahr: str) -> int:
    return int(jahr) if len(jahr) == 4 else 2000 + int(jahr)


def _excel(nummer: float) -> Tag | None:
    """Return the day that Excel keeps as a number, with its time."""
    if not _EXCEL_TAGE.start <= nummer < _EXCEL_TAGE.stop:
        return None
    minuten = round((nummer - int(nummer)) * 24 * 60)
    rest = f"{minuten // 60:02}:{minuten % 60:02}" if 0 < minuten < 24 * 60 else ""
    return Tag(_EXCEL_NULL + timedelta(days=int(nummer)), rest=rest)


def ortszeit(zelle: Zelle, zone: tzinfo) -> Zelle:
    """Return a cell; a moment with an offset as the clock of ``zone`` shows it.

    >>> from zoneinfo import ZoneInfo
    >>> ortszeit("2027-07-06T15:00:00Z", ZoneInfo("Europe/Berlin")).isoformat()
    '2027-07-06T17:00:00'
    """
    if not isinstance(zelle, str) or _MIT_VERSATZ.fullmatch(zelle) is None:
        return zelle
    try:
        moment = datetime.fromisoformat(zelle.replace(" +", "+").replace(" Z", "Z"))
        return moment.astimezone(zone).replace(tzinfo=None, fold=0)
    except (ValueError, ArithmeticError):
        return zelle


def read_wochentag(zelle: Zelle) -> int | None:
    """Return a weekday (0 = Monday) that a cell names, in full or by its first letters; None for anything else."""
    wort = zelle.strip().rstrip(".,:").casefold() if isinstance(zelle, str) else ""
    if wort in ("sonnabend", "sbd"):
        return 5
    for laenge, namen in ((2, _WOCHENTAGE), (3, _WEEKDAYS)):
        for nummer, name in enumerate(namen):
            if len(wort) >= laenge and name.startswith(wort):
                return nummer
    return None


def read_zeit(zelle: Zelle) -> Zeit | None:
    """Return the times a cell names; None if what stands there is no time.

    >>> read_zeit("17:00-19:00 Uhr")
    Zeit(beginn=datetime.time(17, 0), ende=datetime.time(19, 0), ganztags=False)
    """
    match zelle:
        case None:
            return Zeit()
        case datetime():
            return Zeit(zelle.time().replace(second=0, microsecond=0))
        case time():
            return Zeit(zelle.replace(second=0, microsecond=0, tzinfo=None))
        case bool() | date():
            return None
        case int() | float():
            return _zahl(float(zelle))
        case str():
            return _zeit(zelle)


@lru_cache(maxsize=20_000)
def _zeit(zelle: str) -> Zeit | None:
    text = zelle.replace("\xa0", " ").strip()
    if not text or _OFFEN.fullmatch(text):
        return Zeit()
    if _GANZTAGS.match(text):
        return Zeit(ganztags=True)
    if ziffern := re.fullmatch(r"([01]?\d|2[0-4])([0-5]\d)(?:\s?uhr)?", text, re.IGNORECASE):
        return Zeit(time(int(ziffern[1]) % 24, int(ziffern[2])))
    if re.fullmatch(r"0[.,]\d{3,}", text):
        return _zahl(float(text.replace(",", ".")))
    match_ = _ZEIT.match(text)
    if match_ is None or (beginn := _uhr(match_)) is None:
        return None
    if (bis := _BIS.match(text, match_.end())) is None:
        return Zeit(beginn)
    bis_zeit = _ZEIT.match(text, bis.end())
    return Zeit(beginn, _uhr(bis_zeit) if bis_zeit else None)


def _uhr(match: re.Match[str]) -> time | None:
    """Return a time of day; midnight at the end of a day is its first minute."""
    stunde, minute = int(match[1]), int(match[2] or 0)
    if match[4]:
        stunde = stunde % 12 + (12 if match[4][0] in "pP" else 0)
    if (stunde, minute) == (24, 0):
        stunde = 0
    return time(stunde, minute) if stunde < 24 and minute < 60 else None


def _zahl(nummer: float) -> Zeit | None:
    """Return the time that Excel keeps as a part of a day, or an hour written as a number."""
    if 0 <= nummer < 1:
        minuten = round(nummer * 24 * 60) % (24 * 60)
        return Zeit(time(minuten // 60, minuten % 60))
    if not 1 <= nummer < 25:
        return None
    stunde, minute = int(nummer), round((nummer - int(nummer)) * 100)
    return Zeit(time(stunde % 24, minute)) if minute < 60 else None
