"""Which readings a project chooses: ``[auslegung]`` of its file, or a question asked without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from attrs import evolve, field, frozen

from gremienplan.loading.angaben import Falsch, closest, monat_tag
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Befund, Datei
from gremienplan.loading.ueberlagerung import REGELN, Inhalt, overlay, overlay_from, segments
from gremienplan.quellen import Aenderung, Alternative, Angabe, Auslegung
from gremienplan.rules import RegelArt
from gremienplan.texts import Text

Wunschlesarten = Mapping[str, str | Mapping[str, Any] | None]
"""Id of an open question -> the alternative asked for, alone or as a project's file gives it; None: none."""

TABELLE = "auslegung"
GEFRAGT = "lesarten"
"""Where a choice stands that no file makes: the argument of ``load``."""

MIT_TAGEN = frozenset(art.value for art in RegelArt)
"""The lists of rules, the only entries that readings change in mid-year."""


@frozen
class Wahl:
    """One choice: an alternative, from when on, and what it asks the planner to say."""

    wahl: str
    ab: date | None = None
    angabe: Mapping[str, object] = field(factory=dict)


@frozen
class Gewaehlt:
    """A choice that can be followed: the alternative with the planner's answers in it, and where it stands."""

    frage: str
    wahl: Wahl
    alternative: Alternative
    datei: Datei
    pfad: str


def read_wahl(
    dateien: tuple[Datei, ...], lesarten: Mapping[str, Auslegung], inhalte: Mapping[str, Inhalt] | None
) -> tuple[Gewaehlt, ...]:
    """Return the choices of the tables of these files; every one that cannot be followed is a problem.

    ``inhalte`` are the raw files of the city; None when they cannot be read.
    """
    found = [
        g
        for datei in dateien
        for kennung, pfad, roh in datei.table(TABELLE)
        for g in _read(datei, lesarten, kennung, pfad, roh)
        if g.wahl.ab is None or _check_ab(g, inhalte or {})
    ]
    found = [_without_changes(g) if _falls_away(g, found) else g for g in found]
    for a, b in combinations(found, 2):
        _check_pair(a, b, inhalte or {})
    return tuple(found)


def _falls_away(g: Gewaehlt, alle: list[Gewaehlt]) -> bool:
    """Tell whether a choice changes nothing beside the others: another one takes away what it is about."""
    return any(g.alternative.entfaellt_neben.get(other.frage) == other.wahl.wahl for other in alle)


def _without_changes(g: Gewaehlt) -> Gewaehlt:
    return evolve(g, alternative=evolve(g.alternative, ohne=(), setzt={}, entfernt=(), dazu={}, datei={}))


def _read(
    datei: Datei, lesarten: Mapping[str, Auslegung], kennung: str, pfad: str, roh: object
) -> Iterator[Gewaehlt]:
    wahl = datei.structure(Wahl, {"wahl": roh} if isinstance(roh, str) else roh, pfad)
    lesart = lesarten.get(kennung)
    if lesart is None:
        meldung = Text("The city has no reading with this id.")
        datei.problem(pfad, meldung, kennung, closest(kennung, lesarten))
    elif wahl is not None and lesart.fest:
        datei.problem(pfad, Text("This reading has no alternative: {fest}", fest=lesart.fest), wahl.wahl)
    elif wahl is not None and wahl.wahl not in lesart.alternative:
        meldung = Text("This reading has no such alternative.")
        known = tuple(lesart.alternative)
        hinweis = closest(wahl.wahl, known) or Text("Known are: {names}", names=known)
        datei.problem(pfad, meldung, wahl.wahl, hinweis)
    elif wahl is not None:
        alternative = lesart.alternative[wahl.wahl]
        if _check_angaben(datei, pfad, alternative, wahl):
            yield Gewaehlt(kennung, wahl, _filled(alternative, wahl.angabe), datei, pfad)


def _check_angaben(datei: Datei, pfad: str, alternative: Alternative, wahl: Wahl) -> bool:
    """Report what the planner has not said, or said otherwise than allowed; tell whether all is there."""
    good = True
    for name, angabe in alternative.verlangt.items():
        wo, gegeben = join(join(pfad, "angabe"), name), wahl.angabe.get(name)
        if gegeben is None:
            hinweis = Text("Choose one of: {names}", names=angabe.aus) if angabe.aus else None
            meldung = Text("This alternative needs an answer: {frage}", frage=angabe.frage)
        elif angabe.aus and gegeben not in angabe.aus:
            hinweis = Text("Choose one of: {names}", names=angabe.aus)
            meldung = Text("This is none of the answers allowed.")
        elif angabe.ist_tag and (falsch := _check_tag(angabe, gegeben, wahl.angabe)):
            meldung, hinweis = falsch
        else:
            continue
        good = False
        datei.problem(wo, meldung, "" if gegeben is None else gegeben, hinweis)
    for name in wahl.angabe:
        if name not in alternative.verlangt:
            good = False
            datei.problem(join(join(pfad, "angabe"), name), Text("Nobody asks for this."))
    return good


def _check_tag(
    angabe: Angabe, gegeben: object, angaben: Mapping[str, object]
) -> tuple[Text, Text | None] | None:
    """Return what is wrong with a day of the year, and what to do about it; None when it is allowed."""
    try:
        tag = monat_tag(gegeben)
    except Falsch as error:
        return error.meldung, error.hinweis
    if (angabe.von and tag < monat_tag(angabe.von)) or (angabe.bis and tag > monat_tag(angabe.bis)):
        hinweis = Text(
            "Choose a day from {von} to {bis}.", von=angabe.von or "01-01", bis=angabe.bis or "12-31"
        )
        return Text("This day is not allowed."), hinweis
    if angabe.nach:
        try:
            vorher = monat_tag(angaben.get(angabe.nach))
        except Falsch:
            return None  # reported where it stands
        if tag < vorher:
            return Text("This day lies before the other one ({name}).", name=angabe.nach), None
    return None


def _filled(alternative: Alternative, angaben: Mapping[str, object]) -> Alternative:
    """Return an alternative with the planner's answers where their names stand."""
    return evolve(
        alternative,
        setzt=_fill(alternative.setzt, angaben),
        dazu=_fill(alternative.dazu, angaben),
        datei={
            name: evolve(a, setzt=_fill(a.setzt, angaben), dazu=_fill(a.dazu, angaben))
            for name, a in alternative.datei.items()
        },
    )


def _fill(roh: Any, angaben: Mapping[str, object]) -> Any:
    if isinstance(roh, str) and roh.startswith("{") and roh.endswith("}"):
        return angaben.get(roh[1:-1], roh)
    if isinstance(roh, list):
        return [_fill(teil, angaben) for teil in roh]
    if isinstance(roh, Mapping):
        return {key: _fill(wert, angaben) for key, wert in roh.items()}
    return roh


def _check_ab(g: Gewaehlt, inhalte: Mapping[str, Inhalt]) -> bool:
    """Report a choice from a day on that changes anything but rules: only these know days of validity."""
    others = [
        name if name != REGELN else f"{name}: {key}"
        for name, inhalt in inhalte.items()
        for key, wert in overlay(inhalt, g.alternative.aenderungen(name)).items()
        if wert != inhalt[key] and (name != REGELN or key not in MIT_TAGEN)
    ]
    if others:
        meldung = Text("This reading can only be chosen for whole years, for it changes more than rules.")
        hinweis = Text("It changes: {names}", names=tuple(dict.fromkeys(others)))
        g.datei.problem(join(g.pfad, "ab"), meldung, g.wahl.ab or "", hinweis)
    return not others


def _check_pair(a: Gewaehlt, b: Gewaehlt, inhalte: Mapping[str, Inhalt]) -> None:
    """Report a path that two choices want differently."""
    doppelt = {
        pfad
        for name in inhalte
        for pfad, wert in _wants(a.alternative.aenderungen(name))
        for other, anders in _wants(b.alternative.aenderungen(name))
        if _touch(segments(pfad), segments(other)) and (pfad, wert) != (other, anders)
    }
    for pfad in sorted(doppelt):
        meldung = Text("Two chosen readings want this differently: {pfad}", pfad=pfad)
        b.datei.problem(b.pfad, meldung, b.wahl.wahl, Text("The other one: {frage}", frage=a.frage))


_WEG = object()


def _wants(aenderungen: tuple[Aenderung, ...]) -> Iterator[tuple[str, object]]:
    for aenderung in aenderungen:
        yield from aenderung.setzt.items()
        yield from ((pfad, _WEG) for pfad in aenderung.entfernt)


def _touch(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether two paths may mean the same place, or one a place inside the other."""
    return all(x == y or _version(x, y) for x, y in zip(a, b, strict=False))


def _version(a: str, b: str) -> bool:
    """Tell whether one is an entry, and the other one of its versions."""
    return a.partition("@")[0] == b.partition("@")[0] and ("@" in a) != ("@" in b)


# --- what follows from the choices ---------------------------------------------------------------------------


def in_force(lesarten: Mapping[str, Auslegung], gewaehlt: tuple[Gewaehlt, ...]) -> dict[str, Auslegung]:
    """Return the readings with the sentences that are followed."""
    found = dict(lesarten)
    for g in gewaehlt:
        alt = found[g.frage]
        found[g.frage] = evolve(
            alt,
            lesart=g.alternative.lesart,
            wahl=g.wahl.wahl,
            ab=g.wahl.ab,
            statt=alt.lesart,
            angabe=g.wahl.angabe,
        )
    return found


def follow(gewaehlt: tuple[Gewaehlt, ...], name: str, inhalt: Inhalt) -> Inhalt:
    """Return the content of a file of the city as the chosen readings leave it on each day."""
    return overlay_from(inhalt, [(g.wahl.ab, a) for g in gewaehlt for a in g.alternative.aenderungen(name)])


def asked(befund: Befund, datei: Datei | None, lesarten: Wunschlesarten | None) -> tuple[Datei, ...]:
    """Return whose tables hold the choices: the project's file without what is asked for, and the asker."""
    gefragt = lesarten or {}
    found = [datei] if datei else []
    eigene = datei.inhalt.get(TABELLE) if datei else None
    if datei and isinstance(eigene, dict):
        bleibt = {kennung: roh for kennung, roh in eigene.items() if kennung not in gefragt}
        found = [evolve(datei, inhalt={**datei.inhalt, TABELLE: bleibt})]
    tabelle = {kennung: roh for kennung, roh in gefragt.items() if roh is not None}
    return (*found, Datei(befund, GEFRAGT, {TABELLE: tabelle}))
