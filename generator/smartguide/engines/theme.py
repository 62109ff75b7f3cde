"""What the adapters of all engines share: the generator's own theme and its style sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.pages.formats import month
from smartguide.site import preview_picture

THEME: Final = Path(__file__).parents[1] / "theme"
"""The generator's own overrides of the theme and their style sheets."""
STYLE_SHEETS: Final = (
    "assets/smartguide.css", "assets/tables.css", "assets/charts.css", "assets/place.css", "assets/print.css",
    "assets/search/search.css",
)  # fmt: skip
"""The style sheets, which come before those of a project."""
SCRIPTS: Final = ("assets/search/page.js",)
"""The scripts, which are modules."""


def override_values(base: KnowledgeBase, site_url: str) -> dict[str, Any]:
    """Return what the overrides ask of ``config.extra``.

    ``data_as_of`` is the date of the data as people write it, ``preview_picture`` the whole URL of the picture that
    other sites show; both are empty where they are not known.
    """
    picture = f"{site_url.rstrip('/')}/{preview_picture.PATH}" if site_url else ""
    return {"data_as_of": month(base.data_as_of) if base.data_as_of else "", "preview_picture": picture}
