"""The glossary: which offices every Sozialraum or Bezirk has."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestHAMM_GLO:  # noqa: N801
    """One each per Sozialraum or Bezirk; the Stadtteilbüro in two (P-11)."""

    @laws(
        "aemter_vor_ort",
        "stadtteilbueros_in_norden_und_westen",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
