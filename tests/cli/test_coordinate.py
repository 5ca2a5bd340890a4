"""``coordinate`` asks each office about the dates it has to agree to, and takes answers whole or not at all (P-58)."""

from __future__ import annotations

import email
import email.policy
import shutil
from datetime import datetime, timedelta
from email.message import EmailMessage
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from gremienplan.abstimmung import fehlende
from gremienplan.loading import load, read_plan
from gremienplan.loading.abstimmung import read_abstimmung
from gremienplan.plan import Plan, Zustand, plan_to_json
from tests.cli.lauf import Ergebnis, lauf, too_wide
from tests.nur_ci import CI, nur_ci, sample

BERG, FLUSS = "runde-entwurf/am-berg", "runde-entwurf/am-fluss"
OST, WEST = "buergeramt/ost", "buergeramt/west"
AUFGABE = """
[[aufgabe]]
id = "abstimmen"
name = "Termin abstimmen"
zu = "runde-entwurf"
zustaendig = "leitung"
an = "buergeramt"
je = "an"
abstimmung = true
text = "M-1-RUNDE"
vorher = { tage = 42, vorgabe = true }
"""


@pytest.fixture(scope="module")
def einmal_gefragt(einmal_geplant: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the planned project, in whose programme the first round needs the word of every Bürgeramt; with lists."""
    folder = Path(shutil.copytree(einmal_geplant, tmp_path_factory.mktemp("gefragt") / "projekt"))
    programm = folder / "stadt" / "programm.toml"
    programm.write_text(programm.read_text("utf-8") + AUFGABE, "utf-8")
    assert coordinate(folder).code == 0
    return folder


@pytest.fixture
def gefragt(einmal_gefragt: Path, tmp_path: Path) -> Path:
    """Return a fresh copy of it."""
    return Path(shutil.copytree(einmal_gefragt, tmp_path / "projekt"))


def coordinate(projekt: Path, *words: object, stand: str = "2026-11-02", **environ: str) -> Ergebnis:
    return lauf("coordinate", *words, "--projekt", projekt, "--jahr", 2027, "--stand", stand, **environ)


def at(projekt: Path, name: str) -> Path:
    return projekt / "jahre" / "2027" / name


def listed(projekt: Path, name: str) -> Path:
    return projekt / "out" / "abstimmung" / "2027" / name


def plan_of(projekt: Path) -> Plan:
    return read_plan(at(projekt, "plan.json"))


def states(result: Ergebnis) -> dict[tuple[str, str], str]:
    assert result.code == 0, result.alles
    return {(a["sitzung"], a["sitz"]): a["abstimmung"] for a in result.json["anfragen"]}


def fill(path: Path, worte: dict[str, Any], ziel: Path | None = None) -> Path:
    """Write into the cells of a list, as an office does with Excel; ``worte``: address of a cell -> what is written."""
    buch = openpyxl.load_workbook(path)
    for stelle, wort in worte.items():
        buch.worksheets[0][stelle] = wort
    buch.save(ziel or path)
    return ziel or path


def every_file(projekt: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(projekt)): p.read_bytes()
        for p in sorted(projekt.rglob("*"))
        if p.is_file() and p.name != ".gremienplan.lock"
    }


def test_one_list_and_one_mail_for_each_office(gefragt: Path) -> None:
    """With the dates it has to agree to and no others, in German; the table says that nobody has answered."""
    result = coordinate(gefragt)
    assert result.code == 0, result.alles
    assert not too_wide(result.alles.replace(str(gefragt), ""))
    names = {p.name for p in listed(gefragt, "").iterdir()}
    assert names == {f"buergeramt-{ort}{art}" for ort in ("ost", "west") for art in (".xlsx", ".eml")}
    rows = list(openpyxl.load_workbook(listed(gefragt, "buergeramt-ost.xlsx")).worksheets[0].values)
    kopf = ("Sitzung", "Gebiet", "Datum", "Wochentag", "Uhrzeit", "Ort", "Antwort", "Bemerkung")
    assert rows[0][:8] == kopf
    assert [row[:8] for row in rows[1:]] == [
        (
            "Runde Am Berg: Entwurf",
            "Am Berg",
            datetime(2027, 3, 30),
            "Di",
            "17:00–19:00",
            "Berghaus",
            None,
            None,
        ),
        (
            "Runde Am Fluss: Entwurf",
            "Am Fluss",
            datetime(2027, 3, 31),
            "Mi",
            "17:00–19:00",
            "Flusshaus",
            None,
            None,
        ),
    ]
    assert "Bürgeramt Ost" in result.daten
    assert states(coordinate(gefragt, "--json")) == dict.fromkeys(
        [(BERG, OST), (FLUSS, OST), (FLUSS, WEST)], "open"
    )


def test_the_answer_is_chosen_from_two_words(gefragt: Path) -> None:
    """A list to choose from stands at every answer, and points at the words on the second sheet."""
    buch = openpyxl.load_workbook(listed(gefragt, "buergeramt-ost.xlsx"))
    (rule,) = [r for r in buch.worksheets[0].data_validations.dataValidation if r.type == "list"]
    assert str(rule.sqref) == "G2:G3"
    assert [row[0] for row in buch.worksheets[1].values][1:] == ["ja", "nein"]
    assert rule.formula1 == f"'{buch.worksheets[1].title}'!$A$2:$A$3"
    assert buch.worksheets[0].column_dimensions["I"].hidden


def mail(path: Path) -> EmailMessage:
    found = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def test_the_mail_is_ready_to_be_sent(gefragt: Path) -> None:
    """A draft with the dates and the list, to the office where its address is known, and from nobody yet."""
    datei = gefragt / "gremienplan.toml"
    datei.write_text(
        datei.read_text("utf-8") + f'\n[postfach]\n"{OST}" = "ost@musterstadt.example"\n', "utf-8"
    )
    assert coordinate(gefragt).code == 0
    ost, west = (mail(listed(gefragt, f"buergeramt-{ort}.eml")) for ort in ("ost", "west"))
    assert (ost["To"], west["To"]) == ("ost@musterstadt.example", "")
    assert (ost["X-Unsent"], ost["From"]) == ("1", None)
    assert "Bürgeramt Ost" in ost["Subject"]
    text = ost.get_body().get_content()  # type: ignore[union-attr]
    assert "Di 30.03.2027, 17:00–19:00: Runde Am Berg" in text
    assert "bis Di 16.02.2027" in text
    (anlage,) = ost.iter_attachments()
    assert anlage.get_filename() == "buergeramt-ost.xlsx"
    assert anlage.get_content() == listed(gefragt, "buergeramt-ost.xlsx").read_bytes()


def test_asking_twice_changes_no_byte(gefragt: Path, tmp_path: Path) -> None:
    """Neither on another day nor in another folder."""
    before = every_file(gefragt)
    assert coordinate(gefragt, stand="2026-12-24").code == 0
    assert every_file(gefragt) == before
    if not CI:
        return
    anderswo = Path(shutil.copytree(gefragt, tmp_path / "anderswo"))
    shutil.rmtree(anderswo / "out")
    coordinate(anderswo)
    assert every_file(anderswo) == before


def test_dry_run_writes_nothing(gefragt: Path) -> None:
    """Neither lists nor answers nor a state."""
    filled = fill(listed(gefragt, "buergeramt-ost.xlsx"), {"G2": "ja", "G3": "ja"}, gefragt / "zurueck.xlsx")
    coordinate(gefragt, "--record", FLUSS, WEST, "yes")
    before = every_file(gefragt)
    assert "coordinated" in coordinate(gefragt, "--take", filled, "--dry-run").rede
    shutil.rmtree(gefragt / "out")
    ohne = every_file(gefragt)
    assert "buergeramt-ost.xlsx" in coordinate(gefragt, "--dry-run").rede
    assert every_file(gefragt) == ohne
    assert {name for name in before if not name.startswith("out")} == ohne.keys()


def answer_all(projekt: Path) -> Ergebnis:
    """Let every office agree to everything, by its list."""
    paths = [
        fill(listed(projekt, "buergeramt-ost.xlsx"), {"G2": "ja", "G3": "Ja "}, projekt / "ost.xlsx"),
        fill(listed(projekt, "buergeramt-west.xlsx"), {"G2": "yes"}, projekt / "west.xlsx"),
    ]
    return coordinate(projekt, "--take", *paths)


def test_when_all_agree_the_plan_is_coordinated(gefragt: Path) -> None:
    """One entry of the history more; the lists are gone, since there is nothing left to ask."""
    entwurf = plan_of(gefragt)
    result = answer_all(gefragt)
    assert result.code == 0, result.alles
    assert "every date is agreed" in result.rede
    plan = plan_of(gefragt)
    assert plan.zustand is Zustand.COORDINATED
    assert plan.termine == entwurf.termine
    assert plan.verlauf[:-1] == entwurf.verlauf
    assert plan.verlauf[-1].stand == datetime(2026, 11, 2)
    projekt = load(gefragt, jahr=2027)
    assert not fehlende(projekt, plan, read_abstimmung(at(gefragt, "abstimmung.toml")))
    assert coordinate(gefragt).code == 0
    assert list(listed(gefragt, "").iterdir()) == []


def test_taking_twice_and_in_any_order_changes_no_byte(gefragt: Path, tmp_path: Path) -> None:
    """Together, one after the other, the other way round."""
    ost = fill(
        listed(gefragt, "buergeramt-ost.xlsx"),
        {"G2": "ja", "H2": "gern", "G3": "nein"},
        tmp_path / "ost.xlsx",
    )
    west = fill(listed(gefragt, "buergeramt-west.xlsx"), {"G2": "ja"}, tmp_path / "west.xlsx")
    found = []
    orders: list[list[tuple[Path, ...]]] = [[(ost, west)], [(ost,), (west,)], [(west, ost), (ost, ost)]]
    for n, steps in enumerate(sample(orders, 2)):
        projekt = Path(shutil.copytree(gefragt, tmp_path / str(n)))
        for paths in steps:
            assert coordinate(projekt, "--take", *paths).code == 0
        found.append(every_file(projekt))
    assert all(files == found[0] for files in found)
    again = coordinate(tmp_path / "0", "--take", ost, west, stand="2027-01-01")
    assert "recorded before" in again.rede
    assert every_file(tmp_path / "0") == found[0]


@pytest.mark.parametrize(
    ("worte", "stellen"),
    [
        ({"G2": "vielleicht", "G3": "ja", "G4": "ja"}, ["G2", "I4"]),
        ({"G2": "ja", "C2": datetime(2027, 3, 29), "E3": "18:00–20:00"}, ["C2", "E3"]),
        ({"G2": "ja", "F2": "Rathaus", "I3": "x y z", "G3": "?"}, ["F2", "I3"]),
    ],
)
def test_what_is_wrong_is_said_by_its_cell_and_nothing_is_kept(
    gefragt: Path, worte: dict[str, Any], stellen: list[str]
) -> None:
    """All of it at once, in both lists, also where other rows are right."""
    ost = fill(listed(gefragt, "buergeramt-ost.xlsx"), worte, gefragt / "ost.xlsx")
    west = fill(listed(gefragt, "buergeramt-west.xlsx"), {"G2": "jein"}, gefragt / "west.xlsx")
    before = every_file(gefragt)
    result = coordinate(gefragt, "--take", ost, west, "--json")
    assert result.code == 2
    blatt = openpyxl.load_workbook(ost).worksheets[0].title
    assert [(Path(p["datei"]).name, p["pfad"]) for p in result.json["problems"]] == [
        *(("ost.xlsx", f"{blatt}!{stelle}") for stelle in stellen),
        ("west.xlsx", f"{blatt}!G2"),
    ]
    assert every_file(gefragt) == before


def test_files_that_are_no_lists(gefragt: Path) -> None:
    """Another table, no table, nothing at all, and the list of another year."""
    buch = openpyxl.Workbook()
    buch.worksheets[0]["A1"] = "Einkaufsliste"
    buch.save(gefragt / "a.xlsx")
    (gefragt / "b.xlsx").write_bytes(b"PK\x03\x04")
    liste = listed(gefragt, "buergeramt-ost.xlsx")
    kennung = openpyxl.load_workbook(liste).worksheets[0]["I2"].value
    fill(liste, {"I2": kennung.replace("2027 ", "2028 ", 1), "G2": "ja"}, gefragt / "d.xlsx")
    names = ("a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx")
    result = coordinate(gefragt, "--take", *(gefragt / name for name in names), "--json")
    assert result.code == 2
    assert [Path(p["datei"]).name for p in result.json["problems"]] == list(names)


def test_two_answers_to_one_question_contradict_each_other(gefragt: Path) -> None:
    """In two copies of a list; the later cell is named, and the one before in its sentence."""
    liste = listed(gefragt, "buergeramt-west.xlsx")
    eins, zwei = (fill(liste, {"G2": wort}, gefragt / f"{wort}.xlsx") for wort in ("ja", "nein"))
    result = coordinate(gefragt, "--take", eins, zwei, "--json")
    assert result.code == 2
    (problem,) = result.json["problems"]
    assert Path(problem["datei"]).name == "nein.xlsx"
    assert "ja.xlsx" in problem["meldung"]


def test_rows_may_be_sorted_and_columns_moved(gefragt: Path) -> None:
    """The hidden id goes with its row, and the headings say what a column is."""
    buch = openpyxl.load_workbook(listed(gefragt, "buergeramt-ost.xlsx"))
    rows = [list(row) for row in buch.worksheets[0].values]
    rows[1][6], rows[2][6] = "nein", "ja"
    neu = openpyxl.Workbook()
    for row in (["Liste", *[None] * 8], rows[0][::-1], rows[2][::-1], rows[1][::-1]):
        neu.worksheets[0].append(row)
    neu.save(gefragt / "ost.xlsx")
    found = states(coordinate(gefragt, "--take", gefragt / "ost.xlsx", "--json"))
    assert found == {(BERG, OST): "refused", (FLUSS, OST): "agreed", (FLUSS, WEST): "open"}


def test_a_refusal_shows_the_way_out(gefragt: Path) -> None:
    """Its remark, and the commands that lead to another date; it is not asked again before it is moved."""
    ost = fill(
        listed(gefragt, "buergeramt-ost.xlsx"), {"G2": "nein", "H2": "Umzug\ndes Amtes"}, gefragt / "o.xlsx"
    )
    result = coordinate(gefragt, "--take", ost)
    assert result.code == 0, result.alles
    assert not too_wide(result.alles)
    assert "Umzug des Amtes" in result.daten
    for befehl in (f"gremienplan alternatives {BERG}", f"gremienplan pin {BERG}", "gremienplan replan"):
        assert befehl in result.rede
    assert coordinate(gefragt).code == 0
    rows = list(openpyxl.load_workbook(listed(gefragt, "buergeramt-ost.xlsx")).worksheets[0].values)
    assert [row[0] for row in rows[1:]] == ["Runde Am Fluss: Entwurf"]


def move(projekt: Path, sitzung: str, tage: int) -> None:
    """Move a Sitzung by hand."""
    plan = plan_of(projekt)
    weiter = timedelta(days=tage)
    termine = tuple(
        evolve(t, beginn=t.beginn + weiter, ende=t.ende + weiter) if t.sitzung == sitzung else t
        for t in plan.termine
    )
    at(projekt, "plan.json").write_text(plan_to_json(evolve(plan, termine=termine)), "utf-8", newline="\n")


def test_what_is_moved_is_void_and_asked_anew(gefragt: Path) -> None:
    """The plan is a draft again; only the moved date is asked about, and the mail says that it was moved."""
    answer_all(gefragt)
    move(gefragt, BERG, -1)
    found = coordinate(gefragt, stand="2026-11-20", LANG="de_DE.UTF-8")
    assert "wieder ein Entwurf" in found.rede, found.alles
    assert plan_of(gefragt).zustand is Zustand.DRAFT
    assert plan_of(gefragt).verlauf[-1].verlegt == ((BERG, datetime(2027, 3, 30, 17)),)
    before = every_file(gefragt)
    assert states(coordinate(gefragt, "--json", stand="2026-12-24")) == {
        (BERG, OST): "void",
        (FLUSS, OST): "agreed",
        (FLUSS, WEST): "agreed",
    }
    assert {p.name for p in listed(gefragt, "").iterdir()} == {"buergeramt-ost.xlsx", "buergeramt-ost.eml"}
    text = mail(listed(gefragt, "buergeramt-ost.eml")).get_body().get_content()  # type: ignore[union-attr]
    assert every_file(gefragt) == before
    assert "Mo 29.03.2027" in text
    assert "bisher Di 30.03.2027 17:00" in text


def test_an_answer_that_comes_too_late_does_not_count(gefragt: Path) -> None:
    """The list was written before the date was moved: that is said, and asked anew."""
    alt = fill(listed(gefragt, "buergeramt-ost.xlsx"), {"G2": "ja", "G3": "ja"}, gefragt / "alt.xlsx")
    move(gefragt, BERG, -1)
    result = coordinate(gefragt, "--take", alt)
    assert result.code == 0
    assert "does not count" in result.rede
    found = states(coordinate(gefragt, "--json"))
    assert found == {(BERG, OST): "open", (FLUSS, OST): "agreed", (FLUSS, WEST): "open"}


def test_a_plan_that_breaks_a_rule_is_not_coordinated(gefragt: Path) -> None:
    """The answers are kept; the plan stays the draft it was, and what is wrong is said."""
    move(gefragt, BERG, 5)  # behind its window
    before = at(gefragt, "plan.json").read_bytes()
    for sitzung, sitz in ((BERG, OST), (FLUSS, OST)):
        assert coordinate(gefragt, "--record", sitzung, sitz, "yes").code == 0
    result = coordinate(gefragt, "--record", FLUSS, WEST, "yes")
    assert result.code == 1
    assert "breaks a rule" in result.rede
    assert at(gefragt, "plan.json").read_bytes() == before
    assert len(read_abstimmung(at(gefragt, "abstimmung.toml")).aussagen) == 3


def test_an_answer_by_telephone(gefragt: Path) -> None:
    """In a few letters; with a remark; taken back; and refused where nobody asks for it."""
    result = coordinate(gefragt, "--record", "runde-e/Am Berg", "Bürgeramt Ost", "no", "--remark", "Umbau")
    assert result.code == 0, result.alles
    (aussage,) = read_abstimmung(at(gefragt, "abstimmung.toml")).aussagen
    assert (aussage.sitzung, aussage.sitz, aussage.bemerkung) == (BERG, OST, "Umbau")
    assert states(coordinate(gefragt, "--record", BERG, OST, "open", "--json"))[BERG, OST] == "open"
    assert not read_abstimmung(at(gefragt, "abstimmung.toml")).aussagen
    for sitzung, sitz, wort in (
        (BERG, WEST, "yes"),
        (BERG, "leitung/am-berg", "yes"),
        ("runde-abschluss/am-berg", OST, "yes"),
        (BERG, OST, "perhaps"),
    ):
        assert coordinate(gefragt, "--record", sitzung, sitz, wort).code == 2
    assert not read_abstimmung(at(gefragt, "abstimmung.toml")).aussagen


def test_answers_are_not_written_over(gefragt: Path) -> None:
    """A list that was filled in where it lay is refused until it is taken."""
    liste = fill(listed(gefragt, "buergeramt-ost.xlsx"), {"G2": "ja"})
    before = every_file(gefragt)
    result = coordinate(gefragt)
    assert result.code == 2
    assert "--take" in result.alles
    assert every_file(gefragt) == before
    assert coordinate(gefragt, "--take", liste).code == 0
    assert coordinate(gefragt).code == 0


def test_a_city_that_asks_nobody(geplant: Path) -> None:
    """No task says so: no lists, no state, and a sentence."""
    before = every_file(geplant)
    result = coordinate(geplant)
    assert result.code == 0
    assert "abstimmung" in result.rede
    assert every_file(geplant) == before


@pytest.mark.parametrize(
    "words",
    [("--take",), ("--record", BERG), ("--take", "--record", "x"), ("x.xlsx",), ("--remark", "x")],
)
def test_wrong_use(gefragt: Path, words: tuple[str, ...]) -> None:
    result = coordinate(gefragt, *words)
    assert result.code == 2
    assert result.rede


def test_names_are_no_formulas_and_no_headers(gefragt: Path) -> None:
    """Whatever a city calls its Orte and bodies, and whatever an office remarks."""
    stadt = gefragt / "stadt" / "stadt.toml"
    böse = '=HYPERLINK(\\"http://x.example\\")\\r\\nBcc: y@x.example'
    stadt.write_text(
        stadt.read_text("utf-8")
        .replace('name = "Berghaus"', f'name = "{böse}"')
        .replace('name = "Bürgeramt"', f'name = "{böse}"'),
        "utf-8",
    )
    assert coordinate(gefragt).code == 0
    liste = listed(gefragt, "buergeramt-ost.xlsx")
    buch = openpyxl.load_workbook(liste)
    zelle = buch.worksheets[0]["F2"]
    assert (zelle.data_type, zelle.quotePrefix) == ("s", True)
    assert str(zelle.value).startswith("=HYPERLINK")
    post = mail(listed(gefragt, "buergeramt-ost.eml"))
    assert post["Bcc"] is None
    zurueck = fill(liste, {"G2": "ja", "H2": "=1+1"}, gefragt / "zurueck.xlsx")
    assert coordinate(gefragt, "--take", zurueck).code == 0


def test_publish_waits_for_the_agreements(gefragt: Path) -> None:
    """P-58: refused until all have agreed; once a date of it is moved, refused again, and nothing is written."""
    plan = at(gefragt, "plan.json")
    before = plan.read_bytes()
    no = lauf("publish", gefragt, "--jahr", 2027, "--final", "--stand", "2026-11-03")
    assert no.code == 1
    assert "agreements are missing" in no.rede
    assert plan.read_bytes() == before
    assert not (gefragt / "veroeffentlicht.json").exists()
    assert "needs another date" not in no.rede
    assert coordinate(gefragt, "--record", BERG, OST, "no").code == 0
    refused = lauf("publish", gefragt, "--jahr", 2027, "--final", "--stand", "2026-11-03")
    assert refused.code == 1
    given = f"--projekt {gefragt} --jahr 2027"
    for way in (f"alternatives {BERG} {given}", f"move {BERG} 2027-MM-DD {given}", f"coordinate {given}"):
        assert f"gremienplan {way}\n" in refused.rede
    for sitzung, sitz in {(f.sitzung, f.sitz) for f in lacking(gefragt)}:
        assert coordinate(gefragt, "--record", sitzung, sitz, "yes").code == 0
    assert lauf("publish", gefragt, "--jahr", 2027, "--stand", "2026-11-03").code == 0
    published = read_plan(plan)
    assert published.zustand is Zustand.PUBLISHED
    (moved,) = (t for t in published.termine if t.sitzung == BERG)
    later = evolve(
        moved, beginn=moved.beginn + timedelta(minutes=30), ende=moved.ende + timedelta(minutes=30)
    )
    termine = tuple(later if t is moved else t for t in published.termine)
    plan.write_text(plan_to_json(evolve(published, termine=termine)), "utf-8")
    akte = (gefragt / "veroeffentlicht.json").read_bytes()
    again = lauf("publish", gefragt, "--jahr", 2027, "--json", "--stand", "2026-11-04")
    assert again.code == 1
    assert {m["grund"] for m in again.json["fehlend"]} == {"void"}
    assert (gefragt / "veroeffentlicht.json").read_bytes() == akte


def lacking(projekt: Path) -> tuple[Any, ...]:
    plan = read_plan(at(projekt, "plan.json"))
    return fehlende(load(projekt, jahr=2027), plan, read_abstimmung(at(projekt, "abstimmung.toml")))


@nur_ci("plans anew")
def test_replanning_says_what_has_to_be_asked_anew(gefragt: Path) -> None:
    """A coordinated plan in which an agreed date moves is a draft at once; who agreed to the rest is not asked."""
    answer_all(gefragt)
    pinned = ("pin", "--projekt", gefragt, "--jahr", 2027, "--stand", "2026-12-01")
    assert lauf(*pinned, BERG, "2027-03-24").code == 0
    assert plan_of(gefragt).zustand is Zustand.COORDINATED
    accepted = lauf(*pinned, "--accept")
    assert accepted.code == 0, accepted.alles
    assert "no longer hold, because their dates were moved: 1" in " ".join(accepted.rede.split())
    assert plan_of(gefragt).zustand is Zustand.DRAFT
    assert states(coordinate(gefragt, "--json"))[BERG, OST] == "void"
    before = every_file(gefragt)
    assert coordinate(gefragt, "--record", BERG, OST, "yes").code == 2  # at a time before the last entry
    assert every_file(gefragt) == before
    assert coordinate(gefragt, "--record", BERG, OST, "yes", stand="2026-12-02").code == 0
    assert plan_of(gefragt).zustand is Zustand.COORDINATED
    by_hand = lauf(
        "move", FLUSS, "2027-03-30", "--projekt", gefragt, "--jahr", 2027, "--stand", "2026-12-03", "--json"
    )
    assert by_hand.json["zustand"] == "draft", by_hand.alles


def test_a_move_by_hand_voids_the_agreement(gefragt: Path) -> None:
    """A coordinated plan is a draft at once; a move that breaks nothing agreed leaves it what it is."""
    answer_all(gefragt)
    by_hand = ("--projekt", gefragt, "--jahr", 2027, "--stand", "2026-12-01")
    assert lauf("move", "runde-abschluss/am-berg", "2027-06-22", *by_hand).code == 0
    assert plan_of(gefragt).zustand is Zustand.COORDINATED
    moved = lauf("move", BERG, "2027-03-24", *by_hand)
    assert moved.code == 0, moved.alles
    assert "no longer hold, because their dates were moved: 1" in " ".join(moved.rede.split())
    assert plan_of(gefragt).zustand is Zustand.DRAFT
    assert len(plan_of(gefragt).verlauf[-1].verlegt) == 1
    cancelled = lauf("cancel", FLUSS, "--with-dependents", *by_hand)
    assert cancelled.code == 0, cancelled.alles
    assert "no longer hold" not in cancelled.alles, "what is cancelled needs nobody's word"


def test_the_day_to_answer_by(gefragt: Path) -> None:
    """As asked for; without that, none that is past when the mail is written."""
    for stand, more, day in (
        ("2026-11-02", ("--bis", "2026-12-01"), "bis Di 01.12.2026"),
        ("2027-02-17", (), "bis Mi 17.02.2027"),
        ("2027-02-18", (), None),
    ):
        assert coordinate(gefragt, *more, stand=stand).code == 0
        text = mail(listed(gefragt, "buergeramt-ost.eml")).get_body().get_content()  # type: ignore[union-attr]
        assert (day in text) if day else ("Bitte antworten" not in text)


def test_screen_and_mail_say_the_same_day(gefragt: Path) -> None:
    """Whether it is asked for, follows from the programme, or is past; one that is past is not asked for."""
    for stand, more, day in (
        ("2026-11-02", ("--bis", "2026-12-01"), "please by Tue 2026-12-01"),
        ("2027-02-17", (), "please by Wed 2027-02-17"),
        ("2027-02-18", (), "was to answer by "),
    ):
        result = coordinate(gefragt, *more, stand=stand)
        said = [line for line in result.daten.splitlines() if "please by" in line or "was to answer" in line]
        assert said, result.alles
        assert all(day in line for line in said if "Ost" in line), said
    before = every_file(gefragt)
    result = coordinate(gefragt, "--bis", "2026-10-31", stand="2026-11-01")
    assert result.code == 2
    assert "This day is past." in result.rede
    assert every_file(gefragt) == before


def test_lists_come_back_as_excel(gefragt: Path) -> None:
    """What is none is not called a damaged one; the list of answers is none of the plan, and take says whose it is."""
    csv = gefragt / "ost.csv"
    csv.write_text("a;b", "utf-8")
    result = coordinate(gefragt, "--take", csv)
    assert result.code == 2
    assert "This is no Excel file." in result.rede
    assert ".xlsx" in result.rede
    assert ".csv." not in result.rede
    coordinate(gefragt)
    liste = listed(gefragt, "buergeramt-ost.xlsx")
    wrong = lauf("take", liste, "--projekt", gefragt, "--jahr", 2027)
    assert wrong.code == 2
    assert "coordinate" in wrong.rede


def test_what_is_wrong_is_called_by_its_name(gefragt: Path) -> None:
    """An office that there is not was no option."""
    result = coordinate(gefragt, "--record", BERG, "gibtesnicht", "yes")
    assert result.rede.startswith("SITZ\n")
    assert "--sitz" not in result.rede


def test_publish_knows_a_coordinated_plan_that_lacks_an_agreement(gefragt: Path) -> None:
    """Edited by hand in the file, it is a draft again, and its calendars are provisional."""
    for sitzung, sitz in {(f.sitzung, f.sitz) for f in lacking(gefragt)}:
        coordinate(gefragt, "--record", sitzung, sitz, "yes")
    plan = at(gefragt, "plan.json")
    agreed = read_plan(plan)
    assert agreed.zustand is Zustand.COORDINATED
    (one,) = (t for t in agreed.termine if t.sitzung == BERG)
    later = evolve(one, beginn=one.beginn + timedelta(minutes=30), ende=one.ende + timedelta(minutes=30))
    termine = tuple(later if t is one else t for t in agreed.termine)
    plan.write_text(plan_to_json(evolve(agreed, termine=termine)), "utf-8")
    assert lauf("publish", gefragt, "--jahr", 2027, "--stand", "2026-11-03").code == 0
    assert read_plan(plan).zustand is Zustand.DRAFT
    assert b"STATUS:CONFIRMED" not in (gefragt / "out" / "feeds" / "alle.ics").read_bytes()


def test_a_time_to_come_waives_no_agreement(gefragt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A --stand ahead makes no date one of the past: still refused, nothing written; one decades ahead is a slip."""
    today = datetime(2026, 11, 2)
    monkeypatch.setattr(import_module("gremienplan.cli.commands.publish"), "current_moment", lambda _: today)
    result = lauf("publish", gefragt, "--jahr", 2027, "--final", "--stand", "2027-12-31")
    assert result.code == 1
    slip = lauf("publish", gefragt, "--jahr", 2027, "--final", "--stand", "2072-03-01")
    assert slip.code == 2
    assert "more than 400 days ahead" in " ".join(slip.rede.split())
    assert not (gefragt / "veroeffentlicht.json").exists()
