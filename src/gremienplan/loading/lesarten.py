"""``auslegungen.toml``: open questions, how they are read, and what would change if they were read otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
from attrs import field, frozen

from gremienplan.loading.angaben import Falsch, closest, monat_tag
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei, parse
from gremienplan.loading.ueberlagerung import (
    Inhalt,
    hits_entry,
    hits_path,
    paths,
    receives,
    segments,
    versions,
)
from gremienplan.quellen import Aenderung, Alternative, Auslegung, Bestaetigung
from gremienplan.texts import Text

OFFEN, BESTAETIGT = "offen", "bestaetigt"


@frozen
class Lesarteintrag:
    """One entry of ``auslegungen.toml``; its key is the id of the question."""

    frage: str
    lesart: str
    stellen: tuple[str, ...] = ()
    stand: str | None = None
    bestaetigt: Bestaetigung | None = None
    fest: str = ""
    alternative: Mapping[str, Alternative] = field(factory=dict)


def read_lesarten(datei: Datei) -> tuple[dict[str, Auslegung], list[str]]:
    """Return the readings by id, and the ids of the broken ones."""
    werte: dict[str, Auslegung] = {}
    kaputt: list[str] = []
    for kennung, pfad, roh in datei.table(""):
        eintrag = datei.structure(Lesarteintrag, roh, pfad)
        if eintrag is None:
            kaputt.append(kennung)
            continue
        _check_eintrag(datei, eintrag, pfad)
        stand = OFFEN if eintrag.bestaetigt is None else BESTAETIGT
        werte[kennung] = Auslegung(id=kennung, **{**attrs.asdict(eintrag, recurse=False), "stand": stand})
    return werte, kaputt


def _check_eintrag(datei: Datei, eintrag: Lesarteintrag, pfad: str) -> None:
    if bool(eintrag.fest) == bool(eintrag.alternative):
        meldung = Text("Exactly one of the keys alternative and fest must stand here.")
        hinweis = Text("Where nothing can be switched, fest says why.")
        datei.problem(pfad, meldung, hinweis=hinweis)
    if eintrag.stand not in (None, OFFEN) or (eintrag.stand and eintrag.bestaetigt):
        meldung = Text("This can only be “offen”, and only until the reading has been confirmed.")
        muster = 'bestaetigt = { von = "…", am = 2027-01-01 }'
        hinweis = Text(
            "Once it has been, write instead, with the office that did so: {muster}", muster=muster
        )
        datei.problem(join(pfad, "stand"), meldung, eintrag.stand, hinweis)


# --- does every change hit something? ------------------------------------------------------------------------


def read_inhalte(ordner: Path) -> dict[str, Inhalt] | None:
    """Return the raw content of the files that readings may change; None when one of them cannot be read."""
    inhalte: dict[str, Inhalt] = {}
    programme = sorted(ordner.glob("programm*.toml")) or [ordner / "programm.toml"]
    for pfad in (ordner / "stadt.toml", ordner / "regeln.toml", *programme):
        try:
            inhalte[pfad.name] = parse(pfad.read_text("utf-8-sig"))
        except (OSError, ValueError):
            return None
    return inhalte


@frozen
class _Ort:
    """Where the changes of one alternative stand, and of which files they speak."""

    pfad: str
    aenderung: Aenderung
    inhalte: Mapping[str, Inhalt]


def check_alternativen(
    datei: Datei, lesarten: Mapping[str, Auslegung], inhalte: Mapping[str, Inhalt]
) -> None:
    """Report every id and path of an alternative that hits nothing in the files, added entries included."""
    orte = [ort for lesart in lesarten.values() for ort in _orte(datei, lesart, inhalte)]
    dazu = [
        (liste, roh)
        for ort in orte
        for liste, eintraege in ort.aenderung.dazu.items()
        if isinstance(eintraege, list)
        for roh in eintraege
        if isinstance(roh, dict)
    ]
    added: dict[str, list[dict[str, Any]]] = {}
    for liste, roh in dazu:
        added.setdefault(liste, []).append(roh)
    for ort in orte:
        _check(datei, ort, {**ort.inhalte, "": added})
    for lesart in lesarten.values():
        for kennung, alternative in lesart.alternative.items():
            pfad = join(join(join("", lesart.id), "alternative"), kennung)
            _check_angaben(datei, join(pfad, "verlangt"), alternative)
            for frage, wahl in alternative.entfaellt_neben.items():
                if frage == lesart.id or frage not in lesarten or wahl not in lesarten[frage].alternative:
                    meldung = Text("No other reading has this alternative.")
                    datei.problem(join(join(pfad, "entfaellt_neben"), frage), meldung, wahl)


def _check_angaben(datei: Datei, pfad: str, alternative: Alternative) -> None:
    """Report bounds of an answer that are no days, and an answer it is held against that nobody gives."""
    for name, angabe in alternative.verlangt.items():
        wo = join(pfad, name)
        for key, tag in (("von", angabe.von), ("bis", angabe.bis)):
            try:
                monat_tag(tag or "01-01")
            except Falsch as error:
                datei.problem(join(wo, key), error.meldung, tag, error.hinweis)
        if angabe.nach and (angabe.nach == name or angabe.nach not in alternative.verlangt):
            meldung = Text("This alternative asks for no other answer of this name.")
            datei.problem(join(wo, "nach"), meldung, angabe.nach, closest(angabe.nach, alternative.verlangt))


def _orte(datei: Datei, lesart: Auslegung, inhalte: Mapping[str, Inhalt]) -> Iterator[_Ort]:
    for kennung, a in lesart.alternative.items():
        pfad = join(join(join("", lesart.id), "alternative"), kennung)
        yield _Ort(pfad, Aenderung(a.ohne, a.setzt, a.entfernt, a.dazu), inhalte)
        for name, aenderung in a.datei.items():
            unter = join(join(pfad, "datei"), name)
            if name in inhalte:
                yield _Ort(unter, aenderung, {name: inhalte[name]})
            else:
                meldung = Text("A reading can change no file of this name.")
                datei.problem(unter, meldung, name, closest(name, tuple(inhalte)))


def _check(datei: Datei, ort: _Ort, inhalte: Mapping[str, Inhalt]) -> None:
    aenderung = ort.aenderung
    for kennung in aenderung.ohne:
        if not any(hits_entry(inhalt, kennung) for inhalt in inhalte.values()):
            ids = {e["id"] for inhalt in inhalte.values() for e in _eintraege(inhalt)}
            meldung = Text("No file has an entry with this id.")
            datei.problem(join(ort.pfad, "ohne"), meldung, kennung, closest(kennung, ids))
    for key, pfade, whole in (("setzt", aenderung.setzt, False), ("entfernt", aenderung.entfernt, True)):
        for pfad in pfade:
            _check_pfad(datei, join(ort.pfad, key), pfad, inhalte, whole)
    for liste, roh in aenderung.dazu.items():
        _check_dazu(datei, join(join(ort.pfad, "dazu"), liste), liste, roh, ort.inhalte)


def _check_pfad(datei: Datei, wo: str, pfad: str, inhalte: Mapping[str, Inhalt], whole: bool) -> None:
    try:
        segments(pfad)
    except ValueError:
        meldung = Text("This is no path: write table, id and key with dots between them.")
        datei.problem(wo, meldung, pfad, Text('For instance: "rolle.kod.je"'))
        return
    if not any(hits_path(inhalt, pfad, whole=whole) for inhalt in inhalte.values()):
        known = {known for inhalt in inhalte.values() for known in paths(inhalt)}
        datei.problem(wo, Text("This path leads nowhere in any file."), pfad, closest(pfad, known))
    anzahl = max((versions(inhalt, pfad) for inhalt in inhalte.values()), default=0)
    if anzahl > 1:
        tabelle, kennung, *rest = segments(pfad)
        meldung = Text(
            "{ort}: “{pfad}” changes all {anzahl} versions of the entry. To mean one, name a day on which it"
            " holds: “{muster}”",
            ort=f"{datei.name}: {wo}",
            pfad=pfad,
            anzahl=anzahl,
            muster=".".join((tabelle, f"{kennung}@2027-07-01", *rest)),
        )
        datei.befund.warnungen.append(meldung)


def _check_dazu(datei: Datei, wo: str, liste: str, roh: object, inhalte: Mapping[str, Inhalt]) -> None:
    if not isinstance(roh, list) or not all(isinstance(eintrag, dict) for eintrag in roh):
        hinweis = Text("Write each entry under a heading of its own: [[{key}]]", key=wo)
        datei.problem(wo, Text("This must be a list of tables."), "", hinweis)
        return
    receiving = [inhalt for inhalt in inhalte.values() if receives(inhalt, liste)]
    if not receiving:
        listen = {key for inhalt in inhalte.values() for key in inhalt if receives(inhalt, key)}
        datei.problem(wo, Text("No file has a list of this name."), liste, closest(liste, listen))
    for nummer, eintrag in enumerate(roh, 1):
        if any(hits_entry(inhalt, eintrag.get("id", "")) for inhalt in receiving):
            meldung = Text("An entry with this id exists already.")
            datei.problem(f"{wo}[{nummer}].id", meldung, eintrag.get("id", ""))


def _eintraege(inhalt: Inhalt) -> Iterator[dict[str, Any]]:
    for wert in inhalt.values():
        if isinstance(wert, list):
            yield from (e for e in wert if isinstance(e, dict) and isinstance(e.get("id"), str))
