"""Exit codes: what a script that calls us can rely on."""

DONE = 0
"""Done; also with a plan that has a gap, or one kept after Ctrl-C: that is said on stderr."""
NO = 1
"""The answer is no: a Conflict, or findings of an audit."""
BAD_INPUT = 2
"""Bad input or usage."""
UNDECIDED = 3
"""Time ran out with no plan found and none ruled out."""
TOUCHED = 4
"""The plan on disk is touched by a change of the council calendar, or rests on a sitting that has vanished from it."""
OUR_FAULT = 70
"""A fault of the program."""
INTERRUPTED = 130
"""Interrupted, nothing kept."""
