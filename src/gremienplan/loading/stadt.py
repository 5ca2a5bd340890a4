"""``stadt.toml``: a city's places, Rollen, Gremien and Orte, and the patterns of its council calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from functools import reduce
from operator import or_
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import evolve, frozen

from gremienplan.loading.angaben import closest
from gremienplan.loading.fassungen import Fassung, einmal, read_fassungen
from gremienplan.loading.gebiete import STADT, TABELLEN, Kopf, Namen, read_ebenen, read_gebiete
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Befund, Datei
from gremienplan.loading.verweise import Bekannt, Namensraum, Verweise, namensraum
from gremienplan.orte import Ort
from gremienplan.quellen import Authority, Grundlage
from gremienplan.ratskalender import Muster, Treffer
from gremienplan.stadt import (
    Ebene,
    Gebiet,
    Gewohnheit,
    Gremienart,
    Gremium,
    Name,
    Rolle,
    Stadt,
    Verlauf,
)
from gremienplan.texts import Text

T = TypeVar("T", bound=Rolle | Gremienart)

LAENDER = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")
"""The Länder, by the second half of ISO 3166-2:DE; they decide the holidays."""

MUSTER_ARTEN = ("ausschuss", Treffer.KEINE_SITZUNG.value)
"""What a pattern may say instead of one Gremium."""


@frozen
class Gremiumseintrag:
    """``[gremium]``: how one Gremium deviates from its Gremienart."""

    titel: str = ""
    alias: tuple[Name, ...] = ()
    frueher: tuple[Name, ...] = ()
    gewohnt: Gewohnheit | None = None


_KAPUTT = Gremiumseintrag(gewohnt=Gewohnheit(0, time(0), Grundlage(Authority.VORGABE)))
"""Stands for an entry with mistakes, and for one whose key may be misspelt: nobody misses what it said."""


@frozen
class Mustereintrag:
    """``[[ratsgremium]]``: a pattern, and the Gremium or the kind of thing it means."""

    muster: str
    gremium: str | None = None
    art: str | None = None
    dauer: int | None = None
    name: str | None = None


@frozen
class Gelesen:
    """What ``stadt.toml`` says; None for the city when its head or the file could not be read."""

    stadt: Stadt | None
    muster: tuple[Muster, ...]
    bekannt: Bekannt


def read_stadt(datei: Datei | None, katalog: Bekannt, tag: date | None = None) -> Gelesen:
    """Return the city that a file describes, as it is on a day; everything wrong in it is reported.

    ``katalog`` says which passages and readings exist. Without a day it is the city after all its changes.
    What is known is what the city has at any time. Without a readable head nothing else can be understood, so
    nothing else is reported.
    """
    kopf = _read_kopf(datei) if datei is not None else None
    if datei is None or kopf is None:
        return Gelesen(None, (), katalog)
    datei.check_keys((*TABELLEN, *kopf.ebenen, kopf.atom))
    fassungen = read_fassungen(datei, kopf)
    staende = [_read_stand(Datei(Befund(), datei.name, f.inhalt), kopf, katalog) for f in fassungen]
    bekannt = reduce(or_, (stand.bekannt for stand in staende))
    stadt = _verlauf([_mit_gremien(stand, bekannt) for stand in staende], fassungen)
    datei.befund.problems += einmal(zip(fassungen, (s.datei.befund.problems for s in staende), strict=True))
    verweise = Verweise(datei, bekannt)
    stadt = stadt.mit_vertretungen(read_vertretungen(verweise))
    return Gelesen(stadt.am(tag or date.max), _read_muster(verweise), bekannt)


@frozen
class _Stand:
    """What the file says of the city on the days of one span: all but its Gremien."""

    datei: Datei
    stadt: Stadt
    bekannt: Bekannt
    namen: Namen


def _read_stand(datei: Datei, kopf: Kopf, katalog: Bekannt) -> _Stand:
    namen = Namen()
    ebenen = read_ebenen(datei, kopf)
    gebiete = read_gebiete(datei, kopf, ebenen, namen)
    bekannt = evolve(
        katalog,
        ebenen=namensraum(ebene.id for ebene in ebenen),
        gebiete=namensraum((gebiet.key for gebiet in gebiete), () if kopf.id else (STADT,)),
    )
    stadt, bekannt = _read_rollen_und_orte(datei, _leer(kopf, ebenen, gebiete), bekannt)
    return _Stand(datei, stadt, bekannt, namen)


def _mit_gremien(stand: _Stand, jemals: Bekannt) -> Stadt:
    """Return the city with its Gremien; a deviation of one that the city has on other days only means nothing."""
    gremien = _read_gremien(Verweise(stand.datei, jemals), stand.stadt, stand.namen)
    namen = {
        name: gut
        for name, benennungen in stand.namen.values().items()
        if (gut := tuple(b for b in benennungen if b.key in gremien or b.key in stand.stadt.gebiet))
    }
    return evolve(stand.stadt, gremien=gremien, namen=namen)


def _verlauf(staende: Sequence[Stadt], fassungen: Sequence[Fassung]) -> Stadt:
    """Return the first of several cities that follow each other, each with the days it stands for."""
    found = tuple(
        evolve(stadt, gueltig_ab=fassung.tage.gueltig_ab, gueltig_bis=fassung.tage.gueltig_bis)
        for stadt, fassung in zip(staende, fassungen, strict=True)
    )
    return Verlauf(found).fassungen[0] if len(found) > 1 else found[0]


def _read_kopf(datei: Datei) -> Kopf | None:
    """Return ``[stadt]``; where some of it is wrong, as much as lets the rest of the file be checked."""
    roh = datei.inhalt.get("stadt")
    if roh is None:
        datei.problem("stadt", Text("This table is missing."))
        return None
    kopf = datei.structure(Kopf, roh, "stadt") or _makeshift(roh)
    if kopf is not None and kopf.land and kopf.land not in LAENDER:
        hinweis = closest(kopf.land, LAENDER) or Text("Known are: {names}", names=LAENDER)
        datei.problem("stadt.land", Text("There is no Land with this abbreviation."), kopf.land, hinweis)
    if kopf is not None and kopf.zeitzone and not _is_zone(kopf.zeitzone):
        hinweis = Text("In Germany this is “Europe/Berlin”.")
        datei.problem("stadt.zeitzone", Text("There is no time zone of this name."), kopf.zeitzone, hinweis)
    return kopf


def _makeshift(roh: object) -> Kopf | None:
    """Return what is readable of a broken ``[stadt]``, the rest empty; None if its levels are not."""
    if not isinstance(roh, dict) or not isinstance(roh.get("ebenen"), list):
        return None
    namen = ("id", "name", "atom", "domain", "land", "zeitzone")
    texte = {name: roh[name] if isinstance(roh.get(name), str) else "" for name in namen}
    ebenen = tuple(ebene for ebene in roh["ebenen"] if isinstance(ebene, str))
    return Kopf(ebenen=ebenen, **texte) if texte["atom"] else None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _leer(kopf: Kopf, ebenen: tuple[Ebene, ...], gebiete: tuple[Gebiet, ...]) -> Stadt:
    """Return a city of which only the places are known."""
    return Stadt(
        id=kopf.id,
        name=kopf.name,
        domain=kopf.domain,
        land=kopf.land,
        zeitzone=kopf.zeitzone,
        atom=kopf.atom,
        ebenen=ebenen,
        gebiete=gebiete,
        rollen={},
        gremienarten={},
        gremien={},
        orte={},
    )


def _read_rollen_und_orte(datei: Datei, stadt: Stadt, bekannt: Bekannt) -> tuple[Stadt, Bekannt]:
    """Return the city with Rollen, Gremienarten and Orte, and the ids this makes known."""
    verweise = Verweise(datei, bekannt)
    rollen, ebene_der_rolle, ohne_rolle = _read_je_ebene(verweise, "rolle", Rolle)
    arten, ebene_der_art, ohne_art = _read_je_ebene(verweise, "gremienart", Gremienart)
    orte, ohne_ort = datei.keyed("ort", Ort)
    for rolle in rollen.values():
        verweise.check_nur(rolle.ebene, rolle.nur, join("rolle", rolle.id))
        verweise.check_grundlagen(rolle, join("rolle", rolle.id))
    stadt = evolve(stadt, rollen=rollen, gremienarten=arten, orte=orte)
    kaputte_rollen = {rolle: ebene for rolle, ebene in ebene_der_rolle.items() if rolle not in rollen}
    bekannt = evolve(
        bekannt,
        rollen=namensraum((*ebene_der_rolle, *ohne_rolle)),
        sitze=namensraum((*stadt.sitze, *_je_gebiet(stadt, kaputte_rollen)), ohne_rolle),
        gremienarten=namensraum((*ebene_der_art, *ohne_art)),
        gremien=namensraum(_je_gebiet(stadt, ebene_der_art), ohne_art),
        orte=namensraum(orte, ohne_ort),
        ortsarten=Namensraum(frozenset(ort.art for ort in orte.values()), offen=bool(ohne_ort)),
        ebene_von=ebene_der_art,
    )
    for ort in orte.values():
        _check_ort(Verweise(datei, bekannt), ort, join("ort", ort.id))
    for art in arten.values():
        pfad = join("gremienart", art.id)
        Verweise(datei, bekannt).check_all("ortsarten", art.orte, join(pfad, "orte"))
        verweise.check_grundlagen(art, pfad)
    return stadt, bekannt


def _check_ort(verweise: Verweise, ort: Ort, pfad: str) -> None:
    verweise.check("gebiete", ort.gebiet, join(pfad, "gebiet"))
    if ort.sitz:
        verweise.check("sitze", ort.sitz, join(pfad, "sitz"))
    for nummer, woche in enumerate(ort.belegt, 1):
        stelle = f"{join(pfad, 'belegt')}[{nummer}]"
        verweise.check_grundlagen(woche, stelle)
        if woche.bis <= woche.von:
            meldung = Text("This must be later than {von}.", von=woche.von)
            hinweis = Text("What lasts past midnight is written as two entries.")
            verweise.datei.problem(join(stelle, "bis"), meldung, f"{woche.bis:%H:%M}", hinweis)
        if woche.gueltig_ab and woche.gueltig_bis and woche.gueltig_bis < woche.gueltig_ab:
            meldung = Text("The last day lies before the first, {von}.", von=woche.gueltig_ab)
            verweise.datei.problem(join(stelle, "gueltig_bis"), meldung, woche.gueltig_bis)


def _read_je_ebene(
    verweise: Verweise, key: str, cls: type[T]
) -> tuple[dict[str, T], dict[str, str], list[str]]:
    """Return a table's entries that could be read, the level of each that names one, and the ids of the rest.

    A broken entry that names its level still says which Sitze or Gremien exist.
    """
    werte, kaputt = verweise.datei.keyed(key, cls)
    ebenen: dict[str, str] = {}
    for kennung in (*werte, *kaputt):
        roh = verweise.datei.inhalt[key][kennung]
        je = roh.get("je") if isinstance(roh, dict) else None
        if isinstance(je, str) and verweise.check("ebenen", je, join(join(key, kennung), "je")):
            ebenen[kennung] = je
    ebenen = {kennung: je for kennung, je in ebenen.items() if je not in verweise.bekannt.gebiete.kaputt}
    ohne = [kennung for kennung in (*werte, *kaputt) if kennung not in ebenen]
    return {kennung: wert for kennung, wert in werte.items() if kennung in ebenen}, ebenen, ohne


def _je_gebiet(stadt: Stadt, ebenen: Mapping[str, str]) -> Iterator[str]:
    """Return the ids that entries of these levels make: each at every Gebiet of its level."""
    for kennung, ebene in ebenen.items():
        for gebiet in stadt.gebiete_von(ebene):
            yield f"{kennung}/{gebiet.id}"


def _read_gremien(verweise: Verweise, stadt: Stadt, namen: Namen) -> dict[str, Gremium]:
    """Return every Gremienart at every Gebiet of its level, as ``[gremium]`` deviates from it."""
    abweichend: dict[str, Gremiumseintrag] = {}
    leer = Gremiumseintrag()
    for kennung, pfad, roh in verweise.datei.table("gremium"):
        known = verweise.check("gremien", kennung, pfad)
        eintrag = verweise.datei.structure(Gremiumseintrag, roh, pfad)
        if eintrag is None or not known:
            leer = _KAPUTT if not known else leer
            abweichend[kennung] = _KAPUTT
        else:
            abweichend[kennung] = eintrag
            namen.add(verweise.datei, pfad, eintrag, kennung)
            verweise.check_grundlagen(eintrag, pfad)
    return {
        f"{art.id}/{gebiet.id}": Gremium(art, gebiet, eintrag.titel, eintrag.gewohnt)
        for art in stadt.gremienarten.values()
        for gebiet in stadt.gebiete_von(art.ebene)
        for eintrag in [abweichend.get(f"{art.id}/{gebiet.id}", leer)]
    }


def read_vertretungen(verweise: Verweise) -> dict[str, str]:
    """Return ``[vertretung]``, of a city or of a project: Sitz -> the Sitz that may present in its place."""
    vertretungen: dict[str, str] = {}
    for sitz, pfad, roh in verweise.datei.table("vertretung"):
        verweise.check("sitze", sitz, pfad)
        if not isinstance(roh, str):
            verweise.datei.problem(pfad, Text("This must be the id of a Sitz, in quotation marks."), roh)
        elif verweise.check("sitze", roh, pfad):
            vertretungen[sitz] = roh
            if sitz == roh:
                verweise.datei.problem(pfad, Text("A Sitz cannot be its own deputy."), roh)
    return vertretungen


def _read_muster(verweise: Verweise) -> tuple[Muster, ...]:
    """Return the patterns of the council calendar in their order, which decides."""
    muster: list[Muster] = []
    for pfad, roh in verweise.datei.entries("ratsgremium"):
        eintrag = verweise.datei.structure(Mustereintrag, roh, pfad)
        if eintrag is None:
            continue
        try:
            re.compile(eintrag.muster, re.IGNORECASE)
        except re.error as error:
            meldung = Text("This is not a regular expression: {reason}", reason=str(error))
            verweise.datei.problem(join(pfad, "muster"), meldung, eintrag.muster)
        treffer = _treffer(verweise, eintrag, pfad)
        if treffer is not None:
            muster.append(Muster(eintrag.muster, *treffer, eintrag.dauer, eintrag.name or ""))
            if eintrag.name is not None and treffer[0] is not Treffer.ART:
                meldung = Text('Only a body of its own (art = "ausschuss") gets its name here.')
                verweise.datei.problem(join(pfad, "name"), meldung, eintrag.name)
    return tuple(muster)


def _treffer(verweise: Verweise, eintrag: Mustereintrag, pfad: str) -> tuple[Treffer, str] | None:
    """Return what a pattern makes of a name, and of which Gremium or kind."""
    if (eintrag.gremium is None) == (eintrag.art is None):
        verweise.datei.problem(
            pfad, Text("Exactly one of the keys gremium and art says what the name means.")
        )
        return None
    if eintrag.gremium is not None:
        verweise.check("gremien", eintrag.gremium, join(pfad, "gremium"))
        return Treffer.GREMIUM, eintrag.gremium
    art = eintrag.art or ""
    if art not in MUSTER_ARTEN:
        meldung = Text("This is none of the words that may stand here.")
        verweise.datei.problem(join(pfad, "art"), meldung, art, closest(art, MUSTER_ARTEN))
        return None
    return (Treffer.KEINE_SITZUNG, "") if art == Treffer.KEINE_SITZUNG.value else (Treffer.ART, art)
