"""What is known of a Sitzung afterwards: that it was held, and where its minutes are."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from gremienplan.errors import InputError
from gremienplan.handarbeit.pruefen import names_of, refusal, wrong
from gremienplan.handarbeit.stellen import dated
from gremienplan.handarbeit.werte import Handgriff
from gremienplan.plan import Gehalten, Plan, record
from gremienplan.programm import Beratung
from gremienplan.projekt import Projekt
from gremienplan.texts import Text
from gremienplan.webadresse import address_problem


def mark_held(projekt: Projekt, plan: Plan, sitzung: str, *, stand: datetime) -> Handgriff:
    """Mark a Sitzung as held: from then on it is a fact, whatever is asked of the year. One still to come is refused.

    Raises InputError for a Sitzung without a date, and for a Beratung.
    """
    return _known(projekt, plan, sitzung, plan.gehalten.get(sitzung, Gehalten()), stand)


def set_protocol(projekt: Projekt, plan: Plan, sitzung: str, adresse: str, *, stand: datetime) -> Handgriff:
    """Say where the minutes of a Sitzung are (http or https); what has minutes was held. An empty address drops it.

    Where there is none to drop, nothing changes.

    Raises InputError like :func:`mark_held`, and for what is no address.
    """
    beispiel = "https://rat.example/protokoll/2027-03-02.pdf"
    if adresse and (problem := address_problem("URL", adresse, beispiel, ganz=True)):
        raise InputError([problem])
    if not adresse and sitzung not in plan.gehalten:
        dated(projekt, plan, sitzung)
        return Handgriff((sitzung,), plan, plan, names_of(projekt, plan))
    return _known(projekt, plan, sitzung, Gehalten(adresse), stand)


def _known(projekt: Projekt, plan: Plan, sitzung: str, gehalten: Gehalten, stand: datetime) -> Handgriff:
    if isinstance(dated(projekt, plan, sitzung), Beratung):
        meldung = Text("An item is heard in a sitting of another body, which keeps the minutes itself.")
        raise wrong("SITZUNG", meldung, sitzung)
    namen, lage = names_of(projekt, plan), plan.lagen[sitzung][0]
    if lage.beginn > stand:
        meldung = Text(
            "{name}, {beginn}: this is still to come; only what has begun can have been held.",
            name=namen[sitzung],
            beginn=lage.beginn,
        )
        return refusal(plan, namen, lage, meldung, Text("it is still to come"))
    if plan.gehalten.get(sitzung) == gehalten:
        return Handgriff((sitzung,), plan, plan, namen)
    neu = evolve(plan, gehalten={**plan.gehalten, sitzung: gehalten})
    return Handgriff((sitzung,), plan, record(neu, plan, stand, plan.zustand), namen)
