"""Section 4.2 (1), (2): Lenkungskreis and Arbeitskreis."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestHAMM_4_2_0:  # noqa: N801
    """Opening: what steers the administration is internal (P-14, P-15)."""

    @laws(
        "keine_politik_in_der_steuerung",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids


class TestHAMM_4_2_2:  # noqa: N801
    """(2): 17 seats, 11 seats, how often and for what (P-13, P-14, P-45, P-50, P-51)."""

    @laws(
        "lenkungskreis_hat_siebzehn_sitze",
        "arbeitskreis_hat_elf_sitze",
        "lenkungskreis_ein_oder_zweimal",
        "mindestzahlen",
        "gesamtevaluation_nach_allen_auswertungen",
        "lenkungskreis_wertet_aus_und_setzt_ziele",
        "zweiter_lenkungskreis",
        "arbeitskreis_mit_gesamtbericht",
        "die_anderen_arbeitskreise",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
