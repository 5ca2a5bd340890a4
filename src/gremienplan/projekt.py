"""Everything known of one city and its years, read once: the input of the compile step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property

from attrs import evolve, field, frozen
from attrs.converters import optional

from gremienplan.besetzung import Besetzung
from gremienplan.errors import UnknownIdError
from gremienplan.fristen import Feiertage
from gremienplan.programm import (
    Aufgabe,
    Beratung,
    Fristtermin,
    Programm,
    Sitzung,
    Zusatzsitzung,
    aufgaben,
    beratungen,
    fristtermine,
    sitzungen,
    zusaetzliche,
)
from gremienplan.programm.ratsfolge import Ratsfolge
from gremienplan.quellen import Katalog
from gremienplan.ratskalender import Freitage, Ratskalender, ganze_minute, naechste_minute
from gremienplan.rules import Grenzen, Regel
from gremienplan.stadt import Stadt

_MINUTE = timedelta(minutes=1)

HALTEFRIST = 14
"""So many days before it a Termin that is published is not moved any more, where the project does not say."""


@frozen
class Besetzt:
    """Time in which a Sitz (absence) or an Ort (occupation) cannot be had, as the project's file says."""

    wer: str
    """Id of a Sitz or an Ort."""
    von: datetime = field(converter=ganze_minute)
    bis: datetime = field(converter=naechste_minute)
    was: str


@frozen
class Fremdtermin:
    """What others do, from a calendar of theirs: it occupies nobody, and may be heeded all the same."""

    kalender: str
    """Name of the calendar."""
    von: datetime = field(converter=ganze_minute)
    bis: datetime = field(converter=naechste_minute)
    was: str
    gebiet: str | None = None
    """Key of the area it matters for (``sozialraum/nord``); None: everywhere."""


@frozen
class Festlegung:
    """``[[fest]]``: a Sitzung whose date somebody else has fixed: its start, perhaps its end and its Ort."""

    sitzung: str
    """Id of the Sitzung in its year."""
    beginn: datetime = field(converter=ganze_minute)
    ende: datetime | None = field(default=None, converter=optional(naechste_minute))
    """None: it is as long as usual."""
    ort: str = ""
    wochentag: int | None = None
    """What the source says beside the date; ``check`` compares the two."""
    jahr: int | None = None
    """The year whose programme asks for it, where it is not the year it begins in."""

    def of(self, jahr: int) -> bool:
        """Tell whether it speaks of the programme of ``jahr``."""
        return jahr == (self.beginn.year if self.jahr is None else self.jahr)


@frozen
class Pin:
    """A Sitzung or Beratung the planner wants on a day: perhaps at a time, and at an Ort."""

    sitzung: str
    """Id of the Sitzung or Beratung in its year."""
    tag: date
    uhr: time | None = None
    """When it begins; None: that is still to be chosen."""
    ort: str = ""
    jahr: int | None = None
    """The year whose programme asks for it; None: that of the day."""

    def of(self, jahr: int) -> bool:
        """Tell whether it speaks of the programme of ``jahr``."""
        return jahr == (self.tag.year if self.jahr is None else self.jahr)

    @property
    def beginn(self) -> datetime:
        """The moment that is pinned; the midnight it begins with where only the day is."""
        return datetime.combine(self.tag, self.uhr or time())


@frozen
class Offen:
    """``[[offen]]``: a Sitzung that is announced, while its date is still to come and not for us to choose yet."""

    sitzung: str
    jahr: int | None = None
    """Only in this year; None: in every year."""


@frozen
class Stumm:
    """``[[stumm]]``: findings of the linter that the planner knows of and does not want to see again."""

    befund: str
    """Kind of the finding."""
    grund: str
    gremium: str = ""
    """Only of this body: its id, or the name of one that nobody has named."""
    sitzung: str = ""
    """Only of the sitting with this key."""
    tag: date | None = None
    """Only of this day."""


@frozen
class Projekt:
    """A city with its rules and programme, its council calendar and its free days. Plain values, picklable."""

    stadt: Stadt
    regeln: tuple[Regel, ...]
    programm: Programm
    katalog: Katalog
    ratskalender: Ratskalender = field(factory=Ratskalender)
    freitage: Freitage = field(factory=Freitage)
    besetzt: tuple[Besetzt, ...] = ()
    fremd: tuple[Fremdtermin, ...] = ()
    besetzung: Besetzung = field(factory=Besetzung)
    """Who holds which Sitz; private, and empty where nobody has said."""
    fest: tuple[Festlegung, ...] = ()
    offen: tuple[Offen, ...] = ()
    pins: tuple[Pin, ...] = ()
    haltefrist: int = HALTEFRIST
    """Days from now within which a Termin people have been told is not moved any more."""
    grenzen: Grenzen = field(factory=Grenzen)
    verteiler: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Name of a list of recipients -> its entries."""
    postfaecher: Mapping[str, str] = field(factory=dict)
    """Id of a Sitz -> address under which its office gets mail."""
    eingaben: Mapping[str, str] = field(factory=dict)
    """Name of each input -> ``sha256:`` and 64 hex digits of its bytes."""
    ratsfolgen: tuple[Ratsfolge, ...] = ()
    stumm: tuple[Stumm, ...] = ()
    zusatz: Mapping[int, tuple[Zusatzsitzung, ...]] = field(factory=dict)
    """Year -> the Sitzungen that were added to its plan by hand, those that are off again too."""
    lesarten: Mapping[str, str] = field(factory=dict)
    """Id of an open question -> id of the alternative that is followed instead of the city's own reading."""
    programmdatei: str = "programm.toml"
    """Name of the file of its programme: of one beside the project's own file, else of one of the city's."""

    def mit_profil(self, profil: str) -> Projekt:
        """Return the project with the wishes in the order of a profile; empty: the programme's own.

        Raises UnknownIdError, a KeyError, when the programme has no such profile.
        """
        if profil == self.programm.profil:
            return self
        return evolve(self, programm=self.programm.mit_profil(profil))

    def im_profil(self, profil: str) -> Projekt:
        """Return the same; where the programme does not know the profile any more, the project as it is."""
        return self.mit_profil(profil) if profil in ("", *self.programm.profile) else self

    def sitzungen(self, jahr: int) -> tuple[Sitzung, ...]:
        """Return the Sitzungen the programme asks for in ``jahr``, as long as somebody has fixed them to be.

        Then come those that were added by hand.
        """
        lengths = {
            f.sitzung: (f.ende - f.beginn) // _MINUTE for f in self.fest if f.of(jahr) and f.ende is not None
        }
        more = zusaetzliche(self.stadt, self.programm, jahr, self.zusatz.get(jahr, ()))
        found = (*sitzungen(self.stadt, self.programm, jahr), *more)
        return tuple(evolve(s, laenge=lengths[s.id]) if s.id in lengths else s for s in found)

    def beratungen(self, jahr: int) -> tuple[Beratung, ...]:
        """Return the Beratungen the programme asks for in ``jahr``."""
        return beratungen(self.stadt, self.programm, self.sitzungen(jahr))

    def aufgaben(self, jahr: int, tage: Mapping[str, date]) -> tuple[Aufgabe, ...]:
        """Return the tasks of the Sitzungen of ``jahr`` whose days are known, in the order they are due."""
        return aufgaben(self.stadt, self.regeln, self.programm, self.sitzungen(jahr), tage, self.verteiler)

    def fristen(self, jahr: int, tage: Mapping[str, date]) -> tuple[Fristtermin, ...]:
        """Return the deadlines of what is held in ``jahr``, of which the days are known, by their last days.

        ``tage`` holds the day of each Sitzung and Beratung by its id.
        """
        ereignisse: tuple[Sitzung | Beratung, ...] = (*self.sitzungen(jahr), *self.beratungen(jahr))
        found = (f for e in ereignisse if e.id in tage for f in self.fristen_von(e, tage[e.id]))
        return tuple(sorted(found, key=lambda termin: termin.letzter.tag))

    def fristen_von(self, ereignis: Sitzung | Beratung, tag: date) -> tuple[Fristtermin, ...]:
        """Return the deadlines of one Sitzung or Beratung that is held on ``tag``, by their last days."""
        return fristtermine(
            self.stadt, self.regeln, self.programm, (ereignis,), {ereignis.id: tag}, self.feiertage
        )

    @cached_property
    def feiertage(self) -> Feiertage:
        """The public holidays of the years whose free days are known; a year without any is not known."""
        tage = frozenset(
            frei.von + timedelta(days=n)
            for frei in self.freitage.feiertage
            for n in range((frei.bis - frei.von).days + 1)
        )
        return Feiertage(tage, frozenset(self.freitage.jahre) & {tag.year for tag in tage})

    def offene(self, jahr: int) -> frozenset[str]:
        """Return the ids of the Sitzungen of ``jahr`` whose date is still to be announced."""
        return frozenset(offen.sitzung for offen in self.offen if offen.jahr in (None, jahr))

    def sitzung(self, kennung: str, jahr: int) -> Sitzung:
        """Return one Sitzung by its id (``kr-entwurf/nord``).

        Raises UnknownIdError, a KeyError, when the programme has no such Sitzung.
        """
        found = {sitzung.id: sitzung for sitzung in self.sitzungen(jahr)}
        if kennung not in found:
            raise UnknownIdError(kennung, found)
        return found[kennung]
