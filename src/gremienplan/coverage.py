"""Coverage of the sources: where every statement of the catalogue is encoded, or why it is not.

A city keeps a ledger (``deckung.toml``) with exactly one entry per statement. What carries a statement is named
as it stands in the city's files, by table and id: ``mitgliedschaft.kr-asd``, ``wohnbereich.62``. An entry of the
files that cites a statement carries it too, whether or not the ledger says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from enum import Enum

from attrs import field, frozen

from gremienplan.errors import Problem
from gremienplan.quellen import Fundstelle, Katalog
from gremienplan.texts import Text


class Stand(Enum):
    """The four states of a statement; it is in exactly one of them."""

    UMGESETZT = "umgesetzt"
    """Encoded: something in the city's files makes it hold, on the statement's own word."""
    OFFEN = "offen"
    """Open: the text leaves a question, and what is done rests on our reading of it."""
    ZUR_KENNTNIS = "zur-kenntnis"
    """Informational: it asks nothing of a year's meetings."""
    AUSSERHALB = "ausserhalb"
    """Out of scope: it asks something that is not ours to do."""


@frozen
class Eintrag:
    """One line of the ledger: a statement's state, what carries it, and why."""

    id: str = field(metadata={"frei": True})
    stand: Stand
    durch: tuple[str, ...] = ()
    """What carries the statement, by table and id."""
    auslegung: tuple[str, ...] = ()
    """The open questions by whose reading it is kept."""
    weil: str = ""
    """Why nothing is encoded."""


@frozen
class Traeger:
    """An entry of a city's files that can carry statements, and the ids it cites."""

    id: str
    dateien: tuple[str, ...]
    zitiert: frozenset[str] = frozenset()
    """Ids of passages and readings, anywhere in the entry."""


@frozen
class Deckung:
    """A city's ledger, and everything in its files that can carry a statement."""

    datei: str
    eintraege: Mapping[str, Eintrag] = field(factory=dict)
    traeger: Mapping[str, Traeger] = field(factory=dict)
    fehlt: bool = False
    """The city has no ledger."""

    def traeger_von(self, stelle: str) -> tuple[str, ...]:
        """Return what carries a statement: as the ledger says, then what cites it, each once."""
        eintrag = self.eintraege.get(stelle)
        zitiert = (traeger.id for traeger in self.traeger.values() if stelle in traeger.zitiert)
        return tuple(dict.fromkeys([*(eintrag.durch if eintrag else ()), *zitiert]))

    def getragen_von(self, traeger: str) -> tuple[str, ...]:
        """Return the statements that a carrier carries, in the order of the ledger."""
        return tuple(stelle for stelle in self.eintraege if traeger in self.traeger_von(stelle))


@frozen
class Bilanz:
    """How many statements of one section of one source are in which state."""

    quelle: str
    abschnitt: str
    zahlen: Mapping[Stand, int]
    gesamt: int

    @property
    def ohne_stand(self) -> int:
        """Statements nobody has accounted for."""
        return self.gesamt - sum(self.zahlen.values())


def bilanz(stellen: Iterable[Fundstelle], deckung: Deckung) -> tuple[Bilanz, ...]:
    """Return the counts per source and section: numbered sections in their order, then the others as catalogued."""
    gruppen: dict[tuple[str, str], list[Fundstelle]] = {}
    for stelle in stellen:
        gruppen.setdefault((stelle.quelle, stelle.abschnitt), []).append(stelle)
    quellen = list(dict.fromkeys(quelle for quelle, _ in gruppen))
    sortiert = sorted(gruppen, key=lambda key: (quellen.index(key[0]), _nummer(key[1])))
    return tuple(_bilanz(*key, gruppen[key], deckung) for key in sortiert)


def _nummer(abschnitt: str) -> tuple[bool, tuple[int, ...]]:
    """Return what a section is sorted by: 2 before 3.1, 3.9 before 3.10, and one without a number after all."""
    nummer = re.match(r"[0-9]+(\.[0-9]+)*", abschnitt)
    return (False, tuple(map(int, nummer[0].split(".")))) if nummer else (True, ())


def _bilanz(quelle: str, abschnitt: str, stellen: list[Fundstelle], deckung: Deckung) -> Bilanz:
    staende = [deckung.eintraege[s.id].stand for s in stellen if s.id in deckung.eintraege]
    return Bilanz(quelle, abschnitt, {stand: staende.count(stand) for stand in Stand}, len(stellen))


def summe(quelle: str, teile: Iterable[Bilanz]) -> Bilanz:
    """Return the counts of several sections as one."""
    alle = tuple(teile)
    zahlen = {stand: sum(teil.zahlen[stand] for teil in alle) for stand in Stand}
    return Bilanz(quelle, "", zahlen, sum(teil.gesamt for teil in alle))


def problems(katalog: Katalog, deckung: Deckung) -> tuple[Problem, ...]:
    """Return everything that is wrong with a ledger: a statement in no state, a carrier that is not there.

    A statement that binds is encoded or open; only one that defines or informs may be informational, and a
    definition then names the place in the data that carries it; only one that informs may be out of scope.
    """
    found = [
        problem for eintrag in deckung.eintraege.values() for problem in _check(eintrag, katalog, deckung)
    ]
    return (
        *found,
        *(
            Problem(
                deckung.datei,
                _key(stelle),
                Text("This statement of the catalogue is in no state."),
                hinweis=Text("Write, for example: {beispiel}", beispiel=_beispiel(stelle)),
            )
            for stelle in katalog.stellen
            if stelle not in deckung.eintraege
        ),
    )


def _check(eintrag: Eintrag, katalog: Katalog, deckung: Deckung) -> Iterator[Problem]:
    stelle = katalog.stellen.get(eintrag.id)
    ort = _key(eintrag.id)
    if stelle is None:
        meldung = Text("The catalogue has no passage with this id.")
        yield Problem(deckung.datei, ort, meldung, hinweis=_nearest(eintrag.id, katalog.stellen))
        return
    for name in eintrag.durch:
        if name not in deckung.traeger:
            meldung = Text("There is no such entry in the city's files.")
            yield Problem(deckung.datei, f"{ort}.durch", meldung, name, _nearest(name, deckung.traeger))
    for name in eintrag.auslegung:
        if name not in katalog.auslegungen:
            meldung = Text("The catalogue has no reading with this id.")
            hinweis = _nearest(name, katalog.auslegungen)
            yield Problem(deckung.datei, f"{ort}.auslegung", meldung, name, hinweis)
    yield from _check_stand(eintrag, stelle, deckung)


def _check_stand(eintrag: Eintrag, stelle: Fundstelle, deckung: Deckung) -> Iterator[Problem]:
    ort, stand = _key(eintrag.id), eintrag.stand
    if stelle.kraft not in _ERLAUBT[stand]:
        meldung = Text("A statement of this force ({kraft}) cannot be in this state.", kraft=stelle.kraft)
        yield Problem(deckung.datei, f"{ort}.stand", meldung, stand.value)
    for key in _VERLANGT[stand]:
        if not getattr(eintrag, key):
            yield Problem(deckung.datei, f"{ort}.{key}", Text("This key is missing."))
    if stand is Stand.ZUR_KENNTNIS and stelle.kraft == "def" and not eintrag.durch:
        meldung = Text("A definition names the place in the data that carries it.")
        yield Problem(deckung.datei, f"{ort}.durch", meldung)
    if stand in (Stand.ZUR_KENNTNIS, Stand.AUSSERHALB):
        zitiert = tuple(t.id for t in deckung.traeger.values() if eintrag.id in t.zitiert)
        if zitiert:
            meldung = Text("Nothing is encoded, yet these cite the statement: {namen}", namen=zitiert)
            yield Problem(deckung.datei, f"{ort}.stand", meldung, stand.value)


_ALLE = frozenset({"def", "hard", "cond", "soft", "info"})

_ERLAUBT: Mapping[Stand, frozenset[str]] = {
    Stand.UMGESETZT: _ALLE,
    Stand.OFFEN: _ALLE,
    Stand.ZUR_KENNTNIS: frozenset({"def", "info"}),
    Stand.AUSSERHALB: frozenset({"info"}),
}
"""State -> the forces a statement in it may have."""

_VERLANGT: Mapping[Stand, tuple[str, ...]] = {
    Stand.UMGESETZT: ("durch",),
    Stand.OFFEN: ("auslegung",),
    Stand.ZUR_KENNTNIS: ("weil",),
    Stand.AUSSERHALB: ("weil",),
}
"""State -> the keys its entries need."""


def _key(kennung: str) -> str:
    """Return an id as TOML writes it at the head of a table."""
    return kennung if re.fullmatch(r"[A-Za-z0-9_-]+", kennung) else f'"{kennung}"'


def _beispiel(kennung: str) -> str:
    return f'{_key(kennung)} = {{ stand = "umgesetzt", durch = ["…"] }}'


def _nearest(wert: str, known: Collection[str]) -> Text | None:
    nearest = get_close_matches(wert, sorted(known), n=1)
    return Text("Did you mean “{name}”?", name=nearest[0]) if nearest else None
