"""Which planned event a question about dates means, and the answer to it."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from gremienplan.cli.ausgabe import say, say_command, show, write_json
from gremienplan.cli.codes import DONE, UNDECIDED
from gremienplan.cli.fortschritt import Abbruch, Fortschritt
from gremienplan.cli.projekte import (
    check_programme,
    find_project,
    load_project,
    plan_on_disk,
    plan_path,
    usual_year,
)
from gremienplan.cli.sitzungswahl import choose_beratung, choose_sitzung, means_beratung
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Plan
    from gremienplan.planning import EffortName, Price
    from gremienplan.projekt import Projekt
    from gremienplan.requirements import Namen


@frozen
class Terminfrage:
    """A project, its plan, and the event that is asked about."""

    folder: Path
    projekt: Projekt
    plan: Plan
    ereignis: str
    namen: Namen

    @property
    def gepinnt(self) -> bool:
        """Whether the planner has pinned the event, so that no other day is possible."""
        return any(p.sitzung == self.ereignis and p.of(self.plan.jahr) for p in self.projekt.pins)


def planned(projekt_option: str | None, jahr: int | None, programm: str | None) -> tuple[Path, Projekt, Plan]:
    """Return a project, in the profile of its plan of a year, with that plan. Raises InputError where there is none."""
    folder = find_project(None, projekt_option)
    jahr = jahr or usual_year(folder)
    plan, path = plan_on_disk(folder, jahr), plan_path(folder, jahr)
    if plan is None:
        hint = Text("Make one: {command}", command=f"gremienplan plan --jahr {jahr}")
        raise InputError([Problem(str(path), "", Text("There is no such plan."), hinweis=hint)])
    from gremienplan.plan import as_planned

    projekt = load_project(folder, programm, jahr)
    check_programme(projekt, plan, str(path))
    return folder, as_planned(projekt, plan), plan


def ask_about(word: str, projekt_option: str | None, jahr: int | None, programm: str | None) -> Terminfrage:
    """Return what a word means in the plan of a year. Raises InputError where it means nothing, or no plan exists."""
    folder, projekt, plan = planned(projekt_option, jahr, programm)
    sitzungen, beratungen = projekt.sitzungen(plan.jahr), projekt.beratungen(plan.jahr)
    if means_beratung(sitzungen, beratungen, word):
        ereignis = choose_beratung(projekt.stadt, beratungen, word).id
    else:
        ereignis = choose_sitzung(projekt.stadt, sitzungen, word, beratungen).id
    stadt = projekt.stadt
    namen = {
        **{ort.id: ort.name for ort in stadt.alle_orte.values()},
        **{gremium.id: stadt.gremium_name(gremium) for gremium in stadt.alle_gremien.values()},
        **{sitz.id: stadt.sitz_name(sitz) for sitz in stadt.alle_sitze.values()},
        **{sitzung.id: sitzung.name for sitzung in sitzungen},
        **{beratung.id: beratung.name for beratung in beratungen},
    }
    return Terminfrage(folder, projekt, plan, ereignis, namen)


def cheapest(frage: Terminfrage, number: int, effort: EffortName) -> tuple[Price, ...]:
    """Return the cheapest other dates; what takes long is said, and Ctrl-C ends it."""
    from gremienplan.planning import alternatives
    from gremienplan.planning.grundlage import checked_year

    if frage.gepinnt:
        checked_year(frage.projekt, frage.plan, frage.ereignis)
        return ()
    with Abbruch() as stop, Fortschritt(Text("Looking at other days")) as progress:
        found = alternatives(
            frage.projekt,
            frage.plan,
            frage.ereignis,
            number,
            effort=effort,
            on_step=progress.step,
            stop=lambda: stop.endet(progress.say),
        )
        stop.pruefe()  # what was found until then need not be the cheapest
        return found


def explain_there(frage: Terminfrage, effort: EffortName, *, as_json: bool) -> int:
    """Say what keeps an event where it lies, and the cheapest other dates."""
    from gremienplan.cli.terminwarum import price_json, show_head, show_prices, show_there, there_json
    from gremienplan.planning import why_there

    there = why_there(frage.projekt, frage.plan, frage.ereignis)
    if not as_json:
        show_head(frage.ereignis, there.lage, frage.namen)
        show_there(there, frage.projekt, frage.namen)
    prices = cheapest(frage, 3, effort)
    if as_json:
        found = there_json(there, frage.projekt, frage.namen)
        found["alternatives"] = [price_json(price) for price in prices]
        write_json("why-there", ereignis=frage.ereignis, **found)
        return DONE
    show()
    if frage.gepinnt:
        say_pinned(frage)
        return DONE
    show(words(Text("The cheapest other days, with everything that may move for them:")))
    show_prices(prices, frage.projekt, frage.namen)
    return DONE


def say_pinned(frage: Terminfrage) -> None:
    """Say that a pin rules out all other days, and how it is lifted."""
    jahr = frage.plan.jahr
    say(Text("It is pinned, so there is no other day."))
    say_command(
        Text("To ask for others, lift the pin:"), f"gremienplan pin {frage.ereignis} --drop --jahr {jahr}"
    )
    say_command(Text("Then take note of it in the plan:"), f"gremienplan replan --jahr {jahr}")


def explain_not(frage: Terminfrage, tag: date, um: time | None, effort: EffortName, *, as_json: bool) -> int:
    """Say why an event is not held on a date: what forbids it, or what it would cost."""
    from gremienplan.cli.terminwarum import (
        forbidden_json,
        price_json,
        show_forbidden,
        show_head,
        show_price,
        undecided_json,
    )
    from gremienplan.plan import Undecided
    from gremienplan.planning import Price, why_not

    with Abbruch() as stop, Fortschritt(Text("Looking at {tag}", tag=tag)) as progress:
        answer = why_not(
            frage.projekt,
            frage.plan,
            frage.ereignis,
            tag,
            um,
            effort=effort,
            on_step=progress.step,
            stop=lambda: stop.endet(progress.say),
        )
        stop.pruefe()
    if not as_json:
        show_head(frage.ereignis, frage.plan.lagen[frage.ereignis][0], frage.namen)
        show()
    match answer:
        case Undecided():
            if as_json:
                write_json("why-not", ereignis=frage.ereignis, **undecided_json(answer))
            else:
                say(answer.meldung)
            return UNDECIDED
        case Price():
            if as_json:
                write_json("why-not", ereignis=frage.ereignis, **price_json(answer))
            else:
                show_price(answer, frage.projekt, frage.namen)
        case _:
            if as_json:
                write_json("why-not", ereignis=frage.ereignis, **forbidden_json(answer, frage.projekt))
            else:
                show_forbidden(answer, frage.projekt)
    return DONE


def asked_for(moment: datetime, um: time | None) -> tuple[date, time | None]:
    """Return the day and the time that were typed: together, or the time as a word of its own."""
    if um is None and moment.time() != time():
        um = moment.time()
    return moment.date(), um
