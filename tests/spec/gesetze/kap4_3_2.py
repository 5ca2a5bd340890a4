"""Section 4.3.2: the Stadtteilkonferenz."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gremienplan.auditing import check
from gremienplan.plan import Lage
from gremienplan.ratskalender import FreierTag, Freitage, Ratskalender, Ratssitzung
from gremienplan.requirements import KeineUeberschneidung, Sperrtage
from gremienplan.rules import Als
from gremienplan.stadt import RollenArt
from tests.spec.gesetze.kap3 import MEHRERE
from tests.spec.gesetze.register import gesetz
from tests.spec.gesetze.welt import AK, BM, BV, KR, LK, SK, SKO, Urteil, Welt, gleich

GRUPPEN = ("bewohner", "institutionen", "vereine", "verbaende", "glaubensgemeinschaften", "fachdienste")


@gesetz("P-29", "HAMM-4.3.2-I-INV", "AMB-46")
def gruppen_des_sozialraums(w: Welt) -> Urteil:
    """Residents, institutions, Vereine, Verbände, communities of faith and services of the Sozialraum are invited."""
    for rolle in GRUPPEN:
        found = w.stadt.rollen.get(rolle)
        ist = (found.ebene, found.nur, found.art.value, str(found.grundlage)) if found else None
        yield from gleich(rolle, ist, ("sozialraum", None, "gruppe", "text HAMM-4.3.2-I-INV"))
    for s in w.raeume:
        groups = {i for i, x in w.invited(SK, s.id).items() if x.sitz.rolle.art is RollenArt.GRUPPE}
        yield from gleich(f"SK {s.id}", groups, {f"{g}/{s.id}" for g in GRUPPEN})
        for sitz in groups:
            yield from gleich(sitz, w.words(SK, s.id, sitz), {"text HAMM-4.3.2-I-INV"})


@gesetz("P-30", "HAMM-4.3.2-NW-BV", "HAMM-5.2-BVI", "HAMM-5.2-NW-SK", "HAMM-4.3.2-I-INV", "AMB-44")
def alle_bezirksvertretungen(w: Welt) -> Urteil:
    """All members of every Bezirksvertretung of B(s) are invited, the chair among them."""
    for s in w.raeume:
        for rolle in ("bezirksvertretung-mitglied", BM):
            found = sorted(x for x in w.invited(SK, s.id) if x.startswith(f"{rolle}/"))
            yield from gleich(f"SK {s.id}", found, [f"{rolle}/{b}" for b in w.b(s)])
            for sitz in found:
                reasons = {str(g.grundlage) for g in w.invited(SK, s.id)[sitz].gruende if g.als is Als.GAST}
                yield from gleich(sitz, reasons, {"text HAMM-5.2-BVI"})


@gesetz("P-31", "HAMM-4.3.2-NW-INSB", "HAMM-5.2-NW-SK", "HAMM-5.2-BVI", "AMB-06")
def insbesondere_nur_in_norden_und_westen(w: Welt) -> Urteil:
    """Who lives there is meant in particular in Norden and Westen, among the Bezirksvertreter:innen alone."""
    for s in w.raeume:
        for sitz, i in w.invited(SK, s.id).items():
            marks = {str(g.insbesondere) for g in i.gruende if g.insbesondere}
            politics = sitz.partition("/")[0] in ("bezirksvertretung-mitglied", BM)
            soll = {"text HAMM-4.3.2-NW-INSB"} if politics and s.id in MEHRERE else set()
            yield from gleich(f"SK {s.id}: {sitz} in particular", marks, soll)


@gesetz("P-32", "HAMM-4.3.2-I-INV", "HAMM-5.2-BVI")
def eingeladen_gleich_welches_thema(w: Welt) -> Urteil:
    """Who is invited to a Stadtteilkonferenz does not depend on its agenda."""
    for s in w.raeume:
        plain = set(w.invited(SK, s.id))
        for anlass in w.projekt.programm.anlaesse:
            yield from gleich(f"SK {s.id}, {anlass}", set(w.invited(SK, s.id, anlass)), plain)
        kinds = {x.partition("/")[0] for x in plain}
        yield from gleich(f"SK {s.id}", kinds, {*GRUPPEN, "bezirksvertretung-mitglied", BM, SKO})


@gesetz(
    *("P-27", "HAMM-4.2-4-SKINV", "HAMM-4.3.2-II-HOST", "HAMM-5.2-HOST", "HAMM-GLO-SKO-FOR", "AMB-05"),
)
def gemeinsam_eingeladen(w: Welt) -> Urteil:
    """Stadtteilkoordination and every BM of B(s) invite together, neither alone."""
    for s in w.raeume:
        sko, bms = f"{SKO}/{s.id}", [f"{BM}/{b}" for b in w.b(s)]
        yield from gleich(f"SK {s.id}: hosts", w.hosts(SK, s.id), sorted([sko, *bms]))
        for sitz, text in ((sko, "HAMM-4.2-4-SKINV"), *((bm, "HAMM-4.3.2-II-HOST") for bm in bms)):
            found = w.invited(SK, s.id).get(sitz)
            words = {str(g.grundlage) for g in found.gruende if g.als is Als.GASTGEBER} if found else set()
            yield from gleich(f"SK {s.id}: {sitz} invites", words, {f"text {text}"})


@gesetz("P-28", "HAMM-4.3.2-II-GF", "NORD-1")
def geschaefte_fuehrt_die_stadtteilkoordination(w: Welt) -> Urteil:
    """The Stadtteilkoordination manages the Stadtteilkonferenz, and nobody beside it."""
    for s in w.raeume:
        sko = f"{SKO}/{s.id}"
        yield from gleich(f"SK {s.id}: managed by", w.managing(SK, s.id), [sko])
        found = w.invited(SK, s.id).get(sko)
        words = (
            {str(g.grundlage) for g in found.gruende if g.als is Als.GESCHAEFTSFUEHRUNG} if found else set()
        )
        yield from gleich(f"SK {s.id}: {sko} manages", words, {"text HAMM-4.3.2-II-GF"})


@gesetz("P-34", "HAMM-4.3.2-I-TITLE", "AMB-30")
def das_wort_stadtteilkonferenz_steht_im_titel(w: Welt) -> Urteil:
    """The word is in every title; Pelkum and Bockum-Hövel have one of their own beside it."""
    own = {"pelkum": "Wir in Pelkum", "bockum-hoevel": "Mein Bockum-Hövel"}
    for s in w.raeume:
        gremium = w.gremium(SK, s.id)
        if gremium is None:
            continue
        if "Stadtteilkonferenz" not in w.stadt.gremium_name(gremium):
            yield f"{gremium}: {w.stadt.gremium_name(gremium)}"
        yield from gleich(f"{gremium}", gremium.titel, own.get(s.id, ""))


@gesetz("GAP-23", "HAMM-4.3.2-0-FORUM", "HAMM-3.1-FRAME", "HAMM-4.2-0-INT")
def oeffentlich_sind_konferenzen_und_politik(w: Welt) -> Urteil:
    """Stadtteilkonferenzen are open, council sittings public; what steers the administration is neither."""
    found = {art.id: art.oeffentlich for art in w.stadt.gremienarten.values()}
    yield from gleich("public", found, {KR: False, SK: True, LK: False, AK: False, BV: True, "rat": True})


# --- collisions: a Stadtteilkonferenz beside one council sitting --------------------------------------------

_TAG = date(2027, 6, 1)
_ABENDS = time(17)


def _sitting(gremium: str, um: time, tag: date) -> Ratssitzung:
    beginn = datetime.combine(tag, um)
    key = f"{gremium} {beginn}"
    return Ratssitzung(key, "q", gremium or "Unbekannt", gremium, beginn, beginn + timedelta(hours=2))


def refused(w: Welt, sitzung: str, tage: list[date], kind: type) -> list[set[str]]:
    """Return on whose word a Sitzung may not be on each of these days, at 17:00 for two hours."""
    found = []
    for tag in tage:
        beginn = datetime.combine(tag, _ABENDS)
        lagen = {sitzung: (Lage(sitzung, beginn, beginn + timedelta(hours=2)),)}
        found.append(
            {
                str(r.grundlage)
                for r in w.jahr.requirements
                if isinstance(r, kind) and r.ereignisse == (sitzung,) and check(r, lagen, w.jahr.namen)
            }
        )
    return found


def beside(w: Welt, cases: list[tuple[str, time, int]], kind: type) -> list[set[str]]:
    """Return the same for the first Stadtteilkonferenz of Westen beside one council sitting each.

    A case is the body, the hour, and how many days later the sitting is; cases are four days apart.
    """
    days = [_TAG + 4 * n * timedelta(days=1) for n in range(len(cases))]
    sittings = tuple(
        _sitting(gremium, um, day + later * timedelta(days=1))
        for day, (gremium, um, later) in zip(days, cases, strict=True)
    )
    return refused(w.mit(ratskalender=Ratskalender(sittings)), w.eins(SK, "anliegen", "westen"), days, kind)


@gesetz("P-54", "HAMM-4.3.2-II-COLL", "AMB-24", "HAMM-3.1-FRAME")
def konferenzen_weichen_der_politik_aus(w: Welt) -> Urteil:
    """Never while a BV of B(s) sits, by the text; nor any other body, by our reading; half an hour clear of all."""
    text, reading, default = "text HAMM-4.3.2-II-COLL", "auslegung AMB-24", "vorgabe"
    pelkum = "bezirksvertretung/pelkum"
    cases = {
        (pelkum, time(18), 0): {text, reading, default},
        (pelkum, time(19), 0): {default},
        (pelkum, time(19, 29), 0): {default},
        (pelkum, time(19, 30), 0): set(),
        (pelkum, time(14, 31), 0): {default},
        (pelkum, time(14, 30), 0): set(),
        ("bezirksvertretung/uentrop", time(18), 0): {reading, default},
        ("rat/hamm", time(18), 0): {reading, default},
        ("", time(18), 0): {default},
        ("", time(19), 0): set(),
    }
    for case, ist in zip(cases, beside(w, list(cases), KeineUeberschneidung), strict=True):
        yield from gleich(f"{case[0] or 'unknown'} at {case[1]:%H:%M}", ist, cases[case])


@gesetz("P-54", "AMB-24", "HAMM-3.1-FRAME")
def nicht_am_tag_des_rates_und_der_eigenen_bezirksvertretung(w: Welt) -> Urteil:
    """Not on a day of the Rat or of a Bezirksvertretung of B(s), by our reading; others are no matter."""
    reading = {"auslegung AMB-24"}
    cases: dict[tuple[str, time, int], set[str]] = {
        ("rat/hamm", time(9), 0): reading,
        ("rat/hamm", time(9), 1): set(),
        ("bezirksvertretung/uentrop", time(9), 0): set(),
        **{(f"bezirksvertretung/{b}", time(9), 0): reading for b in MEHRERE["westen"]},
    }
    for case, ist in zip(cases, beside(w, list(cases), Sperrtage), strict=True):
        yield from gleich(f"{case[0]}, {case[2]} days later", ist, cases[case])


@gesetz("GAP-15")
def feiertage_und_schulferien(w: Welt) -> Urteil:
    """Nobody meets on a public holiday, no Stadtteilkonferenz in the school holidays; on the planner's word."""
    holiday, vacation = _TAG, _TAG + timedelta(days=7)
    frei = w.mit(
        freitage=Freitage(
            (FreierTag(holiday, holiday, "frei"),),
            (FreierTag(vacation, vacation, "Ferien"),),
            date(2028, 12, 31),
            (2027, 2028),
        )
    )
    for art in (KR, SK, LK, AK):
        for sitzung in [s.id for s in w.sitzungen if s.gremium.art.id == art]:
            soll = [{"vorgabe"}, {"vorgabe"} if art == SK else set()]
            yield from gleich(sitzung, refused(frei, sitzung, [holiday, vacation], Sperrtage), soll)
