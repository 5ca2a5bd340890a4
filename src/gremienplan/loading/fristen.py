"""Deadlines held against what they may be, and what a project makes of those of its city."""

from __future__ import annotations

from collections.abc import Iterator

from gremienplan.fristen import Ausweichen, Frist, Fristart, label, vorlauf
from gremienplan.loading.ergaenzung import ergaenzungen
from gremienplan.loading.programm import Gelesen
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Befund, Datei
from gremienplan.loading.verweise import Bekannt, Verweise
from gremienplan.programm import Beratungseintrag, Programm, Sitzungseintrag
from gremienplan.texts import Text

MOST = 366
"""No deadline is longer than so many days."""

BEDARF = 21
"""Days that interpreters and other help to take part usually need (BGG NRW §§ 4, 8; KUV NRW)."""


def check_fristen(gelesen: Gelesen) -> None:
    """Report the deadlines of a programme that cannot be meant."""
    for fund in gelesen.eintraege.values():
        if isinstance(fund.wert, Frist):
            _check(fund.datei, fund.wert, fund.pfad)


def _check(datei: Datei, frist: Frist, pfad: str) -> None:
    if frist.tage > MOST:
        meldung = Text("A deadline is at most {tage} days long.", tage=MOST)
        datei.problem(join(pfad, "tage"), meldung, frist.tage)
    if not frist.fuer:
        datei.problem(join(pfad, "fuer"), Text("At least one entry is needed here."))
    if frist.art is Fristart.LADUNG and frist.am_freien_tag is Ausweichen.NACHHER:
        meldung = Text("A later day would make the time for those invited shorter than it has to be.")
        hinweis = Text("Write “vorher”, or “bleibt”.")
        datei.problem(join(pfad, "am_freien_tag"), meldung, frist.am_freien_tag.value, hinweis)


def read_fristen(datei: Datei, gelesen: Gelesen, bekannt: Bekannt) -> tuple[Frist, ...]:
    """Return the deadlines a project adds on the planner's word, or writes in place of a planner's default."""
    return tuple(_read(datei, gelesen, Verweise(datei, gelesen.bekannt(bekannt))))


def _read(datei: Datei, gelesen: Gelesen, verweise: Verweise) -> Iterator[Frist]:
    for pfad, frist in ergaenzungen(datei, gelesen, "frist", Frist):
        _check(datei, frist, pfad)
        verweise.check_all("ereignisse-und-gremien", frist.fuer, join(pfad, "fuer"))
        if frist.zustaendig is not None:
            verweise.check("rollen-und-sitze", frist.zustaendig, join(pfad, "zustaendig"))
        yield frist


def _may_bind(frist: Frist, eintrag: Sitzungseintrag | Beratungseintrag) -> bool:
    """Tell whether a deadline is for an entry: by its id, its Gremienart, or one of its Gremien."""
    art = eintrag.gremium.partition("/")[0]
    of_art = eintrag.gremium == art and any(name.startswith(f"{art}/") for name in frist.fuer)
    return of_art or not {eintrag.id, eintrag.gremium, art}.isdisjoint(frist.fuer)


def warn_fristen(befund: Befund, programm: Programm) -> None:
    """Say which deadline nothing is bound by, and which time to report needs is shorter than those who help need."""
    eintraege: tuple[Sitzungseintrag | Beratungseintrag, ...] = (*programm.sitzungen, *programm.beratungen)
    for frist in programm.fristen:
        if not any(_may_bind(frist, eintrag) for eintrag in eintraege):
            meldung = Text("The programme holds nothing that the deadline “{id}” is for.", id=frist.id)
            befund.warnungen.append(meldung)
        if frist.art is Fristart.BEDARF and vorlauf(frist) < BEDARF:
            befund.warnungen.append(
                Text(
                    "“{name}” ({id}) leaves {tage} days; interpreters for sign language need {noetig}.",
                    name=label(frist),
                    id=frist.id,
                    tage=vorlauf(frist),
                    noetig=BEDARF,
                )
            )
