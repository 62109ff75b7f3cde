"""Template code of chapters: what of it is code, and whether it can be read.

In code that a chapter shows (fences and backticks) nothing is template code, so that ``${{ secrets.X }}`` is shown as
it is written. ``{#part}`` behind a heading gives the heading its id, and is no comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import jinja2
from jinja2 import nodes

from smartguide.findings import quoted
from smartguide.settings import plugins

_PARTS: Final = re.compile(
    r"(?P<raw>\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\})"
    r"|(?P<fence>^(?P<open>[ \t>]*(?P<mark>`{3,}|~{3,})[^\n`]*\n)(?P<code>.*?)(?P<close>^[ \t>]*(?P=mark)[`~]*[ \t]*$))"
    r"|(?P<span>(?<![`\\])(?P<ticks>`{1,2})(?!`)(?:(?!\n\s*\n)[^`]){1,500}(?P=ticks)(?!`))"
    r"|(?P<id>\{#(?=[\w:.-]+(?:[ \t][^{}\n#]*)?\}(?!\})))",
    re.DOTALL | re.MULTILINE,
)
_CODE: Final = re.compile(r"\{[{%#]")
_BORROWING: Final = (nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends)
OWN_MODULE: Final = "smartguide.engines.macros"
"""The module of the macros, as the settings name it."""


class Macro(NamedTuple):
    """The parameters of a macro of chapters; ``takes_others`` if it hands on whatever else it is given by name."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    takes_others: bool = False


MACROS: Final = {
    "link": Macro(("collection", "record_id"), ("label",)),
    "part": Macro(("name",), takes_others=True),
    "count": Macro(("collection",)),
    "href": Macro(("url",)),
    "record_form": Macro((), ("first",)),
    "record_page": Macro(("collection", "record_id"), ("name",)),
    "index_page": Macro(("collection",), ("name",)),
}
"""What chapters can call. ``engines.macros`` has the functions."""
OF_ENGINES: Final = frozenset(
    (  # noqa: SIM905  # as a list of literals it would be three times as long
        "caller config context cycler dict environment extra files filters filters_builtin fix_url generator git "
        "joiner kwargs lipsum loop macros macros_info namespace navigation now page plugin range self super varargs "
        "title description hide tags search crumbs"
    ).split()
)
"""What else chapters can name: of Jinja, of mkdocs-macros, and the keys of front matter."""


class Named(NamedTuple):
    """What a chapter names in a line: a macro that is called, or (without ``given``) any other name.

    ``given`` are the values of its parameters that are written out, by name; ``wrong`` says what is wrong with the
    call by itself.
    """

    line: int
    name: str
    given: Mapping[str, str] | None = None
    wrong: str = ""


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
    """Yield what the template code of a chapter names: calls of macros, and names that nothing in it declares.

    Nothing is yielded for template code that cannot be read: ``fault`` tells what is wrong with it.
    """
    if not _CODE.search(text):
        return
    try:
        tree = jinja2.Environment().parse(protected(text))  # noqa: S701  # nothing is rendered
    except (jinja2.TemplateSyntaxError, RecursionError):
        return
    calls = [one for one in tree.find_all(nodes.Call) if isinstance(one.node, nodes.Name) and one.node.name in MACROS]
    unquoted: set[int] = set()
    if not any(True for _ in tree.find_all(_BORROWING)):
        names = list(tree.find_all(nodes.Name))
        declared = {one.name for one in names if one.ctx != "load"} | {one.name for one in tree.find_all(nodes.Macro)}
        unknown = {id(one): one for one in names if one.name not in {*declared, *MACROS, *OF_ENGINES}}
        unquoted = unknown.keys() & {id(one) for call in calls for one in call.find_all(nodes.Name)}
        yield from (Named(one.lineno, one.name) for key, one in unknown.items() if key not in unquoted)
    for call in calls:
        without_quotes = next((one.name for one in call.find_all(nodes.Name) if id(one) in unquoted), "")
        yield _called(call, without_quotes)


def _called(call: nodes.Call, without_quotes: str) -> Named:
    """Return a call of a macro; ``without_quotes`` is a name in it that nothing has."""
    name = call.node.name if isinstance(call.node, nodes.Name) else ""
    macro = MACROS[name]
    known = (*macro.required, *macro.optional)
    given = {**dict(zip(known, call.args, strict=False)), **{one.key: one.value for one in call.kwargs}}
    wrong = ""
    if without_quotes:
        wrong = f"is given {quoted(without_quotes)}, which is no text: it lacks quotes"
    elif call.dyn_args is None and call.dyn_kwargs is None:
        missing = [one for one in macro.required if one not in given]
        surplus = [one for one in given if one not in known] if not macro.takes_others else []
        if missing:
            wrong = f"lacks {' and '.join(quoted(one) for one in missing)}"
        elif len(call.args) > len(known):
            wrong = f"has {len(call.args)} values, and takes {len(known)}"
        elif surplus:
            wrong = f"has no parameter {quoted(surplus[0])}"
    texts = {key: one.value for key, one in given.items() if isinstance(one, nodes.Const)}
    return Named(call.lineno, name, {key: one for key, one in texts.items() if isinstance(one, str)}, wrong)


def is_read(values: Mapping[str, Any]) -> bool:
    """Tell whether chapters have template code in its usual form, by the settings of a site; without any, they have."""
    options = plugins(values).get("macros")
    if options is None:
        return not values
    return options.get("render_by_default", True) is True and not any(str(key).startswith("j2_") for key in options)


def has_other_macros(values: Mapping[str, Any], root: Path) -> bool:
    """Tell whether chapters of the project in ``root`` may name what this package does not know, by its settings."""
    options = plugins(values).get("macros") or {}
    modules = options.get("modules") not in (None, [], [OWN_MODULE])
    main = str(options.get("module_name") or "main")
    files = (root / f"{main}.py", root / main)
    return bool(modules or options.get("include_yaml")) or any(one.exists() for one in files)
