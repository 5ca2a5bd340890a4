"""Why a Sitz presents an item in a sitting of a political body, is to know of it, or has no part in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen
from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, passage
from gremienplan.cli.ausgabe import show, write_json
from gremienplan.cli.gruende import als_name, atom_names, atom_word, derivation_json, few, sitz_or_rolle
from gremienplan.cli.projekte import plan_on_disk
from gremienplan.cli.sprache import words
from gremienplan.rules import Invitation, why
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Beratungstermin
    from gremienplan.programm import Beratung
    from gremienplan.projekt import Projekt
    from gremienplan.stadt import Gremium, Sitz


@frozen
class _Sitting:
    """A sitting of the body that hears the item, whatever else it is about."""

    gremium: Gremium
    anlass: tuple[str, ...] = ()


def explain_beratung(
    projekt: Projekt, beratung: Beratung, sitz: Sitz, folder: Path, am: date | None, *, as_json: bool
) -> None:
    """Write what part a Sitz has in an item, and why; then whether it is in that sitting anyway."""
    termin = _planned(beratung, folder)
    tag = am or (termin.beginn.date() if termin else beratung.zu.fenster()[0])
    presents = any(one.id == sitz.id for one in beratung.vortrag)
    heute, body = projekt.stadt.am(tag), projekt.stadt.gremium_am(beratung.gremium, tag) or beratung.gremium
    knows = any(
        one.id == sitz.id
        for rolle in beratung.eintrag.kenntnis
        for one in heute.sitze_von(rolle, body.gebiet)
    )
    sitting = why(projekt.stadt, projekt.regeln, _Sitting(beratung.gremium), sitz, tag)
    in_it = sitting if isinstance(sitting, Invitation) else None
    if as_json:
        write_json(
            "why",
            beratung=beratung.id,
            name=beratung.name,
            tag=tag.isoformat(),
            sitz=sitz.id,
            sitz_name=projekt.stadt.sitz_name(sitz),
            vortrag=presents,
            kenntnis=knows,
            geplant=sitz.id in termin.vortrag if termin else None,
            vortragende=[one.id for one in beratung.vortrag],
            ueber=_shared(beratung, sitz),
            grundlage=grundlage_json(beratung.eintrag.grundlage, projekt.katalog),
            gruende=[derivation_json(g, projekt.katalog) for g in in_it.gruende] if in_it else [],
        )
        return
    show(f"{beratung.name} [{beratung.id}]")
    show(words(Text("Belongs to: {sitzung}", sitzung=f"{beratung.zu.name} [{beratung.zu.id}]")))
    if termin:
        show(words(Text("Heard: {beginn} (as planned)", beginn=termin.beginn)))
    show(words(Text("Sitz: {sitz}", sitz=f"{projekt.stadt.sitz_name(sitz)} [{sitz.id}]")))
    for line in _part(projekt, beratung, sitz, presents=presents):
        show(words(line))
    show(Padding(words(passage(beratung.eintrag.grundlage, projekt.katalog)), (0, 0, 0, 3)))
    if termin and presents != (sitz.id in termin.vortrag):
        planned = tuple(sitz_or_rolle(projekt, wer) for wer in termin.vortrag)
        show(words(Text("As planned it is presented by: {sitze}", sitze=planned)))
    if knows:
        show(words(Text("Is told of this item, for information.")))
    if in_it is None:
        show(words(Text("Not invited to this sitting otherwise.")))
        return
    for grund in in_it.gruende:
        als = als_name(grund.als)
        show()
        show(words(Text("In this sitting anyway, as {als}, by rule {regel}", als=als, regel=grund.regel)))
        show(Padding(words(passage(grund.grundlage, projekt.katalog)), (0, 0, 0, 3)))


def _part(projekt: Projekt, beratung: Beratung, sitz: Sitz, *, presents: bool) -> tuple[Text, ...]:
    rollen = tuple(sitz_or_rolle(projekt, eintrag) for eintrag in beratung.eintrag.vortrag)
    gebiet = beratung.gebiet.name
    if presents:
        shared = _shared(beratung, sitz)
        atom, atome = atom_word(projekt), atom_names(projekt, shared)
        return (
            Text("Presents this item: yes"),
            Text("It is presented for “{gebiet}” by: {rollen}", gebiet=gebiet, rollen=rollen),
            Text("Through {atom}: {atome}", atom=atom, atome=atome),
        )
    found = (
        Text("Presents this item: no"),
        Text("It is presented for “{gebiet}” by: {rollen}", gebiet=gebiet, rollen=rollen),
    )
    if sitz.rolle.id not in beratung.eintrag.vortrag:
        return found
    return (
        *found,
        Text(
            "The areas share no {atom}. The Sitz has: {sitz}. The item has: {punkt}.",
            atom=atom_word(projekt),
            sitz=few(tuple(sorted(sitz.gebiet.atome))),
            punkt=few(tuple(sorted(beratung.gebiet.atome))),
        ),
    )


def _shared(beratung: Beratung, sitz: Sitz) -> list[str]:
    return sorted(sitz.gebiet.atome & beratung.gebiet.atome)


def _planned(beratung: Beratung, folder: Path) -> Beratungstermin | None:
    plan = plan_on_disk(folder, beratung.jahr)
    return next((t for t in plan.beratungen if t.beratung == beratung.id), None) if plan else None
