"""One list of dates per office to agree on: an Excel file with the answers to choose, and a mail that brings it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from attrs import frozen

from gremienplan.abstimmung import Abstimmung, anfragen
from gremienplan.abstimmungsliste import ANTWORTEN, Liste, file_names, listen, span, tables
from gremienplan.plan import Plan
from gremienplan.projekt import Projekt
from gremienplan.publishing.dateien import write_atomically
from gremienplan.publishing.mappe import EPOCHE, Mappe, workbook_bytes
from gremienplan.tabellen import clean, ort_names
from gremienplan.texts import Text, Wert, render

EXCEL, POST = ".xlsx", ".eml"
_TYP = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@frozen
class Geschrieben:
    """What writing the lists did: names of files, sorted; each is in one of the three."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """Lists of offices that have nothing to answer any more."""


def list_files(
    projekt: Projekt,
    plan: Plan,
    abstimmung: Abstimmung,
    *,
    ab: datetime | None = None,
    bis: date | None = None,
    sprache: str = "de",
) -> Mapping[str, bytes | None]:
    """Return the files of all offices that are ever asked, by name; None where there is nothing to ask.

    ``bis`` is the day by which to answer; None: the first by which a task says so that is not past at ``ab``. The same
    plan and record give the same bytes. Raises InputError where openpyxl is not installed.
    """
    zu_fragen = {liste.sitz.id: liste for liste in listen(projekt, plan, abstimmung, ab=ab)}
    sitze = sorted({frage.sitz.id for frage in anfragen(projekt, plan)})
    found: dict[str, bytes | None] = {}
    for sitz, name in file_names(sitze).items():
        excel = post = None
        if (liste := zu_fragen.get(sitz)) is not None:
            excel = list_workbook(projekt, plan, liste, sprache)
            tag = bis or answer_by(liste, ab)
            post = list_mail(projekt, plan, liste, tag, sprache, f"{name}{EXCEL}", excel)
        found |= {f"{name}{EXCEL}": excel, f"{name}{POST}": post}
    return found


def write_lists(ordner: Path, files: Mapping[str, bytes | None]) -> Geschrieben:
    """Write the files into a folder, each whole or not at all, and remove those with nothing to ask."""
    ordner.mkdir(parents=True, exist_ok=True)
    neu = {name for name, inhalt in files.items() if inhalt and write_atomically(ordner / name, inhalt)}
    weg = {name for name, inhalt in files.items() if inhalt is None and (ordner / name).is_file()}
    for name in weg:
        (ordner / name).unlink()
    gleich = {name for name, inhalt in files.items() if inhalt} - neu
    return Geschrieben(tuple(sorted(neu)), tuple(sorted(gleich)), tuple(sorted(weg)))


def _titel(projekt: Projekt, plan: Plan, liste: Liste) -> Text:
    return Text(
        "Dates to agree on, {jahr}: {sitz}",
        jahr=str(plan.jahr),
        sitz=clean(projekt.stadt.sitz_name(liste.sitz)),
    )


def _stand(plan: Plan) -> datetime:
    return plan.verlauf[-1].stand if plan.verlauf else EPOCHE


def list_workbook(projekt: Projekt, plan: Plan, liste: Liste, sprache: str) -> bytes:
    """Return a list as an Excel file."""
    titel = render(_titel(projekt, plan, liste), sprache)
    return workbook_bytes(Mappe(titel, _stand(plan), sprache), tables(projekt, plan, liste, sprache))


def answer_by(liste: Liste, ab: datetime | None) -> date | None:
    """Return the first day by which a task wants an answer that is not past at ``ab``; None where all are."""
    tage = (frage.bis for frage in liste.fragen)
    return min((tag for tag in tage if ab is None or tag >= ab.date()), default=None)


def list_mail(
    projekt: Projekt, plan: Plan, liste: Liste, bis: date | None, sprache: str, name: str, excel: bytes
) -> bytes:
    """Return a mail with a list in it, which a mail program opens as one still to be sent.

    It is addressed to the office where the project knows its address, and comes from whoever sends it.
    """
    post = EmailMessage(policy=SMTP)
    post["X-Unsent"] = "1"
    adresse = projekt.postfaecher.get(liste.sitz.id, "")
    post["To"] = Address(addr_spec=adresse) if adresse else ""
    post["Subject"] = render(_titel(projekt, plan, liste), sprache)
    zone = ZoneInfo(projekt.stadt.zeitzone)
    post["Date"] = format_datetime(_stand(plan).replace(tzinfo=zone, microsecond=0))
    zeichen = hashlib.sha256(excel + f"{adresse} {bis}".encode()).hexdigest()[:16]
    kennung = f"abstimmung.{plan.jahr}.{Path(name).stem}.{zeichen}"
    post["Message-ID"] = f"<{kennung}@{projekt.stadt.domain}>"
    post.set_content("\n".join(_zeilen(projekt, liste, bis, sprache)) + "\n", cte="quoted-printable")
    haupt, unter = _TYP
    post.add_attachment(excel, maintype=haupt, subtype=unter, filename=name)
    post.set_boundary(f"=_{zeichen}")
    return post.as_bytes()


def _zeilen(projekt: Projekt, liste: Liste, bis: date | None, sprache: str) -> Sequence[str]:
    """Return the lines of a mail: greeting, the dates one by one, and how to answer until when."""
    ja, nein = (ANTWORTEN[antwort] for antwort in ANTWORTEN)
    texte: list[Text | None] = [
        Text("Good day,"),
        None,
        Text("We ask for your agreement to these dates before they are made public:"),
        None,
        *_dates(projekt, liste),
        None,
        *([Text("Please answer by {tag}.", tag=bis)] if bis else []),
        Text(
            "Choose {ja} or {nein} in the column for answers of the attached list, and send it back."
            " Where a date does not suit, a remark helps us to find another.",
            ja=ja,
            nein=nein,
        ),
        None,
        Text("With kind regards"),
    ]
    return [render(text, sprache) if text else "" for text in texte]


def _dates(projekt: Projekt, liste: Liste) -> Sequence[Text]:
    orte = ort_names(projekt.stadt)
    found = []
    for frage in liste.fragen:
        t = frage.termin
        werte: dict[str, Wert] = {
            "tag": t.beginn.date(),
            "zeit": span(t),
            "sitzung": clean(frage.sitzung.name),
            "ort": orte.get(t.ort, t.ort) or Text("a place still to be named"),
        }
        alt = liste.bisher.get(t.sitzung)
        if alt is None:
            found.append(Text("- {tag}, {zeit}: {sitzung}, at {ort}", **werte))
        else:
            found.append(
                Text("- {tag}, {zeit}: {sitzung}, at {ort}; moved, was {bisher}", **werte, bisher=alt.beginn)
            )
    return found
