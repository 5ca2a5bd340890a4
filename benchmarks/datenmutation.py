"""Changes Hamm's data in every way ``tests/spec/mutanten.py`` knows, and prints which changes no law sees.

    python benchmarks/datenmutation.py [--alle]

A change is seen when ``check`` refuses it or when a law fails that names the catalogue id of the changed entry.
"""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.spec.mutanten import Mutant, mutanten


def seen(mutant: Mutant) -> str:
    return mutant.killed_by()


def main() -> int:
    """Print the score and the survivors; the answer is 1 when fewer than 95 in 100 are seen."""
    alle = list(mutanten())
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(seen, alle, chunksize=20))
    left = [m for m, by in zip(alle, found, strict=True) if not by]
    by_check = sum(by == "check" for by in found)
    score = 100 * (len(alle) - len(left)) / len(alle)
    if "--alle" in sys.argv:
        for by, number in Counter(found).most_common():
            print(f"{number:5}  {by or '-'}")
    for mutant in left:
        print(f"not seen: {mutant.name}")
    print(
        f"{len(alle)} changes of the data: {len(alle) - len(left)} seen ({score:.1f} %), {by_check} by check"
    )
    return 0 if score >= 95 else 1


if __name__ == "__main__":
    sys.exit(main())
