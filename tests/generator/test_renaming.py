"""``smartguide rename`` and ``smartguide merge``: whatever names a record names the right one afterwards."""

from __future__ import annotations

import subprocess
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smartguide.cli import main
from tests.generator import made
from tests.projects import MakeProject, contents

CHAPTER = """
    # A chapter

    {{ link("huts", "upper-lake") }}, {{ link('huts', 'upper-lake', label="upper-lake") }}, {{ href("huts/upper-lake/") }},
    [the hut](huts/upper-lake.md#stages "upper-lake") and [again].

    [again]: huts/upper-lake.md

    `{{ link("huts", "upper-lake") }}` and the words upper-lake stay.
    """
RENAMED = """
    # A chapter

    {{ link("huts", "high-lake") }}, {{ link('huts', 'high-lake', label="upper-lake") }}, {{ href("huts/high-lake/") }},
    [the hut](huts/high-lake.md#stages "upper-lake") and [again].

    [again]: huts/high-lake.md

    `{{ link("huts", "upper-lake") }}` and the words upper-lake stay.
    """
OTHER = """
    # What the map prints.
    name: Obere Seehütte (SAC)
    valley: NTH
    beds: 20
    links:
      - url: https://huts.example/upper-lake
        label: Its own site
    sources:
      - source: map
        part: Sheet 3
    """
TOUR = "content/tours/three-lakes.yml"
HUT = "content/huts/upper-lake.yml"


def run(root: Path, *arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *arguments], input=typed)


def is_valid(root: Path) -> bool:
    return run(root, "validate").exit_code == 0


def git(root: Path, *arguments: str) -> str:
    own = ["-c", "user.name=A", "-c", "user.email=a@tours.example", "-c", "core.autocrlf=false"]
    return subprocess.run(["git", "-C", str(root), *own, *arguments], check=True, capture_output=True, text=True).stdout


def test_rename_changes_every_reference_and_nothing_else(site_project: MakeProject) -> None:
    root = site_project({"content/chapter.md": CHAPTER})
    tour = (root / TOUR).read_text("utf-8")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "before")
    done = run(root, "rename", "upper-lake", "high-lake")
    assert done.exit_code == 0, done.output
    assert (root / TOUR).read_text("utf-8") == tour.replace("upper-lake", "high-lake")
    assert (root / "content/chapter.md").read_text("utf-8") == textwrap.dedent(RENAMED).lstrip()
    assert (root / "content/huts/high-lake.yml").read_text("utf-8").endswith("former_ids:\n  - upper-lake\n")
    assert f"{TOUR}\n    9 -   - hut: upper-lake\n    9 +   - hut: high-lake\n" in done.stdout
    assert "content/huts/upper-lake.yml is now content/huts/high-lake.yml" in done.stdout
    assert "R" in git(root, "status", "--porcelain", "content/huts").split()[0]
    assert is_valid(root)


def test_rename_back_takes_the_former_id_out(project: MakeProject) -> None:
    root = project()
    run(root, "rename", "huts/upper-lake", "high-lake")
    run(root, "rename", "huts/high-lake", "huts/upper-lake")
    assert (root / HUT).read_text("utf-8").endswith("former_ids:\n  - high-lake\n")
    assert is_valid(root)


def test_records_of_one_file_are_renamed_in_it(project: MakeProject) -> None:
    root = project(
        {
            "content/sources.yml": b"# All sources.\r\n'map': # the map\r\n  {title: A map, publisher: B, kind: map, description: C}\r\n"
        }
    )
    done = run(root, "rename", "sources/map", "sheet")
    assert done.exit_code == 0, done.output
    assert (root / "content/sources.yml").read_bytes().startswith(b"# All sources.\r\n'sheet': # the map\r\n  {title")
    assert "this kind of record keeps no former ids" in done.stdout
    assert is_valid(root)


def test_records_that_share_a_page_and_pages_in_the_navigation_are_renamed(site_project: MakeProject) -> None:
    chapter = (
        '# A\n\n[a](../glossary/index.md#scree) {{ href("glossary/#scree") }} <a href="../glossary/#scree">c</a>\n'
    )
    root = site_project({"content/about/chapter.md": chapter})
    settings = root / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}nav:\n  - index.md\n  - Tour: tours/three-lakes.md\n", "utf-8")
    done = run(root, "rename", "scree", "rubble")
    assert done.exit_code == 0, done.output
    assert (root / "content/about/chapter.md").read_text("utf-8") == (
        '# A\n\n[a](../glossary/index.md#rubble) {{ href("glossary/#rubble") }} <a href="../glossary/#scree">c</a>\n'
    )
    assert "for you to look at:\n  content/about/chapter.md:3: [a](../glossary/index.md#rubble)" in done.stdout
    assert run(root, "rename", "three-lakes", "four-lakes").exit_code == 0
    assert settings.read_text("utf-8").endswith("  - Tour: tours/four-lakes.md\n")


REFUSED = {
    "no such record": (["rename", "upper-lak", "x"], 2, "no record 'upper-lak' (did you mean 'upper-lake'?)"),
    "no such collection": (["rename", "hut/upper-lake", "x"], 2, "no collection 'hut' (did you mean 'huts'?)"),
    "the id is no id": (["rename", "upper-lake", "Upper Lake!"], 2, "is not lower-case ASCII words"),
    "the id is the same": (["rename", "upper-lake", "upper-lake"], 2, "has that id already"),
    "the id is taken": (["rename", "upper-lake", "stone-pass"], 1, "smartguide merge huts/upper-lake huts/stone-pass"),
    "another collection": (["rename", "upper-lake", "tours/upper-lake"], 2, "stays one of the huts"),
    "a URL that is taken": (["rename", "upper-lake", "index"], 1, "the URL /huts/ is that of the index"),
    "merge with itself": (["merge", "upper-lake", "huts/upper-lake"], 2, "is one record already"),
    "merge different kinds": (["merge", "upper-lake", "three-lakes"], 2, "records of different kinds"),
    "merge undecided": (["merge", "upper-lake", "stone-pass"], 2, "the input ended before all was decided; nothing was"),
    "merge with a wrong word": (["merge", "upper-lake", "stone-pass", "--prefer", "C"], 2, "--prefer takes A, B, KEY=A"),
    "merge with a wrong key": (["merge", "upper-lake", "stone-pass", "--prefer", "nam=A"], 2, "names no key of these records: 'nam' (did you mean 'name'?)"),
    "merge where one names both": (["merge", "upper-lake", "stone-pass", "--prefer", "B"], 1, "tours/three-lakes names both"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused_and_nothing_changes(name: str, project: MakeProject) -> None:
    arguments, status, words = REFUSED[name]
    root = project()
    before = contents(root)
    done = run(root, *arguments)
    assert (done.exit_code, words in done.output) == (status, True), done.output
    assert contents(root) == before


@pytest.mark.parametrize("arguments", [["rename", "upper-lake", "x"], ["merge", "upper-lake", "stone-pass"]])
def test_nothing_is_changed_while_the_knowledge_base_has_errors(project: MakeProject, arguments: list[str]) -> None:
    root = project({"content/huts/wrong.yml": "name: 'A\n"})
    before = contents(root)
    done = run(root, *arguments)
    assert done.exit_code == 1
    assert "content/huts/wrong.yml:1" in done.output
    assert "fix them first" in done.output
    assert contents(root) == before


@pytest.mark.parametrize(
    "arguments", [["rename", "upper-lake", "x"], ["merge", "obere", "upper-lake", "--prefer", "A"]]
)
def test_a_dry_run_shows_everything_and_changes_nothing(project: MakeProject, arguments: list[str]) -> None:
    root = project({"content/huts/obere.yml": OTHER})
    before = contents(root)
    done = run(root, *arguments, "--dry-run")
    assert (done.exit_code, "would be" in done.stderr) == (0, True), done.output
    assert contents(root) == before
    assert done.stdout.count("\n") == run(root, *arguments).stdout.count("\n")


def test_merge_keeps_what_either_record_says(project: MakeProject) -> None:
    tour = "content/tours/other.yml"
    root = project(
        {
            "content/huts/obere.yml": OTHER,
            tour: "name: Other\nsubtitle: B\nkind: day tour\nguided: false\nstages: [{hut: 'obere'}]\nsources:\n  - source: map\n",
        }
    )
    done = run(root, "merge", "huts/obere", "huts/upper-lake", typed="x\nb\n")
    assert done.exit_code == 0, done.output
    assert not (root / "content/huts/obere.yml").exists()
    assert (root / HUT).read_text("utf-8") == (
        "name: Upper Lake Hut\n"
        "aliases:\n  - Obere Seehütte\n  - Obere Seehütte (SAC)\n"
        "valley: NTH\n"
        "beds: 20\n"
        "links:\n  - url: https://huts.example/upper-lake\n    label: Its own site\n"
        "sources:\n  - source: map\n  - source: map\n    part: Sheet 3\n"
        "former_ids:\n  - obere\n"
    )
    assert "{hut: 'upper-lake'}" in (root / tour).read_text("utf-8")
    assert "name differs:\n  A: Obere Seehütte (SAC)\n  B: Upper Lake Hut\n" in done.stdout
    assert "Type A or B." in done.stdout
    assert "kept from A: beds: 20" in done.stdout
    assert "content/huts/obere.yml: a comment that goes: # What the map prints." in done.stdout
    assert is_valid(root)


def test_merge_by_options_and_references_by_a_value(project: MakeProject) -> None:
    root = project(
        {
            "content/themes.yml": "water: {name: Water, description: Anything that flows.}\n# White.\nsnow: {name: Snow, description: It falls.} # Cold.\n",
            TOUR: "name: A\nsubtitle: B\nkind: day tour\nguided: true\nthemes: [snow, water]\nstages: [{hut: upper-lake}, {hut: stone-pass}]\nvalleys: [NTH, STH]\nsources: [{source: map}]\n",
        }
    )
    done = run(root, "merge", "snow", "water", "--prefer", "B", "--prefer", "description=A")
    assert done.exit_code == 0, done.output
    assert (
        "content/themes.yml: a comment that goes: # Cold.\n  content/themes.yml: a comment that goes: # White."
        in done.stdout
    )
    assert "themes: [water]\n" in (root / TOUR).read_text("utf-8")
    assert (root / "content/themes.yml").read_text(
        "utf-8"
    ) == "water:\n  name: Water\n  description: It falls.\n  former_ids:\n    - snow\n"
    done = run(root, "merge", "north", "south", "--prefer", "A")
    assert done.exit_code == 0, done.output
    assert "valleys: [NTH]\n" in (root / TOUR).read_text("utf-8")
    assert "valley: NTH" in (root / "content/huts/stone-pass.yml").read_text("utf-8")
    assert (root / "content/valleys.yml").read_text("utf-8") == "south:\n  code: NTH\n  name: North Valley\n"
    assert is_valid(root)


def test_a_reference_to_the_other_of_the_two_goes_and_is_told(tmp_path: Path) -> None:
    book = {**made.BOOK, "later": {"type": "array", "items": {"type": "string", "x-ref": "books"}}}
    books = """
        emma: {title: Emma, author: jane, later: [emma-2]}
        emma-2: {title: Emma 2, author: jane, start: 1815}
        """
    made.library(tmp_path, {"schemas/book.schema.json": made.schema("Book", book), "content/books.yml": books})
    done = run(tmp_path, "merge", "emma-2", "emma", "--prefer", "B")
    assert done.exit_code == 0, done.output
    assert "taken out: it names the other of the two: later[0]: emma-2" in done.stdout
    assert (tmp_path / "content/books.yml").read_text("utf-8") == (
        "emma:\n  title: Emma\n  author: jane\n  start: 1815\n"
    )
