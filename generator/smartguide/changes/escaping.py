"""Text of strangers in a terminal and in Markdown: names, values, branches and files may hold anything.

In Markdown every character that means something there or to a forge is a character reference, and behind ``@``, ``#``
and ``:`` stands a zero-width space: a forge looks for mentions, issues and URLs in what Markdown has made already,
where a backslash or a reference no longer shows.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

LONGEST: Final = 300
"""So many characters of a text are shown."""
CONTEXT: Final = 10
"""So many words are shown before and after what differs in a text."""
_UNSEEN: Final = "�"
"""What stands for a character that would not be seen, or that a terminal would obey."""
_BREAK: Final = "&#8203;"
"""A zero-width space."""
_SPECIAL: Final = {
    ord(char): f"&#{ord(char)};{_BREAK if char in '@#:' else ''}" for char in "\\`*_{}[]()<>#+!|~=:$&\"'^@"
}
_BY_WORDS: Final = re.compile(r"(?i)\b(www)(?=\.)|\b(GH)(?=-\d)")
"""What a forge makes a link of without any of those characters."""


_LIST: Final = re.compile(r"-|\d+[.)]")
"""What begins an item of a list, where it begins a line."""


def one_line(text: str) -> str:
    """Return a text on one line, without characters that nobody sees or that a terminal would obey."""
    text = " ".join(text.split())
    return text if text.isprintable() else "".join(char if char.isprintable() else _UNSEEN for char in text)


def cut(text: str, longest: int = LONGEST) -> str:
    """Return a text, cut if it is long."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def literal(text: str) -> str:
    """Return a text for Markdown that shows just this text, on one line: no markup, mention or link comes of it."""
    line = _BY_WORDS.sub(rf"\g<0>{_BREAK}", one_line(text).translate(_SPECIAL))
    return f"&#{ord(line[0])};{line[1:]}" if _LIST.match(line) else line


def code(text: str) -> str:
    """Return a path, a URL or an id for Markdown, as code; as plain text if it could end the code."""
    line = one_line(text)
    return literal(line) if "`" in line or not line else f"`{line}`"


def as_json(data: Any) -> str:
    """Return data as JSON in which nothing is hidden: what cannot be printed is written as its code."""
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    return "".join(char if char.isprintable() or char == "\n" else _coded(char) for char in text)


def _coded(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def parted(before: str, after: str) -> tuple[str, str, str, str]:
    """Return two texts around what differs: some words before it, the words in the one and the other, some after it."""
    old, new = before.split(), after.split()
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    lead, tail = old[:start], old[len(old) - end :]
    return (
        " ".join(lead if len(lead) <= CONTEXT else ["…", *lead[-CONTEXT:]]),
        " ".join(old[start : len(old) - end]),
        " ".join(new[start : len(new) - end]),
        " ".join(tail if len(tail) <= CONTEXT else [*tail[:CONTEXT], "…"]),
    )


def _common(one: list[str], other: list[str]) -> int:
    """Return with how many equal words two lists begin."""
    return next(
        (at for at, both in enumerate(zip(one, other, strict=False)) if both[0] != both[1]), min(len(one), len(other))
    )
