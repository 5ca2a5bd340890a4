"""What has changed in a council calendar is told exactly: nothing is invented, nothing is left out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.ratskalender import Ratskalender, Ratssitzung
from gremienplan.testing import cities, ratskalender
from gremienplan.watch import Aenderung, Wandel, changes
from tests.watch.kalender import BIS, VON, WEIT, gepflanzt, gesehen, gezaehlt, in_order, sitzungen

TAG = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")


def told(damals: Ratskalender, heute: Ratskalender, *, ab: date | None = None) -> tuple[Aenderung, ...]:
    return changes(gesehen(damals), heute, VON, BIS, ab=ab)


def facts(found: tuple[Aenderung, ...]) -> list[tuple[str, datetime | None, datetime | None]]:
    """Return each change as what was done: kind, start as seen, start now."""
    return [
        (a.wandel.value, p.bisher.beginn if p.bisher else None, p.jetzt.beginn if p.jetzt else None)
        for a in found
        for p in a.paare
    ]


class TestNothing:
    """A calendar that says the same has no change, however it says it."""

    @given(st.data())
    def test_equal_calendars(self, data: st.DataObject) -> None:
        """Whatever stands in them, and in whatever order."""
        kalender = data.draw(ratskalender(data.draw(cities()), 2027))
        shuffled = data.draw(st.permutations(kalender.sitzungen))
        assert told(kalender, evolve(kalender, sitzungen=tuple(shuffled))) == ()

    @given(st.data())
    def test_new_identities_for_all(self, data: st.DataObject) -> None:
        """A source that gives every entry a new identity with each export changes nothing."""
        damals = data.draw(sitzungen())
        neu = [evolve(s, key=f"ris:{n}-x") for n, s in enumerate(data.draw(st.permutations(damals)))]
        assert told(in_order(damals), in_order(neu)) == ()
        assert told(in_order(damals), in_order(gezaehlt(s) for s in damals)) == ()

    @given(st.data())
    def test_identities_that_count_the_entries(self, data: st.DataObject) -> None:
        """A source that numbers its entries anew each time: those of one are not those of another."""
        damals = data.draw(sitzungen(least=4))
        keys = [s.key for s in damals]
        neu = [evolve(s, key=key) for s, key in zip(damals, keys[1:] + keys[:1], strict=True)]
        assert told(in_order(damals), in_order(neu)) == ()

    @given(sitzungen())
    def test_another_spelling_of_a_known_body(self, damals: list[Ratssitzung]) -> None:
        """How a source writes the name of a body the city knows does not matter."""
        neu = [evolve(s, name=f"{s.name} (öffentlich)") if s.gremium else s for s in damals]
        assert told(in_order(damals), in_order(neu)) == ()

    @given(st.data())
    def test_what_is_past_is_no_change(self, data: st.DataObject) -> None:
        """Exports drop past sittings; what lies before the day asked about, then and now, says nothing."""
        damals = data.draw(sitzungen())
        ab = data.draw(st.dates(VON, BIS))
        bleibt = [s for s in damals if s.tag >= ab]
        assert told(in_order(damals), in_order(bleibt), ab=ab) == ()

    @given(st.data())
    def test_what_is_of_today_is_a_change(self, data: st.DataObject) -> None:
        """The day asked about is not past: what was or is on it counts."""
        damals = data.draw(sitzungen())
        eine = data.draw(st.sampled_from(damals))
        andere = [s for s in damals if s is not eine]
        (gone,) = told(in_order(damals), in_order(andere), ab=eine.tag)
        assert gone.paare[0].eine.key == eine.key
        assert told(in_order(damals), in_order(andere), ab=eine.tag + TAG) == ()


class TestPlanted:
    """Each planted change is reported, once, as what it is."""

    @given(st.data())
    def test_changes_of_a_source_with_identities(self, data: st.DataObject) -> None:
        """Moved, another end, cancelled, vanished, new: in any mixture, and nothing is guessed."""
        damals = data.draw(sitzungen())
        planted = data.draw(gepflanzt(damals, fest=True))
        found = told(in_order(damals), planted.heute)
        assert sorted(facts(found), key=str) == sorted(planted.getan, key=str)
        assert not any(p.geraten for a in found for p in a.paare)

    @given(st.data())
    def test_changes_of_a_source_without(self, data: st.DataObject) -> None:
        """The same; what was moved is guessed by body and date, and says so."""
        damals = data.draw(sitzungen())
        planted = data.draw(gepflanzt(damals, fest=False))
        found = told(in_order(damals), planted.heute)
        assert sorted(facts(found), key=str) == sorted(planted.getan, key=str)
        assert all(p.geraten is (a.wandel is Wandel.VERLEGT) for a in found for p in a.paare)

    @given(st.data())
    def test_a_source_shifted_as_a_whole_is_one_alarm(self, data: st.DataObject) -> None:
        """All its sittings by one constant, with identities or without: not one alarm for each."""
        damals = data.draw(sitzungen(least=3))
        um = (
            data.draw(st.sampled_from([-2, -1, 1, 2])) * timedelta(hours=1)
            + data.draw(st.integers(-5, 5)) * TAG
        )
        heute = [evolve(s, beginn=s.beginn + um, ende=s.ende + um) for s in damals]
        if data.draw(st.booleans()):
            heute = [evolve(s, key=f"{s.key}-neu") for s in heute]
        (shift,) = told(in_order(damals), in_order(heute))
        assert (shift.wandel, shift.um, len(shift.paare)) == (Wandel.VERSCHOBEN, um, len(damals))

    @given(st.data(), st.sampled_from([-1, 1]), st.sampled_from([0, 1, 2]))
    def test_a_source_that_mixes_up_its_zones_is_one_alarm(
        self, data: st.DataObject, mehr: int, um: int
    ) -> None:
        """In summer an hour more than in winter: local time was written as UTC, or UTC as local time."""
        damals = data.draw(sitzungen(least=3))
        extra = {s: mehr * (s.beginn.replace(tzinfo=BERLIN).dst() or TAG * 0) for s in damals}
        neu = {s: s.beginn + mehr * um * TAG / 24 + extra[s] for s in damals}
        shifted = sum(s.beginn != neu[s] for s in damals)
        heute = in_order([evolve(s, beginn=neu[s], ende=neu[s] + 2 * TAG / 24) for s in damals])
        found = changes(gesehen(in_order(damals)), heute, VON, BIS, zeitzone="Europe/Berlin")
        assert sum(len(a.paare) for a in found) == shifted
        kinds = [a.wandel for a in found]
        assert kinds == ([Wandel.VERSCHOBEN] if shifted >= 3 else [Wandel.VERLEGT] * shifted)
        in_winter = any(s.beginn != neu[s] and not extra[s] for s in damals)
        in_summer = any(extra.values())
        if shifted >= 3 and in_winter and in_summer:
            assert (found[0].um, found[0].sommer) == (mehr * um * TAG / 24, mehr * TAG / 24)

    @given(st.data())
    def test_a_shift_of_two_is_no_shift(self, data: st.DataObject) -> None:
        """Two sittings that are moved alike among many are moved, each."""
        damals = data.draw(sitzungen(least=4))
        zwei = data.draw(st.sets(st.sampled_from(range(len(damals))), min_size=2, max_size=2))
        heute = [
            evolve(s, beginn=s.beginn + TAG, ende=s.ende + TAG) if n in zwei else s
            for n, s in enumerate(damals)
        ]
        assert [a.wandel for a in told(in_order(damals), in_order(heute))] == [Wandel.VERLEGT] * 2

    @given(st.data())
    def test_one_more_change_does_not_hide_a_shift(self, data: st.DataObject) -> None:
        """Of five sittings four are shifted alike: one alarm, and the fifth for itself."""
        damals = data.draw(sitzungen(least=5))
        eine = data.draw(st.sampled_from(damals))
        heute = [evolve(s, beginn=s.beginn + (2 * TAG if s is eine else TAG)) for s in damals]
        heute = [evolve(s, ende=s.beginn + TAG / 12) for s in heute]
        found = told(in_order(damals), in_order(heute))
        assert [a.wandel for a in found] == [Wandel.VERSCHOBEN, Wandel.VERLEGT]
        assert found[1].paare[0].bisher == gesehen(in_order([eine]))[0]

    @given(st.data())
    def test_a_renamed_body_is_one_change(self, data: st.DataObject) -> None:
        """All its sittings together: by their identities, or where these are new too, by their dates."""
        damals = data.draw(sitzungen(least=2))
        name = data.draw(st.sampled_from([s.name for s in damals]))
        own = [s for s in damals if s.name == name]
        neu = [evolve(s, name="Digitalrat", gremium="digitalrat/muster") if s in own else s for s in damals]
        fest = data.draw(st.booleans())
        if not fest:
            neu = [evolve(s, key=f"{s.key}-neu") for s in neu]
        found = told(in_order(damals), in_order(neu))
        if fest or len(own) > 1:
            (change,) = found
            assert (change.wandel, len(change.paare)) == (Wandel.UMBENANNT, len(own))
            assert all(p.geraten is not fest for p in change.paare)
        else:
            assert {a.wandel for a in found} == {Wandel.VERSCHWUNDEN, Wandel.NEU}

    @given(sitzungen(), st.integers(22, WEIT - 22))
    def test_what_is_farther_away_is_another_sitting(self, damals: list[Ratssitzung], tage: int) -> None:
        """Without an identity, beyond 21 days: one has vanished, one is new."""
        eine = damals[0]
        neu = evolve(eine, key="ris:neu", beginn=eine.beginn + tage * TAG, ende=eine.ende + tage * TAG)
        found = told(in_order(damals), in_order([neu, *damals[1:]]))
        assert [a.wandel for a in found] == [Wandel.VERSCHWUNDEN, Wandel.NEU]

    @given(sitzungen(least=1), st.integers(2, 4), st.sampled_from(["verlegt", "ende", "verschwunden", "neu"]))
    def test_a_joint_sitting_is_one(self, damals: list[Ratssitzung], viele: int, art: str) -> None:
        """What becomes of it is one change, whatever the number of its bodies, and three of them are no shift."""
        eine = evolve(damals[0], gremium="bv/0", gemeinsam=damals[0].key, name="Gemeinsame Sitzung")
        jede = [
            evolve(eine, key=f"{eine.key}+{n}" if n else eine.key, gremium=f"bv/{n}") for n in range(viele)
        ]
        andere = [evolve(s, beginn=s.beginn - 300 * TAG, ende=s.ende - 300 * TAG) for s in damals[1:]]
        heute = {
            "verlegt": [evolve(s, beginn=s.beginn + TAG, ende=s.ende + TAG) for s in jede],
            "ende": [evolve(s, ende=s.ende + TAG / 24) for s in jede],
            "verschwunden": [evolve(s, verschwunden=True) for s in jede],
            "neu": jede,
        }[art]
        vorher = andere if art == "neu" else [*andere, *jede]
        (change,) = told(in_order(vorher), in_order([*andere, *heute]))
        assert (change.wandel.value, len(change.paare)) == (art, viele)

    @given(sitzungen(least=2))
    def test_what_had_vanished_before_is_told_once(self, damals: list[Ratssitzung]) -> None:
        """A plan made with a sitting that was kept is not told again; once somebody says it is off, it is off."""
        eine, *andere = damals
        kept = evolve(eine, verschwunden=True)
        assert told(in_order([kept, *andere]), in_order([kept, *andere])) == ()
        (change,) = told(in_order([kept, *andere]), in_order(andere))
        assert change.wandel is Wandel.ABGESAGT
