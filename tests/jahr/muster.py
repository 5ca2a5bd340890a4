"""A small city with a council calendar, free days and a programme, to look at what a year of it asks for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from gremienplan.jahr import Jahr, build
from gremienplan.orte import Ort
from gremienplan.programm import (
    Beratungseintrag,
    Meidetag,
    MonatTag,
    Programm,
    Sitzungseintrag,
    Zeitraum,
    bedingungen as bed,
    wuensche as w,
)
from gremienplan.projekt import Projekt
from gremienplan.quellen import Authority, Grundlage, Katalog
from gremienplan.ratskalender import Freitage, Ratskalender, Ratssitzung
from gremienplan.ratskalender.werte import Ausschuss, FreierTag
from gremienplan.requirements import Belegung
from gremienplan.rules import Regel, RegelArt
from gremienplan.stadt import Ebene, Gebiet, Gewohnheit, Gremienart, Gremium, Klasse, Rolle, RollenArt, Stadt

G = Grundlage(Authority.VORGABE)
TEXT, LESART = Grundlage(Authority.TEXT, "MUSTER-1"), Grundlage(Authority.AUSLEGUNG, "AMB-01")
GANZ = Gebiet("stadt", "muster", "Muster", frozenset({"1", "2", "3"}))
WEST = Gebiet("konf", "west", "West", frozenset({"1", "2"}))
OST = Gebiet("konf", "ost", "Ost", frozenset({"3"}))
RUNDE = Gremienart("runde", "konf", "Runde", dauer=90, orte=("saal",))
KREIS = Gremienart("kreis", "stadt", "Kreis", dauer=60)
RAT = Gremienart("rat", "stadt", "Rat", Klasse.POLITISCH, 180)
BEIRAT = Gremienart("beirat", "konf", "Beirat", Klasse.POLITISCH, 60)
GREMIEN = (
    Gremium(RUNDE, WEST, gewohnt=Gewohnheit(2, time(17), LESART)),
    Gremium(RUNDE, OST),
    Gremium(KREIS, GANZ),
    Gremium(RAT, GANZ),
    Gremium(BEIRAT, WEST),
    Gremium(BEIRAT, OST),
)
ORTE = (
    Ort("aula", "Aula", "saal", "konf/west", plaetze=40),
    Ort("halle", "Halle", "saal", "stadt/muster", plaetze=80),
    Ort("keller", "Keller", "saal", "stadt/muster"),
)
STADT = Stadt(
    id="muster",
    name="Muster",
    domain="muster.example",
    land="NW",
    zeitzone="Europe/Berlin",
    atom="block",
    ebenen=(Ebene("konf", "Konferenzgebiet"),),
    gebiete=(GANZ, WEST, OST),
    rollen={
        "amt": Rolle("amt", "konf", "Amt"),
        "leitung": Rolle("leitung", "stadt", "Leitung"),
        "mandat": Rolle("mandat", "stadt", "Mandat", RollenArt.MANDAT),
    },
    gremienarten={a.id: a for a in (RUNDE, KREIS, RAT, BEIRAT)},
    gremien={g.id: g for g in GREMIEN},
    orte={ort.id: ort for ort in ORTE},
    vertretungen={"amt/west": "leitung/muster"},
)


def sits(key: str, gremium: str, beginn: datetime, ende: datetime) -> Ratssitzung:
    return Ratssitzung(key, "q", f"{key} tagt", gremium, beginn, ende)


R1 = sits("r1", "rat/muster", datetime(2027, 5, 5, 17), datetime(2027, 5, 5, 19))
R2 = sits("r2", "rat/muster", datetime(2027, 12, 31, 22), datetime(2028, 1, 1, 1))
B1 = sits("b1", "beirat/west", datetime(2027, 5, 12, 16), datetime(2027, 5, 12, 17))
A1 = sits("a1", "bau/muster", datetime(2027, 6, 2, 17), datetime(2027, 6, 2, 18))
U1 = sits("u1", "fest", datetime(2027, 6, 9, 17), datetime(2027, 6, 9, 18))
OLD = sits("o1", "rat/muster", datetime(2026, 12, 30, 17), datetime(2026, 12, 30, 19))
EVE = sits("e1", "rat/muster", datetime(2026, 12, 31, 17), datetime(2026, 12, 31, 19))
AFTER = sits("n1", "rat/muster", datetime(2028, 1, 1, 17), datetime(2028, 1, 1, 19))
FAR = sits("f1", "rat/muster", datetime(2028, 1, 2, 17), datetime(2028, 1, 2, 19))
RAT_2027 = Ratskalender(
    (OLD, EVE, R1, B1, A1, U1, R2, AFTER, FAR), (Ausschuss("bau/muster", "Bauausschuss", "bau", 45),)
)
FREI = Freitage(
    feiertage=(
        FreierTag(date(2026, 12, 26), date(2026, 12, 26), "Vorjahr"),
        FreierTag(date(2027, 1, 1), date(2027, 1, 1), "Neujahr"),
        FreierTag(date(2027, 5, 6), date(2027, 5, 6), "Himmelfahrt"),
        FreierTag(date(2027, 12, 31), date(2027, 12, 31), "Silvester"),
        FreierTag(date(2028, 1, 1), date(2028, 1, 1), "Folgejahr"),
    ),
    ferien=(
        FreierTag(date(2026, 12, 20), date(2026, 12, 31), "alt"),
        FreierTag(date(2026, 12, 24), date(2027, 1, 1), "Weihnachten"),
        FreierTag(date(2027, 12, 31), date(2028, 1, 8), "Winter"),
        FreierTag(date(2028, 1, 1), date(2028, 1, 8), "neu"),
    ),
)


def day(text: str) -> MonatTag:
    return MonatTag(*map(int, text.split("-")))


def entry(
    id: str, gremium: str = "runde", von: str = "03-01", bis: str = "06-30", **mehr: Any
) -> Sitzungseintrag:
    return Sitzungseintrag(id, gremium, (), TEXT, fenster=Zeitraum(day(von), day(bis), G), **mehr)


VOR, NACH = entry("vor"), entry("nach", von="09-01", bis="11-30")
LK = Sitzungseintrag("lk", "kreis", (), TEXT)
BERICHT = Beratungseintrag("bericht", "vor", "rat", ("amt",), LESART, name="Bericht")
REGELN = (
    Regel("runde-amt", RegelArt.MITGLIEDSCHAFT, "runde", ("amt",), TEXT),
    Regel("rat-leitung", RegelArt.MITGLIEDSCHAFT, "rat", ("leitung", "mandat"), TEXT),
)


def year(
    *bedingungen: bed.Bedingung,
    sitzungen: tuple[Sitzungseintrag, ...] = (VOR, NACH),
    beratungen: tuple[Beratungseintrag, ...] = (),
    wuensche: tuple[w.Wunsch, ...] = (),
    stadt: Stadt = STADT,
    regeln: tuple[Regel, ...] = REGELN,
    stand: datetime | None = None,
    **mehr: Any,
) -> Jahr:
    """The year 2027 of the city with this programme."""
    found = projekt(
        *bedingungen,
        sitzungen=sitzungen,
        beratungen=beratungen,
        wuensche=wuensche,
        stadt=stadt,
        regeln=regeln,
        **mehr,
    )
    return build(found, 2027, stand=stand)


def projekt(
    *bedingungen: bed.Bedingung,
    sitzungen: tuple[Sitzungseintrag, ...] = (VOR, NACH),
    beratungen: tuple[Beratungseintrag, ...] = (),
    wuensche: tuple[w.Wunsch, ...] = (),
    stadt: Stadt = STADT,
    regeln: tuple[Regel, ...] = REGELN,
    meidetage: tuple[Meidetag, ...] = (),
    **mehr: Any,
) -> Projekt:
    programm = Programm("p", "P", {}, sitzungen, beratungen, bedingungen, wuensche, meidetage=meidetage)
    given: dict[str, Any] = {"ratskalender": RAT_2027, "freitage": FREI} | mehr
    return Projekt(stadt, regeln, programm, Katalog(), **given)


def of(kind: type, year: Jahr) -> list[Any]:
    return [r for r in (*year.requirements, *year.preferences) if type(r) is kind]


def busy(r: Ratssitzung) -> Belegung:
    return Belegung(r.beginn, r.ende, r.name, r.key)


def whole(von: date, bis: date, was: str) -> Belegung:
    """The days from ``von`` up to, and without, ``bis``."""
    return Belegung(datetime.combine(von, time()), datetime.combine(bis, time()), was)
