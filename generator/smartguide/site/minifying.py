"""Scripts and style sheets of the themes without comments and spare white space: a third less for readers to load."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import minify  # type: ignore[import-untyped]

THEME: Final = Path(__file__).parents[1] / "theme"
"""The overrides that the generator brings."""
MEDIA_TYPES: Final[Mapping[str, str]] = {".css": "text/css", ".js": "application/javascript"}


def minified(text: str, suffix: str) -> str:
    """Return a script or a style sheet, minified, or as it is if it cannot be read. Names of variables stay."""
    minify.config({"js-keep-var-names": True})
    with contextlib.suppress(minify.MinifyError):
        shorter: str = minify.string(MEDIA_TYPES[suffix], text)
        return shorter
    return text


def write(site: Path, *themes: Path) -> None:
    """Minify the scripts and style sheets of a site that come from the generator or from folders with overrides.

    They are read from there, so a second time changes nothing; a later folder overrides an earlier one. What the
    theme of the engine brings is minified already.
    """
    for path, theme in _sources((THEME, *themes)):
        published = site / path.relative_to(theme)
        if published.is_file() and not published.is_symlink():
            with contextlib.suppress(UnicodeDecodeError):  # then it stays as it is
                published.write_text(
                    minified(path.read_text(encoding="utf-8"), path.suffix), encoding="utf-8", newline=""
                )


def _sources(themes: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    for theme in themes:
        yield from ((path, theme) for path in theme.rglob("*") if path.suffix in MEDIA_TYPES and path.is_file())
