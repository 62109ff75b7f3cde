"""The folder of a built site: which file a URL leads to, and which URL a file has.

Pages and targets are named by their URL relative to the root of the site (``books/emma/``), without
``index.html`` at the end.
"""

from __future__ import annotations

import html
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

OUTSIDE: Final = "../"
"""How a target begins that is on the host of the site, but not below its path."""

_CANONICAL: Final = re.compile(r"""<link rel=["']?canonical["']? href=["']?([^"'>\s]+)""")


def url_of(folder: Path) -> str:
    """Return the URL that a site in a folder was built for, by its home page; an empty string if it has none."""
    home = (folder / "index.html").read_text(encoding="utf-8", errors="replace")
    found = _CANONICAL.search(home)
    return html.unescape(found[1]) if found else ""


@dataclass(frozen=True)
class BuiltSite:
    """A site that was built into ``folder`` for ``url``, which canonical links and the sitemap begin with.

    Where the URL has a path, links that begin with a slash are relative to the root of the host, above that path.
    """

    folder: Path
    url: str

    @property
    def path(self) -> str:
        """The path of the site on its host, without slashes at its ends."""
        return unquote(urlsplit(self.url).path).strip("/")

    @contextmanager
    def host_root(self) -> Iterator[Path]:
        """Give a folder that stands for the root of the host: the site is in it, below its path."""
        if not self.path:
            yield self.folder
            return
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve()
            (root / self.path).parent.mkdir(parents=True, exist_ok=True)
            (root / self.path).symlink_to(self.folder, target_is_directory=True)
            yield root

    def page(self, path: str) -> str:
        """Return the URL of a file, from its path below the folder."""
        return path.removeprefix("./").removesuffix("index.html")

    def target_of(self, file_url: str, host_root: Path) -> str:
        """Return the target that a ``file:`` URL in the folder, or in the root of the host, stands for."""
        fragment = urlsplit(file_url).fragment
        path = local_path(file_url)
        for folder in (host_root / self.path, self.folder, host_root):
            if f"{path}/".startswith(f"{folder.as_posix()}/"):
                target = path[len(folder.as_posix()) :].lstrip("/").removesuffix("index.html")
                break
        else:  # above the root of the host; browsers stay at the root
            target = os.path.relpath(path, self.folder).replace("../", "")
        return f"{target}#{fragment}" if fragment else target

    def resolve(self, page: str, link: str) -> str | None:
        """Return the target of a link on a page; None if it leads to another host.

        The target begins with OUTSIDE if it is not below the path of the site. Raises ValueError for an invalid URL.
        """
        below = f"/{self.path}/" if self.path else "/"
        url = urlsplit(urljoin(f"http://site{below}{page}", link))
        path = unquote(url.path)
        if url.netloc not in {"site", urlsplit(self.url).netloc}:
            return None
        if f"{path}/".startswith(below):
            return path[len(below) :]
        return f"{OUTSIDE}{path.lstrip('/')}" if url.netloc == "site" else None

    def has(self, target: str) -> bool:
        """Tell whether a target of ``resolve`` is a file of the site, or a folder with an index page."""
        found = self.folder / target
        try:
            is_file = found.is_file() and not target.endswith("/")
            return not target.startswith(OUTSIDE) and (is_file or (found / "index.html").is_file())
        except OSError:  # a name that is too long for the system
            return False


def local_path(file_url: str) -> str:
    """Return the path of a ``file:`` URL as Python writes it, also where the locale is not UTF-8."""
    return os.fsdecode(unquote_to_bytes(urlsplit(file_url).path))
