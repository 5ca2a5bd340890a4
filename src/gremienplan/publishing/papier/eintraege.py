"""What stands on paper: the Sitzungen of a plan with the words people read, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import evolve, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.orte import Ort
from gremienplan.plan import Plan, abgesagte, letzte_aenderung, since_binding
from gremienplan.programm import Sitzung
from gremienplan.projekt import Projekt
from gremienplan.publishing.ereignistext import place
from gremienplan.publishing.erzaehlt import moved_from, told
from gremienplan.publishing.kalender import time_zone
from gremienplan.publishing.pruefung import DATEI, problems
from gremienplan.publishing.unbekannt import is_beratung, sitzung_by_id
from gremienplan.release import ABSAGE_BLEIBT, OEFFENTLICH, Fassung, Release, Veroeffentlicht
from gremienplan.stadt import Gremium, Klasse
from gremienplan.texts import Text


@frozen
class Eintrag:
    """One Sitzung on paper. Times are the city's local time; None while its date is still to be announced."""

    sitzung: str
    gremium: Gremium
    name: str
    """The Gremium's name."""
    thema: str
    beginn: datetime | None
    ende: datetime | None
    ort: Ort | None
    stand: datetime | None
    """Time of its last change."""
    bisher: datetime | None = None
    """From when it was moved."""
    abgesagt: bool = False


def eintraege(projekt: Projekt, plan: Plan, release: Release | None = None) -> tuple[Eintrag, ...]:
    """Return the Sitzungen of a plan in the order of time, cancelled ones included; those without a date last.

    They are those of the calendars, with the same dates. Moved and cancelled is what ``release`` told otherwise;
    without one, what was changed since the plan is binding. Raises InputError with everything that keeps the plan
    from being published.
    """
    zone = time_zone(projekt.stadt.zeitzone, plan.jahr)
    geplant = {sitzung.id: sitzung for sitzung in projekt.sitzungen(plan.jahr)}
    beratungen = {beratung.id: beratung for beratung in projekt.beratungen(plan.jahr)}
    if found := problems(projekt.stadt, plan, geplant, beratungen, zone):
        raise InputError(found)
    alle = (
        *_held(projekt, plan, geplant, release),
        *(_cancelled(projekt, plan) if release is None else _no_longer(projekt, plan, release)),
        *_open(projekt, plan, geplant.values()),
    )
    return tuple(sorted(alle, key=_in_order))


def _in_order(e: Eintrag) -> tuple[bool, str, str, str]:
    return e.beginn is None, e.beginn.isoformat() if e.beginn else "", e.gremium.id, e.sitzung


def _held(
    projekt: Projekt, plan: Plan, geplant: dict[str, Sitzung], release: Release | None
) -> Iterator[Eintrag]:
    for termin in plan.termine:
        sitzung = geplant[termin.sitzung]
        tag = termin.beginn.date()
        yield Eintrag(
            termin.sitzung,
            sitzung.gremium,
            projekt.stadt.gremium_name(projekt.stadt.gremium_am(sitzung.gremium, tag) or sitzung.gremium),
            _topic(projekt, sitzung),
            termin.beginn,
            termin.ende,
            projekt.stadt.am(tag).orte.get(termin.ort) or projekt.stadt.alle_orte.get(termin.ort),
            letzte_aenderung(plan, termin.sitzung),
            moved_from(plan, release, termin),
        )


def _cancelled(projekt: Projekt, plan: Plan) -> Iterator[Eintrag]:
    stadt, heute = projekt.stadt, plan.verlauf[-1].stand.date()
    for absage in abgesagte(since_binding(plan)):
        if is_beratung(absage.ereignis) or heute > absage.bisher.date() + ABSAGE_BLEIBT:
            continue
        sitzung = sitzung_by_id(stadt, projekt.programm, absage.ereignis, absage.gremium, plan.jahr)
        yield Eintrag(
            absage.ereignis,
            sitzung.gremium,
            stadt.gremium_name(sitzung.gremium),
            _topic(projekt, sitzung),
            absage.bisher,
            absage.ende,
            stadt.alle_orte.get(absage.ort),
            letzte_aenderung(plan, absage.ereignis),
            abgesagt=True,
        )


def _no_longer(projekt: Projekt, plan: Plan, release: Release) -> Iterator[Eintrag]:
    """Yield what people were told of and is off: they were told that, too, or are still to be."""
    heute = plan.verlauf[-1].stand.date()
    stehen = {(termin.sitzung, termin.gremium) for termin in plan.termine}
    for key, (was, fassung) in told(release, plan.jahr).items():
        if key in stehen or heute > fassung.spaetestens.date() + ABSAGE_BLEIBT:
            continue
        eintrag = _told_cancelled(projekt, was, fassung)
        yield eintrag if fassung.abgesagt else evolve(eintrag, stand=letzte_aenderung(plan, was.kennung))


def _open(projekt: Projekt, plan: Plan, geplant: Iterable[Sitzung]) -> Iterator[Eintrag]:
    offen = set(plan.offen) - plan.lagen.keys()
    for sitzung in geplant:
        if sitzung.id in offen:
            name = projekt.stadt.gremium_name(sitzung.gremium)
            yield Eintrag(sitzung.id, sitzung.gremium, name, _topic(projekt, sitzung), None, None, None, None)


def _topic(projekt: Projekt, sitzung: Sitzung) -> str:
    """Return what a Sitzung is about: the name of its entry, or its Anlässe."""
    anlaesse = projekt.programm.anlaesse
    namen = (anlaesse[a].name if a in anlaesse else a for a in sitzung.anlass)
    return sitzung.eintrag.name or ", ".join(namen)


def own(alle: Iterable[Eintrag]) -> tuple[Eintrag, ...]:
    """Return the entries of Gremien of our own."""
    return tuple(e for e in alle if e.gremium.art.klasse is Klasse.EIGEN)


def as_told(projekt: Projekt, alle: Iterable[Eintrag], release: Release, jahr: int) -> tuple[Eintrag, ...]:
    """Return of the public Sitzungen what residents have been told, as of when they were; what is withheld is not.

    What they were told is cancelled stands there as long as their calendar has it, whatever became of it since.
    Raises InputError with every one that takes place otherwise than the public calendar tells it.
    """
    erzaehlt = {v.kennung: (v, f) for v, f in release.told(OEFFENTLICH) if v.jahr == jahr}
    eigene = [e for e in own(alle) if e.gremium.art.oeffentlich]
    fest = {e.sitzung: e for e in eigene if e.beginn is not None}
    gueltig = {kennung: fassung for kennung, (_, fassung) in erzaehlt.items() if not fassung.abgesagt}
    anders = [
        kennung
        for kennung, fassung in gueltig.items()
        if kennung not in fest or not _same(fest[kennung], fassung)
    ]
    if anders:
        meldung = Text("The public calendar tells this otherwise than the plan now has it.")
        hinweis = Text("Publish first: {command}", command="gremienplan publish")
        raise InputError([Problem(DATEI, kennung, meldung, hinweis=hinweis) for kennung in sorted(anders)])
    found = [e for e in eigene if e.beginn is None]
    found += [
        evolve(fest[kennung], stand=fassung.geaendert, bisher=fassung.bisher)
        for kennung, fassung in gueltig.items()
    ]
    found += [_told_cancelled(projekt, v, fassung) for v, fassung in erzaehlt.values() if fassung.abgesagt]
    return tuple(sorted(found, key=_in_order))


def _told_cancelled(projekt: Projekt, was: Veroeffentlicht, fassung: Fassung) -> Eintrag:
    """Return a cancelled Sitzung by the record of what was told."""
    stadt, gesicht = projekt.stadt, fassung.gesicht
    sitzung = sitzung_by_id(stadt, projekt.programm, was.kennung, was.gremium, was.jahr)
    return Eintrag(
        was.kennung,
        sitzung.gremium,
        stadt.gremium_name(sitzung.gremium),
        _topic(projekt, sitzung),
        gesicht.beginn,
        gesicht.ende,
        next((ort for ort in stadt.alle_orte.values() if place(ort) == gesicht.ort), None),
        fassung.geaendert,
        abgesagt=True,
    )


def _same(e: Eintrag, fassung: Fassung) -> bool:
    """Tell whether a Sitzung takes place when and where residents were told."""
    gesicht = fassung.gesicht
    ort = gesicht.ort.startswith(e.ort.name) if e.ort else not gesicht.ort
    return (e.beginn, e.ende, e.abgesagt, ort) == (gesicht.beginn, gesicht.ende, False, True)
