"""Writes years as instances anybody can read: ``python benchmarks/instanz.py [NAME …]`` makes ``benchmarks/instances``.

The format is described in ``benchmarks/instances/README.md``. What a requirement says of one event alone is in the
candidates; what ties events together stands as it is. The same year gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # for the drawn calendars of the tests

from gremienplan import requirements as req  # noqa: E402
from gremienplan.plan import Lage  # noqa: E402
from gremienplan.solver import Loesung, Problem, Suche, Unmoeglich  # noqa: E402
from gremienplan.solver.problem import TAG, Ereignis, Kandidat  # noqa: E402
from gremienplan.solver.statisch import allowed  # noqa: E402

ZIEL = HERE / "instances"
INSTANCE, SOLUTION = "gremienplan-instance/1", "gremienplan-solution/1"

Row = dict[str, object]


class Instanz:
    """One problem on its way into a file."""

    def __init__(self, problem: Problem, name: str) -> None:
        self.problem, self.name = problem, name
        self.busy: dict[tuple[tuple[object, ...], ...], str] = {}
        self.slots: dict[tuple[tuple[int, int, str], ...], str] = {}

    def export(self) -> Row:
        """Return the instance."""
        events = [self._event(ereignis) for ereignis in self.problem.ereignisse.values()]
        requirements = [row for r in self.problem.requirements for row in self._requirement(r)]
        preferences = [row for p in self.problem.preferences for row in self._preference(p)]
        return {
            "format": INSTANCE,
            "name": self.name,
            "first_day": self.problem.zeit.von.isoformat(),
            "slots": {name: slots for slots, name in self.slots.items()},
            "busy": {name: times for times, name in self.busy.items()},
            "events": events,
            "requirements": requirements,
            "preferences": preferences,
        }

    # --- events -------------------------------------------------------------------------------------------

    def _event(self, ereignis: Ereignis) -> Row:
        ks = allowed(self.problem, ereignis)
        if any(k.sitzung for k in ereignis.kandidaten()) or ereignis.vortrag:
            sittings = [[k.beginn, k.ende, k.sitzung] for k in ks]
            return {"id": ereignis.id, "sittings": sittings, "presenters": self._presenters(ereignis)}
        days: dict[tuple[tuple[int, int, str], ...], list[int]] = {}
        for tag, group in groupby(ks, key=lambda k: k.tag):
            slots = tuple(sorted((k.beginn - tag * TAG, k.ende - tag * TAG, k.ort) for k in group))
            days.setdefault(slots, []).append(tag)
        return {
            "id": ereignis.id,
            "candidates": [[_ranges(tage), _named(self.slots, slots, "s")] for slots, tage in days.items()],
        }

    def _presenters(self, ereignis: Ereignis) -> list[list[str]]:
        """Return who may present, as far as nobody else has fixed it."""
        slots = [list(slot) for slot in ereignis.vortrag]
        for r in () if ereignis.id in self.problem.fakten else self.problem.nach_ereignis[ereignis.id]:
            if isinstance(r, req.Fest) and r.vortrag is not None:
                wanted = dict(enumerate(r.vortrag))
                slots = [[s for s in slot if s == wanted.get(i)] for i, slot in enumerate(slots)]
        return slots

    # --- requirements -------------------------------------------------------------------------------------

    def _requirement(self, r: req.Requirement) -> Iterator[Row]:
        known = self.problem.ereignisse
        match r:
            case req.Reihenfolge() | req.Hoechstabstand():
                kind = "order" if isinstance(r, req.Reihenfolge) else "max_gap"
                if {r.erst, r.dann} <= known.keys():
                    yield {"kind": kind, "first": r.erst, "then": r.dann, "days": r.tage}
            case req.Mindestabstand():
                yield {"kind": "min_gap", "events": self._known(r.ereignisse), "days": r.tage}
            case req.Anzahl():
                events, zeit = self._known(r.ereignisse), self.problem.zeit
                missing = len(set(r.ereignisse)) - len(events)
                yield {
                    "kind": "count",
                    "events": events,
                    "from": zeit.tag(date(r.jahr, 1, 1)),
                    "to": zeit.tag(date(r.jahr, 12, 31)),
                    "min": None if r.min is None else r.min - missing,
                    "max": r.max,
                }
            case req.Verfuegbar():
                yield {"kind": "one_place"} | self._who(r.sitze, r.pflichten, r.belegt)
            case req.Wegezeit():
                who = self._who(r.sitze, r.pflichten, r.belegt)
                yield {"kind": "travel"} | who | {"minutes": r.minuten}
            case req.EineVon():
                if r.ereignis in known:
                    yield {
                        "kind": "one_of",
                        "event": r.ereignis,
                        "from": self._day(r.ab),
                        "to": self._day(r.bis),
                        "minutes": r.minuten,
                        "seats": [self._who((d.sitz, *d.mit), d.pflichten, d.belegt) for d in r.sitze],
                    }
            case req.OrtFrei():
                events = self._known(r.ereignisse)
                yield {"kind": "place", "place": r.ort, "events": events, "busy": self._busy(r.belegt)}
            case (
                req.Stattfinden()
                | req.Angesetzt()
                | req.Fenster()
                | req.Fest()
                | req.Wochentage()
                | req.Tageszeit()
                | req.Sperrtage()
                | req.KeineUeberschneidung()
                | req.Raumgroesse()
            ):
                pass  # in the candidates
            case _:
                raise NotImplementedError(f"no form for {type(r).__name__}")

    def _who(
        self, sitze: Iterable[str], pflichten: Iterable[req.Pflicht], belegt: tuple[req.Belegung, ...]
    ) -> Row:
        duties = [
            [p.ereignis, self._day(p.ab), self._day(p.bis)]
            for p in pflichten
            if p.ereignis in self.problem.ereignisse
        ]
        return {"seats": list(sitze), "duties": duties, "busy": self._busy(belegt)}

    # --- preferences --------------------------------------------------------------------------------------

    def _preference(self, p: req.Preference) -> Iterator[Row]:
        row = self._wish(p)
        if row is not None:
            yield {"kind": row.pop("kind"), "stage": p.stufe} | row

    def _wish(self, p: req.Preference) -> Row | None:
        match p:
            case req.Gewohnt():
                return {
                    "kind": "usual",
                    "event": p.ereignis,
                    "weekday": p.wochentag,
                    "start": _minute(p.beginn),
                    "day_weight": p.gewicht_tag,
                    "half_hour_weight": p.gewicht_zeit,
                }
            case req.Abstandswunsch():
                return {
                    "kind": "distance",
                    "first": p.erst,
                    "then": p.dann,
                    "min": p.mindestens,
                    "max": p.hoechstens,
                    "weight": p.gewicht,
                }
            case req.Vorher():
                return {"kind": "before", "first": p.erst, "then": p.dann, "weight": p.gewicht}
            case req.Danach():
                return {
                    "kind": "after",
                    "event": p.nach,
                    "events": self._known(p.ereignisse),
                    "days": p.tage,
                    "weight": p.gewicht,
                }
            case req.Verteilt():
                events = self._known(p.ereignisse)
                return {"kind": "weekly", "events": events, "max": p.je_woche, "weight": p.gewicht}
            case req.Abendlast():
                return {
                    "kind": "evenings",
                    "seat": p.sitz,
                    "events": self._known(p.ereignisse),
                    "busy": self._busy(p.belegt),
                    "from": _minute(p.ab),
                    "max": p.je_woche,
                    "weight": p.gewicht,
                }
            case req.Meiden():
                busy = self._busy(p.belegt)
                return {"kind": "avoid", "event": p.ereignis, "busy": busy, "weight": p.gewicht}
            case req.Selbst():
                seats = list(p.vortrag)
                return {"kind": "themselves", "event": p.ereignis, "seats": seats, "weight": p.gewicht}
            case req.Wechsel():
                return {
                    "kind": "turns",
                    "events": self._known(p.ereignisse),
                    "places": list(dict.fromkeys(p.orte)),
                    "weight": p.gewicht,
                }
            case req.Bleiben():
                zeit = self.problem.zeit
                return {
                    "kind": "stay",
                    "event": p.ereignis,
                    "start": zeit.minute(p.beginn),
                    "end": zeit.minute(p.ende),
                    "place": p.ort,
                    "presenters": None if p.vortrag is None else list(p.vortrag),
                    "weight": p.gewicht,
                }
            case req.Ausgleich():
                return {
                    "kind": "share",
                    "what": {"abende": "evenings", "wochentage": "weekdays", "wege": "journeys"}[p.was.value],
                    "loads": [self._load(last) for last in p.lasten],
                    "from": _minute(p.ab),
                    "step": p.schritt,
                    "weight": p.gewicht,
                }
            case req.Robust():
                minute = self.problem.zeit.minute
                return {
                    "kind": "robust",
                    "sitting": p.sitzung.key,
                    "start": minute(p.sitzung.beginn),
                    "end": minute(p.sitzung.ende),
                    "items": self._known(p.beratungen),
                    "rules": [self._rule(r) for r in p.ordnung],
                    "clear": [[e, minutes] for e, minutes in p.frei if e in self.problem.ereignisse],
                    "days": p.tage,
                    "weight": p.gewicht,
                }
            case _:
                raise NotImplementedError(f"no form for {type(p).__name__}")

    def _load(self, last: req.Last) -> Row:
        parts = [self._who((d.sitz, *d.mit), d.pflichten, d.belegt) for d in last.dienste]
        return {"weekday": last.wochentag, "far": list(last.fern), "parts": parts}

    def _rule(self, r: req.Reihenfolge | req.Hoechstabstand | req.Fenster) -> Row:
        if isinstance(r, req.Fenster):
            return {"kind": "window", "event": r.ereignis, "from": self._day(r.von), "to": self._day(r.bis)}
        kind = "order" if isinstance(r, req.Reihenfolge) else "max_gap"
        return {"kind": kind, "first": r.erst, "then": r.dann, "days": r.tage}

    # --- small things -------------------------------------------------------------------------------------

    def _known(self, ereignisse: Iterable[str]) -> list[str]:
        return [e for e in dict.fromkeys(ereignisse) if e in self.problem.ereignisse]

    def _day(self, tag: date | None) -> int | None:
        return None if tag is None else self.problem.zeit.tag(tag)

    def _busy(self, belegt: Iterable[req.Belegung]) -> list[str]:
        """Return the names of a set of busy times: none where there are none."""
        minute = self.problem.zeit.minute
        times = sorted({(minute(b.von), minute(b.bis), b.sitzung) for b in belegt})
        rows = tuple((von, bis, sitzung) if sitzung else (von, bis) for von, bis, sitzung in times)
        return [_named(self.busy, rows, "b")] if rows else []


def _named(known: dict[object, str], value: object, letter: str) -> str:
    return known.setdefault(value, f"{letter}{len(known)}")


def _ranges(tage: Iterable[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for tag in tage:
        if found and found[-1][1] == tag - 1:
            found[-1][1] = tag
        else:
            found.append([tag, tag])
    return found


def _minute(t: time) -> int:
    return t.hour * 60 + t.minute


# --- solutions ----------------------------------------------------------------------------------------------


def where(problem: Problem, lage: Lage) -> Row:
    """Return where an event lies, as a solution says it."""
    minute = problem.zeit.minute
    found: Row = {"start": minute(lage.beginn), "end": minute(lage.ende)}
    for key, value in (("place", lage.ort), ("sitting", lage.sitzung), ("presenters", list(lage.vortrag))):
        if value:
            found[key] = value
    return found


def solution(problem: Problem, name: str, answer: Loesung) -> Row:
    """Return what the search has found."""
    moment = problem.zeit.moment

    def lage(e: str, k: Kandidat) -> Lage:
        return Lage(e, moment(k.beginn), moment(k.ende), k.ort, k.sitzung, answer.vortrag.get(e, ()))

    return {
        "format": SOLUTION,
        "instance": name,
        "cost": {str(s.stufe): s.wert for s in answer.stufen},
        "bound": {str(s.stufe): s.schranke for s in answer.stufen},
        "events": {e: where(problem, lage(e, answer.wahl[e])) for e in problem.ereignisse},
    }


def text(value: Row) -> str:
    """Return the bytes of a file: one event, requirement or preference a line."""
    lines = []
    for key, part in value.items():
        items: list[str] = []
        if isinstance(part, dict) and key != "cost" and key != "bound":
            items = [f"{_compact(k)}:{_compact(v)}" for k, v in part.items()]
            lines.append(f'"{key}":{{' + _block(items) + "}")
        elif isinstance(part, list):
            lines.append(f'"{key}":[' + _block([_compact(v) for v in part]) + "]")
        else:
            lines.append(f'"{key}":{_compact(part)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _block(items: list[str]) -> str:
    return "\n" + ",\n".join(items) + "\n" if items else ""


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# --- the instances ------------------------------------------------------------------------------------------


def _example(ordner: str, **how: object) -> Callable[[], Problem]:
    def problem() -> Problem:
        from gremienplan import load
        from gremienplan.jahr import build
        from gremienplan.planning import ask

        projekt = load(HERE.parent / "examples" / ordner, jahr=2027, **how)
        return ask(build(projekt, 2027, stand=datetime(2026, 11, 1))).problem

    return problem


def _drawn(seed: int, folgen: tuple[int, int]) -> Callable[[], Problem]:
    def problem() -> Problem:
        from gremienplan.jahr import build
        from gremienplan.planning import ask
        from tests.jahre.ziehen import ziehe

        return ask(build(ziehe(seed, folgen=folgen), 2027)).problem

    return problem


INSTANZEN: Mapping[str, Callable[[], Problem]] = {
    "quartier": _example("quartier-2027"),
    "hattingen": _example("hattingen-2027"),
    "hamm-r": _example("hamm-2027"),
    "hamm-c": _example("hamm-2027", programm="programm-c.toml"),
    "hamm-drawn-1": _drawn(1, (5, 7)),
    "hamm-drawn-2": _drawn(2, (5, 7)),
    "hamm-drawn-3": _drawn(3, (4, 4)),
    "hamm-tight": _example("hamm-2027-knapp"),
}
"""Name -> the problem. The last has no solution."""


def main() -> None:
    """Write the instances named, or all, with our solution of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(INSTANZEN))
    for name in parser.parse_args().names or INSTANZEN:
        problem = INSTANZEN[name]()
        path = ZIEL / f"{name}.json"
        path.write_text(text(Instanz(problem, name).export()), encoding="utf-8")
        answer = Suche(problem, 30.0).run()
        found: Row = {"format": SOLUTION, "instance": name, "impossible": True}
        if isinstance(answer, Loesung):
            found = solution(problem, name, answer)
        elif not isinstance(answer, Unmoeglich):
            raise SystemExit(f"{name}: undecided")
        ZIEL.joinpath(f"{name}.solution.json").write_text(text(found), encoding="utf-8")
        print(f"{name}: {path.stat().st_size:,} bytes; {found.get('cost', 'impossible')}", flush=True)


if __name__ == "__main__":
    main()
