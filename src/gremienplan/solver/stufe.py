"""One stage, solved: outright where few candidates are left, else days first and hours only where they matter.

Most wishes look at days, and most Sitzungen of a day do not collide. So a large stage is asked of a *coarse* model: all
candidates of a Sitzung on one day are one, which costs what the cheapest of them costs, and collides with nothing. It
allows all that is allowed, and costs no more; its bound is one of the stage. Then, on the days it has chosen, all
candidates are tried as they are. If that costs as little as the coarse model says, nothing is better. If not, those
days are asked for as they are in the coarse model too, and it chooses anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from gremienplan import requirements as req
from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stand, Stufenwert, hint, minimise, read
from gremienplan.solver.lauf import Lauf, Verdict, solve
from gremienplan.solver.modell import Frei, Kosten, Modell
from gremienplan.solver.problem import Kandidat, Problem

GROSS = 3000
"""More candidates than this are asked for by their days first."""
NAH = 3000
"""So many candidates are asked for as they are, beside those on the days the coarse model has chosen."""
RUNDEN = 8
"""How often the coarse model may choose days before all candidates are asked for as they are."""


@frozen
class Aufgabe:
    """What is asked: the least of a cost, among choices of these candidates that keep earlier stages."""

    aufbau: Aufbau
    offen: Kandidaten
    werte: Sequence[Stufenwert]
    teile: Callable[[Modell], Kosten]
    """Returns the cost of a model; none: any choice will do."""
    auch: Callable[[Modell], None] | None = None
    """Adds what else must hold; in a large problem it may only look at days."""
    wert: int | None = None
    """What the choice to begin with costs."""
    nur_fein: bool = False
    """Cost or addition look at hours: all candidates are asked for as they are, however many."""


@frozen
class Fund:
    """What was found: the verdict, value and bound, and the choice if there is one."""

    verdict: Verdict
    wert: int = 0
    schranke: int = 0
    stand: Stand | None = None
    gestoppt: bool = False


def loese(aufgabe: Aufgabe, stand: Stand | None, lauf: Lauf, *, presolve: bool = True) -> Fund:
    """Answer a question; ``stand`` is a choice to begin with."""
    if is_large(aufgabe.offen) and not aufgabe.nur_fein:
        return _grob(aufgabe, stand, lauf, presolve)
    return _fein(aufgabe, aufgabe.offen, stand, lauf, presolve)


def is_large(kandidaten: Kandidaten) -> bool:
    """Tell whether these are asked for by their days first."""
    return sum(map(len, kandidaten.values())) > GROSS


def _fein(aufgabe: Aufgabe, kandidaten: Kandidaten, stand: Stand | None, lauf: Lauf, presolve: bool) -> Fund:
    """Ask it of these candidates as they are."""
    m = aufgabe.aufbau.modell(kandidaten, aufgabe.werte)
    return _ask(m, aufgabe, stand, lauf, presolve)


def _ask(m: Modell, aufgabe: Aufgabe, stand: Stand | None, lauf: Lauf, presolve: bool) -> Fund:
    if terms := aufgabe.teile(m):
        minimise(m, terms)
    if aufgabe.auch is not None:
        aufgabe.auch(m)
    if stand is not None:
        hint(m, stand)
    antwort = solve(m.cp, lauf, presolve=presolve)
    found = read(m, antwort) if antwort.plan else None
    return Fund(antwort.verdict, antwort.wert, antwort.schranke, found, antwort.gestoppt)


def _grob(aufgabe: Aufgabe, stand: Stand | None, lauf: Lauf, presolve: bool) -> Fund:
    """Ask for days first, then for hours on these days, until both agree."""
    weich = frozenset(compressible(aufgabe.aufbau.problem))
    scharf: set[tuple[str, int]] = set()
    best = Fund(Verdict.UNKNOWN)
    if stand is not None and aufgabe.wert is not None:
        best = Fund(Verdict.FEASIBLE, aufgabe.wert, 0, stand)
    schranke = 0
    for _ in range(RUNDEN):
        kandidaten, frei = coarse(aufgabe.offen, weich, scharf)
        m = aufgabe.aufbau.modell(kandidaten, aufgabe.werte, frei)
        grob = _ask(m, aufgabe, best.stand or stand, evolve(lauf, melden=None), presolve)
        if grob.stand is None:
            if grob.verdict is Verdict.INFEASIBLE and best.stand is None:
                return grob
            break
        schranke = max(schranke, grob.schranke)
        if best.stand is not None and best.wert <= schranke:
            break
        tage = {e: k.tag for e, k in grob.stand.wahl.items()}
        here = {e: tuple(k for k in ks if k.tag == tage[e]) for e, ks in aufgabe.offen.items()}
        fein = _fein(aufgabe, here, None, _at_best(lauf, schranke), presolve)
        short = fein.stand is None or fein.wert > schranke
        if short and not scharf and not lauf.gestoppt and (near := _with_cheapest(aufgabe, here)):
            more = _fein(aufgabe, near, fein.stand, _at_best(lauf, schranke), presolve)
            fein = more if _better(more, fein) else fein
        if _better(fein, best):
            best = fein
        if best.stand is not None and best.wert <= schranke:
            break
        neu = {(e, tag) for e, tag in tage.items() if e in weich} - scharf
        if not neu or grob.verdict is not Verdict.OPTIMAL or grob.gestoppt or fein.gestoppt:
            break
        scharf |= neu
    if best.stand is not None and best.wert <= schranke:
        return evolve(best, verdict=Verdict.OPTIMAL, schranke=best.wert)
    if lauf.gestoppt:  # the whole model takes seconds to build, and would find no more
        verdict = Verdict.UNKNOWN if best.stand is None else Verdict.FEASIBLE
        return evolve(best, verdict=verdict, schranke=schranke, gestoppt=True)
    whole = _fein(aufgabe, aufgabe.offen, best.stand or stand, lauf, presolve)
    if _better(best, whole):
        whole = evolve(best, verdict=Verdict.FEASIBLE, schranke=whole.schranke, gestoppt=whole.gestoppt)
    if whole.stand is None:
        return whole
    return evolve(whole, schranke=min(whole.wert, max(whole.schranke, schranke)))


def _better(one: Fund, other: Fund) -> bool:
    """Tell whether a choice was found that costs less than another one, if there is one."""
    return one.stand is not None and (other.stand is None or one.wert < other.wert)


def _with_cheapest(aufgabe: Aufgabe, here: Kandidaten) -> Kandidaten | None:
    """Return these candidates, and those that are the cheapest of all stages together; None where they are many."""
    excess = aufgabe.aufbau.excess(aufgabe.offen)
    near = {e: tuple(k for k in ks if k in here[e] or not excess[e][k]) for e, ks in aufgabe.offen.items()}
    return near if sum(map(len, near.values())) <= NAH else None


def _at_best(lauf: Lauf, schranke: int) -> Lauf:
    """Return how to run where some candidates are left out: what is told of the bound is that of all."""
    melden = lauf.melden
    return lauf if melden is None else evolve(lauf, melden=lambda wert, _: melden(wert, min(wert, schranke)))


def coarse(
    offen: Kandidaten,
    weich: frozenset[str],
    scharf: Collection[tuple[str, int]] = (),
    klasse: Callable[[str, Kandidat], bool] = lambda *_: False,
) -> tuple[Kandidaten, Frei]:
    """Return one candidate for each day (and class) of a Sitzung but the sharp ones, and those it stands for."""
    kandidaten: Kandidaten = {}
    frei: dict[str, Mapping[Kandidat, tuple[Kandidat, ...]]] = {}
    for e, ks in offen.items():
        if e not in weich:
            kandidaten[e] = ks
            continue
        groups: dict[tuple[int, bool], list[Kandidat]] = {}
        for k in ks:
            groups.setdefault((k.tag, klasse(e, k)), []).append(k)
        found: list[Kandidat] = []
        of: dict[Kandidat, tuple[Kandidat, ...]] = {}
        for (tag, _), same in groups.items():
            if (e, tag) in scharf:
                found += same
            else:
                soonest = min(same, key=lambda k: k.ende)
                found.append(soonest)
                of[soonest] = tuple(same)
        kandidaten[e], frei[e] = tuple(found), of
    return kandidaten, frei


_KINDS = (
    req.Stattfinden
    | req.Angesetzt
    | req.Fenster
    | req.Fest
    | req.Raumgroesse
    | req.Wochentage
    | req.Tageszeit
    | req.Sperrtage
    | req.KeineUeberschneidung
    | req.Reihenfolge
    | req.Hoechstabstand
    | req.Mindestabstand
    | req.Anzahl
    | req.OrtFrei
    | req.Verfuegbar
    | req.Wegezeit
    | req.EineVon
    | req.Gewohnt
    | req.Meiden
    | req.Abstandswunsch
    | req.Vorher
    | req.Danach
    | req.Verteilt
    | req.Abendlast
    | req.Selbst
)
"""Kinds that look at days, or at hours by collisions and evenings, or at one candidate alone."""


def compressible(problem: Problem) -> Iterator[str]:
    """Yield the Sitzungen of which one candidate may stand for all of a day: no other kind looks at them."""
    other = {
        e
        for band in (*problem.requirements, *problem.preferences)
        if not isinstance(band, _KINDS)
        for e in _events(band, problem)
    }
    for e, ereignis in problem.ereignisse.items():
        if ereignis.raster and e not in other and e not in problem.fakten:
            yield e


def _events(band: object, problem: Problem) -> Iterable[str]:
    """Return the events a requirement or preference names; all where it names none."""
    if hasattr(band, "ereignisse"):
        return tuple(band.ereignisse)
    return (band.ereignis,) if hasattr(band, "ereignis") else problem.ereignisse
