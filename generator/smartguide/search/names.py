"""The index of names: what each page and each record is called, for a search that forgives misspellings.

It is one file as long as that is small. Of a larger knowledge base the collections with many records are split into
parts, by the first letters of the words of their names; the browser loads the parts that a question needs.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, NamedTuple

from smartguide.extensions import Extensions
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.model.properties import Value
from smartguide.pages.rendered import searchable
from smartguide.pages.text import prose, shortened
from smartguide.search.folding import fold, words

FOLDER: Final = "search/"
"""Where everything of the search is on the site."""
PATH: Final = f"{FOLDER}names.json"
PAGE: Final = "Page"
SECTION: Final = "Part of a page"
"""What a chapter and a heading in it are called among the kinds."""
WHOLE: Final = 250_000
"""An index of so many characters is one file."""
LARGE: Final = 1000
"""In a larger index, the records of a collection with so many are split into parts."""
PART: Final = 48_000
"""A part with more characters is split by one letter more."""
DEEPEST: Final = 4
"""By so many letters at most."""
COMMON: Final = 0.02
"""A word in a larger share of the names says little: a record is in the parts of its other words."""
TELLING: Final = 4
"""A longer name is in the parts of so many of its words, and one more."""
LONGEST_LINE: Final = 100


class Name(NamedTuple):
    """What is found by its names: a page, a record or a part of a page.

    ``kind`` is a kind of the index, ``id`` what stands for ``*`` in the URL of the kind, ``places`` are found like
    names but weigh less; ``line`` are the facts that are shown, the places first.
    """

    kind: str
    id: str
    title: str
    others: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    line: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of results: its name, that of several, and the URL of each with ``*`` for the id."""

    name: str
    plural: str
    url: str
    boost: float = 1
    is_large: bool = False
    names: list[Name] = field(default_factory=list)


def kinds(base: KnowledgeBase, extensions: Extensions, chapters: Iterable[Name]) -> list[Kind]:
    """Return all kinds with what is found of each. Raises ExtensionError."""
    written = list(chapters)
    found = [
        Kind(PAGE, "Pages", "*", names=[one for one in written if one.kind == PAGE]),
        Kind(SECTION, "Parts of pages", "*", names=[one for one in written if one.kind == SECTION]),
    ]
    own_urls = {one.id for one in written}
    for collection in base.collections.values():
        index = urls.collection(collection)
        if index not in own_urls:
            found[0].names.append(Name(PAGE, index, collection.title, line=_shown([collection.intro])))
        kind = collection.kind
        url = f"{index}#*" if collection.one_page else f"{index}*/"
        names = [_of_record(record, extensions) for record in collection]
        made = Kind(kind.title, collection.title, url, collection.boost, len(names) >= LARGE, names)
        found.append(made)
    return found


def _of_record(record: Record, extensions: Extensions) -> Name:
    places = tuple(dict.fromkeys(_texts(record, "place")))
    facts = tuple(dict.fromkeys(_texts(record, "fact")))
    line = _shown(facts if places or facts else [_summary(record)])
    names = _unlike(record.label, extensions.names_of(record))
    return Name(record.kind.title, record.id, record.label, names, places, line)


def _unlike(title: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that the search tells from the title and from each other."""
    known = {fold(title)}
    return tuple(name for name in names if not ((one := fold(name)) in known or known.add(one)))  # type: ignore[func-returns-value]


def _texts(record: Record, use: str) -> Iterator[str]:
    """Yield the values of a record that its schema declares for a use: those of references by their names."""
    for value in record.entry.values_of("x-search"):
        if value.property.search == use:
            yield from _said(record, value)


def _said(record: Record, value: Value) -> Iterator[str]:
    item = value.property.item
    if value.property.ref or (item is not None and item.ref):
        yield from (target.label for target in record.targets(*value.path))
    elif isinstance(value.value, list):
        yield from (str(one) for one in value.value if isinstance(one, str))
    elif isinstance(value.value, str):
        yield value.value
    elif isinstance(value.value, int | float) and not isinstance(value.value, bool):
        yield f"{value.property.title} {value.value}"


def _summary(record: Record) -> str:
    """Return the line that describes a record as plain text."""
    prop = record.kind.root.properties.get(record.kind.summary_key)
    return searchable(prose(record.summary)) if prop is not None and prop.prose else record.summary


def _shown(facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(shortened(one, LONGEST_LINE) for one in facts if one)


Files = dict[str, str]


def files(found: Sequence[Kind]) -> Files:
    """Return the files of the index by path, the first of which is ``PATH``."""
    whole = _all(enumerate(found))
    head: dict[str, Any] = {
        "kinds": [[one.name, one.plural, one.url, one.boost] for one in found],
    }
    if len(text := written({**head, **whole})) <= WHOLE or not any(one.is_large for one in found):
        return {PATH: text}
    small = [(number, one) for number, one in enumerate(found) if not one.is_large]
    large = [(number, one) for number, one in enumerate(found) if one.is_large]
    parts, common = _parts(large)
    made = {prefix: written(_table(rows)) for prefix, rows in parts.items()}
    paths = {prefix: hashed("names", text) for prefix, text in made.items()}
    head |= {"parts": {prefix: path.removeprefix(FOLDER) for prefix, path in paths.items()}, "common": common}
    return {PATH: written({**head, **_all(small)}), **{paths[prefix]: text for prefix, text in made.items()}}


Row = tuple[int, Name]


def _all(found: Iterable[tuple[int, Kind]]) -> dict[str, Any]:
    return _table([(number, one) for number, kind in found for one in kind.names])


def _table(rows: Iterable[Row]) -> dict[str, Any]:
    """Return names as the file holds them: facts once, and lists without what is empty at their ends."""
    facts: dict[str, int] = {}
    records: list[list[Any]] = []
    for kind, name in rows:
        numbered = [[facts.setdefault(one, len(facts)) for one in texts] for texts in (name.places, name.line)]
        record: list[Any] = [kind, name.id, name.title, list(name.others), *numbered]
        while record[-1] == []:
            record.pop()
        records.append(record)
    return {"facts": list(facts), "records": records}


def _parts(large: Iterable[tuple[int, Kind]]) -> tuple[dict[str, list[Row]], list[str]]:
    """Return the parts of an index by the first letters of their words, and the words that say little."""
    rows = [(number, name, _words_of(name)) for number, kind in large for name in kind.names]
    counted = Counter(word for _, _, own in rows for word in set(chain.from_iterable(own)))
    common = {word for word, count in counted.items() if count > COMMON * len(rows)}
    by_word: dict[str, list[Row]] = {}
    for number, name, own in rows:
        for word in dict.fromkeys(chain.from_iterable(_telling(one, common, counted) for one in own)):
            by_word.setdefault(word, []).append((number, name))
    parts: dict[str, list[Row]] = {}
    _divide("", by_word, parts)
    return parts, sorted(common)


def _words_of(name: Name) -> list[list[str]]:
    """Return the words of each name; of a short one also that which it is without blanks: people write it so."""
    found = []
    for text in (name.title, *name.others):
        own = words(text)
        found.append([*own, "".join(own)] if 1 < len(own) <= TELLING else own)
    return found


def _telling(own: list[str], common: set[str], counted: Mapping[str, int]) -> list[str]:
    """Return the words of a name by which its part is found: the rarest, unless it has only common ones."""
    return sorted([word for word in own if word not in common] or own, key=lambda word: (counted[word], word))[
        : TELLING + 1
    ]


def _divide(prefix: str, by_word: Mapping[str, list[Row]], parts: dict[str, list[Row]]) -> None:
    """Put names into the part of a prefix, or into those of longer ones if they are too many."""
    rows = list({id(row[1]): row for own in by_word.values() for row in own}.values())
    size = sum(len(name.id) + len(name.title) + sum(map(len, name.others)) + 20 for _, name in rows)
    if prefix and (size <= PART or len(prefix) == DEEPEST):
        parts[prefix] = rows
        return
    below: dict[str, dict[str, list[Row]]] = {}
    for word, own in by_word.items():
        below.setdefault(word[: len(prefix) + 1], {})[word] = own
    for longer, own_words in sorted(below.items()):
        if longer == prefix:  # the word is the prefix itself
            parts[prefix] = own_words[prefix]
        else:
            _divide(longer, own_words, parts)


def hashed(name: str, text: str) -> str:
    """Return a path that changes with the text, so that no browser puts a new index and an old part together."""
    return f"{FOLDER}{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"


def written(data: Any) -> str:
    """Return data as the files of the search hold it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
