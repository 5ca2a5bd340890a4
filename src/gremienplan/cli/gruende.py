"""Reasons in words and as JSON: why a Sitz is invited, and what the nearest rules lack where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from gremienplan.cli.antworten import grundlage_json
from gremienplan.cli.sprache import words
from gremienplan.quellen import Grundlage, Katalog
from gremienplan.rules import (
    Als,
    AndererSitz,
    AnderesGremium,
    Beinahe,
    Derivation,
    FalscherAnlass,
    GibtEsNicht,
    Hindernis,
    KeinGemeinsamesGebiet,
    ListenArt,
    NichtInKraft,
    NotInvited,
    NurAnderswo,
)
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.programm import Sitzung
    from gremienplan.projekt import Projekt

SHOWN = 8
"""How many atoms a sentence names."""


def als_name(als: Als) -> Text:
    """Say as what somebody is invited."""
    match als:
        case Als.MITGLIED:
            return Text("member")
        case Als.GAST:
            return Text("guest")
        case Als.GASTGEBER:
            return Text("host")
        case Als.GESCHAEFTSFUEHRUNG:
            return Text("managing office")


def anlass_names(projekt: Projekt, anlaesse: Iterable[str]) -> tuple[str, ...]:
    """Return what people call some Anlässe."""
    known = projekt.programm.anlaesse
    return tuple(known[a].name if a in known else a for a in anlaesse)


def atom_names(projekt: Projekt, atome: Iterable[str]) -> tuple[str, ...]:
    """Return ids and names of some atoms."""
    stadt = projekt.stadt
    gebiete = {atom: stadt.gebiet.get(f"{stadt.atom}/{atom}") for atom in atome}
    return tuple(f"{atom} ({gebiet.name})" if gebiet else atom for atom, gebiet in gebiete.items())


def is_whole_city(projekt: Projekt, atome: Iterable[str]) -> bool:
    """Tell whether these are several atoms, and all that the city has."""
    alle = {gebiet.id for gebiet in projekt.stadt.gebiete_von(projekt.stadt.atom)}
    return len(alle) > 1 and set(atome) >= alle


def atom_word(projekt: Projekt) -> str:
    """Return what people call one atom."""
    names = {ebene.id: ebene.name for ebene in projekt.stadt.ebenen}
    return names.get(projekt.stadt.atom, projekt.stadt.atom)


def sitz_or_rolle(projekt: Projekt, eintrag: str) -> str:
    """Return what people call what a rule names: a Rolle, or a single Sitz."""
    stadt = projekt.stadt
    if eintrag in stadt.alle_sitze:
        return stadt.sitz_name(stadt.alle_sitze[eintrag])
    return next((f.rollen[eintrag].name for f in (stadt, *stadt.fassungen) if eintrag in f.rollen), eintrag)


def lacks(projekt: Projekt, sitzung: Sitzung, hindernis: Hindernis) -> Text:
    """Say which condition of a rule does not hold, and what would have to be otherwise."""
    stadt = projekt.stadt
    match hindernis:
        case FalscherAnlass(einer_von=einer_von, ist=ist):
            return Text(
                "It is for Sitzungen about: {einer_von}. This one is about: {ist}.",
                einer_von=anlass_names(projekt, einer_von),
                ist=anlass_names(projekt, ist) or Text("nothing that is named"),
            )
        case KeinGemeinsamesGebiet(sitz=sitz, gremium=gremium):
            return Text(
                "The areas share no {atom}. The Sitz has: {sitz}. The Gremium has: {gremium}.",
                atom=atom_word(projekt),
                sitz=few(sitz),
                gremium=few(gremium),
            )
        case NurAnderswo(nur=nur):
            gebiete = {g.id: g.name for g in stadt.gebiete_von(sitzung.gebiet.ebene)}
            return Text("It holds only for: {gebiete}", gebiete=tuple(gebiete.get(id, id) for id in nur))
        case NichtInKraft(ab=ab, bis=None) if ab:
            return Text("It is in force from {ab} on.", ab=ab)
        case NichtInKraft(ab=None, bis=bis) if bis:
            return Text("It was in force until {bis}.", bis=bis)
        case NichtInKraft(ab=ab, bis=bis):
            return Text("It is in force from {ab} to {bis}.", ab=ab or "…", bis=bis or "…")
        case AnderesGremium(gremium=gremium):
            other = stadt.alle_gremien.get(gremium)
            return Text(
                "It is only about: {gremium}", gremium=stadt.gremium_name(other) if other else gremium
            )
        case AndererSitz(sitz=sitz):
            return Text("It names one Sitz only, and another one: {sitz}", sitz=sitz_or_rolle(projekt, sitz))
        case GibtEsNicht(kennung=kennung):
            return Text("On this day the city has no: {kennung}", kennung=kennung)


def limits(answer: NotInvited) -> Iterator[tuple[Text, Grundlage]]:
    """Say what rules a Sitz out and that nobody can be added to the members, each with its authority."""
    for ausschluss in answer.ausgeschlossen:
        if set(ausschluss.als) >= set(Als):
            yield Text("Ruled out from this Gremium."), ausschluss.grundlage
        else:
            als = tuple(als_name(als) for als in ausschluss.als)
            yield Text("Ruled out as {als}.", als=als), ausschluss.grundlage
    if answer.liste and answer.liste.art is ListenArt.KEINE:
        yield Text("This Gremium has no members."), answer.liste.grundlage
    elif answer.liste:
        yield Text("The list of its members is closed."), answer.liste.grundlage


def limits_json(answer: NotInvited, katalog: Katalog) -> dict[str, Any]:
    """Return the same as plain data."""
    return {
        "ausgeschlossen": [
            {
                "id": ausschluss.id,
                "als": [als.value for als in ausschluss.als],
                "grundlage": grundlage_json(ausschluss.grundlage, katalog),
            }
            for ausschluss in answer.ausgeschlossen
        ],
        "mitgliederliste": answer.liste
        and {
            "art": answer.liste.art.value,
            "grundlage": grundlage_json(answer.liste.grundlage, katalog),
        },
    }


def few(atome: tuple[str, ...]) -> tuple[str, ...]:
    """Return as many atoms as a sentence can name."""
    return atome if len(atome) <= SHOWN else (*atome[: SHOWN - 1], "…")


def derivation_json(grund: Derivation, katalog: Katalog) -> dict[str, Any]:
    """Return one reason as plain data."""
    return {
        "regel": grund.regel,
        "als": grund.als.value,
        "anlass": list(grund.anlass),
        "ueber": list(grund.ueber),
        "grundlage": grundlage_json(grund.grundlage, katalog),
        "insbesondere": grundlage_json(grund.insbesondere, katalog) if grund.insbesondere else None,
    }


_ARTEN: dict[type, str] = {
    FalscherAnlass: "anlass",
    KeinGemeinsamesGebiet: "gebiet",
    NurAnderswo: "nur",
    NichtInKraft: "gueltig",
    AnderesGremium: "gremium",
    AndererSitz: "sitz",
    GibtEsNicht: "tag",
}


def nearest_json(projekt: Projekt, sitzung: Sitzung, beinahe: Beinahe) -> dict[str, Any]:
    """Return a rule that comes near, with each condition that fails, as plain data."""
    return {
        "regel": beinahe.regel.id,
        "als": beinahe.regel.als.value,
        "grundlage": grundlage_json(beinahe.regel.grundlage, projekt.katalog),
        "fehlt": [
            {
                "art": _ARTEN[type(hindernis)],
                **attrs.asdict(hindernis),
                "meldung": words(lacks(projekt, sitzung, hindernis)),
            }
            for hindernis in beinahe.fehlt
        ],
    }
