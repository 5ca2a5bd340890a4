"""The papers an office and a catalogue ask for: publiccode.yml, SECURITY.md, docs/datenschutz.md."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gremienplan.loading import abstimmung, einfuhr, netz, oparl_ordner, pins, tokens, veroeffentlichtes
from gremienplan.publishing import dateien
from gremienplan.texts import LANGUAGES
from gremienplan.tokens.werte import BYTES

WURZEL = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    not (WURZEL / "publiccode.yml").is_file(), reason="the papers are not part of this tree"
)

CATEGORIES = {"appointment-scheduling", "event-management", "resource-management", "workflow-management"}
"""Those of the standard's list that could be ours."""
STATUS = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {
    "library",
    "addon",
    "configurationFiles",
    *(f"standalone/{kind}" for kind in ("mobile", "iot", "desktop", "web", "backend", "other")),
}


def problems(found: Any) -> set[str]:
    """Return where a file does not keep the standard (core, 0.5): what is mandatory, and what has a closed list."""
    bad = set()

    def must(key: str, holds: bool) -> None:
        if not holds:
            bad.add(key)

    must("publiccodeYmlVersion", found.get("publiccodeYmlVersion") == "0.5")
    must("name", bool(found.get("name")))
    must("url", bool(re.fullmatch(r"https?://[^\s/]+/\S+", str(found.get("url")))))
    must("platforms", bool(found.get("platforms")))
    must("categories", bool(found.get("categories")) and set(found["categories"]) <= CATEGORIES)
    must("developmentStatus", found.get("developmentStatus") in STATUS)
    must("softwareType", found.get("softwareType") in TYPES)
    texts = found.get("description") or {}
    must("description", bool(texts))
    for language, text in texts.items():
        must(f"shortDescription {language}", 0 < len(text.get("shortDescription", "").strip()) <= 150)
        must(f"longDescription {language}", 150 <= len(text.get("longDescription", "").strip()) <= 10_000)
        must(f"features {language}", bool(text.get("features")))
    must("license", bool(found.get("legal", {}).get("license")))
    care = found.get("maintenance", {})
    must("maintenance", care.get("type") in {"internal", "contract", "community", "none"})
    must("contacts", care.get("type") not in {"internal", "community"} or bool(care.get("contacts")))
    must("contractors", care.get("type") != "contract" or bool(care.get("contractors")))
    must("localisationReady", isinstance(found.get("localisation", {}).get("localisationReady"), bool))
    must("availableLanguages", bool(found.get("localisation", {}).get("availableLanguages")))
    return bad


@pytest.fixture(scope="module")
def publiccode() -> Any:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    return yaml.safe_load((WURZEL / "publiccode.yml").read_text("utf-8"))


class TestPubliccode:
    """What catalogues of public software read."""

    def test_it_keeps_the_standard(self, publiccode: Any) -> None:
        """All that is mandatory is there, in the words that are allowed."""
        assert problems(publiccode) == set()

    def test_the_check_finds_what_is_missing(self, publiccode: Any) -> None:
        """Each top-level key that the standard asks for, taken away or emptied, is missed."""
        mandatory = set(publiccode) - {"intendedAudience"}
        assert len(mandatory) == 11
        for key in mandatory:
            assert problems({k: v for k, v in publiccode.items() if k != key}), key
            assert problems({**publiccode, key: type(publiccode[key])()}), key
        assert problems({**publiccode, "maintenance": {"type": "internal"}}) == {"contacts"}

    def test_it_is_the_project_that_pyproject_describes(self, publiccode: Any) -> None:
        """Name, licence and languages; nobody and no place is named."""
        project = tomllib.loads((WURZEL / "pyproject.toml").read_text("utf-8"))["project"]
        assert (publiccode["name"], publiccode["legal"]["license"]) == (project["name"], project["license"])
        assert set(publiccode["localisation"]["availableLanguages"]) == set(LANGUAGES)
        assert "@" not in (WURZEL / "publiccode.yml").read_text("utf-8")


class TestDatenschutz:
    """An office can answer for every file."""

    def test_every_file_we_keep_has_a_row(self) -> None:
        """By its name in the code."""
        page = (WURZEL / "docs" / "datenschutz.md").read_text("utf-8")
        files = {row.partition("|")[0] for row in re.findall(r"^\| (`.*)$", page, re.MULTILINE)}
        listed = {name.rpartition("/")[2] for cell in files for name in re.findall(r"`([^`]+[^/`])`", cell)}
        kept = {
            abstimmung.ABSTIMMUNG,
            dateien.LOCK,
            pins.PINS,
            pins.VERSUCH,
            tokens.TOKENS,
            veroeffentlichtes.AKTE,
            veroeffentlichtes.PERSONEN,
            *("gremienplan.toml", "besetzung.csv", "plan.json"),
        }
        assert kept == listed

    def test_what_is_private_is_kept_out_of_git(self) -> None:
        """The page names the files that the template of a project ignores."""
        page = (WURZEL / "docs" / "datenschutz.md").read_text("utf-8")
        text = WURZEL / "src" / "gremienplan" / "cli" / "vorlagen" / "gitignore"
        if not text.is_file():
            pytest.skip("the source of the package is not part of this tree")
        ignored = set(re.findall(r"^(\w+\.(?:csv|json))$", text.read_text("utf-8"), re.MULTILINE))
        (sentence,) = re.findall(r"^(`besetzung\.csv`.*) hält `gremienplan new`", page, re.MULTILINE)
        assert set(re.findall(r"`([^`]+)`", sentence)) == ignored


class TestSecurity:
    """The numbers it names are those of the code."""

    def test_limits(self) -> None:
        page = (WURZEL / "SECURITY.md").read_text("utf-8")
        assert netz.GRENZEN.antwort == einfuhr.GROESSE
        for number in (
            f"{einfuhr.GROESSE // 10**6} MB for a calendar",
            f"{oparl_ordner.GROESSE // 10**6} MB for saved answers",
            f"{netz.GRENZEN.anfragen:,} requests and {netz.GRENZEN.gesamt // 10**9} GB",
            f"{BYTES * 8} random bits",
        ):
            assert number in page
        assert netz.GRENZEN.umleitungen == 5
