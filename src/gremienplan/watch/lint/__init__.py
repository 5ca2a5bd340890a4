"""The linter: what in a council calendar is hardly meant, or cannot work, with no plan at all."""

from gremienplan.watch.lint.pruefen import Urteil, lint
from gremienplan.watch.lint.werte import Befund, Befundart, Schwere

__all__ = ["Befund", "Befundart", "Schwere", "Urteil", "lint"]
