"""One reading of one source of a council calendar, whatever kind of source it is."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.adressen import ist_adresse, ohne_geheimnis
from gremienplan.loading.kalender import EINGEFUEHRT, read_eingefuehrt
from gremienplan.loading.zeichen import utf16_art
from gremienplan.ratskalender import Einfuhr, Kalenderart, Kalenderquelle
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.loading.netz import Netz

_MAIL = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Transfer-Encoding:", re.IGNORECASE)
_KEIN_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1f]|\x00(?=\x00)")
GROESSE = 64_000_000
"""Bytes of a file; a council calendar is a thousand times smaller."""


@frozen
class Umstand:
    """What a reading needs beside its source: the project's folder, the city's zone, the time, and how far to look."""

    ordner: Path
    zeitzone: str
    stand: datetime
    """The moment of the reading, in the city's local time."""
    bis_jahr: int
    """To its end recurring entries without an end are followed."""
    seit: datetime | None = None
    """OParl by address: ask only for what changed since then, if the server can."""


def read_einfuhr(quelle: Kalenderquelle, umstand: Umstand) -> Einfuhr:
    """Return what a source says now, however little of it could be read.

    Raises InputError if nothing can be read.
    """
    if ist_adresse(quelle.adresse):
        return _von_adresse(quelle, umstand)
    pfad = umstand.ordner / quelle.adresse
    if pfad.is_dir():
        return _oparl(quelle, umstand, pfad)
    roh = _bytes(pfad, quelle.adresse)
    if (quelle.art or guess(roh, quelle.adresse)) is Kalenderart.OPARL:
        return _oparl(quelle, umstand, pfad)
    return _aus_bytes(quelle, umstand, roh, pfad.name, quelle.adresse)


def read_stored(pfad: Path) -> Einfuhr | None:
    """Return the last copy of a source, None if there is none. Raises InputError if it cannot be read."""
    if not pfad.exists():
        return None
    return read_eingefuehrt(_bytes(pfad, str(pfad)), pfad.name.removesuffix(EINGEFUEHRT), str(pfad))


def _bytes(pfad: Path, name: str) -> bytes:
    try:
        if pfad.stat().st_size > GROESSE:
            meldung = Text(
                "This file is too large for a council calendar: more than {mb} MB.", mb=GROESSE // 10**6
            )
            raise InputError([Problem(name, "", meldung)])
        return pfad.read_bytes()
    except FileNotFoundError:
        raise InputError([Problem(name, "", Text("This file does not exist."))]) from None
    except OSError as error:
        meldung = Text("This file cannot be read: {reason}", reason=error.strerror or str(error))
        raise InputError([Problem(name, "", meldung)]) from error


def _von_adresse(quelle: Kalenderquelle, umstand: Umstand) -> Einfuhr:
    """Return a reading of what stands at an address; only its host and those the project names are asked."""
    from gremienplan.loading.netz import offen  # whoever reads files needs no net

    gezeigt = ohne_geheimnis(quelle.adresse)
    with offen(quelle.adresse, hosts=quelle.hosts) as netz:
        if quelle.art is not Kalenderart.OPARL:
            roh = netz.hole(quelle.adresse).inhalt
            if (quelle.art or guess(roh, gezeigt)) is not Kalenderart.OPARL:
                return _aus_bytes(quelle, umstand, roh, gezeigt, gezeigt)
        return _oparl(quelle, umstand, quelle.adresse, netz)


def _oparl(quelle: Kalenderquelle, umstand: Umstand, wo: str | Path, netz: Netz | None = None) -> Einfuhr:
    """Return a reading of an OParl server, or of answers it once gave."""
    from gremienplan.loading import oparl

    return oparl.read(
        quelle.name,
        wo,
        umstand.zeitzone,
        umstand.stand,
        netz=netz,
        seit=umstand.seit,
        koerperschaft=quelle.koerperschaft or None,
        gremien=quelle.gremium,
    )


def _aus_bytes(quelle: Kalenderquelle, umstand: Umstand, roh: bytes, herkunft: str, datei: str) -> Einfuhr:
    """Return a reading of the bytes of a file or an answer, an .ics file or a table."""
    art = quelle.art or guess(roh, datei)
    leer = Einfuhr(
        quelle=quelle.name,
        art=art.value,
        herkunft=herkunft,
        gelesen=umstand.stand,
        pruefsumme=hashlib.sha256(roh).hexdigest()[:16],
    )
    if art is Kalenderart.ICS:
        from gremienplan.loading.ics_teilweise import read_partly

        eintraege, verluste = read_partly(roh, quelle.name, datei, umstand.zeitzone, umstand.bis_jahr)
    else:
        from gremienplan.loading.tabelle import read_tabelle

        zone = ZoneInfo(umstand.zeitzone)
        eintraege, verluste = read_tabelle(roh, quelle.name, datei, quelle.spalten, zone)
    return evolve(leer, eintraege=eintraege, verluste=verluste)


def guess(roh: bytes, datei: str) -> Kalenderart:
    """Return what kind of source these bytes are. Raises InputError for what certainly is none."""
    kopf = roh[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if (utf16 := utf16_art(roh)) is not None:
        kopf = roh[:4096].decode(utf16, errors="replace").strip().encode()
    mangel = _in_anderem(kopf)
    if mangel is None and b"BEGIN:VCALENDAR" in kopf.upper():
        return Kalenderart.ICS
    if mangel is None and kopf[:1] in (b"{", b"["):
        return Kalenderart.OPARL
    if roh[:4] == b"PK\x03\x04":
        return Kalenderart.TABELLE
    if mangel := mangel or _sicher_keine(kopf):
        meldung, hinweis = mangel
        raise InputError([Problem(datei, "", meldung, hinweis=hinweis)])
    endung = Path(datei.partition("?")[0]).suffix.lower()
    return Kalenderart.ICS if endung in (".ics", ".ical", ".ifb", ".vcs") else Kalenderart.TABELLE


def _in_anderem(kopf: bytes) -> tuple[Text, Text | None] | None:
    """Return in what a calendar stands here that is not read, and what to do instead."""
    if _MAIL.match(kopf):
        return Text("This is an e-mail, not a calendar"), Text("Save what is attached to it.")
    if re.match(rb'\[\s*"vcalendar"', kopf, re.IGNORECASE):
        return Text("This is a calendar as JSON (jCal)."), Text(
            "Ask for the calendar as .ics, .xlsx or .csv."
        )
    return None


def _sicher_keine(kopf: bytes) -> tuple[Text, Text | None] | None:
    """Return what these bytes are, if they are certainly no calendar, and what to do instead."""
    if not kopf:
        return Text("The file is empty"), None
    if kopf[:1] == b"<":
        hinweis = Text("Save the export of the calendar itself, not the page that links to it")
        return Text("This is a web page, not a calendar"), hinweis
    if kopf[:5] == b"%PDF-":
        return Text("This is a PDF, and dates cannot be read from it safely."), Text(
            "Ask for the calendar as .ics, .xlsx or .csv."
        )
    if kopf[:4] == b"\xd0\xcf\x11\xe0":
        return Text("This is an old Office file."), Text("Save it as .xlsx or .csv.")
    if kopf[:2] == b"\x1f\x8b":
        return Text("This file is packed."), Text("Unpack it, and import what is in it.")
    if len(_KEIN_TEXT.findall(kopf)) > len(kopf) // 20:
        return Text("This is neither a calendar nor a table."), None
    return None
