"""Planning: one year of a project in; a Plan, a Conflict or Undecided out, and every question that follows from it."""

from gremienplan.planning.aufwand import Effort, EffortName
from gremienplan.planning.auswege import Ausweg, ways_out
from gremienplan.planning.frage import Frage, ask
from gremienplan.planning.halt import Nearby, Reason, There, why_there
from gremienplan.planning.hebel import Schritt, Wort
from gremienplan.planning.offenes import why_open
from gremienplan.planning.planen import answer, schedule
from gremienplan.planning.preise import prices
from gremienplan.planning.replanung import Umplanung, held, replan
from gremienplan.planning.varianten import Variante, Varianten, variants
from gremienplan.planning.viele import Antwort, Auftrag, Failed, Ursache, schedule_many
from gremienplan.planning.warum import Forbidden, Fragen, Price, StagePrice, alternatives, why_not
from gremienplan.solver import Progress

__all__ = [
    "Antwort",
    "Auftrag",
    "Ausweg",
    "Effort",
    "EffortName",
    "Failed",
    "Forbidden",
    "Frage",
    "Fragen",
    "Nearby",
    "Price",
    "Progress",
    "Reason",
    "Schritt",
    "StagePrice",
    "There",
    "Umplanung",
    "Ursache",
    "Variante",
    "Varianten",
    "Wort",
    "alternatives",
    "answer",
    "ask",
    "held",
    "prices",
    "replan",
    "schedule",
    "schedule_many",
    "variants",
    "ways_out",
    "why_not",
    "why_open",
    "why_there",
]
