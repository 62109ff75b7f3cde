"""Merge conflicts that were left in a file: git marks them with lines that begin with seven equal characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from smartguide.findings import Finding, Place

_MARK: Final = re.compile(r"(?P<mark><{7}|>{7}|\|{7}|={7})(?: .*)?\r?\Z")


def conflicts(path: str, text: str, skipped: Iterable[int] = ()) -> Iterator[Finding]:
    """Yield a finding for each merge conflict in the text of the file ``path``; ``skipped`` are lines to pass over.

    A line of seven ``=`` alone may underline a heading, so it counts only between two other marks.
    """
    if not any(mark in text for mark in ("<<<<<<<", ">>>>>>>", "|||||||")):
        return
    passed_over = set(skipped)
    begun = 0
    for number, line in enumerate(text.split("\n"), 1):
        found = _MARK.match(line) if number not in passed_over else None
        if found is None or (found["mark"][0] == "=" and begun):
            continue
        mark = found["mark"][0]
        if mark == "<":
            begun = number
            yield _finding(path, number, "a merge conflict begins here")
        elif mark == ">" and begun:
            begun = 0
        elif mark != "=" and not begun:
            hint = "delete the line, and keep one of the two texts if both are there"
            yield Finding(
                Place(path, number, 1), "merge-conflict", "a line of a merge conflict was left here", hint=hint
            )


def _finding(path: str, line: int, message: str) -> Finding:
    hint = (
        "keep one of the two texts, or write one of both, and delete the lines that begin with <<<<<<<, |||||||, "
        "======= and >>>>>>>"
    )
    return Finding(Place(path, line, 1), "merge-conflict", message, hint=hint)
