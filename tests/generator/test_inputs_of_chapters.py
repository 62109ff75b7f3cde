"""What people type into chapters, one row each: it is told with file, line and words, or it works."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartguide.building import build_site
from smartguide.checks.checking import Checker
from tests.generator import projects
from tests.generator.inputs import (
    HUT,
    PNG,
    SETTINGS,
    TOUR,
    H,
    P,
    T,
    Table,
    assert_told,
    findings,
    hut,
    named,
    page,
    tour,
)
from tests.projects import Changes
from tests.searches import texts

MARKDOWN: Table = {
    "a list inside of a list, two blanks": (page("- a\n  - b\n"), [f"{P}:4:3: warning: this list would not be shown inside of the one above (indent it by four blanks for each level) [markdown]"]),
    "a list inside of a numbered list, three blanks": (page("1. a\n   - b\n"), [f"{P}:4:4: warning: this list would not be shown inside"]),
    "a third level": (page("- a\n    - b\n      - c\n"), [f"{P}:5:7: warning: this list would not be shown inside"]),
    "a list in a quotation": (page("> - a\n>   - b\n"), [f"{P}:4:5: warning: this list would not be shown inside"]),
    "a paragraph of a list": (page("- a\n\n  b\n- c\n"), [f"{P}:5:3: warning: this would not be shown inside of the list above"]),
    "a list without an empty line before it": (page("Take:\n- a\n- b\n"), [f"{P}:4:1: warning: this list would be shown as plain text (put an empty line before it)"]),
    "a numbered list without an empty line before it": (page("Take:\n1. a\n2. b\n"), [f"{P}:4:1: warning: this list would be shown as plain text"]),
    "a list without an empty line in a quotation": (page("> Take:\n> - a\n"), [f"{P}:4:3: warning: this list would be shown as plain text"]),
    "a table without an empty line before it": (page("Take:\n| a | b |\n|---|---|\n| 1 | 2 |\n"), [f"{P}:4:1: warning: this table would be shown as plain text"]),
    "two titles": (page("One.\n\n# Another\n"), [f"{P}:5:1: warning: this is a second title of the page (write ## instead of #)"]),
    "tasks": (page("- [ ] a\n- [x] b\n"), [f"{P}:3:3: warning: the brackets of this task would be shown (leave them out, or add pymdownx.tasklist to markdown_extensions in mkdocs.yml)", f"{P}:4:3: warning: the brackets of this task"]),
    "struck out": (page("It is\n~~far~~ near.\n"), [f"{P}:4:1: warning: the ~~ would be shown"]),
    "a bare URL": (page("See https://a.example/b for it.\n"), [f"{P}:3:5: warning: this URL would not be a link (write it between < and >, or add pymdownx.magiclink"]),
    "a bare www": (page("See www.huts.example.\n"), [f"{P}:3:5: warning: this URL would not be a link"]),
    "a bare URL in a table": (page("| a |\n|---|\n| https://a.example |\n"), [f"{P}:5:3: warning: this URL would not be a link"]),
    "a note of a forge": (page("> [!NOTE]\n> Mind this.\n"), [f"{P}:3:3: warning: the mark of this note would be shown as it is written (write !!! note"]),
    "a warning of a forge": (page("> [!WARNING]\n> Mind this.\n"), [f"{P}:3:3: warning: the mark of this note"]),
    "numbers with a bracket": (page("1) a\n2) b\n"), [f"{P}:3:1: warning: this list would be shown as plain text (write 1. instead of 1))"]),
    "a list that begins with three": (page("3. a\n4. b\n"), [f"{P}:3:1: warning: this list would begin with 1"]),
    "two lists in a row": (page("- a\n- b\n\n1. c\n2. d\n"), [f"{P}:6:1: warning: this list would be part of the one above"]),
    "code in a list": (page("- a\n\n    ```\n    x\n    ```\n"), [f"{P}:5:5: warning: this code would be shown as a line of text"]),
    "a backslash at the end of a line": (page("One\\\ntwo\n"), [f"{P}:3:4: warning: the backslash would be shown, and no line break"]),
    "a footnote": (page("One[^1].\n\n[^1]: two\n"), [f"{P}:3:4: warning: this footnote would be shown", f"{P}:5:1: warning: this footnote would be shown"]),
    "Markdown in HTML": (page("<details>\n<summary>x</summary>\n\nIt is **far**.\n\n</details>\n"), [f"{P}:3:1: warning: the Markdown inside of this HTML would be shown"]),
    "a brace that opens template code": (page("See {{ link( }}\n"), [f"{P}:3:5: error: unexpected '}}', expected ')' (fix the template code; to show braces, put them between backticks or {{% raw %}} and {{% endraw %}}) [macro]".replace("{{%", "{%").replace("%}}", "%}").replace("'}}'", "'}'")]),
    "a record in a folder below that of its collection": ({"content/huts/new/x.yml": HUT}, ["content/huts/new/x.yml: error: no collection of content/catalogue.yml includes this file (move it into content/huts/) [left-out]"]),
    "a record that there is not": (page("See {{ link('huts', 'stone-pas') }}.\n"), [f"{P}:3:8: error: no record 'stone-pas' in the collection 'huts' (did you mean 'stone-pass'?) [macro]"]),
    "a record of no id": (page("One.\n\nSee {{ link(collection='huts',\n  record_id='Stone Pass') }}.\n"), [f"{P}:5:8: error: no record 'Stone Pass' in the collection 'huts'"]),
    "a collection that there is not": (page("There are {{ count('hut') }} huts.\n"), [f"{P}:3:14: error: no collection 'hut' (did you mean 'huts'?) [macro]"]),
    "a record in code that is shown": (page("Write `{{ link('huts', 'none') }}`.\n"), []),
    "a comment of Jinja that does not end": (page("It is {# here\n"), [f"{P}:3:7: error: Missing end of comment tag"]),
    "a tag of Jinja that there is not": (page("{% nope %}\n"), [f"{P}:3:1: error: Encountered unknown tag 'nope'."]),
}  # fmt: skip
NOTHING_FROM_OTHERS = "would not be shown: the pages load nothing from other sites (put the file into content/ and name it, or write a link) [blocked]"
NO_FRAMES = "this would not be shown: the pages hold no frames of other pages (write a link to it) [blocked]"
BLOCKED: Table = {
    "a picture of another site": (page("See\n![it](https://a.example/x.png)\n"), [f"{P}:4:7: warning: this picture {NOTHING_FROM_OTHERS}"]),
    "a picture of another site by reference": (page("![it][x]\n\n[x]: //a.example/x.png\n"), [f"{P}:3:1: warning: this picture {NOTHING_FROM_OTHERS}"]),
    "a picture of another site in HTML": (page('<img alt="x" src="https://a.example/x.png">\n'), [f"{P}:3:1: warning: this {NOTHING_FROM_OTHERS}"]),
    "a film": (page("<div>\n<video controls src='//a.example/x.mp4'></video>\n</div>\n"), [f"{P}:4:1: warning: this {NOTHING_FROM_OTHERS}"]),
    "a frame": (page('<iframe src="https://a.example"></iframe>\n'), [f"{P}:3:1: warning: {NO_FRAMES}"]),
    "a plug-in": (page('One <object data="x.pdf"></object>\n'), [f"{P}:3:5: warning: {NO_FRAMES}"]),
    "a style sheet": (page('<link rel="stylesheet" href="https://a.example/x.css">\n'), [f"{P}:3:1: warning: this style sheet would not be loaded by a page"]),
    "an import of styles": (page("<style>\n@import url(https://a.example/x.css);\n</style>\n"), [f"{P}:4:1: warning: this style sheet would not be loaded"]),
    "a form": (page('<form action="https://a.example"><input name="x"></form>\n'), [f"{P}:3:1: warning: this form could not be sent"]),
    "a base": (page('<base href="https://a.example/">\n'), [f"{P}:3:1: warning: a page cannot have another base"]),
    "an event": (page('<b onclick="alert(1)">x</b>\n'), [f"{P}:3:1: warning: this code would not run on a page"]),
    "an event in an attribute list": (page('One\n{: .a onclick="alert(1)" }\n'), [f"{P}:4:7: warning: this code would not run on a page"]),
    "code as a link in HTML": (page('<a href="javascript:alert(1)">x</a>\n'), [f"{P}:3:1: warning: this link would lead nowhere"]),
}  # fmt: skip
LINKS: Table = {
    f"a link to {target}": (page(f"See [it]({target}).\n"), [f"{P}:3:10: warning: the link '{target}': {words} [broken-link]"])
    for target, words in {
        "htps://a.example/": "no link can begin with 'htps:' (did you mean 'https'?)",
        "https:/a.example/b": "it names no host (write https://a.example/b)",
        "http:a.example": "it names no host (write http://a.example)",
        "a@b.example": "there is no file 'a@b.example' (write mailto:a@b.example)",
        "www.a.example": "there is no file 'www.a.example' (write https://www.a.example)",
        "javascript:void(0)": "no link can begin with 'javascript:' (write a URL that begins with https://)",
        "data:text/html,x": "no link can begin with 'data:' (write a URL that begins with https://)",
        "file:///etc/passwd": "no link can begin with 'file:' (write a URL that begins with https://)",
        "huts/stone-pass.yml": "there is no file 'huts/stone-pass.yml' (did you mean 'huts/stone-pass.md'?)",
    }.items()
}  # fmt: skip
TYPED: Table = {
    "bullets of a word processor": (page("Take:\n\n• one\n• two\n"), [f"{P}:5:1: warning: this list would be shown as plain text (begin each entry with '-' and a space) [markdown]"]),
    "dashes of a word processor": (page("– one\n– two\n"), [f"{P}:3:1: warning: this list would be shown as plain text"]),
    "a list with no-break spaces": (page("-\u00a0one\n-\u00a0two\n"), [f"{P}:3:1: warning: this list would be shown as plain text"]),
    "code that does not end": (page("```\ncode\n\nmore\n"), [f"{P}:3:1: warning: this code does not end, and its marks would be shown (write a line with ``` below it) [markdown]"]),
    "a comment that does not end": (page("<!-- hidden\n\nmore\n"), [f"{P}:3:1: warning: this comment does not end, and would be shown (write --> at its end) [markdown]"]),
    "a note without its text": (page("!!! note\nText\n"), [f"{P}:3:1: warning: the text below would not be part of this note (indent it by four blanks) [markdown]"]),
    "front matter in TOML": ({P: '+++\ntitle = "A"\n+++\n\n# A\n'}, [f"{P}:1:1: error: front matter in TOML would be shown on the page as text (write it as YAML: 'title: …' between two lines ---) [front-matter]"]),
    "front matter with a no-break space": ({P: "---\ntitle:\u00a0A\n---\n\n# A\n"}, [f"{P}:2:7: error: no space (U+0020) is behind the colon, but U+00A0 (delete it, and type a space in its place) [syntax]"]),
    "a date in front matter": ({P: "---\ndate: 2024-02-30\n---\n\n# A\n"}, [f"{P}:2:1: error: unknown key 'date'"]),
}  # fmt: skip
WORKS: dict[str, Changes] = {
    "HTML and links that are shown": page("`<iframe>` and `[x](javascript:1)`\n\n```html\n<iframe src='https://a.example'>\n![x](https://a.example/x.png)\n```\n"),
    "links to other sites": page("[a](https://a.example) [b](mailto:a@b.example) [c](tel:+4312) [d](//a.example/x) ![e](data:image/gif;base64,R0lG)\n\n– a dash\n\n!!! note\n    Text\n\n<!-- a comment -->\n"),
    "a heading with an id": page("## Part {#my-part}\n\n[up](#my-part)\n"),
    "a heading with an id and a class": page("## Part {#my-part .wide}\n\n## Other {: #other }\n"),
    "secrets in code": page("```yaml\ntoken: ${{ secrets.X }}\n```\n\nand `${{ secrets.X }}` and ``{% x %}``\n"),
    "Jinja in code": page("~~~\n{% if x %}\n{# y\n~~~\n"),
    "raw code": page("{% raw %}\n```\n{{ x }\n```\n{% endraw %}\n"),
    "a merge conflict that is shown": page("```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n```\n"),
    "a heading underlined with seven": page("A title\n=======\n"),
    "lists as the site wants them": page("Take:\n\n- a\n    - b\n\n        c\n- d\n"),
    "a comment with a blank": {H: HUT.replace("Upper Lake Hut", "Upper Lake Hut # its name")},
    "an anchor that is used": {H: HUT.replace("name: Upper", "name: &name Upper") + "notes:\n  - *name\n"},
    "quotes inside of a text": hut("notes:\n  - The “upper” hut\n  - 1 < 2 > 0 & more\n"),
    "a hash in quotes": named('"Hut #1"'),
    "a hash in a block": hut("notes:\n  - |\n    Hut #1\n    # once\n"),
    "numbers": tour(
        "figures:\n  - {label: Ascent, value: -0.5, source: map}\n  - {label: Height, value: 1200, source: map}\n"
    ),
    "text in quotes": hut('notes:\n  - "007"\n  - "1.50"\n  - "yes"\n  - 12:30\n  - 1_000\n  - "~"\n  - no\n  - off\n'),
    "dates": tour("start: 2024-02\nend: 2024-12\n"),
    "links in prose": tour(
        'description: "See [it](https://a.example/), [him](mailto:a@b.example), page [1][2], a [sic] and 5 * 4."\n'
    ),
    "URLs that are links": page(
        "<https://a.example/> [b](https://b.example) <a href='https://c.example'>https://c.example</a> `https://d.example`\n"
    ),
    "pictures and a document": {
        "content/a/x.png": PNG,
        "content/b.PDF": b"%PDF-1.7\n",
        "content/c.jpeg": b"\xff\xd8\xff\xe0",
    },
    "the list of a collection in a chapter": {"content/huts/index.md": '# Ours\n\n{{ index_page("huts") }}\n'},
    "a letter of two characters": {
        H: HUT.replace("Obere Seehütte", "Obere Seehu\u0308tte").encode(),
        T: TOUR.encode() + "aliases: ['U\u0308ber']\n".encode(),
    },
    "a chapter named in the other form": {
        "content/über-uns.md": "# Wir\n",
        "mkdocs.yml": SETTINGS + "nav:\n  - index.md\n  - u\u0308ber-uns.md\n",
        "content/index.md": "# Home\n\n[wir](u\u0308ber-uns.md)\n",
    },
    "files of editors": {
        f"content/huts/{name}": b"\xff: ["
        for name in (
            ".#upper-lake.yml",
            "._upper-lake.yml",
            "~$upper-lake.yml",
            "upper-lake.yml~",
            "#upper-lake.yml#",
            ".upper-lake.yml.swp",
            ".DS_Store",
            "Thumbs.db",
            "desktop.ini",
            "._page.md",
            "~$page.md",
            ".#page.md",
            "page.md~",
            ".git/config",
            ".obsidian/x.json",
            "4913",
            "upper-lake.yml___jb_tmp___",
        )
    }
    | {"schemas/._hut.schema.json": b"\0", "schemas/.#hut.schema.json": b"\0"},
}  # fmt: skip


TOLD: Table = MARKDOWN | BLOCKED | LINKS | TYPED


@pytest.mark.parametrize("name", TOLD)
def test_what_is_typed_wrong_is_told(checker: Checker, name: str) -> None:
    changes, expected = TOLD[name]
    assert_told(checker, changes, expected)


@pytest.mark.parametrize("name", WORKS)
def test_what_is_meant_is_not_accused(checker: Checker, name: str) -> None:
    assert findings(checker, WORKS[name]) == []


SHOWN = """
    # A page

    ## Part {#my-part}

    [up](#my-part), and `${{ secrets.Y }}`

    ```yaml
    token: ${{ secrets.X }}
    ```

    - [ ] a task

    ~~far~~ https://a.example/b

    3. three

    Mu\u0308ller
    """
EXTENSIONS = "  - sane_lists\n  - pymdownx.magiclink\n  - pymdownx.tasklist\n  - pymdownx.tilde: {subscript: false}\n"


def test_a_page_shows_what_was_typed_and_nothing_else_is_published(tmp_path: Path) -> None:
    settings = SETTINGS.replace("  - tables\n", f"  - tables\n{EXTENSIONS}")
    left_alone: Changes = {
        f"content/a/{name}": "x" for name in ("~$x.md", ".#x.md", "x.md~", "Thumbs.db", "~$x.png", ".b/x.md")
    }
    changes: Changes = {"mkdocs.yml": settings, P: SHOWN, "content/a/x.png": PNG, **left_alone}
    build_site(projects.copy(tmp_path, changes, site=True), tmp_path / "site", strict=True)
    page = (tmp_path / "site/page/index.html").read_text(encoding="utf-8")
    for part in (
        '<h2 id="my-part" aria-label="Part">Part',
        "<code>${{ secrets.Y }}</code>",
        "token: ${{ secrets.X }}",
        '<input type="checkbox" disabled/> a task',
        '<del>far</del> <a href="https://a.example/b">',
        '<ol start="3">',
        "Müller",
    ):
        assert part in page
    assert [path.name for path in (tmp_path / "site/a").rglob("*")] == ["x.png"]
    assert any("Müller" in text for _, text in texts(tmp_path / "site"))
