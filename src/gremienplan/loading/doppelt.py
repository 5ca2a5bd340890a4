"""Two rules that claim the same on one day: on which of them an invitation rests, nobody could say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product

from gremienplan.loading.grenzen import Ort, Stelle
from gremienplan.loading.gueltigkeit import Gueltigkeit, both_hold
from gremienplan.loading.shapes import join
from gremienplan.rules import Regel
from gremienplan.texts import Text


def check_doppelt(regeln: Sequence[Regel], orte: Mapping[Stelle, Ort]) -> None:
    """Report rules of one file that name one Rolle for the same Gremium, Anlass, Gebiet and day.

    ``orte`` says where each rule stands; a rule it does not name is none of ours. What a project says in a table
    (``Gremium = Rollen``) fills what the rules leave open, and may say it again.
    """
    for erste, zweite in combinations(regeln, 2):
        rollen = gemeinsam(erste, zweite)
        if not rollen:
            continue
        beide = tage_von(erste).gemeinsam(tage_von(zweite))
        dort, hier = (ort_von(regel, orte) for regel in (erste, zweite))
        if beide and dort and hier and "[" in hier.pfad:
            hinweis = Text(
                "Take it out of one of them, or limit them with anlass, nur, gueltig_ab and gueltig_bis."
            )
            meldung = both_hold(dort.pfad, beide)
            hier.datei.problem(join(hier.pfad, "rollen"), meldung, ", ".join(rollen), hinweis)


def warn_doppelt(
    regeln: Sequence[Regel], orte: Mapping[Stelle, Ort], eigene: Sequence[Regel], hier: Mapping[Stelle, Ort]
) -> None:
    """Say which rules of a project say again what its city says.

    It may: its own list stays whole when that of the city grows. The Sitz is there once, on the word of both.
    """
    for erste, zweite in product(regeln, eigene):
        rollen = gemeinsam(erste, zweite)
        if not rollen:
            continue
        beide = tage_von(erste).gemeinsam(tage_von(zweite))
        dort, da = ort_von(erste, orte), ort_von(zweite, hier)
        if beide and dort and da and "[" in da.pfad:
            meldung = Text(
                "{hier} says again what {dort} says already, of: {rollen}. It counts once.",
                hier=f"{da.datei.name}: {da.pfad}",
                dort=f"{dort.datei.name}: {dort.pfad}",
                rollen=rollen,
            )
            da.datei.befund.warnungen.append(meldung)


def gemeinsam(erste: Regel, zweite: Regel) -> tuple[str, ...]:
    """Return the Rollen that two rules both name for the same Sitzung, whatever the day."""
    gleich = (erste.art, erste.gremium) == (zweite.art, zweite.gremium)
    if erste.id == zweite.id or not gleich or not _meet(erste, zweite):
        return ()
    return tuple(rolle for rolle in erste.rollen if rolle in zweite.rollen)


def ort_von(regel: Regel, orte: Mapping[Stelle, Ort]) -> Ort | None:
    """Return where a rule stands; None if it is none of ours."""
    return orte.get((regel.id, regel.gueltig_ab))


def _meet(erste: Regel, zweite: Regel) -> bool:
    """Tell whether two rules may be about the same Sitzung of the same Gremium."""
    return all(
        a is None or b is None or not set(a).isdisjoint(b)
        for a, b in ((erste.anlass, zweite.anlass), (erste.nur, zweite.nur))
    )


def tage_von(regel: Regel) -> Gueltigkeit:
    """Return on which days a rule holds."""
    return Gueltigkeit(regel.gueltig_ab, regel.gueltig_bis)
