"""Attacks that succeeded once, and others of their kinds: payloads in every place of a chapter that reaches a page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from smartguide import engines
from smartguide.building import BuildError, build_site
from smartguide.checks.checking import check
from smartguide.project import Project
from smartguide.site import page_code, theme_scripts
from tests.built_sites import made_once
from tests.compared_sites import build
from tests.generator import projects
from tests.projects import FindingsOf, MakeProject
from tests.searches import names

TEXTS = [
    "<script>alert(document.domain)</script>",
    "New</title><script>alert(1)</script>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    '"><meta http-equiv="refresh" content="0;url=//evil.example/">',
    '" onload="alert(1)',
    "' onmouseover='alert(1)",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<base href=https://evil.example/>",
    "--><script src=../facts.pdf></script>",
    "</textarea></style></noscript><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;lt;script&amp;gt;",
    "<ScRiPt >alert(1)</sCrIpT >",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "`<script>alert(1)</script>`",
    "**<b>bold</b>** _em_ [x](javascript:alert(1))",
    'What "third country" means & why it\'s <here>',
    "Research & development; R&D, A&B;",
    "<!-- a comment",
    "</li></ol></nav></header><script>alert(1)</script>",
]
"""Each is the title of a chapter, and stands in the rest of its front matter, too."""
DANGER = "//script[not(@src) and contains(., 'alert')] | //meta[@http-equiv='refresh'] | //base | //iframe | //@onload"
DANGER += " | //@onerror | //@onmouseover | //script[contains(@src, 'facts')]"


def chapters() -> dict[str, str]:
    """Return a chapter for each text, with the text in its front matter, as its heading, and in the navigation."""
    files = {}
    nav = ["index.md"]
    for number, text in enumerate(TEXTS):
        written = json.dumps(text)
        front = f"title: {written}\ndescription: {written}\ntags: [{written}]\ncrumbs: [[{written}, 'huts/']]\n"
        files[f"content/front-{number}.md"] = f"---\n{front}---\n\n# A heading\n\nText.\n"
        files[f"content/heading-{number}.md"] = f"# {_as_markdown(text)}\n\nText.\n"
        files[f"content/named-{number}.md"] = "# A heading\n\nText.\n"
        named = json.dumps({text: [{text: f"named-{number}.md"}]})
        nav += [f"front-{number}.md", f"heading-{number}.md", named]
    files["mkdocs.yml"] = projects.text("mkdocs.yml") + "\nnav:\n" + "".join(f"  - {entry}\n" for entry in nav)
    files["content/facts.pdf"] = "%PDF-1.7\nalert(1)\n"
    return files


def _as_markdown(text: str) -> str:
    """Return Markdown that shows a text as it is."""
    return re.sub(r"[&<>\"'`*_\[\]()!#;]", lambda char: f"&#{ord(char[0])};", text)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder with the site that each engine makes of these chapters."""

    def make(folder: Path) -> None:
        root = projects.copy(folder / "project", chapters(), site=True)
        for engine in engines.NAMES:
            build(root, engine, folder / engine, "--no-strict")

    return made_once(tmp_path_factory, worker_id, "attacks", make)


@pytest.mark.parametrize("engine", engines.NAMES)
def test_no_title_becomes_code_on_any_page(sites: Path, engine: str) -> None:
    pages = list((sites / engine).rglob("*.html"))
    assert len(pages) > 3 * len(TEXTS)
    own = theme_scripts.shapes(Project.of(sites / "project"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert html.document_fromstring(text).xpath(DANGER) == [], page
        assert list(page_code.check(text, own)) == [], page


def _meant(text: str) -> str:
    """Return the text that a reader sees: character references may be used in titles, as in Markdown."""
    return _shown(html.fromstring(f"<p>{re.sub('<', '&lt;', text)}</p>"))


def _shown(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("engine", engines.NAMES)
@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_title_is_shown_as_it_is_wherever_it_stands(sites: Path, engine: str, number: int) -> None:
    meant = _meant(TEXTS[number])
    front = html.parse(str(sites / engine / f"front-{number}/index.html")).getroot()
    heading = html.parse(str(sites / engine / f"heading-{number}/index.html")).getroot()
    named = html.parse(str(sites / engine / f"named-{number}/index.html")).getroot()
    assert front.findtext(".//title") == f"{meant} - Tours"
    assert front.xpath("string(//meta[@name='description']/@content)") == meant
    crumbs = front.xpath("//nav[@class='sg-crumbs']//li")
    assert [_shown(one) for one in crumbs] == [meant, meant]
    assert " ".join(heading.findtext(".//title").split()) == f"{' '.join(TEXTS[number].split())} - Tours"
    tabs = {_shown(tab) for tab in named.xpath("//nav[@class='md-tabs']//a")}
    assert meant in tabs


@pytest.mark.parametrize("engine", engines.NAMES)
def test_the_search_has_the_titles_as_they_are(sites: Path, engine: str) -> None:
    titles = {one.url: one.title for one in names(sites / engine)}
    assert titles["front-18/"] == _meant(TEXTS[18])
    for number in range(len(TEXTS)):
        assert titles[f"front-{number}/"] == _meant(TEXTS[number])


CODE = [
    ("<script src='../facts.pdf'></script>", "foreign-script"),
    ('<script src="../../facts.pdf"></script>', "foreign-script"),
    ("<script/src=../facts.pdf></script>", "foreign-script"),
    ("<SCRIPT defer SRC=../facts.pdf></SCRIPT>", "foreign-script"),
    ("<script a='>' src=../facts.pdf></script>", "foreign-script"),
    ("<script type=module src=../huts/stone-pass.yml></script>", "foreign-script"),
    ("<script src='../api/v1/huts.json'></script>", "foreign-script"),
    ("<script src='../search/names.json#x.js'></script>", "foreign-script"),
    ("<script src='../facts.pdf?x=.js'></script>", "foreign-script"),
    ("<script src='../facts&#46;txt'></script>", "foreign-script"),
    ("<script src='..\\facts.pdf'></script>", "foreign-script"),
    ("<script src='https://evil.example/x.js'></script>", "foreign-script"),
    ("<script src='//evil.example/x.js'></script>", "foreign-script"),
    ("<script src='data:text/javascript,alert(1)//.js'></script>", "foreign-script"),
    ("<svg><script href='../facts.pdf'></script></svg>", "foreign-script"),
    ("<svg><script xlink:href='../facts.pdf' /></svg>", "foreign-script"),
    ("<div><!-- <script x=' --><script src=../facts.pdf></script><!-- '> --></div>", "foreign-script"),
    (f"<script {'a ' * 1000} src=../facts.pdf></script>", "foreign-script"),
    ("<script>alert(1)</script>", "inline-script"),
    ("<script type=importmap>{}</script>", "inline-script"),
    ("<img src=x onerror=alert(1)>", "inline-script"),
    ("<svg/ONLOAD = 'alert(1)'>", "inline-script"),
    ("<a href=' java\tscript&colon;alert(1)'>x</a>", "inline-script"),
    ("<a href='&#106;avascript:alert(1)'>x</a>", "inline-script"),
    ("<iframe src='data:text/html,x'></iframe>", "inline-script"),
    ("<script type=speculationrules>{}</script>", "inline-script"),
    ("<meta http-equiv=refresh content='0;url=https://evil.example/'>", "redirect"),
    ("<meta content='0;url=https://evil.example/' HTTP-EQUIV=' Refresh '>", "redirect"),
    ("<meta/http-equiv='&#114;efresh' content=0>", "redirect"),
]
"""HTML that a chapter must not hold, and what it is."""


@pytest.mark.parametrize(("code", "rule"), CODE)
def test_the_code_of_a_page_is_found_however_it_is_written(site: Path, code: str, rule: str) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    own = theme_scripts.shapes(Project.of(projects.SMALL))
    assert list(page_code.check(page, own)) == []
    assert rule in {fault.rule for fault in page_code.check(page.replace("</article>", f"{code}</article>"), own)}


@pytest.mark.parametrize(
    "code",
    [
        "<p title='sign on=1 here'>onclick=x &lt;img onerror=x&gt;</p>",
        "<img src='data:image/png;base64,AA' alt='javascript:x'>",
        "<a href='../on-line/?onclick=1'>x</a> <script type=module src='../assets/x.js'></script>",
    ],
)
def test_what_only_looks_like_code_may_stand_on_a_page(code: str) -> None:
    assert list(page_code.check(code, frozenset())) == []


@pytest.mark.parametrize("name", ["../assets/tours.js", "../assets/x.mjs?v=1", "/assets/javascripts/bundle.js"])
def test_a_script_of_the_theme_may_stand_on_a_page(name: str) -> None:
    assert list(page_code.check(f"<script src='{name}' type=module></script>", frozenset())) == []


def test_the_code_of_chapters_stops_the_build_with_file_and_line(site_project: MakeProject) -> None:
    text = "# A page\n\nText.\n\n<script src='../facts.pdf'></script>\n"
    more = "# More\n\n<script>alert(1)</script>\n\n<meta http-equiv=refresh content=0>\n"
    root = site_project({"content/page.md": text, "content/facts.pdf": "%PDF-1.7\nalert(1)\n", "content/more.md": more})
    with pytest.raises(BuildError) as caught:
        build_site(root, root / "site", strict=False)
    said = [line.partition(": error: ")[::2] for line in str(caught.value).splitlines() if ": error: " in line]
    assert [(place, rule.rpartition(" ")[2]) for place, rule in said] == [
        ("content/more.md:3:9", "[inline-script]"),
        ("content/more.md:5:1", "[redirect]"),
        ("content/page.md:5:14", "[foreign-script]"),
    ]


@pytest.mark.parametrize("name", ["<img src=x onerror=1>.md", 'a"b.md', "x/<b>y/z.md", "a>b.yml"])
def test_a_file_whose_name_could_be_markup_is_refused(findings_of: FindingsOf, name: str) -> None:
    assert any("[left-out]" in line and "name" in line for line in findings_of({f"content/{name}": "# x\n"}))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://evil.example/", "//evil.example/", "/\\\\evil.example/", "data:text/html,x"]
)
def test_a_breadcrumb_leads_to_a_page_of_the_site(findings_of: FindingsOf, url: str) -> None:
    chapter = f'---\ntitle: A\ncrumbs: [["Home", "{url}"]]\n---\n\nText\n'
    assert any("content/page.md:3:" in line for line in findings_of({"content/page.md": chapter}))


@pytest.mark.parametrize("name", ["theme/etc", "theme/assets/x.css", "theme", "templates/x.html", "templates/parts"])
def test_a_link_that_leads_out_of_the_project_is_refused(project: MakeProject, name: str) -> None:
    root = project()
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).symlink_to("/etc")
    assert [(one.place.path, one.rule) for one in check(root).findings] == [(name, "link")]


ESCAPES = [
    "''.__class__.__mro__",
    "link.__globals__",
    "config.theme.get_env().from_string('x').render()",
    "config['theme'].get_env()",
    "config.plugins['macros'].env",
    "config.plugins.values()|map(attribute='env')|first",
    "config.plugins.run_event('shutdown')",
    "config.plugins.get('macros').render('x')",
    "(config.plugins.values()|list)[0].config.validate()",
    "page.file.content_string",
    "page.file.copy_file()",
    "config.load_dict({})",
    "config.__class__",
    "(config|attr('plugins')|attr('get'))('macros').env",
    "macros['link'].__globals__",
    "(context|attr('__globals__'))['os']",
    "lipsum.__globals__['os'].popen('id').read()",
    "cycler.__init__.__globals__.os",
    "self._TemplateReference__context.environment",
    "'{0.__class__}'.format(config)",
    "range(100000000)|list|length",
    "namespace.__init__.__globals__",
]
"""Template code by which a chapter tries to leave the sandbox."""


@pytest.mark.parametrize("engine", engines.NAMES[::2])
def test_template_code_of_a_chapter_cannot_leave_the_sandbox(site_project: MakeProject, engine: str) -> None:
    files = {f"content/x{number}.md": f"# X\n\nSeen: {{{{ {code} }}}}\n" for number, code in enumerate(ESCAPES)}
    root = site_project({**files, "content/good.md": GOOD})
    with pytest.raises(BuildError) as caught:
        build_site(root, root / "site", strict=False, engine=engine)
    said = str(caught.value)
    held = {number for number in range(len(ESCAPES)) if f"content/x{number}.md:" in said}
    assert [code for number, code in enumerate(ESCAPES) if number not in held] == []
    assert "content/good.md" not in said


GOOD = """
    # Good

    {% set wanted = namespace(total=0) %}{% for one in [1, 2, 3] %}{% set wanted.total = wanted.total + one %}{{ loop.index }}
    {{ loop.cycle("a", "b") }}{% endfor %} {{ wanted.total }} {{ config.site_name.upper() }} {{ page.title }} {{ page.meta }}
    {% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice("y") }} {{ "a,b".split(",") | join("-") }} {{ range(3) | list }}
    {{ count("huts") }} {{ link("huts", "stone-pass") }} {{ {"a": 1}.items() | list }} {{ "%s" | format(1) }}
    """
