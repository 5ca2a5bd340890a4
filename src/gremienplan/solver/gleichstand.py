"""The tie-break: among equally good choices the one that a stated rule names, and the proof that it names only one.

Every day of every event has a weight, 20 bits of a hash of ``salt|event|2027-05-12``. The days with the least sum are
taken; then, on these days, starts, Orte, sittings and presenters in the same way, with the hashes of
``salt|event|2027-05-12T17:00|ort|sitting`` and ``salt|beratung|number|sitz``. After either step the least sum of all
other choices is asked for: where it is no larger, both begin anew with the next salt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial

from attrs import evolve, frozen

from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stand, Stufenwert
from gremienplan.solver.lauf import Lauf, Verdict
from gremienplan.solver.modell import Kosten, Literal, Modell
from gremienplan.solver.nebenher import both
from gremienplan.solver.problem import Kandidat, Zeit
from gremienplan.solver.stufe import Aufgabe, loese

SALZE = 5
"""How many salts are tried before the choice counts as one among several."""

Gleich = Callable[[Modell, Stand], list[Literal]]
"""Returns the literals by which a choice is told from others."""


@frozen
class Gleichstand:
    """The choice by the rule, and whether it is proven to be the only one the rule names."""

    stand: Stand
    kanonisch: bool


@frozen
class _Schritt:
    """What one step of the rule has found; the choice is the last one seen where it was not finished."""

    stand: Stand
    fertig: bool
    einzig: bool = False


def tie_break(
    aufbau: Aufbau, offen: Kandidaten, werte: Sequence[Stufenwert], stand: Stand, lauf: Lauf
) -> Gleichstand:
    """Return the choice the rule names among those that keep the stages at their values.

    On one thread, whatever the stages were searched on: several give the same choice, later.
    """
    lauf = evolve(lauf, workers=1)
    for salz in range(SALZE):
        tage = _step(Aufgabe(aufbau, offen, werte, partial(_tage, salz=salz)), stand, lauf, _same_days)
        stand = tage.stand
        if not tage.fertig:
            break
        if not tage.einzig:
            continue
        left = {e: tuple(k for k in ks if k.tag == stand.wahl[e].tag) for e, ks in offen.items()}
        stunden = Aufgabe(aufbau, left, werte, partial(_stunden, salz=salz), nur_fein=True)
        rest = _step(stunden, stand, lauf, _same)
        stand = rest.stand
        if rest.einzig:
            return Gleichstand(stand, kanonisch=True)
        if not rest.fertig:
            break
    return Gleichstand(stand, kanonisch=False)


def _step(aufgabe: Aufgabe, stand: Stand, lauf: Lauf, same: Gleich) -> _Schritt:
    """Take the least sum of some parts, and ask for the least of all other choices, with preprocessing and without."""
    best = loese(aufgabe, stand, lauf)
    if best.stand is None or best.verdict is not Verdict.OPTIMAL:
        return _Schritt(best.stand or stand, fertig=False)
    found = best.stand

    def differs(m: Modell) -> None:
        m.cp.add_bool_or([x.negated() for x in same(m, found)])

    another, still = evolve(aufgabe, auch=differs), evolve(lauf, melden=None)
    words = both(
        lambda: loese(another, None, still),
        lambda beside: loese(another, found, beside, presolve=False),
        still,
    )
    for other in words:
        if other.stand is not None and other.wert <= best.wert:
            wrong = other.wert < best.wert  # what was called the least is not
            return _Schritt(other.stand if wrong else found, fertig=not wrong)
        if other.verdict is not Verdict.INFEASIBLE and other.schranke <= best.wert:
            return _Schritt(found, fertig=False)
    return _Schritt(found, fertig=True, einzig=True)


def _same_days(m: Modell, stand: Stand) -> list[Literal]:
    """Return the literals that are true of a choice with the same days, and of no other."""
    return [on for e, k in stand.wahl.items() if (on := m.am(e, k.tag)) is not None]


def _same(m: Modell, stand: Stand) -> list[Literal]:
    """Return the literals that are true of the same choice, and of no other."""
    chosen = [
        x for e, ks in m.kandidaten.items() for k, x in zip(ks, m.x[e], strict=True) if k == stand.wahl[e]
    ]
    return chosen + [x for (e, slot, wer), x in m.vortragende.items() if stand.vortrag[e][slot] == wer]


def _tage(m: Modell, salz: int) -> Kosten:
    """Return the days of every event with their weights."""
    terms: Kosten = []
    for e, tage in m.tage.items():
        found = ((tag, m.am(e, tag)) for tag in tage)
        terms += [(on, _hash(salz, e, _tag(m.problem.zeit, tag))) for tag, on in found if on is not None]
    return terms


def _stunden(m: Modell, salz: int) -> Kosten:
    """Return the candidates of every event, and who presents, with their weights."""
    zeit = m.problem.zeit
    terms: Kosten = [
        (x, _hash(salz, e, _moment(zeit, k), k.ort, k.sitzung))
        for e, ks in m.kandidaten.items()
        for k, x in zip(ks, m.x[e], strict=True)
    ]
    presenters: list[tuple[tuple[str, int, str], Literal]] = sorted(
        m.vortragende.items(), key=lambda item: item[0]
    )
    return terms + [(x, _hash(salz, e, str(slot), wer)) for (e, slot, wer), x in presenters]


def _tag(zeit: Zeit, tag: int) -> str:
    return zeit.datum(tag).isoformat()


def _moment(zeit: Zeit, k: Kandidat) -> str:
    return zeit.moment(k.beginn).isoformat(timespec="minutes")


def _hash(salz: int, *label: str) -> int:
    """Return 20 bits of SHA-256: the weight of one part of a plan."""
    digest = hashlib.sha256("|".join((str(salz), *label)).encode()).digest()
    return int.from_bytes(digest[:4]) >> 12
