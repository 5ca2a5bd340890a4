"""``publish``: write the calendars to subscribe to, of a plan that keeps every rule."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gremienplan.cli.andere_jahre import other_years, year_to_publish
from gremienplan.cli.ausgabe import entries, say, show, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.commands.audit import audit_json, require_plan, show_audit
from gremienplan.cli.freigabe import (
    check_moment,
    missing,
    missing_json,
    next_state,
    refused,
    say_withheld,
    show_missing,
)
from gremienplan.cli.klick import (
    command,
    moment,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    year,
)
from gremienplan.cli.neubeginn import BEGIN_ANEW, first_count, traces_of
from gremienplan.cli.personenakte import next_persons, write_persons
from gremienplan.cli.projekte import (
    check_programme,
    current_moment,
    find_project,
    load_project,
    plan_path,
)
from gremienplan.cli.sprache import words
from gremienplan.cli.veroeffentlichung import changes_json, show_release
from gremienplan.cli.verschwundene import say_vanished
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gremienplan.cli.andere_jahre import AnderesJahr
    from gremienplan.plan import Plan
    from gremienplan.projekt import Projekt
    from gremienplan.release import Release

FEED_LANGUAGE = "de"
"""Calendars speak the city's own language, whatever the terminal speaks."""


@command(
    "publish",
    help=N_(
        "Write the calendars to subscribe to. A plan that breaks a rule is refused. What is told anew, and to whom, is"
        " kept as a release in the project's veroeffentlicht.json."
    ),
    short_help=N_("Write the calendars to subscribe to."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year whose plan is meant."))
@option("--ziel", metavar=N_("FOLDER"), help=N_("Where to write; without it, out/ in the project."))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("The time of the release, and of edits by hand, local time; without it: now."),
)
@option("--dry-run", is_flag=True, help=N_("Say what would be told anew, and write nothing."))
@option("--final", is_flag=True, help=N_("Make a draft binding; a coordinated plan becomes so by itself."))
@option(
    BEGIN_ANEW,
    is_flag=True,
    help=N_("The record of what was told is lost for good: tell everybody everything anew."),
)
@programm_option
def publish(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    ziel: str | None,
    stand: datetime | None,
    dry_run: bool,
    final: bool,
    begin_anew: bool,
    programm: str | None,
    as_json: bool,
) -> int:
    """Publish; from the first file that is read to the last that is written, nobody else writes in the project."""
    from gremienplan.publishing.dateien import lock

    folder = find_project(projekt, projekt_option)
    with nullcontext() if dry_run else lock(folder):
        return _publish(
            folder,
            jahr,
            Path(ziel) if ziel else folder / "out",
            stand,
            programm,
            dry_run=dry_run,
            final=final,
            anew=begin_anew,
            as_json=as_json,
        )


def _publish(
    folder: Path,
    jahr: int | None,
    target: Path,
    stand: datetime | None,
    programm: str | None,
    *,
    dry_run: bool,
    final: bool,
    anew: bool,
    as_json: bool,
) -> int:
    """Audit the plan, record what was edited by hand, keep the release, then write the feeds of all years."""
    from gremienplan import publishing
    from gremienplan.loading import read_plan, read_release
    from gremienplan.plan import record, record_edits

    vorher = read_release(folder)
    spuren = traces_of(folder, target, vorher, anew=anew)
    path = require_plan(plan_path(folder, jahr or year_to_publish(folder, vorher)))
    plan = read_plan(path)
    found = load_project(folder, programm, plan.jahr)
    check_programme(found, plan, str(path))
    check_moment(stand, plan.jahr, current_moment(found))
    now = stand or current_moment(found)
    heute = min(now, current_moment(found))  # a --stand to come makes no date one of the past
    meldung = Text("Not published: the plan breaks a rule. The calendars on disk stay as they were.")
    if _breaks_a_rule(found, plan, path, heute, meldung, as_json=as_json):
        return NO
    others = other_years(folder, found, plan.jahr, vorher, now, programm)
    edits = tuple(record_edits(p, now) for p in (plan, *(other.plan for other in others)))
    if any(_other_breaks_a_rule(other, heute, as_json=as_json) for other in others):
        return NO
    projekte = {other.plan.jahr: other.projekt for other in others}
    fehlend = tuple(
        missing(folder, own, p, heute) if (own := projekte.get(p.jahr, found)) else () for p in edits
    )
    for one, lacking in zip(edits, fehlend, strict=True):
        if refused(one, lacking, final=final and one is edits[0]):
            if as_json:
                write_json("missing", jahr=one.jahr, fehlend=missing_json(lacking))
            else:
                show_missing(lacking, projekte.get(one.jahr) or found, one.jahr)
            return NO
    zustand = next_state(edits[0], fehlend[0], final=final)
    recorded = (record(edits[0], edits[0], max(now, edits[0].verlauf[-1].stand), zustand), *edits[1:])
    told = _moment(recorded, vorher, now if anew else stand, now)
    release = publishing.release(
        found,
        recorded[0],
        fruehere=recorded[1:],
        projekte=projekte,
        sprache=FEED_LANGUAGE,
        vorher=vorher,
        stand=told,
        zurueck={(p.jahr, one.sitzung) for p, some in zip(edits, fehlend, strict=True) for one in some},
        erstmals=vorher is None,
        anfang=first_count(found, spuren, told, anew=anew),
    )
    neu = release if vorher is None or release.nummer > vorher.nummer else None
    erstmals = vorher is None and not anew
    persons = next_persons(folder, found, release, now, erstmals=erstmals)  # before the first file is touched
    done = None
    if not dry_run:
        gelesen = ((path, plan), *((other.pfad, other.plan) for other in others))
        with publishing.target(target):  # before the release is on record
            for (where, read), neuer in zip(gelesen, recorded, strict=True):
                _record(where, read, neuer)
            _keep(folder, release)
            try:
                done = publishing.write_feeds(release, target, prepared=True)
                write_persons(folder, persons)
            except OSError as error:
                raise _half_done(release, error) from error
    if as_json:
        write_json(
            "published",
            ziel=str(target),
            jahr=plan.jahr,
            zustand=recorded[0].zustand.value,
            release=release.nummer,
            dry_run=dry_run,
            fehlend=missing_json(fehlend[0]),
            aenderungen=changes_json(release, neu.ausgaben[-1]) if neu else [],
            written=list(done.written) if done else [],
            unchanged=list(done.unchanged) if done else [],
            removed=list(done.removed) if done else [],
        )
        return DONE
    show(words(Text("Calendars of {stadt}, {jahr}:", stadt=found.stadt.name, jahr=str(plan.jahr))))
    show_release(release, neu, dry_run=dry_run)
    if done is not None:
        counts = (
            (Text("calendars new or changed"), len(done.written)),
            (Text("calendars unchanged"), len(done.unchanged)),
            (Text("calendars ended"), len(done.removed)),
        )
        show(entries((f"{number:>4}", words(text)) for text, number in counts))
        show(words(Text("The calendars: {path}", path=str(target))))
    say_withheld(fehlend[0])
    return DONE


def _breaks_a_rule(
    found: Projekt, plan: Plan, path: Path, heute: datetime, meldung: Text, *, as_json: bool
) -> bool:
    """Judge a plan, and tell whether it breaks a rule; then it was said which, and ``meldung``.

    What lies on the day of ``heute`` or earlier is a fact: no rule of later forbids it.
    """
    from gremienplan.auditing import audit_year
    from gremienplan.jahr import build
    from gremienplan.plan import as_planned

    audit = audit_year(build(as_planned(found, plan), plan.jahr, stand=heute, before=plan), plan)
    if audit.ok:
        say_vanished(audit.verschwunden, found, plan.jahr)
    elif as_json:
        write_json("audit", datei=str(path), jahr=plan.jahr, **audit_json(audit, found))
    else:
        show_audit(audit, found, plan.jahr)
        say(meldung)
    return not audit.ok


def _other_breaks_a_rule(other: AnderesJahr, heute: datetime, *, as_json: bool) -> bool:
    """Tell whether the plan of another year, of which the calendars tell, too, breaks a rule that still matters.

    A year that is over is not judged any more. A plan of another programme than any that is at hand cannot be, and what
    was told of it stays.
    """
    plan = other.plan
    if other.projekt is None:
        say(
            Text(
                "Neither judged nor told anew, because it is of another programme or cannot be read with its own:"
                " {path}",
                path=str(other.pfad),
            )
        )
        return False
    if all(lage.ende <= heute for lagen in plan.lagen.values() for lage in lagen):
        return False
    meldung = Text(
        "Not published: the plan of {jahr}, which the calendars tell, too, breaks a rule. The calendars on disk"
        " stay as they were.",
        jahr=str(plan.jahr),
    )
    return _breaks_a_rule(other.projekt, plan, other.pfad, heute, meldung, as_json=as_json)


def _moment(plans: Sequence[Plan], vorher: Release | None, stand: datetime | None, now: datetime) -> datetime:
    """Return the time of what is told anew: now, whatever others did when; the first release is of the last change."""
    last = max((plan.verlauf[-1].stand for plan in plans if plan.verlauf), default=now)
    return last if vorher is None and stand is None else max(now, last)


def _half_done(release: Release, error: OSError) -> InputError:
    """Return what to say where a release is on record and a calendar could not be written."""
    meldung = Text(
        "Release {nummer} is made and recorded, but its calendars are not all written: {grund}",
        nummer=release.nummer,
        grund=error.strerror or str(error),
    )
    return InputError([Problem(str(error.filename or ""), "", meldung, hinweis=Text("Publish again."))])


def _keep(folder: Path, release: Release) -> None:
    """Write the record of what is public; the calendars follow from it."""
    from gremienplan.loading import AKTE
    from gremienplan.publishing.dateien import write_atomically
    from gremienplan.release import release_to_json

    write_atomically(folder / AKTE, release_to_json(release).encode())


def _record(path: Path, plan: Plan, neuer: Plan) -> None:
    """Write what the history of a plan has gained: edits by hand, or another state."""
    from gremienplan.loading import read_plan
    from gremienplan.plan import edited, plan_to_json, unrecorded
    from gremienplan.publishing.dateien import write_atomically

    if neuer == plan:
        return
    if read_plan(path) != plan:  # by hand: an editor asks for no lock
        meldung = Text("This plan was changed by somebody else meanwhile.")
        raise InputError([Problem(str(path), "", meldung, hinweis=Text("Publish again."))])
    write_atomically(path, plan_to_json(neuer).encode())
    if edits := unrecorded(plan):
        say(Text("Edited by hand since the last run: {n}; recorded in {path}", n=len(edits), path=str(path)))
    elif edited(plan):
        say(
            Text(
                "The plan was changed by hand since the last run, but no date was; noted in {path}",
                path=str(path),
            )
        )
