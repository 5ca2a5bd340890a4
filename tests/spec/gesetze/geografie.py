"""The annex: which Wohnbereiche make a Sozialraum and a Bezirk; and other names (P-74, S-34, AMB-31)."""

from __future__ import annotations

from tests.spec.gesetze.register import gesetz
from tests.spec.gesetze.welt import Urteil, Welt, gleich

WOHNBEREICHE = {
    "HAMM-GEO-MITTE": ("mitte", "11 12 13"),
    "HAMM-GEO-WESTEN": ("westen", "14 15 42 52"),
    "HAMM-GEO-NORDEN": ("norden", "62 72"),
    "HAMM-GEO-UENTROP": ("uentrop", "21 22 23 24"),
    "HAMM-GEO-RHYNERN": ("rhynern", "31 32 33"),
    "HAMM-GEO-PELKUM": ("pelkum", "41 43"),
    "HAMM-GEO-HERRINGEN": ("herringen", "51 53"),
    "HAMM-GEO-BH": ("bockum-hoevel", "61 63 64 65"),
    "HAMM-GEO-HEESSEN": ("heessen", "71 73 74"),
}


@gesetz(*WOHNBEREICHE)
def wohnbereiche_der_sozialraeume(w: Welt) -> Urteil:
    """Each Sozialraum consists of the Wohnbereiche the annex lists for it."""
    for raum, numbers in WOHNBEREICHE.values():
        gebiet = w.stadt.gebiet.get(f"sozialraum/{raum}")
        yield from gleich(raum, sorted(gebiet.atome) if gebiet else None, numbers.split())


@gesetz("HAMM-GEO-DIGIT")
def die_erste_ziffer_ist_der_bezirk(w: Welt) -> Urteil:
    """The number of a Wohnbereich begins with that of its Bezirk: a check of the data, never its source."""
    for number, bezirk in enumerate(w.bezirke, start=1):
        yield from gleich(bezirk.id, {atom[0] for atom in bezirk.atome}, {str(number)})


NAMEN = {
    "Hamm-Mitte": {"bezirk/mitte", "sozialraum/mitte"},
    "Hamm-Uentrop": {"bezirk/uentrop", "sozialraum/uentrop"},
    "Hamm-Rhynern": {"bezirk/rhynern", "sozialraum/rhynern"},
    "Rhyern": {"bezirk/rhynern", "sozialraum/rhynern", "wohnbereich/31"},
    "Hamm-Rhyern": {"bezirk/rhynern", "sozialraum/rhynern"},
    "Hamm-Pelkum": {"bezirk/pelkum", "sozialraum/pelkum"},
    "Hamm-Herringen": {"bezirk/herringen", "sozialraum/herringen"},
    "Hamm-Bockum-Hövel": {"bezirk/bockum-hoevel", "sozialraum/bockum-hoevel"},
    "Hamm-Heessen": {"bezirk/heessen", "sozialraum/heessen"},
    "Hammer Westen": {"sozialraum/westen"},
    "Hamm-Westen": {"sozialraum/westen"},
    "Hammer Norden": {"sozialraum/norden"},
    "Hamm-Norden": {"sozialraum/norden"},
    "Lohauserholz": {"wohnbereich/42"},
    "Lohausenholz": {"wohnbereich/42"},
    "Lohuserholz": {"wohnbereich/42"},
    "Daberg & Lohausenholz": {"wohnbereich/42"},
    "Daberg & Lohuserholz": {"wohnbereich/42"},
}
"""S-34, ERR-02, ERR-04, ERR-08: printed names and misprints, and what they mean."""


@gesetz("HAMM-GEO-PART", "ERR-02", "ERR-04", "ERR-08", "P-74", "S-34")
def schreibungen_fuehren_zum_gemeinten(w: Welt) -> Urteil:
    """Every spelling of the sources resolves, in any case and form of Unicode, and twice is once."""
    for name, keys in NAMEN.items():
        for form in (name, name.upper(), name.replace("ö", "o\u0308")):
            yield from gleich(form, set(w.stadt.resolve(form)), keys)
        for key in keys:
            yield from gleich(key, w.stadt.resolve(key), (key,))


GREMIEN = {
    "Präventivkreis": {"stadtteilkonferenz/norden"},
    "Präventivkreis Hamm-Norden": {"stadtteilkonferenz/norden"},
    "Stadtteilkonferenz Hamm-Norden": {"stadtteilkonferenz/norden"},
    "Stadtteilkonferenz Pelkum": {"stadtteilkonferenz/pelkum"},
    "Wir in Pelkum": {"stadtteilkonferenz/pelkum"},
    "Stadtteilkonferenz Bockum-Hövel": {"stadtteilkonferenz/bockum-hoevel"},
    "Mein Bockum-Hövel": {"stadtteilkonferenz/bockum-hoevel"},
    "Arbeitskreis Hamm-Norden": {"koordinierungsrunde/norden"},
    "Arbeitskreis Hammer-Norden": {"koordinierungsrunde/norden"},
    "Koordinierungsgruppe Hamm-Norden": {"koordinierungsrunde/norden"},
    "Arbeitskreis": {"koordinierungsrunde/norden", "arbeitskreis/hamm"},
    "Lenkungsteam Stadtteilarbeit": {"lenkungskreis/hamm"},
    "Lenkungsteam": {"lenkungskreis/hamm"},
    "Lenkungskreis Stadtteilarbeit": {"lenkungskreis/hamm"},
    "Lenkungskreis": {"lenkungskreis/hamm"},
    "Arbeitskreis Stadtteilarbeit": {"arbeitskreis/hamm"},
    "AK Stadtteilarbeit": {"arbeitskreis/hamm"},
    "Rat": {"rat/hamm"},
    "Rat der Stadt Hamm": {"rat/hamm"},
}


@gesetz("HAMM-1-PK", "HAMM-3.3-AK", "AMB-31", "NORD-5", "P-74", "HAMM-4.3.2-I-TITLE", "AMB-30")
def fruehere_und_andere_namen_der_gremien(w: Welt) -> Urteil:
    """Old and other names of the Gremien mean what the sources say; the bare Arbeitskreis stays ambiguous (S-35)."""
    for name, keys in GREMIEN.items():
        yield from gleich(name, set(w.stadt.resolve(name)), keys)
