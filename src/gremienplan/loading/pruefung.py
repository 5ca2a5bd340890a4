"""What a programme may not say, although each of its entries reads well: names nobody has, bounds that cross."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from gremienplan.loading.luecken import wechseltage
from gremienplan.loading.programm import Fund, Gelesen, check_profile
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Befund
from gremienplan.loading.verweise import Bekannt, Verweise
from gremienplan.programm import (
    Beratung,
    Beratungseintrag,
    Programm,
    Sitzungseintrag,
    beratungen,
    gehoert_in,
    sitzungen,
)
from gremienplan.programm.bedingungen import Anzahl, Reihenfolge, Tageszeit
from gremienplan.programm.wuensche import HOECHSTE_STUFE, Ausgleich, Danach, Gewohnt, Gleichmaessig, Verteilt
from gremienplan.quellen import Merkmal
from gremienplan.requirements import Was
from gremienplan.rules import Regel, gastgeber
from gremienplan.stadt import Gremium, Klasse, Stadt
from gremienplan.texts import Text

ZIELE = {
    "zu": "sitzungen",
    "erst": "ereignisse",
    "dann": "ereignisse",
    "folge": "ereignisse",
    "nach": "ereignisse",
    "beratung": "beratungen",
    "gremium": "gremienarten-und-gremien",
    "mit": "gremienarten-und-gremien",
    "ohne": "gremienarten-und-gremien",
    "rollen": "rollen-und-sitze",
    "vortrag": "rollen-und-sitze",
    "kenntnis": "rollen-und-sitze",
    "zustaendig": "rollen-und-sitze",
    "an": "rollen-und-gremien",
    "fuer": "ereignisse-und-gremien",
    "meide": "meidetage",
    "anlass": "anlaesse",
}
"""Field of an entry -> what it names."""

_NUR_GREMIENART = (Beratungseintrag, Danach, Verteilt)
"""Entries whose ``gremium`` is a Gremienart: which Gremium it means is for the join to say."""


def check_programm(gelesen: Gelesen, bekannt: Bekannt, stadt: Stadt | None) -> None:
    """Report every name in a programme that nobody has, and every entry that contradicts itself or the city."""
    check_profile(gelesen)
    bekannt = gelesen.bekannt(bekannt)
    for fund in (*gelesen.anlaesse.values(), *gelesen.profile.values(), *gelesen.eintraege.values()):
        verweise = Verweise(fund.datei, bekannt)
        verweise.check_grundlagen(fund.wert, fund.pfad)
        _check_namen(verweise, fund, gelesen)
        if isinstance(fund.wert, Sitzungseintrag):
            verweise.check_nur(bekannt.ebene_des_gremiums(fund.wert.gremium), fund.wert.nur, fund.pfad)
        if isinstance(fund.wert, Beratungseintrag) and (zu := gelesen.eintraege.get(fund.wert.zu)):
            verweise.check_nur(bekannt.ebene_des_gremiums(zu.wert.gremium), fund.wert.nur, fund.pfad)
        _check_grenzen(fund)
        if stadt is not None:
            _check_klasse(fund, stadt)
            _check_beschluss(fund, gelesen, stadt)
            _check_gewohnt(fund, stadt)


def _check_namen(verweise: Verweise, fund: Fund, gelesen: Gelesen) -> None:
    for name, ziel in ZIELE.items():
        wert = getattr(fund.wert, name, None)
        if name == "gremium" and isinstance(fund.wert, _NUR_GREMIENART):
            ziel = "gremienarten"
        for kennung in (wert,) if isinstance(wert, str) else wert or ():
            if kennung in gelesen.entfernt and not verweise.bekannt.namen(ziel).kennt(kennung):
                meldung = Text("The programme leaves this entry out, but needs it here.")
                hinweis = Text("Leave “{id}” out as well, or replace it.", id=fund.wert.id)
                fund.datei.problem(join(fund.pfad, name), meldung, kennung, hinweis)
            else:
                verweise.check(ziel, kennung, join(fund.pfad, name))


def _check_grenzen(fund: Fund) -> None:
    """Report bounds that leave nothing between them."""
    match fund.wert:
        case Tageszeit(von=von, bis=bis) if bis <= von:
            meldung = Text("This must be later than {von}.", von=von)
            fund.datei.problem(join(fund.pfad, "bis"), meldung, f"{bis:%H:%M}")
        case Anzahl(min=int(least), max=int(most)) if most < least:
            meldung = Text("This must be at least {least}, which is asked for as min.", least=least)
            fund.datei.problem(join(fund.pfad, "max"), meldung, most)
        case Anzahl(min=None, max=None):
            fund.datei.problem(fund.pfad, Text("At least one of the keys min and max is needed."))
        case Gleichmaessig(mindestens=int(least), hoechstens=int(most)) if most < least:
            meldung = Text("This must be at least {least}, which is asked for as mindestens.", least=least)
            fund.datei.problem(join(fund.pfad, "hoechstens"), meldung, most)
        case Gleichmaessig(folge=folge) if len(folge) < 2:
            fund.datei.problem(join(fund.pfad, "folge"), Text("A sequence needs at least two entries."))
        case Ausgleich():
            _check_ausgleich(fund, fund.wert)
        case _:
            pass


def _check_ausgleich(fund: Fund, wunsch: Ausgleich) -> None:
    """Report a wish that names nobody, journeys of a body, and steps for which there is no stage."""
    if not wunsch.rollen and not wunsch.gremium:
        fund.datei.problem(fund.pfad, Text("At least one of the keys rollen and gremium is needed."))
    if wunsch.was is Was.WEGE and wunsch.gremium:
        meldung = Text("A Gremium makes no journeys; name the Rollen that do.")
        fund.datei.problem(join(fund.pfad, "gremium"), meldung, ", ".join(wunsch.gremium))
    room = HOECHSTE_STUFE - wunsch.stufe + 1
    if not 1 <= wunsch.tiefe <= room:
        meldung = Text("From stage {stufe} on this must be from 1 to {most}.", stufe=wunsch.stufe, most=room)
        fund.datei.problem(join(fund.pfad, "tiefe"), meldung, wunsch.tiefe)


def _gremien(stadt: Stadt, name: str) -> tuple[Gremium, ...]:
    return tuple(g for g in stadt.alle_gremien.values() if name in (g.art.id, g.id))


def _check_klasse(fund: Fund, stadt: Stadt) -> None:
    """Report a Sitzung of a political body, which is not ours to plan, and a Beratung anywhere else."""
    if not isinstance(fund.wert, Sitzungseintrag | Beratungseintrag):
        return
    klassen = {gremium.art.klasse for gremium in _gremien(stadt, fund.wert.gremium)}
    pfad = join(fund.pfad, "gremium")
    if isinstance(fund.wert, Sitzungseintrag) and Klasse.POLITISCH in klassen:
        hinweis = Text("To bring an item before it, write a [[beratung]].")
        meldung = Text(
            "The Sitzungen of a political body stand in the council calendar; they are not planned here."
        )
        fund.datei.problem(pfad, meldung, fund.wert.gremium, hinweis)
    if (
        isinstance(fund.wert, Beratungseintrag)
        and Klasse.EIGEN in klassen
        and not _ohne_beschluss(fund, stadt)
    ):
        meldung = Text("A Beratung is an item in a sitting of a political body, which this is not.")
        fund.datei.problem(pfad, meldung, fund.wert.gremium)


def _ohne_beschluss(fund: Fund, stadt: Stadt) -> Merkmal | None:
    """Return on whose word the Gremium of an entry decides nothing; None if it may."""
    gremien = _gremien(stadt, fund.wert.gremium)
    return next((g.art.ohne_beschluss for g in gremien if g.art.ohne_beschluss), None)


def _check_beschluss(fund: Fund, gelesen: Gelesen, stadt: Stadt) -> None:
    """Report an item that is to be decided where nothing is, and one that would have to wait for such a Gremium."""
    merkmal, pfad = None, fund.pfad
    if isinstance(fund.wert, Beratungseintrag):
        merkmal, pfad = _ohne_beschluss(fund, stadt), join(fund.pfad, "gremium")
    elif isinstance(fund.wert, Reihenfolge):
        erst, dann = gelesen.eintraege.get(fund.wert.erst), gelesen.eintraege.get(fund.wert.dann)
        if erst and erst.liste == "sitzung" and dann and dann.liste == "beratung":
            merkmal, pfad = _ohne_beschluss(erst, stadt), join(fund.pfad, "erst")
    if merkmal is not None:
        meldung = Text(
            "Nothing is decided in this Gremium, and no decision waits for it ({grundlage}).",
            grundlage=merkmal.grundlage.wort,
        )
        hinweis = Text("A wish of the kind “vorher” may still ask for the order.")
        fund.datei.problem(pfad, meldung, getattr(fund.wert, pfad.rpartition(".")[2]), hinweis)


def _check_gewohnt(fund: Fund, stadt: Stadt) -> None:
    """Report Gremien that a wish wants on their usual slot although nobody has said which that is."""
    if not isinstance(fund.wert, Gewohnt):
        return
    ohne = [g.id for name in fund.wert.gremium for g in _gremien(stadt, name) if g.gewohnt is None]
    if ohne:
        meldung = Text("No usual slot is given for: {gremien}", gremien=tuple(ohne))
        hinweis = Text("Give it in stadt.toml, in the table [gremium], by the key gewohnt.")
        fund.datei.problem(join(fund.pfad, "gremium"), meldung, "", hinweis)


def warn_umbruch(befund: Befund, programm: Programm, stadt: Stadt, jahr: int | None) -> None:
    """Say what is brought before more bodies than on any one day, because the city changes within a window.

    It is said of one year, or of every year in which the city changes.
    """
    tage = [fassung.gueltig_ab for fassung in stadt.fassungen if fassung.gueltig_ab]
    jahre = sorted({tag.year - n for tag in tage for n in (0, 1)}) if jahr is None else [jahr]
    for planned in jahre:
        events = beratungen(stadt, programm, sitzungen(stadt, programm, planned))
        for (name, _), items in groupby(events, key=lambda b: (b.eintrag.name or b.eintrag.id, b.zu.id)):
            beratung, *rest = items
            if tag := _umbruch(stadt, beratung):
                meldung = Text(
                    "{name} may be held before and after {tag}, when its Gebiet changes."
                    " Its items “{beratung}” are planned for all of: {gremien}",
                    name=beratung.zu.name,
                    tag=tag,
                    beratung=name,
                    gremien=tuple(stadt.gremium_name(b.gremium) for b in (beratung, *rest)),
                )
                befund.warnungen.append(meldung)


def _umbruch(stadt: Stadt, beratung: Beratung) -> date | None:
    """Return the first day in the window of a Sitzung from which other Gremien hear what belongs to it."""
    von, bis = beratung.zu.fenster()
    tage = [von, *(f.gueltig_ab for f in stadt.zwischen(von, bis) if f.gueltig_ab and von < f.gueltig_ab)]
    gehoert = [
        {g.id for g in gehoert_in(stadt, beratung.eintrag, tag, tag, beratung.zu.gremium)} for tag in tage
    ]
    return next((tag for tag, ids in zip(tage, gehoert, strict=True) if ids != gehoert[0]), None)


def warn_gastgeber(befund: Befund, programm: Programm, stadt: Stadt, regeln: tuple[Regel, ...]) -> None:
    """Say for which Gremien of the programme no rule names who invites to them."""
    namen = [sitzung.gremium for sitzung in programm.sitzungen]
    gremien = dict.fromkeys(g for name in namen for g in _gremien(stadt, name))
    ohne: dict[str, list[Gremium]] = {}
    for gremium in gremien:
        if not _hat_gastgeber(gremium, stadt, regeln):
            ohne.setdefault(gremium.art.id, []).append(gremium)
    for art, liste in ohne.items():
        alle = len(liste) == len(_gremien(stadt, art))
        wer = (liste[0].art.name,) if alle else tuple(map(stadt.gremium_name, liste))
        befund.warnungen.append(Text("No rule says who invites to the Sitzungen of: {gremien}", gremien=wer))


def _hat_gastgeber(gremium: Gremium, stadt: Stadt, regeln: tuple[Regel, ...]) -> bool:
    """Tell whether there is a day on which somebody invites to this Gremium."""
    return any(gastgeber(stadt, regeln, gremium, tag) for tag in wechseltage(stadt, regeln))
