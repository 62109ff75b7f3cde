"""Style sheets of the themes without comments and spare white space, and those that a page loads in a row as one file.

A browser shows nothing of a page before it has all of its style sheets.

Some rules of the theme make a browser compute the styles of the whole page again when a class of ``<html>`` changes,
which the theme's script does twice while a page loads. In joined style sheets they say the same in another way.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

import rcssmin  # type: ignore[import-untyped]

from smartguide.files import write_text
from smartguide.site.theme_markup import PLAIN

THEME: Final = Path(__file__).parents[1] / "theme"
"""The overrides that the generator brings."""
_ASSETS: Final = "assets/"
_NAME: Final = "assets/stylesheets/site.{}.css"
"""Where a joined style sheet is written: its name changes with its content, so browsers may keep it."""
_LINK: Final = re.compile(
    rf'<link rel="stylesheet" href="(?P<root>[^":?#]*?)(?P<path>{_ASSETS}[^":?#]+\.css)">', re.IGNORECASE
)
_SPACE: Final = re.compile(r"\s*")
_ABOUT_THE_FILE: Final = re.compile(r"""\A@charset "utf-8";|/\*# sourceMappingURL=[^*]*\*/""", re.IGNORECASE)
_SAID_OTHERWISE: Final = (
    # After any change of a class, all that is inside might be in a table that has none now.
    ("table:not([class])", f"table[{PLAIN}]"),
    # After `no-js` was removed, any element might be the first of some tabs; those are labels.
    (".tabbed-labels>:", ".tabbed-labels>label:"),
)
"""What selectors of the theme say, and what they say in joined style sheets."""
_BOUND_TO_ITS_PLACE: Final = re.compile(r"""@(?:import|charset|namespace)\b|url\((?!\s*["']?data:)""", re.IGNORECASE)
"""What a style sheet has that means something else in another folder, or behind another style sheet."""


def minify(site: Path, *themes: Path) -> None:
    """Minify the style sheets of a site that come from the generator or from folders with overrides.

    They are read from there, so a second time changes nothing; a later folder overrides an earlier one. What the
    theme of the engine brings is minified already.
    """
    for theme in (THEME, *themes):
        for path in theme.rglob("*.css"):
            published = site / path.relative_to(theme)
            if published.is_file() and not published.is_symlink():
                published.write_bytes(rcssmin.cssmin(path.read_bytes()))


class StyleSheets:
    """The style sheets of one site, as its pages load them."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._texts: dict[str, str | None] = {}
        self._joined: dict[tuple[str, ...], str] = {}

    def joined(self, page: str) -> str:
        """Return the HTML of a page that loads one style sheet in place of each row of them; their order stays.

        A style sheet that cannot be moved, or is not among the site's assets, stays by itself.
        """
        pieces: list[str] = []
        at = 0
        for row in self._rows(page):
            paths = tuple(found["path"] for found in row)
            if len(paths) > 1:
                link = f'<link rel="stylesheet" href="{row[0]["root"]}{self._write(paths)}">'
                pieces += (page[at : row[0].start()], link)
                at = row[-1].end()
        return "".join([*pieces, page[at:]])

    def _rows(self, page: str) -> list[list[re.Match[str]]]:
        """Return the links to style sheets that can be joined, those together that follow each other."""
        rows: list[list[re.Match[str]]] = []
        for found in _LINK.finditer(page, 0, max(page.find("</head>"), 0)):
            if self._text(found["path"]) is None:
                rows.append([])
                continue
            last = rows[-1][-1] if rows and rows[-1] else None
            space = _SPACE.match(page, last.end()) if last else None
            if last and space and space.end() == found.start() and last["root"] == found["root"]:
                rows[-1].append(found)
            else:
                rows.append([found])
        return [row for row in rows if row]

    def _text(self, path: str) -> str | None:
        """Return a style sheet; None for one that has to stay where it is."""
        if path not in self._texts:
            file = self._site / path
            text = None
            if ".." not in path and file.is_file():
                text = _ABOUT_THE_FILE.sub("", file.read_text(encoding="utf-8"))
                for before, after in _SAID_OTHERWISE:
                    text = text.replace(before, after)
            self._texts[path] = None if text is None or _BOUND_TO_ITS_PLACE.search(text) else text
        return self._texts[path]

    def _write(self, paths: tuple[str, ...]) -> str:
        """Write style sheets as one, and return its path in the site."""
        if paths not in self._joined:
            text = "\n".join(self._text(path) or "" for path in paths)
            name = _NAME.format(hashlib.sha256(text.encode()).hexdigest()[:8])
            write_text(self._site / name, text)
            self._joined[paths] = name
        return self._joined[paths]
