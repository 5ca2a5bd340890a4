"""Does a plan still follow from what it was made from? Every invitation derived anew, every date audited anew.

Pure: the project is read by whoever asks. What the plan was made from stands in the plan itself: hashes of its inputs,
readings, and whom its rules invited (:class:`~gremienplan.plan.Beleg`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum

from attrs import field, frozen

from gremienplan.auditing import Audit, audit_year
from gremienplan.jahr import build
from gremienplan.plan import VERLEGT, Beleg, Plan, Stufe, as_planned, belege, sealed, unrecorded
from gremienplan.plan.werte import VERSION
from gremienplan.projekt import Projekt


class Wandel(Enum):
    """How something differs from what the plan was made from."""

    NEU = "neu"
    GEAENDERT = "geaendert"
    WEG = "weg"


@frozen
class Eingabe:
    """An input file that is not the one the plan was made from."""

    name: str
    wandel: Wandel


@frozen
class Daten:
    """A library whose version was another one when the plan was made; empty: unknown."""

    name: str
    bisher: str
    jetzt: str


@frozen
class Lesart:
    """A question that is read otherwise than when the plan was made; empty stands for the city's own reading."""

    frage: str
    bisher: str
    jetzt: str
    bisher_ab: str = ""
    """First day on which ``bisher`` was followed; empty: always."""
    jetzt_ab: str = ""
    bisher_angabe: Mapping[str, str] = field(factory=dict)
    """What the planner had answered."""
    jetzt_angabe: Mapping[str, str] = field(factory=dict)


@frozen
class Einladungswandel:
    """One reason for one invitation that is new or gone."""

    sitzung: str
    sitz: str
    regel: str
    als: str
    grundlage: str
    wandel: Wandel
    """New or gone."""
    noch: bool
    """The Sitz is invited to this Sitzung before and after, for another reason."""


@frozen
class Punkte:
    """Points of a stage that are counted otherwise now."""

    stufe: int
    bisher: int
    jetzt: int


@frozen
class Verification:
    """What differs between a plan and what its project says now."""

    belegt: bool
    """The plan carries a receipt; without one its invitations cannot be compared."""
    bisherige_version: str
    version: str
    """Versions of gremienplan, then and now. That they differ is no difference of the plan."""
    bisheriges_werk: str
    werk: str
    """Of its code; no difference of the plan either."""
    daten: tuple[Daten, ...]
    """Libraries with other versions now; no difference of the plan either."""
    eingaben: tuple[Eingabe, ...]
    lesarten: tuple[Lesart, ...]
    einladungen: tuple[Einladungswandel, ...]
    bearbeitet: tuple[str, ...]
    """Ids of the events that were edited by hand since the last entry of the history."""
    verlauf: bool
    """The plan has a history; without one nobody can say what was edited."""
    unversehrt: bool
    """The plan says what it said when it was last written, in every part."""
    punkte: tuple[Punkte, ...]
    verlegt: Stufe | None
    """How many dates the last change moved. It compares with a plan nobody has any more, so it is not counted anew."""
    audit: Audit

    @property
    def holds(self) -> bool:
        """Tell whether the plan follows from its files as they are now, and keeps every rule."""
        differs = (self.eingaben, self.lesarten, self.einladungen, self.bearbeitet, self.punkte)
        whole = self.belegt and self.verlauf and self.unversehrt
        return whole and not any(differs) and self.audit.ok


def verify(projekt: Projekt, plan: Plan) -> Verification:
    """Derive every invitation of a plan anew, judge every date anew, and say what differs.

    What had been held when the plan was made is a fact and is not judged, as it was not then.
    """
    projekt = as_planned(projekt, plan)
    stand = plan.verlauf[-1].stand if plan.verlauf else None
    year = build(projekt, plan.jahr, stand=stand, before=plan)
    audit = audit_year(year, plan)
    jetzt = belege(projekt, plan).beleg
    assert jetzt is not None
    bisher = plan.beleg or Beleg("")
    return Verification(
        belegt=plan.beleg is not None,
        bisherige_version=bisher.version,
        version=jetzt.version,
        bisheriges_werk=bisher.werk,
        werk=jetzt.werk,
        daten=tuple(
            Daten(name, bisher.daten.get(name, ""), jetzt.daten.get(name, ""))
            for name, _ in _changes(bisher.daten, jetzt.daten)
        ),
        eingaben=tuple(Eingabe(name, w) for name, w in _changes(plan.eingaben, projekt.eingaben)),
        lesarten=tuple(
            Lesart(frage, alt[0], neu[0], alt[1], neu[1], alt[2], neu[2])
            for frage in sorted(bisher.lesarten.keys() | jetzt.lesarten.keys())
            if (alt := _gelesen(bisher, frage)) != (neu := _gelesen(jetzt, frage))
        ),
        einladungen=tuple(_einladungen(bisher, jetzt)) if plan.beleg else (),
        bearbeitet=unrecorded(plan) if plan.verlauf else (),
        verlauf=bool(plan.verlauf),
        unversehrt=sealed(plan),
        punkte=_punkte(projekt, plan, audit),
        verlegt=next((s for s in plan.stufen if s.stufe == VERLEGT), None),
        audit=audit,
    )


def _gelesen(beleg: Beleg, frage: str) -> tuple[str, str, Mapping[str, str]]:
    """Return how a question was read: the alternative, its first day and the answers."""
    ab, angabe = beleg.lesarten_ab.get(frage, ""), beleg.lesarten_angabe.get(frage, {})
    return beleg.lesarten.get(frage, ""), ab, angabe


def _changes(bisher: Mapping[str, object], jetzt: Mapping[str, object]) -> Iterator[tuple[str, Wandel]]:
    for name in sorted(bisher.keys() | jetzt.keys()):
        if name not in bisher:
            yield name, Wandel.NEU
        elif name not in jetzt:
            yield name, Wandel.WEG
        elif bisher[name] != jetzt[name]:
            yield name, Wandel.GEAENDERT


def _punkte(projekt: Projekt, plan: Plan, audit: Audit) -> tuple[Punkte, ...]:
    """Return the stages that are counted otherwise now: at the moment of the last entry, and of the change it tells of.

    An entry that changes no date, as that of a release, leaves the points as they were counted before it.
    """
    found = tuple(_counted(plan, audit.kosten))
    for stand in _moments(plan) if found else ():
        year = build(projekt, plan.jahr, stand=stand, before=plan)
        if not any(_counted(plan, audit_year(year, plan).kosten)):
            return ()
    return found


def _moments(plan: Plan) -> Iterator[datetime]:
    """Yield the other moments of entries before the last one, back to the one that changed a date."""
    known = plan.verlauf[-1].stand if plan.verlauf else None
    for later, eintrag in zip(plan.verlauf[:0:-1], plan.verlauf[-2::-1], strict=True):
        if later.neu or later.verlegt or later.abgesagt:
            return
        if eintrag.stand != known:
            yield (known := eintrag.stand)


def _counted(plan: Plan, kosten: Mapping[int, int]) -> Iterator[Punkte]:
    for stufe in plan.stufen:
        now = kosten.get(stufe.stufe, 0)
        if now != stufe.wert and stufe.stufe != VERLEGT:
            yield Punkte(stufe.stufe, stufe.wert, now)


Grund = tuple[str, str, str, str]
"""Sitz, rule, as what, on whose word."""


def _einladungen(bisher: Beleg, jetzt: Beleg) -> Iterator[Einladungswandel]:
    """Yield every reason that is gone or new, Sitzung by Sitzung: first what is gone."""
    for sitzung in sorted(bisher.einladungen.keys() | jetzt.einladungen.keys()):
        alt, neu = _gruende(bisher, sitzung), _gruende(jetzt, sitzung)
        both = {grund[0] for grund in alt} & {grund[0] for grund in neu}
        for wandel, gruende in ((Wandel.WEG, alt - neu), (Wandel.NEU, neu - alt)):
            for grund in sorted(gruende):
                yield Einladungswandel(sitzung, *grund, wandel, grund[0] in both)


def _gruende(beleg: Beleg, sitzung: str) -> set[Grund]:
    found = set()
    for regel, sitze in beleg.einladungen.get(sitzung, {}).items():
        wort = beleg.regeln.get(regel)
        als, grundlage = (wort.als, wort.grundlage) if wort else ("", "")
        found |= {(sitz, regel.partition(VERSION)[0], als, grundlage) for sitz in sitze}
    return found
