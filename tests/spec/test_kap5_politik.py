"""Chapter 5: who hears a plan is who was invited to it."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestHAMM_5_2_NW:  # noqa: N801
    """5.2: every duty towards the Bezirksvertretung runs over B(s) (P-23, P-38)."""

    @laws(
        "wer_den_plan_behandelt_ist_auch_eingeladen",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
