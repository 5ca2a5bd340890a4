"""``pin``: what would give way, again on top, accepted or dropped; nothing is changed before that is said."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from gremienplan.auditing import audit
from gremienplan.loading import load, read_plan
from gremienplan.plan import Zustand, plan_to_json, record
from tests.cli.lauf import Ergebnis, lauf, names, too_wide

BERG, FLUSS = "runde-entwurf/am-berg", "runde-abschluss/am-fluss"


def pin(projekt: Path, *words: object, **environ: str) -> Ergebnis:
    more = () if "--list" in words or "--drop" in words else ("--stand", "2027-01-10")
    return lauf("pin", *words, "--projekt", projekt, "--jahr", 2027, *more, **environ)


def at(projekt: Path, name: str) -> Path:
    return projekt / "jahre" / "2027" / name


def begins(projekt: Path, ereignis: str) -> str:
    return read_plan(at(projekt, "plan.json")).lagen[ereignis][0].beginn.isoformat(timespec="minutes")


def test_a_chain_of_what_ifs(geplant: Path) -> None:
    """Pin, see what gives way; pin on top; accept: the plan has both dates, and they stay pinned for every plan."""
    before = at(geplant, "plan.json").read_bytes()
    first = pin(geplant, "runde-e/Am Berg", "2027-03-24")
    assert first.code == 0, first.alles
    assert "Tue 2027-03-30 17:00 → Wed 2027-03-24 17:00" in first.daten
    assert not too_wide(first.alles.replace(str(geplant), ""))
    second = pin(geplant, FLUSS, "2027-05-12", "18:00", "Flusshaus")
    assert "Moved: 2" in second.daten, second.alles
    assert at(geplant, "plan.json").read_bytes() == before
    assert [p["sitzung"] for p in pin(geplant, "--list", "--json").json["versuch"]] == [FLUSS, BERG]
    accepted = pin(geplant, "--accept")
    assert accepted.code == 0, accepted.alles
    assert begins(geplant, BERG) == "2027-03-24T17:00"
    assert begins(geplant, FLUSS) == "2027-05-12T18:00"
    assert not at(geplant, "versuch.toml").exists()
    assert len(read_plan(at(geplant, "plan.json")).verlauf[-1].verlegt) == 2
    kept = at(geplant, "plan.json").read_bytes()
    again = lauf("replan", geplant, "--jahr", 2027, "--stand", "2027-01-10")
    assert "Nothing has to be moved" in again.daten
    assert at(geplant, "plan.json").read_bytes() == kept
    assert audit(load(geplant, jahr=2027), read_plan(at(geplant, "plan.json"))).ok


def test_drop_forgets(geplant: Path) -> None:
    """All that is tried, one of it, or a pin for good; what is neither is said."""
    pin(geplant, BERG, "2027-03-24")
    pin(geplant, FLUSS, "2027-05-12")
    assert pin(geplant, "--drop", FLUSS).code == 0
    assert [p["sitzung"] for p in pin(geplant, "--list", "--json").json["versuch"]] == [BERG]
    assert pin(geplant, "--accept").code == 0
    assert [p.sitzung for p in load(geplant, jahr=2027).pins] == [BERG]
    assert "No longer pinned" in pin(geplant, "--drop", BERG).rede
    assert not at(geplant, "pins.toml").exists()
    assert pin(geplant, "--drop", BERG).code == 2
    pin(geplant, BERG, "2027-03-23")
    assert "Forgotten" in pin(geplant, "--drop").rede
    assert "Nothing is pinned" in pin(geplant, "--list").rede


def test_an_impossible_pin_is_named_and_not_kept(geplant: Path) -> None:
    """The conflict names the pin; what was tried before stays."""
    pin(geplant, BERG, "2027-03-24")
    result = pin(geplant, FLUSS, "2027-09-12")
    assert result.code == 1
    assert "Sun 2027-09-12: it is pinned." in " ".join(result.daten.split())
    assert "not kept" in result.rede
    assert "With these dates there is no plan." in result.daten
    pin(geplant, "--drop")
    alone = pin(geplant, FLUSS, "2027-09-12", GREMIENPLAN_LANG="de")
    assert "Mit diesem Termin gibt es keinen Plan." in alone.daten
    assert "Für 2027" not in alone.daten
    pin(geplant, BERG, "2027-03-24")
    assert [p["sitzung"] for p in pin(geplant, "--list", "--json").json["versuch"]] == [BERG]


def published(projekt: Path, stand: datetime) -> None:
    """Make the plan one that people have been told at a moment."""
    plan = read_plan(at(projekt, "plan.json"))
    kept = record(plan, plan, stand, Zustand.PUBLISHED)
    at(projekt, "plan.json").write_text(plan_to_json(kept), "utf-8", newline="\n")


def test_a_refused_acceptance_changes_nothing(geplant: Path) -> None:
    """Where the history reaches further than today, plan, pins and attempt stay; the plan can still be asked about."""
    pin(geplant, BERG, "2027-03-24")
    published(geplant, datetime(2027, 1, 11))
    before = {path.name: path.read_bytes() for path in at(geplant, "").iterdir()}
    result = pin(geplant, "--accept")
    assert result.code == 2
    assert "before the last entry" in " ".join(result.rede.split())
    assert {path.name: path.read_bytes() for path in at(geplant, "").iterdir()} == before


@pytest.mark.parametrize("after", ["plan.json", "pins.toml"])
def test_an_acceptance_that_is_broken_off_is_ended_by_another(
    geplant: Path, tmp_path: Path, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the plan, or after the pins: the second one comes to the same bytes as one in a single step."""
    pin(geplant, BERG, "2027-03-24")
    whole = Path(shutil.copytree(geplant, tmp_path / "ganz"))
    assert pin(whole, "--accept").code == 0

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if after == "plan.json":
            patch.setattr("gremienplan.cli.commands.pin.write_pins", killed)
        else:
            patch.setattr(Path, "unlink", killed)
        assert pin(geplant, "--accept").code == 130
    assert at(geplant, "versuch.toml").exists()
    assert pin(geplant, "--accept").code == 0
    for name in ("plan.json", "pins.toml"):
        assert at(geplant, name).read_bytes() == at(whole, name).read_bytes()
    assert not at(geplant, "versuch.toml").exists()
    assert lauf("why", BERG, "--projekt", geplant, "--jahr", 2027).code == 0


def test_what_is_stale_is_brought_up_to_date_by_replan(geplant: Path) -> None:
    """A published plan whose inputs have changed is not planned anew: the hint says what can be done."""
    published(geplant, datetime(2027, 1, 5))
    at(geplant, "pins.toml").write_text(
        f'format = 1\n[[pin]]\nsitzung = "{BERG}"\ntag = 2027-03-30\n', "utf-8"
    )
    result = lauf("why", BERG, "--not-on", "2027-03-24", "--projekt", geplant, "--jahr", 2027)
    assert result.code == 2
    assert names(result.rede, "gremienplan replan --jahr 2027", geplant)


def test_files_of_pins_read_in_german_whatever_the_language(geplant: Path) -> None:
    """The same bytes."""
    pin(geplant, BERG, "2027-03-24")
    english = at(geplant, "versuch.toml").read_bytes()
    pin(geplant, BERG, "2027-03-24", GREMIENPLAN_LANG="de")
    assert at(geplant, "versuch.toml").read_bytes() == english
    assert english.startswith(b"# Festgesteckte Termine")


def test_long_lines_of_the_list_are_indented(geplant: Path) -> None:
    """Nothing wraps to the first column."""
    pin(geplant, "bv-entwurf/am-fluss/west", "2027-04-21")
    listed = pin(geplant, "--list", COLUMNS="50").daten.splitlines()
    assert len(listed) > 2
    assert all(line.startswith("  ") for line in listed[1:])


def test_an_item_can_be_pinned_to_a_sitting(geplant: Path) -> None:
    """By the day of the sitting; other days are no sitting."""
    item = "bv-entwurf/am-fluss/west"
    assert pin(geplant, item, "2027-04-21").code == 0
    assert pin(geplant, item, "2027-04-22").code == 1


@pytest.mark.parametrize(
    "words",
    [
        (),
        (BERG,),
        ("--accept",),
        (BERG, "--list"),
        (BERG, "2027-03-24", "--drop"),
        (BERG, "24. März"),
        (BERG, "2027-03-24", "fünf"),
        (BERG, "2027-03-24", "17:00", "Nirgendwo"),
        ("unsinn", "2027-03-24"),
    ],
)
def test_wrong_use_is_said(geplant: Path, words: tuple[str, ...]) -> None:
    """And nothing is written."""
    assert pin(geplant, *words).code == 2
    assert not at(geplant, "versuch.toml").exists()


def test_what_is_missing_is_said_with_an_example(geplant: Path) -> None:
    """Sitzung and date, or the date alone."""
    nothing = pin(geplant)
    assert "Sitzung and date are missing." in nothing.rede
    assert names(nothing.rede, "gremienplan pin SITZUNG 2027-09-15 --jahr 2027", geplant)
    assert "The date is missing." in pin(geplant, BERG).rede
    assert names(pin(geplant, BERG).rede, f"gremienplan pin {BERG} 2027-09-15", geplant)


def test_every_mistake_of_the_file_is_said(geplant: Path) -> None:
    """Those of the pins as of the attempt, all at once; a file that cannot be read can still be dropped."""
    wrong = """format = 1
[[pin]]
sitzung = "runde-entwurf/am-bergg"
tag = 2027-03-24
[[pin]]
sitzung = "bv-entwurf/am-fluss/west"
tag = 2027-03-28
uhr = "02:30"
ort = "berghaus"
[[pin]]
sitzung = "runde-entwurf/am-berg"
tag = 2027-03-24
ort = "berghauss"
art = "x"
[[pin]]
sitzung = "runde-entwurf/am-berg"
tag = 2027-03-24
[[pin]]
sitzung = "runde-entwurf/am-berg"
tag = 2027-03-25
"""
    for name in ("pins.toml", "versuch.toml"):
        at(geplant, name).write_text(wrong, "utf-8")
        result = pin(geplant, "--list", "--json")
        assert result.code == 2
        places = [p["pfad"] for p in result.json["problems"]]
        assert places == ["pin[1].sitzung", "pin[2].ort", "pin[2].uhr", "pin[3].art", "pin[5].sitzung"]
        at(geplant, name).unlink()
    at(geplant, "versuch.toml").write_text("format = ", "utf-8")
    assert pin(geplant, "--drop").code == 0
