"""The form says in the browser what the command line says: the same wrong records go through both."""

from __future__ import annotations

import re
from typing import Any

import pytest

from smartguide.checks.checking import check
from smartguide.checks.record_checks import OWN_RULES
from smartguide.checks.schema_errors import _RULES as RULES_OF_KEYWORDS
from smartguide.forms.only_ci import IN_BROWSER, KEPT_BY_FORM, ONLY_CI, UNREFERENCED
from tests.form_models import ask, form_and_names
from tests.generator.made import schema
from tests.projects import write

Said = dict[str, tuple[set[tuple[str, str]], set[tuple[str, str]]]]
"""What the command line and the form say of each wrong record: rules and words."""
PART: dict[str, Any] = {"title": "Part", "type": "object", "additionalProperties": False, "required": ["what"]}
TRIP: dict[str, Any] = {
    "name": {"type": "string", "minLength": 1, "examples": ["Around the lake"], "description": "What it is called."},
    "line": {"type": "string", "maxLength": 30},
    "aliases": {"type": "array", "items": {"type": "string"}, "uniqueItems": True, "x-alias": True},
    "kind": {"type": "string", "enum": ["walk", "climb", "1"]},
    "grade": {"type": "integer", "enum": [1, 2, 3]},
    "year": {"type": "string", "pattern": "^(19|20)[0-9]{2}$", "x-message": "write a year, such as 2016"},
    "month": {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2016-01"]},
    "opened": {"type": "string", "format": "date"},
    "seen": {"type": "string", "examples": ["2020-05-17"]},
    "nights": {"type": "integer", "minimum": 1, "maximum": 30, "x-at-most": "most"},
    "most": {"type": "integer"},
    "low": {"type": "number", "x-below": "high", "exclusiveMinimum": 0},
    "high": {"type": "number", "multipleOf": 5},
    "guided": {"type": "boolean"},
    "start": {"type": "string", "x-at-most": "end"},
    "end": {"type": "string"},
    "link": {"type": "string", "pattern": "^https?://[^ ]+$", "x-message": "write a whole URL"},
    "number": {"type": "integer", "x-unique": "collection"},
    "place": {"type": "integer", "x-unique": {"per": "kind"}},
    "code": {"type": "string"},
    "tags": {"type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": True, "items": {"type": "string"}},
    "parts": {
        "type": "array",
        "uniqueItems": True,
        "items": {
            **PART,
            "description": "A part.",
            "properties": {
                "what": {"type": "string", "description": "What it is.", "examples": ["A pass"]},
                "hours": {"type": "number", "description": "How long."},
            },
        },
    },
    "stops": {
        "type": "array",
        "items": {
            "type": "object",
            "description": "A stop.",
            "required": ["hut"],
            "additionalProperties": False,
            "properties": {
                "hut": {"type": "string", "x-ref": "huts", "x-unique": "list", "description": "The hut."},
                "role": {"type": "string", "description": "Its role."},
            },
        },
    },
    "valley": {"type": "string", "x-ref": "valleys#code"},
    "after": {"type": "string", "x-ref": "trips", "x-continues": True},
    "former": {"type": "array", "items": {"type": "string"}, "x-former-ids": True},
    "prose": {"type": "string", "x-prose": True},
    "size": {"oneOf": [{"type": "number", "minimum": 1}, {"type": "object", "required": ["from", "to"]}]},
    "left": {"type": "string"},
    "right": {"type": "string"},
    "rope": {"type": "string"},
    "compared": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "on": {"type": "string", "x-verified": "on", "description": "The day."},
            "against": {"type": "string", "x-ref": "maps", "x-verified": "against", "description": "The map."},
        },
    },
}
WHEN: list[dict[str, Any]] = [
    {
        "if": {"properties": {"kind": {"const": "climb"}}, "required": ["kind"]},
        "then": {"required": ["rope"], "x-message": "a climb needs a rope"},
        "else": {"properties": {"rope": False}, "x-message": "only a climb has a rope"},
    },
    {"if": {"required": ["nights"], "properties": {"nights": {"minimum": 20}}}, "then": {"required": ["most"]}},
]
FILES = {
    "content/catalogue.yml": """
        collections:
          trips: {schema: trip, standalone: true, records: !include trips/*.yml}
          huts: {schema: hut, standalone: true, records: !include huts/*.yml}
          valleys: {schema: valley, standalone: true, records: !include valleys.yml}
          maps: {schema: map, standalone: true, dated_by: printed, records: !include maps.yml}
        """,
    "content/maps.yml": """
        old: {name: Old map, printed: "1999"}
        new: {name: New map, printed: 2019-05}
        bare: {name: Map without a date}
        """,
    "content/trips/a-first.yml": """
        name: The first trip
        kind: walk
        number: 7
        place: 3
        former: [old-first]
        """,
    "content/trips/b-follower.yml": "{name: Follower, kind: walk, after: a-first}",
    "content/huts/upper-lake.yml": "{name: Upper Lake Hut, former: [lake-hut]}",
    "content/huts/stone-pass.yml": "{name: Stone Pass Hut}",
    "content/valleys.yml": """
        north: {name: North Valley, code: NV}
        south: {name: South Valley, code: SV}
        """,
    "schemas/trip.schema.json": schema(
        "Trip",
        TRIP,
        required=["name", "kind"],
        allOf=WHEN,
        dependentRequired={"left": ["right"]},
        **{"x-label": "name", "x-summary": "line"},
    ),
    "schemas/hut.schema.json": schema(
        "Hut",
        {"name": {"type": "string"}, "former": {"type": "array", "items": {"type": "string"}, "x-former-ids": True}},
    ),
    "schemas/map.schema.json": schema("Map", {"name": {"type": "string"}, "printed": {"type": "string"}}),
    "schemas/valley.schema.json": schema("Valley", {"name": {"type": "string"}, "code": {"type": "string"}}),
}
WRONG = """
required: {line: Round}
required in a list: {parts: [{hours: 2}]}
required but misspelt: {parts: [{wat: A pass}]}
unknown key: {colour: red}
unknown key that is misspelt: {nigths: 2}
unknown key of a part: {hours: 2}
unknown key in a list: {parts: [{what: x, nights: 3}]}
unknown key in a list that nothing is near: {stops: [{hut: upper-lake, zzzz: 1}]}
enum: {kind: swim}
enum in capitals: {kind: Walk}
enum in curly quotes: {kind: “walk”}
enum as a number: {kind: 1}
enum of numbers: {grade: 7}
enum of numbers as a text: {grade: "2"}
pattern with x-message: {year: "16"}
pattern that can be made to fit: {month: 2016/1}
pattern that can be made to fit from words: {month: March 2018}
pattern that cannot be made to fit: {month: soon}
pattern of a URL: {link: www.example.org/a}
pattern of a URL that has nothing of one: {link: none}
format: {opened: 2020-02-30}
format of another country: {opened: 17.05.2020}
date that is not in the calendar: {seen: 2021-02-29}
minimum: {nights: 0}
maximum: {nights: 40, most: 50}
minimum that is not part of it: {low: 0}
multiple: {high: 7}
too long: {line: "more than thirty characters, which is too long for a line"}
empty text: {name: ""}
blank text: {name: "  "}
empty list: {tags: []}
too many: {tags: [a, b, c, d]}
repeated: {tags: [a, b, a]}
repeated mappings: {parts: [{what: x}, {what: y}, {what: x}]}
repeated by a value: {stops: [{hut: upper-lake}, {hut: stone-pass}, {hut: upper-lake, role: end}]}
text for a number: {nights: twelve}
text with a unit for a number: {nights: "1,200"}
decimal comma: {high: "7,5"}
decimal comma for a whole number: {nights: "2,5"}
digits in quotes for a number: {nights: "12"}
fraction for a whole number: {nights: 2.5}
number for a text: {name: 12}
number for a text with a pattern: {year: 2016}
true for a text: {line: true}
text for true: {guided: ja}
number for true: {guided: 3}
text for a list: {tags: "a, b"}
text for a list of mappings: {parts: A pass}
mapping for a list: {parts: {what: x}}
text for a mapping: {parts:⏎  - A pass⏎}
list for a text: {line: [a, b]}
mapping for a text: {line: {Note: this}}
nothing: {line: null}
reference: {stops: [{hut: nowhere}]}
reference that is misspelt: {stops: [{hut: uper-lake}]}
reference by name: {stops: [{hut: Upper lake hut}]}
reference by a former id: {stops: [{hut: lake-hut}]}
reference by a property: {valley: XX}
reference by a property that is misspelt: {valley: NW}
unique among the records: {number: 7}
unique among some: {place: 3}
at most: {nights: 5, most: 3}
at most of texts: {start: "2017", end: "2016"}
below: {low: 10, high: 10}
alias that is the name: {name: Round, aliases: [Round, Other]}
alias that is the line: {name: Square, line: About, aliases: [About]}
condition: {kind: climb}
condition that forbids: {rope: long}
condition without words: {nights: 25}
one of several forms: {size: 0}
one of several forms that is none: {size: text}
one of several forms that lacks a key: {size: {from: 1}}
dependent key: {left: glove}
name of another: {name: the first trip}
former id of another: {former: [a-first]}
former id of another's: {former: [old-first]}
URL of one's own network: {link: "http://192.168.0.1/x"}
URL of a short host: {link: "http://intranet/x"}
Markdown in plain text: {line: "[this](https://example.org)"}
Markdown in a long text: {line: "see [this](https://example.org) for more"}
bold in plain text: {line: "a **bold** word"}
HTML: {line: "a <b>bold</b> word"}
curly quotes around a text: {line: “Round”}
entity: {line: "this &amp; that"}
heading in prose: {prose: "# Heading"}
link in prose without a scheme: {prose: "see [this](example.org)"}
picture in prose: {prose: "![x](https://example.org/x.png)"}
table in prose: {prose: "| a | b |\\n|---|---|\\n"}
invisible character: {line: "a\\u200bb"}
character that turns the direction: {line: "a\\u202eb"}
character that was lost: {line: "a\\ufffdb"}
character for private use: {line: "a\\ue000b"}
soft hyphen in a list: {tags: ["a", "b\\u00adc"]}
number that is too large: {most: 9007199254740992}
text with the sign of a list: {tags: "• a"}
number of a character: {line: "this &#8211; that"}
month within a year: {start: "2016-05", end: "2016", nights: 0}
compared in the future: {compared: {on: 2999-01-01, against: old}}
compared before the document was there: {compared: {on: 2019-04-30, against: new}}
several at once: {nights: 0, kind: swim, stops: [{hut: uper-lake}], colour: red}
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What the command line and the form say of each wrong record."""
    good = tmp_path_factory.mktemp("good")
    write(good, FILES)
    first = check(good)
    assert not first.findings
    known = form_and_names(first, "trips")
    wrong = tmp_path_factory.mktemp("wrong")
    write(wrong, FILES)
    texts = dict(line.split(": ", 1) for line in WRONG.strip().splitlines())
    for number, text in enumerate(texts.values()):
        given = text.removeprefix("{").removesuffix("}")
        lines = [] if number == 0 or "name:" in given else [f"name: Trip number {number}"]
        lines += [] if number == 0 or "kind:" in given else ["kind: walk"]
        record = "\n".join([*lines, given.replace("⏎", "\n")]) if "⏎" in given else f"{{{', '.join([*lines, given])}}}"
        write(wrong, {f"content/trips/z-{number:03}.yml": f"{record}\n"})
    checked = check(wrong)
    by_line: dict[int, set[tuple[str, str]]] = {number: set() for number in range(len(texts))}
    for finding in checked.findings:
        if found := re.search(r"z-(\d+)\.yml", finding.place.path):
            by_line[int(found[1])].add(_said(finding.rule, finding.explain()))
    records = [checked.base["trips"].records[f"z-{number:03}"].data for number in range(len(texts))]
    answers = ask("check", records, **known)
    by_form = [{_of_form(fault) for fault in faults} for faults in answers]
    return {name: (by_line[number], by_form[number]) for number, name in enumerate(texts)}


def _said(rule: str, text: str) -> tuple[str, str]:
    rule = "missing-key" if "is missing" in text and rule == "wrong-form" else rule
    text = re.sub(r"\((line|entry) \d+\)", "(earlier)", text)  # a form has no lines
    text = re.sub(r"(\.yml):\d+\)", r"\1)", text)
    return rule, text


def _of_form(fault: dict[str, Any]) -> tuple[str, str]:
    path = fault["path"][:-1] if fault["rule"] in {"missing-key", "unknown-key"} else fault["path"]
    key = ""
    for part in path:
        key += f"[{part}]" if isinstance(part, int) else f".{part}" if key else part
    return _said(fault["rule"], f"{key}: {fault['message']}" if key else fault["message"])


def test_the_form_says_of_a_wrong_record_what_the_command_line_says(said: Said) -> None:
    assert {name: by_form for name, (_, by_form) in said.items()} == {
        name: by_line for name, (by_line, _) in said.items()
    }
    assert [name for name, (by_line, _) in said.items() if not by_line] == []
    assert {rule for by_line, _ in said.values() for rule, _ in by_line} >= {
        *RULES_OF_KEYWORDS.values(),
        "unknown-reference",
    }


def test_every_rule_is_applied_by_the_form_or_listed_as_one_that_only_ci_applies() -> None:
    assert {rule.id for rule in OWN_RULES} == IN_BROWSER | ONLY_CI.keys() | KEPT_BY_FORM
    assert IN_BROWSER & ONLY_CI.keys() == {UNREFERENCED}  # of other records than new ones, only CI knows
    assert set(ask("rules")) == IN_BROWSER
