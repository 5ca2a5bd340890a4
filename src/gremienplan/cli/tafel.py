"""The table of every event and day, written step by step: what was broken off goes on where it was."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gremienplan.cli.ausgabe import say
from gremienplan.cli.codes import DONE
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Plan
    from gremienplan.planning import EffortName
    from gremienplan.planning.basis import Basis
    from gremienplan.planning.tafel import Zeile
    from gremienplan.projekt import Projekt

Row = dict[str, Any]


def write_table(folder: Path, projekt: Projekt, plan: Plan, effort: EffortName) -> int:
    """Write ``out/why-YEAR.json`` and ``.csv``; after each event what is known so far is kept beside them."""
    from gremienplan.plan import plan_to_json
    from gremienplan.planning import Effort
    from gremienplan.planning.basis import basis_of
    from gremienplan.planning.tafel import rows
    from gremienplan.publishing.dateien import write_atomically

    basis = basis_of(projekt, plan, grenze=Effort.named(effort).value)
    asked_so = "" if effort == "normal" else effort
    of = hashlib.sha256((plan_to_json(plan) + asked_so).encode()).hexdigest()[:16]
    out = folder / "out"
    out.mkdir(exist_ok=True)
    part = out / f"why-{plan.jahr}.part.json"
    known = _known(part, of)
    asked = [e for e in basis.frage.problem.ereignisse if e not in basis.year.fakten]
    for number, ereignis in enumerate(asked, start=1):
        if ereignis in known:
            continue
        known[ereignis] = [_row(row) for row in rows(basis, ereignis)]
        write_atomically(part, _bytes({"plan": of, "zeilen": known}))
        say(Text("{name}: {nummer} of {anzahl}", name=ereignis, nummer=number, anzahl=len(asked)))
    whole = {e: known[e] for e in asked}
    stufen = list(basis.preise.stufen)
    path = out / f"why-{plan.jahr}.json"
    write_atomically(path, _bytes({"plan": of, "jahr": plan.jahr, "stufen": stufen, "zeilen": whole}))
    write_atomically(path.with_suffix(".csv"), _csv(whole, basis).encode())
    part.unlink(missing_ok=True)
    say(Text("The table: {path}", path=str(path)))
    return DONE


def _known(part: Path, of: str) -> dict[str, list[Row]]:
    """Return what an earlier run has found of this very plan."""
    try:
        found = json.loads(part.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    zeilen: dict[str, list[Row]] = found["zeilen"] if found.get("plan") == of else {}
    return zeilen


def _row(zeile: Zeile) -> Row:
    found: Row = {"tag": zeile.tag.isoformat(), "genau": zeile.genau}
    if zeile.gruende:
        return found | {"gruende": list(zeile.gruende), "allein": zeile.allein}
    return found | {"mehr": list(zeile.mehr) if zeile.mehr is not None else None, "verlegt": zeile.verlegt}


def _bytes(data: Row) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _csv(whole: dict[str, list[Row]], basis: Basis) -> str:
    stages = [f"stufe{stufe}" for stufe in basis.preise.stufen]
    found = io.StringIO()
    writer = csv.writer(found, delimiter=";", lineterminator="\n")
    writer.writerow(["sitzung", "tag", "moeglich", "genau", *stages, "verlegt", "gruende"])
    for ereignis, rows in whole.items():
        writer.writerows(_cells(ereignis, row, len(stages)) for row in rows)
    return found.getvalue()


def _cells(ereignis: str, row: Row, stages: int) -> Iterator[object]:
    prices = row.get("mehr")
    yield from (ereignis, row["tag"], "ja" if prices is not None else "nein" if "gruende" in row else "?")
    yield "ja" if row["genau"] else "nein"
    yield from prices if prices is not None else [""] * stages
    yield row.get("verlegt", "")
    yield " ".join(row.get("gruende", ()))
