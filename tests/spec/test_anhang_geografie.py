"""The annex: 27 Wohnbereiche, and the spellings of the sources (S-34)."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestHAMM_GEO:  # noqa: N801
    """Which Wohnbereiche make a Sozialraum (P-02, P-03, P-74)."""

    @laws(
        "wohnbereiche_der_sozialraeume",
        "die_erste_ziffer_ist_der_bezirk",
        "schreibungen_fuehren_zum_gemeinten",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
