"""The words of the page, without a language."""

from __future__ import annotations

from datetime import date, datetime

from gremienplan.publishing.tage import WOCHENTAGE, long_day
from gremienplan.texts import MONTHS, Text, render

NAME = Text("Calendar of meetings")
ZUM_INHALT = Text("Skip to the dates")
SPRACHE = Text("Language")
ANSICHT = Text("View")
ANSICHTEN = {"jahr": Text("Year"), "monat": Text("Month"), "liste": Text("List")}
JAHR = Text("Year")
FILTER = Text("What to show")
GEBIET = Text("Area")
GREMIUM = Text("Body")
ROLLE = Text("Role")
AMT = Text("Office of this role")
ALLE = Text("All")
ZURUECKSETZEN = Text("Show everything")
GEFILTERT = Text("Shown are only")
TERMINE = Text("Dates")
LEGENDE = Text("What the marks mean")
ABGESAGT = Text("cancelled")
VERLEGT = Text("moved")
VORLAEUFIG = Text("provisional")
ALLES_VORLAEUFIG = Text("Draft: the dates are not coordinated yet and may change.")
OFFEN = Text("Date to be announced")
KEINE = Text("There are no dates here.")
KEINE_IM_MONAT = Text("There are no dates in this month.")
VORIGER = Text("Previous month")
NAECHSTER = Text("Next month")
ABONNIEREN = Text("Subscribe")
ABO_ERKLAERT = Text(
    "Your calendar then fetches changes by itself. How soon is up to your calendar: some look once a day."
)
ABO_OEFFNEN = Text("Subscribe with the calendar of this device")
ABO_GOOGLE = Text("Subscribe with Google Calendar")
ABO_ADRESSE = Text("Address to copy (Outlook, Thunderbird and others)")
ABO_QR = Text("Scan with a phone: the code leads to this calendar.")
ABO_NAECHSTE = Text("There is no calendar of exactly this selection. These hold its dates and more:")
KOPIEREN = Text("Copy")
KOPIERT = Text("Copied")
ALLE_KALENDER = Text("All calendars")
UEBERSICHT = Text("Back to the calendar")
WANN = Text("When")
WO = Text("Where")
WO_OFFEN = Text("not yet decided")
WARUM = Text("Who invites, and why")
GELADEN = Text("Who is invited, and on whose word")
NICHT_GEFUNDEN = Text("There is no such page")
NICHT_GEFUNDEN_SATZ = Text("The address may be mistyped, or the date is no longer published.")
GRUPPEN = {
    "": Text("Whole city"),
    "gremium": Text("Bodies"),
    "rolle": Text("Roles"),
    "amt": Text("Offices"),
}


def day(tag: date, sprache: str) -> str:
    """Return a day in full: "Mittwoch, 5. Mai 2027"."""
    return render(long_day(tag), sprache)


def month_day(tag: date, sprache: str) -> str:
    """Return day and month: "5. Mai", "5 May"."""
    monat = render(MONTHS[tag.month - 1], sprache)
    return f"{tag.day}. {monat}" if sprache == "de" else f"{tag.day} {monat}"


def weekday(tag: date, sprache: str) -> str:
    """Return the name of a day of the week."""
    return render(WOCHENTAGE[tag.weekday()], sprache)


def span(beginn: datetime, ende: datetime, sprache: str) -> str:
    """Return from when to when: "17:30–19:30 Uhr"; with the day of the end where it is another."""
    bis = (
        f"{ende:%H:%M}" if ende.date() == beginn.date() else f"{month_day(ende.date(), sprache)} {ende:%H:%M}"
    )
    uhr = " Uhr" if sprache == "de" else ""
    return f"{beginn:%H:%M}–{bis}{uhr}"
