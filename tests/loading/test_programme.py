"""What a programme file means, and programmes that are built on others."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import attrs
import pytest

from gremienplan.loading import load
from gremienplan.loading.pruefung import ZIELE
from gremienplan.programm import Beratungseintrag, MonatTag, Sitzungseintrag, bedingungen as b, wuensche as w
from gremienplan.quellen import Authority, Grundlage
from tests.loading.ordner import MUSTERSTADT, change, places, problems

VORGABE = Grundlage(Authority.VORGABE)
KURZ = "programm-kurz.toml"


def test_entries_become_what_their_keys_say() -> None:
    programm = load(MUSTERSTADT).programm
    entwurf, abschluss, herbst = programm.sitzungen
    assert (programm.id, tuple(programm.anlaesse)) == ("M", ("entwurf", "abschluss"))
    assert entwurf.fenster is not None
    assert (entwurf.fenster.von, entwurf.fenster.grundlage) == (MonatTag(8, 15), VORGABE)
    assert entwurf.spaetestens is not None
    assert entwurf.spaetestens.grundlage == Grundlage(Authority.TEXT, "MUSTER-1")
    assert (abschluss.anlass, abschluss.dauer, abschluss.nur) == (("abschluss",), 60, ("anger", "heide"))
    assert herbst.fenster is None
    (rat,) = programm.beratungen
    assert (rat.zu, rat.vortrag, rat.kenntnis) == ("runde-entwurf", ("koordination",), ("buero",))


def test_every_kind_of_bedingung_and_wunsch_can_be_written() -> None:
    """The Musterstadt has one of each; the closed lists hold no kind that the files cannot say."""
    programm = load(MUSTERSTADT).programm
    assert [type(x) for x in programm.bedingungen] == list(b.ARTEN.values())
    assert [type(x) for x in programm.wuensche] == list(w.ARTEN.values())


@pytest.mark.parametrize("cls", [Sitzungseintrag, Beratungseintrag, *b.ARTEN.values(), *w.ARTEN.values()])
def test_every_name_in_an_entry_is_looked_up(cls: type) -> None:
    """A field that holds text names something: the check knows what, so that a new kind is checked too."""
    attrs.resolve_types(cls)
    namen = {feld.name for feld in attrs.fields(cls) if feld.type in (str, tuple[str, ...])}
    of_the_project = {"kalender"}  # which calendars of others there are, only a project knows
    assert namen - {"id", "name"} - of_the_project <= ZIELE.keys()


def test_order_and_gap_stand_on_words_of_their_own() -> None:
    reihenfolge = load(MUSTERSTADT).programm.bedingungen[0]
    assert isinstance(reihenfolge, b.Reihenfolge)
    assert reihenfolge.grundlage == Grundlage(Authority.TEXT, "MUSTER-2")
    assert reihenfolge.abstand == b.Tage(21, VORGABE)
    assert reihenfolge.hoechstens is None


def test_weekdays_and_times_are_read_as_such() -> None:
    bedingungen = {x.id: x for x in load(MUSTERSTADT).programm.bedingungen}
    assert bedingungen["tage"] == b.Wochentage("tage", ("runde", "kreis"), (0, 1, 2, 3), VORGABE)
    assert bedingungen["zeiten"] == b.Tageszeit("zeiten", ("runde", "kreis"), time(9), time(21), VORGABE)


def test_a_window_may_run_into_the_next_year() -> None:
    sitzung = load(MUSTERSTADT).sitzung("runde-abschluss/anger", 2027)
    assert sitzung.fenster() == (date(2027, 11, 15), date(2028, 1, 31))


def test_a_programme_takes_everything_of_the_one_it_extends_but_what_it_leaves_out() -> None:
    """An entry with the id of an extended one takes its place, and its position; new ones follow."""
    ganz, kurz = load(MUSTERSTADT).programm, load(MUSTERSTADT, programm=KURZ).programm
    assert [s.id for s in kurz.sitzungen] == ["runde-entwurf", "runde-abschluss"]
    assert (kurz.sitzungen[0], kurz.sitzungen[1].dauer) == (ganz.sitzungen[0], 30)
    assert kurz.anlaesse == ganz.anlaesse
    assert [x.id for x in kurz.bedingungen] == [x.id for x in ganz.bedingungen if x.id != "anzahl"]
    assert [x.id for x in kurz.wuensche][-1] == "nachher"
    assert (kurz.id, kurz.name) == ("K", "Das kurze Jahr")


def test_both_files_of_an_extended_programme_are_inputs() -> None:
    assert {KURZ, "programm.toml"} <= load(MUSTERSTADT, programm=KURZ).eingaben.keys()


def test_what_is_left_out_must_exist(stadt: Path) -> None:
    change(stadt, KURZ, '"vorher", "danach"', '"vorher", "danch"')
    found = {p.pfad: p for p in problems(stadt, KURZ)}
    assert "“danach”" in str(found["programm.ohne"].hinweis)


def test_what_is_left_out_cannot_be_named_by_what_stays(stadt: Path) -> None:
    """The problem stands where the name is, in the file of the extended programme, and says why it is gone."""
    change(stadt, KURZ, '"kreis-herbst", "vorher", "danach"', '"kreis-herbst", "danach"')
    (problem,) = problems(stadt, KURZ)
    assert places((problem,), stadt) == [("programm.toml", 'wunsch[3] (id "vorher").dann')]
    assert (problem.wert, "“vorher”" in str(problem.hinweis)) == ("kreis-herbst", True)


def test_a_mistake_in_the_extended_programme_is_reported_once(stadt: Path) -> None:
    """Neither as missing when it is left out, nor a second time by whoever names it."""
    change(
        stadt, "programm.toml", 'id = "kreis-herbst"\ngremium = "kreis"', 'id = "kreis-herbst"\ngremium = 1'
    )
    assert places(problems(stadt, KURZ), stadt) == [
        ("programm.toml", 'sitzung[3] (id "kreis-herbst").gremium')
    ]


@pytest.mark.parametrize("ziel", ["programm-kurz.toml", "programm.toml"])
def test_programmes_cannot_extend_each_other_in_a_circle(ziel: str, stadt: Path) -> None:
    change(
        stadt,
        "programm.toml",
        'name = "Das Jahr der Musterstadt"',
        f'name = "Das Jahr"\nerweitert = "{ziel}"',
    )
    assert places(problems(stadt, KURZ), stadt) == [("programm.toml", "programm.erweitert")]


def test_a_missing_extended_programme_is_the_only_problem(stadt: Path) -> None:
    """What it may have held is not missed."""
    change(stadt, KURZ, 'erweitert = "programm.toml"', 'erweitert = "programm-alt.toml"')
    assert places(problems(stadt, KURZ), stadt) == [("programm-alt.toml", "")]


def test_only_an_extending_programme_leaves_out(stadt: Path) -> None:
    change(stadt, KURZ, 'erweitert = "programm.toml"\n', "")
    assert (KURZ, "programm.ohne") in places(problems(stadt, KURZ), stadt)


def test_rules_may_speak_of_the_anlaesse_of_any_programme_of_the_city(stadt: Path) -> None:
    """One set of rules serves every programme; an Anlass that none of them declares is a mistake."""
    change(stadt, "regeln.toml", 'anlass = ["entwurf"]', 'anlass = ["entwurf", "sommerfest"]')
    assert len(problems(stadt)) == 1
    pfad = stadt / KURZ
    pfad.write_text(pfad.read_text("utf-8") + '\n[anlass]\nsommerfest = { name = "Sommerfest" }\n', "utf-8")
    assert problems(stadt) == ()
