"""What a template of an invitation may say: the facts of one Sitzung in words, of Sitze and never of persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from gremienplan.abstimmung import Abstimmung, Antwort
from gremienplan.fristen import Fristart, label
from gremienplan.orte import Ort, access
from gremienplan.plan import Plan, Termin, Zustand, letzte_aenderung
from gremienplan.programm import Aufgabe, Sitzung, tagesordnung
from gremienplan.projekt import Projekt
from gremienplan.publishing.ereignistext import ALS
from gremienplan.publishing.kalender import clean
from gremienplan.publishing.tage import long_day, long_span
from gremienplan.rules import Als, Invitation, gastgeber, geschaeftsfuehrung, invitations
from gremienplan.stadt import Gremium, Sitz
from gremienplan.texts import Text, Wert, render, render_value

SCHLUESSEL = (
    "aufgaben",
    "bisher",
    "entwurf",
    "fristen",
    "gastgeber",
    "gebiet",
    "geladen",
    "geschaeftsfuehrung",
    "gremium",
    "insbesondere",
    "jahr",
    "name",
    "oeffentlich",
    "ort",
    "punkte",
    "sitzung",
    "stadt",
    "stand",
    "thema",
    "themen",
    "versand",
    "wann",
)
"""Every name a template may use."""


def angaben(
    projekt: Projekt,
    plan: Plan,
    sitzung: Sitzung,
    termin: Termin,
    sprache: str,
    bisher: datetime | None,
    abstimmung: Abstimmung,
) -> dict[str, Any]:
    """Return what a template may say of a Sitzung that takes place: its keys are ``SCHLUESSEL``.

    ``bisher`` is from when it was moved, as people were told. What ``abstimmung`` says is agreed is no task any more.
    """
    stadt, regeln, tag = projekt.stadt, projekt.regeln, termin.beginn.date()
    gremium = stadt.gremium_am(sitzung.gremium, tag) or sitzung.gremium
    geladen = invitations(stadt, regeln, sitzung, tag)
    anlaesse = projekt.programm.anlaesse
    themen = [anlaesse[a].name if a in anlaesse else a for a in sitzung.anlass]

    def t(text: Text | str) -> str:
        return clean(render(text, sprache))

    def namen(sitze: Iterable[Sitz]) -> list[str]:
        return [t(stadt.sitz_name(sitz)) for sitz in sitze]

    return {
        "stadt": t(stadt.name),
        "jahr": plan.jahr,
        "entwurf": plan.zustand is Zustand.DRAFT,
        "stand": render_value(letzte_aenderung(plan, sitzung.id), sprache),
        "sitzung": sitzung.id,
        "name": t(sitzung.name),
        "gremium": t(stadt.gremium_name(gremium)),
        "gebiet": t(gremium.gebiet.name),
        "oeffentlich": gremium.art.oeffentlich,
        "thema": t(sitzung.eintrag.name or ", ".join(themen)),
        "wann": t(long_span(termin.beginn, termin.ende)),
        "bisher": t(Text("{tag}, {uhr}", tag=long_day(bisher.date()), uhr=f"{bisher:%H:%M}"))
        if bisher
        else "",
        "ort": _ort(stadt.am(tag).orte.get(termin.ort) or stadt.alle_orte.get(termin.ort), sprache),
        "gastgeber": namen(gastgeber(stadt, regeln, gremium, tag)),
        "geschaeftsfuehrung": namen(geschaeftsfuehrung(stadt, regeln, gremium, tag)),
        "themen": [t(thema) for thema in themen],
        "punkte": [
            {"name": t(punkt.eintrag.name), "vortrag": namen(punkt.vortrag)}
            for punkt in tagesordnung(stadt, regeln, projekt.programm, sitzung, tag)
        ],
        "geladen": [
            {
                "name": t(stadt.sitz_name(einladung.sitz)),
                "als": [t(ALS[als]) for als in einladung.als],
                "insbesondere": _in_particular(einladung),
            }
            for einladung in geladen
        ],
        "insbesondere": namen(einladung.sitz for einladung in geladen if _in_particular(einladung)),
        **_faellig(projekt, plan, sitzung, termin, abstimmung, sprache),
    }


def _in_particular(einladung: Invitation) -> bool:
    """Tell whether those of a Sitz who live in the Gremium's Gebiet are meant in particular (P-31).

    A host is one office and invites itself: there is nobody to be picked out of it.
    """
    if Als.GASTGEBER in einladung.als:
        return False
    return any(grund.insbesondere is not None for grund in einladung.gruende)


def _ort(ort: Ort | None, sprache: str) -> Mapping[str, Any] | None:
    if ort is None:
        return None
    return {
        "name": clean(ort.name),
        "adresse": "" if ort.adresse in ort.name else clean(ort.adresse),
        "stufenlos": ort.stufenlos,
        "hilfen": [clean(hilfe) for hilfe in ort.hilfen],
        "zugang": clean(", ".join(render(text, sprache) for text in access(ort))),
    }


def _faellig(
    projekt: Projekt, plan: Plan, sitzung: Sitzung, termin: Termin, abstimmung: Abstimmung, sprache: str
) -> dict[str, Any]:
    """Return when it has to be sent, what its readers have to do by when, and what the office has to do before it."""
    tag = termin.beginn.date()

    def t(wert: Wert) -> str:
        return clean(render_value(wert, sprache))

    def wer(eines: Sitz | Gremium) -> str:
        stadt = projekt.stadt
        return t(stadt.gremium_name(eines) if isinstance(eines, Gremium) else stadt.sitz_name(eines))

    def fehlt(aufgabe: Aufgabe, eines: Sitz | Gremium) -> bool:
        """Tell whether it is still to be done with somebody: an agreement that was given is not."""
        if not aufgabe.eintrag.abstimmung or not isinstance(eines, Sitz):
            return True
        aussage = abstimmung.je.get((sitzung.id, eines.id))
        return aussage is None or aussage.antwort is not Antwort.JA or not aussage.meint(termin)

    termine = projekt.fristen_von(sitzung, tag)
    ladung = [f.letzter.tag for f in termine if f.frist.art is Fristart.LADUNG]
    aufgaben = [
        (a, an)
        for a in projekt.aufgaben(plan.jahr, {sitzung.id: tag})
        if a.faellig <= tag
        for an in ([eines for eines in a.an if fehlt(a, eines)],)
        if an or a.verteiler or not a.an
    ]
    return {
        "versand": t(long_day(min(ladung))) if ladung else "",
        "fristen": [
            {"name": t(label(f.frist)), "bis": t(f.letzter.moment)}
            for f in termine
            if f.frist.art is not Fristart.LADUNG
        ],
        "aufgaben": [
            {
                "tag": t(a.faellig),
                "name": t(a.eintrag.name),
                "wer": wer(a.zustaendig) if a.zustaendig else "",
                "an": [*map(wer, an), *(t(liste.name) for liste in a.verteiler)],
            }
            for a, an in aufgaben
        ],
    }
