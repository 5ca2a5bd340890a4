"""The notice of a release: what changed for each Sitz, so that each gets one message and nobody two."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from gremienplan.release.werte import Aenderung, Ausgabe, Release, Veroeffentlicht

_AMT = "amt/"


@frozen
class Nachricht:
    """One message: for whom, and what changed there, in the order of the dates."""

    publikum: str
    titel: str
    """The title of the audience's calendar."""
    aenderungen: tuple[tuple[Aenderung, Veroeffentlicht], ...]


def messages(release: Release, ausgabe: Ausgabe) -> Iterator[Nachricht]:
    """Yield a message for each Amt that a release concerns, sorted by its calendar's title."""
    titel = {k.publikum: k.titel for k in (*release.beendet, *release.kalender)}
    found: dict[str, list[tuple[Aenderung, Veroeffentlicht]]] = {}
    for aenderung in ausgabe.aenderungen:
        ereignis = release.nach_uid.get(aenderung.uid)
        for publikum in aenderung.publikum if ereignis else ():
            if ereignis and publikum.startswith(_AMT):
                found.setdefault(publikum, []).append((aenderung, ereignis))
    for publikum in sorted(found, key=lambda p: (titel.get(p, p), p)):
        betroffen = sorted(
            found[publikum], key=lambda one: (one[1].fassungen[publikum].gesicht.beginn, one[1].uid)
        )
        yield Nachricht(publikum, titel.get(publikum, publikum), tuple(betroffen))
