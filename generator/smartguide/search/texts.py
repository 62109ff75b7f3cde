"""The texts of all pages for the search: an inverted index in files of limited size.

A browser loads the shards that hold the words of a question, and the texts of the pages that it shows, however many
pages there are. What is kept of a page while a site is written is its text, once, and its words.
"""

from __future__ import annotations

import json
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from smartguide.model.knowledge_base import Record
from smartguide.pages.rendered import Rendered, SearchText
from smartguide.search.folding import words
from smartguide.search.names import FOLDER, PAGE, hashed, written

PATH: Final = f"{FOLDER}texts.json"
PART: Final = 24_000
"""A file with texts has so many characters, or those of one page."""
SHARD: Final = 48_000
"""A file of the index has so many, or those of one word."""
STOP_WORDS: Final = frozenset(
    (  # noqa: SIM905  # as a list of literals it would be five times as long
        "a an and are as at be been but by for from had has have he her his if in into is it its no not of on or she "
        "so such that the their then there these they this to was we were what when which who will with you"
    ).split()
)
"""Words that stand on nearly every page; names with them are found by the other index."""
SHORTEST, LONGEST = 2, 40
"""Words of other lengths are left out."""
ONCE, OFTEN, HEADING = 0, 1, 2
"""How much a word matters on a page: it stands in the text, three times or more, or in a heading."""
LEVELS: Final = 3
_OFTEN: Final = 3
NOTHING: Final = SearchText("", "", "")
WEIGHTS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


class Section(NamedTuple):
    """A part of a page: the id and the text of its heading (empty for what stands before the first), and its text."""

    id: str
    heading: str
    text: str


def of_rendered(rendered: Rendered) -> SearchText:
    """Return what the search keeps of a rendered page: nothing of those that only continue a list of names."""
    page = rendered.page
    if not (isinstance(page.subject, Record) or page.is_index):
        return NOTHING
    kind = page.collection.kind.title if isinstance(page.subject, Record) else PAGE
    sections = [
        Section(*((heading.id, heading.text) if heading else ("", "")), text) for heading, text in rendered.search_texts
    ]
    return of_page(page.url, kind, page.title, sections, page.boost)


def of_page(url: str, kind: str, title: str, sections: Sequence[Section], boost: float = 1) -> SearchText:
    """Return what the search keeps of a page; ``kind`` is what a result calls it, ``boost`` how much more it weighs."""
    in_headings = set(words(" ".join([title, *(one.heading for one in sections)])))
    counted = Counter(word for one in sections for word in words(one.text))
    length = counted.total()
    levels: list[list[str]] = [[] for _ in range(LEVELS)]
    for word in sorted(in_headings | counted.keys()):
        if SHORTEST <= len(word) <= LONGEST and word not in STOP_WORDS:
            level = HEADING if word in in_headings else OFTEN if counted[word] >= _OFTEN else ONCE
            levels[level].append(word)
    kept = [list(one) for one in sections if one.text or one.id]
    text = json.dumps([url, kind, title, kept], ensure_ascii=False, separators=(",", ":"))
    return SearchText(text, "\n".join(" ".join(level) for level in levels), _weight(length, boost))


def _weight(length: int, boost: float) -> str:
    """Return the weight of a page as a digit: a long page has many words by chance, so each says less of it."""
    weight = 12 * boost**0.5 / (1 + math.log10(1 + length / 100))
    return WEIGHTS[max(1, min(len(WEIGHTS) - 1, round(weight)))]


def files(pages: Sequence[SearchText]) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file; ``PATH``, which names the others, is the last."""
    parts: list[list[Any]] = []
    for first, group in _grouped((one.json for one in pages), PART):
        text = f"[{','.join(group)}]"
        path = hashed("texts", text)
        parts.append([first, path.removeprefix(FOLDER)])
        yield path, text
    shards: list[list[Any]] = []
    known, lines = _index(pages)
    for first, group in _grouped(lines, SHARD):
        text = f"{{{','.join(group)}}}"
        path = hashed("words", text)
        shards.append([known[first], path.removeprefix(FOLDER)])
        yield path, text
    weights = "".join(one.weight for one in pages)
    yield PATH, written({"weights": weights, "parts": parts, "shards": shards, "stopWords": sorted(STOP_WORDS)})


def _index(pages: Sequence[SearchText]) -> tuple[list[str], Iterator[str]]:
    """Return all words in order, and the entry of each: the steps from page to page times ``LEVELS``, and the level."""
    found: dict[str, array[int]] = {}
    for number, page in enumerate(pages):
        for level, line in enumerate(page.words.split("\n")):
            for word in line.split():
                if word not in found:
                    found[word] = array("L")
                found[word].append(number * LEVELS + level)
    known = sorted(found)
    return known, (f'"{word}":[{",".join(map(str, _steps(found[word])))}]' for word in known)


def _steps(postings: Iterable[int]) -> Iterator[int]:
    before = 0
    for one in postings:
        page, level = divmod(one, LEVELS)
        yield (page - before) * LEVELS + level
        before = page


def _grouped(texts: Iterable[str], size: int) -> Iterator[tuple[int, list[str]]]:
    """Yield texts in groups of a size, each with the number of its first."""
    group: list[str] = []
    first = length = 0
    for number, text in enumerate(texts):
        if group and length + len(text) > size:
            yield first, group
            group, first, length = [], number, 0
        group.append(text)
        length += len(text) + 1
    if group:
        yield first, group
