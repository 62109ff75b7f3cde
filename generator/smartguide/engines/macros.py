"""The macros of the pages, for mkdocs-macros (and for Zensical, which runs the same modules).

They are thin: each hands records to a template. Generated and authored pages call the same ones. What a
page asks in vain is noted with its place, and the page goes on, so that all faults are told in one run.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import jinja2

from smartguide import session as loading
from smartguide.checks import chapters
from smartguide.findings import Finding, did_you_mean, quoted
from smartguide.model import urls
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record
from smartguide.pages.rendering import Renderer
from smartguide.pages.text import entities


class MacrosEnvironment(Protocol):
    """What this module needs of the environment that mkdocs-macros hands to its functions."""

    project_dir: str
    page: Any
    env: jinja2.Environment
    macros: dict[str, Any]

    def macro(self, function: Callable[..., str]) -> Callable[..., str]:
        """Register a macro."""


class NotThereError(LookupError):
    """What a macro was asked for is not there; ``hint`` says what may be meant."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def define_env(env: MacrosEnvironment) -> None:
    """Register the macros. The records are read once a build, however often an engine calls this."""
    root = Path(env.project_dir)

    def renderer() -> Renderer:
        return loading.renderer(root)

    def page_address() -> str:
        return str(env.page.url).removeprefix("./")

    def macro(function: Callable[..., str]) -> Callable[..., str]:
        return env.macro(_noting(env, function))

    @macro
    def record_page(collection: str, record_id: str) -> str:
        """Return the body of the page of a record."""
        return renderer().record(_record(renderer().base, collection, record_id))

    @macro
    def index_page(collection: str) -> str:
        """Return the body of the index page of a collection."""
        return renderer().index(_collection(renderer().base, collection))

    @macro
    def part(name: str, **values: Any) -> str:
        """Return what a template of ``parts/`` makes of the knowledge base, for an authored page."""
        if name not in renderer().parts:
            raise NotThereError(f"no part {quoted(name)}", did_you_mean(str(name), renderer().parts))
        return renderer().template(f"parts/{name}.html", page_address(), **values)

    @macro
    def link(collection: str, record_id: str, label: str = "") -> str:
        """Return the link to a record, with its name or another label, for a sentence of an authored page."""
        target = _record(renderer().base, collection, record_id)
        return str(renderer().view(page_address()).link(target, label))

    @macro
    def count(collection: str) -> str:
        """Return how many records a collection has."""
        return str(len(_collection(renderer().base, collection)))

    @macro
    def href(address: str) -> str:
        """Return the link from this page to an address of the site."""
        return urls.relative(address, page_address())


def on_pre_page_macros(env: MacrosEnvironment) -> None:
    """Let a name that nobody knows be noted like anything else that is not there (mkdocs-macros calls this)."""

    class Noted(jinja2.StrictUndefined):
        """A name that nobody knows; whatever is done with it but to show or to call it is an error all the same."""

        __slots__ = ()

        def __str__(self) -> str:  # type: ignore[override]  # it is typed as what never returns
            name = str(self._undefined_name)
            in_code = rf"(?<![\w\"']){re.escape(name)}\b"
            return _noted(env, in_code, self._undefined_message, did_you_mean(name, env.macros))

        def __call__(self, *_: Any, **__: Any) -> str:  # type: ignore[override]  # the same
            return str(self)

        def __getattr__(self, name: str) -> Any:  # Jinja asks for some before it calls
            raise AttributeError(name)

    env.env.undefined = Noted


def _collection(base: KnowledgeBase, name: str) -> Collection:
    """Return a collection. Raises NotThereError."""
    if name not in base.collections:
        raise NotThereError(f"no collection {quoted(name)}", did_you_mean(str(name), base.collections))
    return base[name]


def _record(base: KnowledgeBase, collection: str, record_id: str) -> Record:
    """Return a record. Raises NotThereError."""
    known = _collection(base, collection).records
    if record_id not in known:
        message = f"no record {quoted(record_id)} in the collection {quoted(collection)}"
        raise NotThereError(message, did_you_mean(str(record_id), known))
    return known[record_id]


def _noting(env: MacrosEnvironment, function: Callable[..., str]) -> Callable[..., str]:
    """Return a macro that notes what is not there, and shows that in its place."""

    @functools.wraps(function)
    def macro(*values: Any, **named: Any) -> str:
        try:
            return function(*values, **named)
        except NotThereError as error:
            return _noted(env, _call(function.__name__, *values, *named.values()), str(error), error.hint)

    return macro


def _noted(env: MacrosEnvironment, code: str, message: str, hint: str) -> str:
    """Note a fault of the page at the template code that matches ``code``, and return what the page shows of it."""
    root = Path(env.project_dir)
    places = chapters.places_of_code(root, f"content/{env.page.file.src_uri}", code)
    loading.load(root).faults.extend(Finding(place, "macro", message, hint=hint) for place in places)
    return f"**{entities(message)}**"


def _call(name: str, *values: Any) -> str:
    """Return the pattern of a call of a macro with these values."""
    texts = (rf"[^)]*?[\"']{re.escape(value)}[\"']" for value in values if isinstance(value, str))
    return rf"\b{name}\s*\({''.join(texts)}"
