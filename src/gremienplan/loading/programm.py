"""``programm.toml``: the year's Sitzungen, Beratungen, Bedingungen and Wünsche, and programmes built on others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import define, evolve, field, frozen

from gremienplan.fristen import Frist
from gremienplan.loading.angaben import closest, show
from gremienplan.loading.regeln import check_id
from gremienplan.loading.shapes import FREI, join
from gremienplan.loading.toml import Datei
from gremienplan.loading.verweise import Bekannt, Namensraum, namensraum
from gremienplan.programm import (
    Anlass,
    Aufgabeneintrag,
    Beratungseintrag,
    Meidetag,
    Programm,
    Sitzungseintrag,
    Tagesordnungseintrag,
    bedingungen as bedingung,
    wuensche as wunsch,
)
from gremienplan.programm.bedingungen import Bedingung
from gremienplan.programm.profile import Profil
from gremienplan.programm.wuensche import Wunsch
from gremienplan.texts import Text

Eintrag = (
    Sitzungseintrag
    | Beratungseintrag
    | Bedingung
    | Wunsch
    | Aufgabeneintrag
    | Tagesordnungseintrag
    | Frist
    | Meidetag
)

LISTEN = ("sitzung", "beratung", "bedingung", "wunsch", "aufgabe", "tagesordnung", "frist", "meidetag")

_ARTEN: Mapping[str, Mapping[str, type]] = {"bedingung": bedingung.ARTEN, "wunsch": wunsch.ARTEN}
"""Lists whose entries say by ``art`` what they are."""

_EINE_ART: Mapping[str, type] = {
    "sitzung": Sitzungseintrag,
    "beratung": Beratungseintrag,
    "aufgabe": Aufgabeneintrag,
    "tagesordnung": Tagesordnungseintrag,
    "frist": Frist,
    "meidetag": Meidetag,
}

Oeffnen = Callable[[str], "Datei | None"]
"""Opens another programme by the name that ``erweitert`` gives; None, and a problem, when it cannot."""


@frozen
class Kopf:
    """``[programm]``."""

    id: str = field(metadata=FREI)
    name: str
    erweitert: str | None = None
    ohne: tuple[str, ...] = ()


@frozen
class Fund:
    """An entry, the list it stands in, and where: an entry of an extended programme stands in that one's file."""

    wert: Any
    liste: str
    datei: Datei
    pfad: str


@define
class Gelesen:
    """A programme while it is being read: its entries by id, in order, and the ids of broken ones."""

    kopf: Kopf | None = None
    anlaesse: dict[str, Fund] = field(factory=dict)
    eintraege: dict[str, Fund] = field(factory=dict)
    kaputt: dict[str, str] = field(factory=dict)
    """Id of an entry that could not be read -> the list it stands in."""
    kaputte_anlaesse: list[str] = field(factory=list)
    profile: dict[str, Fund] = field(factory=dict)
    entfernt: dict[str, Fund] = field(factory=dict)
    """What ``ohne`` took out."""
    offen: bool = False
    """A programme it is built on could not be read: nobody knows what is missing."""

    def bekannt(self, stadt: Bekannt) -> Bekannt:
        """Return the ids of the city together with those of the programme."""
        if self.offen:
            return stadt

        def raum(liste: str) -> Namensraum:
            ids = (kennung for kennung, fund in self.eintraege.items() if fund.liste == liste)
            return namensraum(ids, (kennung for kennung, wo in self.kaputt.items() if wo == liste))

        return evolve(
            stadt,
            anlaesse=namensraum(self.anlaesse, self.kaputte_anlaesse),
            sitzungen=raum("sitzung"),
            beratungen=raum("beratung"),
            meidetage=raum("meidetag"),
        )

    def programm(self) -> Programm:
        """Return the programme as a value; a makeshift one where it has mistakes."""

        def werte(liste: str) -> tuple[Any, ...]:
            return tuple(fund.wert for fund in self.eintraege.values() if fund.liste == liste)

        return Programm(
            id=self.kopf.id if self.kopf else "",
            name=self.kopf.name if self.kopf else "",
            anlaesse={kennung: fund.wert for kennung, fund in self.anlaesse.items()},
            sitzungen=werte("sitzung"),
            beratungen=werte("beratung"),
            bedingungen=werte("bedingung"),
            wuensche=werte("wunsch"),
            aufgaben=werte("aufgabe"),
            tagesordnung=werte("tagesordnung"),
            fristen=werte("frist"),
            meidetage=werte("meidetag"),
            profile={kennung: fund.wert for kennung, fund in self.profile.items()},
        )


def read_programm(datei: Datei | None, oeffnen: Oeffnen, kette: tuple[str, ...] = ()) -> Gelesen:
    """Return a programme and, where it extends another, all of that one but what ``ohne`` names.

    An entry with the id of an extended one takes its place. ``kette`` are the files that led here.
    """
    if datei is None:
        return Gelesen(offen=True)
    datei.check_keys(("programm", "anlass", "profil", *LISTEN))
    kopf = _read_kopf(datei)
    gelesen = _read_grundlage(datei, kopf, oeffnen, (*kette, datei.name))
    gelesen.kopf = kopf
    anlaesse, ohne_anlass = datei.keyed("anlass", Anlass)
    gelesen.kaputte_anlaesse += ohne_anlass
    for kennung, anlass in anlaesse.items():
        gelesen.anlaesse[kennung] = Fund(anlass, "anlass", datei, join("anlass", kennung))
    for kennung, profil in datei.keyed("profil", Profil)[0].items():
        gelesen.profile[kennung] = Fund(profil, "profil", datei, join("profil", kennung))
    orte: dict[str, str] = {}
    for liste in LISTEN:
        for pfad, roh in datei.entries(liste):
            neu = check_id(datei, roh, pfad, orte)
            wert = _read_eintrag(datei, liste, pfad, roh)
            if neu and wert is not None:
                gelesen.eintraege[wert.id] = Fund(wert, liste, datei, pfad)
            elif neu and isinstance(roh, dict) and isinstance(roh.get("id"), str):
                gelesen.kaputt[roh["id"]] = liste
    return gelesen


def _read_kopf(datei: Datei) -> Kopf | None:
    if "programm" not in datei.inhalt:
        datei.problem("programm", Text("This table is missing."))
        return None
    return datei.structure(Kopf, datei.inhalt["programm"], "programm")


def _read_grundlage(datei: Datei, kopf: Kopf | None, oeffnen: Oeffnen, kette: tuple[str, ...]) -> Gelesen:
    """Return the programme that another is built on, less what that one leaves out; an empty one if none."""
    if kopf is None:
        return Gelesen(offen="erweitert" in (datei.inhalt.get("programm") or ()))
    if kopf.erweitert is None:
        if kopf.ohne:
            datei.problem(
                "programm.ohne", Text("Only a programme that extends another can leave entries out.")
            )
        return Gelesen()
    andere = oeffnen(kopf.erweitert)
    if andere is not None and andere.name in kette:
        meldung = Text("These programmes extend each other in a circle: {namen}", namen=(*kette, andere.name))
        datei.problem("programm.erweitert", meldung, kopf.erweitert)
        return Gelesen(offen=True)
    gelesen = read_programm(andere, oeffnen, kette)
    for kennung in kopf.ohne:
        if kennung in gelesen.eintraege:
            gelesen.entfernt[kennung] = gelesen.eintraege.pop(kennung)
        elif gelesen.kaputt.pop(kennung, None) is None and not gelesen.offen:
            meldung = Text("The extended programme has no entry with this id.")
            datei.problem("programm.ohne", meldung, kennung, closest(kennung, gelesen.eintraege))
    return gelesen


def check_profile(gelesen: Gelesen) -> None:
    """Report every wish a profile names that the programme does not have, or that it names twice."""
    wishes = [k for k, fund in gelesen.eintraege.items() if fund.liste == "wunsch"]
    known = {*wishes, *gelesen.entfernt, *(k for k, liste in gelesen.kaputt.items() if liste == "wunsch")}
    for fund in gelesen.profile.values():
        seen: set[str] = set()
        for kennung in (kennung for stufe in fund.wert.stufen for kennung in stufe):
            pfad = join(fund.pfad, "stufen")
            if kennung in seen:
                fund.datei.problem(pfad, Text("The profile names this wish twice."), kennung)
            elif kennung not in known and not gelesen.offen:
                meldung = Text("The programme has no wish with this id.")
                fund.datei.problem(pfad, meldung, kennung, closest(kennung, wishes))
            seen.add(kennung)


def _read_eintrag(datei: Datei, liste: str, pfad: str, roh: object) -> Any:
    """Return an entry of one of the lists as the value it describes; None, and every mistake, if it is none."""
    cls = _EINE_ART.get(liste) or _read_art(datei, liste, pfad, roh)
    if cls is None:
        return None
    auch = ("art",) if liste in _ARTEN else ()
    rest = {key: teil for key, teil in roh.items() if key not in auch} if isinstance(roh, dict) else roh
    return datei.structure(cls, rest, pfad, auch=auch)


def _read_art(datei: Datei, liste: str, pfad: str, roh: object) -> type | None:
    """Return the class that an entry names by its key ``art``."""
    arten = _ARTEN[liste]
    art = roh.get("art") if isinstance(roh, dict) else None
    if not isinstance(roh, dict):
        datei.problem(pfad, Text("This must be a table with keys of its own."), roh)
    elif art is None:
        hinweis = Text("Known are: {names}", names=tuple(arten))
        datei.problem(join(pfad, "art"), Text("This key is missing."), hinweis=hinweis)
    elif show(art) not in arten:
        hinweis = closest(show(art), arten) or Text("Known are: {names}", names=tuple(arten))
        datei.problem(join(pfad, "art"), Text("There is no kind of this name."), art, hinweis)
    return arten.get(art) if isinstance(art, str) else None
