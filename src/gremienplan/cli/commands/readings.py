"""``readings``: the open questions of a city, how they are read, and what another reading would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click
from attrs import field, frozen
from rich.padding import Padding
from rich.text import Text as Line

from gremienplan.cli.antworten import problem_json, show_problems
from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.gruende import als_name
from gremienplan.cli.klick import command, did_you_mean, option, programm_option, projekt_option, year
from gremienplan.cli.projekte import find_project_or_city, usual_year
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from pathlib import Path

    from gremienplan.comparing import Difference, Einladungswechsel, Wechsel
    from gremienplan.jahr import Jahr
    from gremienplan.quellen import Alternative, Auslegung

SHOWN = 12
"""How many single things of one kind are listed, before the rest is counted."""


@frozen
class Wirkung:
    """What one alternative would change; instead of that, the problems for which it cannot be followed."""

    kennung: str
    lesart: str
    verlangt: tuple[str, ...] = ()
    """Questions the planner has to answer first."""
    difference: Difference | None = None
    problems: tuple[Problem, ...] = field(default=())


@command(
    "readings",
    help=N_(
        "Say how the open questions of the concept are read, who has confirmed it, and what every other reading would"
        " change in the year: invitations, Sitzungen and bounds. With READING (such as AMB-01), one in full."
    ),
    short_help=N_("Say how open questions are read, and what else would change."),
)
@click.argument("reading", required=False, metavar="[READING]")
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year to compare."))
@programm_option
def readings(
    reading: str | None, projekt_option: str | None, jahr: int | None, programm: str | None, as_json: bool
) -> int:
    """Compare the year under every reading with the year as it is."""
    from gremienplan.jahr import build
    from gremienplan.loading import load

    folder = find_project_or_city(None, projekt_option)
    jahr = jahr or usual_year(folder)
    before = build(load(folder, programm=programm, jahr=jahr), jahr)
    lesarten = before.projekt.katalog.auslegungen
    if reading is not None and reading not in lesarten:
        hint = did_you_mean(reading, lesarten)
        missing = Text("The city has no reading with this id.")
        raise InputError([Problem("READING", "", missing, reading, hint)])
    asked = [lesart for lesart in lesarten.values() if reading in (None, lesart.id)]
    found = [(lesart, list(_wirkungen(folder, programm, before, lesart))) for lesart in asked]
    if as_json:
        write_json("readings", jahr=jahr, readings=[_json(*one) for one in found])
    elif reading is None:
        _show_all(found, jahr)
    else:
        for lesart, wirkungen in found:
            _show_one(lesart, wirkungen)
    return DONE


def _wirkungen(folder: Path, programm: str | None, before: Jahr, lesart: Auslegung) -> Iterator[Wirkung]:
    """Yield what each reading that is not followed would change, the city's own one first."""
    if lesart.wahl:
        yield _wirkung(folder, programm, before, lesart, "", lesart.statt, None)
    for kennung, alternative in lesart.alternative.items():
        if kennung != lesart.wahl:
            yield _wirkung(folder, programm, before, lesart, kennung, alternative.lesart, alternative)


def _wirkung(
    folder: Path,
    programm: str | None,
    before: Jahr,
    lesart: Auslegung,
    kennung: str,
    satz: str,
    alternative: Alternative | None,
) -> Wirkung:
    from gremienplan.comparing import difference
    from gremienplan.jahr import build
    from gremienplan.loading import load

    verlangt = tuple(angabe.frage for angabe in alternative.verlangt.values()) if alternative else ()
    if verlangt:
        return Wirkung(kennung, satz, verlangt)
    try:
        other = load(folder, programm=programm, jahr=before.jahr, lesarten={lesart.id: kennung or None})
        return Wirkung(kennung, satz, difference=difference(before, build(other, before.jahr)))
    except InputError as error:
        return Wirkung(kennung, satz, problems=error.problems)


# --- all of them ---------------------------------------------------------------------------------------------


def _show_all(found: Sequence[tuple[Auslegung, Sequence[Wirkung]]], jahr: int) -> None:
    if not found:
        show(
            words(
                Text("The city has no open questions: it has no auslegungen.toml, or nothing stands there.")
            )
        )
        return
    spalten = _Spalten([_row(w) for _, wirkungen in found for w in wirkungen])
    show(spalten.line("", (words(Text("Invitations")), words(Text("Held")), words(Text("Bounds")))))
    for lesart, wirkungen in found:
        if not lesart.fest:
            show(entries([(lesart.id, lesart.frage)]))
            if lesart.wahl or lesart.bestaetigt:
                followed = lesart.wahl or words(Text("the city's own"))
                show(Padding(f"→ {followed} ({words(_stand(lesart))})", _IN))
            for w in wirkungen:
                show(spalten.line(*_row(w)))
    fest = [lesart for lesart, _ in found if lesart.fest]
    if fest:
        show()
        heading(Text("Nothing can be switched here:"))
        show(entries((lesart.id, lesart.frage) for lesart in fest))
    example = next((lesart for lesart, _ in found if not lesart.fest), found[0][0])
    say(
        Text(
            "{anzahl} questions, {offen} of them open. The names are those of other readings; the numbers say what"
            " they would change in {jahr}: + more, − fewer, ~ otherwise. One in full: {command}",
            anzahl=len(found),
            offen=sum(not lesart.bestaetigt for lesart, _ in found),
            jahr=str(jahr),
            command=f"gremienplan readings {example.id}",
        )
    )


_IN = (0, 0, 0, 7)
"""Where an alternative begins, under the words of its question."""


@frozen
class _Spalten:
    """The columns of numbers, wide enough for every row."""

    rows: Sequence[tuple[str, tuple[str, ...]]]

    def line(self, name: str, numbers: Sequence[str]) -> Line:
        """Return one row."""
        first = max([24, *(len(known) for known, _ in self.rows)])
        cells = [numbers[0].ljust(13), numbers[1].ljust(7), numbers[2]] if any(numbers) else []
        return Line(" " * _IN[3] + name.ljust(first + 2) + "".join(cells))


def _row(w: Wirkung) -> tuple[str, tuple[str, ...]]:
    """Return what a reading is called and what it changes."""
    return _named(w), _numbers(w)


def _stand(lesart: Auslegung) -> Text:
    if lesart.bestaetigt:
        return Text("confirmed: {von}, {am}", von=lesart.bestaetigt.von, am=lesart.bestaetigt.am)
    return Text("open")


def _named(w: Wirkung) -> str:
    """Return the id of a reading, and why nothing can be said of it."""
    name = w.kennung or words(Text("the city's own"))
    if w.verlangt:
        return words(Text("{name}: needs an answer", name=name))
    return words(Text("{name}: cannot be followed", name=name)) if w.problems else name


def _numbers(w: Wirkung) -> tuple[str, str, str]:
    """Return what changes: pairs of Sitz and Sitzung, Sitzungen and items, bounds and wishes."""
    if w.difference is None:
        return "", "", ""
    d = w.difference
    more, less = d.paare
    events, bounds = (d.sitzungen, d.beratungen), (d.requirements, d.preferences)
    return (
        _signed(more, less, len({(e.sitzung, e.sitz.id) for e in d.anders})),
        _signed(sum(len(x.dazu) for x in events), sum(len(x.weg) for x in events), 0),
        _signed(*(sum(len(getattr(x, name)) for x in bounds) for name in ("dazu", "weg", "anders"))),
    )


def _signed(more: int, less: int, other: int) -> str:
    parts = ((more, "+"), (less, "−"), (other, "~"))
    return " ".join(f"{sign}{number}" for number, sign in parts if number) or "·"


# --- one in full ---------------------------------------------------------------------------------------------


def _show_one(lesart: Auslegung, wirkungen: Sequence[Wirkung]) -> None:
    heading(f"{lesart.id}: {lesart.frage}")
    show(Padding(entries([("→", lesart.lesart)]), (0, 0, 0, 2)))
    if lesart.ab:
        show(
            Padding(
                words(Text("From {ab} on; until then: {statt}", ab=lesart.ab, statt=lesart.statt)),
                (0, 0, 0, 4),
            )
        )
    show(Padding(words(Text("State: {stand}", stand=_stand(lesart))), (0, 0, 0, 2)))
    if lesart.stellen:
        show(Padding(words(Text("Passages: {stellen}", stellen=lesart.stellen)), (0, 0, 0, 2)))
    if lesart.fest:
        show(Padding(words(Text("Nothing can be switched: {fest}", fest=lesart.fest)), (0, 0, 0, 2)))
    for w in wirkungen:
        show()
        heading(w.kennung or Text("the city's own"))
        show(Padding(w.lesart, (0, 0, 0, 2)))
        for frage in w.verlangt:
            show(Padding(words(Text("Needs an answer: {frage}", frage=frage)), (0, 0, 0, 2)))
        if w.problems:
            show(Padding(words(Text("It cannot be followed here:")), (0, 0, 0, 2)))
            show_problems(w.problems, stderr=False)
        if w.difference is not None:
            lines = list(_lines(w.difference))
            show(
                Padding(
                    entries(("-", line) for line in lines or [words(Text("It changes nothing."))]),
                    (0, 0, 0, 2),
                )
            )


def _lines(d: Difference) -> Iterator[str]:
    """Yield the differences in words, grouped by the entry of the programme or the rule they rest on."""
    namen = {**d.vorher.namen, **d.nachher.namen}
    if d.sitzungen.dazu:
        yield words(Text("Held as well: {namen}", namen=_few([namen[id] for id in d.sitzungen.dazu])))
    if d.sitzungen.weg:
        yield words(Text("No longer held: {namen}", namen=_few([namen[id] for id in d.sitzungen.weg])))
    if d.beratungen.dazu:
        yield words(Text("Heard as well: {namen}", namen=_few([namen[id] for id in d.beratungen.dazu])))
    if d.beratungen.weg:
        yield words(Text("No longer heard: {namen}", namen=_few([namen[id] for id in d.beratungen.weg])))
    for wechsel, said in ((d.dazu, _more), (d.weg, _fewer), (d.anders, _otherwise)):
        for sitzung, members in groupby(wechsel, key=lambda w: w.sitzung):
            yield words(said(namen[sitzung], _few([_who(w, namen) for w in members])))
    requirements, preferences = d.requirements, d.preferences
    for regel, anzahl in _bounds(requirements.dazu, preferences.dazu):
        yield words(Text("Bounds added by {regel}: {anzahl}", regel=regel, anzahl=anzahl))
    for regel, anzahl in _bounds(requirements.weg, preferences.weg):
        yield words(Text("Bounds dropped of {regel}: {anzahl}", regel=regel, anzahl=anzahl))
    for regel, anzahl in _bounds(requirements.anders, preferences.anders):
        yield words(Text("Bounds changed of {regel}: {anzahl}", regel=regel, anzahl=anzahl))


def _more(sitzung: str, sitze: str) -> Text:
    return Text("Invited as well, to {sitzung}: {sitze}", sitzung=sitzung, sitze=sitze)


def _fewer(sitzung: str, sitze: str) -> Text:
    return Text("No longer invited, to {sitzung}: {sitze}", sitzung=sitzung, sitze=sitze)


def _otherwise(sitzung: str, sitze: str) -> Text:
    return Text("Invited as something else, to {sitzung}: {sitze}", sitzung=sitzung, sitze=sitze)


def _who(w: Einladungswechsel, namen: Mapping[str, str]) -> str:
    name = namen.get(w.sitz.id, w.sitz.id)
    if w.vorher and w.nachher:
        before, after = (", ".join(words(als_name(a)) for a in als) for als in (w.vorher, w.nachher))
        name = f"{name} ({before} → {after})"
    if w.ab and w.bis:
        return words(Text("{name} (from {ab} to {bis})", name=name, ab=w.ab, bis=w.bis))
    if w.ab:
        return words(Text("{name} (from {ab} on)", name=name, ab=w.ab))
    return words(Text("{name} (until {bis})", name=name, bis=w.bis)) if w.bis else name


def _few(namen: Sequence[str]) -> str:
    shown = "; ".join(namen[:SHOWN])
    rest = len(namen) - SHOWN
    return shown if rest <= 0 else words(Text("{namen}; and {anzahl} more", namen=shown, anzahl=rest))


def _bounds(*bounds: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    """Yield each entry or rule the bounds come from, and how many they are."""
    je: dict[str, int] = {}
    for id in (id for group in bounds for id in group):
        regel = id.partition(":")[0]
        je[regel] = je.get(regel, 0) + 1
    yield from ((f"“{regel}”", anzahl) for regel, anzahl in je.items())


# --- as data -------------------------------------------------------------------------------------------------


def _json(lesart: Auslegung, wirkungen: Sequence[Wirkung]) -> dict[str, Any]:
    return {
        "id": lesart.id,
        "frage": lesart.frage,
        "lesart": lesart.lesart,
        "stellen": list(lesart.stellen),
        "stand": lesart.stand,
        "bestaetigt": (
            {"von": lesart.bestaetigt.von, "am": lesart.bestaetigt.am.isoformat()}
            if lesart.bestaetigt
            else None
        ),
        "fest": lesart.fest or None,
        "wahl": lesart.wahl or None,
        "ab": lesart.ab.isoformat() if lesart.ab else None,
        "statt": lesart.statt or None,
        "andere": [_wirkung_json(w) for w in wirkungen],
    }


def _wirkung_json(w: Wirkung) -> dict[str, Any]:
    found: dict[str, Any] = {"id": w.kennung or None, "lesart": w.lesart, "verlangt": list(w.verlangt)}
    if w.problems:
        found["problems"] = [problem_json(problem) for problem in w.problems]
    if w.difference is not None:
        d = w.difference
        more, less = d.paare
        found |= {
            "einladungen": {
                "anzahl_dazu": more,
                "anzahl_weg": less,
                "dazu": [_wechsel_json(e) for e in d.dazu],
                "weg": [_wechsel_json(e) for e in d.weg],
                "anders": [_wechsel_json(e) for e in d.anders],
            },
            "sitzungen": _ids_json(d.sitzungen),
            "beratungen": _ids_json(d.beratungen),
            "requirements": _ids_json(d.requirements),
            "preferences": _ids_json(d.preferences),
        }
    return found


def _wechsel_json(e: Einladungswechsel) -> dict[str, Any]:
    return {
        "sitzung": e.sitzung,
        "sitz": e.sitz.id,
        "vorher": [als.value for als in e.vorher],
        "nachher": [als.value for als in e.nachher],
        "ab": e.ab.isoformat() if e.ab else None,
        "bis": e.bis.isoformat() if e.bis else None,
    }


def _ids_json(w: Wechsel) -> dict[str, list[str]]:
    return {"dazu": list(w.dazu), "weg": list(w.weg), "anders": list(w.anders)}
