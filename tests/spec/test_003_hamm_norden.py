"""Source 003, Hamm-Norden: the older names of the same bodies (NORD-1, NORD-2, NORD-5)."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestNORD:
    """The Stadtteilkoordination leads and manages; old names resolve, a bare one stays ambiguous (P-74)."""

    @laws(
        "fruehere_und_andere_namen_der_gremien",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
