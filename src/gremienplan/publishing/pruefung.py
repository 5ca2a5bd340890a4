"""What keeps a plan from being published: unknown events, impossible times, names without a meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from attrs import evolve

from gremienplan.errors import Problem
from gremienplan.plan import Plan, unrecorded
from gremienplan.programm import Beratung, Sitzung
from gremienplan.publishing.kalender import exists, in_utc
from gremienplan.stadt import Stadt
from gremienplan.texts import Text

DATEI = "plan.json"


def problems(
    stadt: Stadt,
    plan: Plan,
    sitzungen: Mapping[str, Sitzung] | None,
    beratungen: Mapping[str, Beratung] | None,
    zone: ZoneInfo,
    datei: str = DATEI,
) -> tuple[Problem, ...]:
    """Return everything at once that keeps a plan from becoming feeds; a plan of ours has none of it.

    Without Sitzungen and Beratungen the plan need not fit the programme.
    """
    found: list[Problem] = []
    if plan.stadt != stadt.id:
        found.append(Problem(DATEI, "stadt", Text("The plan is for another city"), plan.stadt))
    if not plan.verlauf:
        found.append(
            Problem(DATEI, "verlauf", Text("The plan has no history, so nobody knows when it changed"))
        )
    gesehen: set[str] = set()
    for nummer, termin in enumerate(plan.termine):
        pfad = f"termine[{nummer}]"
        found += _event(pfad, "sitzung", termin.sitzung, termin.gremium, sitzungen)
        if termin.ort and termin.ort not in stadt.alle_orte:
            found.append(Problem(DATEI, f"{pfad}.ort", Text("The city has no such Ort"), termin.ort))
        found += _lage(pfad, termin.sitzung, termin.beginn, termin.ende, gesehen, zone)
    for nummer, heard in enumerate(plan.beratungen):
        pfad = f"beratungen[{nummer}]"
        found += _event(pfad, "beratung", heard.beratung, heard.gremium, beratungen)
        fremd = [sitz for sitz in heard.vortrag if sitz not in stadt.alle_sitze]
        found += [
            Problem(DATEI, f"{pfad}.vortrag", Text("The city has no such Sitz"), sitz) for sitz in fremd
        ]
        found += _lage(pfad, heard.beratung, heard.beginn, heard.ende, gesehen, zone)
    found += _edits(plan)
    return tuple(evolve(problem, datei=datei) for problem in found)


_UNBEKANNT = Text("The programme asks for no such event in this year")


def _event(
    pfad: str,
    art: str,
    kennung: str,
    gremium: str,
    bekannt: Mapping[str, Sitzung] | Mapping[str, Beratung] | None,
) -> Iterator[Problem]:
    if bekannt is None:
        return
    gemeint = bekannt.get(kennung)
    if gemeint is None:
        yield Problem(DATEI, f"{pfad}.{art}", _UNBEKANNT, kennung)
    elif gemeint.gremium.id != gremium:
        hinweis = Text("The programme means: {gremium}", gremium=gemeint.gremium.id)
        meldung = Text("The event belongs to another Gremium")
        yield Problem(DATEI, f"{pfad}.gremium", meldung, gremium, hinweis)


def _edits(plan: Plan) -> Iterator[Problem]:
    """Yield what was edited by hand since the last entry: calendars would take it for the old version."""
    if not plan.verlauf:
        return
    for ereignis in unrecorded(plan):
        if len(plan.vermerke.get(ereignis, ())) <= 1:
            meldung = Text("The event was edited by hand, and the history does not know of it")
            hinweis = Text(
                "Record it first: {function} does, and so does {command}",
                function="gremienplan.plan.record_edits",
                command="gremienplan publish",
            )
            yield Problem(DATEI, "verlauf", meldung, ereignis, hinweis)


def _lage(
    pfad: str, ereignis: str, beginn: datetime, ende: datetime, gesehen: set[str], zone: ZoneInfo
) -> Iterator[Problem]:
    if ereignis in gesehen:
        yield Problem(DATEI, pfad, Text("The event already has a date"), ereignis)
    gesehen.add(ereignis)
    for name, zeit in (("beginn", beginn), ("ende", ende)):
        if not exists(zeit, zone):
            yield Problem(DATEI, f"{pfad}.{name}", Text("The clock skips this time"), zeit.isoformat())
    if in_utc(ende, zone) <= in_utc(beginn, zone):
        yield Problem(DATEI, f"{pfad}.ende", Text("The end is not after the start"), ende.isoformat())
