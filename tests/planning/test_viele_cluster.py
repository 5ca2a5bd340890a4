"""``schedule_many`` over a real cluster of processes, and as its page shows it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gremienplan as gp
from gremienplan.planning import Antwort
from tests.planning.test_viele import JAHR, auftrag, expected, quartier, ratlos, stadt, stirb

CI = os.environ.get("PROFILE") == "ci"
SEITE = Path(__file__).parents[2] / "docs" / "many-cities.md"


def run(code: str, folder: Path) -> list[str]:
    """Run a script as a program of its own: each process it starts reads it anew."""
    script = folder / "script.py"
    script.write_text(code, "utf-8")
    result = subprocess.run([sys.executable, script], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    return sorted(result.stdout.splitlines())


def blocks() -> list[str]:
    if not SEITE.is_file():
        pytest.skip("the documentation is not part of this tree")
    return re.findall(r"^```python\n(.*?)^```$", SEITE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.skipif(not CI, reason="starts a pool: PROFILE=ci")
def test_the_page_shows_a_pool_that_works(tmp_path: Path) -> None:
    lines = run(blocks()[0], tmp_path)
    assert lines == [
        "hattingen 12 Termine, proven",
        "nowhere failed: input There is no such folder, and no city of this name ships with gremienplan.",
        "quartier 8 Termine, proven",
    ]


@pytest.mark.acceptance
def test_the_page_shows_a_cluster_that_works(tmp_path: Path) -> None:
    assert run(blocks()[1], tmp_path) == ["hattingen Plan True", "quartier Plan True"]


@pytest.mark.acceptance
@pytest.mark.filterwarnings("ignore")  # what a cluster warns of while it starts, stops and loses a worker
def test_a_cluster_of_processes_answers_for_every_city() -> None:
    """Two processes: plans as computed here, a fault, bad input, and one that kills its worker; none harms another."""
    import dask
    from distributed import Client, LocalCluster

    orders = [
        auftrag("a", quartier()),
        auftrag("ratlos", ratlos),
        auftrag("stirbt", stirb),
        auftrag("fehlt"),
        auftrag("b", stadt("quartier")),
        *(auftrag(f"fehlt {n}") for n in range(20)),
    ]
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        answers: list[tuple[str, Antwort]] = list(
            gp.schedule_many(orders, executor=client.get_executor(), ahead=6)
        )
    assert sorted(key for key, _ in answers) == sorted(order.key for order in orders)
    found = dict(answers)
    assert found["a"] == found["b"] == expected()
    causes = {key: answer.ursache.value for key, answer in answers if isinstance(answer, gp.Failed)}
    assert causes.pop("stirbt") == "lost"
    assert causes.pop("ratlos") == "fault"
    assert set(causes.values()) == {"input"}
    assert all(isinstance(found[order.key], gp.Plan | gp.Failed) for order in orders)
    assert found["a"].jahr == JAHR
