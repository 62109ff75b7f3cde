"""A new record: from what was given or is asked for to a file that was checked."""

from __future__ import annotations

from collections.abc import Iterable

from smartguide.editing.drafts import Draft, id_for, name_in, record_of
from smartguide.editing.given import WrongFieldError, put, with_field
from smartguide.editing.nearest import exact, folded, same
from smartguide.editing.parsing import UnsupportedError
from smartguide.editing.renaming import refuse_id
from smartguide.editing.transaction import Transaction
from smartguide.editing.workspace import RefusedError, Workspace, findings_of, shown
from smartguide.findings import Finding, Severity, did_you_mean, has_errors, quoted
from smartguide.model.knowledge_base import Collection


def collection_named(workspace: Workspace, name: str) -> Collection:
    """Return the collection for a kind of record, named as people do: ``book``, ``books``, ``Book``.

    Raises RefusedError.
    """
    collections = list(workspace.any_session.checked.base.collections.values())
    wanted = name.casefold()
    found = [one for one in collections if one.name == name] or [
        one for one in collections if wanted in (one.kind.name, one.kind.title.casefold(), one.kind.plural.casefold())
    ]
    names = [one.name for one in found or collections]
    if len(found) > 1:
        raise RefusedError(f"{quoted(name)} is a kind of several collections: {', '.join(names)}", is_wrong_use=True)
    if not found:
        known = [*names, *(one.kind.name for one in collections)]
        there_are = f"there are: {', '.join(names)}"
        if not name:
            raise RefusedError(f"name the kind of record to add; {there_are}", is_wrong_use=True)
        hint = did_you_mean(name, known) or there_are
        raise RefusedError(f"no kind of record {quoted(name)} ({hint})", is_wrong_use=True)
    return found[0]


def begun(workspace: Workspace, collection: Collection, given: Iterable[str], record_id: str) -> Draft:
    """Return a new record with the fields that were given as ``key=value``. Raises RefusedError."""
    draft = Draft(collection, workspace.home(collection), workspace.any_session.checked, record_id)
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise RefusedError(f"--set takes KEY=VALUE, not {quoted(one)}", is_wrong_use=True)
        try:
            with_field(draft.data, name.strip(), value, collection.kind.root)
        except WrongFieldError as error:
            raise RefusedError(f"--set {name}: {error}", is_wrong_use=True) from error
    if record_id:
        refuse_id(collection, record_id)
    _name_records(draft)
    return draft


def _name_records(draft: Draft) -> None:
    """Let references that give the name of a record, or another name of it, say what references say."""
    base = draft.checked.base
    for path, value, prop in list(draft.collection.kind.root.values(draft.data)):
        if prop.ref and isinstance(value, str) and prop.ref.collection in base:
            target = base[prop.ref.collection]
            if not record_of(value, prop.ref, target) and (found := exact(value, target)):
                put(draft.data, path, name_in(found, prop.ref))


def finish_without_questions(draft: Draft) -> None:
    """Check a record of which all was given, and give it an id. Raises RefusedError with all that is wrong."""
    kind = draft.collection.kind
    if wrong := [one for one in draft.findings() if one.severity is Severity.ERROR]:
        raise WrongRecordError("nothing was written", tuple(wrong))
    if not draft.id:
        label = str(draft.data.get(kind.label_key) or "")
        if there := next((one for one in same(label, draft.collection) if folded(one.name) == folded(label)), None):
            message = f"nothing was written: {shown(there.record)} is called {quoted(there.name)} already"
            raise RefusedError(f"{message}; if this is another one, give its id with --id")
        draft.id = id_for(draft.data, draft.collection)
        refuse_id(draft.collection, draft.id)


class WrongRecordError(RefusedError):
    """A record is wrong that is not written yet: its findings have no place in a file."""


def write(workspace: Workspace, drafts: Iterable[Draft]) -> list[Finding]:
    """Write new records, check the knowledge base with them, and return the warnings about them.

    If there are errors that were not there before, nothing is written, and RefusedError is raised.
    """
    session = workspace.any_session
    before = {(one.rule, one.place.path, one.message) for one in findings_of(session)}
    transaction = Transaction(workspace.project.root)
    for draft in drafts:
        try:
            path, data = draft.file(workspace)
        except UnsupportedError as error:
            raise RefusedError(f"nothing was written: {error}") from error
        if (workspace.project.root / path).exists() and not draft.home.file:
            raise RefusedError(f"nothing was written: {path} is there already, and stays as it is")
        if path in transaction.writes:
            raise RefusedError(f"nothing was written: two new records for {path}; add them one by one")
        transaction.writes[path] = data
    with transaction.applied():
        session.refresh()
        new = [one for one in findings_of(session) if (one.rule, one.place.path, one.message) not in before]
        if has_errors(new):
            raise RefusedError("nothing was written: the knowledge base would have these errors", tuple(new))
    return new
