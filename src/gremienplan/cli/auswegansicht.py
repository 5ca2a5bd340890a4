"""The ways out of a conflict, in words and as JSON: what would have to change, on whose word, and how it is done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen
from rich.padding import Padding

from gremienplan.cli.antworten import JsonObject, conflict_json, grundlage_json, passage, show_conflict
from gremienplan.cli.ausgabe import entries, say, say_command, show, write, write_json
from gremienplan.cli.fortschritt import Abbruch
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError
from gremienplan.quellen import Authority
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Conflict, Plan
    from gremienplan.planning import Ausweg, Schritt
    from gremienplan.projekt import Projekt


@frozen
class Gefragt:
    """What ``plan`` was asked, so that the same can be asked of a changed project."""

    folder: Path
    programm: str | None
    projekt: Projekt
    stand: datetime
    before: Plan | None
    abbruch: Abbruch

    def ways(self, conflict: Conflict) -> tuple[Ausweg, ...]:
        """Look for the ways out of a conflict."""
        from gremienplan.loading import load
        from gremienplan.planning import ways_out

        def lesen(frage: str, wahl: str) -> Projekt | None:
            try:
                return load(self.folder, programm=self.programm, jahr=conflict.jahr, lesarten={frage: wahl})
            except InputError:
                return None

        def stop() -> bool:
            return self.abbruch.verlangt

        say(Text("Looking for what would have to change; Ctrl-C ends without it."))
        ways = ways_out(self.projekt, conflict, stand=self.stand, before=self.before, lesen=lesen, stop=stop)
        if not self.abbruch.verlangt:
            return ways
        say(Text("Interrupted: ways out were not looked for to the end."))
        return tuple(
            way for way in ways if way.rest is None
        )  # of the others nobody knows whether they are needed


def report_conflict(conflict: Conflict, projekt: Projekt, asked: Gefragt | None, as_json: bool) -> None:
    """Write a conflict, the ways out of it, and what can be planned all the same."""
    if as_json:
        facts = conflict_json(conflict, projekt.katalog)
        ways = ways_json(conflict, asked)
        interrupted = asked is not None and asked.abbruch.verlangt
        write_json("conflict", **facts, auswege=ways, auswege_abgebrochen=interrupted)
        return
    show_conflict(conflict, projekt.katalog)
    show_ways(conflict, asked)
    command_line = f"gremienplan plan --jahr {conflict.jahr} --partial"
    say_command(Text("What can be planned all the same:"), command_line)


def show_ways(conflict: Conflict, asked: Gefragt | None) -> None:
    """Write the ways out of a conflict, cheapest first; nothing where they were not asked for."""
    if asked is None:
        return
    ways = asked.ways(conflict)
    if not ways and asked.abbruch.verlangt:
        return  # that nothing was found says nothing
    if not ways:
        say(
            Text(
                "Within the limits of the search no way out was found that leaves what the concept says as it is."
            )
        )
        return
    say()  # what is read from a pipe has its blank line already
    if ways[0].rest is None:
        if asked.abbruch.verlangt:
            show(words(Text("Ways out that were found until then. With each of them a plan exists:")))
        else:
            show(words(Text("Ways out, the cheapest first. With each of them a plan exists:")))
    else:
        show(words(Text("No change was found that is enough. With each of these, another conflict is left:")))
    for number, way in enumerate(ways, start=1):
        show()
        _show_way(number, way, asked.projekt)
    if ways[0].begrenzt and not asked.abbruch.verlangt:
        show()
        show(words(Text("The search met one of its limits: a cheaper way may exist.")))
    show()


def _show_way(number: int, way: Ausweg, projekt: Projekt) -> None:
    for n, schritt in enumerate(way.schritte):
        mark = f"{number}."
        show(entries([(" " * len(mark) if n else mark, words(schritt.satz))]))
        show(Padding(words(_wort(schritt, projekt)), (0, 0, 0, 3)))
        for line in (f"{schritt.datei}:", *schritt.zeilen.splitlines()):
            write(f"     {line}")
    if way.rest is not None:
        show(Padding(words(Text("Then these cannot hold together:")), (0, 0, 0, 3)))
        for r in way.rest.requirements:
            show(Padding(entries([("-", words(r.satz(way.rest.namen)))]), (0, 0, 0, 3)))


def _wort(schritt: Schritt, projekt: Projekt) -> Text:
    """Say on whose word stands what gives way, and how it is done."""
    if schritt.grundlage.authority is Authority.TATSACHE:
        return Text("to be asked for; {so}:", so=schritt.so)
    return Text("{wort}; to change it {so}:", wort=passage(schritt.grundlage, projekt.katalog), so=schritt.so)


def ways_json(conflict: Conflict, asked: Gefragt | None) -> list[JsonObject] | None:
    """Return the ways out as plain data; None where they were not asked for."""
    if asked is None:
        return None
    return [way_json(way, asked.projekt) for way in asked.ways(conflict)]


def way_json(way: Ausweg, projekt: Projekt) -> JsonObject:
    """Return one way out as plain data."""
    return {
        "schritte": [
            {
                "wort": schritt.wort.name.lower(),
                "satz": words(schritt.satz),
                "grundlage": grundlage_json(schritt.grundlage, projekt.katalog),
                "so": words(schritt.so),
                "datei": schritt.datei,
                "zeilen": schritt.zeilen,
                "menge": schritt.menge,
            }
            for schritt in way.schritte
        ],
        "preis": {"bitten": way.preis[0], "lesarten": way.preis[1], "punkte": way.preis[2]},
        "begrenzt": way.begrenzt,
        "rest": [words(r.satz(way.rest.namen)) for r in way.rest.requirements] if way.rest else None,
    }
