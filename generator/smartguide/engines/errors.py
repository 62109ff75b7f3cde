"""What goes wrong with an engine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from smartguide.findings import Finding, Place, in_order


def not_installed(name: str, error: ImportError) -> str:
    """Say what to do where an engine cannot be imported."""
    return f"the engine {name} is not installed ({error}); install it, or choose another one with --engine"


_OF_SETTING: Final = re.compile(r"Config value '(?P<name>\w+)'[^:]*: (?P<what>.*)", re.DOTALL)


def of_setting(message: str, places: Mapping[str, Place], text: str) -> Finding | None:
    """Return what an engine says of one of its settings as a finding on its line; None if it is about none.

    ``places`` are those of the settings in the file, whose text is ``text``.
    """
    found = _OF_SETTING.match(message)
    if not found or found["name"] not in places:
        return None
    what = found["what"].strip().splitlines()[0].removesuffix(".")
    place = places[found["name"]]
    lines = text.splitlines()
    for word in re.findall(r"[\"']([\w.-]+)[\"']", what):
        for number in range(place.line - 1, len(lines)):
            if (column := lines[number].find(word)) >= 0:
                place = Place(place.path, number + 1, column + 1)
                return Finding(place, "settings", what, found["name"], "correct it, or take it out")
    return Finding(place, "settings", what, found["name"], "correct it, or take it out")


class EngineError(Exception):
    """The engine could not make the site: ``findings`` say what is wrong, ``reason`` what else the engine says."""

    def __init__(self, reason: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.findings = in_order(findings)
