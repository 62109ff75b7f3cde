"""Style sheets are published without comments and as few files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smartguide.site import style_sheets, theme_markup
from smartguide.site.style_sheets import StyleSheets

TEXTS = {
    "a.css": "a{b:c}",
    "b.css": "@media print{a{b:d}}",
    "parts/c.css": 'a{background:url("data:image/svg+xml,%3Csvg/%3E")}',
    "moved.css": "a{background:url(picture.svg)}",
    "imports.css": '@import "a.css";',
}
LINK = '<link rel="stylesheet" href="../assets/{}">'
ROWS = pytest.mark.parametrize(
    ("names", "rows"),
    [
        (["a.css", "b.css", "parts/c.css"], [["a.css", "b.css", "parts/c.css"]]),
        (["b.css", "a.css"], [["b.css", "a.css"]]),
        (["a.css"], []),
        (["a.css", "b.css", "moved.css", "parts/c.css"], [["a.css", "b.css"]]),
        (["imports.css", "a.css", "b.css"], [["a.css", "b.css"]]),
        (["a.css", "missing.css", "b.css"], []),
        (["../assets/a.css", "b.css"], []),
    ],
)


def test_style_sheets_lose_their_comments_and_nothing_else_changes(tmp_path: Path) -> None:
    site, theme = tmp_path / "site", tmp_path / "theme"
    texts = {
        "a.css": "/* nothing */\na { color: red }\n",
        "a.js": "// nothing\nconst a = 1;\n",
        "only.css": "a { b: c }",
    }
    for folder, names in ((theme, texts), (site, ("a.css", "a.js"))):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(texts[name], encoding="utf-8")
    for _ in range(2):
        style_sheets.minify(site, theme)
        assert (site / "a.css").read_text(encoding="utf-8") == "a{color:red}"
        assert (site / "a.js").read_text(encoding="utf-8") == texts["a.js"]
    assert not (site / "only.css").exists()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / "assets" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "assets" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_a_style_sheet_says_of_its_own_file_is_left_out(site: Path) -> None:
    (site / "assets/a.css").write_text('@charset "UTF-8";a{b:c}\n/*# sourceMappingURL=a.css.map */', encoding="utf-8")
    StyleSheets(site).joined(f"<head>{LINK.format('a.css')}{LINK.format('b.css')}</head>")
    (joined,) = (site / "assets/stylesheets").glob("*.css")
    assert joined.read_text(encoding="utf-8") == f"a{{b:c}}\n\n{TEXTS['b.css']}"


def test_joined_rules_do_not_follow_every_class_of_a_page(site: Path) -> None:
    theme = ".md-typeset table:not([class]) td>:first-child{margin-top:0}.no-js .tabbed-labels>:first-child{color:red}"
    (site / "assets/a.css").write_text(theme, encoding="utf-8")
    StyleSheets(site).joined(f"<head>{LINK.format('a.css')}{LINK.format('b.css')}</head>")
    (joined,) = (site / "assets/stylesheets").glob("*.css")
    ours = (
        ".md-typeset table[data-sg-plain] td>:first-child{margin-top:0}"
        ".no-js .tabbed-labels>label:first-child{color:red}"
    )
    assert joined.read_text(encoding="utf-8").startswith(ours)


@pytest.mark.parametrize(
    ("table", "marked"),
    [
        ("<table>", "<table data-sg-plain>"),
        ('<table\n border="1">', '<table data-sg-plain\n border="1">'),
        ("<table data-sg-plain>", "<table data-sg-plain>"),
        ('<table class="a">', '<table class="a">'),
        ('<table id="b" class="a">', '<table id="b" class="a">'),
        ("<tablet>", "<tablet>"),
        ("&lt;table&gt;", "&lt;table&gt;"),
    ],
)
def test_tables_without_a_class_are_marked(table: str, marked: str) -> None:
    assert theme_markup.with_marked_tables(f"<p>{table}</p>") == f"<p>{marked}</p>"


def test_tables_of_chapters_scroll_and_are_named_by_their_heading() -> None:
    table = "\n<table>\n<tr><td>1</td></tr>\n</table>\n"
    heading = '<h2 id="a" aria-label="Sums">Sums</h2>'
    page = theme_markup.corrected(f"{table}{heading}{table}<p>and</p>{table}")
    assert re.findall(
        r'<div class="sg-scroll" tabindex="0" role="region" aria-label="([^"]*)"><table data-sg-plain>', page
    ) == [
        "Table",
        "Sums",
        "Sums (2)",
    ]
    assert theme_markup.corrected(page) == page


@ROWS
def test_a_row_of_style_sheets_becomes_one_and_what_is_bound_to_its_place_stays(
    site: Path, names: list[str], rows: list[list[str]]
) -> None:
    head = "\n  ".join(LINK.format(name) for name in names)
    page = f"<head>{head}</head><body>{LINK.format('a.css')}</body>"
    joined = StyleSheets(site).joined(page)
    made = sorted((site / "assets/stylesheets").glob("*.css"))
    assert [file.read_text(encoding="utf-8") for file in made] == [
        "\n".join(TEXTS[name] for name in row) for row in rows
    ]
    for file, row in zip(made, rows, strict=True):
        assert LINK.format(f"stylesheets/{file.name}") in joined
        assert not any(LINK.format(name) in joined.partition("</head>")[0] for name in row)
    alone = [name for name in names if not any(name in row for row in rows)]
    assert all(LINK.format(name) in joined for name in alone)
    assert joined.endswith(f"<body>{LINK.format('a.css')}</body>")
    assert StyleSheets(site).joined(joined) == joined
