"""The search of a built site: what it holds, and what it answers, in Node or in a browser."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Locator, Page

NODE = Path(sys.executable).parent / "node"
SCRIPT = Path(__file__).parent / "generator/javascript/answers.js"
RESULTS = ".sg-search__result"


class Known(NamedTuple):
    """What the index of names knows of a page or a record."""

    url: str
    title: str
    kind: str
    others: list[str]
    line: list[str]


class Answer(NamedTuple):
    """A result: its URL, its title, its kind and the other name by which it was found."""

    url: str
    title: str
    kind: str
    name: str


def names(site: Path) -> Iterator[Known]:
    """Yield what the index of names of a site knows, in all its parts."""
    index = _read(site, "names.json")
    for table in (index, *(_read(site, part) for part in index.get("parts", {}).values())):
        for kind, identifier, title, *rest in table["records"]:
            lists: list[list[Any]] = [*rest, [], [], []]
            others, places, line = lists[:3]
            singular, _, url, _ = index["kinds"][kind]
            facts = [table["facts"][number] for number in (*places, *line)]
            yield Known(url.replace("*", identifier), title, singular, others, facts)


def texts(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the URL and the text of each page that the search finds by its text, with all headings."""
    for _, part in _read(site, "texts.json")["parts"]:
        for url, _, title, sections in _read(site, part):
            yield url, "\n".join([title, *(f"{heading}\n{text}" for _, heading, text in sections)])


def _read(site: Path, name: str) -> Any:
    return json.loads((site / "search" / name).read_text(encoding="utf-8"))


def answers(site: Path, questions: Iterable[str]) -> list[list[Answer]]:
    """Return what the scripts of a site answer to questions: the names that are found, the best first."""
    return [[Answer(*one) for one in found] for found in _asked(site, "names", questions)]


def answers_in_texts(site: Path, questions: Iterable[str]) -> list[list[str]]:
    """Return the URLs of the pages whose texts the scripts of a site find, the best first."""
    return [[url for url, _ in found] for found in _asked(site, "texts", questions)]


def files_loaded(site: Path, question: str) -> list[str]:
    """Return the files of the folder ``search/`` that the names for a question are found with."""
    return list(map(str, _asked(site, "files", [question])[0]))


def _asked(site: Path, what: str, questions: Iterable[str]) -> list[list[Any]]:
    command = [str(NODE), str(SCRIPT), str(site), what]
    asked = json.dumps(list(questions))
    done = subprocess.run(command, input=asked, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found: list[list[Any]] = json.loads(done.stdout)
    return found


def search_for(page: Page, question: str) -> Locator:
    """Open the search on a page, ask it, and return its results."""
    field = page.locator(".sg-search__input")
    if not field.is_visible():
        page.locator(".sg-search-button").click()
    field.fill(question)
    return page.locator(RESULTS)
