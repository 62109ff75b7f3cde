"""What is wrong with the templates of a project, as far as it can be seen without rendering a page.

Syntax, filters, names, blocks and properties are checked, each on its line. What depends on values is found when a page
is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

import jinja2
from jinja2 import nodes

from smartguide.findings import Finding, Place, Severity, did_you_mean, key_path, quoted
from smartguide.model.catalogue import CATALOGUE
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import Collection, KnowledgeBase
from smartguide.pages import template_faults
from smartguide.reading import Reader

Found = TypeVar("Found", bound=nodes.Node)

RULE: Final = "template"
PARTS: Final = "parts/"
"""Templates in this folder are included by others, whose names they share."""
_OF_JINJA: Final = ("loop", "caller", "self", "super", "varargs", "kwargs")
OF_PAGES: Final = frozenset({"kb", "view", "record", "collection", "records", "index", "part"})
"""What the template of a page can ask for."""


def check(base: KnowledgeBase, folder: Path, env: jinja2.Environment) -> Iterator[Finding]:
    """Yield what is wrong with the templates in ``folder``, and the templates of the catalogue that are not there."""
    reader = Reader(base.root, base.root / "content")
    kinds = {one.template: one.kind for one in base.collections.values()}
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html"))]
    for name in names:
        document = reader.text(folder / name)
        yield from document.findings
        if document.data is not None:
            yield from _check_one(env, name, str(document.data), Place(document.path), kinds)
    known = set(env.list_templates(["html"]))
    yield from (found for one in base.collections.values() for found in _missing(one, known, reader))


class _Tree:
    """The nodes of a template, which is walked through once."""

    def __init__(self, root: nodes.Template) -> None:
        self.root = root
        self._nodes = list(root.find_all(nodes.Node))

    def all(self, *kinds: type[Found]) -> list[Found]:
        """Return the nodes of some kinds."""
        return [node for node in self._nodes if isinstance(node, kinds)]


def _missing(collection: Collection, known: set[str], reader: Reader) -> Iterator[Finding]:
    """Yield the template that the catalogue names for a collection, if there is none of that name."""
    wanted = (f"{collection.template}.html", f"{collection.template}-index.html")
    if collection.template != collection.kind.name and not known & set(wanted):
        hint = did_you_mean(wanted[0], known) or f"write templates/{wanted[0]}, or take 'template' out"
        message = f"the collection {quoted(collection.name)} has the template {quoted(wanted[0])}, which does not exist"
        way = ("collections", collection.name, "template")
        yield Finding(reader.read(reader.content / CATALOGUE).value_at(way), "catalogue", message, key_path(way), hint)


def _check_one(
    env: jinja2.Environment, name: str, text: str, place: Place, kinds: Mapping[str, Kind]
) -> Iterator[Finding]:
    def finding(line: int, message: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
        return Finding(Place(place.path, line, 1), RULE, message, hint=hint, severity=severity)

    if not text.strip():
        yield finding(1, "the template is empty, and so would its pages be", 'write {% extends "record.html" %}')
        return
    try:
        tree = _Tree(env.parse(text, name, place.path))
    except jinja2.TemplateSyntaxError as error:
        yield finding(error.lineno, f"cannot be rendered: {template_faults.said(error)}", _remedy(error))
        return
    for line, message, hint in (
        *_templates(tree, env),
        *_blocks(tree, env),
        *_filters(tree, env),
        *(() if name.startswith(PARTS) else _names(tree, env)),
        *_properties(tree, kinds.get(name.removesuffix(".html").removesuffix("-index"))),
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


def _templates(tree: _Tree, env: jinja2.Environment) -> Iterator[tuple[int, str, str]]:
    """Yield the templates that are asked for and do not exist."""
    known = env.list_templates()
    for node in tree.all(nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport):
        named = getattr(node, "template", None)
        if isinstance(named, nodes.Const) and named.value not in known and not getattr(node, "ignore_missing", False):
            hint = did_you_mean(str(named.value), known) or "fix the name, or write it"
            yield node.lineno, f"no template {quoted(named.value)}", hint


def _blocks(tree: _Tree, env: jinja2.Environment) -> Iterator[tuple[int, str, str]]:
    """Yield the blocks that take the place of none: what is in them would be on no page."""
    own = list(tree.all(nodes.Block))
    inherited = _inherited(tree.root, env, set())
    if inherited is None:
        return
    top = {id(node) for node in tree.root.body}
    for block in own:
        if id(block) in top and block.name not in inherited:
            hint = did_you_mean(block.name, inherited) or f"there are: {', '.join(sorted(inherited))}"
            yield block.lineno, f"no block {quoted(block.name)} in what the template extends", hint


def _inherited(tree: nodes.Template, env: jinja2.Environment, seen: set[str]) -> set[str] | None:
    """Return the blocks of all templates that one extends; None if it extends none, or one that cannot be read."""
    extended = tree.find(nodes.Extends)
    if extended is None or not isinstance(extended.template, nodes.Const) or env.loader is None:
        return None
    name = str(extended.template.value)
    try:
        text = env.loader.get_source(env, name)[0]
        parent = env.parse(text)
    except jinja2.TemplateError:
        return None
    if name in seen:
        return None
    blocks = {block.name for block in parent.find_all(nodes.Block)}
    return blocks | (_inherited(parent, env, {*seen, name}) or set())


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


def _properties(tree: _Tree, kind: Kind | None) -> Iterator[tuple[int, str, str]]:
    """Yield the properties of ``record.fields`` that the kind of the records does not have."""
    if kind is None or _rebinds(tree.all(nodes.For)):
        return
    known = kind.root.properties
    aliases = {
        node.target.name
        for node in tree.all(nodes.Assign)
        if isinstance(node.target, nodes.Name) and _is_fields(node.node, set())
    }
    stored = [one.name for one in tree.all(nodes.Name) if one.ctx == "store"]
    aliases = {one for one in aliases if stored.count(one) == 1}
    for node in tree.all(nodes.Getattr):
        if _is_fields(node.node, aliases) and node.attr not in known:
            hint = did_you_mean(node.attr, known) or f"schemas/{kind.name}.schema.json lists the properties"
            yield node.lineno, f"no property {quoted(node.attr)}", hint


def _is_fields(node: nodes.Node, aliases: set[str]) -> bool:
    if isinstance(node, nodes.Name):
        return node.name in aliases
    if not isinstance(node, nodes.Getattr) or node.attr != "fields":
        return False
    return isinstance(node.node, nodes.Name) and node.node.name == "record"


def _rebinds(loops: Iterable[nodes.For]) -> bool:
    """Tell whether ``record`` is one of another collection somewhere."""
    return any(
        isinstance(loop.target, nodes.Name)
        and loop.target.name == "record"
        and not (isinstance(loop.iter, nodes.Name) and loop.iter.name in {"records", "collection"})
        for loop in loops
    )
