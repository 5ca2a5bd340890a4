"""``new`` makes a project that explains itself and that ``check`` accepts as it is."""

import tomllib
from pathlib import Path

import pytest

import gremienplan.publishing.dateien
from gremienplan.loading.ordner import shipped
from gremienplan.publishing.dateien import write_atomically
from tests.cli.conftest import MUSTER
from tests.cli.lauf import lauf, too_wide
from tests.nur_ci import nur_ci

STADT = MUSTER / "stadt"


@pytest.mark.parametrize("city", [*shipped(), str(STADT)])
def test_new_then_check(city: str, tmp_path: Path) -> None:
    """For every city that ships, and for a city folder of one's own."""
    folder = tmp_path / "projekt"
    made = lauf("new", folder, "--stadt", city)
    assert made.code == 0, made.alles
    assert lauf("check", folder).code == 0
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()) == [
        ".gitignore",
        "gremienplan.toml",
        "ratskalender/README.txt",
    ]


@pytest.mark.parametrize("city", [*shipped(), str(STADT)])
def test_a_city_of_ones_own(city: str, tmp_path: Path) -> None:
    """--eigene-regeln copies every file of the city, and the project plans with the copy."""
    folder = tmp_path / "projekt"
    made = lauf("new", folder, "--stadt", city, "--eigene-regeln")
    assert made.code == 0, made.alles
    assert tomllib.loads((folder / "gremienplan.toml").read_text("utf-8"))["stadt"] == "stadt"
    assert lauf("check", folder).code == 0
    (folder / "stadt" / "regeln.toml").unlink()
    assert lauf("check", folder).code == 2


def test_the_next_three_steps_are_said(tmp_path: Path) -> None:
    """And they are commands one can copy."""
    folder = tmp_path / "p"
    result = lauf("new", folder, "--stadt", STADT)
    steps = result.daten.splitlines()[1:]
    assert [step[:2] for step in steps if step[0].isdigit()] == ["1.", "2.", "3."]
    assert f"gremienplan check {folder}" in " ".join(result.daten.split())


def test_a_calendar_is_the_first_step_and_its_absence_one_remark(tmp_path: Path) -> None:
    """Both kinds of calendar files are asked for, and that neither lies there is said once."""
    folder = tmp_path / "p"
    steps = lauf("new", folder, "--stadt", STADT).daten
    assert f"1. gremienplan import FILE --projekt {folder}" in " ".join(steps.split())
    assert lauf("check", folder).alles.count("No file matches") == 1


def test_a_path_to_a_city_is_written_as_seen_from_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, projekt: Path
) -> None:
    """So that both can be moved together."""
    monkeypatch.chdir(tmp_path)
    assert lauf("new", "neu/p", "--stadt", "projekt/stadt").code == 0
    assert tomllib.loads(Path("neu/p/gremienplan.toml").read_text("utf-8"))["stadt"] == "../../projekt/stadt"


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    """Nothing in it changes."""
    (tmp_path / "something").write_text("mine", "utf-8")
    result = lauf("new", tmp_path, "--stadt", STADT)
    assert result.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["something"]


def test_each_file_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the one writer that leaves no half of a file behind."""
    written = []

    def write(path: Path, data: bytes) -> bool:
        written.append(path.name)
        return write_atomically(path, data)

    monkeypatch.setattr(gremienplan.publishing.dateien, "write_atomically", write)
    assert lauf("new", tmp_path / "p", "--stadt", STADT).code == 0
    assert sorted(written) == [".gitignore", "README.txt", "gremienplan.toml"]


def test_an_unknown_city_is_refused_with_those_there_are(tmp_path: Path) -> None:
    """Nothing is made."""
    result = lauf("new", tmp_path / "p", "--stadt", "nowhere", "--json")
    assert result.code == 2
    for city in shipped():
        assert city in result.json["problems"][0]["meldung"]
    assert not (tmp_path / "p").exists()


def test_json(tmp_path: Path) -> None:
    """The files made are named."""
    result = lauf("new", tmp_path / "p", "--stadt", STADT, "--json")
    assert result.json["answer"] == "project"
    assert "gremienplan.toml" in result.json["dateien"]
    assert not too_wide(lauf("new", tmp_path / "q", "--stadt", STADT).rede.replace(str(tmp_path), ""))


def test_the_examples_of_fixed_and_open_dates_can_be_used(tmp_path: Path) -> None:
    """Without their ``#``, and with ids of the city, ``check`` accepts them."""
    folder = tmp_path / "p"
    assert lauf("new", folder, "--stadt", "hattingen").code == 0
    path = folder / "gremienplan.toml"
    text, found = path.read_text("utf-8"), []
    for key, place in (("fest", "mitte"), ("offen", "welper")):
        _, _, example = text.partition(f"# [[{key}]]\n")
        lines = [line.removeprefix("# ") for line in example.split("\n\n")[0].splitlines()]
        found += [f"[[{key}]]", *(line.replace("/…", f"/{place}") for line in lines if "ort =" not in line)]
    path.write_text("\n".join([text, *found, ""]), "utf-8")
    assert lauf("check", folder).code == 0, lauf("check", folder).alles
    assert [len(tomllib.loads(path.read_text("utf-8"))[key]) for key in ("fest", "offen")] == [1, 1]


@nur_ci("plans a year anew")
def test_the_examples_of_deadlines_and_days_to_leave_free_can_be_used(tmp_path: Path) -> None:
    """As they stand there, without their ``#``, in a project of Hamm."""
    folder = tmp_path / "p"
    assert lauf("new", folder, "--stadt", "hamm").code == 0
    path = folder / "gremienplan.toml"
    text, found = path.read_text("utf-8"), []
    for key in ("frist", "meidetag"):
        _, _, example = text.partition(f"# [[{key}]]\n")
        found += [f"[[{key}]]", *(line.removeprefix("# ") for line in example.split("\n\n")[0].splitlines())]
    path.write_text("\n".join([text, *found, ""]), "utf-8")
    assert lauf("check", folder).code == 0, lauf("check", folder).alles
    assert [len(tomllib.loads(path.read_text("utf-8"))[key]) for key in ("frist", "meidetag")] == [1, 1]
