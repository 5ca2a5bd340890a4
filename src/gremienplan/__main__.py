"""``python -m gremienplan``: the command line."""

from gremienplan.cli import main

if __name__ == "__main__":
    main()
