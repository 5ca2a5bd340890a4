"""Chapter 3: Bezirke, Sozialräume, Wohnbereiche, Stadtteilzentren, and who is held where."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestHAMM_3_1:  # noqa: N801
    """3.1: two divisions of one city (P-01, P-02, P-04, P-05, P-06, P-07)."""

    @laws(
        "sieben_bezirke_neun_sozialraeume",
        "ein_zentrum_je_sozialraum",
        "jeder_wohnbereich_liegt_genau_einmal",
        "nur_norden_und_westen_in_mehreren_bezirken",
        "gleiche_namen_sind_zweierlei",
        "es_gibt_diese_gremien_und_keine_anderen",
        "der_aktionsfonds_ist_kein_gremium",
        "bezirksvertretung_mit_vorsitz",
        "politische_rollen",
        "buergeramtsleitung_in_der_bezirksvertretung",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids


class TestHAMM_3_2:  # noqa: N801
    """3.2: what is organised by Bezirk and what by Sozialraum (AMB-08)."""

    @laws(
        "drei_dienste_haben_einen_sitz_je_sozialraum",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
