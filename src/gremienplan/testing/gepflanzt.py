"""``planted_years()``: a year together with a plan that keeps everything, and little room beside it.

The plan comes first: each event gets a day, an hour and a place at which nobody has to be twice. What the year
asks for is then read off the plan, as tight as the plan keeps it. So "impossible" and "undecided" are always a bug
of whoever says it; and the plan is no secret, so nothing better may be "proven" to be out of reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from attrs import define, evolve, field, frozen
from hypothesis import assume, strategies as st

from gremienplan.auditing import audit
from gremienplan.plan import Beratungstermin, Plan, Termin
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Projekt
from gremienplan.ratskalender import Ratssitzung
from gremienplan.rules import Tagung, invitations
from gremienplan.stadt import Gremium, RollenArt
from gremienplan.testing.abgelesen import read_off, windows
from gremienplan.testing.arten import wuensche_of
from gremienplan.testing.kalender import freie_tage, in_order
from gremienplan.testing.programme import programmes
from gremienplan.testing.regeln import KATALOG, rules
from gremienplan.testing.staedte import cities

JAHRE = (2027, 2028)
"""Years to plant; 2028 is a leap year."""

_TAG = timedelta(days=1)
_WEG = timedelta(minutes=60)
_STUNDEN = (time(9), time(11, 30), time(14), time(17, 30))


@frozen
class Gepflanzt:
    """A year with a plan that keeps everything it asks for."""

    projekt: Projekt
    plan: Plan

    @property
    def jahr(self) -> int:
        """The year."""
        return self.plan.jahr


@frozen
class _Politik:
    gremium: Gremium
    anlass: tuple[str, ...] = ()


@define
class _Beet:
    """A plan while it grows: who and what is taken when."""

    projekt: Projekt
    jahr: int
    taken: list[tuple[datetime, datetime, frozenset[str]]] = field(factory=list)
    termine: list[Termin] = field(factory=list)
    beratungen: list[Beratungstermin] = field(factory=list)
    sittings: list[Ratssitzung] = field(factory=list)

    def needed(self, tagung: Tagung, tag: date) -> frozenset[str]:
        """Return the Sitze that cannot be anywhere else while this meets."""
        found = invitations(self.projekt.stadt, self.projekt.regeln, tagung, tag)
        return frozenset(i.sitz.id for i in found if i.sitz.rolle.art is RollenArt.AMT)

    def is_free(self, beginn: datetime, ende: datetime, wer: frozenset[str]) -> bool:
        """Tell whether none of these is taken then, with an hour on both sides to get there."""
        return not any(
            wer & other and beginn < bis + _WEG and von < ende + _WEG for von, bis, other in self.taken
        )

    def is_occupied(self, ort: str, beginn: datetime, ende: datetime) -> bool:
        """Tell whether something else is in an Ort then, as every week."""
        weekly = self.projekt.stadt.orte[ort].belegt if ort else ()
        return any(
            b.wochentag == beginn.weekday() and beginn.time() < b.bis and b.von < ende.time() for b in weekly
        )

    def slots(self, first: int) -> Iterator[datetime]:
        """Return the hours of the working days of the year, from one of them on and round to it again."""
        tage = [date(self.jahr, 1, 1) + n * _TAG for n in range(365)]
        alle = [datetime.combine(tag, um) for tag in tage if tag.weekday() < 5 for um in _STUNDEN]
        first %= len(alle)
        yield from (*alle[first:], *alle[:first])

    def take(self, sitzung: Sitzung, first: int, ort: str) -> bool:
        """Put a Sitzung on the first free hour from one on; False when the year is full."""
        for beginn in self.slots(first):
            ende = beginn + timedelta(minutes=sitzung.dauer)
            wer = self.needed(sitzung, beginn.date()) | ({ort} if ort else set())
            if self.is_free(beginn, ende, wer) and not self.is_occupied(ort, beginn, ende):
                self.taken.append((beginn, ende, wer))
                self.termine.append(Termin(sitzung.id, sitzung.gremium.id, beginn, ende, ort))
                return True
        return False

    def hear(self, beratung: Beratung, vortrag: tuple[str, ...], first: int, again: bool) -> bool:
        """Put an item into a sitting of its body: one that stands already (``again``), or a new one."""
        stands = [s for s in self.sittings if s.gremium == beratung.gremium.id]
        if again and stands and self._join(stands[0], beratung, vortrag):
            return True
        for beginn in self.slots(first):
            ende = beginn + timedelta(minutes=beratung.gremium.art.dauer)
            wer = self.needed(_Politik(beratung.gremium), beginn.date()) | set(vortrag)
            if self.is_free(beginn, ende, wer):
                key = f"sitzung-{len(self.sittings)}"
                name = self.projekt.stadt.gremium_name(beratung.gremium)
                sitting = Ratssitzung(key, "muster", name, beratung.gremium.id, beginn, ende)
                self.sittings.append(sitting)
                self.taken.append((beginn, ende, wer))
                self.beratungen.append(_heard(beratung, sitting, vortrag))
                return True
        return False

    def _join(self, sitting: Ratssitzung, beratung: Beratung, vortrag: tuple[str, ...]) -> bool:
        index = next(n for n, (von, _, _) in enumerate(self.taken) if von == sitting.beginn)
        von, bis, there = self.taken[index]
        rest = [entry for n, entry in enumerate(self.taken) if n != index]
        if not evolve(self, taken=rest).is_free(von, bis, frozenset(vortrag)):
            return False
        self.taken[index] = (von, bis, there | set(vortrag))
        self.beratungen.append(_heard(beratung, sitting, vortrag))
        return True

    def plan(self) -> Plan:
        """Return what has grown."""
        stadt, programm = self.projekt.stadt.id, self.projekt.programm.id
        return Plan(stadt, self.jahr, programm, tuple(self.termine), tuple(self.beratungen))


def _heard(beratung: Beratung, sitting: Ratssitzung, vortrag: tuple[str, ...]) -> Beratungstermin:
    return Beratungstermin(
        beratung.id, beratung.gremium.id, sitting.key, sitting.beginn, sitting.ende, vortrag
    )


@st.composite
def planted_years(draw: st.DrawFn, *, max_atome: int = 5) -> Gepflanzt:
    """Draw a project and a plan of one of its years that the audit finds nothing wrong with.

    Windows are the days the plan uses, with up to three to spare; orders, gaps, counts, hours and weekdays are
    exactly what the plan keeps. Council sittings stand where it is heard, and nowhere else.
    """
    stadt = draw(cities(max_atome=max_atome, kurz=True))
    projekt = Projekt(
        stadt, draw(rules(stadt, immer=True)), draw(programmes(stadt, frei=True, least=3)), KATALOG
    )
    beet = _Beet(projekt, draw(st.sampled_from(JAHRE)))
    _grow(draw, beet)
    plan = beet.plan()
    assume(plan.termine)
    frei = draw(freie_tage(beet.jahr, ausser=frozenset(t.beginn.date() for t in plan.termine)))
    projekt = evolve(projekt, ratskalender=in_order(beet.sittings), freitage=frei)
    projekt = evolve(projekt, programm=draw(windows(projekt, plan)))
    projekt = draw(read_off(projekt, plan))
    wishes = wuensche_of(stadt, projekt.programm, KATALOG)
    rows = draw(st.lists(st.integers(0, len(wishes) - 1), max_size=3))
    wanted = tuple(draw(wishes[row](f"w{n}")) for n, row in enumerate(rows))
    projekt = evolve(projekt, programm=evolve(projekt.programm, wuensche=wanted))
    found = audit(projekt, plan)
    assert found.ok, [str(f.meldung) for f in found.findings]
    return Gepflanzt(projekt, plan)


def _grow(draw: st.DrawFn, beet: _Beet) -> None:
    """Give every event of the year its place; a year that is full is not a year to plant."""
    stadt = beet.projekt.stadt
    for beratung in beet.projekt.beratungen(beet.jahr):
        vortrag = tuple(
            stadt.vertretungen.get(sitz.id, sitz.id) if draw(st.booleans()) else sitz.id
            for sitz in beratung.vortrag
        )
        assume(beet.hear(beratung, vortrag, draw(st.integers(0, 1000)), draw(st.booleans())))
    weeks = {eintrag.id: draw(st.integers(0, 1000)) for eintrag in beet.projekt.programm.sitzungen}
    for sitzung in beet.projekt.sitzungen(beet.jahr):
        ort = draw(st.sampled_from([ort.id for ort in sitzung.orte] or [""]))
        assume(beet.take(sitzung, weeks[sitzung.eintrag.id] + draw(st.integers(0, 30)), ort))
