"""An invented city with a river in its middle, a programme for it, and plans made by hand: values, no files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from attrs import evolve

from gremienplan import publishing
from gremienplan.orte import Ort
from gremienplan.plan import Absage, Beratungstermin, Plan, Termin, Verlaufseintrag, Zustand
from gremienplan.programm import Anlass, Beratungseintrag, Programm, Sitzungseintrag
from gremienplan.projekt import Projekt
from gremienplan.quellen import Authority, Fundstelle, Grundlage, Katalog, Merkmal, Quelle
from gremienplan.ratskalender import Freitage, Ratskalender, Ratssitzung
from gremienplan.rules import Regel, RegelArt
from gremienplan.stadt import Ebene, Gebiet, Gremienart, Gremium, Klasse, Rolle, RollenArt, Stadt

JAHR = 2027
STAND = datetime(2026, 11, 2, 9, 30)
TEXT = Grundlage(Authority.TEXT, "FLU-1")
GASTGEBER = Grundlage(Authority.TEXT, "FLU-2")
AUSLEGUNG = Grundlage(Authority.AUSLEGUNG, "AMB-02")
VORGABE = Grundlage(Authority.VORGABE)
GESETZ = Grundlage(Authority.TEXT, "GO-38")

KATALOG = Katalog(
    quellen={
        "flussau": Quelle("flussau", "Konzept der Stadt Flussau"),
        "go": Quelle("go", "Gemeindeordnung", "gesetz"),
    },
    stellen={
        "FLU-1": Fundstelle("FLU-1", "flussau", "4.3.1"),
        "FLU-2": Fundstelle("FLU-2", "flussau", "4.2 (4)"),
        "GO-38": Fundstelle("GO-38", "go", "§ 38 Abs. 3"),
    },
)


def stadt(raeume: int = 3, aemter: int = 2) -> Stadt:
    """Return a city of two Bezirke and ``raeume`` Sozialräume; the last one lies in both Bezirke.

    The first Sozialraum has the name of the first Bezirk. ``aemter`` is the number of Fachdienste per Sozialraum.
    """
    namen = ["links", "rechts", *(f"raum-{n}" for n in range(3, raeume)), "ufer"]
    atome = {name: frozenset({f"{name}-1", f"{name}-2"}) for name in namen}
    links = frozenset({*atome["links"], "ufer-1"})
    bezirke = [
        Gebiet("bezirk", "links", "Links", links),
        Gebiet("bezirk", "rechts", "Rechts", frozenset().union(*atome.values()) - links),
    ]
    sozialraeume = [Gebiet("sozialraum", name, name.title(), atome[name]) for name in namen]
    ganz = Gebiet("stadt", "stadt", "Flussau", frozenset().union(*atome.values()))
    rollen = [
        Rolle("stadtteilkoordination", "sozialraum", "Stadtteilkoordination"),
        *(Rolle(f"fachdienst-{n}", "sozialraum", f"Fachdienst {n}") for n in range(1, aemter + 1)),
        Rolle("stadtteilbuero", "sozialraum", "Stadtteilbüro"),
        Rolle("buergeramtsleitung", "bezirk", "Leitung des Bürgeramtes"),
        Rolle("bezirksbuergermeister", "bezirk", "Bezirksbürgermeister:in"),
        Rolle("bezirksvertreter", "bezirk", "Bezirksvertreter:in", RollenArt.MANDAT),
        Rolle("bewohner", "sozialraum", "Bewohner:innen", RollenArt.GRUPPE),
        Rolle("dezernat", "stadt", "Dezernat"),
        Rolle("archiv", "stadt", "Archiv"),
        Rolle("vertretung", "stadt", "Vertretung der Stadtteilkoordination"),
    ]
    arten = [
        Gremienart("runde", "sozialraum", "Koordinierungsrunde", orte=("zentrum",)),
        Gremienart(
            "konferenz",
            "sozialraum",
            "Stadtteilkonferenz",
            orte=("zentrum",),
            oeffentlich=True,
            titel_ergaenzt=Merkmal(Grundlage(Authority.VORGABE)),
        ),
        Gremienart("lenkungskreis", "stadt", "Lenkungskreis", dauer=90, orte=("rathaus",)),
        Gremienart("bezirksvertretung", "bezirk", "Bezirksvertretung", Klasse.POLITISCH, oeffentlich=True),
    ]
    gebiete = (*bezirke, *sozialraeume, ganz)
    gremien = [
        Gremium(art, gebiet, titel="Wir am Fluss" if (art.id, gebiet.id) == ("konferenz", "ufer") else "")
        for art in arten
        for gebiet in gebiete
        if gebiet.ebene == art.ebene
    ]
    orte = [
        *(
            Ort(f"zentrum-{s.id}", f"Zentrum {s.name}", "zentrum", s.key, "Weg 1, Flussau")
            for s in sozialraeume
        ),
        Ort("rathaus", "Rathaus", "rathaus", ganz.key),
    ]
    return Stadt(
        id="flussau",
        name="Flussau",
        domain="flussau.example",
        land="NW",
        zeitzone="Europe/Berlin",
        atom="wohnbereich",
        ebenen=(Ebene("bezirk", "Bezirk"), Ebene("sozialraum", "Sozialraum"), Ebene("stadt", "Stadt")),
        gebiete=gebiete,
        rollen={rolle.id: rolle for rolle in rollen},
        gremienarten={art.id: art for art in arten},
        gremien={gremium.id: gremium for gremium in gremien},
        orte={ort.id: ort for ort in orte},
        vertretungen={f"stadtteilkoordination/{s.id}": "vertretung/stadt" for s in sozialraeume},
    )


def regeln(aemter: int = 2) -> tuple[Regel, ...]:
    """Return the city's rules; a second Fachdienst is invited from July on only."""
    juli, mitte = date(JAHR, 7, 1), date(JAHR, 6, 30)
    fach = tuple(f"fachdienst-{n}" for n in range(1, aemter + 1))
    return (
        Regel("runde-gf", RegelArt.GESCHAEFTSFUEHRUNG, "runde", ("stadtteilkoordination",), TEXT),
        Regel("runde-gast", RegelArt.GASTGEBER, "runde", ("stadtteilkoordination",), GASTGEBER),
        Regel("runde-ba", RegelArt.MITGLIEDSCHAFT, "runde", ("buergeramtsleitung",), GESETZ),
        Regel("runde-f1", RegelArt.MITGLIEDSCHAFT, "runde", fach[:1], TEXT, gueltig_bis=mitte),
        Regel("runde-fn", RegelArt.MITGLIEDSCHAFT, "runde", fach[1:], TEXT, gueltig_ab=juli),
        Regel("runde-buero", RegelArt.MITGLIEDSCHAFT, "runde", ("stadtteilbuero",), TEXT, nur=("ufer",)),
        Regel(
            "runde-bm",
            RegelArt.EINLADUNG,
            "runde",
            ("bezirksbuergermeister",),
            AUSLEGUNG,
            anlass=("entwurf",),
        ),
        Regel(
            "konferenz-host",
            RegelArt.GASTGEBER,
            "konferenz",
            ("stadtteilkoordination", "bezirksbuergermeister"),
            GASTGEBER,
        ),
        Regel("konferenz-alle", RegelArt.EINLADUNG, "konferenz", ("bezirksvertreter", "bewohner"), TEXT),
        Regel(
            "lk", RegelArt.MITGLIEDSCHAFT, "lenkungskreis", ("dezernat", "buergeramtsleitung/links"), VORGABE
        ),
    )


def programm(runden: int = 1) -> Programm:
    """Return a programme: drafts and ``runden`` regular rounds, a conference, a Lenkungskreis, one item per Bezirk."""
    return Programm(
        id="flussau",
        name="Flussau",
        anlaesse={
            "entwurf": Anlass("entwurf", "Entwurf des Jahresplans"),
            "regulaer": Anlass("regulaer", "Regulär"),
        },
        sitzungen=(
            Sitzungseintrag("entwurf", "runde", ("entwurf",), TEXT),
            *(Sitzungseintrag(f"runde-{n}", "runde", ("regulaer",), AUSLEGUNG) for n in range(1, runden + 1)),
            Sitzungseintrag("konferenz", "konferenz", (), VORGABE),
            Sitzungseintrag(
                "steuern", "lenkungskreis", ("regulaer",), TEXT, name="Steuerung, Teil 1; Rück- und Ausblick"
            ),
        ),
        beratungen=(
            Beratungseintrag(
                "vorstellung",
                "entwurf",
                "bezirksvertretung",
                ("stadtteilkoordination",),
                GESETZ,
                name="Jahresplan",
                kenntnis=("bezirksbuergermeister",),
            ),
        ),
        bedingungen=(),
        wuensche=(),
    )


def projekt(raeume: int = 3, aemter: int = 2, runden: int = 1) -> Projekt:
    """Return the whole invented project."""
    return Projekt(
        stadt=stadt(raeume, aemter),
        regeln=regeln(aemter),
        programm=programm(runden),
        katalog=KATALOG,
        ratskalender=Ratskalender(
            tuple(
                Ratssitzung(
                    f"bv-{bezirk}",
                    "rat",
                    "BV",
                    f"bezirksvertretung/{bezirk}",
                    datetime(JAHR, 11, 10, 16),
                    datetime(JAHR, 11, 10, 18),
                    ort="Ratssaal",
                )
                for bezirk in ("links", "rechts")
            )
        ),
        freitage=Freitage(ferien_bis=date(JAHR, 8, 31), jahre=(JAHR,)),
    )


def plan(projekt: Projekt, zustand: Zustand = Zustand.PUBLISHED) -> Plan:
    """Return a plan made by hand: a Sitzung every third day at changing hours, each Beratung in its council sitting."""
    termine = []
    for nummer, sitzung in enumerate(projekt.sitzungen(JAHR)):
        beginn = datetime.combine(date(JAHR, 2, 1) + timedelta(days=3 * nummer), time(9 + nummer % 10))
        ort = sitzung.orte[0].id if sitzung.orte else ""
        ende = beginn + timedelta(minutes=sitzung.dauer)
        termine.append(Termin(sitzung.id, sitzung.gremium.id, beginn, ende, ort))
    council = {sitzung.gremium: sitzung for sitzung in projekt.ratskalender.sitzungen}
    beratungen = [
        Beratungstermin(b.id, b.gremium.id, c.key, c.beginn, c.ende, tuple(s.id for s in b.vortrag))
        for b in projekt.beratungen(JAHR)
        for c in [council[b.gremium.id]]
    ]
    ereignisse = (*(t.sitzung for t in termine), *(b.beratung for b in beratungen))
    gemacht = Plan(
        stadt=projekt.stadt.id,
        jahr=JAHR,
        programm=projekt.programm.id,
        termine=tuple(termine),
        beratungen=tuple(beratungen),
        verlauf=(Verlaufseintrag(STAND, zustand, neu=ereignisse),),
    )
    return settled(gemacht)


def settled(plan: Plan) -> Plan:
    """Return the plan as if the last entry of its history had recorded what it now holds."""
    return evolve(plan, aufgezeichnet={e: vermerke[0] for e, vermerke in plan.vermerke.items()})


def feeds(projekt: Projekt, plan: Plan, *, sprache: str = "de") -> Mapping[str, bytes]:
    """Return the feeds of a plan made by hand, whatever its history has recorded."""
    return publishing.feeds(projekt, settled(plan), sprache=sprache)


def moved(plan: Plan, sitzung: str, beginn: datetime, stand: datetime) -> Plan:
    """Return the plan after a Sitzung was moved to ``beginn``."""
    alt = next(t for t in plan.termine if t.sitzung == sitzung)
    neu = evolve(alt, beginn=beginn, ende=beginn + (alt.ende - alt.beginn))
    eintrag = Verlaufseintrag(stand, plan.zustand, verlegt=((sitzung, alt.beginn),))
    termine = tuple(neu if t is alt else t for t in plan.termine)
    return settled(evolve(plan, termine=termine, verlauf=(*plan.verlauf, eintrag)))


def cancelled(plan: Plan, ereignis: str, stand: datetime) -> Plan:
    """Return the plan after an event was cancelled."""
    v = plan.vermerke[ereignis][0]
    absage = Absage(ereignis, v.gremium, v.beginn, v.ende, v.ort, v.vortrag)
    eintrag = Verlaufseintrag(stand, plan.zustand, abgesagt=(absage,))
    ohne = evolve(
        plan,
        termine=tuple(t for t in plan.termine if t.sitzung != ereignis),
        beratungen=tuple(b for b in plan.beratungen if b.beratung != ereignis),
        verlauf=(*plan.verlauf, eintrag),
    )
    return settled(ohne)


def noted(plan: Plan, stand: datetime, zustand: Zustand, neu: tuple[str, ...] = ()) -> Plan:
    """Return the plan after an entry of the history that moves nothing."""
    return settled(evolve(plan, verlauf=(*plan.verlauf, Verlaufseintrag(stand, zustand, neu=neu))))
