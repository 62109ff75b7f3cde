"""Which addresses of other sites the records, the Markdown pages and the site's settings hold, and where."""

from __future__ import annotations

import contextlib
import html
import io
import re
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from markdown_it import MarkdownIt

from smartguide import settings
from smartguide.checks.checking import check
from smartguide.findings import Place
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.pages.text import prose_links
from smartguide.reading import Path_

ARCHIVED: Final = frozenset({"archived", "archived_website"})
"""Keys of archived copies: they stand in for the address beside them, and are not checked themselves."""

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_COPY: Final = re.compile(r"https?://web\.archive\.org/web/[^/]+/(?P<original>https?://.+)", re.IGNORECASE)
_HREF: Final = re.compile(
    r"""(?:href|src)\s*=\s*(?:"(https?://[^"]+)"|'(https?://[^']+)'|(https?://[^\s"'<>`]+))""", re.IGNORECASE
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_ADMONITION: Final = re.compile(r"!!! ?\w")

Addresses = dict[str, list[Place]]
"""Every address, without its fragment, and each place that it stands in."""


def collect(base: KnowledgeBase) -> Addresses:
    """Return the addresses of all records, of all Markdown pages below ``content/``, and of ``mkdocs.yml``."""
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for record in base:
        for path, address in _in_data(record.data, ()):
            found[_bare(address)].add(record.place_of(*path))
        for place, address in _in_prose(record, base.root):
            if not _COPY.match(address):
                found[_bare(address)].add(place)
    for shown, text in _pages(base.root):
        for line, address in _in_markdown(text):
            if not _COPY.match(address):
                found[_bare(address)].add(Place(shown, line, 1))
    for place, address in _in_settings(base.root):
        found[_bare(address)].add(place)
    return {address: sorted(places) for address, places in sorted(found.items())}


def archived_copies(base: KnowledgeBase) -> set[str]:
    """Return the addresses that have an archived copy beside them: in the record, or on the same Markdown page."""
    found = {_bare(address) for record in base for address in _with_copy(record.data)}
    texts = [[address for _, address in _in_markdown(text)] for _, text in _pages(base.root)]
    texts += [[address for _, address in _in_prose(record, base.root)] for record in base]
    for links in texts:
        copies = {_alike(copy["original"]) for copy in map(_COPY.match, links) if copy}
        found |= {_bare(address) for address in links if _alike(address) in copies}
    return found


def _alike(address: str) -> str:
    """Return what the archive takes for the same page: it writes ``http://x.example:80/`` for ``https://X.example``."""
    scheme, _, rest = _bare(address).partition("://")
    host, _, path = rest.partition("/")
    return f"{host.lower().removesuffix(':443' if scheme == 'https' else ':80')}/{path}"


def only_new(addresses: Addresses, root: Path, revision: str) -> Addresses:
    """Return the addresses that stood nowhere when the work left a git revision, with their places.

    What only moved (to another line, file or notation) is not new. Raises LookupError for no such revision.
    """
    left_at = _git(root, "merge-base", "--end-of-options", revision, "HEAD").decode().strip()
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "--format=tar", left_at))) as files:
            files.extractall(folder, [file for file in files if file.isfile() or file.isdir()], filter="data")
        before = collect(check(Path(folder)).base)
    return {address: places for address, places in addresses.items() if address not in before}


def _git(root: Path, *arguments: str) -> bytes:
    """Return what git says about the project in ``root``. Raises LookupError."""
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()
        raise LookupError(reason or "git finds no commit from which the work went off (is the clone a shallow one?)")
    return done.stdout


def _in_data(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, str) and _WEB.match(data) and not re.search(r"\s", data.strip()):
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
    for prose in record.entry.texts("x-prose"):
        for address in prose_links(prose.value):
            if _WEB.match(address):
                place = record.place_of(*prose.path)
                lines = (root / place.path).read_text(encoding="utf-8-sig").split("\n")
                yield Place(place.path, _line_of(lines, address, place.line) or place.line, 1), address


def _in_settings(root: Path) -> Iterator[tuple[Place, str]]:
    """Yield the addresses in the settings of the site, but for its own: the repository, the navigation, HTML."""
    with contextlib.suppress(settings.SettingsError):  # whoever builds the site is told
        values = {key: value for key, value in settings.read_settings(root).values.items() if key != "site_url"}
        text = (root / settings.FILE).read_text(encoding="utf-8-sig") if values else ""
        for address in [*_in_html(text), *(address for _, address in _in_data(values, ()))]:
            yield Place(settings.FILE, _line_of(text.split("\n"), address, 1) or 1, 1), address


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
        yield page.relative_to(root).as_posix(), page.read_text(encoding="utf-8-sig", errors="replace")


def _in_markdown(text: str) -> Iterator[tuple[int, str]]:
    """Yield the addresses of a page, each with its line."""
    lines = text.split("\n")
    for token in MarkdownIt("commonmark").enable("table").parse(_without_admonitions(text)):
        line = first = token.map[0] + 1 if token.map else 1
        for child in token.children or (token,):
            target = child.attrGet("href") or child.attrGet("src")
            found = [target] if isinstance(target, str) and _WEB.match(target) else []
            if child.type in {"html_inline", "html_block"}:
                found += _in_html(child.content)
            for address in found:
                stands = _line_of(lines, address, line) or _line_of(lines, address, 1) or first
                if token.map and token.map[0] < stands <= token.map[1]:
                    line = stands  # the next one does not stand before it
                yield stands, address


def _in_html(text: str) -> list[str]:
    """Return the addresses that HTML links to."""
    return [html.unescape("".join(found)) for found in _HREF.findall(_COMMENT.sub("", text))]


def _without_admonitions(text: str) -> str:
    """Return a page with what its admonitions hold a level to the left, line by line: CommonMark takes it for code."""
    lines = text.split("\n")
    while any(_ADMONITION.match(line) for line in lines):  # they can hold others
        inside = False
        for number, line in enumerate(lines):
            if _ADMONITION.match(line):
                inside, lines[number] = True, ""
            elif inside and line.strip() and not line.startswith("    "):
                inside = False
            elif inside:
                lines[number] = line[4:]
    return "\n".join(lines)


def _line_of(lines: list[str], wanted: str, first: int) -> int:
    """Return the line, from ``first`` on, that an address stands in, however it is spelled there; 0 if none does."""
    spellings = {wanted, unquote(wanted), html.escape(wanted, quote=False)}
    whole = re.compile("(?:" + "|".join(map(re.escape, spellings)) + r""")(?=$|[#\s"'<>()\[\]{},])""")
    for number in range(first, len(lines) + 1):
        line = lines[number - 1]
        if any(one in line for one in spellings) and whole.search(line):
            return number
    return 0


def _bare(address: str) -> str:
    return address.partition("#")[0]
