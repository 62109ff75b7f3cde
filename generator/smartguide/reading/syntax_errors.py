"""What is wrong with a text that is not readable as YAML: the line where the fault is, in words, and what to write.

The parser says where it could not go on, which is often a line or more below the fault, and names the rules of YAML. A
person gets the faults that people make: a missing blank, a text that needs quotes, a character that only looks right.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from smartguide.findings import quoted
from smartguide.reading.plain_yaml import in_quotes

Position = tuple[int, int]
"""A line and a column, both counted from 0."""

CHECK_ALL: Final = "check the indentation, the quotes and the colon after the key, here and on the line above"
LONGEST_SHOWN: Final = 60
"""So long a text may be for a hint to show it as it is to be written."""
_LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_LINE: Final = re.compile(
    r"(?P<before>\s*(?:-[ ]+)*)(?:(?P<key>[^\s:#\"'\[{&*!|>%@`-][^:#\"'\[{]*?):(?:[ ]+|$))?(?P<value>.*)$"
)
LIST_MARKS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u2023\u25aa\u25cf\u25cb\u25e6\u00b7*+"
_COLONS: Final = "\uff1a\ufe55\ua789\u2236"
"""Characters that look like a colon."""
_ASSIGNED: Final = re.compile(
    r"(?P<before>\s*(?:-[ ]+)*)(?P<key>[\w-]+)\s*(?P<sign>[:=\uff1a\ufe55\ua789\u2236]+)\s*(?P<value>(?!//).*)$"
)
_BLOCK: Final = re.compile(r"[|>](?:[1-9][+-]?|[+-][1-9]?)?\s*(?:#.*)?$")
_CLOSING: Final = {"[": "]", "{": "}"}
_NEVER_FIRST: Final = frozenset("*&!@`%,]}")
"""Characters with which a text cannot begin unless it is in quotes."""


class Explained(NamedTuple):
    """A fault: its line and column, counted from 0, what is wrong, and what to do."""

    line: int
    column: int
    message: str
    hint: str


def explain(problem: str, text: str, at: Position, context: Position | None = None) -> Explained:
    """Return what is wrong with a text.

    ``problem`` is what the parser says, ``at`` where it could not go on, ``context`` where what it was reading began.
    """
    lines = _LINE_BREAK.split(text)
    number = min(at[0], len(lines) - 1)
    found = _found(problem, lines, number, at[1], context)
    return found or Explained(*at, f"not readable as YAML: {problem}", CHECK_ALL)


def wrong_key(key: str) -> tuple[str, str] | None:
    """Return what is wrong with a key that YAML can read and nobody meant, and what to do; None if nothing is."""
    if found := _odd_blanks(key, 0):
        return found.message, found.hint
    if found := _list_mark(key, 0):
        return found.message, "begin it with '-' and a space"
    if key.startswith("-"):
        return "an entry of a list begins with '-' and a space", f"write {quoted(f'- {key[1:].strip()}: …')}"
    if odd := next((char for char in key if char.isspace() and char != " "), ""):
        return f"the key holds {_named(odd)}", "write it anew, with the characters of the keyboard"
    return None


def _found(  # noqa: PLR0912  # one branch for each fault
    problem: str, lines: list[str], number: int, column: int, context: Position | None
) -> Explained | None:
    above = _line_above(lines, number)
    begun = context[0] if context and context[0] < len(lines) else number
    if found := _second_record(problem, lines, number, above):
        return found
    suspects = sorted({above, number} if above is not None else {number})
    for suspect in suspects:
        line = lines[suspect]
        found = _fence(line, suspect) or _odd_blanks(line, suspect) or _dash(line, suspect) or _no_path(line, suspect)
        if found:
            return found
    if "could not find expected ':'" in problem:
        return _no_colon(lines, min(number, begun))
    for suspect in suspects:
        if found := _list_mark(lines[suspect], suspect):
            return found
    if lines[number][: column + 1].strip(" ").startswith("\t") or lines[number][column : column + 1] == "\t":
        return Explained(number, column, "a tab character where spaces belong", "indent with spaces, not with tabs")
    if "mapping values are not allowed" in problem:
        return _two_keys(lines, number, column, above)
    for suspect in suspects:
        if found := _needs_quotes(lines[suspect], suspect):
            return found
    if "escape" in problem or "hexdecimal" in problem or "Unicode character code" in problem:
        hint = "put the text in single quotes, where \\ is a character like any other"
        return Explained(number, column, "a \\ in double quotes begins a special character, and this is none", hint)
    if found := _unclosed(lines, number, begun, problem) or _comma(lines[number], number, column):
        return found
    if above is not None and (found := _key_below_text(lines, number, above)):
        return found
    return _indentation(lines, number, column, context)


def _line_above(lines: list[str], number: int) -> int | None:
    """Return the number of the nearest line above that is neither empty nor a comment."""
    above = range(number - 1, -1, -1)
    return next((one for one in above if lines[one].strip() and not lines[one].lstrip().startswith("#")), None)


def _second_record(problem: str, lines: list[str], number: int, above: int | None) -> Explained | None:
    """Find a line that ends the record, or begins another one."""
    if "another document" in problem:
        return Explained(number, 0, "a second record begins here", "delete the line with ---; a file holds one record")
    if above is not None and "document start" in problem and lines[above].rstrip() == "...":
        return Explained(above, 0, "a line ... ends the record, and more follows below it", "delete the line")
    return None


def _comma(line: str, number: int, column: int) -> Explained | None:
    """Find a comma in brackets that follows another one, or the bracket."""
    if line[column : column + 1] != "," or not line[:column].rstrip().endswith((",", "[", "{")):
        return None
    return Explained(number, column, "there is nothing before this comma", "delete it, or write a value before it")


def _fence(line: str, number: int) -> Explained | None:
    if not line.lstrip().startswith(("```", "~~~")):
        return None
    hint = "delete this line: it belongs to the page that the text was copied from"
    return Explained(number, 0, f"no line of a record begins with {line.lstrip()[:3]}", hint)


def _odd_blanks(line: str, number: int) -> Explained | None:
    """Find characters in the indentation that only look like spaces."""
    indentation = line[: len(line) - len(line.lstrip())]
    column, odd = next(((at, char) for at, char in enumerate(indentation) if char not in " \t"), (0, ""))
    if not odd:
        return None
    return Explained(number, column, f"the line begins with {_named(odd)}", "delete it, and type spaces in its place")


def _list_mark(line: str, number: int) -> Explained | None:
    """Find a list entry that begins with another sign than ``-``."""
    bare = line.lstrip()
    if not bare or bare[0] not in LIST_MARKS or (bare[0] in "*+" and bare[1:2] != " "):
        return None
    column = len(line) - len(bare)
    rest = bare[1:].strip()
    hint = f"write {_as_written('- ' + rest)}" if len(rest) <= LONGEST_SHOWN else "begin it with '- '"
    return Explained(number, column, f"a list entry begins with {_named(bare[0])}", hint)


def _dash(line: str, number: int) -> Explained | None:
    """Find an entry of a list without a space behind its ``-``."""
    found = re.match(r"(\s*)-(?=[A-Za-z\"'])(.*)", line)
    if not found:
        return None
    hint = (
        f"write {_as_written(f'- {found[2]}')}" if len(found[2]) <= LONGEST_SHOWN else "write '- ' in the place of '-'"
    )
    return Explained(number, len(found[1]), "an entry of a list begins with '-' and a space", hint)


def _no_path(line: str, number: int) -> Explained | None:
    """Find an ``!include`` before a bracket, which YAML takes for a part of the tag."""
    found = re.search(r"!include(?=[}\],])", line)
    return found and Explained(number, found.start(), "!include takes one path", "as in: !include books/*.yml")


def _no_colon(lines: list[str], number: int) -> Explained:
    """Explain a line that should be a key and its value."""
    line = lines[number]
    if found := _needs_quotes(line, number):
        return found
    column = len(line) - len(line.lstrip())
    message = "the line has no key that ends in ': '"
    assigned = _ASSIGNED.match(line)
    if assigned and len(assigned["value"]) <= LONGEST_SHOWN:
        odd = next((char for char in assigned[0] if char in _COLONS or (char.isspace() and char not in " \t")), "")
        message = f"the line holds {_named(odd)}" if odd else message
        return Explained(number, column, message, f"write {_as_written(_pair(assigned['key'], assigned['value']))}")
    hint = "write 'key: value', or indent the line further than the key above if it continues that text"
    return Explained(number, column, message, hint)


def _pair(key: str, value: str) -> str:
    return f"{key}: {value}".strip()


def _two_keys(lines: list[str], number: int, column: int, above: int | None) -> Explained:
    """Explain a colon after which a value cannot stand."""
    line = lines[number]
    parts = _LINE.match(line)
    begins = len(line) - len(line.lstrip())
    if parts and parts["key"] is not None and column > len(parts["before"]) + len(parts["key"]):
        return _colon_in_text(number, parts.start("value"), parts["value"])
    if above is None:
        return _colon_in_text(number, begins, line.strip())
    if found := _key_below_text(lines, number, above):
        return found
    upper = _LINE.match(lines[above])
    if upper and upper["key"] is None and (_ASSIGNED.match(lines[above]) or not upper["before"].strip()):
        return _no_colon(lines, above)
    return _deeper(lines, number, above)


def _colon_in_text(number: int, column: int, text: str) -> Explained:
    return Explained(number, column, "the text holds a ':' such as only a key has", _put_in_quotes(text))


def _deeper(lines: list[str], number: int, above: int) -> Explained:
    deeper = _indent(lines[number]) - _indent(lines[above])
    upper = _LINE.match(lines[above])
    if upper and upper["key"] is not None and upper["value"] and deeper > 0:
        blanks = "a space" if deeper == 1 else f"{deeper} spaces"
        hint = f"delete {blanks} at the beginning of the line"
        return Explained(number, 0, f"the line begins with {blanks} more than line {above + 1} above it", hint)
    hint = "begin the line where the keys above begin"
    return Explained(number, 0, "the line does not begin where the lines above begin", hint)


def _key_below_text(lines: list[str], number: int, above: int) -> Explained | None:
    """Find a key below an entry of a list that is a mere text: the key of that text is missing."""
    upper, here = _LINE.match(lines[above]), _LINE.match(lines[number])
    if not (upper and here) or here["key"] is None or upper["key"] is not None or not upper["before"].strip():
        return None
    if _indent(lines[number]) < len(upper["before"]) or here["before"].strip():
        return None
    text = upper["value"].strip()
    example = _as_written(f"- key: {text}") if len(text) <= LONGEST_SHOWN else "'- key: '"
    hint = f"write a key before that text, {example}: the field reference says which"
    return Explained(
        above, len(upper["before"]), f"the entry is a mere text, and line {number + 1} adds a key to it", hint
    )


def _needs_quotes(line: str, number: int) -> Explained | None:
    """Find a text that begins with a character which has a meaning of its own in YAML."""
    parts = _LINE.match(line)
    value = parts["value"].rstrip() if parts else ""
    if not parts or not value:
        return None
    first, rest = value[0], ""
    if first in "\"'":
        if (end := _end_of_quotes(value)) is None:
            return None
        rest = value[end:].strip()
        message = "the text goes on after the quote that closes"
        if value[-1] == first:  # all of it was meant to be in quotes
            value = value[1:-1]
        wrong = bool(rest) and not rest.startswith(("#", ":", ",", "]", "}"))
    elif first in "[{":
        end = value.rfind("]" if first == "[" else "}")
        rest = value[end + 1 :].strip()
        message = f"the text goes on after the bracket that closes what {first} began"
        wrong = end > 0 and bool(rest) and not rest.startswith(("#", ":", ",", "]", "}"))
    elif first in "|>":
        message = f"the text begins with '{first}', which has a meaning of its own in YAML"
        wrong = not _BLOCK.match(value)
    else:
        message = f"the text begins with '{first}', which has a meaning of its own in YAML"
        wrong = first in _NEVER_FIRST or (first in "-?" and value[1:2] in " \t" and parts["key"] is not None)
        wrong = wrong and not value.startswith("!include ")
    return Explained(number, parts.start("value"), message, _put_in_quotes(value)) if wrong else None


def _end_of_quotes(value: str) -> int | None:
    """Return where the text in quotes with which a value begins ends; None if that is not on this line."""
    pattern = r'"(?:[^"\\]|\\.)*"' if value[0] == '"' else r"'(?:[^']|'')*'"
    found = re.match(pattern, value)
    return found.end() if found else None


def _unclosed(lines: list[str], number: int, begun: int, problem: str) -> Explained | None:
    """Find a quote or a bracket that opens above and does not close where it should."""
    column = next((at for at, char in enumerate(lines[begun]) if char in "[{"), -1)
    if column >= 0 and "',' or" in problem:
        return _open_bracket(begun, column, lines[begun][column])
    for one in range(number, -1, -1):
        parts = _LINE.match(lines[one])
        value = parts["value"].rstrip() if parts else ""
        if parts and value and value[0] in "\"'" and _end_of_quotes(value) is None:
            message = "the quote that opens here does not close on this line"
            hint = f"end the text with {value[0]}, and write no {value[0]} inside it"
            return Explained(one, parts.start("value"), message, hint)
        if parts and value and value[0] in "[{" and value.count(value[0]) > value.count(_CLOSING[value[0]]):
            return _open_bracket(one, parts.start("value"), value[0])
    return None


def _open_bracket(number: int, column: int, sign: str) -> Explained:
    message = f"the {sign} that opens here does not close"
    return Explained(number, column, message, f"close it with {_CLOSING[sign]}, or put the text in quotes")


def _indentation(lines: list[str], number: int, column: int, context: Position | None) -> Explained | None:
    """Explain a line that begins in a column in which nothing above begins."""
    if context is None or context[0] >= number or not lines[number].strip():
        return None
    if lines[number].lstrip().startswith("- "):
        above = (one for one in range(number - 1, -1, -1) if lines[one].lstrip().startswith("- "))
        if (entry := next(above, None)) is not None:
            context = entry, _indent(lines[entry])
    kind = "entry" if lines[context[0]][context[1] : context[1] + 1] == "-" else "key"
    message = f"the line does not begin where the other lines of its {'list' if kind == 'entry' else 'part'} begin"
    spaces = "no space" if context[1] == 0 else f"{context[1]} space{'s' if context[1] > 1 else ''}"
    hint = f"begin it with {spaces}, as the {kind} on line {context[0] + 1}; text with : or # in it needs quotes"
    return Explained(number, column, message, hint)


def _put_in_quotes(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST_SHOWN:
        return "put the whole text in quotes, or write it below its key, indented, after '|'"
    return f"put the whole text in quotes: {in_quotes(text)}"


def _as_written(text: str) -> str:
    return quoted(text, 2 * LONGEST_SHOWN)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _named(char: str) -> str:
    """Return the words for a character: ``a no-break space (U+00A0)``."""
    name = unicodedata.name(char, "character").lower()
    code = f"U+{ord(char):04X}"
    return f"{char} ({name})" if char.isascii() else f"{'an' if name[0] in 'aeiou' else 'a'} {name} ({code})"
