"""What has to be done for a Sitzung, counted back or forward from its day, by one office each; and its agenda."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from attrs import frozen

from gremienplan.programm.ereignisse import Sitzung
from gremienplan.programm.werte import Aufgabeneintrag, Je, Programm, Tagesordnungseintrag
from gremienplan.rules import Regel, gastgeber, geschaeftsfuehrung
from gremienplan.stadt import Gebiet, Gremium, Sitz, Stadt


@frozen
class Verteiler:
    """A list of recipients that a project keeps, by its name."""

    name: str
    eintraege: tuple[str, ...] = ()


@frozen
class Aufgabe:
    """One task for one Sitzung, with the day it is due and the one office that answers for it."""

    eintrag: Aufgabeneintrag
    sitzung: Sitzung
    tag: date
    """The day of the Sitzung."""
    faellig: date
    zustaendig: Sitz | None
    """None where nobody has said who manages the Gremium."""
    an: tuple[Sitz | Gremium, ...] = ()
    """With whom it is done, or who gets the result."""
    verteiler: tuple[Verteiler, ...] = ()

    @property
    def id(self) -> str:
        """The entry and the Sitzung; where there is one task for each office, that one as well."""
        teil = {Je.SITZUNG: None, Je.ZUSTAENDIG: self.zustaendig, Je.AN: next(iter(self.an), None)}
        wer = teil[self.eintrag.je]
        return f"{self.eintrag.id}/{self.sitzung.id}" + (f"/{wer.id}" if wer else "")


@frozen
class Punkt:
    """A standing item of a Sitzung's agenda, and the Sitze that present it."""

    eintrag: Tagesordnungseintrag
    vortrag: tuple[Sitz, ...]


def on(eintrag: Aufgabeneintrag | Tagesordnungseintrag, sitzung: Sitzung) -> bool:
    """Tell whether a task or item belongs to a Sitzung: by its entry, or by its Gremium."""
    gremium = sitzung.gremium
    return sitzung.eintrag.id in eintrag.zu or bool({gremium.art.id, gremium.id} & set(eintrag.gremium))


def aufgaben(
    stadt: Stadt,
    regeln: Sequence[Regel],
    programm: Programm,
    sitzungen: Sequence[Sitzung],
    tage: Mapping[str, date],
    verteiler: Mapping[str, tuple[str, ...]],
) -> tuple[Aufgabe, ...]:
    """Return the tasks of Sitzungen in the order of the days they are due.

    ``tage`` holds the day of each Sitzung by its id; one that has no day yet has no tasks. ``verteiler`` holds the
    project's lists of recipients. The offices are those of the day a task is due.
    """
    found = [
        aufgabe
        for eintrag in programm.aufgaben
        for sitzung in sitzungen
        if sitzung.id in tage and on(eintrag, sitzung)
        for aufgabe in _aufgaben(stadt, regeln, eintrag, sitzung, tage[sitzung.id], verteiler)
    ]
    return tuple(sorted(found, key=lambda aufgabe: aufgabe.faellig))


def _aufgaben(
    stadt: Stadt,
    regeln: Sequence[Regel],
    eintrag: Aufgabeneintrag,
    sitzung: Sitzung,
    tag: date,
    verteiler: Mapping[str, tuple[str, ...]],
) -> Iterator[Aufgabe]:
    faellig = due(eintrag, tag)
    gremium = stadt.gremium_am(sitzung.gremium, tag) or sitzung.gremium
    heute = stadt.am(faellig)
    wer = zustaendige(heute, regeln, eintrag, gremium, faellig)
    an = recipients(heute, eintrag, gremium.gebiet)
    listen = tuple(Verteiler(name, verteiler.get(name, ())) for name in eintrag.verteiler)
    einer = wer[0] if len(wer) == 1 else None
    match eintrag.je:
        case Je.SITZUNG:
            yield Aufgabe(eintrag, sitzung, tag, faellig, einer, an, listen)
        case Je.ZUSTAENDIG:
            for sitz in wer:
                yield Aufgabe(eintrag, sitzung, tag, faellig, sitz, an, listen)
        case Je.AN:
            for eines in an:
                yield Aufgabe(eintrag, sitzung, tag, faellig, einer, (eines,), listen)


def due(eintrag: Aufgabeneintrag, tag: date) -> date:
    """Return the day a task is due for a Sitzung of this day."""
    vorher = eintrag.vorher.tage if eintrag.vorher else 0
    nachher = eintrag.nachher.tage if eintrag.nachher else 0
    return tag + timedelta(days=nachher - vorher)


def zustaendige(
    stadt: Stadt, regeln: Sequence[Regel], eintrag: Aufgabeneintrag, gremium: Gremium, tag: date
) -> tuple[Sitz, ...]:
    """Return who answers for a task: the office it names, else the one that manages the Gremium, else its host."""
    if eintrag.zustaendig is not None:
        return stadt.sitze_von(eintrag.zustaendig, gremium.gebiet)
    return geschaeftsfuehrung(stadt, regeln, gremium, tag) or gastgeber(stadt, regeln, gremium, tag)


def recipients(stadt: Stadt, eintrag: Aufgabeneintrag, gebiet: Gebiet) -> tuple[Sitz | Gremium, ...]:
    """Return the Sitze and Gremien that a task's ``an`` means for a Gebiet, each once: the join."""
    found: dict[str, Sitz | Gremium] = {}
    for name in eintrag.an:
        for sitz in stadt.sitze_von(name, gebiet):
            found.setdefault(sitz.id, sitz)
        einzelnes = (stadt.gremien[name],) if name in stadt.gremien else stadt.gremien_von(name, gebiet)
        for gremium in einzelnes:
            found.setdefault(gremium.id, gremium)
    return tuple(found.values())


def tagesordnung(
    stadt: Stadt, regeln: Sequence[Regel], programm: Programm, sitzung: Sitzung, tag: date
) -> tuple[Punkt, ...]:
    """Return the standing items of a Sitzung that takes place on ``tag``, in the order of the programme.

    An item that names nobody is presented by those who invite to the Sitzung.
    """
    gremium = stadt.gremium_am(sitzung.gremium, tag) or sitzung.gremium
    heute = stadt.am(tag)

    def vortrag(eintrag: Tagesordnungseintrag) -> tuple[Sitz, ...]:
        if not eintrag.vortrag:
            return gastgeber(heute, regeln, gremium, tag)
        sitze = (s for rolle in eintrag.vortrag for s in heute.sitze_von(rolle, gremium.gebiet))
        return tuple(dict.fromkeys(sitze))

    return tuple(
        Punkt(eintrag, vortrag(eintrag)) for eintrag in programm.tagesordnung if on(eintrag, sitzung)
    )
