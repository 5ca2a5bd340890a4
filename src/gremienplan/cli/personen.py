"""The persons behind a Sitzung's invitations: for the planner's eyes, on stdout only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, short_passage
from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.rules import Geladen, Invitation, Personenliste, Wohnt, personen
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.programm import Sitzung
    from gremienplan.projekt import Projekt


def show_personen(
    projekt: Projekt, sitzung: Sitzung, tag: date, woher: Text, found: Sequence[Invitation], *, as_json: bool
) -> None:
    """List the persons who are invited, each once with all its Sitze; then the Sitze nobody is named for.

    Raises InputError for a project that does not say who holds which Sitz.
    """
    if not projekt.besetzung:
        meldung = Text("The project does not say who holds which Sitz.")
        hinweis = Text("Write it into a file besetzung.csv beside gremienplan.toml; the file stays private.")
        raise InputError([Problem("--personen", "", meldung, hinweis=hinweis)])
    liste = personen(projekt.stadt, projekt.besetzung, found, sitzung.gremium, tag)
    if as_json:
        _write(projekt, sitzung, tag, liste)
        return
    heading(f"{sitzung.name} [{sitzung.id}]")
    show(words(Text("Day: {tag} ({woher})", tag=tag, woher=woher)))
    for geladen in liste.geladen:
        show()
        show(geladen.person)
        for line in _lines(projekt, geladen):
            show(Padding(words(line), (0, 0, 0, 4)))
    if liste.ohne_person:
        show()
        show(words(Text("Invited, but no person is named:")))
        show(entries(("-", name) for name in _names(projekt, liste.ohne_person)))
    say(
        Text(
            "{personen} persons invited, {unbekannt} of them with unknown residence where it is asked for.",
            personen=len(liste.geladen),
            unbekannt=len(liste.unbekannt),
        )
    )


def _lines(projekt: Projekt, geladen: Geladen) -> Iterable[Text]:
    yield Text("as: {sitze}", sitze=_names(projekt, geladen.invitations))
    words_ = tuple(short_passage(grundlage, projekt.katalog) for grundlage in geladen.grundlagen)
    match geladen.insbesondere:
        case Wohnt.JA:
            yield Text("in particular, for living here: {fundstelle}", fundstelle=words_)
        case Wohnt.UNBEKANNT:
            yield Text("residence unknown, so not marked: {fundstelle}", fundstelle=words_)
        case Wohnt.NEIN | None:
            pass
    if geladen.vertretung:
        yield Text("may be represented by: {wer}", wer=geladen.vertretung)


def _names(projekt: Projekt, invitations: Iterable[Invitation]) -> tuple[str, ...]:
    return tuple(projekt.stadt.sitz_name(invitation.sitz) for invitation in invitations)


def _write(projekt: Projekt, sitzung: Sitzung, tag: date, liste: Personenliste) -> None:
    write_json(
        "personen",
        sitzung=sitzung.id,
        name=sitzung.name,
        tag=tag.isoformat(),
        personen=[
            {
                "person": geladen.person,
                "sitze": [
                    {
                        "sitz": invitation.sitz.id,
                        "name": projekt.stadt.sitz_name(invitation.sitz),
                        "als": [als.value for als in invitation.als],
                        "regeln": [grund.regel for grund in invitation.gruende],
                    }
                    for invitation in geladen.invitations
                ],
                "insbesondere": geladen.insbesondere.value if geladen.insbesondere else None,
                "grundlagen": [grundlage_json(g, projekt.katalog) for g in geladen.grundlagen],
                "vertretung": list(geladen.vertretung),
            }
            for geladen in liste.geladen
        ],
        ohne_person=[invitation.sitz.id for invitation in liste.ohne_person],
    )
