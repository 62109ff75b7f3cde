"""The records of a project as files that can be changed: which file holds which record, and where a new one goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from smartguide.checks.checking import Checker, Read
from smartguide.editing.formatting import RecordFile
from smartguide.findings import Finding, did_you_mean, has_errors, quoted
from smartguide.model import catalogue as catalogues
from smartguide.model.entries import Key
from smartguide.model.knowledge_base import Collection, Record
from smartguide.project import Project
from smartguide.session import Session


class RefusedError(Exception):
    """What was asked for cannot be done; nothing was changed. ``findings`` say more, if there are some.

    ``is_wrong_use`` tells whether what was typed is to blame, and not what the files hold.
    """

    def __init__(self, message: str, findings: tuple[Finding, ...] = (), *, is_wrong_use: bool = False) -> None:
        super().__init__(message)
        self.findings = findings
        self.is_wrong_use = is_wrong_use


@dataclass(frozen=True)
class Home:
    """Where the records of a collection are: in files of their own in a folder, or all in one file."""

    folder: str
    file: str = ""

    def path_of(self, record_id: str) -> str:
        """Return the path of the file of a record, relative to the project."""
        return self.file or f"{self.folder}/{record_id}.yml"


class Workspace:
    """A project whose records are to be changed."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def read(self) -> Read:
        """What was read of the project. Raises RefusedError if its catalogue cannot be used."""
        read = Checker(self.project).read()
        if not read.is_usable:
            raise RefusedError("nothing was changed: the catalogue cannot be used", tuple(read.findings))
        return read

    def files(self) -> Iterator[RecordFile]:
        """Yield the files of records, in the order of the catalogue. Raises RefusedError."""
        for name, collection in self.read.base.collections.items():
            documents, is_one_record = catalogues.documents(self.read.catalogue, name)
            for document in documents:
                yield RecordFile(document.path, collection.kind, is_one_record)

    @cached_property
    def any_session(self) -> Session:
        """The project as it is checked, whatever is wrong with it. Raises RefusedError without a usable catalogue."""
        session = Session(self.project)
        if not session.checked.base.collections:
            raise RefusedError("nothing was changed: the catalogue cannot be used", tuple(session.checked.findings))
        return session

    @cached_property
    def session(self) -> Session:
        """The project as it is checked. Raises RefusedError if it has errors: what they hide would be overlooked."""
        session = self.any_session
        if wrong := tuple(one for one in findings_of(session) if has_errors([one])):
            message = "nothing was changed: the knowledge base has errors, behind which references may be hidden"
            raise RefusedError(f"{message}; fix them first", wrong)
        return session

    def refreshed(self) -> tuple[list[Finding], list[Finding]]:
        """Check the project again, and return the errors, and the warnings that were not there before."""
        before = {(one.rule, one.message) for one in findings_of(self.session)}
        self.session.refresh()
        found = findings_of(self.session)
        errors = [one for one in found if has_errors([one])]
        return errors, [one for one in found if one not in errors and (one.rule, one.message) not in before]

    def home(self, collection: Collection) -> Home:
        """Return where the records of a collection are."""
        documents, is_one_record = catalogues.documents(self.read.catalogue, collection.name)
        named = self.read.catalogue.written_at(("collections", collection.name, "records")) or ""
        path = PurePosixPath(self.project.content.name) / named
        if not is_one_record:
            return Home(path.parent.as_posix(), documents[0].path if documents else path.as_posix())
        fixed = []
        for part in path.parent.parts:
            if any(char in part for char in "*?["):
                break
            fixed.append(part)
        return Home("/".join(fixed))


def findings_of(session: Session) -> list[Finding]:
    """Return all that is wrong with records and chapters."""
    return [*session.checked.findings, *session.checked.in_macros]


def record_named(session: Session, name: str) -> Record:
    """Return the record of a name that was typed: ``books/emma``, or ``emma`` where only one collection has that id.

    Raises RefusedError.
    """
    base = session.checked.base
    collection, _, record_id = name.strip("/").removesuffix(".yml").rpartition("/")
    collection = collection.rpartition("/")[2]
    if collection and collection not in base.collections:
        hint = did_you_mean(collection, base.collections) or f"there are: {', '.join(base.collections)}"
        raise RefusedError(f"no collection {quoted(collection)} ({hint})", is_wrong_use=True)
    among = [base[collection]] if collection else list(base.collections.values())
    found = [one.records[record_id] for one in among if record_id in one.records]
    if len(found) > 1:
        names = ", ".join(shown(one) for one in found)
        raise RefusedError(f"several records have the id {quoted(record_id)}: write one of {names}", is_wrong_use=True)
    if not found:
        where = f" in {collection}" if collection else ""
        now = next((one for group in among for one in group if record_id in one.former_ids), None)
        known = [one if collection else f"{group.name}/{one}" for group in among for one in group.records]
        hint = f"it is now {shown(now)}" if now else did_you_mean(record_id if collection else name, known)
        if not collection and not hint:
            hint = did_you_mean(record_id, [one for group in among for one in group.records])
        raise RefusedError(f"no record {quoted(record_id)}{where}" + (f" ({hint})" if hint else ""), is_wrong_use=True)
    return found[0]


def shown(record: Record | Key) -> str:
    """Return the name of a record as it is typed: ``books/emma``."""
    collection, record_id = record.entry.key if isinstance(record, Record) else record
    return f"{collection}/{record_id}"
