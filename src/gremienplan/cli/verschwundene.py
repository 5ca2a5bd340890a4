"""Beratungen in sittings that have vanished from the council calendar: in words, with the way out, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gremienplan.cli.ausgabe import say
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.auditing import Verschwunden
    from gremienplan.plan import Plan
    from gremienplan.projekt import Projekt


def say_vanished(found: Iterable[Verschwunden], projekt: Projekt, jahr: int) -> None:
    """Say what is heard in a vanished sitting, then what can be done."""
    lines = tuple(vanished_lines(found, projekt, jahr))
    for line in lines:
        say(line)
    if lines:
        say_ask()


def say_gone(projekt: Projekt, before: Plan, stand: datetime) -> None:
    """Say which sittings the last plan was made with and no file of the calendar has: their time counts as free."""
    from gremienplan.watch import vanished

    if gone := vanished(projekt, before, ab=stand.date()):
        meldung = Text(
            "Since the last plan these have vanished without a word and stand in no file of the council calendar any"
            " more, so that their time is taken for free: {sitzungen}. What is not off for sure belongs back there.",
            sitzungen=tuple(Text("{name} {zeit}", name=s.name, zeit=s.beginn) for s in gone),
        )
        say(meldung)


def vanished_lines(found: Iterable[Verschwunden], projekt: Projekt, jahr: int) -> Iterator[Text]:
    """Yield a sentence for each Beratung of a vanished sitting."""
    names = {beratung.id: beratung.name for beratung in projekt.beratungen(jahr)}
    for eine in found:
        yield Text(
            "{beratung}: its sitting has vanished from the council calendar: {zeit} ({key})",
            beratung=names.get(eine.beratung, eine.beratung),
            zeit=eine.sitzung.beginn,
            key=eine.sitzung.key,
        )


def say_ask() -> None:
    """Say how to settle whether a vanished sitting is held."""
    say(
        Text(
            "Ask the council's office whether it is held. If it is off, say so in gremienplan.toml: [[entfallen]] with"
            " sitzung (the key in brackets) and grund. Planning anew does not help before that."
        )
    )


def vanished_json(found: Iterable[Verschwunden]) -> list[dict[str, Any]]:
    """Return the same as plain data."""
    return [
        {
            "beratung": eine.beratung,
            "sitzung": eine.sitzung.key,
            "gremium": eine.sitzung.gremium,
            "beginn": eine.sitzung.beginn.isoformat(timespec="minutes"),
            "ende": eine.sitzung.ende.isoformat(timespec="minutes"),
        }
        for eine in found
    ]
