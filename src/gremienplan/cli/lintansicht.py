"""What the linter found in a council calendar, in words and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, short_passage
from gremienplan.cli.ausgabe import entries, heading, say, show
from gremienplan.cli.sprache import words
from gremienplan.texts import Text
from gremienplan.watch.lint import Befundart, Schwere

if TYPE_CHECKING:
    from gremienplan.projekt import Projekt, Stumm
    from gremienplan.watch.lint import Befund, Urteil

MEIST = 12
"""So many lines are shown of one kind; the rest is counted."""
JE_GREMIUM = 6
"""So many findings of one kind are shown of one body; the rest is counted."""

SCHWEREN: Mapping[Schwere, Text] = {
    Schwere.FEHLER: Text("Error"),
    Schwere.WARNUNG: Text("Warning"),
    Schwere.HINWEIS: Text("Note"),
}
ARTEN: Mapping[Befundart, Text] = {
    Befundart.FEIERTAG: Text("sittings on a public holiday"),
    Befundart.FEHLENDE_SITZUNG: Text("no sitting when the programme needs one"),
    Befundart.DOPPELT_BESETZT: Text("sittings at once of bodies that share seats"),
    Befundart.RAUM: Text("sittings at once in the same room"),
    Befundart.FERIEN: Text("sittings in the school holidays"),
    Befundart.WOCHENENDE: Text("sittings at the weekend"),
    Befundart.RATSFOLGE: Text("long waits for the body that comes next"),
    Befundart.WOCHENTAG: Text("sittings on a weekday unusual for the body"),
}
GRUENDE: Mapping[Befundart, Text] = {
    Befundart.FEIERTAG: Text("Nobody meets on a public holiday: the day is probably a mistake."),
    Befundart.FEHLENDE_SITZUNG: Text("No plan can have the item heard in time, whatever its other dates."),
    Befundart.DOPPELT_BESETZT: Text("Nobody can be in two sittings."),
    Befundart.RAUM: Text("One of them needs another room, or is the other one under another name."),
    Befundart.FERIEN: Text("Councils hardly ever meet then; many are away."),
    Befundart.WOCHENENDE: Text("The body meets on working days otherwise."),
    Befundart.RATSFOLGE: Text("What one body has heard waits for the next one."),
    Befundart.WOCHENTAG: Text("Weekday or date may be a mistake."),
}


def show_urteil(urteil: Urteil, projekt: Projekt) -> None:
    """Write the findings, the worst kind first, those of one kind together."""
    for (schwere, art), group in groupby(urteil.befunde, key=lambda b: (b.schwere, b.art)):
        found = list(group)
        heading(f"{words(SCHWEREN[schwere])} ({art.value}): {words(ARTEN[art])}: {len(found)}")
        show(Padding(_grund(art, found, projekt), (0, 0, 0, 2)))
        lines = _zeilen(found)
        for line in lines[:MEIST]:
            show(Padding(entries([("-", line)]), (0, 0, 0, 2)))
        if len(lines) > MEIST:
            more = Text("and {anzahl} more; all of them with --json", anzahl=len(lines) - MEIST)
            show(Padding(words(more), (0, 0, 0, 2)))
        show()
    _say_stumm(urteil)


def _grund(art: Befundart, found: Sequence[Befund], projekt: Projekt) -> str:
    """Say why these are findings, and where that stands."""
    said = words(GRUENDE[art])
    grundlagen = {b.grundlage for b in found if b.grundlage is not None}
    passages = sorted(words(short_passage(g, projekt.katalog)) for g in grundlagen)
    return f"{said} ({'; '.join(passages)})" if passages else said


def _zeilen(found: Sequence[Befund]) -> list[str]:
    """Return the findings of one kind: what is the same of several bodies once, else each body with what it is."""
    je_wer: dict[str, list[str]] = {}
    je_was: dict[str, list[str]] = {}
    for b in found:
        wer, was = " / ".join(b.wer), words(b.was)
        je_wer.setdefault(wer, []).append(was)
        je_was.setdefault(was, []).append(wer)
    if len(je_was) < len(je_wer):
        return [f"{', '.join(wer)}: {was}" for was, wer in je_was.items()]
    return [f"{wer}: {_gekuerzt(was)}" for wer, was in je_wer.items()]


def _gekuerzt(was: Sequence[str]) -> str:
    """Return what is found of one body; of a calendar of many years only the first of it."""
    if len(was) <= JE_GREMIUM:
        return "; ".join(was)
    more = words(Text("and {anzahl} more; all of them with --json", anzahl=len(was) - JE_GREMIUM))
    return "; ".join((*was[:JE_GREMIUM], more))


def _say_stumm(urteil: Urteil) -> None:
    muted = sum(anzahl for _, anzahl in urteil.stumm)
    if muted:
        say(Text("Muted by the project: {anzahl}", anzahl=muted))
    for stumm, anzahl in urteil.stumm:
        if not anzahl:
            say(Text("[[stumm]] is about no finding: {was}", was=_stumm(stumm)))


def _stumm(stumm: Stumm) -> str:
    tag = stumm.tag.isoformat() if stumm.tag else ""
    return ", ".join(teil for teil in (stumm.befund, stumm.gremium, stumm.sitzung, tag) if teil)


def urteil_json(urteil: Urteil, projekt: Projekt) -> dict[str, Any]:
    """Return the same, complete, as plain data."""
    return {
        "ok": not urteil.befunde,
        "befunde": [_json(b, projekt) for b in urteil.befunde],
        "stumm": [
            {
                "befund": s.befund,
                "gremium": s.gremium,
                "sitzung": s.sitzung,
                "tag": s.tag.isoformat() if s.tag else None,
                "grund": s.grund,
                "anzahl": anzahl,
            }
            for s, anzahl in urteil.stumm
        ],
    }


def _json(b: Befund, projekt: Projekt) -> dict[str, Any]:
    return {
        "befund": b.art.value,
        "schwere": b.schwere.value,
        "wer": list(b.wer),
        "gremien": list(b.gremien),
        "meldung": words(b.was),
        "grund": words(GRUENDE[b.art]),
        "grundlage": grundlage_json(b.grundlage, projekt.katalog) if b.grundlage else None,
        "tag": b.tag.isoformat(),
        "sitzungen": [
            {"key": s.key, "name": s.name, "beginn": s.beginn.isoformat(timespec="minutes")}
            for s in b.sitzungen
        ],
    }
