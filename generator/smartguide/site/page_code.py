"""Code that a page brings along: scripts that are neither the theme's nor the site's, and redirects to another page.

A chapter may hold HTML. What of it a browser would run has to come from the theme, from ``theme/assets/`` or from the
generator; the policy of a page cannot say that alone, since it allows every file of the site.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from smartguide.site import security_policy

_TAG: Final = re.compile(r"<(script|meta)(?=[\s/>])", re.IGNORECASE)
_ANY_TAG: Final = re.compile(r"<[a-z][^\s/>]*(?=[\s/])", re.IGNORECASE)
_HANDLER_WRITTEN: Final = re.compile(r"on(?<![\w-]on)[a-z]{3,20}\s*=")
_URL_WRITTEN: Final = ("script:", "script&", "data:text")
"""What is looked for first, in small letters, because few pages have any of it."""
_HANDLER: Final = re.compile(r"on[a-z]+")
_LEADS: Final = frozenset({"href", "src", "action", "formaction", "xlink:href"})
_RUNS: Final = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""[\s/]*(=?[^\s/>=]+|=)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_END: Final = re.compile(r"[\s/]*>")
_LONGEST: Final = 1000
"""So many characters of a tag are looked at; the tags of themes are far shorter."""
_SOURCES: Final = ("src", "href", "xlink:href")
"""The attributes that name the file of a script; the last two in SVG."""
_SCRIPT_FILES: Final = (".js", ".mjs")
"""Their endings; below ``content/`` there are no such files."""


class Fault(NamedTuple):
    """What is wrong with a page: in words, what to do, and the text by which it is found where it was written."""

    rule: str
    message: str
    hint: str
    written: str


def check(page: str, own: frozenset[str]) -> Iterator[Fault]:
    """Yield the code of a page that it must not have; ``own`` are the shapes of the theme's inline scripts."""
    hint = "put it into a file below theme/assets/"
    for script in security_policy.foreign(page, own):
        shown = " ".join(script.split())[:80]
        yield Fault("inline-script", f"an inline script that is not the theme's: {shown}", hint, script.strip()[:40])
    for name, value in _code_in_attributes(page):
        shown = f"{name}={' '.join(value.split())[:80]}"
        yield Fault(
            "inline-script", f"code in an attribute: {shown}", "delete it: the policy of the site forbids it", name
        )
    for name, attributes in _tags(page):
        if name == "script":
            for source in _sources(attributes):
                if not _is_script_of_site(source):
                    message = f"a script that is neither the theme's nor below theme/assets/: {source[:80]}"
                    yield Fault("foreign-script", message, hint, source)
        elif attributes is None or _value(attributes, "http-equiv").strip().lower() == "refresh":
            message = "a page that sends its readers to another one"
            yield Fault("redirect", message, "write a link, or give a record former_ids", "<meta")


_Attributes = list[tuple[str, str]]


def _tags(page: str) -> Iterator[tuple[str, _Attributes | None]]:
    """Yield the name of each tag that matters, and its attributes as they are written; None if the tag is too long.

    Whether a tag stands in a comment or in an attribute is not asked: what looks like a tag counts as one, so that no
    way to read a page differs from that of a browser to the reader's harm.
    """
    for tag in _TAG.finditer(page):
        yield tag[1].lower(), _attributes(page, tag.end())


def _attributes(page: str, at: int) -> _Attributes | None:
    """Return the attributes of a tag whose name ends at ``at``, as they are written; None if it is too long."""
    attributes: _Attributes = []
    limit = at + _LONGEST
    while not _END.match(page, at):
        found = _ATTRIBUTE.match(page, at, limit)
        if found is None or found.end() >= limit:
            return None
        attributes.append((found[1].lower(), next((one for one in found.groups()[1:] if one is not None), "")))
        at = found.end()
    return attributes


def _code_in_attributes(page: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each attribute that is code: an event handler, or a URL that runs.

    No browser runs it under the policy of the site; whoever reviews the page should know of it all the same.
    """
    small = page.lower()
    if not (any(text in small for text in _URL_WRITTEN) or _HANDLER_WRITTEN.search(small)):
        return
    for tag in _ANY_TAG.finditer(page):
        for name, value in _attributes(page, tag.end()) or ():
            url = re.sub(r"[\x00-\x20]", "", html.unescape(value)) if name in _LEADS else ""
            if _HANDLER.fullmatch(name) or (_RUNS.match(url) and not url.startswith("data:image/")):
                yield name, value


def _value(attributes: _Attributes, wanted: str) -> str:
    """Return the value of an attribute; of several with one name the first counts, as in a browser."""
    return html.unescape(next((value for name, value in attributes if name == wanted), ""))


def _sources(attributes: _Attributes | None) -> list[str]:
    """Return what a script loads, as it is written; an empty text for a tag that cannot be read."""
    if attributes is None:
        return [""]
    return [value for name, value in attributes if name in _SOURCES]


def _is_script_of_site(source: str) -> bool:
    """Tell whether the URL of a script leads to a file of this site that can only be a script."""
    # A browser drops line breaks and tabs in a URL, and takes a backslash for a slash.
    url = re.sub(r"[\t\r\n]", "", html.unescape(source)).strip("\x00\x20").replace("\\", "/")
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and unquote(parts.path).lower().endswith(_SCRIPT_FILES)
