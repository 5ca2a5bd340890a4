"""User and password for a calendar server: from the environment, or from a netrc file; never from an argument."""

from __future__ import annotations

import netrc
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

BENUTZER = "GREMIENPLAN_CALDAV_USER"
KENNWORT = "GREMIENPLAN_CALDAV_PASSWORD"


def credentials(host: str, environ: Mapping[str, str], datei: Path | None = None) -> tuple[str, str] | None:
    """Return user and password for a host; None where nobody has named any.

    A file that is named counts alone, and must know the host. Else the environment counts, and without it the
    user's own netrc file: that of ``NETRC``, ``~/.netrc`` or (on Windows) ``~/_netrc``. Raises InputError for half
    of a pair and for a file that cannot be read; no message repeats what stands in it.
    """
    if datei is not None:
        found = _from_file(datei, host)
        if found is None:
            meldung = Text("This file has no user and password for {host}.", host=host)
            hinweis = Text("One line: machine {host} login USER password PASSWORD", host=host)
            raise InputError([Problem(str(datei), "", meldung, hinweis=hinweis)])
        return found
    benutzer, kennwort = environ.get(BENUTZER, ""), environ.get(KENNWORT, "")
    if bool(benutzer) is not bool(kennwort):
        fehlt = KENNWORT if benutzer else BENUTZER
        raise InputError(
            [Problem(fehlt, "", Text("User and password belong together; this one is missing."))]
        )
    if benutzer:
        return benutzer, kennwort
    own = _own(environ)
    return _from_file(own, host) if own is not None and own.is_file() else None


def readable_by_others(datei: Path) -> bool:
    """Tell whether other users of this machine may read a file; where nobody can know it, they may not."""
    if sys.platform == "win32":
        return False
    return bool(datei.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _own(environ: Mapping[str, str]) -> Path | None:
    if environ.get("NETRC"):
        return Path(environ["NETRC"])
    try:
        return Path.home() / ("_netrc" if os.name == "nt" else ".netrc")
    except RuntimeError:
        return None


def _from_file(datei: Path, host: str) -> tuple[str, str] | None:
    try:
        found = netrc.netrc(str(datei)).authenticators(host)
    except FileNotFoundError:
        raise InputError([Problem(str(datei), "", Text("This file does not exist."))]) from None
    except netrc.NetrcParseError as error:  # what it says may hold the password
        meldung = Text("This is no netrc file.")
        raise InputError([Problem(str(datei), str(error.lineno or ""), meldung)]) from None
    except (OSError, UnicodeDecodeError):
        raise InputError([Problem(str(datei), "", Text("This file cannot be read."))]) from None
    if found is None or not found[0] or not found[2]:
        return None
    return found[0], found[2]
