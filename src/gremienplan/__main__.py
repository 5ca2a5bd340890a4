"""The program, as ``gremienplan`` and as ``python -m gremienplan``: it can be interrupted from its first moment on."""

import os
import signal
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line. Ctrl-C while it is still being loaded ends it with 130, and without a word."""
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else somebody wants it ignored
    if ours:
        signal.signal(signal.SIGINT, _end)
    from gremienplan.cli import main as run

    try:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
    except KeyboardInterrupt:  # before the command line could answer it
        os._exit(INTERRUPTED)
    finally:
        if ours:  # what it does is done; on its way out it may die of the signal, but says nothing
            signal.signal(signal.SIGINT, signal.SIG_DFL)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
