"""``smartguide serve``: what a browser gets, what happens when files change, and that nothing breaks it."""

from __future__ import annotations

import html
import json
import re
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from smartguide.building import build_site
from tests.generator import projects
from tests.generator.previews import Preview, preview, wait_until
from tests.processes import smartguide
from tests.projects import MakeProject

HUT = "content/huts/stone-pass.yml"
PAGE = "/huts/stone-pass/"
RENAMED = "name: Stone Pass Hut\nvalley: STH\nformer_ids: [rock-pass]\nsources:\n  - source: map\n"
OWN_SCRIPT = re.compile(r'<script src="/_smartguide/reload\.js"[^>]*></script>')


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the folder of a project that can be built."""
    return projects.copy(tmp_path / "project", {HUT: RENAMED}, site=True)


@pytest.fixture
def served(root: Path) -> Iterator[Preview]:
    """Serve the project, and wait until everything is there."""
    with preview(root) as running:
        running.wait_for_chapters()
        yield running


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Serve a project that no test changes."""
    root = projects.copy(tmp_path_factory.mktemp("unchanged") / "project", {HUT: RENAMED}, site=True)
    with preview(root) as running:
        running.wait_for_chapters()
        yield running


# What a browser gets


def test_every_page_and_every_file_is_that_of_the_built_site(unchanged: Preview, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build_site(unchanged.root, site, strict=False)
    made_elsewhere = {"sitemap.xml", "sitemap.xml.gz", "_headers", ".htaccess", "headers.nginx.conf"}
    for path in sorted(one for one in site.rglob("*") if one.is_file()):
        name = path.relative_to(site).as_posix()
        if name in made_elsewhere or path.suffix in {".png", ".gz"}:
            continue
        answer = unchanged.ask(f"/{name.removesuffix('index.html')}")
        text = OWN_SCRIPT.sub("", answer.text) if path.suffix == ".html" else answer.text
        assert text == path.read_text(encoding="utf-8"), name
        assert answer.status == 200, name


def test_files_have_their_types_and_pages_their_status(unchanged: Preview) -> None:
    types = {
        "/": "text/html; charset=utf-8",
        "/assets/tours.css": "text/css; charset=utf-8",
        "/api/v1/huts.json": "application/json",
        "/_smartguide/reload.js": "text/javascript; charset=utf-8",
    }
    for path, wanted in types.items():
        answer = unchanged.ask(path)
        assert (answer.status, answer.headers["Content-Type"]) == (200, wanted), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    missing = unchanged.ask("/no/such/page/")
    assert missing.status == 404
    assert "Page not found" in missing.text
    assert (unchanged.ask("/huts").status, unchanged.ask("/huts").headers["Location"]) == (302, "/huts/")


def test_only_this_machine_is_answered_and_only_what_reads(unchanged: Preview) -> None:
    for host in (f"127.0.0.1:{unchanged.port}", f"localhost:{unchanged.port}", f"[::1]:{unchanged.port}"):
        assert unchanged.ask("/", Host=host).status == 200, host
    for host in (
        "evil.example",
        f"evil.example:{unchanged.port}",
        "127.0.0.1",
        f"127.0.0.1.evil.example:{unchanged.port}",
    ):
        for path in ("/", "/_smartguide/events", "/_smartguide/reload.js"):
            assert unchanged.ask(path, Host=host).status == 421, host
    assert unchanged.ask("/", "POST").status == 405
    assert unchanged.ask("/_smartguide/reload.js", "DELETE").status == 405
    assert unchanged.ask("/", "HEAD").text == ""


@pytest.mark.parametrize(
    "path",
    [
        "/../mkdocs.yml",
        "/%2e%2e/%2e%2e/chapters.json",
        "/..%2fchapters.json",
        "//etc/passwd",
        "/assets/../../chapters.json",
        "/_smartguide/..%2fserving.py",
        "/assets/",
        "/api/v1/",
        "/sitemap.xml",
    ],
)
def test_nothing_else_is_served_and_no_folder_is_listed(unchanged: Preview, path: str) -> None:
    assert unchanged.ask(path).status == 404


def test_a_site_below_a_path_is_served_there(root: Path) -> None:
    with preview(root, SITE_URL="https://tours.example/some/where/") as running:
        assert running.url.endswith("/some/where/")
        running.wait_for("/some/where/huts/stone-pass/", "Stone Pass Hut")
        assert running.ask("/").headers["Location"] == "/some/where/"
        assert running.ask("/some/where").headers["Location"] == "/some/where/"
        assert running.ask(PAGE).status == 404
        assert '"/some/where/huts/stone-pass/"' in running.page("/some/where/api/v1/huts/stone-pass.json")


# What happens when files change


def test_a_saved_record_is_told_to_its_open_page_and_shown_everywhere(served: Preview) -> None:
    with served.followed(PAGE) as events:
        served.edit(HUT, "Stone Pass Hut", "Rock Pass Hut")
        assert events.next() == ("changed", {})
    assert "Rock Pass Hut" in served.page(PAGE)
    assert "Rock Pass Hut" in served.page("/huts/")
    assert json.loads(served.page("/api/v1/huts/stone-pass.json"))["result"]["name"] == "Rock Pass Hut"
    served.wait_for("/search/names.json", "Rock Pass Hut")


def test_a_page_that_does_not_change_is_told_nothing(served: Preview) -> None:
    with served.followed("/glossary/") as events:
        served.edit(HUT, "Stone Pass Hut", "Rock Pass Hut")
        served.wait_for(PAGE, "Rock Pass Hut")
        served.edit("content/glossary.yml", "definition: ", "definition: Other words. ")
        assert events.next() == ("changed", {})
        assert "Other words." in served.page("/glossary/")


@pytest.mark.parametrize(
    ("name", "old", "new", "shown"),
    [
        ("content/index.md", "# Home", "# At home", "At home"),
        ("mkdocs.yml", "site_name: Tours", "site_name: Walks", "Walks"),
        ("templates/tour.html", '"Stages"', '"Day by day"', "Day by day"),
        ("schemas/tour.schema.json", '"x-plural": "Tours"', '"x-plural": "Long tours"', "Long tours"),
    ],
)
def test_a_change_of_anything_else_is_shown(served: Preview, name: str, old: str, new: str, shown: str) -> None:
    path = {"content/index.md": "/", "mkdocs.yml": "/"}.get(name, "/tours/three-lakes/")
    served.edit(name, old, new)
    served.wait_for(path, shown)


def test_a_style_sheet_that_changes_reloads_every_page(served: Preview) -> None:
    with served.followed(PAGE) as events:
        (served.root / "theme/assets/tours.css").write_text("h1 { color: red; }\n", encoding="utf-8")
        assert events.next() == ("changed", {})
    assert "color:red" in served.page("/assets/tours.css")


def test_what_link_checks_find_is_shown(served: Preview) -> None:
    url = "https://gone.example/"
    served.edit(HUT, "valley: STH\n", f"valley: STH\nlinks:\n  - {{url: {url}, label: There}}\n")
    served.wait_for(PAGE, url)
    days = ["2026-11-01", "2026-11-02", "2026-11-03"]
    found = {url: {"checked": days[-1], "state": "failed", "reason": "404: not found", "failures": days}}
    written = served.root / ".link-history.json.new"
    written.write_text(json.dumps(found), encoding="utf-8")
    written.rename(served.root / "link-history.json")
    served.wait_for(PAGE, "404: not found")
    accepted = f"exceptions: [{{url: '{url}', reason: It works in a browser., until: '2039-12-31'}}]\n"
    (served.root / "link-exceptions.yml").write_text(accepted, encoding="utf-8")
    wait_until(lambda: "404: not found" not in served.page(PAGE))


def test_an_extension_that_comes_later_counts(served: Preview) -> None:
    text = '''
from smartguide import template_function


@template_function
def shout(text: str) -> str:
    """Return a text in capitals."""
    return f"{text.upper()}!"
'''
    (served.root / "extensions").mkdir()
    (served.root / "extensions/own.py").write_text(text, encoding="utf-8")
    served.edit("content/catalogue.yml", "collections:", "extensions: [extensions/own.py]\ncollections:")
    (served.root / "templates/hut.html").write_text("<p>{{ shout(record.label) }}</p>\n", encoding="utf-8")
    served.wait_for(PAGE, "STONE PASS HUT!")
    served.edit("extensions/own.py", "}!", "}?")
    served.wait_for(PAGE, "STONE PASS HUT?")


def test_a_record_that_is_new_renamed_or_deleted(served: Preview) -> None:
    new = served.root / "content/huts/far-away.yml"
    new.write_text("name: Far Away Hut\nvalley: STH\nsources:\n  - source: map\n", encoding="utf-8")
    served.wait_for("/huts/far-away/", "Far Away Hut")
    new.rename(new.with_name("near-by.yml"))
    served.wait_for("/huts/near-by/", "Far Away Hut")
    assert served.ask("/huts/far-away/").status == 404
    new.with_name("near-by.yml").unlink()
    wait_until(lambda: served.ask("/huts/near-by/").status == 404)


def test_an_editor_that_saves_by_renaming(served: Preview) -> None:
    path = served.root / HUT
    for number in range(3):
        written = path.with_name(".stone-pass.yml.new")
        written.write_text(RENAMED.replace("Stone Pass", f"Pass {number}"), encoding="utf-8")
        written.rename(path)
        served.wait_for(PAGE, f"Pass {number} Hut")


def test_twenty_saves_in_a_second(served: Preview) -> None:
    path = served.root / HUT
    with served.followed(PAGE) as events:
        for number in range(20):
            path.write_text(RENAMED.replace("Stone Pass", f"Pass {number}"), encoding="utf-8")
            time.sleep(0.03)
        assert events.next()[0] == "changed"
    served.wait_for(PAGE, "Pass 19 Hut")
    served.wait_for("/search/names.json", "Pass 19 Hut")


def test_a_folder_that_is_deleted_and_comes_back(served: Preview) -> None:
    for name in ("content/huts", "content", "templates"):
        folder = served.root / name
        shutil.move(folder, served.root / "aside")
        if name == "content/huts":
            wait_until(lambda: served.ask(PAGE).status == 404)
        elif name == "content":
            served.wait_for_words("content/catalogue.yml")
        shutil.move(served.root / "aside", folder)
        served.wait_for(PAGE, "Stone Pass Hut")
    served.edit(HUT, "Stone Pass Hut", "Rock Pass Hut")
    served.wait_for(PAGE, "Rock Pass Hut")


# Wrong records, templates and settings


def test_a_wrong_record_is_shown_with_what_is_wrong(served: Preview) -> None:
    with served.followed(PAGE) as events:
        served.edit(HUT, "valley: STH", "valley: '<img src=x onerror=alert(1)>'")
        while events.next()[0] != "changed":
            pass
    page = served.wait_for(PAGE, 'role="alert"')
    assert "content/huts/stone-pass.yml:2:9: error: valley:" in page
    assert "<img src=x" not in served.ask(PAGE).text
    served.wait_for_words("content/huts/stone-pass.yml:2:9: error: valley:")
    assert 'role="alert"' in served.page("/")
    served.edit(HUT, "'<img src=x onerror=alert(1)>'", "STH")
    wait_until(lambda: 'role="alert"' not in served.page(PAGE))
    served.wait_for_words("all is well")


def test_what_is_wrong_is_told_to_open_pages_without_reloading_them(served: Preview) -> None:
    with served.followed("/huts/upper-lake/") as events:
        served.edit(HUT, "valley: STH", "valley: Nowhere")
        name, data = events.next()
        assert name == "findings"
        assert "stone-pass.yml:2:9" in html.unescape(data["html"])
        served.edit(HUT, "valley: Nowhere", "valley: STH")
        assert events.next()[1]["html"] == ""


def test_a_record_that_cannot_be_read_is_shown_as_it_was(served: Preview) -> None:
    served.edit(HUT, "name: Stone", "name: [Stone")
    page = served.wait_for(PAGE, "as it was before the errors")
    assert "Stone Pass Hut" in page
    assert "the [ that opens here does not close" in page
    served.edit(HUT, "name: [Stone", "name: New Stone")
    served.wait_for(PAGE, "New Stone Pass Hut")


def test_pages_stay_where_the_catalogue_the_templates_or_the_settings_break(served: Preview) -> None:
    for name, wrong in (
        ("content/catalogue.yml", "collections: [\n"),
        ("templates/tour.html", "{% for %}"),
        ("mkdocs.yml", "site_name: [\n"),
        ("mkdocs.yml", "site_name: Tours\ntheme: {name: no-such-theme}\nplugins: [smartguide]\n"),
    ):
        path = served.root / name
        right = path.read_text(encoding="utf-8")
        path.write_text(wrong, encoding="utf-8")
        page = served.wait_for("/tours/three-lakes/", 'role="alert"')
        assert "Three Lakes" in page, name
        path.write_text(right, encoding="utf-8")
        wait_until(lambda: 'role="alert"' not in served.page("/tours/three-lakes/"), name)


@pytest.mark.parametrize(
    ("name", "wrong", "path"),
    [
        (HUT, "name: [Stone\n", PAGE),
        (HUT, "nome: Stone\n", PAGE),
        ("content/catalogue.yml", "collections: [\n", "/"),
        ("templates/tour.html", "{% for %}", "/tours/three-lakes/"),
        ("mkdocs.yml", "site_name: [\n", "/"),
        ("schemas/hut.schema.json", "{", PAGE),
    ],
)
def test_it_starts_with_what_is_wrong_and_shows_it(root: Path, name: str, wrong: str, path: str) -> None:
    right = (root / name).read_text(encoding="utf-8")
    (root / name).write_text(wrong, encoding="utf-8")
    with preview(root) as running:
        running.wait_for_words(f"{name}:")
        page = running.wait_for(path, 'role="alert"')
        assert f"{name}:" in page
        assert "_smartguide/reload.js" in page
        (root / name).write_text(right, encoding="utf-8")
        wait_until(lambda: 'role="alert"' not in running.page(path) and running.ask(path).status == 200)


# The start and the end


def test_a_port_that_is_taken_is_told(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = smartguide(root, "serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == f"Error: the port {port} of 127.0.0.1 is taken; choose another with --port\n"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org", "::"])
def test_other_machines_are_never_served(site_project: MakeProject, host: str) -> None:
    done = smartguide(site_project(), "serve", "--host", host)
    assert done.returncode == 2
    assert "is no loopback address" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("is_busy", [True, False])
def test_nothing_is_left_behind(root: Path, number: int, *, is_busy: bool) -> None:
    with preview(root) as running:
        if is_busy:
            wait_until(lambda: len(running.processes()) > 1, "the engine")
        else:
            running.wait_for_chapters()
        with running.followed("/"):
            assert running.end(number) == 130
        assert running.processes() == []
        assert list(running.temporary.iterdir()) == []
        assert not any("Traceback" in line for line in running.said)
        assert not (root / "site").exists()


def test_a_browser_that_goes_away_is_nothing_special(served: Preview) -> None:
    for _ in range(5):
        with served.followed(PAGE):
            pass
    served.edit(HUT, "Stone Pass Hut", "Rock Pass Hut")
    served.wait_for(PAGE, "Rock Pass Hut")
    assert not any("Traceback" in line for line in served.said)
