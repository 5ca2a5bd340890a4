"""What residents are told of a release, as a release of its own: whatever is made of it can tell nothing else."""

from __future__ import annotations

from attrs import evolve

from gremienplan.release import OEFFENTLICH, Ausgabe, Fassung, Release, Veroeffentlicht


def for_residents(release: Release) -> Release:
    """Return a release without all that residents are not told. It depends on their audience alone."""
    alle = [e for e in release.gezeigt if OEFFENTLICH in e.fassungen]
    jahre = dict.fromkeys(sorted({str(e.jahr) for e in alle}), "")
    erste = release.ausgaben[0].stand
    letzte = max((e.fassungen[OEFFENTLICH].geaendert for e in alle), default=erste)
    return evolve(
        release,
        kalender=tuple(k for k in release.kalender if k.publikum == OEFFENTLICH),
        beendet=tuple(k for k in release.beendet if k.publikum == OEFFENTLICH),
        ereignisse=tuple(_event(e, e.fassungen[OEFFENTLICH], release.sprache) for e in alle),
        offen=tuple(offen for offen in release.offen if offen.oeffentlich),
        ausgaben=(Ausgabe(1, erste, jahre), Ausgabe(2, letzte, jahre)),
    )


def _event(ereignis: Veroeffentlicht, fassung: Fassung, sprache: str) -> Veroeffentlicht:
    """Return an event as residents were told of it; the page's words stay only where they are what residents read."""
    seite = ereignis.seiten.get(sprache)
    gleich = seite is not None and (seite.titel, seite.oeffentlich or seite.worte) == (
        fassung.gesicht.titel,
        fassung.gesicht.worte,
    )
    seiten = {
        s: evolve(seite, worte=seite.oeffentlich or seite.worte, geladen=(), oeffentlich=())
        for s, seite in (ereignis.seiten.items() if gleich else ())
    }
    return evolve(ereignis, fassungen={OEFFENTLICH: fassung}, seiten=seiten)
