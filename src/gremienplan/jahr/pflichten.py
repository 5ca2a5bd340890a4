"""Who blocks: which events each Sitz with a calendar has to attend, and when it is busy anyway.

Every invited Sitz that is an Amt is needed, members and guests alike; it is busy in every sitting of a political
body it is invited to. Rules and the city itself change within a year, so a duty may hold on some days of it only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attrs import field, frozen

from gremienplan.jahr.grund import Grund, belegung
from gremienplan.requirements import Belegung, Pflicht
from gremienplan.rules import Regel, Tagung, invitations
from gremienplan.stadt import Gremium, RollenArt, Stadt

_TAG = timedelta(days=1)


@frozen
class Dienst:
    """All duties and busy times of one Sitz, or of one person while it holds several (``personen``)."""

    sitz: str
    pflichten: tuple[Pflicht, ...]
    belegt: tuple[Belegung, ...]
    mit: tuple[str, ...] = ()
    """The other Sitze of the same person."""
    ab: date | None = None
    """Since when the person holds them together, where that is in the year."""

    @property
    def key(self) -> str:
        """What tells it from the others: ``amt/nord+amt/sued@2027-07-01``."""
        return "+".join((self.sitz, *self.mit)) + (f"@{self.ab}" if self.ab else "")


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
    belegt = busy_times(grund, RollenArt.AMT)
    for besetzt in grund.projekt.besetzt:
        belegt.setdefault(besetzt.wer, []).append(Belegung(besetzt.von, besetzt.bis, besetzt.was))
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


def _sitzungspflichten(
    grund: Grund, tagung: Tagung, ereignis: str, abschnitte: Sequence[tuple[date, date]]
) -> list[tuple[str, Pflicht]]:
    """Return (Sitz, duty) pairs; neighbouring spans in which a Sitz stays invited are one duty."""
    invited = [_invited(grund, tagung, von) for von, _ in abschnitte]
    found = []
    for sitz in sorted(frozenset().union(*invited)):
        i = 0
        while i < len(abschnitte):
            if sitz not in invited[i]:
                i += 1
                continue
            j = i
            while j + 1 < len(abschnitte) and sitz in invited[j + 1]:
                j += 1
            ab = abschnitte[i][0] if i else None
            bis = abschnitte[j][1] if j + 1 < len(abschnitte) else None
            found.append((sitz, Pflicht(ereignis, ab, bis)))
            i = j + 1
    return found


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
    return belegt
