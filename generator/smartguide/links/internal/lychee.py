"""Runs lychee, offline, over all files of a built site."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from yarl import URL

from smartguide.links.internal.built_site import BuiltSite

EXTENSIONS: Final = "html,htm,xhtml,xml"
"""The files that lychee reads."""
TIMEOUT: Final = 600
"""Seconds. A site of 500 pages takes one or two."""


class LycheeError(Exception):
    """lychee failed; the message says why."""


@dataclass(frozen=True)
class LycheeLink:
    """A link that lychee has checked: the file that it is in (relative to the site), and the URL of its target.

    The URL of a file of the site begins with ``file:``; that of an invalid link is ``error:``. ``status`` says what is
    wrong with the link; it is None if lychee takes the link for good.
    """

    file: str
    url: str
    line: int
    column: int
    status: str | None = None

    @property
    def is_invalid(self) -> bool:
        """Whether the link is not a URL."""
        return self.url == "error:"

    @property
    def lacks_anchor(self) -> bool:
        """Whether the page exists, but has no element with the id that the link names."""
        return "fragment" in (self.status or "").lower()


class WrittenLinks:
    """The files of a site, to look up how a link is written in them."""

    def __init__(self, site: BuiltSite) -> None:
        self._site = site
        self._lines: dict[str, list[str]] = {}

    def written(self, link: LycheeLink) -> str:
        """Return a link as a reader of its file takes it: what stands in quotes, or between spaces."""
        if link.file not in self._lines:
            file = self._site.folder / os.fsdecode(link.file.encode())
            self._lines = {link.file: file.read_text(encoding="utf-8", errors="replace").split("\n")}
        text = self._lines[link.file][link.line - 1]
        start = max(text.rfind(mark, 0, link.column - 1) for mark in "\"'= \t>") + 1
        end = r"[\"'<>]" if text[start - 1] in "\"'" else r"[\s\"'<>]"
        return html.unescape(re.split(end, text[start:], maxsplit=1)[0]).strip()


def check(site: BuiltSite, host_root: Path) -> list[LycheeLink]:
    """Return every link that lychee finds in a site, good or broken. ``host_root`` is that of the site.

    Raises LycheeError.
    """
    try:
        # It runs in the folder of the site, because it takes some characters of a path in its arguments for a pattern.
        done = subprocess.run(  # noqa: S603
            _command(site, host_root),
            cwd=site.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=TIMEOUT,
        )
        report: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise LycheeError(f"lychee failed: {done.stderr.strip()[-500:]}") from error
    except subprocess.TimeoutExpired as error:
        raise LycheeError(f"lychee did not finish within {TIMEOUT // 60} minutes") from error
    if not report["total"]:
        raise LycheeError(f"lychee found no link in {site.folder}")
    broken = [_link(file, entry, entry["status"]["text"]) for file, entry in _entries(report, "error_map")]
    return [*broken, *(_link(file, entry) for file, entry in _entries(report, "success_map"))]


def _command(site: BuiltSite, host_root: Path) -> list[str]:
    program = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")
    if program is None:
        raise LycheeError("lychee is not installed; `make site` installs it")
    url = URL(site.url)
    own = f"{url.host_port_subcomponent}{url.raw_path.rstrip('/')}"  # as lychee writes URLs
    return [
        program,
        f"--config={os.devnull}",  # a lychee.toml among the files of the site is not for us
        "--verbose",  # to have the good links in the report
        "--offline",
        "--include-fragments",
        "--include-verbatim",
        "--no-progress",
        "--no-ignore",
        "--hidden",
        "--format=json",
        f"--extensions={EXTENSIONS}",
        f"--root-dir={host_root}",
        "--index-files=index.html",
        # URLs of the site itself are files. lychee completes //host/ with "file", because it reads files.
        f"--remap=^(?:https?|file)://{re.escape(own)}(/.*)?$ {_file_url(host_root / site.path)}$1",
        ".",
    ]


def _entries(report: dict[str, Any], name: str) -> list[tuple[str, dict[str, Any]]]:
    return [(file, entry) for file, entries in report[name].items() for entry in entries]


def _link(file: str, entry: dict[str, Any], status: str | None = None) -> LycheeLink:
    return LycheeLink(file, entry["url"], entry["span"]["line"], entry["span"]["column"], status)


def _file_url(path: Path) -> str:
    return f"file://{quote(os.fsencode(path))}"
