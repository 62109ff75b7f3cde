"""What the adapters of all engines share: the generator's own theme and its style sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Final

THEME: Final = Path(__file__).parents[1] / "theme"
"""The generator's own overrides of the theme and its style sheet."""
STYLE_SHEET: Final = "assets/smartguide.css"
"""The style sheet, which comes before those of a project."""
