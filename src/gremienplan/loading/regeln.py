"""``regeln.toml``: who belongs to a Gremium, who is invited, who invites, and who manages it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs
from attrs import frozen

from gremienplan.loading.gueltigkeit import Gueltigkeit, check_ende, check_versionen
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei
from gremienplan.loading.verweise import Bekannt, Verweise
from gremienplan.quellen import Authority, Grundlage
from gremienplan.rules import Anwesend, Insbesondere, Regel, RegelArt, geschaeftsfuehrung
from gremienplan.stadt import Stadt
from gremienplan.texts import Text

GRENZEN = ("ausgeschlossen", "mitgliederliste")
"""Lists of ``regeln.toml`` that are no rules but limits of them."""

ZUSATZ = (RegelArt.MITGLIEDSCHAFT, RegelArt.EINLADUNG)
"""What a project adds as lists, like a city: members of an open list, and guests."""


@frozen
class Regeleintrag:
    """One entry of ``regeln.toml``; the name of its table says of which kind the rule is."""

    id: str
    gremium: str
    rollen: tuple[str, ...]
    grundlage: Grundlage
    anlass: tuple[str, ...] | None = None
    nur: tuple[str, ...] | None = None
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None
    insbesondere: Insbesondere | None = None
    anwesend: Anwesend = Anwesend.ALLE


def read_regeln(datei: Datei | None, bekannt: Bekannt) -> tuple[Regel, ...]:
    """Return the rules of a city: memberships first, then the other kinds, each in the order of the file."""
    if datei is None:
        return ()
    datei.check_keys([*(art.value for art in RegelArt), *GRENZEN])
    return tuple(regel for _, regel in _read_listen(datei, bekannt, tuple(RegelArt)))


def _read_listen(datei: Datei, bekannt: Bekannt, arten: tuple[RegelArt, ...]) -> list[tuple[str, Regel]]:
    """Return the rules of these kinds that stand as lists, each with its place."""
    verweise = Verweise(datei, bekannt)
    regeln: list[tuple[str, Regel]] = []
    kaputt: list[object] = []
    for art in arten:
        for pfad, roh in datei.entries(art.value):
            eintrag = datei.structure(Regeleintrag, roh, pfad)
            if eintrag is None:
                kaputt.append(roh.get("id") if isinstance(roh, dict) else None)
            else:
                _check(verweise, eintrag, pfad)
                regeln.append((pfad, Regel(art=art, **attrs.asdict(eintrag, recurse=False))))
    _check_versionen(datei, [(pfad, regel) for pfad, regel in regeln if regel.id not in kaputt])
    return regeln


def _check_versionen(datei: Datei, regeln: Sequence[tuple[str, Regel]]) -> None:
    """Report rules of one id that hold on the same day, or leave a day between them: they are versions of one."""
    versionen: dict[str, list[tuple[str, Gueltigkeit]]] = {}
    for pfad, regel in regeln:
        versionen.setdefault(regel.id, []).append((pfad, _gueltigkeit(regel)))
    zwei = Text("Let one end on the day before the next begins; if they are two rules, give one another id.")
    for liste in versionen.values():
        check_versionen(datei, liste, key="id", zugleich=zwei)


def _gueltigkeit(regel: Regel) -> Gueltigkeit:
    return Gueltigkeit(regel.gueltig_ab, regel.gueltig_bis)


def check_id(datei: Datei, roh: object, pfad: str, orte: dict[str, str]) -> bool:
    """Report an id that an earlier entry of the file has, and tell whether it is new.

    ``orte`` remembers where each id stands.
    """
    kennung = roh.get("id") if isinstance(roh, dict) else None
    if not isinstance(kennung, str):
        return True
    if kennung in orte:
        datei.problem(join(pfad, "id"), Text("Another entry has this id: {ort}", ort=orte[kennung]), kennung)
        return False
    orte[kennung] = pfad
    return True


def _check(verweise: Verweise, eintrag: Regeleintrag, pfad: str) -> None:
    verweise.check("gremienarten-und-gremien", eintrag.gremium, join(pfad, "gremium"))
    verweise.check_all("rollen-und-sitze", eintrag.rollen, join(pfad, "rollen"))
    verweise.check_all("anlaesse", eintrag.anlass or (), join(pfad, "anlass"))
    ebene = verweise.bekannt.ebene_des_gremiums(eintrag.gremium)
    verweise.check_nur(ebene, eintrag.nur, pfad)
    if eintrag.insbesondere:
        verweise.check_nur(ebene, eintrag.insbesondere.nur, join(pfad, "insbesondere"))
    verweise.check_grundlagen(eintrag, pfad)
    check_ende(verweise.datei, Gueltigkeit(eintrag.gueltig_ab, eintrag.gueltig_bis), pfad)


def read_vorgaben(datei: Datei, bekannt: Bekannt) -> tuple[Regel, ...]:
    """Return the rules a project adds on the planner's own word.

    Members and guests are lists, as in a city's file. Who invites and who manages a Gremium, where the concept is
    silent, are tables ``Gremium -> Rollen or Sitze``.
    """
    verweise = Verweise(datei, bekannt)
    regeln: list[Regel] = []
    for pfad, regel in _read_listen(datei, bekannt, ZUSATZ):
        regeln.append(regel)
        if regel.grundlage.authority is not Authority.VORGABE:
            meldung = Text("A project adds rules on the planner's word alone: vorgabe = true")
            datei.problem(join(pfad, regel.grundlage.authority.value), meldung, regel.grundlage.id)
    for art in (RegelArt.GASTGEBER, RegelArt.GESCHAEFTSFUEHRUNG):
        for gremium, pfad, roh in datei.table(art.value):
            verweise.check("gremienarten-und-gremien", gremium, pfad)
            rollen = datei.structure(_Liste, {}, pfad, fest={"rollen": roh})
            if rollen is not None:
                verweise.check_all("rollen-und-sitze", rollen.rollen, pfad)
                kennung = vorgabe_id(art, gremium)
                regeln.append(Regel(kennung, art, gremium, rollen.rollen, Grundlage(Authority.VORGABE)))
    return tuple(regeln)


def vorgabe_id(art: RegelArt, gremium: str) -> str:
    """Return the id of a rule that a project writes as ``Gremium = Rollen``."""
    return f"projekt-{art.value}-{gremium.replace('/', '-')}"


@frozen
class _Liste:
    rollen: tuple[str, ...]


def check_geschaeftsfuehrung(datei: Datei, stadt: Stadt, regeln: tuple[Regel, ...]) -> None:
    """Report every Gremium that more than one Sitz manages at a time: the concept wants exactly one."""
    art = RegelArt.GESCHAEFTSFUEHRUNG
    beginne = {r.gueltig_ab for r in regeln if r.art is art} | {f.gueltig_ab for f in stadt.fassungen}
    tage = sorted({date.min} | {tag for tag in beginne if tag})
    for gremium in stadt.alle_gremien.values():
        sitze = {tag: geschaeftsfuehrung(stadt, regeln, gremium, tag) for tag in tage}
        zu_viele = max(sitze.values(), key=len)
        if len(zu_viele) > 1:
            meldung = Text(
                "More than one Sitz manages this Gremium: {sitze}", sitze=tuple(s.id for s in zu_viele)
            )
            hinweis = Text("Name one Sitz, or limit the rules with nur, gueltig_ab and gueltig_bis.")
            datei.problem(art.value, meldung, gremium.id, hinweis)
