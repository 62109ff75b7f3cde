"""How good records are: what is told of each, what is told wrong, and that kept pages follow what they show."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest

from smartguide import check
from smartguide.checks.checking import Checked
from smartguide.keeping.pages import KeptPages
from smartguide.model.dates import VARIABLE
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.pages.environment import environment
from smartguide.pages.pages import Page, page_at, pages, record_page
from smartguide.pages.rendered import Rendered
from smartguide.pages.rendering import Renderer
from smartguide.quality.assessing import Assessment
from smartguide.quality.overview import Quality
from tests.generator.made import TEXT, findings, library, schema
from tests.processes import smartguide
from tests.projects import write

VERIFIED = {
    "type": "object",
    "required": ["on", "against"],
    "additionalProperties": False,
    "properties": {
        "on": {**TEXT, "description": "The day.", "pattern": "^20[0-9]{2}-[0-1][0-9]-[0-3][0-9]$", "x-verified": "on"},
        "against": {
            **TEXT,
            "description": "The paper, or a URL.",
            "x-ref": "papers",
            "x-or-url": True,
            "x-verified": "against",
        },
    },
}
PRICES = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "of": {**TEXT, "description": "What it is the price of."},
            "price": {"type": "number", "description": "The price.", "x-disputed-by": "of"},
            "paper": {**TEXT, "description": "Where it stands.", "x-ref": "papers"},
        },
    },
}
BOOK: dict[str, Any] = {
    "title": {**TEXT, "x-weight": 2},
    "genre": {**TEXT, "enum": ["novel", "play"]},
    "pages": {"type": "integer", "x-weight": 3},
    "stage": {**TEXT, "title": "Where it was played", "x-weight": {"weight": 5, "where": {"genre": "play"}}},
    "prices": {**PRICES, "title": "Prices"},
    "papers": {"type": "array", "items": {**TEXT, "x-ref": "papers"}},
    "guessed": {"type": "array", "items": TEXT, "x-inferred": True},
    "asked": {"type": "array", "items": TEXT, "x-question": True},
    "website": TEXT,
    "copy": {**TEXT, "x-archived-copy-of": "website"},
    "story": {**TEXT, "x-prose": True},
    "verified": VERIFIED,
}
PAPERS = """
    gazette: {title: The gazette, day: "2019"}
    herald: {title: The herald, day: "2021-05"}
    letter: {title: A letter}
    """
CATALOGUE = """
    collections:
      books: {schema: book, standalone: true, records: !include books/*.yml}
      papers: {schema: paper, standalone: true, dated_by: day, records: !include papers.yml}
    """
DATED: dict[str, str | None] = {
    "content/catalogue.yml": CATALOGUE,
    "content/books.yml": None,
    "content/authors.yml": None,
    "schemas/author.schema.json": None,
    "extensions/own.py": None,
    "content/papers.yml": PAPERS,
    "schemas/book.schema.json": schema("Book", BOOK, **{"x-plural": "Books"}),
    "schemas/paper.schema.json": schema("Paper", {"title": TEXT, "day": TEXT}),
}
GONE = "https://gone.example/emma"
DEAD = {"checked": "2026-11-03", "state": "failed", "reason": "404: not found", "failures": ["2026-11-01", "2026-11-02", "2026-11-03"]}  # fmt: skip
EARLY = str(1_577_880_000)
"""A moment on 1 January 2020."""
LATE = str(1_793_448_000)
"""A moment on 31 October 2026."""


def book(text: str = "{title: Emma}", **others: str | None) -> dict[str, str | None]:
    """Return the files of a library of one book."""
    return {**DATED, "content/books/emma.yml": text, **others}


def assessed(root: Path, files: dict[str, str | None]) -> Assessment:
    checked = checked_library(root, files)
    return Quality(checked.base).of(checked.base["books"].records["emma"])


def checked_library(root: Path, files: dict[str, str | None]) -> Checked:
    found = check(library(root, files))
    assert not found.findings, [one.as_text() for one in found.findings]
    return found


@pytest.fixture(autouse=True)
def _late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, LATE)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{title: Emma}", {"share": 40, "missing": ["pages"], "facts_of": "", "is_old": False}),
        ("{title: Emma, pages: 0}", {"share": 100, "missing": []}),
        ("{title: Emma, genre: play}", {"share": 20, "missing": ["stage", "pages"]}),
        ("{title: Emma, genre: novel}", {"share": 40, "missing": ["pages"]}),
        ("{title: Emma, papers: [gazette, herald, letter]}", {"facts_of": "2021-05", "is_old": True}),
        ("{title: Emma, papers: [letter]}", {"facts_of": "", "is_old": False, "names_documents": True}),
        ('{title: Emma, verified: {on: "2026-05-01", against: gazette}}', {"facts_of": "2026-05-01", "is_old": False}),
        ('{title: Emma, verified: {on: "2024-11-01", against: gazette}}', {"is_old": False}),
        ('{title: Emma, verified: {on: "2024-10-31", against: gazette}}', {"is_old": True}),
        ('{title: Emma, verified: {on: "2026-05-01", against: "https://a.example/"}}', {"url": "https://a.example/"}),
        ("{title: Emma, guessed: [pages], pages: 3}", {"inferred": ["pages"]}),
        ("{title: Emma, asked: [Who printed it?]}", {"questions": ("Who printed it?",)}),
        ("{title: Emma, prices: [{of: One, price: 3}, {of: one , price: 3}]}", {"disputes": []}),
        (
            "{title: Emma, prices: [{of: One, price: 3, paper: herald}, {of: Two, price: 4}, {of: one, price: 5}]}",
            {"disputes": [("One", [("prices", 0), ("prices", 2)], ["herald", None])]},
        ),
    ],
)
def test_what_is_told_of_a_record(tmp_path: Path, written: str, told: dict[str, Any]) -> None:
    found = assessed(tmp_path, book(written))
    known = {name: getattr(found, name) for name in told if name not in {"missing", "inferred", "disputes", "url"}}
    known |= {name: [one.name for one in getattr(found, name)] for name in ("missing", "inferred") if name in told}
    if "disputes" in told:
        known["disputes"] = [
            (one.subject, [claim.path for claim in one.claims], [each.document and each.document.id for each in one.claims])
            for one in found.disputes
        ]  # fmt: skip
    if "url" in told and found.verified:
        known["url"] = found.verified.url
    assert known == told


def test_without_the_day_of_the_build_nothing_is_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "0")
    assert not assessed(tmp_path, book("{title: Emma, papers: [gazette]}")).is_old


@pytest.mark.parametrize(
    ("written", "history", "dead"),
    [
        (f"website: {GONE}#part", {GONE: DEAD}, [GONE]),
        (f"story: 'It is [there]({GONE}), or was.'", {GONE: DEAD}, [GONE]),
        (f"website: {GONE}", {GONE: {**DEAD, "failures": ["2026-11-03"]}}, []),
        (f"website: {GONE}\ncopy: https://web.archive.org/web/2019/{GONE}", {GONE: DEAD}, []),
        ("website: https://here.example/", {GONE: DEAD}, []),
    ],
)
def test_dead_links_are_those_that_failed_on_three_days_and_have_no_copy(
    tmp_path: Path, written: str, history: dict[str, Any], dead: list[str]
) -> None:
    changes = book(f"title: Emma\n{written}", **{"link-history.json": json.dumps(history)})
    assert [one.url for one in assessed(tmp_path, changes).dead_links] == dead


def test_a_dead_link_that_is_accepted_is_not_told_until_the_last_day(tmp_path: Path) -> None:
    for until, dead in (("2026-10-31", []), ("2026-10-30", [GONE])):
        accepted = f"exceptions: [{{url: '{GONE}', reason: It works in a browser., until: '{until}'}}]"
        others = {"link-history.json": json.dumps({GONE: DEAD}), "link-exceptions.yml": accepted}
        found = assessed(tmp_path / until, book(f"title: Emma\nwebsite: {GONE}", **others))
        assert [one.url for one in found.dead_links] == dead


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{on: "2024-02-30", against: gazette}', "books/emma.yml:1:30: error: verified.on: the date '2024-02-30' is not in the calendar"),
        ('{on: "2099-01-01", against: gazette}', "verified.on: '2099-01-01' is in the future (write the day on which you compared"),
        ('{on: "2018-12-31", against: gazette}', "verified.on: '2018-12-31' is before the date of 'gazette', 2019"),
        ('{on: "2021-04-30", against: herald}', "verified.on: '2021-04-30' is before the date of 'herald', 2021-05"),
        ('{on: "2024-05-01", against: gazete}', "verified.against: no paper 'gazete' (did you mean 'gazette'?"),
        ('{on: "2024-05-01", against: www.a.example/x}', "or write a whole URL, beginning with https://)"),
        ('{on: "1 May 2024", against: gazette}', "verified.on: "),
        ('{on: "2024-05-01"}', "verified: the key 'against' is missing"),
        ('{on: "2024-05-01", against: gazette, by: me}', "verified: unknown key 'by' (allowed: on, against)"),
        ('"2024-05-01"', "verified: must be a mapping of keys and values"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_comparison_is_told(tmp_path: Path, written: str, said: str) -> None:
    (found,) = findings(tmp_path, book(f"{{title: Emma, verified: {written}}}"))
    assert said in found


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"pages": {"type": "integer", "x-weight": 0}}, "'x-weight' cannot be '0'"),
        ({"pages": {"type": "integer", "x-weight": {"weight": 2}}}, "'x-weight' cannot be"),
        ({"papers": {"type": "array", "items": {**TEXT, "x-ref": "papers", "x-weight": 2}}}, "papers[]: 'x-weight' counts only at the top"),
        ({"pages": {"type": "integer", "x-disputed-by": "titel"}}, "pages: no property 'titel' beside it (did you mean 'title'?)"),
        ({"website": {**TEXT, "x-verified": "by"}}, "'x-verified' cannot be 'by'"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_declaration_is_told(tmp_path: Path, declared: dict[str, Any], said: str) -> None:
    (found,) = findings(tmp_path, book(**{"schemas/book.schema.json": schema("Book", {**BOOK, **declared})}))
    assert found.startswith("schemas/book.schema.json:")
    assert said in found


def test_a_history_of_link_checks_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, book(**{"link-history.json": "{"}))
    assert found.startswith("link-history.json:1:2: error: link-history.json cannot be read (")


def test_a_collection_cannot_have_the_name_that_the_api_has_for_the_quality(tmp_path: Path) -> None:
    more = f"{CATALOGUE}  quality: {{schema: paper, standalone: true, records: !include papers.yml}}\n"
    assert "would take the place of those of the quality of all records" in findings(
        tmp_path, book(**{"content/catalogue.yml": more})
    )[0]  # fmt: skip


FULL = f"""
    title: Emma
    papers: [gazette]
    guessed: [genre]
    genre: novel
    asked: [Who printed it?]
    website: {GONE}
    prices: [{{of: One, price: 3, paper: herald}}, {{of: One, price: 5, paper: gazette}}]
    """


def test_the_page_of_a_record_says_all_of_it_below_everything_else_and_the_search_reads_none_of_it(
    tmp_path: Path,
) -> None:
    checked = checked_library(tmp_path, book(FULL, **{"link-history.json": json.dumps({GONE: DEAD})}))
    base = checked.base
    made = Renderer(base, environment()).page(record_page(base["books"].records["emma"]))
    body, _, quality = made.html.partition('<footer class="sg-quality">')
    for words in (
        "Facts of May 2021, not checked since; documents disagree; 1 open question; 1 dead link; 40 % complete",
        "The newest document that it names is of May 2021",
        "Missing: pages.",
        'One: 3, <a href="../../papers/herald/">The herald</a>; 5, <a href="../../papers/gazette/">The gazette</a>',
        "<dd>genre</dd>",
        "Who printed it?",
        f"{GONE} (404: not found)",
        'href="../../books/page--quality/"',
    ):
        assert words in " ".join(html.unescape(quality).split()), words
    assert "guessed" not in body
    assert "Who printed it?" not in body
    texts = " ".join(text for _, text in made.search_texts)
    assert "complete" not in texts


def all_pages(kept: KeptPages, base: KnowledgeBase, renderer: Renderer) -> dict[str, str]:
    return {page.url: kept.page(page, renderer).html for page in pages(base)}


def test_kept_pages_follow_link_checks_dates_of_documents_and_the_day_of_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, EARLY)
    files = book("{title: Emma, website: 'https://gone.example/emma'}")
    files["content/books/sense.yml"] = "{title: Sense, papers: [gazette]}"
    files["content/books/plain.yml"] = "{title: Plain}"
    library(tmp_path / "library", files)
    (tmp_path / "kept").mkdir()
    rendered: list[str] = []
    page_of = Renderer.page

    def noting(renderer: Renderer, page: Page, *, tooltips: bool = True) -> Rendered:
        rendered.append(page.url)
        return page_of(renderer, page, tooltips=tooltips)

    def made_now() -> tuple[dict[str, str], set[str]]:
        """Return the pages as a build makes them, and which were rendered; they are the same as made from nothing."""
        rendered.clear()
        base = check(tmp_path / "library").base
        renderer = Renderer(base, environment())
        kept = KeptPages(tmp_path / "kept", "the same", base, renderer.quality)
        found = all_pages(kept, base, renderer)
        kept.save()
        kept.close()
        anew = set(rendered)
        assert found == {page.url: page_of(renderer, page).html for page in pages(base)}
        return found, anew

    monkeypatch.setattr(Renderer, "page", noting)
    made_now()
    assert made_now()[1] == set()
    lists = {"books/page--quality/", "papers/page--quality/"}
    write(tmp_path / "library", {"link-history.json": json.dumps({GONE: DEAD})})
    found, anew = made_now()
    assert "1 dead link" in found["books/emma/"]
    assert anew - lists == {"books/emma/"}
    write(tmp_path / "library", {"content/papers.yml": PAPERS.replace('"2019"', '"2020"')})
    found, anew = made_now()
    assert "Facts of 2020;" in found["books/sense/"]
    assert "books/plain/" not in anew
    monkeypatch.setenv(VARIABLE, LATE)
    found, anew = made_now()
    assert "Facts of 2020, not checked since" in found["books/sense/"]
    assert anew - lists == {"books/sense/"}
    write(tmp_path / "library", {"content/books/sense.yml": '{title: Sense, verified: {on: "2026-10-01", against: letter}}'})  # fmt: skip
    assert "Checked on 1 October 2026" in made_now()[0]["books/sense/"]


def test_the_list_of_a_large_collection_has_several_pages_that_lead_to_each_other(tmp_path: Path) -> None:
    many = {f"content/books/b{number}.yml": f"{{title: Book {number}}}" for number in range(260)}
    base = checked_library(tmp_path, book("{title: Emma, pages: 3}", **many)).base
    renderer = Renderer(base, environment())
    first, second = (page_at(base, f"books/page--quality{number}/") for number in ("", "-2"))
    assert first is not None
    assert second is not None
    assert page_at(base, "books/page--quality-3/") is None
    assert page_at(base, "papers/page--quality/")
    assert page_at(check(library(tmp_path / "without weights")).base, "books/page--quality/") is None
    pages_html = [renderer.page(page).html for page in (first, second)]
    assert pages_html[0].count("<tr>") == 251
    assert "Emma" not in pages_html[0]  # it is the most complete one
    assert "Emma" in pages_html[1]
    assert 'href="../../books/page--quality-2/"' in pages_html[0]


def test_the_command_tells_what_the_api_has(tmp_path: Path) -> None:
    root = library(tmp_path, book(FULL, **{"content/books/sense.yml": "{title: Sense}"}))
    done = smartguide(root, "quality")
    assert done.returncode == 0, done.stderr
    assert (
        "books: 2 records, 40 % complete, 1 with facts older than two years, 1 where documents disagree" in done.stdout
    )
    assert "books: pages is missing in 2 of 2" in done.stdout
    done = smartguide(root, "quality", "book")
    assert " 40 %  books/sense: missing: pages" in done.stdout
    assert "papers" not in done.stdout
    told = json.loads(smartguide(root, "quality", "--format", "json", "books").stdout)
    assert told["date"] == "2026-10-31"
    assert [one["id"] for one in told["result"]] == ["books/emma", "books/sense"]
    assert told["result"][0]["disputed"] == [{"subject": "One", "values": ["prices[0]", "prices[1]"]}]
    done = smartguide(root, "quality", "bok")
    assert done.returncode == 2
    assert "no collection 'bok' (did you mean 'book" in done.stderr


@pytest.mark.parametrize(
    ("files", "arguments", "said"),
    [
        (book("{title: Emma}"), [], ["books: 1 record, 40 % complete", "What would help most:", "books: pages is missing in 1 of 1"]),
        (book("{title: Emma, pages: 3}"), [], ["Nothing that counts is missing."]),
        (book("{title: Emma}"), ["papers"], ["papers: 3 records", "What is missing is not known: no property of a schema has x-weight, which says that it counts.", "       papers/gazette: document of 2019", "       papers/letter: document without a date"]),
        ({**book(), "content/books/emma.yml": None}, ["book"], ["There are no records."]),
    ],
    ids=["something is missing", "nothing is missing", "without weights", "a collection without records, by its kind"],
)  # fmt: skip
def test_the_command_says_what_would_help_or_why_that_is_not_known(
    tmp_path: Path, files: dict[str, str | None], arguments: list[str], said: list[str]
) -> None:
    done = smartguide(library(tmp_path, files), "quality", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "" not in {lines[0], lines[-1]}
    assert [line for line in said if line not in lines] == [], done.stdout
