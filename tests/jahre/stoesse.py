"""Shocks for a planned year: a sitting moved, cancelled or vanished, an office away or a venue closed for a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from random import Random

from attrs import evolve, frozen

from gremienplan.plan import Plan
from gremienplan.projekt import Besetzt, Projekt
from gremienplan.ratskalender import Ratssitzung
from gremienplan.stadt import RollenArt
from tests.jahre.ziehen import BV, TAG

ARTEN = ("bv-verlegt", "bv-abgesagt", "bv-verschwunden", "sitz-abwesend", "ort-geschlossen")
"""Kinds of shock."""
STANDE = (datetime(2027, 1, 11), datetime(2027, 3, 1), datetime(2027, 5, 3), datetime(2027, 8, 2))
"""Moments at which the planner learns of it."""


@frozen
class Stoss:
    """What has happened, and when it is known."""

    art: str
    projekt: Projekt
    stand: datetime
    was: str


def stosse(seed: int, projekt: Projekt, plan: Plan) -> Stoss:
    """Return the shock of a seed: it strikes something that is still to come, and that the plan uses."""
    rng = Random(f"stoss/{seed}")
    stand, art = rng.choice(STANDE), ARTEN[seed % len(ARTEN)]
    later = [lage for lagen in plan.lagen.values() for lage in lagen if lage.tag > stand.date()]
    if art.startswith("bv"):
        used = {lage.sitzung for lage in later if lage.sitzung}
        heard = [s for s in projekt.ratskalender.sitzungen if s.key in used and _art(s) == BV]
        one = rng.choice(heard)
        return Stoss(art, _with(projekt, _struck(rng, art, projekt, one)), stand, f"{one.name} {one.tag}")
    met = rng.choice([lage for lage in later if lage.ort])
    wer = met.ort if art == "ort-geschlossen" else rng.choice(_invited(projekt, plan, met.ereignis))
    first = met.tag - rng.randint(0, 29) * TAG
    away = Besetzt(wer, _midnight(first), _midnight(first + 30 * TAG), art)
    return Stoss(art, evolve(projekt, besetzt=(*projekt.besetzt, away)), stand, f"{wer} {first}")


def _struck(rng: Random, art: str, projekt: Projekt, one: Ratssitzung) -> Sequence[Ratssitzung]:
    others = [s for s in projekt.ratskalender.sitzungen if s is not one]
    if art == "bv-abgesagt":
        return others
    if art == "bv-verschwunden":
        return [*others, evolve(one, verschwunden=True)]
    by = rng.choice([-21, -14, -7, -1, 1, 7, 14, 21]) * TAG
    return [*others, evolve(one, beginn=one.beginn + by, ende=one.ende + by)]


def _art(sitzung: Ratssitzung) -> str:
    return (sitzung.gremium or "").partition("/")[0]


def _with(projekt: Projekt, sitzungen: Sequence[Ratssitzung]) -> Projekt:
    ordered = tuple(sorted(sitzungen, key=lambda s: (s.beginn, s.key)))
    return evolve(projekt, ratskalender=evolve(projekt.ratskalender, sitzungen=ordered))


def _invited(projekt: Projekt, plan: Plan, sitzung: str) -> list[str]:
    """Return the offices a plan invited to a Sitzung."""
    assert plan.beleg is not None
    found = {s for sitze in plan.beleg.einladungen[sitzung].values() for s in sitze}
    return sorted(s for s in found if projekt.stadt.alle_sitze[s].rolle.art is RollenArt.AMT)


def _midnight(tag: date) -> datetime:
    return datetime.combine(tag, datetime.min.time())
