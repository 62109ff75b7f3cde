"""What is answered to a request, from one snapshot: pages, files of the engine, exports, redirects."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from smartguide.exports import ExportError
from smartguide.extensions import ExtensionError
from smartguide.findings import Finding, Place
from smartguide.pages.template_faults import RenderingError
from smartguide.search import names
from smartguide.server import injection
from smartguide.server.snapshot import Knowledge, Snapshot

HTML: Final = "text/html; charset=utf-8"
CONTENT_TYPES: Final = {
    ".atom": "application/atom+xml",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": HTML,
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".map": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "application/yaml",
}
"""By the end of the name, the same on every system."""
UNKNOWN: Final = "application/octet-stream"

WAITING: Final = "The site is being made. This page reloads when it is there."
AS_BEFORE: Final = "This page is shown as it was before the errors."


@dataclass(frozen=True)
class Answer:
    """An answer: a text, or a file on the disk.

    ``page`` and ``panel`` say which state of a page the browser gets; ``panel_html`` is what it shows of findings.
    """

    status: int
    content_type: str = HTML
    body: bytes | Path = b""
    location: str = ""
    page: str = ""
    panel: str = ""
    panel_html: str = ""


@dataclass(frozen=True)
class _Shown:
    """A page before anything is added to it. ``file`` is what it is made of; ``findings`` are those of this page."""

    html: str
    status: int = 200
    file: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


def answer(snapshot: Snapshot, path: str) -> Answer:
    """Return the answer to a request for a path (decoded, and beginning with a slash)."""
    root = snapshot.site_path
    if not path.startswith(root):
        if path in {"/", root.rstrip("/")}:
            return Answer(302, location=root)
        return _with_additions(snapshot, path, _not_found(snapshot))
    name = path.removeprefix(root)
    is_page = name == "" or name.endswith(("/", "/index.html")) or name == "index.html"
    url = name.removesuffix("index.html") if is_page else name
    if is_page and (shown := _generated(snapshot, url)):
        return _with_additions(snapshot, path, shown)
    file = f"{url}index.html" if is_page else name
    if made := _by_engine(snapshot, file, url):
        return _with_additions(snapshot, path, made) if isinstance(made, _Shown) else made
    if (text := snapshot.knowledge.redirected.get(file)) is not None:
        return Answer(200, HTML, text.encode())
    try:
        exported = snapshot.knowledge.exported.get(file)
    except ExtensionError as error:
        return _with_additions(snapshot, path, _broken(error.finding))
    except ExportError as error:
        return Answer(500, CONTENT_TYPES[".txt"], f"{error}\n".encode())
    if exported is not None:
        return Answer(200, _content_type(file), exported.encode())
    if not is_page and _is_page(snapshot, f"{name}/"):
        return Answer(302, location=f"{path}/")
    return _with_additions(snapshot, path, _not_found(snapshot))


def _is_page(snapshot: Snapshot, url: str) -> bool:
    """Tell whether there is a page at a URL that ends in a slash."""
    file = f"{url}index.html"
    by_engine = snapshot.engine is not None and file in snapshot.engine.files
    return by_engine or file in snapshot.knowledge.redirected or _generated(snapshot, url) is not None


def _generated(snapshot: Snapshot, url: str) -> _Shown | None:
    """Return the page of a record or the index of a collection; None if there is none at a URL."""
    file = snapshot.file_of(url)
    faults: tuple[Finding, ...] = ()
    try:
        shown = _in_shell(snapshot, snapshot.knowledge, url, file)
    except RenderingError as error:
        faults, shown = (error.finding,), None
    except Exception as error:  # noqa: BLE001  # a wrong record may bring anything up
        message = f"its page cannot be rendered: {type(error).__name__}: {error}"
        faults, shown = (Finding(Place(file), "template", message, hint="correct the record, or its template"),), None
    if shown is not None:
        return shown
    # An error may have taken the page away. A file that is not there any more was deleted on purpose.
    good = snapshot.good
    is_wanted = bool(file and (faults or snapshot.errors) and (snapshot.knowledge.base.root / file).exists())
    if good is not None and good is not snapshot.knowledge and is_wanted:
        with contextlib.suppress(Exception):
            shown = _in_shell(snapshot, good, url, file)
    if shown is not None:
        return replace(shown, findings=faults, notes=(AS_BEFORE,))
    return _broken(faults[0], file) if faults else None


def _in_shell(snapshot: Snapshot, knowledge: Knowledge, url: str, file: str) -> _Shown | None:
    """Return a page of some knowledge; None if it has none. Raises RenderingError."""
    rendered = knowledge.rendered(url)
    if rendered is None:
        return None
    shell = snapshot.engine.shells.of(rendered) if snapshot.engine else None
    if shell is None:
        return _without_engine(snapshot, file)
    return _Shown(shell.page(rendered), 200, file)


def _by_engine(snapshot: Snapshot, file: str, url: str) -> _Shown | Answer | None:
    """Return a page or a file that the engine made; None if it has made none."""
    if file.startswith(names.FOLDER) and file.endswith(".json"):
        found = snapshot.searchable.folder / file if snapshot.searchable else None
        return Answer(200, CONTENT_TYPES[".json"], found) if found is not None and _is_of_search(found) else None
    if snapshot.engine is None:
        return _without_engine(snapshot, "") if file.endswith(".html") else None
    if file not in snapshot.engine.files:
        return None
    path = snapshot.engine.folder / file
    if not file.endswith(".html"):
        return Answer(200, _content_type(file), path)
    chapters = [f"{url}index.md", f"{url}README.md", f"{url.rstrip('/')}.md"]
    known = next((chapter for chapter in chapters if chapter in snapshot.knowledge.base.chapters), "")
    return _Shown(path.read_text(encoding="utf-8"), 200, f"content/{known}")


def _is_of_search(file: Path) -> bool:
    """Tell whether the search wrote a file: nothing else of what is asked for is read from the disk."""
    return file.parent.name == names.FOLDER.rstrip("/") and ".." not in file.parts and file.is_file()


def _not_found(snapshot: Snapshot) -> _Shown:
    if snapshot.engine is not None and "404.html" in snapshot.engine.files:
        return _Shown((snapshot.engine.folder / "404.html").read_text(encoding="utf-8"), 404)
    return _Shown(injection.standalone("Not found", "There is no such page."), 404)


def _without_engine(snapshot: Snapshot, file: str) -> _Shown:
    """Return a page for as long as an engine has not made what a page stands in, or failed to."""
    if snapshot.faults or snapshot.reason:
        text = "The engine could not make the site."
        return _Shown(injection.standalone("This page cannot be shown", text), 500, file)
    return _Shown(injection.standalone("One moment", WAITING), 503, file)


def _broken(fault: Finding, file: str = "") -> _Shown:
    return _Shown(injection.standalone("This page cannot be shown", fault.as_text()), 500, file, (fault,))


def _with_additions(snapshot: Snapshot, path: str, shown: _Shown) -> Answer:
    """Return a page with the script that reloads it and with what is wrong."""
    assets = snapshot.engine.assets if snapshot.engine else ""
    notes = [*shown.notes, *([f"No new chapters: {snapshot.reason}"] if snapshot.reason else [])]
    found = list(dict.fromkeys([*shown.findings, *snapshot.all_findings]))
    panel_html = injection.panel(found, shown.file, notes)
    page, panel = _digest(f"{shown.status}{assets}{shown.html}"), _digest(panel_html)
    html = injection.injected(shown.html, panel_html, injection.script(path, page, panel))
    return Answer(shown.status, HTML, html.encode(), page=page, panel=panel, panel_html=panel_html)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _content_type(name: str) -> str:
    return CONTENT_TYPES.get(Path(name).suffix.lower(), UNKNOWN)
