"""Chapters: their front matter, their links and references, and the macros that they call."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from tests.processes import smartguide
from tests.projects import Changes, FindingsOf, MakeProject

GOOD = [
    "---\ntitle: A page\ndescription: What it says.\nhide: [navigation]\ntags: [one]\nsearch: {boost: 2}\n---\n\n# A\n",
    "---\r\ntitle: A page\r\n---\r\n# A\r\n",
    "---\ntitle: 'a { b {'\n...\n",
    "---\n\n# A line across the page, and no front matter\n",
    "# A\n\nNote: text\n",
    "\n---\n\nNote: text below a line across the page\n",
    "\nNote: text below an empty line\n",
    "\nTime: five hours\n",
    "\nTitle: a sentence\nthat goes on\n",
    "\ufeff---\ntitle: a\n---\n",
    "",
]


@pytest.mark.parametrize("chapter", GOOD)
def test_good_front_matter_is_no_finding(findings_of: FindingsOf, chapter: str) -> None:
    assert findings_of({"content/page.md": chapter.encode()}) == []


@pytest.mark.parametrize(
    ("chapter", "expected"),
    [
        ("---\ntitle: [a\ndescription: x\n---\n# A\n", ["2:8: error: the [ that opens here does not close"]),
        ("---\ntitle: 5\n---\n", ["2:8: error: title: must be text, not the number 5 (put it in quotes: "]),
        ("---\ntitle:\n---\n", ["2:7: error: title: must be text, not empty (write something or leave the key out)"]),
        ("---\ntitle: no\n---\n", ["2:8: error: MkDocs takes 'no' for true or false (put it in quotes)"]),
        ("---\ntitle: 2014-10-01\n---\n", ["2:8: error: MkDocs takes '2014-10-01' for a date (put it in quotes)"]),
        ("---\ntitle: '{{ x }}'\n---\n", ["2:8: error: title: '{{ x }}' does not have the right form"]),
        ("---\ntitle: !include themes.yml\n---\n", ["2:8: error: front matter cannot have an !include"]),
        (
            "---\ntitel: a\ndescription: [a]\ntags: 7\nhide: navigation\nsearch: {exclude: no}\n---\n",
            [
                "2:1: error: unknown key 'titel' (did you mean 'title'?)",
                "3:14: error: description: must be text, not a list",
                "4:7: error: tags: must be a list, not the number 7",
                "5:7: error: hide: must be a list, not the text 'navigation'",
                "6:19: error: search.exclude: must be true or false, not the text 'no'",
            ],
        ),
        ("---\n- a\n---\n", ["2:1: error: must be a mapping of keys and values, not a list"]),
        ("---\n\n---\n", ["1:1: error: the front matter is empty, and would be shown on the page"]),
        (
            "---\ntitle: a\n\n# A\n",
            ["2:1: error: the front matter would be shown on the page as text (write a line --- below this line)"],
        ),
        (
            "---\ntitle: a",
            ["2:1: error: the front matter would be shown on the page as text (write a line --- below this line)"],
        ),
        (
            "---\ntitle: a\n---",
            [
                "3:1: error: the front matter would be shown on the page as text (write the text of the page below this line)"
            ],
        ),
        (
            "---\ntitle: a\n----\n",
            ["3:1: error: the front matter would be shown on the page as text (write --- in the place of '----')"],
        ),
        (
            "--\ntitle: a\n---\n",
            ["1:1: error: the front matter would be shown on the page as text (write --- in the place of '--')"],
        ),
        (
            "\u2014\ntitle: a\n---\n",
            ["1:1: error: the front matter would be shown on the page as text (write --- in the place of '\u2014')"],
        ),
        (
            " ---\ntitle: a\n---\n",
            ["1:1: error: the front matter would be shown on the page as text (write --- in the place of ' ---')"],
        ),
        (
            "\n---\ntitle: a\n---\n",
            ["2:1: error: the front matter would be shown on the page as text (move it to the beginning of the file)"],
        ),
        (
            "\ufeff\n---\ntitle: a\n---\n",
            ["2:1: error: the front matter would be shown on the page as text (move it to the beginning of the file)"],
        ),
        (
            "\n\n---\ntitle: a\n\n# A\n",
            ["3:1: error: the front matter would be shown on the page as text (move it to the beginning of the file)"],
        ),
        ("\n---\n# about\n\ntitle: a\n---\n", ["2:1: error: the front matter would be shown on the page as text"]),
        ("<!-- a -->\n---\n'title': a\n---\n", ["2:1: error: the front matter would be shown on the page as text"]),
        (
            "\ntitle: a\n\n# A\n",
            [
                "2:1: error: the front matter would be shown on the page as text (move it to the beginning of the file, between two lines ---)"
            ],
        ),
        (
            "\n\ntags: [a]\n---\n",
            [
                "3:1: error: the front matter would be shown on the page as text (move it to the beginning of the file, between two lines"
            ],
        ),
        ("title: a\n\n# A\n", ["1:1: error: the line is taken for front matter, and is not shown (put it between"]),
        (
            "title: a\ntags: [b]\n\n# A\n",
            ["1:1: error: the lines 1 to 2 are taken for front matter, and are not shown (put them between two lines"],
        ),
    ],
)
def test_front_matter_that_mkdocs_cannot_use_is_told(
    findings_of: FindingsOf, chapter: str, expected: list[str]
) -> None:
    found = findings_of({"content/page.md": chapter.encode()})
    assert len(found) == len(expected)
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(f"content/page.md:{start}")


def test_a_build_with_broken_front_matter_stops(site_project: MakeProject) -> None:
    root = site_project({"content/page.md": "---\ntitle: 5\n---\n\n# A\n", "content/b.md": "---\ntitle: [a\n---\n"})
    done = smartguide(root, "build")
    assert done.returncode == 1
    assert "content/page.md:2:8: error: title: must be text" in done.stdout
    assert "content/b.md:2:8: error: the [ that opens here does not close" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_reference_that_is_defined_nowhere_is_told(findings_of: FindingsOf) -> None:
    chapter = """
        # A [heading][one]

        [text][two], ![an image][three] and [two
        lines][fo  ur].

        | a | b |
        |---|---|
        | [cell][five] | - |

        [this][know] and [that][known]

        [known]: https://a.example
        """
    assert [line.partition(", and the page")[0] for line in findings_of({"content/page.md": chapter})] == [
        "content/page.md:1:5: error: no link 'one' is defined",
        "content/page.md:3:1: error: no link 'two' is defined",
        "content/page.md:3:14: error: no link 'three' is defined",
        "content/page.md:3:37: error: no link 'fo  ur' is defined",
        "content/page.md:8:3: error: no link 'five' is defined",
        "content/page.md:10:1: error: no link 'know' is defined",
    ]


def test_what_only_looks_like_a_reference_is_not_accused(findings_of: FindingsOf) -> None:
    chapter = """
        ---
        title: "[a][b]"
        ---
        # A

        `[a][b]` ``[a]`[b][c]`` {{ x[0][1] }} {# [a][b] #} <!-- [a][b] --> $[a][b]$ x[a][b] \\[a][b] [1][2]

        [x] [^1] [^1][^2] [a][Known] [a][WELL  known] [a][quoted] [ ][x] [a][{{ x }}]

            [code][b]

        \\- [x] [task]

        ```
        [a][b]

        [a][b]
        ```

        <div>
        [a][b]
        </div>

        [known]: https://a.example
          [well known]: https://a.example

        > [Quoted]: https://a.example
        """
    found = findings_of({"content/page.md": chapter})
    assert [line for line in found if "this footnote" not in line] == []
    assert findings_of({"content/page.md": "# A\n\n{% include 'links.txt' %}\n\n[a][defined-there]\n"}) == []


def build(root: Path, *options: str) -> list[str]:
    """Build a site that cannot be built, and return the findings without what to do."""
    done = smartguide(root, "build", *options)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    assert not (root / "site").exists()
    return [line.partition(" (")[0].removesuffix(" [macro]") for line in done.stdout.splitlines()]


FAULTY = {
    "content/page.md": """
        ---
        title: A page
        ---

        # A

        {{ link("huts", "nobody") }} and
        {{ link('hut', 'upper-lake', "x") }}, {{ count("nope") }}

        {{ lnk("huts") }} {{ nope }} {{ part(name="colections") }} {{ part("collections") }}
        {{ link("huts", "nobody") }}
        """,
    "content/attribute.md": "# A\n\n{{ nope.x }}\n",
    "content/arguments.md": "# A\n\n and {{ link() }}\n",
    "content/include.md": '{% include "gone.md" %}\n',
    "content/values.md": "# A\n\n{{ part('seasons') }}\n",
    "templates/parts/seasons.html": "<p>{{ seasons | length }}</p>\n",
}


@pytest.mark.parametrize("strict", ["--strict", "--no-strict"])
def test_all_macros_that_fail_are_told_on_their_line(site_project: MakeProject, strict: str) -> None:
    assert [line for line in build(site_project(FAULTY), strict) if "navigation" not in line] == [
        "content/arguments.md:3:6: error: link() missing 2 required positional arguments: 'collection' and 'record_id'",
        "content/attribute.md:3:1: error: 'nope' is undefined",
        "content/include.md:1:1: error: no template 'gone.md'",
        "content/page.md:7:4: error: no record 'nobody' in the collection 'huts'",
        "content/page.md:8:4: error: no collection 'hut'",
        "content/page.md:8:42: error: no collection 'nope'",
        "content/page.md:10:4: error: 'lnk' is undefined",
        "content/page.md:10:22: error: 'nope' is undefined",
        "content/page.md:10:33: error: no part 'colections'",
        "content/page.md:11:4: error: no record 'nobody' in the collection 'huts'",
        "templates/parts/seasons.html:1:1: error: cannot be rendered: 'seasons' is undefined",
    ]


def test_what_macros_name_in_vain_is_told_with_errors_that_stop_the_build_before(site_project: MakeProject) -> None:
    changes: Changes = {"content/b.md": "# A\n\n{{ count('hut') }}\n", "content/page.md": "---\ntitle: 5\n---\n"}
    assert [line.partition(": ")[0] for line in build(site_project(changes))] == [
        "content/b.md:3:4",
        "content/page.md:2:8",
    ]


def test_a_macro_that_fails_says_what_may_be_meant_and_which_template_it_is_in(site_project: MakeProject) -> None:
    wrong = "{{ link('hut', 'x') }} {{ link('huts', 'upper-lak') }} {{ part('colections') }} {{ lnk() }}\n"
    root = site_project(
        {
            "content/page.md": wrong,
            "content/b.md": "{{ part('bad') }}\n",
            "templates/parts/bad.html": "It says\n{{ nope }}\n",
        }
    )
    said = smartguide(root, "build", "--no-strict").stdout
    for meant in ("huts", "upper-lake", "collections", "link"):
        assert f"(did you mean '{meant}'?)" in said
    assert (
        "templates/parts/bad.html:2:1: error: cannot be rendered: 'nope' is undefined (fix the template) [template]"
        in said
    )


def test_a_site_that_is_served_shows_what_fails(
    site_project: MakeProject, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site_project(FAULTY)
    monkeypatch.chdir(root)  # from where mkdocs-macros looks for its include_dir
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))
    config.plugins.run_event("startup", command="serve", dirty=False)
    try:
        mkdocs_build(config, serve_url="http://127.0.0.1:8000/")
    finally:
        config.plugins.run_event("shutdown")
    found = "content/page.md:7:4: error: no record 'nobody' in the collection 'huts'"
    assert found in caplog.text
    assert "no record &#39;nobody&#39;" in (root / "site/page/index.html").read_text(encoding="utf-8")
    for html in (root / "site").rglob("*.html"):
        assert "Traceback" not in html.read_text(encoding="utf-8")
    assert "Traceback" not in caplog.text


def test_dead_links_are_told_wherever_they_stand_and_however_they_are_written(site_project: MakeProject) -> None:
    root = site_project(
        {
            "content/page.md": """
                # A page

                [one](it's.md)

                [a](gone\\_esc.md) [b](gone%20page.md) [c](gone page.md) [d](<gone two.md>) [e](a&amp;b.md) [f](par(en).md "T")
                [g][ref] and [h][ref], `[i](twice.md)`

                [i](twice.md), it costs $5
                [j](twice.md) or $6 [k](#nowhere) [l](#nowhere)
                ![m](no.png) [![n](no2.png)](no3.md)

                !!! note

                    [o](noted.md)

                    [p](noted.md)

                [ref]: defined.md
                """,
        }
    )
    found = [re.fullmatch(r"(.*): (?:warning|error): the link ('.*?'): .*", line) for line in build(root)]
    told = [f"{line[1]} {line[2]}" for line in found if line]
    anchors = [line for line in told if line.endswith("'#nowhere'")]  # they are errors, which come first
    assert told == [
        *anchors,
        "content/page.md:3:7 'it's.md'",
        "content/page.md:5:5 'gone_esc.md'",
        "content/page.md:5:23 'gone%20page.md'",
        "content/page.md:5:43 'gone page.md'",
        "content/page.md:5:62 'gone two.md'",
        "content/page.md:5:80 'a&b.md'",
        "content/page.md:5:96 'par(en).md'",
        "content/page.md:8:5 'twice.md'",
        "content/page.md:9:5 'twice.md'",
        "content/page.md:10:6 'no.png'",
        "content/page.md:10:20 'no2.png'",
        "content/page.md:10:30 'no3.md'",
        "content/page.md:14:9 'noted.md'",
        "content/page.md:16:9 'noted.md'",
        "content/page.md:18:8 'defined.md'",
    ]
    assert anchors == ["content/page.md:9:25 '#nowhere'", "content/page.md:9:39 '#nowhere'"]


def test_a_navigation_that_leads_nowhere_is_told_on_its_line(site_project: MakeProject) -> None:
    root = site_project({"content/guide/page.md": "# A page\n"})
    settings = root / "mkdocs.yml"
    lines = settings.read_text(encoding="utf-8").count("\n")
    with settings.open("a", encoding="utf-8") as file:
        file.write("nav:\n  - index.md\n  - Page: guide/pag.md\n  - /guide/page.md\n  - guide/page.md\n")
    done = smartguide(root, "build")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"mkdocs.yml:{lines + 3}:11: warning: no page 'guide/pag.md' (did you mean 'guide/page.md'?) [navigation]",
        f"mkdocs.yml:{lines + 4}:5: warning: '/guide/page.md' is from the root of the host, and the site may lie below a path "
        "(name the file of a page, relative to content/) [navigation]",
    ]
