"""Levers of the planner's own defaults: windows that open, gaps that shrink, hours and weekdays that are added."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar, cast

from attrs import evolve

from gremienplan import requirements as req
from gremienplan.planning.eigene import WEGFALL, let_go, open_again, take_off, unpin
from gremienplan.planning.eigenprogramm import NEU
from gremienplan.planning.hebel import Hebel, Schritt, Wort
from gremienplan.programm import Beratungseintrag, MonatTag, Schranke, Sitzungseintrag, bedingungen as bed
from gremienplan.projekt import Projekt
from gremienplan.quellen import Authority, Grundlage
from gremienplan.requirements import Namen
from gremienplan.texts import WEEKDAYS, Text

T = TypeVar("T")
E = TypeVar("E", Sitzungseintrag, Beratungseintrag)

_TAG = timedelta(days=1)
_HALBE = 30
PROGRAMM = "programm.toml"


def loosened(
    projekt: Projekt, jahr: int, requirements: Sequence[req.Requirement], namen: Namen
) -> Iterator[Hebel]:
    """Yield the levers of the planner's defaults among these requirements."""
    for r in requirements:
        if r.grundlage.authority is Authority.VORGABE:
            rule, _, part = r.id.partition(":")[0].partition(".")
            yield from _of(projekt, jahr, r, rule, part, namen)


def _of(
    projekt: Projekt, jahr: int, r: req.Requirement, rule: str, part: str, namen: Namen
) -> Iterator[Hebel]:
    match r:
        case req.Fenster():
            yield from _fenster(projekt, jahr, r, rule, part, namen)
        case req.Stattfinden() if r.ereignis in {z.sitzung for z in projekt.zusatz.get(jahr, ())}:
            yield take_off(jahr, r, namen)
        case req.Stattfinden():
            said = [(f.sitzung, f.of(jahr)) for f in projekt.fest]
            if (r.ereignis, True) not in [*said, *((pin.sitzung, pin.of(jahr)) for pin in projekt.pins)]:
                yield open_again(jahr, r, namen)
        case req.Fest():
            yield (unpin if r.id.startswith("pin:") else let_go)(jahr, r, namen)
        case _:
            b = next((b for b in projekt.programm.bedingungen if b.id == rule), None)
            if b is not None:
                yield from _bedingung(r, b, part, namen)


# --- windows ------------------------------------------------------------------------------------------------


def _fenster(
    projekt: Projekt, jahr: int, r: req.Fenster, rule: str, part: str, namen: Namen
) -> Iterator[Hebel]:
    """Yield how a window, or one bound of it, opens: to an earlier day, to a later one."""
    programm = projekt.programm
    entries: tuple[Sitzungseintrag | Beratungseintrag, ...] = (*programm.sitzungen, *programm.beratungen)
    entry = next((e for e in entries if e.id == rule), None)
    if entry is None:
        return
    name = namen[r.ereignis]
    if r.bis is not None and part in ("fenster", "spaetestens"):
        alt = r.bis
        last = date(alt.year, 12, 31)
        if alt < last:
            yield _schranke(rule, part, "bis", name, alt, (last - alt).days, r.grundlage)
    if r.von is not None and part in ("fenster", "fruehestens"):
        alt = r.von
        first = date(jahr, 1, 1)
        if alt > first:
            yield _schranke(rule, part, "von", name, alt, (alt - first).days, r.grundlage)


def _schranke(
    rule: str, part: str, ende: str, name: str, alt: date, most: int, grundlage: Grundlage
) -> Hebel:
    def tag(weit: int) -> date:
        return alt + (weit if ende == "bis" else -weit) * _TAG

    def eintrag(e: E, neu: MonatTag) -> E:
        if e.id != rule:
            return e
        if part == "fenster":
            return _neu(e, fenster=_neu(getattr(e, part), **{ende: neu}))
        return _neu(e, **{part: Schranke(neu, grundlage)})

    def aendern(projekt: Projekt, weit: int) -> Projekt:
        neu = MonatTag(tag(weit).month, tag(weit).day)
        programm = projekt.programm
        sitzungen = tuple(eintrag(e, neu) for e in programm.sitzungen)
        beratungen = tuple(eintrag(e, neu) for e in programm.beratungen)
        return evolve(projekt, programm=evolve(programm, sitzungen=sitzungen, beratungen=beratungen))

    def sagen(weit: int) -> Schritt:
        if ende == "bis":
            satz = Text(
                "{name}: until {neu}, {tage} days later than now.", name=name, neu=tag(weit), tage=weit
            )
        else:
            satz = Text(
                "{name}: from {neu} on, {tage} days earlier than now.", name=name, neu=tag(weit), tage=weit
            )
        return _schritt(satz, weit, grundlage)

    return Hebel(f"{rule}.{part}.{ende}", Wort.VORGABE, most, 1, aendern, sagen, regel=rule)


# --- conditions ---------------------------------------------------------------------------------------------


def _bedingung(r: req.Requirement, b: bed.Bedingung, part: str, namen: Namen) -> Iterator[Hebel]:
    """Yield how a condition of the programme is loosened for everybody it binds."""
    match r, b:
        case req.Reihenfolge(), bed.Reihenfolge(abstand=bed.Tage(tage=alt)) if part == "abstand":
            erst, dann = namen[r.erst], namen[r.dann]
            yield _zahl(r, b, "abstand.tage", alt, -1, als=bed.Tage)(
                lambda n: Text(
                    "Between “{erst}” and “{dann}” {neu} days are enough, instead of {alt}.",
                    neu=n,
                    alt=alt,
                    erst=erst,
                    dann=dann,
                )
            )
        case req.Hoechstabstand(), bed.Reihenfolge(hoechstens=bed.Tage(tage=alt)):
            erst, dann = namen[r.erst], namen[r.dann]
            yield _zahl(r, b, "hoechstens.tage", alt, 1, most=300, als=bed.Tage)(
                lambda n: Text(
                    "Between “{erst}” and “{dann}” there may be up to {neu} days, instead of {alt}.",
                    neu=n,
                    alt=alt,
                    erst=erst,
                    dann=dann,
                )
            )
        case req.Mindestabstand(), bed.Mindestabstand(tage=alt) if alt > 1:
            name = namen[r.gremium]
            yield _zahl(r, b, "tage", alt, -1)(
                lambda n: Text(
                    "{name}: {neu} days between two Sitzungen are enough, instead of {alt}.",
                    neu=n,
                    alt=alt,
                    name=name,
                )
            )
        case req.Anzahl(max=int(alt)), bed.Anzahl():
            name = namen[r.gremium]
            yield _zahl(r, b, "max", alt, 1, most=20, schwere=20)(
                lambda n: Text(
                    "{name}: up to {neu} Sitzungen a year, instead of {alt}.", neu=n, alt=alt, name=name
                )
            )
        case req.Anzahl(min=int(alt)), bed.Anzahl() if alt:
            name = namen[r.gremium]
            yield _zahl(r, b, "min", alt, -1, most=alt, schwere=20)(
                lambda n: Text(
                    "{name}: {neu} Sitzungen a year are enough, instead of {alt}.", neu=n, alt=alt, name=name
                )
            )
        case req.KeineUeberschneidung(puffer=alt), bed.KeineUeberschneidung() if part == "puffer":
            name = namen[r.ereignis]
            yield _zahl(r, b, "puffer.minuten", alt, -5, schwere=2, als=_minutes)(
                lambda n: Text(
                    "{name}: {neu} minutes clear of political sittings are enough, instead of {alt}.",
                    neu=n,
                    alt=alt,
                    name=name,
                )
            )
        case req.Wegezeit(minuten=alt), bed.Wegezeit():
            name = namen[r.sitz]
            yield _zahl(r, b, "minuten", alt, -5, schwere=2)(
                lambda n: Text(
                    "{name}: {neu} minutes between two places are enough, instead of {alt}.",
                    neu=n,
                    alt=alt,
                    name=name,
                )
            )
        case req.Raumgroesse(plaetze=alt), bed.Raumgroesse():
            name = namen[r.ereignis]
            yield _zahl(r, b, "plaetze", alt, -5, schwere=5)(
                lambda n: Text(
                    "{name}: room for {neu} is enough, instead of {alt}.", neu=n, alt=alt, name=name
                )
            )
        case req.Tageszeit(), bed.Tageszeit():
            yield from _tageszeit(r, b, namen)
        case req.Wochentage(), bed.Wochentage():
            yield _wochentage(r, b, namen)
        case _ if part in ("", "unbekannte"):
            yield _wegfall(r, b, part, namen)
        case _:
            pass


def _zahl(
    r: req.Requirement,
    b: bed.Bedingung,
    key: str,
    alt: int,
    schritt: int,
    *,
    most: int | None = None,
    schwere: int = 1,
    als: Callable[[int, Grundlage], object] | None = None,
) -> Callable[[Callable[[int], Text]], Hebel]:
    """Return what makes the lever of one number of a condition from its sentence: up or down in steps.

    It goes ``most`` steps, without that down to 1, or in steps of several down to 0. ``als`` makes the value of the
    field, where that is more than the number.
    """
    feld = key.partition(".")[0]
    weitest = most if most is not None else alt - 1 if schritt == -1 else alt // abs(schritt)

    def neu(weit: int) -> int:
        return alt + schritt * weit

    def aendern(projekt: Projekt, weit: int) -> Projekt:
        wert = als(neu(weit), r.grundlage) if als else neu(weit)
        return _mit(projekt, b.id, lambda x: _neu(x, **{feld: wert}))

    def hebel(satz: Callable[[int], Text]) -> Hebel:
        def sagen(weit: int) -> Schritt:
            return _schritt(satz(neu(weit)), weit * abs(schritt), r.grundlage)

        return Hebel(f"{b.id}.{key}", Wort.VORGABE, weitest, schwere, aendern, sagen, regel=b.id)

    return hebel


def _minutes(minuten: int, grundlage: Grundlage) -> bed.Minuten | None:
    return bed.Minuten(minuten, grundlage) if minuten else None


def _tageszeit(r: req.Tageszeit, b: bed.Tageszeit, namen: Namen) -> Iterator[Hebel]:
    """Yield how the hours open: earlier in the morning, later in the evening, by half hours."""
    for key, alt, sign, last in (("von", b.von, -1, time(7)), ("bis", b.bis, 1, time(22, 30))):
        most = abs(_minuten(last) - _minuten(alt)) // _HALBE
        if (_minuten(last) - _minuten(alt)) * sign <= 0:
            continue

        def neu(weit: int, alt: time = alt, sign: int = sign) -> time:
            return (
                datetime.combine(date.min, time(0)) + timedelta(minutes=_minuten(alt) + sign * weit * _HALBE)
            ).time()

        def aendern(projekt: Projekt, weit: int, key: str = key, neu: Callable[[int], time] = neu) -> Projekt:
            return _mit(projekt, b.id, lambda x: _neu(x, **{key: neu(weit)}))

        def sagen(weit: int, key: str = key, neu: Callable[[int], time] = neu) -> Schritt:
            name, zeit = namen[r.ereignis], neu(weit)
            if key == "von":
                satz = Text("{name}: from {zeit} on.", zeit=zeit, name=name)
            else:
                satz = Text("{name}: until {zeit}.", zeit=zeit, name=name)
            return _schritt(satz, weit, r.grundlage)

        yield Hebel(f"{b.id}.{key}", Wort.VORGABE, most, 3, aendern, sagen, regel=b.id)


def _wochentage(r: req.Wochentage, b: bed.Wochentage, namen: Namen) -> Hebel:
    """Return the lever that adds weekdays, Saturday first."""
    more = sorted(set(range(7)) - set(b.tage), key=lambda tag: (tag == 6, tag))

    def tage(weit: int) -> tuple[int, ...]:
        return tuple(sorted({*b.tage, *more[:weit]}))

    def aendern(projekt: Projekt, weit: int) -> Projekt:
        return _mit(projekt, b.id, lambda x: _neu(x, tage=tage(weit)))

    def sagen(weit: int) -> Schritt:
        new = tuple(WEEKDAYS[tag] for tag in more[:weit])
        satz = Text("{name}: also on {tage}.", tage=new, name=namen[r.ereignis])
        return _schritt(satz, weit, r.grundlage)

    return Hebel(f"{b.id}.tage", Wort.VORGABE, len(more), 20, aendern, sagen, regel=b.id)


def _wegfall(r: req.Requirement, b: bed.Bedingung, part: str, namen: Namen) -> Hebel:
    """Return the lever that drops a condition, or an addition to it."""

    def aendern(projekt: Projekt, _weit: int) -> Projekt:
        if part == "unbekannte":
            return _mit(projekt, b.id, lambda x: _neu(x, unbekannte=None))
        kept = tuple(x for x in projekt.programm.bedingungen if x.id != b.id)
        return evolve(projekt, programm=evolve(projekt.programm, bedingungen=kept))

    def sagen(_weit: int) -> Schritt:
        satz = Text("Do without this rule: {satz}", satz=r.satz(namen))
        return _schritt(satz, 1, r.grundlage)

    return Hebel(f"{b.id}.{part}-", Wort.VORGABE, 1, WEGFALL, aendern, sagen, regel=b.id)


# --- small things -------------------------------------------------------------------------------------------


def _mit(projekt: Projekt, rule: str, neu: Callable[[bed.Bedingung], bed.Bedingung]) -> Projekt:
    changed = tuple(neu(b) if b.id == rule else b for b in projekt.programm.bedingungen)
    return evolve(projekt, programm=evolve(projekt.programm, bedingungen=changed))


def _schritt(satz: Text, menge: int, grundlage: Grundlage) -> Schritt:
    """Say a change of the programme; what is written depends on the other changes of the way."""
    return Schritt(Wort.VORGABE, grundlage, satz, NEU, PROGRAMM, "", menge)


def _neu(wert: T, **werte: object) -> T:
    """Return a value with other fields; which fields it has is for the caller to know."""
    return cast(T, evolve(cast(Any, wert), **werte))


def _minuten(t: time) -> int:
    return t.hour * 60 + t.minute
