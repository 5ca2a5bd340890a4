"""``jahre/JAHR/pins.toml``: dates a planner has pinned; and ``versuch.toml`` beside it: pins that are only tried."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from pathlib import Path

from attrs import frozen

from gremienplan.errors import InputError
from gremienplan.loading.angaben import closest
from gremienplan.loading.ordner import Ordner
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Befund, Datei
from gremienplan.loading.zusatz import Zusatz, all_sitzungen
from gremienplan.programm import Programm, beratungen, sitzungen
from gremienplan.projekt import Pin, Projekt
from gremienplan.stadt import Stadt
from gremienplan.texts import Text
from gremienplan.uhr import unclear

PINS = "pins.toml"
VERSUCH = "versuch.toml"


@frozen
class Pineintrag:
    """``[[pin]]``: what of one event is pinned."""

    sitzung: str
    tag: date
    uhr: time | None = None
    ort: str = ""


def read_pins(
    befund: Befund,
    ordner: Ordner,
    jahre: Collection[int],
    stadt: Stadt,
    programm: Programm,
    zusatz: Zusatz,
) -> tuple[Pin, ...]:
    """Return the pins of these years; a year without the file has none."""
    found: list[Pin] = []
    for jahr in jahre:
        wo = ordner / f"jahre/{jahr}/{PINS}"
        datei = befund.toml(wo.pfad, wo.name, wo.eingabe) if wo.pfad.is_file() else None
        if datei:
            found += _pins(datei, jahr, stadt, programm, zusatz)
    return tuple(found)


def read_versuch(path: Path, jahr: int, projekt: Projekt) -> tuple[Pin, ...]:
    """Return the pins that are tried; none where there is no such file. Raises InputError with every problem in it."""
    if not path.is_file():
        return ()
    befund = Befund()
    datei = befund.toml(path, str(path), path.name)
    found = tuple(_pins(datei, jahr, projekt.stadt, projekt.programm, dict(projekt.zusatz))) if datei else ()
    if befund.problems:
        raise InputError(befund.problems)
    return found


def _pins(datei: Datei, jahr: int, stadt: Stadt, programm: Programm, zusatz: Zusatz) -> Iterator[Pin]:
    datei.check_keys(("pin",))
    meetings = {s.id for s in all_sitzungen(stadt, programm, jahr, zusatz)}
    items = {b.id for b in beratungen(stadt, programm, sitzungen(stadt, programm, jahr))}
    seen: set[str] = set()
    for pfad, roh in datei.entries("pin"):
        pin = datei.structure(Pineintrag, roh, pfad)
        if pin is None:
            continue
        if pin.sitzung not in meetings | items:
            meldung = Text("The programme has no Sitzung or Beratung with this id.")
            datei.problem(join(pfad, "sitzung"), meldung, pin.sitzung, closest(pin.sitzung, meetings | items))
        if pin.sitzung in seen:
            datei.problem(join(pfad, "sitzung"), Text("This has been pinned before."), pin.sitzung)
        seen.add(pin.sitzung)
        if pin.ort and pin.sitzung in items:
            meldung = Text("An item has no place of its own: it is heard where its sitting is.")
            datei.problem(join(pfad, "ort"), meldung, pin.ort)
        elif pin.ort and pin.ort not in stadt.alle_orte:
            meldung = Text("There is no such Ort.")
            datei.problem(join(pfad, "ort"), meldung, pin.ort, closest(pin.ort, stadt.alle_orte))
        if pin.uhr and (why := unclear(datetime.combine(pin.tag, pin.uhr), stadt.zeitzone)):
            datei.problem(join(pfad, "uhr"), why, pin.uhr)
        yield Pin(pin.sitzung, pin.tag, pin.uhr, pin.ort, jahr)
