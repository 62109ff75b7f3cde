"""Files to documents."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml_include
from fsspec.implementations.local import LocalFileSystem

from smartguide.findings import Finding, Place
from smartguide.reading.construction import Construction, RefusedError
from smartguide.reading.documents import Document

MAX_BYTES: Final = 1024 * 1024


class _Names(LocalFileSystem):  # type: ignore[misc]  # fsspec is untyped
    """The files below a folder by name only: what stands in one, and what is wrong with it, is for ``Reader.read``.

    Only what stands in an include is taken for a wildcard, whatever the folder itself is called.
    """

    def __init__(self, folder: str, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(folder)

    def glob(self, path: str, *_: object, **__: object) -> list[str]:
        """Return the files that a wildcard names, in order."""
        return [found.as_posix() for found in sorted(self.folder.glob(path))]

    def open(self, path: str, *_: object, **__: object) -> AbstractContextManager[str]:
        """Open nothing."""
        return nullcontext(path)


class Reader:
    """Reads YAML files of one project; each file once.

    ``root`` is the folder of the project, ``content`` the folder that includes are confined to.
    """

    def __init__(self, root: Path, content: Path) -> None:
        self.root = root.resolve()
        self.content = content.resolve()
        self.stack: list[Path] = []
        self.nested = 0
        self._real_folders: dict[Path, Path] = {}

    def read(self, path: Path) -> Document:
        """Read one file. Faults are on the document's ``findings``; nothing is raised."""
        document = Document(self.shown(path))
        try:
            text = self._decoded(path, document)
            if path in self.stack:
                raise RefusedError(
                    Finding(Place(document.path), "include", "includes itself", hint="take the include out")
                )
            self.stack.append(path)
            try:
                Construction(self, document).run(text)
            finally:
                self.stack.pop()
        except RefusedError as refused:
            document.findings.append(refused.finding)
        return document

    def embedded(self, path: Path, text: str) -> Document:
        """Read YAML that stands in a file of another kind; its places are those in ``text``."""
        document = Document(self.shown(path))
        try:
            Construction(self, document).run(text)
        except RefusedError as refused:
            document.findings.append(refused.finding)
        return document

    def text(self, path: Path) -> Document:
        """Read a file that is no YAML as text, which is the document's ``data``."""
        document = Document(self.shown(path))
        try:
            document.data = self._decoded(path, document)
        except RefusedError as refused:
            document.findings.append(refused.finding)
        return document

    @cached_property
    def includes(self) -> yaml_include.Constructor:
        """The include constructor of pyyaml-include, set to this reader."""
        return yaml_include.Constructor(
            fs=_Names(folder=str(self.content)),
            custom_loader=lambda path, _file, _loader: self.read(self.content / path),
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
                raise RefusedError(Finding(place, "unreadable", "is a link that leads out of the project"))
            if path.stat().st_size > MAX_BYTES:
                message = f"the file is larger than 1 MiB ({path.stat().st_size:,} bytes)"
                raise RefusedError(Finding(place, "file-size", message, hint="split it into several records"))
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            message = f"cannot be read: {error.strerror or error}"
            raise RefusedError(Finding(place, "unreadable", message)) from error
        if len(raw) > MAX_BYTES:
            raise RefusedError(Finding(place, "file-size", "the file is larger than 1 MiB"))
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
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
