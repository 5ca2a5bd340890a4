"""``coverage`` accounts for every statement; ``check --quellen`` compares passages with the sources themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from gremienplan.quellen import fingerprint
from tests.cli.lauf import lauf, too_wide

LEDGER = """
format = 1
["M-1-RUNDE"]
stand = "umgesetzt"
durch = ["mitgliedschaft.runde-leitung", "gremienart.runde"]
["M-2-GAST"]
stand = "offen"
auslegung = "LES-01"
durch = ["einladung.runde-buergeramt"]
["M-3-BV"]
stand = "umgesetzt"
durch = ["beratung.bv-entwurf"]
"""

ABSAETZE = {
    "M-1-RUNDE": "Es gibt eine Runde je Raum.",
    "M-2-GAST": "Die Bürgerämter sind zum Entwurf eingeladen.",
    "M-3-BV": "Er wird vor dem Abschluss beraten.",
}
"""The concept of the Musterstadt, which is invented, in three paragraphs."""


@pytest.fixture
def gedeckt(projekt: Path) -> Path:
    """Return the project with a ledger and a catalogue whose passages have fingerprints."""
    (projekt / "stadt" / "deckung.toml").write_text(LEDGER, "utf-8")
    katalog = projekt / "stadt" / "katalog.toml"
    text = katalog.read_text("utf-8").replace("[stelle]", 'datei = "900"\n\n[stelle]')
    for kennung, absatz in ABSAETZE.items():
        old = f'"{kennung}" = {{'
        assert old in text
        text = text.replace(old, f'{old} fingerabdruck = "{fingerprint(absatz)}", kraft = "hard",')
    katalog.write_text(text, "utf-8")
    return projekt


@pytest.fixture
def quellen(tmp_path: Path) -> Path:
    """Return a folder with the text of the source, among others."""
    folder = tmp_path / "quellen"
    folder.mkdir()
    (folder / "900_konzept.txt").write_text("\n".join(["Konzept", *ABSAETZE.values(), ""]), "utf-8")
    (folder / "901_anderes.txt").write_text("Etwas anderes.", "utf-8")
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


class TestCoverage:
    """``coverage``."""

    def test_the_table(self, gedeckt: Path) -> None:
        """Per section and together, for a project as for its city."""
        for word in (gedeckt, gedeckt / "stadt"):
            result = lauf("coverage", word)
            assert result.code == 0
            rows = [line.split() for line in result.daten.splitlines()]
            assert ["1", "1", "–", "–", "–", "–", "1"] in rows
            assert ["together", "2", "1", "–", "–", "–", "3"] in rows
            assert result.rede == "3 of 3 statements accounted for (100 %).\n"
            assert not too_wide(result.alles)

    def test_as_json(self, gedeckt: Path) -> None:
        """The same numbers, and every statement with what carries it: what the ledger names, and what cites it."""
        found = lauf("coverage", gedeckt, "--json").json
        assert found["total"] == {
            "quelle": "",
            "abschnitt": "",
            "umgesetzt": 2,
            "offen": 1,
            "zur-kenntnis": 0,
            "ausserhalb": 0,
            "ohne": 0,
            "gesamt": 3,
        }
        durch = {s["id"]: s["durch"] for s in found["statements"]}
        assert durch["M-1-RUNDE"] == [
            "mitgliedschaft.runde-leitung",
            "gremienart.runde",
            "sitzung.runde-entwurf",
            "sitzung.runde-abschluss",
        ]
        assert found["problems"] == []

    @pytest.mark.parametrize(
        ("old", "new", "place", "words"),
        [
            ('["M-3-BV"]', '["M-3-VB"]', "M-3-BV", "in no state"),
            ('["M-3-BV"]', '["M-3-VB"]', "M-3-VB", "no passage with this id"),
            ("runde-leitung", "runde-leiter", "M-1-RUNDE.durch", "no such entry"),
            (
                'stand = "offen"',
                'stand = "zur-kenntnis"\nweil = "x"',
                "M-2-GAST.stand",
                "cannot be in this",
            ),
        ],
    )
    def test_a_ledger_with_a_mistake(self, old: str, new: str, place: str, words: str, gedeckt: Path) -> None:
        """``coverage`` still counts and its answer is no; ``check`` names it among the problems of the input."""
        change(gedeckt / "stadt" / "deckung.toml", old, new)
        result = lauf("coverage", gedeckt)
        assert result.code == 1
        assert place in result.daten
        assert words in " ".join(result.daten.split())
        checked = lauf("check", gedeckt, "--json")
        assert checked.code == 2
        found = [p for p in checked.json["problems"] if p["pfad"] == place]
        assert words in found[0]["meldung"]
        assert found[0]["datei"].endswith("deckung.toml")

    def test_a_ledger_that_cannot_be_read(self, gedeckt: Path) -> None:
        """An unknown state is bad input, said where it stands."""
        change(gedeckt / "stadt" / "deckung.toml", 'stand = "offen"', 'stand = "offenbar"')
        for command in ("coverage", "check"):
            result = lauf(command, gedeckt, "--json")
            assert result.code == 2
            assert [p["pfad"] for p in result.json["problems"]] == ["M-2-GAST.stand"]

    def test_no_ledger(self, projekt: Path) -> None:
        """Nothing is accounted for, which is no mistake of the input."""
        result = lauf("coverage", projekt)
        assert result.code == 1
        assert "This city has no ledger" in result.rede
        assert "0 of 3 statements accounted for (0 %)." in result.rede
        assert lauf("check", projekt).code == 0

    def test_one_statement(self, gedeckt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """State, passage, carriers and readings; beside a project or in its folder."""
        result = lauf("coverage", gedeckt, "M-2-GAST")
        assert result.code == 0
        lines = [" ".join(line.split()) for line in result.daten.splitlines()]
        assert lines[0] == "M-2-GAST: open"
        assert "Key term: “zum Entwurf eingeladen”" in lines
        assert "einladung.runde-buergeramt" in lines
        assert "LES-01 Ja: jedes, dessen Bezirk den Raum berührt." in lines
        monkeypatch.chdir(gedeckt)
        assert lauf("coverage", "M-2-GAST").daten == result.daten
        assert lauf("coverage", "M-2-GAST", "--json").json["stand"] == "offen"
        unknown = lauf("coverage", "M-2-GAT")
        assert unknown.code == 2
        assert "M-2-GAST" in unknown.rede

    def test_what_an_entry_carries(self, gedeckt: Path) -> None:
        """The other way round."""
        result = lauf("coverage", gedeckt, "--durch", "beratung.bv-entwurf")
        assert result.code == 0
        assert "M-3-BV" in result.daten
        assert "M-1-RUNDE" not in result.daten
        assert "beratung.bv-entwurf (programm.toml)" in result.daten
        found = lauf("coverage", gedeckt, "--durch", "gremienart.runde", "--json").json
        assert [s["id"] for s in found["statements"]] == ["M-1-RUNDE"]
        unknown = lauf("coverage", gedeckt, "--durch", "beratung.bv-entwurv")
        assert unknown.code == 2
        assert "beratung.bv-entwurf" in unknown.rede

    def test_a_part(self, gedeckt: Path) -> None:
        """One source by its id or its file, one section statement by statement."""
        whole = lauf("coverage", gedeckt).daten
        assert lauf("coverage", gedeckt, "--quelle", "900").daten == whole
        assert lauf("coverage", gedeckt, "--quelle", "konzept").daten == whole
        part = lauf("coverage", gedeckt, "--section", "2").daten
        assert "M-2-GAST: open" in part
        assert "M-1-RUNDE" not in part
        assert lauf("coverage", gedeckt, "--quelle", "901").code == 2
        assert lauf("coverage", gedeckt, "--section", "9").code == 2

    def test_in_german(self, gedeckt: Path) -> None:
        """The states have the words of the ledger, and key terms the quotation marks of the language."""
        one = lauf("coverage", gedeckt, "M-1-RUNDE", "--lang", "de").daten
        assert "„eine Runde je Raum“" in one
        assert "“eine" not in one
        result = lauf("coverage", gedeckt, "--lang", "de")
        assert "umgesetzt" in result.daten
        assert "zur Kenntnis" in result.daten
        assert not too_wide(result.alles)


class TestQuellen:
    """``check --quellen``."""

    def test_passages_that_hold(self, gedeckt: Path, quellen: Path) -> None:
        result = lauf("check", gedeckt, "--quellen", quellen)
        assert (result.code, result.daten) == (0, "")
        assert "3 passages compared, 0 do not hold." in result.rede

    def test_one_changed_character(self, gedeckt: Path, quellen: Path) -> None:
        """Is reported with everything that rests on the paragraph, and nothing else is."""
        change(quellen / "900_konzept.txt", "eine Runde", "keine Runde")
        result = lauf("check", gedeckt, "--quellen", quellen)
        assert result.code == 1
        said = " ".join(result.daten.split())
        assert "M-1-RUNDE (1, “eine Runde je Raum”) The cited paragraph has changed" in said
        assert "gremienart.runde" in said
        assert "sitzung.runde-entwurf" in said
        assert "M-2-GAST" not in said
        found = lauf("check", gedeckt, "--quellen", quellen, "--json").json["abweichungen"]
        assert [one["id"] for one in found] == ["M-1-RUNDE"]
        assert "mitgliedschaft.runde-leitung" in found[0]["durch"]

    def test_a_lost_key_term(self, gedeckt: Path, quellen: Path) -> None:
        change(gedeckt / "stadt" / "katalog.toml", "vor dem Abschluss beraten", "nach dem Abschluss")
        result = lauf("check", gedeckt, "--quellen", quellen)
        assert result.code == 1
        assert "Its key term is not in the cited paragraph." in result.daten

    @pytest.mark.parametrize(
        ("names", "words"), [((), "No file"), (("900_a.txt", "900_b.txt"), "More than one file")]
    )
    def test_the_file_is_found_by_its_beginning(
        self, names: tuple[str, ...], words: str, gedeckt: Path, tmp_path: Path
    ) -> None:
        """It must be exactly one; what is not there cannot hold."""
        folder = tmp_path / "andere"
        folder.mkdir()
        for name in names:
            (folder / name).write_text("x", "utf-8")
        result = lauf("check", gedeckt, "--quellen", folder)
        assert result.code == 1
        assert words in result.daten

    def test_no_folder(self, gedeckt: Path, tmp_path: Path) -> None:
        assert lauf("check", gedeckt, "--quellen", tmp_path / "nirgends").code == 2

    def test_a_source_without_a_file(self, gedeckt: Path, quellen: Path) -> None:
        """Is named, and not compared."""
        change(gedeckt / "stadt" / "katalog.toml", 'datei = "900"', "")
        result = lauf("check", gedeckt, "--quellen", quellen)
        assert result.code == 0
        assert "names no file: Konzept der Musterstadt" in " ".join(result.rede.split())
