"""Plan ↔ JSON text: what ``plan.json`` holds. Pure: nothing here reads or writes a file.

The text is made to be compared: everything is sorted, one Termin stands on one line, and equal plans give equal
bytes. It holds ids, times and numbers, no prose. Times are the city's local time; its shape is also given as a
JSON Schema, ``plan.schema.json`` beside this package.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import asdict, astuple, evolve

from gremienplan.plan.lesen import read
from gremienplan.plan.sehen import reihenfolge
from gremienplan.plan.werte import Beleg, Gesehen, Plan, Verlaufseintrag

SCHEMA_FORMAT = 1
"""The ``format`` of the plans this version writes and reads."""


def geordnet(plan: Plan) -> Plan:
    """Return the plan with everything in the order of its text; the history keeps its own."""
    return evolve(
        plan,
        termine=tuple(sorted(plan.termine, key=astuple)),
        beratungen=tuple(sorted(plan.beratungen, key=astuple)),
        stufen=tuple(sorted(plan.stufen, key=astuple)),
        offen=tuple(sorted(plan.offen)),
        eingaben=dict(sorted(plan.eingaben.items())),
        beleg=plan.beleg and _geordneter_beleg(plan.beleg),
        ratskalender=plan.ratskalender and tuple(sorted(plan.ratskalender, key=reihenfolge)),
        verlauf=tuple(
            evolve(
                e,
                neu=tuple(sorted(e.neu)),
                verlegt=tuple(sorted(e.verlegt)),
                abgesagt=tuple(sorted(e.abgesagt, key=astuple)),
                gehalten=tuple(sorted(e.gehalten)),
                protokolle=tuple(sorted(e.protokolle)),
            )
            for e in plan.verlauf
        ),
        zusaetzlich=tuple(sorted(plan.zusaetzlich, key=astuple)),
        gehalten=dict(sorted(plan.gehalten.items())),
        aufgezeichnet=dict(sorted(plan.aufgezeichnet.items())),
    )


def _geordneter_beleg(beleg: Beleg) -> Beleg:
    return evolve(
        beleg,
        daten=dict(sorted(beleg.daten.items())),
        lesarten=dict(sorted(beleg.lesarten.items())),
        lesarten_ab=dict(sorted(beleg.lesarten_ab.items())),
        lesarten_angabe={
            frage: dict(sorted(angabe.items())) for frage, angabe in sorted(beleg.lesarten_angabe.items())
        },
        regeln=dict(sorted(beleg.regeln.items())),
        einladungen={
            sitzung: {regel: tuple(sorted(sitze)) for regel, sitze in sorted(gruende.items())}
            for sitzung, gruende in sorted(beleg.einladungen.items())
        },
    )


def plan_to_json(plan: Plan) -> str:
    """Return the text of ``plan.json``, with a newline at its end."""
    plan = geordnet(plan)
    teile = {
        "format": _wert(SCHEMA_FORMAT),
        "stadt": _wert(plan.stadt),
        "jahr": _wert(plan.jahr),
        "programm": _wert(plan.programm),
        **({"profil": _wert(plan.profil)} if plan.profil else {}),
        "abgebrochen": _wert(plan.abgebrochen),
        **({"kanonisch": _wert(True)} if plan.kanonisch else {}),
        "eingaben": _tabelle({name: _wert(hash_) for name, hash_ in plan.eingaben.items()}, "  "),
        **({"beleg": _beleg(plan.beleg)} if plan.beleg else {}),
        "stufen": _liste(map(_zeile, plan.stufen), "  "),
        "offen": _liste(map(_wert, plan.offen), "  "),
        "termine": _liste(map(_zeile, plan.termine), "  "),
        "beratungen": _liste(map(_zeile, plan.beratungen), "  "),
        **({"zusaetzlich": _liste(map(_zeile, plan.zusaetzlich), "  ")} if plan.zusaetzlich else {}),
        **(
            {"gehalten": _tabelle({s: _zeile(wert) for s, wert in plan.gehalten.items()}, "  ")}
            if plan.gehalten
            else {}
        ),
        **(
            {"ratskalender": _liste(map(_gesehen, plan.ratskalender), "  ")}
            if plan.ratskalender is not None
            else {}
        ),
        "verlauf": _liste(map(_eintrag, plan.verlauf), "  "),
        "aufgezeichnet": _tabelle({e: _zeile(vermerk) for e, vermerk in plan.aufgezeichnet.items()}, "  "),
    }
    return _tabelle(teile, "") + "\n"


def siegel(plan: Plan) -> str:
    """Return 16 hex digits for all that the text of a plan says beside its receipt."""
    return hashlib.sha256(plan_to_json(evolve(plan, beleg=None)).encode()).hexdigest()[:16]


def _beleg(beleg: Beleg) -> str:
    teile = {
        "version": _wert(beleg.version),
        "werk": _wert(beleg.werk),
        "daten": _wert(beleg.daten),
        "siegel": _wert(beleg.siegel),
        "lesarten": _tabelle({frage: _wert(lesart) for frage, lesart in beleg.lesarten.items()}, "    "),
        **{
            key: _tabelle({frage: _wert(wert) for frage, wert in tabelle.items()}, "    ")
            for key in ("lesarten_ab", "lesarten_angabe")
            if (tabelle := getattr(beleg, key))
        },
        "regeln": _tabelle({regel: _zeile(wort) for regel, wort in beleg.regeln.items()}, "    "),
        "einladungen": _tabelle({s: _wert(gruende) for s, gruende in beleg.einladungen.items()}, "    "),
    }
    return _tabelle(teile, "  ")


def _eintrag(eintrag: Verlaufseintrag) -> str:
    teile = {
        "stand": _wert(eintrag.stand),
        "zustand": _wert(eintrag.zustand.value),
        "neu": _liste(map(_wert, eintrag.neu), "      "),
        "verlegt": _liste(map(_frueher, eintrag.verlegt), "      "),
        "abgesagt": _liste(map(_zeile, eintrag.abgesagt), "      "),
        **{
            key: _liste(map(_wert, ids), "      ")
            for key, ids in (("gehalten", eintrag.gehalten), ("protokolle", eintrag.protokolle))
            if ids
        },
    }
    return _tabelle(teile, "    ")


def _gesehen(sitzung: Gesehen) -> str:
    return _wert(asdict(sitzung, filter=lambda feld, wert: feld.name != "verschwunden" or wert))


def _frueher(was: tuple[str, datetime]) -> str:
    ereignis, bisher = was
    return _wert({"ereignis": ereignis, "bisher": bisher})


def _zeile(wert: Any) -> str:
    return _wert(asdict(wert))


def _wert(wert: object) -> str:
    return json.dumps(wert, ensure_ascii=False, default=_zeit)


def _zeit(zeit: datetime) -> str:
    """Return a time to the minute; seconds are written only where somebody gave them."""
    return zeit.isoformat(timespec="auto" if zeit.second or zeit.microsecond else "minutes")


def _liste(zeilen: Iterable[str], einzug: str) -> str:
    inhalt = ",\n".join(f"{einzug}  {zeile}" for zeile in zeilen)
    return f"[\n{inhalt}\n{einzug}]" if inhalt else "[]"


def _tabelle(teile: Mapping[str, str], einzug: str) -> str:
    inhalt = ",\n".join(f"{einzug}  {_wert(key)}: {wert}" for key, wert in teile.items())
    return f"{{\n{inhalt}\n{einzug}}}" if inhalt else "{}"


def plan_from_json(text: str, datei: str = "plan.json") -> Plan:
    """Return the plan that a text describes. Raises InputError with every problem in it."""
    return geordnet(read(text, datei, SCHEMA_FORMAT))
