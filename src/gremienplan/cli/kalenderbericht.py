"""What an import made of the council calendar: for the screen and as JSON."""

from __future__ import annotations

from collections import Counter

from gremienplan.cli.ausgabe import show
from gremienplan.cli.sprache import words
from gremienplan.ratskalender import Ratskalender
from gremienplan.texts import Text


def show_bericht(kalender: Ratskalender) -> None:
    """Write what the project's calendar holds now."""
    anzahl = len(kalender.sitzungen)
    show(words(Text("The council calendar now: {anzahl} sittings.", anzahl=anzahl)))


def bericht_json(kalender: Ratskalender) -> dict[str, object]:
    """Return the same as plain data."""
    return {
        "sitzungen": len(kalender.sitzungen),
        "von": kalender.von,
        "bis": kalender.bis,
        "hinweise": dict(Counter(h.art for h in kalender.hinweise)),
    }


def guesses(kalender: Ratskalender, quelle: str) -> tuple[Text, ...]:
    """Return what of a source was guessed: what ``--strict`` does not let pass."""
    return tuple(
        h.meldung for h in kalender.hinweise if h.quelle == quelle and h.art == "unbekanntes-gremium"
    )
