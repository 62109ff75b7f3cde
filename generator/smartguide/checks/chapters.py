"""What is wrong with chapters at sight: front matter, references to links that are not defined, and links.

Only what nobody can mean otherwise is a finding: code, comments, math and template code are passed over.
"""

from __future__ import annotations

import html
import math
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from smartguide.checks import chapter_html, forge_markdown, front_matter, template_code
from smartguide.checks.chapter_text import HIDDEN, lines_before_markdown, links, place, prose, with_plain_lines
from smartguide.checks.folder import is_published
from smartguide.checks.forge_markdown import Mark
from smartguide.checks.template_code import Named
from smartguide.findings import Finding, Place, Severity, did_you_mean, quoted
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.reading import Reader, conflicts, described, turning

_REFERENCE: Final = re.compile(r"(?<![\w\])\\])!?\[(?P<text>[^\[\]]+)\]\[(?P<id>[^\[\]]+)\]")
_DEFINITION: Final = re.compile(r"^[ \t>]*\[(?P<id>[^\[\]]+)\]:", re.MULTILINE)
_INDEX: Final = re.compile(r"\bindex_page\(\s*[\"']([\w-]+)[\"']")
_HEADINGS: Final = re.compile(r"^ {0,3}#|^ {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_DEEP: Final = re.compile(
    r"^[ \t>]{160,}(?:[-*+]|\d+[.)])[ \t]"  # forty levels of lists
    r"|^[ \t]*(?:[>*+-][ \t]*){100}(?![->*+\s])",
    re.MULTILINE,
)
_EMPTY_LINES: Final = re.compile(r"\n[ \t]*\n")
_CHARACTER_REFERENCE: Final = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,8}|[A-Za-z]{2,10});")
MOST_HEADINGS: Final = 2_000
MOST_WORK: Final = 2_000**2
"""The sum of the squares of the brackets of all paragraphs; 2,000 in one take the engine a second or two."""
_SCHEMES: Final = ("https", "http", "mailto", "tel")
"""How the links of chapters to other sites, mailboxes and telephones begin."""
_BORROWS: Final = re.compile(r"\{%-?\s*(?:include|import|from|extends)\b")


class Targets:
    """What a chapter can link to: the files of ``content/``, and the pages of records as if they were files."""

    def __init__(self, files: Iterable[str], base: KnowledgeBase) -> None:
        self._files = frozenset(files)
        self._base = base

    def __contains__(self, name: object) -> bool:
        return (name in self._files and is_published(str(name))) or name in self._pages

    @cached_property
    def _pages(self) -> frozenset[str]:
        made = {urls.index_source(collection) for collection in self._base.collections.values()}
        made |= {urls.page_source(urls.record(record)) for record in self._base if not record.collection.one_page}
        return frozenset(made)

    def names(self) -> Iterator[str]:
        """Yield every name that may be meant."""
        yield from (name for name in self._files if not name.endswith((".yml", ".yaml")))
        yield from self._pages


@dataclass(frozen=True)
class Chapter:
    """A page that people write: what is wrong with it by itself, and where it links to.

    ``name`` is its path below ``content/``; ``links`` are the targets as the page has them, each with its place.
    ``marks`` are the constructs of Markdown that need an extension or another form, ``code_fault`` what is wrong with
    its template code, ``indexes`` the collections whose lists it shows, ``named`` what its macros name, with its place.
    """

    name: str
    findings: tuple[Finding, ...]
    links: tuple[tuple[str, Place], ...] = ()
    marks: tuple[Mark, ...] = ()
    code_fault: Finding | None = None
    indexes: frozenset[str] = frozenset()
    named: tuple[tuple[Named, Place], ...] = ()


def read(reader: Reader, path: Path, name: str) -> Chapter:
    """Read one chapter, and check what can be said of it whatever other pages there are."""
    document = reader.text(path)
    findings = list(document.findings)
    if document.data is None:
        return Chapter(name, tuple(findings))
    text = with_plain_lines(document.data)
    if too_much := _too_much(document.path, text):
        return Chapter(name, (*findings, too_much))
    told = {finding.place.line for finding in findings}
    findings += (one for one in front_matter.check(reader, path, text) if one.place.line not in told)
    findings += conflicts(document.path, text, forge_markdown.fenced_lines(text))
    findings += _unwanted_references(document.path, text)
    findings += _undefined_references(document.path, text)
    findings += chapter_html.check(document.path, text)
    return Chapter(
        name,
        tuple(findings),
        tuple((target, place(document.path, text, at)) for target, at in links(text)),
        tuple(forge_markdown.constructs(text)),
        _code_fault(document.path, text),
        frozenset(_INDEX.findall(text)),
        tuple(_named(document.path, text)),
    )


def _too_much(page: str, text: str) -> Finding | None:
    """Return a finding for a chapter that the engines would take minutes to read; None if it is an ordinary one.

    For each opening bracket they look through the rest of its paragraph, and for each heading through those before it.
    """
    hint = "split it into several chapters, or write it as records"
    if len(_HEADINGS.findall(text)) > MOST_HEADINGS:
        return Finding(Place(page, 1, 1), "too-much", f"has more than {MOST_HEADINGS:,} headings", hint=hint)
    if found := _DEEP.search(text):
        return Finding(place(page, text, found.start()), "too-much", "is nested too deeply", hint="write it flatter")
    work = sum(block.count(char) ** 2 for block in _EMPTY_LINES.split(text) for char in "[<")
    if work > MOST_WORK:
        message = f"has too many brackets in one paragraph, or in all (at most {math.isqrt(MOST_WORK):,})"
        return Finding(Place(page, 1, 1), "too-much", message, hint=hint)
    return None


def _code_fault(page: str, text: str) -> Finding | None:
    """Return what is wrong with the template code of a chapter as a whole, on its line; None if nothing is."""
    before = lines_before_markdown(text)
    body = "\n".join(text.split("\n")[before:])
    found = template_code.fault(body)
    if found is None:
        return None
    line, said = found
    number = line + before
    lines = text.split("\n")
    column = lines[number - 1].find("{") + 1 if number <= len(lines) else 1
    hint = "fix the template code; to show braces, put them between backticks or {% raw %} and {% endraw %}"
    return Finding(Place(page, number, column or 1), "macro", said, hint=hint)


def _named(page: str, text: str) -> Iterator[tuple[Named, Place]]:
    """Yield what the template code of a chapter names, with the place of each."""
    before = lines_before_markdown(text)
    lines = text.split("\n")
    last: dict[tuple[str, int], int] = {}
    for one in template_code.named("\n".join(lines[before:])):
        number = one.line + before
        begins = last.get((one.name, number), sum(len(line) + 1 for line in lines[: number - 1]))
        words = list((one.given or {}).values())
        pattern = rf"(?<![\w\"'.]){re.escape(one.name)}\b" if one.given is None else rf"\b{one.name}\s*\("
        if words and one.given is not None:
            pattern += rf"[^)]*?[\"']{re.escape(words[-1])}[\"']"
        found = re.compile(pattern).search(text, begins)
        last[one.name, number] = found.end() if found else begins
        yield one, place(page, text, found.start()) if found else Place(page, number, 1)


def _unwanted_references(page: str, text: str) -> Iterator[Finding]:
    """Yield the character references for characters that turn the order of a text, or are none."""
    for found in _CHARACTER_REFERENCE.finditer(text):
        if char := turning(html.unescape(found[0])):
            message, hint = described(char)
            yield Finding(place(page, text, found.start()), "invisible-character", message, hint=hint)


def check_links(chapter: Chapter, targets: Targets) -> Iterator[Finding]:
    """Yield the links of a chapter that lead to no file."""
    for target, where in chapter.links:
        try:
            parts = urlsplit(target)
        except ValueError:
            continue  # the check of the built site says that it is no URL
        if parts.scheme or parts.netloc:
            fault = _fault_of_url(target, parts)
        else:
            fault = _fault(parts.path, chapter.name, targets) if parts.path else None
        if fault:
            why, hint = fault
            yield Finding(
                where, "broken-link", f"the link {quoted(target)}: {why}", hint=hint, severity=Severity.WARNING
            )


def _fault_of_url(target: str, parts: SplitResult) -> tuple[str, str] | None:
    """Return what is wrong with a link to another site, and what to do; None if a reader can follow it."""
    if target.startswith("data:image/"):
        return None  # a picture that is written out
    if parts.scheme and parts.scheme not in _SCHEMES:
        near = did_you_mean(parts.scheme, _SCHEMES)
        return f"no link can begin with {quoted(f'{parts.scheme}:')}", near or "write a URL that begins with https://"
    if parts.scheme in {"http", "https"} and not parts.netloc:
        rest = target.partition(":")[2].lstrip("/")
        return "it names no host", f"write {parts.scheme}://{rest}" if rest else "write the whole URL"
    return None


def _fault(path: str, name: str, targets: Targets) -> tuple[str, str] | None:
    """Return what is wrong with the path of a link in a chapter, and what to do; None if it leads to a file."""
    if path.startswith(("/", "\\")):
        return "it is from the root of the host, and the site may lie below a path", "write it relative to this page"
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))
    if wanted in targets:
        return None
    folder = posixpath.dirname(name) or "."
    if "." not in posixpath.basename(path):
        meant = next((one for one in (f"{wanted}.md", f"{wanted}/index.md") if one in targets), "")
        hint = (
            f"write {quoted(posixpath.relpath(meant, folder))}"
            if meant
            else "name the file of the page, with .md at its end"
        )
        return "it does not name a file", hint
    if wanted.startswith(".."):
        return "it leads out of content/", "name a file below content/"
    if whole := _as_whole_url(path):
        return f"there is no file {quoted(wanted)}", f"write {whole}"
    near = did_you_mean(wanted, targets.names())
    if near:
        meant = near.removeprefix("did you mean '").removesuffix("'?")
        near = f"did you mean {quoted(posixpath.relpath(meant, folder))}?"
    return f"there is no file {quoted(wanted)}", near or "fix the link, or write what it leads to"


def _as_whole_url(path: str) -> str:
    """Return the URL that is meant by a link without its beginning; an empty string if it may be a file."""
    if re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", path):
        return f"mailto:{path}"
    return f"https://{path}" if path.lower().startswith("www.") else ""


def _undefined_references(page: str, text: str) -> Iterator[Finding]:
    """Yield the references to links that are defined nowhere, which a page shows as they are written.

    Two numbers are no reference: they may be places in a list.
    """
    if "][" not in text or _BORROWS.search(text):
        return
    defined = {_id(match["id"]): match["id"] for match in _DEFINITION.finditer(text)}
    for match in _REFERENCE.finditer(prose(text)):
        label, wanted = match["text"].strip(), match["id"]
        is_reference = label and wanted.strip() and not (label.isdigit() and wanted.isdigit())
        if not is_reference or HIDDEN in wanted or "^" in (label[0], wanted[0]) or re.search(r"\n\s*\n", match[0]):
            continue
        if _id(wanted) not in defined:
            message = f"no link {quoted(wanted)} is defined, and the page would show the brackets"
            hint = did_you_mean(wanted, defined.values()) or f"define it with a line [{_id(wanted)}]: and its URL"
            yield Finding(place(page, text, match.start()), "undefined-reference", message, hint=hint)


def _id(label: str) -> str:
    """Return the id of a definition or a reference: capitals and the width of blanks do not matter."""
    return " ".join(label.split()).lower()
