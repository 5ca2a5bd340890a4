"""The JSON of OParl servers as it really is: read object by object, so that one broken object costs only itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from attrs import define, field

Wert = object
"""A value of JSON: text, truth value, None, list, dict; numbers come as they are written, as text."""

MARKEN = 500_000
"""So many brackets and commas one object may have."""
SCHLUESSEL = 1_000
"""So many keys the object around a list may have."""

_LEERE_LISTE = "802"
_MARKE = re.compile(r'(?:[^"\[\]{},]++|"(?:[^"\\]++|\\.)*+")*+(["\[\]{},]|\Z)', re.DOTALL)
"""The next bracket, comma or quotation mark without its partner; texts are skipped as a whole."""
_NICHTS = re.compile(r"(?:\s*+(?:\{\s*+\}|\[\s*+\]|null|true|false|[-+.0-9eE]++)?+\s*+,)++")
"""Members of a list that say nothing, with the commas behind them."""
_KEY = re.compile(r'[\s,]*("(?:[^"\\]++|\\.)*+")\s*:\s*', re.DOTALL)
_KLAMMER = re.compile(r"[{\[]")
_LEER = re.compile(r"[\s,\ufeff\x00]*")
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|(\\)')
_ZUVIEL = re.compile(r'("(?:[^"\\]++|\\.)*+")|,(?=\s*+[,}\]])', re.DOTALL)
"""A text, or a comma behind which nothing comes."""
_AUF = {"}": "{", "]": "["}

_FELDER = frozenset(
    {
        "id",
        "type",
        "name",
        "shortName",
        "start",
        "end",
        "location",
        "organization",
        "meeting",
        "body",
        "ags",
        "rgs",
    }
    | {
        "cancelled",
        "meetingState",
        "deleted",
        "modified",
        "description",
        "room",
        "streetAddress",
        "postalCode",
    }
    | {
        "locality",
        "data",
        "links",
        "next",
        "prev",
        "self",
        "pagination",
        "totalPages",
        "error",
        "code",
        "locationList",
    }
    | {
        "$date",
        "oparlVersion",
        "classification",
        "organizationType",
        "agendaItem",
        "membership",
        "paper",
        "geojson",
    }
)
"""What is kept of an object. Nothing of persons is among it: participants are gone before anybody sees them."""


class Objekt(NamedTuple):
    """One object of an answer that says anything, and its number in the list it stands in; 0 if it stands alone."""

    nummer: int
    wert: dict[str, Wert]
    liste: str = ""
    """The key of the list it stands in, where it is not the usual one."""


class Schaden(NamedTuple):
    """A place that cannot be read; ``ende``: everything behind it is missing."""

    nummer: int
    wert: str
    ende: bool = False


class _Glied(NamedTuple):
    """A member of a list or object: where it stands, how much is in it, and whether it ends."""

    von: int
    bis: int
    marken: int
    ganz: bool
    nummer: int = 0


def dekodiert(roh: bytes) -> str:
    """Return the text of an answer: Unicode of any kind, else what Windows writes in Germany.

    A few broken bytes, or a letter cut in two at the end, do not change the others.
    """
    kodierung = json.detect_encoding(roh[:4])
    text = roh.decode(kodierung, errors="replace")
    if kodierung.startswith("utf-8") and (kaputt := text.count("\ufffd")):
        heil = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
        return roh.decode("cp1252", errors="replace") if kaputt > heil else text
    return text


@define
class Seite:
    """One answer. ``kopf`` has what stands beside its list (links, pagination, error), once all objects are read."""

    text: str
    kopf: dict[str, Wert] = field(factory=dict)
    ist_liste: bool = False

    @property
    def ist_json(self) -> bool:
        """Tell whether this begins as JSON objects and lists do."""
        anfang = self._ab(0)
        return self.text[anfang : anfang + 1] in ("{", "[")

    @property
    def ist_leer(self) -> bool:
        """Tell whether this is the error by which servers of Sternberg say that a list is empty."""
        return "error" in self.kopf and self.kopf.get("code") == _LEERE_LISTE

    @property
    def fehler(self) -> str:
        """What an error says that came instead of an answer, at most 80 letters; empty if none came."""
        gesagt = self.kopf.get("error")
        if not gesagt or self.ist_leer:
            return ""
        return " ".join(gesagt.split())[:80] if isinstance(gesagt, str) else "?"

    def objekte(self) -> Iterator[Objekt | Schaden]:
        """Yield every object and every damage, in order; several values in a row are read like one list."""
        stelle, nummer, fremdes = self._ab(0), 0, 0
        while stelle < len(self.text):
            if self.text[stelle] == "[":
                self.ist_liste = True
                vorher = nummer
                for glied in _glieder(self.text, stelle):
                    nummer = vorher + glied.nummer
                    stelle = glied.bis
                    yield from self._objekt(glied, nummer)
            elif self.text[stelle] == "{":
                glieder = list(_begrenzt(_glieder(self.text, stelle)))
                yield from self._aussen(stelle, glieder, nummer and nummer + 1)
                nummer += 1
                stelle = glieder[-1].bis
            elif (weiter := _KLAMMER.search(self.text, stelle)) is not None:
                nummer, fremdes = nummer + 1, fremdes + 1
                yield Schaden(nummer, _kurz(self.text[stelle : stelle + 80]), ende=fremdes == SCHLUESSEL)
                stelle = weiter.start() - 1 if fremdes < SCHLUESSEL else len(self.text)
            else:
                return
            stelle = self._ab(stelle + 1)

    def _ab(self, stelle: int) -> int:
        """Return where the next value begins."""
        match = _LEER.match(self.text, stelle)
        return len(self.text) if match is None else match.end()

    def _aussen(self, von: int, glieder: list[_Glied], nummer: int) -> Iterator[Objekt | Schaden]:
        """Yield the objects of an outermost object: itself, or those of the lists in it."""
        keys: dict[str, _Glied] = {}
        for glied in glieder:
            match = _KEY.match(self.text, glied.von, glied.bis)
            if match is not None:
                keys[_key(match[1])] = _Glied(match.end(), glied.bis, glied.marken, glied.ganz)
        marken = sum(glied.marken for glied in glieder)
        if "items" in keys:
            keys.setdefault("data", keys["items"])
        if len(glieder) > SCHLUESSEL:
            yield Schaden(nummer, _kurz(self.text[von : von + 80]))
        elif "data" not in keys and keys.keys() & {"id", "type", "start", "error"}:
            for stueck in self._objekt(_Glied(von, glieder[-1].bis + 1, marken, glieder[-1].ganz), nummer):
                if isinstance(stueck, Objekt) and stueck.wert.get("error") and "id" not in stueck.wert:
                    self.kopf |= {key: stueck.wert[key] for key in ("error", "code") if key in stueck.wert}
                else:
                    yield stueck
        else:
            yield from self._listen(keys, cut=not glieder[-1].ganz)

    def _listen(self, keys: dict[str, _Glied], *, cut: bool) -> Iterator[Objekt | Schaden]:
        """Yield the objects of ``data``, or of every list where there is none, and keep what stands beside it."""
        for key in ["data"] if "data" in keys else list(keys):
            for stueck in self._liste(keys[key], "" if key == "data" else key):
                cut = cut and not (isinstance(stueck, Schaden) and stueck.ende)
                yield stueck
        for key in ("links", "pagination"):
            if key in keys:
                self.kopf[key] = _lies(self.text[keys[key].von : keys[key].bis], keys[key].marken)
        if cut:
            yield Schaden(0, "", ende=True)

    def _liste(self, glied: _Glied, key: str) -> Iterator[Objekt | Schaden]:
        """Yield the objects of the value of a key; of an object in ``data`` that is none itself, those of its keys."""
        klammer = self.text[glied.von : glied.von + 1]
        if klammer != "[" and (klammer != "{" or key):
            self.ist_liste = self.ist_liste or not key
            return
        self.ist_liste = True
        if klammer == "{":
            innen = [_KEY.match(self.text, g.von, g.bis) for g in _begrenzt(_glieder(self.text, glied.von))]
            if any(match is not None and _key(match[1]) in ("id", "type", "start") for match in innen):
                yield from self._objekt(glied, 1, key)
                return
        for kind in _glieder(self.text, glied.von):
            match = _KEY.match(self.text, kind.von, kind.bis) if klammer == "{" else None
            inhalt = kind if match is None else kind._replace(von=match.end())
            yield from self._objekt(inhalt, kind.nummer, key)

    def _objekt(self, glied: _Glied, nummer: int, liste: str = "") -> Iterator[Objekt | Schaden]:
        """Yield what stands there if it is an object, or the damage; other values are passed over."""
        text = self.text[glied.von : glied.bis].strip()
        if not glied.ganz:
            yield Schaden(nummer, _kurz(text), ende=True)
        elif text:
            wert = _lies(text, glied.marken)
            if isinstance(wert, _Unlesbar):
                yield Schaden(nummer, _kurz(text))
            elif isinstance(wert, dict) and wert:
                yield Objekt(nummer, wert, liste)


class _Unlesbar:
    """Stands for a value that nobody can read."""


def _glieder(text: str, start: int) -> Iterator[_Glied]:
    """Yield the members of the list or object that begins at ``start``; there is always at least one.

    A closing bracket ends everything inside that was left open. The last member does not end if the text does.
    Of a list, members that say nothing (numbers, null, ``{}``, ``[]``) are counted and passed over.
    """
    offen: list[str] = []
    anzahl = {"{": 0, "[": 0}
    ist_liste = text[start] == "["
    von = stelle = start + 1
    marken, nummer = 0, 1
    while True:
        if ist_liste and not marken and (nichts := _NICHTS.match(text, von)) is not None:
            nummer += text.count(",", von, nichts.end())
            von = stelle = nichts.end()
        match = _MARKE.match(text, stelle)
        marke = "" if match is None else match[1]
        if match is None or marke in ('"', ""):
            yield _Glied(von, len(text), marken, False, nummer)
            return
        stelle = match.end()
        marken += 1
        if marke in anzahl:
            offen.append(marke)
            anzahl[marke] += 1
        elif marke == ",":
            if not offen:
                yield _Glied(von, stelle - 1, marken, True, nummer)
                von, marken, nummer = stelle, 0, nummer + 1
        elif anzahl[_AUF[marke]]:
            auf = ""
            while auf != _AUF[marke]:
                auf = offen.pop()
                anzahl[auf] -= 1
        elif _AUF[marke] == text[start]:
            yield _Glied(von, stelle - 1, marken, True, nummer)
            return


def _begrenzt(glieder: Iterator[_Glied]) -> Iterator[_Glied]:
    """Yield the members, of very many the last one as well, so that it is known where they end."""
    letztes = None
    for nummer, glied in enumerate(glieder):
        letztes = glied
        if nummer <= SCHLUESSEL:
            yield glied
            letztes = None
    if letztes is not None:
        yield letztes


def _key(text: str) -> str:
    wert = _wert(text)
    return wert if isinstance(wert, str) else ""


def _behalten(paare: list[tuple[str, Wert]]) -> dict[str, Wert]:
    """Return an object with the keys that matter; of a key that stands twice the last one counts."""
    return {key: wert for key, wert in paare if key in _FELDER}


_DECODER = json.JSONDecoder(
    strict=False, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_behalten
)


def _lies(text: str, marken: int) -> Wert | _Unlesbar:
    """Return the value a text stands for; a backslash that escapes nothing stands for itself."""
    if marken > MARKEN:
        return _Unlesbar()
    wert = _wert(text)
    if isinstance(wert, _Unlesbar) and "\\" in text:
        text = _ESCAPE.sub(lambda match: "\\\\" if match[1] else match[0], text)
        wert = _wert(text)
    if isinstance(wert, _Unlesbar) and _ZUVIEL.search(text) is not None:
        wert = _wert(_ZUVIEL.sub(lambda match: match[1] or "", text))
    return wert


def _wert(text: str) -> Wert | _Unlesbar:
    try:
        wert: Wert = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return _Unlesbar()
    return wert


def _kurz(text: str) -> str:
    """Return the first key of what stands there: the rest might name persons."""
    match = re.match(r'[\s{\[]*"?[A-Za-z]{0,20}', text)
    return match[0] if match else ""
