"""The laws of Hamm: one module per chapter, each law a function of a city, named with its catalogue ids."""

from tests.spec.gesetze import geografie, kap3, kap4_2, kap4_3_1, kap4_3_2, kap4_bedarf, vorgaben
from tests.spec.gesetze.register import laws_of

GESETZE = {
    gesetz.name: gesetz
    for kapitel in (kap3, geografie, kap4_2, kap4_3_2, kap4_3_1, kap4_bedarf, vorgaben)
    for gesetz in laws_of(kapitel)
}
"""Name -> law, in the order of the concept."""
