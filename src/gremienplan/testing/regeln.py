"""``rules()``: the four kinds of rule for a city, on every kind of word, always or for some days and Anlässe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve
from hypothesis import strategies as st

from gremienplan.loading.luecken import EINE, luecken
from gremienplan.quellen import Auslegung, Authority, Fundstelle, Grundlage, Katalog, Quelle
from gremienplan.rules import Insbesondere, Regel, RegelArt, geschaeftsfuehrung
from gremienplan.stadt import Stadt
from gremienplan.testing.namen import some

ANLAESSE = ("entwurf", "vorbereitung", "rueckblick", "laufendes")
"""Ids of the Anlässe that rules and programmes are drawn with, unless told otherwise."""

KATALOG = Katalog(
    quellen={"muster": Quelle("muster", "Ein erfundenes Konzept")},
    stellen={
        f"MUSTER-{n}": Fundstelle(f"MUSTER-{n}", "muster", str(n), "erfunden", kraft="hard")
        for n in (1, 2, 3)
    },
    auslegungen={
        kennung: Auslegung(kennung, "Wie ist das gemeint?", "So.", ("MUSTER-1",), fest="Erfunden.")
        for kennung in ("LESART-1", "LESART-2")
    },
)
"""What drawn rules cite: an invented concept and two readings of it."""

VORGABE = Grundlage(Authority.VORGABE)

_TAGE = (date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 1), date(2027, 12, 31))


def grundlagen(katalog: Katalog = KATALOG) -> st.SearchStrategy[Grundlage]:
    """Return a strategy for words of a catalogue: its passages, its readings, or a planner's default."""
    return st.sampled_from(
        [
            *(Grundlage(Authority.TEXT, kennung) for kennung in katalog.stellen),
            *(Grundlage(Authority.AUSLEGUNG, kennung) for kennung in katalog.auslegungen),
            VORGABE,
        ]
    )


@st.composite
def rules(
    draw: st.DrawFn,
    stadt: Stadt,
    *,
    anlaesse: Sequence[str] = ANLAESSE,
    katalog: Katalog = KATALOG,
    immer: bool = False,
) -> tuple[Regel, ...]:
    """Draw the rules of a city, in the order loading gives them: by kind, then as written.

    Each names a Gremienart or one Gremium, and Rollen or single Sitze. With ``immer`` none is limited to some
    days. What ``check`` refuses is not drawn: a Gremium managed by two Sitze at a time, two rules of one kind
    that claim the same entry for the same Gremium, and days on which nobody manages a Gremium or invites to it
    although somebody does on others.
    """
    drawn = [draw(_regeln(stadt, n, anlaesse, katalog, immer)) for n in range(draw(st.integers(0, 8)))]
    regeln = [regel for art in RegelArt for regel in drawn if regel.art is art]
    regeln = [regel for n, regel in enumerate(regeln) if not any(_same(regel, r) for r in regeln[:n])]
    regeln = [regel for regel in regeln if not _is_one_too_many(stadt, regeln, regel)]
    pausing = {art for art in EINE if luecken(stadt, regeln, art)}
    return tuple(
        evolve(regel, gueltig_ab=None, gueltig_bis=None) if regel.art in pausing else regel
        for regel in regeln
    )


@st.composite
def _regeln(
    draw: st.DrawFn, stadt: Stadt, nummer: int, anlaesse: Sequence[str], katalog: Katalog, immer: bool
) -> Regel:
    gremium = draw(st.sampled_from([*stadt.gremienarten, *stadt.gremien]))
    ebene = stadt.gremienarten[gremium.partition("/")[0]].ebene
    art = draw(st.sampled_from(RegelArt))
    regel = Regel(
        f"r{nummer}-{art.value}",
        art,
        gremium,
        draw(some([*stadt.rollen, *stadt.sitze], least=1, most=3)),
        draw(grundlagen(katalog)),
        draw(st.none() | some(anlaesse, least=1)) if art is RegelArt.EINLADUNG else None,
        draw(st.none() | some([gebiet.id for gebiet in stadt.gebiete_von(ebene)], least=1)),
    )
    dort = [gebiet.id for gebiet in stadt.gebiete_von(ebene)]
    mark = st.builds(Insbesondere, grundlagen(katalog), st.none() | some(dort, least=1))
    regel = evolve(regel, insbesondere=draw(st.none() | mark))
    if immer:
        return regel
    ab, bis = draw(st.none() | st.sampled_from(_TAGE[:3])), draw(st.none() | st.sampled_from(_TAGE[1:]))
    return evolve(regel, gueltig_ab=ab, gueltig_bis=bis if not (ab and bis) or ab <= bis else None)


def _same(regel: Regel, other: Regel) -> bool:
    """Tell whether two rules claim the same, at whatever time."""
    return (regel.art, regel.gremium) == (other.art, other.gremium) and bool(
        set(regel.rollen) & set(other.rollen)
    )


def _is_one_too_many(stadt: Stadt, regeln: Sequence[Regel], regel: Regel) -> bool:
    """Tell whether a rule of management gives a Gremium two managers at some time, alone or with an earlier one."""
    if regel.art is not RegelArt.GESCHAEFTSFUEHRUNG:
        return False
    before = [r for r in regeln[: regeln.index(regel)] if r.art is regel.art]
    always = [evolve(r, gueltig_ab=None, gueltig_bis=None) for r in (*before, regel)]
    return any(
        len(geschaeftsfuehrung(stadt, always, gremium, date(2027, 1, 1))) > 1
        for gremium in stadt.gremien.values()
    )
