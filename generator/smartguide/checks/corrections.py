"""What to write for a value that breaks its schema: what a person most probably meant, as a record has it."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import jsonschema_rs

from smartguide.findings import did_you_mean, quoted
from smartguide.model.properties import Property, Schema
from smartguide.reading.plain_yaml import in_quotes, written
from smartguide.reading.syntax_errors import LIST_MARKS

MOST_DIGITS: Final = 18
"""So many digits a number may have to be read."""
BOOLEANS: Final = {
    **dict.fromkeys(("yes", "y", "on", "1", "true", "ja", "oui", "si", "sí"), "true"),
    **dict.fromkeys(("no", "n", "off", "0", "false", "nein", "non"), "false"),
}
"""What people write for true and false."""
_QUOTES: Final = "\"'\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a`\u00b4"
_TYPOGRAPHIC: Final = frozenset(_QUOTES) - frozenset("\"'")
_SEPARATORS: Final = " ,.'\u2019\u00a0\u2009\u202f_"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\ufe63"
_THOUSANDS: Final = re.compile(rf"[-+]?[0-9]{{1,3}}(?:[{_SEPARATORS}][0-9]{{3}})+")
_DIGITS: Final = "write digits only: no quotes, no thousands separator, no unit"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MARKED: Final = re.compile(rf"[{re.escape(LIST_MARKS)}]\s")
"""A text that begins with a sign with which word processors begin the entries of a list."""
_DASHED: Final = re.compile(r"-[^\W\d]")
"""An entry of a list without the space behind its dash."""
_OF_TEXT: Final = ("pattern", "format", "enum", "const", "minLength", "maxLength")
"""The keywords that say which texts are right."""


def fits(text: str, schema: Schema) -> bool:
    """Tell whether a schema takes a text, whatever its type."""
    wanted: Schema = {keyword: schema[keyword] for keyword in _OF_TEXT if keyword in schema}
    return jsonschema_rs.is_valid(wanted, text, validate_formats=True)


def to_fit(value: Any, schema: Schema) -> str:
    """Say what to write for a text that does not have the form that a schema wants; empty if that is not clear."""
    for candidate in _candidates(str(value).strip()):
        if candidate != value and fits(candidate, schema):
            return f"write {written(candidate)}"
    return ""


def _candidates(text: str) -> Iterator[str]:
    text = _of_keyboard(text)
    yield text
    yield text.strip(_QUOTES)
    if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", text):
        yield f"https://{text}"
    if found := re.match(r"(?:https?)?:?/*(?=[\w-]+\.)", text, re.IGNORECASE):
        yield f"https://{text[found.end() :]}"
    yield from (text.lower(), text.upper())
    if found := re.fullmatch(r"([0-9]{4})[-./]([0-9]{1,2})(?:[-./]([0-9]{1,2}))?", text):
        yield "-".join(part.zfill(2) for part in found.groups() if part)
    if found := re.fullmatch(r"(([0-9]{4}-[0-9]{2})-[0-9]{2})[T ][0-9:.]+(?:Z|[-+][0-9:]+)?", text):
        yield from found.groups()
    if found := re.fullmatch(r"([0-9]{1,2})[-./]([0-9]{4})", text):
        yield f"{found[2]}-{found[1].zfill(2)}"
    if found := re.fullmatch(r"(?:([0-9]{1,2})\.?\s+)?([A-Za-z]{3,})\.?\s+([0-9]{4})", text):
        day, month, year = found[1], found[2][:3].lower(), found[3]
        if month in _MONTHS:
            yield f"{year}-{_MONTHS.index(month) + 1:02}" + (f"-{day.zfill(2)}" if day else "")
    if found := re.fullmatch(r"(1[3-9]|2[0-9]|3[01])[-./]([0-9]{1,2})[-./]([0-9]{4})", text):  # the day comes first
        yield f"{found[3]}-{found[2].zfill(2)}-{found[1]}"


def _of_keyboard(text: str) -> str:
    """Return a text with the digits and dashes of the keyboard in the place of others that look or count like them."""
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else "-" if char in _DASHES else char for char in text
    )


def allowed(value: Any, options: list[Any]) -> str:
    """Say which values there are, as they are written, and which is meant; ``value`` is none of them."""
    shown = [written(one) if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in options]
    known = f"allowed: {', '.join(shown)}"
    if isinstance(value, str):
        bare = value.strip(_QUOTES + " ")
        if bare != value and bare in options:
            right = in_quotes(bare) if written(bare) != bare or value.strip()[0] in _QUOTES else bare
            return f"use straight quotes: {right}" if _TYPOGRAPHIC & set(value) else f"write {right}"
        if any(value.casefold() == str(one).casefold() for one in options):
            right = next(
                text for text, one in zip(shown, options, strict=True) if str(one).casefold() == value.casefold()
            )
            return f"did you mean '{right}'? {known}"
    nearest = did_you_mean(str(value), [str(one) for one in options])
    return " ".join(filter(None, (nearest, known)))


def to_number(text: str) -> str:
    """Say what to write for a text where a number belongs."""
    typed = text.strip().strip(_QUOTES)
    bare = _of_keyboard(typed)
    if re.fullmatch(r"[-+]?[0-9]+(?:\.[0-9]+)?", bare) and bare != text:
        return f"write {bare}" if bare == typed else f"write {bare}, with the characters of the keyboard"
    if _THOUSANDS.fullmatch(bare):
        return f"write {re.sub(f'[{_SEPARATORS}]', '', bare)}: a number has no thousands separator"
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", bare):
        return f"write {bare.replace(',', '.')}: decimals follow a point"
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", bare) and "." not in bare:
        return f"write {bare}, without quotes"
    return _DIGITS


def to_whole_number(text: str) -> str:
    """Say what to write for another number where a whole one belongs."""
    hint, number = to_number(text), text.replace(",", ".")
    if _THOUSANDS.fullmatch(text) or not re.fullmatch(r"[-+]?[0-9]*\.[0-9]+", number):
        return hint
    below = math.floor(float(number))
    return f"write a whole number, such as {below} or {below + 1}"


def to_list(value: Any, declared: Property | None) -> str:
    """Say what to write for a single value where a list belongs."""
    item = declared.item if declared is not None else None
    if isinstance(value, dict):
        first = next(iter(value), "")
        if item is not None and item.properties and first not in item.properties:  # it stands for a value
            first = next((name for name, child in item.properties.items() if child.is_required), first)
        return f"begin each entry with '- ' on a line of its own, as in {quoted(f'- {first}: …')}"
    if _MARKED.match(str(value)) or _DASHED.match(str(value)):
        return "begin each entry with '-' and a space, on a line of its own"
    parts = [part.strip() for part in re.split("[,;]", str(value)) if part.strip()] or [str(value)]
    if item is not None and "object" in item.types and "string" not in item.types:
        return f"below the key, {as_entry(parts[0], item, in_list=True)}"
    if len(parts) > 1 and len(str(value)) <= LONGEST:
        return f"write [{', '.join(written(part) for part in parts)}]"
    shown = quoted(f"- {written(str(value))}") if len(str(value)) <= LONGEST else "each entry after '- '"
    return f"write {shown} on a line of its own below the key"


def as_entry(text: str, declared: Property, *, in_list: bool, in_brackets: bool = False) -> str:
    """Say what to write for a text where a mapping belongs: the text under the key that it is most probably meant for.

    That is a required key which takes the text, or else one that takes any text. ``in_brackets`` says that the text
    stands in a list between [ and ].
    """
    required = [name for name, child in declared.properties.items() if child.is_required]
    free = [name for name, child in declared.properties.items() if _takes_any_text(child)]
    fitting = [name for name in required if fits(text, declared.properties[name].schema)]
    names = [*fitting, *required] if required else sorted(free, key=lambda name: -_longest(declared.properties[name]))
    if not names:
        return purpose(declared.schema)
    shown = written(text) if len(text) <= LONGEST else "…"
    entry = quoted(f"{'- ' if in_list else ''}{names[0]}: {shown}", 2 * LONGEST)
    others = [name for name in required if name != names[0]]
    if in_brackets:
        shown = in_quotes(text) if set(text) & set(",[]{}") else shown
        return f"write {{{', '.join([f'{names[0]}: {shown}', *(f'{name}: …' for name in others)])}}}"
    if others:
        return f"write {entry}, and below it {', '.join(f'{name}: …' for name in others)}"
    optional = [name for name in declared.properties if name != names[0]]
    return f"write {entry}" + (f"; other keys: {', '.join(optional)}" if not required and optional else "")


def _longest(declared: Property) -> int:
    """Return how long the texts are that are meant for a property, by its examples."""
    examples = declared.schema.get("examples")
    return max((len(str(one)) for one in examples), default=0) if isinstance(examples, list) else 0


def _takes_any_text(declared: Property) -> bool:
    limited = {"pattern", "enum", "const", "format", "x-ref"} & declared.schema.keys()
    return "string" in declared.types and not limited and declared.path[-1] != "[]"


def purpose(schema: Schema) -> str:
    """Say what a property is for, with an example."""
    examples = schema.get("examples", [])
    example = examples[0] if isinstance(examples, list) and examples else None
    shown = f"for example {json.dumps(example, ensure_ascii=False)}" if isinstance(example, str | int | float) else ""
    description = str(schema.get("description", ""))
    return "; ".join(filter(None, (description.rstrip("."), shown)))


LONGEST: Final = 60
"""So long a text may be for a hint to show it as it is to be written."""
