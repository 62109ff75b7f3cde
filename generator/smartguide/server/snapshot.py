"""What is served at one moment. It does not change: the next moment has a snapshot of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from smartguide import exports
from smartguide.extensions import Extensions
from smartguide.findings import Finding, Severity, in_order
from smartguide.forms import form_files
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.pages.pages import Page, page_at
from smartguide.pages.rendered import Rendered
from smartguide.pages.rendering import Renderer
from smartguide.server.engine_runs import EngineSite
from smartguide.settings import Settings
from smartguide.site import redirects


@dataclass(frozen=True, eq=False)
class Knowledge:
    """A knowledge base and how its pages are rendered; what is made of it is made once, when it is asked for."""

    base: KnowledgeBase
    renderer: Renderer
    extensions: Extensions = field(default_factory=Extensions)
    settings: Settings = field(default_factory=Settings)
    _rendered: dict[str, Rendered] = field(default_factory=dict, repr=False)

    def rendered(self, url: str) -> Rendered | None:
        """Return the page at a URL, rendered; None if there is none. Raises what its template raises."""
        if (known := self._rendered.get(url)) is not None:
            return known
        page = page_at(self.base, url)
        if page is None:
            return None
        made = self.renderer.page(page)
        self._rendered.update({one.page.url: one for one in (made, *made.continued)})
        return made.at(url)

    @cached_property
    def exported(self) -> Mapping[str, str]:
        """The files of all exports, by path. Raises ExportError and ExtensionError."""
        further = [form_files.export(self.settings, self.extensions)]
        return dict(exports.files(self.base, self.settings.site_url, self.extensions, further))

    @cached_property
    def redirected(self) -> Mapping[str, str]:
        """The pages at former URLs, by path."""
        return dict(redirects.files(self.base))


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What is served at one moment.

    ``good`` is the last knowledge without errors: it is asked for pages that cannot be made now. ``findings`` are what
    is wrong with files, ``faults`` what the engine and the templates say, ``reason`` why there are no new chapters.
    ``searchable`` is the last site whose search can be used.
    """

    knowledge: Knowledge
    good: Knowledge | None = None
    engine: EngineSite | None = None
    searchable: EngineSite | None = None
    findings: tuple[Finding, ...] = ()
    faults: tuple[Finding, ...] = ()
    reason: str = ""

    @property
    def site_path(self) -> str:
        """The path of the site on its host; it begins and ends with a slash."""
        return f"{urlsplit(self.knowledge.settings.site_url).path.rstrip('/')}/"

    @cached_property
    def all_findings(self) -> list[Finding]:
        """Everything that is wrong, in order."""
        return in_order([*self.findings, *self.faults])

    @cached_property
    def errors(self) -> list[Finding]:
        """What would stop a build."""
        return [one for one in self.all_findings if one.severity is Severity.ERROR]

    def file_of(self, url: str) -> str:
        """Return the file that the page at a URL is made of, relative to the project; an empty string if unknown."""
        for knowledge in filter(None, (self.knowledge, self.good)):
            page: Page | None = page_at(knowledge.base, url)
            if page is not None:
                return page.subject.path if isinstance(page.subject, Record) else f"content/{page.edit}"
        return ""
