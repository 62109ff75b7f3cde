"""The MkDocs plugin: stops the build where records are wrong, hands MkDocs the page shells, and finishes the site."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import jinja2
import mkdocs
from markupsafe import Markup, escape
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory

from smartguide.checks import folder
from smartguide.checks.chapter_text import links, text_of
from smartguide.engines import markdown
from smartguide.engines.theme import SCRIPTS, STYLE_SHEETS, THEME, override_values
from smartguide.findings import Finding, Severity, in_order, render
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.pages.pages import pages
from smartguide.pages.text import escaped
from smartguide.project import Project
from smartguide.reading import composed
from smartguide.session import Session
from smartguide.site import build_date, finishing
from smartguide.site.shells import Shells

log = logging.getLogger(f"{mkdocs.__name__}.plugins.smartguide")  # ProperDocs is MkDocs under another name

WATCHED: Final = ("schemas", "templates", "theme", "extensions")
"""Folders beside ``content/`` whose change builds the site anew."""


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
    """Page shells in, a finished site out.

    ``session`` and ``shells`` are handed in by whoever has them already, and finishes the site; else the plugin begins
    its own session, and finishes the site itself.
    """

    session: Session | None = None
    shells: Shells | None = None
    is_led = False
    serving = False
    is_dated = False

    def lead(self, session: Session, shells: Shells) -> None:
        """Let the next build be one of a checked session, whose owner shows its findings and finishes the site."""
        self.session, self.shells, self.is_led = session, shells, True
        self.config.warnings = False

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
        elif not self.is_led:
            self.session.refresh()
        findings = self.session.checked.findings
        if not self.is_led and (errors := [one for one in findings if one.severity is Severity.ERROR]):
            raise WrongContentError(errors)
        if self.config.warnings:
            for finding in findings:
                log.warning(finding.as_text())
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        config.extra_css[:0] = STYLE_SHEETS
        config.extra |= override_values(self.session.checked.base, config.site_url or "")
        config.extra_javascript[:0] = map(_module, SCRIPTS)
        config.markdown_extensions.append(markdown.__name__)
        config.mdx_configs[markdown.__name__] = {"meanings": self.session.renderer.tooltips.meanings}
        for section in (config.validation.links, config.validation.nav):
            for option in section:  # the checks of chapters and of the navigation report all of it, with the line
                section[option] = logging.INFO
        config.nav = _composed(config.nav)
        config.watch += [str(root / folder) for folder in WATCHED if (root / folder).is_dir()]
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the page shells, in memory; and what chapters link to, so that the links lead there."""
        session = self._session
        if not self.is_led:
            self.shells = finishing.shells_of(session)
        for page in self._shells.pages():
            files.append(File.generated(config, page.path, content=page.source, inclusion=InclusionLevel.NOT_IN_NAV))
        for file in list(files):  # what the theme brings along comes from another folder
            if file.src_dir == config.docs_dir and not folder.is_published(file.src_uri):
                files.remove(file)
        known = {file.src_uri for file in files}
        for path in _linked(session.checked.base) - known:  # they are not built: the site is finished with them
            files.append(File.generated(config, path, content="", inclusion=InclusionLevel.EXCLUDED))
        return files

    @event_priority(-100)  # after every plugin that changes the navigation
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Escape the titles that the settings give: themes write them as they are."""
        waiting = list(nav.items)
        while waiting:
            item = waiting.pop()
            if item.title is not None:  # a page without a title in the settings has none before it is read
                item.title = Markup(escaped(item.title))  # noqa: S704  # it is
            waiting += item.children or []
        return nav

    @event_priority(100)  # before mkdocs-macros, which hands front matter to the code of a page
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Escape the front matter of a page: themes write it as it is."""
        page.meta = escaped(dict(page.meta))
        return markdown

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG002
        """Mark the titles of pages as HTML, so that a theme which escapes some does not do it once more.

        A title without its tags is escaped again, since Jinja's filter also turns references into characters.
        """
        for file in files.documentation_pages():
            if file.page is not None and file.page.title is not None:
                file.page.title = Markup(escaped(file.page.title))  # noqa: S704  # it is
        env.filters["striptags"] = lambda value: escape(Markup(value).striptags())  # noqa: S704  # escaped at the end
        return env

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:  # noqa: ARG002  # MkDocs' signature
        """Return the text of a chapter in the form in which all text is read; page shells are read as they are."""
        return None if page.file.generated_by else composed(page.file.content_string)

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:  # noqa: ARG002  # MkDocs' signature
        """Give page shells an edit link: MkDocs gives none to what is no file."""
        if page.file.generated_by and config.repo_url and config.edit_uri:
            page.edit_url = urljoin(f"{config.repo_url.rstrip('/')}/", f"{config.edit_uri}{page.file.src_uri}")
        return page

    @event_priority(-100)  # after every plugin that writes files
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Do the steps over the finished folder. What is served is served all the same, and shows what is wrong."""
        if self.is_led:
            self.is_led = False
            return
        try:
            found = finishing.finish(self._session, Path(config.site_dir), self._shells, serving=self.serving)
        except finishing.FinishError as error:
            clean_directory(config.site_dir)
            if error.findings:
                raise WrongContentError(error.findings) from error
            raise PluginError(error.reason) from error
        for finding in found:
            log.error(finding.as_text())

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002
        """Watch the records, which MkDocs does not know as pages."""
        server.watch(str(self._session.project.content))
        return server

    @property
    def _session(self) -> Session:
        if self.session is None:
            raise PluginError("the plugin smartguide was asked before its on_config was called")
        return self.session

    @property
    def _shells(self) -> Shells:
        if self.shells is None:
            raise PluginError("the plugin smartguide was asked before its on_files was called")
        return self.shells


def _module(path: str) -> c.ExtraScriptValue:
    """Return the setting for a script that is a module."""
    script = c.ExtraScriptValue(path)
    script.type = "module"
    return script


def _composed(nav: Any) -> Any:
    """Return a navigation in the form in which all text is read."""
    if isinstance(nav, str):
        return composed(nav)
    if isinstance(nav, list):
        return [_composed(one) for one in nav]
    return {composed(str(key)): _composed(value) for key, value in nav.items()} if isinstance(nav, dict) else nav


def _linked(base: KnowledgeBase) -> set[str]:
    """Return the paths of generated pages, as if they were chapters, to which chapters link."""
    made = {page.source for page in pages(base)}
    found: set[str] = set()
    for chapter in base.chapters:
        for link, _ in links(text_of(base.root, f"content/{chapter}")):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(chapter), link.partition("#")[0]))
            found |= {path} & made
    return found
