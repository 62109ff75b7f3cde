"""What is made anew only when what it depends on has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Kept(Generic[Found]):
    """Something that is made anew only when what it depends on has changed."""

    def __init__(self) -> None:
        self._depends_on: object = None
        self._found: Found | None = None

    def get(self, depends_on: object, make: Callable[[], Found]) -> Found:
        """Return what was made the last time, or make it."""
        if self._found is None or depends_on != self._depends_on:
            self._depends_on, self._found = depends_on, make()
        return self._found
