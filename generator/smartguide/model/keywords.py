"""The keywords that our schemas have beside those of JSON Schema; other validators ignore them.

Each says where it may stand and what its value may be, so that a misspelt or misplaced one is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

_NAME: Final = {"type": "string", "minLength": 1}
_TRUE: Final = {"const": True}
_NAMES: Final = {"type": "array", "items": _NAME, "minItems": 1, "uniqueItems": True}

_WEIGHT: Final = {"type": "number", "exclusiveMinimum": 0, "maximum": 100}


@dataclass(frozen=True)
class Keyword:
    """A keyword: ``of`` is what it may stand on, ``value`` the JSON Schema of its value."""

    of: str
    value: dict[str, Any]
    description: str


KIND: Final = "kind"
PROPERTY: Final = "property"
ANYWHERE: Final = "anywhere"

FOR_EDITORS: Final = "schemaSequence"
"""A keyword of yaml-language-server: the schemas of the documents in a file, one after the other.

A record is the only document of its file, so the first applies to it. It is our way to let an editor know what other
records there are: the server takes what it refers to and does not mind if that is not there, as in a fresh clone. A
plain ``$ref`` to a missing file would be an error in each record, and a setting of the editor that names another schema
has no effect beside the first line of a record.
"""


def for_editors(kind: str) -> list[Any]:
    """Return the value of that keyword in the schema of a kind."""
    return [{"allOf": [{"$ref": "#"}, {"$ref": f"../.cache/schemas/{kind}.schema.json"}]}]


KEYWORDS: Final[dict[str, Keyword]] = {
    "x-plural": Keyword(KIND, _NAME, "What a list of such records is called."),
    "x-singular": Keyword(
        KIND, _NAME, "What one such record is called inside of a sentence; without it the title, in lower case."
    ),
    "x-group": Keyword(
        PROPERTY, _NAME, "The group of the form for records in which a property at the top of a record is found."
    ),
    "x-help": Keyword(
        PROPERTY, _NAME, "What the form for records says of the property, where its description is about files."
    ),
    "x-label": Keyword(KIND, _NAME, "The property that names a record; without it `title` or `name`."),
    "x-summary": Keyword(KIND, _NAME, "The property that describes a record in a line."),
    "x-ref": Keyword(
        PROPERTY,
        {"type": "string", "pattern": "^[a-z0-9-]+(#[^#]+)?$"},
        "The value is the id of a record of that collection; `countries#code` means that it is the value of the "
        "property `code` of a record there.",
    ),
    "x-inverse": Keyword(
        PROPERTY, _NAME, "What the back-reference is called on the page of the record that is referred to."
    ),
    "x-mirror": Keyword(
        PROPERTY,
        _NAME,
        "The record that is referred to must refer back, through its property of that name.",
    ),
    "x-continues": Keyword(
        PROPERTY,
        _TRUE,
        "The value names the record that this one continues: never itself, never in a circle. The two may have the "
        "same name.",
    ),
    "x-facet": Keyword(
        PROPERTY,
        _TRUE,
        "A property that the list of the collection is filtered by: its values are offered, of numbers and dates a "
        "range, of a list of mappings with references how many there are.",
    ),
    "x-facet-through": Keyword(
        PROPERTY,
        _NAMES,
        "Properties of the records that are referred to (at this property or below it) that the list is filtered by, "
        'too: `"authors": {"x-facet-through": ["country"]}` gives the filter `authors.country`.',
    ),
    "x-facet-inverse": Keyword(
        PROPERTY,
        {"anyOf": [_TRUE, _NAMES]},
        "The list of the records that are referred to (at this property or below it) is filtered and sorted by how "
        "many records refer to each, and filtered by those properties of them that are named.",
    ),
    "x-search": Keyword(
        PROPERTY,
        {"enum": [True, "place", "fact"]},
        "What the property is to the search: a name by which people look for the record (`true`), a place or the like "
        'by which it is found after its names (`"place"`), or a fact that a result shows (`"fact"`). Of a reference '
        "it is the name of the record that is referred to. Places and facts are shown in a line below the name; "
        "without any, the summary is.",
    ),
    "x-alias": Keyword(
        PROPERTY, _TRUE, "Other spellings of the record's name; one that repeats the name is a finding."
    ),
    "x-former-ids": Keyword(PROPERTY, _TRUE, "Ids that the record had before; their URLs lead to the record."),
    "x-prose": Keyword(PROPERTY, _TRUE, "The text may hold paragraphs, emphasis, lists and links."),
    "x-folded": Keyword(
        PROPERTY,
        _TRUE,
        "A property at the top of a record that only those need who check it against its sources: the page shows it "
        "last, folded.",
    ),
    "x-tooltip": Keyword(
        PROPERTY,
        _TRUE,
        "The text explains the record's name: it is the tooltip wherever the name stands in the text of a page, but "
        "for elements with the attribute `data-no-tooltips`, such as a list of all terms in a template.",
    ),
    "x-unique": Keyword(
        PROPERTY,
        {
            "anyOf": [
                {"enum": ["list", "collection"]},
                {"type": "object", "required": ["per"], "additionalProperties": False, "properties": {"per": _NAME}},
            ]
        },
        'No value twice: in the list that the property stands in (`"list"`), among the records of the collection '
        '(`"collection"`), or among those that share the value of another property (`{"per": "area"}`).',
    ),
    "x-at-most": Keyword(PROPERTY, _NAME, "The value is not above that of the property of this name beside it."),
    "x-below": Keyword(PROPERTY, _NAME, "The value is below that of the property of this name beside it."),
    "x-archived-copy-of": Keyword(
        PROPERTY,
        _NAME,
        "The URL of an archived copy of the page whose URL is the value of the property of this name beside it: a dead "
        "link that has a copy is no finding.",
    ),
    "x-or-url": Keyword(
        PROPERTY, _TRUE, "Beside an `x-ref`: in the place of an id, the value may be a URL (https://…)."
    ),
    "x-weight": Keyword(
        PROPERTY,
        {
            "anyOf": [
                _WEIGHT,
                {
                    "type": "object",
                    "required": ["weight", "where"],
                    "additionalProperties": False,
                    "properties": {
                        "weight": _WEIGHT,
                        "where": {
                            "type": "object",
                            "minProperties": 1,
                            "additionalProperties": {"type": ["string", "number", "boolean"]},
                        },
                    },
                },
            ]
        },
        "At the top of a record: how much it counts for how complete a record is that it has the property, or "
        '`{"weight": 2, "where": {"kind": "novel"}}`, if it counts only for records with those values. Properties '
        "without it do not count.",
    ),
    "x-verified": Keyword(
        PROPERTY,
        {"enum": ["on", "against"]},
        'When the record was last compared with a document: the day (`"on"`, YYYY-MM-DD), and the document '
        '(`"against"`, an id or a URL).',
    ),
    "x-inferred": Keyword(PROPERTY, _TRUE, "The names of properties of the record whose values no document states."),
    "x-question": Keyword(PROPERTY, _TRUE, "Questions about the record that nobody has answered yet."),
    "x-disputed-by": Keyword(
        PROPERTY,
        _NAME,
        "In a list of mappings: entries that have the same text in the property of this name beside it, and another "
        "value here, disagree.",
    ),
    "patternErrorMessage": Keyword(
        ANYWHERE, _NAME, "The words that an editor (yaml-language-server) shows in place of the `pattern` beside it."
    ),
    FOR_EDITORS: Keyword(
        KIND,
        {"type": "array"},
        "What an editor (yaml-language-server) reads instead: the schema itself, and the ids of the records that "
        "references can name, which `smartguide` writes to `.cache/schemas/`. It is "
        '`[{"allOf": [{"$ref": "#"}, {"$ref": "../.cache/schemas/<kind>.schema.json"}]}]`.',
    ),
    "x-message": Keyword(ANYWHERE, _NAME, "The words for a finding that comes from this part of the schema."),
}

RESERVED: Final = ("id", "url", "referenced_by")
"""Names that the API adds to each record, so no kind may use them for a property of its own."""
