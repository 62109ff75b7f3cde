"""YAML text to plain data, with the position of every key and every value.

Only what JSON could hold comes out: text, whole numbers, decimals, true and false, null, lists, and mappings with
text keys. Plain scalars are read by the core schema of YAML 1.2, so ``NO`` is Norway and not false, and ``2018-02``
stays text. A number is written as it is shown, or it is refused: ``017`` could be fifteen, seventeen or a text. All
text is in one form of Unicode. ``!include`` (pyyaml-include) is the only tag; it takes a file or a wildcard below
``content/``.

What is refused, each with file, line and column: text that is not UTF-8, a file over 1 MiB, nesting over 50 levels,
aliases that expand to more than 10,000 nodes, duplicate keys, every other tag, characters that no text holds, merge
conflicts, and an include that leaves ``content/`` (absolute paths, ``..``, symbolic links, any ``scheme://``).
"""

from smartguide.reading.ahead import read_ahead
from smartguide.reading.characters import all_unwanted, composed, described, turning, unwanted
from smartguide.reading.conflicts import conflicts
from smartguide.reading.documents import Document, Path_
from smartguide.reading.kept_data import KeptData, digest
from smartguide.reading.left_alone import is_left_alone
from smartguide.reading.listing import Listing, Signature
from smartguide.reading.plain_yaml import NUMBER, cut_off, said_of_comment
from smartguide.reading.reader import DocumentCache, Reader

__all__ = [
    "NUMBER",
    "Document",
    "DocumentCache",
    "KeptData",
    "Listing",
    "Path_",
    "Reader",
    "Signature",
    "all_unwanted",
    "composed",
    "conflicts",
    "cut_off",
    "described",
    "digest",
    "is_left_alone",
    "read_ahead",
    "said_of_comment",
    "turning",
    "unwanted",
]
