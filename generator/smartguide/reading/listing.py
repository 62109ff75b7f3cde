"""The files below a folder, looked at once: their names, whether they are links, and when they last changed."""

from __future__ import annotations

import bisect
import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from smartguide.reading.left_alone import is_left_alone

_WILDCARD: Final = re.compile(r"[*?\[]")
_PARTS: Final = re.compile(r"\*\*/?|\*|\?|\[!?[^\]]+\]|.", re.DOTALL)


class Signature(NamedTuple):
    """What the system says of a file; a file whose signature is the same has not changed."""

    modified: int
    changed: int
    size: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> Signature:
        """Return the signature from what ``stat`` returns (times in nanoseconds, size in bytes)."""
        return cls(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


@dataclass(frozen=True)
class Listing:
    """The files and folders below ``folder``, by their path relative to it, with forward slashes.

    ``files`` holds the signature of each file that is no link, ``links`` the symbolic links, ``folders`` the folders,
    ``unreadable`` the folders that cannot be listed, ``others`` pipes, sockets and devices. Links are not followed.
    What ``is_left_alone`` is not listed.
    """

    folder: Path
    files: dict[str, Signature] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> Listing:
        """Look at all files below a folder; a folder that is not there has none."""
        listing = cls(folder)
        listing._look(str(folder), "")
        return listing

    def _look(self, folder: str, prefix: str) -> None:
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except FileNotFoundError:
            return
        except OSError:
            self.unreadable.append(prefix.rstrip("/"))
            return
        for entry in found:
            path = prefix + entry.name
            if is_left_alone(entry.name):
                continue
            if entry.is_symlink():
                self.links.append(path)
            elif entry.is_dir(follow_symlinks=False):
                self.folders.append(path)
                self._look(entry.path, f"{path}/")
            elif not entry.is_file(follow_symlinks=False):
                self.others.append(path)
            else:
                self.files[path] = Signature.of(entry.stat(follow_symlinks=False))

    @cached_property
    def names(self) -> list[str]:
        """All files, links, folders and others, in order."""
        return sorted([*self.files, *self.links, *self.folders, *self.others])

    def matching(self, pattern: str) -> list[str]:
        """Return what a wildcard names (``*``, ``**``, ``?``, ``[...]``), in order."""
        matches = re.compile(_expression(pattern)).fullmatch
        prefix = _WILDCARD.split(pattern, maxsplit=1)[0]  # of thousands of names only those that begin so can match
        begin = bisect.bisect_left(self.names, prefix)
        begun = itertools.takewhile(lambda name: name.startswith(prefix), itertools.islice(self.names, begin, None))
        return [name for name in begun if matches(name)]

    def with_suffix(self, *suffixes: str) -> Iterator[str]:
        """Yield the files that are no links and whose names end so, in order."""
        return (name for name in sorted(self.files) if name.endswith(suffixes))


def _expression(pattern: str) -> str:
    """Return the regular expression of a wildcard; ``*`` stays within one folder, ``**`` does not."""
    expressions = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = []
    for part in _PARTS.findall(pattern):
        if part.startswith("[") and len(part) > 1:
            inner = part[1:-1].replace("\\", r"\\")
            parts.append(f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]")
        else:
            parts.append(expressions.get(part) or re.escape(part))
    return "".join(parts)
