"""Saved answers of an OParl server: one file, or a folder of them in any order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from attrs import define, field

from gremienplan.errors import InputError, Problem
from gremienplan.loading.oparl_json import Seite, dekodiert
from gremienplan.loading.oparl_objekte import kennung, schluessel
from gremienplan.loading.oparl_sammlung import Sammlung, erwartet
from gremienplan.ratskalender import Mangel
from gremienplan.texts import Text

GROESSE = 256_000_000
"""Bytes of one file."""
DATEIEN = 200_000
_ENDUNGEN = frozenset({".json", ".jsonl", ".ndjson"})


@define
class _Seiten:
    """Which pages of lists there are, and which are missing."""

    eigene: set[str] = field(factory=set)
    naechste: dict[str, str] = field(factory=dict)
    folgende: int = 0
    """Pages without a name that come after another one."""

    def nimm(self, kopf: dict[str, object]) -> None:
        """Note a page by its links."""
        links = kopf.get("links")
        links = links if isinstance(links, dict) else {}
        selbst, weiter = kennung(links.get("self")), kennung(links.get("next"))
        if selbst:
            self.eigene.add(schluessel(selbst))
        elif kennung(links.get("prev")):
            self.folgende += 1
        if weiter:
            self.naechste[schluessel(weiter)] = weiter

    def fehlende(self) -> list[str]:
        """Return the addresses that pages lead on to and that are not here."""
        offen = [weiter for key, weiter in self.naechste.items() if key not in self.eigene]
        return offen[: max(0, len(offen) - self.folgende)]


def sammle_dateien(sammlung: Sammlung, wo: Path, summe: hashlib._Hash) -> None:
    """Read a file, or every file of a folder in the order of their paths; raises InputError if none is of use."""
    if not wo.exists():
        raise InputError([Problem(str(wo), "", Text("This file does not exist."))])
    seiten = _Seiten()
    for pfad, name in _dateien(wo):
        roh = _bytes(pfad, name, allein=pfad == wo)
        summe.update(f"{name}\0{len(roh)}\0".encode("utf-8", "replace"))
        summe.update(roh)
        seite = Seite(dekodiert(roh))
        del roh
        _sammle(sammlung, seiten, seite, name, sicher=pfad == wo or pfad.suffix.lower() in _ENDUNGEN)
    for adresse in seiten.fehlende():
        sammlung.verliere(Mangel.SEITE_FEHLT, adresse)
    if not sammlung.hat_sitzungen and not sammlung.leere_liste:
        meldung = Text("No OParl meetings stand here.")
        hinweis = Text(
            "Save the server's answers as .json files: its list of meetings, or each meeting alone."
        )
        raise InputError([Problem(str(wo), "", meldung, hinweis=hinweis)])


def _sammle(sammlung: Sammlung, seiten: _Seiten, seite: Seite, name: str, *, sicher: bool) -> None:
    """Read one file; one that says by its name that it is JSON, and is none, is missing."""
    if not seite.ist_json:
        if sicher:
            sammlung.verliere(Mangel.SEITE_FEHLT, name)
        return
    sonst = erwartet(name)
    anzahl = 0
    for stueck in seite.objekte():
        anzahl += 1
        sammlung.nimm(stueck, name, sonst)
    if fehler := seite.fehler:
        sammlung.verliere(Mangel.SEITE_FEHLT, name, fehler)
    sammlung.leere_liste = sammlung.leere_liste or seite.ist_leer or (seite.ist_liste and not anzahl)
    if seite.ist_liste:
        seiten.nimm(seite.kopf)


def _dateien(wo: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files that may hold answers, with their names below the folder; hidden ones are none."""
    if wo.is_file():
        yield wo, wo.name
        return
    gefunden = 0
    for pfad in sorted(wo.rglob("*")):
        teile = pfad.relative_to(wo).parts
        if any(teil.startswith((".", "__MACOSX")) for teil in teile) or not pfad.is_file():
            continue
        if pfad.suffix.lower() in _ENDUNGEN or _sieht_so_aus(pfad):
            gefunden += 1
            if gefunden > DATEIEN:
                meldung = Text("This folder has more than {anzahl} files.", anzahl=DATEIEN)
                raise InputError([Problem(str(wo), "", meldung)])
            yield pfad, "/".join(teile)


def _sieht_so_aus(pfad: Path) -> bool:
    """Tell whether a file without an ending begins as JSON does."""
    if pfad.suffix and "?" not in pfad.name:
        return False
    try:
        with pfad.open("rb") as datei:
            return Seite(dekodiert(datei.read(64))).ist_json
    except OSError:
        return False


def _bytes(pfad: Path, name: str, *, allein: bool) -> bytes:
    """Return what stands in a file; raises InputError if it cannot be read or is too large."""
    datei = str(pfad) if allein else name
    try:
        if pfad.stat().st_size > GROESSE:
            meldung = Text("This file is larger than {mb} MB.", mb=GROESSE // 1_000_000)
            raise InputError([Problem(datei, "", meldung)])
        return pfad.read_bytes()
    except OSError as error:
        meldung = Text("This file cannot be read: {reason}", reason=error.strerror or str(error))
        raise InputError([Problem(datei, "", meldung)]) from error
