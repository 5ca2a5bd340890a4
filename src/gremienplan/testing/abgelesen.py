"""What a year asks for, read off a plan that keeps it: windows, orders, gaps, counts, hours, days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise, permutations

from attrs import evolve
from hypothesis import strategies as st

from gremienplan.auditing import audit
from gremienplan.jahr import build
from gremienplan.plan import Plan
from gremienplan.programm import MonatTag, Programm, Schranke, Sitzungseintrag, Zeitraum, bedingungen as bed
from gremienplan.programm.bedingungen import Bedingung
from gremienplan.projekt import Projekt
from gremienplan.requirements import Reihenfolge
from gremienplan.stadt import Klasse
from gremienplan.testing.regeln import KATALOG, VORGABE, grundlagen

_TAG = timedelta(days=1)


@st.composite
def windows(draw: st.DrawFn, projekt: Projekt, plan: Plan) -> Programm:
    """Draw the programme with the windows the plan uses: from its first day to its last, and up to three more."""

    def narrow(eintrag: Sitzungseintrag) -> Sitzungseintrag:
        days = [t.beginn.date() for t in plan.termine if t.sitzung.partition("/")[0] == eintrag.id]
        if not days:
            return eintrag
        first, last = date(plan.jahr, 1, 1), date(plan.jahr, 12, 31)
        von = max(min(days) - draw(st.integers(0, 3)) * _TAG, first)
        bis = min(max(days) + draw(st.integers(0, 3)) * _TAG, last)
        wort = draw(grundlagen(KATALOG))
        if draw(st.booleans()):
            return evolve(eintrag, fenster=Zeitraum(_monat_tag(von), _monat_tag(bis), wort))
        return evolve(
            eintrag, fruehestens=Schranke(_monat_tag(von), wort), spaetestens=Schranke(_monat_tag(bis), wort)
        )

    programm = projekt.programm
    return evolve(programm, sitzungen=tuple(narrow(eintrag) for eintrag in programm.sitzungen))


def _monat_tag(tag: date) -> MonatTag:
    return MonatTag(tag.month, tag.day)


@st.composite
def read_off(draw: st.DrawFn, projekt: Projekt, plan: Plan) -> Projekt:
    """Draw the project with some of the tightest conditions the plan keeps, each on any word."""
    events = [
        *(s.id for s in projekt.programm.sitzungen),
        *(b.id for b in projekt.programm.beratungen),
    ]
    pairs = list(permutations(events, 2))
    rows = draw(st.lists(st.integers(0, len(pairs) - 1), max_size=3, unique=True)) if pairs else []
    candidates = [c for row in rows for c in _order(projekt, plan, f"folge-{row}", *pairs[row])]
    kinds = list(_of_gremien(projekt, plan))
    number = st.integers(0, len(kinds) - 1)
    chosen = draw(st.lists(number, min_size=min(2, len(kinds)), max_size=6, unique=True))
    candidates += [kinds[n] for n in chosen]
    for candidate in candidates:
        condition = evolve(candidate, grundlage=draw(grundlagen(KATALOG)))
        more = _with(projekt, condition)
        if audit(more, plan).ok:
            projekt = more
    return projekt


def _with(projekt: Projekt, condition: Bedingung) -> Projekt:
    programm = projekt.programm
    return evolve(projekt, programm=evolve(programm, bedingungen=(*programm.bedingungen, condition)))


def _order(projekt: Projekt, plan: Plan, kennung: str, erst: str, dann: str) -> Iterator[Bedingung]:
    """Yield the order of two entries with the least and the greatest distance the plan has, if it has one."""
    probe = bed.Reihenfolge(kennung, erst, dann, VORGABE)
    gaps = [
        (plan.lagen[r.dann][0].tag - plan.lagen[r.erst][0].tag).days
        for r in build(_with(projekt, probe), plan.jahr).requirements
        if isinstance(r, Reihenfolge) and r.id.startswith(kennung)
    ]
    if gaps and min(gaps) >= 0:
        least, most = bed.Tage(min(gaps), VORGABE), bed.Tage(max(gaps), VORGABE)
        yield evolve(probe, abstand=least, hoechstens=most, am_selben_tag=min(gaps) == 0)


def _of_gremien(projekt: Projekt, plan: Plan) -> Iterator[Bedingung]:
    """Yield conditions on each Gremienart that has a Termin; what an audit does not confirm is not kept."""
    for art in projekt.stadt.gremienarten:
        termine = [t for t in plan.termine if t.gremium.partition("/")[0] == art]
        if not termine:
            continue
        days: dict[str, list[date]] = {}
        for t in sorted(termine, key=lambda t: t.beginn):
            days.setdefault(t.gremium, []).append(t.beginn.date())
        gaps = [(b - a).days for dates in days.values() for a, b in pairwise(dates)]
        if gaps:
            yield bed.Mindestabstand(f"{art}-abstand", (art,), min(gaps), VORGABE)
        counts = [len(dates) for dates in days.values()]
        every = len(counts) == sum(g.art.id == art for g in projekt.stadt.gremien.values())
        yield bed.Anzahl(f"{art}-anzahl", (art,), VORGABE, min(counts) if every else None, max(counts))
        von, bis = min(t.beginn.time() for t in termine), max(t.ende.time() for t in termine)
        yield bed.Tageszeit(f"{art}-zeit", (art,), von, bis, VORGABE)
        weekdays = tuple(sorted({t.beginn.weekday() for t in termine}))
        yield bed.Wochentage(f"{art}-tage", (art,), weekdays, VORGABE)
        yield bed.KeineFeiertage(f"{art}-feiertage", (art,), VORGABE)
        yield bed.KeineSchulferien(f"{art}-ferien", (art,), VORGABE)
        yield bed.KeineUeberschneidung(f"{art}-politik", (art,), VORGABE, puffer=bed.Minuten(60, VORGABE))
        mit = tuple(a.id for a in projekt.stadt.gremienarten.values() if a.klasse is Klasse.POLITISCH)
        if mit:
            yield bed.NichtAmTag(f"{art}-sitzungstage", (art,), VORGABE, mit)
    yield bed.Wegezeit("wegezeit", 60, VORGABE)
