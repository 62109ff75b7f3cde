"""Records to pages: Jinja templates that escape everything by construction.

A template writes HTML, and headings with ``view.heading``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import Any, Final

from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.pages import template_faults
from smartguide.pages.environment import Environment
from smartguide.pages.formats import number
from smartguide.pages.pages import Page
from smartguide.pages.rendered import Part, Rendered, with_ids
from smartguide.pages.template_faults import RenderingError
from smartguide.pages.tooltips import tooltips
from smartguide.pages.view import MARK, Continuation, View
from smartguide.quality.overview import Quality

_MARKED: Final = re.compile(f"{MARK}([0-9]+){MARK}")


class Renderer:
    """Renders the pages of one knowledge base with the templates of an ``environment``, which several may share.

    ``form`` is the URL of the page with the form for records, relative to the root of the site, if there is one.
    """

    def __init__(self, base: KnowledgeBase, env: Environment, form: str = "") -> None:
        self.base = base
        self.env = env
        self.form = form
        self.tooltips = tooltips(base)
        self.quality = Quality(base)

    @cached_property
    def part_names(self) -> list[str]:
        """The names of the templates of ``parts/``."""
        return [name[6:-5] for name in self.env.list_templates(["html"]) if name.startswith("parts/")]

    def page(self, page: Page, *, tooltips: bool = True) -> Rendered:
        """Return a page, rendered, with those that continue its lists. Raises RenderingError."""
        view = View(page.url, _continuing(page), self.form)

        def parts(html: str) -> tuple[Part, ...]:
            made = with_ids(_parts(html, view))
            if not tooltips:
                return made
            marked: set[str] = set()
            return tuple(self.tooltips.mark(part, marked) if isinstance(part, str) else part for part in made)

        template = page.collection.template
        if isinstance(page.subject, Record):
            html = self._filled([f"{template}.html", "record.html"], view, record=page.subject)
            html += self._filled(["parts/correct.html"], view, record=page.subject)
            html += self._filled(["parts/previous-and-next.html"], view, record=page.subject)
        else:
            index = {"collection": page.subject, "index": page.index, "part": page.part}
            records = page.part.items if page.part else ()
            html, names = "", ["parts/quality-list.html"]
            if not page.is_quality:
                html = self._filled(["parts/add.html"], view, **index)
                names = [f"{template}-index.html", "index.html"]
            html += self._filled(names, view, records=records, **index)
        further = (Rendered(_continued(page, one), parts(one.html)) for one in view.continuations)
        return Rendered(page, parts(html), tuple(further))

    def template(self, names: list[str], url: str, **values: Any) -> tuple[Part, ...]:
        """Return what the first template that there is makes for the page at a URL. Raises RenderingError."""
        view = View(url, form=self.form)
        return with_ids(_parts(self._filled(names, view, **values), view))

    def _filled(self, names: list[str], view: View, **values: Any) -> str:
        try:
            template = self.env.select_template(names)
            return template.render(kb=self.base, view=view, quality=self.quality, **values)
        except Exception as error:
            if (found := template_faults.finding(error, self.base.root)) is None:
                raise
            raise RenderingError(found) from error


def _continuing(page: Page) -> Callable[[str, int], str] | None:
    """Return how the pages are called that continue lists of a page; None for an index, which is split as a whole."""
    if isinstance(page.subject, Record):
        return partial(urls.continued, page.url)
    return partial(urls.continued_index, page.url) if page.collection.one_page else None


def _continued(page: Page, one: Continuation) -> Page:
    """Return the page that continues a list of a page."""
    part, title = one.part, f"{page.title}: {one.list.title}"
    return page.continued(
        part.url,
        f"{title}, page {part.number} of {len(one.list.pages)}",
        f"{title}, {number(part.first)} to {number(part.last)} of {number(one.list.total)}",
    )


def _parts(html: str, view: View) -> Iterator[Part]:
    """Yield the parts of a page: what stands between headings without its empty lines, and the headings."""
    for index, text in enumerate(_MARKED.split(html)):
        if index % 2:
            yield view.headings[int(text)]
        elif lines := [line for line in text.split("\n") if line and not line.isspace()]:
            yield "\n".join(lines)
