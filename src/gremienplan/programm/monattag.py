"""A day of any year, as programmes write it."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import frozen


@frozen(order=True)
class MonatTag:
    """A day of any year, written ``MM-DD``."""

    monat: int
    tag: int

    def __str__(self) -> str:
        return f"{self.monat:02}-{self.tag:02}"

    def on(self, jahr: int) -> date:
        """Return the day in ``jahr``; 29 February is the last of February in a common year."""
        if (self.monat, self.tag) == (2, 29):
            return date(jahr, 3, 1) - timedelta(days=1)
        return date(jahr, self.monat, self.tag)
