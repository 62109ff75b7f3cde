"""Read the summary of a pull request from the artefact of its checks, before a job with rights shows it in a comment.

The checks run code of the pull request, so the artefact counts as data from a stranger: one that is too large, or that
holds anything but what `smartguide diff --format markdown` writes, stops the job. Nothing is unpacked to the disk.
Usage: read_summary.py ARCHIVE, which writes the summary to the standard output. Only the standard library is used.
"""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

NAME = "summary.md"
LARGEST_ARCHIVE = 1_000_000
LARGEST = 300_000
"""Bytes of the summary."""
LONGEST = 62_000
"""Characters of the summary. A comment takes 65,536."""

_ESCAPED = "!\"$&'()*+<=>[\\]^_`{|}~-0123456789"
"""What may stand as a character reference, besides what a forge looks for in the text that Markdown has made."""
_CODES = "|".join(str(ord(char)) for char in _ESCAPED)
_TEXT = rf"""(?:
      &\#(?:35|58|64);&\#8203;     # '#', ':' and '@' with a zero-width space behind them: no issue, no URL, no mention
    | &\#(?:8203|{_CODES});
    | `[^`]+`
    | \*\*
    | :(?=\s|$)
    | (?!\bwww\.|\bGH-\d)[^`*_\[\]<>\#~\\=&@:|!{{}}^$"'+]
)*"""
LINE = re.compile(
    rf"""
      \#{{2,3}}\ {_TEXT}
    | \|\ {_TEXT}\|\ {_TEXT}\|\ {_TEXT}\|
    | \|---\|---\|---\|
    | (?:(?:\ \ )?-\ )?(?!\s|-|\d+[.)]){_TEXT}
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""The lines of a summary. What records say is escaped in them: it mentions nobody, links nowhere and holds no HTML."""


class WrongSummaryError(ValueError):
    """The artefact is not what the checks write."""


def summary_in(archive: Path) -> str:
    """Return the summary in an archive. Raises WrongSummaryError, and zipfile.BadZipFile for what is no archive."""
    if archive.stat().st_size > LARGEST_ARCHIVE:
        raise WrongSummaryError("the archive is too large")
    with zipfile.ZipFile(archive) as files:
        if files.namelist() != [NAME]:
            raise WrongSummaryError(f"the archive holds other files than {NAME}")
        with files.open(NAME) as file:
            held = file.read(LARGEST + 1)  # however large the archive says that it is
    if len(held) > LARGEST:
        raise WrongSummaryError("the summary is too large")
    return held.decode("utf-8")


def check(text: str) -> None:
    """Raise WrongSummaryError unless a text is a summary."""
    if not text.strip() or len(text) > LONGEST:
        raise WrongSummaryError("the summary is empty or too long")
    for number, line in enumerate(text.split("\n"), 1):
        if not LINE.fullmatch(line) or not (line.isprintable() or not line):
            raise WrongSummaryError(f"line {number} is none that the checks write: {line[:80]!r}")


def main(archive: str) -> None:
    """Write the summary in an archive. Raises WrongSummaryError and what reading it raises."""
    text = summary_in(Path(archive))
    check(text)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(text)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (WrongSummaryError, OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        sys.exit(f"The summary cannot be used: {str(error)!r}")
