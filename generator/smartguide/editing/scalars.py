"""The canonical style of a single value: how a text is written in YAML so that every reader reads the same text back.

A text is written plain where YAML 1.1 and YAML 1.2 both read it as that text, and otherwise in double quotes. One that
would reach beyond ``WIDTH`` is folded, and one with line breaks is written as it is.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple

WIDTH: Final = 100
"""No line of a text reaches beyond this column, but for a word that is longer by itself."""

_INDICATORS: Final = (*",[]{}#&*!|>'\"%@`", "---", "...")
"""What means something to YAML at the beginning of a value, or of a line."""
_WORD: Final = re.compile(r"(?:y|n|yes|no|on|off|true|false|null|~|=|<<)\Z", re.IGNORECASE)
"""What a version of YAML reads as true, false, nothing, or as an order to merge."""
_NUMBER: Final = re.compile(
    r"[-+.,:_/ 0-9]*[0-9][-+.,:_/ 0-9]*\Z"  # 12, 1.5, 1_000, 12:30, 2016-01-31, and what people would take for such
    r"|[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?e[-+]?[0-9]+\Z"
    r"|[-+]?\.[0-9_]+e[-+]?[0-9]+\Z"
    r"|[-+]?0(?:x[0-9a-f_]+|o[0-7_]+|b[01_]+)\Z"
    r"|[-+]?\.(?:inf|nan)\Z"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[t ][-+0-9:. z]*\Z",
    re.IGNORECASE,
)
"""What is a number or a date to a version of YAML, or looks like one."""
_ESCAPED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""What is written as an escape: characters that YAML does not allow, blanks other than a space, and its line breaks."""
_FOLDS: Final = re.compile(r"(?<=[^ ]) (?=[^ ])")
"""Where a text may be folded: at a single space."""


class Written(NamedTuple):
    """A value as it is written: ``head`` stands behind the key, ``lines`` below it, indented."""

    head: str
    lines: tuple[str, ...] = ()


def scalar(value: Any, column: int, indent: int) -> Written:
    """Return a single value as it is written behind ``column`` characters; further lines are indented by ``indent``."""
    if isinstance(value, str):
        return text(value, column, indent)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Written(json.dumps(value))


def text(value: str, column: int, indent: int) -> Written:
    """Return a text as it is written behind ``column`` characters; further lines are indented by ``indent``."""
    if "\n" in value:
        return _literal(value, indent) if _may_be_literal(value) else Written(quoted(value))
    in_line = one_line(value)
    if column + len(in_line) > WIDTH and _may_be_folded(value):
        return _folded(value, indent)
    return Written(in_line)


def one_line(value: str) -> str:
    """Return a text as it is written in one line: plain, or in double quotes. So are keys."""
    return value if is_plain(value) else quoted(value)


def is_plain(value: str) -> bool:
    """Tell whether every version of YAML reads a text that is written without quotes as that text."""
    return not (
        value != value.strip(" ")
        or not value
        or value.startswith(_INDICATORS)
        or value[:2] in {"- ", "? ", ": ", "-", "?", ":"}
        or ": " in value
        or value.endswith(":")
        or " #" in value
        or _ESCAPED.search(value)
        or _WORD.match(value)
        or _NUMBER.match(value)
    )


def quoted(value: str) -> str:
    """Return a text in double quotes. Only what needs an escape has one."""
    return '"' + _ESCAPED.sub(_escape, value.replace("\\", "\\\\").replace('"', '\\"')) + '"'


_SHORT: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or f"\\u{ord(found[0]):04x}"


def _may_be_folded(value: str) -> bool:
    return value == value.strip(" ") and not _ESCAPED.search(value) and _FOLDS.search(value) is not None


def _folded(value: str, indent: int) -> Written:
    lines: list[str] = []
    for word in _FOLDS.split(value):
        if lines and indent + len(lines[-1]) + 1 + len(word) <= WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return Written(">-", tuple(" " * indent + line for line in lines))


def _may_be_literal(value: str) -> bool:
    lines = value.removesuffix("\n").split("\n")
    return (
        bool(lines[0])
        and bool(lines[-1])
        and not lines[0].startswith(" ")
        and not any(line.endswith(" ") or _ESCAPED.search(line) for line in lines)
    )


def _literal(value: str, indent: int) -> Written:
    body = value.removesuffix("\n")
    lines = tuple(" " * indent + line if line else "" for line in body.split("\n"))
    return Written("|" if body != value else "|-", lines)
