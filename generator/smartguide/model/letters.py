"""Letters as ASCII writes them (anyascii): to sort, to compare, and to make ids."""

from __future__ import annotations

import re
from typing import Final

from anyascii import anyascii

_SIGNS: Final = str.maketrans({"ъ": "a", "Ъ": "A", "ь": "", "Ь": ""})
"""Letters for which anyascii writes quotes, which would divide a word; ``ъ`` as Bulgarian reads it."""
_BEFORE_A_NAME: Final = re.compile(r"^[\W_]+")


def folded(text: str) -> str:
    """Return a text to be compared with others, without capitals and accents: ``lodz`` for ``Łódź``."""
    return (text if text.isascii() else anyascii(text.translate(_SIGNS))).casefold()


def sorting(text: str) -> str:
    """Return what a name is sorted by; marks before its first letter or digit, such as quotes, do not count."""
    plain = folded(text)
    return _BEFORE_A_NAME.sub("", plain) or plain
