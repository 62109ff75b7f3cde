"""What a stranger may do beside filling fields: lines, includes, aliases, links, names of files, tooltips under a mouse."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from smartguide.building import BuildError, build_site
from smartguide.checks.checking import check
from smartguide.pages import tooltips as glossary
from smartguide.pages.ready_html import as_markdown
from smartguide.pages.text import prose
from tests.browsers import served
from tests.generator import projects
from tests.hostile_texts import thousands_of_spellings
from tests.processes import validate
from tests.projects import FindingsOf, MakeProject
from tests.watched_pages import Watched, WithoutProtection

HUT = "content/huts/upper-lake.yml"
GOOD = "valley: NTH\nsources: [{source: map}]\n"
EVIL = "<img src=x onerror=__hit(1)><meta http-equiv=refresh content='0;url=https://evil.example/'> & <b>bold</b>"


@pytest.mark.browser
def test_a_tooltip_shows_the_glossary_as_text(site_project: MakeProject, browser: Browser) -> None:
    root = site_project(
        {
            "content/glossary.yml": json.dumps({"zebra": {"term": "Zebra", "definition": EVIL}}),
            HUT: f"name: Upper Lake Hut\nsetting: Zebra land\n{GOOD}",
        }
    )
    build_site(root, root / "site", strict=False)
    with served(root / "site", handler=WithoutProtection) as url, Watched(browser, url) as watched:
        watched.open("huts/upper-lake/")
        watched.page.locator("abbr").first.hover()
        tip = watched.page.locator(".sg-tooltip")
        tip.wait_for()
        assert tip.inner_text() == EVIL
        assert tip.locator("*").count() == 0
        watched.look("tooltip")
    assert watched.noticed == []


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\r"])
def test_no_character_of_prose_begins_a_line_of_markdown(separator: str) -> None:
    html = str(prose(f"one{separator}## two"))
    assert len(html.splitlines()) == 1
    assert "\n## " not in as_markdown([f"<p>{html}</p>"])


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\u2062", "\u3164", "\u115f", "\u180e", "\U000e0141", "\ue000"])
def test_a_character_without_a_shape_is_refused(findings_of: FindingsOf, char: str) -> None:
    found = findings_of({HUT: f"name: {json.dumps(f'Upper{char}Lake', ensure_ascii=False)}\n{GOOD}"})
    assert any("[invisible-character]" in line for line in found)


@pytest.mark.parametrize(
    "wanted",
    [" file:///etc/*", "\x01http://127.0.0.1:9/*", "a**/*.yml", "**/" * 12 + "*.x", "*/" * 1000 + "x", "a" * 300 + ".yml"],
)  # fmt: skip
def test_an_odd_include_is_told_on_its_line(project: MakeProject, wanted: str) -> None:
    root = project({HUT: f"name: !include {json.dumps(wanted)}\n{GOOD}"})
    deep = root / "content" / Path(*"d" * 40)
    deep.mkdir(parents=True)
    assert f"{HUT}:1:7: error: name: " in validate(root)


def test_includes_do_not_multiply(project: MakeProject) -> None:
    doubled = {
        f"content/huts/p{n}.yml": f"name: [!include huts/p{n + 1}.yml, !include huts/p{n + 1}.yml]\n" for n in range(30)
    }
    assert "files are included by records" in validate(project({**doubled, "content/huts/p30.yml": "name: x\n"}))
    each = {f"content/huts/q{n}.yml": "name: !include huts/q*.yml\n" for n in range(12)}
    assert "files are included by records" in validate(project(each))


@pytest.mark.parametrize("rest", ["aliases: [{}]", "notes: [{}]", "links: [{{url: 'https://a.b/', label: {}}}]"])
def test_aliases_do_not_make_more_text_than_a_file_may_hold(project: MakeProject, rest: str) -> None:
    aliases = ", ".join(["*a"] * 9000)
    root = project({HUT: f"name: &a '{'x' * 500_000}'\n{rest.format(aliases)}\n{GOOD}"})
    assert "characters once its aliases are expanded" in validate(root)


def test_a_long_key_is_not_said_in_full_a_thousand_times(project: MakeProject) -> None:
    root = project({HUT: f"? {'k' * 500_000}\n:\n" + " a: 1\n" * 75_000})
    assert len(validate(root)) < 10_000_000


@pytest.mark.parametrize("path", ["content/x.md", "link-exceptions.yml", "schemas/x.schema.json"])
def test_a_link_to_an_endless_file_is_not_followed(project: MakeProject, path: str) -> None:
    root = project()
    (root / path).symlink_to("/dev/zero")
    assert f"{path}: error: " in validate(root)


def test_what_a_link_leads_to_is_not_published(site_project: MakeProject) -> None:
    root = site_project()
    (root / "content/leak.txt").symlink_to("/etc/passwd")
    (root / "content/again").symlink_to(".")
    (root / "content/more").symlink_to(".")
    with pytest.raises(BuildError, match="symbolic link"):
        build_site(root, root / "site", strict=False)


@pytest.mark.parametrize("name", ["x.html", "x.svg", "huts/x.JS"])
def test_a_file_that_a_browser_runs_is_no_content(findings_of: FindingsOf, name: str) -> None:
    assert any(f"content/{name}: error" in line for line in findings_of({f"content/{name}": "<script>1</script>"}))


def test_no_record_takes_the_place_of_the_page_of_its_collection(findings_of: FindingsOf) -> None:
    assert any("[taken-url]" in line for line in findings_of({"content/huts/index.yml": f"name: Index\n{GOOD}"}))
    long = findings_of({HUT: f"name: Upper Lake Hut\n{GOOD}former_ids: [{'a' * 300}]\n"})
    assert any("[too-long]" in line for line in long)


@pytest.mark.parametrize(
    "schema",
    [
        "true",
        "[" * 100_000,
        '{"properties": {"a": true}}',
        '{"properties": {"a": {"$ref": "x.schema.json#/properties/a"}}}',
        '{"properties": {"a": {"$ref": "x.schema.json"}}}',
        '{"$schema": "http://127.0.0.1:9/x"}',
        '{"$schema": "file:///dev/zero"}',
    ],
)
def test_an_odd_schema_is_told_and_fetches_nothing(project: MakeProject, schema: str) -> None:
    catalogue = projects.text("content/catalogue.yml")
    root = project(
        {
            "schemas/x.schema.json": schema,
            "content/catalogue.yml": f"{catalogue}  xs: {{schema: x, records: !include xs.yml}}\n",
            "content/xs.yml": "one: {a: {a: {a: 1}}}\n",
        }
    )
    said = validate(root)
    assert "retrieving" not in said
    check(root)


@pytest.mark.parametrize("encoding", ["utf-8:strict", "utf-8:surrogateescape"])
def test_a_name_of_a_file_is_said_on_one_line_whatever_its_bytes(project: MakeProject, encoding: str) -> None:
    root = project({"content/huts/a\n::error::b.yml": "name: x\n"})
    (root / os.fsdecode(b"content/huts/\xff.yml")).write_text("name: x\n")
    (root / os.fsdecode(b"content/\xff.md")).write_text("x")
    said = validate(root, PYTHONIOENCODING=encoding)
    assert all(line.startswith("content/") for line in said.splitlines())


def test_thousands_of_long_terms_are_found_in_time(project: MakeProject) -> None:
    terms = {f"t{n}": {"term": "a " * 47 + str(n), "definition": "d"} for n in range(3000)}
    catalogue = "collections:\n  glossary: {schema: term, pages: one, records: !include terms.yml}\n"
    root = project({"content/catalogue.yml": catalogue, "content/terms.yml": json.dumps(terms)})
    tooltips = glossary.tooltips(check(root).base)
    assert tooltips.mark("a " * 200_000) == "a " * 200_000


def test_a_tag_does_not_make_a_number_too_large_to_be_written(findings_of: FindingsOf) -> None:
    found = findings_of({HUT: f"name: Upper Lake Hut\nbeds: !!int '{'9' * 4300}'\n{GOOD}"})
    assert any("is too large a number" in line for line in found)


def test_thousands_of_spellings_are_checked_in_time(project: MakeProject) -> None:
    root = project(thousands_of_spellings("content/huts", GOOD))
    assert validate(root).count("[unreferenced]") == 3
