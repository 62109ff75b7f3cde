"""Characters that no text of a project holds, and the one form of Unicode that all text is in.

The same letter can be written in two ways: ``ü`` as one character, or as ``u`` and a mark above it. To a program these
are two texts, so all text is brought to the first way (NFC) when it is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_UNSEEN: Final = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    r"\ufff9-\ufffd\U00013430-\U00013455\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    r"|(?<![^\w\s])[\ufe00-\ufe0f](?!\u20e3)"  # behind a symbol they choose between text and picture
)
"""Characters that no reader sees: zero-width ones, soft hyphens, and those that change the direction of writing; and
the one that stands for what was lost."""
_TURNING: Final = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that change the direction of writing: with them a text reads otherwise than it is written."""
_CATEGORIES: Final = frozenset({"Cc", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Categories without a letter to show: controls, unassigned and private ones, separators of lines and paragraphs."""
_ALLOWED: Final = "\n\t"
_LINE_END: Final = re.compile(r"\r(?=\n|\Z)")
_BLANKS: Final = str.maketrans(dict.fromkeys(_ALLOWED, " "))
LOST: Final = "\ufffd"


def composed(text: str) -> str:
    """Return a text in the composed form of Unicode (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def unwanted(text: str) -> str:
    """Return the first character of a text that no text may hold; an empty string if there is none."""
    return next((char for _, char in all_unwanted(text)), "")


def all_unwanted(text: str) -> Iterator[tuple[int, str]]:
    """Yield each character that no text may hold, with its offset. A carriage return may only end a line."""
    if "\r" in text:
        text = _LINE_END.sub(" ", text)
    if text.translate(_BLANKS).isprintable() and (text.isascii() or not _UNSEEN.search(text)):
        return  # as nearly all texts, and it is quick to tell
    unseen = {found.start() for found in _UNSEEN.finditer(text)}
    for offset, char in enumerate(text):
        if offset in unseen or (char not in _ALLOWED and unicodedata.category(char) in _CATEGORIES):
            yield offset, char


def unwanted_by_line(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield line and column (from 1) of the first such character of each line, and the character."""
    if next(all_unwanted(text), None) is not None:
        for number, line in enumerate(text.split("\n"), 1):
            for offset, char in all_unwanted(line):
                yield number, offset + 1, char
                break


def turning(text: str) -> str:
    """Return the first character of a text that changes the direction of writing or is none; empty if there is none."""
    return next((char for _, char in all_unwanted(text) if _TURNING.match(char) or _is_none(char)), "")


def described(char: str) -> tuple[str, str]:
    """Return what is wrong with a text that holds the character, and what to do."""
    code = f"U+{ord(char):04X}"
    anew = "delete it: write the text anew instead of pasting it"
    if char == LOST:
        return f"holds {code}, which stands for a character that was lost", "write the character that was meant"
    if _TURNING.match(char):
        return f"holds the invisible character {code}, which changes the direction of writing", anew
    if _is_none(char):
        return f"holds {code}, which is no character of Unicode", anew
    return f"holds the invisible character {code}", anew


def _is_none(char: str) -> bool:
    return unicodedata.category(char) in {"Cn", "Cs"}
