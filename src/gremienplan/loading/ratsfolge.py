"""What the linter is told: the order of a council's bodies (``stadt.toml``), and what a project mutes."""

from __future__ import annotations

from gremienplan.loading.angaben import closest
from gremienplan.loading.regeln import check_id
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei
from gremienplan.loading.verweise import Bekannt, Verweise
from gremienplan.programm.ratsfolge import AUSSCHUSS, Ratsfolge
from gremienplan.projekt import Stumm
from gremienplan.texts import Text
from gremienplan.watch.lint import Befundart

MOST = 366
"""No distance is longer than so many days."""


def read_ratsfolgen(datei: Datei | None, bekannt: Bekannt) -> tuple[Ratsfolge, ...]:
    """Return ``[[ratsfolge]]``: which body meets after which, and when."""
    found: list[Ratsfolge] = []
    orte: dict[str, str] = {}
    for pfad, roh in datei.entries("ratsfolge") if datei is not None else ():
        assert datei is not None
        check_id(datei, roh, pfad, orte)
        folge = datei.structure(Ratsfolge, roh, pfad)
        if folge is None:
            continue
        verweise = Verweise(datei, bekannt)
        verweise.check_grundlagen(folge, pfad)
        for key, wer in (("erst", folge.erst), ("dann", folge.dann)):
            named = tuple(w for w in wer if w != AUSSCHUSS)
            verweise.check_all("gremienarten-und-gremien", named, join(pfad, key))
            if not wer:
                datei.problem(join(pfad, key), Text("At least one entry is needed here."))
        least = folge.abstand.tage if folge.abstand else 0
        if not least <= folge.hoechstens.tage <= MOST:
            meldung = Text("This must be a number of days, from {least} to {most}.", least=least, most=MOST)
            datei.problem(join(join(pfad, "hoechstens"), "tage"), meldung, folge.hoechstens.tage)
        found.append(folge)
    return tuple(found)


def read_stumm(datei: Datei) -> tuple[Stumm, ...]:
    """Return ``[[stumm]]``: findings of the linter that nobody needs to see again, each with a reason."""
    known = tuple(art.value for art in Befundart)
    found: list[Stumm] = []
    for pfad, roh in datei.entries("stumm"):
        stumm = datei.structure(Stumm, roh, pfad)
        if stumm is None:
            continue
        if stumm.befund not in known:
            meldung = Text("The linter knows no finding of this kind.")
            hinweis = closest(stumm.befund, known) or Text("Possible: {namen}", namen=known)
            datei.problem(join(pfad, "befund"), meldung, stumm.befund, hinweis)
        if not stumm.grund.strip():
            datei.problem(join(pfad, "grund"), Text("This is empty."))
        if not (stumm.gremium or stumm.sitzung or stumm.tag):
            meldung = Text("At least one of the keys gremium, sitzung and tag says which findings are meant.")
            datei.problem(pfad, meldung)
        found.append(stumm)
    return tuple(found)
