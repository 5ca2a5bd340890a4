"""Names as councils write them: what is cleaned away, what a mark in the name says, and the short id."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from attrs import frozen

LAENGE = 300
"""A name is read this far; what is longer is a description that slipped in."""

_ABSAGE = (
    r"(?:entf(?:ä|ae)llt|entfallen|abgesagt|ausgefallen|f(?:ä|ae)llt\s+(?:leider\s+|ersatzlos\s+)?aus"
    r"|findet\s+(?:leider\s+)?nicht\s+statt|storniert|gestrichen|cancell?ed)"
)
_WORT = r"(?:absage|ausfall|entfall|storno)"
"""A mark only where it stands alone."""
_WAHLZEIT = r"\s+(?:in\s+)?der\s+(?:\d+|[IVXL]+)\.?\s+(?:wahlperiode|wahlzeit|legislaturperiode|amtszeit)\b"
_MONATE = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_TAG = r"(?P<tag>\d{1,2})\.\s*(?:(?P<zahl>\d{1,2})\b|(?P<monat>" + "|".join(_MONATE) + r")[a-zä]*)"
_DATUM = rf"{_TAG}\.?\s*(?:\d{{4}}|\d{{2}}\b(?![.:]))?"
_TAGE = re.compile(_DATUM, re.IGNORECASE)
_AUF = rf"(?:verlegt|verschoben)\s+auf\s+(?:den\s+)?(?:[a-z]+\.?,?\s+)?(?:den\s+)?{_DATUM}"
_VORN = re.compile(
    rf"^\W*(?:die\s+)?(?:sitzung\s+)?(?:{_ABSAGE}\b|absage(?=\W)(?:\s+der\b)?|{_WORT}\s*[:!–—-])\W*",
    re.IGNORECASE,
)
_HINTEN = re.compile(
    rf"(?:\s[-–—]+\s*|\(\s*)(?:(?:die\s+)?sitzung\s+)?{_ABSAGE}\b.*$|\W+(?:wird\s+|wurde\s+|ist\s+)?{_ABSAGE}\W*$"
    rf"|(?:\s[-–—]+\s*|\(\s*){_WORT}\W*$",
    re.IGNORECASE,
)
_NUR_TEIL = re.compile(
    rf"\(\s*(?!(?:(?:die|der|sitzung|termin|ist|wird|wurde|leider|kurzfristig|heute|ersatzlos|\d+\.)\s+)*{_ABSAGE}\b)"
    rf"[^()]*?\s{_ABSAGE}\W*$"
    rf"|(?:\s[-–—]+\s+|,\s*)(?:(?!\s[-–—]+\s)[^(),])*?"
    rf"\b(?:teil|top|tagesordnungspunkte?|punkte?|\w*stunde|\w*besichtigung|ortstermin|vom\s+\d+|da|weil|statt|anstelle)\b"
    rf"(?:(?!\s[-–—]+\s)[^(),])*?\s{_ABSAGE}\W*$",
    re.IGNORECASE,
)
"""Something of a sitting falls out, or another one did: the sitting stands."""
_BEMERKUNG = re.compile(
    rf"\W*(?:(?:die|der|sitzung|termin|ist|wird|wurde|leider)\s+)*(?:{_ABSAGE}|cancell?ed)\b", re.IGNORECASE
)
_SATZENDE = re.compile(r"\n|(?<=\D)[.!?;](?=\s|$)")
_BEIWERK = re.compile(
    r"\W*(?:(?:bemerkung(?:en)?|hinweise?|achtung|info)\W+)+|.*https?://\S+\W*", re.IGNORECASE
)
_SATZ = re.compile(
    rf"\W*(?:(?:die|der|diese|dieser)\s+)?(?P<wer>\w*sitzung|\w*termin)?\b(?:\s+(?:am|vom|des|der)\b[^,:]{{1,80}}?)?\s*"
    rf"(?:(?:ist|wird|wurde|muss|leider|heute|ersatzlos|kurzfristig)\s+)*(?:{_ABSAGE}|cancell?ed)\b(?!\W+(?:nicht|nur)\b)",
    re.IGNORECASE,
)
_VERLEGT_VORN = re.compile(rf"^\W*{_AUF}\s*(?:,?\s*\d{{1,2}}[:.]\d\d)?(?:\s*Uhr)?\W+(?=\w)", re.IGNORECASE)
_VERLEGT_HINTEN = re.compile(rf"[\s(,–—-]+(?:wird\s+|wurde\s+|ist\s+)?{_AUF}.*$", re.IGNORECASE)
_VERLEGT_SONST = re.compile(
    r"(?:\s[-–—]+\s*|\(\s*)(?:wird\s+|wurde\s+|ist\s+)?(?:verlegt|verschoben)\b(?P<woher>\s+(?:vo[mn]|nach|ins?|aus|zum?r?)\b)?.*$",
    re.IGNORECASE,
)
_ERSATZ = re.compile(
    r"^\W*ersatztermin\s+(?:für|statt)\b[^:]{1,60}:\s*(?=\w)|[\s(,–—-]+ersatztermin\s+(?:für|statt)\b.*$",
    re.IGNORECASE,
)
"""It takes the place of another sitting; what became of that one is no matter here."""
_GANZTAGS = re.compile(r"(?:\s[-–—]+\s*|,\s*)(?:ganztägig|ganztags)\W*$", re.IGNORECASE)

_KLAMMER = re.compile(r"\(([^()]*)\)")
_GANZ = {"ganztägig", "ganztags", "ganztägige sitzung"}
_OEFFENTLICH = re.compile(r"(?:nicht)?öffentlich(?:e|er)?")
_FUELLWORT = {"nicht", "und", "teil", "sitzung", "ordentliche", "außerordentliche"}
_KOPF = re.compile(
    r"^(?:die\s+)?(?:\d+\s?\.\s*)?"
    r"(?:(?:(?:außer)?ordentliche|(?:nicht-?)?öffentliche|konstituierende|und|anschließend)[\s/,]+)*sitzung\b"
    rf"(?:{_WAHLZEIT})?"
    r"(?!\s+(?:mit|am|im|in|zu|zum|zur|und)\b)"
    r"\s*(?:(?P<des>des)\b|der\b|vom\b|für(?:\s+(?:den|die|das))?\b)?[\s:–—-]*",
    re.IGNORECASE,
)
_GENITIV = re.compile(r"(\b\w*(?:ausschuss|rat|kreis|gremium))e?s\b", re.IGNORECASE)
_NUMMER_HINTEN = re.compile(rf"[\s,–—-]+\d+\s?\.\s*sitzung(?:{_WAHLZEIT})?$|{_WAHLZEIT}$", re.IGNORECASE)
_RAND = " -–—:;,!|/"


@frozen
class Gelesen:
    """A name as it is compared and shown, and what the source says with marks inside it."""

    name: str
    abgesagt: bool = False
    verlegt_auf: tuple[int, int] | None = None
    """Month and day the name moves the sitting to, or None."""
    verlegt: bool = False
    """It is moved, but the name does not say to which day."""
    ganzer_tag: bool = False
    """The name says that it takes the whole day."""

    def entfaellt(self, tag: date) -> bool:
        """Tell whether nobody meets on ``tag``: cancelled, or moved to another day than this one."""
        moved = self.verlegt_auf is not None and self.verlegt_auf != (tag.month, tag.day)
        return self.abgesagt or moved


def lies_name(roh: str) -> Gelesen:
    """Read a name: strip running numbers, marks and trailing dashes, and say what the marks mean.

    >>> lies_name("ENTFÄLLT - 3. Sitzung des Sportausschusses (öffentlich/nicht öffentlich)")
    Gelesen(name='Sportausschuss', abgesagt=True, verlegt_auf=None, verlegt=False, ganzer_tag=False)
    >>> lies_name("Schulausschuss - verlegt auf den 03.03.2026").verlegt_auf
    (3, 3)
    """
    return _lies(" ".join(unicodedata.normalize("NFKC", roh).replace("\xad", "").split())[:LAENGE])


@lru_cache(maxsize=4096)
def sagt_ab(bemerkung: str) -> bool:
    """Tell whether a remark beside a name says that nobody meets; that a part falls out does not.

    >>> sagt_ab("Sitzung wurde abgesagt, kein Bedarf"), sagt_ab("öffentlicher Teil entfällt")
    (True, False)
    """
    return _BEMERKUNG.match(bemerkung) is not None or lies_name(f"Sitzung - {bemerkung}").abgesagt


def beschreibung_sagt_ab(text: str, tag: date) -> bool:
    r"""Tell whether a longer text beside a sitting says that nobody meets on its day.

    A sentence has to say it of the sitting, or nothing else stands there: an agenda may lack single items.

    >>> beschreibung_sagt_ab("Link: https://ris.example.org/1 \n Bemerkung: \n Die Sitzung entfällt!", date(2027, 3, 2))
    True
    >>> beschreibung_sagt_ab("3. Anfragen \n entfällt", date(2027, 3, 2))
    False
    """
    saetze = [rest for satz in _SATZENDE.split(text) if (rest := _ohne_beiwerk(satz))]
    found = [match for satz in saetze if (match := _SATZ.match(satz)) and _meint(match[0], tag)]
    return any(match["wer"] for match in found) or len(found) == len(saetze) == 1


def _meint(satz: str, tag: date) -> bool:
    """Tell whether every day that a sentence names is this one: that another sitting was off is no matter here."""
    return all(_monat_tag(match) == (tag.month, tag.day) for match in _TAGE.finditer(satz))


def _ohne_beiwerk(satz: str) -> str:
    match = _BEIWERK.match(satz)
    return (satz if match is None else satz[match.end() :]).strip()


@lru_cache(maxsize=4096)
def _lies(voll: str) -> Gelesen:
    name, abgesagt, verlegt_auf, verlegt, ganzer_tag = voll, False, None, False, False
    while True:
        before = name
        name = _ERSATZ.sub("", name)
        for muster in (_VERLEGT_VORN, _VERLEGT_HINTEN):
            if match := muster.search(name):
                verlegt_auf = verlegt_auf or _monat_tag(match)
                name = _ohne(name, match)
        if match := _NUR_TEIL.search(name):
            name = name[: match.start()]
        for muster in (_VORN, _HINTEN):
            if match := muster.search(name):
                abgesagt, name = True, _ohne(name, match)
        if match := _VERLEGT_SONST.search(name):
            verlegt, name = verlegt or not match["woher"], name[: match.start()]
        if ganz := _GANZTAGS.search(name) or _ganztags(name):
            ganzer_tag, name = True, _ohne(name, ganz)
        name = _ohne_nummer(_KLAMMER.sub(_ohne_fuellung, name)).strip(_RAND)
        if name == before:
            name = name or voll.strip(_RAND) or voll
            return Gelesen(name, abgesagt, verlegt_auf, verlegt and verlegt_auf is None, ganzer_tag)


def slug(name: str) -> str:
    """Return a short id for a name: lower-case ASCII with hyphens.

    >>> slug("Ausschuss für Umwelt- und Klimaschutz")
    'ausschuss-fuer-umwelt-und-klimaschutz'
    """
    text = unicodedata.normalize("NFC", name.casefold())
    for umlaut, ascii_ in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        text = text.replace(umlaut, ascii_)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "ohne-name"


def _ohne(name: str, match: re.Match[str]) -> str:
    """Return the name without the words of a mark."""
    return f"{name[: match.start()]} {name[match.end() :]}".strip()


def _monat_tag(match: re.Match[str]) -> tuple[int, int]:
    monat = match["monat"]
    return (_MONATE.index(monat.lower()) + 1 if monat else int(match["zahl"])), int(match["tag"])


def _ganztags(name: str) -> re.Match[str] | None:
    """Return the brackets that say that it takes the whole day."""
    return next((k for k in _KLAMMER.finditer(name) if k[1].strip().casefold() in _GANZ), None)


def _ohne_fuellung(klammer: re.Match[str]) -> str:
    """Drop brackets that only number the sitting or say whether it is public."""
    woerter = re.findall(r"\w+", klammer[1].casefold().replace("ausserordentliche", "außerordentliche"))
    oeffentlich = [w for w in woerter if _OEFFENTLICH.fullmatch(w)]
    rest = [w for w in woerter if w not in _FUELLWORT and w not in oeffentlich]
    numbers = len(rest) == 1 and rest[0].isdecimal() and "sitzung" in woerter
    return " " if numbers or (oeffentlich and not rest) else klammer[0]


def _ohne_nummer(name: str) -> str:
    """Drop "3. Sitzung des …" and the genitive it brings, and a running number at the end."""
    name = _NUMMER_HINTEN.sub("", name)
    match = _KOPF.match(name)
    if not match or match.end() == len(name):
        return " ".join(name.split())
    rest = name[match.end() :]
    return " ".join((_GENITIV.sub(r"\1", rest, count=1) if match["des"] else rest).split())
