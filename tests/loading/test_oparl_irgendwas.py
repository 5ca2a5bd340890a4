"""Any bytes and any JSON where OParl should be: a reading or a located problem, soon, and in little memory."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import example, given, strategies as st

from gremienplan.errors import InputError
from gremienplan.loading import netz, oparl
from gremienplan.loading.netz import Grenzen
from gremienplan.loading.oparl_json import Seite, dekodiert
from gremienplan.ratskalender import Einfuhr
from tests.loading.oparlwelt import STAND, WIRT, gremium, objekt, sitzung

FELDER = (
    *("id", "type", "name", "shortName", "start", "end", "location", "organization", "meeting", "body"),
    *("cancelled", "meetingState", "deleted", "modified", "data", "links", "next", "self", "pagination"),
    *("totalPages", "error", "code", "locationList", "description", "room", "participant"),
)
TEXTE = [
    f"{WIRT}/m",
    f"{WIRT}/m?page=2",
    "https://schema.oparl.org/1.1/Meeting",
    "https://schema.oparl.org/1.1/Body",
    "https://schema.oparl.org/1.1/System",
    "https://schema.oparl.org/1.0/Organization",
    "2027-03-02T17:00:00+01:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2027-03-28T02:30:00",
    "2027-03-02",
    "N/A",
    "",
    "http://[",
    "802",
]
BLAETTER = (
    st.sampled_from(TEXTE) | st.text(max_size=8) | st.none() | st.booleans() | st.integers() | st.floats()
)
WERTE: st.SearchStrategy[Any] = st.recursive(
    BLAETTER,
    lambda innen: (
        st.lists(innen, max_size=4)
        | st.dictionaries(st.sampled_from(FELDER) | st.text(max_size=3), innen, max_size=6)
    ),
    max_leaves=25,
)
GUELTIG = [
    objekt("System", 1, body=f"{WIRT}/m"),
    objekt("Body", 1, meeting=f"{WIRT}/m", organization=[gremium(1, "Rat")]),
    {
        "data": [sitzung(1, location=objekt("Location", 1, room="Saal"))],
        "links": {"next": f"{WIRT}/m?page=2"},
    },
    gremium(1, "Rat", meeting=f"{WIRT}/m"),
    sitzung(1, organization=[f"{WIRT}/organization/1"], cancelled=True),
]


def gilt(einfuhr: Einfuhr) -> None:
    """Check what every reading promises, whatever it was made of."""
    json.dumps(repr(einfuhr)).encode()
    for eintrag in einfuhr.eintraege:
        str(eintrag).encode()
        assert "\n" not in eintrag.name + eintrag.ort + "".join(eintrag.gremien)
        assert all(eintrag.gremien)
        assert 1900 <= eintrag.beginn.year < 2200
    assert all(len(verlust.wert) <= 80 for verlust in einfuhr.verluste)


def gelegen(error: InputError) -> None:
    """Check what every refusal promises."""
    assert error.problems
    assert all(problem.datei and str(problem.meldung) for problem in error.problems)


def lies_datei(ordner: Path, roh: bytes, name: str = "a.json") -> None:
    (ordner / name).write_bytes(roh)
    try:
        einfuhr = oparl.read("rat", ordner / name, "Europe/Berlin", STAND)
    except InputError as error:
        gelegen(error)
    else:
        gilt(einfuhr)
    finally:
        (ordner / name).unlink()


def lies_server(antworten: list[bytes], **mehr: Any) -> None:
    """Read from a server that gives these answers in turn to whatever it is asked."""
    gefragt = 0

    def antworte(_: httpx.Request) -> httpx.Response:
        nonlocal gefragt
        gefragt += 1
        return httpx.Response(200, content=antworten[(gefragt - 1) % len(antworten)])

    grenzen = Grenzen(anfragen=30, versuche=1)
    with netz.offen(
        WIRT, grenzen=grenzen, transport=httpx.MockTransport(antworte), schlafen=lambda _: None
    ) as offen:
        try:
            gilt(oparl.read("rat", WIRT, "Europe/Berlin", STAND, netz=offen, **mehr))
        except InputError as error:
            gelegen(error)
    assert gefragt <= grenzen.anfragen


def kodiert(wert: object) -> bytes:
    return json.dumps(wert).encode()


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("oparl")


STOERUNGEN = [b"\x00", b"NaN", b"9" * 5_000, b"[" * 2_000, b'"', b"\\", b"}", b"]", b",", "\ufeff".encode()]


class TestAnything:
    @given(WERTE)
    def test_any_json(self, ordner: Path, wert: object) -> None:
        lies_datei(ordner, kodiert(wert))

    @given(st.lists(WERTE, min_size=1, max_size=4), st.booleans())
    def test_any_json_from_a_server(self, antworten: list[object], seit: bool) -> None:
        lies_server([kodiert(wert) for wert in antworten], seit=STAND if seit else None)

    @given(st.sampled_from(GUELTIG), st.data())
    def test_a_valid_object_with_any_field(
        self, ordner: Path, gueltig: dict[str, Any], daten: st.DataObject
    ) -> None:
        """One field is anything, or gone; from a file and from a server."""
        feld = daten.draw(st.sampled_from([*gueltig, *FELDER]))
        neu = {**gueltig, feld: daten.draw(WERTE)}
        if daten.draw(st.booleans()):
            neu.pop(feld)
        lies_datei(ordner, kodiert(neu))
        lies_server([kodiert(neu), *map(kodiert, GUELTIG)])

    @given(
        st.sampled_from(GUELTIG),
        st.binary(max_size=12)
        | st.sampled_from([b"\x00", b"NaN", b"9" * 5_000, b"[" * 2_000, b'"', b"\\", b"}", b"]"]),
        st.integers(0, 400),
        st.integers(0, 12),
    )
    def test_damaged_bytes(
        self, ordner: Path, gueltig: object, stoerung: bytes, stelle: int, weg: int
    ) -> None:
        roh = kodiert(gueltig)
        lies_datei(ordner, roh[:stelle] + stoerung + roh[stelle + weg :])

    @given(st.binary(max_size=200))
    @example(b"\xff\xfe")
    @example(b"\xff\xfe\x00\x00")
    @example(b"\xef\xbb\xbf")
    @example(b"\x00")
    @example(b"{\x00")
    def test_any_bytes(self, ordner: Path, roh: bytes) -> None:
        lies_datei(ordner, roh)
        lies_server([roh])

    @given(st.lists(WERTE, max_size=5), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
    def test_what_python_reads_as_json_is_no_damage(self, werte: list[object], kodierung: str) -> None:
        """The reader that goes object by object sees the objects that a list has, and no damage."""
        roh = json.dumps(werte).encode(kodierung)
        stuecke = list(Seite(dekodiert(roh)).objekte())
        erwartet = [
            n
            for n, wert in enumerate(werte, start=1)
            if isinstance(wert, dict) and set(wert) & {*FELDER} - {"participant"}
        ]
        assert [stueck.nummer for stueck in stuecke] == erwartet
        assert all(type(stueck).__name__ == "Objekt" for stueck in stuecke)


def gross(was: str, n: int) -> bytes:
    """Return a file of about ``n`` bytes."""
    vorn, immer, hinten = GROSS[was]
    return vorn + immer * (n // len(immer)) + hinten


TREFFEN = kodiert(sitzung(1, agendaItem=[{"name": "TOP " * 20}] * 10))
GROSS = {
    "meetings": (b"[", TREFFEN.replace(b"/meeting/1", b"") + b",", b"{}]"),
    "small": (b"[", b'{"start":"2027-03-02"},', b"{}]"),
    "without-start": (b"[", b'{"cancelled":1},', b"{}]"),
    "empty-objects": (b'{"data":[', b"{},", b"{}]}"),
    "empty-lists": (b"[", b"[],", b"[]]"),
    "numbers": (b"[", b"1,", b"1]"),
    "deep": (b"", b"[", b""),
    "deep-objects": (b"", b'{"a":', b""),
    "closing": (b"[", b"}", b""),
    "quotes": (b'["', b'\\"', b""),
    "unfinished-texts": (b"", b'[{"a":"', b""),
    "backslashes": (b'["', b"\\", b"\\"),
    "one-text": (b'[{"name":"', b"x", b'"}]'),
    "blanks": (b"", b" ", b""),
    "blanks-inside": (b"[", b" ", b"{}]"),
    "keys": (b"{", b'"a":1,', b'"a":1}'),
    "junk": (b"", b"{}x", b""),
    "wide-letters": ("[\U0001f3db".encode(), b'{"start":"2027-03-02"},', b"{}]"),
    "big-number": (b'[{"start":"2027-03-02","x":', b"9", b"}]"),
    "broken": (b"[", b'{"id":},', b"{}]"),
    "entities": (b'[{"start":"2027-03-02","name":"', b"&amp;", b'"}]'),
}


@pytest.mark.parametrize("was", GROSS)
class TestLarge:
    """Twenty times its size in memory; how long it takes is measured in ``benchmarks/einlesen.py``."""

    def test_memory(self, ordner: Path, was: str) -> None:
        roh = gross(was, 50_000)
        tracemalloc.start()
        try:
            lies_datei(ordner, roh, f"{was}.json")
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert most < 20 * len(roh) + 100_000
