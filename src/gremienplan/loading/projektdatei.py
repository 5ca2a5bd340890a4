"""``gremienplan.toml``: which city, programme and calendars a planner works with, and what only the planner knows."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from attrs import field, frozen

from gremienplan.loading.angaben import closest
from gremienplan.loading.ordner import PROJEKT, Ordner, find_stadt, shipped
from gremienplan.loading.regeln import read_vorgaben
from gremienplan.loading.shapes import join
from gremienplan.loading.stadt import read_vertretungen
from gremienplan.loading.toml import Befund, Datei
from gremienplan.loading.verweise import Bekannt, Verweise
from gremienplan.projekt import Besetzt
from gremienplan.ratskalender import FreierTag
from gremienplan.rules import Regel
from gremienplan.texts import Text

_TABELLEN = ("auslegung", "gastgeber", "geschaeftsfuehrung", "vertretung", "besetzt", "freier_tag")


@frozen
class Kopf:
    """The keys at the top of the file."""

    stadt: str
    programm: str = "programm.toml"
    ratskalender: tuple[str, ...] = ("jahre/{jahr}/ratskalender/*.ics", "ratskalender/*.ics")
    besetzung: str = "besetzung.csv"


@frozen
class Projektdatei:
    """A project's file that could be read, and the city folder it names (None, and a problem, if there is none)."""

    ordner: Ordner
    datei: Datei
    kopf: Kopf
    stadt: Ordner | None


@frozen
class Zusatz:
    """What the project adds to its city: rules on the planner's word, deputies, occupied time, free days."""

    regeln: tuple[Regel, ...] = ()
    besetzt: tuple[Besetzt, ...] = ()
    freie_tage: tuple[FreierTag, ...] = ()
    vertretungen: Mapping[str, str] = field(factory=dict)
    """Sitz -> the Sitz that may present in its place; beside those of the city, and before them."""


def read_projektdatei(befund: Befund, ordner: Ordner) -> Projektdatei | None:
    """Return the project's file; None, and a problem, when not even its head can be read."""
    wo = ordner / PROJEKT
    datei = befund.toml(wo.pfad, wo.name, wo.eingabe)
    if datei is None:
        return None
    oben = [feld.name for feld in attrs.fields(Kopf)]
    datei.check_keys((*oben, *_TABELLEN))
    kopf = datei.structure(Kopf, {key: wert for key, wert in datei.inhalt.items() if key in oben}, "")
    if kopf is None:
        return None
    stadt = find_stadt(ordner, kopf.stadt)
    if stadt is None:
        meldung = Text("There is no such city folder, and no city of this name ships with gremienplan.")
        datei.problem("stadt", meldung, kopf.stadt, closest(kopf.stadt, shipped()))
    return Projektdatei(ordner, datei, kopf, stadt)


def read_zusatz(datei: Datei, bekannt: Bekannt) -> Zusatz:
    """Return what the project adds to its city."""
    verweise = Verweise(datei, bekannt)
    besetzt: list[Besetzt] = []
    for pfad, roh in datei.entries("besetzt"):
        zeit = datei.structure(Besetzt, roh, pfad)
        if zeit is not None:
            verweise.check("sitze-und-orte", zeit.wer, join(pfad, "wer"))
            if zeit.bis <= zeit.von:
                datei.problem(
                    join(pfad, "bis"), Text("This must be later than {von}.", von=zeit.von), zeit.bis
                )
            besetzt.append(zeit)
    frei: list[FreierTag] = []
    for pfad, roh in datei.entries("freier_tag"):
        tage = datei.structure(FreierTag, roh, pfad)
        if tage is not None:
            if tage.bis < tage.von:
                meldung = Text("The last day lies before the first, {von}.", von=tage.von)
                datei.problem(join(pfad, "bis"), meldung, tage.bis)
            frei.append(tage)
    return Zusatz(read_vorgaben(datei, bekannt), tuple(besetzt), tuple(frei), read_vertretungen(verweise))
