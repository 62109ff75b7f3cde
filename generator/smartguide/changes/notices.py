"""What a comparison says on the lines of a pull request: a notice on each value that is another one now.

A figure that is wrong but possible is no error that a check could find. The notice asks whoever reviews the change to
compare it with its document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from smartguide.changes.comparing import ChangedRecord, Comparison
from smartguide.changes.escaping import cut, one_line
from smartguide.changes.values import Change, What
from smartguide.findings import Finding, Problem, Severity, Style, render

RULE: Final = "changed"
HINT: Final = "compare it with the document that it is from"
MOST: Final = 10
"""So many notices of one step are shown on GitHub."""
_LONGEST: Final = 120


def github(comparison: Comparison) -> str:
    """Return a workflow command of GitHub Actions for each value that has changed; empty if none has.

    Of more than ``MOST`` those that are numbers are kept first. Text in sentences is left out, because the summary
    shows it better.
    """
    found = [(one, change) for one in comparison.records for change in one.values if _is_told(change)]
    found.sort(key=lambda pair: not _is_number(pair[1]))
    text = render(_notices(found[:MOST]), Style.GITHUB)
    return f"{text}\n" if text else ""


def _is_told(change: Change) -> bool:
    return change.what is What.CHANGED and not change.is_text


def _is_number(change: Change) -> bool:
    return all(isinstance(one, int | float) and not isinstance(one, bool) for one in (change.before, change.after))


def _notices(found: list[tuple[ChangedRecord, Change]]) -> Iterator[Finding]:
    for one, change in found:
        was, now = (cut(one_line(text), _LONGEST) for text in (change.was, change.now))
        title = cut(one_line(" / ".join(change.words)), _LONGEST)
        message = f"{title} was {was or 'empty'} and is {now or 'empty'}"
        place = one.record.place_of(*change.path)
        yield Problem(place, message, hint=HINT).as_finding(RULE, Severity.NOTICE)
