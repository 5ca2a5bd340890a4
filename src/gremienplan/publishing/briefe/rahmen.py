"""Templates of letters: ours, and what a city or a project puts in their place; everything wrong in them at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib.resources import files
from types import FrameType, TracebackType
from typing import Any

from attrs import Factory, define, field
from jinja2 import TemplateRuntimeError, TemplateSyntaxError, Undefined, nodes
from jinja2.loaders import FunctionLoader
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

NAMEN = ("betreff.txt.j2", "einladung.md.j2", "notiz.md.j2")
"""The templates of a letter: its subject, its text, and the note for the office above it."""
EIGENE = "gremienplan/"
"""Before the name of a template: ours, even where another stands in its place."""

Quellen = Mapping[str, tuple[str, str]]
"""Name of a template -> the file it comes from, as the user knows it, and its text."""


def in_language(name: str, sprache: str) -> str:
    """Return what a template is called in a language: German has the plain name.

    >>> in_language("einladung.md.j2", "en")
    'einladung.en.md.j2'
    """
    kopf, _, rest = name.partition(".")
    return name if sprache == "de" else f"{kopf}.{sprache}.{rest}"


@define
class Vorlagen:
    """The templates of one run. ``problems`` fills while they are read and used."""

    quellen: Quellen
    """What a city or a project puts in place of ours, or adds."""
    bekannt: tuple[str, ...]
    """The names a template may use."""
    problems: list[Problem] = field(factory=list)
    _jetzt: str = field(init=False, default="")
    """The file of the template that is being filled in."""
    _environment: ImmutableSandboxedEnvironment = field(
        init=False, default=Factory(lambda self: self._make(), takes_self=True)
    )

    def _make(self) -> ImmutableSandboxedEnvironment:
        return ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self._load),
            undefined=self._undefined(),
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # text and Markdown, not HTML
        )

    def _load(self, name: str) -> tuple[str, str, None] | None:
        """Return text and file of a template: theirs, else ours; None where there is none."""
        if name in self.quellen:
            datei, text = self.quellen[name]
            return text, datei, None
        try:
            text = (files(__package__) / "muster" / name.removeprefix(EIGENE)).read_text("utf-8")
        except OSError:
            return None
        return text, name, None

    def check(self, sprache: str) -> None:
        """Note what is wrong with the templates as they stand: grammar, unknown names, files nobody uses."""
        gewollt = {in_language(name, sprache) for name in NAMEN}
        alle = {in_language(name, s) for name in NAMEN for s in ("de", "en")}
        gefragt = set(alle)
        for datei, text in self.quellen.values():
            self._jetzt = datei
            try:
                baum = self._environment.parse(text)
            except TemplateSyntaxError as error:
                meldung = Text("The template cannot be read: {grund}", grund=error.message or "")
                self.problems.append(Problem(datei, _line(error.lineno), meldung))
                continue
            gefragt |= {other for other in find_referenced_templates(baum) if other}
            self.problems += self._unknown_names(datei, baum)
        for name in sorted(self.quellen.keys() - gefragt):
            meldung = Text("No letter is made from a template of this name.")
            nahe = get_close_matches(name, sorted(alle), n=1)
            hinweis = Text("The nearest: {names}", names=tuple(nahe) or tuple(sorted(gewollt)))
            self.problems.append(Problem(self.quellen[name][0], "", meldung, name, hinweis))

    def _unknown_names(self, datei: str, baum: nodes.Template) -> Iterator[Problem]:
        fremd = find_undeclared_variables(baum) - set(self.bekannt)
        gesehen = {(name.name, name.lineno) for name in baum.find_all(nodes.Name) if name.name in fremd}
        for name, zeile in sorted(gesehen, key=lambda one: (one[1], one[0])):
            nahe = tuple(get_close_matches(name, self.bekannt, n=3))
            hinweis = Text("The nearest: {names}", names=nahe or self.bekannt)
            yield Problem(datei, _line(zeile), Text("A letter knows nothing of this name."), name, hinweis)

    def render(self, name: str, sprache: str, angaben: Mapping[str, Any]) -> str:
        """Return the words of a template; what goes wrong is noted, once for each place."""
        name = in_language(name, sprache)
        self._jetzt = self.quellen[name][0] if name in self.quellen else name
        try:
            return _tidy(self._environment.get_template(name).render(**angaben))
        except TemplateSyntaxError:
            pass  # noted when the templates were checked
        except Exception as error:  # a template may do whatever it likes, and this is its fault
            datei, zeile = _place(error.__traceback__)
            grund = (
                str(error) if isinstance(error, TemplateRuntimeError) else f"{type(error).__name__}: {error}"
            )
            self._note(datei or self._jetzt, zeile, grund)
        return ""

    def raise_problems(self) -> None:
        """Raise InputError where anything is wrong."""
        if self.problems:
            raise InputError(sorted(set(self.problems), key=lambda p: (p.datei, p.pfad.zfill(12), p.wert)))

    def _note(self, datei: str, zeile: int, grund: str) -> None:
        meldung = Text("The template cannot be filled in: {grund}", grund=grund)
        found = Problem(datei, _line(zeile), meldung)
        if found not in self.problems:
            self.problems.append(found)

    def _undefined(self) -> type[Undefined]:
        """Return what stands for a value that is missing: strict, but it goes on, so that all come to light at once."""

        def note(fehlt: Undefined) -> None:
            if fehlt._undefined_obj is missing and fehlt._undefined_name not in self.bekannt:
                return  # noted when the templates were checked
            frame: FrameType | None = sys._getframe(2)
            while frame is not None and not _is_template(frame):
                frame = frame.f_back
            datei, zeile = (self._jetzt, 0) if frame is None else self._source_line(frame)
            self._note(datei, zeile, fehlt._undefined_message)

        class Fehlt(Undefined):
            def __str__(self) -> str:
                note(self)
                return ""

            def __iter__(self) -> Iterator[Any]:
                note(self)
                return iter(())

            def __len__(self) -> int:
                note(self)
                return 0

            def __bool__(self) -> bool:
                note(self)
                return False

            def __getattr__(self, name: str) -> Any:
                if name.startswith("__"):
                    raise AttributeError(name)
                note(self)
                return self

            def __getitem__(self, key: object) -> Any:
                note(self)
                return self

            __hash__ = Undefined.__hash__

            def __eq__(self, other: object) -> bool:
                note(self)
                return False

        return Fehlt

    def _source_line(self, frame: FrameType) -> tuple[str, int]:
        name = frame.f_globals["name"]
        vorlage = self._environment.get_template(name)
        return vorlage.filename or name, vorlage.get_corresponding_lineno(frame.f_lineno)


def _place(spur: TracebackType | None) -> tuple[str, int]:
    """Return the innermost line of a template in a traceback."""
    found = ("", 0)
    while spur is not None:
        if "__jinja_exception__" in spur.tb_frame.f_globals:  # jinja rewrites it to lines of the template
            found = (spur.tb_frame.f_code.co_filename, spur.tb_lineno)
        spur = spur.tb_next
    return found


def _is_template(frame: FrameType) -> bool:
    """Tell whether a frame is a template's code, by what jinja puts beside it."""
    return {"name", "blocks", "debug_info"} <= frame.f_globals.keys()


def _line(zeile: int) -> str:
    return str(zeile) if zeile else ""


def _tidy(text: str) -> str:
    """Return a text without blanks at the ends of lines, with at most one empty line in a row."""
    zeilen: list[str] = []
    for zeile in (zeile.rstrip() for zeile in text.splitlines()):
        if zeile or (zeilen and zeilen[-1]):
            zeilen.append(zeile)
    return "\n".join(zeilen).strip() + "\n"
