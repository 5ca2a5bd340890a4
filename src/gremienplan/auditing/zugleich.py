"""Is anybody needed in two places, or a place needed by two?

Times are half-open: what ends at 17:00 and what begins at 17:00 do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import combinations

from gremienplan.auditing.befunde import Finding, Lagen, name_of, wann, zeit
from gremienplan.plan import Lage
from gremienplan.requirements import (
    Belegung,
    Dienst,
    EineVon,
    Namen,
    OrtFrei,
    Pflicht,
    Verfuegbar,
    Wegezeit,
)
from gremienplan.texts import Text


def verfuegbar(r: Verfuegbar, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """No two duties of the Sitz (or Sitze of one person) overlap, nor with its busy time; one sitting is one place.

    What a duty is says :func:`duties`, what one sitting is :func:`same_sitting` and :func:`is_its_sitting`.
    """
    sitz = _who(r, namen)
    mine = duties(r.sitze, r.pflichten, lagen)
    for a, b in combinations(mine, 2):
        if a.overlaps(b) and not same_sitting(a, b):
            meldung = Text(
                "{sitz}: needed at once in: {erst}, {erst_zeit}; {dann}, {dann_zeit}.",
                sitz=sitz,
                **_two(a, b, namen),
            )
            yield Finding(r, meldung, _ids(a, b))
    for duty in mine:
        for busy in r.belegt:
            if busy.overlaps(duty.beginn, duty.ende) and not is_its_sitting(busy, duty):
                meldung = Text(
                    "{sitz}: needed at once in: {erst}, {erst_zeit}; {dann}, {dann_zeit}.",
                    sitz=sitz,
                    **_two(duty, busy, namen),
                )
                yield Finding(r, meldung, _ids(duty))


def wegezeit(r: Wegezeit, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """Between two duties, or a duty and busy time, at different Orte lie at least ``minuten`` minutes.

    An Ort that is not known is a different one: that of a Beratung, of busy time, of a Termin without Ort.
    What overlaps is the matter of :func:`verfuegbar` alone, and one sitting is one place here too.
    """
    sitz, needed = _who(r, namen), timedelta(minutes=r.minuten)
    mine = duties(r.sitze, r.pflichten, lagen)
    for a, b in combinations(mine, 2):
        apart = not a.overlaps(b) and (a.ort != b.ort or not a.ort) and not same_sitting(a, b)
        if apart and (gap := _gap(a.beginn, a.ende, b.beginn, b.ende)) < needed:
            yield Finding(r, _travel(sitz, gap, r.minuten, _two(a, b, namen)), _ids(a, b))
    for duty in mine:
        for busy in r.belegt:
            apart = not busy.overlaps(duty.beginn, duty.ende) and not is_its_sitting(busy, duty)
            if apart and (gap := _gap(duty.beginn, duty.ende, busy.von, busy.bis)) < needed:
                yield Finding(r, _travel(sitz, gap, r.minuten, _two(duty, busy, namen)), _ids(duty))


def eine_von(r: EineVon, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """To each Termin of the Sitzung, on the days the requirement holds, one of the Sitze can come."""
    for lage in lagen.get(r.ereignis, ()):
        if (r.ab is None or r.ab <= lage.tag) and (r.bis is None or lage.tag <= r.bis):
            away = [_keeps_away(dienst, lage, r.minuten, lagen) for dienst in r.sitze]
            if all(found is not None for found in away):
                meldung = Text(
                    "{name}: {zeit}: none of these can come: {sitze}.",
                    name=name_of(r.ereignis, namen),
                    zeit=wann(lage),
                    sitze=tuple(name_of(dienst.sitz, namen) for dienst in r.sitze),
                )
                yield Finding(r, meldung, _ids(lage, *(other for found in away for other in found or ())))


def absent(r: EineVon, lagen: Lagen) -> tuple[str, ...]:
    """Return the Sitze that cannot come to the Sitzung, wherever the requirement holds."""
    return tuple(
        dienst.sitz
        for dienst in r.sitze
        for lage in lagen.get(r.ereignis, ())
        if (r.ab is None or r.ab <= lage.tag) and (r.bis is None or lage.tag <= r.bis)
        if _keeps_away(dienst, lage, r.minuten, lagen) is not None
    )


def _keeps_away(dienst: Dienst, lage: Lage, minuten: int, lagen: Lagen) -> tuple[Lage, ...] | None:
    """Return the duties that keep a Sitz from a Termin; () when it is busy time alone, None when nothing does."""
    needed = timedelta(minutes=minuten)
    others = tuple(
        duty
        for duty in duties((dienst.sitz, *dienst.mit), dienst.pflichten, lagen)
        if duty.overlaps(lage)
        or (
            (duty.ort != lage.ort or not lage.ort)
            and _gap(duty.beginn, duty.ende, lage.beginn, lage.ende) < needed
        )
    )
    busy = any(
        b.overlaps(lage.beginn, lage.ende) or _gap(lage.beginn, lage.ende, b.von, b.bis) < needed
        for b in dienst.belegt
    )
    return others if others or busy else None


def ort_frei(r: OrtFrei, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """No two Termine of ``ereignisse`` at this Ort overlap, and none overlaps what else occupies it."""
    ort = name_of(r.ort, namen)
    here = [
        lage
        for ereignis in dict.fromkeys(r.ereignisse)
        for lage in lagen.get(ereignis, ())
        if lage.ort == r.ort
    ]
    for a, b in combinations(here, 2):
        if a.overlaps(b):
            meldung = Text(
                "{ort}: occupied at once by: {erst}, {erst_zeit}; {dann}, {dann_zeit}.",
                ort=ort,
                **_two(a, b, namen),
            )
            yield Finding(r, meldung, _ids(a, b))
    for lage in here:
        for busy in r.belegt:
            if busy.overlaps(lage.beginn, lage.ende):
                meldung = Text(
                    "{ort}: occupied at once by: {erst}, {erst_zeit}; {dann}, {dann_zeit}.",
                    ort=ort,
                    **_two(lage, busy, namen),
                )
                yield Finding(r, meldung, _ids(lage))


def _who(r: Verfuegbar | Wegezeit, namen: Namen) -> str | Text:
    if not r.mit:
        return name_of(r.sitz, namen)
    return Text("One person ({sitze})", sitze=tuple(name_of(sitz, namen) for sitz in r.sitze))


def duties(sitze: Iterable[str], pflichten: Iterable[Pflicht], lagen: Lagen) -> tuple[Lage, ...]:
    """Return the Termine that who holds these Sitze has to attend, each once, however many duties name it.

    A duty holds for a Termin that begins on a day from ``ab`` to ``bis``, both inclusive.
    """
    held = tuple(sitze)
    found: dict[tuple[str, int], Lage] = {}
    for pflicht in pflichten:
        for number, lage in enumerate(lagen.get(pflicht.ereignis, ())):
            started = pflicht.ab is None or pflicht.ab <= lage.tag
            ended = pflicht.bis is not None and pflicht.bis < lage.tag
            if started and not ended and any(attends(sitz, lage) for sitz in held):
                found[pflicht.ereignis, number] = lage
    return tuple(found.values())


def is_beratung(lage: Lage) -> bool:
    """Tell whether it is an item of a council sitting: it names the sitting, or who presents it there."""
    return bool(lage.sitzung or lage.vortrag)


def attends(sitz: str, lage: Lage) -> bool:
    """Tell whether a Sitz with a duty is really there: at a Beratung only who presents it."""
    return not is_beratung(lage) or sitz in lage.vortrag


def same_sitting(a: Lage, b: Lage) -> bool:
    """Tell whether two Beratungen are items of one sitting (of the same key)."""
    return bool(a.sitzung) and a.sitzung == b.sitzung


def is_its_sitting(busy: Belegung, lage: Lage) -> bool:
    """Tell whether busy time is the very sitting a Beratung is heard in (of the same key)."""
    return bool(busy.sitzung) and busy.sitzung == lage.sitzung


def _gap(a_von: datetime, a_bis: datetime, b_von: datetime, b_bis: datetime) -> timedelta:
    return max(b_von - a_bis, a_von - b_bis)


def _travel(sitz: str | Text, gap: timedelta, needed: int, two: dict[str, str | Text]) -> Text:
    return Text(
        "{sitz}: {ist} minutes, not at least {soll}, between: {erst}, {erst_zeit}; {dann}, {dann_zeit}.",
        sitz=sitz,
        ist=gap // timedelta(minutes=1),
        soll=needed,
        **two,
    )


def _two(a: Lage, b: Lage | Belegung, namen: Namen) -> dict[str, str | Text]:
    other = (name_of(b.ereignis, namen), wann(b)) if isinstance(b, Lage) else (b.was, zeit(b.von, b.bis))
    return {"erst": name_of(a.ereignis, namen), "erst_zeit": wann(a), "dann": other[0], "dann_zeit": other[1]}


def _ids(*lagen: Lage) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lage.ereignis for lage in lagen))
