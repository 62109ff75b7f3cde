"""Our macros for Zensical, which has a mkdocs-macros of its own, and the links in HTML that is not Markdown.

For each page Zensical makes a Jinja environment, hands it to the extensions of Jinja, and then calls ``define_env`` of
each module of macros with an object that does not know that environment. So one module, which exists for the time of a
build, is both: as an extension of Jinja it learns the environment, and as a module of macros it adds what ours need.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import sys
import threading
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jinja2
import jinja2.ext
from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from smartguide.engines import macros
from smartguide.session import Session

BRIDGE: Final = "_smartguide_zensical"
"""The name of the module."""
JINJA_EXTENSION: Final = f"{BRIDGE}.Environment"

_BEFORE_RAW_HTML: Final = 31
"""Python-Markdown puts raw HTML back at 30."""
_URLS: Final = re.compile(
    r"""(?<=[\s"'])(?=(?:href|src|srcset|action|formaction|poster|data|cite)\s*=)""", re.IGNORECASE
)
_FOLDERS: Final = re.compile(
    r"""(?<=\s)(?=(?:href|src)="(?![#?]|[a-z][a-z0-9+.-]*:)(?:[^"#?]*/)?\.{0,2}(?:[?#][^"]*)?")""", re.IGNORECASE
)


@contextlib.contextmanager
def bridge(session: Session) -> Iterator[Links]:
    """Let the macros of Zensical be those of a session, until the block ends."""
    links = Links()
    here = threading.local()

    class Environment(jinja2.ext.Extension):
        def __init__(self, environment: jinja2.Environment) -> None:
            super().__init__(environment)
            here.environment = environment

    def define_env(env: Any) -> None:
        env.env = here.environment
        env.conf = {"plugins": {macros.PLUGIN: types.SimpleNamespace(session=session)}}
        env.page.file = types.SimpleNamespace(src_uri=env.page.path)
        macros.define_env(env)
        macros.on_pre_page_macros(env)

    module = types.ModuleType(BRIDGE)
    module.__file__ = macros.__file__  # Zensical asks for it
    vars(module).update(Environment=Environment, define_env=define_env, makeExtension=links.extension)
    sys.modules[BRIDGE] = module
    try:
        yield links
    finally:
        del sys.modules[BRIDGE]


class Links:
    """Hides links that are right from Zensical.

    It takes every relative URL for one from a source file to another, also in the HTML of macros, where it leads from
    page to page. So these attributes have another name until it is done.
    """

    def __init__(self) -> None:
        self._prefix = f"sg{secrets.token_hex(8)}-"

    def hidden(self, html: str) -> str:
        """Return raw HTML with other names for the attributes that hold URLs."""
        return _URLS.sub(self._prefix, html)

    def with_folders_hidden(self, html: str) -> str:
        """Return the HTML of Markdown with other names for attributes that lead to no file: MkDocs leaves them, too."""
        return _FOLDERS.sub(self._prefix, html)

    def extension(self) -> Extension:
        """Return an extension of Python-Markdown that hides the links of a page."""
        return _HidesLinks(self)

    def show(self, site: Path) -> None:
        """Give the attributes in the pages of a site their names back."""
        for path in site.rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            if self._prefix in text:
                path.write_text(text.replace(self._prefix, ""), encoding="utf-8", newline="\n")


class _HidesLinks(Extension):
    def __init__(self, links: Links) -> None:
        super().__init__()
        self._links = links

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        md.postprocessors.register(_Hide(md, self._links), "hide_links", _BEFORE_RAW_HTML)


class _Hide(Postprocessor):
    def __init__(self, md: Markdown, links: Links) -> None:
        super().__init__(md)
        self._links = links

    def run(self, text: str) -> str:
        stash = self.md.htmlStash.rawHtmlBlocks
        stash[:] = [self._links.hidden(one) if isinstance(one, str) else one for one in stash]
        return self._links.with_folders_hidden(text)
