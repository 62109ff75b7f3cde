"""What goes wrong on machines: a clear message, or it just works; the last good site stays, and nothing is lost."""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smartguide.building import BuildError, build_site
from smartguide.checks.checking import check
from smartguide.engines.mkdocs_plugin import SmartGuidePlugin
from smartguide.reading.reader import _Names
from tests.processes import smartguide, start
from tests.projects import FindingsOf, MakeProject, contents

WITHOUT_UTF8: dict[str, Any] = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture
def built(site_project: MakeProject) -> Iterator[Path]:
    """Return a project with a good site; after the test, that very site must be there, and nothing beside it."""
    root = site_project({"content/page.md": "# A page\n"})
    build_site(root, root / "site", strict=False)
    before = contents(root / "site")
    yield root
    assert contents(root / "site") == before
    assert not [path.name for path in root.iterdir() if path.name.startswith(".site")]


def as_anybody() -> None:
    """Let file permissions count for root, too, as for anybody else."""
    if os.geteuid() == 0:
        drop_for_good, read_and_write_all, read_all = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        for capability in (read_and_write_all, read_all):
            ctypes.CDLL(None).prctl(drop_for_good, capability, 0, 0, 0)


def test_a_disk_that_is_full_in_the_middle_of_a_build(built: Path) -> None:
    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = smartguide(built, "build", "--no-strict", prepare=small_disk)
    assert done.returncode == 1
    assert done.stderr.startswith("the site cannot be built: ")
    assert done.stderr.endswith(": File too large\n")


def test_a_folder_that_is_read_only(built: Path) -> None:
    built.chmod(0o555)
    try:
        done = smartguide(built, "build", "--no-strict", prepare=as_anybody)
        assert done.returncode == 1
        assert done.stderr.startswith(f"the site cannot be built: {built}/.site-")
        assert done.stderr.endswith(": Permission denied\n")
        checked = smartguide(built, "links", "--pause", "0", prepare=as_anybody)
        assert checked.returncode == 1
        assert checked.stderr.endswith("/link-history.json: Permission denied\n")
        assert smartguide(built, "validate", prepare=as_anybody).returncode == 0
    finally:
        built.chmod(0o755)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("content/huts/stone-pass.yml", "content/huts/stone-pass.yml"),
        ("content/page.md", "content/page.md"),
        ("content/huts", "content/catalogue.yml:4:32"),
    ],
)
def test_a_file_or_folder_that_may_not_be_read(built: Path, name: str, where: str) -> None:
    mode = (built / name).stat().st_mode
    (built / name).chmod(0)
    try:
        for command in (["build", "--no-strict"], ["validate"], ["links"]):
            done = smartguide(built, *command, prepare=as_anybody)
            assert done.returncode == 1
            said = done.stdout + done.stderr
            assert f"{where}: error: " in said
            assert "[unreadable]" in said
            assert "Traceback" not in said
            assert "[unknown-reference]" not in said or name == "content/huts"
    finally:
        (built / name).chmod(mode)


def test_a_record_that_vanishes_while_it_is_read(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = _Names.glob

    def vanishing(self: _Names, path: str, *_: object, **__: object) -> list[str]:
        found = listed(self, path)
        for one in found:
            if one.endswith("stone-pass.yml"):
                (self.reader.content / one).unlink()
        return found

    monkeypatch.setattr(_Names, "glob", vanishing)
    with pytest.raises(BuildError, match=r"content/huts/stone-pass.yml: error: cannot be read: No such file"):
        build_site(built, built / "site", strict=False)


@pytest.mark.parametrize("name", ["content/page.md", "theme/assets/tours.css"])
def test_a_file_that_vanishes_during_the_build(built: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on_files = SmartGuidePlugin.on_files

    def vanishing(*arguments: Any, **options: Any) -> Any:
        (built / name).unlink()  # when MkDocs has listed it, and before it reads it
        return on_files(*arguments, **options)

    monkeypatch.setattr(SmartGuidePlugin, "on_files", vanishing)
    shutil.rmtree(built / ".cache")
    with pytest.raises(BuildError, match=rf"the site cannot be built: .*/{name}: No such file or directory"):
        build_site(built, built / "site", strict=False)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_byte_order_marks_of_every_file(site_project: MakeProject, ending: str, mark: str) -> None:
    chapter = "---\ntitle: Straße\n---\n\n# Straße\n\n{{ part('collections') }}\n"
    root = site_project({"content/page.md": chapter})
    plain = root / "plain"
    build_site(root, plain, strict=False)
    for path in [*(root / "content").rglob("*"), *(root / "schemas").iterdir(), root / "mkdocs.yml"]:
        if path.is_file():
            text = path.read_text(encoding="utf-8").replace("\n", ending)
            path.write_bytes((mark + text).encode())
    build_site(root, root / "site", strict=False)
    for path, content in contents(plain).items():
        if path.suffix != ".yml":  # the files of records are published as they are
            assert (root / "site" / path.relative_to(plain)).read_bytes() == content, path


@pytest.mark.parametrize("command", [["build", "--no-strict"], ["validate"], ["links", "--quick"]])
def test_a_locale_without_utf8(site_project: MakeProject, command: list[str]) -> None:
    root = site_project({"content/huts/stone-pass.yml": "name: Straße\nvalley: Österreich\n"})
    done = smartguide(root, *command, **WITHOUT_UTF8)
    assert "Traceback" not in done.stderr
    if command != ["links", "--quick"]:
        assert done.returncode == 1
        assert "error: valley: no valley 'Österreich'" in done.stdout + done.stderr


def test_a_folder_whose_name_the_locale_cannot_write(site_project: MakeProject, tmp_path: Path) -> None:
    moved = tmp_path.with_name(f"{tmp_path.name} ü")
    site_project({"templates/parts/collections.html": "<p>A template of our own</p>\n"}).rename(moved)
    done = smartguide(moved, "build", "--no-strict", **WITHOUT_UTF8)
    assert (done.returncode, done.stderr) == (0, "")
    checked = smartguide(moved, "links", "--internal", **WITHOUT_UTF8)
    assert checked.stderr == ""
    assert {line.rpartition(" [")[2] for line in checked.stdout.splitlines()} == {"orphan]"}  # nothing leads there
    moved.rename(tmp_path)


def test_a_very_long_path(site_project: MakeProject) -> None:
    root = site_project()
    deep = root.joinpath(*["deep" * 50] * 12)  # some 2,500 characters; systems take 4,096 at most
    (deep / "guide").mkdir(parents=True)
    for name in ("content", "schemas", "templates", "theme", "mkdocs.yml"):
        shutil.move(root / name, deep / "guide" / name)
    project = deep / "guide"
    assert smartguide(project, "build", "--no-strict").stderr == ""
    assert (project / "site/huts/stone-pass/index.html").is_file()
    done = smartguide(project, "links", "--internal")
    assert (done.returncode, done.stderr) == (0, "every link inside the site leads somewhere\n")


def test_a_path_that_is_too_long_for_the_system(built: Path) -> None:
    done = smartguide(built, "build", "--site-dir", str(built / "/".join(["deep" * 50] * 25)))
    assert done.returncode == 1
    assert "File name too long" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_id_that_is_too_long_is_told(findings_of: FindingsOf) -> None:
    long = "long-" * 49 + "id"
    found = findings_of({f"content/huts/{long}.yml": "name: Long\nvalley: NTH\nsources:\n  - source: map\n"})
    assert any(
        line.startswith(f"content/huts/{long}.yml: error: ") and "has 247 characters; it may have 100" in line
        for line in found
    )


def test_what_a_killed_build_left_is_cleared_away_and_what_runs_is_not(site_project: MakeProject) -> None:
    root = site_project()
    left, running = root / ".site-killed", root / ".site-running"
    for folder in (left, running):
        (folder / "site").mkdir(parents=True)
    handle = os.open(running, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    build_site(root, root / "site", strict=False)
    os.close(handle)
    assert not left.exists()
    assert running.exists()


def test_two_builds_at_the_same_time_do_not_disturb_each_other(site_project: MakeProject) -> None:
    root = site_project()
    builds = [start(root, "build", "--no-strict", stderr=subprocess.PIPE) for _ in range(2)]
    assert [(build.communicate(timeout=120)[1], build.returncode) for build in builds] == [("", 0)] * 2
    assert (root / "site/index.html").is_file()
    assert not any(root.glob(".site-*"))


@pytest.mark.parametrize("place", [".", "..", "content", "docs", "worktree", "file", "link"])
def test_the_site_takes_the_place_of_nothing_but_a_site(site_project: MakeProject, place: str) -> None:
    others = {"docs/letter.txt": "Dear all,\n", "worktree/.git": "gitdir: x\n", "worktree/index.html": "x", "file": "x"}
    root = site_project(others)
    (root / "link").symlink_to("elsewhere")
    before = contents(root)
    with pytest.raises(BuildError, match="name another"):
        build_site(root, root / place, strict=False)
    assert contents(root) == before


def test_the_other_records_are_not_blamed_for_one_that_cannot_be_read(findings_of: FindingsOf) -> None:
    (finding,) = findings_of({"content/huts/stone-pass.yml": "name: [\n"})
    assert finding.startswith("content/huts/stone-pass.yml:1:7: error: the [ that opens here does not close")
    (finding,) = findings_of({"content/catalogue.yml": "collections: {\n"})
    assert finding.startswith("content/catalogue.yml:1:14: error: the { that opens here does not close")


def test_a_chapter_in_another_encoding_is_told_with_its_place(project: MakeProject) -> None:
    root = project({"content/page.md": "# A page\n\nStraße\n".encode("latin-1")})
    (finding,) = check(root).findings
    assert (
        finding.as_text()
        == "content/page.md:3:5: error: the byte 0xdf is not UTF-8 (save the file as UTF-8) [encoding]"
    )
