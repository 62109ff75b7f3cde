"""No input keeps the program busy without end: each case must be done in a minute, and takes a second or so.

The inputs are so long that work which grows with their square takes minutes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from smartguide.checks.chapters import _undefined_references
from smartguide.findings import did_you_mean
from smartguide.links.internal.skipped_by_lychee import links
from smartguide.model.entries import ID, slug
from smartguide.pages.text import prose, prose_links
from smartguide.site.page_code import check
from smartguide.site.security_policy import inline_scripts
from tests.processes import copied, smartguide
from tests.projects import MakeProject

MINUTE = 60


def run(work: Callable[[], object]) -> None:
    """Do some work in a process that can be ended, as no thread can."""
    done = copied(work, MINUTE)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)+$", "^(a|a?)+$", "^([a-z]+)*[0-9]$", "(.*a){30}b"])
def test_a_pattern_of_a_schema_that_would_backtrack_for_ever(project: MakeProject, pattern: str) -> None:
    root = project({"content/themes.yml": f"water: {{name: {'a' * 5000}!, description: x}}"})
    schema = root / "schemas/theme.schema.json"
    data = json.loads(schema.read_text(encoding="utf-8"))
    data["properties"]["name"] |= {"pattern": pattern}
    schema.write_text(json.dumps(data), encoding="utf-8")
    done = smartguide(root, "validate", timeout=MINUTE)
    assert "content/themes.yml:1:15: error: name: " in done.stdout
    assert "does not have the right form" in done.stdout


@pytest.mark.parametrize(
    "text",
    [
        "*a **a ",
        "[",
        "![",
        "[a](",
        "[a](b)[",
        "[x][",
        "- a\n",
        "1. a\n",
        "> ",
        "&",
        "&#",
        "\\",
        "`",
        "<",
        "*__",
        "a \n",
    ],
)
def test_prose(text: str) -> None:
    run(lambda: (prose(text * 20_000), prose_links(text * 20_000)))


@pytest.mark.parametrize("text", ["<script", "<script ", "<script>", "</script", "<SCRIPT src=", '<script a="'])
def test_the_scripts_of_a_page(text: str) -> None:
    run(lambda: inline_scripts(text * 50_000))
    run(lambda: list(check(text * 50_000, frozenset())))


@pytest.mark.parametrize("text", ["url(", "url( ", " ", "@import ", "@import '", "url(\\'", 'url("a" '])
def test_the_styles_of_a_page(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.css").write_text("url(" + text * 50_000, encoding="utf-8")
    run(lambda: list(links(tmp_path / "x.css")))


@pytest.mark.parametrize("text", ["a", "a-", "-", "A b "])
def test_ids_and_names(text: str) -> None:
    long = text * 300_000 + "!"
    run(lambda: (ID.match(long), slug(long), did_you_mean(long, [long, "b"])))


@pytest.mark.parametrize("text", ["\n", " ", "import\n", "export {\n", "import('./", "import './x\n", "import\n'"])
def test_the_imports_of_a_script(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.js").write_text(text * 25_000, encoding="utf-8")
    run(lambda: list(links(tmp_path / "x.js")))


@pytest.mark.parametrize(
    "text", ["[a][b] ", "[a][b]\n\n", "[", "[a][", "`a", "$a ", "{{ ", "{% ", "<!-- ", "[a]: b\n", "](<", "\n \n", "> "]
)
def test_a_chapter(text: str) -> None:
    run(lambda: list(_undefined_references("x.md", text * 25_000 + "[a][b]")))


def test_a_chapter_of_code_that_never_ends() -> None:
    runs = " ".join("`" * number for number in range(1, 1400))
    run(lambda: list(_undefined_references("x.md", f"{runs}[a][b]")))
