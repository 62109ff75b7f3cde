"""Files, their names and characters in them that nobody means, one row each: told with file, line and words."""

from __future__ import annotations

import os

import pytest

from smartguide.checks.checking import Checker, check
from tests.generator import projects
from tests.generator.inputs import CATALOGUE, HUT, PNG, SETTINGS, H, P, Table, assert_told, hut, named, page

CHARACTERS: Table = {
    **{
        f"U+{ord(char):04X} in a record": (
            {H: HUT.replace("Upper Lake", f"Upper{char}Lake").encode()},
            [f"{H}:1:12: error: name: holds {words}"],
        )
        for char, words in {
            "\u202e": "the invisible character U+202E, which changes the direction of writing (delete it",
            "\u2066": "the invisible character U+2066",
            "\u200f": "the invisible character U+200F",
            "\u200b": "the invisible character U+200B (delete it",
            "\u0378": "U+0378, which is no character of Unicode",
            "\U0001fffe": "U+1FFFE, which is no character of Unicode",
            "\ue000": "the invisible character U+E000",
            "\u034f": "the invisible character U+034F",
            "\ufe0f": "the invisible character U+FE0F",
            "\U0001bca0": "the invisible character U+1BCA0",
            "\U00013430": "the invisible character U+13430",
            "\ufffd": "U+FFFD, which stands for a character that was lost (write the character that was meant)",
        }.items()
    },
    "U+FFFE as an escape": (
        named('"Upper\\uFFFELake"'),
        [f"{H}:1:7: error: name: holds U+FFFE, which is no character of Unicode"],
    ),
    "U+FFFF as an escape": (named('"Upper\\uFFFFLake"'), [f"{H}:1:7: error: name: holds U+FFFF"]),
    "U+202E as an escape": (
        named('"Upper\\u202eLake"'),
        [f"{H}:1:7: error: name: holds the invisible character U+202E"],
    ),
    "in a key": (hut("be\u200bds: 4\n"), [f"{H}:6:1: error: unknown key", f"{H}:6:3: error: be"]),
    "in a comment": (hut("# a \u202ecomment\n"), [f"{H}:6:5: error: holds the invisible character U+202E"]),
    "in a text of several lines": (
        hut("notes:\n  - |\n    one\n    two\u200bthree\n"),
        [f"{H}:9:8: error: notes[0]: holds the invisible character U+200B"],
    ),
    "in a chapter": (page("One\u202etwo\n"), [f"{P}:3:4: error: holds the invisible character U+202E"]),
    "U+FFFE in a chapter": (page("One\ufffetwo\n"), [f"{P}:3:4: error: holds U+FFFE"]),
    "as a reference in a chapter": (
        page("One &#x202e;two &#8238; &rlm;\n"),
        [
            f"{P}:3:5: error: holds the invisible character U+202E",
            f"{P}:3:17: error: holds the invisible character U+202E",
            f"{P}:3:25: error: holds the invisible character U+200F",
        ],
    ),
    "in front matter": ({P: "---\ntitle: One\u202etwo\n---\n\n# A\n"}, [f"{P}:2:11: error:"]),
    "in front matter as an escape": (
        {P: '---\ntitle: "One\\u202etwo"\n---\n\n# A\n'},
        [f"{P}:2:8: error: title: holds the invisible character U+202E"],
    ),
    "in the catalogue": (
        {"content/catalogue.yml": CATALOGUE.replace("title: Glossary", 'title: "a\\u202eb"')},
        ["content/catalogue.yml:8:47: error: collections.glossary.title: holds the invisible character U+202E"],
    ),
    "in a schema": (
        {
            "schemas/valley.schema.json": projects.text("schemas/valley.schema.json").replace(
                '"Valley"', '"Val\u202eley"', 1
            )
        },
        ["schemas/valley.schema.json:4:16: error: title: holds the invisible character U+202E"],
    ),
    "in a schema as an escape": (
        {
            "schemas/valley.schema.json": projects.text("schemas/valley.schema.json")
            .replace('"Valley"', '"Val\\u202eley"', 1)
            .encode()
        },
        ["schemas/valley.schema.json:4:12: error: title: holds the invisible character U+202E"],
    ),
    "in settings": (
        {"mkdocs.yml": SETTINGS.replace("site_name: Tours", "site_name: To\u202eurs")},
        ["mkdocs.yml:1:14: error: holds the invisible character U+202E"],
    ),
    "in settings as an escape": (
        {"mkdocs.yml": SETTINGS.replace("site_name: Tours", 'site_name: "To\\u202eurs"').encode()},
        ["mkdocs.yml:1:12: error: holds the invisible character U+202E"],
    ),
    "in a template": (
        {"templates/tour.html": projects.text("templates/tour.html") + "<p>\u202e</p>\n"},
        ["templates/tour.html:"],
    ),
    "in the name of a file": (
        {"content/a\u202eb.md": "# A\n"},
        ["content/a b.md: error: the name of the file cannot be written"],
    ),
    "U+FFFE in the name of a file": (
        {"content/a\ufffeb.png": PNG},
        ["content/a b.png: error: the name of the file cannot be written"],
    ),
    "a letter that nobody sees in the name of a file": (
        {"content/a\u3164b.md": "# A\n"},
        ["content/a\u3164b.md: error: the name of the file cannot be written"],
    ),
    "the name of a file in another form": (
        {"content/u\u0308ber.md": "# A\n"},
        [
            "content/u\u0308ber.md: error: a letter of its name is written as two characters, as some systems do (Unicode NFD instead of NFC) (type the name anew: 'über.md')"
        ],
    ),
}  # fmt: skip
NEITHER = "is neither a record nor a chapter (.md), and of other files only these are published: png, jpg, jpeg, gif, webp, avif, pdf"
FILES: Table = {
    **{
        f"the file {name}": ({f"content/{name}": text}, [f"content/{name}: error: {words}"])
        for name, text, words in (
            ("_redirects", "/a /b\n", NEITHER + " (move it out of content/) [left-out]"),
            ("CNAME", "a.example\n", NEITHER),
            ("robots.txt", "x\n", NEITHER),
            ("favicon.ico", b"\0\0\1\0", NEITHER),
            ("x.php", "<?php ?>", NEITHER),
            ("x.shtml", "x", NEITHER),
            ("x.xsd", "x", NEITHER),
            ("huts/notes.txt", "x", NEITHER),
            ("huts/photo.heic", "x", NEITHER),
            ("huts/README", "x", NEITHER),
            ("huts/table.xlsx", b"PK", NEITHER),
            ("huts/stone.yml.txt", "name: x\n", NEITHER + " (rename it to 'stone.yml')"),
            ("huts/stone.json", "{}", NEITHER),
            ("upper-lake.yml.orig", "x", NEITHER + " (rename it to 'upper-lake.yml')"),
            ("x.svgz", "x", NEITHER),
            ("x.svg", "<svg/>", "a file that a browser runs is no content"),
            ("x.xhtml", "x", "a file that a browser runs is no content"),
            ("x.markdown", "# A\n", "the name of a chapter ends in .md (rename it to 'x.md')"),
            ("x.mdown", "# A\n", "the name of a chapter ends in .md"),
            ("x.mkd", "# A\n", "the name of a chapter ends in .md"),
            ("huts/x.mkdn", "# A\n", "the name of a chapter ends in .md"),
            ("x.MD", "# A\n", "the name of a chapter ends in .md (rename it to 'x.md')"),
            ("x.Md", "# A\n", "the name of a chapter ends in .md"),
            ("latin.markdown", b"caf\xe9\n", "the name of a chapter ends in .md"),
            ("huts/Big_Hut.yaml", "name: x\n", "no collection of content/catalogue.yml includes this file (rename it to 'big-hut.yml')"),
            ("huts/new.YML", "name: x\n", "no collection of content/catalogue.yml includes this file (rename it to 'new.yml')"),
            ("x.png", "<script>1</script>", "does not hold what its name says (PNG)"),
            ("x.pdf", "alert(1)", "does not hold what its name says (PDF)"),
            ("assets/images/favicon.png", PNG, "would take the place of a file of the theme"),
            ("templates/x.md", "# A\n", "MkDocs leaves content/templates/ out of the site"),
            ("con.md", "# A\n", "no file can have this name on Windows"),
            ("a:b.md", "# A\n", "no file can have this name on Windows"),
        )
    },
    "a chapter in Latin-1": ({P: b"# A\n\ncaf\xe9\n"}, [f"{P}:3:4: error: the byte 0xe9 is not UTF-8"]),
    "names that differ in capitals": ({"content/Page.md": "# A\n", P: "# A\n"}, [f"{P}: error: differs from 'content/Page.md' in capitals only", f"{P}:1:1: error: has the URL /page/, and so has content/Page.md"]),
    "a chapter at the page of a record": ({"content/huts/stone-pass.md": "# A\n"}, ["content/huts/stone-pass.yml:1:1: error: the URL /huts/stone-pass/ is that of content/huts/stone-pass.md"]),
    "a chapter at the page of a record but for capitals": ({"content/huts/Stone-Pass.md": "# A\n"}, ["content/huts/stone-pass.yml:1:1: error: the URL /huts/stone-pass/ is that of content/huts/Stone-Pass.md"]),
    "a chapter at the page of a record in a folder": ({"content/huts/stone-pass/index.md": "# A\n"}, ["content/huts/stone-pass.yml:1:1: error: the URL /huts/stone-pass/"]),
    "two chapters of one URL": ({P: "# A\n", "content/page/index.md": "# B\n"}, ["content/page/index.md:1:1: error: has the URL /page/, and so has content/page.md"]),
    "README and index": ({"content/a/index.md": "# A\n", "content/a/README.md": "# B\n"}, ["content/a/index.md:1:1: error: has the URL /a/, and so has content/a/README.md"]),
    "a chapter in the place of an index": ({"content/huts/index.md": "# My own words\n"}, ["content/huts/index.md:1:1: error: the list of the collection 'huts' has the URL /huts/, too (write {{ index_page(\"huts\") }} where the list is to stand, or rename the chapter) [taken-url]"]),
    "a chapter called as a collection": ({"content/huts.md": "# My own words\n"}, ["content/huts.md:1:1: error: the list of the collection 'huts' has the URL /huts/"]),
    "a collection in the place of a chapter": ({P: "# A\n", "content/catalogue.yml": CATALOGUE.replace("{schema: hut,", "{schema: hut, url: page,")}, ["content/catalogue.yml:4:28: error: collections.huts.url: the list would take the place of content/page.md (choose another URL, or rename the chapter)"]),
}  # fmt: skip
OTHERS: Table = {
    "a URL of one machine": (hut("website: http://localhost:8000/\n"), [f"{H}:6:10: warning: website: 'localhost' is a host that only its own network can reach (write the public URL, or take it out) [local-url]"]),
    "a URL of one network": (hut("website: https://192.168.1.4/hut\n"), [f"{H}:6:10: warning: website: '192.168.1.4' is a host"]),
    "a URL without a domain": (hut("website: https://intranet/hut\n"), [f"{H}:6:10: warning: website: 'intranet' is a host"]),
    "settings under another name": ({"mkdocs.yml": None, "mkdocs.yaml": SETTINGS}, ["mkdocs.yaml: error: the settings are read from mkdocs.yml (rename it to 'mkdocs.yml') [settings]"]),
    "settings under two names": ({"mkdocs.yaml": SETTINGS}, ["mkdocs.yaml: error: the settings are read from mkdocs.yml, and not from here (delete it) [settings]"]),
    "no folders for pages": ({"mkdocs.yml": SETTINGS + "use_directory_urls: false\n"}, [f"mkdocs.yml:{SETTINGS.count(chr(10)) + 1}:21: error: use_directory_urls: must be true"]),
    "chapters from elsewhere": ({"mkdocs.yml": SETTINGS.replace("docs_dir: content", "docs_dir: docs")}, ["mkdocs.yml:10:11: error: docs_dir: must be content"]),
    "a key twice in a schema": ({"schemas/valley.schema.json": projects.text("schemas/valley.schema.json").replace('"title": "Valley",', '"title": "Valley",\n  "title": "Dale",', 1)}, ["schemas/valley.schema.json:5:3: error: title: the key stands here for the second time (first on line 4)"]),
    "brackets without an end": (page("[" * 20_000 + "\n"), [f"{P}:1:1: error: has too many brackets in one paragraph, or in all"]),
    "brackets on lines": (page("[a\n" * 20_000), [f"{P}:1:1: error: has too many brackets"]),
    "pictures without an end": (page("![" * 20_000), [f"{P}:1:1: error: has too many brackets"]),
    "tags without an end": (page("<a " * 20_000), [f"{P}:1:1: error: has too many brackets"]),
    "thousands of headings": (page("## A\n\n" * 30_000), [f"{P}:1:1: error: has more than 2,000 headings"]),
    "thousands of underlined headings": (page("A\n===\n\n" * 30_000), [f"{P}:1:1: error: has more than 2,000 headings"]),
    "hundreds of levels": (page("".join(f"{'    ' * n}- x\n" for n in range(300))), [f"{P}:43:1: error: is nested too deeply"]),
}  # fmt: skip
TOLD: Table = CHARACTERS | FILES | OTHERS


@pytest.mark.parametrize("name", TOLD)
def test_what_is_typed_wrong_is_told(checker: Checker, name: str) -> None:
    changes, expected = TOLD[name]
    assert_told(checker, changes, expected)


@pytest.mark.parametrize(
    "name",
    [
        "content/pipe",
        "content/huts/x.yml",
        "content/page.md",
        "content/x.png",
        "schemas/x.schema.json",
        "templates/x.html",
        "theme/assets/x.css",
        "link-history.json",
    ],
)
def test_a_pipe_is_told_and_not_read(checker: Checker, name: str) -> None:
    root = checker.project.root
    os.mkfifo(root / name)
    try:
        found = [finding.as_text() for finding in check(root).findings]
    finally:
        (root / name).unlink()
    assert len(found) == 1
    assert found[0].startswith(f"{name}: error: ")
    assert "regular file" in found[0]


@pytest.mark.parametrize("target", ["stone-pass.yml", "nowhere.yml", "/etc/hostname"])
def test_a_link_among_records_is_told_once_and_is_no_record(checker: Checker, target: str) -> None:
    link = checker.project.root / "content/huts/other.yml"
    link.symlink_to(target)
    try:
        found = [finding.as_text() for finding in check(checker.project.root).findings]
    finally:
        link.unlink()
    assert [line.partition(" (")[0] for line in found] == [
        "content/huts/other.yml: error: what a symbolic link leads to would be published"
    ]
