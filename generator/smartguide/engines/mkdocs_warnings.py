"""What MkDocs and mkdocs-macros say about chapters, as findings: on the line that it is about, not only on the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from mkdocs.exceptions import MkDocsException

from smartguide.checks import chapters
from smartguide.findings import Finding, Place, did_you_mean, in_order, quoted, render

_LINK: Final = re.compile(
    r"Doc file '(?P<page>.+?)' contains an? (?P<kind>absolute |unrecognized relative )?link '(?P<target>.+)', "
    r"(?:but (?P<why>(?:the target|the doc|there is) .*)|it was left as is\..*)"
)
_KINDS: Final = {
    "absolute ": (
        "it is from the root of the host, and the site may lie below a path",
        "write it relative to this page",
    ),
    "unrecognized relative ": ("it does not name a file", "name the file of the page, with .md at its end"),
}
"""What is wrong with links that MkDocs leaves as they are, and what to do."""
_LEFT_OUT: Final = 'not included in the "nav" configuration'
_NAVIGATION: Final = re.compile(
    r"(?:A reference|An (?P<absolute>absolute) path) to '(?P<target>.+)' is included in the 'nav' configuration, .*"
)
_FAILED_MACRO: Final = re.compile(
    r"# _Macro (?:Rendering|Syntax) Error_\n\s*_File_: .*?\n\s*_"
    r"(?:Line (?P<line>\d+) in Markdown file:_ \*\*(?P<syntax>.*?)\*\*$"
    r"|\w+_: (?P<message>.*?)\n\n```\n(?P<traceback>.*))",
    re.DOTALL | re.MULTILINE,
)
"""The page that mkdocs-macros makes in the place of one that it cannot render."""


class WrongContentError(MkDocsException):
    """Records or chapters have errors, so that no site can be built; ``findings`` says which."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(findings)
        super().__init__(f"{render(self.findings)}\n{len(self.findings)} error(s); nothing was built")


def findings(message: str, root: Path) -> list[Finding]:
    """Return the findings that a warning of MkDocs amounts to; none if it is about anything but chapters and links."""
    if _LEFT_OUT in message:
        pages = re.findall(r"^\s+- (.+\.md)$", message, flags=re.MULTILINE)
        hint = "put it into the navigation of mkdocs.yml"
        return [
            Finding(Place(f"content/{page}", 1, 1), "orphan", "no navigation leads here", hint=hint) for page in pages
        ]
    if found := _NAVIGATION.fullmatch(message):
        return _in_navigation(found["target"], root, absolute=bool(found["absolute"]))
    if not (found := _LINK.fullmatch(message)):
        return []
    why, _, meant = (found["why"] or "").rstrip(".?").partition(". ")
    hint = f"{meant[0].lower()}{meant[1:]}?" if meant else "mend the link, or write what it leads to"
    why, hint = _KINDS.get(found["kind"], (why, hint))
    return [
        Finding(place, "broken-link", f"the link {quoted(found['target'])}: {why}", hint=hint)
        for place in chapters.places_of_link(root, f"content/{found['page']}", found["target"])
    ]


def failed_macro(markdown: str, root: Path, page: str) -> Finding | None:
    """Return what kept mkdocs-macros from rendering a page, if ``markdown`` is what it makes of such a page."""
    if not (found := _FAILED_MACRO.match(markdown)):
        return None
    text = chapters.text_of(root, f"content/{page}")
    traceback = found["traceback"] or ""
    lines = re.findall(r'File "<template>", line (\d+)', traceback)
    place = Place(f"content/{page}")
    if text and (line := int(found["line"] or (lines or [0])[-1])):
        number = line + chapters.lines_before_markdown(text)
        place = Place(place.path, number, text.split("\n")[number - 1].find("{") + 1 or 1)
    templates = re.findall(r'File "([^"]+\.html)", line (\d+)', traceback)
    hint = f"in {_shown(templates[-1][0], root)}, line {templates[-1][1]}" if templates else ""
    message = found["syntax"] or found["message"].replace("define_env.<locals>.", "")
    return Finding(place, "macro", html.unescape(message), hint=hint)


def _shown(path: str, root: Path) -> str:
    return Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else path


def _in_navigation(target: str, root: Path, *, absolute: bool) -> list[Finding]:
    """Return the findings about a target in the navigation of ``mkdocs.yml`` that is no page."""
    text = (root / "mkdocs.yml").read_text(encoding="utf-8-sig")
    navigation = re.search(r"^nav:", text, re.MULTILINE)
    pattern = rf"(?<![\w./-]){re.escape(target)}(?![\w./-])"
    found = re.compile(pattern).finditer(text, navigation.start()) if navigation else ()
    if absolute:
        message = f"{quoted(target)} is from the root of the host, and the site may lie below a path"
        hint = "name the file of a page, relative to content/"
    else:
        message = f"no page {quoted(target)}"
        known = (path.relative_to(root / "content").as_posix() for path in (root / "content").rglob("*.md"))
        hint = did_you_mean(target, known) or "name the file of a page, relative to content/"
    places = [chapters.place("mkdocs.yml", text, match.start()) for match in found] or [Place("mkdocs.yml")]
    return [Finding(place, "navigation", message, hint=hint) for place in places]
