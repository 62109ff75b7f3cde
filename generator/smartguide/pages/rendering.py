"""Records to the bodies of pages: Jinja templates that escape everything by construction.

A template writes HTML below Markdown headings. What a record says passes ``text.entities`` or ``text.prose``; a value
that neither has touched is turned into entities on output, so a template cannot forget it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from smartguide.extensions import TemplateFunction
from smartguide.model import urls
from smartguide.model.fields import Fields
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record
from smartguide.pages import ready_html, template_faults
from smartguide.pages.formats import host, month, number
from smartguide.pages.template_faults import RenderingError
from smartguide.pages.text import entities, prose, shortened
from smartguide.pages.view import View

TEMPLATES: Final = Path(__file__).parents[1] / "templates"
"""The generator's own templates, which work for every kind of record."""


class Environment(jinja2.Environment):
    """A Jinja environment in which a name of a record or a knowledge base that does not exist is an error.

    Names of records come before those of Python: a property may be called ``values`` or ``items``.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute``."""
        if isinstance(obj, Fields):
            return obj[attribute]
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return ``obj[argument]``."""
        if isinstance(obj, Fields | KnowledgeBase):
            return obj[argument]
        return super().getitem(obj, argument)


def environment(folders: Iterable[Path] = (), functions: Iterable[TemplateFunction] = ()) -> Environment:
    """Return the environment of the templates.

    ``folders`` hold templates that come before our own; ``functions`` are what templates can call besides ``view``.
    """
    env = Environment(
        loader=jinja2.FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    env.filters |= {"prose": prose, "month": month, "number": number, "shortened": shortened, "host": host}
    env.filters |= {"sources_of": Record.sources_of, "optional": Fields.optional}
    env.globals |= {one.name: one.function for one in functions}
    return env


def _finalize(value: Any) -> Any:
    """Turn whatever a template writes into safe HTML, unless it is HTML already."""
    if isinstance(value, Markup):
        return value
    return Markup(entities("" if value is None else value))  # escaped by entities


class Renderer:
    """Renders the bodies of pages of one knowledge base; see ``environment`` for ``folders`` and ``functions``."""

    def __init__(
        self, base: KnowledgeBase, folders: Iterable[Path] = (), functions: Iterable[TemplateFunction] = ()
    ) -> None:
        self.base = base
        self.env = environment(folders, functions)

    @cached_property
    def parts(self) -> list[str]:
        """The names of the templates of ``parts/``."""
        return [name[6:-5] for name in self.env.list_templates(["html"]) if name.startswith("parts/")]

    def record(self, record: Record) -> str:
        """Return the body of the page of a record, as Markdown with HTML blocks. Raises RenderingError."""
        return self.template([f"{record.collection.template}.html", "record.html"], urls.record(record), record=record)

    def index(self, collection: Collection) -> str:
        """Return the body of the index page of a collection. Raises RenderingError."""
        names = [f"{collection.template}-index.html", "index.html"]
        return self.template(names, urls.collection(collection), collection=collection)

    def template(self, names: list[str], page: str, **values: Any) -> str:
        """Render the first template that there is, for the page at a URL. Raises RenderingError."""
        try:
            html = self.env.select_template(names).render(kb=self.base, view=View(page), **values)
        except Exception as error:
            if (found := template_faults.finding(error, self.base.root)) is None:
                raise
            raise RenderingError(found) from error
        return ready_html.marked(html)
