"""Deadlines of a year: which sittings each binds, its last day, and who answers for it."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve

from gremienplan.fristen import Feiertage, Frist, Fristart, Fristtag, Zaehlung
from gremienplan.programm import Beratung, Fristtermin, Sitzung, beratungen, fristtermine, sitzungen
from gremienplan.ratskalender import FreierTag, Freitage
from gremienplan.rules import Regel
from gremienplan.stadt import Verlauf
from tests.jahr.muster import BERICHT, LK, NACH, OST, STADT, VOR, G, projekt
from tests.programm.test_ereignisse import HOSTS, MANAGES, programm

LADUNG = Frist("ladung", Fristart.LADUNG, ("runde",), 10, G)
PAPIERE = Frist("papiere", Fristart.VORLAGE, ("bericht",), 21, G, versandtag=True)
P = programm(sitzungen=(VOR, NACH, LK), beratungen=(BERICHT,))
EVENTS: tuple[Sitzung | Beratung, ...] = (
    *sitzungen(STADT, P, 2027),
    *beratungen(STADT, P, sitzungen(STADT, P, 2027)),
)


def due(
    *fristen: Frist, tage: dict[str, date] | None = None, regeln: tuple[Regel, ...] = (MANAGES, HOSTS)
) -> tuple[Fristtermin, ...]:
    known = {event.id: date(2027, 6, 15) for event in EVENTS} if tage is None else tage
    return fristtermine(STADT, regeln, evolve(P, fristen=fristen), EVENTS, known, Feiertage())


class TestWhatIsBound:
    def test_by_entry_by_kind_of_body_and_by_body(self) -> None:
        """Sitzungen and Beratungen alike; a political body stands for what is heard in it."""
        every = {event.id for event in EVENTS}
        runde = {event.id for event in EVENTS if event.gremium.art.id == "runde"}
        heard = {event.id for event in EVENTS if isinstance(event, Beratung)}
        assert heard
        assert runde < every

        def bound(*fuer: str) -> set[str]:
            return {termin.ereignis.id for termin in due(evolve(LADUNG, fuer=fuer))}

        assert bound("runde") == runde
        assert bound("runde/ost") == {event.id for event in EVENTS if event.gremium.id == "runde/ost"}
        assert bound("vor") == {event.id for event in EVENTS if event.eintrag.id == "vor"}
        assert bound("bericht") == bound(BERICHT.gremium) == heard
        assert bound("runde", "vor", "bericht") == runde | heard

    def test_what_has_no_day_has_no_deadline(self) -> None:
        (one,) = due(LADUNG, tage={"vor/ost": date(2027, 3, 18)})
        assert (one.id, one.tag, one.letzter.tag) == ("ladung/vor/ost", date(2027, 3, 18), date(2027, 3, 7))

    def test_in_the_order_of_the_last_days(self) -> None:
        """Not of the sittings; several of one kind are all there."""
        tage = {"vor/ost": date(2027, 3, 18), "nach/ost": date(2027, 3, 20)}
        long = evolve(LADUNG, id="lang", fuer=("nach",), tage=14)
        assert [t.id for t in due(LADUNG, long, tage=tage)] == [
            "lang/nach/ost",
            "ladung/vor/ost",
            "ladung/nach/ost",
        ]


class TestWhoAnswers:
    def who(self, frist: Frist, ereignis: str, *regeln: Regel) -> list[str]:
        (found,) = due(frist, tage={ereignis: date(2027, 6, 15)}, regeln=regeln)
        return [sitz.id for sitz in found.zustaendig]

    def test_for_an_invitation_who_manages_or_else_all_who_invite(self) -> None:
        assert self.who(LADUNG, "vor/ost", MANAGES, HOSTS) == ["amt/ost"]
        assert self.who(LADUNG, "vor/ost", HOSTS) == ["leitung/muster"]
        assert self.who(LADUNG, "vor/ost") == []
        both = evolve(HOSTS, rollen=("leitung", "mandat"))
        assert self.who(LADUNG, "vor/ost", both) == ["leitung/muster", "mandat/muster"]

    def test_for_papers_of_an_item_who_presents_it(self) -> None:
        """Its invitation is the matter of the body that hears it, the papers of a Sitzung of who manages that."""
        item = next(event for event in EVENTS if isinstance(event, Beratung))
        presents = [sitz.id for sitz in item.vortrag]
        assert presents
        assert self.who(PAPIERE, item.id, MANAGES, HOSTS) == presents
        assert self.who(evolve(PAPIERE, art=Fristart.LADUNG), item.id, MANAGES, HOSTS) == []
        assert self.who(evolve(PAPIERE, fuer=("vor",)), "vor/ost", MANAGES, HOSTS) == ["amt/ost"]

    def test_who_is_named_comes_first(self) -> None:
        """Of the Gebiet a Sitzung or item belongs to."""
        item = next(event for event in EVENTS if isinstance(event, Beratung))
        named = evolve(PAPIERE, zustaendig="leitung", fuer=("bericht", "vor"))
        assert self.who(named, item.id, MANAGES, HOSTS) == ["leitung/muster"]
        assert self.who(evolve(named, zustaendig="amt"), "vor/ost") == ["amt/ost"]

    def test_city_and_rules_are_those_of_the_last_day(self) -> None:
        """Here eleven days before the Sitzung: who comes to manage it on the day after does not answer for it."""
        last, after = date(2027, 6, 4), date(2027, 6, 5)
        for rule, sitz in ((MANAGES, "amt/ost"), (HOSTS, "leitung/muster")):
            assert self.who(LADUNG, "vor/ost", evolve(rule, gueltig_ab=last, gueltig_bis=last)) == [sitz]
            assert self.who(LADUNG, "vor/ost", evolve(rule, gueltig_ab=after)) == []
        wide = evolve(STADT.gremien["runde/ost"], gebiet=evolve(OST, atome=frozenset({"1", "3"})))
        later = evolve(STADT, gremien={**STADT.gremien, "runde/ost": wide})
        before = evolve(STADT, gremien={id: g for id, g in STADT.gremien.items() if id != "runde/ost"})
        for old, since, sitze in (
            (STADT, last, ["amt/west", "amt/ost"]),
            (STADT, after, ["amt/ost"]),
            (before, after, []),
        ):
            ended = evolve(old, gueltig_bis=since - timedelta(days=1))
            city = Verlauf((ended, evolve(later, gueltig_ab=since))).fassungen[0]
            program = evolve(P, fristen=(LADUNG,))
            (found,) = fristtermine(
                city, (MANAGES,), program, EVENTS, {"vor/ost": date(2027, 6, 15)}, Feiertage()
            )
            assert [sitz.id for sitz in found.zustaendig] == sitze


def test_a_projects_deadline_takes_the_place_of_one_of_the_same_id() -> None:
    """In its place in the list; others follow."""
    own = evolve(LADUNG, tage=14)
    assert evolve(P, fristen=(LADUNG, PAPIERE)).mit_fristen((evolve(own, id="neu"), own)).fristen == (
        own,
        PAPIERE,
        evolve(own, id="neu"),
    )


class TestHolidaysOfAProject:
    """A project's deadlines count with the public holidays it was loaded with."""

    WORKDAYS = evolve(LADUNG, zaehlung=Zaehlung.ARBEITSTAGE)

    def termin(self, freitage: Freitage) -> Fristtermin:
        base = projekt(sitzungen=(VOR,), freitage=freitage)
        found = evolve(base, programm=evolve(base.programm, fristen=(self.WORKDAYS,)))
        (termin,) = found.fristen(2027, {"vor/ost": date(2027, 6, 15)})
        return termin

    def test_each_day_of_a_holiday_is_left_out(self) -> None:
        """Ten working days before Tuesday 15 June, with two days off in a row: two days earlier than without."""
        off = (FreierTag(date(2027, 6, 8), date(2027, 6, 9), "frei"),)
        assert self.termin(Freitage(off, jahre=(2027,))).letzter == Fristtag(date(2027, 5, 27))

    def test_a_year_of_which_no_holiday_is_known_is_unknown(self) -> None:
        """Not read, or beyond what the package knows: said, never taken for a year without holidays."""
        off = (FreierTag(date(2026, 1, 1), date(2026, 1, 1), "Neujahr"),)
        for unknown in (Freitage(), Freitage(jahre=(2027,)), Freitage(off, jahre=(2026, 2027))):
            assert self.termin(unknown).letzter == Fristtag(date(2027, 5, 31), bekannt=False)
