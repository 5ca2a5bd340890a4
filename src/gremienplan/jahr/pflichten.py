"""Who blocks: which events each Sitz with a calendar has to attend, and when it is busy anyway.

Every invited Sitz that is an Amt is needed, members and guests alike, unless all rules that invite it are content
with one of several (``anwesend``); it is busy in every sitting of a political body it is invited to. Rules and the
city itself change within a year, so a duty may hold on some days of it only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from attrs import field, frozen

from gremienplan.jahr.grund import Grund, belegung
from gremienplan.programm import Sitzung
from gremienplan.requirements import Belegung, Dienst, Pflicht
from gremienplan.rules import Anwesend, Regel, Tagung, invitations
from gremienplan.stadt import Gremium, RollenArt, Stadt, gilt

_TAG = timedelta(days=1)


@frozen
class Gruppe:
    """Sitze of which one has to be free for a Sitzung that lies from ``ab`` to ``bis``, by one rule."""

    regel: Regel
    ereignis: str
    sitze: tuple[str, ...]
    ab: date | None = None
    bis: date | None = None


@frozen
class _Politisch:
    """A sitting of a political body, as the rules look at it: it has no Anlass of ours."""

    gremium: Gremium
    anlass: tuple[str, ...] = field(default=())


def dienste(grund: Grund) -> tuple[Dienst, ...]:
    """Return the duties and busy times of every Sitz that has any duty, in the order of the city's Sitze."""
    stadt = grund.projekt.stadt
    abschnitte = segments(stadt, grund.projekt.regeln, *grund.span)
    pflichten: dict[str, list[Pflicht]] = {}
    for sitzung in grund.sitzungen:
        for sitz, pflicht in _sitzungspflichten(grund, sitzung, sitzung.id, abschnitte):
            pflichten.setdefault(sitz, []).append(pflicht)
    for beratung in grund.beratungen:
        for presenter in beratung.vortrag:
            deputy = grund.vertretungen.get(presenter.id)
            for wer in (presenter.id, *([deputy] if deputy else [])):
                pflichten.setdefault(wer, []).append(Pflicht(beratung.id))
    belegt = _belegt(grund)
    return tuple(
        Dienst(sitz, tuple(pflichten[sitz]), tuple(belegt.get(sitz, ())))
        for sitz in stadt.alle_sitze
        if sitz in pflichten
    )


def segments(stadt: Stadt, regeln: Iterable[Regel], von: date, bis: date) -> tuple[tuple[date, date], ...]:
    """Cut [von, bis] into spans of days (both inclusive) within which nothing of the city and no rule comes or goes."""
    cuts = {von, *(fassung.gueltig_ab or von for fassung in stadt.fassungen)}
    for regel in regeln:
        cuts.add(regel.gueltig_ab or von)
        if regel.gueltig_bis and regel.gueltig_bis < bis:
            cuts.add(regel.gueltig_bis + _TAG)
    starts = sorted(cut for cut in cuts if von <= cut <= bis)
    return tuple(zip(starts, [start - _TAG for start in starts[1:]] + [bis], strict=True))


def _invited(grund: Grund, tagung: Tagung, tag: date, art: RollenArt = RollenArt.AMT) -> frozenset[str]:
    stadt = grund.projekt.stadt
    return frozenset(
        invitation.sitz.id
        for invitation in invitations(stadt, grund.projekt.regeln, tagung, tag)
        if invitation.sitz.rolle.art is art
    )


def _needed(
    grund: Grund, tagung: Tagung, tag: date
) -> tuple[frozenset[str], tuple[tuple[Regel, tuple[str, ...]], ...]]:
    """Return who is needed at a Sitzung on a day, and of whom one is enough, by which rule.

    Where a rule that is content with one names only one, or one who is needed anyway, nothing is left to choose.
    Of two rules that name the same Sitze the later one speaks.
    """
    stadt, regeln = grund.projekt.stadt, grund.projekt.regeln
    frei = {
        r.id: r for r in regeln if r.anwesend is Anwesend.EINE_VON and gilt(r.gueltig_ab, r.gueltig_bis, tag)
    }
    needed: set[str] = set()
    enough: dict[str, list[str]] = {}
    for invitation in invitations(stadt, regeln, tagung, tag):
        if invitation.sitz.rolle.art is RollenArt.AMT:
            for derivation in invitation.gruende:
                if derivation.regel in frei:
                    enough.setdefault(derivation.regel, []).append(invitation.sitz.id)
                else:
                    needed.add(invitation.sitz.id)
    needed |= {sitze[0] for sitze in enough.values() if len(sitze) == 1}
    gruppen = {frozenset(enough[id]): (frei[id], tuple(enough[id])) for id in frei if id in enough}
    return frozenset(needed), tuple(g for sitze, g in gruppen.items() if needed.isdisjoint(sitze))


def _sitzungspflichten(
    grund: Grund, tagung: Tagung, ereignis: str, abschnitte: Sequence[tuple[date, date]]
) -> list[tuple[str, Pflicht]]:
    """Return (Sitz, duty) pairs; neighbouring spans in which a Sitz stays needed are one duty."""
    needed = [_needed(grund, tagung, von)[0] for von, _ in abschnitte]
    return [
        (sitz, Pflicht(ereignis, ab, bis))
        for sitz in sorted(frozenset().union(*needed))
        for ab, bis in _spans([sitz in there for there in needed], abschnitte)
    ]


def _spans(
    holds: Sequence[bool], abschnitte: Sequence[tuple[date, date]]
) -> Iterator[tuple[date | None, date | None]]:
    """Yield the spans of days on which something holds, neighbouring ones as one; None at the year's ends."""
    i = 0
    while i < len(holds):
        j = i
        while j < len(holds) and holds[j]:
            j += 1
        if j > i:
            yield abschnitte[i][0] if i else None, abschnitte[j - 1][1] if j < len(holds) else None
        i = max(j, i + 1)


def zur_wahl(grund: Grund, dienste: Iterable[Dienst]) -> tuple[Dienst, ...]:
    """Return the Sitze of which one is enough for some Sitzung and that have no duty, with their busy times."""
    own, belegt = {dienst.sitz for dienst in dienste}, _belegt(grund)
    asked = {sitz for g in _alle_gruppen(grund) for sitz in g.sitze}
    return tuple(
        Dienst(sitz, (), tuple(belegt.get(sitz, ())))
        for sitz in grund.projekt.stadt.alle_sitze
        if sitz in asked and sitz not in own
    )


def gruppen(grund: Grund, dienste: Iterable[Dienst]) -> tuple[tuple[Gruppe, tuple[Dienst, ...]], ...]:
    """Return of whom one is enough for a Sitzung, and what each of them has beside it.

    That is duties and busy time, and the other Sitzungen for which it may be the one. Nothing where no rule is
    content with one.
    """
    alle = _alle_gruppen(grund)
    if not alle:
        return ()
    alle_dienste, belegt = tuple(dienste), _belegt(grund)

    def beside(g: Gruppe, sitz: str) -> Dienst:
        own = [d for d in alle_dienste if sitz in (d.sitz, *d.mit)]
        duties = [p for d in own for p in d.pflichten]
        duties += [Pflicht(o.ereignis, o.ab, o.bis) for o in alle if sitz in o.sitze]
        busy = [b for d in own for b in d.belegt] + belegt.get(sitz, [])
        mine = dict.fromkeys(p for p in duties if p.ereignis != g.ereignis)
        person = dict.fromkeys(s for d in own for s in (d.sitz, *d.mit) if s != sitz)
        return Dienst(sitz, tuple(mine), tuple(dict.fromkeys(busy)), tuple(person))

    return tuple((g, tuple(beside(g, sitz) for sitz in g.sitze)) for g in alle)


def _alle_gruppen(grund: Grund) -> tuple[Gruppe, ...]:
    """Return of whom one is enough, for all Sitzungen of the year."""
    if all(regel.anwesend is Anwesend.ALLE for regel in grund.projekt.regeln):
        return ()
    abschnitte = segments(grund.projekt.stadt, grund.projekt.regeln, *grund.span)
    return tuple(g for sitzung in grund.sitzungen for g in _gruppen(grund, sitzung, abschnitte))


def _gruppen(grund: Grund, sitzung: Sitzung, abschnitte: Sequence[tuple[date, date]]) -> Iterator[Gruppe]:
    je = [
        {(regel.id, sitze): regel for regel, sitze in _needed(grund, sitzung, von)[1]}
        for von, _ in abschnitte
    ]
    for (id, sitze), regel in {key: regel for there in je for key, regel in there.items()}.items():
        for ab, bis in _spans([(id, sitze) in there for there in je], abschnitte):
            yield Gruppe(regel, sitzung.id, sitze, ab, bis)


def _belegt(grund: Grund) -> dict[str, list[Belegung]]:
    """Return when each Sitz with a calendar is busy: in political bodies, and in what the project says."""
    belegt = busy_times(grund, RollenArt.AMT)
    for besetzt in grund.projekt.besetzt:
        belegt.setdefault(besetzt.wer, []).append(Belegung(besetzt.von, besetzt.bis, besetzt.was))
    return belegt


def busy_times(grund: Grund, art: RollenArt) -> dict[str, list[Belegung]]:
    """Return when each Sitz of one kind of Rolle is busy: in the political bodies it is invited to."""
    abschnitte = segments(grund.projekt.stadt, grund.projekt.regeln, *grund.span)
    belegt: dict[str, list[Belegung]] = {}
    known: dict[tuple[str, int], frozenset[str]] = {}
    for sitzung, gremium in grund.politisch:
        # what began before the year or lies after it is judged by the rules of its first or last day
        i = next((i for i, (_, bis) in enumerate(abschnitte) if sitzung.tag <= bis), len(abschnitte) - 1)
        if (gremium.id, i) not in known:
            known[gremium.id, i] = _invited(grund, _Politisch(gremium), abschnitte[i][0], art)
        for sitz in known[gremium.id, i]:
            belegt.setdefault(sitz, []).append(belegung(sitzung))
    return {sitz: list(dict.fromkeys(busy)) for sitz, busy in belegt.items()}  # a joint sitting once
