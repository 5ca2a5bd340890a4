"""What begins and ends: the city is read as it is on every day, and what contradicts itself shows both places."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest
from attrs import frozen

from gremienplan.loading import inspect, load
from tests.loading.ordner import MUSTERSTADT, change, places, problems

VORHER, NACHHER = date(2027, 6, 30), date(2027, 7, 1)

UMZUG = '2.quartier = [ {{ id = "hafen"{bis} }}, {{ id = "heide"{ab} }} ]'
"""A Viertel that changes its Quartier."""

OSTHAFEN = '2 = { name = "Osthafen", bezirk = "ost", quartier = "hafen", sanierung = ["kai"] }'


def umzug(bis: str = ", gueltig_bis = 2027-06-30", ab: str = ", gueltig_ab = 2027-07-01") -> str:
    """Return the entry of the Osthafen with the days on which it changes its Quartier."""
    orte = f'[{{ id = "hafen"{bis} }}, {{ id = "heide"{ab} }}]'
    return f'2 = {{ name = "Osthafen", bezirk = "ost", sanierung = ["kai"], quartier = {orte} }}'


def test_a_city_in_which_nothing_begins_or_ends_is_the_same_on_every_day() -> None:
    stadt = load(MUSTERSTADT).stadt
    assert stadt.am(date.min) is stadt is stadt.am(date.max)
    assert stadt.fassungen == (stadt,)
    assert (stadt.gueltig_ab, stadt.gueltig_bis) == (None, None)


def test_an_atom_that_moves_changes_both_gebiete_on_that_day(stadt: Path) -> None:
    """Until the last day it lies in the one, from the next day on in the other, from whichever day one looks."""
    change(stadt, "stadt.toml", OSTHAFEN, umzug())
    gelesen = load(stadt).stadt
    for von in gelesen.fassungen:
        assert von.am(VORHER).gebiet["quartier/hafen"].atome == {"2", "3"}
        assert von.am(VORHER).gebiet["quartier/heide"].atome == {"4"}
        assert von.am(NACHHER).gebiet["quartier/hafen"].atome == {"3"}
        assert von.am(NACHHER).gebiet["quartier/heide"].atome == {"2", "4"}
    assert [(f.gueltig_ab, f.gueltig_bis) for f in gelesen.fassungen] == [(None, VORHER), (NACHHER, None)]


def test_a_project_is_loaded_as_it_is_on_the_first_day_of_its_year(stadt: Path) -> None:
    """Without a year it is the city after all its changes."""
    change(stadt, "stadt.toml", OSTHAFEN, umzug())
    assert load(stadt, jahr=2027).stadt.gueltig_bis == VORHER
    assert load(stadt, jahr=2028).stadt.gueltig_ab == NACHHER
    assert load(stadt).stadt.gueltig_ab == NACHHER


def test_a_city_with_changes_survives_pickling(stadt: Path) -> None:
    change(stadt, "stadt.toml", OSTHAFEN, umzug())
    gelesen = load(stadt, jahr=2027).stadt
    wieder = pickle.loads(pickle.dumps(gelesen))
    assert wieder == gelesen
    assert wieder.am(NACHHER) == gelesen.am(NACHHER)


def test_rollen_gremien_and_orte_begin_and_end(stadt: Path) -> None:
    """An entry is there on its days only; several versions of one entry follow each other."""
    change(
        stadt, "stadt.toml", 'buero = { je = "bezirk"', 'buero = { gueltig_bis = 2027-06-30, je = "bezirk"'
    )
    change(
        stadt,
        "stadt.toml",
        'runde = { je = "quartier", name = "Runde", dauer = 90, orte = ["treff"] }',
        'runde = [{ je = "quartier", name = "Runde", dauer = 90, gueltig_bis = 2027-06-30 },'
        ' { je = "quartier", name = "Kreis", dauer = 60, gueltig_ab = 2027-07-01 }]',
    )
    change(stadt, "stadt.toml", "heidetreff = { name", "heidetreff = { gueltig_ab = 2028-01-01, name")
    gelesen = load(stadt).stadt
    vorher, nachher, spaeter = (gelesen.am(tag) for tag in (VORHER, NACHHER, date(2028, 1, 1)))
    assert ("buero/ost" in vorher.sitze, "buero/ost" in nachher.sitze) == (True, False)
    assert "buero/ost" in gelesen.alle_sitze
    assert [s.gremien["runde/anger"].art.dauer for s in (vorher, nachher, spaeter)] == [90, 60, 60]
    assert [len(s.orte) for s in (vorher, nachher, spaeter)] == [2, 2, 3]


def test_a_gebiet_that_ends_leaves_nothing_behind_that_rests_on_it(stadt: Path) -> None:
    """Its atoms go on in another Gebiet, its Orte as well; its Sitze and Gremien end with it, with all their names."""
    for alt, neu in (
        ('heide = { name = "Heide" }', 'heide = { name = "Heide", gueltig_bis = 2027-06-30 }'),
        (
            'quartier = "heide" }',
            'quartier = [{ id = "heide", gueltig_bis = 2027-06-30 }, { id = "hafen", gueltig_ab = 2027-07-01 }] }',
        ),
        ("heidetreff = { name", "heidetreff = { gueltig_bis = 2027-06-30, name"),
        ('"runde/heide" = {', '"runde/heide" = { alias = "Heiderunde",'),
    ):
        change(stadt, "stadt.toml", alt, neu)
    gelesen = load(stadt).stadt
    assert "runde/heide" in gelesen.am(VORHER).gremien
    assert "runde/heide" not in gelesen.am(NACHHER).gremien
    assert gelesen.am(VORHER).vertretungen
    assert not gelesen.am(NACHHER).vertretungen
    assert (gelesen.resolve("heiderunde", VORHER), gelesen.resolve("heiderunde", NACHHER)) == (
        ("runde/heide",),
        (),
    )
    assert gelesen.resolve("heiderunde") == ("runde/heide",)


def test_deputies_are_there_while_both_sitze_are(stadt: Path) -> None:
    change(
        stadt,
        "stadt.toml",
        '"koordination/heide" = "koordination/hafen"',
        '"buero/ost" = "treff/hafen"',
    )
    change(stadt, "stadt.toml", "treff = { je", "treff = { gueltig_bis = 2027-06-30, je")
    gelesen = load(stadt).stadt
    assert gelesen.am(VORHER).vertretungen == {"buero/ost": "treff/hafen"}
    assert gelesen.am(NACHHER).vertretungen == {}


@frozen
class Fehler:
    """A mistake in the days of the Musterstadt, and what is said about it."""

    datei: str
    alt: str
    neu: str
    pfad: str
    meldung: str


REGEL = '[[gastgeber]]\nid = "runde-gastgeber"\ngremium = "runde"\nrollen = "koordination"\n'
ZWEI = 'gastgeber[2] (id "runde-gastgeber").id'

FEHLER = (
    Fehler(
        "stadt.toml",
        OSTHAFEN,
        umzug(ab=", gueltig_ab = 2027-06-01"),
        "viertel.2.quartier[2]",
        "From Tue 2027-06-01 to Wed 2027-06-30 this holds at the same time as: viertel.2.quartier[1]",
    ),
    Fehler(
        "stadt.toml",
        OSTHAFEN,
        umzug(ab=", gueltig_ab = 2027-08-01"),
        "viertel.2.quartier[2]",
        "no version holds, from Thu 2027-07-01 to Sat 2027-07-31: viertel.2.quartier[1]",
    ),
    Fehler("stadt.toml", OSTHAFEN, umzug(bis="", ab=""), "viertel.2.quartier[2]", "at the same time"),
    Fehler(
        "stadt.toml", OSTHAFEN, umzug(bis=", gueltig_bis = 7"), "viertel.2.quartier[1].gueltig_bis", "a day"
    ),
    Fehler("stadt.toml", OSTHAFEN, umzug(bis=", bis = 7"), "viertel.2.quartier[1].bis", "unknown"),
    Fehler(
        "stadt.toml",
        OSTHAFEN,
        umzug().replace("heide", "haide"),
        "viertel.2.quartier",
        "From Thu 2027-07-01 on: There is no Gebiet",
    ),
    Fehler(
        "stadt.toml",
        OSTHAFEN,
        OSTHAFEN.replace('"hafen"', '{ id = "hafen", gueltig_bis = 2027-06-30 }'),
        "viertel.2.quartier",
        "From Thu 2027-07-01 on: “2” lies in no Gebiet",
    ),
    Fehler(
        "stadt.toml",
        'quartier = "heide" }',
        'quartier = [{ id = "heide", gueltig_bis = 2027-06-30 }, { id = "hafen", gueltig_ab = 2027-07-01 }] }',
        "quartier.heide",
        "From Thu 2027-07-01 on: This Gebiet consists of nothing.",
    ),
    Fehler(
        "stadt.toml",
        'buero = { je = "bezirk"',
        'buero = { gueltig_ab = 2027-07-01, gueltig_bis = 2027-06-30, je = "bezirk"',
        "rolle.buero.gueltig_bis",
        "ends before it begins",
    ),
    Fehler(
        "stadt.toml",
        'buero = { je = "bezirk", name = "Bezirksbüro" }',
        'buero = [{ je = "bezirk", name = "A" }, { je = "bezirk", name = "B", gueltig_ab = 2027-07-01 }]',
        "rolle.buero[2]",
        "From Thu 2027-07-01 on this holds at the same time as: rolle.buero[1]",
    ),
    Fehler(
        "stadt.toml",
        'buero = { je = "bezirk", name = "Bezirksbüro" }',
        'buero = [{ je = "bezirk", name = "A", gueltig_bis = 2027-06-30 },'
        ' { je = "bezirk", nme = "B", gueltig_ab = 2027-07-01 }]',
        "rolle.buero[2].nme",
        "From Thu 2027-07-01 on: This key is unknown.",
    ),
    Fehler(
        "stadt.toml",
        'ost = { name = "Ost" }',
        'ost = { name = "Ost" }\nnord = { name = "Nord", gueltig_ab = 2027-07-01 }',
        "bezirk.nord",
        "From Thu 2027-07-01 on: This Gebiet consists of nothing.",
    ),
    Fehler(
        "stadt.toml",
        'frueher = "Angerviertel"',
        'frueher = { name = "Angerviertel", gueltig_ab = 2027-07-01, gueltig_bis = 2027-06-30 }',
        "quartier.anger.frueher[1].gueltig_bis",
        "ends before it begins",
    ),
    Fehler(
        "regeln.toml",
        REGEL,
        f"{REGEL}gueltig_bis = 2027-06-30\nvorgabe = true\n\n{REGEL}gueltig_ab = 2027-06-01\n",
        ZWEI,
        "From Tue 2027-06-01 to Wed 2027-06-30 this holds at the same time as: gastgeber[1]",
    ),
    Fehler(
        "regeln.toml",
        REGEL,
        f"{REGEL}gueltig_bis = 2027-06-30\nvorgabe = true\n\n{REGEL}gueltig_ab = 2027-07-02\n",
        ZWEI,
        "no version holds, from Thu 2027-07-01 to Thu 2027-07-01: gastgeber[1]",
    ),
    Fehler(
        "regeln.toml",
        REGEL,
        f"{REGEL.replace('runde-gastgeber', 'andere')}gueltig_bis = 2027-06-30\nvorgabe = true\n\n{REGEL}",
        'gastgeber[2] (id "runde-gastgeber").rollen',
        'Until Wed 2027-06-30 this holds at the same time as: gastgeber[1] (id "andere")',
    ),
)


@pytest.mark.parametrize("fehler", FEHLER, ids=lambda fehler: f"{fehler.pfad}:{fehler.meldung[:40]}")
def test_a_mistake_in_the_days_is_one_problem_that_shows_both_places(fehler: Fehler, stadt: Path) -> None:
    """One mistake gives one problem, at its place; what is wrong only later says from which day."""
    change(stadt, fehler.datei, fehler.alt, fehler.neu)
    found = problems(stadt)
    assert places(found, stadt) == [(fehler.datei, fehler.pfad)]
    assert fehler.meldung in str(found[0].meldung)


def test_a_project_may_say_again_what_the_city_says_and_check_says_so(stadt: Path) -> None:
    """Its rule and that of the city are both shown, and both hold: S-54, the Sitz is there once."""
    gast = '[[einladung]]\nid = "auch"\ngremium = "runde"\nrollen = ["rat", "leitung"]\nvorgabe = true\n'
    (stadt / "gremienplan.toml").write_text(f'format = 1\nstadt = "."\n{gast}', "utf-8")
    projekt, warnungen = inspect(stadt)
    assert {"auch", "runde-rat"} <= {regel.id for regel in projekt.regeln}
    (warnung,) = [str(w) for w in warnungen if "says again" in str(w)]
    assert 'gremienplan.toml: einladung[1] (id "auch")' in warnung
    assert 'regeln.toml: einladung[1] (id "runde-rat")' in warnung
    assert warnung.endswith("of: rat. It counts once.")


def test_what_is_wrong_on_every_day_is_said_once_and_without_a_day(stadt: Path) -> None:
    change(stadt, "stadt.toml", OSTHAFEN, umzug())
    change(stadt, "stadt.toml", 'treff = { je = "quartier"', 'treff = { je = "quartir"')
    (problem,) = problems(stadt)
    assert (problem.pfad, str(problem.meldung)) == ("rolle.treff.je", "There is no level with this id.")


def test_versions_of_a_rule_that_follow_each_other_are_one_rule(stadt: Path) -> None:
    """They share their id, and each holds on its days."""
    neu = f"{REGEL}gueltig_bis = 2027-06-30\nvorgabe = true\n\n{REGEL.replace('koordination', 'leitung')}"
    change(stadt, "regeln.toml", REGEL, f"{neu}gueltig_ab = 2027-07-01\n")
    versionen = [regel for regel in load(stadt).regeln if regel.id == "runde-gastgeber"]
    assert [(r.rollen, r.gueltig_ab, r.gueltig_bis) for r in versionen] == [
        (("koordination",), None, VORHER),
        (("leitung",), NACHHER, None),
    ]


@pytest.mark.parametrize("grenze", ['nur = "heide"', 'anlass = "entwurf"', "gueltig_bis = 2027-06-30"])
def test_rules_that_never_meet_claim_nothing_twice(grenze: str, stadt: Path) -> None:
    """The same Rolle may be named by two rules of one Gremium: at other places, for other topics, on other days."""
    gegen = {"nur": 'nur = "hafen"', "anl": 'anlass = "abschluss"'}.get(grenze[:3], "gueltig_ab = 2027-07-01")
    zweite = REGEL.replace("runde-gastgeber", "andere")
    change(stadt, "regeln.toml", REGEL, f"{zweite}{grenze}\nvorgabe = true\n\n{REGEL}{gegen}\n")
    assert problems(stadt) == ()


GF = '[[geschaeftsfuehrung]]\nid = "kreis-gf"\ngremium = "kreis"\nrollen = "leitung"\nvorgabe = true\n'
GF_NEU = GF.replace("kreis-gf", "neu")


@pytest.mark.parametrize(
    ("regel", "neu", "pfad", "meldung"),
    [
        (
            GF,
            f"{GF}gueltig_bis = 2027-06-30\n",
            'geschaeftsfuehrung[1] (id "kreis-gf").gueltig_bis',
            "From Thu 2027-07-01 on no geschaeftsfuehrung holds for: kreis/musterstadt",
        ),
        (
            GF,
            f"{GF}gueltig_bis = 2027-06-30\n{GF_NEU}gueltig_ab = 2027-07-02\n",
            'geschaeftsfuehrung[1] (id "kreis-gf").gueltig_bis',
            (
                "From Thu 2027-07-01 to Thu 2027-07-01 no geschaeftsfuehrung holds, until this one begins:"
                ' geschaeftsfuehrung[2] (id "neu"). It is missing for: kreis/musterstadt'
            ),
        ),
        (
            GF,
            f"{GF}gueltig_ab = 2027-07-01\n",
            'geschaeftsfuehrung[1] (id "kreis-gf").gueltig_ab',
            "Until Wed 2027-06-30 no geschaeftsfuehrung holds for: kreis/musterstadt",
        ),
        (
            REGEL,
            f"{REGEL}gueltig_bis = 2027-06-30\n",
            'gastgeber[1] (id "runde-gastgeber").gueltig_bis',
            "From Thu 2027-07-01 on no gastgeber holds for: runde/anger, runde/hafen, runde/heide",
        ),
    ],
)
def test_a_day_on_which_nobody_manages_or_invites_shows_the_rule_that_ends(
    regel: str, neu: str, pfad: str, meldung: str, stadt: Path
) -> None:
    """P-28: one problem for all Gremien it is about, with the place of the rule and of the one that begins later."""
    change(stadt, "regeln.toml", regel, neu)
    found = problems(stadt)
    assert places(found, stadt) == [("regeln.toml", pfad)]
    assert str(found[0].meldung) == meldung


@pytest.mark.parametrize(
    "neu",
    [
        f"{GF}gueltig_bis = 2027-06-30\n{GF_NEU}gueltig_ab = 2027-07-01\n",
        "",
    ],
)
def test_without_a_day_between_them_or_without_any_rule_nothing_is_missing(neu: str, stadt: Path) -> None:
    """Who manages a Gremium may change by the day, and a Gremium of which nobody says it has nobody."""
    change(stadt, "regeln.toml", GF, neu)
    assert problems(stadt) == ()


def test_an_office_that_ends_leaves_its_gremium_without_anybody(stadt: Path) -> None:
    """The rule goes on, but names nobody from then on."""
    change(stadt, "stadt.toml", "leitung = { ", "leitung = { gueltig_bis = 2027-06-30, ")
    found = [p for p in problems(stadt) if p.pfad.startswith("geschaeftsfuehrung")]
    assert [p.pfad for p in found] == ['geschaeftsfuehrung[1] (id "kreis-gf").rollen']


@pytest.mark.parametrize(("ab", "warnungen"), [("2027-07-01", 0), ("2027-07-02", 1)])
def test_two_rules_of_one_claim_with_days_between_them_are_a_warning(
    ab: str, warnungen: int, stadt: Path
) -> None:
    """It may be meant: it shows both places, whichever stands first, and the days."""
    gast = '[[einladung]]\nid = "{}"\ngremium = "runde"\nrollen = ["leitung"]\nvorgabe = true\n{}\n'
    neu = gast.format("danach", f"gueltig_ab = {ab}") + gast.format("davor", "gueltig_bis = 2027-06-30")
    change(stadt, "regeln.toml", GF, GF + neu)
    found = [str(w) for w in inspect(stadt)[1] if "neither" in str(w)]
    assert len(found) == warnungen
    for warnung in found:
        assert warnung.startswith("From Thu 2027-07-01 to Thu 2027-07-01 ")
        assert 'regeln.toml: einladung[3] (id "davor")' in warnung
        assert 'regeln.toml: einladung[2] (id "danach")' in warnung


def test_a_host_whose_office_ends_before_the_rule_begins_invites_on_no_day(stadt: Path) -> None:
    """Rule and office have to be there on one day: else nobody ever invites, and ``check`` says so."""
    change(stadt, "stadt.toml", "leitung = { ", "leitung = { gueltig_bis = 2027-06-30, ")
    change(stadt, "regeln.toml", GF, "")
    kreis = '[[gastgeber]]\nid = "kreis-gastgeber"\ngremium = "kreis"\nrollen = "leitung"\n'
    change(stadt, "regeln.toml", kreis, f"{kreis}gueltig_ab = 2027-07-01\n")
    warnungen = [str(w) for w in inspect(stadt)[1]]
    assert "No rule says who invites to the Sitzungen of: Kreis" in warnungen


def test_a_third_rule_that_holds_in_between_leaves_no_days(stadt: Path) -> None:
    gast = '[[einladung]]\nid = "{}"\ngremium = "runde"\nrollen = ["leitung"]\nvorgabe = true\n{}\n'
    neu = gast.format("danach", "gueltig_ab = 2028-01-01") + gast.format("davor", "gueltig_bis = 2027-06-30")
    neu += gast.format("dazwischen", "gueltig_ab = 2027-07-01\ngueltig_bis = 2027-12-31")
    change(stadt, "regeln.toml", GF, GF + neu)
    assert not [w for w in inspect(stadt)[1] if "neither" in str(w)]


def test_old_names_are_known_on_their_days_and_always_to_old_documents(stadt: Path) -> None:
    change(
        stadt,
        "stadt.toml",
        'frueher = "Angerviertel"',
        'frueher = [{ name = "Angerviertel", gueltig_bis = 2023-12-31 }, "Angerdorf"]',
    )
    gelesen = load(stadt).stadt
    assert gelesen.resolve("angerviertel") == ("quartier/anger",)
    assert gelesen.resolve("angerviertel", date(2023, 12, 31)) == ("quartier/anger",)
    assert gelesen.resolve("angerviertel", date(2024, 1, 1)) == ()
    assert gelesen.resolve("angerdorf", date(2024, 1, 1)) == ("quartier/anger",)
