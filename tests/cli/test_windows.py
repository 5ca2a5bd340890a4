"""What docs/windows.md promises, as far as it can be tested on any system: encodings, line ends, names and paths."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from attrs import frozen

import gremienplan as gp
from gremienplan import cli
from gremienplan.cli.zeichensatz import spelled
from gremienplan.loading import load, read_plan
from gremienplan.loading.ordner import shipped
from gremienplan.publishing import publikum
from tests.cli.conftest import MUSTER
from tests.cli.lauf import lauf

CI = os.environ.get("PROFILE") == "ci"
CODE_PAGES = ("cp1252", "cp850", "ascii", "utf-8") if CI else ("cp850",)
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
WORDS = "Bürgeramt → „Süd“ … –"


@frozen
class Gelaufen:
    code: int
    out: bytes
    err: bytes


def run(monkeypatch: pytest.MonkeyPatch, encoding: str, *arguments: object, lang: str = "de") -> Gelaufen:
    """Run the program as its console script does, with stdout and stderr in a code page."""
    raw = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(one, encoding=encoding) for one in raw]
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        patch.setattr(sys, "argv", ["gremienplan", *map(str, arguments), "--lang", lang])
        patch.setenv("COLUMNS", "80")
        with pytest.raises(SystemExit) as end:
            cli.main()
        for stream in streams:
            stream.flush()
    assert isinstance(end.value.code, int)
    return Gelaufen(end.value.code, raw[0].getvalue(), raw[1].getvalue())


def in_code_page(text: str, encoding: str) -> str:
    """Return a text as it is read from an encoding that spells what it lacks."""
    return "".join(c if c.encode(encoding, "ignore") else spelled(c) for c in text)


class TestCodePages:
    """Redirected output on Windows has the code page of the machine."""

    def test_spelled(self) -> None:
        """Different words stay different, and nothing becomes a question mark."""
        assert "".join(map(spelled, WORDS)) == 'Buergeramt -> "Sued" ... -'
        assert in_code_page(WORDS, "cp850") == 'Bürgeramt -> "Süd" ... -'
        assert in_code_page(WORDS, "cp1252") == "Bürgeramt -> „Süd“ … –"
        known = (code for code in range(0x80, 0x3000) if "?" not in unicodedata.normalize("NFKD", chr(code)))
        every = [spelled(chr(code)) for code in known]
        assert all(words.isascii() and words and "?" not in words for words in every)

    @pytest.mark.parametrize("encoding", CODE_PAGES)
    def test_words_are_the_same_words(
        self, encoding: str, geplant: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An answer with umlauts, quotation marks and arrows: that of UTF-8, with what is lacking spelled."""
        move = ("move", "runde-entwurf/am-berg", "2027-03-29", "16:30", "--projekt", geplant, "--jahr", 2027)
        arguments = (*move, "--dry-run", "--stand", "2026-10-02")
        told = run(monkeypatch, "utf-8", *arguments)
        assert told.code == 0
        assert "→" in told.out.decode()
        found = run(monkeypatch, encoding, *arguments)
        assert found.code == 0
        assert found.out.decode(encoding) == in_code_page(told.out.decode(), encoding)
        assert found.err.decode(encoding) == in_code_page(told.err.decode(), encoding)

    @pytest.mark.parametrize("encoding", CODE_PAGES)
    def test_json_is_the_same_json(
        self, encoding: str, geplant: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Escaped where the encoding is not Unicode, so that whoever reads it as UTF-8 gets every letter."""
        arguments = ("invitations", "runde-entwurf/am-fluss", "--projekt", geplant, "--json")
        told = json.loads(run(monkeypatch, "utf-8", *arguments).out)
        assert "Bürgeramt" in json.dumps(told, ensure_ascii=False)
        assert json.loads(run(monkeypatch, encoding, *arguments).out.decode("utf-8")) == told

    def test_a_mistake_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Exit code 2 and a sentence, whatever the name looks like in the code page."""
        found = run(monkeypatch, "cp850", "check", "Größe → nirgends")
        assert found.code == 2
        assert "Größe -> nirgends" in found.err.decode("cp850")


class TestFilesFromWindows:
    """Editors and spreadsheets there end lines with CR LF and begin files with a mark."""

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["CRLF", "CRLF and BOM"])
    def test_a_project_reads_the_same(self, mark: bytes, tmp_path: Path) -> None:
        """Every TOML file and besetzung.csv."""
        made = []
        for name, change in (("linux", False), ("windows", True)):
            projekt = Path(shutil.copytree(MUSTER, tmp_path / name))
            (projekt / "besetzung.csv").write_bytes(b"sitz;person\nleitung/am-berg;17\n")
            for datei in (*projekt.rglob("*.toml"), projekt / "besetzung.csv"):
                if change:
                    lines = datei.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
                    datei.write_bytes(mark + lines)
            made.append(load(projekt, jahr=2027))
        one, other = made
        for what in ("stadt", "regeln", "programm", "besetzung", "ratskalender", "katalog"):
            assert getattr(one, what) == getattr(other, what), what

    def test_a_plan_reads_the_same(self, geplant: Path) -> None:
        """An editor may end its lines as it likes."""
        datei = geplant / "jahre" / "2027" / "plan.json"
        plan = read_plan(datei)
        datei.write_bytes(datei.read_bytes().replace(b"\n", b"\r\n"))
        assert read_plan(datei) == plan

    def test_a_plan_with_a_mark_is_refused_with_a_sentence(self, geplant: Path) -> None:
        """Not with a crash: JSON has no such mark."""
        datei = geplant / "jahre" / "2027" / "plan.json"
        datei.write_bytes(b"\xef\xbb\xbf" + datei.read_bytes())
        result = lauf("audit", "--projekt", geplant)
        assert result.code == 2, result.alles
        assert "plan.json" in result.rede
        assert "not JSON" in result.rede


@cache
def names(jahr: int = 2027) -> set[str]:
    """Return the names of calendars and letters of every city that ships, without their endings."""
    found = set()
    for city in shipped():
        projekt = gp.load(city, jahr=jahr)
        stadt = projekt.stadt
        found |= {publikum.amt_publikum(sitz) for sitz in stadt.alle_sitze}
        found |= {publikum.gremium_publikum(gremium) for gremium in stadt.alle_gremien}
        found |= {publikum.gebiet_publikum(gebiet) for gebiet in stadt.gebiete}
        found |= {publikum.rolle_publikum(rolle) for rolle in stadt.rollen}
        found |= {sitzung.id.replace("/", ".") for sitzung in projekt.sitzungen(jahr)}
    return found


class TestNames:
    """What we write can be written on Windows."""

    def test_they_are_valid(self) -> None:
        """No reserved name, no sign that has a meaning there, no blank or dot at an end, and not too long."""
        assert len(names()) > 200
        for name in names():
            for part in name.split("/"):
                assert re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", part), name
                assert part.partition(".")[0] not in RESERVED, name
        assert max(map(len, names())) < 120, "a path may have 260 characters, the project's folder included"

    def test_no_two_are_one_there(self) -> None:
        """Windows does not tell upper case from lower."""
        assert len({name.casefold() for name in names()}) == len(names())

    @pytest.mark.skipif(not CI, reason="the names follow from those above: PROFILE=ci")
    def test_what_was_written_is_valid(self, geplant: Path) -> None:
        """Every file that publishing, sheets, letters and lists leave."""
        for command in ("publish", "sheet", "letters", "coordinate"):
            projekt = (geplant,) if command in ("publish", "sheet") else ("--projekt", geplant)
            stand = ("--stand", "2026-10-02") if command in ("publish", "coordinate") else ()
            assert lauf(command, *projekt, "--jahr", 2027, *stand).code in (0, 1)
        files = [p.relative_to(geplant) for p in (geplant / "out").rglob("*") if p.is_file()]
        assert {p.suffix for p in files} >= {
            ".ics",
            ".md",
            ".eml",
            ".json",
            *((".xlsx", ".csv") if CI else ()),
        }
        for path in files:
            for part in path.parts:
                assert not re.search(r'[<>:"|?*\\\x00-\x1f]|[ .]$', part), path
                assert part.partition(".")[0].casefold() not in RESERVED, path


@pytest.mark.parametrize("path", [r"C:\Users\amt\stadt", r"..\Stadt Süd", r"\\server\amt"])
def test_a_path_with_backslashes_is_told_with_slashes(path: str, projekt: Path) -> None:
    """In a TOML file a backslash begins an escape; the answer has the line, and the path as it is to be written."""
    datei = projekt / "gremienplan.toml"
    datei.write_text(f'format = 1\nstadt = "{path}"\n', "utf-8")
    result = lauf("check", projekt)
    assert result.code == 2
    assert "2:" in result.daten
    assert f"Write a path with slashes: {path.replace(chr(92), '/')}" in result.daten


def test_a_folder_with_blanks_and_umlauts(geplant: Path, tmp_path: Path) -> None:
    """Everything works there, and the commands that are shown can be pasted."""
    folder = tmp_path / "Amt für Größe & Co" / "mein Projekt"
    shutil.copytree(geplant, folder)
    assert lauf("publish", folder, "--stand", "2026-10-02").code == 0
    assert (folder / "out" / "feeds" / "alle.ics").is_file()
    assert lauf("audit", "--projekt", folder).code == 0
    neu = lauf("new", tmp_path / "noch eins", "--stadt", "hamm")
    whole = "".join(neu.daten.split())  # a long path is wrapped
    assert f"'{tmp_path / 'noch eins'}'".replace(" ", "") in whole


@pytest.mark.skipif(not CI, reason="a process for each code page: PROFILE=ci")
@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_as_a_process(encoding: str, geplant: Path) -> None:
    """With the variable by which Python is told its encoding."""
    import subprocess

    command = [
        sys.executable,
        "-m",
        "gremienplan",
        "invitations",
        "--projekt",
        str(geplant),
        "--jahr",
        "2027",
    ]
    environ = os.environ | {"PYTHONIOENCODING": encoding, "GREMIENPLAN_LANG": "de"}
    result = subprocess.run(command, capture_output=True, env=environ, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    assert "?" not in result.stdout.decode(encoding)
