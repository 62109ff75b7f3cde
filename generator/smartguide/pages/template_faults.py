"""What is wrong with a template of the theme that stopped a build, as findings on its line."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Final

import jinja2

from smartguide.findings import Finding, Place, quoted
from smartguide.reading import Reader

TEMPLATES: Final = (".html", ".xml")
"""The endings of the files of a theme that Jinja renders."""


def findings(error: Exception, root: Path) -> list[Finding]:
    """Return what is wrong with templates of the theme, if an error came up in one; else nothing."""
    if isinstance(error, UnicodeDecodeError):  # which does not say in which file
        reader = Reader(root, root / "content")
        files = [path for path in sorted((root / "theme").rglob("*")) if path.suffix in TEMPLATES]
        return [finding for path in files for finding in reader.text(path).findings]
    if (place := _place(error, root)) is None:
        return []
    if isinstance(error, jinja2.TemplateNotFound):
        return [Finding(place, "template", f"no template {quoted(error.name)}", hint="mend the name, or write it")]
    said = error.message if isinstance(error, jinja2.TemplateSyntaxError) else error
    return [Finding(place, "template", f"Jinja cannot go on here: {said}", hint="mend the template")]


def _place(error: Exception, root: Path) -> Place | None:
    """Return the line of a template at which an error came up; None if it came up elsewhere.

    Jinja puts the lines of templates into the traceback.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = error.filename or "", error.lineno
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(TEMPLATES)]
        if not frames:
            return None
        file, line = frames[-1].filename, frames[-1].lineno or 0
    path = Path(file)
    return Place(path.relative_to(root).as_posix() if path.is_relative_to(root) else file, line, 1)
