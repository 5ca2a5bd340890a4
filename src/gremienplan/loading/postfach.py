"""``[postfach]``: under which address an office gets mail; of offices, never of persons."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gremienplan.loading.angaben import closest
from gremienplan.loading.toml import Datei
from gremienplan.stadt import Stadt
from gremienplan.texts import Text

_ADRESSE = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def read_postfaecher(datei: Datei, stadt: Stadt | None) -> Mapping[str, str]:
    """Return the addresses a project names: id of a Sitz -> address."""
    found: dict[str, str] = {}
    for sitz, pfad, adresse in datei.table("postfach"):
        if stadt is not None and sitz not in stadt.alle_sitze:
            datei.problem(pfad, Text("There is no such Sitz."), sitz, closest(sitz, stadt.alle_sitze))
        if not isinstance(adresse, str) or not _ADRESSE.fullmatch(adresse):
            hinweis = Text("The address of the office, never of a person: amt@stadt.example")
            datei.problem(pfad, Text("This is no address for mail."), adresse, hinweis)
        else:
            found[sitz] = adresse
    return found
