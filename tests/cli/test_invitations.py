"""``invitations`` explains who is invited to a Sitzung: as what, by which rule, on whose word."""

from pathlib import Path

import pytest

from tests.cli.lauf import lauf, too_wide


def test_one_sitzung(projekt: Path) -> None:
    """Members, guests and hosts, each with rule and passage; who invites."""
    result = lauf("invitations", "runde-entwurf/am-fluss", "--projekt", projekt, "--jahr", 2027)
    assert result.code == 0
    words = " ".join(result.daten.split())
    assert "Invites: Leitung Am Fluss" in words
    for sitz in ("Leitung Am Fluss", "Bewohner:innen Am Fluss", "Bürgeramt Ost", "Bürgeramt West"):
        assert f"\n{sitz}\n" in result.daten
    assert "member, rule runde-leitung: 1 “eine Runde je Raum” [M-1-RUNDE]" in words
    assert "guest, for “Entwurf”, rule runde-buergeramt: our reading [LES-01]" in words
    assert "first day of its window" in words
    assert not too_wide(result.alles)


def test_as_json(projekt: Path) -> None:
    """With the atoms through which a rule means a Sitz."""
    found = lauf("invitations", "runde-entwurf/am-fluss", "--projekt", projekt, "--jahr", 2027, "--json").json
    assert found["answer"] == "invitations"
    by_sitz = {i["sitz"]: i for i in found["invitations"]}
    assert by_sitz["buergeramt/west"]["gruende"][0]["ueber"] == ["3"]
    assert by_sitz["leitung/am-fluss"]["als"] == ["mitglied", "gastgeber"]
    assert found["gastgeber"] == ["leitung/am-fluss"]


@pytest.mark.parametrize(
    "word",
    [
        "runde-entwurf/am-berg",
        "runde-e/am-berg",
        "runde-entwurf/Am Berg",
        "runde-ent/Bergviertel",
        "runde-e/am b",
    ],
)
def test_other_ways_to_name_a_sitzung(word: str, projekt: Path) -> None:
    """Unique beginnings, names and aliases of the place."""
    found = lauf("invitations", word, "--projekt", projekt, "--jahr", 2027, "--json").json
    assert found["sitzung"] == "runde-entwurf/am-berg"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("runde-entwrf/am-berg", "Did you mean: runde-entwurf/am-berg"),
        ("runde-entwurf", "This can mean 2 Sitzungen."),
        ("runde/am-berg", "runde-entwurf/am-berg, runde-abschluss/am-berg"),
        ("xyz", "There is no such Sitzung."),
    ],
)
def test_unknown_and_ambiguous_words(word: str, said: str, projekt: Path) -> None:
    """Exit code 2, with the ids that may be meant."""
    result = lauf("invitations", word, "--projekt", projekt, "--jahr", 2027)
    assert (result.code, result.daten) == (2, "")
    assert said in " ".join(result.rede.split())


def test_without_a_sitzung_all_are_listed(projekt: Path) -> None:
    """With id and name."""
    result = lauf("invitations", "--projekt", projekt, "--jahr", 2027)
    assert result.code == 0
    assert "runde-abschluss/am-berg" in result.daten
    assert "4 Sitzungen" in result.rede
    assert not too_wide(result.alles)
    listed = lauf("invitations", "--projekt", projekt, "--jahr", 2027, "--json").json
    assert len(listed["sitzungen"]) == 4


def test_the_day_is_the_planned_one(geplant: Path) -> None:
    """Rules change; a day that is asked for comes first."""
    planned = lauf("invitations", "runde-entwurf/am-berg", "--projekt", geplant)
    assert "as planned" in planned.daten
    asked = lauf("invitations", "runde-entwurf/am-berg", "--projekt", geplant, "--am", "2027-03-01", "--json")
    assert asked.json["tag"] == "2027-03-01"
