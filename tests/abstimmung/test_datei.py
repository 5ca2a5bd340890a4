"""``abstimmung.toml``: what is written is what is read, and mistakes made by hand are all found at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from gremienplan.abstimmung import Abstimmung, Antwort, Aussage
from gremienplan.errors import InputError
from gremienplan.loading import load
from gremienplan.loading.abstimmung import read_abstimmung
from gremienplan.publishing.abstimmung import abstimmung_to_toml

MOMENTE = st.datetimes(datetime(2000, 1, 1), datetime(2199, 12, 31)).map(lambda m: m.replace(microsecond=0))
WORTE = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def records(draw: st.DrawFn) -> Abstimmung:
    """Draw what might have been recorded, remarks of any letters among it."""
    paare = draw(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), unique=True, max_size=4))
    return Abstimmung(
        tuple(
            Aussage(
                f"s/{sitzung}",
                f"amt/{sitz}",
                beginn,
                beginn + timedelta(minutes=draw(st.integers(1, 600))),
                draw(st.sampled_from(["", "haus"])),
                draw(st.sampled_from(Antwort)),
                draw(MOMENTE),
                draw(WORTE),
            )
            for sitzung, sitz in paare
            for beginn in [draw(MOMENTE)]
        )
    )


@given(records())
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, found: Abstimmung) -> None:
    """Every value comes back, and writing it again gives the same bytes."""
    path = tmp_path_factory.mktemp("a") / "abstimmung.toml"
    path.write_bytes(abstimmung_to_toml(found).encode())
    again = read_abstimmung(path)
    assert again == found
    assert abstimmung_to_toml(again) == abstimmung_to_toml(found)


def test_a_year_without_the_file_has_no_record(tmp_path: Path) -> None:
    assert read_abstimmung(tmp_path / "abstimmung.toml") == Abstimmung()


EINTRAG = """
[[aussage]]
sitzung = "s/a"
sitz = "amt/x"
beginn = 2027-03-01T18:00:00
ende = 2027-03-01T20:00:00
ort = ""
antwort = "ja"
stand = 2026-11-22T10:00:00
"""


@pytest.mark.parametrize(
    ("alt", "neu", "pfad"),
    [
        ('"ja"', '"jein"', "aussage[1].antwort"),
        ("2027-03-01T18:00:00", '"1. März"', "aussage[1].beginn"),
        ("2027-03-01T20:00:00", "2027-03-01T18:00:00", "aussage[1].ende"),
        ('sitz = "amt/x"\n', "", "aussage[1].sitz"),
        ('ort = ""', 'ort = ""\nraum = "5"', "aussage[1].raum"),
        ("[[aussage]]", "[[aussagen]]", "aussagen"),
        ("[[aussage]]", EINTRAG + "\n[[aussage]]", "aussage[2]"),
    ],
)
def test_a_mistake_is_one_problem_at_its_place(tmp_path: Path, alt: str, neu: str, pfad: str) -> None:
    """The entry of a Sitz that has spoken of a Sitzung before is one, too."""
    path = tmp_path / "abstimmung.toml"
    path.write_text("format = 1\n" + EINTRAG.replace(alt, neu, 1), "utf-8")
    with pytest.raises(InputError) as error:
        read_abstimmung(path)
    assert [(p.datei, p.pfad) for p in error.value.problems] == [(str(path), pfad)]


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "abstimmung.toml"
    broken = EINTRAG.replace('"ja"', '"jein"')
    path.write_text(f"format = 1\n{broken}{broken.replace('amt/x', 'amt/y')}", "utf-8")
    with pytest.raises(InputError) as error:
        read_abstimmung(path)
    assert len(error.value.problems) == 2


def test_an_office_has_an_address(tmp_path: Path) -> None:
    """``[postfach]``: of a Sitz there is, and an address; both mistakes are said at once."""
    kopf = 'format = 1\nstadt = "quartier"\n[postfach]\n'
    sitz, *_ = load("quartier").stadt.alle_sitze
    datei = tmp_path / "gremienplan.toml"
    datei.write_text(f'{kopf}"{sitz}" = "amt@stadt.example"\n', "utf-8")
    assert load(tmp_path).postfaecher == {sitz: "amt@stadt.example"}
    datei.write_text(
        f'{kopf}"{sitz}" = "amt@stadt.example\\nBcc: x@y.example"\n"amt/nie" = "a@b.example"\n', "utf-8"
    )
    with pytest.raises(InputError) as error:
        load(tmp_path)
    assert [p.pfad for p in error.value.problems] == [f'postfach."{sitz}"', 'postfach."amt/nie"']
