"""Days as they stand in print, with every word in full: "Mittwoch, 14. April 2027"."""

from __future__ import annotations

from datetime import date, datetime

from gremienplan.texts import MONTHS, Text, render

WOCHENTAGE = (
    Text("Monday"),
    Text("Tuesday"),
    Text("Wednesday"),
    Text("Thursday"),
    Text("Friday"),
    Text("Saturday"),
    Text("Sunday"),
)
"""Names of the weekdays, Monday first."""


def long_day(tag: date) -> Text:
    """Return a day with weekday, month and year in full.

    >>> str(long_day(date(2027, 4, 14)))
    'Wednesday, 14 April 2027'
    """
    return Text(
        "{weekday}, {day} {month} {year}",
        weekday=WOCHENTAGE[tag.weekday()],
        day=tag.day,
        month=MONTHS[tag.month - 1],
        year=str(tag.year),
    )


def day_month(tag: date) -> Text:
    """Return a day without its weekday.

    >>> str(day_month(date(2027, 4, 14)))
    '14 April 2027'
    """
    return Text("{day} {month} {year}", day=tag.day, month=MONTHS[tag.month - 1], year=str(tag.year))


def clock(zeit: datetime) -> str:
    """Return a time of day, the hours in two figures.

    >>> clock(datetime(2027, 4, 14, 9, 5))
    '09:05'
    """
    return f"{zeit:%H:%M}"


def long_span(beginn: datetime, ende: datetime) -> Text:
    """Return when something begins and ends, on which day; the end's day only where it is another."""
    if beginn.date() == ende.date():
        return Text("{tag}, {von} to {bis}", tag=long_day(beginn.date()), von=clock(beginn), bis=clock(ende))
    return Text(
        "{tag}, {von} to {endtag}, {bis}",
        tag=long_day(beginn.date()),
        von=clock(beginn),
        endtag=long_day(ende.date()),
        bis=clock(ende),
    )


def words(text: Text | str, sprache: str) -> str:
    """Return a sentence in a language; a plain string stays as it is."""
    return render(text, sprache)
