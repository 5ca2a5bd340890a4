"""Until when invitations and papers for the Sitzungen and items of a year have to be out, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from gremienplan.fristen import Feiertage, Frist, Fristart, Fristtag, letzter_tag
from gremienplan.programm.ereignisse import Beratung, Sitzung
from gremienplan.programm.werte import Programm
from gremienplan.rules import Regel, gastgeber, geschaeftsfuehrung
from gremienplan.stadt import Sitz, Stadt


@frozen
class Fristtermin:
    """One deadline of one Sitzung or Beratung."""

    frist: Frist
    ereignis: Sitzung | Beratung
    tag: date
    """The day of the Sitzung, or of the sitting in which the Beratung is heard."""
    letzter: Fristtag
    zustaendig: tuple[Sitz, ...]
    """Who answers for it; empty where nobody has said."""

    @property
    def id(self) -> str:
        """The entry, and the Sitzung or Beratung."""
        return f"{self.frist.id}/{self.ereignis.id}"


def binds(frist: Frist, ereignis: Sitzung | Beratung) -> bool:
    """Tell whether a deadline is one of this Sitzung or Beratung: by its entry, or by its Gremium."""
    gremium = ereignis.gremium
    return not {ereignis.eintrag.id, gremium.art.id, gremium.id}.isdisjoint(frist.fuer)


def fristtermine(
    stadt: Stadt,
    regeln: Sequence[Regel],
    programm: Programm,
    ereignisse: Iterable[Sitzung | Beratung],
    tage: Mapping[str, date],
    feiertage: Feiertage,
) -> tuple[Fristtermin, ...]:
    """Return the deadlines of Sitzungen and Beratungen in the order of their last days.

    ``tage`` holds the day of each by its id; what has no day yet has no deadline. Where several of one kind bind
    one event, each is there: the earliest one decides.
    """
    found = [
        _fristtermin(stadt, regeln, frist, ereignis, tage[ereignis.id], feiertage)
        for ereignis in ereignisse
        if ereignis.id in tage
        for frist in programm.fristen
        if binds(frist, ereignis)
    ]
    return tuple(sorted(found, key=lambda termin: termin.letzter.tag))


def _fristtermin(
    stadt: Stadt,
    regeln: Sequence[Regel],
    frist: Frist,
    ereignis: Sitzung | Beratung,
    tag: date,
    feiertage: Feiertage,
) -> Fristtermin:
    letzter = letzter_tag(frist, tag, feiertage)
    return Fristtermin(
        frist, ereignis, tag, letzter, _zustaendige(stadt, regeln, frist, ereignis, letzter.tag)
    )


def _zustaendige(
    stadt: Stadt, regeln: Sequence[Regel], frist: Frist, ereignis: Sitzung | Beratung, tag: date
) -> tuple[Sitz, ...]:
    """Return who answers for it: who is named, of an item's papers who presents it, else who manages or invites."""
    heute = stadt.am(tag)
    if frist.zustaendig is not None:
        return heute.sitze_von(frist.zustaendig, ereignis.gebiet)
    if isinstance(ereignis, Beratung) and frist.art is Fristart.VORLAGE:
        return ereignis.vortrag
    gremium = stadt.gremium_am(ereignis.gremium, tag) or ereignis.gremium
    return geschaeftsfuehrung(heute, regeln, gremium, tag) or gastgeber(heute, regeln, gremium, tag)
