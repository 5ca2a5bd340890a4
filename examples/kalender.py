"""Writes the invented council calendars of the examples: ``python examples/kalender.py``.

No real calendar of Hamm is published as data, so the dates are made up. They follow the habits that are known
or common in the region: seven Bezirksvertretungen in two groups on a Wednesday and the Thursday after it, all at
16:00; the Rat on Tuesdays; no sitting in the school holidays; and sittings in a chain, each time within four weeks:
committees (two weeks), Bezirksvertretungen, Hauptausschuss, Rat. Between two chains the evenings are free.

The files look like what a council information system exports, with its habits: CRLF, one UID a sitting, ends that
are unknown and stand as midnight, empty places, "ENTFÄLLT" in a title, a status CANCELLED, one series as RRULE with
days taken out, one body nobody has heard of and one entry that is no sitting at all.

There are two calendars: the usual one with six chains, and ``knapp``, where the Bezirksvertretungen sit only four
times a year (as one of them did in 2021). Then Westen cannot be planned: two of its three Bezirksvertretungen sit
at the same hour, and only one of the four dates leaves time for a draft before it and lies before the year ends.

Nothing here depends on a clock or on chance: the same year always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

MO, DI, MI, DO = range(4)
TAG = timedelta(days=1)
WOCHE = timedelta(weeks=1)

OSTERN = {2026: date(2026, 4, 5), 2027: date(2027, 3, 28)}
FERIEN = {
    2026: ["01-01 01-06", "03-30 04-11", "05-26 05-26", "07-20 09-01", "10-17 10-31", "12-23 12-31"],
    2027: ["01-01 01-06", "03-22 04-03", "05-18 05-18", "07-19 08-31", "10-23 11-06", "12-24 12-31"],
}
"""School holidays of Nordrhein-Westfalen, first and last day (``MM-DD``)."""

SECHS_FOLGEN = ("01-24", "03-08", "04-24", "06-12", "10-03", "11-21")
VIER_FOLGEN = ("02-20", "06-05", "08-28", "11-13")
"""The Bezirksvertretungen sit on the first Wednesday from these days on, and on the Thursday after it."""

MITTWOCHS = ("Uentrop", "Pelkum", "Bockum-Hövel", "Rhynern")
DONNERSTAGS = ("Heessen", "Herringen", "Mitte")

# Name, week of the chain (1 or 2), weekday, hour, chain it leaves out (None: none), whether its end is known
AUSSCHUESSE = (
    ("Ausschuss für Stadtentwicklung und Bauen", 1, DI, 16, None, False),
    ("Ausschuss für Umwelt und Klima", 1, DI, 17, 2, False),
    ("Ausschuss für Mobilität und Verkehr", 1, MI, 16, 1, False),
    ("Kulturausschuss", 1, MI, 17, 5, True),
    ("Schulausschuss", 1, DO, 16, 3, False),
    ("Sportausschuss", 1, DO, 17, 0, True),
    ("Finanzausschuss", 2, MO, 16, None, False),
    ("Ausschuss für Wirtschaft und Arbeit", 2, MO, 17, 4, False),
    ("Jugendhilfeausschuss", 2, DI, 16, None, False),
    ("Ausschuss für Soziales und Gesundheit", 2, DI, 17, 0, False),
    ("Ausschuss für Gleichstellung und Integration", 2, DI, 17, 3, True),
    ("Ausschuss für Ordnung und Sicherheit", 2, MI, 16, 2, False),
    ("Ausschuss für Personal und Digitales", 2, MI, 17, 1, False),
)
"""Thirteen of the fourteen Fachausschüsse; the fourteenth is the series below."""

BEIRAETE = (
    ("Seniorenbeirat", 1, MI, 16, 5),
    ("Behindertenbeirat", 1, DO, 16, 0),
    ("Integrationsrat", 2, MI, 17, None),
)


@dataclass(frozen=True)
class Termin:
    """One entry of a council calendar; ``ende`` None means that nobody knows when it ends."""

    kennung: str
    name: str
    beginn: datetime
    ende: datetime | None = None
    ort: str = ""
    status: str = ""
    serie: str = ""
    """An RRULE, for a series that begins with this entry."""
    ausser: tuple[datetime, ...] = ()
    """Days taken out of the series."""


def sitzungsfrei(tag: date) -> bool:
    """Tell whether no body sits on a day: a public holiday, a day of the school holidays, Rosenmontag."""
    if tag.year not in OSTERN:
        raise ValueError(f"holidays are given for {sorted(OSTERN)}, not for {tag.year}")
    in_ferien = any(von <= f"{tag:%m-%d}" <= bis for von, bis in map(str.split, FERIEN[tag.year]))
    # Rosenmontag, Karfreitag, Ostermontag, Himmelfahrt, Pfingstmontag, Fronleichnam; then the fixed ones
    beweglich = (tag - OSTERN[tag.year]).days in (-48, -2, 1, 39, 50, 60)
    return in_ferien or beweglich or f"{tag:%m-%d}" in ("05-01", "10-03", "11-01")


def folgen(jahr: int, ab: tuple[str, ...] = SECHS_FOLGEN) -> Iterator[date]:
    """Yield the Wednesday of the Bezirksvertretungen of each chain; a week later where one of the days is free."""
    for nennung in ab:
        mittwoch = date.fromisoformat(f"{jahr}-{nennung}")
        mittwoch += (MI - mittwoch.weekday()) % 7 * TAG
        while sitzungsfrei(mittwoch) or sitzungsfrei(mittwoch + TAG):
            mittwoch += WOCHE
        yield mittwoch


def _termin(
    jahr: int,
    gremium: int,
    nummer: int,
    name: str,
    tag: date,
    stunde: int,
    *,
    dauer: int | None = None,
    ort: str = "",
) -> Termin:
    """Return an entry; ``dauer`` in minutes, None where the source does not know the end."""
    beginn = datetime.combine(tag, time(stunde))
    ende = None if dauer is None else beginn + timedelta(minutes=dauer)
    return Termin(f"ALLRIS-Sitzung-{jahr}{gremium:02}{nummer:02}", name, beginn, ende, ort)


def bezirksvertretungen(jahr: int, *, knapp: bool = False) -> list[Termin]:
    """Return the sittings of the seven Bezirksvertretungen: six times seven, ``knapp`` four times seven."""
    termine = []
    for nummer, mittwoch in enumerate(folgen(jahr, VIER_FOLGEN if knapp else SECHS_FOLGEN), 1):
        for gremium, bezirk in enumerate(MITTWOCHS + DONNERSTAGS, 1):
            tag = mittwoch if bezirk in MITTWOCHS else mittwoch + TAG
            name = f"Bezirksvertretung Hamm-{bezirk}"
            if bezirk == "Bockum-Hövel":
                name = f"Bezirksvertretung Bockum-Hövel ({nummer}. Sitzung)"
            ort = "" if bezirk in ("Rhynern", "Mitte") else f"Sitzungssaal {bezirk}"
            dauer = 150 if bezirk in ("Uentrop", "Heessen") else None
            termine.append(_termin(jahr, gremium, nummer, name, tag, 16, dauer=dauer, ort=ort))
    return termine


def rat_und_ausschuesse(jahr: int) -> list[Termin]:
    """Return the sittings of the Rat (seven), the Hauptausschuss and the fourteen Fachausschüsse."""
    termine = []
    mittwoche = list(folgen(jahr))
    dezember = date(jahr, 12, 10)
    letzter = dezember + (DI - dezember.weekday()) % 7 * TAG
    raete = [mittwoch + 6 * TAG for mittwoch in mittwoche] + [letzter]
    for nummer, dienstag in enumerate(raete, 1):
        termine.append(_termin(jahr, 10, nummer, "Rat der Stadt Hamm", dienstag, 16, ort="Großer Saal"))
        montag = dienstag - TAG
        if dienstag != letzter:
            termine.append(_termin(jahr, 11, nummer, "Hauptausschuss", montag, 16, ort="Kleiner Saal"))
    for gremium, (name, woche, wochentag, stunde, ohne, bekannt) in enumerate(AUSSCHUESSE, 20):
        for nummer, mittwoch in enumerate(mittwoche):
            tag = mittwoch - (MI - wochentag) * TAG - (3 - woche) * WOCHE
            if nummer == ohne or sitzungsfrei(tag):
                continue
            ort = "" if gremium % 3 == 0 else f"Raum {gremium}"
            dauer = 120 if bekannt else None
            titel = f"ENTFÄLLT - {name}" if (name, nummer) == ("Kulturausschuss", 3) else name
            termine.append(_termin(jahr, gremium, nummer + 1, titel, tag, stunde, dauer=dauer, ort=ort))
    termine.append(_serie(jahr))
    # A body that no pattern of the city knows, and an entry that is no sitting.
    unbekannt = mittwoche[2] + 3 * WOCHE + TAG
    termine.append(_termin(jahr, 50, 1, "Kommission für Straßennamen", unbekannt, 17, dauer=90))
    empfang = mittwoche[0] - 2 * WOCHE + TAG
    termine.append(_termin(jahr, 51, 1, "Neujahrsempfang", empfang, 18, ort="Großer Saal"))
    return termine


def _serie(jahr: int) -> Termin:
    """Return the Rechnungsprüfungsausschuss: every second month on the first Monday, free days taken out."""
    montage = [date(jahr, monat, 1) for monat in range(2, 13, 2)]
    montage = [tag + (MO - tag.weekday()) % 7 * TAG for tag in montage]
    beginn = [datetime.combine(tag, time(16)) for tag in montage]
    return Termin(
        f"ALLRIS-Sitzung-{jahr}3301",
        "Rechnungsprüfungsausschuss",
        beginn[0],
        beginn[0] + timedelta(hours=2),
        "Raum 33",
        serie=f"FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO;COUNT={len(beginn)}",
        ausser=tuple(tag for tag in beginn if sitzungsfrei(tag.date())),
    )


def beiraete(jahr: int) -> list[Termin]:
    """Return the sittings of Seniorenbeirat, Behindertenbeirat and Integrationsrat; one of them is cancelled."""
    termine = []
    for gremium, (name, woche, wochentag, stunde, ohne) in enumerate(BEIRAETE, 40):
        for nummer, mittwoch in enumerate(folgen(jahr)):
            tag = mittwoch - (MI - wochentag) * TAG - (3 - woche) * WOCHE
            if nummer == ohne or sitzungsfrei(tag):
                continue
            termin = _termin(jahr, gremium, nummer + 1, name, tag, stunde, dauer=120, ort=f"Raum {gremium}")
            if (name, nummer) == ("Seniorenbeirat", 1):
                termin = replace(termin, status="CANCELLED")
            termine.append(termin)
    return termine


def kalender(jahr: int, *, knapp: bool = False) -> dict[str, bytes]:
    """Return the council calendar of a year: name of each file -> its bytes."""
    dateien = {
        "bezirksvertretungen": ("Bezirksvertretungen", bezirksvertretungen(jahr, knapp=knapp)),
        "rat-und-ausschuesse": ("Rat und Ausschüsse", rat_und_ausschuesse(jahr)),
        "beiraete": ("Beiräte", beiraete(jahr)),
    }
    return {f"{datei}.ics": ics(titel, jahr, termine) for datei, (titel, termine) in dateien.items()}


ZEITZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


def ics(titel: str, jahr: int, termine: list[Termin]) -> bytes:
    """Return a calendar file in the manner of a council information system."""
    exportiert = f"{jahr - 1}1115T060000"
    zeilen = [
        "BEGIN:VCALENDAR",
        "PRODID:-//gremienplan//examples/kalender.py//DE",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{titel} {jahr} (erfundenes Beispiel)",
        *ZEITZONE.splitlines(),
    ]
    for termin in sorted(termine, key=lambda termin: (termin.beginn, termin.kennung)):
        ende = termin.ende or datetime.combine(termin.beginn.date() + TAG, time())
        zeilen += [
            "BEGIN:VEVENT",
            f"UID:{termin.kennung}",
            "CLASS:PUBLIC",
            f"DTSTAMP;TZID=Europe/Berlin:{exportiert}",
            f"DTSTART;TZID=Europe/Berlin:{termin.beginn:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Berlin:{ende:%Y%m%dT%H%M%S}",
        ]
        if termin.serie:
            zeilen.append(f"RRULE:{termin.serie}")
        zeilen += [f"EXDATE;TZID=Europe/Berlin:{tag:%Y%m%dT%H%M%S}" for tag in termin.ausser]
        zeilen += [f"SUMMARY;LANGUAGE=de:{termin.name}", f"LOCATION;LANGUAGE=de:{termin.ort}"]
        if termin.status:
            zeilen.append(f"STATUS:{termin.status}")
        zeilen.append("END:VEVENT")
    zeilen.append("END:VCALENDAR")
    return "".join(_falten(zeile) for zeile in zeilen).encode()


def _falten(zeile: str) -> str:
    """Return a content line folded at 75 octets, never within a character, with its line end."""
    teile, rest = [""], 75
    for zeichen in zeile:
        breite = len(zeichen.encode())
        if breite > rest:
            teile.append("")
            rest = 74
        teile[-1] += zeichen
        rest -= breite
    return "\r\n ".join(teile) + "\r\n"


def main() -> None:
    """Write the calendars of both examples beside this file."""
    hier = Path(__file__).parent
    for ordner, knapp in (("hamm-2027", False), ("hamm-2027-knapp", True)):
        ziel = hier / ordner / "ratskalender"
        ziel.mkdir(parents=True, exist_ok=True)
        for name, inhalt in kalender(2027, knapp=knapp).items():
            (ziel / name).write_bytes(inhalt)


if __name__ == "__main__":
    main()
