"""A project, or a city alone: every file read, every problem of all of them reported at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from gremienplan.besetzung import Besetzung
from gremienplan.errors import InputError, Problem
from gremienplan.loading.angaben import closest
from gremienplan.loading.aufgaben import read_bedarf, read_verteiler, warn_aufgaben
from gremienplan.loading.beisammen import blame
from gremienplan.loading.belegung import Belegt, read_belegt, warn_belegt
from gremienplan.loading.besetzung import read_besetzung, warn_besetzung
from gremienplan.loading.doppelt import check_doppelt, warn_doppelt
from gremienplan.loading.fristen import read_fristen, warn_fristen
from gremienplan.loading.grenzen import check_grenzen, check_ids, places
from gremienplan.loading.kalender import find_kalender, read_freitage, read_kalender, years
from gremienplan.loading.kalenderquellen import Lesart, read_entfallene, read_quellen
from gremienplan.loading.luecken import check_luecken, warn_luecken
from gremienplan.loading.meidetage import read_meidetage, warn_meidetage
from gremienplan.loading.ordner import find, find_programm
from gremienplan.loading.pins import read_pins
from gremienplan.loading.postfach import read_postfaecher
from gremienplan.loading.projektdatei import (
    Projektdatei,
    Zusatz,
    check_sitzungen,
    read_projektdatei,
    read_zusatz,
)
from gremienplan.loading.pruefung import warn_gastgeber, warn_umbruch
from gremienplan.loading.ratsfolge import read_stumm
from gremienplan.loading.regeln import check_geschaeftsfuehrung
from gremienplan.loading.stadtordner import Gelesen, read_stadtordner
from gremienplan.loading.toml import Aendern, Befund
from gremienplan.loading.wahl import Wunschlesarten, asked
from gremienplan.loading.zusatz import read_added
from gremienplan.projekt import HALTEFRIST, Pin, Projekt
from gremienplan.ratskalender import normalisieren
from gremienplan.texts import Text


def load(
    pfad: str | Path,
    *,
    programm: str | None = None,
    jahr: int | None = None,
    besetzung: Besetzung | None = None,
    lesarten: Wunschlesarten | None = None,
) -> Projekt:
    """Read a project folder, a city folder, or a city that ships with the package, by its name.

    ``programm`` is a programme file to take instead of the project's own. The council calendar is read in
    full; series without an end are followed to the year after ``jahr`` and after every year that has a folder
    in ``jahre``, and where there is none, to the second year after the last start in their file. Free days are
    known for all these years, for those the calendar speaks of, and for the years before and after each. Where the city
    changes, it is as it is on 1 January of ``jahr``, else after all its changes; :meth:`Stadt.am` gives the
    other days. ``besetzung`` says who holds which Sitz, instead of the project's own file.

    ``lesarten`` are alternatives of open questions to follow, ``{"AMB-02": "nein"}``, before those the project
    chooses; what an alternative asks for stands beside it as in the project's file,
    ``{"wahl": "nein", "ab": date(2027, 7, 1)}``; None returns to the city's own reading.

    Raises InputError with every problem of all files.
    """
    return inspect(pfad, programm=programm, jahr=jahr, besetzung=besetzung, lesarten=lesarten)[0]


def inspect(
    pfad: str | Path,
    *,
    programm: str | None = None,
    jahr: int | None = None,
    besetzung: Besetzung | None = None,
    lesarten: Wunschlesarten | None = None,
    aendern: Aendern | None = None,
) -> tuple[Projekt, tuple[Text, ...]]:
    """Read what :func:`load` reads, and also return sentences about what is allowed but probably not meant.

    ``aendern`` gets the name (``regeln.toml``) and the raw content of every TOML file and returns the content to
    be read instead: to ask what another rule would do, with no file touched. It sees a file as the chosen readings
    leave it.

    Raises InputError with every problem of all files.
    """

    def read(befund: Befund, ohne: Collection[str]) -> tuple[Projekt, tuple[Text, ...]]:
        asked = {**(lesarten or {}), **dict.fromkeys(ohne)}
        return _inspect(befund, pfad, programm, jahr, besetzung, asked)

    def problems(ohne: Collection[str]) -> Sequence[Problem]:
        """Return what is wrong without some of the readings."""
        befund = Befund(aendern=aendern)
        try:
            read(befund, ohne)
        except InputError as error:
            return error.problems
        return ()

    befund = Befund(aendern=aendern)
    try:
        return read(befund, ())
    except InputError as error:
        raise InputError(blame(befund, error.problems, problems)) from None


def _inspect(
    befund: Befund,
    pfad: str | Path,
    programm: str | None,
    jahr: int | None,
    besetzung: Besetzung | None,
    lesarten: Wunschlesarten,
) -> tuple[Projekt, tuple[Text, ...]]:
    projektordner, stadtordner = find(pfad)
    datei = read_projektdatei(befund, projektordner) if projektordner else None
    stadtordner = datei.stadt if datei else stadtordner
    if stadtordner is None:
        raise InputError(befund.problems)
    angabe = programm or (datei.kopf.programm if datei else "programm.toml")
    tag = None if jahr is None else date(jahr, 1, 1)
    programmdatei = find_programm(stadtordner, projektordner, angabe)
    wahl = asked(befund, datei.datei if datei else None, lesarten)
    stadt = read_stadtordner(befund, stadtordner, programmdatei, tag, wahl)
    zusatz = read_zusatz(datei.datei, stadt.bekannt) if datei else Zusatz()
    regeln = (*stadt.regeln, *zusatz.regeln)
    bedarf = read_bedarf(datei.datei, stadt.programm, stadt.stadt) if datei else {}
    verteiler = read_verteiler(datei.datei, stadt.programm) if datei else {}
    postfaecher = read_postfaecher(datei.datei, stadt.stadt) if datei else {}
    fristen = read_fristen(datei.datei, stadt.programm, stadt.bekannt) if datei else ()
    meidetage = read_meidetage(datei.datei, stadt.programm) if datei else ()
    gelesen = stadt.programm.programm().mit_bedarf(bedarf).mit_fristen(fristen).mit_meidetagen(meidetage)
    orte = places(stadt.regeldatei) if stadt.regeldatei is not None else {}
    eigene = places(datei.datei) if datei else {}
    check_ids(eigene, orte)
    check_doppelt(stadt.regeln, orte)
    check_doppelt(zusatz.regeln, eigene)
    warn_doppelt(stadt.regeln, orte, zusatz.regeln, eigene)
    if stadt.stadt is not None and stadt.regeldatei is not None:
        check_geschaeftsfuehrung(stadt.regeldatei, stadt.stadt, regeln)
        check_grenzen(stadt.regeldatei, stadt.stadt, regeln, stadt.grenzen, {**eigene, **orte})
    if stadt.stadt is not None and not befund.problems:  # a rule that could not be read leaves days open
        check_luecken(stadt.stadt, regeln, {**eigene, **orte})
    if (
        stadt.stadt is not None and not befund.problems
    ):  # a warning needs a year, and a year a city that holds
        warn_umbruch(befund, gelesen, stadt.stadt, jahr)
        warn_luecken(regeln, {**eigene, **orte})
        warn_gastgeber(befund, gelesen, stadt.stadt, regeln)
        warn_aufgaben(befund, gelesen, stadt.stadt, regeln, verteiler)
        warn_fristen(befund, gelesen)
    personen = read_besetzung(befund, datei, stadt.stadt, besetzung)
    if datei and stadt.stadt is not None and _knows_programme(befund, datei):
        check_sitzungen(datei.datei, zusatz, stadt.stadt, gelesen)
    jahre = years(datei, jahr) if datei else () if jahr is None else (jahr,)
    zeitzone = stadt.stadt.zeitzone if stadt.stadt and not befund.problems else "UTC"
    rat = stadt.stadt is None or stadt.stadt.hat_rat
    belegt = read_belegt(datei, stadt.bekannt, zeitzone, jahre) if datei else Belegt()
    eintraege = read_kalender(befund, find_kalender(datei, jahr, rat=rat) if datei else (), zeitzone, jahre)
    stumm = read_stumm(datei.datei) if datei else ()
    pins: tuple[Pin, ...] = ()
    added = read_added(datei.ordner, jahre) if datei else {}
    if datei and stadt.stadt is not None and _knows_programme(befund, datei):
        mit_pins = jahre if jahr is None else (jahr,)
        pins = read_pins(befund, datei.ordner, mit_pins, stadt.stadt, gelesen, added)
    if datei:
        read_quellen(datei.datei)
        eintraege = read_entfallene(datei.datei, eintraege, _lesart(befund, stadt))
    if befund.problems or stadt.stadt is None:
        raise InputError(befund.problems)
    warn_besetzung(befund, personen, stadt.stadt, regeln)
    warn_meidetage(befund, gelesen, meidetage, jahre)
    if datei:
        warn_belegt(datei.datei, belegt, gelesen)
    kalender = normalisieren(eintraege, stadt.muster, stadt.stadt, stadt.grenzen.kein_gremium)
    profil = datei.kopf.profil if datei else ""
    if datei and profil and profil not in gelesen.profile:
        meldung = Text("The programme has no profile of this name.")
        datei.datei.problem("profil", meldung, profil, closest(profil, gelesen.profile))
        raise InputError(befund.problems)
    projekt = Projekt(
        stadt=stadt.stadt.mit_vertretungen(zusatz.vertretungen),
        regeln=regeln,
        grenzen=stadt.grenzen,
        verteiler=verteiler,
        postfaecher=postfaecher,
        programm=gelesen.mit_profil(profil),
        programmdatei=angabe,
        katalog=stadt.katalog,
        ratskalender=kalender,
        freitage=read_freitage(stadt.stadt.land, kalender, jahre, zusatz.freie_tage),
        besetzt=belegt.besetzt,
        fremd=belegt.fremd,
        besetzung=personen.besetzung,
        fest=tuple(zusatz.feste.values()),
        offen=tuple(zusatz.offene.values()),
        pins=pins,
        haltefrist=datei.kopf.haltefrist if datei else HALTEFRIST,
        ratsfolgen=stadt.ratsfolgen,
        stumm=stumm,
        zusatz=added,
        eingaben=dict(sorted(befund.eingaben.items())),
        lesarten=stadt.lesarten,
    )
    return projekt, tuple(befund.warnungen)


def _lesart(befund: Befund, stadt: Gelesen) -> Lesart | None:
    """Return how the city reads a council calendar, if it can be read itself."""
    if befund.problems or stadt.stadt is None:
        return None
    return partial(normalisieren, muster=stadt.muster, stadt=stadt.stadt, verbote=stadt.grenzen.kein_gremium)


def _knows_programme(befund: Befund, datei: Projektdatei) -> bool:
    """Tell whether nothing is wrong that could change which Sitzungen there are."""
    private = datei.ordner / datei.kopf.besetzung
    return all(
        p.datei == private.name
        or (p.datei == datei.datei.name and not p.pfad.startswith(("auslegung", "bei_bedarf", "programm")))
        for p in befund.problems
    )
