"""The Python files of a project: how they are loaded, and what is told when one does not work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smartguide import (
    check,
    load,
)
from tests.generator.made import LIBRARY, OWN, findings, library, with_extension


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("def broken(:\n    pass\n", "extensions/own.py:1:12: error: cannot be run: SyntaxError: invalid syntax"),
        ("import smartgide\n", "extensions/own.py:1:1: error: cannot be run: ModuleNotFoundError: No module named 'smartgide'"),
        ("x = 1\nraise RuntimeError('no')\n", "extensions/own.py:2:1: error: cannot be run: RuntimeError: no"),
        ("import sys\nsys.exit(3)\n", "extensions/own.py:2:1: error: cannot be run: SystemExit: 3"),
        ("from . import other\n", "extensions/own.py:1:1: error: cannot be run: ImportError: cannot import name 'other' from 'extensions'"),
        ("from .other import it\n", "extensions/own.py:1:1: error: cannot be run: ModuleNotFoundError: No module named 'extensions.other'"),
        ("from smartguide import rule\n\n\n@rule('A B')\ndef own(record):\n    'Some.'\n", "extensions/own.py:4:1: error: cannot be run: ValueError: the id of a rule is lower-case words joined by '-', not 'A B'"),
        ("import math\n", "extensions/own.py: warning: adds nothing (mark what it adds with @rule, @export, @template_function, @reference_hint, @search_names or @figures)"),
        ("from smartguide.checks.rules import order\n", "extensions/own.py: warning: adds nothing"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_run_is_told_on_its_line(tmp_path: Path, text: str, finding: str) -> None:
    (found,) = findings(tmp_path, {OWN: text})
    assert re.sub(r":1:\d+:", ":1:1:", found).startswith(re.sub(r":1:\d+:", ":1:1:", finding))
    assert found.endswith("[extension]")
    assert "_smartguide_" not in found


def test_an_error_in_a_function_of_another_file_is_told_there(tmp_path: Path) -> None:
    text = '''
        from smartguide import rule
        from .other import helper

        @rule("own", collections=["books"])
        def own(record):
            """Something."""
            return helper(record)
        '''
    other = "def helper(record):\n    return record.nothing\n"
    (found,) = findings(tmp_path, with_extension(text, other=other))
    assert found.startswith("extensions/other.py:2:1: error: the rule 'own' fails: AttributeError")


@pytest.mark.parametrize(
    ("named", "finding"),
    [
        ("extensions/owm.py", "no file 'extensions/owm.py' (write it, or fix its name) [extension]"),
        ("../own.py", "(name a Python file below the project's folder, such as extensions/rules.py)"),
        ("smartguide.rules", "(name a Python file below the project's folder, such as extensions/rules.py)"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_there_is_told_in_the_catalogue(tmp_path: Path, named: str, finding: str) -> None:
    text = LIBRARY["content/catalogue.yml"].replace("extensions/own.py", named)
    (found,) = findings(tmp_path, {"content/catalogue.yml": text})
    assert found.startswith("content/catalogue.yml:1:14: error: ")
    assert finding in found


def test_a_link_out_of_the_project_is_not_run(tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text("raise RuntimeError('was run')\n", encoding="utf-8")
    root = library(tmp_path / "library", {OWN: None})
    (root / "extensions").mkdir()
    (root / OWN).symlink_to(outside)
    (found,) = [finding.as_text() for finding in check(root).findings]
    assert "'extensions/own.py' leads out of the project" in found


def test_two_extensions_of_one_name_are_told(tmp_path: Path) -> None:
    text = '''
        from smartguide import export, rule, template_function

        @rule("own")
        def first(record):
            """Something."""
            return []

        @rule("own")
        def second(record):
            """Something."""
            return []

        @export("own")
        def third(base, site_url):
            """An export may have the id of a rule."""
            return []
        '''
    assert findings(tmp_path, with_extension(text)) == [
        "extensions/own.py:8:1: error: the rule 'own' is defined at extensions/own.py:3:1 already (choose another name) [extension]"
    ]


def test_of_two_functions_of_one_name_the_first_would_be_lost_silently(tmp_path: Path) -> None:
    text = '''
        from functools import singledispatch
        from smartguide.extensions import rule

        @singledispatch
        def words(value):
            return str(value)

        @words.register
        def _(value: int):
            return "a number"

        @words.register
        def _(value: list):
            return "a list"

        @rule("first")
        def mine(record):
            """Something."""
            return []

        @rule("second")
        def mine(record):
            """Something."""
            return []
        '''
    assert findings(tmp_path, with_extension(text)) == [
        "extensions/own.py:21:1: error: the function 'mine' is defined at line 16 already; that has no effect (choose another name) [extension]"
    ]


def test_what_can_be_called_need_not_be_a_function(tmp_path: Path) -> None:
    text = '''
        import functools
        from smartguide import rule

        @rule("own", collections=["books"])
        @functools.lru_cache
        def own(record):
            """Something."""
            return [record.problem((), "found")]
        '''
    assert findings(tmp_path, with_extension(text)) == ["content/books.yml:1:7: error: found [own]"]


def test_two_projects_with_files_of_the_same_names_do_not_meet(tmp_path: Path) -> None:
    text = '''
        from smartguide import rule
        from .shared import WORD

        @rule("own", collections=["books"])
        def own(record):
            """Something."""
            from . import shared
            yield record.problem((), WORD)
        '''
    one, other = (
        library(tmp_path / word, with_extension(text.replace("            from . import shared\n", ""), shared=f"WORD = '{word}'\n"))
        for word in ("one", "other")
    )  # fmt: skip
    sessions = [load(one), load(other), load(one)]
    assert [session.checked.findings[0].message for session in sessions] == ["one", "other", "one"]
    for session in reversed(sessions):
        session.refresh()
    assert [session.checked.findings[0].message for session in sessions] == ["one", "other", "one"]


def test_a_changed_file_is_loaded_again(tmp_path: Path) -> None:
    root = library(tmp_path)
    session = load(root)
    assert session.checked.findings == []
    (root / OWN).write_text(
        LIBRARY[OWN].replace("        ", "", 1).replace("\n        ", "\n").replace("return []", "yield record.problem((), 'new')"),
        encoding="utf-8",
    )  # fmt: skip
    session.refresh()
    assert {finding.message for finding in session.checked.findings} == {"new"}
