"""CP-SAT in its own house: a year in integers in, a choice or a verified "no" out.

Nothing here knows a city, a rule or a file; nothing above it knows a literal.
"""

from gremienplan.solver.aufbau import Stand, Stufenwert
from gremienplan.solver.conflict import Erklaerung, Widerspruch, Zeuge
from gremienplan.solver.lauf import Verdict
from gremienplan.solver.melder import Progress
from gremienplan.solver.moeglich import any_choice, days_of, possible
from gremienplan.solver.preise import Preis, prices
from gremienplan.solver.problem import Problem, build_problem
from gremienplan.solver.search import Loesung, Suche, Unentschieden, Unmoeglich
from gremienplan.solver.verlegen import narrowed
from gremienplan.solver.zerlegung import in_blocks, part_of

__all__ = [
    "Erklaerung",
    "Loesung",
    "Preis",
    "Problem",
    "Progress",
    "Stand",
    "Stufenwert",
    "Suche",
    "Unentschieden",
    "Unmoeglich",
    "Verdict",
    "Widerspruch",
    "Zeuge",
    "any_choice",
    "build_problem",
    "days_of",
    "in_blocks",
    "narrowed",
    "part_of",
    "possible",
    "prices",
]
