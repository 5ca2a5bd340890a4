"""Two plans side by side in words: what is moved and why, what is new or off, what stays; and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, short_passage, stage_name
from gremienplan.cli.ausgabe import entries, heading, show
from gremienplan.cli.sprache import language, words
from gremienplan.texts import Text, render_value

if TYPE_CHECKING:
    from gremienplan.auditing import Finding
    from gremienplan.plan import Lage, Stufe, Unterschied, Verlegung
    from gremienplan.programm import Programm
    from gremienplan.quellen import Katalog
    from gremienplan.requirements import Namen

Gruende = Mapping[str, Sequence["Finding"]]
"""Id of a moved event -> what its old date breaks."""


def show_moves(found: Unterschied, namen: Namen, katalog: Katalog, gruende: Gruende) -> None:
    """Write what is moved, from where to where and why; what is new or off; and how much stays."""
    if found.verlegt:
        heading(Text("Moved: {anzahl}", anzahl=len(found.verlegt)))
    for number, verlegung in enumerate(found.verlegt, start=1):
        _show_move(number, verlegung, namen, katalog, gruende.get(verlegung.ereignis, ()))
    _show_lagen(Text("With a date now: {anzahl}", anzahl=len(found.neu)), found.neu, namen)
    gone = [lage for lage in found.entfallen if lage.ereignis not in found.offen]
    waiting = [lage for lage in found.entfallen if lage.ereignis in found.offen]
    _show_lagen(Text("Off: {anzahl}", anzahl=len(gone)), gone, namen)
    _show_lagen(Text("Off for now, date to be announced: {anzahl}", anzahl=len(waiting)), waiting, namen)
    if found:
        show()
        show(words(Text("As it was: {anzahl}", anzahl=len(found.bleibt))))


def _show_move(
    number: int, verlegung: Verlegung, namen: Namen, katalog: Katalog, findings: Sequence[Finding]
) -> None:
    mark = f"{number}."
    show()
    show(entries([(mark, _name(verlegung.ereignis, namen))]))
    indent = len(mark) + 1
    for text in change(verlegung, namen):
        show(Padding(text, (0, 0, 0, indent)))
    for meldung, found in _together(findings):
        show(Padding(entries([(words(Text("Why:")), words(meldung))]), (0, 0, 0, indent)))
        for satz in dict.fromkeys(words(short_passage(f.requirement.grundlage, katalog)) for f in found):
            show(Padding(satz, (0, 0, 0, indent + len(words(Text("Why:"))) + 1)))


def change(verlegung: Verlegung, namen: Namen) -> tuple[str, ...]:
    """Say from when to when, from where to where, and who presents it instead of whom: only what differs."""
    before, after = verlegung.bisher, verlegung.jetzt
    found = []
    if before.beginn != after.beginn:
        found.append(f"{told(before.beginn)} → {told(after.beginn)}")
    elif before.ende != after.ende:
        ends = {"bisher": before.ende.time(), "jetzt": after.ende.time()}
        found.append(words(Text("{beginn}, until {bisher} → {jetzt}", beginn=before.beginn, **ends)))
    else:
        found.append(words(Text("{beginn}, as before", beginn=before.beginn)))
    if before.ort != after.ort:
        orte = [_name(ort, namen) if ort else Text("place still open") for ort in (before.ort, after.ort)]
        found.append(words(Text("Place: {bisher} → {jetzt}", bisher=orte[0], jetzt=orte[1])))
    if before.vortrag != after.vortrag:
        wer = [tuple(_name(sitz, namen) for sitz in lage.vortrag) or ("–",) for lage in (before, after)]
        found.append(words(Text("Presented by: {bisher} → {jetzt}", bisher=wer[0], jetzt=wer[1])))
    return tuple(found)


def told(zeit: datetime) -> str:
    """Say when, in the language of this run."""
    return render_value(zeit, language())


def _together(findings: Iterable[Finding]) -> list[tuple[Text, list[Finding]]]:
    """Return the sentences, each once, with all that say so."""
    found: dict[Text, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.meldung, []).append(finding)
    return list(found.items())


def _show_lagen(head: Text, lagen: Sequence[Lage], namen: Namen) -> None:
    if lagen:
        show()
        heading(head)
    for lage in lagen:
        show(Padding(f"{_name(lage.ereignis, namen)}: {told(lage.beginn)}", (0, 0, 0, 2)))


def show_costs(bisher: Mapping[int, int], stufen: Iterable[Stufe], programm: Programm) -> None:
    """Write what the change costs: the points of each stage before and after, and whether fewer are possible."""
    show(words(Text("How good the plan is, before → now:")))
    for stufe in stufen:
        show(Padding(stage_name(stufe.stufe, programm), (0, 0, 0, 2)))
        facts = {"bisher": bisher.get(stufe.stufe, 0), "jetzt": stufe.wert}
        if stufe.bewiesen:
            line = Text("{bisher} → {jetzt} points, proven best with so few moves", **facts)
        else:
            line = Text("{bisher} → {jetzt} points, at best {schranke}", **facts, schranke=stufe.schranke)
        show(Padding(words(line), (0, 0, 0, 4)))


def moves_json(found: Unterschied, namen: Namen, katalog: Katalog, gruende: Gruende) -> dict[str, Any]:
    """Return the same as plain data."""
    return {
        "verlegt": [
            {
                "ereignis": v.ereignis,
                "name": _name(v.ereignis, namen),
                "bisher": lage_json(v.bisher),
                "jetzt": lage_json(v.jetzt),
                "gruende": [
                    {
                        "requirement": f.requirement.id,
                        "meldung": words(f.meldung),
                        "grundlage": grundlage_json(f.requirement.grundlage, katalog),
                    }
                    for f in gruende.get(v.ereignis, ())
                ],
            }
            for v in found.verlegt
        ],
        "neu": [{"ereignis": lage.ereignis, **lage_json(lage)} for lage in found.neu],
        "entfallen": [
            {"ereignis": lage.ereignis, "offen": lage.ereignis in found.offen, **lage_json(lage)}
            for lage in found.entfallen
        ],
        "bleibt": list(found.bleibt),
    }


def lage_json(lage: Lage) -> dict[str, Any]:
    """Return where an event lies as plain data."""
    return {
        "beginn": lage.beginn.isoformat(timespec="minutes"),
        "ende": lage.ende.isoformat(timespec="minutes"),
        "ort": lage.ort,
        "vortrag": list(lage.vortrag),
    }


def _name(key: str, namen: Namen) -> str:
    """Return the name people read; what the year does not know any more is called by its id."""
    return namen.get(key, key)
