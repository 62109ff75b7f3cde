"""Builds: they repeat to the byte, leave the last good site alone when they fail, and work below any path."""

from __future__ import annotations

import inspect
import itertools
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from smartguide.building import BuildError, build_site
from smartguide.checks.checking import check
from smartguide.project import Project
from smartguide.site import build_date, replacing, security_policy, theme_scripts
from tests.built_sites import (
    build_elsewhere_on_another_day,
    check_headers_for_hosts,
    check_policies_of_pages,
    differences,
)
from tests.generator import projects
from tests.generator.projects import SMALL
from tests.processes import smartguide, start
from tests.projects import MakeProject, contents


def test_a_site_built_elsewhere_on_another_day_is_the_same_to_the_byte(site: Path, tmp_path: Path) -> None:
    elsewhere = build_elsewhere_on_another_day(SMALL, tmp_path / "another folder", "--no-strict")
    assert differences(site, elsewhere) == []


def test_the_date_of_one_build_is_not_taken_for_another(
    site_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    root = site_project()
    build_site(root, root / "site", strict=False)
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_a_build_that_fails_leaves_the_last_good_site(site_project: MakeProject) -> None:
    root = site_project()
    build_site(root, root / "site", strict=False)
    before = contents(root / "site")
    (root / "content/huts/stone-pass.yml").write_text("nam: x\n", encoding="utf-8")
    with pytest.raises(BuildError, match="unknown key 'nam'"):
        build_site(root, root / "site", strict=False)
    assert contents(root / "site") == before
    assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == []


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_killed_leaves_the_last_good_site(site_project: MakeProject, kill: signal.Signals) -> None:
    root = site_project()
    build_site(root, root / "site", strict=False)
    before = contents(root / "site")
    process = start(root, "build", "--no-strict", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while process.poll() is None and not any(root.glob(".site-*")):
        time.sleep(0.01)
    process.send_signal(kill)
    _, errors = process.communicate(timeout=60)
    assert contents(root / "site") == before
    assert (process.returncode, errors) == ((-kill, "") if kill is signal.SIGKILL else (130, "interrupted\n"))
    if kill is signal.SIGKILL:
        assert any(root.glob(".site-*"))
        build_site(root, root / "site", strict=False)  # clears away what the killed one left
    assert not any(root.glob(".site-*"))


def test_an_interrupt_at_any_moment_leaves_no_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class BuildIsReachedError(Exception):
        pass

    def reached(*_: object, **__: object) -> None:
        sys.settrace(None)
        raise BuildIsReachedError

    makes_folder = inspect.unwrap(replacing._beside).__code__

    def interrupt_at(moment: int) -> None:
        """Start a build, and interrupt it where so many lines of the making of its folder have run."""
        ran = 0

        def trace(frame: FrameType, event: str, _: object) -> Any:
            nonlocal ran
            ran += event == "line"
            if ran == moment:
                raise KeyboardInterrupt
            return trace if frame.f_code is makes_folder else None

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            build_site(tmp_path, tmp_path / "site")
        finally:
            sys.settrace(before)

    monkeypatch.setattr("smartguide.building.load", reached)
    for moment in itertools.count(1):
        try:
            interrupt_at(moment)
        except KeyboardInterrupt:
            assert not any(tmp_path.iterdir()), f"interrupted at line {moment}"
        except BuildIsReachedError:
            break


@pytest.mark.parametrize("exchange", [True, False])
def test_a_new_site_takes_the_place_of_the_old_one(
    site_project: MakeProject, monkeypatch: pytest.MonkeyPatch, *, exchange: bool
) -> None:
    if not exchange:  # as on systems that cannot exchange two folders
        monkeypatch.setattr("smartguide.site.replacing._exchange", lambda *_: False)
    root = site_project({"site/old.txt": "old", "site/index.html": "an old site"})
    build_site(root, root / "site", strict=False)
    assert (root / "site/index.html").is_file()
    assert not (root / "site/old.txt").exists()
    assert not any(root.glob(".site-*"))


def test_it_does_not_matter_where_one_stands(site_project: MakeProject) -> None:
    root = site_project(
        {"parts/hello.md": "Hello from a part", "content/index.md": "# Home\n\n{% include 'hello.md' %}\n"}
    )
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("include_dir: content", "include_dir: parts"), "utf-8")
    build_site(root, root / "site", strict=False)
    assert "Hello from a part" in (root / "site/index.html").read_text(encoding="utf-8")


def test_a_place_where_no_site_can_be_written_is_told(site_project: MakeProject) -> None:
    root = site_project({"taken": "a file, not a folder\n"})
    done = smartguide(root, "build", "--site-dir", str(root / "taken/site"))
    assert done.returncode == 1
    assert "the site cannot be built: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_told(site_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("smartguide.exports.write", full)
    root = site_project()
    with pytest.raises(BuildError, match="No space left on device"):
        build_site(root, root / "site", strict=False)
    assert not (root / "site").exists()


def test_a_macro_that_fails_stops_the_build_and_is_told(site_project: MakeProject) -> None:
    root = site_project({"content/index.md": "# Home\n\n{{ link('huts', 'nobody') }}\n"})
    done = smartguide(root, "build", "--no-strict")
    assert done.returncode == 1
    assert "no record 'nobody' in the collection 'huts'" in done.stderr + done.stdout
    assert not (root / "site").exists()


def test_dead_links_and_orphans_among_chapters_stop_the_build_on_their_line(site_project: MakeProject) -> None:
    root = site_project(
        {
            "content/page.md": """
                # A page

                [a page](huts/nobody.md), [an anchor](index.md#nowhere),
                ![an image](none.png) and [an absolute one](/huts/)
                and [without its end](huts/stone-pass), and [misspelt](huts/stone-pas.md)
                """,
            "content/alone.md": "# Alone\n",
        }
    )
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings + "nav:\n  - index.md\n  - page.md\n", encoding="utf-8")
    done = smartguide(root, "build")
    assert done.returncode == 1
    assert [line.partition(" (")[0] for line in done.stdout.splitlines()] == [
        "content/page.md:3:39: error: the link 'index.md#nowhere': 'index.md' has no anchor 'nowhere'",
        "content/alone.md:1:1: warning: no navigation leads here",
        "content/page.md:3:10: warning: the link 'huts/nobody.md': there is no file 'huts/nobody.md'",
        "content/page.md:4:13: warning: the link 'none.png': there is no file 'none.png'",
        "content/page.md:4:45: warning: the link '/huts/': it is from the root of the host, and the site may lie below a path",
        "content/page.md:5:23: warning: the link 'huts/stone-pass': it does not name a file",
        "content/page.md:5:56: warning: the link 'huts/stone-pas.md': there is no file 'huts/stone-pas.md'",
    ]
    done = smartguide(root, "build", "--format", "github")
    assert "\n::warning file=content/alone.md,title=orphan,line=1,col=1::no navigation leads here" in done.stdout


def test_a_chapter_is_left_out_of_the_navigation_on_purpose(site_project: MakeProject) -> None:
    chapters = {"content/alone.md": "# Alone\n", "content/lost.md": "# Lost\n"}
    root = site_project({**chapters, "content/index.md": "# Home\n\n[alone](alone.md), [lost](lost.md)\n"})
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}nav:\n  - index.md\nnot_in_nav: |\n  /alone.md\n", encoding="utf-8")
    told = [finding.as_text() for finding in check(root).findings]
    assert [line.partition(" (")[0] for line in told] == ["content/lost.md:1:1: warning: no navigation leads here"]


def test_a_locale_without_utf8_and_windows_line_endings_do_no_harm(site_project: MakeProject) -> None:
    record = b"\xef\xbb\xbfname: Stra\xc3\x9fe\r\nvalley: NTH\r\nsources:\r\n  - source: map\r\n"
    root = site_project({"content/huts/upper-lake.yml": record})
    place: dict[str, Any] = {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii:backslashreplace",
    }
    done = smartguide(root, "build", "--no-strict", **place)
    assert done.returncode == 0, done.stderr
    assert "Straße" in (root / "site/huts/upper-lake/index.html").read_text(encoding="utf-8")


def test_a_site_below_a_path_has_no_link_from_the_root_of_the_host(site_project: MakeProject, tmp_path: Path) -> None:
    done = smartguide(
        site_project(), "build", "--no-strict", "--site-dir", str(tmp_path / "out"), SITE_URL="https://a.example/b/c/"
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/tours/three-lakes/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://a.example/b/c/tours/three-lakes/">' in page
    assert re.findall(r'(?:href|src)="/', page) == []


def test_an_inline_script_in_a_chapter_stops_the_build_instead_of_getting_a_hash(site_project: MakeProject) -> None:
    root = site_project({"content/page.md": "# A page\n\n<script>alert(1)</script>\n"})
    done = smartguide(root, "build", "--no-strict")
    assert done.returncode == 1
    message = (
        "content/page.md:3:9: error: an inline script that is not the theme's: alert(1) "
        "(put it into a file below theme/assets/) [inline-script]"
    )
    assert message in done.stdout
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    "script",
    [
        "<script>__md_scope=new URL('x',location)</script>",
        '<script>__md_scope=new URL("..",location),alert(1)</script>',
        "<SCRIPT type=module>alert(1)</SCRIPT>",
        "<script type=text/javascript>alert(1)</script>",
        "<script data-src=x>alert(1)</script>",
    ],
)
def test_no_way_to_write_a_script_passes_for_the_theme(site: Path, script: str) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    theme = theme_scripts.shapes(Project.of(SMALL))
    assert security_policy.foreign(html, theme) == []
    assert len(security_policy.foreign(html.replace("</body>", f"{script}</body>"), theme)) == 1


def test_every_page_carries_a_policy_that_names_each_of_its_inline_scripts(site: Path) -> None:
    check_policies_of_pages(site)


def test_the_headers_for_hosts_allow_the_scripts_of_every_page(site: Path) -> None:
    check_headers_for_hosts(site)


def test_a_build_works_where_there_are_no_locks(tmp_path: Path) -> None:
    root = projects.copy(tmp_path, site=True)
    code = "import sys; sys.modules['fcntl'] = None; from smartguide.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "--no-strict"], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert (root / "site/index.html").is_file()


def test_the_date_of_a_build_is_that_of_its_own_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    for folder, day in ((own, "2020-02-03"), (other, "2021-01-01")):
        folder.mkdir()
        date = f"{day}T12:00:00+00:00"
        env = {"PATH": os.environ["PATH"], "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        for command in (
            ["init", "-q"],
            ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x"],
        ):
            subprocess.run(["git", *command], cwd=folder, env=env, check=True)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    with build_date.dated(own):
        assert os.environ["SOURCE_DATE_EPOCH"] == "1580731200"
