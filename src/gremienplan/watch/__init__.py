"""The council calendar watched: what has changed since a plan was made, and what that does to the plan."""

from gremienplan.watch.aenderungen import changes
from gremienplan.watch.betroffen import check_plan, vanished
from gremienplan.watch.werte import Aenderung, Bericht, Paar, Wandel, Wirkung

__all__ = ["Aenderung", "Bericht", "Paar", "Wandel", "Wirkung", "changes", "check_plan", "vanished"]
