"""The list of dates that one office is asked to agree to: what is written and what is read back are made here.

Each row says in a hidden cell which date it asks about, so that rows may be sorted, and an answer is never taken for
one to another date: neither where the date was edited in the list nor where it was moved since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from attrs import frozen

from gremienplan.abstimmung import Abstimmung, Anfrage, Antwort, Aussage, Grund, anfragen, mangel
from gremienplan.plan import Plan, Termin
from gremienplan.projekt import Projekt
from gremienplan.stadt import Sitz
from gremienplan.tabellen import Art, Blatt, Spalte, clean, ort_names, siegel, wochentag
from gremienplan.texts import LANGUAGES, Text, render

LISTE, WORTE = "liste", "antworten"

SPALTEN = (
    Spalte("sitzung", "Sitzung", breite=36),
    Spalte("gebiet", Text("Area"), breite=24),
    Spalte("datum", Text("Date"), Art.TAG),
    Spalte("wochentag", Text("Weekday")),
    Spalte("zeit", Text("Time")),
    Spalte("ort", "Ort", breite=36),
    Spalte("antwort", Text("Answer"), frei=True, liste=WORTE, breite=12),
    Spalte("bemerkung", Text("Remark"), frei=True, breite=50),
    Spalte("kennung", Text("Id (keep)"), versteckt=True, gedruckt=False, breite=80),
)

ANTWORTEN: Mapping[Antwort, Text] = {Antwort.JA: Text("yes"), Antwort.NEIN: Text("no")}

_KURZ = {"j": Antwort.JA, "y": Antwort.JA, "n": Antwort.NEIN}
_OHNE_ORT = "-"


@frozen
class Liste:
    """What one Sitz is asked, in the order of the dates."""

    sitz: Sitz
    fragen: tuple[Anfrage, ...]
    bisher: Mapping[str, Aussage]
    """Id of a Sitzung -> what this Sitz said of its date before that was moved."""


@frozen
class Kennung:
    """What a row asks about, and how its words were when it was written."""

    stadt: str
    jahr: int
    termin: Termin
    sitz: str
    siegel: str
    """Of the words in the row."""


def listen(
    projekt: Projekt, plan: Plan, abstimmung: Abstimmung, *, ab: datetime | None = None
) -> tuple[Liste, ...]:
    """Return a list for each Sitz that is to be asked: what it has not answered, and what was moved since it did.

    What it has refused is not asked again: that date has to be moved first. ``ab`` as for ``anfragen``.
    """
    offen: dict[str, list[Anfrage]] = {}
    for frage in anfragen(projekt, plan, ab=ab):
        if mangel(frage, abstimmung) in (Grund.OFFEN, Grund.HINFAELLIG):
            offen.setdefault(frage.sitz.id, []).append(frage)
    order = [sitz for sitz in projekt.stadt.alle_sitze if sitz in offen]
    return tuple(
        Liste(
            offen[sitz][0].sitz,
            tuple(offen[sitz]),
            {
                frage.sitzung.id: aussage
                for frage in offen[sitz]
                if (aussage := abstimmung.je.get((frage.sitzung.id, sitz))) is not None
            },
        )
        for sitz in order
    )


def tables(projekt: Projekt, plan: Plan, liste: Liste, sprache: str) -> tuple[Blatt, ...]:
    """Return a list as tables: the dates, and the words to choose from."""
    orte = ort_names(projekt.stadt)
    zeilen = []
    for frage in liste.fragen:
        t = frage.termin
        worte = (clean(frage.sitzung.name), clean(frage.sitzung.gebiet.name), orte.get(t.ort, t.ort))
        kennung = write_kennung(Kennung(projekt.stadt.id, plan.jahr, t, liste.sitz.id, siegel(worte)))
        tag = t.beginn.date()
        zeilen.append((*worte[:2], tag, wochentag(tag, sprache), span(t), worte[2], None, None, kennung))
    worte_zum_waehlen = tuple((text,) for text in ANTWORTEN.values())
    return (
        Blatt(LISTE, Text("Dates to agree on"), SPALTEN, tuple(zeilen)),
        Blatt(WORTE, Text("Answers"), (Spalte("wort", Text("Answer")),), worte_zum_waehlen),
    )


def span(termin: Termin) -> str:
    """Return from when to when.

    >>> span(Termin("s/a", "g/a", datetime(2027, 3, 4, 18), datetime(2027, 3, 4, 20)))
    '18:00–20:00'
    """
    return f"{termin.beginn:%H:%M}–{termin.ende:%H:%M}"


def write_kennung(kennung: Kennung) -> str:
    """Return what the hidden cell of a row holds: ids have no blanks."""
    t = kennung.termin
    zeiten = (zeit.isoformat(timespec="seconds") for zeit in (t.beginn, t.ende))
    teile = (
        kennung.stadt,
        str(kennung.jahr),
        t.sitzung,
        t.gremium,
        kennung.sitz,
        *zeiten,
        t.ort or _OHNE_ORT,
    )
    return " ".join((*teile, kennung.siegel))


def read_kennung(text: str) -> Kennung | None:
    """Return what a row asks about; None where the cell was changed."""
    try:
        stadt, jahr, sitzung, gremium, sitz, beginn, ende, ort, echt = text.split()
        zeiten = datetime.fromisoformat(beginn), datetime.fromisoformat(ende)
        termin = Termin(sitzung, gremium, *zeiten, "" if ort == _OHNE_ORT else ort)
        found = Kennung(stadt, int(jahr), termin, sitz, echt)
    except ValueError:
        return None
    return found if write_kennung(found) == " ".join(text.split()) else None


def read_antwort(wort: str) -> Antwort | None:
    """Return what a word says, in any of our languages; None where it is none of ours.

    >>> read_antwort("Ja"), read_antwort("no"), read_antwort("perhaps")
    (<Antwort.JA: 'ja'>, <Antwort.NEIN: 'nein'>, None)
    """
    known = {render(text, sprache): a for a, text in ANTWORTEN.items() for sprache in LANGUAGES}
    return (known | _KURZ | {a.value: a for a in Antwort}).get(wort.strip().casefold())


@cache
def headings(spalte: str) -> frozenset[str]:
    """Return what a column of the list is called, in any of our languages."""
    kopf = next(s.kopf for s in SPALTEN if s.id == spalte)
    return frozenset(clean(render(kopf, sprache)).casefold() for sprache in LANGUAGES)


def file_names(sitze: Sequence[str]) -> Mapping[str, str]:
    """Return how the files of each Sitz are called, without a suffix; no two are called the same.

    >>> dict(file_names(["amt/ost", "amt-ost/west", "amt/ost-west"]))
    {'amt/ost': 'amt-ost', 'amt-ost/west': 'amt-ost--west', 'amt/ost-west': 'amt--ost-west'}
    """
    kurz = [sitz.replace("/", "-") for sitz in sitze]
    return {
        sitz: name if kurz.count(name) == 1 else sitz.replace("/", "--")
        for sitz, name in zip(sitze, kurz, strict=True)
    }
