"""The single statements our files are made of: each reads a raw value, or says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches

from gremienplan.programm.monattag import MonatTag
from gremienplan.programm.wuensche import HOECHSTE_STUFE
from gremienplan.quellen import Authority, Grundlage
from gremienplan.texts import Text

WORTE = ("text", "auslegung", "vorgabe")
"""The keys that say on whose word an entry stands."""

WOCHENTAGE = ("mo", "di", "mi", "do", "fr", "sa", "so")


class Falsch(ValueError):
    """A raw value that is not what its place asks for."""

    def __init__(self, meldung: Text, wert: object = "", hinweis: Text | None = None) -> None:
        super().__init__(meldung)
        self.meldung = meldung
        self.wert = wert
        self.hinweis = hinweis


def show(wert: object) -> str:
    """Return a raw value as people read it in a message: short, and on one line."""
    if isinstance(wert, bool):
        return str(wert).lower()
    text = " ".join(str(wert).split())
    return text if len(text) <= 80 else f"{text[:79]}…"


def closest(wert: str, known: Collection[str]) -> Text | None:
    """Return "did you mean …?" with the most similar of ``known``, or all of them when they are few."""
    nearest = get_close_matches(wert, sorted(known), n=1)
    if nearest:
        return Text("Did you mean “{name}”?", name=nearest[0])
    return Text("Known are: {names}", names=tuple(sorted(known))) if 0 < len(known) <= 8 else None


def text(roh: object, _: object = None) -> str:
    """Text."""
    if not isinstance(roh, str):
        raise Falsch(Text("This must be text in quotation marks."), roh)
    return roh


def zahl(roh: object, _: object = None) -> int:
    """A count, a length or a weight: never negative."""
    if not isinstance(roh, int) or isinstance(roh, bool) or roh < 0:
        raise Falsch(Text("This must be a whole number that is not negative."), roh)
    return roh


def dauer(roh: object, _: object = None) -> int:
    """A length in minutes."""
    if not isinstance(roh, int) or isinstance(roh, bool) or not 0 < roh <= 24 * 60:
        raise Falsch(Text("This must be a number of minutes, from 1 to 1440."), roh)
    return roh


def versatz(roh: object, _: object = None) -> int:
    """A number of days after a day, or before it where negative."""
    if not isinstance(roh, int) or isinstance(roh, bool) or abs(roh) > 180:
        raise Falsch(Text("This must be a whole number of days, from -180 to 180."), roh)
    return roh


def stufe(roh: object, _: object = None) -> int:
    """A stage of wishes."""
    if not isinstance(roh, int) or isinstance(roh, bool) or not 1 <= roh <= HOECHSTE_STUFE:
        meldung = Text("A stage is a number from 1 to {letzte}; stage 1 comes first.", letzte=HOECHSTE_STUFE)
        raise Falsch(meldung, roh)
    return roh


def ja_nein(roh: object, _: object = None) -> bool:
    """A truth value."""
    if not isinstance(roh, bool):
        raise Falsch(Text("This must be true or false, without quotation marks."), roh)
    return roh


def tag(roh: object, _: object = None) -> date:
    """A day, as TOML writes it."""
    if not isinstance(roh, date) or isinstance(roh, datetime):
        raise Falsch(Text("This must be a day such as 2027-03-01, without quotation marks."), roh)
    return roh


def zeitpunkt(roh: object, _: object = None) -> datetime:
    """A local time, as TOML writes it."""
    if not isinstance(roh, datetime) or roh.tzinfo is not None:
        meldung = Text(
            "This must be a local time such as 2027-03-01T17:00:00, without quotation marks and zone."
        )
        raise Falsch(meldung, roh)
    return roh


def uhrzeit(roh: object, _: object = None) -> time:
    """A time of day, ``HH:MM``."""
    if isinstance(roh, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", roh):
        return time.fromisoformat(roh)
    raise Falsch(Text('This must be a time of day such as "17:00", in quotation marks.'), roh)


def monat_tag(roh: object, _: object = None) -> MonatTag:
    """A day of any year, ``MM-DD``."""
    if isinstance(roh, str) and re.fullmatch(r"[0-9]{2}-[0-9]{2}", roh):
        m, t = int(roh[:2]), int(roh[3:])
        try:
            date(2000, m, t)
        except ValueError:
            raise Falsch(Text("No year has this day; month and day are written “MM-DD”."), roh) from None
        return MonatTag(m, t)
    raise Falsch(Text('This must be month and day such as "08-15", in quotation marks.'), roh)


def wochentag(roh: object, _: object = None) -> int:
    """A weekday, as its number (0 = Monday)."""
    if isinstance(roh, str) and roh in WOCHENTAGE:
        return WOCHENTAGE.index(roh)
    raise Falsch(Text("A weekday is one of: {tage}", tage=WOCHENTAGE), roh)


def wochentage(roh: object, _: object = None) -> tuple[int, ...]:
    """Weekdays, in the order of the week."""
    tage = roh if isinstance(roh, list) else [roh]
    if not tage:
        raise Falsch(Text("At least one weekday is needed."))
    return tuple(sorted({wochentag(einer) for einer in tage}))


def kennung(roh: object, _: object = None) -> str:
    """An id: it travels into addresses and file names."""
    if isinstance(roh, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", roh):
        return roh
    hinweis = Text("It becomes part of addresses and file names; write ä as ae and a blank as a hyphen.")
    meldung = Text("An id consists of lower-case letters a to z, digits and single hyphens.")
    raise Falsch(meldung, roh, hinweis)


def grundlage(roh: Mapping[str, object], _: object = None) -> Grundlage:
    """On whose word something stands: exactly one of :data:`WORTE`."""
    if not roh:
        hinweis = Text("For a planner's own default write: vorgabe = true")
        meldung = Text("One of the keys text, auslegung and vorgabe must say on whose word this stands.")
        raise Falsch(meldung, hinweis=hinweis)
    if len(roh) > 1:
        raise Falsch(Text("Only one of the keys text, auslegung and vorgabe may stand here."), ", ".join(roh))
    ((wort, wert),) = roh.items()
    if wort == Authority.VORGABE.value:
        if wert is not True:
            raise Falsch(Text("The key vorgabe can only be true."), wert)
        return Grundlage(Authority.VORGABE)
    if not isinstance(wert, str) or not wert:
        raise Falsch(Text("This must be the id of an entry of the catalogue, in quotation marks."), wert)
    return Grundlage(Authority(wort), wert)
