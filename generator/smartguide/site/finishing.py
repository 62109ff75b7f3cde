"""The steps over the folder that an engine has built: everything that is the same under each engine.

Records are put into their page shells; pages get their policy; redirects, exports, the search index, the sitemap and
the files for the host's headers are written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from smartguide import exports, processes
from smartguide.checks import front_matter
from smartguide.checks.chapter_text import place, text_of
from smartguide.extensions import ExtensionError
from smartguide.files import write_text
from smartguide.findings import Finding, Place, in_order
from smartguide.forms import form_files
from smartguide.keeping.pages import KeptPages
from smartguide.model import urls
from smartguide.pages.navigation import places
from smartguide.pages.pages import Page, pages
from smartguide.pages.rendered import Rendered, SearchText
from smartguide.pages.template_faults import RenderingError
from smartguide.search import chapters as search_chapters
from smartguide.search import names, texts
from smartguide.session import Session
from smartguide.site import (
    anchors,
    page_code,
    preview_picture,
    redirects,
    scripts,
    security_policy,
    sitemap,
    style_sheets,
    theme_markup,
    theme_scripts,
)
from smartguide.site import shells as page_shells
from smartguide.site.shells import LearnedShells, LostMarkersError, Shells

FEW: Final = 200
"""So many pages are written by one process: a second one would cost more than it brings."""
CHUNK: Final = 16
"""So many pages are dealt out to a process at a time."""
MOST_WORKERS: Final = 4
"""More processes would each take memory, and wait for the disk."""
_NOINDEX: Final = re.compile(r'<meta name="robots" content="[^"]*noindex', re.IGNORECASE)


class FinishError(Exception):
    """A site cannot be finished: ``findings`` say what is wrong, ``reason`` what else there is to say."""

    def __init__(self, reason: str = "", findings: Iterable[Finding] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.findings = in_order(findings)


def shells_of(session: Session, kept: KeptPages | None = None) -> Shells:
    """Return the page shells that an engine is to make. What is wrong with index pages is noted among the faults."""
    base = session.checked.base
    indexes = [page for page in pages(base) if page.is_index]
    rendered = tuple(render(session, indexes, session.faults, kept))
    return Shells(base, rendered, places=places(session.project.settings.values.get("nav")))


def finish(session: Session, site: Path, shells: Shells | None = None, *, serving: bool = False) -> list[Finding]:
    """Do all steps over the folder of a site; without ``shells``, the pages of records are there already.

    Raises FinishError with everything that is wrong with any page, chapters included. With ``serving`` that is returned
    instead, and a page may run inline scripts: a server puts one into each to reload it.
    """
    steps = Finishing(session, site, serving=serving)
    steps.write_exports()
    return steps.finish(shells)


class Preparation:
    """The steps for a live preview, which puts records into their page shells when they are asked for.

    ``faults`` are the findings so far: what would stop a build is among them, and the rest goes on.
    """

    def __init__(self, session: Session, site: Path, shells: Shells) -> None:
        self._steps = Finishing(session, site)
        self._written = Written(faults=session.faults)
        self._shells = shells
        self._made: dict[page_shells.Key, str] = {}

    @property
    def faults(self) -> list[Finding]:
        """What was found so far, in order."""
        return in_order(dict.fromkeys(self._written.faults))

    def finish_chapters(self) -> dict[page_shells.Key, str]:
        """Finish what the engine made, and return the HTML of the page shells, which are taken out of the folder."""
        self._made = self._steps.take(self._shells, self._written)
        self._steps.finish_chapters(self._written)
        return self._made

    def finish_search(self) -> None:
        """Render every page, to write what the search loads and to find what is wrong with any. Raises FinishError."""
        steps, written = self._steps, self._written
        try:
            learned = self._shells.learn(self._made)
        except LostMarkersError as error:
            raise FinishError(findings=error.findings) from error
        base = steps.session.checked.base
        for first in steps.render(pages(base), written.faults):
            written.add_text(first)
            for rendered in (first, *first.continued):
                shell = learned.of(rendered) if rendered.page.source in steps.linked else None
                if shell is not None:
                    written.anchors[rendered.page.source] = anchors.in_page(shell.page(rendered))
        written.faults += anchors.check(base.root, steps.links, written.anchors)
        steps.write_names(written.names)
        steps.write_texts(written.texts)


@dataclass
class Written:
    """What is known of written pages: what the search finds of them, URLs for the sitemap, anchors by page.

    ``names`` are those of chapters: what records are called, the knowledge base says. ``faults`` and ``reason`` are why
    the site cannot be finished.
    """

    names: list[names.Name] = field(default_factory=list)
    texts: list[SearchText] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    anchors: dict[str, set[str]] = field(default_factory=dict)
    hashes: set[str] = field(default_factory=set)
    faults: list[Finding] = field(default_factory=list)
    reason: str = ""

    def add(self, other: Written) -> None:
        """Add what is known of pages that come after these."""
        self.names += other.names
        self.texts += other.texts
        self.listed += other.listed
        self.anchors |= other.anchors
        self.hashes |= other.hashes
        self.faults += other.faults
        self.reason = self.reason or other.reason

    def add_text(self, rendered: Rendered) -> None:
        """Add the text of a page to what the search finds."""
        text = rendered.search_text or texts.of_rendered(rendered)
        if text != texts.NOTHING:
            self.texts.append(text)


@dataclass
class Finishing:
    """The steps over the folder of one site, in their order. ``serving`` as in ``finish``.

    ``kept`` are pages that were rendered in an earlier build.
    """

    session: Session
    site: Path
    serving: bool = False
    kept: KeptPages | None = None

    def write_exports(self) -> None:
        """Write the API and the other exports. Raises FinishError."""
        checked, settings = self.session.checked, self.session.project.settings
        further = [form_files.export(settings, checked.extensions)]
        try:
            exports.write(checked.base, self.site, settings.site_url, checked.extensions, further)
        except ExtensionError as error:
            raise FinishError(findings=[error.finding]) from error
        except exports.ExportError as error:
            raise FinishError(str(error)) from error

    def finish(
        self,
        shells: Shells | None,
        ready: Mapping[str, Rendered] = MappingProxyType({}),
        beside: Callable[[], None] = lambda: None,
    ) -> list[Finding]:
        """Do what comes after the engine. Raises FinishError.

        ``ready`` are pages that are rendered already, by URL; ``beside`` is work that is done while pages are written.
        """
        base = self.session.checked.base
        learned = None
        written = Written(faults=self.session.faults)
        if shells:
            ready = {**ready, **{one.page.url: one for one in shells.indexes}}
            try:
                learned = shells.learn(self.take(shells, written))
            except LostMarkersError as error:
                raise FinishError(findings=error.findings) from error
        self.finish_chapters(written)
        others = beside, partial(self.write_names, list(written.names))
        for part in self._write_all(list(pages(base)), ready, learned, others):
            written.add(part)
        written.faults += anchors.check(base.root, self.links, written.anchors)
        faults = in_order(dict.fromkeys(written.faults))
        if (faults and not self.serving) or written.reason:
            raise FinishError(written.reason, faults)
        redirects.write(base, self.site)
        settings = self.session.project.settings.values
        names = (str(settings.get(key) or "") for key in ("site_name", "site_description"))
        preview_picture.write(self.site, *names)
        self.write_texts(written.texts)
        sitemap.write(self.site, self.session.project.settings.site_url, written.listed)
        for path, content in security_policy.header_files(written.hashes).items():
            (self.site / path).write_text(content, encoding="utf-8", newline="\n")
        return faults

    def write_names(self, of_chapters: list[names.Name]) -> None:
        """Write the index of names that the search loads, in place of what is there of the search. Raises FinishError.

        ``of_chapters`` are the names of chapters.
        """
        checked = self.session.checked
        try:
            found = names.kinds(checked.base, checked.extensions, of_chapters)
        except ExtensionError as error:
            raise FinishError(findings=[error.finding]) from error
        for old in (self.site / names.FOLDER).glob("*.json"):
            old.unlink()
        for path, text in names.files(found).items():
            write_text(self.site / path, text)

    def write_texts(self, written: list[SearchText]) -> None:
        """Write the texts of pages that the search loads, after its names."""
        for path, text in texts.files(written):
            write_text(self.site / path, text)

    @cached_property
    def style_sheets(self) -> style_sheets.StyleSheets:
        """The style sheets of the site, minified."""
        style_sheets.minify(self.site, self.session.project.theme)
        return style_sheets.StyleSheets(self.site)

    def corrected(self, page: str) -> str:
        """Return the HTML of a page of the engine with the markup of its theme corrected."""
        page = theme_markup.corrected(page)
        return page if self.serving else self.style_sheets.joined(page)

    @cached_property
    def links(self) -> list[anchors.Link]:
        """The links of chapters to anchors."""
        base = self.session.checked.base
        return list(anchors.of_chapters(base.root, base.chapters))

    @cached_property
    def linked(self) -> set[str]:
        """The pages to whose anchors chapters link."""
        return {link.target for link in self.links}

    @cached_property
    def own_scripts(self) -> frozenset[str]:
        """The shapes of the theme's inline scripts."""
        return theme_scripts.shapes(self.session.project)

    def take(self, shells: Shells, written: Written) -> dict[page_shells.Key, str]:
        """Take the page shells out of the folder of the site; return the HTML of each, with its policy."""
        made = page_shells.take(shells.pages(), self.site)
        return {key: self._with_policy(self.corrected(page), "theme", written) for key, page in made.items()}

    def finish_chapters(self, written: Written) -> None:
        """Correct the pages that the engine made, write the policy into them, and note what is known of them.

        Unless they are served as they are, the scripts of the themes are shortened.
        """
        project = self.session.project
        if not self.serving:
            scripts.shorten(self.site, project.theme)
        name = str(project.settings.values.get("site_name", ""))
        chapters = {urls.page(chapter): chapter for chapter in self.session.checked.base.chapters}
        for url, file in self._engine_pages(chapters):
            before = file.read_text(encoding="utf-8")
            origin = f"content/{chapters[url]}" if url in chapters else file.name
            page = self._with_policy(self.corrected(before), origin, written)
            if page != before:
                file.write_text(page, encoding="utf-8", newline="\n")
            if url in chapters:
                if chapters[url] in self.linked:
                    written.anchors[chapters[url]] = anchors.in_page(page)
                meta = front_matter.values(project.content / chapters[url])
                if found := search_chapters.of_chapter(url, page, name, meta):
                    written.names += found.names
                    written.texts.append(found.text)
                if not _NOINDEX.search(page):
                    written.listed.append(url)

    def _engine_pages(self, chapters: Iterable[str]) -> Iterator[tuple[str, Path]]:
        """Yield the URL and the file of each page that the engine made: chapters, and pages such as 404.html."""
        for url in sorted(chapters):
            if (file := self.site / url / "index.html").is_file():
                yield url, file
        for file in sorted(self.site.glob("*.html")):
            if file.name != "index.html" and not (self.session.project.content / file.name).exists():
                yield file.name, file

    def _write_all(
        self,
        made: list[Page],
        ready: Mapping[str, Rendered],
        learned: LearnedShells | None,
        others: Iterable[Callable[[], None]],
    ) -> list[Written]:
        """Write generated pages in as many processes as there are cores, and return what is known of them, in order.

        The processes do the work of ``others``, too.
        """
        workers = min(processes.cores(), MOST_WORKERS) if len(made) > FEW and learned is not None else 1
        chunks = [made[start : start + CHUNK] for start in range(0, len(made), CHUNK)]
        works = [partial(_failure, work) for work in others]
        works += [partial(self._write, chunk, ready, learned) for chunk in chunks]
        save = self.kept.save if self.kept is not None else lambda: None
        save()  # a copy of this process would write them, too
        return processes.dealt_out(works, workers, at_end=save)

    def _write(self, made: Iterable[Page], ready: Mapping[str, Rendered], learned: LearnedShells | None) -> Written:
        """Render and write generated pages; without shells they are there already. Raises FinishError."""
        written = Written()
        for page in made:
            for rendered in [ready[page.url]] if page.url in ready else self.render([page], written.faults):
                written.add_text(rendered)
                for one in (rendered, *rendered.continued):
                    self._write_page(one, learned, written)
        return written

    def render(self, wanted: Iterable[Page], faults: list[Finding]) -> Iterator[Rendered]:
        """Yield pages, rendered now or in an earlier build."""
        return render(self.session, wanted, faults, self.kept)

    def _write_page(self, rendered: Rendered, learned: LearnedShells | None, written: Written) -> None:
        url = rendered.page.url
        written.listed.append(url)
        file = os.path.join(self.site, url, "index.html")  # noqa: PTH118  # much quicker for thousands of files
        before = ""
        if learned is None:
            before = Path(file).read_text(encoding="utf-8")
            html = self.corrected(before)
        elif shell := learned.of(rendered):
            html = theme_markup.with_marked_tables(shell.page(rendered))
        else:
            raise FinishError(f"the engine was not asked for the page shell of {url}")
        if learned is None or any("<script" in part for part in rendered.parts if isinstance(part, str)):
            html = self._with_policy(html, rendered.page.edit, written)
        if rendered.page.source in self.linked:
            written.anchors[rendered.page.source] = anchors.in_page(html)
        if html != before:
            write_text(file, html)

    def _with_policy(self, html: str, origin: str, written: Written) -> str:
        """Return a page with its policy, and note the code that it must not have; no inline script of that runs."""
        if self.serving:
            return security_policy.with_policy(html, [security_policy.ANY_INLINE])
        for fault in page_code.check(html, self.own_scripts):
            where = self._written_at(origin, fault.written)
            written.faults.append(Finding(where, fault.rule, fault.message, hint=fault.hint))
        hashes = security_policy.hashes_of_own(html, self.own_scripts)
        written.hashes.update(hashes)
        return security_policy.with_policy(html, hashes)

    def _written_at(self, origin: str, wanted: str) -> Place:
        """Return where a file holds a text: the file as a whole if it does not."""
        text = text_of(self.session.project.root, origin)
        at = text.lower().find(wanted.lower()) if wanted else -1
        return place(origin, text, at) if at >= 0 else Place(origin)


def _failure(work: Callable[[], None]) -> Written:
    """Do some work, and return why it failed, if it did."""
    try:
        work()
    except FinishError as error:
        return Written(faults=error.findings, reason=error.reason)
    return Written()


def render(
    session: Session, wanted: Iterable[Page], faults: list[Finding], kept: KeptPages | None = None
) -> Iterator[Rendered]:
    """Yield pages, rendered; one that fails adds a finding to the faults, and stays empty."""
    renderer = session.renderer
    for page in wanted:
        try:
            yield renderer.page(page) if kept is None else kept.page(page, renderer)
        except RenderingError as error:
            faults.append(error.finding)
            yield Rendered(page, ())
