"""``jahre/JAHR/abstimmung.toml``: what was recorded of the agreements on a year's dates."""

from __future__ import annotations

from pathlib import Path

from gremienplan.abstimmung import Abstimmung, Aussage
from gremienplan.errors import InputError
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Befund
from gremienplan.texts import Text

ABSTIMMUNG = "abstimmung.toml"


def read_abstimmung(path: Path) -> Abstimmung:
    """Return the record of a year; an empty one where there is no such file.

    An entry of a Sitzung or Sitz that there is no more stays: it says what was, and nothing asks for it. Raises
    InputError with every problem in the file.
    """
    if not path.is_file():
        return Abstimmung()
    befund = Befund()
    datei = befund.toml(path, str(path), path.name)
    found: dict[tuple[str, str], Aussage] = {}
    if datei:
        datei.check_keys(("aussage",))
        for pfad, roh in datei.entries("aussage"):
            aussage = datei.structure(Aussage, roh, pfad)
            if aussage is None:
                continue
            if aussage.ende <= aussage.beginn:
                meldung = Text("This must be later than {von}.", von=aussage.beginn)
                datei.problem(join(pfad, "ende"), meldung, aussage.ende)
            if (aussage.sitzung, aussage.sitz) in found:
                meldung = Text("What this Sitz says of this Sitzung stands above already.")
                datei.problem(pfad, meldung, f"{aussage.sitzung} {aussage.sitz}")
            found.setdefault((aussage.sitzung, aussage.sitz), aussage)
    if befund.problems:
        raise InputError(befund.problems)
    return Abstimmung(tuple(found.values()))
