"""The report on a screen of 80 columns and 24 lines, and as JSON."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gremienplan.cli.kalenderbericht import SAETZE, show_bericht
from gremienplan.cli.sprache import set_language
from gremienplan.loading import ics
from gremienplan.ratskalender import ARTEN, Einfuhr, Eintrag, bericht, normalisieren
from tests.cli.lauf import lauf, too_wide
from tests.ratskalender import karlsruhe
from tests.ratskalender.test_bericht import STADT, einfuhr
from tests.ratskalender.test_lesart import DORF

UM_17 = datetime(2027, 3, 2, 17)


def screen(
    read: Einfuhr, capsys: pytest.CaptureFixture[str], *, sprache: str = "en", details: bool = False
) -> str:
    kalender = normalisieren(read.eintraege, STADT, DORF)
    set_language(sprache)
    try:
        show_bericht(bericht([read], kalender), kalender, details=details)
    finally:
        set_language("en")
    return capsys.readouterr().out


def test_every_kind_of_remark_has_its_sentence() -> None:
    assert list(SAETZE) == list(ARTEN)


def test_what_does_not_fit_is_counted_and_details_show_it(capsys: pytest.CaptureFixture[str]) -> None:
    eintraege = tuple(Eintrag("a", str(n), f"Runde Nummer {n}", UM_17 + timedelta(days=n)) for n in range(40))
    short = screen(einfuhr("a", eintraege), capsys)
    assert "more (--details)" in short
    assert "Runde Nummer 39" not in short
    assert len(short.splitlines()) <= 10
    long = screen(einfuhr("a", eintraege), capsys, details=True)
    assert all(e.name in " ".join(long.split()) for e in eintraege)
    assert "--details" not in long


@pytest.mark.parametrize("sprache", ["en", "de"])
@pytest.mark.parametrize(
    ("quelle", "zeilen"), [("oparl_somacos_karlsruhe", 23), ("ics_allris_iserlohn/alle.ics", 12)]
)
def test_real_sources_fit_a_screen(
    capsys: pytest.CaptureFixture[str], sprache: str, quelle: str, zeilen: int
) -> None:
    """58 meetings with seven kinds of oddities, and 96 with one: the heading of the source comes on top."""
    pfad = karlsruhe.DATEN / quelle
    if not pfad.exists():
        pytest.skip("the real exports of ../shared are not beside this repository")
    read = karlsruhe.einfuhr() if pfad.is_dir() else einfuhr("alle", ics.read(pfad, "Europe/Berlin"))
    text = screen(read, capsys, sprache=sprache)
    assert len(text.splitlines()) <= zeilen
    assert not too_wide(text)


def test_import_says_what_it_made_of_a_source(projekt: Path, tmp_path: Path) -> None:
    events = (
        "UID:1\r\nDTSTART:20270302T170000\r\nSUMMARY:Bezirksvertretungen Ost und West",
        "UID:2\r\nDTSTART:20270309T170000\r\nSUMMARY:Bezirksvertretung Ost (Sammeldatum)",
    )
    export = tmp_path / "alle.ics"
    blocks = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    export.write_text(f"BEGIN:VCALENDAR\r\n{blocks}END:VCALENDAR\r\n")
    result = lauf("import", export, "--projekt", projekt, "--stand", "2026-10-01")
    text = " ".join(result.daten.split())
    assert "1 sitting, 2 known bodies" in text
    assert "1× held together, so each of the bodies is busy: Bezirksvertretungen Ost und West" in text
    assert "1× only a placeholder by name or date" in text
    result = lauf("import", export, "--projekt", projekt, "--stand", "2026-10-01", "--json")
    (quelle,) = json.loads(result.daten)["bericht"]["quellen"]
    assert quelle["ausgaenge"] == {"sitzung": 1, "platzhalter": 1}
    assert {(h["art"], h["stand"]) for h in quelle["hinweise"]} == {
        ("ende-unbekannt", "geraten"),
        ("gemeinsam", "gedeutet"),
        ("platzhalter", "geraten"),
    }
    strict = lauf("import", export, "--projekt", projekt, "--stand", "2026-10-01", "--strict")
    assert strict.code == 2
