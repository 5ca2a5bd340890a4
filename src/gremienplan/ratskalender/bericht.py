"""The report on an import: what each source gave, what was made of it, what was guessed or left out and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from attrs import frozen

from gremienplan.ratskalender.arten import ARTEN, Stand
from gremienplan.ratskalender.dauer import Ende, als_zeitpunkt, form
from gremienplan.ratskalender.einfuhr import Einfuhr, Verlust
from gremienplan.ratskalender.gewohnheiten import RUND
from gremienplan.ratskalender.ortsangabe import lies_ort
from gremienplan.ratskalender.werte import Ausgang, Eintrag, Hinweis, Ratskalender, Ratssitzung


@frozen
class Posten:
    """All remarks of one kind on one source."""

    art: str
    """As in :data:`gremienplan.ratskalender.ARTEN`."""
    stand: Stand
    hinweise: tuple[Hinweis, ...]
    """Those with the most entries first."""

    @property
    def anzahl(self) -> int:
        """The number of entries."""
        return sum(hinweis.anzahl for hinweis in self.hinweise)


@frozen
class Quellbericht:
    """What one source gave and what was made of it."""

    quelle: str
    art: str
    herkunft: str
    gelesen: datetime
    eintraege: int
    von: date | None
    """First and last day an entry begins on; None without entries."""
    bis: date | None
    sitzungen: int
    """Sittings that stand; a joint one counts once."""
    gremien: tuple[tuple[str, str, int], ...] = ()
    """Id, name and number of sittings of each body that is known, those with the most first."""
    ausgaenge: tuple[tuple[Ausgang, int], ...] = ()
    """What became of how many entries; together all of them."""
    enden: tuple[tuple[Ende, int], ...] = ()
    """How many entries have which kind of end; together all of them."""
    ohne_ort: int = 0
    """Entries whose source says nothing of the place."""
    minutengenau: int = 0
    """Entries with times nobody plans: they were written down after the sitting."""
    verluste: tuple[Verlust, ...] = ()
    posten: tuple[Posten, ...] = ()
    """In the order of :data:`gremienplan.ratskalender.ARTEN`."""

    def von_stand(self, stand: Stand) -> tuple[Posten, ...]:
        """Return the remarks that are guesses, say what was left out, or only tell."""
        return tuple(posten for posten in self.posten if posten.stand is stand)


@frozen
class Bericht:
    """The sources that were read, in their order."""

    quellen: tuple[Quellbericht, ...]

    @property
    def geraten(self) -> tuple[Hinweis, ...]:
        """All guesses: what ``--strict`` does not let pass."""
        return tuple(
            hinweis
            for q in self.quellen
            for posten in q.von_stand(Stand.GERATEN)
            for hinweis in posten.hinweise
        )


def bericht(
    einfuhren: Iterable[Einfuhr], kalender: Ratskalender, eigene: Mapping[str, str] = MappingProxyType({})
) -> Bericht:
    """Return what these readings gave, and what the calendar made of them.

    ``kalender`` may hold other sources too; what stands under their names is left out. ``eigene`` names the bodies
    of the city, for those that only sit together with others here.
    """
    sitzungen: defaultdict[str, list[Ratssitzung]] = defaultdict(list)
    hinweise: defaultdict[str, list[Hinweis]] = defaultdict(list)
    ausgaenge: defaultdict[str, Counter[Ausgang]] = defaultdict(Counter)
    for sitzung in kalender.sitzungen:
        sitzungen[sitzung.quelle].append(sitzung)
    for hinweis in kalender.hinweise:
        hinweise[hinweis.quelle].append(hinweis)
    for verbleib in kalender.verbleib:
        ausgaenge[verbleib.quelle][verbleib.ausgang] += 1
    namen = {id_: eigene.get(id_, name) if name == id_ else name for id_, name in _namen(kalender).items()}
    return Bericht(
        tuple(
            _quellbericht(e, sitzungen[e.quelle], hinweise[e.quelle], ausgaenge[e.quelle], namen)
            for e in einfuhren
        )
    )


def _quellbericht(
    einfuhr: Einfuhr,
    sitzungen: Sequence[Ratssitzung],
    hinweise: Sequence[Hinweis],
    ausgaenge: Counter[Ausgang],
    namen: dict[str, str],
) -> Quellbericht:
    tage = [als_zeitpunkt(e.beginn).date() for e in einfuhr.eintraege]
    enden = Counter(form(e.beginn, e.ende) for e in einfuhr.eintraege)
    held = Counter(s.gremium for s in sitzungen if s.gremium)
    return Quellbericht(
        quelle=einfuhr.quelle,
        art=einfuhr.art,
        herkunft=einfuhr.herkunft,
        gelesen=einfuhr.gelesen,
        eintraege=len(einfuhr.eintraege),
        von=min(tage, default=None),
        bis=max(tage, default=None),
        sitzungen=len({s.zusammen for s in sitzungen}),
        gremien=tuple(
            sorted(((id_, namen[id_], n) for id_, n in held.items()), key=lambda g: (-g[2], g[1], g[0]))
        ),
        ausgaenge=tuple((ausgang, ausgaenge[ausgang]) for ausgang in Ausgang if ausgaenge[ausgang]),
        enden=tuple((ende, enden[ende]) for ende in Ende if enden[ende]),
        ohne_ort=sum(not lies_ort(e.ort) for e in einfuhr.eintraege),
        minutengenau=sum(_minutengenau(e) for e in einfuhr.eintraege),
        verluste=einfuhr.verluste,
        posten=tuple(_posten(hinweise)),
    )


def _posten(hinweise: Iterable[Hinweis]) -> list[Posten]:
    je_art: defaultdict[str, list[Hinweis]] = defaultdict(list)
    for hinweis in hinweise:
        je_art[hinweis.art].append(hinweis)
    return [
        Posten(art, stand, tuple(sorted(je_art[art], key=lambda h: (-h.anzahl, h.name))))
        for art, stand in ARTEN.items()
        if je_art[art]
    ]


def _minutengenau(eintrag: Eintrag) -> bool:
    """Tell whether an entry has a time that is no multiple of five minutes, and not the end of a day."""
    zeiten = [z for z in (eintrag.beginn, eintrag.ende) if isinstance(z, datetime)]
    return any(z.minute % RUND for z in zeiten) and form(eintrag.beginn, eintrag.ende) is not Ende.TAGESENDE


def _namen(kalender: Ratskalender) -> dict[str, str]:
    """Return a name for each body: as the import made it, else the one its own sittings have most often."""
    je_gremium: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sitzung in kalender.sitzungen:
        je_gremium[sitzung.gremium][sitzung.name if not sitzung.gemeinsam else sitzung.gremium] += 1
    namen = {id_: _haeufigster(found, id_) for id_, found in je_gremium.items()}
    return {**namen, **{ausschuss.id: ausschuss.name for ausschuss in kalender.ausschuesse}}


def _haeufigster(namen: Counter[str], sonst: str) -> str:
    return min(namen, key=lambda name: (name == sonst, -namen[name], name))
