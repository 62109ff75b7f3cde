"""What texts of YAML files are read to, kept between runs: a file that has not changed need not be parsed again.

Only texts in which nothing is wrong, and which include nothing, are kept. They are known by their digests, so it does
not matter where a file stands or when it was written. Under the digest of all templates it is kept that nothing is
wrong with them.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

FILE: Final = "records.json"


def digest(text: str | bytes) -> str:
    """Return what stands for a text, and for no other."""
    return hashlib.blake2b(text if isinstance(text, bytes) else text.encode(), digest_size=20).hexdigest()


class KeptData:
    """The data of texts. ``made_by`` stands for the program that read them; what another one has kept is left out."""

    def __init__(self, folder: Path, made_by: str) -> None:
        self._file = folder / FILE
        self._made_by = made_by
        self._before = self._loaded()
        self._now: dict[str, Any] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept from an earlier run."""
        return not self._before

    def get(self, digest: str) -> Any:
        """Return the data of a text; None if it is not kept. It is not to be changed."""
        found = self._before.get(digest)
        if found is not None:
            self._now[digest] = found
        return found

    def keep(self, digest: str, data: Any) -> None:
        """Keep the data of a text."""
        self._now[digest] = data

    def save(self) -> None:
        """Write what was asked for or kept since this was made; what was not is forgotten."""
        if self._now.keys() == self._before.keys():
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        beside = self._file.with_suffix(".new")
        beside.write_text(json.dumps({"made_by": self._made_by, "data": self._now}), encoding="utf-8")
        beside.replace(self._file)

    def _loaded(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._file.read_bytes())
            data: dict[str, Any] = kept["data"] if kept["made_by"] == self._made_by else {}
        except (OSError, ValueError, LookupError, TypeError):  # none there, or damaged
            return {}
        return data if isinstance(data, dict) else {}
