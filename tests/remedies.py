"""Faults that people make, and what the messages ask for: each message is followed to the letter, and then all is well."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from smartguide.findings import Finding
from tests.projects import contents

Step = Callable[[Path], None]
"""A change of a project in a folder."""


class Slip(NamedTuple):
    """A fault that somebody makes in a project in which nothing is wrong.

    ``said`` is what a message says, and ``remedy`` what it asks for; where that leads to another finding, several in a
    row. After the last of them nothing is wrong any more.
    """

    fault: Sequence[Step]
    told: Sequence[tuple[str, Sequence[Step]]]


def slip(fault: Step | Sequence[Step], *told: str | Step | Sequence[Step]) -> Slip:
    """Return a slip: the fault, and then in turn what is said and what is done about it."""
    said, done = told[::2], told[1::2]
    return Slip(_steps(fault), [(str(one), _steps(step)) for one, step in zip(said, done, strict=True)])  # type: ignore[arg-type]


def _steps(given: Step | Sequence[Step]) -> Sequence[Step]:
    return [given] if callable(given) else given


def put(name: str, text: str | bytes) -> Step:
    """Write a file."""

    def step(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    return step


def add(name: str, text: str) -> Step:
    """Write something at the end of a file."""
    return lambda root: put(name, (root / name).read_bytes() + text.encode())(root)


def edit(name: str, was: str, now: str) -> Step:
    """Write one text of a file in the place of another one, which must be there."""

    def step(root: Path) -> None:
        text = (root / name).read_bytes().decode()
        assert was in text, f"{was!r} is not in {name}"
        put(name, text.replace(was, now, 1))(root)

    return step


def gone(name: str) -> Step:
    """Delete a file."""
    return lambda root: (root / name).unlink()


def move(name: str, to: str) -> Step:
    """Give a file another name."""

    def step(root: Path) -> None:
        (root / to).parent.mkdir(parents=True, exist_ok=True)
        (root / name).rename(root / to)

    return step


@contextmanager
def restored(root: Path) -> Iterator[None]:
    """Let the files of a folder be changed, and put them back afterwards."""
    before = contents(root)
    try:
        yield
    finally:
        for path in [path for path in root.rglob("*") if path.is_symlink() or (path.is_file() and path not in before)]:
            path.unlink()
        for path, content in before.items():
            if not path.is_file() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()


def follow(root: Path, one: Slip, check: Callable[[], list[Finding]], rule: str) -> None:
    """Make a fault in a project and follow each message; ``check`` says what is wrong, ``rule`` is that of the first."""
    with restored(root):
        for step in one.fault:
            step(root)
        for number, (said, remedy) in enumerate(one.told):
            found = check()
            lines = [finding.as_text() for finding in found]
            assert any(said in line for line in lines), lines
            (*_, told) = (finding for finding in found if said in finding.as_text())
            assert told.hint
            assert number or told.rule == rule
            for step in remedy:
                step(root)
        assert [finding.as_text() for finding in check()] == []


def rules_in(*folders: Path) -> set[str]:
    """Return the names of all rules that the code in folders can report, as they are written in it."""
    trees = [ast.parse(path.read_bytes()) for folder in folders for path in sorted(folder.rglob("*.py"))]
    names = [_constants(tree) for tree in trees]
    of_all = {name: value for constants in names for name, value in constants.items()}
    found: set[str] = set()
    for tree, own in zip(trees, names, strict=True):
        known = {**of_all, **own}
        found |= {rule for node in ast.walk(tree) for rule in _rules(node, known)}
    return found


def _constants(tree: ast.AST) -> dict[str, object]:
    return {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }


_POSITIONS: Mapping[str, tuple[int, ...]] = {
    "Finding": (1,),
    "rule": (0,),
    "report": (2,),
    "_Problem": (0,),
    "_finding": (1,),
    "Fault": (0,),
    "Link": (2,),
}
"""Where the name of a rule stands among the values of calls."""


def _rules(node: ast.AST, names: Mapping[str, object]) -> Iterator[str]:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "_RULES":
        values = node.value.values if isinstance(node.value, ast.Dict) else []
        yield from (str(one.value) for one in values if isinstance(one, ast.Constant))
    if isinstance(node, ast.FunctionDef):
        arguments = [*node.args.args, *node.args.kwonlyargs]
        defaults = [*node.args.defaults, *node.args.kw_defaults]
        for argument, default in zip(reversed(arguments), reversed(defaults), strict=False):
            if argument.arg == "rule" and isinstance(default, ast.Constant):
                yield str(default.value)
    if isinstance(node, ast.Call):
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        given = [node.args[number] for number in _POSITIONS.get(called, ()) if number < len(node.args)]
        given += [one.value for one in node.keywords if one.arg == "rule"]
        for one in given:
            value = names.get(one.id) if isinstance(one, ast.Name) else getattr(one, "value", None)
            if isinstance(value, str) and value and all(part.isalpha() for part in value.split("-")):
                yield value
