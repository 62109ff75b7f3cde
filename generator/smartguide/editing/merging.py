"""Two records of one thing become one: what they say, what refers to them, and the id of the one that goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from smartguide.checks.schema_lines import schema_of
from smartguide.editing import parsing
from smartguide.editing.mentions import Texts, name_anew, values_anew
from smartguide.editing.renaming import Done, carried_out, former_ids_property, refusing
from smartguide.editing.workspace import RefusedError, Workspace, shown
from smartguide.findings import key_path
from smartguide.model.knowledge_base import Record
from smartguide.model.links import Link
from smartguide.model.properties import Property
from smartguide.reading import Path_

Choose = Callable[[str, Any, Any], str]
"""What says which of two values stays: it is given where they are, the value in A and that in B, and returns A or B."""

SAME: Final = "the same in both"
ADDED: Final = "kept from A"
IN_B: Final = "only in B"
DIFFERS: Final = "differs"
SELF: Final = "taken out: it names the other of the two"


@dataclass(frozen=True)
class Compared:
    """What the two records say in one place. ``kept`` is A or B where they differ."""

    what: str
    key: str
    in_a: Any = None
    in_b: Any = None
    kept: str = ""

    def line(self) -> str:
        """Return what was found, in a line."""
        if self.what == DIFFERS:
            values = f"A: {brief(self.in_a)} | B: {brief(self.in_b)}"
            return f"{self.what}, {self.kept} is kept: {self.key}: {values}"
        value = self.in_b if self.what == IN_B else self.in_a
        return f"{self.what}: {self.key}: {brief(value)}"


@dataclass
class Merged:
    """The record that results, and what was compared for it."""

    data: dict[str, Any]
    compared: list[Compared] = field(default_factory=list)


def refuse_pair(one: Record, other: Record) -> None:
    """Raise RefusedError if two records cannot be merged."""
    if one is other:
        raise RefusedError(f"{shown(one)} is one record already", is_wrong_use=True)
    if one.collection is not other.collection:
        message = f"{shown(one)} and {shown(other)} are records of different kinds, which have different keys"
        raise RefusedError(f"{message}; merge two of the same collection", is_wrong_use=True)


def merged(one: Record, other: Record, choose: Choose) -> Merged:
    """Return what ``other`` (B) is to say when it takes in ``one`` (A).

    What only one of them says is kept, lists get the entries of both, and ``choose`` is asked where single values
    differ. The name of A, or the name that goes, becomes another spelling where the kind has such a property.
    """
    return _Merger(one, other, choose).merged()


class _Merger:
    """Merges one record into another."""

    def __init__(self, one: Record, other: Record, choose: Choose) -> None:
        self.one, self.other, self.choose = one, other, choose
        self.compared: list[Compared] = []

    def merged(self) -> Merged:
        root = self.one.kind.root
        special = [name for name, prop in root.properties.items() if prop.former_ids or prop.alias]
        data_a = {key: value for key, value in self.one.data.items() if key not in special}
        data_b = {key: value for key, value in self.other.data.items() if key not in special}
        data = self._mapping(self._without_self(data_a, root, ()), self._without_self(data_b, root, ()), root, ())
        for name in special:
            prop = root.properties[name]
            new: list[Any] = [*(self.other.data.get(name) or []), *(self.one.data.get(name) or [])]
            new += [self.one.id] if prop.former_ids else [self.one.label, self.other.label]
            label = str(data.get(self.one.kind.label_key, ""))
            summary = str(data.get(self.one.kind.summary_key, ""))
            told = list(dict.fromkeys(text for text in new if not (prop.alias and text in (label, summary))))
            if told:
                data[name] = told
            added = [text for text in told if text not in (self.other.data.get(name) or [])]
            if added:
                self.compared.append(Compared(ADDED, name, added))
        return Merged(data, self.compared)

    def _mapping(self, a: dict[str, Any], b: dict[str, Any], declared: Property | None, path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key in {**b, **a}:
            here = (*path, key)
            below = declared.below(key) if declared else None
            if key not in a:
                data[key] = b[key]
                self.compared.append(Compared(IN_B, key_path(here), in_b=b[key]))
            elif key not in b:
                data[key] = a[key]
                self.compared.append(Compared(ADDED, key_path(here), a[key]))
            else:
                data[key] = self._both(a[key], b[key], below, here)
        return data

    def _both(self, a: Any, b: Any, declared: Property | None, path: Path_) -> Any:
        if _same(a, b):
            self.compared.append(Compared(SAME, key_path(path), a, b))
            return b
        if isinstance(a, dict) and isinstance(b, dict):
            return self._mapping(a, b, declared, path)
        if isinstance(a, list) and isinstance(b, list):
            return self._lists(a, b, declared, path)
        kept = self.choose(key_path(path), a, b)
        self.compared.append(Compared(DIFFERS, key_path(path), a, b, kept))
        return a if kept == "A" else b

    def _lists(self, a: list[Any], b: list[Any], declared: Property | None, path: Path_) -> list[Any]:
        """Return the entries of B and then those of A; entries about the same record become one."""
        item = declared.item if declared else None
        unique = (
            [name for name, prop in item.properties.items() if prop.schema.get("x-unique") == "list"] if item else []
        )
        result = list(b)
        for value in a:
            same = next((at for at, one in enumerate(result) if _same(one, value)), None)
            if same is not None:
                continue
            about = next((at for at, one in enumerate(result) if _about_the_same(one, value, unique)), None)
            if about is None:
                result.append(value)
                self.compared.append(Compared(ADDED, key_path(path), value))
            else:
                result[about] = self._mapping(value, result[about], item, (*path, about))
        return result

    def _without_self(self, value: Any, declared: Property | None, path: Path_) -> Any:
        """Return a value without the references to either of the two records, which are one then; None for such one."""
        if isinstance(value, dict):
            found: dict[str, Any] = {}
            for key, one in value.items():
                below = declared.below(key) if declared else None
                if self._names_self(one, below):
                    self.compared.append(Compared(SELF, key_path((*path, key)), one))
                    if below is not None and below.is_required and path:
                        return None
                    continue
                kept = self._without_self(one, below, (*path, key))
                if kept != [] or one == []:
                    found[key] = kept
            return found
        if isinstance(value, list):
            item = declared.item if declared else None
            kept = []
            for number, one in enumerate(value):
                if self._names_self(one, item):
                    self.compared.append(Compared(SELF, key_path((*path, number)), one))
                elif (left := self._without_self(one, item, (*path, number))) is not None or one is None:
                    kept.append(left)
            return kept
        return value

    def _names_self(self, value: Any, declared: Property | None) -> bool:
        ref = declared.ref if declared else None
        if ref is None or ref.collection != self.one.collection.name:
            return False
        names = {str(record.data.get(ref.key)) if ref.key else record.id for record in (self.one, self.other)}
        return str(value) in names


def merge(workspace: Workspace, one: Record, other: Record, result: Merged, *, is_dry_run: bool = False) -> Done:
    """Write what ``merged`` returned into the record ``other``, let all that names ``one`` name it, and delete ``one``.

    Raises RefusedError if that cannot be done, or if the knowledge base would have errors then: nothing is changed.
    """
    session = workspace.session
    texts = Texts(session.project.root)
    path = one.entry.document.path
    with refusing():
        _refuse_both_named(one, other, texts)
        name_anew(session, one, other.id, texts, (other, result.data))
        values_anew(session, other, (one, other), result.data, texts)
        target = texts.of(other.entry.document.path)
        root = other.kind.root
        for key in {**other.data, **result.data}:
            if not _same(other.data.get(key), result.data.get(key)):
                target.set(other.entry.base, key, result.data.get(key), root, result.data)
        if one.entry.base:
            texts.of(path).delete_key(one.id)
        else:
            texts.others += _comments_of(path, texts)
    if former_ids_property(one) is None:
        texts.others.append(f"the URL of {shown(one)} leads nowhere now: this kind of record keeps no former ids")
    deletes = [] if one.entry.base else [path]
    return carried_out(workspace, texts, deletes=deletes, is_dry_run=is_dry_run)


def _refuse_both_named(one: Record, other: Record, texts: Texts) -> None:
    """Take out of lists of others what would stand there twice. Raises RefusedError where more than a name would go."""
    base = one.base
    of_other = {(link.source, link.path[:-1]): link for link in base.links.to_record(other.entry.key)}
    for link in base.links.to_record(one.entry.key):
        source = base.at(link.source)
        if source in (one, other):
            continue
        twice = of_other.get((link.source, link.path[:-1])) if isinstance(link.path[-1], int) else None
        if twice is not None:
            place = source.place_of(*link.path)
            texts.of(place.path).remove_item(place)
        elif clash := _in_same_list(link, base.links.to_record(other.entry.key)):
            places = f"{source.place_of(*link.path)} and {source.place_of(*clash.path)}"
            message = f"nothing was changed: {shown(source)} names both ({places})"
            raise RefusedError(f"{message}; join the two entries, or take one of them out, first")


def _in_same_list(link: Link, others: list[Link]) -> Link | None:
    """Return the reference to the other record in the same list of mappings, if one may stand there only once."""
    if link.through.schema.get("x-unique") != "list":
        return None
    return next(
        (
            two
            for two in others
            if two.source == link.source and two.through is link.through and two.path[:-2] == link.path[:-2]
        ),
        None,
    )


def _comments_of(path: str, texts: Texts) -> Iterator[str]:
    """Yield the comments of a file that is deleted, but for the line that names its schema."""
    for comment in parsing.comments(texts.of(path).before):
        if not schema_of(comment):
            yield f"{path}: a comment that goes: {comment}"


def _same(a: Any, b: Any) -> bool:
    return json.dumps(a, sort_keys=True) == json.dumps(b, sort_keys=True)


def _about_the_same(a: Any, b: Any, unique: list[str]) -> bool:
    return isinstance(a, dict) and isinstance(b, dict) and any(key in a and a.get(key) == b.get(key) for key in unique)


def brief(value: Any) -> str:
    """Return a value as it is shown in a line, cut if it is very long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


LONGEST: Final = 300
"""So much of a value is shown."""
