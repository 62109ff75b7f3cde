"""The MkDocs plugin: stops the build where records are wrong, and gives MkDocs the pages of the records in memory.

Nothing important hides here: which pages exist is ``pages.pages``, what is on them is ``pages.rendering``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from smartguide import exports
from smartguide.checks.chapter_text import places_of_link
from smartguide.engines import markdown
from smartguide.extensions import ExtensionError
from smartguide.findings import Finding, Severity, did_you_mean, in_order, quoted, render
from smartguide.pages import pages, tooltips
from smartguide.project import Project
from smartguide.session import Session
from smartguide.site import build_date, redirects, security_policy

log = logging.getLogger("mkdocs.plugins.smartguide")

WATCHED: Final = ("schemas", "templates", "theme", "extensions")
"""Folders beside ``content/`` whose change builds the site anew."""
THEME: Final = Path(__file__).parents[1] / "theme"
"""The generator's own overrides of the theme and its style sheet."""
STYLE_SHEET: Final = "assets/smartguide.css"

_LAST_CHANGE: Final = re.compile(r"\s*<lastmod>[^<]*</lastmod>")


class WrongContentError(Abort):
    """Records, chapters or templates have errors, so that no site can be built; ``findings`` says which."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(findings)
        super().__init__(f"{render(self.findings)}\n{len(self.findings)} error(s); nothing was built")


class Options(base.Config):  # type: ignore[no-untyped-call]  # MkDocs' own hook is untyped
    """The options of the plugin in ``mkdocs.yml``."""

    warnings = c.Type(bool, default=True)
    """Whether warnings about records are shown in the build."""


class SmartGuidePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Records to pages.

    ``session`` is handed in by whoever has one already, with ``is_fresh`` if it was checked just now; else the plugin
    begins its own.
    """

    session: Session | None = None
    is_fresh = False
    edits: dict[str, str]
    tooltips: tooltips.Tooltips
    own_scripts: frozenset[str]
    script_hashes: set[str]
    serving = False
    is_dated = False

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002  # MkDocs' signature
        """Note what for the site is built. With this event MkDocs keeps the plugin between the builds of a server."""
        self.serving = command == "serve"

    def on_shutdown(self) -> None:
        """Leave the environment as it was."""
        if self.is_dated:
            build_date.forget_build_date()

    @event_priority(100)  # before mkdocs-macros, which asks for the records
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the project; an error stops the build with its file, line and column."""
        root = Path(config.config_file_path).parent
        try:
            self.is_dated |= build_date.set_build_date(root)
        except build_date.DateError as error:
            raise PluginError(str(error)) from error
        if self.session is None or self.session.project.root != root.resolve():  # MkDocs keeps a plugin for a process
            self.session = Session(Project.of(root))
        elif not self.is_fresh:
            self.session.refresh()
        self.is_fresh = False  # the next build with this plugin checks again
        findings = self.session.checked.findings
        if errors := [finding for finding in findings if finding.severity is Severity.ERROR]:
            raise WrongContentError(errors)
        if self.config.warnings:
            for finding in findings:
                log.warning(finding.as_text())
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        config.extra_css.insert(0, STYLE_SHEET)
        config.markdown_extensions.append(markdown.__name__)
        for section in (config.validation.links, config.validation.nav):
            for option in section:  # the checks of chapters and of the navigation report all of it, with the line
                section[option] = logging.INFO
        config.watch += [str(root / folder) for folder in WATCHED if (root / folder).is_dir()]
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages of the records, in memory."""
        knowledge_base = self._session.checked.base
        self.tooltips = tooltips.tooltips(knowledge_base)
        self.edits = {}
        self.own_scripts = frozenset()
        self.script_hashes = set()
        taken = {file.dest_uri for file in files}
        for page in pages.pages(knowledge_base):
            made = File.generated(config, page.path, content=page.source, inclusion=InclusionLevel.NOT_IN_NAV)
            if made.dest_uri in taken:
                continue  # a chapter takes the place of the index of a collection
            files.append(made)
            self.edits[page.path] = page.edit
        return files

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:  # noqa: ARG002  # MkDocs' signature
        """Let the edit link of a generated page lead to its record."""
        if (edit := self.edits.get(page.file.src_uri)) and config.repo_url and config.edit_uri:
            tree = config.edit_uri.removesuffix("/").removesuffix("content")
            page.edit_url = urljoin(config.repo_url.rstrip("/") + "/", tree + edit)
        return page

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Let the terms that records explain say what they mean."""
        return self.tooltips.mark(html)

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Stop the build if something went wrong on pages, all of which are rendered now, before any is written.

        What is served is served all the same, and shows the faults.
        """
        faults = self._session.faults
        faults += _missing_anchors(self._session.project.root, files)
        if faults and not self.serving:
            raise WrongContentError(faults)
        for finding in in_order(faults):
            log.error(finding.as_text())
        return env

    @event_priority(-100)
    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Write the policy into 404.html, and collect the theme's scripts from it: it holds no user content.

        MkDocs renders it before all other pages. The sitemap says no date where none is known.
        """
        if template_name == "sitemap.xml" and not build_date.is_date_known():
            return _LAST_CHANGE.sub("", output_content)
        if not template_name.endswith(".html"):
            return output_content
        self.own_scripts |= security_policy.shapes(output_content)
        return self._with_policy(output_content, template_name)

    @event_priority(-100)  # after every plugin that writes into a page
    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002  # MkDocs' signature
        """Write the policy of a page into it."""
        return self._with_policy(output, self.edits.get(page.file.src_uri) or f"content/{page.file.src_uri}")

    def _with_policy(self, html: str, origin: str) -> str:
        if self.serving:
            return security_policy.with_policy(html, [security_policy.ANY_INLINE])
        try:
            hashes = security_policy.hashes_of_own(html, self.own_scripts)
        except security_policy.ForeignScriptError as error:
            raise PluginError(f"{origin}: {error} (put it into a file below theme/assets/)") from error
        self.script_hashes.update(hashes)
        return security_policy.with_policy(html, hashes)

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write what stands beside the pages: exports, redirects, and the files for the host's headers."""
        checked = self._session.checked
        site = Path(config.site_dir)
        try:
            exports.write(checked.base, site, config.site_url or "", checked.extensions)
        except exports.ExportError as error:
            raise PluginError(str(error)) from error
        except ExtensionError as error:
            raise WrongContentError([error.finding]) from error
        redirects.write(checked.base, site)
        for path, content in security_policy.header_files(self.script_hashes).items():
            (site / path).write_text(content, encoding="utf-8", newline="\n")

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002
        """Watch the records, which MkDocs does not know as pages."""
        server.watch(str(self._session.project.content))
        return server

    @property
    def _session(self) -> Session:
        if self.session is None:
            raise PluginError("the plugin smartguide was asked before its on_config was called")
        return self.session


def _missing_anchors(root: Path, files: Files) -> list[Finding]:
    """Return the links of pages to anchors that there are not, as MkDocs noted them while it rendered the pages."""
    found = []
    for file in files.documentation_pages():
        for target, anchors in (file.page.links_to_anchors or {}).items() if file.page else ():
            present = target.page.present_anchor_ids if target.page else None
            for anchor, link in anchors.items():
                if present is None or anchor in present:
                    continue
                where = "this page" if target is file else quoted(target.src_uri)
                message = f"the link {quoted(link)}: {where} has no anchor {quoted(anchor)}"
                hint = did_you_mean(anchor, present) or "fix the link, or write what it leads to"
                places = places_of_link(root, f"content/{file.src_uri}", link)
                found += [Finding(place, "broken-link", message, hint=hint) for place in places]
    return found
