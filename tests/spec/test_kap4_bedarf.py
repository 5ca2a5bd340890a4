"""Chapter 4, on demand: further Koordinierungsrunden and items, standing agenda, and tasks around a Sitzung."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestHAMM_4_Bedarf:  # noqa: N801
    """On demand, and on every agenda (P-49, P-58, P-59)."""

    @laws(
        "bei_bedarf_tagt_die_koordinierungsrunde",
        "neue_formate_hoert_die_bezirksvertretung",
        "vom_laufenden_plan_wird_bei_bedarf_berichtet",
        "auf_jeder_konferenz",
        "aufgaben_um_die_sitzungen",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
