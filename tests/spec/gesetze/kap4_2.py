"""Section 4.2 and 5: who belongs to Lenkungskreis, Arbeitskreis and Koordinierungsrunde, and who is invited."""

from __future__ import annotations

from itertools import combinations

from gremienplan.rules import Als
from gremienplan.stadt import RollenArt
from tests.spec.gesetze.kap3 import MEHRERE
from tests.spec.gesetze.register import gesetz
from tests.spec.gesetze.welt import AK, BM, KR, LK, SK, SKO, Urteil, Welt, gleich

LENKUNG = {
    "M01": "dezernat",
    "M02": "buergeramtsleitung/mitte",
    "M03": "leitung-vhs-paedagogik",
    "M04": "leitung-kod",
    "M05": "leitung-senioren-behinderung",
    "M06": "leitung-jugendamt-paedagogik",
    "M07": "sachgebietsleitung-jugendarbeit",
    "M08": "spielplatzplanung",
    "M09": "sachgebietsleitung-stadtteilkoordination",
    "M10": "leitung-gesundheitsplanung",
    "M11": "sachgebietsleitung-elternberatung",
    "M12": "leitung-integrationsmanagement",
    "M13": "leitung-integrationszentrum",
    "M14": "leitung-familienservice",
    "M15": "leitung-gesamtstaedtische-planung",
    "M16": "leitung-stadterneuerung",
    "M17": "stabsstelle-familie",
}
RUNDE = {
    "M01": ("stadtteilkoordination",),
    "M02": ("stadtteilbuero",),
    "M03": ("buergeramtsleitung",),
    "M04": ("vereinsguide",),
    "M05": ("fachstelle-leben-im-alter", "altengerechte-quartiersentwicklung"),
    "M06": ("asd",),
    "M07": ("kod",),
    "M08": ("praeventionskoordination",),
    "M09": ("aufsuchende-jugendarbeit",),
    "M10": ("offene-kinder-und-jugendarbeit",),
    "M11": ("bezirksdienst-polizei",),
}
JE_BEZIRK = {"buergeramtsleitung", "vereinsguide"}
DIREKT = ("jahresplan-entwurf", "jahresplan-finalisierung", "vorbereitung-stadtteilkonferenz")
TEXT_BM = (*DIREKT, "vorbereitung-beteiligungsformat")
"""Topics to which the concept itself invites the Bezirksbürgermeister:in."""
GELESEN = {"halbjahrespruefung": "auslegung AMB-02", "evaluation": "auslegung AMB-03"}
"""Topics of which we read it so."""


@gesetz("P-13", "HAMM-4.2-2-COMP", "HAMM-4.2-2-CLOSED", "AMB-11", *(f"HAMM-4.2-2-{m}" for m in LENKUNG))
def lenkungskreis_hat_siebzehn_sitze(w: Welt) -> Urteil:
    """The Lenkungskreis has exactly the 17 seats listed, each on its own line; of the Bürgerämter that of Mitte."""
    stadt = w.stadt.id
    seats = {m: rolle if "/" in rolle else f"{rolle}/{stadt}" for m, rolle in LENKUNG.items()}
    yield from gleich("Lenkungskreis", w.members(LK, stadt), sorted(seats.values()))
    for m, sitz in seats.items():
        yield from gleich(f"{m}: {sitz}", w.words(LK, stadt, sitz), {f"text HAMM-4.2-2-{m}"})
        rolle = w.stadt.rollen.get(LENKUNG[m])
        if "/" not in LENKUNG[m]:
            ist = (rolle.ebene, rolle.nur, rolle.art.value, str(rolle.grundlage)) if rolle else None
            yield from gleich(LENKUNG[m], ist, ("stadt", None, "amt", f"text HAMM-4.2-2-{m}"))


@gesetz("P-14", "HAMM-4.2-2-AK", "AMB-12", "AMB-13")
def arbeitskreis_hat_elf_sitze(w: Welt) -> Urteil:
    """The Arbeitskreis: nine Stadtteilkoordinationen by the text, the two Sachgebietsleitungen by our reading."""
    stadt = w.stadt.id
    skos = [f"{SKO}/{s.id}" for s in w.raeume]
    two = [f"sachgebietsleitung-{x}/{stadt}" for x in ("jugendarbeit", "stadtteilkoordination")]
    yield from gleich("Arbeitskreis", w.members(AK, stadt), sorted([*skos, *two]))
    for sitz in skos:
        yield from gleich(sitz, w.words(AK, stadt, sitz), {"text HAMM-4.2-2-AK"})
    for sitz in two:
        yield from gleich(sitz, w.words(AK, stadt, sitz), {"auslegung AMB-12"})


@gesetz("HAMM-4.2-0-INT", "P-14", "P-15")
def keine_politik_in_der_steuerung(w: Welt) -> Urteil:
    """Nobody of the Bezirksvertretungen and no resident in Lenkungskreis and Arbeitskreis, whatever the topic."""
    for art in (LK, AK):
        for anlass in ("", *w.projekt.programm.anlaesse):
            for i in w.invited(art, w.stadt.id, anlass).values():
                if i.sitz.rolle.id == BM or i.sitz.rolle.art is not RollenArt.AMT:
                    yield f"{art} invites {i.sitz}"
    ruled_out = {
        (art, str(a.grundlage))
        for a in w.projekt.grenzen.ausgeschlossen
        for art in a.gremium
        if BM in a.rollen and {RollenArt.MANDAT, RollenArt.GRUPPE} <= set(a.rollenart)
    }
    yield from gleich("ruled out", ruled_out, {(LK, "text HAMM-4.2-0-INT"), (AK, "text HAMM-4.2-0-INT")})


@gesetz(
    *("P-08", "P-09", "P-10", "P-11", "HAMM-4.2-NW-BA", "HAMM-4.2-NW-VG", "AMB-07", "AMB-35"),
    *(f"HAMM-4.2-3-{m}" for m in RUNDE),
)
def koordinierungsrunde_hat_jeden_sitz_der_liste(w: Welt) -> Urteil:
    """Every seat of the list, each on its own line; Bürgeramtsleitung and Vereinsguide for each Bezirk of B(s)."""
    for s in w.raeume:
        seats = {
            f"{rolle}/{ort}": m
            for m, rollen in RUNDE.items()
            for rolle in rollen
            for ort in (w.b(s) if rolle in JE_BEZIRK else [s.id])
            if rolle != "stadtteilbuero" or s.id in MEHRERE
        }
        yield from gleich(f"KR {s.id}", w.members(KR, s.id), sorted(seats))
        for sitz, m in seats.items():
            text = f"text HAMM-4.2-3-{m}"
            if text not in w.words(KR, s.id, sitz):
                yield f"KR {s.id}: {sitz} is not invited on {text}"
    for raum, without, together in (("heessen", 11, 12), ("norden", 14, 16), ("westen", 16, 19)):
        yield from gleich(f"members of {raum}", len(w.members(KR, raum)), without)
        yield from gleich(f"invited in {raum}", len(w.invited(KR, raum, DIREKT[0])), together)


@gesetz(
    "P-17",
    "P-18",
    "P-20",
    "P-24",
    "HAMM-4.2-3-BM",
    "HAMM-5.1-BM",
    "HAMM-5.2-BM",
    "HAMM-4.3.2-I-FORM",
    "AMB-04",
    "AMB-01",
)
def bezirksbuergermeister_wo_der_text_es_sagt(w: Welt) -> Urteil:
    """Draft, finalisation, preparing a Stadtteilkonferenz or another format: every BM of B(s), by the text."""
    for s in w.raeume:
        for anlass in TEXT_BM:
            found = w.invited(KR, s.id, anlass)
            bms = [f"{BM}/{b}" for b in w.b(s)]
            yield from gleich(f"KR {s.id}, {anlass}", sorted(found), sorted([*w.members(KR, s.id), *bms]))
            for bm in bms:
                yield from gleich(f"{bm}, {anlass}", w.words(KR, s.id, bm, anlass), {"text HAMM-4.2-3-BM"})


@gesetz("AMB-02", "AMB-03", "P-18")
def bezirksbuergermeister_wo_wir_es_so_lesen(w: Welt) -> Urteil:
    """Mid-year review and evaluation: every BM of B(s), by a reading that is not passed off as the text."""
    for s in w.raeume:
        for anlass, lesart in GELESEN.items():
            found = sorted(x for x in w.invited(KR, s.id, anlass) if x.startswith(f"{BM}/"))
            yield from gleich(f"KR {s.id}, {anlass}", found, [f"{BM}/{b}" for b in w.b(s)])
            for bm in found:
                yield from gleich(f"{bm}, {anlass}", w.words(KR, s.id, bm, anlass), {lesart})


@gesetz("P-19", "HAMM-4.2-3-BMNOT", "HAMM-4.2-3-BM", "AMB-02", "AMB-03", "HAMM-4.2-3-FACH")
def sonst_nur_die_mitglieder(w: Welt) -> Urteil:
    """To a Koordinierungsrunde about anything else the members are invited, and nobody beside them."""
    others = set(w.projekt.programm.anlaesse) - {*TEXT_BM, *GELESEN}
    for s in w.raeume:
        for anlass in ("", *others):
            yield from gleich(
                f"KR {s.id}, {anlass}", sorted(w.invited(KR, s.id, anlass)), w.members(KR, s.id)
            )


@gesetz("P-15", "HAMM-4.2-3-BMG", "HAMM-4.2-3-FACH", "P-24")
def bezirksbuergermeister_sind_gaeste(w: Welt) -> Urteil:
    """A BM is a guest of the Koordinierungsrunde, never its member; no mandate and no group is invited to it."""
    for s in w.raeume:
        for sitz, i in w.invited(KR, s.id, *TEXT_BM, *GELESEN).items():
            if sitz.startswith(f"{BM}/") and i.als != (Als.GAST,):
                yield f"{sitz} is invited as {i.als}"
            if i.sitz.rolle.art is not RollenArt.AMT:
                yield f"{sitz} is invited to a Koordinierungsrunde"
    for text, rest in (
        ("HAMM-4.2-3-FACH", ((), {RollenArt.MANDAT, RollenArt.GRUPPE}, set(Als))),
        ("HAMM-4.2-3-BMG", ((BM,), set(), {Als.MITGLIED})),
    ):
        found = [
            (a.rollen, set(a.rollenart), set(a.als))
            for a in w.projekt.grenzen.ausgeschlossen
            if str(a.grundlage) == f"text {text}" and a.gremium == (KR,)
        ]
        yield from gleich(f"ruled out by {text}", found, [rest])


@gesetz("HAMM-4.2-3-OPEN", "AMB-10", "AMB-11", "HAMM-4.2-2-CLOSED", "HAMM-4.3.2-0-FORUM", "P-12", "P-16")
def listen_sind_offen_geschlossen_oder_keine(w: Welt) -> Urteil:
    """The list of the Koordinierungsrunde is open, that of the Lenkungskreis closed, a Stadtteilkonferenz has none."""
    found = {(x.gremium, x.art.value, x.sitze, str(x.grundlage)) for x in w.projekt.grenzen.listen}
    soll = {
        (KR, "offen", None, "text HAMM-4.2-3-OPEN"),
        (LK, "geschlossen", 17, "auslegung AMB-11"),
        (SK, "keine", None, "text HAMM-4.3.2-0-FORUM"),
    }
    if not soll <= found:
        yield f"lists: {sorted(map(str, soll - found))} missing"
    for s in w.raeume:
        yield from gleich(f"members of SK {s.id}", w.members(SK, s.id), [])


@gesetz("P-21", "P-22", "AMB-48")
def mehrere_themen_laden_die_vereinigung(w: Welt) -> Urteil:
    """A combined Sitzung invites the union of its topics, in any order; another topic removes nobody."""
    topics = [*TEXT_BM, *GELESEN, "regulaer"]
    for raum in ("norden", "westen", "heessen"):
        for a, b in combinations(topics, 2):
            one, other = (set(w.invited(KR, raum, x)) for x in (a, b))
            for both in (w.invited(KR, raum, a, b), w.invited(KR, raum, b, a)):
                yield from gleich(f"KR {raum}, {a} and {b}", set(both), one | other)


@gesetz("P-23", "P-38", "HAMM-5.2-NW-JPN", "HAMM-5.2-NW-JPW", "HAMM-5.2-NW-PART", "AMB-34")
def wer_den_plan_behandelt_ist_auch_eingeladen(w: Welt) -> Urteil:
    """The BMs invited to the draft and the Bezirksvertretungen that hear the plan are of the same Bezirke."""
    for s in w.raeume:
        bms = sorted(x.partition("/")[2] for x in w.invited(KR, s.id, DIREKT[0]) if x.startswith(f"{BM}/"))
        heard = sorted(b.gremium.gebiet.id for b in w.items("jahresplan-entwurf", s.id))
        yield from gleich(f"{s.id}: heard in", heard, bms)
        yield from gleich(f"{s.id}: B(s)", heard, w.b(s))


@gesetz("P-25", "AMB-33", "HAMM-4.2-4-STRUKT", "HAMM-GLO-SKO-LEIT", "NORD-2")
def die_stadtteilkoordination_laedt_zur_koordinierungsrunde(w: Welt) -> Urteil:
    """The Stadtteilkoordination invites to the Koordinierungsrunde and manages it: a reading of three passages."""
    for s in w.raeume:
        sko = f"{SKO}/{s.id}"
        yield from gleich(f"KR {s.id}: hosts", w.hosts(KR, s.id), [sko])
        yield from gleich(f"KR {s.id}: managed by", w.managing(KR, s.id), [sko])
        found = w.invited(KR, s.id).get(sko)
        words = {g.als: str(g.grundlage) for g in found.gruende} if found else {}
        for als in (Als.GASTGEBER, Als.GESCHAEFTSFUEHRUNG):
            yield from gleich(f"KR {s.id}: {als.value}", words.get(als), "auslegung AMB-33")
    for art in (LK, AK):
        yield from gleich(f"{art}: hosts", w.hosts(art, w.stadt.id), [])


@gesetz("P-68")
def jeder_grund_nennt_eine_stelle(w: Welt) -> Urteil:
    """Every reason of every invitation of the year names a passage or a reading of the catalogue."""
    for sitzung in w.sitzungen:
        for i in w.invited(sitzung.gremium.art.id, sitzung.gebiet.id, *sitzung.anlass).values():
            for grund in i.gruende:
                if not grund.grundlage.id or not w.projekt.katalog.kennt(grund.grundlage):
                    yield f"{sitzung.id}: {i.sitz} is invited on {grund.grundlage}"
