"""The register of laws: each is a function of a city, named with the ids of the statements it follows from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from tests.spec.gesetze.welt import Urteil, Welt

Pruefung = Callable[[Welt], Urteil]


@frozen
class Gesetz:
    """One law of Hamm: what it rests on, what it says, and how it is seen to be broken."""

    name: str
    kapitel: str
    ids: tuple[str, ...]
    aussage: str
    pruefe: Pruefung

    def faults(self, welt: Welt) -> list[str]:
        """Return what breaks it."""
        return list(self.pruefe(welt))


def gesetz(*ids: str) -> Callable[[Pruefung], Gesetz]:
    """Make a law of a function; its docstring is the claim."""

    def make(pruefe: Pruefung) -> Gesetz:
        kapitel = pruefe.__module__.rpartition(".")[2]
        return Gesetz(pruefe.__name__, kapitel, ids, " ".join((pruefe.__doc__ or "").split()), pruefe)

    return make


def laws_of(module: object) -> Iterator[Gesetz]:
    """Return the laws a module holds, in their order."""
    return (wert for wert in vars(module).values() if isinstance(wert, Gesetz))
