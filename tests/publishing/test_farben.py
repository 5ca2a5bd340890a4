"""Colours: a kind of Gremium has the same one on the page and on paper, and what stands on it can be read."""

from __future__ import annotations

import pytest

from gremienplan.publishing import release
from gremienplan.publishing.farben import FARBEN, Farbe
from gremienplan.publishing.papier.marken import marken
from gremienplan.web.einblick import Einblick
from gremienplan.web.oeffentlich import for_residents
from gremienplan.web.seiten import static
from tests.publishing import welt

PROJEKT = welt.projekt()


def luminance(farbe: str) -> float:
    """Return the relative luminance of WCAG 2.1."""
    teile = (int(farbe[n : n + 2], 16) / 255 for n in (1, 3, 5))
    r, g, b = (t / 12.92 if t <= 0.03928 else ((t + 0.055) / 1.055) ** 2.4 for t in teile)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(eine: str, andere: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dunkel, licht = sorted((luminance(eine), luminance(andere)))
    return (licht + 0.05) / (dunkel + 0.05)


@pytest.mark.parametrize("farbe", FARBEN)
def test_letters_can_be_read(farbe: Farbe) -> None:
    """WCAG AA: with white, on paper and in the light; in the dark with the letters on it and the ground below."""
    assert contrast(farbe.hell, "#ffffff") >= 4.5
    assert min(contrast(farbe.dunkel, grund) for grund in ("#101316", "#15181c")) >= 4.5


def test_the_page_has_the_table() -> None:
    """Each colour once in the light and once in the dark."""
    text = static("seite.css").decode()
    for nummer, farbe in enumerate(FARBEN):
        assert text.count(f"--z{nummer}: {farbe.hell};") == text.count(f"--z{nummer}: {farbe.dunkel};") == 1


def test_page_and_paper_choose_the_same() -> None:
    """For whoever looks at it; what else is in the calendar has no say."""
    alle = release(PROJEKT, welt.plan(PROJEKT))
    papier = {art: marke.form % len(FARBEN) for art, marke in marken(PROJEKT.stadt, ()).items()}
    for ausgabe in (alle, for_residents(alle)):
        seite = {art: zeichen.nummer for art, zeichen in Einblick(ausgabe).zeichen.items()}
        gemeinsam = papier.keys() & seite.keys()
        assert gemeinsam
        assert {art: papier[art] for art in gemeinsam} == {art: seite[art] for art in gemeinsam}
    assert len(set(papier.values())) == len(papier) == 3
