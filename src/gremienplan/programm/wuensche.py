"""``[[wunsch]]``: what would be good, as the programme writes it; ``stufe`` 1 to 9 says what matters first."""

from __future__ import annotations

from datetime import time
from typing import assert_never

from attrs import frozen

from gremienplan.quellen import Grundlage
from gremienplan.requirements import Was
from gremienplan.texts import N_, Text


@frozen
class Gewohnt:
    """Sitzungen fall on their Gremium's usual weekday and hour (given with the Gremium)."""

    id: str
    gremium: tuple[str, ...]
    stufe: int
    grundlage: Grundlage
    gewicht_tag: int = 4
    gewicht_zeit: int = 1


@frozen
class Gleichmaessig:
    """Two Sitzungen of a sequence follow each other after ``mindestens`` to ``hoechstens`` days.

    ``folge`` names Sitzungen in their order; each neighbouring pair is wished for, per Gremium.
    """

    id: str
    folge: tuple[str, ...]
    stufe: int
    grundlage: Grundlage
    mindestens: int | None = None
    hoechstens: int | None = None
    gewicht: int = 1


@frozen
class Vorher:
    """``erst`` is before ``dann`` where possible, for Sitzungen and Beratungen whose Gebiete touch."""

    id: str
    erst: str
    dann: str
    stufe: int
    grundlage: Grundlage
    gewicht: int = 10


@frozen
class Danach:
    """Within ``tage`` days after each of ``nach``, one of the Sitzungen of ``gremium`` of that Gebiet."""

    id: str
    nach: tuple[str, ...]
    gremium: str
    tage: int
    stufe: int
    grundlage: Grundlage
    gewicht: int = 10


@frozen
class Verteilt:
    """At most ``je_woche`` Sitzungen of a Gremienart, city-wide, in one calendar week."""

    id: str
    gremium: str
    je_woche: int
    stufe: int
    grundlage: Grundlage
    gewicht: int = 10


@frozen
class Abendlast:
    """A Sitz of these Rollen has at most ``je_woche`` evenings (duties that end after ``ab``) in a week."""

    id: str
    rollen: tuple[str, ...]
    ab: time
    je_woche: int
    stufe: int
    grundlage: Grundlage
    gewicht: int = 10


@frozen
class Brueckentage:
    """Rather not on the one working day between a public holiday and a weekend."""

    id: str
    gremium: tuple[str, ...]
    stufe: int
    grundlage: Grundlage
    gewicht: int = 5


@frozen
class Schulferien:
    """Rather not in the school holidays."""

    id: str
    gremium: tuple[str, ...]
    stufe: int
    grundlage: Grundlage
    gewicht: int = 5


@frozen
class MeideGremien:
    """Rather not while a political body sits (``am_tag``: rather not on its day at all), bar those in ``ohne``."""

    id: str
    gremium: tuple[str, ...]
    stufe: int
    grundlage: Grundlage
    am_tag: bool = False
    ohne: tuple[str, ...] = ()
    gewicht: int = 3


@frozen
class Meidetage:
    """Rather not on the days to be left free, ``[[meidetag]]``; with ``meide`` only on these."""

    id: str
    gremium: tuple[str, ...]
    stufe: int
    grundlage: Grundlage
    meide: tuple[str, ...] = ()
    """Ids of entries; empty: all, those of the project too."""
    gewicht: int = 5


@frozen
class FremdeTermine:
    """Rather not at the time of what stands in a calendar of others (``am_tag``: rather not on its day at all).

    A calendar that says for which Gebiet it matters is heeded by the Gremien whose Gebiete touch it.
    """

    id: str
    gremium: tuple[str, ...]
    stufe: int
    grundlage: Grundlage
    kalender: tuple[str, ...] = ()
    """Names of calendars a project has under ``[[belegung]]``; empty: all that occupy nobody."""
    am_tag: bool = False
    gewicht: int = 3


@frozen
class SelbstVortragen:
    """Items are presented by the Sitz whose item it is, not by its deputy."""

    id: str
    beratung: tuple[str, ...]
    stufe: int
    grundlage: Grundlage
    gewicht: int = 10


@frozen
class Wechsel:
    """The Orte a Gremium may meet in take turns: none twice in a row, all equally often."""

    id: str
    gremium: tuple[str, ...]
    stufe: int
    grundlage: Grundlage
    gewicht: int = 10


@frozen
class Ausgleich:
    """Evenings, weekdays or journeys are shared fairly: the largest load is as small as can be.

    Among the Sitze of ``rollen`` (or the person who holds several), and the Gremien of ``gremium``. With a ``tiefe``
    beyond 1 the stages that follow say how many have the largest load, and how many come next.
    """

    id: str
    was: Was
    stufe: int
    grundlage: Grundlage
    rollen: tuple[str, ...] = ()
    gremium: tuple[str, ...] = ()
    ab: time = time(18)
    tiefe: int = 1
    gewicht: int = 1


@frozen
class Robust:
    """A sitting of the council may move by up to ``tage`` days, and at most one date of ours has to follow."""

    id: str
    stufe: int
    grundlage: Grundlage
    tage: int = 14
    gewicht: int = 1


Wunsch = (
    Gewohnt
    | Gleichmaessig
    | Vorher
    | Danach
    | Verteilt
    | Abendlast
    | Brueckentage
    | Schulferien
    | MeideGremien
    | Meidetage
    | FremdeTermine
    | SelbstVortragen
    | Wechsel
    | Ausgleich
    | Robust
)

ARTEN: dict[str, type[Wunsch]] = {
    "gewohnt": Gewohnt,
    "gleichmaessig": Gleichmaessig,
    "vorher": Vorher,
    "danach": Danach,
    "verteilt": Verteilt,
    "abendlast": Abendlast,
    "brueckentage": Brueckentage,
    "schulferien": Schulferien,
    "meide-gremien": MeideGremien,
    "meidetage": Meidetage,
    "fremde-termine": FremdeTermine,
    "selbst-vortragen": SelbstVortragen,
    "wechsel": Wechsel,
    "ausgleich": Ausgleich,
    "robust": Robust,
}
"""The closed list behind the key ``art``."""


HOECHSTE_STUFE = 9
"""The last stage a wish can have."""


def stufen(wunsch: Wunsch) -> range:
    """Return the stages a wish takes part in: one, unless it compares further."""
    return range(wunsch.stufe, wunsch.stufe + (wunsch.tiefe if isinstance(wunsch, Ausgleich) else 1))


def thema(wunsch: Wunsch, stufe: int | None = None) -> Text:
    """Say in a word or two what a wish is about, to name the stage it belongs to (its first one by default)."""
    match wunsch:
        case Gewohnt():
            return Text("usual weekday and hour")
        case Gleichmaessig():
            return Text("time in between") if wunsch.hoechstens is None else Text("even spacing")
        case Vorher():
            return Text("wished order")
        case Danach():
            return Text("results taken up soon")
        case Verteilt():
            return Text("spread over the weeks")
        case Abendlast():
            return Text("evening load")
        case Brueckentage():
            return Text("bridge days")
        case Schulferien():
            return Text("school holidays")
        case MeideGremien():
            return Text("council sittings")
        case Meidetage():
            return Text("days to leave free")
        case FremdeTermine():
            return Text("dates of others")
        case SelbstVortragen():
            return Text("own presenters")
        case Wechsel():
            return Text("places in turn")
        case Ausgleich():
            return _geteilt(wunsch, 0 if stufe is None else stufe - wunsch.stufe)
        case Robust():
            return Text("moved council sittings")
        case _:
            assert_never(wunsch)


WAS = {Was.ABENDE: N_("evenings"), Was.WOCHENTAGE: N_("days on one weekday"), Was.WEGE: N_("journeys")}
"""What is shared, in words."""


def _geteilt(wunsch: Ausgleich, schritt: int) -> Text:
    was = Text(WAS[wunsch.was])
    match schritt:
        case 0:
            return Text("{was}: the most that anybody has", was=was)
        case 1:
            return Text("{was}: how many have the most", was=was)
        case _:
            return Text("{was}: how many have at most {weniger} fewer", was=was, weniger=schritt - 1)
