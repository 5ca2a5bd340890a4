"""``cities()``: invented cities with several levels, partitions, overlaps and Rollen of every kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from attrs import evolve
from hypothesis import strategies as st

from gremienplan.orte import Ort, Wochenbelegung
from gremienplan.quellen import Grundlage
from gremienplan.stadt import (
    Benennung,
    Ebene,
    Gebiet,
    Gewohnheit,
    Gremienart,
    Gremium,
    Klasse,
    Rolle,
    RollenArt,
    Stadt,
    fold,
)
from gremienplan.testing.namen import kennung, names, some
from gremienplan.testing.regeln import grundlagen

EBENEN = ("stadtbezirk", "nachbarschaft", "konferenzgebiet")
"""Ids of the levels between the whole city and its atoms."""

ATOM = "block"
"""The level of the atoms."""

_ROLLEN = ("leitung", "vorsitz", "koordination", "fachstelle", "beirat", "bewohnerschaft", "verein")
_EIGENE = ("runde", "forum", "lenkung")
_POLITISCHE = ("rat", "ortsrat")
_ORTSARTEN = ("zentrum", "amt")


@st.composite
def cities(
    draw: st.DrawFn,
    *,
    min_atome: int = 1,
    max_atome: int = 8,
    min_politische: int = 0,
    kurz: bool = False,
) -> Stadt:
    """Draw a city, as loading its folder would give it.

    It has up to three levels beside the whole city and the atoms; some are partitions, others overlap or leave
    atoms out, and areas of two levels may share a name. Rollen are offices, mandates and groups, on any level or
    only at some Gebiete of it. At least one Gremienart is the city's own, at least ``min_politische`` political.
    With ``kurz`` every Gremium meets for one hour.
    """
    atome = [kennung(name) for name in draw(names(draw(st.integers(min_atome, max_atome))))]
    ebenen = [
        Ebene(ebene, ebene.capitalize(), draw(st.booleans())) for ebene in draw(some(EBENEN, least=1, most=3))
    ]
    stadtname = draw(names(1))[0]
    gebiete = (
        Gebiet("stadt", kennung(stadtname), stadtname, frozenset(atome)),
        *(gebiet for ebene in ebenen for gebiet in draw(_gebiete(ebene, atome))),
        *(Gebiet(ATOM, atom, atom.capitalize(), frozenset([atom])) for atom in atome),
    )
    alle = (Ebene("stadt", "Stadt"), *ebenen, Ebene(ATOM, "Block"))
    rollen = [draw(_rollen(rolle, alle, gebiete)) for rolle in draw(some(_ROLLEN, least=1))]
    orte = draw(_orte(gebiete))
    arten = [
        draw(_gremienarten(art, Klasse.EIGEN, alle, orte, 60 if kurz else None))
        for art in draw(some(_EIGENE, least=1))
    ] + [
        draw(_gremienarten(art, Klasse.POLITISCH, alle, orte, 60 if kurz else None))
        for art in draw(some(_POLITISCHE, least=min_politische))
    ]
    gremien = [
        draw(_gremien(art, gebiet)) for art in arten for gebiet in gebiete if gebiet.ebene == art.ebene
    ]
    stadt = Stadt(
        id=kennung(stadtname),
        name=stadtname,
        domain=f"{kennung(stadtname)}.example",
        land="NW",
        zeitzone="Europe/Berlin",
        atom=ATOM,
        ebenen=alle,
        gebiete=gebiete,
        rollen={rolle.id: rolle for rolle in rollen},
        gremienarten={art.id: art for art in arten},
        gremien={gremium.id: gremium for gremium in gremien},
        orte={ort.id: ort for ort in orte},
        namen=draw(_namen([g.key for g in gebiete[1:]] + [g.id for g in gremien])),
    )
    return evolve(stadt, vertretungen=draw(_vertretungen(tuple(stadt.sitze))))


@st.composite
def _gebiete(draw: st.DrawFn, ebene: Ebene, atome: Sequence[str]) -> list[Gebiet]:
    """Draw the areas of a level: a partition of the atoms, or any non-empty sets of them."""
    anzahl = draw(st.integers(1, min(4, len(atome))))
    namen = draw(names(anzahl))
    mengen: list[set[str]] = [{atome[n]} for n in range(anzahl)]
    for atom in atome[anzahl:]:
        least, most = (1, 1) if ebene.lueckenlos else (0, anzahl)
        for n in draw(st.sets(st.integers(0, anzahl - 1), min_size=least, max_size=most)):
            mengen[n].add(atom)
    if not ebene.lueckenlos:
        for menge in mengen:
            menge.update(draw(some(atome, most=2)))
    return [
        Gebiet(ebene.id, kennung(name), name, frozenset(menge))
        for name, menge in zip(namen, mengen, strict=True)
    ]


@st.composite
def _rollen(draw: st.DrawFn, rolle: str, ebenen: Sequence[Ebene], gebiete: Sequence[Gebiet]) -> Rolle:
    ebene = draw(st.sampled_from([e.id for e in ebenen]))
    dort = [gebiet.id for gebiet in gebiete if gebiet.ebene == ebene]
    nur = draw(st.none() | some(dort, least=1))
    wort: Grundlage | None = draw(st.none() | grundlagen())
    return Rolle(rolle, ebene, rolle.capitalize(), draw(st.sampled_from(RollenArt)), nur, wort)


@st.composite
def _orte(draw: st.DrawFn, gebiete: Sequence[Gebiet]) -> list[Ort]:
    return [
        Ort(
            kennung(f"haus {name}"),
            f"Haus {name}",
            draw(st.sampled_from(_ORTSARTEN)),
            draw(st.sampled_from([g.key for g in gebiete])),
            draw(st.sampled_from(["", "Hauptstraße 1"])),
            draw(st.sampled_from([None, True, False])),
            draw(st.sampled_from([None, 30, 200])),
            belegt=tuple(draw(st.lists(_belegungen(), max_size=1))),
        )
        for name in draw(names(draw(st.integers(0, 3))))
    ]


def _belegungen() -> st.SearchStrategy[Wochenbelegung]:
    wann = st.sampled_from([(time(8), time(10)), (time(12), time(13, 30))])
    return st.tuples(st.integers(0, 6), wann, grundlagen()).map(
        lambda t: Wochenbelegung(t[0], t[1][0], t[1][1], "Mittagstisch", t[2])
    )


@st.composite
def _gremienarten(
    draw: st.DrawFn, art: str, klasse: Klasse, ebenen: Sequence[Ebene], orte: Sequence[Ort], dauer: int | None
) -> Gremienart:
    return Gremienart(
        art,
        draw(st.sampled_from([e.id for e in ebenen])),
        art.capitalize(),
        klasse,
        dauer or draw(st.sampled_from([60, 90, 120, 180])),
        draw(some(dict.fromkeys(ort.art for ort in orte))),
        draw(st.booleans()),
    )


@st.composite
def _gremien(draw: st.DrawFn, art: Gremienart, gebiet: Gebiet) -> Gremium:
    gewohnt = st.builds(
        Gewohnheit,
        st.integers(0, 4),
        st.sampled_from([time(9), time(13, 30), time(17)]),
        grundlagen(),
    )
    titel = draw(st.sampled_from(["", "", "Treff am Abend"]))
    return Gremium(art, gebiet, titel, draw(st.none() | gewohnt))


@st.composite
def _namen(draw: st.DrawFn, keys: Sequence[str]) -> Mapping[str, tuple[Benennung, ...]]:
    """Draw other names, of today or gone by; one that several things have is ambiguous."""
    namen: dict[str, tuple[Benennung, ...]] = {}
    for name in draw(names(draw(st.integers(0, 3)))):
        bis = draw(st.sampled_from([None, None, date(2027, 6, 30)]))
        meant = draw(some(keys, least=1, most=2))
        namen[fold(f"Alt-{name}")] = tuple(Benennung(key, None, bis) for key in meant)
    return namen


@st.composite
def _vertretungen(draw: st.DrawFn, sitze: Sequence[str]) -> Mapping[str, str]:
    found = {}
    for sitz in draw(some(sitze, most=2)):
        andere = [other for other in sitze if other != sitz]
        if andere:
            found[sitz] = draw(st.sampled_from(andere))
    return found
