"""The page shells of a site: which there are, what an engine is given for them, and what is learned from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from smartguide.findings import Finding, Place, quoted
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.pages import markdown_pages, pages
from smartguide.pages.navigation import Places
from smartguide.pages.rendered import Rendered
from smartguide.quality import overview
from smartguide.site import shell as shells
from smartguide.site.markers import Markers
from smartguide.site.shell import WITH, WITHOUT, Shell, ShellError

Key = tuple[str, str]
"""Which shell: the URL of its page, or of the pages that share it, and its variant."""


class LostMarkersError(Exception):
    """Page shells cannot be used; ``findings`` say what was lost."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(finding.as_text() for finding in findings))
        self.findings = findings


@dataclass(frozen=True)
class ShellPage:
    """A page for an engine to make: a Markdown file at ``path`` in the folder of chapters, and its URL."""

    key: Key
    path: str
    source: str
    url: str
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Shells:
    """The shells of one build.

    Each index has one of its own, since it stands in the navigation; the records of a collection share two, which serve
    further pages of the index and of long lists, too. ``indexes`` are the rendered index pages, ``places`` says where
    they stand in the navigation.
    """

    base: KnowledgeBase
    indexes: tuple[Rendered, ...]
    markers: Markers = field(default_factory=Markers)
    places: Places = field(default_factory=dict)

    def pages(self) -> Iterator[ShellPage]:
        """Yield the pages that an engine is to make."""
        for rendered in self.indexes:
            yield self._of_index(rendered)
        continued = {rendered.page.collection.name for rendered in self.indexes if rendered.continued}
        for collection in self.base.collections.values():
            record = next(iter(collection), None)
            is_alone = collection.one_page and collection.name not in continued and not overview.has_list(collection)
            if record is not None and not is_alone:
                yield from (self._of_records(record, variant) for variant in (WITH, WITHOUT))

    def _of_index(self, rendered: Rendered) -> ShellPage:
        page = rendered.page
        meta = markdown_pages.front_matter(page, self.places)
        expected: tuple[str, ...] = ()
        if "description" in meta:
            meta["description"] = self.markers.description
            expected = ("description",)
        variant = WITH if rendered.headings else WITHOUT
        source = markdown_pages.markdown_file(meta, shells.body(self.markers, variant))
        return ShellPage((page.url, variant), page.source, source, page.url, expected)

    def _of_records(self, record: Record, variant: str) -> ShellPage:
        collection = record.collection
        meta = markdown_pages.front_matter(pages.record_page(record), self.places)
        meta |= {"title": self.markers.title, "description": self.markers.description}
        url = f"{urls.collection(collection)}{self.markers.slug(variant)}/"
        source = markdown_pages.markdown_file(meta, shells.body(self.markers, variant))
        key = urls.collection(collection) + "*", variant
        return ShellPage(key, urls.page_source(url), source, url, ("title", "description"))

    def learn(self, made: Mapping[Key, str]) -> LearnedShells:
        """Return the shells from the HTML that an engine made of each page. Raises LostMarkersError."""
        return learn(self.markers, self.pages(), made)


def learn(markers: Markers, shell_pages: Iterable[ShellPage], made: Mapping[Key, str]) -> LearnedShells:
    """Return the shells from the HTML that an engine made of each page. Raises LostMarkersError."""
    learned: dict[Key, Shell] = {}
    findings: dict[str, Finding] = {}
    for page in shell_pages:
        try:
            learned[page.key] = _learned(markers, page, made.get(page.key))
        except ShellError as error:
            message = f"the page shell of {quoted(page.key[0])} has lost {error}"
            hint = "let overrides of the theme keep what they extend: {{ super() }}, page.content, page.toc"
            findings.setdefault(str(error), Finding(Place("theme"), "page-shell", message, hint=hint))
    if findings:
        raise LostMarkersError(list(findings.values()))
    return LearnedShells(learned)


def _learned(markers: Markers, page: ShellPage, html: str | None) -> Shell:
    if html is None:
        raise ShellError("its page, which the engine did not make")
    marked = html.replace(page.path, f"{markers.slug('x')}.md")  # the edit link leads to the file of the record
    return shells.learn(marked, markers, page.key[1], page.expected)


@dataclass(frozen=True)
class LearnedShells:
    """Shells that can be filled."""

    by_key: Mapping[Key, Shell]

    def of(self, rendered: Rendered) -> Shell | None:
        """Return the shell of a page; None if the engine was not asked for it."""
        variant = WITH if rendered.headings else WITHOUT
        page = rendered.page
        url = page.url if page.is_index else urls.collection(page.collection) + "*"
        return self.by_key.get((url, variant))


def take(shell_pages: Iterable[ShellPage], folder: Path) -> dict[Key, str]:
    """Return the HTML of the pages that an engine made for shells, and take them out of the folder of the site."""
    made: dict[Key, str] = {}
    for page in shell_pages:
        file = folder / page.url / "index.html"
        if file.is_file():
            made[page.key] = file.read_text(encoding="utf-8")
            file.unlink()
            file.parent.rmdir() if not any(file.parent.iterdir()) else None
    return made
