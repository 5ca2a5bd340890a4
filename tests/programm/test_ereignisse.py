"""What a programme makes of a year: days, Sitzungen, items, tasks and agenda, each with its name and identity."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from attrs import evolve

from gremienplan.orte import Ort
from gremienplan.programm import (
    Anlass,
    Aufgabe,
    Aufgabeneintrag,
    Je,
    MonatTag,
    Programm,
    Punkt,
    Tagesordnungseintrag,
    Verteiler,
    aufgaben,
    bedingungen as bed,
    beratungen,
    sitzungen,
    tagesordnung,
    wuensche as w,
)
from gremienplan.programm.werte import Zeitraum
from gremienplan.programm.wuensche import ARTEN, stufen, thema
from gremienplan.requirements import Was
from gremienplan.rules import Regel, RegelArt
from gremienplan.stadt import Stadt, Verlauf
from tests.jahr.muster import BERICHT, LK, NACH, STADT, TEXT, VOR, G, day, entry

ANLAESSE = {"entwurf": Anlass("entwurf", "Entwurf")}
CHANGE = date(2027, 5, 1)


def programm(**parts: Any) -> Programm:
    empty = Programm("p", "P", ANLAESSE, (), (), (), ())
    return evolve(empty, **parts)


def changing(**later: Any) -> Stadt:
    """The city, with what is said of it from 1 May 2027 on."""
    old = evolve(STADT, gueltig_bis=date(2027, 4, 30))
    return Verlauf((old, evolve(STADT, gueltig_ab=CHANGE, **later))).fassungen[0]


@pytest.mark.parametrize(
    ("text", "jahr", "expected"),
    [
        ("02-29", 2027, date(2027, 2, 28)),
        ("02-29", 2028, date(2028, 2, 29)),
        ("02-28", 2028, date(2028, 2, 28)),
        ("03-29", 2027, date(2027, 3, 29)),
        ("12-31", 2027, date(2027, 12, 31)),
    ],
)
def test_a_day_of_any_year_is_a_day_of_each(text: str, jahr: int, expected: date) -> None:
    assert day(text).on(jahr) == expected
    assert str(day(text)) == text


@pytest.mark.parametrize(
    ("von", "bis", "ends"), [("05-01", "05-01", 2027), ("05-01", "05-02", 2027), ("05-02", "05-01", 2028)]
)
def test_a_window_that_ends_before_it_begins_runs_into_the_next_year(von: str, bis: str, ends: int) -> None:
    window = Zeitraum(day(von), day(bis), G)
    assert window.in_jahr(2027) == (day(von).on(2027), day(bis).on(ends))


def test_days_are_in_the_order_of_the_year() -> None:
    assert sorted([MonatTag(2, 1), MonatTag(1, 31), MonatTag(1, 2)]) == [
        MonatTag(1, 2),
        MonatTag(1, 31),
        MonatTag(2, 1),
    ]


class TestSitzungen:
    def test_one_for_each_gremium_with_its_name_identity_and_days(self) -> None:
        themed = evolve(VOR, anlass=("entwurf", "anderes"))
        named = evolve(NACH, anlass=("entwurf",), name="Rückblick", gremium="runde/ost", dauer=30)
        found = sitzungen(STADT, programm(sitzungen=(themed, named, LK)), 2027)
        assert [(s.id, s.name) for s in found] == [
            ("vor/west", "Runde West: Entwurf, anderes"),
            ("vor/ost", "Runde Ost: Entwurf, anderes"),
            ("nach/ost", "Runde Ost: Rückblick"),
            ("lk/muster", "Kreis"),
        ]
        assert [s.uid("muster.example") for s in found[::2]] == [
            "vor.runde.west.2027@muster.example",
            "nach.runde.ost.2027@muster.example",
        ]
        assert [s.dauer for s in found] == [90, 90, 30, 60]
        assert evolve(found[2], laenge=15).dauer == 15
        assert found[0].anlass == ("entwurf", "anderes")
        assert found[0].gebiet.key == "konf/west"
        assert found[0].fenster() == (date(2027, 3, 1), date(2027, 6, 30))
        assert found[3].fenster() == (date(2027, 1, 1), date(2027, 12, 31))
        assert [[o.id for o in s.orte] for s in found[:2]] == [
            ["aula", "halle", "keller"],
            ["halle", "keller"],
        ]

    def test_only_at_some_gebiete_and_on_demand_only_when_asked(self) -> None:
        some = evolve(VOR, nur=("ost",))
        demand = evolve(NACH, bei_bedarf=True)
        p = programm(sitzungen=(demand, some))
        assert [s.id for s in sitzungen(STADT, p, 2027)] == ["vor/ost"]
        asked = p.mit_bedarf({"nach": ("west",), "vor": ("west",), "nie": ("ost",)})
        assert [s.id for s in sitzungen(STADT, asked, 2027)] == ["nach/west", "vor/ost"]
        assert p.mit_bedarf({}) == p

    def test_those_of_a_city_that_changes_within_the_window(self) -> None:
        """A Gremium that ends in the window meets; Orte count that there are on any of its days."""
        attic = Ort("boden", "Boden", "saal", "konf/west")
        without = {id: g for id, g in STADT.gremien.items() if id != "runde/west"}
        gone = changing(gremien=without, orte={"boden": attic, **STADT.orte})
        found = sitzungen(gone, programm(sitzungen=(VOR, NACH)), 2027)
        assert {s.id for s in found} == {"vor/west", "vor/ost", "nach/ost"}
        orte = changing(orte={"boden": attic, **STADT.orte})
        found = sitzungen(orte, programm(sitzungen=(VOR,)), 2027)
        assert {o.id for o in found[0].orte} == {"aula", "boden", "halle", "keller"}


class TestBeratungen:
    def heard(self, stadt: Stadt, *eintraege: Any, sitzung: Any = VOR) -> dict[str, Any]:
        p = programm(sitzungen=(sitzung, LK), beratungen=eintraege)
        return {b.id: b for b in beratungen(stadt, p, sitzungen(stadt, p, 2027))}

    def test_one_for_each_gremium_that_the_sitzungs_gebiet_touches(self) -> None:
        local = evolve(BERICHT, id="lesung", gremium="beirat", name="", vortrag=("leitung", "amt", "leitung"))
        everywhere = evolve(local, id="rundum", ueberall=True, nur=("ost",))
        found = self.heard(STADT, BERICHT, local, everywhere, evolve(local, id="nie", bei_bedarf=True))
        assert {id: b.name for id, b in found.items()} == {
            "bericht/west/muster": "Rat: Bericht (West)",
            "bericht/ost/muster": "Rat: Bericht (Ost)",
            "lesung/west/west": "Beirat West: lesung (West)",
            "lesung/ost/ost": "Beirat Ost: lesung (Ost)",
            "rundum/ost/west": "Beirat West: rundum (Ost)",
            "rundum/ost/ost": "Beirat Ost: rundum (Ost)",
        }
        one = found["rundum/ost/west"]
        assert [s.id for s in one.vortrag] == ["leitung/muster", "amt/ost"]
        assert one.uid("muster.example") == "rundum.beirat-west.ost.2027@muster.example"
        assert (one.gebiet.key, one.jahr) == ("konf/ost", 2027)

    def test_on_demand_where_it_is_asked_for(self) -> None:
        p = programm(beratungen=(evolve(BERICHT, bei_bedarf=True),)).mit_bedarf({"bericht": ("ost",)})
        assert p.beratungen == (evolve(BERICHT, nur=("ost",)),)

    def test_whoever_it_touches_on_some_day_of_the_window_hears_it(self) -> None:
        """In the order of the city; and who presents it on some day of the window, as on the first."""
        wide = evolve(STADT.gremien["runde/west"].gebiet, atome=frozenset({"1", "2", "3"}))
        gremien = {id: evolve(g, gebiet=wide) if id == "runde/west" else g for id, g in STADT.gremien.items()}
        city = changing(gremien=gremien)
        local = evolve(BERICHT, gremium="beirat")
        found = self.heard(city, local)
        assert list(found) == ["bericht/west/west", "bericht/west/ost", "bericht/ost/ost"]
        assert [s.id for s in found["bericht/west/west"].vortrag] == ["amt/west", "amt/ost"]
        before = entry("vor", von="03-01", bis="04-30")
        assert list(self.heard(city, local, sitzung=before)) == ["bericht/west/west", "bericht/ost/ost"]


TASK = Aufgabeneintrag("einladen", "Einladen", TEXT, zu=("vor",), vorher=bed.Tage(14, G))
MANAGES = Regel("runde-amt", RegelArt.GESCHAEFTSFUEHRUNG, "runde", ("amt",), TEXT)
HOSTS = Regel("runde-leitung", RegelArt.GASTGEBER, "runde", ("leitung",), TEXT)
TAGE = {"vor/west": date(2027, 3, 15), "vor/ost": date(2027, 3, 10), "nach/ost": date(2027, 9, 1)}


class TestAufgaben:
    def due(
        self, *eintraege: Aufgabeneintrag, regeln: tuple[Regel, ...] = (MANAGES, HOSTS), stadt: Stadt = STADT
    ) -> tuple[Aufgabe, ...]:
        p = programm(sitzungen=(VOR, NACH, LK), aufgaben=eintraege)
        lists = {"presse": ("a@b.example",)}
        return aufgaben(stadt, regeln, p, sitzungen(stadt, p, 2027), TAGE, lists)

    def test_so_many_days_before_or_after_in_the_order_they_are_due(self) -> None:
        """One without a day has no tasks yet; one that says no days is due on the day itself."""
        after = Aufgabeneintrag("protokoll", "Protokoll", G, gremium=("runde/ost",), nachher=bed.Tage(7, G))
        same = evolve(TASK, id="heute", vorher=None)
        found = self.due(after, TASK, same)
        assert [(a.id, a.faellig, a.tag) for a in found] == [
            ("einladen/vor/ost", date(2027, 2, 24), date(2027, 3, 10)),
            ("einladen/vor/west", date(2027, 3, 1), date(2027, 3, 15)),
            ("heute/vor/ost", date(2027, 3, 10), date(2027, 3, 10)),
            ("heute/vor/west", date(2027, 3, 15), date(2027, 3, 15)),
            ("protokoll/vor/ost", date(2027, 3, 17), date(2027, 3, 10)),
            ("protokoll/nach/ost", date(2027, 9, 8), date(2027, 9, 1)),
        ]
        kind = evolve(after, gremium=("runde",))
        assert [a.id for a in self.due(kind)] == [
            "protokoll/vor/ost",
            "protokoll/vor/west",
            "protokoll/nach/ost",
        ]

    def test_who_answers_is_named_or_manages_or_hosts(self) -> None:
        def who(eintrag: Aufgabeneintrag, *regeln: Regel) -> str | None:
            wer = self.due(eintrag, regeln=regeln)[0].zustaendig
            return wer.id if wer else None

        assert who(evolve(TASK, zustaendig="leitung"), MANAGES, HOSTS) == "leitung/muster"
        assert who(TASK, MANAGES, HOSTS) == "amt/ost"
        assert who(TASK, HOSTS) == "leitung/muster"
        assert who(TASK) is None
        both = evolve(HOSTS, rollen=("leitung", "mandat"))
        assert who(TASK, both) is None

    def test_one_for_the_sitzung_for_each_office_or_for_each_recipient(self) -> None:
        both = evolve(HOSTS, rollen=("leitung", "mandat"))
        told = evolve(
            TASK,
            an=("amt", "rat", "beirat/west", "amt/ost", "kreis"),
            verteiler=("presse", "leer"),
            zu=("nach",),
        )
        lists = (Verteiler("presse", ("a@b.example",)), Verteiler("leer"))
        an = ["amt/ost", "rat/muster", "beirat/west", "kreis/muster"]
        (one,) = self.due(told, regeln=(both,))
        assert (one.id, one.zustaendig, [x.id for x in one.an], one.verteiler) == (
            "einladen/nach/ost",
            None,
            an,
            lists,
        )
        each = self.due(evolve(told, je=Je.ZUSTAENDIG), regeln=(both,))
        assert [(a.id, a.zustaendig and a.zustaendig.id) for a in each] == [
            ("einladen/nach/ost/leitung/muster", "leitung/muster"),
            ("einladen/nach/ost/mandat/muster", "mandat/muster"),
        ]
        for a in each:
            assert a == evolve(one, eintrag=a.eintrag, zustaendig=a.zustaendig)
        to = self.due(evolve(told, je=Je.AN))
        assert [a.id for a in to] == [f"einladen/nach/ost/{id}" for id in an]
        assert [[x.id for x in a.an] for a in to] == [[id] for id in an]
        assert {a.zustaendig.id for a in to if a.zustaendig} == {"amt/ost"}
        assert {a.verteiler for a in to} == {lists}
        assert {(a.tag, a.faellig) for a in to} == {(date(2027, 9, 1), date(2027, 8, 18))}

    def test_the_offices_are_those_of_the_day_it_is_due(self) -> None:
        """While the Gremium is that of the day of the Sitzung."""
        wide = evolve(STADT.gremien["runde/ost"].gebiet, atome=frozenset({"1", "2", "3"}))
        gremien = {id: evolve(g, gebiet=wide) if id == "runde/ost" else g for id, g in STADT.gremien.items()}
        city = changing(gremien=gremien)
        told = evolve(TASK, zu=("nach",), an=("amt",), vorher=bed.Tage(200, G))
        (one,) = self.due(told, stadt=city)
        assert [x.id for x in one.an] == ["amt/west", "amt/ost"]
        assert one.zustaendig is not None
        later = evolve(MANAGES, rollen=("leitung",), gueltig_ab=CHANGE)
        first = evolve(MANAGES, gueltig_bis=date(2027, 4, 30), rollen=("mandat",))
        (one,) = self.due(told, regeln=(first, later))
        assert one.zustaendig is not None
        assert one.zustaendig.id == "mandat/muster"

    def test_the_gremium_is_that_of_the_day_of_the_sitzung(self) -> None:
        """However early the task is due."""
        wide = evolve(STADT.gremien["runde/ost"].gebiet, atome=frozenset({"1", "2", "3"}))
        gremien = {id: evolve(g, gebiet=wide) if id == "runde/ost" else g for id, g in STADT.gremien.items()}
        city = changing(gremien=gremien)
        p = programm(sitzungen=(VOR,), aufgaben=(evolve(TASK, an=("amt",)),))
        for tag, an in ((date(2027, 4, 30), ["amt/ost"]), (CHANGE, ["amt/west", "amt/ost"])):
            (one,) = aufgaben(city, (), p, sitzungen(city, p, 2027), {"vor/ost": tag}, {})
            assert [x.id for x in one.an] == an


class TestTagesordnung:
    ITEM = Tagesordnungseintrag("bericht", "Bericht", TEXT, ("leitung", "amt", "amt/ost"), zu=("vor",))

    def test_standing_items_of_the_entry_or_the_gremium_with_each_presenter_once(self) -> None:
        other = evolve(self.ITEM, id="rest", zu=(), gremium=("runde/ost",), vortrag=())
        never = evolve(self.ITEM, id="nie", zu=("lk",))
        p = programm(sitzungen=(VOR,), tagesordnung=(other, never, self.ITEM))
        west, ost = sitzungen(STADT, p, 2027)
        sitze = STADT.sitze
        assert tagesordnung(STADT, (), p, west, date(2027, 3, 10)) == (
            Punkt(self.ITEM, (sitze["leitung/muster"], sitze["amt/west"], sitze["amt/ost"])),
        )
        assert tagesordnung(STADT, (), p, ost, date(2027, 3, 10)) == (
            Punkt(other, ()),
            Punkt(self.ITEM, (sitze["leitung/muster"], sitze["amt/ost"])),
        )

    def test_who_invites_presents_what_names_nobody(self) -> None:
        """Whoever does so on that day."""
        item = evolve(self.ITEM, vortrag=())
        p = programm(sitzungen=(VOR,), tagesordnung=(item,))
        ost = sitzungen(STADT, p, 2027)[1]
        host = evolve(MANAGES, art=RegelArt.GASTGEBER, gremium="runde", rollen=("amt",), gueltig_ab=CHANGE)
        assert tagesordnung(STADT, (host,), p, ost, CHANGE) == (Punkt(item, (STADT.sitze["amt/ost"],)),)
        assert tagesordnung(STADT, (host,), p, ost, date(2027, 3, 10)) == (Punkt(item, ()),)

    def test_presenters_are_those_of_the_day(self) -> None:
        wide = evolve(STADT.gremien["runde/ost"].gebiet, atome=frozenset({"1", "2", "3"}))
        gremien = {id: evolve(g, gebiet=wide) if id == "runde/ost" else g for id, g in STADT.gremien.items()}
        rollen = {id: r for id, r in STADT.rollen.items() if id != "leitung"}
        city = changing(gremien=gremien, rollen=rollen)
        p = programm(sitzungen=(VOR,), tagesordnung=(self.ITEM,))
        ost = sitzungen(city, p, 2027)[1]
        for tag, wer in (
            (date(2027, 4, 30), ["leitung/muster", "amt/ost"]),
            (CHANGE, ["amt/west", "amt/ost"]),
        ):
            (punkt,) = tagesordnung(city, (), p, ost, tag)
            assert [s.id for s in punkt.vortrag] == wer


def test_each_kind_of_wish_has_a_topic_of_its_own() -> None:
    """What the stage it belongs to is called."""
    wishes: dict[w.Wunsch, str] = {
        w.Gewohnt("x", (), 1, G): "usual weekday and hour",
        w.Gleichmaessig("x", (), 1, G, mindestens=10): "time in between",
        w.Gleichmaessig("x", (), 1, G, hoechstens=10): "even spacing",
        w.Vorher("x", "a", "b", 1, G): "wished order",
        w.Danach("x", (), "g", 1, 1, G): "results taken up soon",
        w.Verteilt("x", "g", 1, 1, G): "spread over the weeks",
        w.Abendlast("x", (), time(18), 1, 1, G): "evening load",
        w.Brueckentage("x", (), 1, G): "bridge days",
        w.Schulferien("x", (), 1, G): "school holidays",
        w.MeideGremien("x", (), 1, G): "council sittings",
        w.Meidetage("x", (), 1, G): "days to leave free",
        w.FremdeTermine("x", (), 1, G): "dates of others",
        w.SelbstVortragen("x", (), 1, G): "own presenters",
        w.Wechsel("x", (), 1, G): "places in turn",
        w.Ausgleich("x", Was.WEGE, 1, G): "journeys: the most that anybody has",
        w.Robust("x", 1, G): "moved council sittings",
    }
    assert {type(wish) for wish in wishes} == set(ARTEN.values())
    assert {wish: str(thema(wish)) for wish in wishes} == wishes


def test_a_wish_that_compares_further_has_stages_with_names_of_their_own() -> None:
    """The first is the largest load; each that follows says what it counts."""
    wish = w.Ausgleich("x", Was.ABENDE, 5, G, tiefe=3)
    assert {stufe: str(thema(wish, stufe)) for stufe in stufen(wish)} == {
        5: "evenings: the most that anybody has",
        6: "evenings: how many have the most",
        7: "evenings: how many have at most 1 fewer",
    }
    assert list(stufen(w.Wechsel("x", (), 4, G))) == [4]
