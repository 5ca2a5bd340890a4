"""What an import needs of a project: its sources, where their files lie, and how the city reads names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from attrs import frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.adressen import ist_adresse, ohne_geheimnis
from gremienplan.loading.angaben import closest
from gremienplan.loading.kalender import EINGEFUEHRT, auch_json, years
from gremienplan.loading.kalenderquellen import NAME, entfallene, name_mangel, ohne_entfallene, read_quellen
from gremienplan.loading.ordner import PROJEKT, find, find_programm
from gremienplan.loading.projektdatei import read_projektdatei
from gremienplan.loading.stadtordner import read_stadtordner
from gremienplan.loading.toml import Befund
from gremienplan.loading.wahl import asked
from gremienplan.ratskalender import (
    Eintrag,
    Kalenderquelle,
    Muster,
    Ratskalender,
    Verbot,
    normalisieren,
)
from gremienplan.ratskalender.namen import slug
from gremienplan.stadt import Stadt
from gremienplan.texts import Text

ORDNER = "ratskalender"
"""The folder of a project in which the files of an import lie."""
TABELLEN = (".ics", ".csv", ".xlsx")
"""Suffixes of the files of a folder that are taken one by one."""


@frozen
class Auftrag:
    """One source that is to be read, and the file that keeps what it said."""

    quelle: Kalenderquelle
    ordner: Path
    """Where a relative path of the source begins."""
    ziel: Path


@frozen
class Einlesen:
    """A project as an import sees it: none of its calendars has been read."""

    ordner: Path
    stadt: Stadt
    muster: Sequence[Muster]
    verbote: Sequence[Verbot]
    quellen: tuple[Kalenderquelle, ...]
    kalender: tuple[str, ...]
    """Patterns of the files that the project reads."""
    jahre: tuple[int, ...]
    entfallen: frozenset[str] = frozenset()
    """The vanished sittings of which the project says that they are off."""

    def deuten(self, eintraege: Sequence[Eintrag]) -> Ratskalender:
        """Return what the city makes of entries, less what the project says to be off."""
        return self._lesart(ohne_entfallene(eintraege, self.entfallen, self._lesart))

    def _lesart(self, eintraege: Iterable[Eintrag]) -> Ratskalender:
        return normalisieren(eintraege, self.muster, self.stadt, self.verbote)

    def auftraege(self, angaben: Sequence[str], name: str | None) -> tuple[Auftrag, ...]:
        """Return what these arguments mean: names of sources, addresses, files and folders; without any, all sources.

        ``name`` is the name of the one source that is meant. Raises InputError with every one that means nothing.
        """
        problems: list[Problem] = []
        found: dict[Path, Auftrag] = {}
        gegeben = name or ""
        if name is not None and not NAME.fullmatch(name):
            problems.append(Problem("--name", "", name_mangel(), gegeben))
            name = "name"  # what else is wrong is said, too
        for angabe in angaben or [quelle.name for quelle in self.quellen]:
            for auftrag in self._gemeint(angabe, name, problems):
                if auftrag.ziel in found:
                    meldung = Text("Two sources would be kept in one file, {file}.", file=auftrag.ziel.name)
                    hinweis = Text("Import one of them with another name: --name NAME.")
                    problems.append(Problem(ohne_geheimnis(angabe), "", meldung, hinweis=hinweis))
                found.setdefault(auftrag.ziel, auftrag)
        if not found and not problems:
            meldung = Text("Nothing says what is to be imported.")
            hinweis = Text("Name a file or an address, or put [[quelle]] into {file}.", file=PROJEKT)
            problems.append(Problem("", "", meldung, hinweis=hinweis))
        if name is not None and any(auftrag.quelle in self.quellen for auftrag in found.values()):
            problems.append(
                Problem("--name", "", Text("This source has its name in {file}.", file=PROJEKT), gegeben)
            )
        if name is not None and len(found) > 1:
            problems.append(Problem("--name", "", Text("Only one source can have this name."), gegeben))
        problems += [p for auftrag in found.values() if (p := self._ungelesen(auftrag)) is not None]
        if problems:
            raise InputError(problems)
        return tuple(found.values())

    def _gemeint(self, angabe: str, name: str | None, problems: list[Problem]) -> list[Auftrag]:
        for quelle in self.quellen:
            if angabe in (quelle.name, quelle.adresse):
                return [Auftrag(quelle, self.ordner, self._ziel(quelle.name))]
        if ist_adresse(angabe):
            return [self._neu(angabe, name or _aus_adresse(angabe))]
        pfad = Path(angabe)
        if pfad.is_dir():
            einzelne = sorted(p for p in pfad.iterdir() if p.suffix.lower() in TABELLEN)
            if einzelne:
                return [self._neu(str(p), name or _aus_datei(p)) for p in einzelne]
        elif not pfad.is_file():
            meldung = Text("There is no such file, and no source of this name in {file}.", file=PROJEKT)
            hinweis = closest(angabe, {quelle.name for quelle in self.quellen})
            problems.append(Problem(ohne_geheimnis(angabe), "", meldung, hinweis=hinweis))
            return []
        elif pfad.suffix.lower() == EINGEFUEHRT and self._liest(pfad):
            meldung = Text("This is what an import wrote; it is read as it is.")
            hinweis = Text("Name the file or address that it came from.")
            problems.append(Problem(angabe, "", meldung, hinweis=hinweis))
            return []
        return [self._neu(angabe, name or _aus_datei(pfad))]

    def _neu(self, angabe: str, name: str) -> Auftrag:
        """Return a source that the project does not list; what lies among its calendars stays beside itself."""
        pfad = Path(angabe)
        ziel = self._ziel(name)
        if not ist_adresse(angabe) and pfad.is_file():
            daneben = pfad.with_name(f"{name}{EINGEFUEHRT}")
            ziel = daneben if self._liest(daneben) else ziel
        return Auftrag(Kalenderquelle(name, angabe), Path(), ziel)

    def _ziel(self, name: str) -> Path:
        return self.ordner / ORDNER / f"{name}{EINGEFUEHRT}"

    def _liest(self, ziel: Path) -> bool:
        """Tell whether the project reads this file."""
        try:
            relativ = PurePosixPath(ziel.resolve().relative_to(self.ordner.resolve()).as_posix())
        except ValueError:
            return False
        muster = {m.replace("{jahr}", str(jahr)) for m in self.kalender for jahr in (*self.jahre, 0)}
        return any(relativ.match(m) for eines in muster for m in auch_json(eines))

    def _ungelesen(self, auftrag: Auftrag) -> Problem | None:
        """Return a problem if the project would not read what an import writes."""
        if self._liest(auftrag.ziel):
            return None
        meldung = Text("The project would not read {file}.", file=f"{ORDNER}/{auftrag.ziel.name}")
        hinweis = Text(
            "Write in {datei}: {zeile}", datei=PROJEKT, zeile=f'ratskalender = ["{ORDNER}/*.json"]'
        )
        return Problem(str(self.ordner / PROJEKT), "ratskalender", meldung, ", ".join(self.kalender), hinweis)


def read_einlesen(pfad: Path) -> Einlesen:
    """Return what an import needs of a project. Raises InputError with every problem of its city and its file."""
    befund = Befund()
    projektordner, _ = find(pfad)
    datei = read_projektdatei(befund, projektordner) if projektordner else None
    if projektordner is None or datei is None or datei.stadt is None:
        raise InputError(befund.problems)
    quellen, weg = read_quellen(datei.datei), entfallene(datei.datei)
    programm = find_programm(datei.stadt, projektordner, datei.kopf.programm)
    stadt = read_stadtordner(befund, datei.stadt, programm, None, asked(befund, datei.datei, {}))
    if befund.problems or stadt.stadt is None:
        raise InputError(befund.problems)
    return Einlesen(
        ordner=projektordner.pfad,
        stadt=stadt.stadt,
        muster=stadt.muster,
        verbote=stadt.grenzen.kein_gremium,
        quellen=quellen,
        kalender=datei.kopf.ratskalender,
        jahre=years(datei, None),
        entfallen=frozenset(weg),
    )


def _aus_datei(pfad: Path) -> str:
    """Return the name of a source that is a file or a folder: the file's own, if files may be called so."""
    stamm = pfad.stem if pfad.suffix.lower() in (*TABELLEN, EINGEFUEHRT) else pfad.resolve().name
    return stamm if NAME.fullmatch(stamm) else slug(stamm)


def _aus_adresse(adresse: str) -> str:
    """Return the name of a source that is an address: its host."""
    try:
        return slug((urlsplit(adresse).hostname or "").removeprefix("www."))
    except ValueError:
        return "quelle"
