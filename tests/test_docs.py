"""README and docs say what is true: their code runs, their commands print what is shown, their lists are complete."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from os import environ, pathsep
from pathlib import Path

import attrs
import jsonschema
import pytest

import gremienplan as gp
from gremienplan import plan as plaene, planning
from gremienplan.abstimmung import Aussage
from gremienplan.cli import codes, program
from gremienplan.coverage import Eintrag
from gremienplan.fristen import Frist
from gremienplan.jahr import build
from gremienplan.loading import (
    belegung,
    gebiete,
    lesarten,
    pins,
    programm as programmdatei,
    projektdatei,
    regeln,
    shapes,
    stadt,
    wahl,
)
from gremienplan.loading.plandatei import read_plan_text
from gremienplan.orte import Ort, Wochenbelegung
from gremienplan.programm import (
    Anlass,
    Aufgabeneintrag,
    Beratungseintrag,
    Meidetag,
    Sitzungseintrag,
    Tagesordnungseintrag,
    bedingungen,
    wuensche,
)
from gremienplan.programm.profile import Profil
from gremienplan.programm.ratsfolge import Ratsfolge
from gremienplan.projekt import Festlegung, Offen, Stumm
from gremienplan.quellen import Alternative, Authority, Fundstelle, Quelle
from gremienplan.ratskalender import Entfallen, FreierTag, Kalenderquelle
from gremienplan.rules import Ausschluss, KeinGremium, Mitgliederliste
from gremienplan.stadt import Gremienart, Rolle
from tests import vorrat
from tests.cli.lauf import NO_LANGUAGE, lauf

WURZEL = Path(__file__).parent.parent
PAKET = Path(gp.__file__).parent
BEISPIELE = WURZEL / "examples"
README = WURZEL / "README.md"
SEITEN = sorted([*WURZEL.glob("*.md"), *WURZEL.glob("docs/*.md")])

pytestmark = pytest.mark.skipif(not README.is_file(), reason="the documentation is not part of this tree")
mit_beispielen = pytest.mark.skipif(
    not (BEISPIELE / "hamm-2027").is_dir(), reason="the examples are not part of this tree"
)
CI = os.environ.get("PROFILE") == "ci"
nur_ci = pytest.mark.skipif(not CI, reason="one of the longest pages: PROFILE=ci")
jede_seite = pytest.mark.parametrize("seite", SEITEN, ids=lambda seite: seite.name)


def text(name: str) -> str:
    """Return a page by its name."""
    return (WURZEL / name).read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    """Return the code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def commands(page: str) -> list[str]:
    """Return the command lines that a page shows, without their comments."""
    lines = [line for block in blocks(page, "console") for line in block.splitlines()]
    return [line.removeprefix("$ ").partition("  #")[0].strip() for line in lines if line.startswith("$ ")]


@pytest.fixture
def beispiele(tmp_path: Path) -> Path:
    """Return a folder with a copy of the examples as they are before anything was planned."""
    shutil.copytree(
        BEISPIELE, tmp_path / "examples", ignore=shutil.ignore_patterns("jahre", "out", ".*", "__pycache__")
    )
    return tmp_path


class TestREADME:
    """What an embedder and a rule author copy works."""

    @mit_beispielen
    def test_the_ten_lines_of_python(
        self, beispiele: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """They load, say who is invited and why, plan, audit and publish."""
        (code,) = blocks(text("README.md"), "python")
        monkeypatch.chdir(beispiele)
        if not CI:
            monkeypatch.setattr(planning, "schedule", vorrat.schedule)
        exec(compile(code, "README.md", "exec"), {})
        assert "bezirksbuergermeister/heessen ['kr-bm: text HAMM-4.2-3-BM']" in capsys.readouterr().out
        assert (beispiele / "out" / "feeds" / "alle.ics").is_file()

    def test_the_python_handles_every_answer(self) -> None:
        """One case for each thing ``schedule`` may return."""
        (code,) = blocks(text("README.md"), "python")
        (match,) = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Match)]
        cases = re.findall(r"gp\.(\w+)\(", " ".join(ast.unparse(case.pattern) for case in match.cases))
        assert cases == ["Plan", "Conflict", "Undecided"]

    def test_the_ten_lines_of_toml(self, tmp_path: Path) -> None:
        """Added to the city that ships they load; the join and both authorities are as the text says."""
        city = Path(shutil.copytree(PAKET / "cities" / "hamm", tmp_path / "hamm"))
        (block,) = blocks(text("README.md"), "toml")
        for name, content in re.findall(r"^# (\w+\.toml)\n(.*?)(?=^# |\Z)", block, re.DOTALL | re.MULTILINE):
            with (city / name).open("a", encoding="utf-8") as file:
                file.write("\n" + content)
        projekt = gp.load(city)
        sitzung = projekt.sitzung("sk-herbst/westen", 2027)
        geladen = gp.invitations(projekt.stadt, projekt.regeln, sitzung, sitzung.fenster()[0])
        neu = {e.sitz.id for e in geladen if e.gruende[0].regel == "sk-vereinsguide"}
        assert neu == {"vereinsguide/mitte", "vereinsguide/pelkum", "vereinsguide/herringen"}
        found = [
            r for r in build(projekt, 2027).requirements if r.id.startswith("bericht-vor-gesamtevaluation")
        ]
        assert [r.grundlage.authority for r in found] == [Authority.AUSLEGUNG, Authority.VORGABE]

    def test_the_exit_codes(self) -> None:
        """All of them, and no others."""
        table = text("README.md").partition("| exit code |")[2]
        listed = [int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)]
        assert listed == sorted(code for name, code in vars(codes).items() if name.isupper())


def test_the_python_about_why_and_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/concepts.md: the answer and the difference fit on lines."""
    (code,) = blocks(text("docs/concepts.md"), "python")
    exec(compile(code, "docs/concepts.md", "exec"), {})
    answer, *changes = capsys.readouterr().out.splitlines()
    assert answer.startswith(("Invitation(sitz=kod/heessen", "NotInvited(sitz=kod/heessen"))
    assert changes
    assert max(map(len, (answer, *changes))) < 600


@nur_ci
def test_the_laws_on_the_page_about_testing(tmp_path: Path) -> None:
    """docs/testing.md: what a system that embeds us copies into its own tests, run as it stands there."""
    for number, code in enumerate(blocks(text("docs/testing.md"), "python")):
        names: dict[str, object] = {}
        exec(compile(code, f"docs/testing.md[{number}]", "exec"), names)
        laws = [value for name, value in names.items() if name.startswith("test_")]
        assert laws
        for law in laws:
            assert callable(law)
            law()


MAKE_PLAN = (
    "gremienplan plan --projekt examples/hamm-2027 --jahr 2027",
    "gremienplan publish --projekt examples/hamm-2027 --jahr 2027",
)
STAND = " --stand 2026-11-01"
"""When the documentation plans: the tests must not depend on today."""


class TestShownOutput:
    """What a page shows below a command is what the command prints; ``…`` stands for lines left out."""

    @mit_beispielen
    @pytest.mark.skipif(shutil.which("bash") is None, reason="the commands shown are those of a POSIX shell")
    @pytest.mark.parametrize(
        ("page", "number"),
        [
            pytest.param("README.md", 1, marks=nur_ci),
            pytest.param("docs/first-year.md", None, marks=nur_ci),
            pytest.param("docs/changing-a-rule.md", None, marks=nur_ci),
            pytest.param("docs/fair-and-robust.md", None, marks=nur_ci),
            pytest.param("docs/variants.md", None, marks=nur_ci),
            pytest.param("docs/why-a-date.md", None, marks=nur_ci),
        ],
    )
    def test_replay(
        self, page: str, number: int | None, beispiele: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The commands of a page, one after the other in one folder, with the files it shows in between."""
        monkeypatch.chdir(beispiele)
        for shown in list(_steps(text(page)))[:number]:
            name, _, content = shown.partition("\n")
            if shown.startswith("$ "):
                self._replay(shown, beispiele, shell=page == "README.md")
            elif name.endswith(".toml") and content.startswith((" ", "+")):
                _edit(beispiele / name, content)
            else:
                (beispiele / name).write_text(content, "utf-8")

    def _replay(self, block: str, folder: Path, *, shell: bool) -> None:
        command, *lines = block.splitlines()
        command = command.removeprefix("$ ")
        if "--quellen" in command:
            return  # the sources are not part of the repository
        printed: set[str] = set()
        for one in MAKE_PLAN if command == "make plan" else (command,):
            shown = one + STAND if one.startswith("gremienplan plan ") else one
            run = _in_process if one.startswith("gremienplan ") and not shell else _run
            refused = re.search(r"^\d+ problems?\.$", block, re.MULTILINE) is not None
            printed |= run(shown, folder, refused=refused)
        assert [line for line in lines if line not in {"…", ""} and line not in printed] == [], command

    @pytest.mark.skipif(not (WURZEL / "Makefile").is_file(), reason="no Makefile in this tree")
    def test_make_plan_is_these_commands(self) -> None:
        """So that the replay is of what people run."""
        recipe = text("Makefile").partition("\nplan:")[2].partition("\n\n")[0]
        for command in MAKE_PLAN:
            assert command.partition(" --")[0] in recipe
        assert "PROJEKT ?= examples/hamm-2027" in text("Makefile")


def _steps(page: str) -> Iterator[str]:
    """Yield commands with their output ("$ …"), and files as name and content or change, in the order of a page."""
    for path, content, console in re.findall(
        r"`([^`\n]+\.(?:ics|toml))`:\n\n```(?:ics|diff|toml)\n(.*?)^```$|^```console\n(.*?)^```$",
        page,
        re.DOTALL | re.MULTILINE,
    ):
        if path:
            yield f"{path}\n{content}"
        else:
            yield from re.findall(r"^\$ .*\n(?:(?!\$ ).*\n)*", console, re.MULTILINE)


def _edit(file: Path, change: str) -> None:
    """Do what a change says: the lines it begins with are found once, and it adds lines to them."""
    lines = change.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if not line.startswith("+"))
    after = "".join(line[1:] for line in lines)
    old = file.read_text("utf-8")
    assert old.count(before) == 1, f"{file.name}: {before}"
    file.write_text(old.replace(before, after), "utf-8")


def _run(command: str, folder: Path, *, refused: bool = False) -> set[str]:
    """Return the lines a command prints, 80 columns wide and in English; ``refused`` where it shall find mistakes."""
    path = f"{Path(sys.executable).parent}{pathsep}{environ.get('PATH', '')}"
    setting = {"PATH": path, "COLUMNS": "80", "GREMIENPLAN_LANG": "en", "NO_COLOR": "1", "LANG": "C.UTF-8"}
    result = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={key: value for key, value in environ.items() if key not in NO_LANGUAGE} | setting,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert result.returncode in ([codes.BAD_INPUT] if refused else [codes.DONE, codes.NO]), result.stderr
    return {line.rstrip() for line in (result.stdout + result.stderr).splitlines()}


def _in_process(command: str, folder: Path, *, refused: bool = False) -> set[str]:
    """Return the same without a shell and a process of its own, which take most of the time of a short command."""
    assert Path.cwd() == folder
    result = lauf(*shlex.split(command)[1:], GREMIENPLAN_LANG="en")
    assert result.code in ([codes.BAD_INPUT] if refused else [codes.DONE, codes.NO]), result.rede
    return {line.rstrip() for line in result.alles.splitlines()}


class TestCommands:
    """Every command a page names exists, with the options it names."""

    @jede_seite
    def test_command_lines_parse(self, seite: Path) -> None:
        """In blocks whole, as the program itself would read them."""
        for line in commands(seite.read_text("utf-8")):
            name, *args = shlex.split(line)
            if name == "gremienplan":
                found = program.commands[args[0]]
                found.make_context(args[0], args[1:])

    @jede_seite
    def test_commands_in_sentences_exist(self, seite: Path) -> None:
        """Their options too."""
        for words in re.findall(r"`(?:\.venv/bin/)?gremienplan ([^`\n]+)`", seite.read_text("utf-8")):
            name, *args = words.split()
            options = {opt for param in program.commands[name].params for opt in param.opts} | {"--help"}
            assert {arg for arg in args if arg.startswith("--")} <= options, words

    def test_help(self) -> None:
        """Every command the pages name explains itself."""
        pages = " ".join(seite.read_text("utf-8") for seite in SEITEN)
        named = set(re.findall(r"\bgremienplan ([a-z]+(?:-[a-z]+)*)\b(?=[^|\n]*)", pages)) & set(
            program.commands
        )
        assert named == set(program.commands) - {"completion"}
        for name in sorted(named):
            assert lauf(name, "--help").code == 0

    @pytest.mark.skipif(not (WURZEL / "Makefile").is_file(), reason="no Makefile in this tree")
    @jede_seite
    def test_make_targets_exist(self, seite: Path) -> None:
        """All of them."""
        targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
        assert set(re.findall(r"(?:`|^\$ )make ([a-z-]+)", seite.read_text("utf-8"), re.MULTILINE)) <= targets


class TestPages:
    """Pages lead somewhere, and are about the project alone."""

    @jede_seite
    def test_links_resolve(self, seite: Path) -> None:
        """Every relative one; sources are looked for in the installed package."""
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", seite.read_text("utf-8")):
            if not target.startswith("https://"):
                path = (seite.parent / target).resolve()
                quelle = WURZEL / "src" / "gremienplan"
                path = PAKET / path.relative_to(quelle) if path.is_relative_to(quelle) else path
                assert path.exists(), target

    def test_the_readme_leads_to_every_page(self) -> None:
        """A page nobody is led to is not read."""
        linked = set(re.findall(r"\]\(([\w/.-]+\.(?:md|yml))\)", text("README.md")))
        assert linked >= {str(seite.relative_to(WURZEL).as_posix()) for seite in SEITEN} - {"README.md"}

    @jede_seite
    def test_no_path_of_a_machine(self, seite: Path) -> None:
        """What works on one computer alone helps nobody."""
        words = seite.read_text("utf-8")
        assert not re.findall(
            r"(?<![\w.])/(?:home|root|tmp|work|usr|var|mnt|opt|Users)/\S*|\b[A-Z]:\\", words
        )

    @jede_seite
    def test_functions_a_page_names_are_there(self, seite: Path) -> None:
        """A walk through the code names file and function: `rules/auswertung.py`: `invitations`."""
        for name, function in re.findall(r"`([\w/]+\.py)`:\s+`(\w+)`", seite.read_text("utf-8")):
            tree = ast.parse((PAKET / name).read_text("utf-8"))
            assert function in {getattr(node, "name", "") for node in ast.walk(tree)}, f"{name}: {function}"

    @jede_seite
    def test_files_a_page_names_are_there(self, seite: Path) -> None:
        """Modules and files of a city, from the package on; tests, benchmarks and examples from the root on."""
        for name in re.findall(r"`((?:[\w/]+/)?\w+\.py|cities/[\w/-]+\.toml)`", seite.read_text("utf-8")):
            root = WURZEL if name.startswith(("tests/", "benchmarks/", "examples/")) else PAKET
            assert (root / name).is_file(), name

    def test_concepts_walks(self) -> None:
        """The two walks are not empty."""
        assert len(re.findall(r"`[\w/]+\.py`:\s+`\w+`", text("docs/concepts.md"))) > 30

    def test_the_plan_shown_is_one(self) -> None:
        """It keeps the schema, and it is written as the program would write it."""
        (block,) = blocks(text("docs/plan-json.md"), "json")
        plan = plaene.plan_from_json(block)
        assert plaene.plan_to_json(plan) == block
        schema = json.loads(read_plan_text(PAKET / "plan.schema.json"))
        jsonschema.validate(json.loads(block), schema)


TABELLEN: Mapping[str, type] = {
    "`[stadt]`": gebiete.Kopf,
    "`[ebene]`": gebiete.Ebeneneintrag,
    "`[bezirk]`, `[sozialraum]`, … and `[wohnbereich]`": gebiete.Gebietseintrag,
    "`[rolle]`": Rolle,
    "`[gremienart]`": Gremienart,
    "`[gremium]`": stadt.Gremiumseintrag,
    "`[ort]`": Ort,
    "`[[ort.….belegt]]`": Wochenbelegung,
    "`[[ratsgremium]]`": stadt.Mustereintrag,
    "`[[kein_gremium]]`": KeinGremium,
    "`[[ratsfolge]]`": Ratsfolge,
    "`[[einladung]]`": regeln.Regeleintrag,
    "`[[ausgeschlossen]]`": Ausschluss,
    "`[[mitgliederliste]]`": Mitgliederliste,
    "`[programm]`": programmdatei.Kopf,
    "`[anlass]`": Anlass,
    "`[profil]`": Profil,
    "`[[sitzung]]`": Sitzungseintrag,
    "`[[beratung]]`": Beratungseintrag,
    "`[[aufgabe]]`": Aufgabeneintrag,
    "`[[tagesordnung]]`": Tagesordnungseintrag,
    "`[[frist]]`": Frist,
    "`[[meidetag]]`": Meidetag,
    "`[quelle]`": Quelle,
    "`[stelle]`": Fundstelle,
    '`["AMB-02"]`': lesarten.Lesarteintrag,
    '`["AMB-02".alternative.nein]`': Alternative,
    "`[auslegung]`": wahl.Wahl,
    '`["HAMM-4.2-3-BM"]`': Eintrag,
    "`gremienplan.toml`": projektdatei.Kopf,
    "`[[besetzt]]`": belegung.Besetzteintrag,
    "`[[belegung]]`": belegung.Belegungseintrag,
    "`[[freier_tag]]`": FreierTag,
    "`[[fest]]`": Festlegung,
    "`[[offen]]`": Offen,
    "`[[quelle]]`": Kalenderquelle,
    "`[[entfallen]]`": Entfallen,
    "`[[stumm]]`": Stumm,
    "`[[pin]]`": pins.Pineintrag,
    "`[[aussage]]`": Aussage,
}
"""Heading in docs/rules.md -> the value whose fields are the keys listed below it."""

OHNE_ID = {
    "`[bezirk]`, `[sozialraum]`, … and `[wohnbereich]`",
    "`[rolle]`",
    "`[gremienart]`",
    "`[ort]`",
    "`[anlass]`",
    "`[profil]`",
    "`[quelle]`",
    "`[stelle]`",
    '`["HAMM-4.2-3-BM"]`',
}
"""Entries whose id is their own key."""


def keys_of(cls: type) -> set[str]:
    """Return the keys of a value as the page writes them: in brackets those that may be left out."""
    names: set[str] = set()
    for feld in attrs.fields(cls):
        key = {"ebene": "je"}.get(feld.name, feld.name)
        words = ("text", "auslegung", "vorgabe") if key == "grundlage" else (key,)
        names |= {word if feld.default is attrs.NOTHING else f"[{word}]" for word in words}
    return names


def section(heading: str) -> str:
    """Return what stands below a heading of docs/rules.md."""
    return text("docs/rules.md").partition(f"### {heading}\n")[2].partition("\n#")[0]


class TestRules:
    """docs/rules.md lists every key of every file, and which may be left out."""

    def test_the_loader_renames_what_we_think(self) -> None:
        assert shapes._keys(Rolle) == {key.strip("[]") for key in keys_of(Rolle)}

    @pytest.mark.parametrize("heading", TABELLEN)
    def test_keys(self, heading: str) -> None:
        """Neither more nor fewer."""
        rows = re.findall(r"^\| (`[^|]*) \|", section(heading), re.MULTILINE)
        listed = [key for row in rows for key in re.findall(r"`([^`]+)`", row)]
        expected = keys_of(TABELLEN[heading]) - ({"id"} if heading in OHNE_ID else set())
        assert sorted(listed) == sorted(expected)

    def test_every_heading_is_checked(self) -> None:
        headings = re.findall(r"^### (.*)$", text("docs/rules.md"), re.MULTILINE)
        unlike = {"`[vertretung]`", "`[[bedingung]]`", "`[[wunsch]]`"}
        assert sorted(headings) == sorted({*TABELLEN, *unlike})

    @pytest.mark.parametrize(
        ("heading", "arten", "always"),
        [
            ("`[[bedingung]]`", bedingungen.ARTEN, {"id", "text", "auslegung", "vorgabe"}),
            ("`[[wunsch]]`", wuensche.ARTEN, {"id", "text", "auslegung", "vorgabe", "stufe"}),
        ],
    )
    def test_arten(self, heading: str, arten: Mapping[str, type], always: set[str]) -> None:
        """Each ``art`` in the order of the code, with its keys."""
        _, *rows = re.findall(r"^\| `([\w-]+)` \| ([^|]*) \|", section(heading), re.MULTILINE)
        assert [art for art, _ in rows] == list(arten)
        for art, listed in rows:
            assert set(re.findall(r"`([^`]+)`", listed)) == keys_of(arten[art]) - always, art

    def test_weights_are_those_of_the_code(self) -> None:
        """The number in brackets behind a weight is its default."""
        for art, words in re.findall(
            r"^\| `([\w-]+)` \| [^|]* \| ([^|]*) \|", section("`[[wunsch]]`"), re.MULTILINE
        ):
            for key, default in re.findall(r"`(gewicht\w*)` \((\d+)\)", words):
                assert attrs.fields_dict(wuensche.ARTEN[art])[key].default == int(default), art
