"""What an event says: who invites, why, and on whose word. Sentences without a language, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from gremienplan.fristen import Fristart, label
from gremienplan.orte import Ort, access
from gremienplan.plan import Plan, Termin, Zustand
from gremienplan.programm import Beratung, Sitzung, tagesordnung
from gremienplan.projekt import Projekt
from gremienplan.quellen import Authority, Grundlage, Katalog
from gremienplan.rules import Als, Invitation, gastgeber, geschaeftsfuehrung
from gremienplan.stadt import RollenArt, Sitz, Stadt
from gremienplan.texts import Text, render

Satz = Text | str

ALS = {
    Als.MITGLIED: Text("member"),
    Als.GAST: Text("guest"),
    Als.GASTGEBER: Text("host"),
    Als.GESCHAEFTSFUEHRUNG: Text("managing office"),
}
"""As what a Sitz is invited, in words."""


def grundlage_text(katalog: Katalog, grundlage: Grundlage) -> Satz:
    """Return on whose word something stands: the passage with its section, the reading, or the planner."""
    match grundlage.authority:
        case Authority.TEXT:
            return _stelle(katalog, grundlage.id)
        case Authority.AUSLEGUNG:
            return Text("reading {id}", id=grundlage.id)
        case Authority.VORGABE:
            return Text("planner's default")
        case Authority.TATSACHE:
            return Text("fact")


def _stelle(katalog: Katalog, kennung: str) -> Satz:
    stelle = katalog.stellen.get(kennung)
    if stelle is None:
        return kennung
    quelle = katalog.quellen.get(stelle.quelle)
    if quelle is None or quelle.art == "konzept":
        return Text("{id}, concept, section {abschnitt}", id=kennung, abschnitt=stelle.abschnitt)
    return f"{kennung}, {quelle.titel}, {stelle.abschnitt}"


def public_grundlage_text(katalog: Katalog, grundlage: Grundlage) -> Satz:
    """Return the same for residents: name and section of what it stands in, and no id of ours."""
    if grundlage.authority is Authority.AUSLEGUNG:
        return Text("reading of the concept")
    if grundlage.authority is not Authority.TEXT:
        return grundlage_text(katalog, grundlage)
    stelle = katalog.stellen.get(grundlage.id)
    if stelle is None:
        return Text("concept")
    quelle = katalog.quellen.get(stelle.quelle)
    if quelle is not None and quelle.art != "konzept":
        return f"{quelle.titel}, {stelle.abschnitt}"
    name = quelle.titel if quelle is not None and quelle.titel else Text("concept")
    return Text("{name}, section {abschnitt}", name=name, abschnitt=stelle.abschnitt)


def titel(name: str, *, abgesagt: bool = False) -> Satz:
    """Return an event's title: its name, which always holds the Gremium's, and whether it is cancelled."""
    return Text("Cancelled: {name}", name=name) if abgesagt else name


def titel_ohne(name: str) -> Text:
    """Return the title for whom an event takes place without."""
    return Text("No longer invited: {name}", name=name)


def bare_title(titel_: str, sprache: str) -> str:
    """Return a title as it was before anybody was told that it is cancelled, or takes place without them."""
    for satz in (titel("", abgesagt=True), titel_ohne("")):
        titel_ = titel_.removeprefix(render(satz, sprache))
    return titel_


def place(ort: Ort) -> str:
    """Return a venue's name and address; an address that its name already says is not said again."""
    return ort.name if ort.adresse in ort.name else f"{ort.name}, {ort.adresse}"


def former_start(plan: Plan, ereignis: str, beginn: datetime) -> datetime | None:
    """Return from when an event was last moved to where it is now; None when it never was.

    A change of place or presenter alone is no move in time. What lies before a cancellation is forgotten.
    """
    frueher: list[datetime] = []
    for eintrag in plan.verlauf:
        if ereignis in eintrag.neu or any(absage.ereignis == ereignis for absage in eintrag.abgesagt):
            frueher.clear()
        frueher += [alt for e, alt in eintrag.verlegt if e == ereignis]
    return next((alt for alt in reversed(frueher) if alt != beginn), None)


def sitzung_text(
    projekt: Projekt,
    plan: Plan,
    sitzung: Sitzung,
    termin: Termin,
    einladungen: Iterable[Invitation],
    *,
    bekannt: bool = True,
    wort: Callable[[Katalog, Grundlage], Satz] = grundlage_text,
) -> tuple[Satz, ...]:
    """Return what everybody may read of a Sitzung: hosts, managing office, Anlass, and their passages.

    ``bekannt`` is False for one of another year that this programme does not ask for: its basis is not known. ``wort``
    says on whose word something stands.
    """
    stadt, regeln, tag = projekt.stadt, projekt.regeln, termin.beginn.date()
    gastgebende = _namen(stadt, gastgeber(stadt, regeln, sitzung.gremium, tag))
    fuehrung = _namen(stadt, geschaeftsfuehrung(stadt, regeln, sitzung.gremium, tag))
    anlaesse = projekt.programm.anlaesse
    saetze: list[Satz] = _lage(plan)
    if gastgebende:
        saetze.append(Text("Invitation by: {gastgeber}", gastgeber=gastgebende))
        saetze += [
            Text("Basis of the invitation: {grundlage}", grundlage=wort(projekt.katalog, grundlage))
            for grundlage in _grundlagen(einladungen)
        ]
    else:
        saetze.append(Text("Invitation by: not yet decided"))
    ort = stadt.am(tag).orte.get(termin.ort) or stadt.alle_orte.get(termin.ort)
    if ort is not None and ort.sitz:
        saetze.append(Text("Host: {sitz}", sitz=stadt.sitz_name(stadt.alle_sitze[ort.sitz])))
    if fuehrung:
        saetze.append(Text("Managing office: {sitze}", sitze=fuehrung))
    if sitzung.anlass:
        namen = tuple(anlaesse[a].name if a in anlaesse else a for a in sitzung.anlass)
        saetze.append(Text("Topic: {anlass}", anlass=namen))
    for punkt in tagesordnung(stadt, projekt.regeln, projekt.programm, sitzung, tag):
        aemter = _namen(stadt, (sitz for sitz in punkt.vortrag if sitz.rolle.art is RollenArt.AMT))
        name = punkt.eintrag.name
        saetze.append(
            Text("On the agenda: {punkt} ({sitze})", punkt=name, sitze=aemter)
            if aemter
            else Text("On the agenda: {punkt}", punkt=name)
        )
    if bekannt:
        saetze += _fristen(projekt, sitzung, termin.beginn)
        grundlage = wort(projekt.katalog, sitzung.eintrag.grundlage)
        saetze.append(Text("Basis of the meeting: {grundlage}", grundlage=grundlage))
    if not termin.ort:
        saetze.append(Text("Venue not yet decided"))
    if ort is not None and (zugang := access(ort)):
        saetze.append(Text("Access: {zugang}", zugang=zugang))
    if not projekt.freitage.ferien_bekannt(tag):
        saetze.append(Text("School holidays unknown"))
    known = plan.gehalten.get(sitzung.id)
    if known and known.protokoll:
        saetze.append(protokoll_text(known.protokoll))
    return tuple(saetze)


def protokoll_text(adresse: str) -> Text:
    """Return where the minutes are."""
    return Text("Minutes: {adresse}", adresse=adresse)


def einladung_text(projekt: Projekt, einladung: Invitation) -> tuple[Satz, ...]:
    """Return what one Sitz reads beside that: as what it is invited, under which rule, on whose word."""
    anlaesse = projekt.programm.anlaesse
    saetze: list[Satz] = []
    for grund in einladung.gruende:
        als, wort = ALS[grund.als], grundlage_text(projekt.katalog, grund.grundlage)
        if grund.anlass:
            namen = tuple(anlaesse[a].name if a in anlaesse else a for a in grund.anlass)
            saetze.append(
                Text(
                    "Invited as {als}: {grundlage} (rule {regel}, topic: {anlass})",
                    als=als,
                    grundlage=wort,
                    regel=grund.regel,
                    anlass=namen,
                )
            )
        else:
            saetze.append(
                Text(
                    "Invited as {als}: {grundlage} (rule {regel})",
                    als=als,
                    grundlage=wort,
                    regel=grund.regel,
                )
            )
    return tuple(saetze)


def beratung_text(
    projekt: Projekt,
    plan: Plan,
    beratung: Beratung,
    beginn: datetime,
    vortrag: Iterable[Sitz],
    *,
    bekannt: bool = True,
) -> tuple[Satz, ...]:
    """Return what is said of an item in a sitting of a political body: where, by whom, on whose word."""
    saetze: tuple[Satz, ...] = (
        *_lage(plan),
        Text("Item in a sitting of: {gremium}", gremium=projekt.stadt.gremium_name(beratung.gremium)),
        Text("Presented by: {sitze}", sitze=_namen(projekt.stadt, vortrag)),
    )
    if not bekannt:
        return saetze
    wort = grundlage_text(projekt.katalog, beratung.eintrag.grundlage)
    return (
        *saetze,
        *_fristen(projekt, beratung, beginn),
        Text("Belongs to: {sitzung}", sitzung=beratung.zu.name),
        Text("Basis of the item: {grundlage}", grundlage=wort),
    )


def _fristen(projekt: Projekt, ereignis: Sitzung | Beratung, beginn: datetime) -> tuple[Satz, ...]:
    """Return until when needs are to be reported and papers handed in; the invitation is the office's own matter."""
    termine = projekt.fristen_von(ereignis, beginn.date())
    return tuple(
        Text("{frist}: until {tag}", frist=label(termin.frist), tag=termin.letzter.moment)
        for termin in termine
        if termin.frist.art is not Fristart.LADUNG
    )


def anteil_text(*, traegt_vor: bool, kenntnis: bool) -> tuple[Satz, ...]:
    """Return what one Sitz reads beside that: whether it presents the item or is only to know of it."""
    saetze: list[Satz] = []
    if traegt_vor:
        saetze.append(Text("Own presentation"))
    if kenntnis:
        saetze.append(Text("For information"))
    return tuple(saetze)


def absage_text() -> tuple[Satz, ...]:
    """Return all that a cancelled event still says."""
    return (Text("This meeting does not take place on this date"),)


def _lage(plan: Plan) -> list[Satz]:
    """Return what the plan says of all its dates: whether they are settled."""
    return [Text("Draft, not yet coordinated")] if plan.zustand is Zustand.DRAFT else []


def verlegt_text(bisher: datetime | None) -> tuple[Satz, ...]:
    """Return what is said of an event that was moved, to those who were told the date before."""
    return (Text("Moved from {frueher}", frueher=bisher),) if bisher else ()


def _grundlagen(einladungen: Iterable[Invitation]) -> tuple[Grundlage, ...]:
    """Return on whose words somebody is host, each once."""
    gruende = (g.grundlage for e in einladungen for g in e.gruende if g.als is Als.GASTGEBER)
    return tuple(dict.fromkeys(gruende))


def _namen(stadt: Stadt, sitze: Iterable[Sitz]) -> tuple[str, ...]:
    return tuple(stadt.sitz_name(sitz) for sitz in sitze)
