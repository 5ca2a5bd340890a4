"""What hangs on the sittings of the council: one wish for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from gremienplan import requirements as req
from gremienplan.programm import wuensche as w
from gremienplan.requirements import Requirement, Sitzungstag

_GANZER_TAG = 24 * 60


def robust(x: w.Robust, requirements: Sequence[Requirement], stand: datetime | None) -> Iterator[req.Robust]:
    """Yield a wish for each sitting to come that something hangs on, in the order of time.

    Something may be heard in it, or somebody must keep clear of it.
    """
    sittings, heard = _sittings(requirements)
    for key, s in sorted(sittings.items(), key=lambda entry: (entry[1].beginn, entry[0])):
        if stand is not None and s.tag <= stand.date():
            continue
        beratungen = tuple(dict.fromkeys(heard.get(key, ())))
        ordnung = tuple(
            r
            for r in requirements
            if isinstance(r, req.Reihenfolge | req.Hoechstabstand | req.Fenster)
            and not set(beratungen).isdisjoint(r.ereignisse)
        )
        frei = tuple(_clear(s, frozenset(beratungen), requirements).items())
        yield req.Robust(
            f"{x.id}:{key}", x.grundlage, x.stufe, s, beratungen, ordnung, frei, x.tage, x.gewicht
        )


def _sittings(requirements: Sequence[Requirement]) -> tuple[dict[str, Sitzungstag], dict[str, list[str]]]:
    """Return the sittings of the council by key, and the Beratungen that may be heard in each."""
    sittings: dict[str, Sitzungstag] = {}
    heard: dict[str, list[str]] = {}
    for r in requirements:
        match r:
            case req.Angesetzt():
                for s in r.sitzungen:
                    sittings[s.key] = s
                    heard.setdefault(s.key, []).append(r.ereignis)
            case req.KeineUeberschneidung() | req.Verfuegbar() | req.Wegezeit():
                for b in (b for b in r.belegt if b.sitzung):
                    sittings.setdefault(b.sitzung, Sitzungstag(b.sitzung, "", b.von, b.bis, str(b.was)))
            case _:
                pass
    return sittings, heard


def _clear(s: Sitzungstag, beratungen: frozenset[str], requirements: Sequence[Requirement]) -> dict[str, int]:
    """Return the Sitzungen that may not overlap a sitting, wherever it lies, with the minutes they keep clear.

    Those that avoid it by a rule, and those that somebody attends who sits in it, or may present something in it.
    """
    own = {r.ereignis for r in requirements if isinstance(r, req.Stattfinden)}
    found: dict[str, int] = {}
    for r in requirements:
        match r:
            case req.KeineUeberschneidung(belegt=belegt) if any(b.sitzung == s.key for b in belegt):
                clear, events = r.puffer, r.ereignisse
            case req.Sperrtage(grund="sitzungstage") if any(sperre.von == s.tag for sperre in r.tage):
                clear, events = _GANZER_TAG, r.ereignisse
            case req.Verfuegbar() | req.Wegezeit() if any(
                b.sitzung == s.key for b in r.belegt
            ) or not beratungen.isdisjoint(r.ereignisse):
                clear, events = r.minuten if isinstance(r, req.Wegezeit) else 0, r.ereignisse
            case _:
                continue
        for ereignis in own.intersection(events):
            found[ereignis] = max(clear, found.get(ereignis, 0))
    return dict(sorted(found.items()))
