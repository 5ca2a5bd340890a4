"""Chapter 3: two divisions of one city, and the names and places that go with them."""

from __future__ import annotations

from itertools import combinations

from gremienplan.stadt import Klasse
from tests.spec.gesetze.register import gesetz
from tests.spec.gesetze.welt import AK, BM, BV, KR, LK, SK, Urteil, Welt, gleich, wort

MEHRERE = {"norden": ["bockum-hoevel", "heessen"], "westen": ["herringen", "mitte", "pelkum"]}
ZENTREN = {
    "mitte": "FeidikForum",
    "westen": "Stadtteilzentrum Wilhelmstraße",
    "norden": "Stadtteilzentrum Sorauer Straße",
    "uentrop": "Alte Schule Werries",
    "rhynern": "Ju&St",
    "pelkum": "Casino",
    "herringen": "Haus der Jugend",
    "bockum-hoevel": "JuSt Hammer Straße",
    "heessen": "Stadtteilzentrum Bockelweg",
}


@gesetz("P-01", "HAMM-3.1-BZ7", "HAMM-3.1-SR9")
def sieben_bezirke_neun_sozialraeume(w: Welt) -> Urteil:
    """There are 7 Bezirke, 9 Sozialräume and 27 Wohnbereiche."""
    counts = [len(w.stadt.gebiete_von(e)) for e in ("bezirk", "sozialraum", "wohnbereich")]
    yield from gleich("Bezirke, Sozialräume, Wohnbereiche", counts, [7, 9, 27])
    yield from gleich("levels", {e.id: e.lueckenlos for e in w.stadt.ebenen if not e.lueckenlos}, {})


@gesetz("P-01", "HAMM-3.1-STZ9", "HAMM-3.1-DEZ", "AMB-41", "HAMM-1-2016")
def ein_zentrum_je_sozialraum(w: Welt) -> Urteil:
    """Each Sozialraum has its Stadtteilzentrum, and Koordinierungsrunde and Stadtteilkonferenz meet there."""
    zentren = {o.gebiet: o.name for o in w.stadt.orte.values() if o.art == "stadtteilzentrum"}
    yield from gleich("Stadtteilzentren", zentren, {f"sozialraum/{s}": name for s, name in ZENTREN.items()})
    for art in (KR, SK):
        for s in w.raeume:
            gremium = w.gremium(art, s.id)
            orte = [o.name for o in w.stadt.orte_von(gremium)] if gremium else []
            yield from gleich(f"{art}/{s.id} meets in", orte, [ZENTREN.get(s.id)])
    for art in (LK, AK):
        gremium = w.gremium(art, w.stadt.id)
        rooms = [(o.art, o.gebiet) for o in w.stadt.orte_von(gremium)] if gremium else []
        yield from gleich(f"{art} meets in", rooms, [("verwaltung", f"stadt/{w.stadt.id}")])


@gesetz("P-02", "HAMM-GEO-PART")
def jeder_wohnbereich_liegt_genau_einmal(w: Welt) -> Urteil:
    """Each Wohnbereich lies in one Bezirk and one Sozialraum."""
    for ebene in (w.bezirke, w.raeume):
        for a, b in combinations(ebene, 2):
            if a.touches(b):
                yield f"{a.key} and {b.key} share a Wohnbereich"
        atome = frozenset().union(*(g.atome for g in ebene))
        yield from gleich("covered", sorted(atome), sorted(g.id for g in w.stadt.gebiete_von("wohnbereich")))


@gesetz("P-04", "HAMM-3.1-DEV", "HAMM-3.1-NORD", "HAMM-3.1-WEST", "HAMM-3.1-KEEP")
def nur_norden_und_westen_in_mehreren_bezirken(w: Welt) -> Urteil:
    """Norden lies in two Bezirke with two Wohnbereiche, Westen in three with four; every other in its own."""
    for s in w.raeume:
        yield from gleich(f"B({s.id})", w.b(s), MEHRERE.get(s.id, [s.id]))
    for name, parts in (("norden", [1, 1]), ("westen", [1, 1, 2])):
        raum = w.stadt.gebiet.get(f"sozialraum/{name}")
        sizes = sorted(len(b.atome & raum.atome) for b in w.bezirke if b.touches(raum)) if raum else []
        yield from gleich(f"parts of {name}", sizes, parts)


@gesetz("P-05", "HAMM-GEO-HOMONYM")
def gleiche_namen_sind_zweierlei(w: Welt) -> Urteil:
    """A name of both divisions may mean either; a key with its level means one."""
    for s in w.raeume:
        if f"bezirk/{s.id}" in w.stadt.gebiet:
            keys = {f"bezirk/{s.id}", f"sozialraum/{s.id}"}
            if not keys <= set(w.stadt.resolve(s.name)):
                yield f"{s.name} means {w.stadt.resolve(s.name)}"
        yield from gleich(s.key, w.stadt.resolve(s.key), (s.key,))


@gesetz(
    "P-06", "P-07", "HAMM-4.2-0-NINE", "HAMM-3.1-AF", "HAMM-3.1-LEVEL", "HAMM-4.1-2-BET", "HAMM-4.3-0-INSTR"
)
def es_gibt_diese_gremien_und_keine_anderen(w: Welt) -> Urteil:
    """One Koordinierungsrunde and one Stadtteilkonferenz per Sozialraum, one LK, one AK: nothing else of our own."""
    found: dict[str, list[str]] = {}
    for g in w.stadt.gremien.values():
        if g.art.klasse is Klasse.EIGEN:
            found.setdefault(g.art.id, []).append(g.gebiet.key)
    raeume = sorted(s.key for s in w.raeume)
    ganz = [f"stadt/{w.stadt.id}"]
    yield from gleich("KR", sorted(found.pop(KR, [])), raeume)
    yield from gleich("SK", sorted(found.pop(SK, [])), raeume)
    yield from gleich("the others", found, {LK: ganz, AK: ganz})


@gesetz("HAMM-3.1-AF")
def der_aktionsfonds_ist_kein_gremium(w: Welt) -> Urteil:
    """P-07: what is named after the Aktionsfonds or its decision body is refused, on the word of the concept."""
    for name in ("Aktionsfonds Norden", "Entscheidungsgremium"):
        words = [wort(k.grundlage) for k in w.projekt.grenzen.kein_gremium if k.trifft(name)]
        yield from gleich(name, words, ["text HAMM-3.1-AF"])


@gesetz("HAMM-3.1-FRAME", "HAMM-3.3-BMCH", "P-15")
def bezirksvertretung_mit_vorsitz(w: Welt) -> Urteil:
    """Each Bezirk has a Bezirksvertretung, politically of itself; its chair and its members belong to it."""
    for b in w.bezirke:
        gremium = w.gremium(BV, b.id)
        if gremium is None or gremium.art.klasse is not Klasse.POLITISCH:
            yield f"{b.id} has no Bezirksvertretung"
            continue
        soll = [f"{BM}/{b.id}", f"bezirksvertretung-mitglied/{b.id}"]
        yield from gleich(f"members of BV {b.id}", w.members(BV, b.id), soll)
        yield from gleich("chair", w.words(BV, b.id, soll[0]), {"text HAMM-3.3-BMCH"})
        yield from gleich("members", w.words(BV, b.id, soll[1]), {"text HAMM-3.1-FRAME"})
    rat = w.gremium("rat", w.stadt.id)
    if rat is None or rat.art.klasse is not Klasse.POLITISCH:
        yield "there is no Rat"


@gesetz("AMB-50")
def buergeramtsleitung_in_der_bezirksvertretung(w: Welt) -> Urteil:
    """§ 38 (3) GO NRW, as we read it: the Bürgeramtsleitung is there when its Bezirksvertretung sits."""
    for b in w.bezirke:
        sitz = f"buergeramtsleitung/{b.id}"
        found = sorted(s for s in w.invited(BV, b.id) if s.startswith("buergeramtsleitung/"))
        yield from gleich(f"BV {b.id}", found, [sitz])
        yield from gleich("word", w.words(BV, b.id, sitz), {"auslegung AMB-50"})


ROLLEN = {
    "HAMM-4.1-2-SKO": ("sozialraum", "stadtteilkoordination"),
    "HAMM-3.2-BA": ("bezirk", "buergeramtsleitung"),
    "HAMM-GLO-VG": ("bezirk", "vereinsguide"),
    "HAMM-GLO-FLA": ("sozialraum", "fachstelle-leben-im-alter"),
    "HAMM-GLO-AQE": ("sozialraum", "altengerechte-quartiersentwicklung"),
    "HAMM-GLO-PRK": ("sozialraum", "praeventionskoordination"),
    "HAMM-4.2-3-M09": ("sozialraum", "aufsuchende-jugendarbeit"),
    "HAMM-4.2-3-M10": ("sozialraum", "offene-kinder-und-jugendarbeit"),
}
"""Passage -> the level an Amt is held on, and the Amt."""


@gesetz(*ROLLEN, "HAMM-GLO-OKJA", "HAMM-1-UNIFORM")
def aemter_vor_ort(w: Welt) -> Urteil:
    """Who is held once per Sozialraum or once per Bezirk is so everywhere, with a calendar, on its passage."""
    for stelle, (ebene, rolle) in ROLLEN.items():
        found = w.stadt.rollen.get(rolle)
        ist = (found.ebene, found.nur, found.art.value, wort(found.grundlage)) if found else None
        yield from gleich(rolle, ist, (ebene, None, "amt", f"text {stelle}"))


@gesetz("AMB-08", "HAMM-3.2-KOD", "HAMM-3.2-POL", "HAMM-3.2-ASD")
def drei_dienste_haben_einen_sitz_je_sozialraum(w: Welt) -> Urteil:
    """ASD, KOD and Polizei hold one seat per Sozialraum, also where they are organised by Bezirk: a reading."""
    for rolle in ("asd", "kod", "bezirksdienst-polizei"):
        found = w.stadt.rollen.get(rolle)
        ist = (found.ebene, found.nur, found.art.value, wort(found.grundlage)) if found else None
        yield from gleich(rolle, ist, ("sozialraum", None, "amt", "auslegung AMB-08"))


@gesetz("HAMM-GLO-STB", "HAMM-1-STB", "AMB-09", "P-11")
def stadtteilbueros_in_norden_und_westen(w: Welt) -> Urteil:
    """Only Norden and Westen have a Stadtteilbüro."""
    found = w.stadt.rollen.get("stadtteilbuero")
    ist = (found.ebene, set(found.nur or ()), found.art.value, wort(found.grundlage)) if found else None
    yield from gleich("stadtteilbuero", ist, ("sozialraum", {"norden", "westen"}, "amt", "text HAMM-GLO-STB"))


@gesetz("HAMM-3.1-FRAME")
def politische_rollen(w: Welt) -> Urteil:
    """The chair has a calendar, the other members hold a mandate; both once per Bezirk."""
    for rolle, art in ((BM, "amt"), ("bezirksvertretung-mitglied", "mandat")):
        found = w.stadt.rollen.get(rolle)
        ist = (found.ebene, found.nur, found.art.value, wort(found.grundlage)) if found else None
        yield from gleich(rolle, ist, ("bezirk", None, art, "text HAMM-3.1-FRAME"))
