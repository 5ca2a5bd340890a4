"""``readings``: the open questions of a city, how they are read, and what another reading would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from attrs import field, frozen
from rich.padding import Padding
from rich.text import Text as Line

from gremienplan.cli.antworten import problem_json, show_problems
from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.klick import command, did_you_mean, option, programm_option, projekt_option, year
from gremienplan.cli.projekte import find_project_or_city, usual_year
from gremienplan.cli.sprache import words
from gremienplan.cli.unterschiede import difference_lines
from gremienplan.errors import InputError, Problem
from gremienplan.loading.shapes import join
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from pathlib import Path

    from gremienplan.comparing import Difference, Einladungswechsel, Wechsel
    from gremienplan.jahr import Jahr
    from gremienplan.quellen import Alternative, Angabe, Auslegung


@frozen
class Wirkung:
    """What one alternative would change; instead of that, the problems for which it cannot be followed."""

    kennung: str
    lesart: str
    verlangt: Mapping[str, Angabe] = field(factory=dict)
    """What the planner has to say first, by its key."""
    difference: Difference | None = None
    problems: tuple[Problem, ...] = field(default=())


READING = N_("READING")


@command(
    "readings",
    help=N_(
        "Say how the open questions of the concept are read, who has confirmed it, and what every other reading would"
        " change in the year: invitations, Sitzungen and bounds. With READING (such as AMB-01), one in full."
    ),
    short_help=N_("Say how open questions are read, and what else would change."),
)
@click.argument("reading", required=False, metavar=f"[{READING}]")
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

    if alternative and alternative.verlangt:
        return Wirkung(kennung, satz, alternative.verlangt)
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
                show(Padding(f"→ {words(_followed(lesart))}", _IN))
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


def _followed(lesart: Auslegung) -> Text:
    """Say which reading is followed, from when on, and whether it has been confirmed."""
    facts = {"lesart": lesart.wahl or Text("the city's own"), "stand": _stand(lesart)}
    if lesart.ab:
        return Text("{lesart} (from {ab} on; {stand})", ab=lesart.ab, **facts)
    return Text("{lesart} ({stand})", **facts)


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
    show(Line(f"{lesart.id}: {lesart.frage}", style="bold"))
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
        for angabe in w.verlangt.values():
            show(Padding(words(Text("Needs an answer: {frage}", frage=angabe.frage)), (0, 0, 0, 2)))
        if w.verlangt:
            show(
                Padding(words(Text("To follow it, write into gremienplan.toml, with your answers:")), _UNDER)
            )
            show(Padding("\n".join(_toml(lesart, w)), (0, 0, 0, 4)))
        if w.problems:
            show(Padding(words(Text("It cannot be followed here:")), (0, 0, 0, 2)))
            show_problems(w.problems, stderr=False)
        if w.difference is not None:
            lines = list(difference_lines(w.difference))
            show(
                Padding(
                    entries(("-", line) for line in lines or [words(Text("It changes nothing."))]),
                    (0, 0, 0, 2),
                )
            )


_UNDER = (0, 0, 0, 2)


def _toml(lesart: Auslegung, w: Wirkung) -> Iterator[str]:
    """Yield the lines by which a project follows an alternative; comments name the answers allowed."""
    pfad = join("auslegung", lesart.id)
    yield f"[{pfad}]"
    yield f'wahl = "{w.kennung}"'
    yield f"[{pfad}.angabe]"
    for key, angabe in w.verlangt.items():
        yield from (f"# {antwort}" for antwort in angabe.aus)
        yield f'{join("", key)} = "…"'


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
    found: dict[str, Any] = {
        "id": w.kennung or None,
        "lesart": w.lesart,
        "verlangt": [a.frage for a in w.verlangt.values()],
    }
    if w.verlangt:
        found["angaben"] = {key: {"frage": a.frage, "aus": list(a.aus)} for key, a in w.verlangt.items()}
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
