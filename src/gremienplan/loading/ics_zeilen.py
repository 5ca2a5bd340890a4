"""The lines of an iCalendar file: unfolded, decoded, put into their components, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from attrs import evolve, field, frozen
from icalendar.parser import Contentline, unescape_backslash

from gremienplan.errors import InputError, Problem
from gremienplan.loading.zeichen import utf16_art, zeilen_dekodiert
from gremienplan.texts import Text

_inhalt: Callable[[str], Contentline] = Contentline  # its constructor is untyped in the library
_GRENZE = re.compile(r"(BEGIN|END):\s*([A-Z0-9-]+)\s*", re.IGNORECASE)
_SCHLICHT = re.compile(
    r"[A-Za-z0-9-]+(?:;(?P<param>TZID|LANGUAGE|VALUE)=(?P<was>[A-Za-z0-9/_+-]+))?:(?P<wert>[^%\x00-\x1f\x7f]*)"
)
"""A line with one parameter at most, and one of a plain value."""
_NAME = re.compile(r"([A-Za-z0-9-]+)[:;]")
_BESCHREIBUNG = re.compile(r"(?:DESCRIPTION|COMMENT)[;:]", re.IGNORECASE)
_WEICH = b"ENCODING=QUOTED-PRINTABLE"
"""A line of such a property goes on in the next one after an equals sign."""


@frozen
class Zeile:
    """One logical line and the number of the line it begins on."""

    nummer: int
    text: str


@frozen
class Feld:
    """One property of a component: its parameters in upper case, its value unescaped."""

    zeile: int
    params: dict[str, str]
    wert: str


@frozen
class Komponente:
    """One component (VEVENT, VTIMEZONE …) with its own lines; those inside it are components of their own."""

    name: str
    zeile: int
    ueber: str
    """Name of the component it stands in."""
    zeilen: list[Zeile] = field(factory=list)

    def felder(self, datei: str, namen: frozenset[str]) -> dict[str, list[Feld]]:
        """Return the properties with these names; raises InputError with every one that cannot be read."""
        found: dict[str, list[Feld]] = {}
        problems: list[Problem] = []
        for zeile in self.zeilen:
            match = _NAME.match(zeile.text)
            name = match[1].upper() if match else ""
            if name not in namen:
                continue
            if (
                schlicht := _SCHLICHT.fullmatch(zeile.text)
            ) is not None:  # as most are, and ten times as fast
                param, was, wert = schlicht.groups()
                wert = unescape_backslash(wert) if "\\" in wert else wert
                found.setdefault(name, []).append(Feld(zeile.nummer, {param: was} if param else {}, wert))
                continue
            try:
                _, params, wert = _inhalt(zeile.text).parts()
            except ValueError:
                meldung = Text("This line is not readable as {name}", name=name)
                problems.append(Problem(datei, str(zeile.nummer), meldung, zeile.text[:80]))
                continue
            plain = {key.upper(): str(value) for key, value in params.items()}
            found.setdefault(name, []).append(Feld(zeile.nummer, plain, wert))
        if problems:
            raise InputError(problems)
        return found

    def lesbare(self, namen: frozenset[str]) -> dict[str, list[Feld]]:
        """Return the properties with these names; one that cannot be read counts from its first colon on."""
        found: dict[str, list[Feld]] = {}
        for zeile in self.zeilen:
            match = _NAME.match(zeile.text)
            if match is None or match[1].upper() not in namen:
                continue
            try:
                felder = evolve(self, zeilen=[zeile]).felder("", namen)
            except InputError:
                felder = {match[1].upper(): [Feld(zeile.nummer, {}, zeile.text.partition(":")[2])]}
            for name, werte in felder.items():
                found.setdefault(name, []).extend(werte)
        return found

    @property
    def beschreibung(self) -> str:
        """What it says of itself at length, without unescaping more than line breaks."""
        texte = (z.text.partition(":")[2] for z in self.zeilen if _BESCHREIBUNG.match(z.text))
        return "\n".join(texte).replace("\\n", "\n").replace("\\N", "\n")


def widerrufen(komponenten: Iterable[Komponente]) -> frozenset[int]:
    """Return the lines on which events begin that their calendar takes back (METHOD:CANCEL)."""
    gone: set[int] = set()
    widerruf = False
    for komponente in komponenten:
        if komponente.name == "VCALENDAR":
            widerruf = any(
                re.match(r"METHOD:\s*CANCEL\s*$", z.text, re.IGNORECASE) for z in komponente.zeilen
            )
        elif widerruf:
            gone.add(komponente.zeile)
    return frozenset(gone)


def komponenten(datei: str, roh: bytes) -> tuple[Komponente, ...]:
    """Return every component of a file in the order of their beginnings.

    Raises InputError if this is no iCalendar file, or if a component is not closed (a file cut off).
    """
    found, offene, problems = _schachteln(datei, _kalenderzeilen(datei, roh))
    if offene or problems:
        raise InputError(problems)
    return found


def ganze_komponenten(datei: str, roh: bytes) -> tuple[tuple[Komponente, ...], tuple[Komponente, ...]]:
    """Return the components that are whole, and those that have no end.

    Raises InputError if this is no iCalendar file.
    """
    found, offene, _ = _schachteln(datei, _kalenderzeilen(datei, roh))
    stellen = {komponente.zeile for komponente in offene}
    return tuple(k for k in found if k.zeile not in stellen), offene


def _kalenderzeilen(datei: str, roh: bytes) -> tuple[Zeile, ...]:
    """Return the lines of a file; raises InputError if this is no iCalendar file."""
    zeilen = tuple(_zeilen(roh))
    if not zeilen:
        raise InputError([Problem(datei, "", Text("The file is empty"))])
    anfang = next((n for n, z in enumerate(zeilen) if z.text.strip().upper() == "BEGIN:VCALENDAR"), None)
    if anfang is not None:
        return zeilen[anfang:]  # a server may complain of something before it
    if zeilen[0].text.lstrip().startswith("<"):
        hinweis = Text("Save the export of the calendar itself, not the page that links to it")
        raise InputError([Problem(datei, "", Text("This is a web page, not a calendar"), hinweis=hinweis)])
    hinweis = Text("An iCalendar file has a line BEGIN:VCALENDAR")
    raise InputError([Problem(datei, "", Text("This is not an iCalendar file"), hinweis=hinweis)])


def _zeilen(roh: bytes) -> Iterator[Zeile]:
    """Yield the logical lines that are not blank. Unfolding comes first: a fold may cut a letter in two."""
    if (utf16 := utf16_art(roh)) is not None:
        roh = roh.decode(utf16, errors="replace").encode()
    lines: list[tuple[int, bytearray]] = []
    for nummer, line in enumerate(roh.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if lines and line[:1] in (b" ", b"\t"):
            lines[-1][1].extend(line[1:])
        elif lines and lines[-1][1][-1:] == b"=" and _WEICH in bytes(lines[-1][1][:200]).upper():
            lines[-1][1][-1:] = line
        elif line:  # an empty line folds nothing
            lines.append((nummer, bytearray(line)))
    texte = zeilen_dekodiert(bytes(logical) for _, logical in lines)
    for (nummer, _), text in zip(lines, texte, strict=True):
        if text.strip():
            yield Zeile(nummer, text)


def _schachteln(
    datei: str, zeilen: tuple[Zeile, ...]
) -> tuple[tuple[Komponente, ...], tuple[Komponente, ...], list[Problem]]:
    """Return the components, those of them that have no end, and what is wrong with how they stand in each other."""
    found: list[Komponente] = []
    offen: list[Komponente] = []
    ohne_ende: list[Komponente] = []
    problems: list[Problem] = []

    def nicht_beendet(komponente: Komponente) -> None:
        meldung = Text("{name} begins here and has no end; is the file cut off?", name=komponente.name)
        problems.append(Problem(datei, str(komponente.zeile), meldung))

    for zeile in zeilen:
        match = _GRENZE.fullmatch(zeile.text)
        if match is None:
            if offen:
                offen[-1].zeilen.append(zeile)
        elif match[1].upper() == "BEGIN":
            ueber = offen[-1].name if offen else ""
            offen.append(Komponente(match[2].upper(), zeile.nummer, ueber))
            found.append(offen[-1])
        elif any(komponente.name == match[2].upper() for komponente in offen):
            while (komponente := offen.pop()).name != match[2].upper():
                nicht_beendet(komponente)
                ohne_ende.append(komponente)
        else:
            meldung = Text("{name} ends here and has no beginning", name=match[2].upper())
            problems.append(Problem(datei, str(zeile.nummer), meldung))
    if offen:
        nicht_beendet(offen[-1])
    return tuple(found), (*ohne_ende, *offen), problems
