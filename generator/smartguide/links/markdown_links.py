"""The quick check of links in chapters, by linkcheckmd: it needs neither a build nor the network.

linkcheckmd finds only links to a bare name (``[text](name)``), which is neither a file nor the URL of a page. All other
links are checked in the built site. Its check of other sites is not used: it has no private-network guard, skips hosts
whose first label has fewer than three characters (``en.example.org``), and takes a timeout for a good answer.

linkcheckmd takes everything that looks like a link for one. Of what it finds, only links in prose are reported, not
those in code, comments or HTML blocks. Text of admonitions counts as code, because it is indented.
"""

from __future__ import annotations

from linkcheckmd.base import check_local

from smartguide.checks.chapter_text import places_in_prose
from smartguide.findings import Finding, quoted
from smartguide.project import Project
from smartguide.reading import Listing


def check(project: Project) -> list[Finding]:
    """Return the broken links in the chapters of a project, which may be in any folder below its content."""
    found = set()
    for folder in {(project.content / name).parent for name in Listing.of(project.content).with_suffix(".md")}:
        # Not recursive, but for the index page of a folder inside. It is found there, too; here it has another name.
        found |= {(folder / name, target) for name, target in check_local(folder, ext=".md") if _is_name(target)}
    hint = "name the file of the chapter, which ends in .md"
    return [
        Finding(place, "broken-link", f"the link leads to no file: {quoted(target)}", hint=hint)
        for chapter, target in sorted(found)
        for place in places_in_prose(project.root, chapter.relative_to(project.root).as_posix(), target)
    ]


def _is_name(target: str) -> bool:
    """Tell whether a target is the name of a file. What begins with a slash is a URL, with ``?`` a query."""
    return not target.startswith(("/", "?"))
