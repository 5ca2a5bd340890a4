"""What the import says of itself: one Hinweis per source, kind and name, with the number of entries."""

from __future__ import annotations

from datetime import date, datetime, time

from attrs import define, field

from gremienplan.ratskalender.werte import Hinweis, Verbot
from gremienplan.texts import Text


@define
class Merkzettel:
    """Collects what was guessed, left out or unknown; counts repeated remarks instead of repeating them."""

    _anzahl: dict[tuple[str, str, str], int] = field(factory=dict)
    _meldung: dict[tuple[str, str, str], Text] = field(factory=dict)
    _tage: dict[tuple[str, str, str], list[date]] = field(factory=dict)
    _tag: date | None = None

    def am(self, beginn: datetime | date) -> Merkzettel:
        """Return the same for remarks on an entry of this day."""
        tag = beginn.date() if isinstance(beginn, datetime) else beginn
        return Merkzettel(self._anzahl, self._meldung, self._tage, tag)

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

    def ende_vorgegeben(self, quelle: str, name: str) -> None:
        """The source writes this end under everything."""
        meldung = Text(
            "The end of '{name}' is one that the source always writes; it counts as unknown", name=name
        )
        self._merke(quelle, "ende-vorgegeben", name, meldung)

    def lang(self, quelle: str, name: str) -> None:
        """A budget day or a retreat."""
        meldung = Text("'{name}' lasts more than twelve hours; all of it is taken as busy", name=name)
        self._merke(quelle, "lang", name, meldung)

    def ohne_uhrzeit(self, quelle: str, name: str) -> None:
        """The source has the day but not the time."""
        meldung = Text("The time of '{name}' is unknown; the whole day is taken as busy", name=name)
        self._merke(quelle, "zeit-unbekannt", name, meldung)

    def ganztaegig(self, quelle: str, name: str) -> None:
        """An all-day entry of a body we know."""
        meldung = Text("'{name}' is an all-day entry; the whole day is taken as busy", name=name)
        self._merke(quelle, "ganztaegig", name, meldung)

    def uhrzeit_springt(self, quelle: str, name: str, winter: time, sommer: time) -> None:
        """It looks as if the source mixed up local time and UTC."""
        meldung = Text(
            "'{name}' begins at {winter} in winter and at {sommer} in summer: is its time local?",
            name=name,
            winter=winter,
            sommer=sommer,
        )
        self._merke(quelle, "uhrzeit-springt", name, meldung)

    def abgesagt(self, quelle: str, name: str) -> None:
        """Cancelled or moved away: nobody meets."""
        meldung = Text("'{name}' is cancelled or moved and does not block", name=name)
        self._merke(quelle, "abgesagt", name, meldung)

    def verlegt(self, quelle: str, name: str) -> None:
        """Moved, and nobody says to when."""
        meldung = Text("'{name}' is moved, but not said to which day; the old time stays busy", name=name)
        self._merke(quelle, "verlegt", name, meldung)

    def neuer_tag_fehlt(self, quelle: str, name: str, tag: date) -> None:
        """Moved to a day on which the calendar has no sitting of this body."""
        meldung = Text(
            "'{name}' is moved to {tag}, but the calendar has no sitting there",
            name=name,
            tag=f"{tag:%d.%m.}",
        )
        self._merke(quelle, "neuer-tag-fehlt", name, meldung)

    def verschwunden(self, quelle: str, name: str) -> None:
        """It stood in an earlier reading."""
        meldung = Text("'{name}' is no longer in the source and not cancelled; it stays busy", name=name)
        self._merke(quelle, "verschwunden", name, meldung)

    def neue_kennung(self, quelle: str, name: str) -> None:
        """An entry that vanished stands there with another identity."""
        meldung = Text(
            "'{name}' came again with another identity at the same time; it is the same sitting", name=name
        )
        self._merke(quelle, "neue-kennung", name, meldung)

    def keine_sitzung(self, quelle: str, name: str) -> None:
        """A pattern says that this is no sitting."""
        meldung = Text("'{name}' is no sitting, as a pattern says", name=name)
        self._merke(quelle, "keine-sitzung", name, meldung)

    def platzhalter(self, quelle: str, name: str) -> None:
        """It only keeps a place in the system."""
        meldung = Text("'{name}' looks like a placeholder and does not block", name=name)
        self._merke(quelle, "platzhalter", name, meldung)

    def schriftlich(self, quelle: str, name: str) -> None:
        """Decided in writing."""
        meldung = Text("'{name}' is decided in writing; nobody meets, so it does not block", name=name)
        self._merke(quelle, "schriftlich", name, meldung)

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

    def gemeinsam(self, quelle: str, name: str, gremien: tuple[str, ...]) -> None:
        """Several bodies sit together."""
        meldung = Text("'{name}' is one sitting of: {gremien}", name=name, gremien=gremien)
        self._merke(quelle, "gemeinsam", name, meldung)

    def gemeinsam_unklar(self, quelle: str, name: str) -> None:
        """Several bodies sit together, but only one of them is known."""
        meldung = Text("'{name}' is a joint sitting, but not all of its bodies are known", name=name)
        self._merke(quelle, "gemeinsam-unklar", name, meldung)

    def geteilt(self, quelle: str, name: str, beginn: datetime) -> None:
        """A body begins twice on one day."""
        meldung = Text(
            "'{name}' begins again on the same day ({beginn}); both count", name=name, beginn=beginn
        )
        self._merke(quelle, "geteilt", name, meldung)

    def name_vom_gremium(self, quelle: str, name: str, roh: str) -> None:
        """The entry has no name of its own."""
        meldung = Text("An entry is only called “{roh}”; its body is linked: {name}", roh=roh, name=name)
        self._merke(quelle, "name-vom-gremium", name, meldung)

    def ort_sagt_nichts(self, quelle: str, ort: str) -> None:
        """Where it is held is not said."""
        meldung = Text("The place “{ort}” says nothing; it counts as unknown", ort=ort)
        self._merke(quelle, "ort-sagt-nichts", ort, meldung)

    def hinweise(self) -> tuple[Hinweis, ...]:
        """Return the remarks in the order of source, kind and name."""
        return tuple(
            Hinweis(*wo, self._anzahl[wo], self._meldung[wo], tuple(sorted(self._tage.get(wo, ()))))
            for wo in sorted(self._anzahl)
        )

    def _merke(self, quelle: str, art: str, name: str, meldung: Text) -> None:
        wo = (quelle, art, name)
        self._anzahl[wo] = self._anzahl.get(wo, 0) + 1
        self._meldung.setdefault(wo, meldung)
        if self._tag is not None:
            self._tage.setdefault(wo, []).append(self._tag)
