"""``coverage``: which statement of the sources is encoded where, and which is not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from gremienplan.cli.antworten import number_of_problems, problem_json, show_problems
from gremienplan.cli.ausgabe import entries, heading, say, show, table, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.klick import command, did_you_mean, option, projekt_option
from gremienplan.cli.projekte import find_project_or_city
from gremienplan.cli.sprache import words
from gremienplan.coverage import Bilanz, Deckung, Stand, bilanz, problems, summe
from gremienplan.errors import InputError, Problem
from gremienplan.quellen import Fundstelle, Katalog
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.projekt import Projekt


@command(
    "coverage",
    help=N_(
        "Account for every statement of a city's sources: encoded, open, informational or out of scope. PROJEKT"
        " is a project, a city folder or a city that ships. STELLE is the id of one statement: its state, what"
        " carries it, its passage and the readings it depends on."
    ),
    short_help=N_("Say which statement of the sources is encoded where."),
)
@click.argument("first", required=False, metavar="[PROJEKT]")
@click.argument("second", required=False, metavar="[STELLE]")
@projekt_option
@option("--quelle", metavar=N_("SOURCE"), help=N_("Only this source: its id, or how its file's name begins."))
@option(
    "--section", metavar=N_("SECTION"), help=N_("Only this section and those in it, statement by statement.")
)
@option("--durch", metavar=N_("ENTRY"), help=N_("The statements that this entry carries: table.id."))
def coverage(
    first: str | None,
    second: str | None,
    projekt_option: str | None,
    quelle: str | None,
    section: str | None,
    durch: str | None,
    as_json: bool,
) -> int:
    """Show the ledger: all of it in numbers, one statement, one section, or what one entry carries."""
    from gremienplan.loading import load
    from gremienplan.loading.deckung import read_deckung

    argument, kennung = _arguments(first, second)
    folder = find_project_or_city(argument, projekt_option)
    projekt = load(folder)
    buch = _Buch(projekt, read_deckung(folder))
    if kennung:
        return _one(buch, kennung, as_json)
    if durch:
        return _carried(buch, durch, as_json)
    return _all(buch, _chosen(buch.katalog, quelle, section), section is not None, as_json)


@frozen
class _Buch:
    """A city with its ledger."""

    projekt: Projekt
    deckung: Deckung

    @property
    def katalog(self) -> Katalog:
        return self.projekt.katalog


def _arguments(first: str | None, second: str | None) -> tuple[str | None, str | None]:
    """Return project and statement; a word alone is a project when there is one of this name."""
    if second or first is None:
        return first, second
    from gremienplan.loading.ordner import shipped

    return (first, None) if Path(first).exists() or first in shipped() else (None, first)


def _chosen(katalog: Katalog, quelle: str | None, section: str | None) -> list[Fundstelle]:
    """Return the statements of a source and a section. Raises InputError when there are none."""
    stellen = list(katalog.stellen.values())
    if quelle is not None:
        ids = {q.id for q in katalog.quellen.values() if quelle in (q.id, q.datei)}
        stellen = [stelle for stelle in stellen if stelle.quelle in ids]
        if not ids:
            hinweis = Text("Known are: {names}", names=tuple(katalog.quellen))
            missing = Text("The catalogue has no source with this id.")
            raise InputError([Problem("--quelle", "", missing, quelle, hinweis)])
    if section is not None:
        sections = tuple(dict.fromkeys(stelle.abschnitt for stelle in stellen))
        stellen = [stelle for stelle in stellen if _is_in(stelle.abschnitt, section)]
        if not stellen:
            hinweis = Text("Known are: {names}", names=sections)
            raise InputError([Problem("--section", "", Text("There is no such section."), section, hinweis)])
    return stellen


def _is_in(abschnitt: str, section: str) -> bool:
    return abschnitt == section or abschnitt.startswith((f"{section}.", f"{section} "))


# --- all of it -----------------------------------------------------------------------------------------


def _all(buch: _Buch, stellen: Sequence[Fundstelle], listed: bool, as_json: bool) -> int:
    wrong = problems(buch.katalog, buch.deckung)
    zeilen = bilanz(stellen, buch.deckung)
    gesamt = summe("", zeilen)
    if as_json:
        write_json(
            "coverage",
            stadt=buch.projekt.stadt.id,
            sections=[_bilanz_json(zeile) for zeile in zeilen],
            total=_bilanz_json(gesamt),
            statements=[_stelle_json(buch, stelle) for stelle in stellen],
            problems=[problem_json(problem) for problem in wrong],
        )
        return NO if wrong else DONE
    quellen = tuple(dict.fromkeys(zeile.quelle for zeile in zeilen))
    for quelle in quellen:
        teile = [zeile for zeile in zeilen if zeile.quelle == quelle]
        heading(buch.katalog.quellen[quelle].titel)
        _show_numbers(teile, Text("together"))
        if listed:
            _show_statements(buch, [stelle for stelle in stellen if stelle.quelle == quelle])
    if len(quellen) > 1:
        _show_numbers([gesamt], Text("all sources"))
    if buch.deckung.fehlt:
        say(Text("This city has no ledger: {datei}", datei=buch.deckung.datei))
    elif wrong:
        show_problems(wrong, stderr=False)
        say(number_of_problems(len(wrong)))
    _say_total(gesamt)
    return NO if wrong else DONE


def _show_numbers(teile: Sequence[Bilanz], ganz: Text) -> None:
    rows = [(teil.abschnitt or words(ganz), *_numbers(teil)) for teil in teile]
    if len(rows) > 1:
        rows.append((words(ganz), *_numbers(summe("", teile))))
    headings = (Text("section"), *(stand_name(stand) for stand in Stand), Text("none"), Text("all"))
    show(table(headings, rows, flexible=0))
    show()


def _numbers(zeile: Bilanz) -> tuple[str, ...]:
    return tuple(
        str(zahl) if zahl else "–"
        for zahl in (*(zeile.zahlen[stand] for stand in Stand), zeile.ohne_stand, zeile.gesamt)
    )


def _show_statements(buch: _Buch, stellen: Iterable[Fundstelle]) -> None:
    for stelle in stellen:
        show(f"{stelle.id}: {words(_stand_of(buch, stelle.id))}")
        lines = [*buch.deckung.traeger_von(stelle.id), *_readings(buch, stelle.id)]
        if lines:
            show(entries([("   ", ", ".join(lines))]))
    show()


def _say_total(gesamt: Bilanz) -> None:
    if not gesamt.gesamt:
        say(Text("This city has no catalogue of its sources, so there is nothing to account for."))
        return
    erfasst = gesamt.gesamt - gesamt.ohne_stand
    prozent = f"{erfasst * 100 // gesamt.gesamt} %"
    say(
        Text(
            "{erfasst} of {gesamt} statements accounted for ({prozent}).",
            erfasst=erfasst,
            gesamt=gesamt.gesamt,
            prozent=prozent,
        )
    )


def stand_name(stand: Stand) -> Text:
    """Say a state in words."""
    match stand:
        case Stand.UMGESETZT:
            return Text("encoded")
        case Stand.OFFEN:
            return Text("open")
        case Stand.ZUR_KENNTNIS:
            return Text("informational")
        case Stand.AUSSERHALB:
            return Text("out of scope")


def _stand_of(buch: _Buch, kennung: str) -> Text:
    eintrag = buch.deckung.eintraege.get(kennung)
    return stand_name(eintrag.stand) if eintrag else Text("in no state")


def _readings(buch: _Buch, kennung: str) -> tuple[str, ...]:
    """Return the open questions a statement depends on: those the ledger names, then the catalogue's."""
    eintrag = buch.deckung.eintraege.get(kennung)
    stelle = buch.katalog.stellen[kennung]
    return tuple(dict.fromkeys([*(eintrag.auslegung if eintrag else ()), *stelle.auslegung]))


def _bilanz_json(zeile: Bilanz) -> dict[str, Any]:
    return {
        "quelle": zeile.quelle,
        "abschnitt": zeile.abschnitt,
        **{stand.value: zeile.zahlen[stand] for stand in Stand},
        "ohne": zeile.ohne_stand,
        "gesamt": zeile.gesamt,
    }


def _stelle_json(buch: _Buch, stelle: Fundstelle) -> dict[str, Any]:
    eintrag = buch.deckung.eintraege.get(stelle.id)
    return {
        "id": stelle.id,
        "quelle": stelle.quelle,
        "abschnitt": stelle.abschnitt,
        "stichwort": stelle.stichwort,
        "kraft": stelle.kraft,
        "stand": eintrag.stand.value if eintrag else None,
        "durch": list(buch.deckung.traeger_von(stelle.id)),
        "auslegung": list(_readings(buch, stelle.id)),
        "weil": eintrag.weil if eintrag else "",
    }


# --- one statement, one carrier ------------------------------------------------------------------------


def _one(buch: _Buch, kennung: str, as_json: bool) -> int:
    stelle = buch.katalog.stellen.get(kennung)
    if stelle is None:
        near = did_you_mean(kennung, buch.katalog.stellen)
        missing = Text("The catalogue has no passage with this id.")
        raise InputError([Problem(kennung, "", missing, hinweis=near)])
    if as_json:
        write_json("statement", **_stelle_json(buch, stelle))
        return DONE
    eintrag = buch.deckung.eintraege.get(kennung)
    heading(f"{kennung}: {words(_stand_of(buch, kennung))}")
    quelle = buch.katalog.quellen[stelle.quelle].titel
    wo = Text("{quelle}, section {abschnitt}", quelle=quelle, abschnitt=stelle.abschnitt)
    rows = [(words(Text("Passage:")), words(wo))]
    if stelle.stichwort:
        rows.append((words(Text("Key term:")), words(Text("“{id}”", id=stelle.stichwort))))
    rows.append((words(Text("Force:")), stelle.kraft))
    if eintrag and eintrag.weil:
        rows.append((words(Text("Because:")), eintrag.weil))
    show(entries(rows))
    _show_list(Text("Carried by:"), [(traeger, "") for traeger in buch.deckung.traeger_von(kennung)])
    readings = ((name, buch.katalog.auslegungen.get(name)) for name in _readings(buch, kennung))
    _show_list(Text("Readings:"), [(name, lesart.lesart if lesart else "") for name, lesart in readings])
    return DONE


def _show_list(title: Text, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        show()
        show(words(title))
        show(entries(("  " + name, text) for name, text in rows))


def _carried(buch: _Buch, durch: str, as_json: bool) -> int:
    if durch not in buch.deckung.traeger:
        near = did_you_mean(durch, buch.deckung.traeger)
        missing = Text("There is no such entry in the city's files.")
        raise InputError([Problem("--durch", "", missing, durch, near)])
    stellen = [buch.katalog.stellen[k] for k in buch.deckung.getragen_von(durch) if k in buch.katalog.stellen]
    if as_json:
        write_json("carried", durch=durch, statements=[_stelle_json(buch, stelle) for stelle in stellen])
        return DONE
    heading(f"{durch} ({', '.join(buch.deckung.traeger[durch].dateien)})")
    rows = [(s.id, s.abschnitt, s.stichwort, words(_stand_of(buch, s.id))) for s in stellen]
    show(table((Text("Statement"), Text("section"), Text("key term"), Text("state")), rows, flexible=2))
    anzahl = len(stellen)
    say(
        Text("It carries 1 statement.")
        if anzahl == 1
        else Text("It carries {anzahl} statements.", anzahl=anzahl)
    )
    return DONE
