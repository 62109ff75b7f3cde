"""Many records: indexes and long lists are spread over pages, and every record can be reached by links alone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest

from smartguide import Session, load
from smartguide.building import build_site
from smartguide.model import urls
from smartguide.pages import pages, pagination
from smartguide.pages.markdown_pages import as_markdown
from smartguide.pages.pagination import LARGEST_INDEX, LONGEST_LIST, NEAR, paginated
from smartguide.pages.rendered import Rendered
from tests.built_sites import differences, made_once
from tests.generator.made import SETTINGS, findings, library
from tests.searches import names, texts

BOOKS = 600
INDEX = """
    {% import "parts/macros.html" as m with context %}
    {{ m.index_pages("letter-") }}
    {% for letter, books in records | groupby(attribute="initial") %}
    {{ view.heading(letter, "letter-" ~ letter | lower) }}
    <ul>
    {% for book in books %}
    <li>{{ view.link(book) }}</li>
    {% endfor %}
    </ul>
    {% endfor %}
    {{ m.index_pages(below=true) }}
    """
AUTHOR = """
    {% extends "record.html" %}
    {% import "parts/macros.html" as m with context %}
    {% block body %}
    {{ view.heading("What was written", "books") }}
    {% call(part) m.in_parts(record.sources_of("books")) %}
    <ul>
    {% for book in part %}
    <li>{{ view.link(book) }} <a href="#books">up</a></li>
    {% endfor %}
    </ul>
    {% endcall %}
    {% endblock %}
    """
WITH_URL = SETTINGS["mkdocs.yml"].replace(
    "        docs_dir", "        site_url: https://library.example/\n        docs_dir"
)


def name(number: int) -> str:
    return f"{chr(ord('A') + number % 26)} book {number:03}"


def books(number: int) -> str:
    """Return so many books by one author as YAML; the first is called like a page of the index."""
    lines = [f"book-{n}: {{title: {name(n)}, author: page}}" for n in range(1, number)]
    return "\n".join([f"page: {{title: {name(0)}, author: page}}", *lines, ""])


def large(root: Path, number: int, changes: Mapping[str, str | None] | None = None) -> Path:
    """Make a library with so many books by an author whose id is ``page``."""
    made = {"content/books.yml": books(number), "content/authors.yml": "page: {name: Jane}"}
    return library(root, {**SETTINGS, **made, "mkdocs.yml": WITH_URL, **(changes or {})})


def links(html: str, url: str) -> Iterator[str]:
    """Yield the URLs, relative to the root of the site, to which the links of a page lead."""
    for href in re.findall(r'<a\b[^>]*?\shref="([^"#]*)', html):
        if href and ":" not in href:
            path = posixpath.normpath(posixpath.join("/", url, href)).strip("/")
            yield f"{path}/" if path else ""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the site of a library with 600 books, built once."""

    def make(folder: Path) -> None:
        root = large(folder, BOOKS, {"templates/book-index.html": INDEX, "templates/author.html": AUTHOR})
        build_site(root, root / "site", strict=False)

    return made_once(tmp_path_factory, worker_id, "large", make) / "site"


@pytest.fixture
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page of an index hold 3 records, a list 3 entries, a line 3 names and an entry 2."""
    monkeypatch.setattr(pages, "LARGEST_INDEX", 3)
    monkeypatch.setattr(pagination, "LONGEST_LIST", 3)
    monkeypatch.setattr(pagination, "LONGEST_LINE", 3)
    monkeypatch.setattr(pagination, "LONGEST_ENTRY", 2)


def read(site: Path, url: str) -> str:
    """Return a page, with characters instead of references to them."""
    return re.sub(r"&#\d+;", lambda one: unescape(one[0]), (site / url / "index.html").read_text(encoding="utf-8"))


def rendered(session: Session, url: str) -> Rendered:
    """Return the page at a URL, as a server finds it."""
    page = next(one for one in pages.pages(session.checked.base) if one.url == urls.begun(url))
    found = session.renderer.page(page).at(url)
    assert found, url
    return found


# A built site


def test_each_record_is_linked_from_just_one_page_of_the_index(site: Path) -> None:
    parts = ["books/", "books/page--2/", "books/page--3/"]
    lists = [re.findall(r'<li><a href="(?:\.\./)+books/([^"/]+)/">', read(site, url)) for url in parts]
    of_pages = [[one for one in found if "--" not in one] for found in lists]
    assert [len(found) for found in of_pages] == [LARGEST_INDEX, LARGEST_INDEX, BOOKS - 2 * LARGEST_INDEX]
    assert len({one for found in of_pages for one in found}) == BOOKS
    assert not (site / "books/page--4").exists()


def test_a_page_of_an_index_says_which_it_is(site: Path) -> None:
    page = read(site, "books/page--2/")
    assert "<title>Books, page 2 of 3 - Library</title>" in page
    assert re.search(r"<h1[^>]*>Books, page 2 of 3", page)
    assert f'<meta name="description" content="Books from {sorted(map(name, range(BOOKS)))[LARGEST_INDEX]} – ' in page
    assert 'href="../">Books</a>' in page or 'href="../../books/">Books</a>' in page


@pytest.mark.parametrize(("number", "before", "after"), [(1, "", "page--2/"), (2, "", "page--3/"), (3, "page--2/", "")])
def test_pages_of_an_index_lead_to_each_other(site: Path, number: int, before: str, after: str) -> None:
    url = urls.begun("books/") if number == 1 else f"books/page--{number}/"
    up = "../" * url.count("/")
    html = read(site, url)
    assert html.count('<nav class="sg-pages"') == 3
    assert html.count('rel="prev" href') == (2 if number > 1 else 0)
    assert html.count('rel="next" href') == (2 if number < 3 else 0)
    assert number == 1 or f'<a rel="prev" href="{up}books/{before}">' in html
    assert number == 3 or f'<a rel="next" href="{up}books/{after}">' in html
    assert html.count('<a aria-current="page">') == 2
    labels = re.findall(r'<nav class="sg-pages" aria-label="([^"]*)"', html)
    assert len(set(labels)) == len(labels)


def test_letters_lead_to_the_page_and_the_heading_where_they_begin(site: Path) -> None:
    html = read(site, "books/page--2/")
    letters = re.findall(r'<li><a href="([^"#]*)#letter-([a-z])">[A-Z]</a></li>', html)
    assert [letter for _, letter in letters] == [chr(ord("a") + number) for number in range(26)]
    for href, letter in letters:
        url = posixpath.normpath(posixpath.join("books/page--2/", href)).strip("/") + "/"
        assert f'id="letter-{letter}"' in read(site, url)


def test_a_record_called_like_a_page_of_an_index_has_its_own(site: Path) -> None:
    assert f"<title>{name(0)} - Library</title>" in read(site, "books/page/")
    assert "<title>Jane - Library</title>" in read(site, "authors/page/")


def test_an_id_can_never_be_that_of_a_further_page(tmp_path: Path) -> None:
    found = findings(tmp_path, {"content/books.yml": "page--2: {title: Emma, author: jane}"})
    assert any("page--2" in finding and "error" in finding for finding in found)


def test_a_long_list_goes_on_on_pages_of_its_own(site: Path) -> None:
    first, second, last = (read(site, f"authors/page{name}/") for name in ("", "--books--2", "--books--6"))
    numbers = [len(re.findall(r'<li><a href="[./]+books/', html)) for html in (first, second, last)]
    assert numbers == [LONGEST_LIST, LONGEST_LIST, LONGEST_LIST]
    assert "<title>Jane: What was written, page 2 of 6 - Library</title>" in second
    assert "1 to 100 of 600" in first
    assert "101 to 200 of 600" in second
    assert '<a rel="next" href="../../authors/page--books--2/">' in first
    assert '<a href="../../authors/page/">Jane</a>' in second
    assert not (site / "authors/page--books--7").exists()


def test_an_anchor_of_the_page_of_a_record_is_found_from_what_continues_a_list(site: Path) -> None:
    assert '<a href="#books">up</a>' in read(site, "authors/page/")
    assert '<a href="../../authors/page/#books">up</a>' in read(site, "authors/page--books--2/")


def test_everything_can_be_reached_by_links_alone(site: Path) -> None:
    made = {file.parent.relative_to(site).as_posix().removeprefix(".") for file in site.rglob("index.html")}
    made = {f"{url}/" if url else "" for url in made}
    assert len(made) > BOOKS
    reached, waiting = {""}, [""]
    while waiting:
        url = waiting.pop()
        fresh = set(links(re.sub(r"<script.*?</script>", "", read(site, url), flags=re.DOTALL), url))
        fresh = (fresh & made) - reached
        reached |= fresh
        waiting += fresh
    assert made - reached == set()


def test_the_sitemap_knows_further_pages_and_the_search_the_records_on_them(site: Path) -> None:
    locations = set(
        re.findall(r"<loc>https://library.example/([^<]*)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    )
    assert {"books/page--3/", "authors/page--books--6/"} <= locations
    root = load(site.parent)
    made = [one for page in pages.pages(root.checked.base) for one in (page, *_continued(root, page))]
    assert len({page.url for page in made}) == len(made)
    found = {one.url for one in names(site)}
    assert {urls.record(record) for record in root.checked.base} <= found
    texts_of = dict(texts(site))
    assert not {"books/page--3/", "authors/page--books--6/"} & texts_of.keys()
    assert all("101–200" not in text for text in texts_of.values())


def _continued(session: Session, page: pages.Page) -> list[pages.Page]:
    return [one.page for one in session.renderer.page(page).continued]


# Bounds


@pytest.mark.parametrize(
    ("number", "sizes"), [(0, [0]), (1, [1]), (249, [249]), (250, [250]), (251, [250, 1]), (501, [250, 250, 1])]
)
def test_a_list_has_just_as_many_pages_as_it_needs(number: int, sizes: list[int]) -> None:
    found = paginated("Books", list(range(number)), 250, str)
    assert [len(page.items) for page in found.pages] == sizes
    assert [page.number for page in found.pages] == list(range(1, len(sizes) + 1))
    assert found.total == number
    assert [one for page in found.pages for one in page.items] == list(range(number))


@pytest.mark.parametrize("number", [1, 200, 400])
def test_the_links_between_pages_do_not_grow_with_the_pages(number: int) -> None:
    near = paginated("Books", list(range(400)), 1, str).near(number)
    shown = [page.number for page in near if page]
    assert {1, number, 400} <= set(shown)
    assert shown == sorted(shown)
    assert len(near) <= 2 * NEAR + 5
    assert (None in near) is True


@pytest.mark.usefixtures("small_bounds")
def test_an_index_of_as_many_records_as_fit_has_one_page_and_no_links_to_others(tmp_path: Path) -> None:
    session = load(large(tmp_path, 3))
    (page,) = pages.index_pages(session.checked.base["books"])
    assert (page.url, page.title) == ("books/", "Books")
    assert "sg-pages" not in session.renderer.page(page).html


def test_an_index_without_records_has_a_page(tmp_path: Path) -> None:
    session = load(library(tmp_path, {"content/books.yml": "{}", "content/authors.yml": "{}"}))
    (page,) = pages.index_pages(session.checked.base["books"])
    assert "<li>" not in session.renderer.page(page).html


# Lists that nobody had to think of


@pytest.mark.usefixtures("small_bounds")
def test_back_references_are_spread_over_pages(tmp_path: Path) -> None:
    session = load(large(tmp_path, 7))
    page = rendered(session, "authors/page/")
    assert [one.page.url for one in page.continued] == ["authors/page--wrote--2/", "authors/page--wrote--3/"]
    shown = [re.findall(r">(. book \d+)</a>", one.html) for one in (page, *page.continued)]
    assert shown == [[name(0), name(1), name(2)], [name(3), name(4), name(5)], [name(6)]]
    assert rendered(session, "authors/page--wrote--3/").title == "Jane: Wrote, page 3 of 3"


@pytest.mark.usefixtures("small_bounds")
@pytest.mark.parametrize(
    ("code", "urls_made"),
    [
        ("{{ m.record_list(record.sources_of('books')) }}", ["books--2"]),
        ("{{ m.linked(record.sources_of('books')) }}", ["books--2"]),
        ("{{ m.linked(record.sources_of('books'), title='All of them') }}", ["all-of-them--2"]),
        (2 * "{{ m.record_list(record.sources_of('books')) }}", ["books--2", "books-2--2"]),
        ("{{ m.linked(record.sources_of('books'), more=record) }}", []),
    ],
)
def test_lists_are_bounded_without_a_thought(tmp_path: Path, code: str, urls_made: list[str]) -> None:
    template = AUTHOR.partition("{% call")[0] + code + "{% endblock %}{% block backlinks %}{% endblock %}"
    session = load(large(tmp_path, 5, {"templates/author.html": template}))
    page = rendered(session, "authors/page/")
    assert [one.page.url for one in page.continued] == [f"authors/page--{url}/" for url in urls_made]
    assert len(set(re.findall(r">(. book \d+)</a>", page.html))) == (3 if urls_made else 2)
    assert urls_made or 'and <a href="../../authors/page/">3 more</a>' in page.html


@pytest.mark.usefixtures("small_bounds")
def test_records_that_share_a_page_stay_on_it_and_their_lists_go_on_elsewhere(tmp_path: Path) -> None:
    catalogue = """
        collections:
          books: {schema: book, standalone: true, records: !include books.yml}
          authors: {schema: author, standalone: true, pages: one, records: !include authors.yml}
        """
    authors = "\n".join(f"author-{number}: {{name: Author {number}}}" for number in range(5)) + "\npage: {name: Jane}\n"
    root = large(tmp_path, 5, {"content/catalogue.yml": catalogue, "content/authors.yml": authors})
    build_site(root, root / "site", strict=False)
    page = read(root / "site", "authors/")
    assert all(f'id="author-{number}"' in page for number in range(5))
    assert '<a rel="next" href="../authors/page--1--wrote--2/">' in page
    further = read(root / "site", "authors/page--1--wrote--2/")
    assert f'<a href="../../books/book-4/">{name(4)}</a>' in further
    assert '<a href="../../authors/">Authors</a>' in further


# Later builds


@pytest.mark.usefixtures("small_bounds")
def test_a_later_build_of_other_records_is_like_a_first_one(tmp_path: Path) -> None:
    one = large(tmp_path / "one", 7)
    build_site(one, one / "site", strict=False)
    build_site(one, one / "site", strict=False)
    other = large(tmp_path / "other", 7)
    build_site(other, other / "site", strict=False)
    assert differences(one / "site", other / "site") == []
    added = {"content/books.yml": f"{books(7)}first: {{title: A and before, author: page}}\n"}
    for root in (large(one, 7, added), large(tmp_path / "third", 7, added)):
        build_site(root, root / "site", strict=False)
    assert differences(one / "site", tmp_path / "third/site") == []
    assert "A and before" in read(one / "site", "authors/page/")
    assert name(6) in read(one / "site", "authors/page--wrote--3/")


def test_a_chapter_in_the_place_of_an_index_leads_to_its_further_pages(tmp_path: Path) -> None:
    root = large(tmp_path, LARGEST_INDEX + 1, {"content/books/index.md": "# All books\n\n{{ index_page('books') }}\n"})
    build_site(root, root / "site", strict=False)
    assert '<a rel="next" href="../books/page--2/">' in read(root / "site", "books/")
    assert max(map(name, range(LARGEST_INDEX + 1))) in read(root / "site", "books/page--2/")


# Where pages come from


@pytest.mark.parametrize(
    ("url", "beginning"),
    [
        ("authors/page/", "authors/page/"),
        ("authors/page--wrote--2/", "authors/page/"),
        ("a/authors/jane--wrote-2--13/", "a/authors/jane/"),
        ("books/page--2/", "books/page--2/"),
        ("books/page--1--wrote--2/", "books/"),
        ("books/", "books/"),
        ("", ""),
    ],
)
def test_the_url_of_a_page_says_whose_list_it_continues(url: str, beginning: str) -> None:
    assert urls.begun(url) == beginning


@pytest.mark.usefixtures("small_bounds")
def test_an_engine_can_make_further_pages_of_macro_calls(tmp_path: Path) -> None:
    session = load(large(tmp_path, 5))
    base = session.checked.base
    calls = [as_markdown(page).splitlines()[-1] for page in pages.index_pages(base["books"])]
    assert calls == ['{{ index_page("books") }}', '{{ index_page("books", "page--2") }}']
    page = rendered(session, "authors/page/")
    calls = [as_markdown(one.page).splitlines()[-1] for one in (page, *page.continued)]
    assert calls == ['{{ record_page("authors", "page") }}', '{{ record_page("authors", "page", "page--wrote--2") }}']
