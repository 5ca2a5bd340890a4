"""On whose word a rule stands: sources, passages, readings and the four authorities."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cached_property

from attrs import evolve, field, frozen

from gremienplan.texts import Text


class Authority(Enum):
    """The four authorities, strongest first; the value is the key in the city's files."""

    TEXT = "text"
    """The concept or a law says it."""
    TATSACHE = "tatsache"
    """How the world is: one person, one place; sittings stand where they stand."""
    AUSLEGUNG = "auslegung"
    """Our reading where the text is silent or unclear."""
    VORGABE = "vorgabe"
    """A planner's default."""


@frozen
class Grundlage:
    """The basis of a rule or bound: its authority and, for text and reading, the id in the catalogue."""

    authority: Authority
    id: str = ""

    @property
    def wort(self) -> Text | str:
        """The same as messages say it: a default needs no id, but words."""
        return Text("planner's default") if self.authority is Authority.VORGABE else str(self)

    def __str__(self) -> str:
        return f"{self.authority.value} {self.id}".strip()


@frozen
class Merkmal:
    """Something that holds of an entry, on whose word."""

    grundlage: Grundlage


TATSACHE = Grundlage(Authority.TATSACHE)


@frozen
class Quelle:
    """A source document: a concept, a law, a page."""

    id: str
    titel: str
    art: str = "konzept"
    datei: str = ""
    """How the name of the file with its text begins, where one can be compared with it."""


@frozen
class Fundstelle:
    """Where a statement stands: source, section, a short key term and the paragraph's fingerprint."""

    id: str
    quelle: str
    abschnitt: str
    stichwort: str = ""
    fingerabdruck: str = ""
    kraft: str = "info"
    status: str = "explicit"
    auslegung: tuple[str, ...] = ()


@frozen
class Bestaetigung:
    """Which office of the city has confirmed a reading (an office, never a person), and when."""

    von: str
    am: date


@frozen
class Angabe:
    """What a planner has to say before an alternative can be followed: the question, and the answers allowed."""

    frage: str
    aus: tuple[str, ...] = ()
    """The answers to choose from; empty: any."""
    von: str = ""
    """``MM-DD``, where a day of the year is asked for: the first one allowed."""
    bis: str = ""
    """``MM-DD``: the last day allowed."""
    nach: str = ""
    """Name of another answer: the day must not lie before that one."""

    @property
    def ist_tag(self) -> bool:
        """Tell whether a day of the year is asked for."""
        return bool(self.von or self.bis or self.nach)


@frozen
class Aenderung:
    """A change of a city's files, as data: what is left out, set, taken away and added.

    A path is written with dots: table, id and key (``rolle.kod.je``), also for the entries of a list
    (``bedingung.sk-politik.puffer.minuten``).
    """

    ohne: tuple[str, ...] = ()
    """Ids of entries of any list that are left out."""
    setzt: Mapping[str, object] = field(factory=dict)
    """Path -> the value that stands there instead."""
    entfernt: tuple[str, ...] = ()
    """Paths of keys that are taken away."""
    dazu: Mapping[str, object] = field(factory=dict)
    """List -> the entries that are added to it."""


@frozen
class Alternative:
    """Another way to read an open question: its sentence, and the changes by which the city's files follow it."""

    lesart: str
    ohne: tuple[str, ...] = ()
    setzt: Mapping[str, object] = field(factory=dict)
    entfernt: tuple[str, ...] = ()
    dazu: Mapping[str, object] = field(factory=dict)
    datei: Mapping[str, Aenderung] = field(factory=dict)
    """Name of a file -> changes of that file alone."""
    verlangt: Mapping[str, Angabe] = field(factory=dict)
    """What the planner has to say: the name that stands as ``{name}`` in the changes -> the question."""
    entfaellt_neben: Mapping[str, str] = field(factory=dict)
    """Question -> the alternative beside which this one changes nothing: what it is about is then gone."""

    def aenderungen(self, datei: str) -> tuple[Aenderung, ...]:
        """Return the changes of one file, given by its name."""
        own = (self.datei[datei],) if datei in self.datei else ()
        return (Aenderung(self.ohne, self.setzt, self.entfernt, self.dazu), *own)


@frozen
class Auslegung:
    """A reading: the open question, the reading we follow, and whether the city has confirmed it.

    A reading has alternatives, or it says why nothing can be switched (``fest``).
    """

    id: str
    frage: str
    lesart: str
    """The reading that is followed: the city's own, or that of the alternative that was chosen."""
    stellen: tuple[str, ...] = ()
    stand: str = "offen"
    """``offen``, or ``bestaetigt`` when the city has confirmed the reading."""
    bestaetigt: Bestaetigung | None = None
    fest: str = ""
    """Why nothing can be switched."""
    alternative: Mapping[str, Alternative] = field(factory=dict)
    wahl: str = ""
    """Id of the alternative in force; empty: the city's own reading is followed."""
    ab: date | None = None
    """First day on which ``wahl`` is in force; None: always."""
    statt: str = ""
    """The city's own reading, where ``wahl`` takes its place."""
    angabe: Mapping[str, object] = field(factory=dict)
    """What the planner answered where ``wahl`` asks: its name -> the answer."""

    def am(self, tag: date) -> Auslegung:
        """Return the reading as it is followed on one day: the city's own one until ``wahl`` is in force."""
        if self.ab is None or tag >= self.ab:
            return self
        return evolve(self, lesart=self.statt, wahl="", ab=None, statt="", angabe={})


@frozen
class Katalog:
    """Every passage and reading a city's rules may cite."""

    quellen: Mapping[str, Quelle] = field(factory=dict)
    stellen: Mapping[str, Fundstelle] = field(factory=dict)
    auslegungen: Mapping[str, Auslegung] = field(factory=dict)

    def kennt(self, grundlage: Grundlage) -> bool:
        """Tell whether the id of ``grundlage`` stands in the catalogue (always, when it needs none)."""
        match grundlage.authority:
            case Authority.TEXT:
                return grundlage.id in self.stellen
            case Authority.AUSLEGUNG:
                return grundlage.id in self.auslegungen
            case _:
                return True


def normalise(paragraph: str) -> str:
    r"""Return a paragraph as it is fingerprinted: NFKC, no soft hyphens, single blanks.

    >>> normalise("Jahres\u00adplan   (ﬁnal) ")
    'Jahresplan (final)'
    """
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", paragraph).replace("\u00ad", "")).strip()


def fingerprint(paragraph: str) -> str:
    """Return 16 hexadecimal digits of SHA-256 over the normalised paragraph (one line of the source)."""
    return hashlib.sha256(normalise(paragraph).encode()).hexdigest()[:16]


@frozen
class Quelltext:
    """The text of a source: its paragraphs, one per line."""

    zeilen: tuple[str, ...]

    @cached_property
    def absaetze(self) -> tuple[str, ...]:
        """The paragraphs as they are fingerprinted."""
        return tuple(normalise(zeile) for zeile in self.zeilen)

    @cached_property
    def ueberschriften(self) -> tuple[str, ...]:
        """The heading that each paragraph stands under, as a table of contents has it; empty without one."""
        inhalt = {m[1].strip() for zeile in self.zeilen if (m := re.fullmatch(r"(\S.*?)\t+\d+\s*", zeile))}
        titel, unter = "", []
        for zeile in self.zeilen:
            titel = zeile.strip() if zeile.strip() in inhalt else titel
            unter.append(titel)
        return tuple(unter)

    @cached_property
    def _nach_fingerabdruck(self) -> Mapping[str, tuple[int, ...]]:
        """Fingerprint -> the paragraphs that have it, by their place."""
        found: dict[str, tuple[int, ...]] = {}
        for nummer, absatz in enumerate(self.absaetze):
            if absatz:
                abdruck = fingerprint(absatz)
                found[abdruck] = (*found.get(abdruck, ()), nummer)
        return found

    def compare(self, stelle: Fundstelle) -> Text | None:
        """Say how a passage differs from what the catalogue says of it; None when it holds.

        A passage holds when a paragraph of its section has its fingerprint and its key term; where the catalogue
        gives only one of the two, that one is looked for. Sections are known by a table of contents.
        """
        stichwort = normalise(stelle.stichwort)
        if stelle.fingerabdruck:
            orte = self._nach_fingerabdruck.get(stelle.fingerabdruck)
            if orte is not None:
                if stichwort not in self.absaetze[orte[0]]:
                    return Text("Its key term is not in the cited paragraph.")
                titel = [self.ueberschriften[ort] for ort in orte]
                if any(_is_under(stelle.abschnitt, eine) for eine in titel):
                    return None
                return Text("The cited paragraph stands in another section: {titel}", titel=titel[0])
            if not stichwort:
                return Text("The cited paragraph is not in the source.")
        zeilen = tuple(nummer for nummer, absatz in enumerate(self.absaetze, 1) if stichwort in absatz)
        if not zeilen:
            return Text("Neither the cited paragraph nor its key term is in the source.")
        if not stelle.fingerabdruck:
            return None
        return Text(
            "The cited paragraph has changed; its key term stands in: {orte}", orte=self._orte(zeilen)
        )

    def fingerprints(self, stelle: Fundstelle) -> tuple[Text, ...]:
        """Return where the key term of a passage stands: each line with the fingerprint of its paragraph."""
        stichwort = normalise(stelle.stichwort)
        zeilen = (nummer for nummer, absatz in enumerate(self.absaetze, 1) if stichwort in absatz)
        return self._orte(zeilen) if stichwort else ()

    def _orte(self, zeilen: Iterable[int]) -> tuple[Text, ...]:
        return tuple(
            Text(
                "line {zeile} with fingerprint {neu}", zeile=zeile, neu=fingerprint(self.absaetze[zeile - 1])
            )
            for zeile in zeilen
        )


def _is_under(abschnitt: str, titel: str) -> bool:
    """Tell whether a heading may be that of a section: it has its number, or its first word."""
    worte = [wort.rstrip(".:") for wort in titel.split()]
    return not titel or not abschnitt or abschnitt.split()[0].rstrip(".:") in worte
