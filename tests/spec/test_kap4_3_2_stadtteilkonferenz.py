"""Section 4.3.2: the Stadtteilkonferenz."""

from __future__ import annotations

from tests.spec.gesetze.register import Gesetz
from tests.spec.hamm import hamm, laws


class TestHAMM_4_3_2_I:  # noqa: N801
    """(I): open to all, invited by group, its word in every title (P-16, P-29, P-32, P-34)."""

    @laws(
        "gruppen_des_sozialraums",
        "eingeladen_gleich_welches_thema",
        "das_wort_stadtteilkonferenz_steht_im_titel",
        "oeffentlich_sind_konferenzen_und_politik",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids


class TestHAMM_4_3_2_II:  # noqa: N801
    """(II): invited jointly, managed by one, prepared, out of the way of politics (P-27, P-28, P-52 to P-54)."""

    @laws(
        "gemeinsam_eingeladen",
        "geschaefte_fuehrt_die_stadtteilkoordination",
        "jede_konferenz_wird_eigens_vorbereitet",
        "vorbereitende_runden",
        "eine_konferenz_stellt_den_plan_vor",
        "jeder_plan_wird_vorgestellt",
        "konferenz_im_fruehjahr",
        "konferenzen_weichen_der_politik_aus",
        "nicht_am_tag_des_rates_und_der_eigenen_bezirksvertretung",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids


class TestHAMM_4_3_2_III:  # noqa: N801
    """(III): it decides nothing (P-35)."""

    @laws(
        "konferenzen_entscheiden_nichts",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids


class TestHAMM_4_3_2_NW:  # noqa: N801
    """Norden and Westen (P-30, P-31)."""

    @laws(
        "alle_bezirksvertretungen",
        "insbesondere_nur_in_norden_und_westen",
    )
    def test_law(self, gesetz: Gesetz) -> None:
        assert gesetz.faults(hamm()) == [], gesetz.ids
