"""How entries of council calendars become sittings that block."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve, frozen

from gremienplan.ratskalender import dauer
from gremienplan.ratskalender.hinweise import Merkzettel
from gremienplan.ratskalender.namen import Gelesen, lies_name, slug
from gremienplan.ratskalender.werte import (
    Ausschuss,
    Eintrag,
    Muster,
    Ratskalender,
    Ratssitzung,
    Treffer,
    Verbot,
)
from gremienplan.ratskalender.zuordnung import Zuordnung
from gremienplan.stadt import Stadt, fold


@frozen
class _Deutung:
    """What an entry means: its body, and how long a sitting of this body lasts if nobody knows."""

    gremium: str
    minuten: int
    art: str = ""
    """The Gremienart of a body that the import makes; empty for the city's own and for unnamed ones."""


@frozen
class _Lesung:
    """An entry that stands as a sitting; its key comes last, when it is known what else stands."""

    eintrag: Eintrag
    deutung: _Deutung
    sitzung: Ratssitzung
    abgesagt: bool = False
    """Nobody meets: it does not block, and stands beside the calendar."""

    @property
    def wer(self) -> str:
        """The body, or the name as it is compared where nobody has named the body."""
        return self.sitzung.gremium or fold(self.sitzung.name)


def normalisieren(
    eintraege: Iterable[Eintrag], muster: Sequence[Muster], stadt: Stadt, verbote: Sequence[Verbot] = ()
) -> Ratskalender:
    """Return the sittings that stand, the bodies made on the way, and what was guessed or left out.

    Cancelled entries do not block; unknown ends get the length of the pattern, else of the Gremienart, else
    180 minutes; entries of one body that start together are one. The order of the entries does not matter.
    What ``verbote`` rule out becomes no body and does not block; a sitting of the city's own bodies stands.
    Raises InputError for a pattern that is no regular expression.
    """
    zettel = Merkzettel()
    zuordnung = Zuordnung(muster)
    lesungen = [
        lesung
        for eintrag in sorted(eintraege, key=_rang)
        for lesung in _lesen(eintrag, zuordnung, stadt, verbote, zettel)
    ]
    stehen = [lesung for lesung in lesungen if not lesung.abgesagt]
    sitzungen = _geordnet(_verschmelzen(gruppe, zettel) for gruppe in _gleiche(stehen))
    tage = [sitzung.tag for sitzung in sitzungen]
    return Ratskalender(
        sitzungen,
        tuple(_ausschuesse(stehen)),
        zettel.hinweise(),
        min(tage, default=None),
        max(tage, default=None),
        _geordnet(gruppe[0] for gruppe in _gleiche([x for x in lesungen if x.abgesagt])),
    )


def _geordnet(lesungen: Iterable[_Lesung]) -> tuple[Ratssitzung, ...]:
    """Return the sittings with their keys, in the order of time."""
    return tuple(sorted(_mit_schluessel(tuple(lesungen)), key=lambda s: (s.beginn, s.gremium, s.key)))


def _rang(eintrag: Eintrag) -> tuple[str, ...]:
    """Return an order of entries that depends on nothing but themselves."""
    ende = "" if eintrag.ende is None else eintrag.ende.isoformat()
    anfang = eintrag.beginn.isoformat()
    return (eintrag.quelle, eintrag.kennung, anfang, ende, eintrag.name, eintrag.ort, eintrag.status)


def _lesen(
    eintrag: Eintrag, zuordnung: Zuordnung, stadt: Stadt, verbote: Sequence[Verbot], zettel: Merkzettel
) -> Iterator[_Lesung]:
    """Yield the sitting an entry means, or nothing; what was left out or guessed goes to the ``zettel``."""
    gelesen = lies_name(eintrag.name)
    eines = zuordnung.find(gelesen.name)
    if eines is not None and eines.treffer is Treffer.KEINE_SITZUNG:
        zettel.keine_sitzung(eintrag.quelle, gelesen.name)
        return
    if verbot := _verboten(eines, gelesen.name, verbote):
        zettel.kein_gremium(eintrag.quelle, gelesen.name, verbot)
        return
    abgesagt = _entfaellt(eintrag, gelesen)
    if abgesagt:
        zettel.abgesagt(eintrag.quelle, gelesen.name)
    deutung = _deuten(eines, gelesen.name, stadt.am(dauer.als_zeitpunkt(eintrag.beginn).date()))
    spanne = dauer.spanne(eintrag.beginn, eintrag.ende, deutung.minuten)
    if eines is None and spanne.ganztags:
        if not abgesagt:
            zettel.unbekannt(eintrag.quelle, gelesen.name, blockt=False)
        return
    if not abgesagt:
        _merke(zettel, eintrag.quelle, gelesen.name, deutung, spanne, bekannt=eines is not None)
    sitzung = Ratssitzung(
        key="",
        quelle=eintrag.quelle,
        name=gelesen.name,
        gremium=deutung.gremium,
        beginn=spanne.beginn,
        ende=spanne.ende,
        ende_bekannt=spanne.ende_bekannt,
        ort=eintrag.ort,
    )
    yield _Lesung(eintrag, deutung, sitzung, abgesagt)


def _merke(
    zettel: Merkzettel, quelle: str, name: str, deutung: _Deutung, spanne: dauer.Spanne, *, bekannt: bool
) -> None:
    """Note what was guessed of a sitting that stands."""
    if not bekannt:
        zettel.unbekannt(quelle, name, blockt=True)
    if spanne.ganztags:
        zettel.ganztaegig(quelle, name)
    elif spanne.ohne_uhrzeit:
        zettel.ohne_uhrzeit(quelle, name)
    elif not spanne.ende_bekannt:
        zettel.ende_unbekannt(quelle, name, deutung.minuten)


def _verboten(eines: Muster | None, name: str, verbote: Sequence[Verbot]) -> Verbot | None:
    """Return what keeps a name out of the bodies of the city; of a body the city has, only the topic is meant."""
    if eines is not None and eines.treffer is Treffer.GREMIUM:
        return None
    return next((verbot for verbot in verbote if verbot.trifft(name, slug(name))), None)


def _entfaellt(eintrag: Eintrag, gelesen: Gelesen) -> bool:
    """Tell whether nobody meets, by the status of the entry or by what stands in its name."""
    tag = dauer.als_zeitpunkt(eintrag.beginn).date()
    return eintrag.status.strip().upper() == "CANCELLED" or gelesen.entfaellt(tag)


def _deuten(eines: Muster | None, name: str, stadt: Stadt) -> _Deutung:
    """Return the body a pattern names, and the length of its sittings where the end is unknown."""
    if eines is None:
        return _Deutung("", dauer.DAUER)
    if eines.treffer is Treffer.ART:
        art = stadt.gremienarten.get(eines.ziel)
        gremium = f"{slug(name)}/{stadt.id}"
    else:
        known = stadt.gremien.get(eines.ziel)
        art = known.art if known else None
        gremium = eines.ziel
    minuten = eines.dauer or (art.dauer if art else dauer.DAUER)
    return _Deutung(gremium, minuten, eines.ziel if eines.treffer is Treffer.ART else "")


def _gleiche(lesungen: Sequence[_Lesung]) -> list[list[_Lesung]]:
    """Return the entries of one body that start together, each group in the order of the sources."""
    gruppen: defaultdict[tuple[str, str], list[_Lesung]] = defaultdict(list)
    for lesung in lesungen:
        gruppen[lesung.wer, lesung.sitzung.beginn.isoformat()].append(lesung)
    return list(gruppen.values())


def _verschmelzen(gruppe: Sequence[_Lesung], zettel: Merkzettel) -> _Lesung:
    """Return one sitting for entries that are the same: the first identity, the surest end, a place."""
    erste = gruppe[0]
    for weitere in gruppe[1:]:
        zettel.doppelt(weitere.sitzung.quelle, weitere.sitzung.name)
    beste = max((lesung.sitzung for lesung in gruppe), key=lambda s: (s.ende_bekannt, s.ende))
    ort = next((lesung.sitzung.ort for lesung in gruppe if lesung.sitzung.ort), "")
    sitzung = evolve(erste.sitzung, ende=beste.ende, ende_bekannt=beste.ende_bekannt, ort=ort)
    return evolve(erste, sitzung=sitzung)


def _mit_schluessel(lesungen: Sequence[_Lesung]) -> Iterator[Ratssitzung]:
    """Yield the sittings with their identity: the source's own where it is unique, else body, day, number."""
    kennungen = Counter((x.eintrag.quelle, x.eintrag.kennung) for x in lesungen)
    am_tag: Counter[tuple[str, date]] = Counter()
    for x in sorted(lesungen, key=lambda x: x.sitzung.beginn):
        am_tag[x.wer, x.sitzung.tag] += 1
        if x.eintrag.kennung and kennungen[x.eintrag.quelle, x.eintrag.kennung] == 1:
            key = f"{x.eintrag.quelle}:{x.eintrag.kennung}"
        else:
            key = f"{x.wer}:{x.sitzung.tag.isoformat()}:{am_tag[x.wer, x.sitzung.tag]}"
        yield evolve(x.sitzung, key=key)


def _ausschuesse(lesungen: Sequence[_Lesung]) -> Iterator[Ausschuss]:
    """Yield the bodies made from patterns, each with the name it has most often."""
    made: defaultdict[str, list[_Lesung]] = defaultdict(list)
    for lesung in lesungen:
        if lesung.deutung.art:
            made[lesung.deutung.gremium].append(lesung)
    for id_ in sorted(made):
        namen = Counter(lesung.sitzung.name for lesung in made[id_])
        name = min(namen, key=lambda name: (-namen[name], name))
        arten = {lesung.deutung.art for lesung in made[id_]}
        minuten = max(lesung.deutung.minuten for lesung in made[id_])
        yield Ausschuss(id_, name, min(arten), minuten)
