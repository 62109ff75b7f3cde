"""Scripts and style sheets of the themes without comments and spare white space: a third less for readers to load."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import rcssmin  # type: ignore[import-untyped]
import rjsmin  # type: ignore[import-untyped]

THEME: Final = Path(__file__).parents[1] / "theme"
"""The overrides that the generator brings."""
TEMPLATE: Final = re.compile(rb"`(?:[^`\\]|\\.)*`", re.DOTALL)


def minified_script(script: bytes) -> bytes:
    """Return a script without comments and spare white space, or as it is if a template literal holds another one.

    For rjsmin the first backtick within a template literal ends it, so it would delete spaces of the text after that.
    """
    shorter: bytes = rjsmin.jsmin(script)
    is_nested = any(found.count(b"${") > found.count(b"}") for found in TEMPLATE.findall(shorter))
    return script if is_nested else shorter


MINIFIERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {".css": rcssmin.cssmin, ".js": minified_script}


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
