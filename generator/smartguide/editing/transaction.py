"""Changes of several files that are made together or not at all."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from smartguide.keeping import git

TEMPORARY: Final = "~"
"""Files whose names end so are left alone by everything that reads the project."""


@dataclass
class Transaction:
    """What is to be done in a project: files that are written, moved and deleted, by their paths relative to it.

    A file that is moved may be written, too, at its new place.
    """

    root: Path
    writes: dict[str, bytes] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)
    deletes: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def applied(self) -> Iterator[None]:
        """Change the files, and change them back if what is done then raises anything, Ctrl-C included.

        Raises OSError if a file cannot be changed, and FileExistsError if one would be overwritten by a move.
        """
        with contextlib.ExitStack() as undo:
            for old, new in self.moves.items():
                if (self.root / new).exists():
                    raise FileExistsError(17, "is there already", new)
                self._make_folder((self.root / new).parent, undo)
                os.rename(self.root / old, self.root / new)  # noqa: PTH104
                undo.callback(os.rename, self.root / new, self.root / old)
            for name, data in self.writes.items():
                path = self.root / name
                if path.exists():
                    undo.callback(replace, path, path.read_bytes())
                    replace(path, data)
                else:
                    self._make_folder(path.parent, undo)
                    with path.open("xb") as file:
                        undo.callback(path.unlink, missing_ok=True)
                        file.write(data)
            for name in self.deletes:
                path = self.root / name
                undo.callback(replace, path, path.read_bytes())
                path.unlink()
            yield
            undo.pop_all()
        self._tell_git()

    def _make_folder(self, folder: Path, undo: contextlib.ExitStack) -> None:
        if not folder.exists():
            self._make_folder(folder.parent, undo)
            folder.mkdir()
            undo.callback(folder.rmdir)

    def _tell_git(self) -> None:
        """Move and delete what git tracks in its index, too, as ``git mv`` and ``git rm`` do.

        Where that cannot be done (no repository, a locked index), git still finds the files as they are.
        """
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            for old, new in self.moves.items():
                listed = git.run(self.root, "ls-files", "--stage", "--", old, timeout=60).stdout.decode()
                if listed:
                    mode, blob = listed.split()[:2]
                    git.run(self.root, "update-index", "--force-remove", "--", old, timeout=60)
                    git.run(
                        self.root,
                        "update-index",
                        "--add",
                        "--cacheinfo",
                        f"{mode},{blob},{_prefix(self.root)}{new}",
                        timeout=60,
                    )
            for name in self.deletes:
                git.run(self.root, "rm", "--cached", "--quiet", "--", name, timeout=60)


def _prefix(root: Path) -> str:
    """Return the path of the project inside its repository, with a slash at its end; empty if it is the repository."""
    return git.run(root, "rev-parse", "--show-prefix", timeout=60).stdout.decode().strip()


def replace(path: Path, data: bytes) -> None:
    """Write a file in one step, so that nobody finds half of it; its permissions stay. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=TEMPORARY)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
