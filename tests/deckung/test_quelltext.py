"""A passage holds when its paragraph and its key term stand in the source; one changed character is seen."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, strategies as st

from gremienplan.quellen import Fundstelle, Quelltext, fingerprint, normalise

ABSAETZE = (
    "Die Runde tagt zweimal im Jahr.",
    "",
    "Zur Runde gehört die Leitung.",
    "Den Entwurf berät der Beirat.",
)
"""Paragraphs of an invented source."""


def passage(absatz: str, stichwort: str) -> Fundstelle:
    return Fundstelle("A-1", "q", "1", stichwort, fingerprint(absatz))


@pytest.mark.parametrize("absatz", [a for a in ABSAETZE if a])
def test_it_holds_where_it_stands(absatz: str) -> None:
    """Whatever else the source says; blanks and soft hyphens do not matter."""
    stelle = passage(absatz, absatz.split()[1])
    assert Quelltext(ABSAETZE).compare(stelle) is None
    assert Quelltext(tuple(reversed(ABSAETZE))).compare(stelle) is None
    gesetzt = tuple(f"  {a.replace(' ', '  ')}\u00ad\r" for a in ABSAETZE)
    assert Quelltext(gesetzt).compare(stelle) is None


@given(st.sampled_from([a for a in ABSAETZE if a]), st.data())
def test_one_changed_character_is_seen(absatz: str, data: st.DataObject) -> None:
    """Changed, left out or put in, at any place: the paragraph is not the one that was cited."""
    at = data.draw(st.integers(0, len(absatz) - 1))
    new = data.draw(st.sampled_from(["x", "", f"{absatz[at]}x"]))
    anders = absatz[:at] + new + absatz[at + 1 :]
    assume(normalise(anders) != normalise(absatz))
    zeilen = tuple(anders if a == absatz else a for a in ABSAETZE)
    assert Quelltext(zeilen).compare(passage(absatz, absatz.split()[1])) is not None


@pytest.mark.parametrize(
    ("stelle", "meldung"),
    [
        (passage(ABSAETZE[0], "dreimal"), "Its key term is not in the cited paragraph."),
        (
            passage("Die Runde tagt dreimal im Jahr.", "im Jahr"),
            (
                "The cited paragraph has changed; its key term stands in:"
                f" line 1 with fingerprint {fingerprint(ABSAETZE[0])}"
            ),
        ),
        (
            passage("Die Runde tagt.", "Runde"),
            (
                "The cited paragraph has changed; its key term stands in:"
                f" line 1 with fingerprint {fingerprint(ABSAETZE[0])},"
                f" line 3 with fingerprint {fingerprint(ABSAETZE[2])}"
            ),
        ),
        (
            passage("Der Kreis tagt.", "Kreis"),
            "Neither the cited paragraph nor its key term is in the source.",
        ),
        (passage("Der Kreis tagt.", ""), "The cited paragraph is not in the source."),
        (
            Fundstelle("A-1", "q", "1", "Kreis"),
            "Neither the cited paragraph nor its key term is in the source.",
        ),
        (Fundstelle("A-1", "q", "1", "Beirat"), "None"),
        (passage(ABSAETZE[0], ""), "None"),
    ],
)
def test_what_is_said(stelle: Fundstelle, meldung: str) -> None:
    """Each way in which a passage can fail has its sentence."""
    assert str(Quelltext(ABSAETZE).compare(stelle)) == meldung


class TestAbschnitte:
    """A source with a table of contents has sections, and a passage stands in its own."""

    ZEILEN = (
        *("1. Aufgaben\t2", "1.1 Runde\t2", "Anhang: Wörter\t3"),
        *("1. Aufgaben", "Es gibt eine Runde.", "1. Es ist eine.", "1.1 Runde", "Die Runde tagt."),
        *("Anhang: Wörter", "Runde: wer tagt."),
    )

    @pytest.mark.parametrize(
        ("absatz", "abschnitt"),
        [
            ("Es gibt eine Runde.", "1"),
            ("1. Es ist eine.", "1"),
            ("Die Runde tagt.", "1.1 (A)"),
            ("Runde: wer tagt.", "Anhang"),
            ("Runde: wer tagt.", "Wörter"),
        ],
    )
    def test_it_holds_in_its_section(self, absatz: str, abschnitt: str) -> None:
        """By number or by word; an item of a list is no heading."""
        stelle = Fundstelle("A-1", "q", abschnitt, "", fingerprint(absatz))
        assert Quelltext(self.ZEILEN).compare(stelle) is None

    @pytest.mark.parametrize(
        ("absatz", "abschnitt", "titel"),
        [
            ("Es gibt eine Runde.", "1.1", "1. Aufgaben"),
            ("Die Runde tagt.", "1", "1.1 Runde"),
            ("Runde: wer tagt.", "1", "Anhang: Wörter"),
        ],
    )
    def test_a_paragraph_that_has_moved(self, absatz: str, abschnitt: str, titel: str) -> None:
        """Is reported with the heading it stands under."""
        stelle = Fundstelle("A-1", "q", abschnitt, "", fingerprint(absatz))
        said = str(Quelltext(self.ZEILEN).compare(stelle))
        assert said == f"The cited paragraph stands in another section: {titel}"


def test_a_fingerprint_to_write() -> None:
    """A passage without one is told every line its key term stands in; nothing where it stands in none."""
    text = Quelltext(ABSAETZE)
    assert [str(ort) for ort in text.fingerprints(Fundstelle("A-1", "q", "1", "Runde"))] == [
        f"line {zeile} with fingerprint {fingerprint(ABSAETZE[zeile - 1])}" for zeile in (1, 3)
    ]
    assert text.fingerprints(Fundstelle("A-1", "q", "1", "Kreis")) == ()
    assert text.fingerprints(Fundstelle("A-1", "q", "1", "")) == ()
