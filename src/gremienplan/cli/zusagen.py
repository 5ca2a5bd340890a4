"""What is to be said where a change of a plan voids agreements on its dates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gremienplan.cli.ausgabe import say
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Plan


def say_void(before: Plan | None, kept: Plan, path: Path) -> bool:
    """Say which agreements no longer hold since their dates were moved; return whether there are any."""
    from gremienplan.abstimmung import hinfaellig
    from gremienplan.loading.abstimmung import ABSTIMMUNG, read_abstimmung

    there = {termin.sitzung for termin in kept.termine}
    found = hinfaellig(before, kept, read_abstimmung(path.with_name(ABSTIMMUNG))) if before else ()
    # what is cancelled needs no agreement any more
    void = [aussage for aussage in found if aussage.sitzung in there]
    if void:
        meldung = Text(
            "Agreements that no longer hold, because their dates were moved: {anzahl}. Ask anew: {command}",
            anzahl=len(void),
            command=f"gremienplan coordinate --jahr {kept.jahr}",
        )
        say(meldung)
    return bool(void)
