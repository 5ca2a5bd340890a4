"""A wrong use is said on stderr, with what would have been right; exit code 2."""

from pathlib import Path

import pytest

from tests.cli.lauf import lauf, too_wide


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pln"], "Did you mean: plan"),
        (["plan", "--jahrs", "2027"], "--jahr"),
        (["plan"], "This is missing."),
        (["plan", "--jahr"], "This option needs a value."),
        (["plan", "--jahr", "27"], "27 is no year"),
        (["plan", "--jahr", "zwei"], "zwei is no year"),
        (["plan", "--jahr", "2027", "--effort", "lng"], "Did you mean: lang?"),
        (["print", "--papier", "a2"], "“a2” is not one of the choices: a3, a4."),
        (["plan", "--jahr", "2027", "--stand", "gestern"], "gestern is no moment"),
        (["plan", "--jahr", "2027", "--stand", "2026-10-01T08:00+02:00"], "is no moment"),
        (["invitations", "--am", "2027-02-30"], "2027-02-30: the calendar has no such day."),
        (["invitations", "--am", "30.2.27"], "30.2.27 is no day; one is written"),
        (["plan", "--jahr", "2027", "--stand", "31.11.2027 14:00"], "the calendar has no such day."),
        (["plan", "--jahr", "2027", "--stand", "30.11.2027 25:00"], "is no moment"),
        (["tasks", "--week", "9999-12-31"], "9999-12-31 is none of the years 2000 to 2199"),
        (["move", "a/b", "0001-01-01", "00:30", "--jahr", "2027"], "0001-01-01 is none of the years"),
        (["plan", "--jahr", "2027", "--stand", "9999-12-31 23:30"], "is none of the years"),
        (["check", "--json=yes"], "This option takes no value."),
        (["check", "a", "b"], "This argument is one too many."),
        (["completion", "tcsh"], "bash, zsh, fish"),
        (["new"], "This is missing."),
        (["check", "a", "--projekt", "b"], "There is a second project in --projekt: b"),
        (["check", "nowhere"], "There is no such folder."),
        (["audit", "nowhere/plan.json"], "There is no gremienplan.toml here or in a folder above."),
    ],
)
def test_wrong_use(arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes to stdout; the complaint fits 80 columns and says what is wrong."""
    monkeypatch.chdir(tmp_path)
    result = lauf(*arguments)
    assert (result.code, result.daten) == (2, "")
    assert said in " ".join(result.rede.split())
    assert not too_wide(result.rede)


def test_only_a_word_that_is_near_is_suggested() -> None:
    """A choice of two is no slip of the pen: a5 is not almost a4."""
    result = lauf("print", "--papier", "a5")
    assert "“a5” is not one of the choices: " in result.rede
    assert "Did you mean" not in result.rede


def test_with_json_a_wrong_use_is_json_too() -> None:
    """It has the shape of every other problem."""
    result = lauf("plan", "--json", "--jahr", "27")
    assert result.code == 2
    assert result.json["answer"] == "problems"
    assert result.json["problems"][0]["datei"] == "--jahr"
    assert result.rede == ""


def test_without_a_command_the_help_page_is_shown() -> None:
    """On stderr, for nothing was done."""
    result = lauf()
    assert result.code == 2
    assert "invitations" in result.rede


def test_version() -> None:
    """The version is data."""
    result = lauf("--version")
    assert result.code == 0
    assert result.daten.startswith("gremienplan ")


@pytest.mark.parametrize("command", ["", "new", "check", "plan", "invitations", "audit", "publish"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_help_pages_fit_80_columns(command: str, language: str) -> None:
    """In both languages."""
    result = lauf(*command.split(), "--help", "--lang", language)
    assert result.code == 0
    assert not too_wide(result.daten)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    """Each shell gets a script that calls the program back."""
    result = lauf("completion", shell)
    assert result.code == 0
    assert "_GREMIENPLAN_COMPLETE" in result.daten
    assert lauf("completion", shell, "--json").json["script"].strip() == result.daten.strip()
