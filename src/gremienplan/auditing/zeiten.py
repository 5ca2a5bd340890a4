"""Does an event lie on the right days, at the right hours, clear of blocked days and busy times?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from gremienplan.auditing.befunde import Finding, Lagen, name_of, wann, zeit
from gremienplan.requirements import (
    Fenster,
    Fest,
    KeineUeberschneidung,
    Namen,
    Sperrtage,
    Tageszeit,
    Wochentage,
)
from gremienplan.texts import WEEKDAYS, Text


def fenster(r: Fenster, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """The day it begins on is ``von`` or later and ``bis`` or earlier."""
    name = name_of(r.ereignis, namen)
    for lage in lagen.get(r.ereignis, ()):
        if r.von is not None and lage.tag < r.von:
            meldung = Text("{name}: {zeit} is before {von}.", name=name, zeit=wann(lage), von=r.von)
            yield Finding(r, meldung, r.ereignisse)
        if r.bis is not None and lage.tag > r.bis:
            meldung = Text("{name}: {zeit} is after {bis}.", name=name, zeit=wann(lage), bis=r.bis)
            yield Finding(r, meldung, r.ereignisse)


def fest(r: Fest, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """It begins at exactly the moment (or on the day) that is fixed, at the Ort and with the presenters, if any."""
    name = name_of(r.ereignis, namen)
    for lage in lagen.get(r.ereignis, ()):
        if r.wann != (lage.tag if r.nur_tag else lage.beginn):
            meldung = Text(
                "{name}: {zeit} is not the time it is fixed for: {beginn}.",
                name=name,
                zeit=wann(lage),
                beginn=r.wann,
            )
            yield Finding(r, meldung, r.ereignisse)
        if r.ort and lage.ort != r.ort:
            meldung = Text(
                "{name}: {zeit} is not where it is fixed to be: {ort}.",
                name=name,
                zeit=wann(lage),
                ort=name_of(r.ort, namen),
            )
            yield Finding(r, meldung, r.ereignisse)
        if r.vortrag not in (None, lage.vortrag):
            meldung = Text(
                "{name}: {zeit} is not presented by whom it is fixed to be: {wer}.",
                name=name,
                zeit=wann(lage),
                wer=tuple(name_of(sitz, namen) for sitz in r.vortrag or ()) or "–",
            )
            yield Finding(r, meldung, r.ereignisse)


def wochentage(r: Wochentage, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """The day it begins on is one of the weekdays."""
    for lage in lagen.get(r.ereignis, ()):
        if lage.tag.weekday() not in r.tage:
            meldung = Text(
                "{name}: {zeit} is on another weekday than: {tage}.",
                name=name_of(r.ereignis, namen),
                zeit=wann(lage),
                tage=tuple(WEEKDAYS[tag] for tag in r.tage),
            )
            yield Finding(r, meldung, r.ereignisse)


def tageszeit(r: Tageszeit, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """It begins at ``von`` or later and ends at ``bis`` or earlier on the same day; midnight is the next."""
    for lage in lagen.get(r.ereignis, ()):
        one_day = lage.ende.date() == lage.tag
        if not (one_day and r.von <= lage.beginn.time() and lage.ende.time() <= r.bis):
            meldung = Text(
                "{name}: {zeit} is not between {von} and {bis}.",
                name=name_of(r.ereignis, namen),
                zeit=wann(lage),
                von=r.von,
                bis=r.bis,
            )
            yield Finding(r, meldung, r.ereignisse)


def sperrtage(r: Sperrtage, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """No day from the one it begins on to the one it ends on, both inclusive, is blocked."""
    for lage in lagen.get(r.ereignis, ()):
        for sperre in r.tage:
            if sperre.von <= max(lage.tag, lage.ende.date()) and lage.tag <= sperre.bis:
                meldung = Text(
                    "{name}: {zeit} is on a blocked day: {was}.",
                    name=name_of(r.ereignis, namen),
                    zeit=wann(lage),
                    was=sperre.was,
                )
                yield Finding(r, meldung, r.ereignisse)


def keine_ueberschneidung(r: KeineUeberschneidung, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """Lengthened by ``puffer`` minutes on both sides it shares no moment with any busy time.

    So with ``puffer`` 0 the two may touch, and with ``puffer`` 30 they may lie exactly 30 minutes apart.
    """
    name, puffer = name_of(r.ereignis, namen), timedelta(minutes=r.puffer)
    for lage in lagen.get(r.ereignis, ()):
        for belegung in r.belegt:
            if not belegung.overlaps(lage.beginn - puffer, lage.ende + puffer):
                continue
            busy = zeit(belegung.von, belegung.bis)
            if belegung.overlaps(lage.beginn, lage.ende):
                meldung = Text(
                    "{name}: {zeit} overlaps: {was}, {belegt}.",
                    name=name,
                    zeit=wann(lage),
                    was=belegung.was,
                    belegt=busy,
                )
            else:
                meldung = Text(
                    "{name}: {zeit} is less than {minuten} minutes clear of: {was}, {belegt}.",
                    name=name,
                    zeit=wann(lage),
                    minuten=r.puffer,
                    was=belegung.was,
                    belegt=busy,
                )
            yield Finding(r, meldung, r.ereignisse)
