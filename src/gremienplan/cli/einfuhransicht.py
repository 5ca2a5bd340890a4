"""What was read from each source of the council calendar: for the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from attrs import frozen
from rich.padding import Padding

from gremienplan.cli.antworten import problem_json
from gremienplan.cli.ausgabe import heading, show, write
from gremienplan.cli.sprache import language, words
from gremienplan.errors import Problem
from gremienplan.ratskalender import (
    CANCELLED,
    VERSCHWUNDEN,
    Einfuhr,
    Eintrag,
    Fortschreibung,
    Kalenderart,
    Mangel,
    Verlust,
)
from gremienplan.texts import Text, Wert, render_value

BEISPIELE = 3
"""Losses of one kind that are shown; the rest are counted, and stand in the file."""
ZEILEN = 8
"""Vanished sittings that are shown; the rest are counted."""

_MANGEL = {
    Mangel.OHNE_BEGINN: Text("without a start"),
    Mangel.ZEIT_UNLESBAR: Text("with a day or time that is not readable"),
    Mangel.WOCHENTAG_WIDERSPRICHT: Text("whose weekday contradicts the date"),
    Mangel.SERIE_UNLESBAR: Text("whose recurrence is not readable"),
    Mangel.KEIN_OBJEKT: Text("that are nothing we know"),
    Mangel.SEITE_FEHLT: Text("pages that did not come"),
    Mangel.ZONE_UNBEKANNT: Text("in a time zone nobody knows; taken as local time"),
    Mangel.ABGESCHNITTEN: Text("cut off"),
    Mangel.VERWEIS_FEHLT: Text("bodies or places that are named and stand nowhere"),
    Mangel.OHNE_GREMIUM: Text("without a body"),
    Mangel.UHRZEIT_UNLESBAR: Text("whose time is not readable, so only their day or start counts"),
    Mangel.TAG_ODER_MONAT: Text("nothing says which number is the month, so the day is taken to come first"),
}


@frozen
class Gelesen:
    """How the reading of one source went."""

    name: str
    datei: str
    """Name of the file that keeps it, from the project's folder."""
    fortschreibung: Fortschreibung | None = None
    """None: the reading failed, and the last copy stays."""
    erste: bool = True
    """No copy was there before."""
    problems: tuple[Problem, ...] = ()
    bleibt: int | None = None
    """Entries of the last copy where the reading failed; None if there is none."""


def show_gelesen(gelesen: Gelesen, *, details: bool = False) -> None:
    """Write how the reading of a source went; with ``details`` every loss and every change."""
    neu = gelesen.fortschreibung
    if neu is None:
        return
    einfuhr = neu.einfuhr
    heading(
        Text(
            "{name}: {eintraege} from {herkunft}",
            name=gelesen.name,
            eintraege=eintraege(_anzahl(neu)),
            herkunft=einfuhr.herkunft,
        )
    )
    zeilen: list[Text | str] = (
        [Text("nothing has changed since {tag}", tag=einfuhr.gelesen)] if not neu.geaendert else []
    )
    if neu.geaendert and not gelesen.erste:
        meldung = Text(
            "new: {neu}, changed: {anders}, vanished: {weg}, back again: {wieder}",
            neu=len(neu.neue),
            anders=len(neu.andere),
            weg=len(neu.verschwunden),
            wieder=len(neu.wieder),
        )
        zeilen.append(meldung)
    if not einfuhr.eintraege or (neu.geaendert and einfuhr.vollstaendig and not _anzahl(neu)):
        zeilen.append(Text("the source has no entry at all: nothing is kept free for it"))
    if neu.ungelesen:
        meldung = Text(
            "kept as last read, because they could not be read now: {eintraege}",
            eintraege=_beispiele([_eintrag(e) for e in neu.ungelesen], details=details),
        )
        zeilen.append(meldung)
    if neu.behalten:
        zeilen.append(Text("kept, though the source no longer has them: {anzahl}", anzahl=neu.behalten))
    if neu.jenseits:
        zeilen.append(_jenseits(neu.jenseits))
    if not einfuhr.feste_kennungen:
        zeilen.append(Text("the source gives its entries new identities each time"))
    for zeile in (*zeilen, *_verluste(einfuhr, details=details)):
        show(Padding(words(zeile), (0, 0, 0, 2)))
    if neu.geaendert and not gelesen.erste:
        show_aenderungen(neu, details=details)
    if neu.verschwunden:
        show_verschwundene(neu.verschwunden, details=details)


def _jenseits(eintraege: Sequence[Eintrag]) -> Text:
    """Say which entries to come lie after all that the source still gives."""
    beispiele = tuple(f"{render_value(e.beginn, language())} {e.name}" for e in eintraege[:BEISPIELE])
    rest = ("…",) if len(eintraege) > BEISPIELE else ()
    return Text(
        "of these to come, after the last entry of the source: {anzahl} ({beispiele}). Unless the export is only"
        " shorter, ask whether they stand.",
        anzahl=len(eintraege),
        beispiele=(*beispiele, *rest),
    )


def _anzahl(neu: Fortschreibung) -> int:
    stehend = sum(e.status != VERSCHWUNDEN for e in neu.einfuhr.eintraege)
    return stehend - neu.behalten - len(neu.ungelesen)


def eintraege(anzahl: int) -> Text:
    """Say how many entries there are."""
    return Text("1 entry") if anzahl == 1 else Text("{anzahl} entries", anzahl=anzahl)


def _eintrag(eintrag: Eintrag) -> str:
    return f"{render_value(eintrag.beginn, language())} {eintrag.name}".rstrip()


def _beispiele(alle: Sequence[Wert], *, details: bool) -> tuple[Wert, ...]:
    """Return a few of them, or all; that there are more is seen."""
    return tuple(alle) if details or len(alle) <= BEISPIELE else (*alle[:BEISPIELE], "…")


def show_aenderungen(neu: Fortschreibung, *, details: bool) -> None:
    """Write what is new, what has changed and from what to what, and what is back again."""
    for titel, zeilen in (
        (Text("New:"), [_eintrag(e) for e in neu.neue]),
        (Text("Changed:"), [f"{_eintrag(a)}: {'; '.join(_unterschiede(a, n))}" for a, n in neu.andere]),
        (Text("Back again:"), [_eintrag(e) for e in neu.wieder]),
    ):
        gezeigt = zeilen if details else zeilen[:BEISPIELE]
        if zeilen:
            show(Padding(words(titel), (0, 0, 0, 2)))
        for zeile in gezeigt:
            show(Padding(zeile, (0, 0, 0, 4)))
        if len(zeilen) > len(gezeigt):
            mehr = Text("and {anzahl} more; --details names all", anzahl=len(zeilen) - len(gezeigt))
            show(Padding(words(mehr), (0, 0, 0, 4)))


def _unterschiede(alt: Eintrag, neu: Eintrag) -> Iterable[str]:
    """Yield what differs between two versions of an entry, from what to what."""
    for was, vorher, jetzt in (
        (Text("start"), alt.beginn, neu.beginn),
        (Text("end"), alt.ende, neu.ende),
        (Text("name"), alt.name, neu.name),
        (Text("place"), alt.ort, neu.ort),
        (Text("bodies"), alt.gremien, neu.gremien),
        (Text("status"), _status(alt), _status(neu)),
    ):
        if vorher != jetzt:
            von, zu = (render_value(wert or "–", language()) for wert in (vorher, jetzt))
            yield f"{words(was)} {von} → {zu}"


def _status(eintrag: Eintrag) -> Text | str:
    """Return the state of an entry in words, where we have some."""
    if eintrag.status == CANCELLED:
        return Text("cancelled")
    return Text("vanished") if eintrag.status == VERSCHWUNDEN else eintrag.status


def _verluste(einfuhr: Einfuhr, *, details: bool) -> Iterable[str]:
    """Yield what was lost or guessed, kind by kind, with a few examples or all."""
    verluste = sorted(einfuhr.verluste, key=lambda v: v.mangel.value)
    for mangel, gruppe in groupby(verluste, key=lambda v: v.mangel):
        alle = [_verlust(verlust, einfuhr.art) for verlust in gruppe]
        beispiele = render_value(_beispiele(alle, details=details), language())
        yield f"{words(grund(mangel))}: {len(alle)} ({beispiele})"


def grund(mangel: Mangel) -> Text:
    """Say why something could not be taken over, or what was guessed."""
    if mangel is Mangel.GELOESCHT:
        return Text("deleted in the source; known ones to come count as vanished")
    if mangel.geraten:
        return Text("guessed, {mangel}", mangel=_MANGEL[mangel])
    return Text("lost, {mangel}", mangel=_MANGEL[mangel])


def _verlust(verlust: Verlust, art: str) -> Text | str:
    """Return one loss: where it stands, and what stands there."""
    wo = stelle(verlust.stelle, art)
    if verlust.mangel is Mangel.WOCHENTAG_WIDERSPRICHT and verlust.eintrag and verlust.eintrag.tag:
        return Text(
            "{stelle}: {wert}, but this day is {tag}", stelle=wo, wert=verlust.wert, tag=verlust.eintrag.tag
        )
    return f"{words(wo)}: {verlust.wert}" if verlust.wert else wo


def stelle(wo: str, art: str) -> Text | str:
    """Return a place in a source in words: a row of a table, a line of an .ics file."""
    blatt, trenner, zeile = wo.rpartition("!")
    if not zeile.isdecimal():
        return wo
    if trenner:
        return Text("sheet “{blatt}”, row {zeile}", blatt=blatt, zeile=zeile)
    return (
        Text("line {zeile}", zeile=zeile)
        if art == Kalenderart.ICS.value
        else Text("row {zeile}", zeile=zeile)
    )


def show_verschwundene(verschwunden: Sequence[Eintrag], *, details: bool) -> None:
    """Write which sittings a source should still have, each with its key, and what to do about them."""
    from gremienplan.loading.kalenderquellen import kennung

    show(Padding(words(Text("Vanished from the source; they still count as held:")), (0, 0, 0, 2)))
    gezeigt = verschwunden if details else verschwunden[:ZEILEN]
    for eintrag in gezeigt:
        show(Padding(_eintrag(eintrag), (0, 0, 0, 4)))
        write(f"      {kennung(eintrag)}")  # to be copied, so it is never broken
    if len(verschwunden) > len(gezeigt):
        mehr = Text("and {anzahl} more; --details names all", anzahl=len(verschwunden) - len(gezeigt))
        show(Padding(words(mehr), (0, 0, 0, 4)))
    hinweis = Text("If one is really off, say so in gremienplan.toml: [[entfallen]] with sitzung and grund.")
    show(Padding(words(hinweis), (0, 0, 0, 2)))


def gelesen_json(gelesen: Gelesen) -> dict[str, Any]:
    """Return how the reading of a source went as plain data."""
    neu = gelesen.fortschreibung
    kopf: dict[str, Any] = {
        "name": gelesen.name,
        "datei": gelesen.datei,
        "gelesen": neu is not None,
        "problems": [problem_json(problem) for problem in gelesen.problems],
    }
    if neu is None:
        return {**kopf, "bleibt": gelesen.bleibt}
    return {
        **kopf,
        "art": neu.einfuhr.art,
        "herkunft": neu.einfuhr.herkunft,
        "stand": neu.einfuhr.gelesen.isoformat(),
        "geaendert": neu.geaendert,
        "eintraege": len(neu.einfuhr.eintraege),
        "behalten": neu.behalten,
        "ungelesen": [_eintrag_json(eintrag) for eintrag in neu.ungelesen],
        "jenseits": [_eintrag_json(eintrag) for eintrag in neu.jenseits],
        "feste_kennungen": neu.einfuhr.feste_kennungen,
        "neu": [_eintrag_json(eintrag) for eintrag in neu.neue],
        "anders": [{"vorher": _eintrag_json(a), "jetzt": _eintrag_json(n)} for a, n in neu.andere],
        "verschwunden": [_eintrag_json(eintrag) for eintrag in neu.verschwunden],
        "wieder": [_eintrag_json(eintrag) for eintrag in neu.wieder],
        "verluste": [
            {"mangel": v.mangel.value, "stelle": v.stelle, "wert": v.wert} for v in neu.einfuhr.verluste
        ],
    }


def _eintrag_json(eintrag: Eintrag) -> dict[str, Any]:
    from gremienplan.loading.kalenderquellen import kennung

    return {
        "sitzung": kennung(eintrag),
        "name": eintrag.name,
        "beginn": eintrag.beginn.isoformat(),
        "ende": eintrag.ende and eintrag.ende.isoformat(),
        "ort": eintrag.ort,
        "status": eintrag.status,
    }
