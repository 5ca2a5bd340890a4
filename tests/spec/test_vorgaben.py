"""Section H: where the concept is silent, the planner's numbers are stated a second time, and never as law."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestVorgaben:
    """Days, hours, distances, wishes."""

    @laws(
        "feiertage_und_schulferien",
        "meidetage",
        "profile",
        "ratsfolge",
        "tageszeiten",
        "werktage",
        "abstaende",
        "wegezeit",
        "dauern",
        "gewohnte_tage_und_stunden",
        "wuensche_der_planung",
        "wuensche_nach_unserer_lesart",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
