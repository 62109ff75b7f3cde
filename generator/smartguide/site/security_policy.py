"""The Content-Security-Policy of the site: what a browser may load and run on its pages.

Scripts come from the site itself. The few inline scripts are those of the theme, and each is named by its hash. Which
these are, ``theme_scripts`` reads from the theme's templates; an inline script that anything else brought to a page
gets no hash, and stops the build (``page_code``). Each page carries its policy as a meta tag; the policy for the whole
site, with what a meta tag cannot say, is in the files that static hosts read headers from.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Final

from smartguide.model import urls

_OPEN: Final = re.compile(r"<script((?:\s[^<>]*)?)>", re.IGNORECASE)
_CLOSE: Final = re.compile(r"</script", re.IGNORECASE)
_DATA: Final = re.compile(r"\stype=[\"']?application/(?:json|ld\+json)", re.IGNORECASE)
_WAY_TO_ROOT: Final = re.compile(r"""(?<=\bnew URL\(")(?:\{\{[^{}"]*\}\}|[./\w~%-]*)(?=")""")
"""What the inline scripts of a theme have of a page: the way to the root of the site, in a template an expression."""
_CHARSET: Final = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_WRITTEN: Final = re.compile(r'\n<meta http-equiv="Content-Security-Policy" content="[^"]*">')

_POLICY: Final = {
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "form-action": ["'none'"],
    "img-src": ["'self'", "data:"],
    "manifest-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],  # the theme sets styles on elements; styles cannot run anything
    "worker-src": ["'self'"],
}
_HEADER_ONLY: Final = {"frame-ancestors": ["'self'"]}
"""Directives that browsers ignore in a meta tag."""

_CORS: Final = ("Access-Control-Allow-Origin", "*")
"""The header that lets pages of other sites read a file."""
DATA: Final = (urls.API.partition("/")[0] + "/", urls.schema("x").rpartition("/")[0] + "/")
"""The folders of the site that are for programs: they hold what is on the pages, for everybody."""

ANY_INLINE: Final = "'unsafe-inline'"
"""The source that allows every inline script: for ``mkdocs serve``, which puts one into each page to reload it."""


def inline_scripts(html: str) -> list[str]:
    """Return the inline scripts of a page, in the order of the page; data blocks run nothing and are none."""
    found, end = [], 0
    while opening := _OPEN.search(html, end):
        closing = _CLOSE.search(html, opening.end())
        end = closing.start() if closing else len(html)
        script, attributes = html[opening.end() : end], opening[1]
        if script and not re.search(r"\ssrc=", attributes, re.IGNORECASE) and not _DATA.search(attributes):
            found.append(script)
    return found


def shapes(html: str) -> frozenset[str]:
    """Return the inline scripts of a page or a template without what differs from page to page."""
    return frozenset(map(_shape, inline_scripts(html)))


def hashes_of_own(html: str, own: frozenset[str]) -> list[str]:
    """Return the hash sources of those inline scripts of a page that have one of the shapes ``own``."""
    return [_hash(script) for script in dict.fromkeys(inline_scripts(html)) if _shape(script) in own]


def foreign(html: str, own: frozenset[str]) -> list[str]:
    """Return the inline scripts of a page that have none of the shapes ``own``."""
    return [script for script in dict.fromkeys(inline_scripts(html)) if _shape(script) not in own]


def with_policy(html: str, scripts: list[str]) -> str:
    """Return a page with its policy as a meta tag, before anything that the policy is about.

    ``scripts`` are the sources of its inline scripts. A policy that stands there already gives way.
    """
    charset = _CHARSET.search(html)
    if charset is None:
        return html
    tag = f'<meta http-equiv="Content-Security-Policy" content="{_written(_POLICY, scripts)}">'
    before = _WRITTEN.match(html, charset.end())
    return f"{html[: charset.end()]}\n{tag}{html[before.end() if before else charset.end() :]}"


def header_files(hashes: Iterable[str]) -> dict[str, str]:
    """Return the files in which static hosts look for headers, by their path in the site.

    ``hashes`` are those of the inline scripts of all pages.
    """
    headers = {
        "Content-Security-Policy": _written({**_POLICY, **_HEADER_ONLY}, sorted(set(hashes))),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    lines = [f"{name}: {value}" for name, value in headers.items()]
    nginx = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    apache = [f'Header always set {name} "{value}"' for name, value in headers.items()]
    allow, anybody = _CORS
    data = "|".join(folder.strip("/") for folder in DATA)
    return {
        "_headers": "\n".join(
            ["/*", *(f"  {line}" for line in lines), *(f"/{folder}*\n  {allow}: {anybody}" for folder in DATA), ""]
        ),
        # nginx inherits headers only where a location has none of its own: so one variable decides for all.
        "headers.nginx.conf": "\n".join(
            [
                "# include this in a server or location block",
                *nginx,
                f'set $smartguide_origin "";\nif ($uri ~ "/({data})/") {{ set $smartguide_origin "{anybody}"; }}',
                f"add_header {allow} $smartguide_origin always; # an empty one is not sent",
                "",
            ]
        ),
        ".htaccess": "\n".join(
            [
                "<IfModule mod_headers.c>",
                *(f"  {line}" for line in apache),
                "  <IfModule mod_setenvif.c>",
                f'    SetEnvIf Request_URI "/({data})/" SMARTGUIDE_DATA',
                f'    Header always set {allow} "{anybody}" env=SMARTGUIDE_DATA',
                "  </IfModule>",
                "</IfModule>",
                "",
            ]
        ),
    }


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _shape(script: str) -> str:
    return _WAY_TO_ROOT.sub("", script)


def _written(policy: dict[str, list[str]], hashes: list[str]) -> str:
    allowed = {**policy, "script-src": [*policy["script-src"], *hashes]}
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in allowed.items())
