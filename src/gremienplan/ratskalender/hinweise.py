"""What the import says of itself: one Hinweis per source, kind and name, with the number of entries."""

from __future__ import annotations

from attrs import define, field

from gremienplan.ratskalender.werte import Hinweis, Verbot
from gremienplan.texts import Text


@define
class Merkzettel:
    """Collects what was guessed, left out or unknown; counts repeated remarks instead of repeating them."""

    _anzahl: dict[tuple[str, str, str], int] = field(factory=dict)
    _meldung: dict[tuple[str, str, str], Text] = field(factory=dict)

    def unbekannt(self, quelle: str, name: str, *, blockt: bool) -> None:
        """Nobody has named this body; an all-day entry of such a name does not even block."""
        if blockt:
            meldung = Text("No pattern knows the body '{name}'", name=name)
            self._merke(quelle, "unbekanntes-gremium", name, meldung)
        else:
            meldung = Text("No pattern knows the all-day entry '{name}'; it blocks nothing", name=name)
            self._merke(quelle, "unbekannt-ganztaegig", name, meldung)

    def ende_unbekannt(self, quelle: str, name: str, minuten: int) -> None:
        """The source does not know the end."""
        meldung = Text("'{name}' has no known end; {minuten} minutes are assumed", name=name, minuten=minuten)
        self._merke(quelle, "ende-unbekannt", name, meldung)

    def ohne_uhrzeit(self, quelle: str, name: str) -> None:
        """The source has the day but not the time."""
        meldung = Text("The time of '{name}' is unknown; the whole day is taken as busy", name=name)
        self._merke(quelle, "zeit-unbekannt", name, meldung)

    def ganztaegig(self, quelle: str, name: str) -> None:
        """An all-day entry of a body we know."""
        meldung = Text("'{name}' is an all-day entry; the whole day is taken as busy", name=name)
        self._merke(quelle, "ganztaegig", name, meldung)

    def abgesagt(self, quelle: str, name: str) -> None:
        """Cancelled or moved away: nobody meets."""
        meldung = Text("'{name}' is cancelled or moved and does not block", name=name)
        self._merke(quelle, "abgesagt", name, meldung)

    def keine_sitzung(self, quelle: str, name: str) -> None:
        """A pattern says that this is no sitting."""
        meldung = Text("'{name}' is no sitting, as a pattern says", name=name)
        self._merke(quelle, "keine-sitzung", name, meldung)

    def kein_gremium(self, quelle: str, name: str, verbot: Verbot) -> None:
        """The city says that nothing of this name is one of its bodies."""
        meldung = Text(
            "“{id}” keeps '{name}' out of the city's Gremien ({grundlage}); it blocks nothing",
            id=verbot.id,
            name=name,
            grundlage=verbot.grundlage.wort,
        )
        self._merke(quelle, "kein-gremium", name, meldung)

    def doppelt(self, quelle: str, name: str) -> None:
        """The same sitting stands in the calendars more than once."""
        meldung = Text("'{name}' stands more than once with the same start; it counts once", name=name)
        self._merke(quelle, "doppelt", name, meldung)

    def hinweise(self) -> tuple[Hinweis, ...]:
        """Return the remarks in the order of source, kind and name."""
        return tuple(Hinweis(*wo, self._anzahl[wo], self._meldung[wo]) for wo in sorted(self._anzahl))

    def _merke(self, quelle: str, art: str, name: str, meldung: Text) -> None:
        wo = (quelle, art, name)
        self._anzahl[wo] = self._anzahl.get(wo, 0) + 1
        self._meldung.setdefault(wo, meldung)
