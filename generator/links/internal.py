"""The check of all links inside the built site: pages, anchors, images, scripts, styles, and the targets of redirects.

lychee reads the HTML and looks, offline, for what each link leads to. Its findings are brought back to where a person
can mend them: the record or the Markdown page, and the line. A page that no other page leads to is a finding, too.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit

from generator import pages
from generator.findings import Finding, Place
from generator.knowledge_base import KnowledgeBase

NOT_LINKED: Final = frozenset({"", "404.html"})
"""Pages that need no link to them: the first one, and the one for addresses that there are not."""

_REFRESH: Final = re.compile(r'<meta\s+http-equiv="refresh"\s+content="[^"]*url=([^"]+)"', re.IGNORECASE)
_SCRIPT: Final = re.compile(r'<script\b[^>]*?\ssrc="([^"]+)"', re.IGNORECASE)


class LycheeError(Exception):
    """lychee could not do its work; the message says why."""


@dataclass(frozen=True)
class InternalLinks:
    """The links of a site that was built into the folder ``site`` from the records of ``base``.

    ``site_url`` is the address under which the site knows itself (canonical links, the sitemap).
    """

    base: KnowledgeBase
    site: Path
    site_url: str

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each broken link and redirect and for each orphan. Raises LycheeError."""
        report = self._report()
        for source, entries in sorted(report["error_map"].items()):
            address = self._address(Path(source))
            for entry in entries:
                target = self._target(entry["url"])
                why = "has no such anchor" if "fragment" in entry["status"]["text"].lower() else "is not there"
                message = f"the page /{address} links to /{target}, which {why}"
                hint = "mend the link, or write what it leads to"
                yield Finding(self._place(address, target), "broken-link", message, hint=hint)
        yield from self._unread_by_lychee()
        yield from self._orphans(report)

    def _report(self) -> dict[str, Any]:
        """Let lychee look at every page, and return its report."""
        program = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")
        if program is None:
            raise LycheeError("lychee is not installed; `make site` installs it")
        command = [
            program,
            "--verbose",  # so that the report holds the links that are fine, too
            "--offline",
            "--include-fragments",
            "--no-progress",
            "--format=json",
            f"--root-dir={self.site}",
            "--index-files=index.html",
            f"--remap={re.escape(self.site_url.rstrip('/'))}(/.*)? file://{self.site}$1",
            f"{self.site}/**/*.html",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)  # noqa: S603
        try:
            report: dict[str, Any] = json.loads(done.stdout)
        except json.JSONDecodeError as error:
            raise LycheeError(f"lychee failed: {done.stderr.strip()[-500:]}") from error
        return report

    @cached_property
    def _origins(self) -> dict[str, str]:
        """The file that each page comes from, relative to the repository, by the address of the page."""
        found = {_page_address(page.path): page.edit for page in pages.pages(self.base)}
        content = self.base.root / "content"
        for path in content.rglob("*.md"):
            found[_page_address(path.relative_to(content).as_posix())] = path.relative_to(self.base.root).as_posix()
        return found

    def _address(self, path: Path) -> str:
        """Return the address of a file of the site."""
        return path.relative_to(self.site).as_posix().removesuffix("index.html")

    def _target(self, url: str) -> str:
        """Return the target of a link as an address of the site."""
        parts = urlsplit(url)
        path = unquote(parts.path).removeprefix(str(self.site)).lstrip("/")
        return f"{path}#{parts.fragment}" if parts.fragment else path

    def _place(self, address: str, target: str) -> Place:
        """Return the place in the record or the Markdown page that a link comes from, or else its first line.

        It is where the file names the last part of the target, which is the id of what is wanted.
        """
        origin = self._origins.get(address)
        if not origin:
            return Place(f"site/{address}")
        lines = (self.base.root / origin).read_text(encoding="utf-8").splitlines()
        for name in reversed([part for part in re.split(r"[/#]", target) if part]):
            for number, line in enumerate(lines, 1):
                if name in line:
                    return Place(origin, number, line.index(name) + 1)
        return Place(origin, 1, 1)

    def _unread_by_lychee(self) -> Iterator[Finding]:
        """Look for the scripts and the redirects of pages, which lychee does not read as links."""
        there: dict[str, bool] = {}
        for path in sorted(self.site.rglob("*.html")):
            address = self._address(path)
            for rule, does, link in _scripts_and_redirects(path.read_text(encoding="utf-8")):
                url = urlsplit(urljoin(f"http://site/{address}", link))
                target = unquote(url.path.lstrip("/"))
                if url.netloc != "site" or there.setdefault(target, self._is_there(target)):
                    continue
                message = f"the page /{address} {does} /{target}, which is not there"
                yield Finding(
                    self._place(address, target), rule, message, hint="mend the link, or write what it leads to"
                )

    def _is_there(self, target: str) -> bool:
        found = self.site / target
        return found.is_file() or (found / "index.html").is_file()

    def _orphans(self, report: dict[str, Any]) -> Iterator[Finding]:
        """Yield the pages that no other page leads to."""
        linked: set[str] = set()
        for source, entries in report["success_map"].items():
            here = self._address(Path(source)).rstrip("/")
            targets = (self._target(entry["url"]).partition("#")[0] for entry in entries)
            linked |= {there for target in targets if (there := target.removesuffix("index.html").rstrip("/")) != here}
        for address, origin in sorted(self._origins.items()):
            if address in NOT_LINKED or address.rstrip("/") in linked:
                continue
            if (self.site / address / "index.html").is_file():
                place = Place(origin, 1, 1) if origin else Place(f"site/{address}")
                hint = "refer to it from another record or page, or put it into the navigation of mkdocs.yml"
                yield Finding(place, "orphan", f"no page leads to /{address}", hint=hint)


def _page_address(source: str) -> str:
    """Return the address of a page from its path in the docs directory."""
    path = source.removesuffix(".md")
    return path.removesuffix("index") if path == "index" or path.endswith("/index") else f"{path}/"


def _scripts_and_redirects(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield the rule that a broken one breaks, what the page does with it, and its address."""
    for link in _SCRIPT.findall(html):
        yield "broken-link", "loads the script", link
    for link in _REFRESH.findall(html):
        yield "broken-redirect", "redirects to", link
