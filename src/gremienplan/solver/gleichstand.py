"""The tie-break: among equally good choices the one that a stated rule names, and the proof that it names only one.

Every day of every event has a weight, 20 bits of a hash of ``salt|event|2027-05-12``. The days with the least sum are
taken; then, on these days, starts, Orte, sittings and presenters in the same way, with the hashes of
``salt|event|2027-05-12T17:00|ort|sitting`` and ``salt|beratung|number|sitz``. After either step another choice of no
larger sum is asked for: if there is one, both begin anew with the next salt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from attrs import frozen

from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stand, Stufenwert, hint, minimise, read
from gremienplan.solver.lauf import Lauf, Verdict, solve
from gremienplan.solver.modell import Kosten, Literal, Modell
from gremienplan.solver.problem import Kandidat, Zeit

SALZE = 5
"""How many salts are tried before the choice counts as one among several."""

Teile = Callable[[Modell, int], Kosten]
"""Returns the weighed parts of a choice for a salt."""


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
    """Return the choice the rule names among those that keep the stages at their values."""
    for salz in range(SALZE):
        tage = _step(aufbau, offen, werte, stand, lauf, _tage, salz)
        stand = tage.stand
        if not tage.fertig:
            break
        if not tage.einzig:
            continue
        left = {e: tuple(k for k in ks if k.tag == stand.wahl[e].tag) for e, ks in offen.items()}
        rest = _step(aufbau, left, werte, stand, lauf, _stunden, salz)
        stand = rest.stand
        if rest.einzig:
            return Gleichstand(stand, kanonisch=True)
        if not rest.fertig:
            break
    return Gleichstand(stand, kanonisch=False)


def _step(
    aufbau: Aufbau,
    offen: Kandidaten,
    werte: Sequence[Stufenwert],
    stand: Stand,
    lauf: Lauf,
    teile: Teile,
    salz: int,
) -> _Schritt:
    """Take the least sum of these parts, and ask whether another choice of them has it."""
    m = aufbau.modell(offen, werte)
    terms = teile(m, salz)
    minimise(m, terms)
    hint(m, stand)
    antwort = solve(m.cp, lauf)
    if not antwort.plan:
        return _Schritt(stand, fertig=False)
    found = read(m, antwort)
    if antwort.verdict is not Verdict.OPTIMAL:
        return _Schritt(found, fertig=False)
    chosen = [x for x, _ in terms if antwort.solver.boolean_value(x)]
    m.cp.add(sum(weight * x for x, weight in terms) <= antwort.wert)
    m.cp.add_bool_or([x.negated() for x in chosen])
    verdict = _confirmed(m, lauf)
    return _Schritt(found, fertig=verdict is not Verdict.UNKNOWN, einzig=verdict is Verdict.INFEASIBLE)


def _confirmed(m: Modell, lauf: Lauf) -> Verdict:
    """Return the verdict; "impossible" only when it is said with preprocessing and without."""
    first = solve(m.cp, lauf).verdict
    if first is not Verdict.INFEASIBLE:
        return first
    second = solve(m.cp, lauf, presolve=False).verdict
    return Verdict.INFEASIBLE if second is Verdict.INFEASIBLE else Verdict.UNKNOWN


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
