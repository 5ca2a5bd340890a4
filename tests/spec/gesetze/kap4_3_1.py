"""Section 4.3.1 and what hangs on it: the life of a Jahresplan, counts, and preparation of Stadtteilkonferenzen.

Read off the compiled year: which order binds which two events, from how many days on, and on whose word.
"""

from __future__ import annotations

from datetime import date

from gremienplan.programm import Schranke
from gremienplan.requirements import Anzahl, Fenster
from tests.spec.gesetze.register import gesetz
from tests.spec.gesetze.welt import AK, BM, BV, KR, LK, SK, SKO, Urteil, Welt, gleich, wort

ENTWURF, FERTIG, HALB, AUSWERTUNG = (
    "jahresplan-entwurf",
    "jahresplan-finalisierung",
    "halbjahrespruefung",
    "evaluation",
)
VORBEREITUNG = "vorbereitung-stadtteilkonferenz"


def _schranke(schranke: Schranke | None) -> tuple[str, str] | None:
    return (str(schranke.tag), wort(schranke.grundlage)) if schranke else None


def once(
    w: Welt,
    art: str,
    anlass: str,
    grund: str,
    fenster: tuple[str, str],
    *,
    nummer: int = 0,
    von: int = 1,
    fruehestens: tuple[str, str] | None = None,
    spaetestens: tuple[str, str] | None = None,
    auch: tuple[str, ...] = (),
) -> Urteil:
    """One Sitzung with an Anlass for every Gremium (the ``nummer``-th of ``von``): its word, window and bounds."""
    gremien = [g for g in w.stadt.gremien.values() if g.art.id == art]
    if not gremien:
        yield f"there is no {art}"
    for g in gremien:
        found = w.von(art, anlass, g.gebiet.id)
        yield from gleich(f"{g}: Sitzungen with {anlass}", len(found), von)
        if len(found) != von:
            continue
        e = found[nummer].eintrag
        yield from gleich(f"{e.id}: topics", e.anlass, (anlass, *auch))
        window = (str(e.fenster.von), str(e.fenster.bis), wort(e.fenster.grundlage)) if e.fenster else None
        yield from gleich(f"{e.id} is held on", wort(e.grundlage), grund)
        yield from gleich(f"{e.id}: window", window, (*fenster, "vorgabe"))
        yield from gleich(f"{e.id}: not before", _schranke(e.fruehestens), fruehestens)
        yield from gleich(f"{e.id}: at the latest", _schranke(e.spaetestens), spaetestens)
        yield from gleich(f"{e.id}: minutes", found[nummer].dauer, 120)
        break


@gesetz("P-36", "HAMM-4.3.1-A-NEXT", "HAMM-4.1-1-JP", "HAMM-4.2-3-JP")
def entwurf_im_jahr_davor(w: Welt) -> Urteil:
    """The next plan is drafted once in each Sozialraum, in the year before; on our word between August and October."""
    text = "text HAMM-4.3.1-A-NEXT"
    yield from once(w, KR, ENTWURF, text, ("08-15", "10-31"), spaetestens=("12-31", text))


@gesetz("P-37", "HAMM-4.3.1-A-BV", "HAMM-4.3.1-B-PRES", "HAMM-5.1-BED")
def entwurf_vor_jeder_vorstellung(w: Welt) -> Urteil:
    """The draft is before every presentation, by the text; 21 days before, on the planner's word."""
    for s in w.raeume:
        entwurf = w.eins(KR, ENTWURF, s.id)
        items = w.items(ENTWURF, s.id)
        for b in items:
            soll = {("ab", 1, "text HAMM-4.3.1-A-BV"), ("ab", 21, "vorgabe")}
            yield from gleich(f"{entwurf} to {b.id}", w.folge(entwurf, b.id), soll)
        if not items:
            yield f"{s.id}: the plan is presented to nobody"


@gesetz(
    "P-38", "P-39", "P-47", "P-48", "HAMM-4.3.1-A-BV", "HAMM-5.1-BEF", "HAMM-4.2-4-BVINF", "AMB-19", "AMB-34"
)
def vorgestellt_in_jeder_bezirksvertretung_vor_dem_anlaufen(w: Welt) -> Urteil:
    """Twelve plans are heard, each in the BVs of B(s), by its own SKo, by 31 December; the BM finds it in the feed."""
    yield from gleich("plans heard", len(w.items(ENTWURF)), 12)
    for b in w.items(ENTWURF):
        yield from gleich(f"{b.id}: heard by", b.gremium.art.id, BV)
        yield from gleich(f"{b.id}: presented by", [x.id for x in b.vortrag], [f"{SKO}/{b.gebiet.id}"])
        yield from gleich(f"{b.id}: rests on", wort(b.eintrag.grundlage), "text HAMM-4.3.1-A-BV")
        yield from gleich(f"{b.id}: for", b.eintrag.kenntnis, (BM,))
        ends = [
            (r.von, r.bis, wort(r.grundlage))
            for r in w.jahr.requirements
            if isinstance(r, Fenster) and r.ereignis == b.id
        ]
        yield from gleich(f"{b.id}: until", ends, [(None, date(2027, 12, 31), "text HAMM-5.1-BEF")])


@gesetz("P-40", "P-41", "AMB-20", "HAMM-4.3.1-B-PRES", "HAMM-4.3.1-B-SOW")
def fertig_nach_der_letzten_bezirksvertretung(w: Welt) -> Urteil:
    """Finished after every presentation, by our reading; three days after, on the planner's word."""
    for s in w.raeume:
        fertig = w.eins(KR, FERTIG, s.id)
        for b in w.items(ENTWURF, s.id):
            soll = {("ab", 1, "auslegung AMB-20"), ("ab", 3, "vorgabe")}
            yield from gleich(f"{b.id} to {fertig}", w.folge(b.id, fertig), soll)


@gesetz("P-40", "HAMM-4.3.1-C-FIN", "AMB-21")
def fertig_vor_dem_anlaufen(w: Welt) -> Urteil:
    """One Koordinierungsrunde finishes the plan, by 31 December; by 20 December on the planner's word."""
    late = ("12-31", "auslegung AMB-21")
    yield from once(w, KR, FERTIG, "text HAMM-4.3.1-C-FIN", ("09-08", "12-20"), spaetestens=late)


@gesetz("P-42", "HAMM-4.3.1-B-MID", "AMB-23")
def eine_pruefung_zur_jahresmitte(w: Welt) -> Urteil:
    """Exactly one review of the running plan, around the middle of the year."""
    yield from once(w, KR, HALB, "text HAMM-4.3.1-B-MID", ("05-15", "07-15"))


@gesetz("P-43", "AMB-49", "AMB-22", "HAMM-4.3.1-B-EVAL")
def ausgewertet_nach_dem_ende(w: Welt) -> Urteil:
    """One Koordinierungsrunde evaluates the plan of last year, not before it has ended."""
    early = ("01-01", "auslegung AMB-22")
    yield from once(w, KR, AUSWERTUNG, "auslegung AMB-49", ("01-10", "03-31"), fruehestens=early)


@gesetz("P-43", "P-47", "HAMM-5.1-EVAL", "HAMM-4.3.1-B-EVAL", "HAMM-4.3.1-BVEV", "HAMM-4.2-4-BVINF", "AMB-47")
def jede_bezirksvertretung_hoert_die_auswertung(w: Welt) -> Urteil:
    """Twelve evaluations are heard, each after its Koordinierungsrunde, in every BV of B(s), by its own SKo."""
    yield from gleich("evaluations heard", len(w.items(AUSWERTUNG)), 12)
    for b in w.items(AUSWERTUNG):
        yield from gleich(f"{b.id}: heard by", b.gremium.art.id, BV)
        yield from gleich(f"{b.id}: presented by", [x.id for x in b.vortrag], [f"{SKO}/{b.gebiet.id}"])
        yield from gleich(f"{b.id}: rests on", wort(b.eintrag.grundlage), "text HAMM-5.1-EVAL")
        yield from gleich(f"{b.id}: for", b.eintrag.kenntnis, (BM,))
        kr = w.eins(KR, AUSWERTUNG, b.gebiet.id)
        yield from gleich(f"{kr} to {b.id}", w.folge(kr, b.id), {("ab", 1, "text HAMM-5.1-EVAL")})


@gesetz("P-44", "AMB-22", "HAMM-4.2-4-BVBED")
def auswertung_vor_dem_neuen_plan(w: Welt) -> Urteil:
    """In each Bezirksvertretung the last evaluation is heard before the new plan or on the same day, by our reading."""
    for neu in w.items(ENTWURF):
        for alt in w.items(AUSWERTUNG):
            same = (alt.gebiet, alt.gremium) == (neu.gebiet, neu.gremium)
            soll = {("ab", 0, "auslegung AMB-22")} if same else set()
            yield from gleich(f"{alt.id} to {neu.id}", w.folge(alt.id, neu.id), soll)


@gesetz("P-45", "HAMM-4.2-2-GEV")
def gesamtevaluation_nach_allen_auswertungen(w: Welt) -> Urteil:
    """The Lenkungskreis with the Gesamtevaluation is after each of the nine evaluations, by the text."""
    lk = w.eins(LK, "gesamtevaluation", w.stadt.id)
    for s in w.raeume:
        kr = w.eins(KR, AUSWERTUNG, s.id)
        yield from gleich(f"{kr} to {lk}", w.folge(kr, lk), {("ab", 1, "text HAMM-4.2-2-GEV")})


@gesetz("P-46", "HAMM-4.3.1-GB", "AMB-14", "HAMM-4.3.3-GB")
def gesamtbericht_nach_allen_auswertungen(w: Welt) -> Urteil:
    """The Arbeitskreis with the Gesamtbericht is after each of the nine evaluations, by our reading."""
    ak = w.eins(AK, "gesamtbericht", w.stadt.id)
    for s in w.raeume:
        kr = w.eins(KR, AUSWERTUNG, s.id)
        yield from gleich(f"{kr} to {ak}", w.folge(kr, ak), {("ab", 1, "auslegung AMB-14")})


@gesetz("P-52", "HAMM-4.2-3-SKPREP", "AMB-42", "HAMM-4.3.2-II-PLAN")
def jede_konferenz_wird_eigens_vorbereitet(w: Welt) -> Urteil:
    """Each 28 to 90 days before its Stadtteilkonferenz; the second preparation after the first of these (S-51)."""
    text = "text HAMM-4.2-3-SKPREP"
    soll = {("ab", 1, text), ("ab", 28, "vorgabe"), ("bis", 90, "vorgabe")}
    for s in w.raeume:
        erste, zweite = (w.eins(KR, VORBEREITUNG, s.id, n) for n in (0, 1))
        fruehjahr, herbst = (w.eins(SK, "anliegen", s.id, n) for n in (0, 1))
        yield from gleich(f"{erste} to {fruehjahr}", w.folge(erste, fruehjahr), soll)
        yield from gleich(f"{zweite} to {herbst}", w.folge(zweite, herbst), soll)
        yield from gleich(
            f"{fruehjahr} to {zweite}", w.folge(fruehjahr, zweite), {("ab", 1, "auslegung AMB-42")}
        )


@gesetz("P-52", "HAMM-4.2-3-SKPREP", "AMB-42")
def vorbereitende_runden(w: Welt) -> Urteil:
    """The first preparation is held on the text, the second on a reading: one for each Stadtteilkonferenz."""
    yield from once(w, KR, VORBEREITUNG, "text HAMM-4.2-3-SKPREP", ("01-15", "06-02"), nummer=0, von=2)
    yield from once(w, KR, VORBEREITUNG, "auslegung AMB-42", ("06-03", "11-02"), nummer=1, von=2)


@gesetz("P-53", "HAMM-4.3.2-II-JP", "AMB-27")
def eine_konferenz_stellt_den_plan_vor(w: Welt) -> Urteil:
    """One Stadtteilkonferenz a year, in autumn, has the Jahresplan on its agenda, beside what people bring."""
    yield from once(w, SK, "jahresplan", "text HAMM-4.3.2-II-JP", ("09-01", "11-30"), auch=("anliegen",))


@gesetz("P-53", "HAMM-4.3.2-II-JP")
def jeder_plan_wird_vorgestellt(w: Welt) -> Urteil:
    """A year in which no Stadtteilkonferenz of a Sozialraum has the Jahresplan is no plan, however often they meet."""
    for s in w.raeume:
        gremium = f"{SK}/{s.id}"
        shown = {x.id for x in w.sitzungen if x.gremium.id == gremium and "jahresplan" in x.anlass}
        found = [
            (r.min, r.max, wort(r.grundlage))
            for r in w.jahr.requirements
            if isinstance(r, Anzahl) and r.gremium == gremium and set(r.ereignisse) == shown
        ]
        yield from gleich(gremium, found, [(1, None, "text HAMM-4.3.2-II-JP")])


@gesetz("GAP-03", "AMB-17")
def konferenz_im_fruehjahr(w: Welt) -> Urteil:
    """The other Stadtteilkonferenz is in spring, on the planner's word."""
    yield from once(w, SK, "anliegen", "vorgabe", ("04-15", "06-30"), nummer=0, von=2)


def _counts(w: Welt, art: str) -> set[tuple[int | None, int | None, str]]:
    found: dict[str, set[tuple[int | None, int | None, str]]] = {
        g.id: set() for g in w.stadt.gremien.values() if g.art.id == art
    }
    for r in w.jahr.requirements:
        if isinstance(r, Anzahl) and r.jahr == 2027 and r.gremium in found:
            held = {s.id for s in w.sitzungen if s.gremium.id == r.gremium}
            if set(r.ereignisse) == held:
                found[r.gremium].add((r.min, r.max, wort(r.grundlage)))
    every = list(found.values())
    return every[0] if every and all(one == every[0] for one in every) else set()


@gesetz("P-50", "HAMM-4.2-2-FREQ", "AMB-15")
def lenkungskreis_ein_oder_zweimal(w: Welt) -> Urteil:
    """At most two meetings of the Lenkungskreis a year by the text (S-24), at least one by our reading."""
    soll = {(None, 2, "text HAMM-4.2-2-FREQ"), (1, None, "auslegung AMB-15")}
    yield from gleich("Lenkungskreis", _counts(w, LK), soll)


@gesetz("P-51", "HAMM-4.2-3-FREQ", "AMB-16", "AMB-17", "AMB-18")
def mindestzahlen(w: Welt) -> Urteil:
    """A Koordinierungsrunde meets twice at least by the text; Stadtteilkonferenz and Arbeitskreis once, by readings."""
    yield from gleich("KR", _counts(w, KR), {(2, None, "text HAMM-4.2-3-FREQ")})
    yield from gleich("SK", _counts(w, SK), {(1, None, "auslegung AMB-17")})
    yield from gleich("AK", _counts(w, AK), {(1, None, "auslegung AMB-18")})


@gesetz("HAMM-4.2-2-GEV", "HAMM-4.2-2-TASK", "AMB-15", "HAMM-4.2-0-INT")
def lenkungskreis_wertet_aus_und_setzt_ziele(w: Welt) -> Urteil:
    """One Lenkungskreis makes the Gesamtevaluation and sets goals, in spring; the other steers, in autumn."""
    yield from once(
        w, LK, "gesamtevaluation", "auslegung AMB-15", ("04-01", "06-30"), auch=("zieldefinition",)
    )


@gesetz("HAMM-4.2-0-INT", "GAP-05", "AMB-15")
def zweiter_lenkungskreis(w: Welt) -> Urteil:
    """The second Lenkungskreis is the planner's."""
    yield from once(w, LK, "steuerung", "vorgabe", ("09-01", "11-30"))


@gesetz("AMB-18", "HAMM-4.3.1-GB")
def arbeitskreis_mit_gesamtbericht(w: Welt) -> Urteil:
    """One Arbeitskreis makes the Gesamtbericht, in the second quarter."""
    yield from once(w, AK, "gesamtbericht", "auslegung AMB-18", ("04-01", "06-30"))


@gesetz("GAP-04", "HAMM-4.2-2-PATH", "HAMM-4.2-0-INT")
def die_anderen_arbeitskreise(w: Welt) -> Urteil:
    """The other quarters have one each, on the planner's word; the third passes the goals on."""
    yield from once(w, AK, "steuerung", "vorgabe", ("01-01", "03-31"), nummer=0, von=2)
    yield from once(w, AK, "steuerung", "vorgabe", ("10-01", "12-31"), nummer=1, von=2)
    yield from once(w, AK, "zielweitergabe", "vorgabe", ("07-01", "09-30"))


@gesetz("HAMM-4.1-3-TOP", "P-06", "AMB-48")
def achtundsiebzig_sitzungen(w: Welt) -> Urteil:
    """Programme R: 54 Koordinierungsrunden, 18 Stadtteilkonferenzen, 2 and 4 of the others, and no other order."""
    counts = {art: sum(s.gremium.art.id == art for s in w.sitzungen) for art in (KR, SK, LK, AK)}
    yield from gleich("Sitzungen", counts, {KR: 54, SK: 18, LK: 2, AK: 4})
    for s in w.sitzungen:
        if s.gremium.art.id in (KR, LK, AK) and not s.orte:
            yield f"{s.id} has nowhere to meet"
    yield from gleich("ordered pairs", len({p for s in w.sitzungen for p in w.nachbarn(s.id)}), 81)


ANLAESSE = {
    "evaluation": "auslegung AMB-49",
    "vorbereitung-stadtteilkonferenz": "text HAMM-4.2-3-SKPREP",
    "vorbereitung-beteiligungsformat": "text HAMM-4.2-3-BETF",
    "halbjahrespruefung": "text HAMM-4.3.1-B-MID",
    "jahresplan-entwurf": "text HAMM-4.3.1-A-NEXT",
    "jahresplan-finalisierung": "text HAMM-4.3.1-C-FIN",
    "regulaer": "text HAMM-4.2-3-INFO",
    "anliegen": "text HAMM-4.3.2-III-COLL",
    "jahresplan": "text HAMM-4.3.2-II-JP",
    "gesamtevaluation": "text HAMM-4.2-2-GEV",
    "zieldefinition": "text HAMM-4.2-2-TASK",
    "gesamtbericht": "text HAMM-4.3.1-GB",
    "zielweitergabe": "text HAMM-4.2-2-PATH",
    "steuerung": "text HAMM-4.2-0-INT",
}


@gesetz(*(a.partition(" ")[2] for a in ANLAESSE.values()), "HAMM-4.1-3-TOP")
def themen_nennen_ihre_stelle(w: Welt) -> Urteil:
    """Each topic of a Sitzung rests on the passage (or reading) that gives the Gremium this task."""
    found = {a.id: wort(a.grundlage) for a in w.projekt.programm.anlaesse.values()}
    yield from gleich("topics", {a: found.get(a) for a in ANLAESSE}, ANLAESSE)
