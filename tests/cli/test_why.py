"""``why`` explains one invitation, or that there is none: the rule, its passage, and what is lacking."""

from pathlib import Path

import pytest

from tests.cli.lauf import lauf, too_wide


def ask(projekt: Path, sitzung: str, sitz: str, *more: object) -> str:
    """Return the answer in one line."""
    result = lauf("why", sitzung, "--sitz", sitz, "--projekt", projekt, "--jahr", 2027, *more)
    assert result.code == 0, result.rede
    assert not too_wide(result.alles)
    return " ".join(result.daten.split())


def test_a_sitz_for_the_whole_city_names_no_atom() -> None:
    """Not all 27 of them."""
    result = lauf("why", "lk-1/hamm", "--sitz", "dezernat/hamm", "--projekt", "hamm", "--jahr", 2027)
    assert "Through the whole city." in result.daten
    assert "Wohnbereich" not in result.daten


def test_who_is_invited_reads_rule_passage_places_and_topic(projekt: Path) -> None:
    """The passage in full: source, section, key term and id."""
    answer = ask(projekt, "runde-entwurf/am-fluss", "leitung/am-fluss")
    assert "Invited: yes, as member, host" in answer
    assert "by rule runde-leitung" in answer
    assert "Konzept der Musterstadt, section 1, “eine Runde je Raum” [M-1-RUNDE]" in answer
    assert "Through Viertel: 2 (Mitte), 3 (Unten)" in answer
    answer = ask(projekt, "runde-entwurf/am-fluss", "buergeramt/west")
    assert (
        "As guest for “Entwurf”, by rule runde-buergeramt our reading, in the city's words: “Ja: jedes"
        in answer
    )


def test_who_is_not_reads_what_is_lacking(projekt: Path) -> None:
    """Another topic, another place, both, or no rule at all for the Rolle."""
    topic = ask(projekt, "runde-abschluss/am-fluss", "buergeramt/west")
    assert "Invited: no" in topic
    assert "It is for Sitzungen about: Entwurf. This one is about: Abschluss." in topic
    place = ask(projekt, "runde-entwurf/am-berg", "buergeramt/west")
    assert "The areas share no Viertel. The Sitz has: 3. The Gremium has: 1." in place
    both = ask(projekt, "runde-abschluss/am-berg", "buergeramt/west")
    assert "about: Entwurf" in both
    assert "share no Viertel" in both


def test_a_rule_that_is_not_yet_or_no_longer_in_force(projekt: Path) -> None:
    """With its first and last day; another day may be asked for."""
    rules = projekt / "stadt" / "regeln.toml"
    with rules.open("a", encoding="utf-8") as file:
        file.write("gueltig_ab = 2027-04-01\ngueltig_bis = 2027-05-31\n")
    answer = ask(projekt, "runde-entwurf/am-fluss", "buergeramt/west", "--am", "2027-03-03")
    assert "from Thu 2027-04-01 to Mon 2027-05-31" in answer
    assert "Invited: yes" in ask(projekt, "runde-entwurf/am-fluss", "buergeramt/west", "--am", "2027-04-01")


def test_a_rolle_nobody_names(projekt: Path) -> None:
    """What the rules of this Gremium name instead."""
    rules = projekt / "stadt" / "regeln.toml"
    rules.write_text(rules.read_text("utf-8").partition("[[einladung]]")[0], "utf-8")
    answer = ask(projekt, "runde-entwurf/am-fluss", "buergeramt/west")
    assert "No rule about this Gremium names the Rolle “Bürgeramt”." in answer
    assert "Its rules name: - Leitung - Bewohner:innen" in answer


def test_what_rules_a_sitz_out(projekt: Path) -> None:
    """The city's own reason why no rule names the Rolle; and that nobody can be added."""
    rules = projekt / "stadt" / "regeln.toml"
    kept = rules.read_text("utf-8").partition("[[einladung]]")[0]
    limits = """
[[ausgeschlossen]]
id = "keine-aemter"
gremium = "runde"
rollen = ["buergeramt"]
text = "M-1-RUNDE"

[[mitgliederliste]]
id = "runde-liste"
gremium = "runde"
art = "geschlossen"
auslegung = "LES-01"
"""
    rules.write_text(kept + limits, "utf-8")
    answer = ask(projekt, "runde-entwurf/am-fluss", "buergeramt/west")
    assert "Ruled out from this Gremium. Konzept der Musterstadt, section 1" in answer
    assert "The list of its members is closed. our reading, in the city's words: “Ja: jedes" in answer
    arguments = ("--sitz", "buergeramt/west", "--projekt", projekt, "--jahr", 2027, "--json")
    found = lauf("why", "runde-entwurf/am-fluss", *arguments).json
    assert [a["id"] for a in found["ausgeschlossen"]] == ["keine-aemter"]
    assert found["mitgliederliste"]["art"] == "geschlossen"


LESARTEN = """
format = 1

["LES-01"]
frage = "Sind alle Bürgerämter des Raums gemeint?"
lesart = "Ja: jedes, dessen Bezirk den Raum berührt."
stellen = ["M-2-GAST"]
stand = "offen"

["LES-01".alternative.keines]
lesart = "Nein: keines."
ohne = ["runde-buergeramt"]

["LES-01".alternative.eines]
lesart = "Eines, das die Stadt benennt."
verlangt.amt = { frage = "Welches?", aus = ["buergeramt/ost", "buergeramt/west"] }
setzt = { "einladung.runde-buergeramt.rollen" = ["{amt}"] }

["LES-02"]
frage = "Gilt das auch zum Abschluss?"
lesart = "Nein."
stellen = []
stand = "offen"

["LES-02".alternative.ja]
lesart = "Ja, auch dann."
setzt = { "einladung.runde-buergeramt.anlass" = ["entwurf", "abschluss"] }

["LES-03"]
frage = "Muss der Entwurf zuerst beraten werden?"
lesart = "Ja."
stellen = ["M-2-GAST"]
stand = "offen"

["LES-03".alternative.nein]
lesart = "Nein, danach."
ohne = ["entwurf-vor-bv"]
"""


class TestLesarten:
    """Which open questions are involved, and what another reading would do to this invitation."""

    @pytest.fixture
    def gelesen(self, projekt: Path) -> Path:
        (projekt / "stadt" / "auslegungen.toml").write_text(LESARTEN, "utf-8")
        return projekt

    def test_a_reading_that_the_reason_stands_on(self, gelesen: Path) -> None:
        """Every alternative of it; what has no bearing on this invitation is not told."""
        answer = ask(gelesen, "runde-entwurf/am-fluss", "buergeramt/west")
        assert "LES-01: Sind alle Bürgerämter des Raums gemeint?" in answer
        assert "Read otherwise, “Nein: keines.”: not invited." in answer
        assert "Read otherwise, “Eines, das die Stadt benennt.”: that depends. Welches?" in answer
        assert "LES-02" not in answer
        assert "LES-03" not in answer

    def test_a_reading_that_would_invite(self, gelesen: Path) -> None:
        """Also where no reason cites it."""
        answer = ask(gelesen, "runde-abschluss/am-fluss", "buergeramt/west")
        assert "LES-02: Gilt das auch zum Abschluss?" in answer
        assert "Read otherwise, “Ja, auch dann.”: then invited, as guest." in answer
        assert "Read otherwise, “Nein: keines.”: still not invited." in answer

    def test_the_city_s_own_reading_is_the_other_one_where_the_project_chooses(self, gelesen: Path) -> None:
        """It is told like any other."""
        with (gelesen / "gremienplan.toml").open("a", encoding="utf-8") as file:
            file.write('[auslegung]\n"LES-01" = "keines"\n')
        found = lauf(
            "why", "runde-entwurf/am-fluss", "--sitz", "buergeramt/west", "--projekt", gelesen, "--json"
        ).json
        assert found["eingeladen"] is False
        own = [andere for andere in found["lesarten"] if andere["wahl"] is None]
        assert [(a["auslegung"], a["folge"], a["als"]) for a in own] == [("LES-01", "eingeladen", ["gast"])]
        assert own[0]["lesart"] == "Ja: jedes, dessen Bezirk den Raum berührt."
        answer = ask(gelesen, "runde-entwurf/am-fluss", "buergeramt/west")
        assert (
            "Read otherwise, “Ja: jedes, dessen Bezirk den Raum berührt.”: then invited, as guest." in answer
        )
        assert "Read otherwise, “Nein: keines.”" not in answer

    @pytest.mark.parametrize(
        ("am", "said", "unsaid"),
        [
            ("2027-03-01", "“Nein: keines.”: not invited.", "“Ja: jedes"),
            ("2027-04-01", "“Ja: jedes, dessen Bezirk den Raum berührt.”: then invited", "“Nein: keines.”"),
        ],
    )
    def test_a_reading_chosen_from_a_day_on_is_the_other_one_until_then(
        self, am: str, said: str, unsaid: str, gelesen: Path
    ) -> None:
        """And from that day on the city's own one is."""
        with (gelesen / "gremienplan.toml").open("a", encoding="utf-8") as file:
            file.write('[auslegung]\n"LES-01" = { wahl = "keines", ab = 2027-04-01 }\n')
        answer = ask(gelesen, "runde-entwurf/am-fluss", "buergeramt/west", "--am", am)
        assert f"Read otherwise, {said}" in answer
        assert f"Read otherwise, {unsaid}" not in answer

    def test_only_the_questions_that_decide_are_asked(self, gelesen: Path) -> None:
        """Each ends as a question does; one whose answer changes nothing here is left out."""
        path = gelesen / "stadt" / "auslegungen.toml"
        other = 'verlangt.amt = { frage = "Welches?"'
        amts = '", aus = ["buergeramt/ost", "buergeramt/west"] }\n'
        more = 'verlangt.auch = { frage = "Und wer noch?' + amts
        path.write_text(path.read_text("utf-8").replace(other, more + other), "utf-8")
        answer = ask(gelesen, "runde-entwurf/am-fluss", "buergeramt/west")
        assert "that depends. Welches?" in answer
        assert "Und wer noch?" not in answer
        path.write_text(path.read_text("utf-8").replace('["{amt}"]', '["{amt}", "{auch}"]'), "utf-8")
        assert "that depends. Und wer noch? Welches?" in ask(
            gelesen, "runde-entwurf/am-fluss", "buergeramt/west"
        )

    def test_who_no_reading_is_about_reads_of_none(self, gelesen: Path) -> None:
        """Neither question nor alternative."""
        assert "Open questions" not in ask(gelesen, "runde-entwurf/am-fluss", "leitung/am-fluss")


class TestBeratung:
    """Of an item in a sitting of a political body: who presents it, and why."""

    def test_who_presents_it(self, geplant: Path) -> None:
        """Through the place of the Sitzung it belongs to, and on which word."""
        answer = ask(geplant, "bv-entwurf/am-fluss/ost", "leitung/am-fluss")
        assert "Presents this item: yes It is presented for “Am Fluss” by: Leitung" in answer
        assert "Through Viertel: 2 (Mitte), 3 (Unten)" in answer
        assert "section 3, “vor dem Abschluss beraten” [M-3-BV]" in answer
        assert "Heard: " in answer
        answer = ask(geplant, "bv-entw/Am Berg", "leitung/am-fluss")
        assert "Presents this item: no" in answer
        assert "The areas share no Viertel. The Sitz has: 2, 3. The item has: 1." in answer

    def test_as_json(self, projekt: Path) -> None:
        """The same facts, before anything is planned."""
        arguments = ("--sitz", "leitung/am-fluss", "--projekt", projekt, "--jahr", 2027, "--json")
        found = lauf("why", "bv-entwurf/am-fluss/west", *arguments).json
        assert (found["answer"], found["beratung"]) == ("why", "bv-entwurf/am-fluss/west")
        assert (found["vortrag"], found["kenntnis"], found["geplant"]) == (True, False, None)
        assert found["ueber"] == ["2", "3"]

    @pytest.mark.parametrize(
        ("word", "said"),
        [
            ("bv-entwurf/am-fluss", "One of: bv-entwurf/am-fluss/ost, bv-entwurf/am-fluss/west"),
            ("bv-entwurf/am-flus/nord", "Did you mean: bv-entwurf/am-fluss/ost"),
        ],
    )
    def test_unknown_and_ambiguous_words(self, word: str, said: str, projekt: Path) -> None:
        """Exit code 2, with the ids that may be meant."""
        result = lauf("why", word, "--sitz", "leitung/am-berg", "--projekt", projekt, "--jahr", 2027)
        assert (result.code, result.daten) == (2, "")
        assert said in " ".join(result.rede.split())


def test_as_json(projekt: Path) -> None:
    """The same facts."""
    arguments = ("--projekt", projekt, "--jahr", 2027, "--json")
    yes = lauf("why", "runde-entwurf/am-fluss", "--sitz", "buergeramt/west", *arguments).json
    assert (yes["answer"], yes["eingeladen"], yes["als"]) == ("why", True, ["gast"])
    (grund,) = yes["gruende"]
    assert (grund["regel"], grund["ueber"], grund["anlass"]) == ("runde-buergeramt", ["3"], ["entwurf"])
    assert grund["grundlage"]["id"] == "LES-01"
    no = lauf("why", "runde-abschluss/am-berg", "--sitz", "buergeramt/west", *arguments).json
    assert no["eingeladen"] is False
    (near,) = no["naechste"]
    assert near["regel"] == "runde-buergeramt"
    assert {fehlt["art"]: fehlt for fehlt in near["fehlt"]}.keys() == {"anlass", "gebiet"}
    assert near["fehlt"][0]["einer_von"] == ["entwurf"]


@pytest.mark.parametrize(
    ("word", "sitz"),
    [
        ("Bürgeramt West", "buergeramt/west"),
        ("bürgeramt west", "buergeramt/west"),
        ("buerg/w", "buergeramt/west"),
        ("Bürger W", "buergeramt/west"),
        ("Leitung Bergviertel", "leitung/am-berg"),
        ("leitung/Am Berg", "leitung/am-berg"),
        ("leitung", "leitung/am-fluss"),
    ],
)
def test_other_ways_to_name_a_sitz(word: str, sitz: str, projekt: Path) -> None:
    """Names, beginnings and aliases; without a place the one that touches the Gremium's."""
    found = lauf("why", "runde-entwurf/am-fluss", "--sitz", word, "--projekt", projekt, "--json").json
    assert found["sitz"] == sitz


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("buergeramt", "One of: buergeramt/ost, buergeramt/west"),
        ("buergeramt/wset", "Did you mean: buergeramt/west"),
        ("Bürgramt West", "Did you mean: buergeramt/west"),
        ("buergeramt/am-berg", "“Bürgeramt” there is only for: Ost, West"),
        ("xyz", "There is no such Sitz."),
    ],
)
def test_unknown_and_ambiguous_words(word: str, said: str, projekt: Path) -> None:
    """Exit code 2, with the ids that may be meant."""
    result = lauf("why", "runde-entwurf/am-fluss", "--sitz", word, "--projekt", projekt)
    assert (result.code, result.daten) == (2, "")
    assert said in " ".join(result.rede.split())


def test_in_german(projekt: Path) -> None:
    """A sentence a clerk may pass on."""
    answer = ask(projekt, "runde-abschluss/am-fluss", "buergeramt/west", "--lang", "de")
    assert "Eingeladen: nein" in answer
    assert "Sie gilt für Sitzungen zu: Entwurf. Diese hat das Thema: Abschluss." in answer
