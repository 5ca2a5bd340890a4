"""What an office does to a plan by hand: each change judged before it is kept, and none made to what has been held.

Pure functions: a project and a plan in, a :class:`Handgriff` out. None of them needs the solver.
"""

from gremienplan.handarbeit.aendern import cancel, move, swap
from gremienplan.handarbeit.ansetzen import add, add_extra
from gremienplan.handarbeit.hinsetzen import place
from gremienplan.handarbeit.vollzug import mark_held, set_protocol
from gremienplan.handarbeit.werte import Handgriff

__all__ = [
    "Handgriff",
    "add",
    "add_extra",
    "cancel",
    "mark_held",
    "move",
    "place",
    "set_protocol",
    "swap",
]
