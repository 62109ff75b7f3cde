"""The steps over the folder that an engine has built: everything that is the same under each engine.

Records are put into their page shells; pages get their policy; redirects, exports, the search index, the sitemap and the
files for the host's headers are written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from smartguide import exports
from smartguide.checks import front_matter
from smartguide.extensions import ExtensionError
from smartguide.findings import Finding, Place, in_order
from smartguide.model import urls
from smartguide.pages.pages import Page, pages
from smartguide.pages.rendered import Rendered
from smartguide.pages.rendering import Renderer
from smartguide.pages.template_faults import RenderingError
from smartguide.session import Session
from smartguide.site import anchors, redirects, search_index, security_policy, sitemap
from smartguide.site import shells as page_shells
from smartguide.site.shells import LearnedShells, LostMarkersError, Shells

_NOINDEX: Final = re.compile(r'<meta name="robots" content="[^"]*noindex', re.IGNORECASE)


class FinishError(Exception):
    """A site cannot be finished: ``findings`` say what is wrong, ``reason`` what else there is to say."""

    def __init__(self, reason: str = "", findings: Iterable[Finding] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.findings = in_order(findings)


def shells_of(session: Session) -> Shells:
    """Return the page shells that an engine is to make. What is wrong with index pages is noted among the faults."""
    base = session.checked.base
    indexes = [page for page in pages(base) if page.subject is page.collection]
    return Shells(base, tuple(_rendered(session.renderer, indexes, session.faults)))


def finish(
    session: Session, site: Path, shells: Shells | None = None, *, serving: bool = False
) -> list[Finding]:
    """Do all steps over the folder of a site; without ``shells``, the pages of records are there already.

    Raises FinishError with everything that is wrong with any page, chapters included. With ``serving`` that is returned
    instead, and a page may run inline scripts: a server puts one into each to reload it.
    """
    try:
        return _Finishing(session, site, serving=serving).run(shells)
    except LostMarkersError as error:
        raise FinishError(findings=error.findings) from error
    except ExtensionError as error:
        raise FinishError(findings=[error.finding]) from error
    except exports.ExportError as error:
        raise FinishError(str(error)) from error


class Preparation:
    """The steps for a live preview, which puts records into their page shells when they are asked for.

    ``faults`` are the findings so far: what would stop a build is among them, and the rest goes on.
    """

    def __init__(self, session: Session, site: Path, shells: Shells) -> None:
        self._steps = _Finishing(session, site, serving=False, is_lenient=True)
        self._shells = shells
        self._made: dict[page_shells.Key, str] = {}

    @property
    def faults(self) -> list[Finding]:
        """What was found so far, in order."""
        return in_order(self._steps.session.faults)

    def finish_chapters(self) -> dict[page_shells.Key, str]:
        """Finish what the engine made, and return the HTML of the page shells, which are taken out of the folder."""
        self._made = self._steps.take(self._shells)
        self._steps.finish_chapters()
        return self._made

    def finish_search(self) -> None:
        """Render every page, to write the search index and to find what is wrong with any. Raises FinishError."""
        steps = self._steps
        faults = steps.session.faults
        try:
            learned = self._shells.learn(self._made)
        except LostMarkersError as error:
            raise FinishError(findings=error.findings) from error
        for rendered in steps.rendered(self._shells, faults):
            steps.entries += search_index.of_rendered(rendered)
            shell = learned.of(rendered) if rendered.page.source in steps.linked else None
            if shell is not None:
                steps.anchors[rendered.page.source] = anchors.in_page(shell.page(rendered))
        base = steps.session.checked.base
        faults += anchors.check(base.root, steps.links, steps.anchors)
        search_index.write(steps.site, steps.entries)


@dataclass
class _Finishing:
    session: Session
    site: Path
    serving: bool
    is_lenient: bool = False
    """Whether an inline script that is not the theme's is noted, and does not run, instead of stopping everything."""
    hashes: set[str] = field(default_factory=set)
    entries: list[search_index.Entry] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    anchors: dict[str, set[str]] = field(default_factory=dict)

    def run(self, shells: Shells | None) -> list[Finding]:
        base = self.session.checked.base
        site_url = self.session.project.settings.site_url
        learned = shells.learn(self.take(shells)) if shells else None
        self.finish_chapters()
        faults = self.session.faults
        for rendered in self.rendered(shells, faults):
            self._add(rendered, learned)
        faults += anchors.check(base.root, self.links, self.anchors)
        if faults and not self.serving:
            raise FinishError(findings=faults)
        exports.write(base, self.site, site_url, self.session.checked.extensions)
        redirects.write(base, self.site)
        search_index.write(self.site, self.entries)
        sitemap.write(self.site, site_url, self.listed)
        for path, content in security_policy.header_files(self.hashes).items():
            (self.site / path).write_text(content, encoding="utf-8", newline="\n")
        return in_order(faults)

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
        """The theme's inline scripts, from 404.html, which holds no user content."""
        file = self.site / "404.html"
        return security_policy.shapes(file.read_text(encoding="utf-8")) if file.exists() else frozenset()

    def take(self, shells: Shells) -> dict[page_shells.Key, str]:
        """Return the HTML of the page shells with its policy, and take them out of the folder of the site."""
        made = page_shells.take(shells.pages(), self.site)
        return {key: self._with_policy(page, "theme") for key, page in made.items()}

    def finish_chapters(self) -> None:
        """Write the policy into the pages that the engine made, and note them for the search and the sitemap."""
        project = self.session.project
        name = str(project.settings.values.get("site_name", ""))
        chapters = {urls.page(chapter): chapter for chapter in self.session.checked.base.chapters}
        for url, file in self._engine_pages(chapters):
            before = file.read_text(encoding="utf-8")
            page = self._with_policy(before, f"content/{chapters[url]}" if url in chapters else file.name)
            if page != before:
                file.write_text(page, encoding="utf-8", newline="\n")
            if url in chapters:
                if chapters[url] in self.linked:
                    self.anchors[chapters[url]] = anchors.in_page(page)
                meta = front_matter.values(project.content / chapters[url])
                self.entries += search_index.of_chapter(url, page, name, meta)
                if not _NOINDEX.search(page):
                    self.listed.append(url)

    def _engine_pages(self, chapters: Iterable[str]) -> Iterator[tuple[str, Path]]:
        """Yield the URL and the file of each page that the engine made: chapters, and pages such as 404.html."""
        for url in sorted(chapters):
            if (file := self.site / url / "index.html").is_file():
                yield url, file
        for file in sorted(self.site.glob("*.html")):
            if file.name != "index.html" and not (self.session.project.content / file.name).exists():
                yield file.name, file

    def rendered(self, shells: Shells | None, faults: list[Finding]) -> Iterator[Rendered]:
        """Yield every generated page, rendered."""
        ready = {one.page.url: one for one in shells.indexes} if shells else {}
        for page in pages(self.session.checked.base):
            if page.url in ready:
                yield ready[page.url]
            else:
                yield from _rendered(self.session.renderer, [page], faults)

    def _add(self, rendered: Rendered, learned: LearnedShells | None) -> None:
        """Write a generated page, and note it for the search and the sitemap."""
        url = rendered.page.url
        self.entries += search_index.of_rendered(rendered)
        self.listed.append(url)
        file = self.site / url / "index.html"
        if learned is None:
            html = before = file.read_text(encoding="utf-8")
        elif shell := learned.of(rendered):
            html, before = shell.page(rendered), ""
        else:
            raise FinishError(f"the engine was not asked for the page shell of {url}")
        if learned is None or any(isinstance(part, str) and "<script" in part for part in rendered.parts):
            html = self._with_policy(html, rendered.page.edit)
        if rendered.page.source in self.linked:
            self.anchors[rendered.page.source] = anchors.in_page(html)
        if html != before:
            os.makedirs(file.parent, exist_ok=True)  # noqa: PTH103  # much quicker for thousands of files
            file.write_text(html, encoding="utf-8", newline="\n")

    def _with_policy(self, html: str, origin: str) -> str:
        if self.serving:
            return security_policy.with_policy(html, [security_policy.ANY_INLINE])
        try:
            hashes = security_policy.hashes_of_own(html, self.own_scripts)
        except security_policy.ForeignScriptError as error:
            hint = "put it into a file below theme/assets/"
            if not self.is_lenient:
                raise FinishError(f"{origin}: {error} ({hint})") from error
            self.session.faults.append(Finding(Place(origin), "inline-script", str(error), hint=hint))
            hashes = security_policy.without_foreign(html, self.own_scripts)
        self.hashes.update(hashes)
        return security_policy.with_policy(html, hashes)


def _rendered(renderer: Renderer, wanted: Iterable[Page], faults: list[Finding]) -> Iterator[Rendered]:
    """Yield pages, rendered; one that fails adds a finding, and stays empty."""
    for page in wanted:
        try:
            yield renderer.page(page)
        except RenderingError as error:
            if error.finding not in faults:
                faults.append(error.finding)
            yield Rendered(page, ())
