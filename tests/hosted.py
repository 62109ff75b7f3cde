"""Serve a built site as a static host does: compressed, and with the headers that the site asks for."""

from __future__ import annotations

import gzip
import io
from functools import cache
from pathlib import Path
from typing import Any

from tests.browsers import Handler

COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"})
"""What hosts compress; pictures and fonts are compressed already."""


class AsHosted(Handler):
    """Sends files with gzip where the browser takes it, and the headers of the file ``_headers``."""

    def send_head(self) -> Any:
        """Send the headers of an answer, and return what comes after them."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (accepted and file.is_file() and file.suffix in COMPRESSED):
            return super().send_head()
        content = compressed(file)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def end_headers(self) -> None:
        """Add the headers that the site asks for on every page."""
        for name, value in headers(Path(self.directory, "_headers")):
            self.send_header(name, value)
        super().end_headers()


def compressed(file: Path) -> bytes:
    """Return what a file holds, compressed as hosts do it by themselves."""
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)


@cache
def headers(file: Path) -> list[tuple[str, str]]:
    """Return the headers that a file ``_headers`` sets for all pages."""
    found: list[tuple[str, str]] = []
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        if not line.startswith(" "):
            break
        name, _, value = line.strip().partition(": ")
        found.append((name, value))
    return found
