"""Small rooms of the generator: addresses, pages, tooltips, ready HTML, measures."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import lxml.html
import markdown
import pytest

from smartguide import measures
from smartguide.checks.checking import Checked, check
from smartguide.model import urls
from smartguide.pages import pages, ready_html
from smartguide.pages import tooltips as glossary
from smartguide.pages.rendering import Renderer
from smartguide.pages.text import entities, prose, shortened


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("partners/x/", "partnerships/bridge/", "../../partners/x/"),
        ("partnerships/bridge/", "", "partnerships/bridge/"),
        ("", "partnerships/bridge/", "../../"),
        ("", "", "./"),
        ("guide/lessons/#more-time", "guide/lessons/", "#more-time"),
        ("guide/lessons/#more-time", "guide/actions/missions/", "../../../guide/lessons/#more-time"),
        ("api/v1/partners.json", "about/", "../api/v1/partners.json"),
    ],
)
def test_links_are_relative_so_that_the_site_works_below_any_path(target: str, page: str, link: str) -> None:
    assert urls.relative(target, page) == link


def test_pages_are_a_pure_function_of_the_records(project: Callable[..., Path]) -> None:
    root = project()
    first, second = (list(pages.pages(check(root).base)) for _ in range(2))
    assert first == second
    assert {"partnerships/index.md", "partnerships/alpha.md", "markets/ca.md"} <= {page.path for page in first}


def test_a_title_is_never_read_as_jinja_or_yaml(project: Callable[..., Path]) -> None:
    name = "name: '{{ 7*7 }}: \"x\" # y'\n"
    root = project({"content/partners/path-finders.yml": name + "country: FR\nsources:\n  - source: guide\n"})
    (page,) = (page for page in pages.pages(check(root).base) if page.path == "partners/path-finders.md")
    assert page.source.splitlines()[1] == 'title: "&#123;&#123; 7&#42;7 &#125;&#125;&#58; &#34;x&#34; &#35; y"'


def test_ready_html_goes_past_markdown_untouched() -> None:
    text = ready_html.marked("## A heading {: #here }\n\n<p>*not* `Markdown`\n\n```\n</p>\n")
    html = markdown.markdown(text, extensions=["attr_list", ready_html.ReadyHtml()])
    assert html == '<h2 id="here">A heading</h2>\n<p>*not* `Markdown`\n```\n</p>'


def test_the_marks_of_ready_html_are_comments_to_an_engine_that_does_not_know_them() -> None:
    html = markdown.markdown(ready_html.marked("## Heading\n<p>Text</p>\n"))
    assert "<p>Text</p>" in html
    assert "<h2>Heading</h2>" in html


@pytest.fixture
def tooltips(project: Callable[..., Path]) -> glossary.Tooltips:
    terms = """
        sme: {term: SME, expansion: small firm, definition: A "small" firm.}
        s3: {term: S3, definition: Smart.}
        escp-s3: {term: ESCP-S3, definition: A partnership.}
    """
    catalogue = "collections:\n  sources: {schema: source, records: !include sources.yml}\n"
    root = project(
        {
            "content/catalogue.yml": catalogue + "  glossary: {schema: term, records: !include terms.yml}\n",
            "content/terms.yml": terms,
        }
    )
    return glossary.tooltips(check(root).base)


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>An SME.</p>", '<p>An <abbr title="small firm&#58; A &#34;small&#34; firm.">SME</abbr>.</p>'),
        ("<p>ESCP-S3</p>", '<p><abbr title="A partnership.">ESCP-S3</abbr></p>'),
        ("<p>sme, SMELL, MySME, S3P</p>", "<p>sme, SMELL, MySME, S3P</p>"),
        ("<a href='#'>SME</a><h2>SME</h2><code>SME</code>", "<a href='#'>SME</a><h2>SME</h2><code>SME</code>"),
        ('<p title="SME">x</p>', '<p title="SME">x</p>'),
    ],
)
def test_terms_get_tooltips_in_text_and_nowhere_else(tooltips: glossary.Tooltips, html: str, marked: str) -> None:
    assert tooltips.mark(html) == marked


def test_a_plural_gets_the_tooltip_too(tooltips: glossary.Tooltips) -> None:
    assert ">SMEs</abbr>" in tooltips.mark("<p>Many SMEs.</p>")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("partnerships of generation 1", 25),
        ("partnerships of escp-s3", 9),
        ("funded partnerships of generation 1", 15),
        ("voluntary partnerships of generation 1", 10),
        ("strand 1 partnerships of generation 2", 16),
        ("partner entries of escp-s3", 62),
        ("partner entries of generation 2", 133),
    ],
)
def test_measures_count_the_records(real: Checked, name: str, value: int) -> None:
    assert measures.measure(real.base, name) == value


def test_an_unknown_measure_is_told_with_those_that_there_are(real: Checked) -> None:
    with pytest.raises(measures.UnknownMeasureError, match="partnerships of GROUP"):
        measures.measure(real.base, "clusters of generation 1")


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


@pytest.mark.parametrize(
    ("collection", "record_id", "text"),
    [
        (
            "partners",
            "path-finders",
            "name: Path Finders\ncountry: FR\nwebsite: https://gone.example/\n"
            "archived_website: https://web.archive.org/web/2019/https://gone.example/\nsources:\n  - source: guide\n",
        ),
        (
            "partnerships",
            "beta",
            "acronym: Beta\ntitle: B\nkind: ESCP-S3\neu_funded: true\nlinks:\n  - url: https://gone.example/\n    label: x\n"
            "    archived: https://web.archive.org/web/2019/https://gone.example/\nsources:\n  - source: guide\n",
        ),
    ],
)
def test_an_archived_copy_stands_beside_the_address_that_is_gone(
    project: Callable[..., Path], collection: str, record_id: str, text: str
) -> None:
    base = check(project({f"content/{collection}/{record_id}.yml": text})).base
    page = lxml.html.fromstring(Renderer(base).record(base[collection].records[record_id]))
    (gone,) = page.xpath("//a[@href = 'https://gone.example/']")
    (copy,) = page.xpath("//a[@href = 'https://web.archive.org/web/2019/https://gone.example/']")
    assert copy.getparent() is gone.getparent()
    assert copy.text_content() == "archived copy"


@pytest.mark.parametrize("template", ["lesson", "statistic", "term", "none-of-its-own"])
def test_old_anchors_lead_to_the_heading_of_a_record_on_a_page_of_many(
    real: Checked, template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = {"lesson": "lessons", "statistic": "statistics"}.get(template, "glossary")
    collection = real.base[name]
    monkeypatch.setattr(collection, "template", template)
    record = next(iter(collection))
    monkeypatch.setitem(record.data, "former_ids", ["old-name", "older-name"])
    page = Renderer(real.base).index(collection)
    anchors = '<div id="old-name"></div>\n<div id="older-name"></div>'
    assert re.search(rf"{anchors}\n<!-- /ready -->\n\n+##+ [^\n]* {{: #{record.id} }}", page)


def test_every_record_on_a_page_of_many_may_have_former_ids(real: Checked) -> None:
    of_many = [collection for collection in real.base.collections.values() if collection.one_page]
    assert of_many
    assert [one.name for one in of_many if "former_ids" not in one.kind.schema["properties"]] == []


@pytest.mark.parametrize(
    ("source", "address"),
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
def test_the_address_of_a_page_follows_from_its_file(source: str, address: str) -> None:
    assert urls.page(source) == address
