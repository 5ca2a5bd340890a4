"""The specification of every requirement kind: one small function each, and the choice among them.

A checker takes a requirement and where the events lie, and yields what is broken. It knows of no slots, half
hours or candidates, so it judges any plan, also one edited by hand. What the kinds share:

- Only Stattfinden and Angesetzt speak of a missing event; to the others it says nothing.
- An event that stands in the plan twice has two Termine, and each is judged.
- "The day" of a Termin is the day it begins on; Tageszeit and Sperrtage also look at the day it ends on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from gremienplan.auditing import ansetzung, folgen, zeiten, zugleich
from gremienplan.auditing.befunde import Finding, Lagen
from gremienplan.requirements import (
    Angesetzt,
    Anzahl,
    EineVon,
    Fenster,
    Fest,
    Hoechstabstand,
    KeineUeberschneidung,
    Mindestabstand,
    Namen,
    OrtFrei,
    Raumgroesse,
    Reihenfolge,
    Requirement,
    Sperrtage,
    Stattfinden,
    Tageszeit,
    Verfuegbar,
    Wegezeit,
    Wochentage,
)


def check(requirement: Requirement, lagen: Lagen, namen: Namen) -> tuple[Finding, ...]:
    """Return everything by which a plan breaks one requirement; nothing when it keeps it.

    ``lagen`` says where each event lies (as :attr:`gremienplan.plan.Plan.lagen`), ``namen`` its name.
    """
    return tuple(_findings(requirement, lagen, namen))


def _findings(requirement: Requirement, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    match requirement:
        case Stattfinden():
            return ansetzung.stattfinden(requirement, lagen, namen)
        case Angesetzt():
            return ansetzung.angesetzt(requirement, lagen, namen)
        case Fenster():
            return zeiten.fenster(requirement, lagen, namen)
        case Fest():
            return zeiten.fest(requirement, lagen, namen)
        case Wochentage():
            return zeiten.wochentage(requirement, lagen, namen)
        case Tageszeit():
            return zeiten.tageszeit(requirement, lagen, namen)
        case Sperrtage():
            return zeiten.sperrtage(requirement, lagen, namen)
        case KeineUeberschneidung():
            return zeiten.keine_ueberschneidung(requirement, lagen, namen)
        case Reihenfolge():
            return folgen.reihenfolge(requirement, lagen, namen)
        case Hoechstabstand():
            return folgen.hoechstabstand(requirement, lagen, namen)
        case Mindestabstand():
            return folgen.mindestabstand(requirement, lagen, namen)
        case Anzahl():
            return folgen.anzahl(requirement, lagen, namen)
        case Verfuegbar():
            return zugleich.verfuegbar(requirement, lagen, namen)
        case Wegezeit():
            return zugleich.wegezeit(requirement, lagen, namen)
        case EineVon():
            return zugleich.eine_von(requirement, lagen, namen)
        case OrtFrei():
            return zugleich.ort_frei(requirement, lagen, namen)
        case Raumgroesse():
            return ansetzung.raumgroesse(requirement, lagen, namen)
        case _:
            assert_never(requirement)
