"""Levers in the hands of others: another sitting, a deputy who presents, somebody back sooner, another Ort."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from attrs import evolve

from gremienplan import requirements as req
from gremienplan.orte import Ort
from gremienplan.planning.hebel import Hebel, Schritt, Wort
from gremienplan.projekt import Besetzt, Projekt
from gremienplan.quellen import TATSACHE
from gremienplan.ratskalender import Ratssitzung
from gremienplan.requirements import Namen
from gremienplan.texts import Text

_TAG = timedelta(days=1)
PROJEKT, KALENDER = "gremienplan.toml", "ratskalender/extra-{gremium}.ics"
SITZUNG, VERTRETUNG, ORT, ANWESEND = 60, 30, 40, 20
"""What each costs, in days: it must be asked for, and may be refused."""


def asked_for(
    projekt: Projekt, jahr: int, requirements: Sequence[req.Requirement], namen: Namen
) -> Iterator[Hebel]:
    """Yield what could be asked for so that these requirements can hold; another sitting apart."""
    sitze = {s for r in requirements if isinstance(r, req.Verfuegbar | req.Wegezeit) for s in r.sitze}
    presenters = {
        slot[0]
        for r in requirements
        if isinstance(r, req.Angesetzt)
        for slot in r.vortrag
        if len(slot) == 1 and slot[0] in sitze
    }
    for sitz in sorted(presenters):
        yield from _vertretung(projekt, sitz, namen)
    wanted = (
        sitze
        | {d.sitz for r in requirements if isinstance(r, req.EineVon) for d in r.sitze}
        | {r.ort for r in requirements if isinstance(r, req.OrtFrei)}
    )
    for number, besetzt in enumerate(projekt.besetzt):
        if besetzt.wer in wanted and besetzt.von.year <= jahr <= besetzt.bis.year:
            yield from _zurueck(besetzt, number, namen)
    orte = {r.ort for r in requirements if isinstance(r, req.OrtFrei)}
    orte |= {ort for r in requirements if isinstance(r, req.Raumgroesse) for ort, _ in r.zu_klein}
    for ort in sorted(orte):
        if ort in projekt.stadt.orte:
            yield _ausweichort(projekt, ort, namen)


# --- another sitting ----------------------------------------------------------------------------------------


def workdays(projekt: Projekt, jahr: int, gremium: str) -> tuple[date, ...]:
    """Return the days on which a body could sit once more: working days, not in the school holidays, not its own."""
    frei = (*projekt.freitage.feiertage, *projekt.freitage.ferien)
    own = {s.tag for s in projekt.ratskalender.von_gremium(gremium)}
    days = (date(jahr, 1, 1) + n * _TAG for n in range(366))
    return tuple(
        tag
        for tag in days
        if tag.year == jahr
        and tag.weekday() < 5
        and tag not in own
        and not any(f.von <= tag <= f.bis for f in frei)
    )


def sitting(projekt: Projekt, gremium: str, tag: date, name: str) -> Ratssitzung:
    """Return a further sitting of a body, at the hour and as long as it usually sits, and under its usual name."""
    own = projekt.ratskalender.von_gremium(gremium)
    names = Counter(s.name for s in own if not s.gemeinsam).most_common(1)
    name = names[0][0] if names else name
    usual = Counter((s.beginn.time(), s.ende - s.beginn) for s in own).most_common(1)
    beginn, dauer = usual[0][0] if usual else (time(16), timedelta(hours=2))
    start = datetime.combine(tag, beginn)
    return Ratssitzung(
        f"erbeten-{gremium.replace('/', '-')}-{tag}", "erbeten", name, gremium, start, start + dauer
    )


def sondersitzung(gremium: str, name: str, sittings: Sequence[Ratssitzung]) -> Hebel:
    """Return the lever that asks a body for one more sitting, one of these (numbered from 1)."""

    def aendern(projekt: Projekt, weit: int) -> Projekt:
        kalender = projekt.ratskalender
        more = (*kalender.sitzungen, sittings[weit - 1])
        ordered = tuple(sorted(more, key=lambda s: (s.beginn, s.key)))
        return evolve(projekt, ratskalender=evolve(kalender, sitzungen=ordered))

    def sagen(weit: int) -> Schritt:
        return asks(name, sittings[weit - 1], sittings[weit - 1])

    return Hebel(
        f"sitzung:{gremium}", Wort.BITTE, len(sittings), SITZUNG, aendern, sagen, False, tuple(sittings)
    )


def asks(name: str, first: Ratssitzung, last: Ratssitzung) -> Schritt:
    """Say that a body is asked for a sitting on a day, or in a span of days."""
    von, bis = first.tag, last.tag
    if von == bis:
        satz = Text("{name}: one more sitting on {von}.", von=von, name=name)
    else:
        satz = Text("{name}: one more sitting between {von} and {bis}.", von=von, bis=bis, name=name)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gremienplan//erbeten//DE",
        "BEGIN:VEVENT",
        f"UID:{first.key}",
        f"SUMMARY:{_escaped(first.name)}",
        f"DTSTART:{first.beginn:%Y%m%dT%H%M%S}",
        f"DTEND:{first.ende:%Y%m%dT%H%M%S}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    datei = KALENDER.format(gremium=first.gremium.replace("/", "-"))
    so = Text("in the council's own calendar; until it is there, in a file beside it")
    return Schritt(Wort.BITTE, TATSACHE, satz, so, datei, "\n".join(lines), (bis - von).days + 1)


def _escaped(text: str) -> str:
    """Return a text as iCalendar writes it."""
    return re.sub(r"([\\,;])", r"\\\1", text)


# --- deputies, absences, Orte -------------------------------------------------------------------------------


def _vertretung(projekt: Projekt, sitz: str, namen: Namen) -> Iterator[Hebel]:
    """Yield the lever that names a deputy of the same Rolle, of which each is tried."""
    own = projekt.stadt.sitze.get(sitz)
    if own is None:
        return
    others = tuple(s.id for s in projekt.stadt.sitze.values() if s.rolle.id == own.rolle.id and s.id != sitz)

    def aendern(projekt: Projekt, weit: int) -> Projekt:
        return evolve(projekt, stadt=projekt.stadt.mit_vertretungen({sitz: others[weit - 1]}))

    def sagen(weit: int) -> Schritt:
        wer = others[weit - 1]
        return Schritt(
            Wort.BITTE,
            TATSACHE,
            Text("{wer} presents where {sitz} cannot.", wer=namen[wer], sitz=namen[sitz]),
            Text("in the project's own file, once they have agreed"),
            PROJEKT,
            f'[vertretung]\n"{sitz}" = "{wer}"\n',
            1,
        )

    if others:
        yield Hebel(f"vertretung:{sitz}", Wort.BITTE, len(others), VERTRETUNG, aendern, sagen, stetig=False)


def _zurueck(besetzt: Besetzt, number: int, namen: Namen) -> Iterator[Hebel]:
    """Yield how an absence or occupation could be shorter: over sooner, or begun later."""
    days = (besetzt.bis - besetzt.von).days + 1
    for ende in ("bis", "von"):

        def neu(weit: int, ende: str = ende) -> Besetzt:
            if ende == "bis":
                return evolve(besetzt, bis=max(besetzt.von, besetzt.bis - weit * _TAG))
            return evolve(besetzt, von=min(besetzt.bis, besetzt.von + weit * _TAG))

        def aendern(projekt: Projekt, weit: int, neu=neu) -> Projekt:  # type: ignore[no-untyped-def]
            shorter = neu(weit)
            changed = [*projekt.besetzt]
            changed[number : number + 1] = [shorter] if shorter.von < shorter.bis else []
            return evolve(projekt, besetzt=tuple(changed))

        def sagen(weit: int, ende: str = ende, neu=neu) -> Schritt:  # type: ignore[no-untyped-def]
            name, shorter = namen.get(besetzt.wer, besetzt.wer), neu(weit)
            if shorter.von >= shorter.bis:
                satz = Text("{name}: there after all, not away from {von}.", name=name, von=besetzt.von)
            elif ende == "bis":
                satz = Text(
                    "{name}: there again from {zeit} on, {tage} days sooner.",
                    name=name,
                    zeit=shorter.bis,
                    tage=weit,
                )
            else:
                satz = Text(
                    "{name}: there until {zeit}, {tage} days longer.", name=name, zeit=shorter.von, tage=weit
                )
            lines = _besetzt(besetzt if shorter.von >= shorter.bis else shorter)
            if shorter.von >= shorter.bis:
                lines = "".join(f"# {line}\n" for line in lines.splitlines())
            return Schritt(
                Wort.BITTE, TATSACHE, satz, Text("where the absence is written"), PROJEKT, lines, weit
            )

        yield Hebel(f"besetzt.{number}.{ende}", Wort.BITTE, days, 1, aendern, sagen)


def _ort(ort: Ort) -> str:
    """Return the entry of another Ort for the same area; its name is for the planner to say."""
    art, gebiet = json.dumps(ort.art), json.dumps(ort.gebiet)
    return f'[ort.ausweich-{ort.id}]\nname = "…"\nart = {art}\ngebiet = {gebiet}\n'


def _besetzt(besetzt: Besetzt) -> str:
    von, bis = (f"{zeit:%Y-%m-%dT%H:%M:%S}" for zeit in (besetzt.von, besetzt.bis))
    wer, was = (json.dumps(text, ensure_ascii=False) for text in (besetzt.wer, besetzt.was))
    return f"[[besetzt]]\nwer = {wer}\nvon = {von}\nbis = {bis}\nwas = {was}\n"


def _ausweichort(projekt: Projekt, ort: str, namen: Namen) -> Hebel:
    """Return the lever that finds one more Ort of the same kind in the same area."""

    def aendern(projekt: Projekt, _weit: int) -> Projekt:
        stadt = projekt.stadt
        other = evolve(stadt.orte[ort], id=f"ausweich-{ort}", plaetze=None, belegt=(), sitz="")
        return evolve(projekt, stadt=evolve(stadt, orte={**stadt.orte, other.id: other}))

    def sagen(_weit: int) -> Schritt:
        return Schritt(
            Wort.BITTE,
            TATSACHE,
            Text("Find one more Ort beside: {ort}", ort=namen[ort]),
            Text("in the city folder, among the Orte"),
            "stadt.toml",
            _ort(projekt.stadt.orte[ort]),
            1,
        )

    return Hebel(f"ort:{ort}", Wort.BITTE, 1, ORT, aendern, sagen)
