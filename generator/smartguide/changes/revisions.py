"""Revisions of a project in git: which commit is meant, and what its files held.

Objects of git are read and nothing is checked out, so neither attributes nor filters nor hooks of the repository play a
part.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from smartguide.findings import quoted
from smartguide.keeping import git

SHORT: Final = 10
"""So many characters of the id of a commit are shown."""
_FILE: Final = "100"
_LINK: Final = "120000"
_REPOSITORY: Final = "160000"
"""The mode of a submodule: another repository, of which only a commit is named."""
_NEVER: Final = frozenset({"", ".", "..", ".git"})


class RevisionError(Exception):
    """A revision cannot be read; the message says why, and what to do."""


class Commit(NamedTuple):
    """A commit: its id, and the revision by which it was named."""

    id: str
    named: str


@dataclass(frozen=True)
class Written:
    """The files of a project in one state, by their paths relative to its folder, with forward slashes.

    ``files`` are on the disk below ``root``; ``links`` are not: symbolic links with what they lead to, and submodules
    with their commits.
    """

    root: Path
    files: frozenset[str]
    links: Mapping[str, str] = field(default_factory=dict)


def commit(root: Path, revision: str) -> Commit:
    """Return the commit that a revision names in the repository of a project.

    Raises RevisionError if there is no git or no repository, and for a revision that git does not know.
    """
    _require_repository(root)
    done = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done is None:
        hint = f"name a branch, a tag or a commit; a branch of another repository is fetched with: {_FETCH}"
        if _is_shallow(root):
            hint = f"this clone is shallow and may lack it; fetch the rest with: {_UNSHALLOW}"
        raise RevisionError(f"git knows no revision {quoted(revision)} ({hint})")
    return Commit(done.decode().strip(), revision)


def parted(root: Path, base: Commit, head: Commit | None) -> Commit:
    """Return the commit at which ``head`` (without it, what is checked out) parted from ``base``.

    That is ``base`` itself unless it has gone on since, and also where the two have nothing in common. Raises
    RevisionError if a shallow clone does not hold the commit.
    """
    tip = head or commit(root, "HEAD")
    found = _run(root, "merge-base", base.id, tip.id)
    if found is None:
        if _is_shallow(root):
            raise RevisionError(
                f"where this parted from {quoted(base.named)} is not known, because the clone is shallow "
                f"(fetch the rest with: {_UNSHALLOW})"
            )
        return base
    at = found.decode().strip()
    if head is not None and at == head.id:
        return base  # back in time was asked for
    return Commit(at, base.named)


def write(root: Path, of: Commit, folder: Path) -> Written:
    """Write the files that a project had in a commit into an empty folder, and return what was written.

    Raises RevisionError if git cannot read them, and OSError where a file cannot be written.
    """
    every = list(_entries(root, of))
    links = {name: blob for mode, blob, name in every if mode == _REPOSITORY}
    entries = [one for one in every if one[0] != _REPOSITORY]
    held = _contents(root, [blob for _, blob, _ in entries])
    files: set[str] = set()
    for (mode, _, name), content in zip(entries, held, strict=True):
        if mode == _LINK:
            links[name] = os.fsdecode(content)
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        files.add(name)
    return Written(folder, frozenset(files), links)


def working_tree(root: Path) -> Written:
    """Return the files of a project as they are on the disk, but for those that git ignores.

    Raises RevisionError if git cannot list them.
    """
    listed = _run(root, "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed is None:
        raise RevisionError(f"git cannot list the files of {root}")
    names = {os.fsdecode(name) for name in listed.split(b"\0") if name}
    links = {name: str((root / name).readlink()) for name in names if (root / name).is_symlink()}
    staged = _run(root, "-c", "core.fsmonitor=false", "ls-files", "-z", "--stage") or b""
    for line in staged.split(b"\0"):
        about, _, name = line.partition(b"\t")
        if about.startswith(_REPOSITORY.encode()):
            links[os.fsdecode(name)] = about.split(b" ")[1].decode()
    return Written(root, frozenset(name for name in names - links.keys() if (root / name).is_file()), links)


_FETCH: Final = "git fetch"
_UNSHALLOW: Final = "git fetch --unshallow"


def _require_repository(root: Path) -> None:
    if _run(root, "rev-parse", "--is-inside-work-tree") != b"true\n":
        raise RevisionError(
            f"{root} is in no git repository, so there is no earlier state to compare with "
            "(run this in a clone, or begin a repository with: git init)"
        )


def _is_shallow(root: Path) -> bool:
    return _run(root, "rev-parse", "--is-shallow-repository") == b"true\n"


def _run(root: Path, *arguments: str) -> bytes | None:
    """Return the output of git; None if it fails. Raises RevisionError where there is no git."""
    try:
        done = git.run(root, *arguments)
    except FileNotFoundError as error:
        raise RevisionError("git is not installed, and without it no earlier state is known (install git)") from error
    return None if done.returncode else done.stdout


def _entries(root: Path, of: Commit) -> Iterator[tuple[str, str, str]]:
    """Yield mode, object and path of each file, symbolic link and submodule below the folder of a project."""
    listed = _run(root, "ls-tree", "-r", "-z", of.id, "./")
    if listed is None:
        raise RevisionError(f"git cannot read the files of {quoted(of.named)} (try: git fsck)")
    for line in listed.split(b"\0"):
        about, _, name = line.partition(b"\t")
        if not name:
            continue
        mode, _, blob = about.decode().split(" ")
        path = os.fsdecode(name)
        # No checkout makes such names, but a tree that was made for an attack may have them.
        if (mode.startswith(_FILE) or mode in {_LINK, _REPOSITORY}) and not _NEVER & {*path.casefold().split("/")}:
            yield mode, blob, path


def _contents(root: Path, blobs: list[str]) -> Iterator[bytes]:
    """Yield what each blob holds."""
    done = git.run(root, "cat-file", "--batch", feed="".join(f"{blob}\n" for blob in blobs).encode())
    output, at = done.stdout, 0
    for blob in blobs:
        end = output.find(b"\n", at)
        about = output[at:end].split(b" ")
        if end < 0 or len(about) != 3 or about[1] != b"blob":  # noqa: PLR2004  # id, type and size
            raise RevisionError(f"git does not hold the object {blob[:SHORT]} (fetch it with: {_FETCH})")
        size = int(about[2])
        yield output[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
