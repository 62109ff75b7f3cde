"""What holds for every built site, whatever it is about: its policies, and that it repeats to the byte."""

from __future__ import annotations

import fcntl
import filecmp
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from smartguide.site import security_policy

ANOTHER_DAY = """
import sys, time_machine
traveller = time_machine.travel("2031-12-31T23:59:30Z", tick=True)
traveller.start()
from smartguide.cli import main
main(sys.argv[1:])
"""


def made_once(factory: pytest.TempPathFactory, worker_id: str, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that all workers share, made by the first that asks for it; the others wait meanwhile."""
    shared = factory.getbasetemp() if worker_id == "master" else factory.getbasetemp().parent
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(folder)
    return folder


def differences(one: Path, other: Path) -> list[str]:
    """Return the files that only one of two folders has, or that differ."""
    names = {path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file()}
    others = {path.relative_to(other).as_posix() for path in other.rglob("*") if path.is_file()}
    _, different, errors = filecmp.cmpfiles(one, other, sorted(names & others), shallow=False)
    return sorted(names ^ others) + different + errors


def build_elsewhere_on_another_day(root: Path, folder: Path, *options: str) -> Path:
    """Build the site of a copy of a project, in a time, a time zone and a locale of its own, and return its folder."""
    shutil.copytree(root, folder, ignore=_built_or_installed(root), symlinks=True)
    place = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "2",
        "PYTHONPATH": str(folder / "generator"),
    }
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER_DAY, "build", *options],
        cwd=folder,
        env={key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"} | place,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return folder / "site"


def _built_or_installed(root: Path) -> Callable[[str, list[str]], set[str]]:
    """Return what tells ``copytree`` to leave out what was built or installed in a project."""
    everywhere = shutil.ignore_patterns("__pycache__")
    at_top = shutil.ignore_patterns(".venv", "site", ".cache", ".*_cache", ".site-*", ".hypothesis")
    return lambda folder, names: everywhere(folder, names) | (at_top(folder, names) if Path(folder) == root else set())


def hashes_of_theme(site: Path, html: str) -> list[str]:
    """Return the hashes of the inline scripts of a page; those of the theme are on a page without a body, too."""
    theme = security_policy.shapes((site / "404.html").read_text(encoding="utf-8"))
    assert security_policy.foreign(html, theme) == []
    return security_policy.hashes_of_own(html, theme)


def check_policies_of_pages(site: Path) -> None:
    """Fail unless every page carries a policy that names each of its inline scripts, and no other."""
    pages = list(site.rglob("*.html"))
    assert pages
    for page in pages:
        html = page.read_text(encoding="utf-8")
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', html)
        assert policy, page
        scripts = re.search(r"script-src ([^;]+)", policy[1])
        assert scripts
        assert "unsafe" not in scripts[1]
        assert set(scripts[1].split()) == {"'self'", *hashes_of_theme(site, html)}
        before_scripts = html.partition("<script")[0]  # all of it in a page at a former URL, which has none
        assert "Content-Security-Policy" in before_scripts
        assert re.findall(r"<[^>]+\son\w+=", html) == []


def check_headers_for_hosts(site: Path) -> None:
    """Fail unless the files with the headers for hosts allow the inline scripts of every page."""
    hashes = {one for page in site.rglob("*.html") for one in hashes_of_theme(site, page.read_text("utf-8"))}
    assert hashes
    for name in ("_headers", ".htaccess", "headers.nginx.conf"):
        text = (site / name).read_text(encoding="utf-8")
        assert all(one in text for one in hashes), name
        assert "frame-ancestors 'self'" in text
        assert re.search(r"Access-Control-Allow-Origin:? .*\*|smartguide_origin \"\*\"", text), name
