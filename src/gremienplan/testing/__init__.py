"""Hypothesis strategies for everybody who writes rules: cities, rules, programmes, calendars, planted years.

Needs the extra ``testing``; ``import gremienplan`` never loads it. Everything drawn has invented names, and the
same example always comes out of the same choices: nothing here asks a clock or a random number of its own.
"""

from gremienplan.testing.gepflanzt import Gepflanzt, planted_years
from gremienplan.testing.kalender import freie_tage, ratskalender
from gremienplan.testing.ordner import as_files, write_city
from gremienplan.testing.programme import programmes, projects
from gremienplan.testing.regeln import ANLAESSE, KATALOG, grundlagen, rules
from gremienplan.testing.staedte import cities

__all__ = [
    "ANLAESSE",
    "KATALOG",
    "Gepflanzt",
    "as_files",
    "cities",
    "freie_tage",
    "grundlagen",
    "planted_years",
    "programmes",
    "projects",
    "ratskalender",
    "rules",
    "write_city",
]
