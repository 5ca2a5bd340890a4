"""Letters of a plan: for each Sitzung with a date its invitation, as Markdown and as a mail to send."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from email.headerregistry import Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from gremienplan.abstimmung import Abstimmung
from gremienplan.errors import InputError
from gremienplan.plan import Plan, letzte_aenderung, sequenz
from gremienplan.programm import Sitzung
from gremienplan.projekt import Projekt
from gremienplan.publishing.briefe.angaben import SCHLUESSEL, angaben
from gremienplan.publishing.briefe.rahmen import Quellen, Vorlagen
from gremienplan.publishing.dateien import write_files
from gremienplan.publishing.erzaehlt import moved_from
from gremienplan.publishing.kalender import clean, time_zone
from gremienplan.publishing.pruefung import problems
from gremienplan.release import Release

_MARKDOWN = re.compile(r"([\\`*_<>#|~]|^\[|\[(?=\^)|\](?=[(\[:]|$))")
"""What may mean something; a bracket only where a link, a note or a box to tick could begin or end."""
_AM_ANFANG = re.compile(r"^\\\[(?!\^)")
"""A bracket at the beginning, which in a heading is just that."""


@frozen
class Brief:
    """The invitation to one Sitzung."""

    sitzung: str
    betreff: str
    versand: str
    """The last day to send it, in words; empty where no Ladungsfrist is said."""
    markdown: str
    """The note for the office, a line, and the letter."""
    eml: bytes
    """The letter as a mail: without sender and addresses, for the office to send."""

    @property
    def name(self) -> str:
        """What its files are called, without their endings."""
        return self.sitzung.replace("/", ".")


def briefe(
    projekt: Projekt,
    plan: Plan,
    *,
    quellen: Quellen | None = None,
    sprache: str = "de",
    nur: Collection[str] | None = None,
    release: Release | None = None,
    abstimmung: Abstimmung | None = None,
) -> tuple[Brief, ...]:
    """Return the invitations to the Sitzungen of a plan in the order of time, or of some of them by their ids.

    ``quellen`` are templates that stand in place of ours: name -> (file as the user knows it, text). Moved is what
    ``release`` told otherwise; without one, what was moved since the plan is binding. ``abstimmung`` says whose
    agreement need not be asked for any more. Raises InputError with everything that keeps the plan from being
    published, or with everything wrong in the templates.
    """
    zone = time_zone(projekt.stadt.zeitzone, plan.jahr)
    sitzungen = {sitzung.id: sitzung for sitzung in projekt.sitzungen(plan.jahr)}
    beratungen = {beratung.id: beratung for beratung in projekt.beratungen(plan.jahr)}
    if found := problems(projekt.stadt, plan, sitzungen, beratungen, zone):
        raise InputError(found)
    vorlagen = Vorlagen(quellen or {}, SCHLUESSEL)
    vorlagen.check(sprache)
    gewaehlt = sorted(
        (t for t in plan.termine if nur is None or t.sitzung in nur), key=lambda t: (t.beginn, t.sitzung)
    )
    alle = tuple(
        _brief(
            plan,
            sitzungen[t.sitzung],
            projekt,
            vorlagen,
            angaben(
                projekt,
                plan,
                sitzungen[t.sitzung],
                t,
                sprache,
                moved_from(plan, release, t),
                abstimmung or Abstimmung(),
            ),
            sprache,
        )
        for t in gewaehlt
    )
    vorlagen.raise_problems()
    return alle


def store(found: Iterable[Brief], ordner: Path, *, dry_run: bool = False) -> tuple[str, ...]:
    """Write letters into a folder, each file whole or not at all; return the names of what is new or changed.

    A dry run says which these would be, and writes nothing.
    """
    files: dict[str, bytes] = {}
    for brief in found:
        files |= {f"{brief.name}.md": brief.markdown.encode(), f"{brief.name}.eml": brief.eml}
    return write_files(files, ordner, dry_run=dry_run)


def _brief(
    plan: Plan, sitzung: Sitzung, projekt: Projekt, vorlagen: Vorlagen, werte: dict[str, Any], sprache: str
) -> Brief:
    betreff = clean(vorlagen.render("betreff.txt.j2", sprache, werte))
    text = vorlagen.render("einladung.md.j2", sprache, werte)
    als_markdown = {key: _escaped(wert) for key, wert in werte.items()}
    markdown = "\n".join(
        (
            f"# {re.sub(_AM_ANFANG, '[', _escaped(betreff))}\n",
            vorlagen.render("notiz.md.j2", sprache, als_markdown),
            "---\n",
            vorlagen.render("einladung.md.j2", sprache, als_markdown),
        )
    )
    return Brief(
        sitzung.id, betreff, werte["versand"], markdown, _mail(projekt, plan, sitzung, betreff, text, sprache)
    )


def _mail(projekt: Projekt, plan: Plan, sitzung: Sitzung, betreff: str, text: str, sprache: str) -> bytes:
    """Return a mail whose bytes depend on the plan alone: dated by the last change, named by UID and SEQUENCE."""
    zone = time_zone(projekt.stadt.zeitzone, plan.jahr)
    stand: datetime = letzte_aenderung(plan, sitzung.id).replace(tzinfo=zone)
    lokal, _, domain = sitzung.uid(projekt.stadt.domain).partition("@")
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = betreff
    mail["To"] = Group(clean(projekt.stadt.gremium_name(sitzung.gremium)) or sitzung.gremium.id, ())
    mail["Date"] = format_datetime(stand)
    mail["Message-ID"] = f"<einladung.{lokal}.{sequenz(plan, sitzung.id)}@{domain}>"
    mail["X-Unsent"] = "1"  # mail programs open it as a draft
    mail.set_content(text, charset="utf-8", cte="quoted-printable")
    mail["Content-Language"] = sprache
    return mail.as_bytes()


def _escaped(wert: Any) -> Any:
    r"""Return a value whose texts mean themselves in Markdown, whatever they say.

    >>> _escaped({"name": "Haus *Ufer*"})
    {'name': 'Haus \\*Ufer\\*'}
    """
    match wert:
        case str():
            return _MARKDOWN.sub(r"\\\1", wert)
        case Mapping():
            return {key: _escaped(teil) for key, teil in wert.items()}
        case list():
            return [_escaped(teil) for teil in wert]
        case _:
            return wert
