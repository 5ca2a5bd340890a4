"""The plan as values. Times are naive and mean the city's local time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cached_property

from attrs import field, frozen

from gremienplan.programm import Zusatzsitzung
from gremienplan.requirements import Namen, Requirement
from gremienplan.texts import Text


class Zustand(Enum):
    """How far a plan has come."""

    DRAFT = "draft"
    COORDINATED = "coordinated"
    PUBLISHED = "published"


@frozen
class Termin:
    """When and where a Sitzung takes place."""

    sitzung: str
    gremium: str
    beginn: datetime
    ende: datetime
    ort: str = ""
    """Id of the Ort; empty while it is open."""


@frozen
class Beratungstermin:
    """In which sitting of the council calendar a Beratung is heard, and who presents it."""

    beratung: str
    gremium: str
    sitzung: str
    """Key of the sitting in the council calendar, as seen when the plan was made."""
    beginn: datetime
    ende: datetime
    vortrag: tuple[str, ...] = ()


@frozen
class Lage:
    """Where and when an event lies: what Termin and Beratungstermin have in common."""

    ereignis: str
    beginn: datetime
    ende: datetime
    ort: str = ""
    sitzung: str = ""
    vortrag: tuple[str, ...] = ()

    @property
    def tag(self) -> date:
        """The day it begins on."""
        return self.beginn.date()

    def overlaps(self, other: Lage) -> bool:
        """Tell whether the two share a moment."""
        return self.beginn < other.ende and other.beginn < self.ende


OFFEN = -2
"""Number of the stage before all others: how many events have no date, beside what the project announces."""

VERLEGT = -1
"""Number of the stage before those of the wishes: how many dates a change moved, beside the plan before."""


@frozen
class Stufe:
    """How good a plan is in one stage: points (0 is best), the proven lower bound, and whether they meet."""

    stufe: int
    wert: int
    schranke: int

    @property
    def bewiesen(self) -> bool:
        """Tell whether no plan is better in this stage, the earlier stages held."""
        return self.wert <= self.schranke


@frozen
class Vermerk:
    """What the history last recorded of an event: all that people see of it, and whose it is."""

    gremium: str
    beginn: datetime
    ende: datetime
    ort: str = ""
    vortrag: tuple[str, ...] = ()


@frozen
class Absage:
    """What no longer takes place as it was: enough to tell everybody who has the old date.

    It needs no programme: event and Gremium make the identity in calendars, and the rest is the old date.
    """

    ereignis: str
    gremium: str
    bisher: datetime
    """When it used to begin."""
    ende: datetime
    ort: str = ""
    vortrag: tuple[str, ...] = ()


@frozen
class Verlaufseintrag:
    """One entry of the append-only history: what was done, at which ``stand``, and what it changed."""

    stand: datetime
    zustand: Zustand
    neu: tuple[str, ...] = ()
    """Ids of the Sitzungen and Beratungen that got their first Termin (or one again)."""
    verlegt: tuple[tuple[str, datetime], ...] = ()
    """Id and former start of what was moved in time, place or presenter."""
    abgesagt: tuple[Absage, ...] = ()
    """What no longer takes place, or waits for a new date."""
    gehalten: tuple[str, ...] = ()
    """Ids of the Sitzungen that were marked as held."""
    protokolle: tuple[str, ...] = ()
    """Ids of the Sitzungen whose minutes were named, or named anew."""


@frozen
class Gehalten:
    """What is known of a Sitzung that was held: it is a fact from then on."""

    protokoll: str = ""
    """Address of its minutes; empty while nobody has said it."""


@frozen
class Gesehen:
    """A sitting of the council calendar as the plan was made with: what it takes to notice that it has moved."""

    key: str
    """Its key in the council calendar, as it was then."""
    gremium: str
    """Id of the body; empty for one that nobody has named."""
    name: str
    beginn: datetime
    ende: datetime
    verschwunden: bool = False
    """Its source had it no more even then; it was kept all the same."""

    @property
    def tag(self) -> date:
        """The day it begins on."""
        return self.beginn.date()


VERSION = "#"
"""Stands between the id of a rule and the number of its version, where a receipt knows several."""


@frozen
class Regelbeleg:
    """As what a rule invited, and on whose word, when the plan was made."""

    als: str
    grundlage: str
    """Authority and id: ``text KONZEPT-1``."""


@frozen
class Beleg:
    """The receipt: what else a plan was made from, and whom that invited; of Sitze, never of persons."""

    version: str
    """Of gremienplan."""
    werk: str = ""
    """Of the code of gremienplan that made the plan, 16 hex digits."""
    daten: Mapping[str, str] = field(factory=dict)
    """Library that brings free days or time zones -> its version."""
    lesarten: Mapping[str, str] = field(factory=dict)
    """Open question -> the alternative that was followed instead of the city's own reading."""
    lesarten_ab: Mapping[str, str] = field(factory=dict)
    """Open question -> first day (``2027-07-01``) of its alternative, where it was not followed always."""
    lesarten_angabe: Mapping[str, Mapping[str, str]] = field(factory=dict)
    """Open question -> what the planner answered where its alternative asks."""
    regeln: Mapping[str, Regelbeleg] = field(factory=dict)
    """Every rule that invited somebody; further versions of one rule have a number: ``rule#2``."""
    einladungen: Mapping[str, Mapping[str, tuple[str, ...]]] = field(factory=dict)
    """Id of a Sitzung -> rule -> ids of the Sitze it invited."""
    siegel: str = ""
    """Of all the plan says beside the receipt, as it was last written; 16 hex digits, empty before that."""


@frozen
class Plan:
    """A year's Termine, how good they are, what they were made from, and their history."""

    stadt: str
    jahr: int
    programm: str
    termine: tuple[Termin, ...]
    beratungen: tuple[Beratungstermin, ...]
    stufen: tuple[Stufe, ...] = ()
    offen: tuple[str, ...] = ()
    """Ids of what has no date on purpose: "Termin wird noch bekannt gegeben", and what must wait for that."""
    eingaben: Mapping[str, str] = field(factory=dict)
    """Name of each input -> hash of its bytes."""
    beleg: Beleg | None = None
    """What the plan was made from beside that; None in one that was not made by ``schedule``."""
    ratskalender: tuple[Gesehen, ...] | None = None
    """The sittings of the council calendar it was made with; None in one that does not say."""
    abgebrochen: bool = False
    """The search was stopped before it was done; the plan is sound, but may not be the best."""
    profil: str = ""
    """Id of the profile whose stages the plan was made with; empty: the programme's own."""
    kanonisch: bool = False
    """Every stage is proven, and of all plans as good the rule for ties names this one and no other."""
    verlauf: tuple[Verlaufseintrag, ...] = ()
    zusaetzlich: tuple[Zusatzsitzung, ...] = ()
    """What was added by hand to what the programme asks for; those that are off again too, for their ids are taken."""
    gehalten: Mapping[str, Gehalten] = field(factory=dict)
    """Id of each Sitzung that is marked as held -> what is known of it."""
    aufgezeichnet: Mapping[str, Vermerk] = field(factory=dict)
    """Id of each event -> how the last entry of the history left it; what differs was edited by hand since."""

    @property
    def zustand(self) -> Zustand:
        """The state of the last entry of the history; a plan without history is a draft."""
        return self.verlauf[-1].zustand if self.verlauf else Zustand.DRAFT

    @property
    def bewiesen(self) -> bool:
        """Tell whether every stage is proven."""
        return all(stufe.bewiesen for stufe in self.stufen)

    @cached_property
    def vermerke(self) -> Mapping[str, tuple[Vermerk, ...]]:
        """Id of an event -> what people see of it; more than one only in a plan edited by hand."""
        vermerke: dict[str, list[Vermerk]] = {}
        for t in self.termine:
            vermerke.setdefault(t.sitzung, []).append(Vermerk(t.gremium, t.beginn, t.ende, t.ort))
        for b in self.beratungen:
            vermerk = Vermerk(b.gremium, b.beginn, b.ende, vortrag=b.vortrag)
            vermerke.setdefault(b.beratung, []).append(vermerk)
        return {ereignis: tuple(found) for ereignis, found in vermerke.items()}

    @cached_property
    def lagen(self) -> Mapping[str, tuple[Lage, ...]]:
        """Id of an event -> where it lies; more than one only in a plan edited by hand."""
        lagen: dict[str, list[Lage]] = {}
        for t in self.termine:
            lagen.setdefault(t.sitzung, []).append(Lage(t.sitzung, t.beginn, t.ende, t.ort))
        for b in self.beratungen:
            lage = Lage(b.beratung, b.beginn, b.ende, sitzung=b.sitzung, vortrag=b.vortrag)
            lagen.setdefault(b.beratung, []).append(lage)
        return {ereignis: tuple(found) for ereignis, found in lagen.items()}


@frozen
class Conflict:
    """No plan exists: a minimal set of requirements that cannot hold together.

    Verified by re-solving: together they are impossible, without any one of them they are possible.
    """

    requirements: tuple[Requirement, ...]
    namen: Namen
    jahr: int
    minimal: bool = True
    """False only when time ran out before every member was proven necessary."""


@frozen
class Undecided:
    """Time ran out with no plan found and none ruled out."""

    jahr: int
    meldung: Text
