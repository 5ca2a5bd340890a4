"""What the answers of an OParl server hold together: meetings, bodies and places, linked when all are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.angaben import closest
from gremienplan.loading.oparl_json import Objekt, Schaden
from gremienplan.loading.oparl_objekte import (
    Art,
    Koerperschaft,
    Organ,
    Treffen,
    adressen,
    art,
    geaendert,
    ist_verweis,
    ja,
    jedes,
    kennung,
    ortstext,
    schluessel,
    status,
    text,
    verweis,
    zeit,
)
from gremienplan.ratskalender import Eintrag, Gemeint, Mangel, Verlust
from gremienplan.texts import Text

GENUG = 1_000
"""So many losses of a kind are kept one by one; of the others there is only their number."""
_TIEFE = 6
"""So deep objects stand inside objects: System, Body, Organization, Meeting, Location."""


@frozen
class _Weg:
    """A deleted object that may be a meeting."""

    kennung: str
    geaendert: datetime | None


_GANZ = (Mangel.ZEIT_UNLESBAR, Mangel.OHNE_BEGINN)
"""What loses a whole meeting."""


@define
class Sammlung:
    """Everything read so far."""

    quelle: str
    zone: ZoneInfo
    koerperschaften: dict[str, Koerperschaft] = field(factory=dict)
    systeme: list[str] = field(factory=list)
    """Addresses of lists of Bodies."""
    organe: dict[str, Organ] = field(factory=dict)
    orte: dict[str, str] = field(factory=dict)
    verluste: list[Verlust] = field(factory=list)
    vollstaendig: bool = True
    leere_liste: bool = False
    """A list without any object was among the answers: there may be no meetings."""
    _treffen: dict[str, Treffen | _Weg] = field(factory=dict)
    _namenlose: list[Treffen] = field(factory=list)
    _gefunden: bool = False
    _anzahl: Counter[Mangel] = field(factory=Counter)

    @property
    def hat_sitzungen(self) -> bool:
        """Tell whether any meeting was among the answers, be it lost or deleted."""
        return self._gefunden

    def nimm(self, stueck: Objekt | Schaden, wo: str, sonst: Art = Art.ANDERES) -> Art:
        """Take one piece of an answer that stands at ``wo``; returns what it is."""
        stelle = f"{wo}#{stueck.nummer}" if stueck.nummer else wo
        if isinstance(stueck, Schaden):
            mangel = Mangel.ABGESCHNITTEN if stueck.ende else Mangel.KEIN_OBJEKT
            self.verliere(mangel, stelle, stueck.wert)
            return Art.ANDERES
        if stueck.liste:
            sonst = erwartet(stueck.liste)
        return self._objekt(stueck.wert, stelle, sonst)

    def verliere(
        self, mangel: Mangel, stelle: str, wert: object = "", eintrag: Gemeint | None = None
    ) -> None:
        """Note a loss; an unknown part of the source makes the reading incomplete."""
        if mangel.unvollstaendig or mangel is Mangel.KEIN_OBJEKT:
            self.vollstaendig = False
        self._anzahl[mangel] += 1
        if self._anzahl[mangel] <= GENUG:
            self.verluste.append(Verlust(mangel, stelle, text(wert)[:80], eintrag))

    def _objekt(self, wert: dict[str, object], stelle: str, sonst: Art, tiefe: int = 0) -> Art:
        eine = art(wert, sonst)
        if tiefe > _TIEFE:
            return eine
        if ja(wert.get("deleted")):
            if eine is Art.SITZUNG or (eine is Art.ANDERES and not text(wert.get("type"))):
                self._merke(_Weg(kennung(wert.get("id")), geaendert(wert.get("modified"), self.zone)))
                self._gefunden = self._gefunden or eine is Art.SITZUNG
            return eine
        match eine:
            case Art.SITZUNG:
                self._sitzung(wert, stelle)
            case Art.GREMIUM:
                self._organ(wert)
                self._innen(wert.get("meeting"), Art.SITZUNG, stelle, tiefe)
            case Art.ORT:
                self.orte[schluessel(kennung(wert.get("id")))] = ortstext(wert)
            case Art.KOERPERSCHAFT:
                self._koerperschaft(wert)
                for key, was in (
                    ("organization", Art.GREMIUM),
                    ("meeting", Art.SITZUNG),
                    ("locationList", Art.ORT),
                ):
                    self._innen(wert.get(key), was, stelle, tiefe)
            case Art.SYSTEM:
                self.systeme += adressen(wert.get("body"))
                self._innen(wert.get("body"), Art.KOERPERSCHAFT, stelle, tiefe)
            case Art.ANDERES:
                pass
        return eine

    def _innen(self, wert: object, sonst: Art, stelle: str, tiefe: int) -> None:
        """Take the objects that stand inside an object where others have addresses."""
        for eines in jedes(wert):
            if isinstance(eines, dict):
                self._objekt(eines, stelle, sonst, tiefe + 1)

    def _koerperschaft(self, wert: dict[str, object]) -> None:
        id_ = kennung(wert.get("id"))
        namen = (text(wert.get(key)) for key in ("name", "shortName", "ags", "rgs"))
        self.koerperschaften[schluessel(id_)] = Koerperschaft(
            id_,
            tuple(filter(None, namen)),
            adressen(wert.get("meeting")),
            adressen(wert.get("organization")),
            adressen(wert.get("locationList")),
        )

    def _organ(self, wert: dict[str, object]) -> str:
        """Keep a body; returns by what it is found again."""
        namen = tuple(filter(None, (text(wert.get("name")), text(wert.get("shortName")))))
        id_ = kennung(wert.get("id"))
        key = schluessel(id_) or (namen[0] if namen else "")
        haus = next(iter(adressen(wert.get("body"))), "")
        wann = geaendert(wert.get("modified"), self.zone)
        neu = Organ(id_, namen, haus, adressen(wert.get("meeting")), wann)
        alt = self.organe.get(key)
        aelter = alt is not None and alt.geaendert is not None and wann is not None and wann < alt.geaendert
        if alt is None or not alt.namen or (namen and not aelter):
            self.organe[key] = neu
        return id_ or key

    def _sitzung(self, wert: dict[str, object], stelle: str) -> None:
        self._gefunden = True
        id_ = kennung(wert.get("id"))
        stelle = id_ or stelle
        beginn = self._zeit(wert.get("start"), stelle, Gemeint(id_, text(wert.get("name"))))
        organe = tuple(dict.fromkeys(self._organe(wert.get("organization"))))
        ort = self._ort(wert.get("location"))
        if beginn is None:
            return
        ende = self._zeit(wert.get("end"), f"{stelle} (end)")
        self._merke(
            Treffen(
                kennung=id_,
                name=text(wert.get("name")),
                beginn=beginn,
                ende=ende,
                status=status(wert),
                organe=organe,
                ort=ort,
                geaendert=geaendert(wert.get("modified"), self.zone),
            )
        )

    def _zeit(self, wert: object, stelle: str, fuer: Gemeint | None = None) -> datetime | date | None:
        """Return a time; None, and a loss, if nobody can read it, or if it is missing and an entry needs it."""
        try:
            gelesen = zeit(wert, self.zone)
        except (ValueError, ArithmeticError):
            self.verliere(Mangel.ZEIT_UNLESBAR if fuer else Mangel.UHRZEIT_UNLESBAR, stelle, wert, fuer)
            return None
        if gelesen is None and fuer:
            self.verliere(Mangel.OHNE_BEGINN, stelle, eintrag=fuer)
        return gelesen

    def _organe(self, wert: object) -> Iterator[str]:
        """Yield addresses or names of the bodies of a meeting; bodies that stand in it are kept."""
        for eines in jedes(wert):
            if isinstance(eines, dict):
                if art(eines, Art.GREMIUM) is Art.GREMIUM and (key := self._organ(eines)):
                    yield key
            elif name := verweis(eines):
                yield name

    def _ort(self, wert: object) -> str:
        """Return the text of a place, or its address."""
        for eines in jedes(wert):
            if isinstance(eines, dict):
                gesagt = ortstext(eines) if art(eines, Art.ORT) is Art.ORT else ""
            else:
                gesagt = verweis(eines)
            if gesagt:
                return gesagt
        return ""

    def _merke(self, neu: Treffen | _Weg) -> None:
        """Keep a meeting, or that it was deleted; of two versions of one the newer, else the later."""
        if not neu.kennung:
            if isinstance(neu, Treffen):
                self._namenlose.append(neu)
            return
        alt = self._treffen.get(neu.kennung)
        if alt is None or _gilt(neu, alt):
            self._treffen[neu.kennung] = neu

    # --- when all is read

    def fehlende(self) -> tuple[list[str], list[str]]:
        """Return the addresses of bodies and of places that meetings name and nothing says what they are."""
        organe = [ref for t in self._alle() for ref in t.organe if ist_verweis(ref) and not self._name(ref)]
        orte = [t.ort for t in self._alle() if ist_verweis(t.ort) and schluessel(t.ort) not in self.orte]
        return list(dict.fromkeys(organe)), list(dict.fromkeys(orte))

    def eintraege(self, gremien: Collection[str], haus: Koerperschaft | None) -> tuple[Eintrag, ...]:
        """Return the entries in the order of time, of some bodies or of one Body only if they are named."""
        gewollt = {schluessel(text(name)).casefold() for name in gremien}
        genommen = [t for t in self._alle() if self._gehoert(t, haus) and self._gewollt(t, gewollt)]
        genommen.sort(key=lambda t: f"{t.beginn.isoformat()}\0{t.name}\0{t.kennung}")
        return tuple(map(self._eintrag, genommen))

    def alle_verluste(self) -> tuple[Verlust, ...]:
        """Return what was lost, each once: deleted meetings, and what was linked and is nowhere, at the end."""
        weg = [Verlust(Mangel.GELOESCHT, t.kennung) for t in self._treffen.values() if isinstance(t, _Weg)]
        fehlend = [
            Verlust(Mangel.VERWEIS_FEHLT, adresse) for teil in self.fehlende() for adresse in sorted(teil)
        ]
        mehr = [
            Verlust(mangel, "…", f"+{n - GENUG}", Gemeint() if mangel in _GANZ else None)
            for mangel, n in self._anzahl.items()
            if n > GENUG
        ]
        return tuple(dict.fromkeys((*self.verluste, *mehr, *weg, *fehlend)))

    def check_gremien(self, gremien: Iterable[str], datei: str) -> None:
        """Raise InputError for every name that no body of the source has."""
        bekannt = {n for organ in self.organe.values() for n in organ.namen}
        bekannt |= {ref for t in self._alle() for ref in t.organe if not ist_verweis(ref)}
        gefaltet = {name.casefold() for name in bekannt} | {key.casefold() for key in self.organe}
        meldung = Text("This source has no body of this name.")
        problems = [
            Problem(datei, "gremium", meldung, name, closest(name, sorted(bekannt)))
            for name in gremien
            if schluessel(text(name)).casefold() not in gefaltet
        ]
        if problems and bekannt:
            raise InputError(problems)

    def koerperschaft(self, name: str, datei: str) -> Koerperschaft:
        """Return the Body of a name, number or address; raises InputError with those there are."""
        alle = list(self.koerperschaften.values())
        for eine in alle:
            if name.strip().casefold() in {n.casefold() for n in eine.namen} or schluessel(
                eine.id
            ) == schluessel(name):
                return eine
        raise InputError(
            [Problem(datei, "", Text("This source has no Body of this name."), name, nenne(alle))]
        )

    def _alle(self) -> Iterator[Treffen]:
        yield from (t for t in self._treffen.values() if isinstance(t, Treffen))
        yield from self._namenlose

    def _name(self, ref: str) -> str:
        organ = self.organe.get(schluessel(ref)) or self.organe.get(ref)
        return organ.name if organ is not None else "" if ist_verweis(ref) else ref

    def _gewollt(self, treffen: Treffen, gewollt: set[str]) -> bool:
        if not gewollt:
            return True
        organe = [(ref, self.organe.get(schluessel(ref))) for ref in treffen.organe]
        namen = {name.casefold() for _, organ in organe if organ is not None for name in organ.namen}
        return not gewollt.isdisjoint(namen | {schluessel(ref).casefold() for ref, _ in organe})

    def _gehoert(self, treffen: Treffen, haus: Koerperschaft | None) -> bool:
        """Tell whether a meeting is of a Body, as far as its bodies say whose they are."""
        if haus is None:
            return True
        organe = [self.organe.get(schluessel(ref)) for ref in treffen.organe]
        haeuser = {
            schluessel(organ.koerperschaft) for organ in organe if organ is not None and organ.koerperschaft
        }
        return not haeuser or schluessel(haus.id) in haeuser

    def _eintrag(self, treffen: Treffen) -> Eintrag:
        ort = self.orte.get(schluessel(treffen.ort), "") if ist_verweis(treffen.ort) else treffen.ort
        return Eintrag(
            quelle=self.quelle,
            kennung=treffen.kennung,
            name=treffen.name,
            beginn=treffen.beginn,
            ende=treffen.ende,
            ort=ort,
            status=treffen.status,
            gremien=tuple(dict.fromkeys(name for ref in treffen.organe if (name := self._name(ref)))),
            geaendert=treffen.geaendert,
        )


def _gilt(neu: Treffen | _Weg, alt: Treffen | _Weg) -> bool:
    """Tell whether the later of two versions counts: unless it is older, or only as old and the other deleted."""
    if neu.geaendert is not None and alt.geaendert is not None and neu.geaendert != alt.geaendert:
        return neu.geaendert > alt.geaendert
    return not isinstance(alt, _Weg) or isinstance(neu, _Weg)


def nenne(koerperschaften: Iterable[Koerperschaft]) -> Text | None:
    """Return a hint at the Bodies there are, with the address of each."""
    namen = tuple(f"{k.namen[0]} ({k.id})" if k.namen else k.id for k in koerperschaften)
    return Text("There are: {namen}", namen=(*namen[:12], *("…",) * (len(namen) > 12))) if namen else None


def erwartet(wo: str) -> Art:
    """Return what an object without a type is, by the name of its list, file or folder; the last word counts."""
    stelle, was = max((wo.lower().rfind(wort), nummer) for nummer, (wort, _) in enumerate(_WORTE))
    return _WORTE[was][1] if stelle >= 0 else Art.ANDERES


_WORTE = (
    ("meeting", Art.SITZUNG),
    ("sitzung", Art.SITZUNG),
    ("organization", Art.GREMIUM),
    ("gremi", Art.GREMIUM),
    ("location", Art.ORT),
    ("body", Art.KOERPERSCHAFT),
    ("bodies", Art.KOERPERSCHAFT),
)
