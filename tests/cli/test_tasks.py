"""``tasks`` lists what is to be done for the planned Sitzungen: what, by whom, by when, on whose word."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.lauf import lauf, names, too_wide

AUFGABE = """
[[aufgabe]]
id = "einladen"
name = "Einladung verschicken"
zu = "runde-entwurf"
zustaendig = "leitung"
an = "buergeramt"
vorher = { tage = 14, vorgabe = true }
text = "M-1-RUNDE"

[[tagesordnung]]
id = "bericht"
name = "Bericht der Leitung"
zu = "runde-entwurf"
vortrag = "leitung"
vorgabe = true
"""


@pytest.fixture
def mit_aufgabe(geplant: Path) -> Path:
    """Return the planned project, with a task and an item in its programme."""
    programm = geplant / "stadt" / "programm.toml"
    programm.write_text(programm.read_text("utf-8") + AUFGABE, "utf-8")
    return geplant


def test_the_tasks_of_a_planned_year(mit_aufgabe: Path) -> None:
    """In the order they are due; 14 days before the planned date; 80 columns wide."""
    result = lauf("tasks", mit_aufgabe, "--all")
    assert result.code == 0, result.alles
    assert "Einladung verschicken" in result.daten
    assert "By: Leitung Am Fluss" in result.daten
    assert "[M-1-RUNDE]" in result.daten
    assert not too_wide(result.alles)


def test_as_json(mit_aufgabe: Path) -> None:
    """Each with its Sitzung, its office, its recipients, and both authorities."""
    found = lauf("tasks", mit_aufgabe, "--all", "--json").json["aufgaben"]
    assert {a["sitzung"] for a in found} == {"runde-entwurf/am-fluss", "runde-entwurf/am-berg"}
    assert [a["faellig"] for a in found] == sorted(a["faellig"] for a in found)
    for aufgabe in found:
        tag, faellig = (date.fromisoformat(aufgabe[key]) for key in ("tag", "faellig"))
        assert tag - faellig == timedelta(days=14)
        assert aufgabe["zustaendig"] == f"leitung/{aufgabe['sitzung'].partition('/')[2]}"
        assert all(an.startswith("buergeramt/") for an in aufgabe["an"])


FRISTEN = """
[[frist]]
id = "ladung"
art = "ladungsfrist"
fuer = "runde"
tage = 10
name = "Einladung"
vorgabe = true

[[frist]]
id = "vorlage"
art = "vorlagenschluss"
fuer = "bv-entwurf"
tage = 7
versandtag = true
bis = "12:00"
text = "M-3-BV"
"""


MAERZ = """
[[meidetag]]
id = "fasten"
name = "Fastenmonat"
jaehrlich = "03-01"
tage_lang = 31
mond = true
vorgabe = true

[[wunsch]]
id = "meidetage"
art = "meidetage"
gremium = "runde"
stufe = 2
vorgabe = true
"""


@pytest.fixture
def mit_fristen(mit_aufgabe: Path) -> Path:
    """Return the same, with an invitation and papers that have to be out in time."""
    programm = mit_aufgabe / "stadt" / "programm.toml"
    programm.write_text(programm.read_text("utf-8") + FRISTEN, "utf-8")
    return mit_aufgabe


def test_deadlines_stand_among_the_tasks(mit_fristen: Path) -> None:
    """In the order they are due, with the time of day, who answers for them, how they are counted and the passage."""
    result = lauf("tasks", mit_fristen, "--all")
    assert result.code == 0, result.alles
    assert not too_wide(result.alles)
    assert "12:00: Hand in the papers" in result.daten
    assert "Counted: 10 calendar days before the sitting, neither day counted" in result.daten
    assert "7 deadlines." in result.rede
    days = re.findall(r"^Due \w{3} ([0-9-]{10})", result.daten, re.MULTILINE)
    assert days == sorted(days)
    assert len(days) == 2 + 4 + 3


def test_deadlines_as_json(mit_fristen: Path) -> None:
    """Each with its event, its last day, who answers, and on whose word; also only those of one office."""
    found = lauf("tasks", mit_fristen, "--all", "--json").json["fristen"]
    assert [f["faellig"] for f in found] == sorted(f["faellig"] for f in found)
    full = {"ladungsfrist": 11, "vorlagenschluss": 7}
    for frist in found:
        tag, faellig = (date.fromisoformat(frist[key]) for key in ("tag", "faellig"))
        assert tag - faellig == timedelta(days=full[frist["art"]])
        assert frist["feiertage_bekannt"]
        assert frist["grundlage"]["authority"] == ("text" if frist["bis"] else "vorgabe")
    assert {f["bis"] for f in found} == {None, "12:00"}
    sitz = found[0]["zustaendig"][0]
    own = lauf("tasks", mit_fristen, "--sitz", sitz, "--all", "--json").json["fristen"]
    assert own == [f for f in found if sitz in f["zustaendig"]] != []
    bis = found[0]["faellig"]
    assert lauf("tasks", mit_fristen, "--bis", bis, "--json").json["fristen"] == [
        f for f in found if f["faellig"] <= bis
    ]


def test_dates_set_too_late_for_their_deadline_are_said(mit_fristen: Path) -> None:
    """300 days before each Sitzung of spring were over in October; the first three are named, the rest counted."""
    assert "no time left" not in lauf("audit", "--projekt", mit_fristen).rede
    programm = mit_fristen / "stadt" / "programm.toml"
    programm.write_text(programm.read_text("utf-8").replace("tage = 10\nname", "tage = 300\nname"), "utf-8")
    result = lauf("audit", "--projekt", mit_fristen)
    assert result.code == 0, result.alles
    assert result.rede.count("no time left. Einladung: until ") == 3
    assert "No time left in further cases: 1. All:" in result.rede
    assert names(result.rede, "gremienplan audit --json", mit_fristen)
    late = lauf("audit", "--projekt", mit_fristen, "--json").json["zu_spaet"]
    assert {f["art"] for f in late} == {"ladungsfrist"}
    assert len(late) == 4
    assert all(f["faellig"] < "2026-10-01" for f in late)


def test_a_date_on_a_day_to_leave_free_is_said(mit_fristen: Path) -> None:
    """With its name, where a wish asks to heed it: every Sitzung of March, when all of March is rather left free."""
    programm = mit_fristen / "stadt" / "programm.toml"
    programm.write_text(programm.read_text("utf-8") + MAERZ, "utf-8")
    for command in ("audit", "plan"):
        jahr = ("--jahr", 2027, "--stand", "2026-10-02", "--effort", "kurz") if command == "plan" else ()
        result = lauf(command, "--projekt", mit_fristen, *jahr)
        assert result.code == 0, result.alles
        said = "falls on Fastenmonat (by the moon; perhaps a day earlier or later), from Mon 2027-03-01"
        assert " ".join(result.rede.split()).count(said) == 2
    found = lauf("audit", "--projekt", mit_fristen, "--json").json["gemieden"]
    assert {g["ereignis"] for g in found} == {"runde-entwurf/am-fluss", "runde-entwurf/am-berg"}
    assert {(g["von"], g["bis"]) for g in found} == {("2027-03-01T00:00:00", "2027-04-01T00:00:00")}


def test_days_to_leave_free_are_left_free_where_that_is_possible(mit_fristen: Path) -> None:
    """Both Sitzungen of March were planned for its second half; with that left free they move to the first."""
    programm = mit_fristen / "stadt" / "programm.toml"
    second_half = MAERZ.replace("03-01", "03-16").replace("tage_lang = 31", "tage_lang = 16")

    def days() -> set[str]:
        plan = json.loads((mit_fristen / "jahre" / "2027" / "plan.json").read_text("utf-8"))
        return {t["beginn"][:10] for t in plan["termine"] if t["sitzung"].startswith("runde-entwurf")}

    assert min(days()) >= "2027-03-16"
    programm.write_text(programm.read_text("utf-8") + second_half, "utf-8")
    again = lauf("plan", mit_fristen, "--jahr", 2027, "--stand", "2026-10-02", "--effort", "kurz")
    assert again.code == 0, again.alles
    assert "falls on" not in again.rede
    assert max(days()) < "2027-03-16"


def test_a_year_without_a_plan_has_no_tasks(projekt: Path) -> None:
    """Exit code 2, and what to do."""
    result = lauf("tasks", projekt, "--jahr", 2027)
    assert result.code == 2
    assert "gremienplan plan" in result.rede


def test_the_agenda_stands_with_the_invitations(mit_aufgabe: Path) -> None:
    """And in the JSON, with its passage."""
    word = ("invitations", "runde-entwurf/am-fluss", "--projekt", mit_aufgabe)
    assert "On the agenda: Bericht der Leitung (Leitung Am Fluss)" in lauf(*word).daten
    (punkt,) = lauf(*word, "--json").json["tagesordnung"]
    assert (punkt["punkt"], punkt["vortrag"]) == ("bericht", ["leitung/am-fluss"])
    assert lauf("invitations", "runde-abschluss/am-fluss", *word[2:], "--json").json["tagesordnung"] == []


def test_only_what_one_office_has_to_do_in_some_days(mit_aufgabe: Path) -> None:
    """By the office, by its name, and by the days it is due; the bounds are days that count."""
    alle = lauf("tasks", mit_aufgabe, "--all", "--json").json["aufgaben"]
    first, last = alle[0]["faellig"], alle[-1]["faellig"]
    for sitz in ("leitung/am-berg", "Leitung Am Berg"):
        found = lauf("tasks", mit_aufgabe, "--sitz", sitz, "--all", "--json").json["aufgaben"]
        assert found == [a for a in alle if a["zustaendig"] == "leitung/am-berg"] != []
    for tag in (first, last):
        found = lauf("tasks", mit_aufgabe, "--von", tag, "--bis", tag, "--json").json["aufgaben"]
        assert found == [a for a in alle if a["faellig"] == tag] != []
    assert lauf("tasks", mit_aufgabe, "--bis", "1.1.2020", "--json").json["aufgaben"] == []


def test_invitations_list_the_planned_days(geplant: Path) -> None:
    """Every planned Sitzung with its day; `receipt` says its state and names in words."""
    listed = lauf("invitations", "--projekt", geplant, "--json").json["sitzungen"]
    assert all(s["beginn"] for s in listed)
    assert "Planned" in lauf("invitations", "--projekt", geplant).daten
    said = lauf("receipt", "--projekt", geplant, "--lang", "de").daten
    assert "Entwurf" in said
    assert "draft" not in said


ABSTIMMUNG = """
[[aufgabe]]
id = "abstimmen"
name = "Termin abstimmen"
zu = "runde-entwurf"
an = "buergeramt"
je = "an"
abstimmung = true
vorgabe = true
vorher = { tage = 21, vorgabe = true }

[[frist]]
id = "bedarf"
art = "bedarf-melden"
fuer = "runde"
tage = 21
vorgabe = true
"""


@pytest.fixture
def woche(mit_fristen: Path) -> Path:
    """Return the same, with dates to be agreed, needs to be reported, and an Ort that says who can get in."""
    programm, stadt = mit_fristen / "stadt" / "programm.toml", mit_fristen / "stadt" / "stadt.toml"
    text = programm.read_text("utf-8").replace(
        'an = "buergeramt"\n', 'an = "buergeramt"\neinladung = true\n', 1
    )
    programm.write_text(text + ABSTIMMUNG, "utf-8")
    orte = stadt.read_text("utf-8")
    assert 'name = "Berghaus",' in orte
    orte = orte.replace(
        'name = "Berghaus",', 'name = "Berghaus", stufenlos = true, hilfen = ["induktive Höranlage"],'
    )
    stadt.write_text(orte, "utf-8")
    return mit_fristen


def test_without_more_it_is_what_is_due_this_week(woche: Path) -> None:
    """From Monday to Sunday; --week names another week, --until goes from today; together they are all there is."""
    alle = lauf("tasks", woche, "--all", "--json").json
    days = sorted({date.fromisoformat(e["faellig"]) for e in (*alle["aufgaben"], *alle["fristen"])})
    found = []
    for monday in sorted({day - timedelta(days=day.weekday()) for day in days}):
        one = lauf("tasks", woche, "--stand", monday + timedelta(days=3), "--json").json
        assert (one["von"], one["bis"]) == (str(monday), str(monday + timedelta(days=6)))
        found += [*one["aufgaben"], *one["fristen"]]
    keys = [json.dumps(e, sort_keys=True) for e in found]
    assert sorted(keys) == sorted(
        json.dumps(e, sort_keys=True) for e in (*alle["aufgaben"], *alle["fristen"])
    )
    middle = days[len(days) // 2]
    week = lauf("tasks", woche, "--week", middle, "--json").json
    assert week == lauf("tasks", woche, "--stand", middle, "--json").json
    until = lauf("tasks", woche, "--stand", days[0], "--until", middle, "--json").json
    expected = [f for f in alle["fristen"] if str(days[0]) <= f["faellig"] <= str(middle)]
    assert until["fristen"] == expected != []


def test_what_kind_of_task_it_is_and_what_is_missing(woche: Path) -> None:
    """Invitations, agreements with who has not agreed yet, and everything else."""
    tasks = lauf("tasks", woche, "--all", "--json").json["aufgaben"]
    kinds = {a["art"]: a for a in tasks}
    assert set(kinds) == {"einladung", "abstimmung"}
    assert kinds["abstimmung"]["fehlt"] == kinds["abstimmung"]["an"]
    assert "Has not agreed yet: Bürgeramt Ost" in lauf("tasks", woche, "--all").daten


def test_invitations_and_needs_say_who_can_get_in(woche: Path) -> None:
    """Step-free access and what helps are data of the Ort; where nobody has said it, nothing is said."""
    result = lauf("tasks", woche, "--all")
    assert "Ort: Berghaus, step-free access, there: induktive Höranlage" in result.daten
    assert "Ort: Flusshaus\n" in result.daten
    assert not too_wide(result.alles)
    german = lauf("tasks", woche, "--all", "--lang", "de").daten
    assert "Berghaus, stufenlos erreichbar, vorhanden: induktive Höranlage" in german
    needs = [
        f for f in lauf("tasks", woche, "--all", "--json").json["fristen"] if f["art"] == "bedarf-melden"
    ]
    assert {f["ort"]["stufenlos"] for f in needs} == {True, None}
    for frist in needs:
        assert date.fromisoformat(frist["tag"]) - date.fromisoformat(frist["faellig"]) > timedelta(days=21)


def test_one_way_to_say_which_days(woche: Path) -> None:
    """Two are wrong use; a year that is not planned too."""
    assert lauf("tasks", woche, "--all", "--week", "2027-03-01").code == 2
    assert lauf("tasks", woche, "--until", "2027-03-01", "--von", "2027-01-01").code == 2
    assert lauf("tasks", woche, "--jahr", 2028).code == 2
    quiet = lauf("tasks", woche, "--week", "2031-01-01")
    assert (quiet.code, quiet.daten) == (0, "")
