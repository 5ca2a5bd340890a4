"""OParl from saved files: each object as it stands there, every known fault of the vendors, and real exports."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from gremienplan.errors import InputError, Problem
from gremienplan.loading import oparl
from gremienplan.ratskalender import Eintrag, Mangel
from tests.loading.oparlwelt import (
    SCHEMA,
    STAND,
    WIRT,
    adresse,
    eine,
    gremium,
    lies,
    lies_ordner,
    objekt,
    schreibe,
    sitzung,
    verluste,
)

DATEN = Path(__file__).parents[3] / "shared/data"


def problem(pfad: Path, **mehr: Any) -> Problem:
    with pytest.raises(InputError) as caught:
        oparl.read("rat", pfad, "Europe/Berlin", STAND, **mehr)
    (eines,) = caught.value.problems
    return eines


class TestOneMeeting:
    def test_it_comes_as_it_stands(self, tmp_path: Path) -> None:
        """Identity, name, times in the city's clock, place, bodies by name, when it was changed."""
        ort = objekt("Location", 7, description="Rathaus, Saal 1")
        bodies = [adresse("Organization", 3), adresse("Organization", 4)]
        einfuhr = lies(
            tmp_path,
            gremium(4, "Kulturausschuss"),
            sitzung(
                17, name="4. Sitzung des Rates", organization=bodies, location=ort, meetingState="terminiert"
            ),
            gremium(3, "Rat der Stadt", shortName="Rat"),
        )
        assert eine(einfuhr) == Eintrag(
            quelle="rat",
            kennung=adresse("Meeting", 17),
            name="4. Sitzung des Rates",
            beginn=datetime(2027, 3, 2, 17),
            ende=datetime(2027, 3, 2, 19),
            ort="Rathaus, Saal 1",
            status="TERMINIERT",
            gremien=("Rat der Stadt", "Kulturausschuss"),
            geaendert=datetime(2027, 1, 1, 12),
        )
        assert (einfuhr.quelle, einfuhr.art, einfuhr.herkunft) == ("rat", "oparl", "liste.json")
        assert (einfuhr.gelesen, einfuhr.vollstaendig, einfuhr.verluste) == (STAND, True, ())
        assert len(einfuhr.pruefsumme) == 16

    @pytest.mark.parametrize("fassung", ["1.0", "1.1"])
    @pytest.mark.parametrize("mehr", [{}, {"license": "https://example.org/frei "}])
    def test_both_versions(self, tmp_path: Path, fassung: str, mehr: dict[str, str]) -> None:
        roh = sitzung(type=f"https://schema.oparl.org/{fassung}/Meeting", **mehr)
        assert eine(lies(tmp_path, roh)).name == "Rat"

    @pytest.mark.parametrize(
        ("roh", "lokal"),
        [
            ("2027-03-02T17:00:00+01:00", datetime(2027, 3, 2, 17)),
            ("2027-03-02T16:00:00Z", datetime(2027, 3, 2, 17)),
            ("2027-07-02T17:00:00+02:00", datetime(2027, 7, 2, 17)),
            ("2027-07-02T17:00:00+0200", datetime(2027, 7, 2, 17)),
            ("2027-07-02T15:00:00.0000000+00:00", datetime(2027, 7, 2, 17)),
            ("2027-03-02T17:00:00", datetime(2027, 3, 2, 17)),
            ("2027-03-02 17:00", datetime(2027, 3, 2, 17)),
            (" 2027-03-02T17:00:00 +01:00 ", datetime(2027, 3, 2, 17)),
            ("2027-03-02T24:00:00+01:00", datetime(2027, 3, 3)),
            ("2027-03-02T00:00:00+01:00", datetime(2027, 3, 2)),
            ("2027-03-02T23:59:59+01:00", datetime(2027, 3, 2, 23, 59, 59)),
            ("2027-03-02", date(2027, 3, 2)),
            ("02.03.2027 17:00", datetime(2027, 3, 2, 17)),
            ("2.3.2027 17:00 Uhr", datetime(2027, 3, 2, 17)),
            ("02.03.2027", date(2027, 3, 2)),
        ],
    )
    def test_times_become_the_citys(self, tmp_path: Path, roh: str, lokal: datetime | date) -> None:
        """Offsets are believed; a time without one is of the city's clock."""
        eintrag = eine(lies(tmp_path, sitzung(start=roh)))
        assert (eintrag.beginn, type(eintrag.beginn)) == (lokal, type(lokal))

    def test_times_as_a_database_dumps_them(self, tmp_path: Path) -> None:
        roh = json.dumps(sitzung(17)).encode()
        start = json.dumps(sitzung(17)["start"]).encode()
        dump = roh.replace(start, b'{"$date": "2027-07-02T15:00:00Z"}')
        assert eine(lies_ordner(tmp_path, {"a.jsonl": dump})).beginn == datetime(2027, 7, 2, 17)

    @pytest.mark.parametrize("roh", ["", " ", "N/A", None])
    def test_a_meeting_without_a_start_is_a_loss(self, tmp_path: Path, roh: str | None) -> None:
        einfuhr = lies(tmp_path, sitzung(17, start=roh), sitzung(18))
        assert verluste(einfuhr) == [(Mangel.OHNE_BEGINN, adresse("Meeting", 17), "")]
        assert len(einfuhr.eintraege) == 1

    @pytest.mark.parametrize(
        "roh",
        [
            "bald",
            "0001-01-01T00:00:00",
            "9999-12-31T23:59:59+14:00",
            "2027-02-30",
            "32.3.2027",
            "1e9",
            "2027",
        ],
    )
    def test_a_start_nobody_can_read_is_a_loss(self, tmp_path: Path, roh: str) -> None:
        """With what stands there."""
        assert verluste(lies(tmp_path, sitzung(17, start=roh))) == [
            (Mangel.ZEIT_UNLESBAR, adresse("Meeting", 17), roh)
        ]

    @pytest.mark.parametrize(
        ("roh", "ende"),
        [
            (None, None),
            ("", None),
            ("2027-03-02T00:00:00+01:00", datetime(2027, 3, 2)),
            ("2027-03-03T00:00:00+01:00", datetime(2027, 3, 3)),
            ("2027-03-02T17:00:00+01:00", datetime(2027, 3, 2, 17)),
            ("2027-03-02T15:17:00+01:00", datetime(2027, 3, 2, 15, 17)),
        ],
    )
    def test_ends_are_kept_however_odd(self, tmp_path: Path, roh: str | None, ende: datetime | None) -> None:
        """Before the start, the same, missing: what it means is not the reader's business."""
        einfuhr = lies(tmp_path, sitzung(end=roh))
        assert (eine(einfuhr).ende, einfuhr.verluste) == (ende, ())

    def test_an_end_nobody_can_read_takes_nothing_else_with_it(self, tmp_path: Path) -> None:
        einfuhr = lies(tmp_path, sitzung(17, end="offen"))
        assert eine(einfuhr).ende is None
        assert verluste(einfuhr) == [(Mangel.UHRZEIT_UNLESBAR, f"{adresse('Meeting', 17)} (end)", "offen")]

    @pytest.mark.parametrize(
        ("felder", "status"),
        [
            ({"cancelled": True}, "CANCELLED"),
            ({"cancelled": True, "meetingState": "terminiert"}, "CANCELLED"),
            ({"cancelled": "true"}, "CANCELLED"),
            ({"cancelled": 1}, "CANCELLED"),
            ({"cancelled": False}, ""),
            ({"cancelled": "false"}, ""),
            ({"cancelled": None}, ""),
            ({"meetingState": "abgesagt"}, "CANCELLED"),
            ({"meetingState": "Entfällt"}, "CANCELLED"),
            ({"meetingState": "ausgefallen"}, "CANCELLED"),
            ({"meetingState": "durchgeführt"}, "DURCHGEFÜHRT"),
            ({"meetingState": "verschwunden"}, ""),
            ({"meetingState": ["eingeladen"]}, ""),
            ({}, ""),
        ],
    )
    def test_cancelled(self, tmp_path: Path, felder: dict[str, object], status: str) -> None:
        assert eine(lies(tmp_path, sitzung(**felder))).status == status

    def test_nobody_is_imported(self, tmp_path: Path) -> None:
        """Participants and members are persons: nothing of them comes along, not even in a loss."""
        person = objekt("Person", 1, name="Erfunden, Erika", familyName="Erfunden")
        roh = sitzung(17, participant=[person], organization=[person], location=person, start="bald")
        einfuhr = lies(tmp_path, roh, sitzung(18, participant=[person], organization=[person]), person)
        assert len(einfuhr.eintraege) == 1
        assert "Erfunden" not in repr(einfuhr)

    def test_one_line_each_and_nothing_that_moves_a_cursor(self, tmp_path: Path) -> None:
        """Line breaks, control characters, half letters, entities of a web page."""
        roh = json.dumps(sitzung(name=" Haupt-\r\n und\u001b[31m Finanz\ud800ausschuss &amp; B&uuml;ro\x00 "))
        assert (
            eine(lies_ordner(tmp_path, {"1.json": roh.encode()})).name
            == "Haupt- und [31m Finanz?ausschuss & Büro"
        )

    def test_the_same_bytes_give_the_same_reading(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        objekte = [sitzung(1), sitzung(2, start="2027-01-05T17:00:00+01:00"), gremium(1, "Rat")]
        assert lies(tmp_path / "a", *objekte) == lies(tmp_path / "b", *objekte)
        assert lies(tmp_path / "a", sitzung(1)).pruefsumme != lies(tmp_path / "b", sitzung(2)).pruefsumme

    def test_entries_come_in_the_order_of_time(self, tmp_path: Path) -> None:
        tage = ["2027-03-02", "2027-03-02T10:00:00", "2026-03-02", "2027-03-01T23:00:00+01:00"]
        einfuhr = lies(tmp_path, *(sitzung(n, start=tag) for n, tag in enumerate(tage)))
        assert [f"{e.beginn:%y%m%d}" for e in einfuhr.eintraege] == ["260302", "270301", "270302", "270302"]


class TestBodies:
    @pytest.mark.parametrize(
        ("wie", "gremien"),
        [
            ([adresse("Organization", 1)], ("Rat",)),
            (adresse("Organization", 1), ("Rat",)),
            ([adresse("Organization", 2), adresse("Organization", 1)], ("Kulturausschuss", "Rat")),
            ([adresse("Organization", 1)] * 2, ("Rat",)),
            ([adresse("Organization", 1) + "/ "], ("Rat",)),
            ([adresse("Organization", 1).replace("https", "http")], ("Rat",)),
            (gremium(1, None), ("Rat",)),
            ([gremium(9, "Sportausschuss")], ("Sportausschuss",)),
            ({"name": "Sportausschuss"}, ("Sportausschuss",)),
            (["Sportausschuss"], ("Sportausschuss",)),
            ([adresse("Organization", 5)], ("SJB",)),
            ([None], ()),
            ([], ()),
            (None, ()),
            ("N/A", ()),
            ([" ", 7, ["x"], True], ()),
        ],
    )
    def test_names_of_the_bodies(self, tmp_path: Path, wie: object, gremien: tuple[str, ...]) -> None:
        """The leading one first; by list, alone, embedded, by name; the short name where there is no other."""
        roh = {**sitzung(), "organization": wie}
        namen = [gremium(1, "Rat"), gremium(2, "Kulturausschuss"), gremium(5, " ", shortName="SJB")]
        einfuhr = lies(tmp_path, roh, *namen)
        assert eine(einfuhr).gremien == gremien
        assert einfuhr.verluste == ()

    def test_a_body_that_is_nowhere_is_told_once(self, tmp_path: Path) -> None:
        """The meetings stand; the bodies that are known stay."""
        fremd = "https://kreis.example/oparl/organization/1"
        bodies = [adresse("Organization", 1), fremd]
        einfuhr = lies(tmp_path, gremium(1, "Rat"), *(sitzung(n, organization=bodies) for n in range(3)))
        assert [e.gremien for e in einfuhr.eintraege] == [("Rat",)] * 3
        assert verluste(einfuhr) == [(Mangel.VERWEIS_FEHLT, fremd, "")]
        assert einfuhr.vollstaendig

    def test_only_the_bodies_asked_for(self, tmp_path: Path) -> None:
        """By name, short name or address; joint meetings count."""
        alle = [gremium(1, "Rat der Stadt", shortName="Rat"), gremium(2, "Kulturausschuss")]
        orte = [[adresse("Organization", n) for n in nummern] for nummern in ([1], [2], [2, 1], [])]
        meetings = [sitzung(n, organization=wo) for n, wo in enumerate(orte)]
        for name in ("rat der  stadt", "Rat", adresse("Organization", 1)):
            einfuhr = lies(tmp_path, *alle, *meetings, gremien=[name])
            assert [e.kennung[-1] for e in einfuhr.eintraege] == ["0", "2"]

    def test_a_body_asked_for_that_is_none(self, tmp_path: Path) -> None:
        schreibe(tmp_path, {"l.json": [gremium(1, "Kulturausschuss"), sitzung(1)]})
        found = problem(tmp_path / "l.json", gremien=["Kulturauschuss"])
        assert found.wert == "Kulturauschuss"
        assert "Kulturausschuss" in str(found.hinweis)


class TestPlaces:
    @pytest.mark.parametrize(
        ("wie", "ort"),
        [
            (objekt("Location", 1, description="Bürgersaal"), "Bürgersaal"),
            ({"description": "Bürgersaal"}, "Bürgersaal"),
            ({"description": "Bürgersaal", "room": "Saal 1"}, "Saal 1, Bürgersaal"),
            ({"description": "Rathaus, Saal 1", "room": "Saal 1"}, "Rathaus, Saal 1"),
            (
                {"room": "Saal 1", "streetAddress": "Weg 2", "postalCode": "12345", "locality": "Ort"},
                "Saal 1, Weg 2, 12345 Ort",
            ),
            ({"room": "Bürgersaal", "streetAddress": "", "postalCode": "N/A", "locality": " "}, "Bürgersaal"),
            ({"postalCode": 12345, "locality": "Ort"}, "12345 Ort"),
            ({"id": "x"}, ""),
            ([{"description": "Saal"}], "Saal"),
            ([None], ""),
            ("Bürgersaal", "Bürgersaal"),
            ("N/A", ""),
            (None, ""),
            (17, ""),
        ],
    )
    def test_what_a_place_says(self, tmp_path: Path, wie: object, ort: str) -> None:
        einfuhr = lies(tmp_path, {**sitzung(), "location": wie})
        assert (eine(einfuhr).ort, einfuhr.verluste) == (ort, ())

    def test_a_place_that_stands_elsewhere(self, tmp_path: Path) -> None:
        """As OParl 1.0 has it; one that is nowhere is told once."""
        orte = [adresse("Location", n) for n in (1, 2, 2)]
        meetings = [sitzung(n, location=wo) for n, wo in enumerate(orte)]
        einfuhr = lies(tmp_path, *meetings, objekt("Location", 1, description="Bürgersaal"))
        assert [e.ort for e in einfuhr.eintraege] == ["Bürgersaal", "", ""]
        assert verluste(einfuhr) == [(Mangel.VERWEIS_FEHLT, orte[1], "")]


class TestDeleted:
    @pytest.mark.parametrize("art", [SCHEMA + "Meeting", None])
    @pytest.mark.parametrize("ja", [True, "true"])
    def test_a_deleted_meeting_is_named_exactly(self, tmp_path: Path, art: str | None, ja: object) -> None:
        """By its identity, also where its type is missing: it can be dropped, and nothing else."""
        weg = {"id": adresse("Meeting", 17), "type": art, "modified": "2027-01-01T12:00:00Z", "deleted": ja}
        einfuhr = lies_ordner(tmp_path, {"meetings/1.json": [weg, sitzung(18)]})
        assert verluste(einfuhr) == [(Mangel.GELOESCHT, adresse("Meeting", 17), "")]
        assert eine(einfuhr).kennung == adresse("Meeting", 18)
        assert einfuhr.vollstaendig

    def test_other_deleted_objects_are_nobodys_loss(self, tmp_path: Path) -> None:
        """And a deleted body still has meetings; it only lost its name."""
        arten = ("Organization", "Person", "Paper", "Location", "Body")
        einfuhr = lies(tmp_path, *(objekt(art, 1, deleted=True) for art in arten), sitzung())
        assert einfuhr.verluste == ()

    @pytest.mark.parametrize(
        ("wann", "da"),
        [("2026-12-31T12:00:00Z", True), ("2027-01-01T11:00:00Z", False), ("2027-01-02T12:00:00Z", False)],
    )
    def test_of_two_versions_the_newer_counts(self, tmp_path: Path, wann: str, da: bool) -> None:
        """Deleted and living alike; at the same moment the deletion."""
        weg = {"id": adresse("Meeting", 1), "modified": wann, "deleted": True}
        for objekte in ([sitzung(1), weg], [weg, sitzung(1)]):
            einfuhr = lies_ordner(tmp_path, {"meetings.json": objekte})
            assert (bool(einfuhr.eintraege), bool(einfuhr.verluste)) == (da, not da)

    def test_a_meeting_on_two_pages_counts_once(self, tmp_path: Path) -> None:
        alt, neu = sitzung(1, name="Alt"), sitzung(1, name="Neu", modified="2027-01-02T00:00:00Z")
        assert eine(lies(tmp_path, neu, alt)).name == "Neu"
        assert eine(lies(tmp_path, alt, neu)).name == "Neu"
        assert eine(lies(tmp_path, alt, {**alt, "name": "Später"})).name == "Später"

    def test_meetings_without_identity_all_count(self, tmp_path: Path) -> None:
        einfuhr = lies(
            tmp_path, {**sitzung(), "id": ""}, {**sitzung(), "id": None}, {**sitzung(), "id": "N/A"}
        )
        assert [e.kennung for e in einfuhr.eintraege] == [""] * 3


class TestWhatAnswersLookLike:
    """Every shape that servers give and people save."""

    @pytest.mark.parametrize(
        "huelle",
        [
            lambda m: m,
            lambda m: [m],
            lambda m: [None, m, None],
            lambda m: {"data": [m], "links": {}, "pagination": {}},
            lambda m: {"links": {"self": f"{WIRT}/meetings"}, "data": [m]},
            lambda m: {"data": m},
            lambda m: {"pagination": None, "links": None, "data": [m]},
            lambda m: {"meetings": [m], "organizations": []},
            lambda m: {"data": {"17": m}},
            lambda m: {"id": f"{WIRT}/meetings", "type": SCHEMA + "List", "items": [m]},
            lambda m: objekt("Body", 1, name="Stadt", meeting=[m]),
            lambda m: objekt("Body", 1, name="Stadt", organization=[gremium(1, "Rat", meeting=[m])]),
            lambda m: objekt("System", 1, body=[objekt("Body", 1, meeting={"data": [m]})]),
            lambda m: gremium(1, "Rat", meeting=m),
        ],
    )
    def test_a_meeting_is_found(self, tmp_path: Path, huelle: Any) -> None:
        einfuhr = lies_ordner(tmp_path, {"antwort.json": huelle(sitzung(17))})
        assert eine(einfuhr).kennung == adresse("Meeting", 17)
        assert einfuhr.vollstaendig

    def test_one_object_a_line(self, tmp_path: Path) -> None:
        roh = "\n".join(json.dumps(sitzung(n)) for n in range(3)).encode()
        assert len(lies_ordner(tmp_path, {"alle.ndjson": roh}).eintraege) == 3

    @pytest.mark.parametrize(
        "kodierung", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
    )
    def test_any_encoding(self, tmp_path: Path, kodierung: str) -> None:
        roh = json.dumps([sitzung(name="Büro – Rat")], ensure_ascii=False).encode(kodierung)
        assert eine(lies_ordner(tmp_path, {"a.json": roh})).name == "Büro – Rat"

    def test_one_broken_letter_does_not_break_the_others(self, tmp_path: Path) -> None:
        roh = json.dumps([sitzung(name="Büro für Öffentliches, Größe XY")], ensure_ascii=False).encode()
        assert (
            eine(lies_ordner(tmp_path, {"a.json": roh.replace(b"XY", b"\xff")})).name
            == "Büro für Öffentliches, Größe �"
        )

    @pytest.mark.parametrize(
        ("alt", "neu", "name"),
        [
            (b"XY", b"\x01\x02\x1f", "Rat"),
            (b"XY", b"\r\n\t", "Rat"),
            (b"XY", b"\\'", "Rat\\'"),
            (b"XY", b"\\u12", "Rat\\u12"),
            (b'"RatXY"', b'"Rat", "cancelled": NaN', "Rat"),
            (b'"RatXY"', b'"Rat", "x": -Infinity', "Rat"),
            (b'"RatXY"', b'"Rat", "x": ' + b"9" * 10_000, "Rat"),
            (b'"RatXY"', b'"Rat", "x": 1e999999999', "Rat"),
            (b'"RatXY"', b'"Mat", "name": "Rat"', "Rat"),
            (b'"RatXY"', b'"Rat", "x": ' + b"[" * 500 + b"]" * 500, "Rat"),
            (b'"RatXY"', b'"Rat", "x": {"participant": [{}, [], ""]}', "Rat"),
            (b"[{", b"[,{", "RatXY"),
            (b"}]", b"},]", "RatXY"),
            (b"}]", b",}]", "RatXY"),
            (b'"RatXY"', b'"Rat\\q", "x": [1, 2, ]', "Rat\\q"),
            (b'"RatXY"', b'"Rat,}",, "x": 1', "Rat,}"),
            (b"}]", b"}]\n<br /><b>Warning</b>: x", "RatXY"),
        ],
    )
    def test_what_is_no_json_and_can_be_read(self, tmp_path: Path, alt: bytes, neu: bytes, name: str) -> None:
        """Raw control characters, wrong escapes, numbers that are none, too many commas."""
        roh = json.dumps([sitzung(name="RatXY")]).encode()
        assert roh.count(alt) == 1
        assert eine(lies_ordner(tmp_path, {"a.json": roh.replace(alt, neu)})).name == name

    @pytest.mark.parametrize("kaputt", [b'{"id": }', b'{"id": "x"', b"[[[", b'"', b"{" * 100_000])
    def test_what_comes_before_a_break_is_kept(self, tmp_path: Path, kaputt: bytes) -> None:
        """And the reading says that something is missing."""
        roh = json.dumps(sitzung(1)).encode()
        einfuhr = lies_ordner(tmp_path, {"a.json": b"[" + roh + b"," + kaputt})
        assert len(einfuhr.eintraege) == 1
        assert not einfuhr.vollstaendig
        assert {verlust.stelle.partition("#")[0] for verlust in einfuhr.verluste} == {"a.json"}

    @pytest.mark.parametrize("kaputt", [b'{"id": }', b'{"start": 2027-03-02}', b'{"a" "b"}', b'{"a": [}'])
    def test_one_broken_object_does_not_break_the_others(self, tmp_path: Path, kaputt: bytes) -> None:
        """It is told by its place in the list."""
        roh = [json.dumps(sitzung(n)).encode() for n in range(2)]
        einfuhr = lies_ordner(
            tmp_path, {"a.json": b'{"data": [' + roh[0] + b"," + kaputt + b"," + roh[1] + b"]}"}
        )
        assert len(einfuhr.eintraege) == 2
        (verlust,) = einfuhr.verluste
        assert (verlust.mangel, verlust.stelle) == (Mangel.KEIN_OBJEKT, "a.json#2")
        assert not einfuhr.vollstaendig

    @pytest.mark.parametrize("stelle", range(1, 200, 7))
    def test_a_file_cut_off_anywhere(self, tmp_path: Path, stelle: int) -> None:
        """What is whole is read; what is missing is not taken for free time."""
        roh = json.dumps({"data": [sitzung(n, name="Rät") for n in range(3)]}, ensure_ascii=False).encode()
        try:
            einfuhr = lies_ordner(tmp_path, {"a.json": roh[:-stelle]})
        except InputError as error:
            raise AssertionError(error) from error
        assert len(einfuhr.eintraege) in {2, 3}
        assert all(eintrag.name == "Rät" for eintrag in einfuhr.eintraege)
        assert not einfuhr.vollstaendig or len(einfuhr.eintraege) == 3

    @pytest.mark.parametrize(
        "ja", [17, "text", True, None, [], [[]], {}, {"data": 7}, {"data": [7, "x", None]}]
    )
    def test_what_is_nothing_in_a_folder_harms_nothing(self, tmp_path: Path, ja: object) -> None:
        assert len(lies_ordner(tmp_path, {"a.json": [sitzung()], "b.json": ja}).eintraege) == 1

    @pytest.mark.parametrize(
        "name", ["meetings/1.json", "oparl/body1/meeting_2.json", "Meetings.json", "sitzungen/x.json"]
    )
    def test_an_object_without_a_type_is_known_by_its_keys_or_its_place(
        self, tmp_path: Path, name: str
    ) -> None:
        ohne = {"id": "x", "name": "Rat", "start": "2027-03-02T17:00:00+01:00"}
        assert eine(lies_ordner(tmp_path, {name: ohne})).kennung == "x"
        assert eine(lies_ordner(tmp_path, {name: {"type": " N/A ", **ohne}})).kennung == "x"

    def test_organizations_and_places_without_a_type(self, tmp_path: Path) -> None:
        dateien = {
            "meetings/1.json": sitzung(organization=["https://x/o/1"], location="https://x/l/1"),
            "organizations.json": [{"id": "https://x/o/1", "name": "Rat"}],
            "locations.json": [{"id": "https://x/l/1", "room": "Saal 1"}],
        }
        eintrag = eine(lies_ordner(tmp_path, dateien))
        assert (eintrag.gremien, eintrag.ort) == (("Rat",), "Saal 1")


class TestFolders:
    def test_files_anywhere_below(self, tmp_path: Path) -> None:
        """Any folder, any order; hidden files and what is no JSON are none of it."""
        dateien: dict[str, object] = {
            "b/c/2.json": sitzung(2, organization=[adresse("Organization", 1)]),
            "a/1.JSON": {"data": [sitzung(1)], "links": {}},
            "organizations.json": [gremium(1, "Rat")],
            ".versteckt/3.json": sitzung(3),
            "README.md": b"# Rat",
            "meetings": json.dumps(sitzung(4)).encode(),
        }
        einfuhr = lies_ordner(tmp_path / "antworten", dateien)
        assert [e.kennung[-1] for e in einfuhr.eintraege] == ["1", "2", "4"]
        assert einfuhr.verluste == ()
        assert einfuhr.herkunft == "antworten"

    def test_a_broken_file_is_told_and_the_others_are_read(self, tmp_path: Path) -> None:
        dateien: dict[str, object] = {
            "1.json": sitzung(1),
            "2.json": b"<!DOCTYPE html><html><title>Fehler</title>",
            "3.json": b"",
            "4.json": {"error": "Interner Fehler", "code": 17},
            "5.json": bytes(range(256)),
            "6.json": {"error": "Nicht gefunden", "code": 802},
        }
        einfuhr = lies_ordner(tmp_path, dateien)
        assert len(einfuhr.eintraege) == 1
        assert [v.stelle for v in einfuhr.verluste] == ["2.json", "3.json", "4.json", "5.json"]
        assert {v.mangel for v in einfuhr.verluste} == {Mangel.SEITE_FEHLT}
        assert not einfuhr.vollstaendig

    def test_a_page_that_was_not_saved(self, tmp_path: Path) -> None:
        """The last page saved leads on: what is missing is not free time."""
        seiten: dict[str, object] = {
            f"{n}.json": {
                "data": [sitzung(n)],
                "links": {"self": f"{WIRT}/meetings?page={n}", "next": f"{WIRT}/meetings?page={n + 1}"},
            }
            for n in (1, 2)
        }
        einfuhr = lies_ordner(tmp_path, seiten)
        assert verluste(einfuhr) == [(Mangel.SEITE_FEHLT, f"{WIRT}/meetings?page=3", "")]
        assert not einfuhr.vollstaendig

    def test_pages_without_their_own_address(self, tmp_path: Path) -> None:
        """They count: a page that leads back is the one another leads on to."""
        seiten: dict[str, object] = {
            "1.json": {"data": [sitzung(1)], "links": {"next": f"{WIRT}/meetings?page=2"}},
            "2.json": {"data": [sitzung(2)], "links": {"prev": f"{WIRT}/meetings?page=1"}},
        }
        seiten["organizations.json"] = {"data": [gremium(1, "Rat")], "links": {}}
        assert lies_ordner(tmp_path, seiten).vollstaendig
        (tmp_path / "2.json").unlink()
        assert not lies_ordner(tmp_path, {}).vollstaendig

    def test_only_one_body_of_several(self, tmp_path: Path) -> None:
        dateien: dict[str, object] = {
            "bodies.json": [
                objekt("Body", n, name=name, shortName=kurz)
                for n, name, kurz in ((1, "Stadt A", "A"), (2, "Stadt B", "B"))
            ],
            "organizations.json": [gremium(n, f"Rat {n}", body=adresse("Body", n)) for n in (1, 2)],
            "meetings.json": [sitzung(n, organization=[adresse("Organization", n)]) for n in (1, 2)],
        }
        assert len(lies_ordner(tmp_path, dateien).eintraege) == 2
        for name in ("Stadt B", "b", adresse("Body", 2)):
            assert eine(lies_ordner(tmp_path, dateien, koerperschaft=name)).gremien == ("Rat 2",)
        found = problem(tmp_path, koerperschaft="Stadt C")
        assert "Stadt B" in str(found.hinweis)

    @pytest.mark.parametrize(
        "dateien",
        [
            {},
            {"README.md": b"nichts"},
            {"a.json": b""},
            {"a.json": b"<html>"},
            {"a.json": {"error": "x"}},
            {"a.json": [objekt("Paper", 1, name="Vorlage")]},
            {"a.json": {"dependencies": {"x": "1.0"}}},
        ],
    )
    def test_a_folder_without_any_meeting_or_list_is_refused(
        self, tmp_path: Path, dateien: dict[str, object]
    ) -> None:
        """With what to do."""
        found = problem(schreibe(tmp_path, dateien))
        assert found.datei == str(tmp_path)
        assert found.hinweis

    @pytest.mark.parametrize("leer", [[], {"data": []}, {"error": "Nicht gefunden", "code": 802}])
    def test_a_list_without_meetings_is_one(self, tmp_path: Path, leer: object) -> None:
        """Krefeld's answer to a question with no result is an error that means an empty list."""
        assert lies_ordner(tmp_path, {"meetings.json": leer}).eintraege == ()

    def test_what_is_not_there(self, tmp_path: Path) -> None:
        assert "does not exist" in str(problem(tmp_path / "nicht-da").meldung)

    def test_an_unknown_zone_of_the_city(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="zone"):
            oparl.read("rat", tmp_path, "Europa/Hamm", STAND)


@pytest.mark.skipif(not DATEN.is_dir(), reason="the real exports are not here")
class TestRealExports:
    def test_karlsruhe(self) -> None:
        """58 meetings; what each of them says was compared with the files by eye."""
        einfuhr = oparl.read("ka", DATEN / "oparl_somacos_karlsruhe", "Europe/Berlin", STAND)
        alle = {eintrag.kennung.rpartition("/")[2]: eintrag for eintrag in einfuhr.eintraege}
        assert len(alle) == len(einfuhr.eintraege) == 58
        wurzel = "https://web1.karlsruhe.de/oparl/bodies/0001"
        assert alle["80"] == Eintrag(
            quelle="ka",
            kennung=f"{wurzel}/meetings/80",
            name="Gemeinderat",
            beginn=datetime(1989, 12, 12, 15, 30),
            ende=datetime(1989, 12, 12),
            ort="Bürgersaal",
            gremien=("Gemeinderat",),
            geaendert=datetime(2025, 3, 3, 13, 33, 55),
        )
        assert alle["10823"].beginn == datetime(2027, 6, 16, 19)
        assert alle["10607"].ende == datetime(2025, 12, 17, 9)
        assert alle["10597"].name.startswith('Betriebsausschuss "Eigenbetrieb Fußballstadion')
        zeiten = [e.beginn for e in alle.values() if isinstance(e.beginn, datetime)]
        assert len(zeiten) == 58
        assert sum((z.hour, z.minute) == (0, 0) for z in zeiten) == 10
        assert sum(e.ende is not None and e.ende < e.beginn for e in alle.values()) == 19
        assert sum(e.ende == e.beginn for e in alle.values()) == 11
        assert sum(not e.ort for e in alle.values()) == 5
        assert sum(e.ort == "Bürgersaal" for e in alle.values()) == 19
        assert Counter(len(e.gremien) for e in alle.values()) == {1: 52, 0: 6}
        assert {e.status for e in alle.values()} == {""}
        fehlend = [f"{wurzel}/organizations/gr/{nummer}" for nummer in (33408, 34007, 53137, 54872)]
        assert verluste(einfuhr) == [(Mangel.VERWEIS_FEHLT, stelle, "") for stelle in fehlend]
        assert einfuhr.vollstaendig

    @pytest.mark.parametrize(
        ("datei", "ort"),
        [
            ("examples_Meeting-01.json", "Rathaus der Beispielstadt, Ratshausplatz 1, 12345 Beispielstadt"),
            ("v1.0/Meeting-01.json", ""),
        ],
    )
    def test_the_examples_of_the_standard(self, datei: str, ort: str) -> None:
        einfuhr = oparl.read("spec", DATEN / "oparl_spec_examples" / datei, "Europe/Berlin", STAND)
        eintrag = eine(einfuhr)
        assert eintrag.name == "4. Sitzung des Finanzausschusses"
        assert (eintrag.beginn, eintrag.ende) == (datetime(2013, 1, 4, 8), datetime(2013, 1, 4, 12))
        assert eintrag.ort == ort

    def test_the_examples_of_the_standard_together(self) -> None:
        """The examples of both versions are one meeting; the schemas beside them are no objects."""
        einfuhr = oparl.read("spec", DATEN / "oparl_spec_examples", "Europe/Berlin", STAND)
        assert eine(einfuhr).gremien == ("Ausschuss für Haushalt und Finanzen",)
