"""What paper and letters call moved: only what somebody was told of otherwise before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gremienplan.plan import Plan, Termin, since_binding
from gremienplan.publishing.ereignistext import former_start
from gremienplan.release import ALLE, Fassung, Release, Veroeffentlicht

Erzaehlt = Mapping[tuple[str, str], tuple[Veroeffentlicht, Fassung]]
"""Id of a Sitzung and of its Gremium -> what the offices were told of it."""


def told(release: Release, jahr: int) -> Erzaehlt:
    """Return what the offices still read of the Sitzungen of a year, cancelled ones included."""
    return {(v.kennung, v.gremium): (v, f) for v, f in release.told(ALLE) if v.jahr == jahr}


def moved_from(plan: Plan, release: Release | None, termin: Termin) -> datetime | None:
    """Return from when a Sitzung was moved, for those who were told of it; None if it was not.

    That is what they were told before, or read still. Without a record it is what was moved since the plan is
    binding: of a draft nobody was told.
    """
    if release is None:
        return former_start(since_binding(plan), termin.sitzung, termin.beginn)
    _, fassung = told(release, plan.jahr).get((termin.sitzung, termin.gremium), (None, None))
    if fassung is None or fassung.abgesagt:
        return None
    return fassung.bisher if fassung.gesicht.beginn == termin.beginn else fassung.gesicht.beginn
