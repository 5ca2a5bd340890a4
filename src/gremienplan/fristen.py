"""Deadlines that are counted back from a sitting: how days are counted, and the last day on which it is in time.

How a Ladungsfrist is counted, each Geschäftsordnung says for itself, so every part of it is data: which days count,
whether the day of the sitting and the day of dispatch do, what becomes of a last day that is a day off.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import Enum

from attrs import frozen

from gremienplan.quellen import Grundlage
from gremienplan.texts import Text

_TAG = timedelta(days=1)


class Fristart(Enum):
    """What has to be done in time."""

    LADUNG = "ladungsfrist"
    """The invitation has left the house."""
    VORLAGE = "vorlagenschluss"
    """The papers have been handed in."""
    BEDARF = "bedarf-melden"
    """Who needs an interpreter or other help to take part has said so."""


class Zaehlung(Enum):
    """Which days count."""

    KALENDERTAGE = "kalendertage"
    WERKTAGE = "werktage"
    """Monday to Saturday, without public holidays."""
    ARBEITSTAGE = "arbeitstage"
    """Monday to Friday, without public holidays."""


class Ausweichen(Enum):
    """What becomes of a last day that is a Saturday, a Sunday or a public holiday."""

    BLEIBT = "bleibt"
    VORHER = "vorher"
    """The last working day (Monday to Friday) before it."""
    NACHHER = "nachher"
    """The next working day after it, as long as that lies before the sitting; else the last one before it."""


@frozen
class Feiertage:
    """Public holidays, and the years for which they are known: of any other year nothing is known."""

    tage: frozenset[date] = frozenset()
    jahre: frozenset[int] = frozenset()

    def counts(self, tag: date, zaehlung: Zaehlung) -> bool:
        """Tell whether a day counts, by all that is known of it."""
        match zaehlung:
            case Zaehlung.KALENDERTAGE:
                return True
            case Zaehlung.WERKTAGE:
                return tag.weekday() < 6 and tag not in self.tage
            case Zaehlung.ARBEITSTAGE:
                return tag.weekday() < 5 and tag not in self.tage


@frozen
class Frist:
    """``[[frist]]``: at least ``tage`` days lie between an act and a sitting.

    Without more these are full days: neither the day of the act nor that of the sitting counts.
    """

    id: str
    art: Fristart
    fuer: tuple[str, ...]
    """Gremienarten, single Gremien, or entries of Sitzungen and Beratungen."""
    tage: int
    grundlage: Grundlage
    name: str = ""
    zaehlung: Zaehlung = Zaehlung.KALENDERTAGE
    sitzungstag: bool = False
    """The day of the sitting counts."""
    versandtag: bool = False
    """The day on which it is sent, handed in or reported counts."""
    am_freien_tag: Ausweichen = Ausweichen.BLEIBT
    bis: time | None = None
    """Until which time of the last day; None: until its end."""
    zustaendig: str | None = None
    """The Rolle or Sitz that answers for it, where it is not the one that does by itself."""

    @property
    def braucht_feiertage(self) -> bool:
        """Tell whether it depends on public holidays."""
        return self.zaehlung is not Zaehlung.KALENDERTAGE or self.am_freien_tag is not Ausweichen.BLEIBT


@frozen
class Fristtag:
    """The last day on which it is in time."""

    tag: date
    bis: time | None = None
    bekannt: bool = True
    """False where it depends on public holidays of a year for which none are known."""

    @property
    def moment(self) -> date | datetime:
        """The day, or the time on it where one is said."""
        return self.tag if self.bis is None else datetime.combine(self.tag, self.bis)

    def past(self, stand: datetime) -> bool:
        """Tell whether it is over at ``stand``, in local time."""
        return datetime.combine(self.tag, self.bis or time.max) < stand


def letzter_tag(frist: Frist, tag: date, feiertage: Feiertage) -> Fristtag:
    """Return the last day on which it is in time for a sitting on ``tag``: never a day after it.

    >>> from gremienplan.quellen import Authority
    >>> zehn = Frist("ladung", Fristart.LADUNG, ("rat",), 10, Grundlage(Authority.VORGABE))
    >>> letzter_tag(zehn, date(2027, 3, 18), Feiertage()).tag
    datetime.date(2027, 3, 7)
    """
    gezaehlt = _counted(frist, tag, feiertage)
    letzter = _verschoben(frist, gezaehlt, tag, feiertage)
    jahre = range(min(gezaehlt, letzter).year, tag.year + 1)
    bekannt = not frist.braucht_feiertage or feiertage.jahre.issuperset(jahre)
    return Fristtag(letzter, frist.bis, bekannt)


def _counted(frist: Frist, tag: date, feiertage: Feiertage) -> date:
    """Return the last day from which to the sitting enough days count."""
    versand, dazwischen = tag, 0
    while True:
        zaehlt = feiertage.counts(versand, frist.zaehlung) and (versand < tag or frist.sitzungstag)
        if dazwischen + (zaehlt and frist.versandtag) >= frist.tage:
            return versand
        dazwischen += zaehlt
        versand -= _TAG


def _verschoben(frist: Frist, letzter: date, tag: date, feiertage: Feiertage) -> date:
    """Return the day itself if it is a working day or stays all the same, else the one it moves to."""

    def working(day: date, step: timedelta) -> date:
        while not feiertage.counts(day, Zaehlung.ARBEITSTAGE):
            day += step
        return day

    if frist.am_freien_tag is Ausweichen.BLEIBT:
        return letzter
    vorher, nachher = working(letzter, -_TAG), working(letzter, _TAG)
    return nachher if frist.am_freien_tag is Ausweichen.NACHHER and nachher < tag else vorher


def vorlauf(frist: Frist) -> int:
    """Return how many days before the sitting the last day lies at least, in weeks without a public holiday."""
    woche = (date(2027, 3, 1) + n * _TAG for n in range(7))
    return min((tag - letzter_tag(frist, tag, Feiertage()).tag).days for tag in woche)


def label(frist: Frist) -> Text | str:
    """Return what the deadline is called: by its own name, else by its kind."""
    match frist.art:
        case _ if frist.name:
            return frist.name
        case Fristart.LADUNG:
            return Text("Send the invitation")
        case Fristart.VORLAGE:
            return Text("Hand in the papers")
        case Fristart.BEDARF:
            return Text("Report needs (interpreters, accessibility)")


def describe(frist: Frist) -> Text:
    """Say how the deadline is counted."""
    days = {
        Zaehlung.KALENDERTAGE: Text("{tage} calendar days", tage=frist.tage),
        Zaehlung.WERKTAGE: Text(
            "{tage} working days (Monday to Saturday, no public holidays)", tage=frist.tage
        ),
        Zaehlung.ARBEITSTAGE: Text(
            "{tage} working days (Monday to Friday, no public holidays)", tage=frist.tage
        ),
    }[frist.zaehlung]
    counted = {
        (False, False): Text("{tage} before the sitting, neither day counted", tage=days),
        (False, True): Text("{tage} before the sitting, the last day counted", tage=days),
        (True, False): Text("{tage} before the sitting, its own day counted", tage=days),
        (True, True): Text("{tage} before the sitting, both days counted", tage=days),
    }[frist.sitzungstag, frist.versandtag]
    match frist.am_freien_tag:
        case Ausweichen.BLEIBT:
            return counted
        case Ausweichen.VORHER:
            return Text("{frist}; on a day off: the working day before", frist=counted)
        case Ausweichen.NACHHER:
            return Text("{frist}; on a day off: the next working day", frist=counted)
