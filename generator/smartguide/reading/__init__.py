"""YAML text to plain data, with the position of every key and every value.

Only what JSON could hold comes out: text, whole numbers, decimals, true and false, null, lists, and mappings with
text keys. Plain scalars are read by the core schema of YAML 1.2, so ``NO`` is Norway and not false, and ``2018-02``
stays text. ``!include`` (pyyaml-include) is the only tag; it takes a file or a wildcard below ``content/``.

What is refused, each with file, line and column: text that is not UTF-8, a file over 1 MiB, nesting over
50 levels, aliases that expand to more than 10,000 nodes, duplicate keys, every other tag, and an include that leaves
``content/`` (absolute paths, ``..``, symbolic links, any ``scheme://``).
"""

from smartguide.reading.documents import Document, Path_
from smartguide.reading.kept_data import KeptData
from smartguide.reading.listing import Listing, Signature
from smartguide.reading.reader import DocumentCache, Reader

__all__ = ["Document", "DocumentCache", "KeptData", "Listing", "Path_", "Reader", "Signature"]
