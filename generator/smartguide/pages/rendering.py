"""Records to the bodies of pages: Jinja templates that escape everything by construction.

A template writes HTML below Markdown headings. What a record says passes ``text.entities`` or ``text.prose``; a value
that neither has touched is turned into entities on output, so a template cannot forget it.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from smartguide import tallies
from smartguide.measures import measure
from smartguide.model import urls
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record, Reference
from smartguide.pages import ready_html
from smartguide.pages.text import entities, prose, shortened
from smartguide.reading import Path_

TEMPLATES: Final = Path(__file__).parents[1] / "templates"
MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def environment(templates: Iterable[Path] = (), cache: Path | None = None) -> jinja2.Environment:
    """Return the Jinja environment of the templates.

    ``templates`` are folders that come before our own; ``cache`` is the folder that compiled templates are kept in.
    """
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*templates, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        bytecode_cache=_Cache(str(cache)) if cache else None,
    )
    env.filters |= {"prose": prose, "month": month, "number": number, "shortened": shortened, "host": host}
    env.filters["attr_sources"] = Record.sources_of
    env.globals |= {"tallies": tallies, "measure": measure}
    return env


class _Cache(jinja2.FileSystemBytecodeCache):
    """Compiled templates in a folder. They only save time, so one that cannot be read or written is left out."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template; where the locale has no UTF-8, a path may hold what cannot be encoded."""
        return super().get_cache_key(name, ascii(filename))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template, if it is there and whole."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001  # what half a file of pickle raises is anybody's guess
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, if there is room for it."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _finalize(value: Any) -> Any:
    """Turn whatever a template writes into safe HTML, unless it is HTML already."""
    if isinstance(value, Markup):
        return value
    return Markup(entities("" if value is None else value))  # escaped by entities


class Renderer:
    """Renders the bodies of pages of one knowledge base; see ``environment`` for ``templates`` and ``cache``."""

    def __init__(self, base: KnowledgeBase, templates: Iterable[Path] = (), cache: Path | None = None) -> None:
        self.base = base
        self.env = environment(templates, cache)

    @cached_property
    def parts(self) -> list[str]:
        """The names of the templates of ``parts/``."""
        return [name[6:-5] for name in self.env.list_templates(["html"]) if name.startswith("parts/")]

    def record(self, record: Record) -> str:
        """Return the body of the page of a record, as Markdown with HTML blocks."""
        return self.template(f"{record.collection.template}.html", urls.record(record), record=record)

    def index(self, collection: Collection) -> str:
        """Return the body of the index page of a collection, from ``<template>-index.html`` or the common template."""
        names: list[str | jinja2.Template] = [f"{collection.template}-index.html", "index.html"]
        return self.template(names, urls.collection(collection), collection=collection)

    def template(self, name: str | list[str | jinja2.Template], page: str, **values: Any) -> str:
        """Render a template for the page at an address."""
        html = self.env.get_or_select_template(name).render(kb=self.base, view=self.view(page), **values)
        return ready_html.marked(html)

    def view(self, page: str) -> View:
        """Return what templates may ask, seen from the page at an address."""
        return View(self.base, page)


class View:
    """What templates may ask, seen from the page at the address ``page``."""

    def __init__(self, base: KnowledgeBase, page: str) -> None:
        self._base = base
        self._page = page

    def href(self, target: Record | Collection | str) -> str:
        """Return the link from this page to a record, a collection or an address of the site."""
        if isinstance(target, Record):
            address = urls.record(target)
        elif isinstance(target, Collection):
            address = urls.collection(target)
        else:
            address = target
        return urls.relative(address, self._page)

    def link(self, target: Record | Collection, label: str = "") -> Markup:
        """Return the link to a record or a collection as HTML, with its name or another label."""
        text = label or (target.label if isinstance(target, Record) else target.title)
        return Markup(f'<a href="{self.href(target)}">{entities(text)}</a>')

    def api(self, record: Record) -> str:
        """Return the link to a record in the API."""
        return urls.relative(urls.api_record(record.collection.name, record.id), self._page)

    def value(self, record: Record, path: Path_, value: Any) -> Markup:
        """Return any value of a record as HTML, by its schema: references as links, prose as prose, lists as lists."""
        if (target := record.target(*path)) is not None:
            return self.link(target)
        schema = record.kind.property_at(path)
        if isinstance(value, dict):
            rows = Markup("").join(
                Markup("<dt>{}</dt> <dd>{}</dd>").format(
                    Markup(entities(record.kind.property_at((*path, key)).get("title", key))),
                    self.value(record, (*path, key), item),
                )
                for key, item in value.items()
            )
            return Markup("<dl>{}</dl>").format(rows)
        if isinstance(value, list):
            items = Markup("").join(
                Markup("<li>{}</li>").format(self.value(record, (*path, place), item))
                for place, item in enumerate(value)
            )
            return Markup("<ul>{}</ul>").format(items)
        if isinstance(value, bool):
            return Markup("yes" if value else "no")
        if isinstance(value, str) and schema.get("x-prose"):
            return prose(value)
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return Markup('<a href="{0}">{1}</a>').format(Markup(entities(value)), Markup(entities(host(value))))
        return Markup(entities(value))

    def title(self, record: Record, *path: str | int) -> str:
        """Return the title of a property from the schema."""
        return str(record.kind.property_at(path).get("title", path[-1]))

    def backlinks(self, record: Record, *leave_out: str) -> list[tuple[str, list[Record]]]:
        """Return the records that refer to this one, under the words for the reference, each once, by name.

        ``leave_out`` names collections whose references the page shows in a place of their own.
        """
        groups: defaultdict[str, dict[Record, None]] = defaultdict(dict)
        for reference in record.referenced_by:
            if reference.source.collection.name not in leave_out and reference.source is not record:
                groups[reference.inverse_title][reference.source] = None
        return [(title, sorted(found, key=lambda one: one.sort_key)) for title, found in sorted(groups.items())]

    def references(self, record: Record, name: str) -> list[Reference]:
        """Return the back-references through the property ``name`` of other records, by the name of their source."""
        found = [reference for reference in record.referenced_by if reference.through.name == name]
        return sorted(found, key=lambda reference: reference.source.sort_key)

    def cited(self, record: Record) -> list[tuple[Record, list[str]]]:
        """Return the documents that a record relies on, each once, with the parts of each in their order."""
        parts: dict[Record, list[str]] = {}
        for number, entry in enumerate(record.data.get("sources", ())):
            document = record.target("sources", number, "source")
            if document is not None:
                parts.setdefault(document, []).extend([entry["part"]] if "part" in entry else [])
        return list(parts.items())

    def cited_in(self, source: Record) -> list[tuple[str, list[Record]]]:
        """Return the records that rely on a document, by collection, each once."""
        groups: dict[str, dict[Record, None]] = {}
        for collection in self._base.collections.values():
            groups[collection.title] = {}
        for reference in source.referenced_by:
            groups[reference.source.collection.title][reference.source] = None
        return [(title, sorted(found, key=lambda one: one.sort_key)) for title, found in groups.items() if found]

    def worked_with(self, partner: Record) -> list[tuple[Record, list[Record]]]:
        """Return the organisations that share a partnership with this one, and what they share; closest first."""
        shared: defaultdict[Record, dict[Record, None]] = defaultdict(dict)
        for partnership in partner.sources_of("partnerships", "partners[].partner"):
            for other in partnership.targets("partners"):
                if other is not partner:
                    shared[other][partnership] = None
        return [(one, list(shared[one])) for one in sorted(shared, key=lambda one: (-len(shared[one]), one.sort_key))]


def month(text: str) -> str:
    """Return ``YYYY-MM`` (or ``YYYY-MM-DD``, ``YYYY``) as people write it: ``March 2015``."""
    year, *rest = str(text).split("-")
    if not rest:
        return year
    name = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {name} {year}" if len(rest) > 1 else f"{name} {year}"


def number(value: float) -> str:
    """Return a number with thousands separators: ``17,000``."""
    return f"{value:,}"


def host(address: str) -> str:
    """Return the host of an address, which is what a reader wants to see of it."""
    return address.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")
