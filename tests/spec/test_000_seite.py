"""Source 000, the public page of one Stadtteilkonferenz: the same invitees as the concept (FEID-1, FEID-2)."""

from __future__ import annotations

from tests.spec.gesetze.kap4_3_2 import GRUPPEN
from tests.spec.gesetze.welt import SK
from tests.spec.hamm import hamm


class TestFEID:
    """One rule serves the page and the concept."""

    def test_the_groups_of_the_page_are_invited_in_mitte(self) -> None:
        """FEID-2, P-29."""
        kinds = {sitz.partition("/")[0] for sitz in hamm().invited(SK, "mitte")}
        assert {*GRUPPEN, "bezirksvertretung-mitglied"} <= kinds

    def test_the_prepared_conference_is_the_one_with_the_bezirksbuergermeister(self) -> None:
        """FEID-1: the page leaves the BM out; the adopted concept prevails."""
        assert "bezirksbuergermeister/mitte" in hamm().hosts(SK, "mitte")
