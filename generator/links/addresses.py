"""Which addresses of other sites the records and the Markdown pages hold, and where."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from markdown_it import MarkdownIt

from generator.findings import Place
from generator.knowledge_base import KnowledgeBase
from generator.reading import Path_

ARCHIVED: Final = frozenset({"archived", "archived_website"})
"""Keys of archived copies: they stand in for the address beside them, and are not checked themselves."""

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_HREF: Final = re.compile(r"""(?:href|src)\s*=\s*["'](https?://[^"']+)["']""", re.IGNORECASE)
_HUNK: Final = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)

Addresses = dict[str, list[Place]]
"""Every address, without its fragment, and each place that it stands in."""


def collect(base: KnowledgeBase) -> Addresses:
    """Return the addresses of all records and of all Markdown pages below ``content/``."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for record in base:
        for path, address in _in_record(record.data, ()):
            found[_bare(address)].append(record.place_of(*path))
    for page in sorted((base.root / "content").rglob("*.md")):
        shown = page.relative_to(base.root).as_posix()
        for line, address in _in_markdown(page.read_text(encoding="utf-8")):
            found[_bare(address)].append(Place(shown, line, 1))
    return {address: sorted(places) for address, places in sorted(found.items())}


def archived_copies(base: KnowledgeBase) -> set[str]:
    """Return the addresses that have an archived copy beside them."""
    return {_bare(address) for record in base for address in _with_copy(record.data)}


def only_new(addresses: Addresses, root: Path, revision: str) -> Addresses:
    """Return the addresses that stand in a line that was added since a git revision, with those places only.

    Raises LookupError if git does not know the revision.
    """
    command = ["git", "-C", str(root), "diff", "--unified=0", "--no-color", "--no-ext-diff", revision, "--", "content"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    if done.returncode:
        raise LookupError(done.stderr.strip() or f"git does not know {revision}")
    added: set[tuple[str, int]] = set()
    for part in re.split(r"^\+\+\+ b/", done.stdout, flags=re.MULTILINE)[1:]:
        path = part.partition("\n")[0]
        for start, length in _HUNK.findall(part):
            added |= {(path, line) for line in range(int(start), int(start) + int(length or 1))}
    new = {address: [one for one in places if (one.path, one.line) in added] for address, places in addresses.items()}
    return {address: places for address, places in new.items() if places}


def _in_record(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, str) and _WEB.match(data):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in ARCHIVED:
                yield from _in_record(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _in_record(value, (*path, number))


def _with_copy(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, copy in (("url", "archived"), ("website", "archived_website")):
            if data.get(copy) and isinstance(data.get(key), str):
                yield data[key]
        for value in data.values():
            yield from _with_copy(value)
    elif isinstance(data, list):
        for value in data:
            yield from _with_copy(value)


def _in_markdown(text: str) -> Iterator[tuple[int, str]]:
    """Yield the addresses of a page with the line of the block that they stand in."""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        line = token.map[0] + 1 if token.map else 1
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if isinstance(target, str) and _WEB.match(target):
                yield _line_of(text, target, line), target
        if token.type in {"html_block", "inline"}:
            for target in _HREF.findall(token.content):
                yield _line_of(text, target, line), target


def _line_of(text: str, wanted: str, first: int) -> int:
    """Return the line, from ``first`` on, that an address stands in."""
    for number, line in enumerate(text.splitlines()[first - 1 :], first):
        if wanted in line:
            return number
    return first


def _bare(address: str) -> str:
    return address.partition("#")[0]
