"""Section 4.3.1: the life of a Jahresplan, in the compiled year; planned years are in test_jahresplan_hamm.py."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestHAMM_4_3_1_A:  # noqa: N801
    """(A): drafted in the year before, presented in every BV of B(s) (P-36 to P-39, P-47, P-48)."""

    @laws(
        "entwurf_im_jahr_davor",
        "entwurf_vor_jeder_vorstellung",
        "vorgestellt_in_jeder_bezirksvertretung_vor_dem_anlaufen",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids


class TestHAMM_4_3_1_B:  # noqa: N801
    """(B): reviewed, evaluated, told (P-42, P-43, P-44)."""

    @laws(
        "eine_pruefung_zur_jahresmitte",
        "ausgewertet_nach_dem_ende",
        "jede_bezirksvertretung_hoert_die_auswertung",
        "auswertung_vor_dem_neuen_plan",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids


class TestHAMM_4_3_1_C:  # noqa: N801
    """(C): finished in time (P-40, P-41)."""

    @laws(
        "fertig_nach_der_letzten_bezirksvertretung",
        "fertig_vor_dem_anlaufen",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids


class TestHAMM_4_3_1_GB:  # noqa: N801
    """The Gesamtbericht (P-46), topics, and what is only wished for."""

    @laws(
        "gesamtbericht_nach_allen_auswertungen",
        "themen_nennen_ihre_stelle",
        "eins_baut_auf_dem_anderen_auf",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
