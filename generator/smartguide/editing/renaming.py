"""A record gets another id: its file, everything that refers to it, and the id that it had."""

from __future__ import annotations

import contextlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from smartguide.editing.mentions import Texts, name_anew
from smartguide.editing.parsing import UnsupportedError
from smartguide.editing.transaction import Transaction
from smartguide.editing.workspace import RefusedError, Workspace, shown
from smartguide.findings import Finding, quoted
from smartguide.model.entries import ID, MAX_ID, slug
from smartguide.model.knowledge_base import Collection, Record
from smartguide.model.properties import Property
from smartguide.settings import FILE as SETTINGS


@dataclass(frozen=True)
class Done:
    """What a change did, or would do: the files with their lines, and what else there is to look at."""

    transaction: Transaction
    texts: Texts
    warnings: tuple[Finding, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield what was done, a line each."""
        for old, new in self.transaction.moves.items():
            yield f"{old} is now {new}"
        for path in self.transaction.deletes:
            yield f"{path} is deleted"
        for path, text in sorted(self.texts.changed.items()):
            if text.after != text.before and path not in self.transaction.deletes:
                yield self.transaction.moves.get(path, path)
                yield from text.changed_lines()
        if self.texts.others:
            yield "Not changed, for you to look at:"
            yield from (f"  {one}" for one in self.texts.others)


def rename(workspace: Workspace, record: Record, new: str, *, is_dry_run: bool = False) -> Done:
    """Give a record another id, and change everything that refers to it.

    Raises RefusedError if that cannot be done, or if the knowledge base would have errors then: nothing is changed.
    """
    session = workspace.session
    collection = record.collection
    target, _, new_id = new.removesuffix(".yml").rpartition("/")
    if target and target.rpartition("/")[2] != collection.name:
        message = f"{shown(record)} stays one of the {collection.name}: a record of another kind has other keys"
        raise RefusedError(f"{message}; write only the new id", is_wrong_use=True)
    refuse_id(collection, new_id, record)
    texts = Texts(session.project.root)
    path = record.entry.document.path
    new_path = path if record.entry.base else posixpath.join(posixpath.dirname(path), f"{new_id}.yml")
    with refusing():
        name_anew(session, record, new_id, texts)
        if record.entry.base:
            texts.of(path).rename_key(record.id, new_id)
        if former := former_ids_property(record):
            before = list(record.data.get(former.path[-1]) or [])
            after = [one for one in before if one != new_id] + [record.id]
            data = {**record.data, former.path[-1]: after}
            texts.of(path).set(record.entry.base, former.path[-1], after, record.kind.root, data)
    if former_ids_property(record) is None:
        texts.others.append(f"the URL of {shown(record)} leads nowhere now: this kind of record keeps no former ids")
    moves = {} if new_path == path else {path: new_path}
    return carried_out(workspace, texts, moves=moves, is_dry_run=is_dry_run)


def refuse_id(collection: Collection, record_id: str, record: Record | None = None) -> None:
    """Raise RefusedError if a record of a collection cannot have an id; ``record`` is the one that is to have it."""
    if not ID.match(record_id) or len(record_id) > MAX_ID:
        hint = f"write {quoted(slug(record_id))}" if record_id else "name one"
        message = (
            f"the id {quoted(record_id)} is not lower-case ASCII words joined by '-' (at most {MAX_ID} characters)"
        )
        raise RefusedError(f"{message}; {hint}", is_wrong_use=True)
    if record is not None and record_id == record.id:
        raise RefusedError(f"{shown(record)} has that id already", is_wrong_use=True)
    if taken := collection.records.get(record_id):
        hint = ""
        if record is not None:
            hint = f"; if the two are one, run: smartguide merge {shown(record)} {shown(taken)}"
        raise RefusedError(f"the id {quoted(record_id)} is taken by {taken.path} ({taken.label}){hint}")
    former = next((one for one in collection if record_id in one.former_ids and one is not record), None)
    if former is not None:
        raise RefusedError(
            f"{quoted(record_id)} is a former id of {former.path}, and its URL leads there; choose another"
        )


def former_ids_property(record: Record) -> Property | None:
    """Return the property at the top of a record that holds its former ids; None if its kind has none."""
    return next((one for one in record.kind.root.properties.values() if one.former_ids), None)


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Raise RefusedError for a place that cannot be changed."""
    try:
        yield
    except (UnsupportedError, yaml.YAMLError, UnicodeDecodeError) as error:
        said = str(error).splitlines()[0]
        raise RefusedError(f"nothing was changed: {said}; change it by hand first") from error


def carried_out(workspace: Workspace, texts: Texts, *, is_dry_run: bool, **options: Any) -> Done:
    """Change the files, check the knowledge base, and change them back if it has errors then.

    With ``is_dry_run`` they are changed back in any case. Raises RefusedError and OSError.
    """
    transaction = Transaction(workspace.project.root, **options)
    with refusing():
        for path, text in texts.changed.items():
            if text.after != text.before and path not in transaction.deletes:
                transaction.writes[transaction.moves.get(path, path)] = text.data
                if path.endswith(".yml") and path != SETTINGS:
                    texts.others += (f"{path}: a comment that goes: {one}" for one in text.lost_comments())
    warnings: list[Finding] = []
    with contextlib.suppress(_DryRun), transaction.applied():
        errors, warnings = workspace.refreshed()
        if errors:
            message = "nothing was changed: the knowledge base would have these errors"
            raise RefusedError(message, tuple(errors))
        if is_dry_run:
            raise _DryRun
    return Done(transaction, texts, tuple(warnings))


class _DryRun(Exception):  # noqa: N818  # it is none
    """All is well, and nothing is to be changed."""
