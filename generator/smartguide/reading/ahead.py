"""The files of a large project, read by all cores when they are read for the first time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from functools import partial
from typing import Final

from smartguide import processes
from smartguide.reading.documents import Document
from smartguide.reading.reader import Reader

FEW: Final = 500
"""So many files are read by one process: a further one would cost more than it brings."""
MOST: Final = 4
"""More processes would each take memory, and wait for each other."""


def read_ahead(reader: Reader) -> None:
    """Read the YAML files in the folders below ``content/`` into the cache of a reader that has read nothing yet.

    A file that includes others stays in no cache, so it is read again, and told of, when its turn comes.
    """
    workers = min(processes.cores(), MOST)
    if workers == 1 or reader.has_read:
        return
    names = [name for name in reader.listing.with_suffix(".yml") if "/" in name]
    if len(names) <= FEW:
        return
    shares = [names[number::workers] for number in range(workers)]
    with contextlib.ExitStack() as stack:
        jobs = [stack.enter_context(processes.started(partial(_read, reader.another(), one))) for one in shares[1:]]
        _read(reader.another(), shares[0])
        for share, job in zip(shares[1:], jobs, strict=True):
            for name, document in zip(share, job.result(), strict=True):
                if document is not None:
                    reader.take(name, document)


def _read(reader: Reader, names: Iterable[str]) -> list[Document | None]:
    """Return some files as documents; None for each that includes others."""
    return [None if document.has_includes else document for document in map(reader.included, names)]
