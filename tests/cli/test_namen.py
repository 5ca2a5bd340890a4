"""The names people use: offices, Sitzungen and days as they are spoken or printed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gremienplan import load
from gremienplan.cli.klick import day, moment
from gremienplan.cli.sitzungswahl import choose_sitzung
from gremienplan.cli.sitzwahl import choose_sitz
from gremienplan.errors import GremienplanError
from gremienplan.programm import Sitzung
from gremienplan.projekt import Projekt
from gremienplan.rules import NotInvited, why


@pytest.fixture(scope="module")
def hamm() -> Projekt:
    return load("hamm", jahr=2027)


@pytest.mark.parametrize(
    ("word", "sitz"),
    [
        ("Bürgeramtsleitung Mitte", "buergeramtsleitung/mitte"),
        ("buergeramtsleitung mitte", "buergeramtsleitung/mitte"),
        ("Bürgeramtsleitung/Mitte", "buergeramtsleitung/mitte"),
        ("Leitung des Bürgeramts Heessen", "buergeramtsleitung/heessen"),
        ("Leitung des Bürgeramtes Heessen", "buergeramtsleitung/heessen"),
        ("Bezirksbürgermeisterin Heessen", "bezirksbuergermeister/heessen"),
        ("Bezirksbürgermeister Heessen", "bezirksbuergermeister/heessen"),
        ("Ordnungsdienst Heessen", "kod/heessen"),
    ],
)
def test_an_office_by_the_name_people_use(hamm: Projekt, word: str, sitz: str) -> None:
    (ganz,) = hamm.stadt.gebiete_von("stadt")
    assert choose_sitz(hamm.stadt, word, ganz).id == sitz


def test_every_sitz_by_its_own_name_and_id(hamm: Projekt) -> None:
    """No Sitz is taken for another; where two share a name, it is refused."""
    (ganz,) = hamm.stadt.gebiete_von("stadt")
    for sitz in hamm.stadt.alle_sitze.values():
        assert choose_sitz(hamm.stadt, sitz.id, ganz) == sitz
        assert choose_sitz(hamm.stadt, sitz.id.replace("ae", "ä").replace("ue", "ü"), ganz).id == sitz.id


def test_every_sitzung_by_the_title_that_is_printed(hamm: Projekt) -> None:
    sitzungen = hamm.sitzungen(2027)
    titles = [sitzung.name for sitzung in sitzungen]
    once = [sitzung for sitzung in sitzungen if titles.count(sitzung.name) == 1]
    assert "Koordinierungsrunde Heessen: Auswertung" in titles
    assert [choose_sitzung(hamm.stadt, sitzungen, s.name).id for s in once] == [s.id for s in once]


@pytest.mark.parametrize("word", ["30.06.2027", "30.6.2027", "30. 6. 2027", "2027-06-30"])
def test_a_day_as_it_is_printed(word: str) -> None:
    assert day(word) == date(2027, 6, 30)
    assert moment(word) == datetime(2027, 6, 30)
    assert moment(f"{word} 14:30") == datetime(2027, 6, 30, 14, 30)


@pytest.mark.parametrize("word", ["30.06.27", "31.06.2027", "30.06.2027.", "06/30/2027"])
def test_what_is_no_day(word: str) -> None:
    with pytest.raises(Exception, match=r"no day|no such day"):
        day(word)


def some(hamm: Projekt) -> Sitzung:
    return hamm.sitzungen(2027)[0]


def test_python_takes_an_id_for_a_sitz(hamm: Projekt) -> None:
    """And names the nearest where nobody knows it; the answer's repr names the Sitz and fits a line or two."""
    sitz = hamm.stadt.alle_sitze["kod/heessen"]
    answer = why(hamm.stadt, hamm.regeln, some(hamm), "kod/heessen", date(2027, 6, 30))
    assert answer == why(hamm.stadt, hamm.regeln, some(hamm), sitz, date(2027, 6, 30))
    assert "kod/heessen" in repr(answer)
    assert len(repr(answer)) < 400
    with pytest.raises(KeyError, match="kod/heessen") as error:
        why(hamm.stadt, hamm.regeln, some(hamm), "kod/hessen", date(2027, 6, 30))
    assert isinstance(error.value, GremienplanError)


def test_python_names_the_nearest_sitzung(hamm: Projekt) -> None:
    known = some(hamm).id
    with pytest.raises(KeyError) as error:
        hamm.sitzung(known[:-1] + "x", 2027)
    assert isinstance(error.value, GremienplanError)
    assert known in str(error.value)


def test_not_invited_is_short(hamm: Projekt) -> None:
    answers = [
        why(hamm.stadt, hamm.regeln, some(hamm), sitz, date(2027, 6, 30))
        for sitz in hamm.stadt.sitze.values()
    ]
    assert any(isinstance(answer, NotInvited) for answer in answers)
    assert max(len(repr(answer)) for answer in answers) < 600
