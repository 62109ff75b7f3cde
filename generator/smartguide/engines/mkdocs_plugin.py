"""The MkDocs plugin: stops the build where records are wrong, and puts the pages of the records into it in memory.

Nothing important hides here: which pages exist is ``pages.pages``, what is on them is ``rendering``.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from smartguide import exports
from smartguide import session as loading
from smartguide.engines import mkdocs_warnings
from smartguide.findings import Severity, in_order
from smartguide.pages import pages
from smartguide.pages import tooltips as glossary
from smartguide.pages.text import entities
from smartguide.site import build_date as repeatable
from smartguide.site import security_policy

log = logging.getLogger("mkdocs.plugins.smartguide")

WATCHED = ("schemas", "templates", "theme", "generator")
THEME: Final = Path(__file__).parents[1] / "theme"
"""Folders beside ``content/`` whose change builds the site anew."""

_LAST_CHANGE: Final = re.compile(r"\s*<lastmod>[^<]*</lastmod>")


def _without_failed_macros(record: logging.LogRecord) -> bool:
    """Let all pass that mkdocs-macros says, but the tracebacks of macros that fail."""
    return " Error_\n" not in record.getMessage()


class Options(base.Config):  # type: ignore[no-untyped-call]  # MkDocs' own hook is untyped
    """The options of the plugin in ``mkdocs.yml``."""

    warnings = c.Type(bool, default=True)
    """Whether warnings about records are shown in the build."""


class SmartGuidePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Records to pages."""

    edits: dict[str, str]
    tooltips: glossary.Tooltips
    own_scripts: frozenset[str]
    script_hashes: set[str]
    root: Path
    serving = False
    dated = False

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002  # MkDocs' signature
        """Note what for the site is built, and leave it to ``on_page_markdown`` to tell of macros that fail."""
        self.serving = command == "serve"
        logging.getLogger("mkdocs.plugins.mkdocs_macros.util").addFilter(_without_failed_macros)

    def on_shutdown(self) -> None:
        """Leave the environment as it was."""
        if self.dated:
            repeatable.forget_build_date()

    @event_priority(100)  # before mkdocs-macros, which asks for the records
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check all records; an error stops the build with its file, line and column."""
        self.root = Path(config.config_file_path).parent
        try:
            self.dated |= repeatable.set_build_date(self.root)
        except repeatable.DateError as error:
            raise PluginError(str(error)) from error
        checked = loading.load(self.root, fresh=True).checked
        errors = [finding for finding in checked.findings if finding.severity is Severity.ERROR]
        if errors:
            raise mkdocs_warnings.WrongContentError(errors)
        if self.config.warnings:
            for finding in checked.findings:
                log.warning(finding.as_text())
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        for folder in WATCHED:
            if (self.root / folder).is_dir():
                config.watch.append(str(self.root / folder))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages of the records, in memory."""
        base = loading.load(self.root).checked.base
        self.tooltips = glossary.tooltips(base)
        self.edits = {}
        self.own_scripts = frozenset()
        self.script_hashes = set()
        taken = {file.dest_uri for file in files}
        for page in pages.pages(base):
            made = File.generated(config, page.path, content=page.source, inclusion=InclusionLevel.NOT_IN_NAV)
            if made.dest_uri in taken:
                continue  # an authored page takes the place of the index of a collection
            files.append(made)
            self.edits[page.path] = page.edit
        return files

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:  # noqa: ARG002  # MkDocs' signature
        """Let the edit link of a generated page lead to its record."""
        if (edit := self.edits.get(page.file.src_uri)) and config.repo_url and config.edit_uri:
            tree = config.edit_uri.removesuffix("/").removesuffix("content")
            page.edit_url = urljoin(config.repo_url.rstrip("/") + "/", tree + edit)
        return page

    @event_priority(-100)  # after mkdocs-macros
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Note what mkdocs-macros cannot render, and show that without its traceback."""
        finding = mkdocs_warnings.failed_macro(markdown, self.root, page.file.src_uri)
        if finding is None:
            return markdown
        loading.load(self.root).faults.append(finding)
        return f"**{entities(finding.as_text())}**"

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Let the terms of the glossary say what they mean."""
        return self.tooltips.mark(html)

    @event_priority(-100)
    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Write the policy into the page for addresses that there are not, and learn the theme's scripts from it.

        MkDocs renders it before all other pages. The sitemap says no date where none is known.
        """
        if template_name == "sitemap.xml" and not repeatable.is_date_known():
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
        """Tell what went wrong on pages, or write the exports and the files for the host's headers beside them.

        What is served is served all the same, and shows the faults.
        """
        if (faults := loading.load(self.root).faults) and not self.serving:
            raise mkdocs_warnings.WrongContentError(faults)
        for finding in in_order(faults):
            log.error(finding.as_text())
        site = Path(config.site_dir)
        exports.write(loading.load(self.root).checked.base, site, config.site_url or "")
        for path, content in security_policy.header_files(self.script_hashes).items():
            (site / path).write_text(content, encoding="utf-8", newline="\n")

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002
        """Watch the records, which MkDocs does not know as pages."""
        server.watch(str(self.root / "content"))
        return server
