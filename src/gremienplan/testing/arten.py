"""Every kind of condition and wish, drawn for a programme: one strategy each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from hypothesis import strategies as st

from gremienplan.programm import Programm, bedingungen as bed, wuensche as wun
from gremienplan.programm.bedingungen import Bedingung
from gremienplan.programm.wuensche import Wunsch
from gremienplan.quellen import Grundlage, Katalog
from gremienplan.requirements import Was
from gremienplan.stadt import Stadt
from gremienplan.testing.namen import some
from gremienplan.testing.regeln import grundlagen

_TAGE = st.integers(0, 120)
_STUFEN = st.integers(1, 4)
_GEWICHTE = st.integers(1, 10)


def bedingungen_of(
    stadt: Stadt, programm: Programm, katalog: Katalog
) -> list[Callable[[str], st.SearchStrategy[Bedingung]]]:
    """Return, for each kind of condition the programme has room for, a strategy by its id."""
    worte = grundlagen(katalog)
    wer = some([*stadt.gremienarten, *stadt.gremien], least=1, most=2)
    event = _events(programm)
    return [
        lambda kennung: st.builds(
            bed.Reihenfolge,
            st.just(kennung),
            event,
            event,
            worte,
            st.none() | st.builds(bed.Tage, _TAGE, worte),
            st.none() | st.builds(bed.Tage, _TAGE, worte),
            st.booleans(),
            st.booleans(),
        ),
        lambda kennung: st.builds(bed.Mindestabstand, st.just(kennung), wer, _TAGE, worte),
        lambda kennung: st.tuples(st.integers(0, 3), st.integers(0, 3), wer, worte).map(
            lambda t: bed.Anzahl(kennung, t[2], t[3], min(t[:2]), max(t[:2]))
        ),
        lambda kennung: st.builds(
            bed.Tageszeit,
            st.just(kennung),
            wer,
            st.sampled_from([time(8), time(9, 30)]),
            st.sampled_from([time(17), time(21)]),
            worte,
        ),
        lambda kennung: st.builds(
            bed.Wochentage,
            st.just(kennung),
            wer,
            st.sets(st.integers(0, 6), min_size=1).map(lambda tage: tuple(sorted(tage))),
            worte,
        ),
        lambda kennung: st.builds(bed.KeineFeiertage, st.just(kennung), wer, worte),
        lambda kennung: st.builds(bed.KeineSchulferien, st.just(kennung), wer, worte),
        lambda kennung: st.builds(
            bed.KeineUeberschneidung,
            st.just(kennung),
            wer,
            worte,
            some(stadt.gremienarten, most=2),
            st.none() | st.builds(bed.Minuten, st.integers(0, 60), worte),
            st.none() | st.builds(bed.Zusatz, worte),
        ),
        lambda kennung: st.builds(
            bed.NichtAmTag, st.just(kennung), wer, worte, some(stadt.gremienarten, least=1, most=2)
        ),
        lambda kennung: st.builds(bed.Raumgroesse, st.just(kennung), wer, st.sampled_from([20, 100]), worte),
        lambda kennung: st.builds(bed.Wegezeit, st.just(kennung), st.integers(0, 60), worte),
    ]


def wuensche_of(
    stadt: Stadt, programm: Programm, katalog: Katalog
) -> list[Callable[[str], st.SearchStrategy[Wunsch]]]:
    """Return, for each kind of wish the programme has room for, a strategy by its id."""
    worte = grundlagen(katalog)
    wer = some([*stadt.gremienarten, *stadt.gremien], least=1, most=2)
    art = st.sampled_from(list(stadt.gremienarten))
    event = _events(programm)

    def wish(
        cls: type[Wunsch], **felder: st.SearchStrategy[object]
    ) -> Callable[[str], st.SearchStrategy[Wunsch]]:
        def drawn(kennung: str) -> st.SearchStrategy[Wunsch]:
            return st.builds(cls, id=st.just(kennung), stufe=_STUFEN, grundlage=worte, **felder)

        return drawn

    kinds = [
        wish(wun.Vorher, erst=event, dann=event, gewicht=_GEWICHTE),
        wish(wun.Danach, nach=st.tuples(event), gremium=art, tage=_TAGE, gewicht=_GEWICHTE),
        wish(wun.Verteilt, gremium=art, je_woche=st.integers(0, 2), gewicht=_GEWICHTE),
        wish(
            wun.Abendlast,
            rollen=some(stadt.rollen, least=1, most=2),
            ab=st.sampled_from([time(17), time(18, 30)]),
            je_woche=st.integers(0, 2),
            gewicht=_GEWICHTE,
        ),
        wish(wun.Brueckentage, gremium=wer, gewicht=_GEWICHTE),
        wish(wun.Wechsel, gremium=wer, gewicht=_GEWICHTE),
        wish(wun.Schulferien, gremium=wer, gewicht=_GEWICHTE),
        wish(
            wun.Meidetage,
            gremium=wer,
            meide=some([meidetag.id for meidetag in programm.meidetage], most=1),
            gewicht=_GEWICHTE,
        ),
        wish(
            wun.FremdeTermine,
            gremium=wer,
            kalender=st.sampled_from([(), ("Vereine",)]),
            am_tag=st.booleans(),
            gewicht=_GEWICHTE,
        ),
        wish(wun.MeideGremien, gremium=wer, am_tag=st.booleans(), ohne=some(stadt.gremienarten, most=1)),
        _shared(stadt, worte),
        wish(wun.Robust, tage=st.integers(0, 20), gewicht=_GEWICHTE),
        _even(event, worte),
    ]
    usual = [gremium.id for gremium in stadt.gremien.values() if gremium.gewohnt is not None]
    if usual:
        kinds.append(wish(wun.Gewohnt, gremium=some(usual, least=1), gewicht_tag=_GEWICHTE))
    if programm.beratungen:
        items = [b.id for b in programm.beratungen]
        kinds.append(wish(wun.SelbstVortragen, beratung=some(items, least=1), gewicht=_GEWICHTE))
    return kinds


def _even(
    event: st.SearchStrategy[str], worte: st.SearchStrategy[Grundlage]
) -> Callable[[str], st.SearchStrategy[Wunsch]]:
    """Return the strategy of a wish for even spacing: its two bounds do not cross."""
    bounds = st.tuples(st.none() | st.integers(0, 30), st.none() | st.integers(30, 90))
    folge = st.lists(event, min_size=2, max_size=3).map(tuple)

    def drawn(kennung: str) -> st.SearchStrategy[Wunsch]:
        return st.tuples(folge, _STUFEN, worte, bounds, _GEWICHTE).map(
            lambda t: wun.Gleichmaessig(kennung, t[0], t[1], t[2], t[3][0], t[3][1], t[4])
        )

    return drawn


def _shared(stadt: Stadt, worte: st.SearchStrategy[Grundlage]) -> Callable[[str], st.SearchStrategy[Wunsch]]:
    """Return the strategy of a wish to share loads: somebody bears them, and there are stages for its steps."""
    rollen = some(stadt.rollen, least=1, most=2)
    gremium = st.just(()) | some([*stadt.gremienarten, *stadt.gremien], least=1, most=2)

    def drawn(kennung: str) -> st.SearchStrategy[Wunsch]:
        facts = st.tuples(st.sampled_from(Was), _STUFEN, worte, rollen, gremium, st.integers(1, 3), _GEWICHTE)
        return facts.map(
            lambda t: wun.Ausgleich(
                kennung,
                t[0],
                t[1],
                t[2],
                t[3],
                () if t[0] is Was.WEGE else t[4],
                tiefe=t[5],
                gewicht=t[6],
            )
        )

    return drawn


def _events(programm: Programm) -> st.SearchStrategy[str]:
    """Return a strategy for the entries an order may speak of."""
    return st.sampled_from([*(s.id for s in programm.sitzungen), *(b.id for b in programm.beratungen)])
