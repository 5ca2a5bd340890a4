"""Entries that a project adds to the lists of its city's programme, on the planner's own word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from gremienplan.fristen import Frist
from gremienplan.loading.programm import Gelesen
from gremienplan.loading.regeln import check_id
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei
from gremienplan.programm import Meidetag
from gremienplan.quellen import Authority
from gremienplan.texts import Text

E = TypeVar("E", Frist, Meidetag)


def ergaenzungen(datei: Datei, gelesen: Gelesen, liste: str, cls: type[E]) -> Iterator[tuple[str, E]]:
    """Yield place and value of each entry of a project's list; each is new, or replaces a planner's default."""
    orte: dict[str, str] = {}
    for pfad, roh in datei.entries(liste):
        neu = check_id(datei, roh, pfad, orte)
        wert = datei.structure(cls, roh, pfad)
        if wert is None or not neu:
            continue
        if wert.grundlage.authority is not Authority.VORGABE:
            meldung = Text("A project adds entries on the planner's word alone: vorgabe = true")
            datei.problem(join(pfad, wert.grundlage.authority.value), meldung, wert.grundlage.id)
        fund = gelesen.eintraege.get(wert.id)
        if fund is not None and fund.liste != liste:
            meldung = Text("Another entry of the programme has this id: {ort}", ort=fund.pfad)
            datei.problem(join(pfad, "id"), meldung, wert.id)
        elif fund is not None and fund.wert.grundlage.authority is not Authority.VORGABE:
            meldung = Text(
                "The city's entry stands on {grundlage}; a planner's default cannot take its place.",
                grundlage=str(fund.wert.grundlage),
            )
            hinweis = Text("Give yours an id of its own; it then holds beside that one.")
            datei.problem(join(pfad, "id"), meldung, wert.id, hinweis)
        yield pfad, wert
