"""Requirements: what every plan must keep. Each says itself, with names instead of ids."""

from __future__ import annotations

from datetime import date, datetime, time

from attrs import field, frozen

from gremienplan.quellen import Grundlage
from gremienplan.requirements.auswahl import EineVon
from gremienplan.requirements.orte import OrtFrei, Raumgroesse
from gremienplan.requirements.sperrtage import Sperrtage
from gremienplan.requirements.werte import Belegung, Namen, Sitzungstag
from gremienplan.requirements.zugleich import Verfuegbar, Wegezeit
from gremienplan.texts import WEEKDAYS, Text


@frozen
class Stattfinden:
    """The programme asks for this Sitzung: exactly one Termin of its length, in its year, in one of its Orte."""

    id: str
    grundlage: Grundlage
    ereignis: str
    jahr: int
    von: date
    bis: date
    """First and last day the year allows; ``bis`` lies in the next year where the window runs into it."""
    dauer: int
    orte: tuple[str, ...] = ()
    """Ids of the Orte it may use; empty: its place stays open."""

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.ereignis,)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text("{name} takes place in {jahr}.", name=namen[self.ereignis], jahr=str(self.jahr))


@frozen
class Angesetzt:
    """A Beratung is heard in exactly one of the sittings that stand for its Gremium, by one of its presenters."""

    id: str
    grundlage: Grundlage
    ereignis: str
    gremium: str
    sitzungen: tuple[Sitzungstag, ...]
    vortrag: tuple[tuple[str, ...], ...]
    """Per presenter the Sitze that may do it: the one whose item it is, then its deputy (if it has one)."""
    spaeter: tuple[Sitzungstag, ...] = ()
    """The next sitting after the year, where a bound of the Beratung rules it out: that bound is why, not this."""

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.ereignis,)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        name, gremium = namen[self.ereignis], namen[self.gremium]
        tage = tuple(sitzung.tag for sitzung in (*self.sitzungen, *self.spaeter))
        if not tage:
            return Text(
                "{name}: heard in a sitting of: {gremium}; none is known.", name=name, gremium=gremium
            )
        return Text(
            "{name}: heard in a sitting of: {gremium} ({tage}).", name=name, gremium=gremium, tage=tage
        )


@frozen
class Fenster:
    """An event takes place from ``von`` to ``bis``, both inclusive (None = open)."""

    id: str
    grundlage: Grundlage
    ereignis: str
    von: date | None
    bis: date | None
    wegen: str = ""
    """Id of the event whose date is still to be announced, where the bound leaves room for that."""
    weil: Text | None = None
    """Why it begins where it does, where no rule of the programme says so."""

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.ereignis,)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        name = namen[self.ereignis]
        if self.wegen:
            wegen, tag = namen[self.wegen], self.von or self.bis or ""
            if self.von is None:
                return Text(
                    "{name}: on {tag} at the latest, before: {wegen}, whose date is still to be announced.",
                    name=name,
                    tag=tag,
                    wegen=wegen,
                )
            return Text(
                "{name}: not before {tag}, after: {wegen}, whose date is still to be announced.",
                name=name,
                tag=tag,
                wegen=wegen,
            )
        if self.von is None:
            return Text("{name}: on {bis} at the latest.", name=name, bis=self.bis or "")
        if self.bis is None and self.weil is not None:
            return Text("{name}: not before {von}: {weil}.", name=name, von=self.von, weil=self.weil)
        if self.bis is None:
            return Text("{name}: not before {von}.", name=name, von=self.von)
        return Text("{name}: from {von} to {bis}.", name=name, von=self.von, bis=self.bis)


@frozen
class Fest:
    """It is fixed when an event begins, and perhaps where and by whom it is presented."""

    id: str
    grundlage: Grundlage
    ereignis: str
    beginn: datetime
    ort: str = ""
    """Id of the Ort; empty: that is still to be chosen."""
    vortrag: tuple[str, ...] | None = None
    """The Sitze that present; None: whoever does."""
    nur_tag: bool = False
    """Only the day is fixed: ``beginn`` is its midnight, and the hour is still to be chosen."""
    weil: Text | None = None
    """Why, where it is not simply that somebody else has fixed it."""

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.ereignis,)

    @property
    def wann(self) -> datetime | date:
        """The moment, or the day, that is fixed."""
        return self.beginn.date() if self.nur_tag else self.beginn

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        name, ort = namen[self.ereignis], namen[self.ort] if self.ort else ""
        match bool(ort), self.weil:
            case True, None:
                return Text("{name}: fixed for {beginn}, {ort}.", name=name, beginn=self.wann, ort=ort)
            case False, None:
                return Text("{name}: fixed for {beginn}.", name=name, beginn=self.wann)
            case True, weil:
                return Text(
                    "{name}: stays on {beginn}, {ort}: {weil}.",
                    name=name,
                    beginn=self.wann,
                    ort=ort,
                    weil=weil or "",
                )
            case _, weil:
                return Text(
                    "{name}: stays on {beginn}: {weil}.", name=name, beginn=self.wann, weil=weil or ""
                )


@frozen
class Wochentage:
    """An event falls on one of these weekdays (0 = Monday)."""

    id: str
    grundlage: Grundlage
    ereignis: str
    tage: tuple[int, ...]

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.ereignis,)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        tage = tuple(WEEKDAYS[tag] for tag in self.tage)
        return Text("{name}: only on {tage}.", name=namen[self.ereignis], tage=tage)


@frozen
class Tageszeit:
    """An event begins at ``von`` or later and ends at ``bis`` or earlier, on one day."""

    id: str
    grundlage: Grundlage
    ereignis: str
    von: time
    bis: time

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.ereignis,)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text("{name}: between {von} and {bis}.", name=namen[self.ereignis], von=self.von, bis=self.bis)


@frozen
class KeineUeberschneidung:
    """An event keeps ``puffer`` minutes clear of every busy time given (0: it only must not overlap)."""

    id: str
    grundlage: Grundlage
    ereignis: str
    belegt: tuple[Belegung, ...]
    puffer: int = 0
    unbekannt: bool = False
    """Whether the busy times are of bodies nobody has named."""
    hier: tuple[Belegung, ...] = field(default=(), eq=False)
    """Where it matters when the event could lie: what is in its way then."""

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.ereignis,)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        name, was = namen[self.ereignis], tuple(dict.fromkeys(b.was for b in self.hier))
        match was, self.unbekannt:
            case (), True:
                return Text("{name}: does not overlap a sitting of an unknown body.", name=name)
            case _, True:
                return Text(
                    "{name}: does not overlap a sitting of an unknown body; in the way: {was}.",
                    name=name,
                    was=was,
                )
            case (), _ if self.puffer:
                return Text(
                    "{name}: {minuten} minutes clear of every political sitting.",
                    name=name,
                    minuten=self.puffer,
                )
            case _ if self.puffer:
                return Text(
                    "{name}: {minuten} minutes clear of every political sitting; in the way: {was}.",
                    name=name,
                    minuten=self.puffer,
                    was=was,
                )
            case (), _:
                return Text("{name}: does not overlap a political sitting.", name=name)
            case _:
                return Text(
                    "{name}: does not overlap a political sitting; in the way: {was}.", name=name, was=was
                )


@frozen
class Reihenfolge:
    """``dann`` falls at least ``tage`` days after ``erst``: 0 the same day or later, 1 a later day."""

    id: str
    grundlage: Grundlage
    erst: str
    dann: str
    tage: int

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.erst, self.dann)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        erst, dann = namen[self.erst], namen[self.dann]
        match self.tage:
            case 0:
                return Text("{erst} is not later than {dann}.", erst=erst, dann=dann)
            case 1:
                return Text("{erst} is before {dann}.", erst=erst, dann=dann)
            case _:
                return Text(
                    "{erst} is at least {tage} days before {dann}.", erst=erst, dann=dann, tage=self.tage
                )


@frozen
class Hoechstabstand:
    """``dann`` falls at most ``tage`` days after ``erst``."""

    id: str
    grundlage: Grundlage
    erst: str
    dann: str
    tage: int

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.erst, self.dann)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text(
            "{dann} is at most {tage} days after {erst}.",
            erst=namen[self.erst],
            dann=namen[self.dann],
            tage=self.tage,
        )


@frozen
class Mindestabstand:
    """Any two of the Sitzungen of one Gremium are at least ``tage`` days apart."""

    id: str
    grundlage: Grundlage
    gremium: str
    ereignisse: tuple[str, ...]
    tage: int

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text(
            "{gremium}: at least {tage} days between two Sitzungen.",
            gremium=namen[self.gremium],
            tage=self.tage,
        )


@frozen
class Anzahl:
    """A Gremium meets at least ``min`` and at most ``max`` times (None = no bound) in a calendar year.

    ``ereignisse`` are the Sitzungen that count; of those on some topics only, ``anlass`` holds their names.
    """

    id: str
    grundlage: Grundlage
    gremium: str
    ereignisse: tuple[str, ...]
    jahr: int
    min: int | None = None
    max: int | None = None
    anlass: tuple[str, ...] = ()

    def wer(self, gremium: str) -> str | Text:
        """Return the name of who meets, and on which topics if not every Sitzung counts."""
        if not self.anlass:
            return gremium
        return Text("{gremium} (on: {anlass})", gremium=gremium, anlass=self.anlass)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        gremium = self.wer(namen[self.gremium])
        if self.max is not None:
            return Text(
                "{gremium} meets at most {anzahl} times in {jahr}.",
                gremium=gremium,
                anzahl=self.max,
                jahr=str(self.jahr),
            )
        return Text(
            "{gremium} meets at least {anzahl} times in {jahr}.",
            gremium=gremium,
            anzahl=self.min or 0,
            jahr=str(self.jahr),
        )


Requirement = (
    Stattfinden
    | Angesetzt
    | Fenster
    | Fest
    | Wochentage
    | Tageszeit
    | Sperrtage
    | KeineUeberschneidung
    | Reihenfolge
    | Hoechstabstand
    | Mindestabstand
    | Verfuegbar
    | Wegezeit
    | EineVon
    | OrtFrei
    | Raumgroesse
    | Anzahl
)
