"""Patterns of schemas: regular expressions of ECMAScript, as JSON Schema asks, with the flag ``u``.

Python, Rust and browsers each know constructs that the others do not, so a pattern that works here may be refused by an
editor or another validator. What is no ECMAScript is found by reading the pattern once.
"""

from __future__ import annotations

import re
from typing import Final

_SYNTAX: Final = frozenset("^$\\.*+?()[]{}|/")
_ESCAPES: Final = frozenset("dDsSwWbBfnrtv0")
_GROUPS: Final = ("?:", "?=", "?!", "?<=", "?<!")
_QUANTIFIER: Final = re.compile(r"[*+?]|\{[0-9]+(?:,[0-9]*)?\}")
_LONG_ESCAPE: Final = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]+\}|c[A-Za-z]|[pP]\{[\w=]+\}|k<\w+>|[1-9][0-9]*)"
)


def fault(pattern: str) -> str:  # noqa: PLR0912  # one branch for each construct
    """Say why a pattern is no regular expression of ECMAScript; an empty string if it is one."""
    at, depth, can_repeat = 0, 0, False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            end, why = _escape(pattern, at, in_class=False)
            if why:
                return why
            at, can_repeat = end, pattern[at + 1] not in "bB"
        elif char == "[":
            end, why = _class(pattern, at)
            if why:
                return why
            at, can_repeat = end, True
        elif char == "(":
            if pattern.startswith("(?", at):
                named = re.match(r"\(\?<[A-Za-z_$][\w$]*>", pattern[at:])
                opening = next((one for one in _GROUPS if pattern.startswith(one, at + 1)), "")
                if not named and not opening:
                    return f"the group {pattern[at : at + 4]!r} is unknown in ECMAScript"
                at += len(named[0]) if named else 1 + len(opening)
            else:
                at += 1
            depth, can_repeat = depth + 1, False
        elif char == ")":
            depth, at, can_repeat = depth - 1, at + 1, True
            if depth < 0:
                return "a ) closes what no ( has opened"
        elif found := _QUANTIFIER.match(pattern, at):
            if not can_repeat:
                return f"there is nothing that {found[0]} could repeat"
            at, can_repeat = found.end(), False
            at += pattern.startswith("?", at)
        elif char in "{}]":
            return f"a {char} that stands for itself is written \\{char}"
        else:
            at, can_repeat = at + 1, char not in "^$|"
    return "a ( is never closed" if depth else ""


def _escape(pattern: str, at: int, *, in_class: bool) -> tuple[int, str]:
    """Return where an escape ends, and what is wrong with it."""
    if at + 1 >= len(pattern):
        return at, "a \\ at the end escapes nothing"
    if found := _LONG_ESCAPE.match(pattern, at):
        return found.end(), ""
    escaped = pattern[at + 1]
    if escaped in _SYNTAX or escaped in _ESCAPES or (in_class and escaped == "-"):
        return at + 2, ""
    remedy = {"Z": "; write $", "z": "; write $", "A": "; write ^"}.get(escaped, "")
    if not remedy and not escaped.isalnum():
        remedy = f"; write {escaped} alone"
    return at, f"\\{escaped} is unknown in ECMAScript{remedy}"


def _class(pattern: str, at: int) -> tuple[int, str]:
    """Return where a class such as ``[a-z]`` ends, and what is wrong with it."""
    at += 2 if pattern.startswith("[^", at) else 1
    before = ""
    while at < len(pattern):
        char = pattern[at]
        if char == "]":
            return at + 1, ""
        if pattern.startswith("[:", at) and ":]" in pattern[at:]:
            return at, f"{pattern[at : pattern.index(':]', at) + 2]} is unknown in ECMAScript"
        if char == "\\":
            end, why = _escape(pattern, at, in_class=True)
            if why:
                return at, why
            before, at = "", end
            continue
        if (
            char == "-"
            and before
            and at + 1 < len(pattern)
            and pattern[at + 1] not in "]\\"
            and before > pattern[at + 1]
        ):
            return at, f"the range {before}-{pattern[at + 1]} is the wrong way round"
        before, at = char, at + 1
    return at, "a [ is never closed"
