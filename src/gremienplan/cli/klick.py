"""click, speaking our languages: commands, options and the kinds of value they take."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

import click
from click.core import ParameterSource

from gremienplan.cli.folgebefehl import Gegeben, remember
from gremienplan.cli.projekte import names_project
from gremienplan.cli.sprache import language, words
from gremienplan.errors import Problem
from gremienplan.texts import LANGUAGES, N_, Text, translate

CLICK_WORDS = (
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
)
"""Words of click's own that reach a help page; our formatter looks them up in our catalogue."""


class Formatter(click.HelpFormatter):
    """Writes help pages in the language of this run: help texts are message ids until they are written."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that begins with "Usage:"."""
        for word in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(word, translate(word, language()))
        super().write_usage(prog, _placeholders(args), prefix or words(Text("Usage:")) + " ")

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(translate(heading, language()))

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        super().write_text(translate(text, language()))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or commands with what they do."""
        translated = [(_placeholders(name), translate(text, language())) for name, text in rows]
        super().write_dl(translated, col_max, col_spacing)


def _placeholders(names: str) -> str:
    """Translate what stands for a value, in capitals; commands and options are called the same in every language."""
    return re.sub(r"(?<![\w-])[A-Z]{2,}(?![\w-])", lambda word: translate(word[0], language()), names)


class Context(click.Context):
    """A context whose help pages speak our languages."""

    formatter_class = Formatter


class Option(click.Option):
    """An option whose help text says everything: click adds no remarks of its own."""

    def get_help_extra(self, ctx: click.Context) -> Any:  # noqa: ARG002  (the signature is click's)
        """Return nothing to add."""
        return {}


class Misuse(click.UsageError):
    """A wrong use that we have words of our own for."""

    def __init__(self, subject: str, text: Text, hint: Text | None = None, ctx: click.Context | None = None):
        super().__init__(words(text), ctx)
        self.problem = Problem(subject, "", text, hinweis=hint)


class Command(click.Command):
    """A command that complains about surplus arguments in our words."""

    context_class = Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; one too many is an error."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx  # click forgets where it was
            raise
        if rest and not ctx.resilient_parsing:
            raise Misuse(rest[0], Text("This argument is one too many."), ctx=ctx)
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; the commands it names then mean what it was given."""
        remember(_given(ctx))
        return super().invoke(ctx)


def _given(ctx: click.Context) -> Gegeben:
    """Return what a run was given; a city, which some commands take in place of a project, is none."""
    named = ctx.params.get("projekt") or ctx.params.get("projekt_option")
    projekt = named if isinstance(named, str) and names_project(named) else ""
    program = ctx.find_root().command
    known = program.commands if isinstance(program, click.Group) else {}
    takes = {name: frozenset(_options(command)) for name, command in known.items()}
    return Gegeben(projekt, ctx.params.get("programm") or "", ctx.params.get("profil") or "", takes)


class Group(click.Group):
    """The program: a group of commands that names the nearest one when it does not know a word."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (the signature is click's)
        """Return the names in the order in which one needs them."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of the first word."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            near = did_you_mean(args[0], self.list_commands(ctx))
            raise Misuse(args[0], Text("There is no such command."), near, ctx)
        return super().resolve_command(ctx, args)


def command(
    name: str,
    help: str,
    short_help: str,
) -> Callable[[Callable[..., int | None]], Command]:
    """Make a command of a function that returns its exit code; every command takes --json and --lang."""

    def made(function: Callable[..., int | None]) -> Command:
        found = click.command(name, cls=Command, help=help, short_help=short_help)(function)
        found.params += [
            Option(
                ["--json", "as_json"], is_flag=True, help=N_("Write the answer as JSON, for other programs.")
            ),
            language_option(),
        ]
        return found

    return made


def language_option() -> Option:
    """Return the option that chooses the language; it is read before all others (``sprache``)."""
    names = N_("Language of the words: de or en.")
    return Option(["--lang"], type=Choice(LANGUAGES), expose_value=False, help=names)


def option(*declarations: str, help: str, **settings: Any) -> Callable[[Any], Any]:
    """Add an option with its help text."""
    return click.option(*declarations, cls=Option, help=help, **settings)


def document_language() -> str:
    """Return the language of a file this command writes: the city's own, German, unless ``--lang`` asks for another.

    Whoever reads the file need not speak what the terminal speaks.
    """
    context = click.get_current_context(silent=True)
    while context is not None:
        if context.get_parameter_source("lang") is ParameterSource.COMMANDLINE:
            return language()
        context = context.parent
    return "de"


class Choice(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ARG002  (click's)
        """Return the complaint about a word that is none of them, with the nearest one."""
        wrong = Text(
            "“{value}” is not one of the choices: {values}.", value=str(value), values=tuple(self.choices)
        )
        near = did_you_mean(str(value), self.choices, cutoff=0.7)
        return " ".join(words(text) for text in (wrong, near) if text)


EXAMPLES = {
    "--jahr": "--jahr 2027",
    "--feed": "--feed alle",
    "--adresse": "--adresse https://www.example.org/oparl/",
}
"""How an option that is missing could have been given."""
MOST_THREADS = 64
MOST_DAYS = 366
FIRST_YEAR, LAST_YEAR = 2000, 2199
"""What years, days and moments are taken for."""


def year(value: str) -> int:
    """Return the calendar year an argument says."""
    jahr = int(value) if value.isdecimal() else 0
    if not FIRST_YEAR <= jahr <= LAST_YEAR:
        raise click.BadParameter(words(Text("{value} is no year; one is written 2027.", value=value)))
    return jahr


def between(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number between two others, both included."""

    def number(value: str) -> int:
        found = int(value) if value.isdecimal() and len(value) < 6 else least - 1
        if not least <= found <= most:
            wrong = Text("{value} is none of {least} to {most}.", value=value, least=least, most=most)
            raise click.BadParameter(words(wrong))
        return found

    return number


def threads(value: str) -> int:
    """Return the number of threads an argument says."""
    found = int(value) if value.isdecimal() and len(value) < 4 else 0
    if not 1 <= found <= MOST_THREADS:
        wrong = Text("{value} is none of 1 to {most}.", value=value, most=MOST_THREADS)
        raise click.BadParameter(words(wrong))
    return found


def days(value: str) -> int:
    """Return the number of days an argument says, 0 to 366."""
    found = int(value) if value.isdecimal() and len(value) < 4 else -1
    if not 0 <= found <= MOST_DAYS:
        raise click.BadParameter(words(Text("{value} is none of 0 to {most}.", value=value, most=MOST_DAYS)))
    return found


def moment(value: str) -> datetime:
    """Return the moment an argument says, in local time: a day (its beginning), or a day and a time."""
    try:
        found = datetime.fromisoformat(_iso(value))
    except ValueError:
        _check_day(value)
        found = None
    if found is None or found.tzinfo is not None:
        wrong = Text(
            "{value} is no moment; one is written 2027-09-22 or 22.09.2027, with a time 2027-09-22 14:00.",
            value=value,
        )
        raise click.BadParameter(words(wrong))
    _check_year(found.year, value)
    return found


def _check_day(value: str) -> None:
    """Refuse what is written like a day, or begins like one, where the calendar has no such day."""
    written = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", _iso(value))
    if written is None:
        return
    try:
        date.fromisoformat(written[0])
    except ValueError:
        raise click.BadParameter(words(Text("{value}: the calendar has no such day.", value=value))) from None


def _check_year(jahr: int, value: str) -> None:
    """Refuse a day of a year that nobody plans."""
    if not FIRST_YEAR <= jahr <= LAST_YEAR:
        wrong = Text(
            "{value} is none of the years {first} to {last}.",
            value=value,
            first=str(FIRST_YEAR),
            last=str(LAST_YEAR),
        )
        raise click.BadParameter(words(wrong))


def hour(value: str) -> time:
    """Return the time of day an argument says."""
    try:
        if not re.fullmatch(r"\d{1,2}:\d{2}", value):
            raise ValueError
        return time.fromisoformat(value.zfill(5))
    except ValueError:
        raise click.BadParameter(
            words(Text("{value} is no time; one is written 17:00.", value=value))
        ) from None


def day(value: str) -> date:
    """Return the day an argument says."""
    try:
        found = date.fromisoformat(_iso(value))
    except ValueError:
        _check_day(value)
        wrong = Text("{value} is no day; one is written 2027-09-15 or 15.09.2027.", value=value)
        raise click.BadParameter(words(wrong)) from None
    _check_year(found.year, value)
    return found


def clock(value: str) -> time:
    """Return the time of day an argument says."""
    try:
        return time.fromisoformat(value)
    except ValueError:
        wrong = Text("{value} is no time of day; one is written 18:00.", value=value)
        raise click.BadParameter(words(wrong)) from None


def _iso(value: str) -> str:
    """Return a day as German output prints it, 30.06.2027 or 1.7.2027, in the form that sorts; all else as it is."""
    deutsch = re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(.*)", value.strip())
    if not deutsch:
        return value
    return f"{deutsch[3]}-{int(deutsch[2]):02}-{int(deutsch[1]):02}{deutsch[4]}"


def did_you_mean(value: str, known: Iterable[str], *, cutoff: float = 0.5) -> Text | None:
    """Return a hint at the known words nearest to ``value``, or nothing; 1 as ``cutoff`` takes the word itself only."""
    near = difflib.get_close_matches(value, list(known), n=3, cutoff=cutoff)
    return Text("Did you mean: {names}?", names=tuple(near)) if near else None


def explain(error: click.ClickException) -> Problem:
    """Say what is wrong with the arguments, as a Problem like any other."""
    match error:
        case Misuse():
            return error.problem
        case click.NoSuchOption():
            near = error.ctx and did_you_mean(error.option_name, _options(error.ctx.command))
            return Problem(error.option_name, "", Text("There is no such option."), hinweis=near or None)
        case click.MissingParameter(param=param) if param is not None:
            known = EXAMPLES.get(_name(param))
            hint = Text("For example: {command}", command=known) if known else None
            return Problem(_name(param), "", Text("This is missing."), hinweis=hint)
        case click.BadParameter(param=param) if param is not None:
            return Problem(_name(param), "", Text("Wrong value: {reason}", reason=error.message))
        case click.BadOptionUsage():
            return Problem(error.option_name, "", _option_usage(error))
        case _:
            return Problem("", "", Text("Wrong use: {reason}", reason=error.format_message()))


def _option_usage(error: click.BadOptionUsage) -> Text:
    params = error.ctx.command.params if error.ctx else []
    flag = any(
        isinstance(param, click.Option) and param.is_flag and error.option_name in param.opts
        for param in params
    )
    return Text("This option takes no value.") if flag else Text("This option needs a value.")


def _options(of: click.Command) -> Sequence[str]:
    return [name for param in of.params for name in param.opts if name.startswith("-")]


def _name(param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return param.opts[-1]
    return _placeholders(param.make_metavar(click.Context(Command(""))))


projekt_option = option(
    "--projekt",
    "projekt_option",
    metavar=N_("FOLDER"),
    help=N_("The project's folder; without it the current one, or the nearest above it that is a project."),
)
projekt_argument = click.argument("projekt", required=False, metavar="[PROJEKT]")
profil_option = option(
    "--profil",
    metavar=N_("NAME"),
    help=N_("The order in which wishes matter: a profile of the programme, such as gleichmaessig."),
)
programm_option = option(
    "--programm",
    metavar=N_("FILE"),
    help=N_("Another programme than the one the project names: a file of the city or of the project."),
)
effort_option = option(
    "--effort", type=Choice(("kurz", "normal", "lang")), default="normal", help=N_("How long to look.")
)
