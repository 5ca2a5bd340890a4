"""What is held on demand, what stands on every agenda, and what has to be done around a Sitzung."""

from __future__ import annotations

from tests.spec.gesetze.register import gesetz
from tests.spec.gesetze.welt import AK, BM, BV, KR, LK, SK, SKO, Urteil, Welt, gleich, wort


def _on_demand(w: Welt, anlass: str) -> list[tuple[str, tuple[str, ...], str]]:
    found = [s for s in w.projekt.programm.sitzungen if s.bei_bedarf and anlass in s.anlass]
    return [(s.gremium, s.anlass, wort(s.grundlage)) for s in found]


@gesetz("HAMM-4.2-3-BETF", "HAMM-4.1-3-TOP", "HAMM-4.2-3-INFO")
def bei_bedarf_tagt_die_koordinierungsrunde(w: Welt) -> Urteil:
    """On demand: a Koordinierungsrunde on another format, on a new one, on what is going on."""
    topic = "vorbereitung-beteiligungsformat"
    format_ = (KR, (topic,), "text HAMM-4.2-3-BETF")
    yield from gleich("formats", _on_demand(w, topic), [format_, format_])
    yield from gleich("the rest", _on_demand(w, "regulaer"), [(KR, ("regulaer",), "text HAMM-4.1-3-TOP")])


@gesetz("P-49", "HAMM-4.3-0-NEWF", "AMB-37", "GAP-06")
def neue_formate_hoert_die_bezirksvertretung(w: Welt) -> Urteil:
    """A new format is presented by the SKo to every Bezirksvertretung of B(s), after it was prepared."""
    programm = w.projekt.programm
    items = [b for b in programm.beratungen if wort(b.grundlage) == "text HAMM-4.3-0-NEWF"]
    found = [(b.gremium, b.vortrag, b.kenntnis, b.ueberall) for b in items]
    yield from gleich("item", found, [(BV, (SKO,), (BM,), False)])
    for b in items:
        entry = next((s for s in programm.sitzungen if s.id == b.zu), None)
        new = entry is not None and entry.bei_bedarf and "neues" in entry.id
        yield from gleich("it belongs to the preparation", new, True)
        orders = [
            (x.erst, wort(x.grundlage))
            for x in programm.bedingungen
            if getattr(x, "dann", "") == b.id and hasattr(x, "erst")
        ]
        yield from gleich("order", orders, [(b.zu, "vorgabe")])


@gesetz("HAMM-5.1-RUN")
def vom_laufenden_plan_wird_bei_bedarf_berichtet(w: Welt) -> Urteil:
    """On demand the SKo reports in the Bezirksvertretung on the running plan, after its mid-year review."""
    programm = w.projekt.programm
    topics = {s.id: s.anlass for s in programm.sitzungen}
    found = [
        (b.gremium, b.vortrag, b.kenntnis, b.bei_bedarf, topics.get(b.zu))
        for b in programm.beratungen
        if wort(b.grundlage) == "text HAMM-5.1-RUN"
    ]
    yield from gleich("item", found, [(BV, (SKO,), (BM,), True, ("halbjahrespruefung",))])


@gesetz("HAMM-4.3.2-II-HOST", "HAMM-4.3.2-III-BMI", "HAMM-5.2-BMI", "HAMM-GLO-SKO-FOR")
def auf_jeder_konferenz(w: Welt) -> Urteil:
    """Whoever invites opens and leads a Stadtteilkonferenz; SKo and BMs lead every other format; BMs tell of their BV.

    An item that names nobody is presented by those who invite.
    """
    found = [(wort(t.grundlage), t.gremium, t.vortrag, t.zu) for t in w.projekt.programm.tagesordnung]
    topic = "vorbereitung-beteiligungsformat"
    formats = tuple(s.id for s in w.projekt.programm.sitzungen if topic in s.anlass)
    soll = [
        ("text HAMM-4.3.2-II-HOST", (SK,), (), ()),
        ("text HAMM-4.3.2-III-BMI", (SK,), (BM,), ()),
        ("text HAMM-GLO-SKO-FOR", (SK,), (), ()),
        ("text HAMM-GLO-SKO-FOR", (), (SKO, BM), formats),
    ]
    yield from gleich("agenda", found, soll)


AUFGABEN = {
    "HAMM-4.3.2-II-COLL": ((SK,), (), SKO, ("buergeramtsleitung",), "an", -42),
    "HAMM-4.2-4-SKINV": ((SK,), (), SKO, (), "sitzung", -28),
    "HAMM-4.2-4-STRUKT": ((KR,), (), SKO, (), "sitzung", -14),
    "HAMM-4.3.2-III-COLL": ((SK,), (), SKO, (KR,), "sitzung", 14),
    "HAMM-4.3.1-B-EVAL": ((), ("evaluation",), SKO, (LK,), "sitzung", 7),
    "HAMM-4.3.1-GBD": ((), ("gesamtbericht",), None, (BV,), "sitzung", 14),
    "": ((LK, AK), (), None, (), "sitzung", -21),
}
"""Passage -> Gremien, topics, who, for whom, one for each, and the days after the Sitzung (before: negative)."""


@gesetz(*filter(None, AUFGABEN), "HAMM-4.3.3-GBD", "P-58", "P-59", "GAP-01", "AMB-25", "AMB-36", "AMB-33")
def aufgaben_um_die_sitzungen(w: Welt) -> Urteil:
    """Coordinate, invite, pass on, send: what, for which Sitzungen, by whom, to whom; the days are the planner's."""
    programm = w.projekt.programm
    topics = {s.id: s.anlass for s in programm.sitzungen}
    found = {}
    for a in programm.aufgaben:
        days = (a.nachher.tage if a.nachher else 0) - (a.vorher.tage if a.vorher else 0)
        zu = tuple(t for x in a.zu for t in topics.get(x, ()))
        found[a.grundlage.id] = (a.gremium, zu, a.zustaendig, a.an, a.je.value, days)
        words = {wort(x.grundlage) for x in (a.vorher, a.nachher) if x}
        yield from gleich(f"{a.id}: days on", words, {"vorgabe"})
        lists = ("leitungen", "fachausschuesse") if a.grundlage.id == "HAMM-4.3.1-GBD" else ()
        yield from gleich(f"{a.id}: lists", a.verteiler, lists)
    for stelle in {*AUFGABEN, *found}:
        yield from gleich(stelle or "vorgabe", found.get(stelle), AUFGABEN.get(stelle))
