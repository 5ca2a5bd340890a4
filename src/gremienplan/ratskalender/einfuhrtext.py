"""Einfuhr ↔ JSON text: what lies in ``ratskalender/`` after an import. Pure: nothing here reads or writes a file.

The text is made to be read and compared: one entry stands on one line, in the order of time, and equal readings
give equal bytes. Nothing in it names a person: it has no descriptions, no organisers, no telephone numbers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

from attrs import evolve

from gremienplan.ratskalender.einfuhr import Einfuhr, Verlust
from gremienplan.ratskalender.einfuhrlesen import read
from gremienplan.ratskalender.werte import Eintrag

FORMAT = 1
"""The ``format`` of the files this version writes and reads."""

LAENGE = 500
"""Characters of a name, a place or an identity that are kept."""
WERT = 80
"""Characters of what stands at the place of a loss."""

_E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_TELEFON = re.compile(
    r"\b(?:tel(?:efon)?|fon|mobil|handy|fax)\b[.:\s]*\+?\d[\d\s/()–-]{4,}\d"
    r"|(?<![\d/])(?:\+|00)49[\d\s/()–-]{6,}\d"
    r"|(?<![\d/.-])0[1-9]\d{1,4}\s?[/–-]\s?\d[\d\s–-]{4,}\d",
    re.IGNORECASE,
)
_ZIFFERN = re.compile(r"\d[\d\s/()–-]{4,}\d")
"""What every telephone number has in it."""
_UNSICHTBAR = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def geordnet(einfuhr: Einfuhr) -> Einfuhr:
    """Return the reading as its text has it: entries in the order of time, plain words, nothing about persons.

    Where a source gives its entries new identities each time, these are not kept.
    """
    eintraege = {
        _rein(eintrag, einfuhr.quelle, einfuhr.feste_kennungen): None for eintrag in einfuhr.eintraege
    }
    verluste = {_verlust_rein(v): None for v in einfuhr.verluste}
    return evolve(
        einfuhr,
        herkunft=_satz(einfuhr.herkunft),
        gelesen=einfuhr.gelesen.replace(microsecond=0),
        eintraege=tuple(sorted(eintraege, key=_rang)),
        verluste=tuple(verluste),
    )


def einfuhr_to_json(einfuhr: Einfuhr) -> str:
    """Return the text of a reading, with a newline at its end."""
    einfuhr = geordnet(einfuhr)
    teile = {
        "format": _wert(FORMAT),
        "art": _wert(einfuhr.art),
        "herkunft": _wert(einfuhr.herkunft),
        "gelesen": _wert(_zeit(einfuhr.gelesen)),
        "pruefsumme": _wert(einfuhr.pruefsumme),
        "feste_kennungen": _wert(einfuhr.feste_kennungen),
        "eintraege": _liste(map(_eintrag, einfuhr.eintraege)),
        "verluste": _liste(map(_verlust, einfuhr.verluste)),
    }
    inhalt = ",\n".join(f"  {_wert(key)}: {wert}" for key, wert in teile.items())
    return f"{{\n{inhalt}\n}}\n"


def einfuhr_from_json(text: str, quelle: str, datei: str) -> Einfuhr:
    """Return the reading of the source ``quelle`` that a text holds. Raises InputError with every problem in it."""
    return geordnet(read(text, quelle, datei, FORMAT))


def ohne_angaben(text: str) -> str:
    """Return a text without e-mail addresses and telephone numbers.

    >>> ohne_angaben("Rathaus, Saal 1 (Tel. 01234 / 56789)")
    'Rathaus, Saal 1 ( )'
    >>> ohne_angaben("Vorlage 0507/2010, 59065 Musterstadt, 03.03.2027")
    'Vorlage 0507/2010, 59065 Musterstadt, 03.03.2027'
    """
    return _TELEFON.sub(" ", _E_MAIL.sub(" ", text))


def _rein(eintrag: Eintrag, quelle: str, feste_kennungen: bool) -> Eintrag:
    return evolve(
        eintrag,
        quelle=quelle,
        kennung=_sichtbar(eintrag.kennung)[:LAENGE] if feste_kennungen else "",
        name=_satz(eintrag.name),
        ort=_satz(eintrag.ort).strip(" ,"),
        status=_satz(eintrag.status).upper(),
        gremien=tuple(name for roh in eintrag.gremien if (name := _satz(roh))),
    )


def _verlust_rein(verlust: Verlust) -> Verlust:
    gemeint = verlust.eintrag and evolve(
        verlust.eintrag,
        kennung=_sichtbar(verlust.eintrag.kennung)[:LAENGE],
        name=_satz(verlust.eintrag.name),
    )
    return evolve(verlust, stelle=_satz(verlust.stelle), wert=_satz(verlust.wert)[:WERT], eintrag=gemeint)


@lru_cache(maxsize=20_000)
def _satz(text: str) -> str:
    """Return one line of plain words."""
    rein = _sichtbar(text[: 4 * LAENGE])
    if "@" in rein or _ZIFFERN.search(rein):
        rein = " ".join(ohne_angaben(rein).replace("( )", " ").split())
    return rein[:LAENGE].strip()


def _sichtbar(text: str) -> str:
    """Return a text on one line, without characters that nobody sees or that no file can hold."""
    if not text.isprintable():
        text = "".join(
            " " if z.isspace() else "" if unicodedata.category(z) in _UNSICHTBAR else z for z in text
        )
    return " ".join(text.split())


def _rang(eintrag: Eintrag) -> tuple[str, ...]:
    ende = "" if eintrag.ende is None else _zeit(eintrag.ende)
    geaendert = "" if eintrag.geaendert is None else _zeit(eintrag.geaendert)
    rest = (eintrag.ort, eintrag.status, *eintrag.gremien, geaendert)
    return (_zeit(eintrag.beginn), eintrag.name, eintrag.kennung, ende, *rest)


def _eintrag(eintrag: Eintrag) -> str:
    """Return the line of an entry; what the source does not say is not in it."""
    teile: Mapping[str, object] = {
        "beginn": _zeit(eintrag.beginn),
        "ende": eintrag.ende and _zeit(eintrag.ende),
        "name": eintrag.name,
        "ort": eintrag.ort,
        "status": eintrag.status,
        "gremien": eintrag.gremien,
        "kennung": eintrag.kennung,
        "geaendert": eintrag.geaendert and _zeit(eintrag.geaendert),
    }
    return _wert({key: wert for key, wert in teile.items() if wert or key in ("beginn", "name")})


def _verlust(verlust: Verlust) -> str:
    return _wert({"mangel": verlust.mangel.value, "stelle": verlust.stelle, "wert": verlust.wert})


def _zeit(zeit: datetime | date) -> str:
    """Return a day, or a time to the minute; seconds are written only where somebody gave them."""
    if not isinstance(zeit, datetime):
        return zeit.isoformat()
    return zeit.isoformat(timespec="auto" if zeit.second or zeit.microsecond else "minutes")


def _wert(wert: object) -> str:
    return json.dumps(wert, ensure_ascii=False)


def _liste(zeilen: Iterable[str]) -> str:
    inhalt = ",\n".join(f"    {zeile}" for zeile in zeilen)
    return f"[\n{inhalt}\n  ]" if inhalt else "[]"
