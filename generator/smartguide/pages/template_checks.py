"""What is wrong with the templates of a project, as far as it can be seen without rendering a page.

Syntax, filters, names, blocks and properties are checked, each on its line. What depends on values is found when a page
is rendered.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

import jinja2
from jinja2 import nodes

from smartguide.checks.chapters import Chapter
from smartguide.findings import Finding, Place, Severity, did_you_mean, key_path, quoted
from smartguide.model import knowledge_base
from smartguide.model.catalogue import CATALOGUE
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.names import unknown
from smartguide.pages import template_faults
from smartguide.pages.environment import TEMPLATES, environment
from smartguide.pages.template_types import Module, Types, module_of
from smartguide.reading import Document, Reader

Found = TypeVar("Found", bound=nodes.Node)

RULE: Final = "template"
PARTS: Final = "parts/"
"""Templates in this folder are included by others, whose names they share."""
_BORROWING: Final = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
_OF_JINJA: Final = ("loop", "caller", "self", "super", "varargs", "kwargs")
OF_PAGES: Final = frozenset({"kb", "view", "quality", "record", "collection", "records", "index", "part"})
"""What the template of a page can ask for."""


def named_parts(chapters: Iterable[Chapter]) -> frozenset[str] | None:
    """Return the parts that chapters show; None if a chapter computes the name of one."""
    calls = [one for chapter in chapters for one, _ in chapter.named if one.name == "part" and one.given is not None]
    names = [one.given.get("name") for one in calls if one.given is not None and not one.wrong]
    return None if None in names else frozenset(name for name in names if name)


def unknown_parts(env: jinja2.Environment, chapters: Iterable[Chapter]) -> list[Finding]:
    """Return a finding for each part that a chapter names and that there is not."""
    known = [name.removeprefix(PARTS)[:-5] for name in env.list_templates(["html"]) if name.startswith(PARTS)]
    found = []
    for one, place in (found for chapter in chapters for found in chapter.named if found[0].name == "part"):
        name = (one.given or {}).get("name")
        if name and name not in known:
            error = unknown("part", name, known)
            found.append(Finding(place, "macro", error.reason, hint=error.hint))
    return found


def check(
    base: KnowledgeBase, folder: Path, env: jinja2.Environment, parts: Collection[str] | None = None
) -> Iterator[Finding]:
    """Yield what is wrong with the templates in ``folder``, and the templates of the catalogue that are not there.

    ``parts`` are those that chapters show, by which templates are told that nothing uses; None if that is not known.
    """
    reader = Reader(base.root, base.root / "content")
    kinds: dict[str, list[Kind]] = {}
    for one in base.collections.values():
        kinds.setdefault(one.template, []).append(one.kind)
    templates = _Templates(env)
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html"))]
    for name in names:
        document = reader.text(folder / name)
        yield from document.findings
        if document.data is not None:
            of = kinds.get(name.removesuffix(".html").removesuffix("-index"), ())
            yield from _check_one(base, templates, name, document, of)
    known = {one for one in templates.names if one.endswith(".html")}
    yield from (found for one in base.collections.values() for found in _missing(one, known, reader))
    yield from _unused(base, templates, [(name, reader.shown(folder / name)) for name in names], parts)


def _unused(
    base: KnowledgeBase, templates: _Templates, own: Iterable[tuple[str, str]], parts: Collection[str] | None
) -> Iterator[Finding]:
    """Yield the templates of a project that no page uses; ``own`` are their names, with their paths.

    What takes the place of a template of the generator is used.
    """
    declared = base.collections.values()
    bases = {one.template for one in declared}
    bases |= {one.kind.name for one in declared if f"{one.template}.html" not in templates.names}
    pages = {f"{name}{end}.html" for name in bases for end in ("", "-index")}
    used = {*pages, *(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))}
    used |= {f"{PARTS}{name}.html" for name in parts or ()}
    trees = {name: templates.tree(name) for name in templates.names}
    asked: dict[str, set[str]] = {name: set() for name in trees}
    for name, tree in trees.items():
        for node in (
            () if tree is None else tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport))
        ):
            named = getattr(node, "template", None)
            words = list(named.find_all(nodes.Const)) if isinstance(named, nodes.Node) else []
            if isinstance(named, nodes.Const):
                words = [named]
            elif not isinstance(named, nodes.List | nodes.Tuple):
                return  # the name is computed
            asked[name] |= {str(one.value) for one in words}
    if parts is not None and any(f"{PARTS}{name}.html" not in trees for name in parts):
        parts = None  # the name of one is misspelt
    waiting = list(used)
    while waiting:
        further = asked.get(waiting.pop(), set()) - used
        used |= further
        waiting += further
    for name, path in own:
        is_part = name.startswith(PARTS)
        if name in used or (is_part and parts is None):
            continue
        message = "no template and no chapter uses this part" if is_part else "no page uses this template"
        folder = PARTS if is_part else ""
        alike = [one.removeprefix(folder) for one in used if one.startswith(PARTS) == is_part]
        near = did_you_mean(name.removeprefix(folder), alike, 75)
        meant = folder + near.partition("'")[2].rpartition("'")[0]
        there = f"{quoted(meant)} is used: move what you need into it, and delete this file"
        hint = there if meant in trees else f"{near} Rename it, or delete it" if near else "fix its name, or delete it"
        yield Finding(Place(path, 1, 1), RULE, message, hint=hint, severity=Severity.WARNING)


class _Tree:
    """The nodes of a template, which is walked through once."""

    def __init__(self, root: nodes.Template) -> None:
        self.root = root
        self._nodes = list(root.find_all(nodes.Node))

    def all(self, *kinds: type[Found]) -> list[Found]:
        """Return the nodes of some kinds."""
        return [node for node in self._nodes if isinstance(node, kinds)]


@lru_cache(maxsize=200)
def _parsed(source: str) -> nodes.Template:
    """Return what is in a template, which no check changes: most are those of the generator, the same in every check.

    The syntax does not depend on the project. Raises TemplateSyntaxError.
    """
    return environment().parse(source)


class _Templates:
    """All templates of an environment."""

    def __init__(self, env: jinja2.Environment) -> None:
        self.env = env
        self.names = env.list_templates()
        self._trees: dict[str, nodes.Template | None] = {}
        self._modules: dict[str, Module | None] = {}

    def tree(self, name: str) -> nodes.Template | None:
        """Return what is in a template; None if there is none, or it cannot be read."""
        if name not in self._trees:
            self._trees[name] = None
            with contextlib.suppress(jinja2.TemplateError, UnicodeDecodeError):
                if self.env.loader is not None:
                    self._trees[name] = _parsed(self.env.loader.get_source(self.env, name)[0])
        return self._trees[name]

    def module(self, name: str) -> Module | None:
        """Return a template as those see it that import it."""
        if name not in self._modules:
            tree = self.tree(name)
            self._modules[name] = None if tree is None else module_of(name, tree)
        return self._modules[name]


def _missing(collection: knowledge_base.Collection, known: set[str], reader: Reader) -> Iterator[Finding]:
    """Yield the template that the catalogue names for a collection, if there is none of that name."""
    wanted = (f"{collection.template}.html", f"{collection.template}-index.html")
    if collection.template != collection.kind.name and not known & set(wanted):
        hint = did_you_mean(wanted[0], known) or f"write templates/{wanted[0]}, or take 'template' out"
        message = f"the collection {quoted(collection.name)} has the template {quoted(wanted[0])}, which does not exist"
        way = ("collections", collection.name, "template")
        yield Finding(reader.read(reader.content / CATALOGUE).value_at(way), "catalogue", message, key_path(way), hint)


def _check_one(
    base: KnowledgeBase, templates: _Templates, name: str, document: Document, kinds: Iterable[Kind]
) -> Iterator[Finding]:
    """Yield what is wrong with a template; ``kinds`` are those of the records whose pages it makes."""
    env, text = templates.env, str(document.data)

    def finding(line: int, message: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
        return Finding(Place(document.path, line, 1), RULE, message, hint=hint, severity=severity)

    if not text.strip():
        yield finding(1, "the template is empty, and so would its pages be", 'write {% extends "record.html" %}')
        return
    try:
        tree = _Tree(templates.tree(name) or env.parse(text, name, document.path))
    except jinja2.TemplateSyntaxError as error:
        yield finding(error.lineno, f"cannot be rendered: {template_faults.said(error)}", _remedy(error))
        return
    for line, message, hint in (
        *_templates(tree, templates.names),
        *_blocks(tree, templates),
        *_filters(tree, env),
        *(() if name.startswith(PARTS) else _names(tree, env)),
        *Types(base, templates.module).check(tree.root, kinds),
    ):
        yield finding(line, message, hint)


def _filters(tree: _Tree, env: jinja2.Environment) -> Iterator[tuple[int, str, str]]:
    """Yield the filters and tests that do not exist. Jinja says so of some only when they are reached."""
    for node in tree.all(nodes.Filter, nodes.Test):
        what, known = ("filter", env.filters) if isinstance(node, nodes.Filter) else ("test", env.tests)
        if node.name not in known:
            hint = did_you_mean(node.name, map(str, known)) or "docs/extending.md lists the filters"
            yield node.lineno, f"no {what} {quoted(node.name)}", hint


def _remedy(error: jinja2.TemplateSyntaxError) -> str:
    """Say what to do about a template that Jinja cannot read."""
    said = str(error.message)
    if "end of print statement" in said:
        return "close it with }}, and begin no other before"
    if "end of statement block" in said:
        return "close it with %}"
    if innermost := re.search(r"innermost block that needs to be closed is '(\w+)'", said):
        return f"close what is open with {{% end{innermost[1]} %}}, or fix the name of the tag"
    return "fix the template"


def _templates(tree: _Tree, known: Collection[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the templates that are asked for and do not exist."""
    for node in tree.all(nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport):
        named = getattr(node, "template", None)
        if isinstance(named, nodes.Const) and named.value not in known and not getattr(node, "ignore_missing", False):
            hint = did_you_mean(str(named.value), known) or "fix the name, or write it"
            yield node.lineno, f"no template {quoted(named.value)}", hint


def _blocks(tree: _Tree, templates: _Templates) -> Iterator[tuple[int, str, str]]:
    """Yield the blocks that take the place of none: what is in them would be on no page."""
    own = list(tree.all(nodes.Block))
    inherited = _inherited(tree.root, templates, set())
    if inherited is None:
        return
    top = {id(node) for node in tree.root.body}
    for block in own:
        if id(block) in top and block.name not in inherited:
            hint = did_you_mean(block.name, inherited) or f"there are: {', '.join(sorted(inherited))}"
            yield block.lineno, f"no block {quoted(block.name)} in what the template extends", hint


def _inherited(tree: nodes.Template, templates: _Templates, seen: set[str]) -> set[str] | None:
    """Return the blocks of all templates that one extends; None if it extends none, or one that cannot be read."""
    extended = tree.find(nodes.Extends)
    if extended is None or not isinstance(extended.template, nodes.Const):
        return None
    name = str(extended.template.value)
    parent = templates.tree(name)
    if parent is None or name in seen:
        return None
    blocks = {block.name for block in parent.find_all(nodes.Block)}
    return blocks | (_inherited(parent, templates, {*seen, name}) or set())


def _names(tree: _Tree, env: jinja2.Environment) -> Iterator[tuple[int, str, str]]:
    """Yield the names that the template of a page asks for in vain: those that nothing in it declares, in any place."""
    every = list(tree.all(nodes.Name))
    declared = {one.name for one in every if one.ctx != "load"} | set(_OF_JINJA)
    declared |= {one.target for one in tree.all(nodes.Import)} | {one.name for one in tree.all(nodes.Macro)}
    for imported in tree.all(nodes.FromImport):
        declared |= {one[1] if isinstance(one, tuple) else one for one in imported.names}
    known = OF_PAGES | set(env.globals) | declared
    told: set[str] = set()
    for node in every:
        if node.name not in known and node.name not in told:
            told.add(node.name)
            hint = did_you_mean(node.name, known) or "docs/extending.md lists what templates can ask for"
            yield node.lineno, f"{quoted(node.name)} is undefined", hint
