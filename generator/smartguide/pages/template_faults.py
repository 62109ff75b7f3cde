"""What is wrong with a template that fails, as findings on its line."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Final

import jinja2

from smartguide.findings import Finding, Place, quoted
from smartguide.model.names import UnknownNameError
from smartguide.reading import Reader

SUFFIXES: Final = (".html", ".xml")
"""The endings of the files that Jinja renders."""
PACKAGE: Final = Path(__file__).parents[1]


class RenderingError(Exception):
    """A template cannot be rendered; ``finding`` says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.as_text())
        self.finding = finding


def finding(error: Exception, root: Path) -> Finding | None:
    """Return what is wrong with a template, if an error came up in one; else None.

    ``root`` is the folder of the project, to which the path of the template is relative.
    """
    if (place := _place(error, root)) is None:
        return None
    if isinstance(error, UnknownNameError):
        return Finding(place, "template", error.reason, hint=error.hint)
    if isinstance(error, jinja2.TemplateNotFound):
        return Finding(place, "template", f"no template {quoted(error.name)}", hint="fix the name, or write it")
    return Finding(place, "template", f"cannot be rendered: {said(error)}", hint="fix the template")


def said(error: Exception) -> str:
    """Return what an error says; where that is no sentence, with the name of the error."""
    if isinstance(error, jinja2.TemplateError):
        return str(error.message)
    is_sentence = isinstance(error, TypeError | ValueError | ArithmeticError) and str(error)
    return str(error) if is_sentence else f"{type(error).__name__}: {error}"


def undecodable(root: Path, folder: Path) -> list[Finding]:
    """Return the templates of a folder that are not UTF-8. The error that they raise does not say which they are."""
    reader = Reader(root, root / "content")
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES]
    return [one for path in files for one in reader.text(path).findings]


def _place(error: Exception, root: Path) -> Place | None:
    """Return the line of a template at which an error came up; None if it came up elsewhere.

    Jinja puts the lines of templates into the traceback.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = error.filename or "", error.lineno
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(SUFFIXES)]
        if not frames:
            return None
        file, line = frames[-1].filename, frames[-1].lineno or 0
    return Place(shown(Path(file), root), line, 1)


def shown(path: Path, root: Path) -> str:
    """Return the path of a template as findings name it: relative to the project, or ``smartguide/templates/...``."""
    if path.is_relative_to(PACKAGE):
        return (Path(PACKAGE.name) / path.relative_to(PACKAGE)).as_posix()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
