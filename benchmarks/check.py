"""Measure a second check after one edit, within one process, beside the first one. Run it with `make bench`."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.large import make
from smartguide.checks.checking import Checker
from smartguide.project import Project


def main() -> None:
    """Print the times of a first check, and of checks after one edit each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9, help="edits that are counted (default: 9)")
    parser.add_argument("--partnerships", type=int, default=540)
    parser.add_argument("--partners", type=int, default=2_239)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = make(Path(name), partnerships=options.partnerships, partners=options.partners)
        checker = Checker(Project.of(root))
        first, checked = _timed(checker)
        edited = root / "content/partnerships/adpack-1.yml"
        text = edited.read_text(encoding="utf-8")
        again = []
        for number in range(options.runs):
            edited.write_text(text.replace("title: ", f"title: {number} ", 1), encoding="utf-8")
            time.sleep(0.1)
            again.append(_timed(checker)[0])
        print(f"records: {sum(1 for _ in checked.base)}, findings: {len(checked.findings)}")
        print(f"first check: {first:.2f} s")
        middle = statistics.median(again)
        print(f"after one edit: median {middle:.3f} s (from {min(again):.3f} to {max(again):.3f}); 0.15 s is wanted")
        print(f"ratio: {middle / first:.3f}")


def _timed(checker: Checker):  # noqa: ANN202
    start = time.process_time()
    checked = checker.check()
    return time.process_time() - start, checked


if __name__ == "__main__":
    main()
