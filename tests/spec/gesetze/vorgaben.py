"""What the concept leaves open (section H) and the planner decides: stated a second time, and never as law.

And the wishes: what would be good, at which stage and weight, on whose word.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from gremienplan.auditing import check
from gremienplan.plan import Lage
from gremienplan.programm import meidezeiten
from gremienplan.programm.wuensche import Wunsch
from gremienplan.requirements import Mindestabstand, Tageszeit, Wegezeit, Wochentage
from tests.spec.gesetze.register import gesetz
from tests.spec.gesetze.welt import AK, BV, KR, LK, SK, Urteil, Welt, gleich, wort

EIGENE = (KR, SK, LK, AK)


@gesetz("GAP-02")
def tageszeiten(w: Welt) -> Urteil:
    """Stadtteilkonferenzen from 17 to 20 h, the others from 9 to 17 h."""
    for s in w.sitzungen:
        found = [
            (f"{r.von:%H:%M}", f"{r.bis:%H:%M}", wort(r.grundlage))
            for r in w.jahr.requirements
            if isinstance(r, Tageszeit) and r.ereignis == s.id
        ]
        soll = ("17:00", "20:00", "vorgabe") if s.gremium.art.id == SK else ("09:00", "17:00", "vorgabe")
        yield from gleich(f"{s.id}: hours", found, [soll])


@gesetz("GAP-02")
def werktage(w: Welt) -> Urteil:
    """Everybody meets from Monday to Friday."""
    days = {r.ereignis: (r.tage, wort(r.grundlage)) for r in w.jahr.requirements if isinstance(r, Wochentage)}
    for s in w.sitzungen:
        yield from gleich(f"{s.id}: weekdays", days.get(s.id), ((0, 1, 2, 3, 4), "vorgabe"))


@gesetz("GAP-06", "GAP-03")
def abstaende(w: Welt) -> Urteil:
    """21 days between two Koordinierungsrunden of a Sozialraum, 90 between its Stadtteilkonferenzen."""
    for art, tage in ((KR, 21), (SK, 90)):
        for s in w.raeume:
            found = [
                (r.tage, wort(r.grundlage))
                for r in w.jahr.requirements
                if isinstance(r, Mindestabstand) and r.gremium == f"{art}/{s.id}"
            ]
            yield from gleich(f"{art}/{s.id}: days apart", found, [(tage, "vorgabe")])


@gesetz("GAP-02", "P-55")
def wegezeit(w: Welt) -> Urteil:
    """Half an hour between two Orte."""
    found = {(r.minuten, wort(r.grundlage)) for r in w.jahr.requirements if isinstance(r, Wegezeit)}
    yield from gleich("travel", found, {(30, "vorgabe")})
    at = datetime(2027, 6, 1, 10)
    for r in w.jahr.requirements:
        if isinstance(r, Wegezeit) and len(r.pflichten) > 1:
            a, b = (p.ereignis for p in r.pflichten[:2])
            for minutes, ok in ((29, False), (30, True)):
                second = at + timedelta(minutes=120 + minutes)
                lagen = {
                    a: (Lage(a, at, at + timedelta(hours=2), "hier"),),
                    b: (Lage(b, second, second + timedelta(hours=2), "dort"),),
                }
                if bool(check(r, lagen, w.jahr.namen)) is ok:
                    yield f"{r.sitz}: {minutes} minutes"
            break


@gesetz("GAP-02", "AMB-41", "GAP-11")
def dauern(w: Welt) -> Urteil:
    """Our own Gremien meet for two hours; a Bezirksvertretung is taken to last three, the Rat four."""
    found = {art.id: art.dauer for art in w.stadt.gremienarten.values()}
    yield from gleich("minutes", found, {KR: 120, SK: 120, LK: 120, AK: 120, BV: 180, "rat": 240})


GEWOHNT = """
KR di 10:00 mitte, mi 10:00 westen, do 10:00 norden, mo 13:30 uentrop, di 13:30 rhynern, do 13:30 pelkum,
KR mo 10:00 herringen, mi 13:30 bockum-hoevel, di 10:00 heessen,
SK mi 17:00 mitte, do 17:30 westen, do 17:00 norden, mo 17:30 uentrop, di 17:30 rhynern, mo 17:00 pelkum,
SK mi 17:30 herringen, mo 17:30 bockum-hoevel, mi 17:00 heessen,
LK do 10:00 hamm, AK fr 10:00 hamm
"""


@gesetz("GAP-02")
def gewohnte_tage_und_stunden(w: Welt) -> Urteil:
    """The usual weekday and hour of each Gremium, on the planner's word; neighbours that share Ämter never coincide."""
    arten = {"KR": KR, "SK": SK, "LK": LK, "AK": AK}
    soll, art = {}, ""
    for eintrag in GEWOHNT.replace("\n", " ").split(","):
        words = eintrag.split()
        art = arten[words.pop(0)] if words[0] in arten else art
        soll[f"{art}/{words[2]}"] = (words[0], words[1], "vorgabe")
    tage = ("mo", "di", "mi", "do", "fr", "sa", "so")
    found = {
        g.id: (tage[g.gewohnt.wochentag], f"{g.gewohnt.beginn:%H:%M}", wort(g.gewohnt.grundlage))
        for g in w.stadt.gremien.values()
        if g.gewohnt
    }
    for gremium in {*soll, *found}:
        yield from gleich(f"{gremium}: usually", found.get(gremium), soll.get(gremium))


# --- wishes ---------------------------------------------------------------------------------------------------


def _wish(w: Welt, kind: str, **felder: object) -> list[tuple[int, int, str]]:
    """Return stage, weight and word of every wish of this kind with these fields (by Anlass, not by id)."""
    found = []
    for wunsch in w.projekt.programm.wuensche:
        if type(wunsch).__name__ == kind and all(_meant(w, wunsch, k) == v for k, v in felder.items()):
            weight: int = getattr(wunsch, "gewicht", 0) or getattr(wunsch, "gewicht_tag", 0)
            found.append((wunsch.stufe, weight, wort(wunsch.grundlage)))
    return found


def _meant(w: Welt, wunsch: Wunsch, feld: str) -> object:
    """Return a field; an entry of the programme as its topics and its place among the entries with them."""
    wert = getattr(wunsch, feld)
    if feld in ("erst", "dann"):
        return _topic(w, str(wert))
    if feld in ("folge", "nach", "beratung"):
        return tuple(_topic(w, str(einer)) for einer in wert)
    if isinstance(wert, time):
        return f"{wert:%H:%M}"
    return wert


def _topic(w: Welt, kennung: str) -> str:
    programm = w.projekt.programm
    item = next((b for b in programm.beratungen if b.id == kennung), None)
    target = item.zu if item else kennung
    entry = next((s for s in programm.sitzungen if s.id == target), None)
    words = " ".join(entry.anlass) if entry else "?"
    window = entry.fenster.von.monat if entry and entry.fenster else 0
    return f"{'BV: ' if item else ''}{entry.gremium if entry else '?'}: {words} ({window})"


E = f"{KR}: jahresplan-entwurf (8)"
FIN = f"{KR}: jahresplan-finalisierung (9)"
LK1 = f"{LK}: gesamtevaluation zieldefinition (4)"
AK2 = f"{AK}: gesamtbericht (4)"
AK3 = f"{AK}: zielweitergabe (7)"
MID = f"{KR}: halbjahrespruefung (5)"
EVA = f"{KR}: evaluation (1)"
VOR = f"{KR}: vorbereitung-stadtteilkonferenz (1)"
SK1, SK2 = f"{SK}: anliegen (4)", f"{SK}: jahresplan anliegen (9)"
VORHER = [
    (LK1, AK3, 10, "text HAMM-4.2-2-PATH"),
    (AK3, E, 5, "text HAMM-4.2-2-PATH"),
    (LK1, E, 5, "text HAMM-4.3.1-A-LEIT"),
    (MID, E, 5, "text HAMM-GLO-JP-HALB"),
    (f"BV: {EVA}", E, 5, "auslegung AMB-28"),
    (E, SK2, 5, "auslegung AMB-27"),
    (SK2, FIN, 5, "auslegung AMB-27"),
    (AK2, LK1, 10, "auslegung AMB-14"),
]


@gesetz(
    "HAMM-4.2-2-PATH",
    "HAMM-4.3.1-A-LEIT",
    "HAMM-GLO-JP-HALB",
    "AMB-28",
    "AMB-27",
    "AMB-14",
    "HAMM-4.2-3-INPUT",
    "HAMM-5.1-ANR",
)
def eins_baut_auf_dem_anderen_auf(w: Welt) -> Urteil:
    """Goals before drafts, the running plan before the next, evaluations before drafts: where possible."""
    for erst, dann, weight, grund in VORHER:
        yield from gleich(
            f"{erst} before {dann}", _wish(w, "Vorher", erst=erst, dann=dann), [(3, weight, grund)]
        )
    number = sum(type(x).__name__ == "Vorher" for x in w.projekt.programm.wuensche)
    yield from gleich("wished orders", number, len(VORHER))


@gesetz("GAP-02", "GAP-15", "GAP-06", "HAMM-4.3.2-III-COLL", "HAMM-4.3.1-B-SOW")
def wuensche_der_planung(w: Welt) -> Urteil:
    """Usual slots first; then spacing, results in 60 days, one SK a week, holidays; evenings; bridge days."""
    folge = (EVA, VOR, MID, E, FIN)
    cases = {
        "usual": (_wish(w, "Gewohnt", gremium=EIGENE, gewicht_zeit=1), (1, 4)),
        "even": (_wish(w, "Gleichmaessig", folge=folge, mindestens=35, hoechstens=91), (2, 1)),
        "results": (_wish(w, "Danach", nach=(SK1, SK2), gremium=KR, tage=60), (2, 10)),
        "one a week": (_wish(w, "Verteilt", gremium=SK, je_woche=1), (2, 10)),
        "holidays": (_wish(w, "Schulferien", gremium=(KR, LK, AK)), (2, 10)),
        "evenings": (
            _wish(
                w,
                "Abendlast",
                rollen=("stadtteilkoordination", "bezirksbuergermeister"),
                ab="18:00",
                je_woche=1,
            ),
            (3, 5),
        ),
        "time for needs": (
            _wish(w, "Gleichmaessig", folge=(f"BV: {E}", FIN), mindestens=10, hoechstens=None),
            (3, 1),
        ),
        "bridge days": (_wish(w, "Brueckentage", gremium=EIGENE), (4, 5)),
    }
    for was, (ist, soll) in cases.items():
        yield from gleich(was, ist, [(*soll, "vorgabe")])


@gesetz("GAP-02", "GAP-15")
def profile(w: Welt) -> Urteil:
    """Usual slots first, or spacing first with one concern a stage, or everything at once; each ranks every wish."""
    usual, even = ["Gewohnt", "SelbstVortragen"], ["Gleichmaessig", "Danach", "Verteilt", "Schulferien"]
    rest = ["Abendlast", "MeideGremien", "Vorher", "Gleichmaessig"]
    soll = {
        "gewohnt": [usual, even, rest, ["Brueckentage"]],
        "gleichmaessig": [
            *([kind] for kind in ("Gleichmaessig", "Gleichmaessig", "Verteilt", "Danach", "Schulferien")),
            *([kind] for kind in (*usual, "Vorher", "Abendlast", "MeideGremien", "Brueckentage")),
        ],
        "zusammen": [[*usual, *even, *rest[:-1], "Brueckentage"]],
    }
    programm = w.projekt.programm
    found = {
        id: [
            sorted({type(x).__name__ for x in ranked if x.stufe == stufe})
            for stufe in sorted({x.stufe for x in ranked})
        ]
        for id, ranked in ((id, programm.mit_profil(id).wuensche) for id in programm.profile)
    }
    yield from gleich("profiles", found, {id: [sorted(kinds) for kinds in st] for id, st in soll.items()})
    for wunsch in programm.mit_profil("gleichmaessig").wuensche if "gleichmaessig" in found else ():
        least = wunsch.stufe == 1
        yield from gleich(f"{wunsch.id} first", least, getattr(wunsch, "mindestens", None) == 35)
    yield from gleich("words", [wort(x.grundlage) for x in programm.profile.values()], ["vorgabe"] * 3)


@gesetz("AMB-24", "AMB-39", "AMB-38")
def wuensche_nach_unserer_lesart(w: Welt) -> Urteil:
    """Off the days of committees, out of the way of politics, presented by oneself: readings, not law."""
    sk = _wish(w, "MeideGremien", gremium=(SK,), am_tag=True, ohne=())
    yield from gleich("committee days", sk, [(3, 3, "auslegung AMB-24")])
    rest = _wish(w, "MeideGremien", gremium=(KR, LK, AK), am_tag=False, ohne=())
    yield from gleich("politics", rest, [(3, 3, "auslegung AMB-39")])
    items = tuple(_topic(w, b.id) for b in w.projekt.programm.beratungen)
    own = _wish(w, "SelbstVortragen", beratung=items)
    yield from gleich("own presenter", own, [(1, 10, "auslegung AMB-38")])


@gesetz("HAMM-4.3.2-III-NODEC", "P-35", "HAMM-4.3.2-I-TITLE", "AMB-30")
def konferenzen_entscheiden_nichts(w: Welt) -> Urteil:
    """A Stadtteilkonferenz decides nothing and keeps its word in every title: both on the concept's word."""
    for art in w.stadt.gremienarten.values():
        marks = [m and str(m.grundlage) for m in (art.ohne_beschluss, art.titel_ergaenzt)]
        soll = ["text HAMM-4.3.2-III-NODEC", "text HAMM-4.3.2-I-TITLE"] if art.id == SK else [None, None]
        yield from gleich(art.id, marks, soll)


@gesetz("GAP-15")
def meidetage(w: Welt) -> Urteil:
    """Which days beside the holidays are rather left free, in 2027; of two of them the moon decides."""
    found = {
        z.meidetag.id: (
            f"{z.von:%d.%m. %H:%M}",
            f"{z.bis:%d.%m. %H:%M}",
            z.meidetag.mond,
            wort(z.meidetag.grundlage),
        )
        for z in meidezeiten(w.projekt.programm.meidetage, [2027])
    }
    soll = {
        "weiberfastnacht": ("04.02. 00:00", "05.02. 00:00", False),
        "rosenmontag": ("08.02. 00:00", "09.02. 00:00", False),
        "ramadanfest": ("09.03. 00:00", "12.03. 00:00", True),
        "wahltag": ("25.04. 00:00", "26.04. 00:00", False),
        "opferfest": ("16.05. 00:00", "20.05. 00:00", True),
        "rosch-haschana": ("01.10. 17:00", "04.10. 00:00", False),
        "jom-kippur": ("10.10. 17:00", "12.10. 00:00", False),
    }
    yield from gleich("days to leave free", found, {id: (*wann, "vorgabe") for id, wann in soll.items()})


@gesetz("GAP-17", "GAP-18")
def ratsfolge(w: Welt) -> Urteil:
    """A paper goes from an Ausschuss to the Bezirksvertretungen and to the Rat: how long that takes is ours."""
    found = {
        (f.erst, f.dann): (f.abstand and f.abstand.tage, f.hoechstens.tage, wort(f.grundlage))
        for f in w.projekt.ratsfolgen
    }
    soll = {
        (("ausschuss",), (BV,)): (None, 112, "vorgabe"),
        ((BV,), ("rat",)): (5, 42, "vorgabe"),
    }
    yield from gleich("order of the council", found, soll)
