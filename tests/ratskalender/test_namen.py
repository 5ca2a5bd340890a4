"""What council offices write into names, and what we understand."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from gremienplan.errors import InputError
from gremienplan.ratskalender import Muster, Treffer
from gremienplan.ratskalender.namen import beschreibung_sagt_ab, lies_name, slug
from gremienplan.ratskalender.zuordnung import Zuordnung

TAG = date(2026, 2, 24)

ABGESAGT = [
    "ENTFÄLLT - {}",
    "ENTFÄLLT ! {}",
    "entfällt - {}",
    "ENTFAELLT: {}",
    "Absage: {}",
    "{} - entfällt",
    "{} - ENTFÄLLT!!!",
    "{} - Entfällt!!!",
    "{} (Entfällt)",
    "{} - abgesagt",
    "{} - abgesagt -",
    "{} (abgesagt)",
    "{} - fällt aus",
    "{} (fällt leider aus)",
    "{} - entfällt, Ersatztermin folgt",
    "Canceled: {}",
    "Cancelled: {}",
    "Storniert: {}",
    "AUSFALL: {}",
    "{} (Absage)",
    "{} -Absage-",
    "{} - Ausfall",
    "{} - gestrichen",
    "{} (findet nicht statt)",
    "{} - Sitzung findet nicht statt",
    "!!!ABGESAGT!!! {}",
    "[abgesagt] {}",
]
KOERPER = [
    "Rat der Stadt",
    "Haupt- und Finanzausschuss",
    "Bezirksvertretung Hamm-Heessen",
    "Beirat für Inklusion",
]


class TestInPlaceOfAnother:
    @pytest.mark.parametrize("koerper", KOERPER)
    def test_that_the_other_one_was_off_does_not_free_this_one(self, koerper: str) -> None:
        for roh in (
            f"Ersatztermin für den 3.3. (abgesagt): {koerper}",
            f"{koerper} (Ersatztermin für die abgesagte Sitzung vom 3.3.)",
            f"{koerper} - Ersatztermin für 3.3., entfallen",
        ):
            assert lies_name(roh) == lies_name(koerper)
        assert lies_name(f"{koerper} - entfällt, Ersatztermin für 3.3. folgt").abgesagt


class TestCleaning:
    @pytest.mark.parametrize(
        ("roh", "name"),
        [
            ("3. Sitzung des Rates der Stadt Hamm", "Rat der Stadt Hamm"),
            ("Sitzung des Haupt- und Finanzausschusses", "Haupt- und Finanzausschuss"),
            ("Sitzung der Bezirksvertretung Hamm-Heessen", "Bezirksvertretung Hamm-Heessen"),
            ("Sitzung für den Ausschuss für Kultur", "Ausschuss für Kultur"),
            ("Sondersitzung des Rates", "Sondersitzung des Rates"),
            ("Schulausschuss (18. Sitzung)", "Schulausschuss"),
            ("77. Sitzung in der IX. Wahlperiode des Schulausschusses", "Schulausschuss"),
            ("Sitzung des Rates in der 18. Wahlperiode", "Rat"),
            ("Schulausschuss, 18. Sitzung der 5. Wahlzeit", "Schulausschuss"),
            ("Öffentliche/nichtöffentliche Sitzung des Schulausschusses", "Schulausschuss"),
            ("öffentliche und anschließend nichtöffentliche Sitzung des Rates", "Rat"),
            ("Arbeitskreis Unterrichtsausfall", "Arbeitskreis Unterrichtsausfall"),
            ("Arbeitskreis Strom-Ausfall", "Arbeitskreis Strom-Ausfall"),
            ("Schulausschuss, 18. Sitzung", "Schulausschuss"),
            ("Schulausschuss (öffentlich/nicht öffentlich)", "Schulausschuss"),
            ("Schulausschuss (nichtöffentlicher Teil)", "Schulausschuss"),
            ("Schulausschuss -", "Schulausschuss"),
            ("  Beirat   für\tInklusion – ", "Beirat für Inklusion"),
            ("Rat (konstituierend)", "Rat (konstituierend)"),
            ("Ausschuss des Rates", "Ausschuss des Rates"),
            ("Sitzungsfreie Zeit", "Sitzungsfreie Zeit"),
            ("SI/0507/20", "SI/0507/20"),
            ("(18. Sitzung)", "(18. Sitzung)"),
            ("", ""),
        ],
    )
    def test_what_is_not_the_name_of_the_body_goes(self, roh: str, name: str) -> None:
        """Running numbers, "Sitzung des …" with its genitive, and public/not public go; the body stays."""
        assert lies_name(roh).name == name

    @given(st.text())
    def test_cleaning_twice_changes_nothing(self, roh: str) -> None:
        """A cleaned name is clean."""
        name = lies_name(roh).name
        assert lies_name(name).name == name

    @given(st.text(alphabet="- (!)3.Sitzungdesvrltaufäö", max_size=400))
    def test_cleaning_ends_for_any_text(self, roh: str) -> None:
        """No text makes the cleaning fail or invents words."""
        assert len(lies_name(roh).name) <= 300


class TestCancelled:
    @pytest.mark.parametrize("koerper", KOERPER)
    @pytest.mark.parametrize("schreibweise", ABGESAGT)
    def test_every_spelling_of_cancelled_is_read(self, schreibweise: str, koerper: str) -> None:
        """The mark is understood, and what stays is the name of the body."""
        gelesen = lies_name(schreibweise.format(koerper))
        assert gelesen.entfaellt(TAG)
        assert gelesen.name == koerper

    @pytest.mark.parametrize(
        "name",
        ["Beirat für entfallene Linien", "Ausgefallene Ideen", "Arbeitskreis abgesagte Feste", *KOERPER],
    )
    def test_a_word_that_only_looks_like_it_cancels_nothing(self, name: str) -> None:
        """Only a mark at an edge, in brackets or after a dash cancels."""
        assert not lies_name(name).entfaellt(TAG)

    @pytest.mark.parametrize(
        "zusatz",
        [
            "(öffentlicher Teil entfällt)",
            "(TOP 3 entfällt)",
            "(Imbiss entfällt)",
            "(Termin vom 12.3. wurde abgesagt)",
            "- öffentlicher Teil entfällt",
            "– Tagesordnungspunkt 4 ist entfallen",
            "- Vorbesichtigung entfällt!",
            "- Ortstermin abgesagt",
            ", Einwohnerfragestunde entfällt",
            ", da 12.3. abgesagt",
            "- Termin vom 12.3. abgesagt",
        ],
    )
    @pytest.mark.parametrize("koerper", [*KOERPER, "Ausschuss für Umwelt, Klima und Verkehr"])
    def test_a_part_that_falls_out_does_not_free_the_sitting(self, koerper: str, zusatz: str) -> None:
        """The remark is not part of the name either: no body of its own is made of it."""
        gelesen = lies_name(f"{koerper} {zusatz}")
        assert not gelesen.entfaellt(TAG)
        assert gelesen.name == koerper

    @pytest.mark.parametrize(
        "zusatz",
        [
            "(Sitzung entfällt)",
            "(die 3. Sitzung ist leider abgesagt)",
            "entfällt",
            "(wurde kurzfristig abgesagt)",
        ],
    )
    def test_what_says_that_the_sitting_falls_out_does(self, zusatz: str) -> None:
        assert lies_name(f"Ausschuss für Umwelt, Klima und Verkehr {zusatz}").abgesagt

    @pytest.mark.parametrize(
        ("text", "abgesagt"),
        [
            ("Die Sitzung am 24.02.2026 entfällt.", True),
            ("Hinweis: Die Sitzung vom 24. Februar wurde abgesagt!", True),
            ("Die Sitzung vom 3.2. ist ausgefallen, dies ist der Ersatz.", False),
            ("Der öffentliche Teil der Sitzung entfällt", False),
        ],
    )
    def test_a_description_cancels_the_day_it_speaks_of(self, text: str, abgesagt: bool) -> None:
        assert beschreibung_sagt_ab(text, TAG) is abgesagt


class TestMoved:
    @pytest.mark.parametrize(
        "schreibweise",
        [
            "{} - verlegt auf den 03.03.2026",
            "{} (verschoben auf 3.3.)",
            "{} wird verlegt auf Dienstag, den 3. März 2026, 17:00 Uhr",
            "verlegt auf den 03.03.2026: {}",
        ],
    )
    def test_the_old_time_is_free_and_the_new_one_is_not(self, schreibweise: str) -> None:
        """An entry moved to another day does not stand; one that already lies on the new day does."""
        gelesen = lies_name(schreibweise.format("Schulausschuss"))
        assert gelesen.name == "Schulausschuss"
        assert gelesen.entfaellt(TAG)
        assert not gelesen.entfaellt(date(2026, 3, 3))

    @pytest.mark.parametrize(
        "name", ["Rat (verlegt vom 02.03.)", "Rat - verlegt nach Saal 3", "Rat - verschoben"]
    )
    def test_a_move_without_a_new_day_still_blocks(self, name: str) -> None:
        """We do not free a day on a guess; but the remark is not part of the name."""
        assert not lies_name(name).entfaellt(TAG)
        assert lies_name(name).name == "Rat"


class TestSlug:
    @pytest.mark.parametrize(
        ("name", "kurz"),
        [
            ("Ausschuss für Umwelt- und Klimaschutz", "ausschuss-fuer-umwelt-und-klimaschutz"),
            ("Straßen- & Verkehrsausschuß", "strassen-verkehrsausschuss"),
            ("Café-Beirat", "cafe-beirat"),
            ("Ödön", "oedoen"),
            ("***", "ohne-name"),
        ],
    )
    def test_it_is_ascii_with_german_umlauts_spelled_out(self, name: str, kurz: str) -> None:
        assert slug(name) == kurz

    @given(st.text())
    def test_it_is_always_fit_for_an_id(self, name: str) -> None:
        """Lower-case ASCII letters, digits and single hyphens, for any name."""
        teile = slug(name).split("-")
        assert all(teil.isascii() and teil.isalnum() and teil == teil.lower() for teil in teile)


class TestPatterns:
    def test_the_first_that_is_found_decides(self) -> None:
        """The order of the city's file is the order of precedence; case does not matter."""
        rat = Muster("^rat", Treffer.GREMIUM, "rat/hamm")
        rest = Muster("rat", Treffer.ART, "ausschuss")
        zuordnung = Zuordnung([rat, rest])
        assert zuordnung.find("RAT der Stadt") == rat
        assert zuordnung.find("Beirat") == rest
        assert zuordnung.find("Sportausschuss") is None

    def test_every_broken_pattern_is_reported(self) -> None:
        """All problems at once, each with its number and the pattern as written."""
        with pytest.raises(InputError) as caught:
            Zuordnung([Muster("(", Treffer.ART), Muster("gut", Treffer.ART), Muster("[", Treffer.ART)])
        assert [(p.pfad, p.wert) for p in caught.value.problems] == [("1", "("), ("3", "[")]
