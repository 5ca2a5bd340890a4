"""What an import made of the council calendar: for the screen and as JSON.

The screen shows of each source one line a kind and the names with the most entries; the rest is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from rich.padding import Padding

from gremienplan.cli.ausgabe import entries, heading, show
from gremienplan.cli.sprache import language, words
from gremienplan.ratskalender import ARTEN, Bericht, Ende, Hinweis, Quellbericht, Ratskalender, Stand
from gremienplan.texts import Text, render_value

ZEICHEN = 2 * 70
"""Characters of one entry of the report, about two lines; names that do not fit are counted."""
REST = 26
"""Characters kept for their number."""

UNBEKANNT = "unbekanntes-gremium"
"""Of these more names are shown: somebody may want to write patterns for them."""

SAETZE: Mapping[str, Text] = MappingProxyType(
    {
        "unbekanntes-gremium": Text(
            "of a body no pattern knows, so the time is busy, but no Sitz is occupied:"
        ),
        "unbekannt-ganztaegig": Text("all day and known to no pattern, so nothing is blocked:"),
        "ende-unbekannt": Text("no known end, so the usual length of the body is assumed:"),
        "ende-vorgegeben": Text("an end the source writes under everything, so it counts as unknown:"),
        "zeit-unbekannt": Text("no known time, so the whole day is taken as busy:"),
        "lang": Text("longer than twelve hours, and all of it taken as busy:"),
        "uhrzeit-springt": Text("an hour earlier or later in summer (is the source's time local?):"),
        "verlegt": Text("moved, but not said to which day, so the old time stays busy:"),
        "neuer-tag-fehlt": Text("moved to a day on which the calendar has no such sitting:"),
        "gemeinsam-unklar": Text("held together, but not all of the bodies are known:"),
        "verschwunden": Text("no longer in the source and not cancelled, so the time stays busy:"),
        "neue-kennung": Text("there again at the same time with another identity:"),
        "platzhalter": Text("only a placeholder by name or date, so nothing is blocked:"),
        "abgesagt": Text("cancelled or moved, so nothing is blocked:"),
        "keine-sitzung": Text("no sitting, as a pattern says:"),
        "kein-gremium": Text("ruled out by the city folder, so nothing is blocked:"),
        "schriftlich": Text("decided in writing, so nobody meets:"),
        "ganztaegig": Text("all day, so the whole day is taken as busy:"),
        "doppelt": Text("there more than once with the same start, and counted once:"),
        "gemeinsam": Text("held together, so each of the bodies is busy:"),
        "geteilt": Text("beginning again on the same day; both count:"),
        "name-vom-gremium": Text("only numbered, so named after the body:"),
        "ort-sagt-nichts": Text("with a place that says nothing, so it counts as unknown:"),
    }
)
"""Kind of a remark -> what is said of all its entries, before their names."""

_STAND = {
    Stand.GERATEN: Text("Guessed, worth a look:"),
    Stand.AUSGELASSEN: Text("Left out:"),
    Stand.GEDEUTET: Text("Understood as:"),
}
_ENDE = {
    Ende.BEKANNT: Text("known"),
    Ende.FEHLT: Text("none"),
    Ende.MITTERNACHT: Text("midnight after"),
    Ende.MITTERNACHT_DAVOR: Text("midnight before the start"),
    Ende.TAGESENDE: Text("end of the day"),
    Ende.GLEICH_BEGINN: Text("the start"),
    Ende.VOR_BEGINN: Text("before the start"),
    Ende.ZU_LANG: Text("more than 12 hours later"),
    Ende.OHNE_UHRZEIT: Text("no time at all"),
    Ende.GANZTAEGIG: Text("all-day"),
}


def show_bericht(bericht: Bericht, kalender: Ratskalender, *, details: bool = False) -> None:
    """Write what was made of each source, and what the project's calendar holds now."""
    for quelle in bericht.quellen:
        if len(bericht.quellen) > 1:
            heading(quelle.quelle)
        _show_quelle(quelle, details=details)
    anzahl = len({sitzung.zusammen for sitzung in kalender.sitzungen})
    show(words(Text("The council calendar now: {sitzungen}.", sitzungen=_sitzungen(anzahl))))


def _show_quelle(quelle: Quellbericht, *, details: bool) -> None:
    if quelle.von is None or quelle.bis is None:
        return
    kopf = words(_kopf(quelle))
    namen = names(((name, n) for _, name, n in quelle.gremien), _frei(kopf, details))
    show(Padding(f"{kopf} {namen}" if namen else kopf, (0, 0, 0, 2)))
    for stand in Stand:
        zeilen = [(f"{p.anzahl}×", _satz(p.art, p.hinweise, details)) for p in quelle.von_stand(stand)]
        if zeilen:
            show(Padding(words(_STAND[stand]), (0, 0, 0, 2)))
            show(Padding(entries(zeilen), (0, 0, 0, 4)))
    if fakten := " ".join(words(fakt) for fakt in _fakten(quelle)):
        show(Padding(fakten, (0, 0, 0, 2)))


def _kopf(quelle: Quellbericht) -> Text:
    zahl = len(quelle.gremien)
    return Text(
        "{von} to {bis}: {sitzungen}, {gremien}.",
        von=quelle.von or "",
        bis=quelle.bis or "",
        sitzungen=_sitzungen(quelle.sitzungen),
        gremien=Text("1 known body") if zahl == 1 else Text("{anzahl} known bodies", anzahl=zahl),
    )


def _sitzungen(anzahl: int) -> Text:
    return Text("1 sitting") if anzahl == 1 else Text("{anzahl} sittings", anzahl=anzahl)


def _satz(art: str, hinweise: Sequence[Hinweis], details: bool) -> str:
    satz = words(SAETZE[art])
    if details and ARTEN[art] is Stand.GERATEN:
        return f"{satz} {', '.join(_mit_tagen(hinweis) for hinweis in hinweise)}"
    frei = _frei(satz, details)
    if frei is not None and art == UNBEKANNT:
        frei += ZEICHEN
    return f"{satz} {names(((h.name, h.anzahl) for h in hinweise), frei)}"


def _mit_tagen(hinweis: Hinweis) -> str:
    """Return a name with the day of each of its entries."""
    name = hinweis.name or words(Text("(without a name)"))
    return f"{name} ({render_value(hinweis.tage, language())})" if hinweis.tage else name


def _frei(satz: str, details: bool) -> int | None:
    """Return how many characters of names fit behind a sentence; None: all of them are wanted."""
    return None if details else max(ZEICHEN - len(satz) - REST, 0)


def _fakten(quelle: Quellbericht) -> Iterable[Text]:
    """Yield what the source has and has not, whatever was made of it."""
    enden = [(ende, n) for ende, n in quelle.enden if ende is not Ende.BEKANNT]
    if enden:
        yield Text(
            "Ends in the source: {enden}.",
            enden=tuple(Text("{n}× {ende}", n=n, ende=_ENDE[ende]) for ende, n in quelle.enden),
        )
    if quelle.ohne_ort:
        yield Text("Without a place: {anzahl}.", anzahl=quelle.ohne_ort)
    if quelle.minutengenau:
        yield Text("Times to the minute, as taken down afterwards: {anzahl}.", anzahl=quelle.minutengenau)


def names(namen: Iterable[tuple[str, int]], grenze: int | None = None) -> str:
    """Return names with their numbers, the first ones that fit into ``grenze`` characters, and how many are left.

    Where that number would take the place of the names that are left, they are all there.
    """
    ohne = words(Text("(without a name)"))
    alle = [(name or ohne) if n == 1 else f"{name or ohne} ({n}×)" for name, n in namen]
    zahl = len(alle)
    if grenze is not None and len(", ".join(alle)) > grenze + REST:
        while zahl > 1 and len(", ".join(alle[:zahl])) > grenze:
            zahl -= 1
    shown = ", ".join(alle[:zahl])
    if zahl == len(alle):
        return shown
    return words(Text("{namen} and {anzahl} more (--details)", namen=shown, anzahl=len(alle) - zahl))


def bericht_json(bericht: Bericht, kalender: Ratskalender) -> dict[str, Any]:
    """Return the same as plain data, with every name and every loss."""
    return {
        "sitzungen": len({sitzung.zusammen for sitzung in kalender.sitzungen}),
        "von": kalender.von,
        "bis": kalender.bis,
        "quellen": [_quelle_json(quelle) for quelle in bericht.quellen],
    }


def _quelle_json(quelle: Quellbericht) -> dict[str, Any]:
    return {
        "name": quelle.quelle,
        "eintraege": quelle.eintraege,
        "von": quelle.von,
        "bis": quelle.bis,
        "sitzungen": quelle.sitzungen,
        "gremien": [{"id": id_, "name": name, "sitzungen": n} for id_, name, n in quelle.gremien],
        "ausgaenge": {ausgang.value: n for ausgang, n in quelle.ausgaenge},
        "enden": {ende.value: n for ende, n in quelle.enden},
        "ohne_ort": quelle.ohne_ort,
        "minutengenau": quelle.minutengenau,
        "hinweise": [
            {
                "art": h.art,
                "stand": posten.stand.value,
                "name": h.name,
                "anzahl": h.anzahl,
                "meldung": words(h.meldung),
                "tage": [tag.isoformat() for tag in h.tage],
            }
            for posten in quelle.posten
            for h in posten.hinweise
        ],
    }


def guesses(bericht: Bericht) -> tuple[Text, ...]:
    """Return what was guessed: what ``--strict`` does not let pass."""
    return tuple(hinweis.meldung for hinweis in bericht.geraten)
