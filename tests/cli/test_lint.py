"""``lint``: a council calendar is judged with a project, with a city, and with nothing but its file."""

from pathlib import Path

import pytest

from tests.cli.conftest import MUSTER
from tests.cli.lauf import lauf, too_wide
from tests.cli.test_watch import change

STADT = MUSTER / "stadt"
RAT = MUSTER / "ratskalender" / "rat.ics"
OST_IN_DEN_FERIEN = "20270803T"


def with_stumm(projekt: Path, *lines: str) -> None:
    with (projekt / "gremienplan.toml").open("a", encoding="utf-8") as toml:
        toml.write("\n".join(["[[stumm]]", *lines, ""]))


def test_a_project_without_findings(projekt: Path) -> None:
    """Exit code 0; only that is said."""
    result = lauf("lint", projekt, "--jahr", 2027)
    assert (result.code, result.daten) == (0, ""), result.alles
    assert "No findings in 6 sittings." in result.rede


def test_a_year_without_sittings(projekt: Path) -> None:
    """Those of other years do not count; that there is nothing to judge is said instead of “no findings”."""
    result = lauf("lint", projekt, "--jahr", 2050)
    assert (result.code, result.daten) == (0, ""), result.alles
    assert "no sitting in 2050" in result.rede
    assert "No findings" not in result.rede
    assert lauf("lint", projekt, "--jahr", 2050, "--json").json["sitzungen"] == 0


def test_only_the_year_counts(projekt: Path) -> None:
    change(projekt, "20270310T", "20260310T")
    assert "No findings in 5 sittings." in lauf("lint", projekt, "--jahr", 2027).rede
    assert [lauf("lint", projekt, *jahr, "--json").json["sitzungen"] for jahr in ((), ("--jahr", 2026))] == [
        6,
        1,
    ]


def test_findings(projekt: Path) -> None:
    """Exit code 1; the worst first, each with its reason, or the passage where there is one; in 80 columns."""
    change(projekt, "20270415T", OST_IN_DEN_FERIEN)
    result = lauf("lint", projekt, "--jahr", 2027)
    assert result.code == 1
    first, second = (result.daten.index(word) for word in ("Error (fehlende-sitzung)", "Warning (ferien)"))
    assert first < second
    assert "M-3-BV" in result.daten
    assert "Bezirksvertretung Ost: no sitting from Mon 2027-03-08" in result.daten
    assert "Bezirksvertretung Ost: Tue 2027-08-03: Sommerferien" in result.daten
    assert "Findings: 2" in result.rede
    assert not too_wide(result.alles)


def test_a_calendar_of_many_years_fits_a_screen(tmp_path: Path) -> None:
    """Of one body some findings are shown, and the rest is counted; --json has them all."""
    events = "".join(
        f"BEGIN:VEVENT\nUID:{body}{n}\nDTSTART:2027{n // 20 + 4:02}{n % 20 + 1:02}T{hour}0000\n"
        f"SUMMARY:{body}\nLOCATION:Saal\nEND:VEVENT\n"
        for n in range(60)
        for body, hour in (("Beirat A", 16), ("Beirat B", 17))
    )
    (tmp_path / "alle.ics").write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    result = lauf("lint", tmp_path / "alle.ics")
    assert len(result.daten.splitlines()) < 24
    assert "more; all of them with --json" in " ".join(result.daten.split())


def test_german(projekt: Path) -> None:
    change(projekt, "20270415T", OST_IN_DEN_FERIEN)
    result = lauf("lint", projekt, "--jahr", 2027, GREMIENPLAN_LANG="de")
    assert "Warnung (ferien): Sitzungen in den Schulferien: 1" in result.daten
    assert not too_wide(result.alles)


def test_muted_findings(projekt: Path) -> None:
    """They are counted, not shown; what mutes nothing is said."""
    change(projekt, "20270415T", OST_IN_DEN_FERIEN)
    with_stumm(projekt, 'befund = "ferien"', "tag = 2027-08-03", 'grund = "so gewollt"')
    with_stumm(
        projekt, 'befund = "fehlende-sitzung"', 'gremium = "bezirksvertretung/ost"', 'grund = "bekannt"'
    )
    with_stumm(projekt, 'befund = "raum"', 'sitzung = "rat:x"', 'grund = "alt"')
    result = lauf("lint", projekt, "--jahr", 2027)
    assert (result.code, result.daten) == (0, ""), result.alles
    assert "Muted by the project: 2" in result.rede
    assert "[[stumm]] is about no finding: raum, rat:x" in result.rede


def test_json(projekt: Path) -> None:
    change(projekt, "20270415T", OST_IN_DEN_FERIEN)
    with_stumm(projekt, 'befund = "ferien"', "tag = 2027-08-03", 'grund = "so gewollt"')
    answer = lauf("lint", projekt, "--jahr", 2027, "--json").json
    (befund,) = answer["befunde"]
    assert (answer["ok"], befund["befund"], befund["schwere"]) == (False, "fehlende-sitzung", "fehler")
    assert befund["gremien"] == ["bezirksvertretung/ost"]
    assert befund["grundlage"]["id"] == "M-3-BV"
    assert [s["anzahl"] for s in answer["stumm"]] == [1]


def test_a_file_and_a_city() -> None:
    """No project is needed; the city knows its bodies."""
    result = lauf("lint", RAT, "--stadt", STADT)
    assert result.code == 0, result.alles
    assert "No findings in 6 sittings." in result.rede


def test_a_file_alone(tmp_path: Path) -> None:
    """Every name is a body; whose holidays count has to be said, else nobody judges them."""
    datei = tmp_path / "alle.ics"
    datei.write_text(RAT.read_text("utf-8").replace("20270415T", OST_IN_DEN_FERIEN), "utf-8")
    ohne, mit = lauf("lint", datei), lauf("lint", datei, "--land", "NW")
    assert (ohne.code, mit.code) == (0, 1)
    assert "Holidays are not judged" in ohne.rede
    assert "Bezirksvertretung Ost: Tue 2027-08-03: Sommerferien" in mit.daten
    assert lauf("lint", tmp_path, "--land", "NW").daten == mit.daten


def test_a_file_before_it_is_imported(projekt: Path, tmp_path: Path) -> None:
    """A project reads it as it would its own, and its own stays as it is; what it mutes is muted."""
    datei = tmp_path / "neu.ics"
    datei.write_text(RAT.read_text("utf-8").replace("20270415T", OST_IN_DEN_FERIEN), "utf-8")
    result = lauf("lint", datei, "--projekt", projekt, "--jahr", 2027)
    assert "fehlende-sitzung" in result.daten
    with_stumm(projekt, 'befund = "ferien"', "tag = 2027-08-03", 'grund = "so gewollt"')
    assert "Muted by the project: 1" in lauf("lint", datei, "--projekt", projekt).rede


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (("gibt-es-nicht.ics",), "does not exist"),
        ((RAT, "--stadt", "nirgendwo"), "no such folder"),
        ((RAT, "--stadt", MUSTER), "This is a project"),
        ((RAT, "--stadt", STADT, "--projekt", MUSTER), "city of its own"),
        (("--stadt", STADT), "Which calendar"),
        ((RAT, "--land", "XX"), "No Land is called so"),
    ],
)
def test_wrong_uses(arguments: tuple[object, ...], wrong: str) -> None:
    """Each is said; exit code 2."""
    result = lauf("lint", *arguments)
    assert result.code == 2
    assert wrong in result.rede.replace("\n", " "), result.rede


def test_mistakes_of_a_project(projekt: Path) -> None:
    """All of them at once, where they stand."""
    with_stumm(projekt, 'befund = "ferein"', 'grund = ""')
    result = lauf("lint", projekt)
    assert result.code == 2
    assert "stumm[1].befund" in result.rede
    assert "“ferien”" in result.rede
    assert "stumm[1].grund" in result.rede
    assert "At least one of the keys" in result.rede


def test_mistakes_of_a_city(projekt: Path) -> None:
    """An order names bodies, and days that can be kept."""
    stadt = projekt / "stadt" / "stadt.toml"
    text = stadt.read_text("utf-8")
    folge = '\n[[ratsfolge]]\nid = "f"\nerst = [{}]\ndann = ["{}"]\nvorgabe = true\n'
    tage = "abstand = {{ tage = 5, vorgabe = true }}\nhoechstens = {{ tage = {}, vorgabe = true }}\n"
    stadt.write_text(text + folge.format("", "rats") + tage.format(4), "utf-8")
    result = lauf("check", projekt)
    assert result.code == 2
    for wo in (".erst", ".dann", ".hoechstens.tage"):
        assert f'ratsfolge[1] (id "f"){wo}' in result.alles
    good = folge.format('"ausschuss"', "bezirksvertretung") + tage.format(40)
    stadt.write_text(text + good, "utf-8")
    assert lauf("check", projekt).code == 0
