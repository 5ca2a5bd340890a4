"""Entries of a calendar that take no time: birthdays and reminders stand in it without occupying anybody."""

from __future__ import annotations

from gremienplan.loading.ics_zeilen import ganze_komponenten

_FELDER = frozenset({"UID", "TRANSP"})


def transparent(datei: str, roh: bytes) -> frozenset[str]:
    """Return the UIDs of an iCalendar file all of whose events say of themselves that they leave time free.

    A series of which only single dates do so takes time. Raises InputError for a file that is none.
    """
    frei: set[str] = set()
    belegt: set[str] = set()
    for event in ganze_komponenten(datei, roh)[0]:
        felder = event.lesbare(_FELDER) if event.name == "VEVENT" else {}
        if "UID" in felder:
            takes_none = "TRANSP" in felder and felder["TRANSP"][0].wert.strip().upper() == "TRANSPARENT"
            (frei if takes_none else belegt).add(" ".join(felder["UID"][0].wert.split()))
    return frozenset(frei - belegt)
