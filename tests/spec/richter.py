"""An independent judge: each function is one property of a yearly plan of Hamm, and returns what breaks it.

It looks at Stadt, rules, council calendar, free days and the plan, and at nothing that is made of them: no year, no
requirement, no audit. What the concept leaves open are the Vorgaben the numbers below stand for; they are written
down here a second time on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import combinations

from gremienplan.ratskalender import FreierTag
from tests.spec.jahresbild import TAG, Jahresbild, Pflicht, Politik, Treffen, tage, zugleich

VORLAGE = 21
"""Days from the draft to the first Bezirksvertretung."""
BEDARFE = 3
"""Days from the last Bezirksvertretung to the finalisation."""
VORBEREITUNG = 28, 90
"""Days from the preparing Koordinierungsrunde to its Stadtteilkonferenz, at least and at most."""
ABSTAND = {"koordinierungsrunde": 21, "stadtteilkonferenz": 90}
WEG = timedelta(minutes=30)
"""Travel between two Orte, and what a Stadtteilkonferenz keeps clear of politics."""
DIENSTZEIT, ABEND = (time(9), time(17)), (time(17), time(20))
EIGENE = ("koordinierungsrunde", "stadtteilkonferenz", "lenkungskreis", "arbeitskreis")
BM_THEMEN = {
    "jahresplan-entwurf",
    "jahresplan-finalisierung",
    "halbjahrespruefung",
    "evaluation",
    "vorbereitung-stadtteilkonferenz",
    "vorbereitung-beteiligungsformat",
}

Urteil = list[str]


def _einmal(bild: Jahresbild, anlass: str, von: date, bis: date) -> Urteil:
    """Exactly one Koordinierungsrunde with this Anlass for every Sozialraum, within the window."""
    urteil = []
    for s in bild.sozialraeume:
        found = bild.kr(anlass, s.id)
        if len(found) != 1:
            urteil.append(f"{s.id}: {len(found)} Koordinierungsrunden with {anlass}")
        urteil += [f"{t} is not within {von} to {bis}" for t in found if not von <= t.tag <= bis]
    return urteil


def _in_jeder_bv(bild: Jahresbild, anlass: str) -> Urteil:
    """One item in each Bezirksvertretung of B(s), for every Sozialraum, and in no other."""
    urteil = []
    for s in bild.sozialraeume:
        ist = sorted(v.bezirk for v in bild.gehoert(anlass, s.id))
        if ist != sorted(bild.bezirke(s)):
            urteil.append(f"{s.id} ({anlass}): heard in {ist}, not in {sorted(bild.bezirke(s))}")
    fremd = {v.sozialraum for v in bild.gehoert(anlass)} - {s.id for s in bild.sozialraeume}
    return urteil + [f"{s} is no Sozialraum" for s in sorted(fremd)]


# --- the life of a plan ---------------------------------------------------------------------------------


def p36(bild: Jahresbild) -> Urteil:
    """P-36 (HAMM-4.3.1-A-NEXT): the next plan is drafted once in each Sozialraum, in this year; in autumn."""
    jahr = bild.plan.jahr
    return _einmal(bild, "jahresplan-entwurf", date(jahr, 8, 15), date(jahr, 10, 31))


def p37(bild: Jahresbild) -> Urteil:
    """P-37 (HAMM-4.3.1-A-BV): the draft is before every presentation, by the time a paper needs."""
    return [
        f"{entwurf} is not {VORLAGE} days before {v}"
        for v in bild.gehoert("jahresplan-entwurf")
        for entwurf in bild.kr("jahresplan-entwurf", v.sozialraum)
        if entwurf.tag + VORLAGE * TAG > v.tag
    ]


def p38(bild: Jahresbild) -> Urteil:
    """P-38 (HAMM-5.2-NW-JPN, HAMM-5.2-NW-JPW): every plan is heard once in each Bezirksvertretung of B(s)."""
    return _in_jeder_bv(bild, "jahresplan-entwurf")


def p39(bild: Jahresbild) -> Urteil:
    """P-39 (HAMM-5.1-BEF): every presentation is before the plan begins on 1 January."""
    beginn = date(bild.plan.jahr + 1, 1, 1)
    return [f"{v} is not before {beginn}" for v in bild.gehoert("jahresplan-entwurf") if v.tag >= beginn]


def p40(bild: Jahresbild) -> Urteil:
    """P-40 (HAMM-4.3.1-C-FIN): finished after the last Bezirksvertretung, and before the plan begins."""
    jahr = bild.plan.jahr
    urteil = _einmal(bild, "jahresplan-finalisierung", date(jahr, 9, 8), date(jahr, 12, 20))
    return urteil + [
        f"{v} is not {BEDARFE} days before {fertig}"
        for v in bild.gehoert("jahresplan-entwurf")
        for fertig in bild.kr("jahresplan-finalisierung", v.sozialraum)
        if v.tag + BEDARFE * TAG > fertig.tag
    ]


def p41(bild: Jahresbild) -> Urteil:
    """P-41 (AMB-48): draft and finalisation are never one session."""
    return [
        f"{entwurf} is also {fertig}"
        for s in bild.sozialraeume
        for entwurf in bild.kr("jahresplan-entwurf", s.id)
        for fertig in bild.kr("jahresplan-finalisierung", s.id)
        if entwurf.id == fertig.id or zugleich(entwurf.beginn, entwurf.ende, fertig.beginn, fertig.ende)
    ]


def p42(bild: Jahresbild) -> Urteil:
    """P-42 (HAMM-4.3.1-B-MID): one review of the running plan, around the middle of its year."""
    jahr = bild.plan.jahr
    return _einmal(bild, "halbjahrespruefung", date(jahr, 5, 15), date(jahr, 7, 15))


def p43(bild: Jahresbild) -> Urteil:
    """P-43 (HAMM-4.3.1-B-EVAL, HAMM-5.1-EVAL): evaluated after its end, then told to every BV of B(s)."""
    jahr = bild.plan.jahr
    urteil = _einmal(bild, "evaluation", date(jahr, 1, 10), date(jahr, 3, 31))
    urteil += _in_jeder_bv(bild, "evaluation")
    return urteil + [
        f"{t} is not before {v}"
        for v in bild.gehoert("evaluation")
        for t in bild.kr("evaluation", v.sozialraum)
        if t.tag >= v.tag
    ]


def p44(bild: Jahresbild) -> Urteil:
    """P-44 (AMB-22): a Bezirksvertretung knows the last evaluation when it hears the new plan."""
    return [
        f"{alt} is after {neu}"
        for neu in bild.gehoert("jahresplan-entwurf")
        for alt in bild.gehoert("evaluation", neu.sozialraum)
        if alt.bezirk == neu.bezirk and alt.tag > neu.tag
    ]


def _nach_allen_auswertungen(bild: Jahresbild, art: str, anlass: str) -> Urteil:
    found = bild.von(art, anlass)
    urteil = [] if found else [f"no {art} with {anlass}"]
    for t in found:
        for s in bild.sozialraeume:
            if not [e for e in bild.kr("evaluation", s.id) if e.tag < t.tag]:
                urteil.append(f"{t}: the evaluation of {s.id} is missing")
            urteil += [f"{t} is not after {e}" for e in bild.kr("evaluation", s.id) if e.tag >= t.tag]
    return urteil


def p45(bild: Jahresbild) -> Urteil:
    """P-45 (HAMM-4.2-2-GEV): the Gesamtevaluation rests on all nine evaluations."""
    return _nach_allen_auswertungen(bild, "lenkungskreis", "gesamtevaluation")


def p46(bild: Jahresbild) -> Urteil:
    """P-46 (HAMM-4.3.1-GB, AMB-14): so does the Gesamtbericht."""
    return _nach_allen_auswertungen(bild, "arbeitskreis", "gesamtbericht")


def p47(bild: Jahresbild) -> Urteil:
    """P-47 (HAMM-4.2-4-BVINF): the SKo of the Sozialraum presents, and nobody in two places at once."""
    urteil = []
    for v in bild.vortraege:
        sko = f"stadtteilkoordination/{v.sozialraum}"
        if v.termin.vortrag not in ((sko,), (bild.projekt.stadt.vertretungen.get(sko),)):
            urteil.append(f"{v} is presented by {v.termin.vortrag}")
    for a, b in combinations(bild.vortraege, 2):
        shared = set(a.termin.vortrag) & set(b.termin.vortrag)
        at_once = zugleich(a.termin.beginn, a.termin.ende, b.termin.beginn, b.termin.ende)
        if shared and at_once and a.termin.sitzung != b.termin.sitzung:
            urteil.append(f"{shared} presents at once: {a} and {b}")
    return urteil


def p48(bild: Jahresbild) -> Urteil:
    """P-48 (HAMM-3.1-FRAME): heard in sittings that stand, at their time; the plan makes none of its own."""
    stehen = {
        (s.key, s.gremium, s.beginn, s.ende)
        for s in bild.projekt.ratskalender.sitzungen
        if s.tag.year == bild.plan.jahr
    }
    urteil = []
    for v in bild.vortraege:
        b = v.termin
        if (b.sitzung, b.gremium, b.beginn, b.ende) not in stehen:
            urteil.append(f"{v}: {b.sitzung} does not stand so in the council calendar")
        if b.gremium.partition("/")[0] != "bezirksvertretung" or v.id.rpartition("/")[2] != v.bezirk:
            urteil.append(f"{v} is heard in {b.gremium}")
    return urteil + [f"{t} is no Gremium of ours" for t in bild.treffen if t.gremium.art.id not in EIGENE]


# --- counts ---------------------------------------------------------------------------------------------


def p50(bild: Jahresbild) -> Urteil:
    """P-50 (HAMM-4.2-2-FREQ, AMB-15): the Lenkungskreis meets once or twice in a calendar year."""
    found = bild.von("lenkungskreis")
    urteil = []
    for jahr in {bild.plan.jahr, *(t.tag.year for t in found)}:
        n = sum(t.tag.year == jahr for t in found)
        if n > 2 or (n < 1 and jahr == bild.plan.jahr):
            urteil.append(f"{n} sittings of the Lenkungskreis in {jahr}")
    return urteil


def p51(bild: Jahresbild) -> Urteil:
    """P-51 (HAMM-4.2-3-FREQ): every Koordinierungsrunde meets at least twice a year."""
    return [
        f"{s.id}: fewer than two Koordinierungsrunden"
        for s in bild.sozialraeume
        if sum(t.tag.year == bild.plan.jahr for t in bild.von("koordinierungsrunde", "", s.id)) < 2
    ]


def p52(bild: Jahresbild) -> Urteil:
    """P-52 (HAMM-4.2-3-SKPREP, AMB-42): each SK has its own preparation before it, after the SK before."""
    least, most = VORBEREITUNG
    urteil = []
    for s in bild.sozialraeume:
        vorige: date | None = None
        preparing = bild.kr("vorbereitung-stadtteilkonferenz", s.id)
        for sk in bild.von("stadtteilkonferenz", "", s.id):
            if not [
                k
                for k in preparing
                if least <= (sk.tag - k.tag).days <= most and (vorige is None or k.tag > vorige)
            ]:
                urteil.append(f"{sk} is not prepared")
            vorige = sk.tag
    return urteil


def p53(bild: Jahresbild) -> Urteil:
    """P-53 (HAMM-4.3.2-II-JP): in every Sozialraum a Stadtteilkonferenz is shown the Jahresplan."""
    return [
        f"{s.id}: no Stadtteilkonferenz with the Jahresplan"
        for s in bild.sozialraeume
        if not bild.von("stadtteilkonferenz", "jahresplan", s.id)
    ]


# --- collisions -----------------------------------------------------------------------------------------


def p54(bild: Jahresbild) -> Urteil:
    """P-54 (HAMM-4.3.2-II-COLL): no SK within half an hour of a political sitting; nor while an unknown body sits."""
    urteil = []
    for sk in bild.von("stadtteilkonferenz"):
        for r in bild.projekt.ratskalender.sitzungen:
            puffer = WEG if r.gremium else timedelta()
            if zugleich(sk.beginn, sk.ende, r.beginn - puffer, r.ende + puffer):
                urteil.append(f"{sk} meets {r.name} {r.beginn:%Y-%m-%d %H:%M}")
    return urteil


def p54_tage(bild: Jahresbild) -> Urteil:
    """P-54 (AMB-24): no SK on a day of the Rat or of a Bezirksvertretung of B(s)."""
    return [
        f"{sk} is on a day of {r.name}"
        for sk in bild.von("stadtteilkonferenz")
        for r, gremium in bild.politik("rat", "bezirksvertretung")
        if gremium.art.id == "rat" or gremium.gebiet.id in bild.bezirke(sk.gremium.gebiet)
        if sk.tag in tage(r.beginn, r.ende)
    ]


def p55(bild: Jahresbild) -> Urteil:
    """P-55 (HAMM-3.3-BMCH): no Amt in two places at once, nor with less than half an hour between two."""
    duties: dict[str, list[Pflicht]] = {}
    for t in bild.treffen:
        for sitz in bild.aemter(t, t.tag):
            duties.setdefault(sitz, []).append(Pflicht(str(t), t.beginn, t.ende, t.ort))
    for v in bild.vortraege:
        item = Pflicht(str(v), v.termin.beginn, v.termin.ende, sitzung=v.termin.sitzung)
        for sitz in v.termin.vortrag:
            duties.setdefault(sitz, []).append(item)
    for r, gremium in bild.politik():
        pflicht = Pflicht(f"{r.name} {r.beginn:%Y-%m-%d %H:%M}", r.beginn, r.ende, sitzung=r.key, fest=True)
        for sitz in bild.aemter(Politik(gremium), r.tag):
            duties.setdefault(sitz, []).append(pflicht)
    for x in bild.projekt.besetzt:
        duties.setdefault(x.wer, []).append(Pflicht(x.was, x.von, x.bis, fest=True))
    urteil = []
    for sitz, mine in duties.items():
        for a, b in combinations(sorted(mine, key=lambda p: p.beginn), 2):
            if (a.fest and b.fest) or (a.sitzung and a.sitzung == b.sitzung):
                continue
            weg = timedelta() if a.ort and a.ort == b.ort else WEG
            if zugleich(a.beginn, a.ende, b.beginn - weg, b.ende + weg):
                urteil.append(f"{sitz}: {a.was} and {b.was}")
    return urteil


def p56(bild: Jahresbild) -> Urteil:
    """P-56 (AMB-39): no Koordinierungsrunde with BM(b) while BV(b) sits; who that is, from the Anlass alone."""
    return [
        f"{kr} meets {r.name} {r.beginn:%Y-%m-%d %H:%M}"
        for kr in bild.von("koordinierungsrunde")
        if BM_THEMEN & set(kr.anlass)
        for r, gremium in bild.politik("bezirksvertretung")
        if gremium.gebiet.id in bild.bezirke(kr.gremium.gebiet)
        if zugleich(kr.beginn, kr.ende, r.beginn, r.ende)
    ]


def p57(bild: Jahresbild) -> Urteil:
    """P-57: every Sitzung is in an Ort of its Gremium, and no Ort holds two at once."""
    stadt = bild.projekt.stadt
    urteil = []
    for t in bild.treffen:
        ort = stadt.orte.get(t.ort)
        if not ort or ort.art not in t.gremium.art.orte:
            urteil.append(f"{t} is in no Ort of its own: {t.ort!r}")
        elif not stadt.gebiet[ort.gebiet].atome & t.gremium.gebiet.atome:
            urteil.append(f"{t} is in a foreign Ort: {t.ort}")
        urteil += [
            f"{t} meets {x.was}"
            for x in bild.projekt.besetzt
            if x.wer == t.ort and zugleich(t.beginn, t.ende, x.von, x.bis)
        ]
    for a, b in combinations(bild.treffen, 2):
        if a.ort and a.ort == b.ort and zugleich(a.beginn, a.ende, b.beginn, b.ende):
            urteil.append(f"{a.ort}: {a} and {b}")
    return urteil


# --- days and hours, all of them Vorgaben ---------------------------------------------------------------


def programm(bild: Jahresbild) -> Urteil:
    """Section 1: what is asked for is held once, as long as it lasts, in its window; on demand only where asked."""
    jahr, stadt = bild.plan.jahr, bild.projekt.stadt
    ist = [t.id for t in bild.treffen]
    soll = [
        f"{e.id}/{g.gebiet.id}"
        for e in bild.eintraege.values()
        for g in stadt.gremien.values()
        if g.art.id == e.gremium and not e.bei_bedarf and (not e.nur or g.gebiet.id in e.nur)
    ]
    urteil = [f"{i}: {ist.count(i)} Termine" for i in sorted({*ist, *soll}) if ist.count(i) != soll.count(i)]
    for t in bild.treffen:
        eintrag = bild.eintraege.get(t.id.partition("/")[0])
        if t.ende - t.beginn != timedelta(minutes=120):
            urteil.append(f"{t} lasts {t.ende - t.beginn}")
        if eintrag and eintrag.fenster:
            von, bis = eintrag.fenster.von.on(jahr), eintrag.fenster.bis.on(jahr)
            if not von <= t.tag <= bis:
                urteil.append(f"{t} is not within {von} to {bis}")
    return urteil


def uhrzeit(bild: Jahresbild) -> Urteil:
    """EXT-6: SK in the evening, the others in office hours, all on working days."""
    urteil = []
    for t in bild.treffen:
        von, bis = ABEND if t.gremium.art.id == "stadtteilkonferenz" else DIENSTZEIT
        if t.tag.weekday() > 4:
            urteil.append(f"{t} is on a weekend")
        if t.beginn.time() < von or t.ende > datetime.combine(t.tag, bis):
            urteil.append(f"{t} is not within {von} to {bis}")
    return urteil


def _frei(t: Treffen, frei: tuple[FreierTag, ...]) -> Urteil:
    return [f"{t} is on {f.name}" for f in frei if f.von <= t.tag <= f.bis]


def feiertage(bild: Jahresbild) -> Urteil:
    """GAP-15: nobody meets on a public holiday."""
    return [u for t in bild.treffen for u in _frei(t, bild.projekt.freitage.feiertage)]


def schulferien(bild: Jahresbild) -> Urteil:
    """GAP-15: no Stadtteilkonferenz in the school holidays."""
    return [u for t in bild.von("stadtteilkonferenz") for u in _frei(t, bild.projekt.freitage.ferien)]


def abstand(bild: Jahresbild) -> Urteil:
    """Section 1: two Sitzungen of one Gremium leave each other time."""
    return [
        f"{a} and {b} are not {days} days apart"
        for art, days in ABSTAND.items()
        for s in bild.sozialraeume
        for a, b in combinations(bild.von(art, "", s.id), 2)
        if (b.tag - a.tag).days < days
    ]


Richter = Callable[[Jahresbild], Urteil]
RICHTER: dict[str, Richter] = {
    **{r.__name__: r for r in (p36, p37, p38, p39, p40, p41, p42, p43, p44, p45, p46, p47, p48)},
    **{r.__name__: r for r in (p50, p51, p52, p53, p54, p54_tage, p55, p56, p57)},
    **{r.__name__: r for r in (programm, uhrzeit, feiertage, schulferien, abstand)},
}
"""Name -> the judge of one property."""
