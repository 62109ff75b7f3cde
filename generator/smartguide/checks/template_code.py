"""Template code of chapters: what of it is code, and whether it can be read.

In code that a chapter shows (fences and backticks) nothing is template code, so that ``${{ secrets.X }}`` is shown as
it is written. ``{#part}`` behind a heading gives the heading its id, and is no comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import jinja2
from jinja2 import nodes

from smartguide.settings import plugins

_PARTS: Final = re.compile(
    r"(?P<raw>\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\})"
    r"|(?P<fence>^(?P<open>[ \t>]*(?P<mark>`{3,}|~{3,})[^\n`]*\n)(?P<code>.*?)(?P<close>^[ \t>]*(?P=mark)[`~]*[ \t]*$))"
    r"|(?P<span>(?<![`\\])(?P<ticks>`{1,2})(?!`)(?:(?!\n\s*\n)[^`]){1,500}(?P=ticks)(?!`))"
    r"|(?P<id>\{#(?=[\w:.-]+(?:[ \t][^{}\n#]*)?\}(?!\})))",
    re.DOTALL | re.MULTILINE,
)
_CODE: Final = re.compile(r"\{[{%#]")
_OF_RECORDS: Final = ("collection", "record_id")
"""What the macros that name a collection or a record call their first parameters."""
_NAMES_RECORDS: Final = {"link": 2, "record_page": 2, "count": 1, "index_page": 1}
"""These macros, each with how many of the parameters it has."""


class Named(NamedTuple):
    """A collection, or a record of it, that a macro is called with, in a line of a chapter."""

    line: int
    macro: str
    collection: str
    record_id: str = ""


def protected(text: str) -> str:
    """Return a chapter, without its front matter, in which what is shown as code is no template code.

    The lines stay the same.
    """
    return _PARTS.sub(_protected, text) if _CODE.search(text) else text


def _protected(part: re.Match[str]) -> str:
    whole = part[0]
    if part["raw"] or not _CODE.search(whole) or "endraw" in whole:
        return whole
    if part["id"]:
        return "{{ '{#' }}"
    if part["fence"]:
        return f"{part['open']}{{% raw %}}{part['code']}{{% endraw %}}{part['close']}"
    return f"{{% raw %}}{whole}{{% endraw %}}"


def fault(text: str) -> tuple[int, str] | None:
    """Return the line of the first thing in a chapter that Jinja cannot read, and what it says; None if it can."""
    if not _CODE.search(text):
        return None
    try:
        jinja2.Environment().parse(protected(text))  # noqa: S701  # nothing is rendered
    except jinja2.TemplateSyntaxError as error:
        return error.lineno, str(error.message)
    except RecursionError:
        return 1, "template code that is nested too deeply"
    return None


def named(text: str) -> Iterator[Named]:
    """Yield the collections and records that a chapter names in calls of macros, as far as they are written out.

    Nothing is yielded for template code that cannot be read: ``fault`` tells what is wrong with it.
    """
    if not _CODE.search(text):
        return
    try:
        tree = jinja2.Environment().parse(protected(text))  # noqa: S701  # nothing is rendered
    except (jinja2.TemplateSyntaxError, RecursionError):
        return
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in _NAMES_RECORDS:
            continue
        wanted = _OF_RECORDS[: _NAMES_RECORDS[call.node.name]]
        given = {**dict(zip(wanted, call.args, strict=False)), **{one.key: one.value for one in call.kwargs}}
        values = [one.value for name in wanted if isinstance(one := given.get(name), nodes.Const)]
        if len(values) == len(wanted) and all(isinstance(one, str) for one in values):
            yield Named(call.lineno, call.node.name, *values)


def is_read(values: Mapping[str, Any]) -> bool:
    """Tell whether chapters have template code in its usual form, by the settings of a site; without any, they have."""
    options = plugins(values).get("macros")
    if options is None:
        return not values
    return options.get("render_by_default", True) is True and not any(str(key).startswith("j2_") for key in options)
