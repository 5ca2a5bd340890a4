"""The meetings of Karlsruhe as entries, where the real exports lie beside this repository."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gremienplan.ratskalender import Einfuhr, Eintrag

DATEN = Path(__file__).parents[3] / "shared/data"
KARLSRUHE = DATEN / "oparl_somacos_karlsruhe"


def einfuhr() -> Einfuhr:
    """Return the meetings, read in the plainest way; the reader of OParl has tests of its own."""
    organisationen = json.loads((KARLSRUHE / "organizations.json").read_text("utf-8"))
    namen = {o["id"]: o["name"] for o in organisationen}
    dateien = sorted((KARLSRUHE / "meetings_raw").glob("*.json"))
    eintraege = tuple(_eintrag(json.loads(datei.read_text("utf-8")), namen) for datei in dateien)
    return Einfuhr("ratsinfo", "oparl", "ratsinfo.example", datetime(2026, 9, 1), "0" * 16, eintraege)


def _eintrag(meeting: dict[str, Any], namen: dict[str, str]) -> Eintrag:
    ort = meeting.get("location") or {}
    return Eintrag(
        "ratsinfo",
        meeting["id"].rpartition("/")[2],
        meeting["name"],
        _lokal(meeting["start"]),
        _lokal(meeting["end"]) if "end" in meeting else None,
        ort.get("description", ""),
        gremien=tuple(namen[o] for o in meeting.get("organization", ()) if o in namen),
    )


def _lokal(zeit: str) -> datetime:
    return datetime.fromisoformat(zeit).astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None)
