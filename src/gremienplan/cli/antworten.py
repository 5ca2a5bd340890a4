"""The answers in words and as JSON: problems, passages, a Conflict, what an audit found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.text import Text as Line

from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.sprache import words
from gremienplan.errors import Problem
from gremienplan.plan import OFFEN, VERLEGT
from gremienplan.programm.wuensche import stufen as stufen_of, thema
from gremienplan.quellen import Auslegung, Authority, Grundlage, Katalog
from gremienplan.requirements import Angesetzt
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Conflict, Plan, Stufe, Undecided
    from gremienplan.programm import Programm
    from gremienplan.projekt import Projekt

JsonObject = dict[str, Any]


# --- problems ------------------------------------------------------------------------------------------


def show_problems(problems: Sequence[Problem], *, stderr: bool = True) -> None:
    """Write every problem under the name of its file: where, what, the value found, and a hint."""
    for datei, found in groupby(problems, key=lambda problem: problem.datei):
        if datei:
            heading(datei, stderr=stderr)
        for problem in found:
            show(Padding(_problem(problem), (0, 0, 0, 2)), stderr=stderr)


def _problem(problem: Problem) -> Group:
    meldung = words(problem.meldung)
    head = Line(f"{problem.pfad}: {meldung}" if problem.pfad else meldung)
    rows = []
    if problem.wert:
        rows.append((words(Text("Value:")), problem.wert))
    if problem.hinweis:
        rows.append((words(Text("Hint:")), words(problem.hinweis)))
    return Group(head, Padding(entries(rows), (0, 0, 0, 4))) if rows else Group(head)


def number_of_problems(anzahl: int) -> Text:
    """Say how many problems there are."""
    return Text("1 problem.") if anzahl == 1 else Text("{anzahl} problems.", anzahl=anzahl)


def report_problems(problems: Sequence[Problem], as_json: bool) -> None:
    """Write the problems that keep a command from doing its work."""
    if as_json:
        write_json("problems", problems=[problem_json(problem) for problem in problems])
    else:
        show_problems(problems)
        if len(problems) > 1:
            say(number_of_problems(len(problems)))


def problem_json(problem: Problem) -> JsonObject:
    """Return a problem as plain data."""
    return {
        "datei": problem.datei,
        "pfad": problem.pfad,
        "meldung": words(problem.meldung),
        "wert": problem.wert,
        "hinweis": words(problem.hinweis) if problem.hinweis else None,
    }


# --- passages ------------------------------------------------------------------------------------------


def passage(grundlage: Grundlage, katalog: Katalog) -> Text:
    """Say on whose word something stands, and where that word is to be found."""
    match grundlage.authority:
        case Authority.TEXT if grundlage.id in katalog.stellen:
            stelle = katalog.stellen[grundlage.id]
            quelle = katalog.quellen.get(stelle.quelle)
            return Text(
                "{quelle}, section {abschnitt}, “{stichwort}” [{id}]",
                quelle=quelle.titel if quelle else stelle.quelle,
                abschnitt=stelle.abschnitt,
                stichwort=stelle.stichwort,
                id=stelle.id,
            )
        case Authority.AUSLEGUNG if grundlage.id in katalog.auslegungen:
            return reading(katalog.auslegungen[grundlage.id])
        case Authority.VORGABE:
            return Text("a planner's default")
        case Authority.TATSACHE:
            return Text("how the world is")
        case _:
            return Text("[{id}]", id=grundlage.id)


def reading(lesart: Auslegung) -> Text:
    """Say how an open question is read, and from when on where that changes."""
    if lesart.ab is None:
        return Text("our reading, in the city's words: “{lesart}” [{id}]", lesart=lesart.lesart, id=lesart.id)
    return Text(
        "our reading, in the city's words: “{statt}” From {ab}: “{lesart}” [{id}]",
        statt=lesart.statt,
        ab=lesart.ab,
        lesart=lesart.lesart,
        id=lesart.id,
    )


def short_passage(grundlage: Grundlage, katalog: Katalog) -> Text:
    """Say the same in the few words that fit a column: section and key term, or the kind of authority."""
    match grundlage.authority:
        case Authority.TEXT if grundlage.id in katalog.stellen:
            stelle = katalog.stellen[grundlage.id]
            return Text(
                "{abschnitt} “{stichwort}” [{id}]",
                abschnitt=stelle.abschnitt,
                stichwort=stelle.stichwort,
                id=stelle.id,
            )
        case Authority.AUSLEGUNG:
            return Text("our reading [{id}]", id=grundlage.id)
        case _:
            return passage(grundlage, katalog)


def grundlage_json(grundlage: Grundlage, katalog: Katalog) -> JsonObject:
    """Return an authority with its passage as plain data."""
    found: JsonObject = {"authority": grundlage.authority.value, "id": grundlage.id}
    stelle = katalog.stellen.get(grundlage.id)
    if stelle:
        found |= {"quelle": stelle.quelle, "abschnitt": stelle.abschnitt, "stichwort": stelle.stichwort}
    auslegung = katalog.auslegungen.get(grundlage.id)
    if auslegung:
        found |= {"lesart": auslegung.lesart, "wahl": auslegung.wahl or None}
    return found


# --- Conflict and Undecided ----------------------------------------------------------------------------


def show_conflict(conflict: Conflict, katalog: Katalog, head: Text | None = None) -> None:
    """Write a Conflict as numbered sentences, each with its passage; ``head`` says what there is no plan for."""
    jahr, alone = str(conflict.jahr), len(conflict.requirements) == 1
    if head is not None:
        why = Text("This cannot hold:") if alone else Text("These cannot hold together:")
        show(f"{words(head)} {words(why)}")
    elif alone:
        show(words(Text("No plan for {jahr} exists: this cannot hold.", jahr=jahr)))
    else:
        show(words(Text("No plan for {jahr} exists: these cannot hold together.", jahr=jahr)))
    show()
    for number, requirement in enumerate(conflict.requirements, start=1):
        show(entries([(f"{number}.", words(requirement.satz(conflict.namen)))]))
        show(Padding(words(passage(requirement.grundlage, katalog)), (0, 0, 0, 3)))
    show()
    if any(isinstance(r, Angesetzt) and not r.sitzungen for r in conflict.requirements):
        lint = f"gremienplan lint --jahr {jahr}"
        say(Text("All bodies without a sitting that the programme needs: {command}", command=lint))
    if alone:
        return
    if conflict.minimal:
        say(Text("Verified: without any one of them, the others can hold."))
    else:
        say(Text("Time ran out before it was verified that every one of them is needed for the conflict."))


def conflict_json(conflict: Conflict, katalog: Katalog) -> JsonObject:
    """Return a Conflict as plain data."""
    return {
        "jahr": conflict.jahr,
        "minimal": conflict.minimal,
        "requirements": [
            {
                "id": requirement.id,
                "satz": words(requirement.satz(conflict.namen)),
                "grundlage": grundlage_json(requirement.grundlage, katalog),
            }
            for requirement in conflict.requirements
        ],
    }


def undecided_json(undecided: Undecided) -> JsonObject:
    """Return Undecided as plain data."""
    return {"jahr": undecided.jahr, "meldung": words(undecided.meldung)}


# --- how good a plan is --------------------------------------------------------------------------------


def stage_lines(stufen: Iterable[Stufe], programm: Programm) -> Iterator[str]:
    """Say per stage what it is about, how many points a plan has, and whether fewer are possible."""
    known = {stufe.stufe: stufe for stufe in stufen}
    for number in sorted(known.keys() | {n for wunsch in programm.wuensche for n in stufen_of(wunsch)}):
        if number == OFFEN:
            continue  # said in words of its own
        if number not in known:
            yield stage_name(number, programm)
            yield "  " + words(Text("nothing to weigh this year"))
            continue
        stufe = known[number]
        yield stage_name(stufe.stufe, programm)
        if stufe.wert == 0 and not _themes(stufe.stufe, programm):
            continue
        facts = {"punkte": points(stufe.wert)}
        if stufe.bewiesen:
            yield "  " + words(Text("{punkte}, proven best", **facts))
        else:
            yield "  " + words(
                Text(
                    "{punkte}, at best {schranke} (gap {abstand})",
                    **facts,
                    schranke=stufe.schranke,
                    abstand=stufe.wert - stufe.schranke,
                )
            )


def points(wert: int) -> Text:
    """Say so many points."""
    return Text("1 point") if wert == 1 else Text("{wert} points", wert=wert)


def more_points(wert: int) -> Text:
    """Say how many points more, or less than none."""
    if abs(wert) == 1:
        return Text("1 point more") if wert > 0 else Text("1 point less")
    if wert:
        return Text("{wert} points more", wert=wert) if wert > 0 else Text("{wert} points less", wert=-wert)
    return Text("as good")


def stopped_text(plan: Plan) -> Text:
    """Say what a plan is worth whose search was stopped."""
    if plan.bewiesen:
        return Text(
            "The search was stopped: every stage is proven, only the choice among equally good plans is open."
        )
    return Text("The search was stopped: the plan keeps every rule, but a better one may exist.")


def stage_name(stufe: int, programm: Programm) -> str:
    """Name a stage by what its wishes are about."""
    if stufe == OFFEN:
        return words(Text("Before all stages: how many have no date"))
    if stufe == VERLEGT:
        return words(Text("Before all stages: how many dates are moved"))
    themen = stage_themes(stufe, programm) or (words(Text("no wishes")),)
    return words(Text("Stage {stufe}: {themen}", stufe=stufe, themen=themen))


def stage_themes(stufe: int, programm: Programm) -> tuple[str, ...]:
    """Say what the wishes of a stage are about, with their ids where another stage is about the same."""
    themen = _themes(stufe, programm)
    others = {n for wunsch in programm.wuensche for n in stufen_of(wunsch) if n != stufe}
    if not themen or all(_themes(other, programm) != themen for other in others):
        return themen
    return (*themen, *(f"[{w.id}]" for w in programm.wuensche if stufe in stufen_of(w)))


def _themes(stufe: int, programm: Programm) -> tuple[str, ...]:
    """Return what the wishes of a stage are about, each once."""
    return tuple(dict.fromkeys(words(thema(w, stufe)) for w in programm.wuensche if stufe in stufen_of(w)))


def stages_json(stufen: Iterable[Stufe]) -> list[JsonObject]:
    """Return the stages as plain data."""
    return [
        {"stufe": stufe.stufe, "wert": stufe.wert, "schranke": stufe.schranke, "bewiesen": stufe.bewiesen}
        for stufe in stufen
    ]


# --- Orte that take turns ------------------------------------------------------------------------------------------


def show_turns(projekt: Projekt, plan: Plan) -> None:
    """Write who holds the Sitzungen in turn, who repeats and who is passed over; nothing where nobody takes turns."""
    from gremienplan.auditing import turns

    if found := turns(projekt, plan):
        for text in found:
            show(words(text))
        show()


def turns_json(projekt: Projekt, plan: Plan) -> list[str]:
    """Return the same sentences as plain data; none where nobody takes turns."""
    from gremienplan.auditing import turns

    return [words(text) for text in turns(projekt, plan)]
