"""Which dates lie where they should rather not, and which deadlines were over: said, without being a finding."""

from __future__ import annotations

from datetime import date, datetime

from attrs import evolve

from gremienplan.auditing import audit_year
from gremienplan.auditing.gemieden import Gemieden, not_avoided
from gremienplan.fristen import Frist, Fristart
from gremienplan.jahr import build
from gremienplan.plan import Plan, Termin, record
from gremienplan.programm import Meidetag, wuensche as w
from gremienplan.requirements import Meiden
from tests.auditing.bau import G, belegung, dt, lage
from tests.jahr.muster import LK, VOR, projekt

BUSY = belegung("2027-09-01", "16:00", "18:00")
LATER = belegung("2027-09-01", "18:00", "19:00")


def wish(grund: str, ereignis: str = "a") -> Meiden:
    return Meiden("w", G, 1, ereignis, grund, (BUSY, LATER), 3)


class TestNotAvoided:
    def test_only_what_is_overlapped(self) -> None:
        lagen = {"a": (lage("a", "2027-09-01", "17:00", "18:00"),)}
        assert not_avoided([wish("meidetage")], lagen) == (Gemieden("a", BUSY),)
        assert not_avoided([wish("meidetage", "b")], lagen) == ()

    def test_once_for_two_wishes_and_two_termine(self) -> None:
        twice = (lage("a", "2027-09-01", "17:00", "18:30"), lage("a", "2027-09-01", "17:30", "18:30"))
        found = not_avoided([wish("meidetage"), wish("fremde-termine")], {"a": twice})
        assert found == (Gemieden("a", BUSY), Gemieden("a", LATER))

    def test_other_times_are_not_said(self) -> None:
        """Bridge days, school holidays and political bodies count in the points alone."""
        lagen = {"a": (lage("a", "2027-09-01", "17:00", "18:00"),)}
        for grund in ("brueckentage", "schulferien", "gremien", "sitzungstage"):
            assert not_avoided([wish(grund)], lagen) == ()


class TestAudit:
    DAY = datetime(2027, 5, 12, 17), datetime(2027, 5, 12, 18)
    PLAN = Plan("muster", 2027, "p", (Termin("lk/muster", "kreis/muster", *DAY),), ())

    def test_a_day_to_leave_free_is_said_and_breaks_nothing(self) -> None:
        fest = Meidetag("fest", "Stadtfest", G, tage=(date(2027, 5, 11),), tage_lang=2, quelle="x")
        found = projekt(sitzungen=(LK,), wuensche=(w.Meidetage("x", ("kreis",), 1, G),), meidetage=(fest,))
        audit = audit_year(build(found, 2027), self.PLAN)
        assert [(g.ereignis, g.belegung.was) for g in audit.gemieden] == [("lk/muster", "Stadtfest")]
        assert not any("Stadtfest" in str(f.meldung) for f in audit.findings)
        assert audit.kosten == {1: 5}

    def test_a_deadline_over_when_the_date_was_set(self) -> None:
        """Each date is judged by the moment it was set: first on 1 May, the other only later, after it was moved."""
        frist = Frist("ladung", Fristart.LADUNG, ("kreis", "runde"), 10, G)
        base = projekt(sitzungen=(LK, VOR))
        found = evolve(base, programm=evolve(base.programm, fristen=(frist,)))
        runde = Termin("vor/ost", "runde/ost", datetime(2027, 5, 20, 17), datetime(2027, 5, 20, 18))
        first = evolve(self.PLAN, termine=(*self.PLAN.termine, runde))

        def late(plan: Plan) -> list[str]:
            return [f.id for f in audit_year(build(found, 2027), plan).zu_spaet]

        assert late(first) == []
        set_in_time = record(first, None, dt("2027-05-01", "12:00"))
        assert late(set_in_time) == []
        assert late(record(first, None, dt("2027-05-02", "12:00"))) == ["ladung/lk/muster"]
        moved = evolve(runde, beginn=datetime(2027, 5, 21, 17), ende=datetime(2027, 5, 21, 18))
        again = record(
            evolve(first, termine=(*self.PLAN.termine, moved)), set_in_time, dt("2027-05-11", "12:00")
        )
        assert late(again) == ["ladung/vor/ost"]
        by_hand = evolve(again, termine=(*self.PLAN.termine, evolve(runde, ort="aula")))
        assert late(by_hand) == ["ladung/vor/ost"]
        other = evolve(again, termine=(evolve(self.PLAN.termine[0], ort="aula"), moved))
        assert late(other) == ["ladung/lk/muster", "ladung/vor/ost"]
