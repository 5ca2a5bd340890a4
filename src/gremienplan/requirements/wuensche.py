"""Preferences: what a good plan keeps where it can. Each has a stage (1 = first) and points per breach."""

from __future__ import annotations

from datetime import datetime, time

from attrs import frozen

from gremienplan.quellen import Grundlage
from gremienplan.requirements.gerecht import Ausgleich, Robust
from gremienplan.requirements.werte import Belegung, Namen
from gremienplan.texts import WEEKDAYS, Text


@frozen
class Gewohnt:
    """An event falls on its Gremium's usual weekday and hour.

    Cost: ``gewicht_tag`` off the weekday, plus ``gewicht_zeit`` per half hour (rounded up) off the start.
    """

    id: str
    grundlage: Grundlage
    stufe: int
    ereignis: str
    wochentag: int
    beginn: time
    gewicht_tag: int
    gewicht_zeit: int

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text(
            "{name}: usually {tag} at {beginn}.",
            name=namen[self.ereignis],
            tag=WEEKDAYS[self.wochentag],
            beginn=self.beginn,
        )


@frozen
class Abstandswunsch:
    """``dann`` follows ``erst`` after ``mindestens`` to ``hoechstens`` days (None = no bound).

    Cost: ``gewicht`` per day outside; convex in the distance.
    """

    id: str
    grundlage: Grundlage
    stufe: int
    erst: str
    dann: str
    mindestens: int | None
    hoechstens: int | None
    gewicht: int

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text(
            "{dann} follows {erst} after {mindestens} to {hoechstens} days.",
            erst=namen[self.erst],
            dann=namen[self.dann],
            mindestens="–" if self.mindestens is None else self.mindestens,
            hoechstens="–" if self.hoechstens is None else self.hoechstens,
        )


@frozen
class Vorher:
    """``erst`` falls on an earlier day than ``dann``. Cost: ``gewicht`` when it does not."""

    id: str
    grundlage: Grundlage
    stufe: int
    erst: str
    dann: str
    gewicht: int

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text("{erst} is before {dann}, if possible.", erst=namen[self.erst], dann=namen[self.dann])


@frozen
class Danach:
    """One of ``ereignisse`` falls 1 to ``tage`` days after ``nach``. Cost: ``gewicht`` when none does."""

    id: str
    grundlage: Grundlage
    stufe: int
    nach: str
    ereignisse: tuple[str, ...]
    tage: int
    gewicht: int

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text(
            "Within {tage} days after {nach} the results are taken up.", tage=self.tage, nach=namen[self.nach]
        )


@frozen
class Verteilt:
    """At most ``je_woche`` of ``ereignisse`` fall in one calendar week. Cost: ``gewicht`` for each more."""

    id: str
    grundlage: Grundlage
    stufe: int
    ereignisse: tuple[str, ...]
    je_woche: int
    gewicht: int

    def satz(self, namen: Namen) -> Text:  # noqa: ARG002  (all kinds say themselves the same way)
        """Say it."""
        return Text("At most {anzahl} of {von} in one week.", anzahl=self.je_woche, von=len(self.ereignisse))


@frozen
class Abendlast:
    """A Sitz has at most ``je_woche`` evenings in one calendar week.

    An evening is a day on which a duty of the Sitz, or busy time in ``belegt``, ends after ``ab``. Cost:
    ``gewicht`` for each more; where ``belegt`` alone is at or beyond the bound, for each that comes on top of it.
    """

    id: str
    grundlage: Grundlage
    stufe: int
    sitz: str
    ereignisse: tuple[str, ...]
    belegt: tuple[Belegung, ...]
    ab: time
    je_woche: int
    gewicht: int

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        if self.je_woche == 1:
            return Text("{sitz}: at most 1 evening in one week.", sitz=namen[self.sitz])
        return Text(
            "{sitz}: at most {anzahl} evenings in one week.", sitz=namen[self.sitz], anzahl=self.je_woche
        )


@frozen
class Meiden:
    """An event keeps out of this time. Cost: ``gewicht`` once when it overlaps any of it."""

    id: str
    grundlage: Grundlage
    stufe: int
    ereignis: str
    grund: str
    """What the time is, in one word: ``brueckentage``, ``schulferien``, ``gremien``, ``sitzungstage``,
    ``meidetage``, ``fremde-termine``."""
    belegt: tuple[Belegung, ...]
    gewicht: int

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        name = namen[self.ereignis]
        match self.grund:
            case "brueckentage":
                return Text("{name}: rather not on a bridge day.", name=name)
            case "schulferien":
                return Text("{name}: rather not in the school holidays.", name=name)
            case "meidetage":
                return Text("{name}: rather not on a day to leave free.", name=name)
            case "fremde-termine":
                return Text("{name}: rather not when others have something on.", name=name)
            case "sitzungstage":
                return Text("{name}: rather not on a day of a committee.", name=name)
            case _:
                return Text("{name}: rather not at the time of a political sitting.", name=name)


@frozen
class Selbst:
    """A Beratung is presented by the Sitze whose item it is. Cost: ``gewicht`` per deputy that does it instead."""

    id: str
    grundlage: Grundlage
    stufe: int
    ereignis: str
    vortrag: tuple[str, ...]
    gewicht: int

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        wer = tuple(namen[sitz] for sitz in self.vortrag)
        return Text("{name}: presented by: {wer}.", name=namen[self.ereignis], wer=wer)


@frozen
class Wechsel:
    """The Orte of one Gremium take turns: no two Sitzungen in a row at one Ort, and all hold equally many.

    In a row means by day; on one day in the order of ``ereignisse``. Equally many of n Sitzungen at k Orte is n/k,
    rounded down or up. Cost: ``gewicht`` per Sitzung at the Ort of the one before, and per Sitzung that one of
    ``orte`` holds beyond the rounded-up share or lacks of the rounded-down one.
    """

    id: str
    grundlage: Grundlage
    stufe: int
    gremium: str
    ereignisse: tuple[str, ...]
    orte: tuple[str, ...]
    """Ids of the Orte that take part."""
    gewicht: int

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text("{gremium}: places take turns.", gremium=namen[self.gremium])


@frozen
class Bleiben:
    """An event stays as people have been told: its start, its end, its Ort, and who presents a Beratung.

    In which sitting of the council calendar a Beratung is heard at that time, nobody is told. Cost: ``gewicht`` if
    any of it changes.
    """

    id: str
    grundlage: Grundlage
    stufe: int
    ereignis: str
    beginn: datetime
    ende: datetime
    ort: str = ""
    vortrag: tuple[str, ...] | None = None
    """The Sitze that present; None: whoever does."""
    gewicht: int = 1

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text("{name}: stays on {beginn}.", name=namen[self.ereignis], beginn=self.beginn)


Preference = (
    Gewohnt
    | Abstandswunsch
    | Vorher
    | Danach
    | Verteilt
    | Abendlast
    | Meiden
    | Selbst
    | Wechsel
    | Bleiben
    | Ausgleich
    | Robust
)
