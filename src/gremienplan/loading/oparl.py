"""Council calendars by OParl 1.0 and 1.1: from a server's address, or from saved answers in a file or folder."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gremienplan.errors import InputError, Problem
from gremienplan.loading.adressen import ist_adresse, ohne_geheimnis
from gremienplan.loading.oparl_ordner import sammle_dateien
from gremienplan.loading.oparl_sammlung import Sammlung
from gremienplan.ratskalender import Einfuhr
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.loading.netz import Netz


def read(
    quelle: str,
    wo: str | Path,
    zeitzone: str,
    stand: datetime,
    *,
    netz: Netz | None = None,
    seit: datetime | None = None,
    koerperschaft: str | None = None,
    gremien: Collection[str] = (),
) -> Einfuhr:
    """Return the meetings of an OParl source in the wall-clock time of ``zeitzone``, and what was lost.

    ``wo`` is the address of a System, a Body, a list of meetings, an Organization or a meeting, or a file or
    folder of saved answers. ``netz`` is the session to ask in (without it a new one, only for the host of the
    address). ``seit``: ask only for what changed since that local time, if the server can; the reading is
    then not ``vollstaendig``. ``koerperschaft`` chooses one Body of several, by name or address; ``gremien``
    leaves only the meetings of these bodies, by name, short name or address.

    Raises InputError if nothing can be read.
    """
    try:
        zone = ZoneInfo(zeitzone)
    except (KeyError, ValueError, OSError):
        raise InputError([Problem("zeitzone", "", Text("Nobody knows this time zone"), zeitzone)]) from None
    sammlung = Sammlung(quelle, zone)
    summe = hashlib.sha256()
    haus = None
    if isinstance(wo, str) and ist_adresse(wo):
        datei = herkunft = ohne_geheimnis(wo)
        _sammle_adresse(sammlung, wo, netz, seit, koerperschaft, summe)
    else:
        datei, herkunft = str(wo), Path(wo).absolute().name
        sammle_dateien(sammlung, Path(wo), summe)
        haus = None if koerperschaft is None else sammlung.koerperschaft(koerperschaft, datei)
    sammlung.check_gremien(gremien, datei)
    return Einfuhr(
        quelle=quelle,
        art="oparl",
        herkunft=herkunft,
        gelesen=stand,
        pruefsumme=summe.hexdigest()[:16],
        eintraege=sammlung.eintraege(gremien, haus),
        verluste=sammlung.alle_verluste(),
        vollstaendig=sammlung.vollstaendig,
    )


def _sammle_adresse(
    sammlung: Sammlung,
    adresse: str,
    netz: Netz | None,
    seit: datetime | None,
    koerperschaft: str | None,
    summe: hashlib._Hash,
) -> None:
    from gremienplan.loading.netz import offen  # whoever reads files needs no net
    from gremienplan.loading.oparl_netz import sammle_adresse

    if netz is not None:
        sammle_adresse(sammlung, netz, adresse, seit, koerperschaft, summe)
        return
    with offen(adresse) as eigenes:
        sammle_adresse(sammlung, eigenes, adresse, seit, koerperschaft, summe)
