"""Scripts of the themes without comments and indentation, which are a third of what a reader would load.

Nothing else changes, and only where it is certain what is a comment. Minifiers do more, and harm: of two that were
tried, one deletes spaces in template literals, and the other moves declarations before what they need.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from smartguide.site.style_sheets import THEME

_COMMENT: Final = re.compile(
    r"""
    ^[ \t]*                             # nothing but a comment from the beginning of a line
    (?: //(?!!).*
    |   /\*(?!!) (?:(?!\*/)[\s\S])* \*/ [ \t]*
    )
    (?:\n|\Z)                           # to the end of one
    """,
    re.MULTILINE | re.VERBOSE,
)
"""Comments that fill their lines; one with ``!`` is to be kept, as it holds a licence."""
_INDENTATION: Final = re.compile(r"^[ \t]+|^\n", re.MULTILINE)
_LITERAL: Final = re.compile(r"`[^`]*`")


def shorten(site: Path, *themes: Path) -> None:
    """Shorten the scripts of a site that come from the generator or from folders with overrides.

    They are read from there, so a second time changes nothing; a later folder overrides an earlier one.
    """
    for theme in (THEME, *themes):
        for path in theme.rglob("*.js"):
            published = site / path.relative_to(theme)
            if published.is_file() and not published.is_symlink():
                text = path.read_bytes().decode("utf-8", errors="surrogateescape")
                published.write_bytes(shortened(text).encode("utf-8", errors="surrogateescape"))


def shortened(script: str) -> str:
    """Return a script without comments and indentation; as it is if something else may span lines in it."""
    if any(map(_may_continue, script.splitlines())):
        return script
    return _INDENTATION.sub("", _COMMENT.sub("", script))


def _may_continue(line: str) -> bool:
    """Tell whether a string, a template literal, or a comment that begins after code may go on in the next line."""
    begun = line.lstrip().removeprefix("/*").rpartition("*/")[2]
    if "/*" in begun or line.endswith("\\") or line.count("`") % 2:
        return True
    return any(literal.count("${") != literal.count("}") for literal in _LITERAL.findall(line))
