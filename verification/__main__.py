"""``python -m verification``: run all targets, draw them, and write the page of the documentation.

Names of targets run only those, and write no page; ``--png FOLDER`` draws into a folder for looking at.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from verification.figures import draw, save
from verification.page import page
from verification.peers import PEERS, present, with_peers
from verification.result import Result
from verification.targets import targets

DOCS = Path(__file__).resolve().parents[1] / "docs"


def reach(names: Sequence[str]) -> list[Result]:
    """Run targets, each with what other programs say."""
    results = []
    for name, run in targets().items():
        if names and name not in names:
            continue
        begun = time.perf_counter()
        result = with_peers(run(full=True))
        results.append(result)
        verdict = "passed" if result.passed else "REFUSED"
        print(f"{result.number:3} {result.name}: {verdict}, {time.perf_counter() - begun:.0f} s", flush=True)
        for check in result.checks:
            if not check.passed:
                print(f"    {check.statistic}: {check.simulated} against {check.expected}, {check.measure}")
    return results


def main(arguments: Sequence[str]) -> int:
    """Run; the exit code says whether all targets passed."""
    words = list(arguments)
    look = Path(words.pop(words.index("--png") + 1)) if "--png" in words else None
    names = [word for word in words if not word.startswith("--")]
    missing = {peer.program for peer in PEERS if not present(peer.program)}
    if missing and not names:
        print(f"not installed: {', '.join(sorted(missing))}; pip install 'getok[verification]'", file=sys.stderr)
        return 2
    results = sorted(reach(names), key=lambda result: result.number)
    for result in results:
        figure = draw(result.plot)
        if look is not None:
            save(figure, look / f"{result.slug}.png")
        if not names:
            save(figure, DOCS / "figures" / "verification" / f"{result.slug}.svg")
    if not names:
        (DOCS / "verification.md").write_text(page(results), encoding="utf-8", newline="\n")
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
