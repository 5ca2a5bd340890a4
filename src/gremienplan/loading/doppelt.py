"""Two rules that claim the same on one day: on which of them an invitation rests, nobody could say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from gremienplan.loading.grenzen import Ort, Stelle
from gremienplan.loading.gueltigkeit import Gueltigkeit, both_hold
from gremienplan.loading.shapes import join
from gremienplan.rules import Regel
from gremienplan.texts import Text


def check_doppelt(regeln: Sequence[Regel], orte: Mapping[Stelle, Ort]) -> None:
    """Report rules of a city and its project that name one Rolle for the same Gremium, Anlass, Gebiet and day.

    ``orte`` says where each rule stands; a rule it does not name is none of ours. What a project says in a table
    (``Gremium = Rollen``) fills what the rules leave open, and may say it again.
    """
    for erste, zweite in combinations(regeln, 2):
        beide = _tage(erste).gemeinsam(_tage(zweite))
        gleich = (erste.art, erste.gremium) == (zweite.art, zweite.gremium)
        if erste.id == zweite.id or beide is None or not gleich or not _meet(erste, zweite):
            continue
        rollen = [rolle for rolle in erste.rollen if rolle in zweite.rollen]
        dort, hier = (orte.get((regel.id, regel.gueltig_ab)) for regel in (erste, zweite))
        if rollen and dort and hier and "[" in hier.pfad:
            name = dort.pfad if dort.datei is hier.datei else f"{dort.datei.name}: {dort.pfad}"
            hinweis = Text(
                "Take it out of one of them, or limit them with anlass, nur, gueltig_ab and gueltig_bis."
            )
            hier.datei.problem(join(hier.pfad, "rollen"), both_hold(name, beide), ", ".join(rollen), hinweis)


def _meet(erste: Regel, zweite: Regel) -> bool:
    """Tell whether two rules may be about the same Sitzung of the same Gremium."""
    return all(
        a is None or b is None or not set(a).isdisjoint(b)
        for a, b in ((erste.anlass, zweite.anlass), (erste.nur, zweite.nur))
    )


def _tage(regel: Regel) -> Gueltigkeit:
    return Gueltigkeit(regel.gueltig_ab, regel.gueltig_bis)
