"""What a city folder means: places, Rollen, Gremien, names and patterns."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from gremienplan.loading import load
from gremienplan.quellen import Authority, Grundlage
from gremienplan.ratskalender import Treffer
from gremienplan.stadt import Klasse, RollenArt
from tests.loading.ordner import MUSTERSTADT, change, places, problems


def test_levels_go_from_the_whole_city_to_the_atoms() -> None:
    """The whole city is a level with one Gebiet, and the atoms are one; both have no table under [ebene]."""
    stadt = load(MUSTERSTADT).stadt
    assert [(e.id, e.name, e.lueckenlos) for e in stadt.ebenen] == [
        ("stadt", "Stadt", True),
        ("bezirk", "Bezirk", True),
        ("quartier", "Quartier", True),
        ("sanierung", "Sanierungsgebiet", False),
        ("viertel", "Viertel", True),
    ]
    assert stadt.gebiet["stadt/musterstadt"].name == "Musterstadt"
    assert stadt.gebiet["viertel/2"].atome == {"2"}


def test_a_gebiet_consists_of_the_atoms_that_name_it() -> None:
    """A level that is not seamless may leave atoms out, and an atom may name its Gebiet alone or in a list."""
    stadt = load(MUSTERSTADT).stadt
    assert stadt.gebiet["quartier/hafen"].atome == {"2", "3"}
    assert stadt.gebiet["bezirk/ost"].atome == {"1", "2"}
    assert stadt.gebiet["sanierung/kai"].atome == {"2", "3"}
    assert stadt.gebiet["stadt/musterstadt"].atome == {"1", "2", "3", "4"}


def test_an_atom_of_a_level_with_gaps_may_lie_in_several_of_its_gebiete(stadt: Path) -> None:
    change(stadt, "stadt.toml", 'kai = { name = "Kai" }', 'kai = { name = "Kai" }\nmole = { name = "Mole" }')
    change(stadt, "stadt.toml", 'sanierung = "kai"', 'sanierung = ["kai", "mole"]')
    gelesen = load(stadt).stadt
    assert gelesen.gebiet["sanierung/mole"].atome == {"3"}
    assert gelesen.gebiet["sanierung/kai"].atome == {"2", "3"}


def test_rollen_make_sitze_where_they_exist() -> None:
    stadt = load(MUSTERSTADT).stadt
    assert tuple(stadt.sitze) == (
        *("koordination/anger", "koordination/hafen", "koordination/heide"),
        *("buero/ost", "buero/west"),
        "treff/hafen",
        *("rat/ost", "rat/west"),
        "leitung/musterstadt",
    )
    assert stadt.rollen["rat"].art is RollenArt.MANDAT
    assert stadt.rollen["treff"].grundlage == Grundlage(Authority.TEXT, "MUSTER-1")
    assert stadt.rollen["buero"].grundlage is None


def test_a_gremium_deviates_from_its_gremienart_only_where_the_file_says_so() -> None:
    stadt = load(MUSTERSTADT).stadt
    anger, hafen = stadt.gremien["runde/anger"], stadt.gremien["runde/hafen"]
    assert (anger.titel, hafen.titel) == ("Angerrunde", "")
    assert hafen.gewohnt is not None
    assert (hafen.gewohnt.wochentag, hafen.gewohnt.beginn) == (2, time(16, 30))
    assert hafen.gewohnt.grundlage == Grundlage(Authority.AUSLEGUNG, "AMB-1")
    assert stadt.gremien["kreis/musterstadt"].gewohnt is None
    assert anger.art is hafen.art
    assert stadt.gremien["bezirksrat/ost"].art.klasse is Klasse.POLITISCH


def test_places_and_gremien_are_found_by_their_other_and_old_names() -> None:
    stadt = load(MUSTERSTADT).stadt
    assert stadt.resolve("am-anger") == ("quartier/anger",)
    assert stadt.resolve("Angerviertel") == ("quartier/anger",)
    assert stadt.resolve("ARBEITSKREIS ANGER") == ("runde/anger",)


def test_orte_serve_the_gremien_whose_gebiet_they_touch() -> None:
    stadt = load(MUSTERSTADT).stadt
    assert [ort.id for ort in stadt.orte_von(stadt.gremien["runde/heide"])] == ["heidetreff"]
    assert len(stadt.orte_von(stadt.gremien["kreis/musterstadt"])) == 3
    assert (stadt.orte["angertreff"].stufenlos, stadt.orte["hafentreff"].stufenlos) == (True, None)


def test_deputies_are_named_by_their_sitz() -> None:
    assert load(MUSTERSTADT).stadt.vertretungen == {"koordination/heide": "koordination/hafen"}


def test_a_sitz_is_not_its_own_deputy(stadt: Path) -> None:
    change(stadt, "stadt.toml", '= "koordination/hafen"', '= "koordination/heide"')
    assert places(problems(stadt), stadt) == [("stadt.toml", 'vertretung."koordination/heide"')]


def test_a_pattern_says_one_gremium_or_one_kind(stadt: Path) -> None:
    change(stadt, "stadt.toml", "muster = 'Fraktion'", "muster = 'Fraktion'\ngremium = \"bezirksrat/ost\"")
    (problem,) = problems(stadt)
    assert problem.pfad == "ratsgremium[4]"


def test_patterns_decide_what_the_entries_of_a_council_calendar_are(stadt: Path) -> None:
    """The first pattern that is found wins, so the order of the file is kept."""
    from gremienplan.loading.katalog import read_katalog
    from gremienplan.loading.stadt import read_stadt
    from gremienplan.loading.toml import Befund

    befund = Befund()
    _, bekannt = read_katalog(
        befund.toml(stadt / "katalog.toml", "katalog.toml", ""),
        befund.toml(stadt / "auslegungen.toml", "auslegungen.toml", ""),
    )
    gelesen = read_stadt(befund.toml(stadt / "stadt.toml", "stadt.toml", ""), bekannt)
    assert befund.problems == []
    assert [(m.treffer, m.ziel, m.dauer) for m in gelesen.muster] == [
        (Treffer.GREMIUM, "bezirksrat/ost", None),
        (Treffer.GREMIUM, "bezirksrat/west", None),
        (Treffer.ART, "ausschuss", 120),
        (Treffer.KEINE_SITZUNG, "", None),
    ]


def test_a_level_cannot_have_the_name_of_a_table(stadt: Path) -> None:
    change(
        stadt,
        "stadt.toml",
        'ebenen = ["bezirk", "quartier", "sanierung"]',
        'ebenen = ["bezirk", "quartier", "sanierung", "ort"]',
    )
    assert ("stadt.toml", "stadt.ebenen") in places(problems(stadt), stadt)


def test_rules_keep_their_order_and_their_word() -> None:
    """Memberships come first, then invitations, hosts and the managing office."""
    regeln = load(MUSTERSTADT).regeln
    assert [(regel.art.value, regel.id) for regel in regeln] == [
        ("mitgliedschaft", "runde-mitglieder"),
        ("mitgliedschaft", "kreis-mitglieder"),
        ("einladung", "runde-rat"),
        ("gastgeber", "runde-gastgeber"),
        ("gastgeber", "kreis-gastgeber"),
        ("geschaeftsfuehrung", "kreis-gf"),
    ]
    rat = regeln[2]
    assert (rat.rollen, rat.anlass, rat.nur) == (("rat",), ("entwurf",), ("anger", "hafen"))
    assert (rat.gueltig_ab, rat.gueltig_bis) == (date(2026, 7, 1), date(2030, 6, 30))
    assert regeln[1].grundlage == Grundlage(Authority.VORGABE)
    assert regeln[1].anlass is None


def test_the_managing_office_may_change_but_not_double(stadt: Path) -> None:
    """Two rules for one Gremium are fine when the first ends before the second begins."""
    erste = 'id = "kreis-gf"\ngremium = "kreis"\nrollen = "leitung"\nvorgabe = true\n'
    zweite = "[[geschaeftsfuehrung]]\n" + erste.replace("kreis-gf", "kreis-gf-2").replace(
        "leitung", "buero/ost"
    )
    change(stadt, "regeln.toml", erste, f"{erste}gueltig_bis = 2026-12-31\n{zweite}gueltig_ab = 2027-01-01\n")
    assert problems(stadt) == ()
    change(stadt, "regeln.toml", "2027-01-01", "2026-12-31")
    assert places(problems(stadt), stadt) == [("regeln.toml", "geschaeftsfuehrung")]


def test_the_catalogue_knows_sources_passages_and_readings() -> None:
    katalog = load(MUSTERSTADT).katalog
    assert katalog.quellen["konzept"].titel == "Quartiere in Musterstadt"
    assert katalog.stellen["MUSTER-2"].auslegung == ("AMB-1",)
    assert katalog.auslegungen["AMB-1"].stellen == ("MUSTER-2",)
