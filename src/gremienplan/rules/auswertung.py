"""Evaluation of the rules: the join of a rule's Rollen with the Gremium's Gebiet, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from gremienplan.quellen import Grundlage
from gremienplan.rules.werte import Derivation, Invitation, Regel, RegelArt, Tagung
from gremienplan.stadt import Gremium, Sitz, Stadt, gilt


def applies(regel: Regel, gremium: Gremium, tag: date) -> bool:
    """Tell whether a rule is about this Gremium and in force on this day; the Anlass is another matter."""
    return (
        regel.gremium in (gremium.art.id, gremium.id)
        and (regel.nur is None or gremium.gebiet.id in regel.nur)
        and gilt(regel.gueltig_ab, regel.gueltig_bis, tag)
    )


def _sitze(stadt: Stadt, regel: Regel, gremium: Gremium) -> Iterator[tuple[Sitz, tuple[str, ...]]]:
    for eintrag in regel.rollen:
        for sitz in stadt.sitze_von(eintrag, gremium.gebiet):
            shared = () if "/" in eintrag else tuple(sorted(sitz.gebiet.atome & gremium.gebiet.atome))
            yield sitz, shared


def _insbesondere(regel: Regel, gremium: Gremium) -> Grundlage | None:
    mark = regel.insbesondere
    return mark.grundlage if mark and (mark.nur is None or gremium.gebiet.id in mark.nur) else None


def _of_kind(
    stadt: Stadt, regeln: Iterable[Regel], art: RegelArt, gremium: Gremium, tag: date
) -> tuple[Sitz, ...]:
    heute, body = stadt.am(tag), stadt.gremium_am(gremium, tag)
    found = (
        sitz
        for regel in regeln
        if body is not None and regel.art is art and applies(regel, body, tag)
        for sitz, _ in _sitze(heute, regel, body)
    )
    return tuple(dict.fromkeys(found))


def mitglieder(stadt: Stadt, regeln: Sequence[Regel], gremium: Gremium, tag: date) -> tuple[Sitz, ...]:
    """Return the Sitze that belong to a Gremium on a day, in the order of the rules, each once."""
    return _of_kind(stadt, regeln, RegelArt.MITGLIEDSCHAFT, gremium, tag)


def gastgeber(stadt: Stadt, regeln: Sequence[Regel], gremium: Gremium, tag: date) -> tuple[Sitz, ...]:
    """Return the Sitze that invite to a Gremium's Sitzungen; empty where nobody has said who does."""
    return _of_kind(stadt, regeln, RegelArt.GASTGEBER, gremium, tag)


def geschaeftsfuehrung(
    stadt: Stadt, regeln: Sequence[Regel], gremium: Gremium, tag: date
) -> tuple[Sitz, ...]:
    """Return the Sitze that manage a Gremium; the concept wants exactly one, ``check`` reports more."""
    return _of_kind(stadt, regeln, RegelArt.GESCHAEFTSFUEHRUNG, gremium, tag)


def invitations(stadt: Stadt, regeln: Sequence[Regel], sitzung: Tagung, tag: date) -> tuple[Invitation, ...]:
    """Return who is invited to a Sitzung that takes place on ``tag``, each Sitz once with all its reasons.

    Members, hosts and the managing office are invited to every Sitzung of their Gremium; a rule of kind
    ``einladung`` holds when the Sitzung has one of its Anlässe. A combined Sitzung therefore invites the union
    over its Anlässe, and another Anlass never removes anybody. The order is that of the rules. City, Gremium
    and rules are those of that day; nobody is invited to a Gremium that does not exist on it.
    """
    heute, body = stadt.am(tag), stadt.gremium_am(sitzung.gremium, tag)
    reasons: dict[Sitz, list[Derivation]] = {}
    for regel in regeln:
        if body is None or not applies(regel, body, tag):
            continue
        anlass = tuple(a for a in sitzung.anlass if regel.anlass is not None and a in regel.anlass)
        if regel.anlass is not None and not anlass:
            continue
        mark = _insbesondere(regel, body)
        for sitz, shared in _sitze(heute, regel, body):
            grund = Derivation(regel.id, regel.als, regel.grundlage, shared, anlass, mark)
            reasons.setdefault(sitz, []).append(grund)
    return tuple(Invitation(sitz, tuple(gruende)) for sitz, gruende in reasons.items())
