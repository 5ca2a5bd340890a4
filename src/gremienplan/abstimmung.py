"""Agreements on dates: whose word a Sitzung needs before it is made public, who gave it, and what is still missing.

Whom to ask is data: a task of the programme with ``abstimmung = true`` asks each Sitz it is done with (``an``). An
answer is given to one date, time and place of one Sitzung; once that is moved it says nothing any more, and the Sitz
is asked anew. The state of a plan follows from this: it is coordinated while everybody has agreed to what it says,
and a draft otherwise, for a date that was moved is as tentative as one that nobody was ever asked about. A published
plan stays published, since people rely on its dates; its next release waits for what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cached_property

from attrs import evolve, field, frozen

from gremienplan.plan import Plan, Termin, Zustand, as_planned
from gremienplan.programm import Aufgabe, Sitzung
from gremienplan.projekt import Projekt
from gremienplan.quellen import Grundlage
from gremienplan.stadt import Sitz
from gremienplan.texts import Text, Wert


class Antwort(Enum):
    """What a Sitz may say to a date."""

    JA = "ja"
    NEIN = "nein"


@frozen
class Aussage:
    """What a Sitz said last to a date of a Sitzung: it holds for this time and place, and for no other."""

    sitzung: str
    sitz: str
    beginn: datetime
    ende: datetime
    ort: str
    """Id of the Ort; empty where none was named."""
    antwort: Antwort
    stand: datetime
    """When it was recorded."""
    bemerkung: str = ""

    def meint(self, termin: Termin) -> bool:
        """Tell whether it was said of this Termin: the same Sitzung at the same time and place."""
        of = (termin.sitzung, termin.beginn, termin.ende, termin.ort)
        return (self.sitzung, self.beginn, self.ende, self.ort) == of


def _sorted(aussagen: Iterable[Aussage]) -> tuple[Aussage, ...]:
    return tuple(sorted(aussagen, key=lambda a: (a.sitzung, a.sitz)))


@frozen
class Abstimmung:
    """What was recorded of a year: what each Sitz said last of each Sitzung, by their ids."""

    aussagen: tuple[Aussage, ...] = field(default=(), converter=_sorted)

    @cached_property
    def je(self) -> Mapping[tuple[str, str], Aussage]:
        """Ids of Sitzung and Sitz -> what was said."""
        return {(a.sitzung, a.sitz): a for a in self.aussagen}


@frozen
class Anfrage:
    """One Sitz that has to agree to one Termin, by when, and on whose word."""

    sitzung: Sitzung
    sitz: Sitz
    termin: Termin
    bis: date
    """The day by which it should have answered."""
    zustaendig: Sitz | None
    """Who asks; None where nobody has said so."""
    grundlage: Grundlage


class Grund(Enum):
    """Why an agreement is missing."""

    OFFEN = "open"
    """There is no answer."""
    ABGELEHNT = "refused"
    """The Sitz said no to this date."""
    HINFAELLIG = "void"
    """It answered to another date: the Sitzung was moved since."""


@frozen
class Fehlend:
    """An agreement that a plan does not have."""

    sitzung: str
    sitz: str
    grund: Grund
    anfrage: Anfrage
    aussage: Aussage | None = None
    """What was said last: the refusal, or the answer to another date."""


def anfragen(projekt: Projekt, plan: Plan, *, ab: datetime | None = None) -> tuple[Anfrage, ...]:
    """Return whom the Termine of a plan need the word of, in the order of their dates.

    What was added to the plan by hand is among them. From ``ab`` on (local time): what has begun before needs no
    agreement any more. None: of the whole year.
    """
    projekt = as_planned(projekt, plan)
    termine = [t for t in plan.termine if ab is None or ab <= t.beginn]
    aufgaben: dict[str, list[Aufgabe]] = {}
    for aufgabe in projekt.aufgaben(plan.jahr, {t.sitzung: t.beginn.date() for t in termine}):
        if aufgabe.eintrag.abstimmung:
            aufgaben.setdefault(aufgabe.sitzung.id, []).append(aufgabe)
    found: dict[tuple[Termin, str], Anfrage] = {}
    for termin in sorted(termine, key=lambda t: (t.beginn, t.sitzung)):
        for aufgabe in aufgaben.get(termin.sitzung, ()):
            for sitz in aufgabe.an:
                if isinstance(sitz, Sitz):
                    found.setdefault((termin, sitz.id), _anfrage(aufgabe, sitz, termin))
    return tuple(found.values())


def _anfrage(aufgabe: Aufgabe, sitz: Sitz, termin: Termin) -> Anfrage:
    wer, wort = aufgabe.zustaendig, aufgabe.eintrag.grundlage
    return Anfrage(aufgabe.sitzung, sitz, termin, aufgabe.faellig, wer, wort)


def mangel(anfrage: Anfrage, abstimmung: Abstimmung) -> Grund | None:
    """Return why an agreement is missing; None where it is there."""
    aussage = abstimmung.je.get((anfrage.sitzung.id, anfrage.sitz.id))
    if aussage is None:
        return Grund.OFFEN
    if not aussage.meint(anfrage.termin):
        return Grund.HINFAELLIG
    return Grund.ABGELEHNT if aussage.antwort is Antwort.NEIN else None


def fehlende(
    projekt: Projekt, plan: Plan, abstimmung: Abstimmung, *, ab: datetime | None = None
) -> tuple[Fehlend, ...]:
    """Return what a plan lacks: without any, every date that needs somebody's word has it."""
    return tuple(
        Fehlend(
            frage.sitzung.id,
            frage.sitz.id,
            grund,
            frage,
            abstimmung.je.get((frage.sitzung.id, frage.sitz.id)),
        )
        for frage in anfragen(projekt, plan, ab=ab)
        if (grund := mangel(frage, abstimmung)) is not None
    )


def aufgenommen(abstimmung: Abstimmung, aussagen: Iterable[Aussage]) -> Abstimmung:
    """Return the record with further answers: each takes the place of what the Sitz said of the Sitzung before.

    One that says nothing new leaves the record as it is, its ``stand`` too.
    """
    je = dict(abstimmung.je)
    for aussage in aussagen:
        alt = je.get((aussage.sitzung, aussage.sitz))
        if alt is None or evolve(alt, stand=aussage.stand) != aussage:
            je[aussage.sitzung, aussage.sitz] = aussage
    return Abstimmung(tuple(je.values()))


def folgezustand(
    projekt: Projekt, plan: Plan, abstimmung: Abstimmung, *, ab: datetime | None = None
) -> Zustand:
    """Return the state a plan has by its record; where nothing has to be agreed, the state it has."""
    fragen = anfragen(projekt, plan, ab=ab)
    if plan.zustand is Zustand.PUBLISHED or not fragen:
        return plan.zustand
    agreed = all(mangel(frage, abstimmung) is None for frage in fragen)
    return Zustand.COORDINATED if agreed else Zustand.DRAFT


def nach_aenderung(projekt: Projekt, vorher: Plan, nachher: Plan) -> Zustand:
    """Return the state of a plan that was changed: one that was coordinated is so while nothing agreed was moved.

    No record is needed for that: what was coordinated had every agreement, and what is new or moved has none.
    """
    if vorher.zustand is not Zustand.COORDINATED:
        return vorher.zustand
    stands = set(vorher.termine)
    moved = any(frage.termin not in stands for frage in anfragen(projekt, nachher))
    return Zustand.DRAFT if moved else Zustand.COORDINATED


def hinfaellig(vorher: Plan, nachher: Plan, abstimmung: Abstimmung) -> tuple[Aussage, ...]:
    """Return the agreements that hold for one plan and not for the other, because a Sitzung was moved or taken out."""

    def holds(plan: Plan, aussage: Aussage) -> bool:
        return any(aussage.meint(termin) for termin in plan.termine)

    yes = (aussage for aussage in abstimmung.aussagen if aussage.antwort is Antwort.JA)
    return tuple(aussage for aussage in yes if holds(vorher, aussage) and not holds(nachher, aussage))


def sagt(fehlend: Fehlend, projekt: Projekt) -> Text:
    """Return what is missing, as a sentence."""
    werte: dict[str, Wert] = {
        "sitzung": fehlend.anfrage.sitzung.name,
        "termin": fehlend.anfrage.termin.beginn,
        "sitz": projekt.stadt.sitz_name(fehlend.anfrage.sitz),
    }
    match fehlend.grund:
        case Grund.OFFEN:
            return Text("{sitzung}, {termin}: {sitz} has not answered.", **werte)
        case Grund.ABGELEHNT:
            return Text("{sitzung}, {termin}: {sitz} has refused this date.", **werte)
        case Grund.HINFAELLIG:
            return Text("{sitzung}, {termin}: {sitz} answered before it was moved.", **werte)
