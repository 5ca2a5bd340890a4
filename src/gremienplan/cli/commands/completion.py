"""``completion``: the script that teaches a shell to complete our words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from gremienplan.cli.ausgabe import write, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.klick import Choice, command
from gremienplan.texts import N_

COMPLETE_VARIABLE = "_GREMIENPLAN_COMPLETE"
SHELLS = ("bash", "zsh", "fish")


@command(
    "completion",
    help=N_(
        "Print the script that makes a shell complete commands and options."
        ' bash and zsh: eval "$(gremienplan completion bash)" in the shell\'s start file;'
        " fish: gremienplan completion fish | source"
    ),
    short_help=N_("Print the completion script of a shell."),
)
@click.argument("shell", type=Choice(SHELLS), metavar="bash|zsh|fish")
@click.pass_context
def completion(context: click.Context, shell: str, as_json: bool) -> int:
    """Print the script."""
    program = context.find_root()
    made = get_completion_class(shell)
    assert made is not None, shell
    script = made(program.command, {}, "gremienplan", COMPLETE_VARIABLE).source()
    if as_json:
        write_json("completion", shell=shell, script=script)
    else:
        write(script)
    return DONE
