"""The calendar of deadlines for the office: invitations, papers, agreements and tasks, each on its last day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from gremienplan.fristen import label
from gremienplan.plan import Plan, Zustand
from gremienplan.programm import Aufgabe, Beratung, Fristtermin, Sitzung
from gremienplan.projekt import Projekt
from gremienplan.publishing.ereignistext import Satz, grundlage_text
from gremienplan.release import FRISTEN, Gemeldet, Gesicht, Seite, Status
from gremienplan.stadt import Sitz
from gremienplan.texts import LANGUAGES, Text, render


def deadlines(projekt: Projekt, plan: Plan, sprache: str) -> Iterator[Gemeldet]:
    """Yield each deadline and task of a year's Termine as an event of one day; what is open has none."""
    tage = {ereignis: lagen[0].tag for ereignis, lagen in plan.lagen.items()}
    for aufgabe in projekt.aufgaben(plan.jahr, tage):
        an = tuple(eines for eines in aufgabe.an if isinstance(eines, Sitz))
        wer = (aufgabe.zustaendig,) if aufgabe.zustaendig else ()
        yield _event(
            projekt,
            plan,
            sprache,
            kennung=aufgabe.id,
            titel=aufgabe.eintrag.name,
            ereignis=aufgabe.sitzung,
            tage=(aufgabe.faellig, aufgabe.tag),
            saetze=_task(projekt, aufgabe, wer, an),
        )
    for termin in projekt.fristen(plan.jahr, tage):
        yield _event(
            projekt,
            plan,
            sprache,
            kennung=termin.id,
            titel=label(termin.frist),
            ereignis=termin.ereignis,
            tage=(termin.letzter.tag, termin.tag),
            saetze=_deadline(projekt, termin),
        )


def _task(projekt: Projekt, aufgabe: Aufgabe, wer: Iterable[Sitz], an: Iterable[Sitz]) -> tuple[Satz, ...]:
    saetze: list[Satz] = [_by(projekt, wer)]
    if namen := _names(projekt, an):
        saetze.append(Text("With, or to: {an}", an=namen))
    wort = grundlage_text(projekt.katalog, aufgabe.eintrag.grundlage)
    return (*saetze, Text("Basis: {fundstelle}", fundstelle=wort))


def _deadline(projekt: Projekt, termin: Fristtermin) -> tuple[Satz, ...]:
    wort = grundlage_text(projekt.katalog, termin.frist.grundlage)
    bis = Text("{frist}: until {tag}", frist=label(termin.frist), tag=termin.letzter.moment)
    return (_by(projekt, termin.zustaendig), bis, Text("Basis: {fundstelle}", fundstelle=wort))


def _by(projekt: Projekt, wer: Iterable[Sitz]) -> Text:
    return Text("By: {sitz}", sitz=_names(projekt, wer) or Text("nobody has said who"))


def _names(projekt: Projekt, sitze: Iterable[Sitz]) -> tuple[str, ...]:
    return tuple(projekt.stadt.sitz_name(sitz) for sitz in sitze)


def _event(
    projekt: Projekt,
    plan: Plan,
    sprache: str,
    *,
    kennung: str,
    titel: Satz,
    ereignis: Sitzung | Beratung,
    tage: tuple[date, date],
    saetze: tuple[Satz, ...],
) -> Gemeldet:
    """Return a deadline; ``tage`` are its last day and the day of what it is for."""
    faellig, tag = tage
    beginn = datetime.combine(faellig, time())
    ganz = Text("{frist} ({name})", frist=titel, name=ereignis.name)
    worte: tuple[Satz, ...] = (Text("For: {sitzung}, {tag}", sitzung=ereignis.name, tag=tag), *saetze)
    gesicht = Gesicht(
        beginn=beginn,
        ende=beginn + timedelta(days=1),
        titel=render(ganz, sprache),
        status=Status.TENTATIVE if plan.zustand is Zustand.DRAFT else Status.CONFIRMED,
        worte=tuple(render(satz, sprache) for satz in worte),
        kategorie=ereignis.gremium.art.name,
        ganztags=True,
    )
    stadt = projekt.stadt
    return Gemeldet(
        uid=f"{kennung.replace('/', '.')}.frist.{plan.jahr}@{stadt.domain}",
        kennung=kennung,
        jahr=plan.jahr,
        gremium=ereignis.gremium.id,
        gebiet=ereignis.gremium.gebiet.key,
        gesichter={FRISTEN: gesicht},
        seiten={
            lang: Seite(
                render(ganz, lang),
                stadt.gremium_name(ereignis.gremium),
                ereignis.gremium.gebiet.name,
                tuple(render(satz, lang) for satz in worte),
            )
            for lang in LANGUAGES
        },
        geaendert=plan.verlauf[-1].stand,
    )
