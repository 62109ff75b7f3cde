"""Records to pages: Jinja templates that escape everything by construction.

A template writes HTML, and headings with ``view.heading``. What a record says passes ``text.entities`` or
``text.prose``; a value that neither has touched is turned into entities on output, so a template cannot forget it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from smartguide.extensions import TemplateFunction
from smartguide.model.fields import Fields
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.pages import template_faults
from smartguide.pages.formats import host, month, number
from smartguide.pages.pages import Page
from smartguide.pages.rendered import Part, Rendered, with_ids
from smartguide.pages.template_faults import RenderingError
from smartguide.pages.text import entities, prose, shortened
from smartguide.pages.tooltips import tooltips
from smartguide.pages.view import MARK, View

TEMPLATES: Final = Path(__file__).parents[1] / "templates"
"""The generator's own templates, which work for every kind of record."""
_MARKED: Final = re.compile(f"{MARK}([0-9]+){MARK}")


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
    """Renders the pages of one knowledge base; see ``environment`` for ``folders`` and ``functions``.

    Templates are compiled once in an environment. Whoever renders one knowledge base after another with the same
    templates hands in ``env``, the environment of the renderer before.
    """

    def __init__(
        self,
        base: KnowledgeBase,
        folders: Iterable[Path] = (),
        functions: Iterable[TemplateFunction] = (),
        env: Environment | None = None,
    ) -> None:
        self.base = base
        self.env = env or environment(folders, functions)
        self.tooltips = tooltips(base)

    @cached_property
    def part_names(self) -> list[str]:
        """The names of the templates of ``parts/``."""
        return [name[6:-5] for name in self.env.list_templates(["html"]) if name.startswith("parts/")]

    def page(self, page: Page) -> Rendered:
        """Return a page, rendered. Raises RenderingError."""
        mark = self.tooltips.mark
        parts = (mark(part) if isinstance(part, str) else part for part in self.body(page))
        return Rendered(page, tuple(parts))

    def body(self, page: Page) -> tuple[Part, ...]:
        """Return the body of a page, without tooltips. Raises RenderingError."""
        template = page.collection.template
        if isinstance(page.subject, Record):
            return self.template([f"{template}.html", "record.html"], page.url, record=page.subject)
        return self.template([f"{template}-index.html", "index.html"], page.url, collection=page.subject)

    def template(self, names: list[str], url: str, **values: Any) -> tuple[Part, ...]:
        """Return what the first template that there is makes for the page at a URL. Raises RenderingError."""
        view = View(url)
        try:
            html = self.env.select_template(names).render(kb=self.base, view=view, **values)
        except Exception as error:
            if (found := template_faults.finding(error, self.base.root)) is None:
                raise
            raise RenderingError(found) from error
        return with_ids(_parts(html, view))


def _parts(html: str, view: View) -> Iterator[Part]:
    """Yield the parts of a page: what stands between headings without its empty lines, and the headings."""
    for number, text in enumerate(_MARKED.split(html)):
        if number % 2:
            yield view.headings[int(text)]
        elif lines := [line for line in text.split("\n") if line and not line.isspace()]:
            yield "\n".join(lines)
