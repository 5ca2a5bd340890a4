"""``tokens``: addresses nobody can guess, for the calendars of one Sitz or person: made, listed, revoked, replaced."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from gremienplan.cli.ausgabe import say, show, table, write, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.klick import Choice, Misuse, command, day, did_you_mean, moment, option, projekt_option
from gremienplan.cli.projekte import current_moment, find_project, load_project
from gremienplan.cli.sitzwahl import choose_sitz
from gremienplan.cli.sprache import language, words
from gremienplan.errors import InputError, Problem
from gremienplan.stadt import RollenArt, fold
from gremienplan.texts import N_, Text, render_value
from gremienplan.tokens import Art, Token, address, issue, mark, person_of, revoke
from gremienplan.tokens.werte import BYTES
from gremienplan.webadresse import address_problem

if TYPE_CHECKING:
    from gremienplan.projekt import Projekt

LONGEST = 256
"""Characters of an address that every calendar client takes."""
LONGEST_NOTE = 80
_FEED = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)?[a-z0-9]+(?:-[a-z0-9]+)*\.ics")
_WORD = re.compile(r"\w+")
_ARTEN = frozenset({"https", "http", "webcal"})
_WHAT = {"new": N_("SCOPE"), "revoke": "ID", "rotate": "ID"}


@command(
    "tokens",
    help=N_(
        "Make addresses nobody can guess, for calendars that are not everybody's. new SCOPE makes one for a Sitz, a"
        " person of besetzung.csv or one calendar (NAME.ics) and prints it, this one time; list says which there are;"
        " revoke ID ends one; rotate ID ends it and makes another for the same. What is kept opens nothing."
    ),
    short_help=N_("Make and revoke the addresses of personal calendars."),
)
@click.argument("what", metavar="new|list|revoke|rotate", type=Choice(("new", "list", "revoke", "rotate")))
@click.argument("word", metavar="[SCOPE|ID]", required=False)
@projekt_option
@option(
    "--note",
    default="",
    metavar=N_("WORDS"),
    help=N_("What the subscription is for, without naming anybody."),
)
@option("--bis", type=day, metavar=N_("DATE"), help=N_("The last day on which the address works."))
@option("--adresse", default="", metavar="URL", help=N_("Where the calendars are served: https://…"))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("The time of this change, local time; without it: now."),
)
@option("--dry-run", is_flag=True, help=N_("Only say what would be done; nothing is made or written."))
def tokens(
    what: str,
    word: str | None,
    projekt_option: str | None,
    note: str,
    bis: date | None,
    adresse: str,
    stand: datetime | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Do one of the four."""
    _check_use(what, word, note, bis, adresse)
    folder = find_project(None, projekt_option)
    if what == "list":
        return _list(folder, as_json)
    from gremienplan.publishing.dateien import lock

    job = _Auftrag(folder, word or "", note, bis, adresse, stand, dry_run, as_json)
    with nullcontext() if dry_run else lock(folder):
        return {"new": job.new, "revoke": job.revoke, "rotate": job.rotate}[what]()


def _check_use(what: str, word: str | None, note: str, bis: date | None, adresse: str) -> None:
    if what in _WHAT and not word:
        example = f"gremienplan tokens {what} {'SITZ' if what == 'new' else '3'}"
        raise Misuse(_WHAT[what], Text("This is missing."), Text("For example: {command}", command=example))
    surplus = {
        word or "": what == "list" and word,
        "--note": what != "new" and note,
        "--bis": what != "new" and bis,
        "--adresse": what not in ("new", "rotate") and adresse,
    }
    if wrong := [name for name, is_so in surplus.items() if is_so]:
        raise Misuse(wrong[0], Text("This means nothing here: {command}", command=f"tokens {what}"))
    problems = []
    example = "--adresse https://termine.example.org/kalender"
    if adresse and (wrong_address := address_problem("--adresse", adresse, example, arten=_ARTEN)):
        problems.append(wrong_address)
    elif len(address("x" * 52, adresse)) > LONGEST:
        long = Text(
            "Calendar programs take {most} characters at most, and this leaves too few.", most=LONGEST
        )
        problems.append(Problem("--adresse", "", long, adresse))
    if len(note) > LONGEST_NOTE or not note.isprintable():
        one_line = Text("A note is one line of at most {most} characters.", most=LONGEST_NOTE)
        problems.append(Problem("--note", "", one_line))
    if problems:
        raise InputError(problems)


@frozen
class _Auftrag:
    """What was asked for, with the lock on the project held."""

    folder: Path
    word: str
    note: str
    bis: date | None
    adresse: str
    stand: datetime | None
    dry_run: bool
    as_json: bool

    def new(self) -> int:
        """Make one, keep it, then print it."""
        projekt = load_project(self.folder, None, None)
        art, wert = _scope(projekt, self.word)
        if art is Art.FEED:
            self._require_feed(wert)
        _check_note(projekt, self.note)
        now = self._now(projekt)
        if self.bis and self.bis < now.date():
            over = Text("This day is over ({heute}): the address would never work.", heute=now.date())
            raise InputError([Problem("--bis", "", over, self.bis.isoformat())])
        known = self._known()
        if self.dry_run:
            would = Text("Would make an address for: {was}", was=_named(art, wert))
            return self._said("would-make", would, art=art.value, wert=wert)
        kept = mark(projekt.stadt.domain, wert) if art is Art.PERSON else wert
        token, secret = issue(
            known, art, kept, now, secrets.token_bytes(BYTES), notiz=self.note, bis=self.bis
        )
        self._keep((*known, token))
        return self._shown_once(token, secret, ())

    def revoke(self) -> int:
        """End one; it stays listed."""
        known = self._known()
        old = self._meant(known)
        if old.widerrufen:
            return self._said("unchanged", Text("Token {id} was revoked before.", id=old.id), id=old.id)
        if self.dry_run:
            return self._said("would-revoke", Text("Would revoke token {id}.", id=old.id), id=old.id)
        try:
            projekt = load_project(self.folder, None, None)
        except InputError:  # whatever is wrong with it: an address that leaked has to be closed
            projekt = None
        self._keep(revoke(known, old.id, self._now(projekt)))
        done = Text("Token {id} is revoked; its address no longer opens anything.", id=old.id)
        return self._said("revoked", done, id=old.id)

    def rotate(self) -> int:
        """End one and make another for the same, in one step: there is never none and never two."""
        projekt = load_project(self.folder, None, None)
        known = self._known()
        old, now = self._meant(known), self._now(projekt)
        if not old.gilt(now.date()):
            ended = Text("This token is revoked.") if old.widerrufen else Text("This token has ended.")
            hint = Text("Make a new one: {command}", command="gremienplan tokens new SCOPE")
            raise InputError([Problem("ID", "", ended, self.word, hint)])
        if old.art is Art.PERSON and person_of(old, projekt.stadt.domain, _persons(projekt)) is None:
            gone = Text("Nobody in the project's besetzung.csv is the person this token was made for.")
            raise InputError([Problem("ID", "", gone, self.word)])
        if self.dry_run:
            return self._said(
                "would-rotate", Text("Would replace token {id} by another.", id=old.id), id=old.id
            )
        token, secret = issue(
            known, old.art, old.wert, now, secrets.token_bytes(BYTES), notiz=old.notiz, bis=old.bis
        )
        self._keep((*revoke(known, old.id, now), token))
        return self._shown_once(token, secret, (old.id,))

    def _require_feed(self, name: str) -> None:
        """Refuse a calendar that what was published does not have; before that nobody can say."""
        from gremienplan.loading import read_release

        release = read_release(self.folder)
        known = [kalender.name for kalender in release.kalender] if release else [name]
        if name not in known:
            none = Text("There is no calendar of this name.")
            raise InputError([Problem("SCOPE", "", none, name, did_you_mean(name, known))])

    def _known(self) -> tuple[Token, ...]:
        from gremienplan.loading.tokens import read_tokens

        return read_tokens(self.folder)

    def _keep(self, tokens: Sequence[Token]) -> None:
        from gremienplan.loading.tokens import TOKENS
        from gremienplan.publishing.tokens import write_tokens

        write_tokens(self.folder / TOKENS, tokens)

    def _now(self, projekt: Projekt | None) -> datetime:
        """Return the time of the change, without a project by this machine's own clock."""
        if self.stand:
            return self.stand
        return current_moment(projekt) if projekt else datetime.now().replace(microsecond=0)  # noqa: DTZ005

    def _meant(self, known: Sequence[Token]) -> Token:
        found = next((token for token in known if str(token.id) == self.word), None)
        if found is None:
            hint = Text("Those there are: {command}", command="gremienplan tokens list")
            raise InputError([Problem("ID", "", Text("There is no such token."), self.word, hint)])
        return found

    def _said(self, answer: str, text: Text, **facts: Any) -> int:
        if self.as_json:
            write_json(answer, **facts)
        else:
            say(text)
        return DONE

    def _shown_once(self, token: Token, secret: str, revoked: tuple[int, ...]) -> int:
        where = address(secret, self.adresse)
        if self.as_json:
            write_json("token", **_json(token, None), adresse=where, token=secret, widerrufen_wurde=revoked)
            return DONE
        write(where)
        say(
            Text(
                "Token {id}. This is the only time its address is shown; hand it on in private.", id=token.id
            )
        )
        if not self.adresse:
            say(
                Text(
                    "Before it stands where the calendars are served: {option}", option="--adresse https://…"
                )
            )
        for id in revoked:
            say(Text("Token {id} is revoked; its address no longer opens anything.", id=id))
        return DONE


# --- what a token opens ------------------------------------------------------------------------------------


def _scope(projekt: Projekt, word: str) -> tuple[Art, str]:
    """Return what a word means: a calendar's name, a person's key, else a Sitz. ``person:KEY`` is unmistakable."""
    kind, colon, rest = word.partition(":")
    kinds = {art.value: art for art in Art}
    art = kinds[kind] if colon and kind in kinds else None
    word = rest if art else word
    if art is Art.FEED or (art is None and word.endswith(".ics")):
        if not _FEED.fullmatch(word):
            hint = Text("For example: {command}", command="gremium/runde-nord.ics")
            raise InputError([Problem("SCOPE", "", Text("This is no name of a calendar."), word, hint)])
        return Art.FEED, word
    if art is Art.PERSON or (art is None and word in _persons(projekt)):
        if word not in _persons(projekt):
            raise InputError(
                [Problem("SCOPE", "", Text("No such person stands in the project's besetzung.csv."))]
            )
        return Art.PERSON, word
    (ganz,) = projekt.stadt.gebiete_von("stadt")
    sitz = choose_sitz(projekt.stadt, word, ganz, "SCOPE")
    if sitz.rolle.art is not RollenArt.AMT:
        none = Text("This Sitz is no office and has no calendar of its own.")
        hint = Text(
            "Who holds it can have one, as a person of besetzung.csv: {command}", command="person:KEY"
        )
        raise InputError([Problem("SCOPE", "", none, sitz.id, hint)])
    return Art.SITZ, sitz.id


def _persons(projekt: Projekt) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i.person for i in projekt.besetzung.innehabungen))


def _check_note(projekt: Projekt, note: str) -> None:
    """Refuse a note that names somebody whom the project knows; the answer does not repeat it."""
    said, *named = (f" {' '.join(_WORD.findall(fold(text)))} " for text in (note, *_persons(projekt)))
    if any(name.strip() and name in said for name in named):
        raise InputError([Problem("--note", "", Text("The note names a person of besetzung.csv."))])


def _named(art: Art, wert: str) -> Text | str:
    """Return what a token opens, without the key of a person."""
    return Text("a person") if art is Art.PERSON else wert


# --- list --------------------------------------------------------------------------------------------------


def _list(folder: Path, as_json: bool) -> int:
    from gremienplan.loading.tokens import read_tokens

    found = read_tokens(folder)
    namen: Mapping[str, str] = {}
    if any(token.art is Art.PERSON for token in found):
        try:
            projekt = load_project(folder, None, None)
            namen = {mark(projekt.stadt.domain, person): person for person in _persons(projekt)}
        except InputError:
            say(
                Text(
                    "The project cannot be read, so persons are not named: {command}",
                    command="gremienplan check",
                )
            )
    if as_json:
        write_json("tokens", tokens=[_json(token, namen.get(token.wert)) for token in found])
        return DONE
    heads = (Text("No."), Text("For"), Text("Ends in"), Text("Made"), Text("Until"), Text("Note"))
    if found:
        show(table(heads, (_row(token, namen.get(token.wert)) for token in found), flexible=1))
    else:
        say(Text("There are no tokens."))
    return DONE


def _row(token: Token, person: str | None) -> tuple[str, ...]:
    lang = language()
    ende = render_value(token.bis, lang) if token.bis else ""
    if token.widerrufen:
        ende = words(Text("revoked {tag}", tag=token.widerrufen.date()))
    wer = token.wert
    if token.art is Art.PERSON:
        wer = words(Text("Person: {person}", person=person) if person else Text("a person no longer listed"))
    return (
        str(token.id),
        wer,
        f"…{token.endet_auf}",
        render_value(token.erstellt.date(), lang),
        ende,
        token.notiz,
    )


def _json(token: Token, person: str | None) -> dict[str, object]:
    return {
        "id": token.id,
        "art": token.art.value,
        "wert": person if token.art is Art.PERSON else token.wert,
        "endet_auf": token.endet_auf,
        "erstellt": token.erstellt.isoformat(),
        "notiz": token.notiz,
        "bis": token.bis.isoformat() if token.bis else None,
        "widerrufen": token.widerrufen.isoformat() if token.widerrufen else None,
    }
