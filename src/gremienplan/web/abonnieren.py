"""How to subscribe to a calendar: one address, in the forms that programs take, and as a picture for phones."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from urllib.parse import quote

import segno
from attrs import frozen

from gremienplan.release import Kalender
from gremienplan.web.schnappschuss import FEEDS


@frozen
class Abo:
    """The addresses of one calendar."""

    kalender: Kalender
    basis: str
    """Where the app is reached."""

    @property
    def https(self) -> str:
        """To be copied: Outlook, Thunderbird and others ask for it."""
        return f"{self.basis}/{FEEDS}/{self.kalender.name}"

    @property
    def webcal(self) -> str:
        """Opens the calendar program of a phone or computer."""
        return re.sub(r"^https?:", "webcal:", self.https)

    @property
    def google(self) -> str:
        """Adds it to a calendar at Google."""
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe=':/')}"

    @property
    def seite(self) -> str:
        """The page with these addresses."""
        return f"{self.basis}/abonnieren/{self.kalender.publikum}"

    @property
    def qr(self) -> str:
        """A picture (SVG) of the page's address: scanned, it offers what fits the phone."""
        return qr_svg(self.seite)


@lru_cache(maxsize=512)
def qr_svg(adresse: str) -> str:
    """Return a QR code as an SVG element; black on white whatever the page looks like, for cameras need that."""
    found = io.BytesIO()
    segno.make(adresse, error="m", micro=False).save(
        found,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        border=4,
        dark="#000",
        light="#fff",
        nl=False,
    )
    return found.getvalue().decode()
