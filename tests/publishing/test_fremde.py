"""Foreign readers and a strict linter find nothing in any feed, and read the events we mean."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import ics  # type: ignore[import-untyped]
import pytest
import vobject  # type: ignore[import-untyped]
from attrs import evolve, frozen

from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.plan import Plan, Termin, Zustand, record
from gremienplan.projekt import Projekt
from gremienplan.publishing.feeds import Kalendersatz, release
from gremienplan.publishing.kalender import exists, in_utc, zeitzone_bytes
from gremienplan.publishing.personen import persons
from tests.jahre.pflanzen import pflanze
from tests.publishing import welt
from tests.publishing.lesen import Vevent, events
from tests.publishing.streng import strict

CI = os.environ.get("PROFILE") == "ci"
BERLIN = ZoneInfo("Europe/Berlin")
STAND = datetime(2025, 11, 1, 8)


@frozen
class Gelesen:
    """An event as a reader understands it: moments in UTC, days as their midnights."""

    uid: str
    beginn: datetime
    ende: datetime
    titel: str
    ort: str
    worte: str


def ours(v: Vevent) -> Gelesen:
    ganztags = any(z.parameter == ";VALUE=DATE" for z in v.zeilen if z.name == "DTSTART")
    zone = UTC if ganztags else BERLIN
    beginn, ende = (v.zeit(name).replace(tzinfo=zone).astimezone(UTC) for name in ("DTSTART", "DTEND"))
    return Gelesen(v["UID"], beginn, ende, v["SUMMARY"], v.get("LOCATION"), v["DESCRIPTION"])


def by_ics(data: bytes) -> list[Gelesen]:
    return [
        Gelesen(
            e.uid,
            e.begin.datetime.astimezone(UTC),
            e.end.datetime.astimezone(UTC),
            e.name,
            e.location or "",
            e.description or "",
        )
        for e in ics.Calendar(data.decode()).events
    ]


def by_vobject(data: bytes) -> list[Gelesen]:
    kalender = vobject.readOne(data.decode())
    assert kalender.validate(raiseException=True)
    return [
        Gelesen(
            e.uid.value,
            _utc(e.dtstart.value),
            _utc(e.dtend.value),
            e.summary.value,
            e.location.value if hasattr(e, "location") else "",
            e.description.value,
        )
        for e in kalender.contents.get("vevent", [])
    ]


def _utc(wert: date) -> datetime:
    if isinstance(wert, datetime):
        return wert.astimezone(UTC)
    return datetime(wert.year, wert.month, wert.day, tzinfo=UTC)


def check(feeds: Mapping[str, bytes]) -> int:
    """Read every feed with everybody; return how many events there were."""
    gezaehlt = 0
    for name, data in feeds.items():
        assert strict(data) == [], name
        meant = sorted(map(ours, events(data)), key=str)
        for read in (by_ics, by_vobject):
            assert sorted(read(data), key=str) == meant, (name, read.__name__)
        gezaehlt += len(meant)
    return gezaehlt


def all_feeds(projekt: Projekt, plan: Plan, besetzung: Besetzung, sprache: str = "de") -> dict[str, bytes]:
    """Return the feeds of a release in which much has happened, personal ones included."""
    first = release(projekt, plan, sprache=sprache)
    spaeter = plan.verlauf[-1].stand + timedelta(days=3)
    termine = [t for n, t in enumerate(plan.termine) if n % 7]
    anders = tuple(t if n % 5 else _later(t, 1 + n % 3) for n, t in enumerate(termine))
    neu = record(evolve(plan, termine=anders), plan, spaeter, Zustand.PUBLISHED)
    second = release(projekt, neu, vorher=first, stand=spaeter, sprache=sprache)
    record_ = persons(second, besetzung, spaeter, persons(first, besetzung, first.stand))
    return {
        feed.name: feed.inhalt
        for satz in (Kalendersatz(second, "https://termine.example"), Kalendersatz(record_))
        for feed in satz.feeds()
    }


def _later(termin: Termin, tage: int) -> Termin:
    return evolve(
        termin, beginn=termin.beginn + timedelta(days=tage), ende=termin.ende + timedelta(days=tage)
    )


def test_every_feed_of_a_small_city() -> None:
    """Those of persons too; some meetings are moved, some are cancelled."""
    projekt = welt.projekt()
    besetzung = Besetzung(
        (Innehabung("buergeramtsleitung/links", "Erfunden A"), Innehabung("dezernat/stadt", "Erfunden A"))
    )
    feeds = all_feeds(projekt, welt.plan(projekt), besetzung)
    assert any(b"STATUS:CANCELLED" in data for data in feeds.values())
    assert {name: strict(data) for name, data in feeds.items() if strict(data)} == {}
    assert check(feeds if CI else dict(list(feeds.items())[::5])) > 15


@pytest.mark.acceptance
@pytest.mark.parametrize("seed", [1, 2])
def test_every_feed_of_a_year_of_hamm(seed: int) -> None:
    """All calendars of a planted year in the city as it is, and one of somebody who holds twenty Sitze."""
    year = pflanze(seed, ganz_hamm=True)
    plan = record(year.plan, None, STAND, Zustand.PUBLISHED)
    sitze = [sitz.id for sitz in year.projekt.stadt.alle_sitze.values()][::9][:20]
    feeds = all_feeds(year.projekt, plan, Besetzung(tuple(Innehabung(s, "Erfunden A") for s in sitze)))
    assert check(feeds) > 1000


@pytest.mark.parametrize("jahr", [2026, 2027, 2028] if CI else [2027])
def test_every_hour_of_a_year_by_the_two_rules(jahr: int) -> None:
    """The 8,760 (or 8,784) hours: what the VTIMEZONE says, read by hand, is what the clock in Berlin shows."""
    sommer, winter = (_last_sunday(jahr, monat) for monat in (3, 10))
    text = zeitzone_bytes(BERLIN).decode()
    assert "BYDAY=-1SU;BYMONTH=3" in text
    assert "BYDAY=-1SU;BYMONTH=10" in text
    stunde, ende = datetime(jahr, 1, 1), datetime(jahr + 1, 1, 1)
    gezaehlt = 0
    while stunde < ende:
        if exists(stunde, BERLIN):
            ist_sommer = sommer.replace(hour=2) <= stunde < winter.replace(hour=3)
            offset = timedelta(hours=2 if ist_sommer else 1)
            assert in_utc(stunde, BERLIN).replace(tzinfo=None) == stunde - offset, stunde
            gezaehlt += 1
        stunde += timedelta(hours=1)
    assert gezaehlt == (date(jahr + 1, 1, 1) - date(jahr, 1, 1)).days * 24 - 1


def _last_sunday(jahr: int, monat: int) -> datetime:
    tag = datetime(jahr, monat, 31)
    return tag - timedelta(days=tag.isoweekday() % 7)


class TestTheLinter:
    """Each of its rules is there: a feed with one breach is found out."""

    FEED = welt.feeds(welt.projekt(), welt.plan(welt.projekt()))["amt/dezernat-stadt.ics"]

    @pytest.mark.parametrize(
        ("alt", "neu"),
        [
            ("END:VTIMEZONE", "END:VTIMEZONE\r\nBEGIN:VTODO\r\nEND:VTODO"),
            ("SUMMARY:", "X-ALT-DESC:a\r\nSUMMARY:"),
            ("COLOR:slateblue\r\n", "COLOR:slateblue\r\nCOLOR:navy\r\n"),
            ("SUMMARY:", "SUMMARY;LANGUAGE=de:"),
            ("SUMMARY:", "SUMMARY:\\x"),
            ("CATEGORIES:", "CATEGORIES:a,"),
            ("SEQUENCE:0", "SEQUENCE:-1"),
            ("DTSTAMP:20261102", "DTSTAMP:20261302"),
            ("LAST-MODIFIED:20261102T083000Z\r\nSEQ", "LAST-MODIFIED:20261102T083001Z\r\nSEQ"),
            ("LAST-MODIFIED:20261102T083000Z\r\nREF", "LAST-MODIFIED:20261102T083001Z\r\nREF"),
            ("LAST-MODIFIED:20261102T083000Z\r\nREF", "REF"),
            ("COLOR:slateblue", "COLOR:#123456"),
            ("CLASS:PRIVATE", "CLASS:SECRET"),
            ("UID:steuern", "UID:Steuern 1"),
            ("UID:steuern", "UID:20270301"),
            ("BYMONTH=3", "BYMONTH=3;UNTIL=20300101T000000Z"),
            ("TZOFFSETTO:+0200", "TZOFFSETTO:+0300"),
            ("DTSTART:19700329T020000", "DTSTART:19700329T030000"),
            ("\r\nTZID:Europe/Berlin", "\r\nTZID:W. Europe Standard Time"),
            ("STATUS:CONFIRMED", "STATUS:CANCELLED"),
            ("SUMMARY:", "SUMMARY:Abgesagt: "),
            ("TRANSP:OPAQUE", "TRANSP:TRANSPARENT"),
            ("DTEND;TZID=Europe/Berlin:20270228T193000", "DTEND;TZID=Europe/Berlin:20270328T023000"),
        ],
    )
    def test_a_breach_is_found(self, alt: str, neu: str) -> None:
        assert strict(self.FEED) == []
        assert alt.encode() in self.FEED
        assert strict(self.FEED.replace(alt.encode(), neu.encode(), 1))
