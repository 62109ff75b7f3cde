"""Measure the build beside plain Material, and the check of all records. Run it with `make bench`.

The plain build has the same theme, the same settings and the same pages, already written as Markdown: what our macros
make of the records is put into files first, and neither our plugin nor the macros run. Both builds run in turn, in
processes of their own, and the ratio of each pair is what counts: the machine's speed drifts, the ratio does not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml
from mkdocs.config import load_config

from smartguide.pages import pages
from smartguide.session import load

ROOT = Path(__file__).resolve().parent.parent


class _Config(yaml.SafeLoader):
    """Reads mkdocs.yml for its text; `!ENV` becomes the default that it names."""


_Config.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1])


def plain_project(folder: Path) -> None:
    """Write the same site as plain Markdown: generated pages as files, authored pages after their macros have run."""
    docs = folder / "docs"
    loaded = load(ROOT)
    for page in pages.pages(loaded.checked.base):
        front = page.source.partition("\n---\n")[0]
        collection, _, record_id = page.body.split('"', 1)[1].rstrip(")} ").replace('"', "").partition(", ")
        found = loaded.checked.base[collection]
        record = found.records.get(record_id)
        body = loaded.renderer.record(record) if record else loaded.renderer.index(found)
        target = docs / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{front}\n---\n\n{body}\n", encoding="utf-8")
    config = load_config(str(ROOT / "mkdocs.yml"))
    macros = config.plugins["macros"]
    config.plugins.run_event("startup", command="build", dirty=False)
    config = config.plugins.run_event("config", config)
    for path in (ROOT / "content").rglob("*.md"):
        target = docs / path.relative_to(ROOT / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        front, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        name = path.relative_to(ROOT / "content").as_posix().removesuffix("index.md").removesuffix(".md").rstrip("/")
        address = f"{name}/" if name else ""
        macros._page = type("Page", (), {"url": address})  # noqa: SLF001  # what our macros ask of a page
        rendered = macros.env.from_string(body).render(**macros.variables)
        target.write_text(f"---\n{front}\n---\n{rendered}", encoding="utf-8")
    shutil.copytree(ROOT / "theme", folder / "theme")
    settings = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Config)  # a SafeLoader
    settings |= {
        "docs_dir": "docs",
        "plugins": [entry for entry in settings["plugins"] if "search" in entry],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")


def seconds(command: list[str], folder: Path) -> float:
    """Return how long a command takes, as a whole process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    return time.perf_counter() - start


def main() -> None:
    """Print the ratios of the builds and the time of a check beyond the start of the interpreter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="pairs that are counted (default: 5)")
    runs = parser.parse_args().runs
    python = sys.executable
    with tempfile.TemporaryDirectory() as name:
        plain = Path(name)
        plain_project(plain)
        ours = [python, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(plain / "site-ours")]
        theirs = [python, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(plain / "site-plain")]
        pairs = [(seconds(ours, ROOT), seconds(theirs, plain)) for _ in range(runs + 1)][1:]
        built = [len(list((plain / site).rglob("*.html"))) for site in ("site-ours", "site-plain")]
    ratios = [one / other for one, other in pairs]
    one, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    least, middle, most = min(ratios), statistics.median(ratios), max(ratios)
    print(f"pages: {built[0]} and {built[1]}")
    print(f"build: median {one:.2f} s, plain {other:.2f} s")
    print(f"ratio: median {middle:.2f} (from {least:.2f} to {most:.2f}); at most 1.25 is wanted")
    validate = [python, "-m", "smartguide.cli", "-C", str(ROOT), "validate"]
    checks = [seconds(validate, ROOT) - seconds([python, "-c", "pass"], ROOT) for _ in range(runs + 1)][1:]
    print(f"check of all records: median {statistics.median(checks):.2f} s beyond the interpreter; under 1 s is wanted")


if __name__ == "__main__":
    main()
