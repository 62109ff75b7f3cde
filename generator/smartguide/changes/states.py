"""One state of a project: what its records say, what is wrong with them, and its figures.

Only the code of the working tree is ever run, as by every other command; the extensions of a revision are not, nor what
its settings name, as that would be loaded. So a revision is nothing but data, and all that differs between two states
comes from what they hold.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Final, Self

from smartguide.changes import revisions
from smartguide.changes.revisions import Commit, Written
from smartguide.checks.checking import Checked, Checker
from smartguide.checks.lost import Lost
from smartguide.extensions import ExtensionError, Extensions, Figures
from smartguide.findings import Finding, Severity
from smartguide.links.external import collecting
from smartguide.model.catalogue import CATALOGUE
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.project import Project
from smartguide.settings import FILE as SETTINGS

_NUMBERS: Final = re.compile(r"\[\d+\]|:\d+:\d+")
"""Positions in findings, which move when something is written above them."""
SCHEMAS: Final = "schemas"
FindingKey = tuple[str, str, str, str, str]


@dataclass(frozen=True, eq=False)
class State:
    """A project in one state. ``commit`` is None for the working tree.

    ``lost`` says which records could not be read, ``is_usable`` whether there is a catalogue that says what the records
    are. ``has_own_code`` is whether the extensions and the settings that it was checked with are its own. With
    ``read_by``, the schemas of its own cannot be used, and its records (in ``checked``) were read by those of that
    other state; ``own_findings`` is what is wrong with it by its own.
    """

    commit: Commit | None
    written: Written
    checked: Checked
    lost: Lost
    is_usable: bool
    has_own_code: bool
    own_findings: tuple[Finding, ...]
    read_by: State | None = None

    @property
    def base(self) -> KnowledgeBase:
        """The records."""
        return self.checked.base

    @property
    def is_empty(self) -> bool:
        """Whether there was no knowledge base yet."""
        return f"content/{CATALOGUE}" not in self.written.files

    @property
    def errors(self) -> list[Finding]:
        """The findings that stop a build."""
        return [one for one in self.own_findings if one.severity is Severity.ERROR]

    def read(self, name: str) -> bytes:
        """Return what a file holds; of a symbolic link what it leads to, and nothing if there is no such file."""
        if name in self.written.links:
            return self.written.links[name].encode("utf-8", "surrogateescape")
        return (self.written.root / name).read_bytes() if name in self.written.files else b""

    @cached_property
    def findings(self) -> dict[FindingKey, list[Finding]]:
        """What is wrong, by what does not change when something is written above it."""
        found: dict[FindingKey, list[Finding]] = {}
        for one in self.own_findings:
            if one.rule != "extension" or self.has_own_code:  # code of another state may ask for what is not there
                key, message = (_NUMBERS.sub("", text) for text in (one.key, one.message))
                found.setdefault((str(one.severity), one.rule, one.place.path, key, message), []).append(one)
        return found

    @cached_property
    def urls(self) -> dict[str, list[str]]:
        """The URLs of other sites, without fragments, each with the files that it is written in."""
        found = collecting.collect(Project.of(self.base.root), self.base)
        return {url: sorted({place.path for place in places}) for url, places in found.items()}

    @cached_property
    def figures(self) -> dict[str, float]:
        """How many records there are in each collection, and the figures of extensions, by the words for them."""
        found: dict[str, float] = {one.title: len(one) for one in self.base.collections.values()}
        for counted in self._counted.values():
            for words, number in counted or ():
                found.setdefault(words, number)
        return found

    @property
    def failed_figures(self) -> list[str]:
        """The ids of figures that could not be counted."""
        return [name for name, counted in self._counted.items() if counted is None]

    @cached_property
    def _counted(self) -> dict[str, list[tuple[str, float]] | None]:
        return {one.id: self._count(one) for one in self.checked.extensions.figures}

    def _count(self, one: Figures) -> list[tuple[str, float]] | None:
        try:
            return self.checked.extensions.call(one, lambda: [(str(words), number) for words, number in one(self.base)])
        except ExtensionError:
            return None


class States:
    """The two states of a comparison. They can be asked for anything inside of the ``with`` block only.

    ``base`` and ``head`` are revisions; without ``head`` it is the working tree. Raises RevisionError on entering, and
    OSError where a file cannot be read or written.
    """

    def __init__(self, project: Project, base: str, head: str | None = None) -> None:
        self._project = project
        self._named = base, head
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        root = self._project.root
        base, head = self._named
        wanted = revisions.commit(root, base)
        of_head = revisions.commit(root, head) if head is not None else None
        self.wanted = wanted
        parted = revisions.parted(root, wanted, of_head)
        with ExitStack() as stack:
            if of_head is None:
                self.head = _checked(self._project, None, revisions.working_tree(root))
                code = self.head.checked.extensions
            else:
                code = Checker(self._project).read().extensions
                self.head = self._at(of_head, code, stack)
            self.base = _readable(self._at(parted, code, stack), self.head, root, stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _at(self, commit: Commit, code: Extensions, stack: ExitStack) -> State:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="smartguide-"))).resolve()
        written = revisions.write(self._project.root, commit, folder)
        with _settings_of(self._project.root, folder):
            return _checked(Project(folder), commit, written, code)


@contextmanager
def _settings_of(root: Path, folder: Path) -> Iterator[None]:
    """Let a folder have the settings of the working tree for a while."""
    own, others = folder / SETTINGS, root / SETTINGS
    before = own.read_bytes() if own.is_file() else None
    own.unlink(missing_ok=True)
    if others.is_file():
        shutil.copyfile(others, own)
    yield
    own.unlink(missing_ok=True)
    if before is not None:
        own.write_bytes(before)


def _checked(project: Project, commit: Commit | None, written: Written, code: Extensions | None = None) -> State:
    checker = Checker(project, code=code)
    read = checker.read()
    checked = checker.check(read)
    own_findings = (*checked.findings, *checked.in_macros)
    return State(commit, written, checked, read.lost, read.is_usable, code is None, own_findings)


def _readable(state: State, other: State, root: Path, stack: ExitStack) -> State:
    """Return a state; if its schemas cannot be used, with the records as the schemas of another one read them.

    ``root`` is the folder of the working tree.
    """
    if not any(path.startswith(f"{SCHEMAS}/") for path in state.lost.collections.values()):
        return state
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="smartguide-"))).resolve()
    shutil.copytree(state.written.root, folder, dirs_exist_ok=True)
    shutil.rmtree(folder / SCHEMAS, ignore_errors=True)
    shutil.copytree(other.written.root / SCHEMAS, folder / SCHEMAS, symlinks=True)
    with _settings_of(root, folder):
        read = _checked(Project(folder), state.commit, state.written, other.checked.extensions)
    if not len(read.lost.collections) < len(state.lost.collections):
        return state
    return replace(state, checked=read.checked, lost=read.lost, read_by=other)


def findings_in(state: State, other: State) -> Iterator[Finding]:
    """Yield what is wrong in one state and was not, or is no longer, in the other one."""
    for key, found in state.findings.items():
        yield from found[len(other.findings.get(key, ())) :]
