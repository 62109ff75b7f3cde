"""The page of all messages: it has every finding that there is, and the messages are those of today."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.guide.messages import COMMAND, PAGE, WORDS, made
from tests.projects import ROOT

RULES = {rule for rules in WORDS.values() for rule in rules}
WITHOUT_EXAMPLE = {"unreadable", "too-long", "engine", "page-shell", "verified", "link-history"}
"""They need a broken disk, a schema with a limit, another engine or theme, another day, or a file that is no record."""
ARGUMENT = {"Finding": 1, "report": 2, "rule": 0, "_Problem": 0, "Fault": 0}
"""Which argument of a call is the rule."""
CODE = [
    *(path for path in (ROOT / "generator/smartguide").rglob("*.py") if "starter" not in path.parts),
    *(ROOT / "extensions").glob("*.py"),
]


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == made(), f"messages have changed; read them, and run: {COMMAND}"


def test_every_rule_is_on_the_page() -> None:
    assert {rule for path in CODE for rule in _rules(path)} - RULES == set(), (
        "add it to WORDS in tests/guide/messages.py"
    )


def test_every_rule_on_the_page_exists() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in CODE)
    assert {rule for rule in RULES if f'"{rule}"' not in code} == set()


def test_every_rule_has_an_example() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert {rule for rule in RULES if f" [{rule}]\n" not in text} == WITHOUT_EXAMPLE


def _rules(path: Path) -> Iterator[str]:
    """Yield the rules that a module of the code names where it makes findings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        one.target.id: one.value.value
        for one in tree.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(one.value, ast.Constant)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        given = call.args[ARGUMENT[name] : ARGUMENT[name] + 1] if name in ARGUMENT else []
        for value in [*given, *(one.value for one in call.keywords if one.arg == "rule")]:
            found = value.value if isinstance(value, ast.Constant) else constants.get(getattr(value, "id", ""))
            if isinstance(found, str) and re.fullmatch(r"[a-z]+(-[a-z]+)*", found):
                yield found
