"""Planning: one year of a project in; a Plan, a Conflict or Undecided out, and every question that follows from it."""

from gremienplan.planning.aufwand import Effort, EffortName
from gremienplan.planning.frage import Frage, ask
from gremienplan.planning.planen import answer, schedule
from gremienplan.solver import Progress

__all__ = ["Effort", "EffortName", "Frage", "Progress", "answer", "ask", "schedule"]
