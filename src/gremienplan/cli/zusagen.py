"""What a change of a plan does to agreements on its dates: the state that follows, and what is to be said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gremienplan.cli.ausgabe import say
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Plan, Zustand
    from gremienplan.projekt import Projekt


def state_after(projekt: Projekt, before: Plan, neu: Plan, stand: datetime, path: Path) -> Zustand:
    """Return the state of a plan that was changed: one that was coordinated is a draft where agreements are missing.

    Only ``coordinate`` makes a plan coordinated, for it audits before. ``path`` is that of the plan.
    """
    from gremienplan.abstimmung import fehlende
    from gremienplan.loading.abstimmung import ABSTIMMUNG, read_abstimmung
    from gremienplan.plan import Zustand

    if before.zustand is not Zustand.COORDINATED:
        return before.zustand
    missing = fehlende(projekt, neu, read_abstimmung(path.with_name(ABSTIMMUNG)), ab=stand)
    return Zustand.DRAFT if missing else before.zustand


def say_void(before: Plan | None, kept: Plan, path: Path) -> bool:
    """Say which agreements no longer hold since their dates were moved; return whether there are any."""
    from gremienplan.abstimmung import hinfaellig
    from gremienplan.loading.abstimmung import ABSTIMMUNG, read_abstimmung

    void = hinfaellig(before, kept, read_abstimmung(path.with_name(ABSTIMMUNG))) if before else ()
    if void:
        meldung = Text(
            "Agreements that no longer hold, because their dates were moved: {anzahl}. Ask anew: {command}",
            anzahl=len(void),
            command=f"gremienplan coordinate --jahr {kept.jahr}",
        )
        say(meldung)
    return bool(void)
