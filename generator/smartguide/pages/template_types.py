"""What the values in a template are, as far as that can be seen: records of which kinds, their fields, collections.

From that follows which properties, functions and collections a template asks for in vain. What is not known is passed
over: a name that several things are bound to, what a function of an extension returns, what a macro is given.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias

from jinja2 import nodes

from smartguide.findings import did_you_mean, nearest, quoted
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.model.names import unknown
from smartguide.model.properties import Property
from smartguide.pages.view import View
from smartguide.quality.overview import Quality


class Fault(NamedTuple):
    """What is asked for in vain in a line of a template, and what to do."""

    line: int
    message: str
    hint: str


@dataclass(frozen=True)
class Records:
    """A record of one of several kinds."""

    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class Mapped:
    """A mapping of a record, whose keys are the properties of one of several; ``is_plain`` if it is a ``dict``."""

    declared: tuple[Property, ...]
    is_plain: bool = False


@dataclass(frozen=True)
class Listed:
    """A list of something."""

    item: Type


@dataclass(frozen=True)
class Module:
    """An imported template: its macros, and the other names in it."""

    name: str
    macros: Mapping[str, nodes.Macro]
    names: frozenset[str]


@dataclass(frozen=True)
class Thing:
    """Something that Python defines; ``what`` is what it is called in messages."""

    what: str
    known: frozenset[str]
    kinds: tuple[Kind, ...] = ()


Type: TypeAlias = "Records | Mapped | Listed | Module | Thing | nodes.Macro | None"
Names: TypeAlias = dict[str, Type]

_SAME_LIST: Final = frozenset({"sort", "unique", "list", "reverse", "selectattr", "rejectattr", "select", "reject"})
"""The filters that return entries of the list that they are given."""
_BY_ATTRIBUTE: Final = frozenset({"sort", "unique", "map", "groupby", "sum", "min", "max"})
_BY_FIRST: Final = frozenset({"selectattr", "rejectattr", "groupby"})
_OF_DICT: Final = frozenset(dir(dict))
_OF_RECORD: Final = frozenset({*dir(Record), *Record.__dataclass_fields__})


@dataclass
class Types:
    """Walks through one template. ``modules`` returns an imported template, by its name; None if it cannot be read."""

    base: KnowledgeBase
    modules: Callable[[str], Module | None]
    faults: list[Fault] = field(default_factory=list)

    def check(self, tree: nodes.Template, kinds: Iterable[Kind]) -> list[Fault]:
        """Return what a template asks for in vain; ``kinds`` are those of the records whose pages it makes, if any."""
        of = tuple(dict.fromkeys(kinds))
        record = Records(of) if of else None
        collection = Thing("collection", frozenset(dir(next(iter(self.base.collections.values())))), of)
        names: Names = {
            "kb": Thing("knowledge base", frozenset(dir(self.base))),
            "view": Thing("view", frozenset(dir(View("")))),
            "quality": Thing("quality", frozenset(dir(Quality(self.base)))),
            "record": record,
            "records": Listed(record) if of else None,
            "collection": collection if of else None,
        }
        self._walk(tree, names)
        return self.faults

    def _walk(self, node: nodes.Node, names: Names) -> None:
        """Walk through a statement; what it binds is put into ``names``."""
        match node:
            case nodes.For():
                self._for(node, names)
            case nodes.Macro() | nodes.CallBlock():
                self._macro(node, names)
            case nodes.Assign():
                self._bind(node.target, self._type(node.node, names), names)
            case nodes.AssignBlock():
                self._bind(node.target, None, names)
                self._all(node.body, dict(names))
            case nodes.With():
                self._with(node, names)
            case nodes.Import():
                self._type(node.template, names)
                names[node.target] = self._module(node.template)
            case nodes.FromImport():
                self._from_import(node, names)
            case nodes.Block() | nodes.Scope():
                self._all(node.body, dict(names))
            case nodes.If():
                self._type(node.test, names)
                self._all([*node.body, *node.elif_, *node.else_], names)
            case nodes.Expr():
                self._type(node, names)
            case _:
                self._all(node.iter_child_nodes(), names)

    def _all(self, walked: Iterable[nodes.Node], names: Names) -> None:
        for node in walked:
            self._walk(node, names)

    def _macro(self, node: nodes.Macro | nodes.CallBlock, names: Names) -> None:
        inner = {**names, **{one.name: None for one in node.args}}
        if isinstance(node, nodes.CallBlock):
            self._type(node.call, names)
        else:
            names[node.name] = node
        self._all((*node.defaults, *node.body), inner)

    def _with(self, node: nodes.With, names: Names) -> None:
        inner = dict(names)
        for target, value in zip(node.targets, node.values, strict=True):
            inner.update(dict.fromkeys(_bound(target)))
            if isinstance(target, nodes.Name):
                inner[target.name] = self._type(value, names)
        self._all(node.body, inner)

    def _for(self, node: nodes.For, names: Names) -> None:
        found = self._type(node.iter, names)
        inner = dict(names)
        inner.update(dict.fromkeys((*_bound(node.target), "loop")))
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = _item(found)
        if node.test is not None:
            self._type(node.test, inner)
        self._all(node.body, inner)
        self._all(node.else_, dict(names))

    def _bind(self, target: nodes.Node, value: Type, names: Names) -> None:
        for name in _bound(target):
            is_single = isinstance(target, nodes.Name)
            names[name] = value if is_single and names.get(name, value) == value else None

    def _module(self, template: nodes.Expr) -> Module | None:
        return self.modules(str(template.value)) if isinstance(template, nodes.Const) else None

    def _from_import(self, node: nodes.FromImport, names: Names) -> None:
        module = self._module(node.template)
        for one in node.names:
            name, here = one if isinstance(one, tuple) else (one, one)
            names[here] = self._of_module(node.lineno, module, name) if module else None

    def _type(self, node: nodes.Node, names: Names) -> Type:  # one case for each kind of expression
        """Return what an expression is, and note what it asks for in vain."""
        match node:
            case nodes.Name():
                return names.get(node.name)
            case nodes.Getattr():
                return self._attribute(node.lineno, self._type(node.node, names), node.attr)
            case nodes.Getitem():
                found = self._type(node.node, names)
                self._type(node.arg, names)
                return self._item_at(node.lineno, found, node.arg)
            case nodes.Call():
                return self._call(node, names)
            case nodes.Filter():
                return self._filter(node, names)
            case nodes.CondExpr():
                self._type(node.test, names)
                first = self._type(node.expr1, names)
                other = self._type(node.expr2, names) if node.expr2 is not None else first
                return first if first == other else None
            case nodes.Add():
                left, right = self._type(node.left, names), self._type(node.right, names)
                return _together(left, right)
            case nodes.Or():
                left, right = self._type(node.left, names), self._type(node.right, names)
                return left if left == right or (isinstance(node.right, nodes.List) and not node.right.items) else None
        for child in node.iter_child_nodes():
            self._type(child, names)
        return None

    def _attribute(self, line: int, found: Type, name: str) -> Type:
        match found:
            case Records(kinds):
                if name in {"fields", "data"}:
                    return Mapped(tuple(one.root for one in kinds), is_plain=name == "data")
                if name not in _OF_RECORD:
                    known = [one for one in _OF_RECORD if not one.startswith("_")]
                    near = nearest(name, [one for kind in kinds for one in kind.root.properties])
                    of_fields = did_you_mean(f"fields.{name}", [f"fields.{one}" for one in near])
                    hint = of_fields or did_you_mean(name, known)
                    self._fault(line, f"a record has no {quoted(name)}", hint)
            case Mapped():
                return self._property(line, found, name)
            case Module():
                return self._of_module(line, found, name)
            case Thing(what, known, kinds):
                if name not in known:
                    hint = did_you_mean(name, [one for one in known if not one.startswith("_")])
                    if what == "knowledge base" and name in self.base.collections:
                        hint = f'write kb["{name}"]'
                    elif what == "knowledge base" and not hint:
                        hint = did_you_mean(f'kb["{name}"]', [f'kb["{one}"]' for one in self.base.collections])
                    self._fault(line, f"the {what} has no {quoted(name)}", hint)
                if what == "collection" and name == "by_name":
                    return Listed(Records(kinds)) if kinds else None
        return None

    def _property(self, line: int, found: Mapped, name: str) -> Type:
        """Return what a property of a mapping is; it is one for which a template may ask without there being it."""
        if found.is_plain and name in _OF_DICT:
            return None
        children = [child for one in found.declared if (child := one.below(name)) is not None]
        if not children:
            known = list(dict.fromkeys(known for one in found.declared for known in one.properties))
            if known:
                error = unknown("property", name, known)
                self._fault(line, error.reason, error.hint)
            return None
        return _of_properties(children, is_plain=found.is_plain)

    def _of_module(self, line: int, module: Module, name: str) -> Type:
        if name not in module.names:
            hint = did_you_mean(name, module.names)
            self._fault(line, f"no macro {quoted(name)} in {module.name}", hint)
        return module.macros.get(name)

    def _item_at(self, line: int, found: Type, arg: nodes.Expr) -> Type:
        if not isinstance(arg, nodes.Const):
            return _item(found) if isinstance(found, Listed) and not isinstance(arg, nodes.Slice) else None
        if isinstance(found, Mapped) and isinstance(arg.value, str):
            return self._property(line, found, arg.value)
        if isinstance(found, Listed) and isinstance(arg.value, int):
            return found.item
        if isinstance(found, Thing) and found.what == "knowledge base" and isinstance(arg.value, str):
            return self._collection(line, arg.value)
        return None

    def _collection(self, line: int, name: str) -> Thing | None:
        if name not in self.base.collections:
            error = unknown("collection", name, self.base.collections)
            self._fault(line, error.reason, error.hint)
            return None
        found = self.base.collections[name]
        return Thing("collection", frozenset(dir(found)), (found.kind,))

    def _call(self, node: nodes.Call, names: Names) -> Type:
        of = self._type(node.node.node, names) if isinstance(node.node, nodes.Getattr) else None
        called = (
            self._attribute(node.node.lineno, of, node.node.attr)
            if isinstance(node.node, nodes.Getattr)
            else self._type(node.node, names)
        )
        for one in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self._type(one, names)
        for dynamic in (node.dyn_args, node.dyn_kwargs):
            if dynamic is not None:
                self._type(dynamic, names)
        given = [keyword.key for keyword in node.kwargs]
        if isinstance(called, nodes.Macro):
            self._keywords(node.lineno, called.name, given, _parameters(called))
        if not isinstance(node.node, nodes.Getattr):
            return None
        name = node.node.attr
        words = [one.value if isinstance(one, nodes.Const) else None for one in node.args]
        if isinstance(of, Thing) and of.what == "view" and name in of.known:
            self._keywords(node.lineno, f"view.{name}", given, _of_function(getattr(View, name, None)))
        first = words[0] if words and isinstance(words[0], str) else None
        if first is None:
            return None
        match of:
            case Records(kinds) if name in {"target", "targets"}:
                record = self._targets(node.lineno, kinds, first, is_whole=len(words) == 1)
                return Listed(record) if record and name == "targets" else record
            case Records() if name == "sources_of":
                return self._sources(node.lineno, first)
            case Thing("knowledge base") if name == "get":
                found = self._collection(node.lineno, first)
                return Records(found.kinds) if found else None
            case Thing("view") if name == "paginated":
                return None
        return None

    def _sources(self, line: int, collection: str) -> Type:
        found = self._collection(line, collection)
        return Listed(Records(found.kinds)) if found else None

    def _targets(self, line: int, kinds: tuple[Kind, ...], name: str, *, is_whole: bool) -> Records | None:
        """Return the records to which the values of a property refer."""
        found = [one.root.properties[name] for one in kinds if name in one.root.properties]
        if not found:
            known = list(dict.fromkeys(known for one in kinds for known in one.root.properties))
            error = unknown("property", name, known)
            self._fault(line, error.reason, error.hint)
            return None
        refs = {one.ref for top in found for one in top.declared() if one.ref}
        known_refs = [one for one in refs if one.collection in self.base.collections]
        if not is_whole or not refs or len(known_refs) < len(refs):
            return None
        return Records(tuple(dict.fromkeys(self.base.collections[one.collection].kind for one in known_refs)))

    def _filter(self, node: nodes.Filter, names: Names) -> Type:
        found = self._type(node.node, names) if node.node is not None else None
        for one in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self._type(one, names)
        words = [one.value if isinstance(one, nodes.Const) else None for one in node.args]
        first = words[0] if words else None
        given = (keyword.value for keyword in node.kwargs if keyword.key == "attribute")
        way = next((one.value for one in given if isinstance(one, nodes.Const)), None)
        if node.name in _BY_FIRST and way is None:
            way = first
        item = _item(found)
        reached: Type = None
        if isinstance(way, str) and node.name in {*_BY_ATTRIBUTE, *_BY_FIRST} and item is not None:
            reached = item
            for part in way.split("."):
                reached = self._attribute(node.lineno, reached, part) if not part.isdigit() else None
        if node.name == "sources_of" and isinstance(first, str):
            return self._sources(node.lineno, first)
        if node.name == "map" and first == "sources_of" and len(words) > 1 and isinstance(words[1], str):
            return Listed(self._sources(node.lineno, words[1]))
        if node.name == "map" and isinstance(way, str):
            return Listed(reached)
        if node.name == "sum" and isinstance(item, Listed):
            return item
        if node.name in {"first", "last", "random"}:
            return item
        return (found if isinstance(found, Listed) else Listed(item)) if node.name in _SAME_LIST and item else None

    def _keywords(self, line: int, name: str, given: Iterable[str], known: list[str] | None) -> None:
        """Note the arguments by name that something that is called does not have."""
        for one in given if known is not None else ():
            if known is not None and one not in known:
                hint = did_you_mean(one, known) or (f"there are: {', '.join(known)}" if known else "it has none")
                self._fault(line, f"{quoted(name)} has no parameter {quoted(one)}", hint)

    def _fault(self, line: int, message: str, hint: str = "") -> None:
        fault = Fault(line, message, hint or "docs/extending.md lists what templates can ask for")
        if fault not in self.faults:
            self.faults.append(fault)


def module_of(name: str, tree: nodes.Template) -> Module:
    """Return a template as one that is imported sees it."""
    macros = {one.name: one for one in tree.find_all(nodes.Macro)}
    names = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"} | macros.keys()
    names |= {one.target for one in tree.find_all(nodes.Import)}
    for imported in tree.find_all(nodes.FromImport):
        names |= {one[1] if isinstance(one, tuple) else one for one in imported.names}
    return Module(name, macros, frozenset(names))


def _item(found: Type) -> Type:
    """Return what is in a list, or a record of a collection."""
    if isinstance(found, Listed):
        return found.item
    if isinstance(found, Thing) and found.what == "collection" and found.kinds:
        return Records(found.kinds)
    return None


def _together(left: Type, right: Type) -> Type:
    """Return what two lists are, one behind the other."""
    if isinstance(left, Listed) and isinstance(right, Listed):
        if isinstance(left.item, Records) and isinstance(right.item, Records):
            return Listed(Records(tuple(dict.fromkeys((*left.item.kinds, *right.item.kinds)))))
        return left if left == right else None
    return None


def _of_properties(declared: list[Property], *, is_plain: bool) -> Type:
    """Return what the value of a property is that several kinds may declare."""
    if all(one.properties for one in declared) and all("array" not in one.types for one in declared):
        return Mapped(tuple(declared), is_plain=is_plain)
    items = [one.item for one in declared]
    if all(item is not None for item in items):
        found = _of_properties([item for item in items if item is not None], is_plain=is_plain)
        return Listed(found) if found else None
    return None


def _bound(target: nodes.Node) -> Iterator[str]:
    """Yield the names that an assignment or a loop binds."""
    if isinstance(target, nodes.Name):
        yield target.name
    elif isinstance(target, nodes.Tuple):
        for one in target.items:
            yield from _bound(one)


def _parameters(macro: nodes.Macro) -> list[str] | None:
    """Return the parameters of a macro; None if it takes any."""
    if any(one.name == "kwargs" for one in macro.find_all(nodes.Name)):
        return None
    return [*(one.name for one in macro.args), "caller"]


def _of_function(function: Any) -> list[str] | None:
    try:
        found = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return None
    if any(one.kind is inspect.Parameter.VAR_KEYWORD for one in found.values()):
        return None
    return [name for name in found if name != "self"]
