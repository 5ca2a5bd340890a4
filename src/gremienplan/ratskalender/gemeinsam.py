"""Which bodies a name means: one, or several that sit together. Known bodies decide, not the word "und"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from attrs import frozen

from gremienplan.ratskalender.namen import lies_name, slug
from gremienplan.ratskalender.werte import Muster, Treffer
from gremienplan.ratskalender.zuordnung import Zuordnung
from gremienplan.stadt import fold

_TRENNER = re.compile(
    r"\s*(?:[,;/&]|\s\+\s|\bu\.(?=\s)"
    r"|\b(?:und|sowie|(?:(?:gemeinsam|zusammen)\s+)?mit\s+de[mnr]|(?:gemeinsam|zusammen)\s+mit)\b)\s*",
    re.IGNORECASE,
)
_KLAMMER = re.compile(r"\([^()]*\)")
_KOPF = re.compile(
    r"^(?:\d+\s?\.\s*)?(?:die\s+)?(?:gemeinsame[rn]?|gemeinschaftliche|gem\.)\s+"
    r"(?:(?:außerordentliche|öffentliche)\s+)?(?:sonder)?sitzung(?:en)?\b"
    r"\s*(?:vo[nm]\b|mit\b)?[\s:–—-]*",
    re.IGNORECASE,
)
_ZUSAMMEN = re.compile(
    r"\bgemeinsame[rn]?\s+(?:\w+\s+)?(?:sonder)?sitzung|\b(?:gemeinsam|zusammen)\s+mit\b|[(,–—-]\s*gemeinsam\s*(?:$|\))",
    re.IGNORECASE,
)
_ARTIKEL = re.compile(r"^(?:de[mnrs]|die|das)\s+", re.IGNORECASE)
_GENITIV = re.compile(r"(\b\w*(?:ausschuss|beirat|rat|kreis|gremium))e?s\b", re.IGNORECASE)
_MEHRZAHL = re.compile(r"\b(?:\w*vertretungen|\w*ausschüssen?|\w*[rR]äten?)\b", re.IGNORECASE)
_KOPFWORT = re.compile(
    r"(?:\w*vertretung(?:en)?|bv|\w*aussch(?:uss|üssen?)|\w*r(?:at|äten?))\b(?:\s+für(?:\s+de[nr]|\s+die|\s+das)?\b)?",
    re.IGNORECASE,
)
_DOPPEL = re.compile(
    r"^(?P<erst>\w+)-\s+(?:und\s+)?(?P<dann>\w+?)(?P<art>ausschuss|beirat|rat)$", re.IGNORECASE
)
_STRICH = ("-", "‐", "–")
_SONDER = re.compile(
    r"^(?:sonder|dringlichkeits)sitzung\s+(?=des\b)|^(?:sonder|dringlichkeits)sitzung\s+(?:der|vom|von)\s+"
    r"|\s*(?:\s[-–—]+\s*|,\s*|\(\s*)(?:(?:sonder|dringlichkeits)sitzung|außerordentlich(?:e\s+sitzung)?|konstituierend(?:e\s+sitzung)?)\s*\)?$",
    re.IGNORECASE,
)


@frozen
class Koerper:
    """One body a name means: its own name, and the pattern that knows it."""

    name: str
    muster: Muster

    @property
    def kennung(self) -> str:
        """What tells it from other bodies of the city."""
        return self.muster.ziel if self.muster.treffer is Treffer.GREMIUM else slug(self.name)


@frozen
class Wer:
    """The bodies of an entry, the leading one first; none where nobody has named them."""

    koerper: tuple[Koerper, ...] = ()
    offen: tuple[str, ...] = ()
    """Names beside them that no pattern knows."""
    gemeinsam: bool = False
    """The name says that several sit together."""


def heisst_gemeinsam(name: str) -> bool:
    """Tell whether a name says that several bodies sit together."""
    return bool(_KOPF.match(name) or _ZUSAMMEN.search(name))


def wer(name: str, gremien: Sequence[str], zuordnung: Zuordnung, bekannt: Collection[str]) -> Wer:
    """Return which bodies an entry means, by the bodies its source links and by what stands in its name.

    A linked body that a pattern knows is taken as it is and decides; the name may add others. ``bekannt``: the
    ``kennung`` of bodies that have entries of their own, which tell one long name from two short ones.
    """
    named = [(g.name, _einer(g.name, zuordnung)) for g in map(lies_name, gremien)]
    linked = [k for _, k in named if k]
    gemeinsam = heisst_gemeinsam(name)
    offen = tuple(g for g, k in named if not k) if linked else ()
    if any(fold(g) == fold(name) for g, _ in named):
        found = linked or _ganz(name, zuordnung)
    else:
        parts, rest = _teile(name, gemeinsam, zuordnung, {*bekannt, *(k.kennung for k in linked)})
        several = len(parts) > 1 or gemeinsam
        found = [*linked, *(parts if several or not linked else ())]
        offen = (*offen, *rest)
    return Wer(tuple({k.kennung: k for k in reversed(found)}.values())[::-1], offen, gemeinsam)


def _einer(name: str, zuordnung: Zuordnung) -> Koerper | None:
    muster = zuordnung.find(name)
    if muster is None or muster.treffer is Treffer.KEINE_SITZUNG:
        return None
    return Koerper(muster.name or _rein(_SONDER.sub("", name)) or name, muster)


def _ganz(name: str, zuordnung: Zuordnung) -> list[Koerper]:
    eines = _einer(name, zuordnung)
    return [eines] if eines else []


def _teile(
    name: str, gemeinsam: bool, zuordnung: Zuordnung, bekannt: Collection[str]
) -> tuple[list[Koerper], tuple[str, ...]]:
    """Return the bodies inside a name, and the parts of it that are none we know."""
    ganz = _ganz(name, zuordnung)
    stuecke = _stuecke(_KOPF.sub("", name), zuordnung)
    if gemeinsam:
        stuecke = [teil for s in stuecke for teil in _zwilling(s, bekannt, einzig=len(stuecke) == 1)]
    found = [_koerper(stueck, zuordnung) for stueck in stuecke]
    known = [k for k in found if k]
    offen = tuple(s for s, k in zip(stuecke, found, strict=True) if k is None)
    if ganz and ganz[0].muster not in [k.muster for k in known]:
        return ganz, ()  # a pattern for the name as a whole
    if known and (gemeinsam or (len(known) > 1 and not offen)):
        return known, offen
    return ganz, ()


def _koerper(stueck: str, zuordnung: Zuordnung) -> Koerper | None:
    """Return the body a part of a name is; a word that only begins like one ("Beiratsfragen") is none."""
    eines = _einer(stueck, zuordnung)
    return eines if eines and zuordnung.endet_am_wort(stueck) else None


def _stuecke(kern: str, zuordnung: Zuordnung) -> list[str]:
    """Return the parts of a name: each begins with a body we know, and what is none belongs to the part before."""
    stuecke: list[str] = []
    kopf = ""
    for trenner, atom in _atome(kern):
        rein = _rein(atom)
        one = _MEHRZAHL.sub(_einzahl, rein)
        voll = next(
            (s for s in (rein, one, *_ergaenzt(kopf, one, stuecke, zuordnung)) if _koerper(s, zuordnung)), ""
        )
        if voll or not stuecke:
            stuecke.append(voll or rein)
            kopf = _kopf(rein) or (kopf if voll else "")
        else:
            stuecke[-1] += trenner + atom
    return stuecke


def _atome(kern: str) -> Iterator[tuple[str, str]]:
    """Yield what stands between separators, each with the one before it; "Bau- und Planungsausschuss" stays whole."""
    masked = _KLAMMER.sub(lambda k: "x" * len(k[0]), kern)
    begin, trenner = 0, ""
    for match in (*_TRENNER.finditer(masked), None):
        end = match.start() if match else len(kern)
        if match and (kern[begin:end].endswith(_STRICH) or not kern[begin:end].strip()):
            continue
        if atom := kern[begin:end].strip():
            yield trenner, atom
        if match:
            begin, trenner = match.end(), match[0]


def _rein(atom: str) -> str:
    """Return a part without its article and the genitive the article brings."""
    ohne = _ARTIKEL.sub("", atom)
    return _GENITIV.sub(r"\1", ohne, count=1) if ohne != atom else atom


def _einzahl(match: re.Match[str]) -> str:
    wort = match[0]
    klein = wort.casefold()
    for mehr, eines in (("vertretungen", "vertretung"), ("schüssen", "schuss"), ("schüsse", "schuss")):
        if klein.endswith(mehr):
            return wort[: -len(mehr)] + eines
    vorn, _, _ = wort.rpartition("ä") if "ä" in wort else wort.rpartition("Ä")
    return f"{vorn}at" if vorn else "Rat"


def _kopf(rein: str) -> str:
    """Return the words of a part that the next part may lack: "Bezirksvertretungen" of "… Nord und Süd"."""
    match = _KOPFWORT.match(rein)
    return match[0].strip() if match else ""


def _ergaenzt(kopf: str, atom: str, stuecke: Sequence[str], zuordnung: Zuordnung) -> Iterator[str]:
    """Yield a part with the word it lacks: after a plural as it is, else only if it is another body of the city."""
    if not kopf:
        return
    one = _MEHRZAHL.sub(_einzahl, kopf)
    voll = f"{one} {atom}"
    eines = _koerper(voll, zuordnung)
    vorher = _koerper(stuecke[-1], zuordnung) if stuecke else None
    eigene = eines is not None and eines.muster.treffer is Treffer.GREMIUM
    if one != kopf or (eigene and eines and vorher and eines.kennung != vorher.kennung):
        yield voll


def _zwilling(stueck: str, bekannt: Collection[str], *, einzig: bool) -> Iterator[str]:
    """Yield "Bau-" and "Planungsausschuss" as the two they are, where the name says that several sit together."""
    match = _DOPPEL.match(stueck)
    if match and slug(stueck) not in bekannt:
        two = (match["erst"] + match["art"], match["dann"] + match["art"])
        if einzig or {slug(eines) for eines in two} <= set(bekannt):
            yield from two
            return
    yield stueck
