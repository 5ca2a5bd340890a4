"""The compile step: from a city, its programme and its calendars to everything that is to be decided.

What comes out speaks in ids and dates and needs no file, calendar or solver any more: ``solver`` decides it,
``auditing`` judges it, and both read the same :class:`Jahr`.
"""

from gremienplan.jahr.bau import build
from gremienplan.jahr.werte import Jahr

__all__ = ["Jahr", "build"]
