"""The macros of the pages, for mkdocs-macros (and for Zensical, which runs the same modules).

They are thin: each hands records to a template. Generated and authored pages call the same ones.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from generator import loading, urls
from generator.knowledge_base import Record
from generator.rendering import Renderer


class MacrosEnvironment(Protocol):
    """What this module needs of the environment that mkdocs-macros hands to ``define_env``."""

    project_dir: str
    page: Any

    def macro(self, function: Callable[..., str]) -> Callable[..., str]:
        """Register a macro."""


def define_env(env: MacrosEnvironment) -> None:
    """Register the macros. The records are read once a build, however often an engine calls this."""
    root = Path(env.project_dir)

    def renderer() -> Renderer:
        return loading.renderer(root)

    def page_address() -> str:
        return str(env.page.url).removeprefix("./")

    def record(collection: str, record_id: str) -> Record:
        found = renderer().base.get(collection, record_id)
        if found is None:
            raise LookupError(f"no record {record_id!r} in the collection {collection!r}")
        return found

    @env.macro
    def record_page(collection: str, record_id: str) -> str:
        """Return the body of the page of a record."""
        return renderer().record(record(collection, record_id))

    @env.macro
    def index_page(collection: str) -> str:
        """Return the body of the index page of a collection."""
        return renderer().index(renderer().base[collection])

    @env.macro
    def part(name: str, **values: Any) -> str:
        """Return what a template of ``parts/`` makes of the knowledge base, for an authored page."""
        return renderer().template(f"parts/{name}.html", page_address(), **values)

    @env.macro
    def link(collection: str, record_id: str, label: str = "") -> str:
        """Return the link to a record, with its name or another label, for a sentence of an authored page."""
        target = record(collection, record_id)
        return str(renderer().view(page_address()).link(target, label))

    @env.macro
    def count(collection: str) -> str:
        """Return how many records a collection has."""
        return str(len(renderer().base[collection]))

    @env.macro
    def href(address: str) -> str:
        """Return the link from this page to an address of the site."""
        return urls.relative(address, page_address())
