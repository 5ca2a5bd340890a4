"""What another reading of an open question would do to one invitation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from itertools import product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from gremienplan.cli.gruende import als_name
from gremienplan.errors import InputError
from gremienplan.quellen import Alternative, Auslegung, Authority, Grundlage, Katalog
from gremienplan.rules import Als, Invitation, NotInvited, RegelArt, why
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.programm import Sitzung
    from gremienplan.projekt import Projekt

REGELN = frozenset(art.value for art in RegelArt)
"""The tables of a city's rules."""
OHNE_EINLADUNG = frozenset({"beratung", "bedingung", "wunsch", "ort", "anlass", "frist", "meidetag"})
"""Tables whose entries invite nobody."""


TRIED = 6
"""How many answers of the planner are tried for one alternative."""

Chosen: TypeAlias = "str | Mapping[str, Any] | None"


class Folge(Enum):
    """What becomes of the invitation."""

    EINGELADEN = "eingeladen"
    NICHT_EINGELADEN = "nicht-eingeladen"
    KEINE_SITZUNG = "keine-sitzung"
    """The programme then has no such Sitzung."""
    UNBESTIMMT = "unbestimmt"
    """It depends on something the planner has to say first."""


Outcome: TypeAlias = tuple[Folge, tuple[Als, ...]]
"""What becomes of the invitation, and as what."""


@frozen
class AndereLesart:
    """One other reading of one open question, and what becomes of the invitation."""

    auslegung: Auslegung
    wahl: str | None
    """Id of the alternative; None for the city's own reading, where the project follows another one."""
    lesart: str
    folge: Folge
    als: tuple[Als, ...] = ()
    fragen: tuple[str, ...] = ()
    """What the planner has to say before the alternative can be followed."""


def other_readings(
    folder: Path,
    programm: str | None,
    projekt: Projekt,
    sitzung: Sitzung,
    tag: date,
    answer: Invitation | NotInvited,
) -> Iterator[AndereLesart]:
    """Yield what each other reading does: of each that a reason stands on, and wherever the answer changes."""
    direct = {g.id for g in _grundlagen(answer) if g.authority is Authority.AUSLEGUNG}
    cited = direct | _questions(projekt.katalog, answer)
    before = _folge(answer)
    for auslegung in (a.am(tag) for a in projekt.katalog.auslegungen.values()):
        for wahl, alternative in _others(auslegung).items():
            lesart = alternative.lesart if alternative else auslegung.statt
            found: Outcome | None = before
            if alternative is None or _concerns(alternative, projekt, sitzung, answer):
                outcomes = {
                    given: _ask(folder, programm, sitzung, tag, answer, {auslegung.id: chosen})
                    for given, chosen in _choices(wahl, alternative)
                }
                found = next(iter(outcomes.values())) if len(set(outcomes.values())) == 1 else None
                if alternative and alternative.verlangt and (outcomes or auslegung.id in cited) and not found:
                    fragen = tuple(_deciding(alternative, outcomes))
                    yield AndereLesart(auslegung, wahl, lesart, Folge.UNBESTIMMT, fragen=fragen)
            if found and (auslegung.id in direct or found != before):
                yield AndereLesart(auslegung, wahl, lesart, *found)


def _choices(wahl: str | None, alternative: Alternative | None) -> Iterator[tuple[tuple[str, ...], Chosen]]:
    """Yield every way to follow an alternative: one, or one for each answer that the planner may give."""
    if alternative is None or not alternative.verlangt:
        yield (), wahl
        return
    answers = [angabe.aus for angabe in alternative.verlangt.values()]
    if prod(map(len, answers)) <= TRIED:
        for given in product(*answers):
            yield given, {"wahl": wahl, "angabe": dict(zip(alternative.verlangt, given, strict=True))}


def _deciding(alternative: Alternative, outcomes: Mapping[tuple[str, ...], Outcome | None]) -> Iterator[str]:
    """Yield the questions whose answers decide; all of them, where not every answer can be tried."""
    for nummer, angabe in enumerate(alternative.verlangt.values()):
        rest: dict[tuple[str, ...], set[Outcome | None]] = {}
        for given, outcome in outcomes.items():
            rest.setdefault(given[:nummer] + given[nummer + 1 :], set()).add(outcome)
        if len(set(outcomes.values())) < 2 or any(len(different) > 1 for different in rest.values()):
            yield angabe.frage


def _folge(answer: Invitation | NotInvited) -> Outcome:
    if isinstance(answer, Invitation):
        return Folge.EINGELADEN, answer.als
    return Folge.NICHT_EINGELADEN, ()


def _ask(
    folder: Path,
    programm: str | None,
    sitzung: Sitzung,
    tag: date,
    answer: Invitation | NotInvited,
    lesarten: Mapping[str, Chosen],
) -> Outcome | None:
    """Ask the same of the project read otherwise; None where it cannot be read so, beside what it has chosen."""
    from gremienplan.loading import load

    try:
        other = load(folder, programm=programm, jahr=sitzung.jahr, lesarten=lesarten)
    except InputError:
        return None
    same = next((s for s in other.sitzungen(sitzung.jahr) if s.id == sitzung.id), None)
    if same is None:
        return Folge.KEINE_SITZUNG, ()
    return _folge(why(other.stadt, other.regeln, same, answer.sitz, tag))


def _others(auslegung: Auslegung) -> dict[str | None, Alternative | None]:
    """Return the readings of a question that are not followed, by their ids; the city's own one has none."""
    own: dict[str | None, Alternative | None] = {None: None} if auslegung.wahl else {}
    return own | {wahl: a for wahl, a in auslegung.alternative.items() if wahl != auslegung.wahl}


def _questions(katalog: Katalog, answer: Invitation | NotInvited) -> set[str]:
    """Return the questions that the passages behind the reasons leave open."""
    ids = {grundlage.id for grundlage in _grundlagen(answer) if grundlage.id in katalog.stellen}
    found = {question for id in ids for question in katalog.stellen[id].auslegung}
    return found | {a.id for a in katalog.auslegungen.values() if ids & set(a.stellen)}


def _grundlagen(answer: Invitation | NotInvited) -> Iterator[Grundlage]:
    match answer:
        case Invitation(gruende=gruende):
            yield from (grund.grundlage for grund in gruende)
        case NotInvited(naechste=naechste, ausgeschlossen=ausgeschlossen, liste=liste):
            yield from (beinahe.regel.grundlage for beinahe in naechste)
            yield from (ausschluss.grundlage for ausschluss in ausgeschlossen)
            if liste:
                yield liste.grundlage


def _concerns(
    alternative: Alternative, projekt: Projekt, sitzung: Sitzung, answer: Invitation | NotInvited
) -> bool:
    """Tell whether an alternative can change this invitation; in doubt it can."""
    art = sitzung.gremium.art.id
    regeln = {regel.id: regel.gremium.partition("/")[0] for regel in projekt.regeln}

    def about(tabelle: str, kennung: str) -> bool:
        if tabelle in REGELN:
            return regeln.get(kennung, art) == art
        if tabelle == "sitzung":
            return kennung == sitzung.eintrag.id
        if tabelle == "rolle":
            return kennung == answer.sitz.rolle.id
        return tabelle not in OHNE_EINLADUNG

    for aenderung in (*alternative.aenderungen(""), *alternative.datei.values()):
        if any(regeln.get(id.partition("@")[0]) == art or id == sitzung.eintrag.id for id in aenderung.ohne):
            return True
        for pfad in (*aenderung.setzt, *aenderung.entfernt):
            tabelle, _, rest = pfad.partition(".")
            if not rest.endswith(".orte") and about(tabelle, rest.partition(".")[0]):
                return True
        if any(liste in REGELN and art in _gremien(roh) for liste, roh in aenderung.dazu.items()):
            return True
    return False


def _gremien(eintraege: object) -> set[str]:
    """Return the Gremienarten that raw rules are about."""
    found = eintraege if isinstance(eintraege, Iterable) else ()
    return {str(roh.get("gremium", "")).partition("/")[0] for roh in found if isinstance(roh, dict)}


def reading_text(andere: AndereLesart, eingeladen: bool) -> Text:
    """Say what another reading does."""
    facts: dict[str, Any] = {"lesart": andere.lesart}
    match andere.folge:
        case Folge.EINGELADEN:
            als = tuple(als_name(als) for als in andere.als)
            if eingeladen:
                return Text("Read otherwise, “{lesart}”: still invited, as {als}.", **facts, als=als)
            return Text("Read otherwise, “{lesart}”: then invited, as {als}.", **facts, als=als)
        case Folge.NICHT_EINGELADEN if eingeladen:
            return Text("Read otherwise, “{lesart}”: not invited.", **facts)
        case Folge.NICHT_EINGELADEN:
            return Text("Read otherwise, “{lesart}”: still not invited.", **facts)
        case Folge.KEINE_SITZUNG:
            return Text("Read otherwise, “{lesart}”: there is no such Sitzung.", **facts)
        case Folge.UNBESTIMMT:
            return Text(
                "Read otherwise, “{lesart}”: that depends. {fragen}", **facts, fragen=" ".join(andere.fragen)
            )


def reading_json(andere: AndereLesart) -> dict[str, Any]:
    """Return the same as plain data."""
    return {
        "auslegung": andere.auslegung.id,
        "frage": andere.auslegung.frage,
        "wahl": andere.wahl,
        "lesart": andere.lesart,
        "folge": andere.folge.value,
        "als": [als.value for als in andere.als],
        "fragen": list(andere.fragen),
    }
