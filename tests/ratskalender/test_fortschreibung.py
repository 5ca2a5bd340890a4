"""A new reading meets the last copy: nothing that may still be held is lost on the way."""

from datetime import date, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.ratskalender import VERSCHWUNDEN, Einfuhr, Eintrag, Gemeint, Mangel, Verlust, fortschreiben

STAND = datetime(2027, 3, 1, 8)


def eintrag(tag: str, name: str = "Rat", kennung: str = "", uhr: int = 17) -> Eintrag:
    return Eintrag("rat", kennung, name, datetime.fromisoformat(tag).replace(hour=uhr))


def einfuhr(*eintraege: Eintrag, gelesen: datetime = STAND, **mehr: object) -> Einfuhr:
    return Einfuhr("rat", "ics", "alle.ics", gelesen, "0", eintraege, **mehr)  # type: ignore[arg-type]


VORHER = einfuhr(
    eintrag("2027-02-02", kennung="1"),
    eintrag("2027-03-02", kennung="2"),
    eintrag("2027-04-06", kennung="3"),
    eintrag("2027-06-01", kennung="4"),
    gelesen=STAND - timedelta(days=30),
)


def status(einfuhr: Einfuhr) -> dict[str, str]:
    return {e.kennung or e.name: e.status for e in einfuhr.eintraege}


class TestMissing:
    def test_the_past_stays_as_it_was(self) -> None:
        """Exports drop it, and the plan of last year still needs it."""
        neu = fortschreiben(VORHER, einfuhr(*VORHER.eintraege[1:]), STAND)
        assert neu.einfuhr.eintraege == VORHER.eintraege
        assert (neu.behalten, neu.verschwunden, neu.geaendert) == (1, (), False)
        assert neu.jenseits == ()

    def test_what_should_be_there_has_vanished(self) -> None:
        """Design 6: gone from the source is a state of its own, not free."""
        neu = fortschreiben(VORHER, einfuhr(VORHER.eintraege[1], VORHER.eintraege[3]), STAND)
        assert status(neu.einfuhr) == {"1": "", "2": "", "3": VERSCHWUNDEN, "4": ""}
        assert [e.kennung for e in neu.verschwunden] == ["3"]

    def test_the_day_of_the_reading_is_not_past(self) -> None:
        neu = fortschreiben(VORHER, einfuhr(VORHER.eintraege[3]), datetime(2027, 3, 2, 23))
        assert status(neu.einfuhr)["2"] == VERSCHWUNDEN

    def test_what_lies_beyond_the_new_export_stays(self) -> None:
        """An export of three months says nothing of the fourth."""
        neu = fortschreiben(VORHER, einfuhr(*VORHER.eintraege[1:3]), STAND)
        assert status(neu.einfuhr)["4"] == ""
        assert neu.behalten == 2

    def test_but_it_is_named_each_time(self) -> None:
        """The last sitting of a year may vanish as well, and then nothing behind it shows that it should be there."""
        kurz = einfuhr(*VORHER.eintraege[1:3])
        for vorher in (VORHER, fortschreiben(VORHER, kurz, STAND).einfuhr):
            assert [e.kennung for e in fortschreiben(vorher, kurz, STAND).jenseits] == ["4"]

    def test_the_rest_of_the_last_month_belongs_to_an_export(self) -> None:
        spaeter = evolve(VORHER, eintraege=(*VORHER.eintraege, eintrag("2027-06-29", kennung="5")))
        neu = fortschreiben(spaeter, einfuhr(*VORHER.eintraege[1:]), STAND)
        assert status(neu.einfuhr)["5"] == VERSCHWUNDEN

    @pytest.mark.parametrize("mangel", [Mangel.ABGESCHNITTEN, Mangel.SEITE_FEHLT])
    def test_half_a_source_takes_nothing_away(self, mangel: Mangel) -> None:
        halb = einfuhr(VORHER.eintraege[3], verluste=(Verlust(mangel, "7"),))
        neu = fortschreiben(VORHER, halb, STAND)
        assert set(status(neu.einfuhr).values()) == {""}

    @pytest.mark.parametrize(
        ("gemeint", "weg"),
        [
            (Gemeint("3"), {"2"}),
            (Gemeint("3", "Bau"), {"2"}),
            (Gemeint("", "RAT"), set[str]()),
            (Gemeint("", "Bau"), {"2", "3"}),
            (Gemeint(tag=date(2027, 3, 2)), {"3"}),
            (Gemeint(), set[str]()),
            (None, {"2", "3"}),
        ],
    )
    def test_what_was_lost_in_the_reading_has_not_vanished(
        self, gemeint: Gemeint | None, weg: set[str]
    ) -> None:
        """The surest of what is known says which it may be: its identity, else its name, else its day."""
        verlust = Verlust(Mangel.ZEIT_UNLESBAR, "7", eintrag=gemeint)
        kaputt = einfuhr(VORHER.eintraege[3], verluste=(verlust,))
        neu = fortschreiben(VORHER, kaputt, STAND)
        assert {e.kennung for e in neu.verschwunden} == weg
        assert {e.kennung for e in neu.ungelesen} == {"2", "3"} - weg
        assert neu.behalten == 1
        wieder = fortschreiben(neu.einfuhr, kaputt, STAND)
        assert (wieder.geaendert, wieder.ungelesen) == (False, neu.ungelesen)

    def test_what_was_lost_in_the_reading_has_not_moved_either(self) -> None:
        """Another sitting of the body a week later does not free its time."""
        vorher = einfuhr(eintrag("2027-03-02"), eintrag("2027-06-01"))
        verlust = Verlust(Mangel.WOCHENTAG_WIDERSPRICHT, "7", eintrag=Gemeint(name="Rat"))
        neue = (eintrag("2027-03-09"), eintrag("2027-06-01"))
        neu = fortschreiben(vorher, einfuhr(*neue, verluste=(verlust,)), STAND)
        assert [f"{e.beginn:%d.%m.}" for e in neu.einfuhr.eintraege] == ["02.03.", "09.03.", "01.06."]
        assert fortschreiben(vorher, einfuhr(*neue), STAND).andere != ()

    def test_an_occurrence_of_a_lost_series_has_not_vanished(self) -> None:
        vorher = einfuhr(eintrag("2027-03-02", kennung="s/2027-03-02"), VORHER.eintraege[3])
        verlust = Verlust(Mangel.ZEIT_UNLESBAR, "7", eintrag=Gemeint("s"))
        neu = fortschreiben(vorher, einfuhr(VORHER.eintraege[3], verluste=(verlust,)), STAND)
        assert neu.verschwunden == ()

    def test_a_reading_of_changes_alone_takes_nothing_away(self) -> None:
        """And says nothing new where nothing changed."""
        nur = evolve(einfuhr(VORHER.eintraege[3]), vollstaendig=False)
        neu = fortschreiben(VORHER, nur, STAND)
        assert set(status(neu.einfuhr).values()) == {""}
        assert not neu.geaendert

    def test_but_what_the_source_says_is_deleted_has_vanished(self) -> None:
        """Also where only changes were asked for."""
        teil = einfuhr(verluste=(Verlust(Mangel.GELOESCHT, "3"),), vollstaendig=False)
        neu = fortschreiben(VORHER, teil, STAND)
        assert status(neu.einfuhr) == {"1": "", "2": "", "3": VERSCHWUNDEN, "4": ""}

    def test_what_was_cancelled_before_does_not_vanish(self) -> None:
        abgesagt = [
            evolve(VORHER.eintraege[1], status="CANCELLED"),
            eintrag("2027-04-06", "ENTFÄLLT - Rat", "3"),
        ]
        vorher = evolve(VORHER, eintraege=(*abgesagt, VORHER.eintraege[3]))
        neu = fortschreiben(vorher, einfuhr(VORHER.eintraege[3]), STAND)
        assert neu.verschwunden == ()
        assert len(neu.einfuhr.eintraege) == 3

    def test_it_is_said_once_and_stays(self) -> None:
        weg = einfuhr(VORHER.eintraege[1], VORHER.eintraege[3])
        einmal = fortschreiben(VORHER, weg, STAND).einfuhr
        wieder = fortschreiben(einmal, weg, STAND + timedelta(days=1))
        assert (wieder.geaendert, wieder.verschwunden, wieder.einfuhr) == (False, (), einmal)

    def test_it_may_come_back(self) -> None:
        weg = fortschreiben(VORHER, einfuhr(VORHER.eintraege[1], VORHER.eintraege[3]), STAND).einfuhr
        neu = fortschreiben(weg, einfuhr(*VORHER.eintraege[1:]), STAND + timedelta(days=1))
        assert set(status(neu.einfuhr).values()) == {""}
        assert [e.kennung for e in neu.wieder] == ["3"]

    def test_it_may_come_back_under_another_identity(self) -> None:
        """As ALLRIS did: deleted, and entered anew six weeks later."""
        weg = fortschreiben(VORHER, einfuhr(VORHER.eintraege[1], VORHER.eintraege[3]), STAND).einfuhr
        zurueck = einfuhr(VORHER.eintraege[1], evolve(VORHER.eintraege[2], kennung="9"), VORHER.eintraege[3])
        neu = fortschreiben(weg, zurueck, STAND + timedelta(days=42))
        assert [e.kennung for e in neu.wieder] == ["9"]
        assert "3" not in status(neu.einfuhr)


class TestChanged:
    def test_a_moved_entry_is_the_same(self) -> None:
        verlegt = evolve(VORHER.eintraege[2], beginn=datetime(2027, 4, 13, 17))
        neu = fortschreiben(VORHER, einfuhr(VORHER.eintraege[1], verlegt, VORHER.eintraege[3]), STAND)
        assert neu.andere == ((VORHER.eintraege[2], verlegt),)
        assert (neu.neue, neu.verschwunden) == ((), ())

    def test_when_it_was_read_is_no_change(self) -> None:
        neu = fortschreiben(VORHER, evolve(VORHER, gelesen=STAND, pruefsumme="anders"), STAND)
        assert (neu.geaendert, neu.einfuhr) == (False, VORHER)

    def test_the_first_reading_is_all_new(self) -> None:
        neu = fortschreiben(None, VORHER, STAND)
        assert neu.neue == VORHER.eintraege


def neue_kennungen(alt: Einfuhr, vorsatz: str) -> Einfuhr:
    umbenannt = (evolve(e, kennung=f"{vorsatz}{i}") for i, e in enumerate(reversed(alt.eintraege)))
    return evolve(alt, eintraege=tuple(umbenannt))


class TestIdentities:
    def test_a_source_that_gives_new_ones_each_time_is_found_out(self) -> None:
        """As the iCal of a SessionNet does: nothing is new, nothing vanishes, and the file does not churn."""
        erste = fortschreiben(VORHER, neue_kennungen(VORHER, "x"), STAND)
        assert not erste.einfuhr.feste_kennungen
        assert (erste.neue, erste.verschwunden) == ((), ())
        zweite = fortschreiben(erste.einfuhr, neue_kennungen(VORHER, "y"), STAND + timedelta(days=1))
        assert not zweite.geaendert

    def test_running_numbers_are_no_identities(self) -> None:
        """Each export counts from 1: an entry more at the front shifts all others."""
        davor = (eintrag("2027-03-01", "Kulturausschuss", "1"),)
        danach = tuple(evolve(e, kennung=str(i)) for i, e in enumerate(VORHER.eintraege, start=2))
        neu = fortschreiben(VORHER, einfuhr(*davor, *danach), STAND)
        assert [e.name for e in neu.neue] == ["Kulturausschuss"]
        assert neu.andere == ()

    def test_without_any_the_nearest_of_its_name_is_the_moved_one(self) -> None:
        ohne = evolve(VORHER, eintraege=tuple(evolve(e, kennung="") for e in VORHER.eintraege))
        verlegt = [*ohne.eintraege[1:2], eintrag("2027-04-20"), ohne.eintraege[3]]
        neu = fortschreiben(ohne, einfuhr(*verlegt), STAND)
        assert [(a.beginn.day, n.beginn.day) for a, n in neu.andere] == [(6, 20)]
        assert neu.verschwunden == ()

    def test_but_not_one_that_is_far_away(self) -> None:
        ohne = evolve(VORHER, eintraege=tuple(evolve(e, kennung="") for e in VORHER.eintraege))
        neu = fortschreiben(ohne, einfuhr(ohne.eintraege[1], eintrag("2027-05-04"), ohne.eintraege[3]), STAND)
        assert len(neu.verschwunden) == len(neu.neue) == 1


TERMINE = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(["Rat", "Schulausschuss"])), max_size=8, unique=True
)


@given(TERMINE, TERMINE, st.integers(0, 200), st.booleans())
def test_nothing_that_may_be_held_is_lost(
    vorher: list[tuple[int, str]], nachher: list[tuple[int, str]], heute: int, mit_kennung: bool
) -> None:
    """Every entry of either reading is in the result, itself or as what it was moved to; again changes nothing."""
    null = datetime(2027, 1, 1)

    def lesung(termine: list[tuple[int, str]]) -> Einfuhr:
        return einfuhr(
            *(
                Eintrag(
                    "rat", f"{name}{tag}" if mit_kennung else "", name, null + timedelta(days=tag, hours=17)
                )
                for tag, name in termine
            )
        )

    alt, neu, stand = lesung(vorher), lesung(nachher), null + timedelta(days=heute)
    ergebnis = fortschreiben(alt, neu, stand)
    da = {(e.beginn, e.name) for e in ergebnis.einfuhr.eintraege}
    verlegt = {(a.beginn, a.name) for a, _ in ergebnis.andere}
    assert {(e.beginn, e.name) for e in neu.eintraege} <= da
    assert {(e.beginn, e.name) for e in alt.eintraege} <= da | verlegt
    assert not verlegt or not mit_kennung
    assert not fortschreiben(ergebnis.einfuhr, neu, stand).geaendert
