"""Levers in the project's own file: a Sitzung left to be announced, a fixed date or a pin let go."""

from __future__ import annotations

from attrs import evolve

from gremienplan import requirements as req
from gremienplan.planning.hebel import Hebel, Schritt, Wort
from gremienplan.projekt import Festlegung, Offen, Projekt
from gremienplan.requirements import Namen
from gremienplan.texts import Text

WEGFALL, OFFEN = 45, 120
"""What it costs, in days, to drop a rule, and to leave a Sitzung without a date."""

PROJEKT = "gremienplan.toml"


def open_again(jahr: int, r: req.Stattfinden, namen: Namen) -> Hebel:
    """Return the lever that leaves a Sitzung nobody but the planner asks for without a date."""

    def aendern(projekt: Projekt, _weit: int) -> Projekt:
        return evolve(projekt, offen=(*projekt.offen, Offen(r.ereignis, jahr)))

    def sagen(_weit: int) -> Schritt:
        return Schritt(
            Wort.VORGABE,
            r.grundlage,
            Text("{name}: its date is still to be announced.", name=namen[r.ereignis]),
            Text("in the project's own file, or without the Sitzung in a programme of your own"),
            PROJEKT,
            f'[[offen]]\nsitzung = "{r.ereignis}"\njahr = {jahr}\n',
            1,
        )

    return Hebel(f"offen:{r.ereignis}", Wort.VORGABE, 1, OFFEN, aendern, sagen)


def take_off(jahr: int, r: req.Stattfinden, namen: Namen) -> Hebel:
    """Return the lever that cancels a Sitzung which was added by hand."""

    def aendern(projekt: Projekt, _weit: int) -> Projekt:
        rest = tuple(
            evolve(z, abgesagt=z.abgesagt or z.sitzung == r.ereignis) for z in projekt.zusatz.get(jahr, ())
        )
        return evolve(projekt, zusatz={**projekt.zusatz, jahr: rest})

    def sagen(_weit: int) -> Schritt:
        command = f"gremienplan cancel {r.ereignis} --jahr {jahr}"
        return Schritt(
            Wort.VORGABE,
            r.grundlage,
            Text("{name}: is off.", name=namen[r.ereignis]),
            Text("it was added by hand; cancel it: {command}", command=command),
            f"jahre/{jahr}/plan.json",
            f"# {command}\n",
            1,
        )

    return Hebel(f"zusatz:{r.ereignis}", Wort.VORGABE, 1, WEGFALL, aendern, sagen)


def let_go(jahr: int, r: req.Fest, namen: Namen) -> Hebel:
    """Return the lever that takes back a date somebody has fixed for this year."""

    def aendern(projekt: Projekt, _weit: int) -> Projekt:
        def meant(f: Festlegung) -> bool:
            return f.sitzung == r.ereignis and f.of(jahr) and f.beginn == r.beginn

        return evolve(projekt, fest=tuple(f for f in projekt.fest if not meant(f)))

    def sagen(_weit: int) -> Schritt:
        return Schritt(
            Wort.VORGABE,
            r.grundlage,
            Text("{name}: not fixed for {beginn}.", beginn=r.beginn, name=namen[r.ereignis]),
            Text("take this entry out, or change its date"),
            PROJEKT,
            f'# [[fest]]\n# sitzung = "{r.ereignis}"\n# beginn = {r.beginn.isoformat()}\n',
            1,
        )

    return Hebel(r.id, Wort.VORGABE, 1, WEGFALL, aendern, sagen)


def unpin(jahr: int, r: req.Fest, namen: Namen) -> Hebel:
    """Return the lever that drops a pin."""

    def aendern(projekt: Projekt, _weit: int) -> Projekt:
        kept = tuple(pin for pin in projekt.pins if pin.sitzung != r.ereignis or not pin.of(jahr))
        return evolve(projekt, pins=kept)

    def sagen(_weit: int) -> Schritt:
        tag, name = r.beginn.date(), namen[r.ereignis]
        return Schritt(
            Wort.VORGABE,
            r.grundlage,
            Text("{name}: no longer pinned to {tag}.", tag=tag, name=name),
            Text("drop the pin: {command}", command=f"gremienplan pin {r.ereignis} --jahr {jahr} --drop"),
            f"jahre/{jahr}/pins.toml",
            f'# [[pin]]\n# sitzung = "{r.ereignis}"\n# tag = {tag}\n',
            1,
        )

    return Hebel(r.id, Wort.VORGABE, 1, WEGFALL, aendern, sagen)
