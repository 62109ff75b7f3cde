"""Which addresses of other sites the records, the Markdown pages and the site's settings hold, and where."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from markdown_it import MarkdownIt

from generator.findings import Place
from generator.knowledge_base import KnowledgeBase, Record
from generator.reading import Path_
from generator.text import prose_links

ARCHIVED: Final = frozenset({"archived", "archived_website"})
"""Keys of archived copies: they stand in for the address beside them, and are not checked themselves."""
SETTINGS: Final = "mkdocs.yml"

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_COPY: Final = re.compile(r"https?://web\.archive\.org/web/[^/]+/(?P<original>https?://.+)", re.IGNORECASE)
_HREF: Final = re.compile(r"""(?:href|src)\s*=\s*["'](https?://[^"']+)["']""", re.IGNORECASE)
_HUNK: Final = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)

Addresses = dict[str, list[Place]]
"""Every address, without its fragment, and each place that it stands in."""


def collect(base: KnowledgeBase) -> Addresses:
    """Return the addresses of all records, of all Markdown pages below ``content/``, and of ``mkdocs.yml``."""
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for record in base:
        for path, address in _in_data(record.data, ()):
            found[_bare(address)].add(record.place_of(*path))
        for place, address in _in_prose(record, base.root):
            found[_bare(address)].add(place)
    for shown, text in _pages(base.root):
        for line, address in _in_markdown(text):
            if not _COPY.match(address):
                found[_bare(address)].add(Place(shown, line, 1))
    settings = base.root / SETTINGS
    if settings.is_file():
        text = settings.read_text(encoding="utf-8-sig")
        for address in _HREF.findall(text):
            found[_bare(address)].add(Place(SETTINGS, _line_of(text, address, 1), 1))
    return {address: sorted(places) for address, places in sorted(found.items())}


def archived_copies(base: KnowledgeBase) -> set[str]:
    """Return the addresses that have an archived copy beside them: on the record, or on the same Markdown page."""
    found = {_bare(address) for record in base for address in _with_copy(record.data)}
    for _, text in _pages(base.root):
        copies = (_COPY.match(address) for _, address in _in_markdown(text))
        found |= {_bare(copy["original"]) for copy in copies if copy}
    return found


def only_new(addresses: Addresses, root: Path, revision: str) -> Addresses:
    """Return the addresses that were added since the work left a git revision, with the places that are new.

    A line that was changed for another reason does not make the address on it a new one. Raises LookupError if git
    does not know the revision.
    """
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", "diff", "--unified=0", "--no-color"]
    command += ["--no-ext-diff", "--merge-base", revision, "--", "content", SETTINGS]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    if done.returncode:
        raise LookupError(done.stderr.strip() or f"git does not know {revision}")
    added: set[tuple[str, int]] = set()
    removed: set[tuple[str, str]] = set()
    for part in re.split(r"^\+\+\+ b/", done.stdout, flags=re.MULTILINE)[1:]:
        path = part.partition("\n")[0].rstrip("\t")
        for start, length in _HUNK.findall(part):
            added |= {(path, line) for line in range(int(start), int(start) + int(1 if length == "" else length))}
        gone = "\n".join(line[1:] for line in part.splitlines() if line.startswith("-"))
        removed |= {(path, address) for address in addresses if _names(gone, address)}
    new = {
        address: [one for one in places if (one.path, one.line) in added and (one.path, address) not in removed]
        for address, places in addresses.items()
    }
    return {address: places for address, places in new.items() if places}


def _names(text: str, address: str) -> bool:
    """Tell whether a text holds an address, and not only a longer one that begins with it."""
    return address in text and bool(re.search(re.escape(address) + r"""(?=$|[#\s"'<>()\[\]{},])""", text, re.MULTILINE))


def _in_data(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, str) and _WEB.match(data):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in ARCHIVED:
                yield from _in_data(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _in_data(value, (*path, number))


def _in_prose(record: Record, root: Path) -> Iterator[tuple[Place, str]]:
    """Yield the links in the prose of a record, each with its line."""
    for prop in record.kind.properties:
        if not prop.schema.get("x-prose"):
            continue
        for path, text in prop.values(record.data):
            for address in prose_links(text) if isinstance(text, str) else ():
                if _WEB.match(address):
                    place = record.place_of(*path)
                    file = (root / place.path).read_text(encoding="utf-8-sig")
                    yield Place(place.path, _line_of(file, address, place.line), 1), address


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


def _pages(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every Markdown page that people wrote."""
    for page in sorted((root / "content").rglob("*.md")):
        yield page.relative_to(root).as_posix(), page.read_text(encoding="utf-8-sig")


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
