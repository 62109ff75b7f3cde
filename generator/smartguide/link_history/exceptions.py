"""The file of URLs whose failure is known and accepted, each with a reason and a last day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from smartguide.link_history.record_urls import without_fragment
from smartguide.reading import Reader

FILE: Final = "link-exceptions.yml"


def accepted(root: Path, today: date | None) -> set[str]:
    """Return the URLs, without fragments, whose failure is accepted on a day (on any, if that is None).

    ``root`` is the folder of the project. What is wrong with the file is told elsewhere; such entries are left out.
    """
    path = root / FILE
    data = Reader(root, path.parent).read(path).data if path.is_file() else None
    entries = data.get("exceptions") if isinstance(data, dict) else None
    found = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    return {
        without_fragment(str(one.get("url")))
        for one in found
        if today is None or str(one.get("until", "")) >= today.isoformat()
    }
