"""From release to release: an audience is told what changed for it, and of nothing else a byte changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.errors import InputError
from gremienplan.release import (
    Art,
    Entwurf,
    Gemeldet,
    Gesicht,
    Kalender,
    Release,
    Seite,
    Status,
    follow,
    messages,
    release_from_json,
    release_to_json,
)

T0 = datetime(2026, 11, 1, 8)
PUBLIKUM = ("alle", "amt/a", "amt/b")


def gesicht(tag: int = 1, worte: str = "", ort: str = "Saal") -> Gesicht:
    beginn = datetime(2027, 3, tag, 17)
    return Gesicht(beginn, beginn + timedelta(hours=2), "Runde", Status.CONFIRMED, (worte,), ort)


def entwurf(ereignisse: Mapping[str, Mapping[str, Gesicht]], zustand: str = "draft") -> Entwurf:
    return Entwurf(
        stadt="flussau",
        name="Flussau",
        domain="flussau.example",
        zeitzone="Europe/Berlin",
        sprache="de",
        zustaende={"2027": zustand},
        kalender=tuple(Kalender(p, f"Flussau: {p}", "navy") for p in PUBLIKUM),
        ereignisse=tuple(
            Gemeldet(uid, uid, 2027, "runde/nord", "raum/nord", told, {"de": Seite("Runde", "R", "Nord", ())})
            for uid, told in ereignisse.items()
        ),
    )


def absagen(alt: Gesicht, noch: bool) -> Gesicht:
    return evolve(alt, status=Status.CANCELLED, worte=("ausgeladen" if noch else "abgesagt",))


def after(vorher: Release | None, ereignisse: Mapping[str, Mapping[str, Gesicht]], tage: int = 0) -> Release:
    return follow(vorher, entwurf(ereignisse), T0 + timedelta(days=tage), absagen)


def arten(release: Release) -> list[tuple[str, Art, tuple[str, ...]]]:
    return [(a.uid, a.art, a.publikum) for a in release.ausgaben[-1].aenderungen]


LAENGER = evolve(gesicht(1), ende=gesicht(1).ende + timedelta(hours=1))
GESICHTER = st.builds(gesicht, st.integers(1, 4), st.sampled_from(["", "x"]), st.sampled_from(["Saal", ""]))
STAENDE = st.dictionaries(
    st.sampled_from(["e1", "e2"]), st.dictionaries(st.sampled_from(PUBLIKUM), GESICHTER, min_size=1)
)


@given(st.lists(STAENDE, min_size=1, max_size=6))
def test_each_audience_counts_its_own_changes(staende: list[Mapping[str, Mapping[str, Gesicht]]]) -> None:
    """Whatever happens to others: a face changes iff what the audience is to read differs from what it was told."""
    release: Release | None = None
    told: dict[tuple[str, str], list[Gesicht]] = {}
    for nummer, stand in enumerate(staende):
        release = after(release, stand, nummer)
        for uid, publikum in {(u, p) for u, faces in stand.items() for p in faces} | told.keys():
            neu = stand.get(uid, {}).get(publikum)
            bisher = told.setdefault((uid, publikum), [])
            if neu is None and bisher[-1].status is not Status.CANCELLED:
                neu = absagen(bisher[-1], uid in stand)
            if neu is not None and (not bisher or neu != bisher[-1]):
                bisher.append(neu)
                assert release.stand == T0 + timedelta(days=nummer)
        found = {
            (e.uid, p): (f.sequenz, f.gesicht) for e in release.ereignisse for p, f in e.fassungen.items()
        }
        assert found == {key: (len(faces) - 1, faces[-1]) for key, faces in told.items()}
        assert after(release, stand, nummer + 1) == release, "the same again adds nothing"


@given(st.lists(STAENDE, min_size=1, max_size=4))
def test_the_file_holds_all_of_it(staende: list[Mapping[str, Mapping[str, Gesicht]]]) -> None:
    """Read back, the release is the same, and so are its bytes."""
    release: Release | None = None
    for nummer, stand in enumerate(staende):
        release = after(release, stand, nummer)
    assert release is not None
    text = release_to_json(release)
    assert release_from_json(text) == release
    assert release_to_json(release_from_json(text)) == text


@pytest.mark.parametrize(
    ("danach", "erwartet"),
    [
        ({"alle": gesicht(2), "amt/a": gesicht(2)}, [(Art.VERLEGT, ("alle", "amt/a"))]),
        ({"alle": gesicht(1, ort="Aula"), "amt/a": gesicht(1, ort="Aula")}, [(Art.ORT, ("alle", "amt/a"))]),
        ({"alle": LAENGER, "amt/a": LAENGER}, [(Art.ENDE, ("alle", "amt/a"))]),
        ({"alle": gesicht(1)}, [(Art.AUSGELADEN, ("amt/a",))]),
        ({"alle": gesicht(1), "amt/a": gesicht(1, "x")}, [(Art.WORTE, ("amt/a",))]),
        ({"alle": gesicht(1), "amt/a": gesicht(1), "amt/b": gesicht(1)}, [(Art.NEU, ("amt/b",))]),
        ({}, [(Art.ABGESAGT, ("alle", "amt/a"))]),
    ],
)
def test_what_a_change_is(danach: Mapping[str, Gesicht], erwartet: list[tuple[Art, tuple[str, ...]]]) -> None:
    """Moved, another venue, another end, without you, other words, new for you, cancelled: to each audience its own."""
    first = after(None, {"e": {"alle": gesicht(1), "amt/a": gesicht(1)}})
    release = after(first, {"e": danach} if danach else {}, 1)
    assert arten(release) == [("e", *one) for one in erwartet]
    assert [n.publikum for n in messages(release, release.ausgaben[-1])] == [
        p for p in erwartet[0][1] if p.startswith("amt/")
    ]


def test_a_notice_tells_what_was_told_then() -> None:
    """Whatever was told since: moved, at another venue, cancelled, held after all, the old notices stay the same."""
    folge = [
        gesicht(1),
        gesicht(2),
        gesicht(2, ort=""),
        gesicht(3, ort="Aula"),
        None,
        gesicht(4, ort="Aula"),
        gesicht(4, "x", ort="Aula"),
    ]
    release: Release | None = None
    damals: list[tuple[Art, datetime, str | None]] = []
    for nummer, face in enumerate(folge):
        release = after(release, {"e": {"amt/a": face}} if face else {}, nummer)
        if nummer:
            ((meldung,),) = [n.meldungen for n in messages(release, release.ausgaben[-1])]
            damals.append((meldung.aenderung.art, meldung.beginn, meldung.ort))
    assert release is not None
    heute = [
        (m.aenderung.art, m.beginn, m.ort)
        for ausgabe in release.ausgaben
        for n in messages(release_from_json(release_to_json(release)), ausgabe)
        for m in n.meldungen
    ]
    assert [one[:2] for one in heute] == [one[:2] for one in damals]
    assert [ort for *_, ort in damals] == ["Saal", "", "Aula", "Aula", "Aula", "Aula"]
    assert [ort for *_, ort in heute] == ["Saal", "", None, None, "Aula", "Aula"], (
        "not on record: never guessed"
    )


def test_cancelled_and_held_after_all() -> None:
    """S-23: the same UID goes on counting, however long ago it was cancelled; meanwhile it leaves the feed."""
    first = after(None, {"e": {"alle": gesicht(1)}})
    second = after(first, {}, 1)
    late = after(second, {"x": {"alle": gesicht(4)}}, 200)
    assert [e.uid for e, _ in second.told("alle")] == ["e"]
    assert [e.uid for e, _ in late.told("alle")] == ["x"]
    again = after(late, {"e": {"alle": gesicht(2)}, "x": {"alle": gesicht(4)}}, 201)
    assert arten(again) == [("e", Art.WIEDER, ("alle",))]
    assert [f.sequenz for e, f in again.told("alle") if e.uid == "e"] == [2]


def test_a_year_that_is_no_longer_published_leaves_without_a_word() -> None:
    """What lies years back is not cancelled: nobody is told anything."""
    first = after(None, {"e": {"alle": gesicht(1)}})
    later = follow(first, evolve(entwurf({}), zustaende={"2028": "draft"}), T0 + timedelta(days=900), absagen)
    assert [*later.told("alle")] == []
    assert arten(later) == []
    again = follow(later, entwurf({"e": {"alle": gesicht(2)}}), T0 + timedelta(days=901), absagen)
    assert arten(again) == [("e", Art.VERLEGT, ("alle",))]
    assert [f.sequenz for _, f in again.told("alle")] == [1], "it goes on counting"


def test_releases_do_not_run_backwards() -> None:
    """Nothing is told before what was told before it."""
    first = after(None, {"e": {"alle": gesicht(1)}}, 5)
    with pytest.raises(InputError, match="before the last release"):
        after(first, {}, 4)
    assert after(first, {"e": {"alle": gesicht(1)}}, 4) == first, "where nothing is told, no time is needed"


def test_a_calendar_that_ends_is_remembered() -> None:
    """It stays among those that are no longer kept until it is kept again."""
    first = after(None, {})
    less = evolve(entwurf({}), kalender=first.kalender[:2])
    second = follow(first, less, T0, absagen)
    assert [k.publikum for k in second.beendet] == ["amt/b"]
    third = follow(follow(second, less, T0, absagen), entwurf({}), T0, absagen)
    assert third.beendet == ()


@pytest.mark.parametrize(
    ("alt", "neu", "pfad"),
    [
        ('"format": 1', '"format": 2', "format"),
        ('"uid": "e"', '"uidd": "e"', "ereignisse[1]"),
        ('[0, 0, "2026', '[7, 0, "2026', "ereignisse[1]"),
        ('"nummer": 1', '"nummer": "eins"', "ausgaben[1]"),
        ('"stadt": "flussau"', '"stadt": 3', "stadt"),
    ],
)
def test_a_damaged_file_is_refused(alt: str, neu: str, pfad: str) -> None:
    """Each entry that nobody can read is named."""
    text = release_to_json(after(None, {"e": {"alle": gesicht(1)}}))
    assert alt in text
    with pytest.raises(InputError) as caught:
        release_from_json(text.replace(alt, neu))
    assert [p.pfad for p in caught.value.problems] == [pfad]


class TestNobodyHearsOfOthers:
    """What an audience reads follows from what it was told, and from nothing that others were."""

    def told(self, release: Release, publikum: str) -> list[tuple[str, bool]]:
        return [(e.uid, f.abgesagt) for e, f in release.told(publikum)]

    def test_a_cancellation_stays_until_something_changes_for_its_reader(self) -> None:
        """Releases for others, months later, do not take it away."""
        first = after(None, {"e": {"amt/a": gesicht(1)}, "x": {"amt/a": gesicht(2), "amt/b": gesicht(2)}})
        second = after(first, {"x": {"amt/a": gesicht(2), "amt/b": gesicht(2)}}, 1)
        others = after(second, {"x": {"amt/a": gesicht(2), "amt/b": gesicht(2, "x")}}, 300)
        assert self.told(others, "amt/a") == [("e", True), ("x", False)]
        own = after(others, {"x": {"amt/a": gesicht(3), "amt/b": gesicht(2, "x")}}, 301)
        assert self.told(own, "amt/a") == [("x", False)]

    def test_a_cancellation_stays_for_who_still_has_the_later_date(self) -> None:
        """Moved to an earlier day, then cancelled: 30 days are counted from the latest date that was told."""
        spaet = evolve(gesicht(1), beginn=datetime(2027, 11, 1, 17), ende=datetime(2027, 11, 1, 19))
        x = {"x": {"alle": gesicht(1)}}
        release = after(
            after(after(None, {"e": {"alle": spaet}} | x), {"e": {"alle": gesicht(1)}} | x, 1), x, 2
        )
        while_shown = after(release, {"x": {"alle": gesicht(2)}}, 390)
        assert ("e", True) in self.told(while_shown, "alle")
        assert while_shown == release_from_json(release_to_json(while_shown))
        assert ("e", True) not in self.told(after(while_shown, x, 396), "alle")

    def test_who_was_told_nothing_hears_of_no_end(self) -> None:
        """Planned and cancelled between two releases: no calendar ever shows it."""
        first = after(None, {"x": {"alle": gesicht(1)}})
        absage = evolve(gesicht(3), status=Status.CANCELLED)
        second = after(first, {"x": {"alle": gesicht(1)}, "e": {"alle": absage, "oeffentlich": absage}}, 1)
        assert second == first

    def test_residents_are_not_told_that_others_meet(self) -> None:
        """Held back again, a public meeting simply does not take place; where it goes meanwhile does not show."""
        first = after(None, {"e": {"oeffentlich": gesicht(1), "amt/a": gesicht(1)}})
        second = after(first, {"e": {"amt/a": gesicht(2)}}, 1)
        absage = {p: evolve(gesicht(3), status=Status.CANCELLED) for p in ("oeffentlich", "amt/a")}
        third = after(second, {"e": absage}, 2)
        for release in (second, third):
            ((_, fassung),) = release.told("oeffentlich")
            assert (fassung.gesicht.worte, fassung.gesicht.beginn.day) == (("abgesagt",), 1)

    def test_moved_from_the_date_one_was_told(self) -> None:
        """Not from one of a draft; newly invited or held after all, it was moved from nowhere."""
        first = after(None, {"e": {"alle": gesicht(1), "amt/a": gesicht(1)}})
        second = after(first, {"e": {"alle": gesicht(2), "amt/b": gesicht(2)}}, 1)
        third = after(second, {"e": {"alle": gesicht(2, "x"), "amt/a": gesicht(2), "amt/b": gesicht(3)}}, 2)
        (event,) = third.ereignisse
        seit = {p: f.bisher and f.bisher.day for p, f in event.fassungen.items()}
        assert seit == {"alle": 1, "amt/a": None, "amt/b": 2}
        assert third == release_from_json(release_to_json(third))


def test_a_notice_tells_the_end_of_then() -> None:
    """Where only the end changed it says the new one, and nothing once another change may have touched it."""
    second = after(after(None, {"e": {"amt/a": gesicht(1)}}), {"e": {"amt/a": LAENGER}}, 1)
    ((meldung,),) = [n.meldungen for n in messages(second, second.ausgaben[-1])]
    assert (meldung.aenderung.bisher, meldung.ende) == (None, LAENGER.ende)
    third = after(second, {"e": {"amt/a": gesicht(2)}}, 2)
    ((meldung,),) = [n.meldungen for n in messages(third, second.ausgaben[-1])]
    assert (meldung.beginn, meldung.ende) == (gesicht(1).beginn, None)
