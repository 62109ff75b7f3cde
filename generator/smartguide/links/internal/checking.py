"""The check of all links inside the built site: pages, anchors, images, scripts, styles, and the targets of redirects.

lychee reads the HTML and the sitemap, and looks, offline, for what each link leads to; ``unread`` reads what lychee
does not. ``origins`` brings the findings back to where a person can mend them. A page to which no way leads from the
home page is a finding, too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlsplit

from yarl import URL

from smartguide.findings import Finding
from smartguide.links.internal import skipped_by_lychee as unread
from smartguide.links.internal.link_sources import Broken, Origins
from smartguide.model.knowledge_base import KnowledgeBase

NOT_LINKED: Final = frozenset({"", "404.html"})
"""Pages that need no link to them: the first one, and the one for addresses that there are not."""
READ: Final = "html,htm,xhtml,xml"
"""What lychee reads of a site, by the ends of the files' names."""
PATIENCE: Final = 600
"""Seconds that lychee may take; it needs one or two for this site."""
NOT_THERE: Final = "is not there"
NO_ADDRESS: Final = "is no address"
NO_ANCHOR: Final = "has no such anchor"
OUTSIDE: Final = "../"


class LycheeError(Exception):
    """lychee could not do its work; the message says why."""


@dataclass(frozen=True)
class InternalLinks:
    """The links of a site that was built into the folder ``site`` from the records of ``base``.

    ``site_url`` is the address under which the site knows itself (canonical links, the sitemap). Where it has a path,
    that is where links from the root of the host begin.
    """

    base: KnowledgeBase
    site: Path
    site_url: str

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each broken link and redirect and for each orphan. Raises LycheeError."""
        with self._below_its_path() as root:
            report = self._report(root)
            yield from self._origins.findings({*self._seen_by_lychee(report, root), *self._unread_by_lychee()})
            yield from self._orphans(report, root)

    @cached_property
    def _origins(self) -> Origins:
        return Origins(self.base)

    @property
    def _path(self) -> str:
        """The path of the site on its host, without slashes at its ends."""
        return unquote(urlsplit(self.site_url).path).strip("/")

    @contextmanager
    def _below_its_path(self) -> Iterator[Path]:
        """Give a folder that looks like the root of the host: the site lies in it below the site's path."""
        if not self._path:
            yield self.site
            return
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve()
            (root / self._path).parent.mkdir(parents=True, exist_ok=True)
            (root / self._path).symlink_to(self.site, target_is_directory=True)
            yield root

    def _report(self, root: Path) -> dict[str, Any]:
        """Let lychee look at every page, and return its report."""
        program = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")
        if program is None:
            raise LycheeError("lychee is not installed; `make site` installs it")
        url = URL(self.site_url)
        own = f"{url.host_port_subcomponent}{url.raw_path.rstrip('/')}"  # as lychee writes addresses
        command = [
            program,
            f"--config={os.devnull}",  # a lychee.toml among the files of the site is none of ours
            "--verbose",  # so that the report holds the links that are fine, too
            "--offline",
            "--include-fragments",
            "--include-verbatim",
            "--no-progress",
            "--no-ignore",
            "--hidden",
            "--format=json",
            f"--extensions={READ}",
            f"--root-dir={root}",
            "--index-files=index.html",
            # Our own address is in this folder. "file" is what //host/ begins with for lychee, as it reads files.
            f"--remap=^(?:https?|file)://{re.escape(own)}(/.*)?$ {_file_url(root / self._path)}$1",
            ".",
        ]
        try:
            # In the folder of the site, because in a path that is named lychee takes some characters for a pattern.
            done = subprocess.run(  # noqa: S603
                command, cwd=self.site, capture_output=True, text=True, encoding="utf-8", check=False, timeout=PATIENCE
            )
            report: dict[str, Any] = json.loads(done.stdout)
        except json.JSONDecodeError as error:
            raise LycheeError(f"lychee failed: {done.stderr.strip()[-500:]}") from error
        except subprocess.TimeoutExpired as error:
            raise LycheeError(f"lychee was not done within {PATIENCE // 60} minutes") from error
        if not report["total"]:
            raise LycheeError(f"lychee found no link in {self.site}")
        return report

    def _seen_by_lychee(self, report: dict[str, Any], root: Path) -> Iterator[Broken]:
        """Yield what lychee calls broken, and what it takes for good though a reader would find nothing there."""
        mere_names = cache(_mere_names)  # for this once: the next site may have other pages of the same name
        for source, entries in report["error_map"].items():
            lines = _lines(self.site / os.fsdecode(source.encode()))
            for entry in entries:
                no_anchor = "fragment" in entry["status"]["text"].lower()
                yield self._broken(source, entry, lines, root, NO_ANCHOR if no_anchor else NOT_THERE)
        for source, entries in report["success_map"].items():
            wrong = [(entry, why) for entry in entries if (why := self._missed_fault(entry["url"], root, mere_names))]
            lines = _lines(self.site / os.fsdecode(source.encode())) if wrong else []
            yield from (self._broken(source, entry, lines, root, why) for entry, why in wrong)

    def _broken(self, source: str, entry: dict[str, Any], lines: list[str], root: Path, why: str) -> Broken:
        written = _at(lines, **entry["span"])
        if entry["url"] == "error:":
            return Broken(self._address(source), written, written, why=NO_ADDRESS)
        return Broken(self._address(source), f"/{self._target(entry['url'], root)}", written, why=why)

    def _missed_fault(self, url: str, root: Path, mere_names: Callable[[Path], frozenset[str]]) -> str:
        """Say what is wrong with a link that lychee takes for good; an empty string if it is.

        A file beside the site is not on the host, and the name of a meta element or a field is no anchor.
        """
        parts = urlsplit(url)
        if parts.scheme != "file":
            return ""
        path = Path(_local_path(url))
        if not any(path.is_relative_to(folder) for folder in (self.site, root / self._path)):
            return NOT_THERE
        return NO_ANCHOR if parts.fragment and unquote(parts.fragment) in mere_names(path) else ""

    def _unread_by_lychee(self) -> Iterator[Broken]:
        """Look for what is behind the links that lychee does not read."""
        there: dict[str, bool] = {}
        for path in sorted(self.site.rglob("*")):
            address = self._address(path.relative_to(self.site).as_posix())
            for link in unread.links(path):
                try:
                    target = self._leads_to(address, link.target)
                except ValueError:
                    yield Broken(address, link.target, link.target, link.does, NO_ADDRESS, link.rule)
                    continue
                if target is not None and not there.setdefault(target, self._is_there(target)):
                    shown = f"/{target.removeprefix(OUTSIDE)}"
                    yield Broken(address, shown, link.target, link.does, NOT_THERE, link.rule)

    def _leads_to(self, address: str, link: str) -> str | None:
        """Return where a link in a file of the site leads, as an address of the site; None for another site.

        What is on our host but not in our site begins with OUTSIDE. Raises ValueError for what is no address.
        """
        below = f"/{self._path}/" if self._path else "/"
        url = urlsplit(urljoin(f"http://site{below}{address}", link))
        path = unquote(url.path)
        if url.netloc not in {"site", urlsplit(self.site_url).netloc}:
            return None
        if f"{path}/".startswith(below):
            return path[len(below) :]
        return f"{OUTSIDE}{path.lstrip('/')}" if url.netloc == "site" else None

    def _is_there(self, target: str) -> bool:
        found = self.site / target
        try:
            is_file = found.is_file() and not target.endswith("/")
            return not target.startswith(OUTSIDE) and (is_file or (found / "index.html").is_file())
        except OSError:  # a name that is too long for the system
            return False

    def _address(self, path: str) -> str:
        """Return the address of a file of the site."""
        return path.removeprefix("./").removesuffix("index.html")

    def _target(self, url: str, root: Path) -> str:
        """Return the target of a link as an address of the site."""
        parts = urlsplit(url)
        path = _local_path(url)
        for folder in (root / self._path, self.site, root):
            if f"{path}/".startswith(f"{folder.as_posix()}/"):
                target = path[len(folder.as_posix()) :].lstrip("/").removesuffix("index.html")
                break
        else:  # it climbs out of the site; browsers stay at the root of the host
            target = os.path.relpath(path, self.site).replace("../", "")
        return f"{target}#{parts.fragment}" if parts.fragment else target

    def _orphans(self, report: dict[str, Any], root: Path) -> Iterator[Finding]:
        """Yield the pages to which no way leads from the home page."""
        ways: defaultdict[str, set[str]] = defaultdict(set)
        for kind in ("success_map", "error_map"):
            for source, entries in report[kind].items():
                files = (entry["url"].partition("#")[0] for entry in entries if entry["url"].startswith("file:"))
                ways[self._address(source).rstrip("/")] |= {self._target(file, root).rstrip("/") for file in files}
        reached, ahead = {""}, [""]
        while ahead:
            new = ways[ahead.pop()] - reached
            reached |= new
            ahead += new
        for address in sorted(self._origins.pages):
            if address in NOT_LINKED or address.rstrip("/") in reached:
                continue
            if (self.site / address / "index.html").is_file():
                hint = "refer to it from another record or page, or put it into the navigation of mkdocs.yml"
                message = f"no way leads from the home page to /{address}"
                yield Finding(self._origins.of(address), "orphan", message, hint=hint)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8", errors="replace").split("\n")


def _at(lines: list[str], line: int, column: int) -> str:
    """Return what lines have in quotes, or between blanks, at a place that lychee names."""
    text = lines[line - 1]
    start = max(text.rfind(mark, 0, column - 1) for mark in "\"'= \t>") + 1
    return re.split(r"[\"'<>]" if text[start - 1] in "\"'" else r"[\s\"'<>]", text[start:], maxsplit=1)[0].strip()


def _mere_names(page: Path) -> frozenset[str]:
    """Return the names of meta elements, fields and forms of a page that no element has as its id."""
    file = page / "index.html" if page.is_dir() else page
    if file.suffix not in {".html", ".htm"}:
        return frozenset()
    tree = unread.page(file)
    if tree is None:
        return frozenset()
    return frozenset(tree.xpath("//*[not(self::a)]/@name")) - frozenset(tree.xpath("//@id | //a/@name"))


def _file_url(path: Path) -> str:
    return f"file://{quote(os.fsencode(path))}"


def _local_path(file_url: str) -> str:
    """Return the path of a file, as this system writes it: a locale may have no UTF-8."""
    return os.fsdecode(unquote_to_bytes(urlsplit(file_url).path))
