"""Runs every mutant that mutmut makes of parts of the code, and prints which of them no test sees.

    python benchmarks/codemutation.py PART… -- TEST…        e.g. jahr rules.gruende -- tests/jahr tests/rules

mutmut changes the code and notes which functions a test enters. Its own run, though, starts pytest anew for every
mutant and takes the tests as they come. Here pytest collects once; every mutant then has a process of its own, in which
the tests run that enter the changed function, from cold: first those that saw its neighbours, then the quick ones,
until one fails. Results land one a line in ``mutants/lauf.jsonl`` and where ``mutmut results`` and ``mutmut show`` look
for them. A run takes up only what no test has seen yet, so it can go on where one stopped, or with more tests. Delete
``mutants`` to begin again; until then it holds the code and the tests as they were.

Left out are tests that fail without a mutant, and tests that take longer than ``LANG_S`` seconds.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import resource
import shutil
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from mutmut import __main__ as mutmut
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import setup_source_paths, walk_mutatable_files
from mutmut.utils.format_utils import mangled_name_from_mutant_name

LANG = float(os.environ.get("LANG_S", "1.2"))
SPEICHER = 6 << 30
KILLED, TIMEOUT = 1, 36
CODES = {0: "survived", KILLED: "killed", 33: "entered by no test", TIMEOUT: "out of time"}
"""As mutmut writes them."""


def in_a_child(work: Callable[[], Any], limit: float) -> tuple[Any, int, float]:
    """Return what some work said (None: nothing), what signal ended it, and the seconds it took of the processor."""
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(read)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 2))
        resource.setrlimit(resource.RLIMIT_AS, (SPEICHER, SPEICHER))
        try:
            os.write(write, pickle.dumps(work()))
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    _, status, usage = os.wait4(pid, 0)
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    return pickle.loads(said) if said else None, ended, usage.ru_utime + usage.ru_stime


class Lauf:
    """A plugin of pytest that runs the mutants in place of the tests."""

    def __init__(self, parts: Iterable[str]) -> None:
        self.parts = tuple(parts)
        self.root = Path.cwd().parent
        self.log = Path("lauf.jsonl").absolute()
        self.base = Path("basis").absolute()
        self.out, self.nowhere = os.fdopen(os.dup(1), "w"), os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise SystemExit("not all tests could be collected")
        self.session = session
        self.learn({item.nodeid: item for item in session.items})
        self.mutants()
        return True

    def say(self, line: str) -> None:
        print(line, file=self.out, flush=True)

    def run(self, items: Iterable[pytest.Item], mutant: str) -> str:
        """Run tests until one fails, and return that one's id, or "". What they share is set up for each anew."""
        set_mutant_under_test(mutant)
        config: Any = self.session.config
        config.pluginmanager.getplugin("terminalreporter")._tw._file = self.nowhere
        config._tmp_path_factory._given_basetemp, config._tmp_path_factory._basetemp = self.base, None
        for item in items:
            if self.takes:  # many times what it took without a mutant; the signal ends the process
                signal.setitimer(signal.ITIMER_VIRTUAL, 2 + 10 * self.takes[item.nodeid])
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if self.session.testsfailed:
                return item.nodeid
        return ""

    def learn(self, items: dict[str, pytest.Item]) -> None:
        """Run each test alone: what it enters, how long it takes, and that it passes; then all together."""
        self.enters: defaultdict[str, set[str]] = defaultdict(set)
        self.takes: dict[str, float] = {}
        self.items = items
        takes: dict[str, float] = {}
        for name, item in items.items():

            def work(item: pytest.Item = item) -> tuple[str, set[str]]:
                state()._stats.clear()
                return self.run([item], "stats"), set(state()._stats)

            answer, ended, seconds = in_a_child(work, LANG)
            if answer is None or answer[0] or seconds > LANG:
                self.say(f"left out: {name}: {f'{seconds:.1f} s' if seconds > LANG else f'fails ({ended})'}")
                continue
            takes[name] = seconds
            for function in answer[1]:
                self.enters[function].add(name)
        self.takes, seconds = takes, sum(takes.values())
        together, _, _ = in_a_child(lambda: self.run([items[t] for t in self.takes], ""), 30 + 2 * seconds)
        if together != "":
            raise SystemExit(f"fails without a mutant after other tests: {together}")
        self.say(f"{len(self.takes)} tests, {seconds:.0f} s; they enter {len(self.enters)} functions")

    def mutants(self) -> None:
        """Run the mutants of the parts, say what becomes of each that is not seen, and the score every hundred."""
        os.chdir(self.root)
        known = [SourceFileMutationData(path=path) for path in walk_mutatable_files()]
        done: dict[str, dict[str, Any]] = {}
        if self.log.exists():
            done = {r["mutant"]: r for r in map(json.loads, self.log.read_text("utf-8").splitlines())}
        self.saw: Counter[tuple[str, str]] = Counter()
        score: Counter[str] = Counter()
        started = time.time()
        for data in known:
            data.load()
            for name in data.exit_code_by_key:
                if not any(fnmatch(name, f"gremienplan.{part}*") for part in self.parts):
                    continue
                row = done.get(name)
                if row is None or row["code"] != KILLED:
                    row = self.judge(name)
                    data.exit_code_by_key[name], data.durations_by_key[name] = row["code"], row["s"]
                    data.save()
                    with self.log.open("a", encoding="utf-8") as log:
                        log.write(json.dumps(row) + "\n")
                    if row["code"] != KILLED:
                        self.say(f"{CODES[row['code']]}: {name}")
                for of in (mangled_name_from_mutant_name(name), name.rpartition(".")[0]):
                    self.saw[of, row["by"]] += 1
                score[CODES[row["code"]]] += 1
                if not score.total() % 100:
                    self.say(f"{time.time() - started:5.0f} s: {dict(score)}")
        self.say(f"{time.time() - started:5.0f} s: {dict(score)}")

    def judge(self, name: str) -> dict[str, Any]:
        """Run one mutant: which test sees it first, if any."""
        function, module = mangled_name_from_mutant_name(name), name.rpartition(".")[0]
        tests = sorted(
            self.enters[function],
            key=lambda t: (self.takes[t] + 0.01) / (1 + 20 * self.saw[function, t] + 2 * self.saw[module, t]),
        )
        by, code, seconds = "", 33, 0.0
        if tests:
            os.chdir(self.root / "mutants")
            limit = 10 + 2 * sum(self.takes[t] for t in tests)
            answer, ended, seconds = in_a_child(lambda: self.run([self.items[t] for t in tests], name), limit)
            os.chdir(self.root)
            shutil.rmtree(self.base, ignore_errors=True)
            by = answer if answer is not None else f"signal {ended}"
            code = (
                TIMEOUT
                if ended in (signal.SIGVTALRM, signal.SIGXCPU, signal.SIGKILL)
                else KILLED
                if by
                else 0
            )
        return {"mutant": name, "code": code, "by": by, "s": round(seconds, 2), "tests": len(tests)}


def main(parts: list[str], tests: list[str]) -> int:
    """Make the mutants, unless they are there, and run those of the parts."""
    os.environ.setdefault("PROFILE", "mutation")
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    with contextlib.redirect_stdout(None):
        mutmut.copy_src_dir()
        mutmut.copy_also_copy_files()
        setup_source_paths()
        mutmut.create_mutants(1)
    os.chdir("mutants")
    set_mutant_under_test("")
    args = [
        "-q",
        "--rootdir=.",
        "--assert=plain",
        "--tb=no",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
        *tests,
    ]
    return int(pytest.main(args, plugins=[Lauf(parts)]))


if __name__ == "__main__":
    cut = sys.argv.index("--")
    sys.exit(main(sys.argv[1:cut], sys.argv[cut + 1 :]))
