"""``deckung.toml``: the ledger of a city, and everything in its files that can carry a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import evolve

from gremienplan.coverage import Deckung, Eintrag, Traeger
from gremienplan.errors import InputError
from gremienplan.loading.ordner import Ordner, find
from gremienplan.loading.projektdatei import read_projektdatei
from gremienplan.loading.toml import Aendern, Befund

DECKUNG = "deckung.toml"

DATEIEN = ("stadt.toml", "regeln.toml", "programm*.toml", "katalog.toml")
"""The files of a city folder whose entries can carry a statement."""

STELLEN = "stelle"
"""The table of the statements themselves, which carry nothing."""

WORTE = ("text", "auslegung", "vorgabe")
"""The keys that say on whose word an entry or a part of it stands; the first two cite."""


def read_deckung(pfad: str | Path, *, aendern: Aendern | None = None) -> Deckung:
    """Return the ledger of a city, or of the city of a project.

    ``aendern`` is as for ``inspect``. Raises InputError with every problem of the files; whether the ledger is
    right is for :func:`gremienplan.coverage.problems` to say.
    """
    befund = Befund(aendern=aendern)
    ordner = _stadtordner(befund, pfad)
    datei = befund.toml((ordner / DECKUNG).pfad, (ordner / DECKUNG).name, DECKUNG, optional=True)
    eintraege = datei.keyed("", Eintrag)[0] if datei else {}
    traeger: dict[str, Traeger] = {}
    for name, inhalt in _inhalte(befund, ordner):
        for kennung, roh in _entries(inhalt):
            alt = traeger.get(kennung, Traeger(kennung, ()))
            zitiert = alt.zitiert | frozenset(_cited(roh))
            dateien = tuple(dict.fromkeys((*alt.dateien, name)))  # a rule may have several versions
            traeger[kennung] = evolve(alt, dateien=dateien, zitiert=zitiert)
    if befund.problems:
        raise InputError(befund.problems)
    return Deckung((ordner / DECKUNG).name, eintraege, traeger, fehlt=not (ordner / DECKUNG).pfad.is_file())


def _stadtordner(befund: Befund, pfad: str | Path) -> Ordner:
    projekt, stadt = find(pfad)
    if projekt is not None:
        datei = read_projektdatei(befund, projekt)
        stadt = datei.stadt if datei else None
    if stadt is None:
        raise InputError(befund.problems)
    return stadt


def _inhalte(befund: Befund, ordner: Ordner) -> Iterator[tuple[str, Mapping[str, object]]]:
    for muster in DATEIEN:
        for pfad in sorted(ordner.pfad.glob(muster)):
            datei = befund.toml(pfad, ordner.at(pfad).name, pfad.name)
            if datei is not None:
                yield pfad.name, datei.inhalt


def _entries(inhalt: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield every entry of a file as people find it there, by its table and its id, and its parts."""
    for tabelle, teil in inhalt.items():
        if tabelle == STELLEN:
            continue
        if isinstance(teil, Mapping):
            for kennung, roh in teil.items():
                yield from _parts(f"{tabelle}.{kennung}", roh)
        elif isinstance(teil, list):
            for roh in teil:
                if isinstance(roh, Mapping) and isinstance(roh.get("id"), str):
                    yield from _parts(f"{tabelle}.{roh['id']}", roh)


def _parts(kennung: str, roh: object) -> Iterator[tuple[str, object]]:
    """Yield an entry, and apart from it what in it stands on a word of its own: a bound, an addition."""
    if not isinstance(roh, Mapping):
        yield kennung, roh
        return
    eigene = {key: teil for key, teil in roh.items() if _has_own_word(teil)}
    yield kennung, {key: teil for key, teil in roh.items() if key not in eigene}
    for key, teil in eigene.items():
        yield f"{kennung}.{key}", teil


def _has_own_word(teil: object) -> bool:
    """Tell whether a part of an entry, or each of several, says on whose word it stands."""
    teile = teil if isinstance(teil, list) else [teil]
    return bool(teile) and all(
        isinstance(eins, Mapping) and not eins.keys().isdisjoint(WORTE) for eins in teile
    )


def _cited(roh: object) -> Iterator[str]:
    """Yield the ids that an entry cites, at any depth."""
    if isinstance(roh, Mapping):
        for key, teil in roh.items():
            if key in WORTE and isinstance(teil, str):
                yield teil
            else:
                yield from _cited(teil)
    elif isinstance(roh, list):
        for teil in roh:
            yield from _cited(teil)
