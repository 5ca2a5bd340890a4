"""The catalogue of a city: sources and passages (``katalog.toml``), readings (``auslegungen.toml``)."""

from __future__ import annotations

from attrs import evolve

from gremienplan.loading.lesarten import read_lesarten
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei
from gremienplan.loading.verweise import Bekannt, Verweise, namensraum
from gremienplan.quellen import Auslegung, Fundstelle, Katalog, Quelle


def read_katalog(katalog: Datei | None, auslegungen: Datei | None) -> tuple[Katalog, Bekannt]:
    """Return the catalogue and the ids it has.

    A file that is None could not be read: nothing is reported as missing from it.
    """
    quellen: dict[str, Quelle] = {}
    stellen: dict[str, Fundstelle] = {}
    lesarten: dict[str, Auslegung] = {}
    bekannt = Bekannt()
    if katalog is not None:
        katalog.check_keys(("quelle", "stelle"))
        quellen, ohne_quelle = katalog.keyed("quelle", Quelle)
        stellen, ohne_stelle = katalog.keyed("stelle", Fundstelle)
        bekannt = evolve(
            bekannt, quellen=namensraum(quellen, ohne_quelle), stellen=namensraum(stellen, ohne_stelle)
        )
    if auslegungen is not None:
        lesarten, ohne_lesart = read_lesarten(auslegungen)
        bekannt = evolve(bekannt, auslegungen=namensraum(lesarten, ohne_lesart))
    if katalog is not None:
        _check_stellen(Verweise(katalog, bekannt), stellen)
    if auslegungen is not None:
        _check_auslegungen(Verweise(auslegungen, bekannt), lesarten)
    return Katalog(quellen, stellen, lesarten), bekannt


def _check_stellen(verweise: Verweise, stellen: dict[str, Fundstelle]) -> None:
    for kennung, stelle in stellen.items():
        pfad = join("stelle", kennung)
        verweise.check("quellen", stelle.quelle, join(pfad, "quelle"))
        verweise.check_all("auslegungen", stelle.auslegung, join(pfad, "auslegung"))


def _check_auslegungen(verweise: Verweise, lesarten: dict[str, Auslegung]) -> None:
    for kennung, lesart in lesarten.items():
        verweise.check_all("stellen", lesart.stellen, join(join("", kennung), "stellen"))
