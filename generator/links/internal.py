"""The check of all links inside the built site: pages, anchors, images, scripts, styles, and the targets of redirects.

lychee reads the HTML, the style sheets and the sitemap, and looks, offline, for what each link leads to; ``unread``
looks at the few places that lychee does not read. Findings are brought back to where a person can mend them: the record
or the Markdown page, and the line. A page to which no way leads from the home page is a finding, too.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from generator import pages
from generator.findings import Finding, Place
from generator.knowledge_base import KnowledgeBase
from generator.links import unread

NOT_LINKED: Final = frozenset({"", "404.html"})
"""Pages that need no link to them: the first one, and the one for addresses that there are not."""
MANY: Final = 20
"""If so many pages have the same broken link, which none of their own files names, it is told once."""
READ: Final = "html,css,xml"
"""What lychee reads of a site, by the ends of the files' names."""
PATIENCE: Final = 600
"""Seconds that lychee may take; it needs one or two for this site."""
MEND: Final = "mend the link, or write what it leads to"


class LycheeError(Exception):
    """lychee could not do its work; the message says why."""


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere: the file of the site that it stands in, its target there, and what is wrong."""

    address: str
    target: str
    does: str = "links to"
    why: str = "is not there"
    rule: str = "broken-link"


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
            broken = {*self._seen_by_lychee(report, root), *self._unread_by_lychee()}
            yield from self._located(broken)
            yield from self._orphans(report, root)

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
        # In the folder of the site, because in a path that is named lychee takes some characters for a pattern.
        own = f"^{re.escape(self.site_url.rstrip('/'))}(/.*)?$ {_file_url(root / self._path)}$1"
        command = [
            program,
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
            f"--remap={own}",
            ".",
        ]
        try:
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
        for source, entries in report["error_map"].items():
            for entry in entries:
                no_anchor = "fragment" in entry["status"]["text"].lower()
                why = "has no such anchor" if no_anchor else "is not there"
                yield Broken(self._address(source), self._target(entry["url"], root), why=why)

    def _unread_by_lychee(self) -> Iterator[Broken]:
        """Look for what is behind the links that lychee does not read."""
        there: dict[str, bool] = {}
        hosts = {"site", urlsplit(self.site_url).netloc or "site"}
        for path in sorted(self.site.rglob("*")):
            address = self._address(path.relative_to(self.site).as_posix())
            for link in unread.links(path):
                url = urlsplit(urljoin(f"http://site/{self._below(address)}", link.target))
                if url.netloc not in hosts:
                    continue
                target = unquote(url.path).removeprefix(f"/{self._path}").lstrip("/")
                if not there.setdefault(target, self._is_there(target)):
                    yield Broken(address, target, link.does, rule=link.rule)

    def _below(self, address: str) -> str:
        return f"{self._path}/{address}" if self._path else address

    def _is_there(self, target: str) -> bool:
        found = self.site / target
        return found.is_file() or (found / "index.html").is_file()

    @cached_property
    def _origins(self) -> dict[str, str]:
        """The file that each page comes from, relative to the repository, by the address of the page."""
        found = {_page_address(page.path): page.edit for page in pages.pages(self.base)}
        content = self.base.root / "content"
        for path in content.rglob("*.md"):
            found[_page_address(path.relative_to(content).as_posix())] = path.relative_to(self.base.root).as_posix()
        return found

    def _address(self, path: str) -> str:
        """Return the address of a file of the site."""
        return path.removeprefix("./").removesuffix("index.html")

    def _target(self, url: str, root: Path) -> str:
        """Return the target of a link as an address of the site."""
        parts = urlsplit(url)
        path = unquote(parts.path)
        for folder in (root / self._path, self.site, root):
            path = path.removeprefix(folder.as_posix())
        target = path.lstrip("/").removesuffix("index.html")
        return f"{target}#{parts.fragment}" if parts.fragment else target

    def _located(self, broken: set[Broken]) -> Iterator[Finding]:
        """Yield a finding for each broken link, where it comes from."""
        nameless: defaultdict[Broken, list[Broken]] = defaultdict(list)
        for one in sorted(broken, key=lambda one: (one.address, one.target)):
            place = self._named_at(one)
            if place:
                yield _finding(one, place)
            else:
                nameless[Broken("", one.target, one.does, one.why, one.rule)].append(one)
        for same in nameless.values():
            if len(same) >= MANY:  # it comes from the theme or from a template
                yield _finding(same[0], self._origin(same[0]), f" and {len(same) - 1} others")
            else:
                yield from (_finding(one, self._origin(one)) for one in same)

    def _origin(self, one: Broken) -> Place:
        origin = self._origins.get(one.address)
        return Place(origin, 1, 1) if origin else Place(f"site/{one.address}")

    def _named_at(self, one: Broken) -> Place | None:
        """Return where the file that a page comes from names a target, or the last part of it: the id of what it is."""
        origin = self._origins.get(one.address)
        if not origin:
            return None
        lines = (self.base.root / origin).read_text(encoding="utf-8-sig").splitlines()
        path, _, anchor = one.target.partition("#")
        parts = [part for part in path.split("/") if part]
        names = [f"{''.join(parts[-1:])}#{anchor}", f"#{anchor}", anchor] if anchor else []
        for name in [*names, *reversed(parts)]:
            word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
            for number, line in enumerate(lines, 1):
                if found := word.search(line):
                    return Place(origin, number, found.start() + 1)
        return None

    def _orphans(self, report: dict[str, Any], root: Path) -> Iterator[Finding]:
        """Yield the pages to which no way leads from the home page."""
        ways: defaultdict[str, set[str]] = defaultdict(set)
        for kind in ("success_map", "error_map"):
            for source, entries in report[kind].items():
                targets = (self._target(entry["url"], root).partition("#")[0] for entry in entries)
                ways[self._address(source).rstrip("/")] |= {target.rstrip("/") for target in targets}
        reached, ahead = {""}, [""]
        while ahead:
            new = ways[ahead.pop()] - reached
            reached |= new
            ahead += new
        for address in sorted(self._origins):
            if address in NOT_LINKED or address.rstrip("/") in reached:
                continue
            if (self.site / address / "index.html").is_file():
                place = self._origin(Broken(address, ""))
                hint = "refer to it from another record or page, or put it into the navigation of mkdocs.yml"
                yield Finding(place, "orphan", f"no way leads from the home page to /{address}", hint=hint)


def _finding(one: Broken, place: Place, others: str = "") -> Finding:
    message = f"the page /{one.address}{others} {one.does} /{one.target}, which {one.why}"
    return Finding(place, one.rule, message, hint=MEND)


def _file_url(path: Path) -> str:
    return f"file://{quote(path.as_posix())}"


def _page_address(source: str) -> str:
    """Return the address of a page from its path in the docs directory."""
    path = source.removesuffix(".md")
    return path.removesuffix("index") if path == "index" or path.endswith("/index") else f"{path}/"
