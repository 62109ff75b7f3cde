"""The same finished pages for other generators: plain Material (MkDocs), Zensical and Hugo."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from smartguide.engines.macros import macros
from smartguide.model import urls
from smartguide.pages import markdown_pages
from smartguide.pages.pages import Page, pages
from smartguide.pages.ready_html import as_markdown
from smartguide.pages.rendered import Rendered
from smartguide.session import Session
from smartguide.settings import Loader


def of_material(session: Session, rendered: list[Rendered], folder: Path) -> None:
    """Write a project for MkDocs (and for Zensical): chapters after their macros have run, and all other pages."""
    docs = folder / "docs"
    for one in rendered:
        meta = {**markdown_pages.front_matter(one.page), "search": {"boost": one.page.boost}}
        _write(docs / one.page.source, markdown_pages.markdown_file(meta, as_markdown(one.parts)))
    for chapter, front, body in _chapters(session):
        _write(docs / chapter, f"---\n{front}\n---\n\n{body}")
    root = session.project.root
    shutil.copytree(root / "theme", folder / "theme")
    settings = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader)  # a safe loader
    settings |= {"docs_dir": "docs", "plugins": ["search"]}
    settings["theme"] |= {"variant": "classic"}
    settings["extra_css"] = [path for path in settings["extra_css"] if (folder / "theme" / path).exists()]
    _write(folder / "mkdocs.yml", yaml.safe_dump(settings, sort_keys=False))


def of_hugo(session: Session, rendered: list[Rendered], site: Path, folder: Path) -> None:
    """Write a project for Hugo: finished bodies, and as the layout one of the finished pages of our site."""
    for one in rendered:
        name = "_index.html" if one.page.is_index else f"{_last(one.page)}.html"
        place = folder / "content" / one.page.url.rstrip("/")
        place = place / name if name == "_index.html" else place.parent / name
        front = json.dumps({"title": one.title, "description": one.description})
        _write(place, f"{front}\n{one.html}\n")
    example = max((one for one in rendered if not one.page.is_index), key=lambda one: len(one.parts))
    page = (site / example.page.url / "index.html").read_text(encoding="utf-8")
    start = page.index("<h1")
    page = page[:start] + "<h1>{{ .Title }}</h1>\n{{ .Content }}" + page[page.index("</article>") :]
    page = page.replace(f"<title>{example.title}", "<title>{{ .Title }}")
    for kind in ("single", "list", "home"):
        _write(folder / f"layouts/_default/{kind}.html", page)
    _write(
        folder / "hugo.toml",
        f'baseURL = "{session.project.settings.site_url}"\ndisableKinds = ["taxonomy", "RSS"]\n'
        '[security]\nallowContent = [".*"]\n',
    )
    for name in ("assets", "search"):
        shutil.copytree(site / name, folder / "static" / name)


def _last(page: Page) -> str:
    return page.url.rstrip("/").rpartition("/")[2]


def _chapters(session: Session) -> Iterator[tuple[str, str, str]]:
    """Yield the path, the front matter and the Markdown of each chapter, after its macros have run."""
    import jinja2

    for chapter in session.checked.base.chapters:
        text = (session.project.content / chapter).read_text(encoding="utf-8")
        front, _, body = text.removeprefix("---\n").partition("\n---\n")
        url = urls.page(chapter)
        known: dict[str, Any] = macros(session, lambda url=url: url)  # type: ignore[misc]
        yield chapter, front, jinja2.Environment().from_string(body).render(**known)  # it is Markdown


def rendered_pages(session: Session) -> list[Rendered]:
    """Return all generated pages."""
    firsts = map(session.renderer.page, pages(session.checked.base))
    return [one for first in firsts for one in (first, *first.continued)]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
