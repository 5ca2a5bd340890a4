"""The command line: what the city office and other programs call.

Every command is a module of ``commands``; this module turns their answers into exit codes:
0 done, 1 the answer is no, 2 bad input or usage, 3 undecided, 4 a plan is touched by a change, 70 our fault,
130 interrupted.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, NoReturn

import click
from click.shell_completion import shell_complete

from gremienplan.cli.antworten import report_problems
from gremienplan.cli.ausgabe import mute, say, write, write_json
from gremienplan.cli.codes import BAD_INPUT, DONE, INTERRUPTED, OUR_FAULT
from gremienplan.cli.commands.add import add
from gremienplan.cli.commands.alternatives import alternatives
from gremienplan.cli.commands.audit import audit
from gremienplan.cli.commands.cancel import cancel
from gremienplan.cli.commands.changes import changes
from gremienplan.cli.commands.check import check
from gremienplan.cli.commands.completion import COMPLETE_VARIABLE, completion
from gremienplan.cli.commands.coordinate import coordinate
from gremienplan.cli.commands.coverage import coverage
from gremienplan.cli.commands.held import held
from gremienplan.cli.commands.import_ import import_
from gremienplan.cli.commands.invitations import invitations
from gremienplan.cli.commands.letters import letters
from gremienplan.cli.commands.lint import lint
from gremienplan.cli.commands.loads import loads
from gremienplan.cli.commands.move import move
from gremienplan.cli.commands.new import new
from gremienplan.cli.commands.oparl import oparl
from gremienplan.cli.commands.pin import pin
from gremienplan.cli.commands.plan import plan
from gremienplan.cli.commands.plan_all import plan_all
from gremienplan.cli.commands.prices import prices
from gremienplan.cli.commands.print_ import print_
from gremienplan.cli.commands.protocol import protocol
from gremienplan.cli.commands.publish import publish
from gremienplan.cli.commands.push import push
from gremienplan.cli.commands.readings import readings
from gremienplan.cli.commands.receipt import receipt
from gremienplan.cli.commands.replan import replan
from gremienplan.cli.commands.serve import serve
from gremienplan.cli.commands.sheet import sheet
from gremienplan.cli.commands.swap import swap
from gremienplan.cli.commands.take import take
from gremienplan.cli.commands.tasks import tasks
from gremienplan.cli.commands.tokens import tokens
from gremienplan.cli.commands.watch import watch
from gremienplan.cli.commands.why import why
from gremienplan.cli.folgebefehl import Gegeben, remember
from gremienplan.cli.klick import Group, explain, language_option, option
from gremienplan.cli.sprache import asked_language, choose_language, set_language, words
from gremienplan.cli.zeichensatz import tolerate
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

PROGRAM = "gremienplan"


class Program(Group):
    """The program as a whole: it chooses the language and says how a run ended."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:
        """Run with these arguments (the program's own by default) and exit."""
        arguments = list(sys.argv[1:] if args is None else args)
        remember(Gegeben())
        set_language(choose_language(arguments, os.environ), asked_language(arguments))
        if instruction := os.environ.get(COMPLETE_VARIABLE):
            sys.exit(shell_complete(self, {}, PROGRAM, COMPLETE_VARIABLE, instruction))
        sys.exit(_outcome(self, arguments))


def _outcome(program: Program, arguments: list[str]) -> int:
    """Run and return the exit code; whatever went wrong has been said by then."""
    as_json = "--json" in arguments
    try:
        with program.make_context(PROGRAM, arguments) as context:
            code = program.invoke(context)
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return BAD_INPUT
    except click.ClickException as error:
        _usage(error, as_json)
        return BAD_INPUT
    except InputError as error:
        report_problems(error.problems, as_json)
        return BAD_INPUT
    except (KeyboardInterrupt, EOFError, click.Abort):
        return _interrupted()
    except BrokenPipeError:
        mute()
        return DONE
    except OSError as error:
        meldung = Text("The file or folder cannot be used: {grund}", grund=error.strerror or str(error))
        report_problems([Problem(str(error.filename or ""), "", meldung)], as_json)
        return BAD_INPUT
    except Exception as error:
        if _comes_of_an_interrupt(error):
            return _interrupted()
        _our_fault(error, as_json)
        return OUR_FAULT


def _interrupted() -> int:
    say(Text("Interrupted; nothing was kept."))
    return INTERRUPTED


def _comes_of_an_interrupt(error: BaseException | None) -> bool:
    """Tell whether a Ctrl-C is behind an error: a library that was interrupted half-loaded calls it what it likes."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _usage(error: click.ClickException, as_json: bool) -> None:
    problem = explain(error)
    if not as_json and isinstance(error, click.UsageError) and error.ctx:
        click.echo(error.ctx.get_usage(), err=True)
        command = f"{error.ctx.command_path} --help"
        say(Text("All options: {command}", command=command))
        say()
    report_problems([problem], as_json)


def _our_fault(error: Exception, as_json: bool) -> None:
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    apology = Text("Sorry: this is a fault of gremienplan, not of the input. {fault}", fault=what)
    if as_json:
        write_json("fault", meldung=words(apology))
    else:
        say(apology)
    if os.environ.get("GREMIENPLAN_DEBUG") == "1":
        traceback.print_exc()
    else:
        say(Text("With GREMIENPLAN_DEBUG=1 the run says where. What was on disk before stays as it was."))


def _show_version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        write(f"{PROGRAM} {version(PROGRAM)}")
        context.exit()


@click.group(
    cls=Program,
    name=PROGRAM,
    help=N_("Plan a year's meetings of a city's Gremien around the council calendar."),
    no_args_is_help=True,
    params=[language_option()],
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help=N_("Show the version and exit."),
)
def program() -> None:
    """Hold the commands."""


for _command in (
    new,
    import_,
    check,
    plan,
    plan_all,
    replan,
    pin,
    move,
    swap,
    cancel,
    add,
    held,
    protocol,
    invitations,
    why,
    alternatives,
    tasks,
    coordinate,
    audit,
    loads,
    prices,
    receipt,
    watch,
    lint,
    publish,
    changes,
    sheet,
    take,
    push,
    print_,
    letters,
    tokens,
    oparl,
    serve,
    readings,
    coverage,
    completion,
):
    program.add_command(_command)


def main() -> NoReturn:
    """Run the program: the console script ``gremienplan``."""
    for stream in (sys.stdout, sys.stderr):
        tolerate(stream)
    try:
        program.main()
    except SystemExit as end:
        if end.code != INTERRUPTED:
            raise
    # The search that was given up still runs in its thread, and must not see the interpreter fall apart.
    sys.stdout.flush()
    os._exit(INTERRUPTED)
