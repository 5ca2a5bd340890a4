"""From files to values: city folders, projects, council calendars and plans; all problems of all files at once."""

from gremienplan.loading.plandatei import read_plan, read_plan_text
from gremienplan.loading.projekt import inspect, load
from gremienplan.loading.veroeffentlichtes import AKTE, read_release

__all__ = ["AKTE", "inspect", "load", "read_plan", "read_plan_text", "read_release"]
