"""The feeds of a city: one for everything, one per Gremium, per Gebiet and per Amt. Values to bytes.

A feed exists as soon as its Gremium, Gebiet or Amt can be concerned, events or not, so that a subscription
never runs into nothing. Mandates and groups have none. Beratungen stand only in the feeds of the Ämter they
concern.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from zoneinfo import ZoneInfo

from attrs import frozen

from gremienplan.errors import InputError, Problem
from gremienplan.plan import Plan, abgesagte
from gremienplan.projekt import Projekt
from gremienplan.publishing.ereignisse import Eintrag, entries, kenntnis_von
from gremienplan.publishing.kalender import Kopf, in_utc, kalender_bytes, time_zone
from gremienplan.rules import Regel
from gremienplan.stadt import Gebiet, Gremium, Klasse, RollenArt, Sitz, Stadt
from gremienplan.texts import Text, render


class Feedart(Enum):
    """What a feed is about; the value is its colour in calendars (CSS 3)."""

    ALLE = "navy"
    GREMIUM = "teal"
    GEBIET = "seagreen"
    AMT = "slateblue"


@frozen
class Feed:
    """One calendar to subscribe to."""

    name: str
    """Where it lies: ``amt/stadtteilkoordination-nord.ics``."""
    titel: str
    anzahl: int
    """How many events it holds, cancelled ones included."""
    inhalt: bytes


@frozen
class _Entwurf:
    """A feed before it is written: its name, and how it picks its events."""

    name: str
    titel: str
    art: Feedart
    vevent: Callable[[Eintrag], bytes | None]


def feeds(
    projekt: Projekt,
    plan: Plan,
    *,
    fruehere: Sequence[Plan] = (),
    sprache: str = "de",
    adresse: str = "",
) -> Mapping[str, bytes]:
    """Return every feed of a plan: name (``gremium/koordinierungsrunde-nord.ics``) -> bytes.

    ``fruehere`` are plans of other years, before or after: a subscription spans them all.
    ``sprache`` is the language of the sentences ("de" or "en"), ``adresse`` where the feeds will be served.
    Raises InputError with everything that keeps the plan from being published.
    """
    found = compose(projekt, plan, fruehere=fruehere, sprache=sprache, adresse=adresse)
    return {feed.name: feed.inhalt for feed in found}


def compose(
    projekt: Projekt,
    plan: Plan,
    *,
    fruehere: Sequence[Plan] = (),
    sprache: str = "de",
    adresse: str = "",
) -> tuple[Feed, ...]:
    """Return every feed of a plan with its title and the number of its events, sorted by name."""
    stadt = projekt.stadt
    eintraege = entries(projekt, plan, sprache, fruehere)
    return tuple(
        _write(entwurf, stadt, eintraege, time_zone(stadt.zeitzone, plan.jahr), sprache, adresse)
        for entwurf in _unique(_drafts(projekt, (plan, *fruehere), sprache))
    )


def calendar_uid(name: str, domain: str) -> str:
    """Return the identity of the calendar behind a feed's name, which never changes."""
    return f"{name.removesuffix('.ics').replace('/', '.')}.feed@{domain}"


def _write(
    entwurf: _Entwurf,
    stadt: Stadt,
    eintraege: tuple[Eintrag, ...],
    zone: ZoneInfo,
    sprache: str,
    adresse: str,
) -> Feed:
    gewaehlt = [(eintrag, vevent) for eintrag in eintraege if (vevent := entwurf.vevent(eintrag)) is not None]
    stand = max((eintrag.stand for eintrag, _ in gewaehlt), default=None)
    satz = Text("As of: {stand}", stand=stand) if stand else Text("No dates at present")
    kopf = Kopf(
        uid=calendar_uid(entwurf.name, stadt.domain),
        name=entwurf.titel,
        beschreibung=(render(satz, sprache),),
        farbe=entwurf.art.value,
        geaendert=in_utc(stand, zone) if stand else None,
        adresse=f"{adresse.rstrip('/')}/{entwurf.name}" if adresse else "",
    )
    vevents = [vevent for _, vevent in gewaehlt]
    return Feed(entwurf.name, entwurf.titel, len(vevents), kalender_bytes(kopf, zone, vevents))


def _drafts(projekt: Projekt, plaene: Sequence[Plan], sprache: str) -> Iterator[_Entwurf]:
    stadt = projekt.stadt

    def titel(name: str) -> str:
        return f"{stadt.name}: {name}"

    alle = titel(render(Text("All meetings"), sprache))
    yield _Entwurf("alle.ics", alle, Feedart.ALLE, _public(lambda _: True))
    fassungen = _fassungen(stadt, plaene)
    alle_gremien = {id: g for f in fassungen for id, g in f.gremien.items()}
    eigene = [gremium for gremium in alle_gremien.values() if gremium.art.klasse is Klasse.EIGEN]
    for gremium in eigene:
        name = _file("gremium", gremium.id)
        yield _Entwurf(name, titel(stadt.gremium_name(gremium)), Feedart.GREMIUM, _of_gremium(gremium))
    for gebiet in _gebiete(fassungen, eigene):
        name = _file(gebiet.ebene, gebiet.id)
        yield _Entwurf(name, titel(_gebiet_name(stadt, gebiet)), Feedart.GEBIET, _of_gebiet(gebiet))
    for sitz in _aemter(projekt, plaene, fassungen):
        yield _Entwurf(_file("amt", sitz.id), titel(stadt.sitz_name(sitz)), Feedart.AMT, _personal(sitz))


def _public(gehoert: Callable[[Gremium], bool]) -> Callable[[Eintrag], bytes | None]:
    return lambda eintrag: eintrag.oeffentlich if gehoert(eintrag.gremium) else None


def _of_gremium(gremium: Gremium) -> Callable[[Eintrag], bytes | None]:
    return _public(lambda anderes: anderes.id == gremium.id)


def _of_gebiet(gebiet: Gebiet) -> Callable[[Eintrag], bytes | None]:
    return _public(lambda gremium: gremium.gebiet.key == gebiet.key)


def _personal(sitz: Sitz) -> Callable[[Eintrag], bytes | None]:
    return lambda eintrag: eintrag.persoenlich.get(sitz.id)


def _fassungen(stadt: Stadt, plaene: Sequence[Plan]) -> tuple[Stadt, ...]:
    """Return the city on every day on which something of these plans may lie."""
    jahre = [plan.jahr for plan in plaene]
    tage = [t.beginn.date() for plan in plaene for t in plan.termine]
    von, bis = date(min(jahre), 1, 1), date(max(jahre), 12, 31)
    return stadt.zwischen(min([von, *tage]), max([bis, *tage]))


def _gebiete(fassungen: Sequence[Stadt], eigene: Iterable[Gremium]) -> Iterator[Gebiet]:
    """Yield the Gebiete of the levels our own Gremien use; the whole city is the feed of everything."""
    genutzt = {gremium.gebiet.ebene for gremium in eigene} - {"stadt"}
    gebiete = {gebiet.key: gebiet for fassung in fassungen for gebiet in fassung.gebiete}
    yield from (gebiet for gebiet in gebiete.values() if gebiet.ebene in genutzt)


def _gebiet_name(stadt: Stadt, gebiet: Gebiet) -> str:
    ebenen = {ebene.id: ebene.name for ebene in stadt.ebenen}
    return f"{ebenen.get(gebiet.ebene, gebiet.ebene)} {gebiet.name}"


def _aemter(projekt: Projekt, plaene: Sequence[Plan], fassungen: Sequence[Stadt]) -> Iterator[Sitz]:
    """Yield every Amt a Sitzung or Beratung can concern, whatever the day and the Anlass, or concerned."""
    gemeint = {sitz.id for f in fassungen for regel in projekt.regeln for sitz in _meant(f, regel)}
    for beratung in (b for plan in plaene for b in projekt.beratungen(plan.jahr)):
        vortrag = {sitz.id for sitz in beratung.vortrag}
        gemeint |= vortrag | {sitz.id for f in fassungen for sitz in kenntnis_von(f, beratung)}
        gemeint |= {f.vertretungen[sitz] for f in fassungen for sitz in vortrag if sitz in f.vertretungen}
    for plan in plaene:
        gemeint |= {sitz for termin in plan.beratungen for sitz in termin.vortrag}
        gemeint |= {sitz for absage in abgesagte(plan) for sitz in absage.vortrag}
    sitze = projekt.stadt.alle_sitze.values()
    yield from (s for s in sitze if s.id in gemeint and s.rolle.art is RollenArt.AMT)


def _meant(stadt: Stadt, regel: Regel) -> Iterator[Sitz]:
    """Yield the Sitze a rule means for any Gremium of our own, whenever it is in force."""
    for gremium in stadt.gremien.values():
        if (
            gremium.art.klasse is Klasse.EIGEN
            and regel.gremium in (gremium.art.id, gremium.id)
            and (regel.nur is None or gremium.gebiet.id in regel.nur)
        ):
            for eintrag in regel.rollen:
                yield from stadt.sitze_von(eintrag, gremium.gebiet)


def _file(ordner: str, kennung: str) -> str:
    """Return a feed's name, which travels into addresses: folder and id, the id's slash as a hyphen."""
    return f"{ordner}/{kennung.replace('/', '-')}.ics"


def _unique(entwuerfe: Iterator[_Entwurf]) -> list[_Entwurf]:
    """Return the feeds sorted by name; two of one name would overwrite each other."""
    found: dict[str, _Entwurf] = {}
    doppelt: list[Problem] = []
    for entwurf in entwuerfe:
        if entwurf.name in found:
            meldung = Text("Two feeds would have the same name, because a slash in an id becomes a hyphen")
            doppelt.append(Problem("stadt.toml", entwurf.name, meldung, entwurf.titel))
        found[entwurf.name] = entwurf
    if doppelt:
        raise InputError(doppelt)
    return [found[name] for name in sorted(found)]
