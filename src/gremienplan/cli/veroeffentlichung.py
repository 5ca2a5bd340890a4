"""A release in words: what is told anew, and to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.padding import Padding

from gremienplan.cli.ausgabe import entries, show
from gremienplan.cli.sprache import words
from gremienplan.plan import Zustand
from gremienplan.release import FRISTEN, Art, Status
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.release import Ausgabe, Meldung, Nachricht, Ohne, Release

ARTEN = {
    Art.NEU: Text("new"),
    Art.VERLEGT: Text("moved"),
    Art.ORT: Text("another venue"),
    Art.ENDE: Text("another end"),
    Art.ABGESAGT: Text("cancelled"),
    Art.WIEDER: Text("takes place after all"),
    Art.AUSGELADEN: Text("no longer invited"),
    Art.STATUS: Text("provisional or confirmed"),
    Art.WORTE: Text("other words"),
}
"""What a change is, in words."""
_RANG = list(Art)


def change_word(art: Art, zustaende: Iterable[str]) -> Text:
    """Return what a change is, in a word; whether dates became binding is what the states of their plans say."""
    binding = {zustand != Zustand.DRAFT.value for zustand in zustaende}
    if art is not Art.STATUS or len(binding) != 1:
        return ARTEN[art]
    return Text("confirmed") if binding.pop() else Text("provisional")


def show_release(release: Release, neu: Release | None, *, dry_run: bool) -> None:
    """Say which release it is and what it tells anew, each event counted once."""
    nummer = Text("Release {nummer}, as of {stand}", nummer=release.nummer, stand=release.stand)
    if neu is None:
        show(words(Text("Nothing is told anew since release {nummer}.", nummer=release.nummer)))
        return
    show(words(Text("Dry run, nothing is written: {was}", was=nummer) if dry_run else nummer))
    found = counts(release.ausgaben[-1])
    if release.nummer == 1:
        found = Counter({Art.NEU: sum(not e.frist for e in release.ereignisse)})
    zustaende = release.ausgaben[-1].zustaende.values()
    was = {art: words(Text("dates: {was}", was=change_word(art, zustaende))) for art in Art}
    show(entries((f"{found[art]:>4}", was[art]) for art in Art if found[art]))


def counts(ausgabe: Ausgabe) -> Counter[Art]:
    """Return how many Termine changed how; each counts once, by what weighs most."""
    best: dict[str, Art] = {}
    for aenderung in (a for a in ausgabe.aenderungen if a.publikum != (FRISTEN,)):
        before = best.get(aenderung.uid, aenderung.art)
        best[aenderung.uid] = min(before, aenderung.art, key=_RANG.index)
    return Counter(best.values())


def changes_json(release: Release, ausgabe: Ausgabe) -> list[dict[str, Any]]:
    """Return the changes of a release as JSON: which event, what changed, for which audiences."""
    return [
        {
            "uid": aenderung.uid,
            "ereignis": release.nach_uid[aenderung.uid].kennung if aenderung.uid in release.nach_uid else "",
            "art": aenderung.art.value,
            "bisher": aenderung.bisher and aenderung.bisher.isoformat(timespec="minutes"),
            "publikum": list(aenderung.publikum),
        }
        for aenderung in ausgabe.aenderungen
    ]


def show_notice(nachricht: Nachricht, ausgabe: Ausgabe, sprache: str) -> None:
    """Show one message: whom it is for, and what changed there. ``sprache`` is that of the titles."""
    show(words(nachricht.titel))
    zeilen = (_line(meldung, ausgabe, sprache) for meldung in nachricht.meldungen)
    show(Padding(entries(zeilen), (0, 0, 1, 2)))


def show_without_calendar(found: Sequence[Ohne], ausgabe: Ausgabe, sprache: str) -> None:
    """Show what concerns mandates and groups, too, each change with who they are."""
    if not found:
        return
    show(words(Text("Also concerned, without a calendar of their own:")))
    for one in found:
        show(Padding(entries([_line(one.meldung, ausgabe, sprache)]), (0, 0, 0, 2)))
        show(Padding(entries(("-", name) for name in one.namen), (0, 0, 0, 4)))
    show()


def told_title(meldung: Meldung, sprache: str) -> str:
    """Return the title of an event; that it was cancelled since is not what was told then."""
    from gremienplan.publishing.ereignistext import bare_title

    jetzt, art = meldung.gesicht, meldung.aenderung.art
    if jetzt.status is not Status.CANCELLED or art in (Art.ABGESAGT, Art.AUSGELADEN):
        return jetzt.titel
    return bare_title(jetzt.titel, sprache)


def _line(meldung: Meldung, ausgabe: Ausgabe, sprache: str) -> tuple[str, str]:
    jahr = str(meldung.ereignis.jahr)
    wort = change_word(meldung.aenderung.art, (z for year, z in ausgabe.zustaende.items() if year == jahr))
    return words(wort), words(_sentence(meldung, told_title(meldung, sprache)))


def _sentence(meldung: Meldung, titel: str) -> Text:
    """Return what changed of an event for an audience, with its dates as they were told."""
    art, beginn, bisher = meldung.aenderung.art, meldung.beginn, meldung.aenderung.bisher
    if bisher is not None:
        return Text("{titel}: now {beginn}, before {bisher}", titel=titel, beginn=beginn, bisher=bisher)
    if art is Art.ORT and meldung.ort is None:
        return Text("{titel}: {beginn}, now: a venue that is no longer on record", titel=titel, beginn=beginn)
    if art is Art.ORT:
        ort = meldung.ort or Text("Venue not yet decided")
        return Text("{titel}: {beginn}, now: {ort}", titel=titel, beginn=beginn, ort=ort)
    if art is Art.ENDE and meldung.ende is not None:
        ende = f"{meldung.ende:%H:%M}"
        return Text("{titel}: {beginn}, now until {ende}", titel=titel, beginn=beginn, ende=ende)
    return Text("{titel}: {beginn}", titel=titel, beginn=beginn)
