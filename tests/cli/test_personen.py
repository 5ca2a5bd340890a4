"""``invitations --personen`` lists persons, for the planner's eyes only. All persons are invented."""

from pathlib import Path

from tests.cli.lauf import lauf, too_wide

BESETZUNG = """\
sitz;person;ab;bis;vertretung
leitung/am-fluss;Erfunden A;;30.06.2027;
leitung/am-fluss;Erfunden B;01.07.2027;;Erfunden D
buergeramt/ost;Erfunden C;;;
buergeramt/west;Erfunden C;;;
"""
ASK = ("invitations", "runde-entwurf/am-fluss", "--jahr", 2027, "--personen")


def test_each_person_once_with_all_sitze(projekt: Path) -> None:
    """P-33; a Sitz without a person stays listed."""
    (projekt / "besetzung.csv").write_text(BESETZUNG, "utf-8")
    result = lauf(*ASK, "--projekt", projekt, "--am", "2027-09-01")
    assert result.code == 0
    assert "\nErfunden C\n    as: Bürgeramt Ost, Bürgeramt West\n" in result.daten
    assert "may be represented by: Erfunden D" in result.daten
    assert "Invited, but no person is named:\n- Bewohner:innen Am Fluss\n" in result.daten
    assert "Erfunden A" not in result.daten
    assert "2 persons invited" in result.rede
    assert "Erfunden" not in result.rede
    assert not too_wide(result.alles)


def test_the_holder_of_the_day(projekt: Path) -> None:
    """S-18, as JSON."""
    (projekt / "besetzung.csv").write_text(BESETZUNG, "utf-8")
    found = lauf(*ASK, "--projekt", projekt, "--am", "2027-06-30", "--json").json
    assert found["answer"] == "personen"
    assert [p["person"] for p in found["personen"]] == ["Erfunden A", "Erfunden C"]
    assert [s["sitz"] for s in found["personen"][1]["sitze"]] == ["buergeramt/ost", "buergeramt/west"]
    assert found["personen"][0]["insbesondere"] is None
    assert found["ohne_person"] == ["bewohner/am-fluss"]


def test_without_a_besetzung_there_is_nobody_to_list(projekt: Path) -> None:
    """Exit code 2, with what to do."""
    result = lauf(*ASK, "--projekt", projekt)
    assert (result.code, result.daten) == (2, "")
    assert "besetzung.csv beside gremienplan.toml" in " ".join(result.rede.split())


def test_a_new_project_keeps_it_out_of_git(tmp_path: Path) -> None:
    """P-67."""
    assert lauf("new", tmp_path / "neu", "--stadt", "hamm").code == 0
    assert "besetzung.csv" in (tmp_path / "neu" / ".gitignore").read_text("utf-8").splitlines()


def test_p_67_no_file_and_no_other_command_names_a_person(projekt: Path) -> None:
    """P-67: plan.json and everything published, and what check, plan, audit, invitations and publish say."""
    (projekt / "besetzung.csv").write_text(BESETZUNG, "utf-8")
    said = ""
    plan = "plan --stand 2026-11-01"
    for command in ("check", plan, "audit", "publish", "check --json", f"{plan} --json", "audit --json"):
        result = lauf(*command.split(), "--projekt", projekt, "--jahr", 2027)
        assert result.code == 0, command
        said += result.alles
    said += lauf(*ASK[:-1], "--projekt", projekt).alles
    assert "Erfunden" not in said
    files = [path for path in projekt.rglob("*") if path.is_file() and path.name != "besetzung.csv"]
    assert {".ics", ".json"} <= {path.suffix for path in files}
    assert [path for path in files if b"Erfunden" in path.read_bytes()] == []
    assert b"besetzung.csv" in (projekt / "jahre" / "2027" / "plan.json").read_bytes()
