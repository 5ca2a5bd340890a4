"""Orte: where Sitzungen can be held, who is at home there, and what occupies them every week."""

from __future__ import annotations

from datetime import date, time

from attrs import frozen

from gremienplan.quellen import Grundlage
from gremienplan.texts import Text


@frozen
class Wochenbelegung:
    """Time in which an Ort is occupied week after week, in the city's local time, summer and winter alike."""

    wochentag: int
    von: time
    bis: time
    was: str
    grundlage: Grundlage
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None


@frozen
class Ort:
    """A venue: where it lies, what kind it is, and when something else occupies it."""

    id: str
    name: str
    art: str
    gebiet: str
    """Key of the Gebiet it serves (``sozialraum/nord``)."""
    adresse: str = ""
    stufenlos: bool | None = None
    plaetze: int | None = None
    """How many people it holds; None if nobody has said."""
    hilfen: tuple[str, ...] = ()
    """What is there for those who need it to take part, as people read it: an induction loop, a ramp."""
    sitz: str = ""
    """Id of the Sitz at home there, who is the host of what takes place in it."""
    belegt: tuple[Wochenbelegung, ...] = ()


def access(ort: Ort) -> tuple[Text, ...]:
    """Say who can get in and take part: whether there are steps, where that is known, and what helps there.

    >>> [str(text) for text in access(Ort("aula", "Aula", "schule", "stadt/stadt", stufenlos=False, hilfen=("Rampe",)))]
    ['not step-free', 'there: Rampe']
    """
    steps = {True: (Text("step-free access"),), False: (Text("not step-free"),), None: ()}[ort.stufenlos]
    return (*steps, Text("there: {hilfen}", hilfen=ort.hilfen)) if ort.hilfen else steps
