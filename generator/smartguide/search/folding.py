"""How the search compares texts: without capitals and accents. The scripts of the theme do the same (``fold.js``).

``tests/folding.json`` holds texts with what they become; tests of both read it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LETTERS: Final = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ı": "i",  # noqa: RUF001  # looks like i
    "ŋ": "n",
    "ŧ": "t",
    "ĸ": "k",
    "ə": "e",
    "ς": "σ",  # noqa: RUF001  # looks like o
}
"""Letters that Unicode does not take apart, as people type them without a keyboard for them."""
_OTHERS: Final = {ord(letter): other for letter, other in LETTERS.items()}
_WORD: Final = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return a text as the search compares it. Letters of other alphabets stay as they are: ``łódź`` is ``lodz``."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower()).lower()  # № becomes No
    changed: dict[int, str | None] = {
        ord(char): None for char in set(apart) if unicodedata.category(char).startswith("M")
    }
    changed |= {code: other for code, other in _OTHERS.items() if chr(code) in apart}
    return apart.translate(changed) if changed else apart


def words(text: str) -> list[str]:
    """Return the words of a text, folded: runs of letters and digits, so that no sign is in any."""
    return _WORD.findall(fold(text))
