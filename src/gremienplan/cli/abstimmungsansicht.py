"""What is agreed, open, refused and void, in words and as JSON; and the ways out of a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import frozen
from rich.padding import Padding

from gremienplan.cli.ausgabe import heading, say, show, table
from gremienplan.cli.folgebefehl import whole
from gremienplan.cli.sprache import language, words
from gremienplan.texts import Text, render_value

if TYPE_CHECKING:
    from gremienplan.abstimmung import Abstimmung, Anfrage, Aussage, Grund
    from gremienplan.plan import Plan
    from gremienplan.projekt import Projekt


@frozen
class Lage:
    """Everything there is to say of the agreements on a plan's dates."""

    projekt: Projekt
    plan: Plan
    abstimmung: Abstimmung
    fragen: tuple[Anfrage, ...]
    bis: Mapping[str, date | None]
    """Id of a Sitz -> by when its mail asks for an answer; None where that day is past."""

    def aussage(self, frage: Anfrage) -> Aussage | None:
        """Return what the Sitz said last, of this date or another."""
        return self.abstimmung.je.get((frage.sitzung.id, frage.sitz.id))

    def grund(self, frage: Anfrage) -> Grund | None:
        """Return why the agreement is missing; None where it is there."""
        from gremienplan.abstimmung import mangel

        return mangel(frage, self.abstimmung)

    def mit(self, grund: Grund | None) -> tuple[Anfrage, ...]:
        """Return what is missing for this reason; None: what is agreed."""
        return tuple(frage for frage in self.fragen if self.grund(frage) is grund)


def _states() -> tuple[tuple[Grund | None, Text, Text], ...]:
    """Return the four states: which, as the heading of a column, and as that of a list."""
    from gremienplan.abstimmung import Grund

    return (
        (None, Text("agreed"), Text("Agreed:")),
        (Grund.OFFEN, Text("open"), Text("Not answered:")),
        (Grund.ABGELEHNT, Text("refused"), Text("Refused:")),
        (Grund.HINFAELLIG, Text("void"), Text("Void, moved since the answer:")),
    )


def show_lage(lage: Lage) -> None:
    """Write how many dates each office has agreed to, then every date by its state."""
    states = _states()
    heading(
        Text("Agreement on dates: {stadt}, {jahr}", stadt=lage.projekt.stadt.name, jahr=str(lage.plan.jahr))
    )
    sitze = {frage.sitz.id: frage.sitz for frage in lage.fragen}
    rows = []
    for id in (id for id in lage.projekt.stadt.alle_sitze if id in sitze):
        eigene = [lage.grund(frage) for frage in lage.fragen if frage.sitz.id == id]
        zahlen = [str(eigene.count(grund)) for grund, *_ in states]
        rows.append((lage.projekt.stadt.sitz_name(sitze[id]), *zahlen))
    show(table((Text("Office"), *(kurz for _, kurz, _ in states)), rows, flexible=0))
    for grund, _, kopf in states:
        fragen = lage.mit(grund)
        if fragen:
            show()
            heading(kopf)
            _show_dates(lage, fragen)


def _show_dates(lage: Lage, fragen: Sequence[Anfrage]) -> None:
    vorher = None
    for frage in fragen:
        if frage.termin != vorher:
            when = render_value(frage.termin.beginn, language())
            show(Padding(f"{when}  {frage.sitzung.name} [{frage.sitzung.id}]", (0, 0, 0, 2)))
        vorher = frage.termin
        show(Padding(words(_said(lage, frage)), (0, 0, 0, 4)))


def _said(lage: Lage, frage: Anfrage) -> Text:
    """Return who, and what it said last."""
    from gremienplan.abstimmung import Antwort, Grund

    name = lage.projekt.stadt.sitz_name(frage.sitz)
    aussage = lage.aussage(frage)
    if aussage is None:
        tag = lage.bis.get(frage.sitz.id)
        if tag is None:
            return Text("{sitz}: was to answer by {tag}", sitz=name, tag=frage.bis)
        return Text("{sitz}: please by {tag}", sitz=name, tag=tag)
    wort = Text("yes") if aussage.antwort is Antwort.JA else Text("no")
    if lage.grund(frage) is Grund.HINFAELLIG:
        return Text("{sitz}: {wort} to {alt}", sitz=name, wort=wort, alt=aussage.beginn)
    if aussage.bemerkung:
        bemerkung = aussage.bemerkung
        return Text(
            "{sitz}: {wort}, noted {tag}: “{bemerkung}”",
            sitz=name,
            wort=wort,
            tag=aussage.stand.date(),
            bemerkung=bemerkung,
        )
    return Text("{sitz}: {wort}, noted {tag}", sitz=name, wort=wort, tag=aussage.stand.date())


def ways_out(frage: Anfrage, jahr: int) -> tuple[str, ...]:
    """Return the commands that lead to another date of what was refused."""
    id = frage.sitzung.id
    return (
        f"gremienplan alternatives {id} --jahr {jahr}",
        f"gremienplan pin {id} {jahr}-MM-DD --jahr {jahr}",
        f"gremienplan pin --accept --jahr {jahr}",
    )


def say_ways_out(lage: Lage) -> None:
    """Say how each refused date can be moved, and what then is to be asked."""
    from gremienplan.abstimmung import Grund

    jahr = lage.plan.jahr
    refused = {frage.sitzung.id: frage for frage in lage.mit(Grund.ABGELEHNT)}
    for frage in refused.values():
        other, try_it, keep = ways_out(frage, jahr)
        say(Text("Another date for “{sitzung}”:", sitzung=frage.sitzung.name))
        for text in (
            Text("which there are: {command}", command=other),
            Text("try one: {command}", command=try_it),
            Text("keep it: {command}", command=keep),
        ):
            show(Padding(words(text), (0, 0, 0, 2)), stderr=True)
    if refused:
        say(
            Text(
                "If the rules or the calendar change first: {command}",
                command=f"gremienplan replan --jahr {jahr}",
            )
        )


def lage_json(lage: Lage) -> list[dict[str, Any]]:
    """Return the same as plain data, one entry for each date and office."""
    from gremienplan.abstimmung import Grund

    return [
        {
            "sitzung": frage.sitzung.id,
            "name": frage.sitzung.name,
            "sitz": frage.sitz.id,
            "beginn": frage.termin.beginn.isoformat(timespec="minutes"),
            "ende": frage.termin.ende.isoformat(timespec="minutes"),
            "ort": frage.termin.ort,
            "bis": (lage.bis.get(frage.sitz.id) or frage.bis).isoformat(),
            "abstimmung": grund.value if grund else "agreed",
            "aussage": aussage_json(aussage) if aussage else None,
            "auswege": [whole(w) for w in ways_out(frage, lage.plan.jahr)]
            if grund is Grund.ABGELEHNT
            else [],
        }
        for frage in lage.fragen
        for grund, aussage in [(lage.grund(frage), lage.aussage(frage))]
    ]


def aussage_json(aussage: Aussage) -> dict[str, Any]:
    """Return what a Sitz said as plain data."""
    return {
        "sitzung": aussage.sitzung,
        "sitz": aussage.sitz,
        "beginn": aussage.beginn.isoformat(timespec="minutes"),
        "ende": aussage.ende.isoformat(timespec="minutes"),
        "ort": aussage.ort,
        "antwort": aussage.antwort.value,
        "bemerkung": aussage.bemerkung,
        "stand": aussage.stand.isoformat(),
    }
