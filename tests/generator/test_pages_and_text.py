"""Small parts of the generator: URLs, pages, tooltips, ready HTML, text."""

from __future__ import annotations

import json

import markdown
import pytest

from smartguide.checks.checking import check
from smartguide.engines.markdown import ForChapters
from smartguide.model import urls
from smartguide.pages import pages
from smartguide.pages import tooltips as glossary
from smartguide.pages.environment import environment
from smartguide.pages.markdown_pages import as_markdown as as_markdown_page
from smartguide.pages.ready_html import as_markdown
from smartguide.pages.rendered import Heading, Rendered, TocEntry, with_ids
from smartguide.pages.rendering import Renderer
from smartguide.pages.text import entities, prose, shortened
from smartguide.pages.view import View
from tests.generator.projects import text
from tests.projects import MakeProject


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("huts/x/", "tours/bridge/", "../../huts/x/"),
        ("tours/bridge/", "", "tours/bridge/"),
        ("", "tours/bridge/", "../../"),
        ("", "", "./"),
        ("guide/terms/#scree", "guide/terms/", "#scree"),
        ("guide/terms/#scree", "guide/themes/water/", "../../../guide/terms/#scree"),
        ("api/v1/huts.json", "about/", "../api/v1/huts.json"),
    ],
)
def test_links_are_relative_so_that_the_site_works_below_any_path(target: str, page: str, link: str) -> None:
    assert urls.relative(target, page) == link


def test_pages_are_a_pure_function_of_the_records(project: MakeProject) -> None:
    root = project()
    first, second = ([as_markdown_page(page) for page in pages.pages(check(root).base)] for _ in range(2))
    assert first == second
    assert {"tours/index.md", "tours/three-lakes.md", "valleys/north.md", "glossary/index.md"} <= {
        page.source for page in pages.pages(check(root).base)
    }


def test_a_title_is_never_read_as_jinja_or_yaml(project: MakeProject) -> None:
    name = "name: '{{ 7*7 }}: \"x\" # y'\n"
    root = project({"content/huts/stone-pass.yml": name + "valley: STH\nsources:\n  - source: map\n"})
    (page,) = (page for page in pages.pages(check(root).base) if page.source == "huts/stone-pass.md")
    assert (
        as_markdown_page(page).splitlines()[1] == 'title: "&#123;&#123; 7&#42;7 &#125;&#125;&#58; &#34;x&#34; &#35; y"'
    )


def test_ready_html_goes_past_markdown_untouched() -> None:
    text = as_markdown([Heading(2, "here", "A heading"), "<p>*not* `Markdown`\n```\n</p>"])
    html = markdown.markdown(text, extensions=["attr_list", ForChapters()])
    assert html == '<h2 id="here">A heading</h2>\n<p>*not* `Markdown`\n```\n</p>'


def test_the_marks_of_ready_html_are_comments_to_an_engine_that_does_not_know_them() -> None:
    html = markdown.markdown(as_markdown([Heading(2, "here", "Heading"), "<p>Text</p>"]), extensions=["attr_list"])
    assert "<p>Text</p>" in html
    assert '<h2 id="here">Heading</h2>' in html


def test_headings_without_an_id_get_one_that_no_other_has() -> None:
    found = with_ids([Heading(2, "", "What & why"), Heading(3, "what-why_1", "x"), Heading(2, "", "What & why"), "<p>"])
    assert [part.id for part in found if isinstance(part, Heading)] == ["what-why", "what-why_1", "what-why_2"]


def test_the_table_of_contents_follows_the_levels_of_headings(project: MakeProject) -> None:
    base = check(project()).base
    page = Rendered(
        page=pages.index_pages(base["huts"])[0],
        parts=tuple(Heading(level, f"h{level}", "x") for level in (3, 2, 3, 4, 3, 2)),
    )

    def shape(entries: list[TocEntry]) -> list[object]:
        return [(entry.heading.level, shape(entry.children)) for entry in entries]

    assert shape(page.toc) == [(3, []), (2, [(3, [(4, [])]), (3, [])]), (2, [])]


@pytest.fixture
def tooltips(project: MakeProject) -> glossary.Tooltips:
    terms = """
        asl: {term: ASL, expansion: above sea level, definition: A "real" height.}
        t3: {term: T3, definition: Steep.}
        path-t3: {term: PATH-T3, definition: A steep path.}
    """
    return glossary.tooltips(check(project({"content/glossary.yml": terms})).base)


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        (
            "<p>200 ASL.</p>",
            '<p>200 <abbr title="above sea level&#58; A &#34;real&#34; height." tabindex="0">ASL</abbr>.</p>',
        ),
        (
            '<p>T3</p><dl class="all" data-no-tooltips><dt>T3</dt></dl>',
            '<p><abbr title="Steep." tabindex="0">T3</abbr></p><dl class="all" data-no-tooltips><dt>T3</dt></dl>',
        ),
        ("<p>PATH-T3</p>", '<p><abbr title="A steep path." tabindex="0">PATH-T3</abbr></p>'),
        (
            "<p>T3 or T3</p>",  # one stop of the Tab key for each term, not one for each use of it
            '<p><abbr title="Steep." tabindex="0">T3</abbr> or <abbr title="Steep.">T3</abbr></p>',
        ),
        ("<p>asl, ASLANT, MyASL, T3P</p>", "<p>asl, ASLANT, MyASL, T3P</p>"),
        ("<a href='#'>ASL</a><h2>ASL</h2><code>ASL</code>", "<a href='#'>ASL</a><h2>ASL</h2><code>ASL</code>"),
        ('<p title="ASL">x</p>', '<p title="ASL">x</p>'),
    ],
)
def test_terms_get_tooltips_in_text_and_nowhere_else(tooltips: glossary.Tooltips, html: str, marked: str) -> None:
    assert tooltips.mark(html) == marked


def test_a_plural_gets_the_tooltip_too(tooltips: glossary.Tooltips) -> None:
    assert ">T3s</abbr>" in tooltips.mark("<p>Many T3s.</p>")


def test_prose_knows_a_few_constructs_and_nothing_else() -> None:
    html = prose("One **bold** *word* and a [link](https://a.example).\n\n- a\n- b\n\n<b>no</b> # no ![no](x.png)")
    assert "<strong>bold</strong> <em>word</em>" in html
    assert '<a href="https://a.example" rel="noopener noreferrer">link</a>' in html
    assert "<ul>" in html
    assert "<b>" not in html
    assert "<img" not in html
    assert "<h1" not in html


def test_text_is_one_line_of_references_and_letters() -> None:
    assert entities("a\n\n  b\t<i> & {{ c }}") == "a b &#60;i&#62; &#38; &#123;&#123; c &#125;&#125;"
    assert shortened("one two three four", 12) == "one two…"


def test_old_anchors_lead_to_the_heading_of_a_record_on_a_page_of_many(project: MakeProject) -> None:
    terms = "scree: {term: Scree, definition: Loose stones., former_ids: [old-name, older-name]}"
    base = check(project({"content/glossary.yml": terms})).base
    page = Renderer(base, environment([base.root / "templates"])).page(pages.index_pages(base["glossary"])[0]).html
    anchors = '<div id="old-name"></div>\n<div id="older-name"></div>'
    assert f'{anchors}\n<h2 id="scree">' in page


@pytest.mark.parametrize(
    ("left_out", "titles"),
    [([], ["A stage of", "Ends at"]), (["tours"], []), (["tours.stages[].hut"], ["Ends at"])],
)
def test_back_references_are_left_out_by_their_collection_or_one_by_one(
    project: MakeProject, left_out: list[str], titles: list[str]
) -> None:
    schema = json.loads(text("schemas/tour.schema.json"))
    end = {"title": "End", "description": "Where it ends.", "type": "string", "examples": ["a"]}
    schema["properties"]["end"] = {**end, "x-ref": "huts", "x-inverse": "Ends at"}
    tour = f"{text('content/tours/three-lakes.yml')}end: stone-pass\n"
    root = project({"schemas/tour.schema.json": json.dumps(schema), "content/tours/three-lakes.yml": tour})
    hut = check(root).base["huts"].records["stone-pass"]
    assert [title for title, _ in View("huts/stone-pass/").backlinks(hut, *left_out)] == titles


def test_what_a_schema_marks_with_x_folded_is_folded_below_everything_else(project: MakeProject) -> None:
    schema = json.loads(text("schemas/hut.schema.json"))
    schema["properties"]["setting"]["x-folded"] = True
    hut = "name: Stone Pass Hut\nvalley: STH\nsetting: On the <pass>\nbeds: 4\nsources:\n  - source: map\n"
    root = project({"schemas/hut.schema.json": json.dumps(schema), "content/huts/stone-pass.yml": hut})
    base = check(root).base
    record = base["huts"].records["stone-pass"]
    page = Renderer(base, environment([root / "templates"])).page(pages.record_page(record)).html
    before, _, folded = page.partition("<details")
    assert "Setting" not in before
    assert "<dt>Beds</dt>" in before
    assert "<summary>Setting</summary>" in folded
    assert "On the &#60;pass&#62;" in folded


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("index.md", ""),
        ("README.md", ""),
        ("plan.md", "plan/"),
        ("guide/index.md", "guide/"),
        ("guide/README.md", "guide/"),
        ("guide/my-index.md", "guide/my-index/"),
        ("guide/a.b.md", "guide/a.b/"),
    ],
)
def test_the_url_of_a_page_follows_from_its_file(source: str, url: str) -> None:
    assert urls.page(source) == url
