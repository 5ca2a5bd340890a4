"""What one entry means: its bodies, or why nobody meets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from attrs import frozen

from gremienplan.ratskalender import dauer
from gremienplan.ratskalender.gemeinsam import Koerper, Wer, heisst_gemeinsam
from gremienplan.ratskalender.hinweise import Merkzettel
from gremienplan.ratskalender.namen import Gelesen, lies_name, slug
from gremienplan.ratskalender.ortsangabe import lies_ort
from gremienplan.ratskalender.sonderfaelle import ist_klausur, ist_platzhalter, ist_schriftlich
from gremienplan.ratskalender.werte import CANCELLED, VERSCHWUNDEN, Ausgang, Eintrag, Muster, Treffer, Verbot
from gremienplan.ratskalender.zuordnung import Zuordnung
from gremienplan.stadt import Stadt, fold

_WORT = re.compile(r"(?!\w*sitzung\b)[^\W\d_]{3,}", re.IGNORECASE)


@frozen
class Teil:
    """One body of an entry, and how long its sittings last if nobody knows."""

    gremium: str
    """Its id; empty where nobody has named it."""
    name: str
    minuten: int
    art: str = ""
    """The Gremienart of a body that the import makes; empty for the city's own and for unnamed ones."""


@frozen
class Lesung:
    """An entry as it is understood; its time and its identity come when it is known what else stands."""

    eintrag: Eintrag
    gelesen: Gelesen
    name: str
    teile: tuple[Teil, ...] = ()
    gemeinsam: bool = False
    unklar: bool = False
    """Several bodies sit together, and not all of them are known."""
    ausgang: Ausgang = Ausgang.SITZUNG

    @cached_property
    def wer(self) -> tuple[str, ...]:
        """The bodies; where nobody has named them the name as it is compared, of a joint sitting in any order."""
        if any(teil.gremium for teil in self.teile):
            return tuple(teil.gremium for teil in self.teile)
        gleich = fold(self.name)
        return (" ".join(sorted(re.findall(r"\w+", gleich))) or gleich if self.gemeinsam else gleich,)

    @property
    def verschwunden(self) -> bool:
        """Tell whether it stood in an earlier reading only."""
        return self.eintrag.status.strip().upper() == VERSCHWUNDEN

    def spanne(self, *, vorgegeben: bool) -> dauer.Spanne:
        """Return its busy time; ``vorgegeben``: its end is one that the source always writes."""
        return dauer.spanne(
            self.eintrag.beginn,
            self.eintrag.ende,
            max(teil.minuten for teil in self.teile),
            ganzer_tag=self.gelesen.ganzer_tag,
            klausur=ist_klausur(self.eintrag.name),
            vorgegeben=vorgegeben,
        )


def bekannte(eintraege: Iterable[Eintrag], zuordnung: Zuordnung) -> frozenset[str]:
    """Return what tells the bodies that have entries of their own which stand, or are linked, from others."""
    stehend = [e for e in eintraege if not _entfaellt(e, lies_name(e.name))]
    namen = {lies_name(e.name).name for e in stehend} | {
        lies_name(g).name for e in stehend for g in e.gremien
    }
    einzeln = (Koerper(name, muster) for name in namen if (muster := zuordnung.find(name)))
    return frozenset(k.kennung for k in einzeln if not heisst_gemeinsam(k.name))


def lies(
    eintrag: Eintrag,
    zuordnung: Zuordnung,
    wer: Callable[[str, tuple[str, ...]], Wer],
    stadt: Stadt,
    verbote: Sequence[Verbot],
    zettel: Merkzettel,
) -> Lesung:
    """Return what an entry means; what was left out goes to the ``zettel``.

    ``wer`` says which bodies a name and the linked bodies mean.
    """
    zettel = zettel.am(eintrag.beginn)
    gelesen, tag = lies_name(eintrag.name), dauer.als_zeitpunkt(eintrag.beginn).date()
    name = _name(eintrag, gelesen, zettel)
    who = wer(name, eintrag.gremien)
    lang = dauer.form(eintrag.beginn, eintrag.ende) in {dauer.Ende.ZU_LANG, dauer.Ende.GANZTAEGIG}
    quelle, muster = eintrag.quelle, zuordnung.find(name)
    if _keine_sitzung(muster, who, eintrag.gremien, zuordnung):
        zettel.keine_sitzung(quelle, name)
        return Lesung(eintrag, gelesen, name, ausgang=Ausgang.KEINE_SITZUNG)
    koerper = tuple(k for k in who.koerper if not _verboten(k, verbote))
    if verbot := _verbot(name, who, muster, koerper, verbote):
        zettel.kein_gremium(quelle, name, verbot)
        if not koerper:
            return Lesung(eintrag, gelesen, name, ausgang=Ausgang.KEIN_GREMIUM)
    teile = tuple(_teil(k, stadt.am(tag)) for k in koerper) or (Teil("", name, dauer.DAUER),)
    ausgang = Ausgang.SITZUNG
    if ist_platzhalter(eintrag.name, tag):
        zettel.platzhalter(quelle, name)
        ausgang = Ausgang.PLATZHALTER
    elif ist_schriftlich(eintrag.name, lang=lang):
        zettel.schriftlich(quelle, name)
        ausgang = Ausgang.SCHRIFTLICH
    elif _entfaellt(eintrag, gelesen):
        zettel.abgesagt(quelle, name)
        ausgang = Ausgang.ABGESAGT
    elif not koerper and dauer.form(eintrag.beginn, None) is dauer.Ende.GANZTAEGIG:
        zettel.unbekannt(quelle, name, blockt=False)
        ausgang = Ausgang.GANZTAEGIG
    unklar = bool(who.offen) or (who.gemeinsam and len(who.koerper) < 2)
    return Lesung(eintrag, gelesen, name, teile, who.gemeinsam, unklar, ausgang)


def merke(lesung: Lesung, spanne: dauer.Spanne, zettel: Merkzettel, *, vorgegeben: bool) -> None:
    """Say what was guessed of an entry that stands."""
    zettel = zettel.am(lesung.eintrag.beginn)
    quelle, name, ort = lesung.eintrag.quelle, lesung.name, lesung.eintrag.ort.strip(" ,;")
    if not lesung.teile[0].gremium:
        zettel.unbekannt(quelle, name, blockt=True)
    elif lesung.unklar:
        zettel.gemeinsam_unklar(quelle, name)
    if spanne.ganztags:
        zettel.ganztaegig(quelle, name)
    elif spanne.ohne_uhrzeit:
        zettel.ohne_uhrzeit(quelle, name)
    elif spanne.lang:
        zettel.lang(quelle, name)
    elif lesung.gelesen.ganzer_tag and not spanne.ende_bekannt:
        zettel.ganztaegig(quelle, name)
    elif vorgegeben:
        zettel.ende_vorgegeben(quelle, name)
    elif not spanne.ende_bekannt:
        zettel.ende_unbekannt(quelle, name, max(teil.minuten for teil in lesung.teile))
    if lesung.gelesen.verlegt:
        zettel.verlegt(quelle, name)
    if ort and not lies_ort(ort):
        zettel.ort_sagt_nichts(quelle, ort)


def _name(eintrag: Eintrag, gelesen: Gelesen, zettel: Merkzettel) -> str:
    """Return the name of an entry; of one that is only numbered the names of the bodies it links."""
    if not eintrag.gremien or _WORT.search(gelesen.name):
        return gelesen.name
    name = ", ".join(dict.fromkeys(lies_name(g).name for g in eintrag.gremien))
    zettel.name_vom_gremium(eintrag.quelle, name, gelesen.name)
    return name


def _keine_sitzung(muster: Muster | None, who: Wer, gremien: Sequence[str], zuordnung: Zuordnung) -> bool:
    """Tell whether a pattern says so of the name, or of all linked bodies where nothing else is known."""
    if muster is not None:
        return muster.treffer is Treffer.KEINE_SITZUNG
    linked = [zuordnung.find(lies_name(g).name) for g in gremien]
    return not who.koerper and any(m and m.treffer is Treffer.KEINE_SITZUNG for m in linked)


def _verboten(koerper: Koerper, verbote: Sequence[Verbot]) -> Verbot | None:
    """Return what keeps a name out of the bodies of the city; of a body the city has, only the topic is meant."""
    if koerper.muster.treffer is Treffer.GREMIUM:
        return None
    return _trifft(koerper.name, verbote)


def _trifft(name: str, verbote: Sequence[Verbot]) -> Verbot | None:
    return next((verbot for verbot in verbote if verbot.trifft(name, slug(name))), None)


def _verbot(
    name: str, who: Wer, muster: Muster | None, koerper: Sequence[Koerper], verbote: Sequence[Verbot]
) -> Verbot | None:
    """Return what rules out an entry, or some of its bodies."""
    if len(koerper) < len(who.koerper):
        return next(verbot for k in who.koerper if (verbot := _verboten(k, verbote)))
    if not koerper and (muster is None or muster.treffer is not Treffer.GREMIUM):
        return _trifft(name, verbote)
    return None


def _entfaellt(eintrag: Eintrag, gelesen: Gelesen) -> bool:
    """Tell whether nobody meets, by the status of the entry or by what stands in its name."""
    tag = dauer.als_zeitpunkt(eintrag.beginn).date()
    return eintrag.status.strip().upper() == CANCELLED or gelesen.entfaellt(tag)


def _teil(koerper: Koerper, stadt: Stadt) -> Teil:
    """Return a body as part of an entry, with the length of its sittings where the end is unknown."""
    eines = koerper.muster
    if eines.treffer is Treffer.ART:
        art = stadt.gremienarten.get(eines.ziel)
        gremium = f"{slug(koerper.name)}/{stadt.id}"
    else:
        known = stadt.gremien.get(eines.ziel)
        art = known.art if known else None
        gremium = eines.ziel
    minuten = eines.dauer or (art.dauer if art else dauer.DAUER)
    return Teil(gremium, koerper.name, minuten, eines.ziel if eines.treffer is Treffer.ART else "")
