"""Files of the site, of which there are thousands."""

from __future__ import annotations

import os
from pathlib import Path


def write_text(path: str | Path, text: str) -> None:
    """Write a file, as UTF-8 and with its line ends as they are; its folder is made if it is not there."""
    data = text.encode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120  # much quicker than pathlib
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    with open(handle, "wb") as file:  # noqa: PTH123  # a handle is no path
        file.write(data)


def number_of_pages(folder: Path) -> int:
    """Return how many HTML files there are in a folder and those below it."""
    return sum(name.endswith(".html") for _, _, names in os.walk(folder) for name in names)


def merge(source: Path, target: Path) -> list[Path]:
    """Move what is in one folder into another on the same disk.

    Returns the files that could not be moved, as there is a file or a folder of that name.
    """
    left: list[Path] = []
    for path in sorted(source.iterdir()):
        other = target / path.name
        if path.is_dir() and other.is_dir():
            left += merge(path, other)
        elif other.exists():
            left.append(path)
        else:
            path.rename(other)
    return left
