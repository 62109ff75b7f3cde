"""What the adapters of all engines share: the generator's own theme and its style sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Final

THEME: Final = Path(__file__).parents[1] / "theme"
"""The generator's own overrides of the theme and its style sheet."""
STYLE_SHEETS: Final = ("assets/smartguide.css", "assets/search/search.css")
"""The style sheets, which come before those of a project."""
SCRIPTS: Final = ("assets/search/page.js",)
"""The scripts, which are modules."""
