"""The macros of the pages, for mkdocs-macros (and for Zensical, which runs the same modules).

They are thin: each hands records to a template. Generated pages and chapters call the same ones. What a page asks for
in vain is noted with its place, and the page goes on, so that all faults are reported in one run.
"""

from __future__ import annotations

import functools
import re
import traceback
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import jinja2

from smartguide.checks import template_code
from smartguide.checks.chapter_text import lines_before_markdown, places_of_code, text_of
from smartguide.editing import examples
from smartguide.engines import chapter_sandbox
from smartguide.findings import Finding, Place, did_you_mean
from smartguide.forms.forge import issues_url
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.model.names import UnknownNameError, unknown
from smartguide.pages import pages, template_faults
from smartguide.pages.ready_html import as_markdown
from smartguide.pages.rendering import Renderer
from smartguide.pages.template_faults import RenderingError
from smartguide.pages.text import entities
from smartguide.pages.view import View
from smartguide.session import MacroCall, Session

PLUGIN = "smartguide"


class MissingSessionError(Exception):
    """An engine runs the macros that does not run our plugin: its site would lack all records."""

    def __init__(self) -> None:
        super().__init__(
            "the plugin smartguide did not run, without which the site has no records: add it to the plugins, before "
            "macros; with Zensical, build with: smartguide build --engine zensical"
        )


class MacrosEnvironment(Protocol):
    """What this module needs of the environment that mkdocs-macros hands to its functions."""

    page: Any
    env: jinja2.Environment
    macros: dict[str, Any]
    conf: Any

    def macro(self, function: Callable[..., str]) -> Callable[..., str]:
        """Register a macro."""


def macros(session: Session, page: Callable[[], str]) -> dict[str, Callable[..., str]]:
    """Return what chapters can call, by name, with the records of a session. ``page`` gives the URL of the chapter."""

    def renderer() -> Renderer:
        return session.renderer

    def body(known: list[pages.Page], name: str) -> str:
        url = f"{urls.collection(known[0].collection)}{name}/" if name else known[0].url
        page = next((one for one in known if one.url == urls.begun(url)), None)
        rendered = renderer().page(page, tooltips=False).at(url) if page else None
        if rendered is None:
            raise unknown("page", name, [one.url for one in known])
        return as_markdown(rendered.parts)

    def record_page(collection: str, record_id: str, name: str = "") -> str:
        """Return the body of the page of a record, or of the page with a name that continues a list of it."""
        return body([pages.record_page(_record(renderer().base, collection, record_id))], name)

    def index_page(collection: str, name: str = "") -> str:
        """Return the body of the index page of a collection, or of its further page with a name."""
        found = renderer().base[collection]
        return body([*pages.index_pages(found), *pages.quality_pages(found)], name)

    def part(name: str, **values: Any) -> str:
        """Return what a template of ``parts/`` makes of the knowledge base, for a chapter."""
        if name not in renderer().part_names:
            raise unknown("part", name, renderer().part_names)
        values = {"example_of": examples.text, **values}
        return as_markdown(renderer().template([f"parts/{name}.html"], page(), **values))

    def link(collection: str, record_id: str, label: str = "") -> str:
        """Return the link to a record, with its name or another label, for a sentence of a chapter."""
        return str(View(page()).link(_record(renderer().base, collection, record_id), label))

    def count(collection: str) -> str:
        """Return how many records a collection has."""
        return str(len(renderer().base[collection]))

    def href(url: str) -> str:
        """Return the link from this page to a URL of the site."""
        return urls.relative(url, page())

    def record_form(first: Iterable[str] = ()) -> str:
        """Return the form for records; ``first`` names the collections that it offers before all others."""
        known = renderer().base.collections
        for name in first:
            if name not in known:
                raise unknown("collection", name, known)
        settings = session.project.settings
        return part("record-form", first=list(first), form=settings.form, issues=issues_url(settings))

    return {one.__name__: one for one in (record_page, index_page, part, link, count, href, record_form)}


def define_env(env: MacrosEnvironment) -> None:
    """Register the macros, which work on the session of our plugin. Raises MissingSessionError."""
    session = _session(env)

    def page() -> str:
        return str(env.page.url).removeprefix("./")

    for function in macros(session, page).values():
        env.macro(_noting(env, session, _remembered(session, page, function)))


def _remembered(session: Session, page: Callable[[], str], function: Callable[..., str]) -> Callable[..., str]:
    """Return a macro whose calls are kept in the session."""

    @functools.wraps(function)
    def macro(*values: Any, **named: Any) -> str:
        text = function(*values, **named)
        session.calls.append(MacroCall(page(), function.__name__, values, named, text))
        return text

    return macro


def on_pre_page_macros(env: MacrosEnvironment) -> None:
    """Let every fault of a page be noted on its line (mkdocs-macros calls this before it renders a page)."""
    session = _session(env)

    class Noted(jinja2.StrictUndefined):
        """A name that nobody knows; whatever is done with it but to show or to call it is an error all the same."""

        __slots__ = ()

        def __str__(self) -> str:  # type: ignore[override]  # it is typed as what never returns
            name = str(self._undefined_name)
            in_code = rf"(?<![\w\"']){re.escape(name)}\b"
            return _noted(env, session, in_code, self._undefined_message, did_you_mean(name, env.macros))

        def __call__(self, *_: Any, **__: Any) -> str:  # type: ignore[override]  # the same
            return str(self)

        def __getattr__(self, name: str) -> Any:  # Jinja asks for some before it calls
            raise AttributeError(name)

    env.env.undefined = Noted
    # mkdocs-macros calls just this, and shows a traceback on the page for whatever is raised.
    env.env.from_string = functools.partial(_Page, env, session)  # type: ignore[assignment]


class _Page:
    """The template of a page; what is wrong with it as a whole is noted on its line, and shown in its place."""

    def __init__(self, env: MacrosEnvironment, session: Session, source: str) -> None:
        self._env = env
        self._session = session
        self._source = template_code.protected(source)

    def render(self, *values: Any, **named: Any) -> str:
        """Return the page as Markdown."""
        try:
            return chapter_sandbox.render(self._env.env, self._source, values, named)
        except Exception as error:  # noqa: BLE001  # whatever the code of a chapter raises
            finding = Finding(self._place(error), "macro", _said(error), hint="fix the template code of the page")
            self._session.faults.append(finding)
            return f"**{entities(finding.as_text())}**"

    def _place(self, error: Exception) -> Place:
        path = f"content/{self._env.page.file.src_uri}"
        text = text_of(self._session.project.root, path)
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
        line = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else (frames[-1].lineno if frames else 0)
        if not text or not line:
            return Place(path)
        number = line + lines_before_markdown(text)
        return Place(path, number, text.split("\n")[number - 1].find("{") + 1 or 1)


def _said(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"no template {error.name!r}"
    return template_faults.said(error).replace("macros.<locals>.", "")


def _session(env: MacrosEnvironment) -> Session:
    """Return the session of our plugin. Raises MissingSessionError."""
    plugin = env.conf["plugins"].get(PLUGIN)
    session: Session | None = getattr(plugin, "session", None)
    if session is None:
        raise MissingSessionError
    return session


def _record(base: KnowledgeBase, collection: str, record_id: str) -> Record:
    """Return a record. Raises UnknownNameError."""
    known = base[collection].records
    if record_id not in known:
        raise unknown("record", record_id, known, f"in the collection {collection!r}")
    return known[record_id]


def _noting(env: MacrosEnvironment, session: Session, function: Callable[..., str]) -> Callable[..., str]:
    """Return a macro that notes what is not there or cannot be rendered, and shows that in its place."""

    @functools.wraps(function)
    def macro(*values: Any, **named: Any) -> str:
        try:
            return function(*values, **named)
        except UnknownNameError as error:
            code = _call(function.__name__, *values, *named.values())
            return _noted(env, session, code, error.reason, error.hint)
        except RenderingError as error:
            session.faults.append(error.finding)
            return f"**{entities(error.finding.as_text())}**"

    return macro


def _noted(env: MacrosEnvironment, session: Session, code: str, message: str, hint: str) -> str:
    """Note a fault of the page at the template code that matches ``code``, and return what the page shows of it."""
    places = places_of_code(session.project.root, f"content/{env.page.file.src_uri}", code)
    session.faults.extend(Finding(place, "macro", message, hint=hint) for place in places)
    return f"**{entities(message)}**"


def _call(name: str, *values: Any) -> str:
    """Return the pattern of a call of a macro with these values."""
    texts = (rf"[^)]*?[\"']{re.escape(value)}[\"']" for value in values if isinstance(value, str))
    return rf"\b{name}\s*\({''.join(texts)}"
