"""What the adapters of all engines share: the generator's own theme and its style sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Final

THEME: Final = Path(__file__).parents[1] / "theme"
"""The generator's own overrides of the theme and their style sheets."""
STYLE_SHEETS: Final = ("assets/smartguide.css", "assets/tables.css", "assets/charts.css")
"""The style sheets, which come before those of a project."""
