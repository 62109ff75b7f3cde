"""What is kept between builds: a site is the same with it and without it, whatever has changed or is damaged."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from smartguide.building import BuildError, build_site
from smartguide.pages import template_checks
from smartguide.pages.pages import Page
from smartguide.pages.rendered import Rendered
from smartguide.pages.rendering import Renderer
from tests.generator.projects import text
from tests.projects import Changes, MakeProject, contents, write

HUT = "content/huts/upper-lake.yml"
CATALOGUE = text("content/catalogue.yml")
SETTINGS = text("mkdocs.yml")
DAMAGES = (b"", b"{}", b"[1, 2", b"SQLite format 3\0" + b"\xff" * 5000, b'{"made_by": 1, "data": [3]}')
KEPT = ("records.json", "pages.sqlite", "engine.json", "engine/index.html")


def built(root: Path) -> dict[str, bytes]:
    """Build the site of a project, and return its files by their paths."""
    build_site(root, root / "site", strict=False)
    found = contents(root / "site")
    return {path.relative_to(root / "site").as_posix(): data for path, data in found.items()}


def built_from_nothing(root: Path) -> dict[str, bytes]:
    """Do the same without what was kept."""
    shutil.rmtree(root / ".cache")
    return built(root)


@pytest.mark.parametrize(
    "steps",
    [
        [
            {HUT: text(HUT).replace("Upper Lake Hut", "Lower Lake Hut")},
            {"content/huts/new.yml": text(HUT).replace("Upper Lake Hut", "A new hut")},
            {"content/glossary.yml": text("content/glossary.yml").replace("definition: ", "definition: Other words. ", 1)},
            {HUT: None, "content/tours/three-lakes.yml": None},
        ],
        [
            {"content/index.md": "# Home\n\nOther words, {{ count('huts') }}\n"},
            {"content/new.md": "# A new page\n"},
            {"content/notes.pdf": b"%PDF-1.7\n"},
            {"theme/assets/tours.css": "p { color: red }\n"},
            {"theme/main.html": '{% extends "base.html" %}{% block footer %}<p>other</p>{% endblock %}\n'},
        ],
        [
            {"content/catalogue.yml": text("content/catalogue.yml").replace("{schema: hut,", "{schema: hut, intro: Other words.,")},
            {"templates/tour.html": "{% extends 'record.html' %}{% block body %}<p>other</p>{% endblock %}"},
            {"templates/parts/collections.html": "<p>other</p>\n"},
            {"mkdocs.yml": SETTINGS.replace("site_name: ", "site_name: Other ")},
        ],
    ],
    ids=["records", "chapters and theme", "catalogue, templates and settings"],
)  # fmt: skip
def test_a_site_is_the_same_with_what_was_kept_and_without_it(site_project: MakeProject, steps: list[Changes]) -> None:
    root = site_project()
    before = built(root)
    for changes in steps:
        write(root, changes)
        again = built(root)
        assert again == built_from_nothing(root), changes
        assert again != before, changes
        before = again


def test_overrides_of_the_theme_in_another_folder_count_too(site_project: MakeProject) -> None:
    root = site_project({"mkdocs.yml": SETTINGS.replace("custom_dir: theme", "custom_dir: other")})
    (root / "theme").rename(root / "other")
    first = built(root)
    write(root, {"other/assets/tours.css": "p { color: red }\n"})
    again = built(root)
    assert again["assets/tours.css"] != first["assets/tours.css"]


def test_a_build_after_no_change_gives_the_same_site(site_project: MakeProject) -> None:
    root = site_project()
    assert built(root) == built(root)


def test_the_pages_of_records_that_are_gone_are_not_kept(site_project: MakeProject) -> None:
    root = site_project({"content/huts/new.yml": text(HUT).replace("Upper Lake Hut", "A new hut")})
    built(root)
    write(root, {"content/huts/new.yml": None})
    built(root)
    with contextlib.closing(sqlite3.connect(root / ".cache/pages.sqlite")) as kept:
        urls = {url for (url,) in kept.execute("SELECT url FROM pages")}
    assert "huts/upper-lake/" in urls
    assert "huts/new/" not in urls


def test_only_pages_that_show_a_changed_record_are_rendered_again(
    site_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site_project({"content/huts/arch.yml": text(HUT).replace("Upper Lake Hut", "Arch Hut")})
    built(root)
    rendered: list[str] = []
    page_of = Renderer.page

    def noting(renderer: Renderer, page: Page) -> Rendered:
        rendered.append(page.url)
        return page_of(renderer, page)

    monkeypatch.setattr(Renderer, "page", noting)
    write(root, {HUT: text(HUT).replace("Upper Lake Hut", "Upper Pond Hut")})
    built(root)
    assert {"huts/", "huts/upper-lake/", "huts/stone-pass/", "tours/three-lakes/"} <= set(rendered)
    assert not {"huts/arch/", "glossary/"} & set(rendered)


def test_a_new_record_renders_those_beside_it_again_and_no_others(
    site_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {
        f"content/valleys/{name}.yml": f"code: {name.upper()}\nname: {name}\n" for name in ("aaa", "bbb", "ddd", "eee")
    }
    more = CATALOGUE + "  areas: {schema: valley, standalone: true, records: !include valleys/*.yml}\n"
    root = site_project({**names, "content/catalogue.yml": more})
    built(root)
    rendered: list[str] = []
    page_of = Renderer.page

    def noting(renderer: Renderer, page: Page) -> Rendered:
        rendered.append(page.url)
        return page_of(renderer, page)

    monkeypatch.setattr(Renderer, "page", noting)
    write(root, {"content/valleys/ccc.yml": "code: CCC\nname: ccc\n"})
    built(root)
    assert {one for one in rendered if one.startswith("areas/")} == {"areas/", "areas/bbb/", "areas/ccc/", "areas/ddd/"}


WRONG_FOR_TEMPLATES: dict[str, Changes] = {
    "the template": {"templates/tour.html": text("templates/tour.html") + "{{ nothing_of_the_kind }}\n"},
    "a part of the project": {"templates/parts/facts.html": "{% endfor %}\n"},
    "a schema": {"schemas/tour.schema.json": text("schemas/tour.schema.json").replace('"stages": {', '"stops": {')},
    "the property of a kind": {"templates/tour.html": '{% extends "record.html" %}{% block lead %}{{ record.heigth }}{% endblock %}'},
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG_FOR_TEMPLATES.values(), ids=WRONG_FOR_TEMPLATES)
def test_templates_that_were_right_are_checked_again_when_they_have_changed(
    site_project: MakeProject, wrong: Changes
) -> None:
    root = site_project()
    built(root)
    write(root, wrong)
    for _ in range(2):
        with pytest.raises(BuildError, match="templates/"):
            built(root)


def test_templates_that_have_not_changed_are_not_checked_again(
    site_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site_project()
    built(root)
    write(root, {HUT: text(HUT).replace("Upper Lake Hut", "Lower Lake Hut")})
    monkeypatch.setattr(template_checks, "check", None)
    built(root)


def test_pages_that_another_program_kept_in_its_own_way_are_left_out(site_project: MakeProject) -> None:
    root = site_project()
    first = built(root)
    with contextlib.closing(sqlite3.connect(root / ".cache/pages.sqlite")) as kept, kept:
        kept.execute("ALTER TABLE pages ADD COLUMN more TEXT")
        kept.execute("UPDATE made_by SET digest = 'another'")
    assert built(root) == first
    with contextlib.closing(sqlite3.connect(root / ".cache/pages.sqlite")) as kept:
        assert kept.execute("SELECT count(*) FROM pages").fetchone() > (0,)


@pytest.mark.parametrize("name", KEPT)
def test_what_is_damaged_is_made_anew(site_project: MakeProject, name: str) -> None:
    root = site_project()
    first = built(root)
    for damage in DAMAGES:
        (root / ".cache" / name).write_bytes(damage)
        assert built(root) == first, damage
    assert built(root) == first


def test_a_chapter_that_asks_for_the_time_is_rendered_in_every_build(site_project: MakeProject) -> None:
    root = site_project({"content/index.md": "# Home\n\n{{ now() }}\n"})
    first = built(root)
    assert built(root)["index.html"] != first["index.html"]


def test_a_cache_that_git_tracks_is_refused(site_project: MakeProject) -> None:
    root = site_project()
    built(root)
    for command in (["init", "--quiet"], ["add", "--force", ".cache/records.json"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    with pytest.raises(BuildError, match=r"\.cache/ is tracked by git.*run: git rm -r --cached \.cache"):
        build_site(root, root / "site", strict=False)


@pytest.mark.parametrize("link", [".cache", ".cache/pages.sqlite"])
def test_a_cache_that_is_a_link_is_refused(
    site_project: MakeProject, tmp_path_factory: pytest.TempPathFactory, link: str
) -> None:
    root = site_project()
    built(root)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "kept"
    (root / link).rename(elsewhere)
    (root / link).symlink_to(elsewhere)
    with pytest.raises(BuildError, match=f"{link} is a link; delete it"):
        build_site(root, root / "site", strict=False)


def test_a_cache_that_cannot_be_written_stops_nothing(site_project: MakeProject) -> None:
    root = site_project({".cache": "a file in the way\n"})
    assert "index.html" in built(root)
