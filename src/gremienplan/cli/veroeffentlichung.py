"""A release in words: what is told anew, and to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from rich.padding import Padding

from gremienplan.cli.ausgabe import entries, show
from gremienplan.cli.sprache import words
from gremienplan.plan import Zustand
from gremienplan.release import FRISTEN, Art, Status
from gremienplan.texts import Text, Wert, render

if TYPE_CHECKING:
    from gremienplan.release import Ausgabe, Meldung, Nachricht, Ohne, Release

_T = TypeVar("_T")

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
_RANG = sorted(Art, key=lambda art: (art in (Art.AUSGELADEN, Art.STATUS, Art.WORTE), art is Art.NEU))
"""What weighs most comes first. What has become public now is new to residents, but was moved for those who knew it."""


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
    was = {art: change_word(art, zustaende) for art in Art if found[art]}
    show(entries((f"{found[art]:>4}", words(_dates(found[art], wort))) for art, wort in was.items()))


def _dates(anzahl: int, was: Text) -> Text:
    """Return what so many dates are, as the words after their number."""
    return Text("date: {was}", was=was) if anzahl == 1 else Text("dates: {was}", was=was)


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


def show_notice(nachricht: Nachricht, release: Release, ausgabe: Ausgabe) -> None:
    """Show one message: whom it is for, and what changed there; what only became binding in one sentence."""
    show(words(nachricht.titel))
    years = _binding(release, ausgabe)
    nur, rest = _told_apart(nachricht.meldungen, years, lambda meldung: meldung)
    zeilen = [_line(meldung, ausgabe, release.sprache) for meldung in rest]
    if nur:
        satz = Text("Your {n} dates of {jahre} stand now: days, times and venues stay as told.", **_many(nur))
        zeilen.insert(0, (words(change_word(Art.STATUS, ausgabe.zustaende.values())), words(satz)))
    show(Padding(entries(zeilen), (0, 0, 1, 2)))


def show_without_calendar(found: Sequence[Ohne], release: Release, ausgabe: Ausgabe) -> None:
    """Show what concerns mandates and groups, too, each change with who they are; what became binding together."""
    if not found:
        return
    sprache = release.sprache
    show(words(Text("Also concerned, without a calendar of their own:")))
    nur, rest = _told_apart(found, _binding(release, ausgabe), lambda one: one.meldung)
    gruppen: dict[tuple[str, ...], list[Meldung]] = {}
    for one in nur:
        gruppen.setdefault(tuple(one.namen), []).append(one.meldung)
    for namen, meldungen in gruppen.items():
        satz = Text(
            "{n} dates of {jahre} stand now: days, times and venues stay as told.", **_many(meldungen)
        )
        if len(meldungen) == 1:
            show(Padding(entries([_line(meldungen[0], ausgabe, sprache)]), (0, 0, 0, 2)))
        else:
            show(Padding(words(satz), (0, 0, 0, 2)))
        show(Padding(entries(("-", name) for name in namen), (0, 0, 0, 4)))
    for one in rest:
        show(Padding(entries([_line(one.meldung, ausgabe, sprache)]), (0, 0, 0, 2)))
        show(Padding(entries(("-", name) for name in one.namen), (0, 0, 0, 4)))
    show()


def _binding(release: Release, ausgabe: Ausgabe) -> frozenset[str]:
    """Return the years that a release made binding: they were drafts in the release before it."""
    draft = Zustand.DRAFT.value
    vorher = next((a.zustaende for a in release.ausgaben if a.nummer == ausgabe.nummer - 1), {})
    return frozenset(
        jahr for jahr, zustand in ausgabe.zustaende.items() if zustand != draft and vorher.get(jahr) == draft
    )


def _told_apart(
    found: Sequence[_T], years: Collection[str], meldung: Callable[[_T], Meldung]
) -> tuple[list[_T], list[_T]]:
    """Return what only became binding with its year, where that is several dates, and all else."""
    nur = [
        one
        for one in found
        if meldung(one).aenderung.art is Art.STATUS and str(meldung(one).ereignis.jahr) in years
    ]
    return ([], list(found)) if len(nur) < 2 else (nur, [one for one in found if one not in nur])


def _many(meldungen: Sequence[Meldung]) -> dict[str, Wert]:
    """Return how many dates these are, and of which years."""
    jahre = sorted({str(meldung.ereignis.jahr) for meldung in meldungen})
    return {"n": len(meldungen), "jahre": tuple(jahre)}


def told_title(meldung: Meldung, sprache: str) -> str:
    """Return the title of an event; that it was cancelled since is not what was told then."""
    from gremienplan.publishing.ereignistext import bare_title

    jetzt, art = meldung.gesicht, meldung.aenderung.art
    if jetzt.status is not Status.CANCELLED or art in (Art.ABGESAGT, Art.AUSGELADEN):
        return jetzt.titel
    return bare_title(jetzt.titel, sprache)


def _line(meldung: Meldung, ausgabe: Ausgabe, sprache: str) -> tuple[str, str]:
    """Return what a change is, and of what; the title does not say again that it is cancelled."""
    from gremienplan.publishing.ereignistext import bare_title

    jahr = str(meldung.ereignis.jahr)
    wort = change_word(meldung.aenderung.art, (z for year, z in ausgabe.zustaende.items() if year == jahr))
    return words(wort), words(_sentence(meldung, bare_title(meldung.gesicht.titel, sprache), sprache))


def _sentence(meldung: Meldung, titel: str, sprache: str) -> Text:
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
    if art is Art.WORTE and (minutes := _minutes(meldung, sprache)):
        return Text("{titel}: {beginn}, minutes: {adresse}", titel=titel, beginn=beginn, adresse=minutes)
    return Text("{titel}: {beginn}", titel=titel, beginn=beginn)


def _minutes(meldung: Meldung, sprache: str) -> str:
    """Return where the minutes are, as it was told then; empty where there are none, or other words were told since."""
    from gremienplan.publishing.ereignistext import protokoll_text

    vorsatz = render(protokoll_text(""), sprache)
    worte = meldung.gesicht.worte if meldung.zuletzt else ()
    return next((wort.removeprefix(vorsatz) for wort in worte if wort.startswith(vorsatz)), "")
