"""How entries of council calendars become sittings that block."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from gremienplan.ratskalender import gemeinsam, lesung, zusammen
from gremienplan.ratskalender.dauer import als_zeitpunkt
from gremienplan.ratskalender.gewohnheiten import Gewohnheit, gewohnheit, spruenge
from gremienplan.ratskalender.hinweise import Merkzettel
from gremienplan.ratskalender.lesung import Lesung, Teil
from gremienplan.ratskalender.werte import (
    VERSCHWUNDEN,
    Ausgang,
    Ausschuss,
    Eintrag,
    Muster,
    Ratskalender,
    Ratssitzung,
    Verbleib,
    Verbot,
)
from gremienplan.ratskalender.zuordnung import Zuordnung
from gremienplan.ratskalender.zusammen import Tagung, Zeitpunkt
from gremienplan.stadt import Stadt


def normalisieren(
    eintraege: Iterable[Eintrag], muster: Sequence[Muster], stadt: Stadt, verbote: Sequence[Verbot] = ()
) -> Ratskalender:
    """Return the sittings that stand, the bodies made on the way, and what was guessed or left out.

    Cancelled entries do not block, nor do placeholders and what is decided in writing; unknown ends get the length
    of the pattern, else of the Gremienart, else 180 minutes. Entries that start together and share a body are one
    sitting; a joint sitting comes once for each of its bodies. The order of the entries does not matter. What
    ``verbote`` rule out becomes no body and does not block; a sitting of the city's own bodies stands. Raises
    InputError for a pattern that is no regular expression.
    """
    zettel = Merkzettel()
    zuordnung = Zuordnung(muster)
    geordnet = sorted(eintraege, key=_rang)
    bekannt = lesung.bekannte(geordnet, zuordnung)
    wer = cache(lambda name, gremien: gemeinsam.wer(name, gremien, zuordnung, bekannt))
    lesungen = [lesung.lies(e, zuordnung, wer, stadt, verbote, zettel) for e in geordnet]
    stehend = [x for x in lesungen if x.ausgang is Ausgang.SITZUNG]
    alle = zusammen.tagungen(_mit_zeit(stehend, stadt.zeitzone, zettel))
    zusammen.merke(alle, zettel)
    je_tagung = list(zusammen.sitzungen(alle))
    sitzungen = _geordnet(je_tagung)
    weg = [Zeitpunkt(x, x.spanne(vorgegeben=False)) for x in lesungen if x.ausgang is Ausgang.ABGESAGT]
    _merke_verlegte(lesungen, alle, zettel)
    tage = [sitzung.tag for sitzung in sitzungen]
    return Ratskalender(
        sitzungen,
        tuple(_ausschuesse(teil for x in stehend for teil in x.teile if teil.art)),
        zettel.hinweise(),
        min(tage, default=None),
        max(tage, default=None),
        _geordnet(zusammen.sitzungen(zusammen.tagungen(z for z in weg if not _unbenannte_tage(z)))),
        tuple(_verbleib(lesungen, je_tagung)),
    )


def _geordnet(je_tagung: Iterable[tuple[Tagung, tuple[Ratssitzung, ...]]]) -> tuple[Ratssitzung, ...]:
    """Return the sittings in the order of time."""
    alle = (sitzung for _, sitzungen in je_tagung for sitzung in sitzungen)
    return tuple(sorted(alle, key=lambda s: (s.beginn, s.gremium, s.key)))


def _unbenannte_tage(z: Zeitpunkt) -> bool:
    """Tell whether an entry takes whole days and nobody has named its body: it would not block anyway."""
    return z.spanne.ganztags and not z.lesung.teile[0].gremium


def _rang(eintrag: Eintrag) -> tuple[bool | str | tuple[str, ...], ...]:
    """Return an order of entries that depends on nothing but themselves; what vanished comes last."""
    ende = "" if eintrag.ende is None else eintrag.ende.isoformat()
    anfang = eintrag.beginn.isoformat()
    weg = eintrag.status.strip().upper() == VERSCHWUNDEN
    worte = (eintrag.quelle, eintrag.kennung, anfang, ende, eintrag.name, eintrag.ort, eintrag.status)
    return (weg, *worte, eintrag.gremien, str(eintrag.geaendert or ""))


def _mit_zeit(stehend: Sequence[Lesung], zeitzone: str, zettel: Merkzettel) -> Iterator[Zeitpunkt]:
    """Yield the entries with their times, by what their source always does; what is guessed is said."""
    je_quelle: defaultdict[str, list[Lesung]] = defaultdict(list)
    for x in stehend:
        je_quelle[x.eintrag.quelle].append(x)
    gewohnt: Mapping[str, Gewohnheit] = {
        quelle: gewohnheit((x.wer[0], x.eintrag.beginn, x.eintrag.ende) for x in von)
        for quelle, von in je_quelle.items()
    }
    for x in stehend:
        vorgegeben = gewohnt[x.eintrag.quelle].gilt(x.eintrag.beginn, x.eintrag.ende)
        spanne = x.spanne(vorgegeben=vorgegeben)
        lesung.merke(x, spanne, zettel, vorgegeben=vorgegeben)
        yield Zeitpunkt(x, spanne)
    for quelle, von in sorted(je_quelle.items()):
        namen = {x.wer[0]: x.teile[0].name for x in reversed(von)}
        for s in spruenge(((x.wer[0], x.eintrag.beginn, None) for x in von), zeitzone):
            zettel.uhrzeit_springt(quelle, namen[s.wer], s.winter, s.sommer)


def _merke_verlegte(lesungen: Iterable[Lesung], alle: Iterable[Tagung], zettel: Merkzettel) -> None:
    """Say which entries are moved to a day on which none of their bodies sits."""
    besetzt = {(wer, t.beginn.date()) for t in alle for wer in t.wer}
    for x in lesungen:
        if x.ausgang is not Ausgang.ABGESAGT or x.gelesen.abgesagt or x.gelesen.verlegt_auf is None:
            continue
        tag = _am(als_zeitpunkt(x.eintrag.beginn).date(), *x.gelesen.verlegt_auf)
        if tag is not None and not any((wer, tag) in besetzt for wer in x.wer):
            zettel.am(x.eintrag.beginn).neuer_tag_fehlt(x.eintrag.quelle, x.name, tag)


def _am(alt: date, monat: int, tag: int) -> date | None:
    """Return the day of a month that is nearest to another day, None where there is no such day."""
    found = []
    for jahr in (alt.year - 1, alt.year, alt.year + 1):
        try:
            found.append(date(jahr, monat, tag))
        except ValueError:
            continue
    return min(found, key=lambda neu: (abs(neu - alt), neu), default=None)


def _verbleib(
    lesungen: Iterable[Lesung], je_tagung: Iterable[tuple[Tagung, tuple[Ratssitzung, ...]]]
) -> Iterator[Verbleib]:
    """Yield what became of each entry."""
    wohin = {
        id(z.lesung): (t.erste is z.lesung, tuple(s.key for s in sitzungen))
        for t, sitzungen in je_tagung
        for z in t.eintraege
    }
    for x in lesungen:
        e = x.eintrag
        if id(x) in wohin:
            erste, keys = wohin[id(x)]
            ausgang = Ausgang.SITZUNG if erste else Ausgang.EINGEGANGEN
            yield Verbleib(e.quelle, e.kennung, e.name, e.beginn, ausgang, keys)
        else:
            yield Verbleib(e.quelle, e.kennung, e.name, e.beginn, x.ausgang)


def _ausschuesse(teile: Iterable[Teil]) -> Iterator[Ausschuss]:
    """Yield the bodies made from patterns, each with the name it has most often."""
    made: defaultdict[str, list[Teil]] = defaultdict(list)
    for teil in teile:
        made[teil.gremium].append(teil)
    for id_ in sorted(made):
        namen = Counter(teil.name for teil in made[id_])
        name = min(namen, key=lambda name: (-namen[name], name))
        arten = {teil.art for teil in made[id_]}
        minuten = max(teil.minuten for teil in made[id_])
        yield Ausschuss(id_, name, min(arten), minuten)
