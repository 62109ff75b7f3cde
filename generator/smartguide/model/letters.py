"""Letters as ASCII writes them: to sort, to compare, and to make ids.

Unicode takes an accent off its letter (``ö`` is ``o`` and two dots), but knows nothing of that kind for ``ł``, ``ø``,
``ß`` or other scripts. Greek and Cyrillic are written as EU documents and road signs do, near enough to find a name by.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LATIN: Final = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T",
    "ŋ": "n", "Ŋ": "N", "ĸ": "k", "ɐ": "a", "ə": "e", "Ə": "E", "ɛ": "e", "Ɛ": "E", "ɔ": "o", "Ɔ": "O", "ƒ": "f",
    "ƀ": "b", "ɓ": "b", "ɗ": "d", "ɖ": "d", "ɨ": "i", "ɲ": "n", "ȷ": "j", "ʼ": "'", "‘": "'", "’": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-",
}  # fmt: skip
_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),  # noqa: SIM905
        strict=True,
    )
)
_CYRILLIC: Final = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщъыьэюяєіґђјљњћџѕ",
        "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh sht a y ' e yu ya ye i g dj j lj nj c dz dz".split(),  # noqa: SIM905
        strict=True,
    )
)
_SMALL: Final = {**_GREEK, **_CYRILLIC}
_LARGE: Final = {letter.upper(): text.title() for letter, text in _SMALL.items() if letter != "ς"}
_ASCII: Final = str.maketrans({**_LATIN, **_SMALL, **_LARGE})
_MARKS: Final = re.compile(r"[\u0300-\u036f]+")
_BEFORE_A_NAME: Final = re.compile(r"^[\W_]+")


def in_ascii(text: str) -> str:
    """Return a text with ASCII letters in the place of others, as far as there are any: ``Lodz`` for ``Łódź``."""
    if text.isascii():
        return text
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_ASCII)


def folded(text: str) -> str:
    """Return a text to be compared with others: without capitals and accents, in ASCII as far as that can be."""
    return in_ascii(text).casefold()


def sorting(text: str) -> str:
    """Return what a name is sorted by; marks before its first letter or digit, such as quotes, do not count."""
    plain = folded(text)
    return _BEFORE_A_NAME.sub("", plain) or plain
