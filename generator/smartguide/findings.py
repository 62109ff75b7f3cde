"""What is wrong, where, how bad, and how to fix it.

A finding is data. It says the same thing in several styles: a line for a person, JSON for a program,
and a workflow command that makes GitHub annotate the very line of a pull request.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA


class Severity(StrEnum):
    """How bad a finding is. Errors stop the build; warnings do so only with ``--strict``, notices never."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Style(StrEnum):
    """The ways in which findings can be written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a file of the repository.

    ``path`` is relative to the repository, with forward slashes; ``line`` and ``column`` count from 1
    (column in characters). Line 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        path = _one_line(self.path)
        return f"{path}:{self.line}:{self.column}" if self.line else path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    ``rule`` is the short stable name of the check, ``key`` the way to the value inside the record
    (``partners[0].partner``), ``hint`` what to do about it. ``consequences`` is how many other findings would not be
    there without this one; they are not listed.
    """

    place: Place
    rule: str
    message: str
    key: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    consequences: int = 0

    @property
    def sort_key(self) -> tuple[int, int, str, int, int, str, str]:
        """Errors are listed before warnings, causes before what may follow from them, then by file, line and column."""
        rank = 0 if self.consequences else 1 if self.rule in CAUSES else 2
        place = self.place
        return _SEVERITIES.index(self.severity), rank, place.path, place.line, place.column, self.rule, self.message

    def explain(self) -> str:
        """Return what is wrong and what to do, without the place: ``key: message (hint)``."""
        text = f"{self.key}: {self.message}" if self.key else self.message
        text = f"{text} ({self.hint})" if self.hint else text
        if not self.consequences:
            return text
        others = "1 other finding follows" if self.consequences == 1 else f"{self.consequences:,} other findings follow"
        return f"{text}; {others} from this and {'is' if self.consequences == 1 else 'are'} not listed"

    def as_text(self) -> str:
        """Return one line: ``file:line:col: error: key: message (hint) [rule]``."""
        return f"{self.place}: {self.severity}: {_one_line(self.explain())} [{self.rule}]"

    def as_github(self) -> str:
        """Return a workflow command of GitHub Actions.

        Source of the escapes: ``toCommandValue`` and ``escapeProperty`` of the actions toolkit.
        """
        properties = {"file": _one_line(self.place.path), "title": self.rule}
        if self.place.line:
            properties |= {"line": str(self.place.line), "col": str(self.place.column)}
        listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
        return f"::{self.severity} {listed}::{_escape_data(self.explain())}"

    def as_dict(self) -> dict[str, str | int]:
        """Return the finding as plain data, for JSON."""
        return {
            "path": _one_line(self.place.path),
            "line": self.place.line,
            "column": self.place.column,
            "severity": str(self.severity),
            "rule": self.rule,
            "key": self.key,
            "message": self.message,
            "hint": self.hint,
            "consequences": self.consequences,
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule finds: where, what is wrong, and what to do. The rule adds its id and its severity."""

    place: Place
    message: str
    key: str = ""
    hint: str = ""

    def as_finding(self, rule: str, severity: Severity) -> Finding:
        """Return the finding of the rule with that id."""
        return Finding(self.place, rule, self.message, self.key, self.hint, severity)


CAUSES: Final = frozenset({"settings", "catalogue", "schema", "include", "extension"})
"""The rules of findings on what records are read and checked with."""
_SEVERITIES: Final = tuple(Severity)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without repetitions: errors before warnings, causes first, then by file, line and column."""
    return sorted(set(findings), key=lambda finding: finding.sort_key)


def render(findings: Iterable[Finding], style: Style = Style.TEXT) -> str:
    """Return the findings, in order, in one of the styles; an empty string if there are none (JSON: ``[]``)."""
    ordered = in_order(findings)
    if style is Style.JSON:
        return json.dumps([finding.as_dict() for finding in ordered], ensure_ascii=False, indent=2)
    if style is Style.GITHUB:
        return "\n".join(finding.as_github() for finding in ordered)
    return "\n".join(finding.as_text() for finding in ordered)


def has_errors(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """Tell whether the findings stop a build; with ``strict`` warnings do so too."""
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(finding.severity in stopping for finding in findings)


LONGEST_KEY: Final = 60
"""So much of a key is shown; no key of a schema is longer."""
ALIKE: Final = 60
"""How alike (of 100) a known word must be to be what was meant."""


MOST_MEANT: Final = 3
"""So many known words that are equally near are named."""
_EQUALLY: Final = 8
"""Words that are alike to so few of 100 more or less are equally near."""
_SHORT: Final = 2
"""Words of so few characters have nothing in common if one of them differs."""
_BEGINNING: Final = 4
"""So many characters of a longer word are enough to know which is meant."""


def nearest(word: str, known: Iterable[str], alike: int = ALIKE) -> list[str]:
    """Return the known words that are nearest to ``word``, or none if no word is near.

    Near is a word with few slips in it (a character that is missing, added, another one, or swapped with the next), or
    one that begins with the other. ``alike`` (of 100) is how alike the two must be at least.
    """
    wanted = word[:200].casefold()
    by_folded = {candidate.casefold(): candidate for candidate in known}
    choices = sorted(by_folded)
    slips = {
        found: distance
        for found, distance, _ in process.extract(
            wanted, choices, scorer=OSA.distance, score_cutoff=_slips(len(wanted) + 2, alike), limit=MOST_MEANT * 5
        )
        if distance <= _slips(max(len(wanted), len(found)), alike)
    }
    if not slips and len(wanted) >= _BEGINNING:
        ratio = ALIKE if alike == ALIKE else alike + 1
        slips = {one: 0 for one in choices if one.startswith(wanted) and fuzz.ratio(one, wanted) >= ratio}
    best = min(slips.values(), default=0)
    near = {one: fuzz.ratio(one, wanted) for one, distance in slips.items() if distance == best}
    most = max(near.values(), default=0)
    return [by_folded[one] for one, ratio in near.items() if ratio > most - _EQUALLY][:MOST_MEANT]


def _slips(length: int, alike: int) -> int:
    """Return how many slips a word of a length may have."""
    return 0 if length <= _SHORT else max(1, int(length * (100 - alike) / 120 + 0.5))


def did_you_mean(word: str, known: Iterable[str], alike: int = ALIKE) -> str:
    """Return ``did you mean 'x'?`` for the known word that is nearest to ``word``, or an empty string.

    Where several are equally near, up to three are named: ``did you mean 'x' or 'y'?``
    """
    found = [quoted(one) for one in nearest(word, known, alike)]
    named = " or ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))
    return f"did you mean {named}?" if found else ""


def quoted(value: object, longest: int = 60) -> str:
    """Return a value as it may stand in a message: in quotes, on one line, cut if it is long."""
    text = _one_line(str(value))
    return f"'{text if len(text) <= longest else text[: longest - 1] + '…'}'"


def told_by_system(error: OSError) -> str:
    """Return what the system would not do, and with which file: ``site/index.html: No space left on device``."""
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)


def key_path(path: Iterable[str | int]) -> str:
    """Return a path inside a record as people write it: ``partners[0].partner``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            shown = part if len(part) <= LONGEST_KEY else f"{part[: LONGEST_KEY - 1]}…"
            text += f".{shown}" if text else shown
    return text


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
