"""Any file at all: imported, imported in part with its losses listed, or refused."""

import contextlib
import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from gremienplan.errors import InputError
from gremienplan.loading.einfuhr import GROESSE, Umstand, guess, read_einfuhr, read_stored
from gremienplan.ratskalender import (
    Einfuhr,
    Kalenderart,
    Kalenderquelle,
    einfuhr_from_json,
    einfuhr_to_json,
    fortschreiben,
)

STAND = datetime(2027, 1, 15, 8)
ICS = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270302T170000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
CSV = b"Datum;Uhrzeit;Gremium;Ort\nDi, 2.3.2027;17 Uhr;Rat;Saal\n3.3.27;;Kulturausschuss;\n"
OPARL = json.dumps({"id": "https://rat.example/m/1", "type": "https://schema.oparl.org/1.1/Meeting"}).encode()


def lies(ordner: Path, roh: bytes, name: str) -> Einfuhr:
    (ordner / name).write_bytes(roh)
    return read_einfuhr(Kalenderquelle("rat", name), Umstand(ordner, "Europe/Berlin", STAND, 2029))


TEILE = st.tuples(
    st.sampled_from([ICS, CSV, OPARL, b"PK\x03\x04", b"<"]), st.integers(0, 120), st.binary(max_size=30)
)
BESCHAEDIGT = TEILE.map(lambda teil: teil[0][: teil[1]] + teil[2] + teil[0][teil[1] + 3 :])


@given(
    st.binary(max_size=200) | BESCHAEDIGT,
    st.sampled_from(["rat.ics", "rat.csv", "rat.xlsx", "rat", "rat.json"]),
)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, roh: bytes, name: str
) -> None:
    """And what is read can be kept, read again, and continued."""
    with contextlib.suppress(InputError):
        einfuhr = lies(tmp_path_factory.getbasetemp(), roh, name)
        kept = fortschreiben(None, einfuhr, STAND).einfuhr
        text = einfuhr_to_json(kept)
        assert einfuhr_to_json(einfuhr_from_json(text, "rat", "rat.json")) == text
        assert not fortschreiben(kept, einfuhr, STAND).geaendert


@pytest.mark.parametrize(
    ("roh", "name", "art"),
    [
        (ICS, "rat.txt", Kalenderart.ICS),
        (b"\xef\xbb\xbf" + ICS, "rat.csv", Kalenderart.ICS),
        (ICS.decode().encode("utf-16"), "rat.ics", Kalenderart.ICS),
        (b"X-LEER:1\r\n" + ICS, "rat", Kalenderart.ICS),
        (CSV, "rat.csv", Kalenderart.TABELLE),
        (CSV, "rat", Kalenderart.TABELLE),
        (b"PK\x03\x04", "rat", Kalenderart.TABELLE),
        (OPARL, "rat.ics", Kalenderart.OPARL),
        (b" \n[]", "rat", Kalenderart.OPARL),
        (b"Rat", "rat.ics", Kalenderart.ICS),
    ],
)
def test_the_content_says_what_kind_of_source_it_is(roh: bytes, name: str, art: Kalenderart) -> None:
    assert guess(roh, name) is art


@pytest.mark.parametrize(
    ("roh", "wort"),
    [
        (b"", "empty"),
        (b"\r\n", "empty"),
        (b"<html>", "web page"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0", "old Office"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "packed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x01\x00\x01", "neither a calendar"),
        (b'["vcalendar",[],[]]', "jCal"),
        (b"Subject: Rat\r\nContent-Transfer-Encoding: base64\r\n\r\n" + ICS, "e-mail"),
    ],
)
def test_what_is_certainly_none_is_refused(roh: bytes, wort: str) -> None:
    with pytest.raises(InputError, match=wort):
        guess(roh, "rat.ics")


def test_a_file_that_is_far_too_large_is_not_even_opened(tmp_path: Path) -> None:
    with (tmp_path / "rat.ics").open("wb") as file:
        file.truncate(GROESSE + 1)
    with pytest.raises(InputError, match="too large"):
        read_einfuhr(Kalenderquelle("rat", "rat.ics"), Umstand(tmp_path, "Europe/Berlin", STAND, 2029))


def test_where_it_is_from_is_no_path(tmp_path: Path) -> None:
    einfuhr = lies(tmp_path, ICS, "rat.ics")
    assert (einfuhr.herkunft, einfuhr.gelesen, len(einfuhr.pruefsumme)) == ("rat.ics", STAND, 16)


def test_there_may_be_no_last_copy(tmp_path: Path) -> None:
    assert read_stored(tmp_path / "rat.json") is None
