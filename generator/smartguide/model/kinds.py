"""The kinds of records: each is declared by one JSON Schema, from which its properties follow.

A schema is JSON Schema 2020-12 with a few keywords of our own; see ``keywords``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from smartguide.model.properties import Part, Property, Schema, expanded
from smartguide.reading import Path_


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of record: its schema, and what follows from it.

    ``validator`` checks a record against the schema; ``resolve`` returns what the ``$ref`` of a schema leads to, and
    ``validator_at`` what checks a value against the part of the schema at a path.
    """

    name: str
    schema: Schema
    validator: Any = field(repr=False)
    resolve: Callable[[Schema], Schema | None] = field(repr=False)
    validator_at: Callable[[Path_], Any] = field(repr=False)

    @property
    def title(self) -> str:
        """What one such record is called."""
        return str(self.schema.get("title", self.name))

    @property
    def plural(self) -> str:
        """What a list of such records is called."""
        return str(self.schema.get("x-plural", self.title + "s"))

    @property
    def singular(self) -> str:
        """What one such record is called inside of a sentence: ``x-singular``, or else the title."""
        title = self.title
        is_short_form = title[1:2].isupper()  # an abbreviation keeps its capitals
        return str(self.schema.get("x-singular") or (title if is_short_form else title[:1].lower() + title[1:]))

    @property
    def label_key(self) -> str:
        """The property that names a record: ``x-label``, or else ``title`` or ``name``, whichever is there."""
        known = self.root.properties
        return str(self.schema.get("x-label") or next((key for key in ("title", "name") if key in known), ""))

    @property
    def summary_key(self) -> str:
        """The property that describes a record in a line; an empty string if there is none."""
        return str(self.schema.get("x-summary", ""))

    @cached_property
    def root(self) -> Property:
        """The record itself as a property, with all others below it."""
        return Property((), tuple(expanded([Part(self.schema)], self.resolve)), is_required=True, _resolve=self.resolve)

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Every property at every depth, in the order of the schema."""
        return tuple(self.root.declared())

    @cached_property
    def order(self) -> dict[Property, int]:
        """The place of each property in the order of the schema."""
        return {prop: number for number, prop in enumerate(self.properties)}

    @cached_property
    def references(self) -> dict[str, Property]:
        """The properties that refer to other records, by name."""
        return {prop.name: prop for prop in self.properties if prop.ref}

    @cached_property
    def _having(self) -> dict[str, frozenset[Property]]:
        return {}

    def having(self, keyword: str) -> frozenset[Property]:
        """Return the properties whose schemas have a keyword."""
        if keyword not in self._having:
            self._having[keyword] = frozenset(prop for prop in self.properties if keyword in prop.schema)
        return self._having[keyword]

    @cached_property
    def marked(self) -> frozenset[Property]:
        """The properties whose schemas have a keyword of ours."""
        return frozenset(prop for prop in self.properties if any(key.startswith("x-") for key in prop.schema))

    def property_at(self, path: Path_) -> Property | None:
        """Return the property of the value at ``path`` of a record; None if the schema declares none there."""
        found: Property | None = self.root
        for part in path:
            found = found.below(part) if found is not None else None
        return found
