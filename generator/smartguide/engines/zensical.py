"""Zensical as the engine of a build.

It reads one folder with a settings file and writes the site inside of it. So each build gets a temporary folder: with
the settings, the chapters with the page shells among them, and the overrides of the theme.
"""

from __future__ import annotations

import contextlib
import importlib.util
import re
import shutil
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

import pathspec
import yaml

from smartguide.checks import front_matter
from smartguide.checks.chapter_text import with_plain_lines
from smartguide.checks.folder import CHAPTER, is_published
from smartguide.engines import native, zensical_macros, zensical_settings
from smartguide.engines.engine_log import warnings_of
from smartguide.engines.errors import EngineError, not_installed
from smartguide.engines.theme import THEME
from smartguide.findings import Finding, Place
from smartguide.pages import template_faults
from smartguide.pages.text import escaped
from smartguide.reading import composed
from smartguide.session import Session
from smartguide.settings import FILE
from smartguide.site.shells import Shells

_LOCK: Final = threading.Lock()
"""Zensical keeps its settings in a global variable."""
_LOGGER: Final = "zensical.extensions.macros"
_SEARCH_INDEX: Final = "search.json"
"""The index of its own search, which it writes also if that is switched off."""
_LEFT_OUT: Final = (".*", "/templates/")
"""What MkDocs leaves out of the folder of chapters besides what ``exclude_docs`` names."""
_NOT_COPIED: Final = frozenset({".html", ".py", ".yml", ".yaml", ".md"})
"""The endings of files of a theme that are no files of the site."""
_ESCAPING: Final = {
    "base.html": ("page.title | striptags", "page.title | striptags | e"),
    "partials/footer.html": ("_page.title | e", "_page.title"),
}
"""Templates of its theme in which titles, which are HTML, are escaped never or twice; and what is to stand there."""
_NO_TAGS: Final = Path("partials/tags.html")
"""Zensical's theme shows the tags of a page, which Material does only with a plugin."""
_IN_TEMPLATE: Final = re.compile(r"(?P<message>.*?) \(in (?P<file>[^():]+):(?P<line>\d+)\)")
_COLOUR: Final = re.compile(r"\x1b\[[\d;]*m")


def build(session: Session, shells: Shells, target: Path, *, strict: bool) -> None:
    """Let Zensical make the chapters and the page shells of a session in the folder ``target``, which is new.

    With ``strict``, its warnings stop it. Raises EngineError, also for what it would drop. Ctrl-C waits for Zensical,
    if this is the main thread and there is no other; elsewhere, Zensical ends the process.
    """
    settings = zensical_settings.read(session)
    with tempfile.TemporaryDirectory(prefix=".zensical-", dir=target.parent) as made, _LOCK:
        folder = Path(made).resolve()
        expected = _docs(session, shells, settings, folder / zensical_settings.DOCS)
        expected |= _theme(session, settings, folder / zensical_settings.THEME)
        (folder / FILE).write_text(zensical_settings.written(session, settings, shells.pages()), encoding="utf-8")
        site = folder / zensical_settings.SITE
        with zensical_macros.bridge(session) as links:
            _run(session, folder / FILE, strict=strict)
        if lost := [source for path, source in expected.items() if not (site / path).is_file()]:
            raise EngineError("", [_lost(source) for source in dict.fromkeys(lost)])
        links.show(site)
        _name_home_page(session, site)
        (site / _SEARCH_INDEX).unlink(missing_ok=True)
        site.rename(target)


def _run(session: Session, file: Path, *, strict: bool) -> None:
    """Run Zensical. Raises EngineError."""
    try:
        import zensical
    except ImportError as error:
        raise EngineError(not_installed("zensical", error)) from error

    printed = native.Printed()
    warnings: list[str] = []
    try:
        with (
            warnings_of(_LOGGER) as warnings,
            contextlib.chdir(session.project.root),  # where mkdocs-macros runs git, too
            native.interrupts_held_back(),
            native.printing_kept() as printed,
        ):
            zensical.build(str(file), {"clean": True, "strict": strict})
    except Exception as error:  # RuntimeError, also for what a macro raises, and click's
        reason = str(error).partition("\nTraceback")[0]
        found = _in_template(reason, session)
        said = [] if found else [reason, *_said(printed.text)]
        raise EngineError("\n".join([*warnings, *said]), [*session.faults, *found]) from error
    if warnings and not session.faults:  # faults are told with those of records and anchors
        raise EngineError("\n".join(warnings))


def _name_home_page(session: Session, site: Path) -> None:
    """Give the home page the title that Material gives it, as Zensical does not know which page that is."""
    name = str(session.project.settings.values.get("site_name", ""))
    home, chapter = site / "index.html", session.project.content / "index.md"
    if chapter.is_file() and "title" not in front_matter.values(chapter):
        page = home.read_text(encoding="utf-8")
        home.write_text(
            re.sub(f"<title>.* - {re.escape(name)}</title>", lambda _: f"<title>{name}</title>", page, count=1), "utf-8"
        )


def _said(printed: str) -> list[str]:
    """Return what Zensical printed, but for its greeting."""
    lines = _COLOUR.sub("", printed).splitlines()
    return [line for line in lines if line.strip() and line != "Build started"]


def _in_template(reason: str, session: Session) -> list[Finding]:
    """Return the faults of templates of the project, if that is what Zensical says."""
    own = _custom_dir(session, session.project.settings.values)
    found = _IN_TEMPLATE.match(reason)
    if own is None or not found:
        return []
    if "valid UTF-8" in reason:  # which template that is, is not said
        return template_faults.undecodable(session.project.root, own)
    path = own / found["file"]
    if not path.is_file():
        return []
    place = Place(path.relative_to(session.project.root).as_posix(), int(found["line"]), 1)
    return [Finding(place, "template", f"cannot be rendered: {found['message']}", hint="fix the template")]


def _lost(source: str) -> Finding:
    message = "Zensical made nothing of this file, or of what it names"
    return Finding(Place(source), "engine", message, hint="take it out, or build with another engine")


# -- the folder


def _docs(session: Session, shells: Shells, settings: Mapping[str, Any], docs: Path) -> dict[str, str]:
    """Write chapters, other files and page shells into a folder.

    Return what is to become of them: paths in the site, with the file that each is made of.
    """
    patterns = [str(settings.get(key) or "").splitlines() for key in ("exclude_docs", "draft_docs")]
    left_out = pathspec.GitIgnoreSpec.from_lines([*_LEFT_OUT, *patterns[0], *patterns[1]])
    content = session.project.content
    expected: dict[str, str] = {}
    for source in sorted(content.rglob("*")):
        path = source.relative_to(content).as_posix()
        if not left_out.match_file(path) and source.is_file() and is_published(path):
            _copy_content(source, docs / path)
            if source.suffix == CHAPTER:
                _escape_front_matter(docs / path)
            expected[_made_of(path)] = f"content/{path}"
    for page in shells.pages():
        place = docs / page.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(page.source, encoding="utf-8", newline="\n")
    return expected


def _escape_front_matter(file: Path) -> None:
    """Escape the front matter in a copy of a chapter: the theme writes it as it is."""
    text = with_plain_lines(file.read_text(encoding="utf-8-sig"))
    found = front_matter.FRONT_MATTER.match(text)
    values = front_matter.values(file)
    if found and values != (written := escaped(values)):
        header = yaml.safe_dump(written, allow_unicode=True, sort_keys=False)
        file.write_text(f"---\n{header}---\n{text[found.end() :]}", encoding="utf-8", newline="\n")


def _made_of(path: str) -> str:
    """Return the path in the site of what is made of a file."""
    name = PurePosixPath(path)
    if name.suffix != ".md":
        return path
    is_index = name.stem in {"index", "README"}
    return str(name.with_name("index.html") if is_index else name.with_suffix("") / "index.html")


def _theme(session: Session, settings: Mapping[str, Any], theme: Path) -> dict[str, str]:
    """Put the overrides of a project over the generator's own, as Zensical knows only one folder of them.

    Return the paths in the site of what the project's become, with the file that each is made of or named in.
    """
    shutil.copytree(THEME, theme)
    if (templates := _templates()) is not None:
        for path, (written, right) in _ESCAPING.items():
            text = (templates / path).read_text(encoding="utf-8")
            (theme / path).write_text(text.replace(written, right), encoding="utf-8")
    (theme / _NO_TAGS).write_text("", encoding="utf-8")
    options = settings.get("theme")
    expected = dict.fromkeys((options.get("static_templates") or []) if isinstance(options, dict) else [], FILE)
    own = _custom_dir(session, settings)
    for source in sorted(own.rglob("*")) if own else []:
        path = source.relative_to(own).as_posix() if own else ""
        if not source.is_file():
            continue
        _copy(source, theme / path)
        if source.suffix not in _NOT_COPIED and not any(part.startswith(".") for part in PurePosixPath(path).parts):
            expected[path] = source.relative_to(session.project.root).as_posix()
    return expected


def _templates() -> Path | None:
    """Return the folder of the templates of Zensical's theme; None if it is not installed, as ``_run`` will say."""
    try:
        found = importlib.util.find_spec("zensical")
    except ImportError:
        return None
    return Path(found.origin).with_name("templates") if found and found.origin else None


def _custom_dir(session: Session, settings: Mapping[str, Any]) -> Path | None:
    theme = settings.get("theme")
    own = theme.get("custom_dir") if isinstance(theme, dict) else None
    return session.project.root / str(own) if own and (session.project.root / str(own)).is_dir() else None


def _copy_content(source: Path, place: Path) -> None:
    """Copy a file of the folder of chapters; text in the form in which all text is read."""
    if source.suffix == CHAPTER:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(composed(source.read_text(encoding="utf-8-sig")), encoding="utf-8", newline="\n")
    else:
        _copy(source, place)


def _copy(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place)
