"""Style sheets of the themes without comments and spare white space.

Scripts stay as they are written: of two minifiers that were tried, one deletes spaces in template literals, and the
other moves declarations before what they need.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import rcssmin  # type: ignore[import-untyped]

THEME: Final = Path(__file__).parents[1] / "theme"
"""The overrides that the generator brings."""


def write(site: Path, *themes: Path) -> None:
    """Minify the style sheets of a site that come from the generator or from folders with overrides.

    They are read from there, so a second time changes nothing; a later folder overrides an earlier one. What the
    theme of the engine brings is minified already.
    """
    for theme in (THEME, *themes):
        for path in theme.rglob("*.css"):
            published = site / path.relative_to(theme)
            if published.is_file() and not published.is_symlink():
                published.write_bytes(rcssmin.cssmin(path.read_bytes()))
