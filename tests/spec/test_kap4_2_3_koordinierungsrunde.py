"""Section 4.2 (3), (4): the Koordinierungsrunde, its members and guests."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestHAMM_4_2_3:  # noqa: N801
    """(3): every seat of the list, and an open list (P-08 to P-12, P-17, P-68)."""

    @laws(
        "koordinierungsrunde_hat_jeden_sitz_der_liste",
        "listen_sind_offen_geschlossen_oder_keine",
        "mehrere_themen_laden_die_vereinigung",
        "jeder_grund_nennt_eine_stelle",
        "achtundsiebzig_sitzungen",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids


class TestHAMM_4_2_3_BM:  # noqa: N801
    """The Bezirksbürgermeister:in as guest, where it says so (P-15, P-18 to P-22, P-24)."""

    @laws(
        "bezirksbuergermeister_wo_der_text_es_sagt",
        "bezirksbuergermeister_wo_wir_es_so_lesen",
        "sonst_nur_die_mitglieder",
        "bezirksbuergermeister_sind_gaeste",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids


class TestHAMM_4_2_4:  # noqa: N801
    """(4): the Stadtteilkoordination invites (P-25)."""

    @laws(
        "die_stadtteilkoordination_laedt_zur_koordinierungsrunde",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
