"""What a project adds in Python: rules, exports, functions for templates, hints for references and so on.

``extensions:`` in ``content/catalogue.yml`` names files of the project. Each is a Python module; what it marks with one
of the decorators of this module becomes part of the project. The generator's own rules and exports are made in the same
way.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import os
import re
import sys
import sysconfig
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import getdoc, unwrap
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal, TypeVar, get_args

from jinja2.defaults import DEFAULT_NAMESPACE

from smartguide.findings import Finding, Place, Problem, Severity, quoted
from smartguide.model.entries import Entry
from smartguide.model.knowledge_base import KnowledgeBase, Record

Scope = Literal["entry", "record", "collection", "knowledge base"]
"""What a rule is called with. ``entry`` is a record as it is written, without its links: the quickest, as what such a
rule finds is kept as long as the file does not change."""

TAKEN_NAMES: Final = frozenset({"kb", "view", "quality", "record", "collection", *DEFAULT_NAMESPACE})
"""What every template knows already."""
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Rule:
    """A check of records. ``id`` is the short name in brackets after each of its findings.

    ``function`` takes what ``scope`` says, of the ``collections`` named (of all, if none is), and yields a Problem for
    each fault. ``documentation`` says what holds and why.
    """

    id: str
    function: Callable[[Any], Iterable[Problem]]
    scope: Scope
    collections: tuple[str, ...]
    severity: Severity
    documentation: str

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.id

    def __call__(self, subject: Any) -> Iterator[Finding]:
        """Yield what the rule finds in one entry, record, collection or knowledge base."""
        for problem in self.function(subject):
            yield problem.as_finding(self.id, self.severity)


@dataclass(frozen=True)
class Export:
    """The knowledge base in another format: ``function`` yields the path and the text of each file.

    A path is relative to the root of the site. ``function`` takes the knowledge base and the URL of the site (an empty
    string where the settings have none).
    """

    id: str
    function: Callable[[KnowledgeBase, str], Iterable[tuple[str, str]]]
    documentation: str

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.id

    def __call__(self, base: KnowledgeBase, site_url: str) -> Iterable[tuple[str, str]]:
        """Return the files of the export."""
        return self.function(base, site_url)


@dataclass(frozen=True)
class TemplateFunction:
    """A function that templates can call by ``name``, with whatever arguments it takes."""

    name: str
    function: Callable[..., Any]
    documentation: str

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call the function."""
        return self.function(*arguments, **named)


@dataclass(frozen=True)
class ReferenceHint:
    """A hint for a reference to a record that is not there.

    ``function`` takes the value as written and the records that could be named, by value; it returns what to do, or an
    empty string. ``refs`` are the ``x-ref`` that it knows about.
    """

    refs: tuple[str, ...]
    function: Callable[[str, Mapping[str, Entry]], str]
    documentation: str

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.function.__name__

    def __call__(self, value: str, known: Mapping[str, Entry]) -> str:
        """Return what to do about a value."""
        return self.function(value, known)


@dataclass(frozen=True)
class SearchNames:
    """More names by which the search finds the records of ``collections``: ``function`` takes one and yields them."""

    collections: tuple[str, ...]
    function: Callable[[Record], Iterable[str]]
    documentation: str

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.function.__name__

    def __call__(self, record: Record) -> Iterable[str]:
        """Return the names of a record."""
        return self.function(record)


@dataclass(frozen=True)
class Figures:
    """Numbers that follow from the records: ``function`` takes the knowledge base, and yields words and a number each.

    ``smartguide diff`` says which of them a change moves.
    """

    id: str
    function: Callable[[KnowledgeBase], Iterable[tuple[str, float]]]
    documentation: str

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.id

    def __call__(self, base: KnowledgeBase) -> Iterable[tuple[str, float]]:
        """Return the figures, each with the words for it."""
        return self.function(base)


Extension = Rule | Export | TemplateFunction | ReferenceHint | SearchNames | Figures


def rule(
    id: str,  # noqa: A002  # as the finding shows it
    *,
    scope: Scope = "record",
    collections: Sequence[str] = (),
    severity: Severity | str = Severity.ERROR,
) -> Callable[[Callable[[Any], Iterable[Problem]]], Rule]:
    """Make a function a rule; its docstring is the documentation.

    Raises ValueError for an id of another form, an unknown scope or severity, and a function without a docstring;
    TypeError if ``collections`` is not a list.
    """
    _check_id("rule", id)
    if scope not in get_args(Scope):
        raise ValueError(f"the scope of a rule is one of: {', '.join(get_args(Scope))}; not {scope!r}")
    if isinstance(collections, str):
        raise TypeError("collections is a list of names")

    def made(function: Callable[[Any], Iterable[Problem]]) -> Rule:
        return Rule(id, function, scope, tuple(collections), Severity(severity), _documentation(function))

    return made


def export(id: str) -> Callable[[Callable[[KnowledgeBase, str], Iterable[tuple[str, str]]]], Export]:  # noqa: A002
    """Make a function an export; its docstring is the documentation.

    Raises ValueError for an id of another form than a rule's, and for a function without a docstring.
    """
    _check_id("export", id)

    def made(function: Callable[[KnowledgeBase, str], Iterable[tuple[str, str]]]) -> Export:
        return Export(id, function, _documentation(function))

    return made


def figures(id: str) -> Callable[[Callable[[KnowledgeBase], Iterable[tuple[str, float]]]], Figures]:  # noqa: A002
    """Make a function one that counts; its docstring is the documentation.

    Raises ValueError for an id of another form than a rule's, and for a function without a docstring.
    """
    _check_id("figure", id)

    def made(function: Callable[[KnowledgeBase], Iterable[tuple[str, float]]]) -> Figures:
        return Figures(id, function, _documentation(function))

    return made


def template_function(function: Callable[..., Any]) -> TemplateFunction:
    """Let templates call a function by its name; its docstring is the documentation.

    Raises ValueError for a function without a docstring, and for a name that templates have another use for.
    """
    if function.__name__ in TAKEN_NAMES:
        raise ValueError(f"templates know something else as {function.__name__!r}; choose another name")
    return TemplateFunction(function.__name__, function, _documentation(function))


def reference_hint(*refs: str) -> Callable[[Callable[[str, Mapping[str, Entry]], str]], ReferenceHint]:
    """Make a function a hint for references with these ``x-ref``; its docstring is the documentation.

    Raises ValueError for a function without a docstring; TypeError if no ``x-ref`` is named.
    """
    if not refs or not all(isinstance(ref, str) for ref in refs):
        raise TypeError("a hint names the x-ref that it is for: @reference_hint('countries#code')")

    def made(function: Callable[[str, Mapping[str, Entry]], str]) -> ReferenceHint:
        return ReferenceHint(refs, function, _documentation(function))

    return made


def search_names(*collections: str) -> Callable[[Callable[[Record], Iterable[str]]], SearchNames]:
    """Let the search find the records of collections by more names; the docstring is the documentation.

    Raises ValueError for a function without a docstring; TypeError if no collection is named.
    """
    if not collections or not all(isinstance(name, str) for name in collections):
        raise TypeError("names for the search say which collections they are for: @search_names('countries')")

    def made(function: Callable[[Record], Iterable[str]]) -> SearchNames:
        return SearchNames(collections, function, _documentation(function))

    return made


def _check_id(of: str, id: str) -> None:  # noqa: A002
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise ValueError(f"the id of a {of} is lower-case words joined by '-', not {id!r}")


def _documentation(function: Callable[..., Any]) -> str:
    documentation = getdoc(function)
    if not documentation:
        raise ValueError(f"{function.__name__} needs a docstring, which says what it does and why")
    return documentation


class ExtensionError(Exception):
    """The code of a project failed; ``finding`` says which, where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.as_text())
        self.finding = finding


Made = TypeVar("Made")


@dataclass(frozen=True)
class Extensions:
    """Everything that is added to the project in the folder ``root``."""

    root: Path = field(default_factory=Path)
    rules: tuple[Rule, ...] = ()
    exports: tuple[Export, ...] = ()
    functions: tuple[TemplateFunction, ...] = ()
    hints: tuple[ReferenceHint, ...] = ()
    search_names: tuple[SearchNames, ...] = ()
    figures: tuple[Figures, ...] = ()
    places: Mapping[int, Place] = field(default_factory=dict)
    """Where each extension is defined, by its identity."""

    def place_of(self, extension: Extension) -> Place:
        """Return where an extension is defined."""
        return self.places.get(id(extension), Place("content/catalogue.yml"))

    def names_of(self, record: Record) -> list[str]:
        """Return the names of a record besides its title, and those that the project adds. Raises ExtensionError."""
        names = dict.fromkeys(record.other_names)
        for hook in self.search_names:
            if record.collection.name in hook.collections:
                names |= dict.fromkeys(self.call(hook, lambda hook=hook: list(hook(record))))  # type: ignore[misc]
        return list(names)

    def call(self, extension: Extension, make: Callable[[], Made]) -> Made:
        """Return what an extension makes. Raises ExtensionError, on the line at which it fails.

        The generator's own rules and exports are extensions, too; an error of theirs is raised as it is.
        """
        try:
            return make()
        except Exception as error:
            if id(extension) not in self.places:
                raise
            file, line = _last_line(error, self.root)
            place = Place(file, line, 1) if file else self.place_of(extension)
            what = f"the {_WORDS[type(extension)]} {quoted(extension.name)}"
            message = f"{what} fails: {type(error).__name__}: {error}"
            raise ExtensionError(Finding(place, "extension", message, hint="correct the code there")) from error

    def hint(self, ref: str, value: str, known: Mapping[str, Entry]) -> str:
        """Return what the first hint says that knows about an ``x-ref``; an empty string if none does.

        Raises ExtensionError.
        """
        hints = (self._said(hint, value, known) for hint in self.hints if ref in hint.refs)
        return next(filter(None, hints), "")

    def _said(self, hint: ReferenceHint, value: str, known: Mapping[str, Entry]) -> str:
        return self.call(hint, lambda: hint(value, known))


_WORDS: Final[dict[type, str]] = {
    Rule: "rule",
    Export: "export",
    TemplateFunction: "template function",
    ReferenceHint: "hint",
    SearchNames: "names for the search",
    Figures: "figures",
}


def in_module(module: ModuleType) -> list[Extension]:
    """Return what a module defines with the decorators, in its order; what it only imports is left out."""
    found = [value for value in vars(module).values() if isinstance(value, Extension)]
    return [one for one in found if one.function.__module__ == module.__name__]


def load(root: Path, files: Mapping[str, Place]) -> tuple[Extensions, list[Finding]]:
    """Load extension files of the project in ``root``, each named relative to it, with the place that names it.

    Returns the extensions and what is wrong. The files are run: they are code of the project, as trusted as its build.
    """
    findings: list[Finding] = []
    found: list[Extension] = []
    places: dict[int, Place] = {}
    named: dict[tuple[type[Extension], str], Place] = {}
    with _importable(root) as package:
        for name, place in files.items():
            path = root / name
            if not path.is_file():
                findings.append(
                    Finding(place, "extension", f"no file {quoted(name)}", hint="write it, or fix its name")
                )
                continue
            if not path.resolve().is_relative_to(root.resolve()):
                findings.append(
                    Finding(
                        place, "extension", f"{quoted(name)} leads out of the project", hint="put the file itself there"
                    )
                )
                continue
            try:
                module = importlib.import_module(f"{package}.{name.removesuffix('.py').replace('/', '.')}")
            except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever the code of a project raises
                findings.append(_failed(error, root, name, package))
                continue
            for extension in in_module(module):
                line = _line_of(extension.function)
                here = places[id(extension)] = Place(name, line, 1 if line else 0)
                if (first := named.setdefault((type(extension), extension.name), here)) is not here:
                    message = f"the {_WORDS[type(extension)]} {quoted(extension.name)} is defined at {first} already"
                    findings.append(Finding(here, "extension", message, hint="choose another name"))
                found.append(extension)
            findings += _lost(path, name)
            if not in_module(module):
                decorators = "@rule, @export, @template_function, @reference_hint, @search_names or @figures"
                hint = f"mark what it adds with {decorators}"
                findings.append(Finding(Place(name), "extension", "adds nothing", hint=hint, severity=Severity.WARNING))
    return (
        Extensions(
            root,
            tuple(one for one in found if isinstance(one, Rule)),
            tuple(one for one in found if isinstance(one, Export)),
            tuple(one for one in found if isinstance(one, TemplateFunction)),
            tuple(one for one in found if isinstance(one, ReferenceHint)),
            tuple(one for one in found if isinstance(one, SearchNames)),
            tuple(one for one in found if isinstance(one, Figures)),
            places,
        ),
        findings,
    )


def _lost(path: Path, name: str) -> Iterator[Finding]:
    """Yield what is lost in a file since a later definition has the same name in Python: only the last one counts."""
    first: dict[str, int] = {}
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.FunctionDef) and any(map(_marks, node.decorator_list)):
            line = node.decorator_list[0].lineno
            if (before := first.setdefault(node.name, line)) != line:
                message = f"the function {quoted(node.name)} is defined at line {before} already; that has no effect"
                yield Finding(Place(name, line, 1), "extension", message, hint="choose another name")


def _marks(decorator: ast.expr) -> bool:
    """Tell whether a decorator is one of this module. Functions with others may share a name, such as ``_``."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in {one.__name__ for one in (rule, export, figures, template_function, reference_hint, search_names)}


def _line_of(function: Callable[..., Any]) -> int:
    """Return the line at which a function is defined; 0 for what is none, such as an object that can be called."""
    code = getattr(unwrap(function), "__code__", None)
    return code.co_firstlineno if code else 0


class _importable:  # noqa: N801  # it is used like a function
    """Make the folder of a project a package while its extensions are loaded, so that they can import each other.

    The name of the package is made from the folder: two projects in one process do not meet. No bytecode is written:
    Python would take it for that of a file which was changed within the same second and has the same size.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._wrote_bytecode = not sys.dont_write_bytecode
        self._package = f"_smartguide_{hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]}"

    def __enter__(self) -> str:
        self._forget()
        package = ModuleType(self._package)
        package.__path__ = [str(self._root)]
        sys.modules[self._package] = package
        importlib.invalidate_caches()
        sys.dont_write_bytecode = True
        return self._package

    def __exit__(self, *_: object) -> None:
        sys.dont_write_bytecode = not self._wrote_bytecode
        self._forget()

    def _forget(self) -> None:
        for name in [name for name in sys.modules if name == self._package or name.startswith(f"{self._package}.")]:
            del sys.modules[name]


def _failed(error: BaseException, root: Path, name: str, package: str) -> Finding:
    """Return the finding for a file that cannot be run, on the line of the project at which it failed."""
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_relative_to(root):
        shown, line = Path(error.filename).relative_to(root).as_posix(), error.lineno or 0
    else:
        shown, line = _last_line(error, root)
    said = error.msg if isinstance(error, SyntaxError) else str(error).replace(f"{package}.", "")
    return Finding(
        Place(shown or name, line, 1 if line else 0),
        "extension",
        f"cannot be run: {type(error).__name__}: {said}",
        hint="correct the code there",
    )


_OTHERS: Final = (Path(__file__).parent, *(Path(sysconfig.get_path(name)) for name in ("purelib", "platlib", "stdlib")))
"""Where code is that is not the project's, also if its environment is in its folder."""


def _last_line(error: BaseException, root: Path) -> tuple[str, int]:
    """Return the file of a project, relative to it, and the line at which an error came up; ("", 0) if in none."""
    frames = [(Path(frame.filename), frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    own = [(path, line) for path, line in frames if path.is_relative_to(root) and not _is_in(path, _OTHERS)]
    return (own[-1][0].relative_to(root).as_posix(), own[-1][1]) if own else ("", 0)


def _is_in(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)
