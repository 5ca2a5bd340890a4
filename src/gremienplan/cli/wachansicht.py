"""What has changed in the council calendar since a plan was made, in words and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen
from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, short_passage
from gremienplan.cli.ausgabe import entries, heading, say, show
from gremienplan.cli.projekte import (
    check_programme,
    current_moment,
    load_project,
    plan_on_disk,
    plan_path,
    years_on_disk,
)
from gremienplan.cli.sprache import words
from gremienplan.cli.verschwundene import say_ask, vanished_json, vanished_lines
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.auditing import Finding
    from gremienplan.plan import Gesehen, Plan
    from gremienplan.projekt import Projekt
    from gremienplan.ratskalender import Ratssitzung
    from gremienplan.watch import Aenderung, Bericht, Paar, Wirkung

MEIST = 8
"""So many changes that touch nothing are shown one by one; the rest is counted."""


@frozen
class Gewacht:
    """A plan on disk before the council calendar of today."""

    datei: Path
    projekt: Projekt
    plan: Plan
    bericht: Bericht


def watch_plans(
    folder: Path, stand: datetime | None = None, jahr: int | None = None, programm: str | None = None
) -> list[Gewacht]:
    """Return every plan of a project that still has something to come, or that of one year, with what has changed.

    Without ``stand`` it is now. Raises InputError for a plan that cannot be read, and for one of another city or
    programme than the project's.
    """
    from gremienplan.watch import check_plan

    found = []
    first = (stand or date.today()).year - 1  # noqa: DTZ011  (only to leave old years unread)
    for year in (jahr,) if jahr else (y for y in years_on_disk(folder) if y >= first):
        plan = plan_on_disk(folder, year)
        if plan is None:
            continue
        projekt = load_project(folder, programm, year)
        now = stand or current_moment(projekt)
        if jahr or _to_come(plan, now):
            path = plan_path(folder, year)
            check_programme(projekt, plan, str(path))
            found.append(Gewacht(path, projekt, plan, check_plan(projekt, plan, stand=now)))
    return found


def touches(gewacht: Iterable[Gewacht]) -> bool:
    """Tell whether any plan is touched."""
    return any(eines.bericht.touches for eines in gewacht)


def _to_come(plan: Plan, stand: datetime) -> bool:
    return plan.jahr >= stand.year or any(
        lage.ende > stand for found in plan.lagen.values() for lage in found
    )


# --- in words -----------------------------------------------------------------------------------------------------


def show_watch(gewacht: Sequence[Gewacht]) -> None:
    """Write for each plan what touches it, in full, then what does not, briefly; then what can be done."""
    for eines in gewacht:
        _show(eines)


def _show(eines: Gewacht) -> None:
    bericht, jahr = eines.bericht, str(eines.plan.jahr)
    touched = [w for w in bericht.wirkungen if w.touches]
    if not bericht.wirkungen:
        say(Text("Plan of {jahr}: nothing has changed in the council calendar since it was made.", jahr=jahr))
    else:
        head = Text(
            "Changes since the plan of {jahr} was made: {anzahl}; touching it: {davon}",
            jahr=jahr,
            anzahl=len(bericht.wirkungen),
            davon=len(touched),
        )
        heading(head)
    for wirkung in touched:
        show()
        _show_wirkung(wirkung, eines)
    if bericht.gemeinsam:
        show()
        show(words(Text("Broken since then, by several changes together:")))
        _show_findings(bericht.gemeinsam, eines.projekt)
    _show_vanished(eines)
    if still := [w.aenderung for w in bericht.wirkungen if not w.touches]:
        show()
        show(words(Text("Without any effect on the plan:")))
        for line in _kurz(still, eines.projekt):
            show(Padding(words(line), (0, 0, 0, 2)))
    _say_next(eines)


def _show_vanished(eines: Gewacht) -> None:
    """Write what is heard in a sitting that had vanished before the plan was made: no change says so."""
    gesagt = {b for w in eines.bericht.wirkungen if w.touches for b in w.beratungen}
    if alt := [v for v in eines.bericht.verschwunden if v.beratung not in gesagt]:
        show()
        show(words(Text("Vanished before the plan was made, which rests on it all the same:")))
        for line in vanished_lines(alt, eines.projekt, eines.plan.jahr):
            show(Padding(entries([("-", words(line))]), (0, 0, 0, 2)))


def _show_wirkung(wirkung: Wirkung, eines: Gewacht) -> None:
    show(words(_satz(wirkung.aenderung, eines.projekt)))
    _show_findings(wirkung.findings, eines.projekt)
    if wirkung.mitgezogen is None:
        return
    if wirkung.mitgezogen:
        show(Padding(words(Text("At the new time of the sitting its items would break:")), (0, 0, 0, 2)))
        _show_findings(wirkung.mitgezogen, eines.projekt)
    else:
        show(Padding(words(Text("At the new time of the sitting its items keep every rule.")), (0, 0, 0, 2)))


def _show_findings(findings: Iterable[Finding], projekt: Projekt) -> None:
    for finding in findings:
        stands_on = short_passage(finding.requirement.grundlage, projekt.katalog)
        told = f"{words(finding.meldung)} ({words(stands_on)})"
        show(Padding(entries([("-", told)]), (0, 0, 0, 2)))


def _satz(a: Aenderung, projekt: Projekt) -> Text:
    """Say a change."""
    from gremienplan.watch import Wandel

    paar = a.paare[0]
    wer = tuple(dict.fromkeys(_wer(p.eine, projekt) for p in a.paare))
    alt, neu = paar.bisher, paar.jetzt
    match a.wandel:
        case Wandel.VERSCHOBEN if a.sommer:
            return Text(
                "The whole source “{quelle}” is shifted, in winter {winter}, in summer {sommer}: {anzahl} sittings from"
                " {tag} on. It looks as if the source mixed up local time and UTC.",
                quelle=neu.quelle if neu else "",
                winter=_um(a.um),
                sommer=_um(a.um + a.sommer),
                anzahl=len(a.paare),
                tag=paar.beginn.date(),
            )
        case Wandel.VERSCHOBEN:
            return Text(
                "The whole source “{quelle}” is shifted by {um}: {anzahl} sittings from {tag} on. Is that meant? It"
                " looks like a fault of the source.",
                quelle=neu.quelle if neu else "",
                um=_dauer(a.um),
                anzahl=len(a.paare),
                tag=paar.beginn.date(),
            )
        case Wandel.UMBENANNT:
            return Text(
                "Renamed: {alt}, now: {neu} ({anzahl} sittings)",
                alt=alt.name if alt else "",
                neu=neu.name if neu else "",
                anzahl=len(a.paare),
            )
        case Wandel.VERLEGT if paar.geraten:
            return Text(
                "Moved (guessed by body and date): {wer}, {alt}, now: {neu}", wer=wer, **_zeiten(paar)
            )
        case Wandel.VERLEGT:
            return Text("Moved: {wer}, {alt}, now: {neu}", wer=wer, **_zeiten(paar))
        case Wandel.ENDE:
            return Text(
                "Another end: {wer}, {alt}: until {bisher}, now: {ende}",
                wer=wer,
                alt=paar.beginn,
                bisher=alt.ende.time() if alt else "",
                ende=neu.ende.time() if neu else "",
            )
        case Wandel.ABGESAGT:
            return Text("Cancelled: {wer}, {zeit}", wer=wer, zeit=paar.beginn)
        case Wandel.VERSCHWUNDEN if neu:
            return Text(
                "Vanished without a word: {wer}, {zeit} ({key}); its time is not free",
                wer=wer,
                zeit=paar.beginn,
                key=neu.key,
            )
        case Wandel.VERSCHWUNDEN:
            return Text(
                "Vanished without a word: {wer}, {zeit}; it stands in no file of the calendar any more",
                wer=wer,
                zeit=paar.beginn,
            )
        case Wandel.NEU:
            return Text("New: {wer}, {zeit}", wer=wer, zeit=paar.beginn)


def _zeiten(paar: Paar) -> dict[str, datetime]:
    neu = paar.jetzt or paar.eine
    return {"alt": paar.beginn, "neu": neu.beginn}


def _um(um: timedelta) -> Text:
    return Text("by {um}", um=_dauer(um)) if um else Text("not at all")


def _dauer(um: timedelta) -> Text:
    """Say by how much a source is shifted."""
    minuten = round(abs(um).total_seconds() / 60)
    tage, rest = divmod(minuten, 24 * 60)
    dauer = f"{rest // 60}:{rest % 60:02}"
    if not rest:
        betrag = Text("{tage} days", tage=tage)
    elif not tage:
        betrag = Text("{dauer} hours", dauer=dauer)
    else:
        betrag = Text("{tage} days and {dauer} hours", tage=tage, dauer=dauer)
    if um < timedelta():
        return Text("{betrag} to the front", betrag=betrag)
    return Text("{betrag} to the back", betrag=betrag)


def _wer(sitzung: Gesehen | Ratssitzung, projekt: Projekt) -> str:
    """Return what people call the body of a sitting."""
    gremium = projekt.stadt.alle_gremien.get(sitzung.gremium)
    return projekt.stadt.gremium_name(gremium) if gremium else sitzung.name


def _kurz(aenderungen: Sequence[Aenderung], projekt: Projekt) -> Iterator[Text]:
    """Yield what touches nothing: new sittings counted by body, the rest one by one, as many as there is room."""
    from gremienplan.watch import Wandel

    neu = [a for a in aenderungen if a.wandel is Wandel.NEU]
    andere = [a for a in aenderungen if a.wandel is not Wandel.NEU]
    yield from (_satz(a, projekt) for a in andere[:MEIST])
    if len(andere) > MEIST:
        yield Text("and {anzahl} more; all of them with --json", anzahl=len(andere) - MEIST)
    if len(neu) <= MEIST:
        yield from (_satz(a, projekt) for a in neu)
    else:
        je = Counter(_wer(p.eine, projekt) for a in neu for p in a.paare)
        yield Text(
            "New: {anzahl} sittings: {je}",
            anzahl=len(neu),
            je=tuple(f"{wer} ({anzahl})" for wer, anzahl in je.items()),
        )


def _say_next(eines: Gewacht) -> None:
    """Say what is not known, and what can be done."""
    from gremienplan.plan import Zustand

    jahr = str(eines.plan.jahr)
    if not eines.bericht.belegt:
        say(
            Text(
                "The plan of {jahr} does not say what council calendar it was made with: only the sittings in which its"
                " items are heard were compared.",
                jahr=jahr,
            )
        )
    if not eines.bericht.touches:
        return
    touching = [w for w in eines.bericht.wirkungen if w.touches]
    if eines.bericht.verschwunden:
        say_ask()
    if not eines.bericht.gemeinsam and not any(map(_other_dates_help, touching)):
        return
    if any(map(_lost, touching)):
        say(
            Text(
                "What stands in no file of the calendar any more is taken for free by the next plan or replan. Ask the"
                " council's office first: what is held all the same belongs back there."
            )
        )
    if eines.plan.zustand is Zustand.DRAFT:
        say(
            Text(
                "The plan is a draft. With few moves: {replan}; wholly anew: {plan}",
                replan=f"gremienplan replan --jahr {jahr}",
                plan=f"gremienplan plan --jahr {jahr}",
            )
        )
        return
    say(
        Text(
            "People rely on the dates of this plan: change it with as few moves as possible: {command}",
            command=f"gremienplan replan --jahr {jahr}",
        )
    )


def _lost(wirkung: Wirkung) -> bool:
    """Tell whether a sitting of a change has vanished from a calendar that does not keep it."""
    from gremienplan.watch import Wandel

    a = wirkung.aenderung
    return a.wandel is Wandel.VERSCHWUNDEN and any(p.jetzt is None for p in a.paare)


def _other_dates_help(wirkung: Wirkung) -> bool:
    """Tell whether a change asks for other dates; a sitting that vanished and is kept, held or not, does not."""
    from gremienplan.watch import Wandel

    return _lost(wirkung) or wirkung.aenderung.wandel is not Wandel.VERSCHWUNDEN


# --- as JSON ------------------------------------------------------------------------------------------------------


def watch_json(gewacht: Iterable[Gewacht]) -> list[dict[str, Any]]:
    """Return the same, complete, as plain data."""
    return [
        {
            "jahr": eines.plan.jahr,
            "datei": str(eines.datei),
            "belegt": eines.bericht.belegt,
            "touches": eines.bericht.touches,
            "aenderungen": [_wirkung_json(w, eines.projekt) for w in eines.bericht.wirkungen],
            "gemeinsam": _findings_json(eines.bericht.gemeinsam, eines.projekt),
            "verschwunden": vanished_json(eines.bericht.verschwunden),
        }
        for eines in gewacht
    ]


def _wirkung_json(wirkung: Wirkung, projekt: Projekt) -> dict[str, Any]:
    from gremienplan.watch import Wandel

    a = wirkung.aenderung
    verschoben = a.wandel is Wandel.VERSCHOBEN
    return {
        "wandel": a.wandel.value,
        "meldung": words(_satz(a, projekt)),
        "um_minuten": _minuten(a.um) if verschoben else None,
        "um_minuten_sommer": _minuten(a.um + a.sommer) if verschoben else None,
        "sitzungen": [_paar_json(paar) for paar in a.paare],
        "touches": wirkung.touches,
        "beratungen": list(wirkung.beratungen),
        "findings": _findings_json(wirkung.findings, projekt),
        "mitgezogen": None if wirkung.mitgezogen is None else _findings_json(wirkung.mitgezogen, projekt),
    }


def _minuten(um: timedelta) -> int:
    return round(um.total_seconds() / 60)


def _paar_json(paar: Paar) -> dict[str, Any]:
    return {
        "bisher": _sitzung_json(paar.bisher) if paar.bisher else None,
        "jetzt": _sitzung_json(paar.jetzt) if paar.jetzt else None,
        "geraten": paar.geraten,
    }


def _sitzung_json(s: Gesehen | Ratssitzung) -> dict[str, Any]:
    return {
        "key": s.key,
        "gremium": s.gremium,
        "name": s.name,
        "beginn": s.beginn.isoformat(timespec="minutes"),
        "ende": s.ende.isoformat(timespec="minutes"),
        "verschwunden": s.verschwunden,
    }


def _findings_json(findings: Iterable[Finding], projekt: Projekt) -> list[dict[str, Any]]:
    return [
        {
            "requirement": f.requirement.id,
            "meldung": words(f.meldung),
            "ereignisse": list(f.ereignisse),
            "grundlage": grundlage_json(f.requirement.grundlage, projekt.katalog),
        }
        for f in findings
    ]
