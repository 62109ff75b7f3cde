"""Scripts and style sheets of the themes without comments and spare white space: a third less for readers to load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import rcssmin  # type: ignore[import-untyped]
import rjsmin  # type: ignore[import-untyped]

THEME: Final = Path(__file__).parents[1] / "theme"
"""The overrides that the generator brings."""
MINIFIERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def write(site: Path, *themes: Path) -> None:
    """Minify the scripts and style sheets of a site that come from the generator or from folders with overrides.

    They are read from there, so a second time changes nothing; a later folder overrides an earlier one. What the
    theme of the engine brings is minified already.
    """
    for path, theme in _sources((THEME, *themes)):
        published = site / path.relative_to(theme)
        if published.is_file() and not published.is_symlink():
            published.write_bytes(MINIFIERS[path.suffix](path.read_bytes()))


def _sources(themes: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    for theme in themes:
        yield from ((path, theme) for path in theme.rglob("*") if path.suffix in MINIFIERS and path.is_file())
