"""What things are made of, as digests: two that are equal are made of the same."""

from __future__ import annotations

import functools
import hashlib
import json
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from smartguide.model.entries import Key
from smartguide.model.knowledge_base import Asked, KnowledgeBase
from smartguide.quality.overview import Quality

PACKAGE: Final = Path(__file__).parents[1]


def of(value: Any) -> str:
    """Return the digest of data that JSON can hold."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def of_files(folder: Path, files: Iterable[Path] | None = None) -> str:
    """Return the digest of files below a folder, with their paths; by default of all of them."""
    found = hashlib.blake2b(digest_size=16)
    for path in sorted(folder.rglob("*") if files is None else files):
        if path.is_file() and "__pycache__" not in path.parts:
            name = path.relative_to(folder).as_posix().encode()
            found.update(b"%d %s %d " % (len(name), name, path.stat().st_size))
            found.update(path.read_bytes())
    return found.hexdigest()


@functools.cache
def of_program() -> str:
    """Return the digest of the generator itself, of Python, and of the versions of all packages that are installed."""
    installed = Path(sysconfig.get_paths()["purelib"])
    packages = sorted(path.name for path in installed.glob("*.dist-info"))  # the name holds the version
    return of([sys.version, packages, of_files(PACKAGE)])


class Answers:
    """What a knowledge base answers, as digests, and what is known of its records besides (``quality``)."""

    def __init__(self, base: KnowledgeBase, quality: Quality) -> None:
        self._base = base
        self._quality = quality
        self._records = {record.entry.key: self._of_record(record) for record in base}
        self._answers: dict[str, str | int | None] = {}

    def of(self, asked: Iterable[str]) -> str:
        """Return the digest of all answers to what was asked; see ``written``."""
        return of([self._answers[one] if one in self._answers else self._answer(one) for one in asked])

    def _answer(self, asked: str) -> str | int | None:
        found = self._answers[asked] = self._asked(asked)
        return found

    def _asked(self, asked: str) -> str | int | None:
        what, _, name = asked.partition(" ")
        if what == "size":
            return len(self._base.collections[name]) if name in self._base.collections else None
        if what == "collection":
            return self._of_collection(name)
        collection, _, record_id = name.partition("/")
        key = collection, record_id
        if what == "outside":
            return of(self._quality.outside(key))
        if what == "neighbours":
            return self._of_neighbours(key)
        return self._records.get(key) if what == "record" else self._of_references(key)

    def _of_collection(self, name: str) -> str | None:
        if name not in self._base.collections:
            return None
        return of([(key, self._records[name, key]) for key in self._base.collections[name].records])

    def _of_references(self, key: Key) -> str:
        return of([(*link.source, link.through.name) for link in self._base.links.to_record(key)])

    def _of_neighbours(self, key: Key) -> str | None:
        name, record_id = key
        collection = self._base.collections.get(name)
        found = collection.neighbours_by_id.get(record_id) if collection is not None else None
        return found and of([one and (one.id, one.label) for one in found])

    @staticmethod
    def _of_record(record: Any) -> str:
        document = record.entry.document
        if not document.has_includes:
            return f"{record.path} {document.digest}"
        return of([record.path, *(one.digest for one in document.documents())])


def written(asked: Asked) -> list[str]:
    """Return what was asked, in words that can be kept, in an order that is always the same."""
    return sorted(_words(asked))


def _words(asked: Asked) -> Iterator[str]:
    whole = asked.collections
    yield from (f"record {name}/{record_id}" for name, record_id in asked.records if name not in whole)
    yield from (f"references {name}/{record_id}" for name, record_id in asked.referenced)
    yield from (f"neighbours {name}/{record_id}" for name, record_id in asked.neighbours)
    yield from (f"outside {name}/{record_id}" for name, record_id in asked.outside)
    yield from (f"collection {name}" for name in whole)
    yield from (f"size {name}" for name in asked.sizes - whole)
