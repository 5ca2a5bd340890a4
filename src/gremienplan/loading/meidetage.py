"""Days to leave free, held against what they may say, and those a project adds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from gremienplan.loading.angaben import closest
from gremienplan.loading.ergaenzung import ergaenzungen
from gremienplan.loading.programm import Gelesen
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Befund, Datei
from gremienplan.programm import Fest, Meidetag, Programm, meidezeiten, wuensche as wunsch
from gremienplan.ratskalender import festnamen
from gremienplan.texts import Text

MOST = 31
"""No time to leave free is longer than so many days."""


def check_meidetage(gelesen: Gelesen) -> None:
    """Report the days to leave free of a programme that mean no days, or more than one thing.

    Whether there is such a feast is asked of those that a wish heeds: looking it up takes time.
    """
    wishes = [f.wert for f in gelesen.eintraege.values() if isinstance(f.wert, wunsch.Meidetage)]
    for fund in gelesen.eintraege.values():
        if isinstance(fund.wert, Meidetag):
            _check(fund.datei, fund.wert, fund.pfad)
            if fund.wert.fest is not None and _heeded(wishes, fund.wert):
                _check_fest(fund.datei, fund.wert.fest, join(fund.pfad, "fest"))


def _heeded(wishes: Iterable[wunsch.Meidetage], meidetag: Meidetag) -> bool:
    return any(not wish.meide or meidetag.id in wish.meide for wish in wishes)


def read_meidetage(datei: Datei, gelesen: Gelesen) -> tuple[Meidetag, ...]:
    """Return the days a project adds on the planner's word, or writes in place of a planner's default."""
    return tuple(_read(datei, gelesen))


def _read(datei: Datei, gelesen: Gelesen) -> Iterator[Meidetag]:
    for pfad, meidetag in ergaenzungen(datei, gelesen, "meidetag", Meidetag):
        _check(datei, meidetag, pfad)
        if meidetag.fest is not None:
            _check_fest(datei, meidetag.fest, join(pfad, "fest"))
        yield meidetag


def _check(datei: Datei, meidetag: Meidetag, pfad: str) -> None:
    said = [meidetag.jaehrlich is not None, meidetag.ostern is not None, meidetag.fest is not None]
    if sum((*said, bool(meidetag.tage))) != 1:
        meldung = Text("Exactly one of the keys tage, jaehrlich, ostern and fest says which days are meant.")
        datei.problem(pfad, meldung)
    if meidetag.tage and not meidetag.quelle:
        meldung = Text("Days that are listed need their source.")
        datei.problem(join(pfad, "quelle"), meldung)
    if not 1 <= meidetag.tage_lang <= (1 if meidetag.fest else MOST):
        meldung = Text("This must be a number of days, from 1 to {tage}.", tage=MOST)
        if meidetag.fest:
            meldung = Text("A feast has the days its calendar gives it.")
        datei.problem(join(pfad, "tage_lang"), meldung, meidetag.tage_lang)


def _check_fest(datei: Datei, fest: Fest, pfad: str) -> None:
    known = festnamen(fest.land)
    if not known:
        meldung = Text("The library of holidays has no country with these two letters.")
        datei.problem(join(pfad, "land"), meldung, fest.land)
    elif fest.name not in known:
        meldung = Text("The calendar of this country has no feast of this name (in English).")
        datei.problem(join(pfad, "name"), meldung, fest.name, closest(fest.name, known))


def warn_meidetage(
    befund: Befund, programm: Programm, eigene: Collection[Meidetag], jahre: Collection[int]
) -> None:
    """Say that a project's days are heeded by no wish, and for which years the date of a feast is not known."""
    wishes = [w for w in programm.wuensche if isinstance(w, wunsch.Meidetage)]
    names = tuple(m.name for m in eigene if not _heeded(wishes, m))
    if names:
        meldung = Text("No wish of the kind “meidetage” heeds these days: {namen}", namen=names)
        befund.warnungen.append(meldung)
    for m in (m for m in programm.meidetage if _heeded(wishes, m)):
        ohne = tuple(str(jahr) for jahr in sorted(jahre) if m.fest and not meidezeiten((m,), [jahr]))
        if ohne:
            befund.warnungen.append(Text("“{name}”: no date is known for: {jahre}", name=m.name, jahre=ohne))
