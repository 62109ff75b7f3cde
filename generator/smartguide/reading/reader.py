"""Files to documents."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml_include
from fsspec.implementations.local import LocalFileSystem

from smartguide.findings import Finding, Place
from smartguide.reading.characters import composed, described, unwanted_by_line
from smartguide.reading.construction import Construction, RefusedError
from smartguide.reading.documents import Document
from smartguide.reading.kept_data import KeptData, digest
from smartguide.reading.listing import Listing, Signature

MAX_BYTES: Final = 1024 * 1024
MOST_LINES: Final = 20
"""So many lines with unwanted characters are told of a file; a file of another kind has thousands."""
ONE_TICK: Final = 50_000_000
"""Nanoseconds in which a file system may give two changes of a file the same time."""


class _Names(LocalFileSystem):  # type: ignore[misc]  # fsspec is untyped
    """The files that an include names, by name only: ``Reader`` reads them, and says what is wrong with them."""

    def __init__(self, reader: Reader, **options: Any) -> None:
        super().__init__(**options)
        self.reader = reader

    def glob(self, path: str, *_: object, **__: object) -> list[str]:
        """Return the files that a wildcard names, in order."""
        links = set(self.reader.listing.links)
        # That a link is none of the records is told of the link.
        return [one for one in self.reader.listing.matching(path) if one not in links]

    def open(self, path: str, *_: object, **__: object) -> AbstractContextManager[str]:
        """Open nothing."""
        return nullcontext(path)


@dataclass
class DocumentCache:
    """Documents that were read before, by their path below ``content/``, with the signature that each file had then.

    Only files without includes are kept: what an include brings in may change on its own.
    """

    documents: dict[str, tuple[Signature, Document]] = field(default_factory=dict)

    def get(self, path: str, signature: Signature | None) -> Document | None:
        """Return the document of a file that has not changed since; None if it has, or was not read before."""
        kept = self.documents.get(path)
        return kept[1] if kept is not None and kept[0] == signature else None

    def keep(self, path: str, signature: Signature | None, document: Document) -> None:
        """Keep a document. A file that changed a moment ago may change again within one tick of the file system."""
        if signature is None or document.has_includes or time.time_ns() - signature.modified < ONE_TICK:
            self.documents.pop(path, None)
        else:
            self.documents[path] = signature, document


class Reader:
    """Reads YAML files of one project; each file once.

    ``root`` is the folder of the project, ``content`` the folder that includes are confined to. With a ``cache``, files
    that have not changed since it was filled are not read again; ``data`` holds what files of the same text are read
    to.
    """

    def __init__(
        self, root: Path, content: Path, cache: DocumentCache | None = None, data: KeptData | None = None
    ) -> None:
        self.root = root.resolve()
        self.content = content.resolve()
        self.stack: list[Path] = []
        self.nested = 0
        self._cache = cache or DocumentCache()
        self._data = data
        self._real_folders: dict[Path, Path] = {}

    @cached_property
    def listing(self) -> Listing:
        """The files below ``content``, as they were when this was first asked for."""
        return Listing.of(self.content)

    def included(self, name: str) -> Document:
        """Read a file that is named relative to ``content``, unless it is kept and has not changed."""
        signature = self.listing.files.get(name)
        if (kept := self._cache.get(name, signature)) is not None:
            return kept
        document = self.read(self.content / name)
        self._cache.keep(name, signature, document)
        return document

    def take(self, name: str, document: Document) -> None:
        """Take the document of a file without includes that another process has read, as ``included`` does."""
        self._cache.keep(name, self.listing.files.get(name), document)
        self._keep_data(document)

    def another(self) -> Reader:
        """Return a reader of the same files, with the same cache."""
        reader = Reader(self.root, self.content, self._cache, self._data)
        reader.listing = self.listing
        return reader

    @property
    def has_read(self) -> bool:
        """Whether anything was read before, now or in an earlier run."""
        return bool(self._cache.documents) or (self._data is not None and not self._data.is_empty)

    def read(self, path: Path) -> Document:
        """Read one file. Faults are on the document's ``findings``; nothing is raised."""
        document = Document(self.shown(path))
        try:
            text = self._decoded(path, document)
            if path in self.stack:
                raise RefusedError(
                    Finding(Place(document.path), "include", "includes itself", hint="take the include out")
                )
            document.digest = digest(text)
            if self._data is not None and (kept := self._data.get(document.digest)) is not None:
                document.text, document.data = text, kept
                return document
            self.stack.append(path)
            try:
                Construction(self, document).run(text)
            finally:
                self.stack.pop()
            if not document.has_includes:
                document.forget_nodes()
                self._keep_data(document)
        except RefusedError as refused:
            document.findings.append(refused.finding)
        return document

    def _keep_data(self, document: Document) -> None:
        if self._data is not None and not document.findings:
            self._data.keep(document.digest, document.data)

    def embedded(self, path: Path, text: str) -> Document:
        """Read YAML that stands in a file of another kind; its places are those in ``text``."""
        document = Document(self.shown(path))
        try:
            Construction(self, document).run(text)
        except RefusedError as refused:
            document.findings.append(refused.finding)
        return document

    def text(self, path: Path) -> Document:
        """Read a file that is no YAML as text, which is the document's ``data``.

        A line with a character that no text may hold is a finding.
        """
        document = Document(self.shown(path))
        try:
            document.data = self._decoded(path, document)
            document.findings += _unwanted_characters(document.path, document.data)
        except RefusedError as refused:
            document.findings.append(refused.finding)
        return document

    @cached_property
    def includes(self) -> yaml_include.Constructor:
        """The include constructor of pyyaml-include, set to this reader."""
        return yaml_include.Constructor(
            fs=_Names(self, skip_instance_cache=True),
            custom_loader=lambda path, _file, _loader: self.included(path),
        )

    def shown(self, path: Path) -> str:
        """Return a path as findings name it: relative to the repository. Symbolic links are not followed."""
        try:
            return PurePosixPath(Path(os.path.abspath(path)).relative_to(self.root)).as_posix()
        except ValueError:
            return path.as_posix()

    def leads_out(self, path: Path, folder: Path) -> bool:
        """Tell whether a path leads out of a folder, by whatever symbolic links."""
        if path.is_symlink():
            return not path.resolve().is_relative_to(folder)
        if path.parent not in self._real_folders:  # most files share a few folders, and to resolve takes its time
            self._real_folders[path.parent] = path.parent.resolve()
        return not self._real_folders[path.parent].is_relative_to(folder)

    def _decoded(self, path: Path, document: Document) -> str:
        place = Place(document.path)
        try:
            if self.leads_out(path, self.root):
                raise RefusedError(
                    Finding(
                        place, "unreadable", "is a link that leads out of the project", hint="put the file itself there"
                    )
                )
            status = path.stat()
            if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):  # a pipe would never end
                raise RefusedError(
                    Finding(place, "unreadable", "is not a regular file", hint="delete it, or put a file there")
                )
            if status.st_size > MAX_BYTES:
                message = f"the file is larger than 1 MiB ({status.st_size:,} bytes)"
                raise RefusedError(Finding(place, "file-size", message, hint="split it into several files"))
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            message = f"cannot be read: {error.strerror or error}"
            raise RefusedError(
                Finding(place, "unreadable", message, hint="check its name and who may read it")
            ) from error
        if len(raw) > MAX_BYTES:
            raise RefusedError(
                Finding(place, "file-size", "the file is larger than 1 MiB", hint="split it into several files")
            )
        if raw.startswith(_UTF_16) or (raw.count(b"\0") > len(raw) // 4 and raw.count(b"\0") < len(raw)):
            message, hint = "the file looks like UTF-16", "save it as UTF-8 (in Notepad: Save as, Encoding)"
            raise RefusedError(Finding(place, "encoding", message, hint=hint))
        if b"\r" in raw and b"\n" not in raw.replace(b"\r", b"", 1) and raw.strip(b"\r").count(b"\r"):
            message = "the lines end as on old Macs, with a carriage return alone"
            raise RefusedError(Finding(place, "encoding", message, hint="save it with the line ends LF (Unix)"))
        try:
            return composed(raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            if kind := _no_text(raw):
                hint = "write it in a text editor, and save it as plain text in UTF-8"
                message = f"this is no text file: it looks like {kind}"
                raise RefusedError(Finding(place, "encoding", message, hint=hint)) from error
            good = raw[: error.start].decode("utf-8-sig", errors="replace")
            line = good.count("\n") + 1
            column = len(good) - (good.rfind("\n") + 1) + 1
            raise RefusedError(
                Finding(
                    Place(document.path, line, column),
                    "encoding",
                    f"the byte 0x{raw[error.start]:02x} is not UTF-8",
                    hint="save the file as UTF-8",
                )
            ) from error


_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""The byte order marks of UTF-16."""
_KINDS_OF_FILES: Final = {
    b"PK\x03\x04": "a file of a word processor, a spreadsheet or an archive",
    b"\xd0\xcf\x11\xe0": "a file of an old word processor or spreadsheet",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "an archive",
}
"""With which bytes files begin that are no text."""


def _no_text(raw: bytes) -> str:
    """Return the words for what a file is that is no text; an empty string if it may be text in another encoding."""
    return next((kind for start, kind in _KINDS_OF_FILES.items() if raw.startswith(start)), "")


def _unwanted_characters(path: str, text: str) -> Iterator[Finding]:
    """Yield a finding for the first character of each line that no text may hold."""
    for line, column, char in islice(unwanted_by_line(text), MOST_LINES):
        message, hint = described(char)
        yield Finding(Place(path, line, column), "invisible-character", message, hint=hint)
