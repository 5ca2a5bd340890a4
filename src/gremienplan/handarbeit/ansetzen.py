"""A date for what has none, and a Sitzung more than the programme asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from attrs import evolve

from gremienplan.handarbeit.pruefen import judged, wrong
from gremienplan.handarbeit.stellen import event, heard, last_seen, moment, termin, with_date
from gremienplan.handarbeit.werte import Handgriff
from gremienplan.jahr import build
from gremienplan.plan import Plan, as_planned
from gremienplan.programm import Beratung, Sitzung, Zusatzsitzung
from gremienplan.projekt import Projekt
from gremienplan.requirements import Angesetzt
from gremienplan.stadt import Gremium, Klasse
from gremienplan.texts import Text

ZUSATZ = "zusatz"
"""Stands in the id of a Sitzung that was added, between its Gremienart and its number."""


def add(
    projekt: Projekt, plan: Plan, ereignis: str, wann: date, *, ort: str | None = None, stand: datetime
) -> Handgriff:
    """Give a date to a Sitzung or Beratung that has none: one that is open or was cancelled, and is itself again.

    Without an hour it is the one it had, or the usual one of its Gremium; without an Ort the one it had, or the
    first that is free. Raises InputError where it has a date, or no hour is known.
    """
    neu = evolve(plan, zusaetzlich=_on_again(plan.zusaetzlich, ereignis))
    one = event(projekt, neu, ereignis)
    if plan.lagen.get(ereignis):
        hint = Text("Move it: {command}", command=f"gremienplan move {ereignis} … --jahr {plan.jahr}")
        raise wrong("SITZUNG", Text("It has a date already."), ereignis, hint)
    before = last_seen(plan, ereignis)
    if isinstance(one, Beratung):
        if ort is not None:
            raise wrong(
                "ORT", Text("An item has no place of its own: it is heard where its sitting is."), ort
            )
        vortrag = before.vortrag if before else _first(projekt, plan, one)
        return judged(projekt, plan, with_date(neu, heard(projekt, one, wann, vortrag)), (ereignis,), stand)
    usual = one.gremium.gewohnt.beginn if one.gremium.gewohnt else None
    beginn = moment(wann, before.bisher.time() if before else usual)
    if beginn is None:
        raise wrong("TIME", Text("The time is missing: this Gremium has no usual one."), ereignis)
    if ort is None and before and before.ort in {o.id for o in one.orte}:
        ort = before.ort
    return _best(
        judged(projekt, plan, one_way, (ereignis,), stand) for one_way in _ways(neu, one, beginn, ort)
    )


def add_extra(
    projekt: Projekt,
    plan: Plan,
    gremium: str,
    anlass: Sequence[str],
    wann: date,
    *,
    ort: str | None = None,
    wie: str | None = None,
    stand: datetime,
) -> Handgriff:
    """Add a Sitzung of a Gremium on one or more topics, which the programme does not ask for.

    Who is invited follows from its topics. ``wie`` is the entry of the programme it is like: what must come before
    that one, must come before this one too; None: an entry of this Gremium with one of its topics, that which fits
    best where there are several; empty: none. Hour and Ort as in :func:`add`. Raises InputError for an unknown
    Gremium, topic or entry, and for a political body, whose sittings stand in the council calendar.
    """
    body = _body(projekt, gremium)
    _check_topics(projekt, anlass)
    beginn = moment(wann, body.gewohnt.beginn if body.gewohnt else None)
    if beginn is None:
        raise wrong("TIME", Text("The time is missing: this Gremium has no usual one."), gremium)
    number = 1 + max((_number(z) for z in plan.zusaetzlich if z.gremium == body.id), default=0)
    kennung = f"{body.art.id}-{ZUSATZ}-{number}/{body.gebiet.id}"

    def tried() -> Iterable[Handgriff]:
        for like in _like(projekt, body, anlass, wie):
            more = Zusatzsitzung(kennung, body.id, tuple(anlass), like)
            neu = evolve(plan, zusaetzlich=(*plan.zusaetzlich, more))
            one = event(projekt, neu, kennung)
            assert isinstance(one, Sitzung)
            for one_way in _ways(neu, one, beginn, ort):
                yield judged(projekt, plan, one_way, (kennung,), stand)

    return _best(tried())


def _on_again(zusatz: Iterable[Zusatzsitzung], sitzung: str) -> tuple[Zusatzsitzung, ...]:
    return tuple(evolve(z, abgesagt=False) if z.sitzung == sitzung else z for z in zusatz)


def _ways(plan: Plan, sitzung: Sitzung, beginn: datetime, ort: str | None) -> Iterable[Plan]:
    """Yield the plan with the Sitzung in the Ort that is named, else in each of its own."""
    orte = [ort] if ort is not None else [o.id for o in sitzung.orte] or [""]
    return (with_date(plan, termin(sitzung, beginn, one)) for one in orte)


def _best(tried: Iterable[Handgriff]) -> Handgriff:
    """Return the first that may be kept, else the one that breaks least."""
    least: Handgriff | None = None
    for one in tried:
        if one.ok:
            return one
        if least is None or len(one.befunde) < len(least.befunde):
            least = one
    assert least is not None
    return least


def _first(projekt: Projekt, plan: Plan, beratung: Beratung) -> tuple[str, ...]:
    """Return who presents an item where nobody stands in for anybody."""
    year = build(as_planned(projekt, plan), plan.jahr)
    asked = [r for r in year.requirements if isinstance(r, Angesetzt) and r.ereignis == beratung.id]
    return tuple(wahl[0] for wahl in asked[0].vortrag) if asked else ()


def _body(projekt: Projekt, gremium: str) -> Gremium:
    found = projekt.stadt.alle_gremien.get(gremium)
    if found is None:
        raise wrong("GREMIUM", Text("There is no such Gremium."), gremium)
    if found.art.klasse is Klasse.POLITISCH:
        meldung = Text("This is a political body: its sittings stand in the council calendar.")
        raise wrong("GREMIUM", meldung, gremium)
    return found


def _check_topics(projekt: Projekt, anlass: Sequence[str]) -> None:
    known = tuple(projekt.programm.anlaesse)
    hint = Text("One of: {names}", names=known)
    if not anlass:
        raise wrong("--anlass", Text("What it is about is missing: who is invited depends on it."), "", hint)
    for one in anlass:
        if one not in known:
            raise wrong("--anlass", Text("The programme has no such topic."), one, hint)


def _number(z: Zusatzsitzung) -> int:
    number = z.eintrag.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _like(projekt: Projekt, gremium: Gremium, anlass: Sequence[str], wie: str | None) -> tuple[str, ...]:
    """Return the entries a Sitzung may be like."""
    own = [e for e in projekt.programm.sitzungen if e.gremium in (gremium.art.id, gremium.id)]
    if wie is None:
        return tuple(e.id for e in own if set(e.anlass) & set(anlass)) or ("",)
    if wie and wie not in {e.id for e in own}:
        hint = Text("One of: {names}", names=tuple(e.id for e in own) or "–")
        raise wrong("--wie", Text("The programme has no such entry for this Gremium."), wie, hint)
    return (wie,)
