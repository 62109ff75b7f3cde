"""Measure builds beside other generators, on made knowledge bases of several sizes. Run it with `make bench`.

The others get the same finished pages: what our templates make of the records is put into files first. All builds of
a size run in turn, each as a process of its own. The ratios are what counts: the speed of the machine drifts, they do
not.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks import others, processes
from benchmarks.large import make
from benchmarks.processes import FailedError, Measured
from smartguide.session import load

SIZES = {535: (60, 219), 3_035: (560, 2_219), 10_535: (2_060, 8_219), 100_535: (20_060, 80_219)}
"""How many partnerships and partners make so many pages; the first are the real records alone."""
GOALS = {
    "cold ÷ Material": {535: 0.45, 3_035: 0.2, 10_535: 0.15},
    "cold ÷ Hugo": {3_035: 1.5, 10_535: 1.0},
    "edit ÷ cold": {535: 0.6, 3_035: 0.4, 10_535: 0.4},
    "MiB cold": {10_535: 400},
}
EDITED = "content/partners/"
PYTHON = sys.executable


class Case:
    """A project of one size, and the same pages for others. Each method runs one build."""

    def __init__(self, folder: Path, size: int, wanted: set[str]) -> None:
        partnerships, partners = SIZES[size]
        self.aside = folder / "aside"
        self.aside.mkdir()
        self.root = make(folder / "ours", partnerships=partnerships, partners=partners)
        self.site = folder / "site"
        self.material = folder / "material"
        self.hugo_folder = folder / "hugo"
        if wanted - {"cold", "edit"}:
            self.cold()  # the others get what is in our site besides pages
            session = load(self.root)
            rendered = others.rendered_pages(session)
            others.of_material(session, rendered, self.material)
            others.of_hugo(session, rendered, self.site, self.hugo_folder)
        self.edits = 0

    def move_aside(self, built: Path) -> None:
        """Let a build begin without what an earlier one has made.

        It is deleted when all is measured: ext4 makes files slowly in the minute after thousands were deleted.
        """
        if built.exists():
            built.rename(Path(tempfile.mkdtemp(dir=self.aside)) / built.name)

    def ours(self) -> Measured:
        self.move_aside(self.site)
        command = [
            PYTHON,
            "-m",
            "smartguide",
            "-C",
            str(self.root),
            "build",
            "--no-strict",
            "--site-dir",
            str(self.site),
        ]
        return processes.run(command, self.root)

    def cold(self) -> Measured:
        self.move_aside(self.root / ".cache")
        return self.ours()

    def edit(self) -> Measured:
        """Build again after the edit of one partner, which is on pages of others."""
        self.edits += 1
        record = sorted((self.root / EDITED).glob("*.yml"))[self.edits]
        record.write_text(f"{record.read_text(encoding='utf-8')}smes: {self.edits}\n", encoding="utf-8")
        return self.ours()

    def plain(self) -> Measured:
        self.move_aside(self.material / "site")
        return processes.run([PYTHON, "-m", "mkdocs", "build", "--quiet"], self.material)

    def zensical(self) -> Measured:
        self.move_aside(self.material / "site")
        return processes.run([PYTHON, "-m", "zensical", "build", "--clean"], self.material)

    def hugo(self) -> Measured:
        self.move_aside(self.hugo_folder / "public")
        return processes.run([str(Path(PYTHON).with_name("hugo")), "--quiet"], self.hugo_folder)

    def pages(self) -> int:
        return sum(1 for _ in self.site.rglob("*.html"))


def measure(size: int, runs: int, wanted: set[str], folder: Path) -> dict[str, float]:
    """Return the medians of a size: seconds, MiB and ratios; nothing of a generator that fails."""
    folder.mkdir()
    case = Case(folder, size, wanted)
    builds = {
        "cold": case.cold,
        "edit": case.edit,
        "material": case.plain,
        "zensical": case.zensical,
        "hugo": case.hugo,
    }
    builds = {name: build for name, build in builds.items() if name in wanted}
    rounds: list[dict[str, Measured]] = [{} for _ in range(runs)]
    for measured in rounds:
        for name, build in list(builds.items()):
            try:
                measured[name] = build()
            except FailedError as error:  # another generator may have a limit that this size exceeds
                print(f"{name} cannot build {size:,} pages: {str(error).strip().splitlines()[-1]}", file=sys.stderr)
                del builds[name]
    found: dict[str, float] = {"pages": case.pages()}
    for name in builds:
        found[f"s {name}"] = statistics.median(one[name].seconds for one in rounds)
        found[f"MiB {name}"] = statistics.median(one[name].mebibytes for one in rounds)
    for over, under in (("cold", "material"), ("cold", "zensical"), ("cold", "hugo"), ("edit", "cold")):
        if {over, under} <= builds.keys():
            title = f"{over} ÷ {under.capitalize() if under != 'cold' else under}"
            found[title] = statistics.median(one[over].seconds / one[under].seconds for one in rounds)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", choices=list(SIZES), default=[535, 3_035, 10_535])
    parser.add_argument("--runs", type=int, default=3, help="builds of each kind (default: 3)")
    names = ("cold", "edit", "material", "zensical", "hugo")
    parser.add_argument("--only", nargs="+", choices=names, default=list(names), help="which builds (default: all)")
    options = parser.parse_args()
    columns: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            columns[size] = measure(size, options.runs, set(options.only), Path(folder) / str(size))
            print(f"measured {size:,} pages", file=sys.stderr, flush=True)
    print(f"{'':18}" + "".join(f"{size:>20,}" for size in columns))
    for row in dict.fromkeys(key for column in columns.values() for key in column):
        cells = []
        for size, column in columns.items():
            goal = GOALS.get(row, {}).get(size)
            cells.append((f"{column[row]:.2f}" if row in column else "-") + (f" (goal {goal})" if goal else ""))
        print(f"{row:18}" + "".join(f"{cell:>20}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
