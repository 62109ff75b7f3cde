"""The settings of a project as Zensical needs them, and what of them it would drop.

Zensical reads ``mkdocs.yml``, but passes over plugins and settings that it does not know, without a word. So these are
refused. The settings are read as data, changed and written again: with its ``INHERIT`` lists could only grow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from smartguide.engines import macros, markdown, zensical_macros
from smartguide.engines.errors import EngineError
from smartguide.engines.theme import SCRIPTS, STYLE_SHEETS, override_values
from smartguide.findings import Finding, Place
from smartguide.pages.text import escaped
from smartguide.reading import composed
from smartguide.session import Session
from smartguide.settings import FILE, plugins
from smartguide.site.shells import ShellPage

DOCS: Final = "docs"
SITE: Final = "site"
THEME: Final = "theme"
"""The folders beside the settings; Zensical wants all of them there."""

_PLUGINS: Final = frozenset({"macros", macros.PLUGIN})
"""The plugins whose work is done: Zensical does that of the macros itself, and we that of our own."""
_KNOWN: Final = frozenset(
    {
        "copyright", "dev_addr", "docs_dir", "draft_docs", "edit_uri", "edit_uri_template", "exclude_docs", "extra",
        "extra_css", "extra_javascript", "markdown_extensions", "nav", "not_in_nav", "plugins",
        "remote_branch", "remote_name", "repo_name", "repo_url", "site_author", "site_description", "site_dir",
        "site_name", "site_url", "strict", "theme", "use_directory_urls", "validation", "watch",
    }
)  # fmt: skip
"""The settings that Zensical knows."""
_CHECKED_BY_US: Final = {"invalid_links": False, "invalid_link_anchors": False}


@dataclass(frozen=True)
class _Tagged:
    """A value with a tag that only the engine reads: ``!ENV``, ``!!python/name:...``."""

    node: yaml.Node


class _Loader(yaml.SafeLoader):
    """Reads settings as data; values with other tags stay as they are written."""


class _Dumper(yaml.SafeDumper):
    """Writes them again."""


def _tagged(loader: yaml.Loader, suffix: str, node: yaml.Node) -> _Tagged:  # noqa: ARG001  # PyYAML's signature
    return _Tagged(node)


for _prefix in ("tag:yaml.org,2002:python/", "!"):
    _Loader.add_multi_constructor(_prefix, _tagged)
_Dumper.add_representer(_Tagged, lambda _, value: value.node)


def read(session: Session) -> dict[str, Any]:
    """Return the settings of a project, as they are written. Raises EngineError for what Zensical would drop."""
    text = composed((session.project.root / FILE).read_text(encoding="utf-8-sig"))
    settings: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506  # a subclass of the safe loader
    if found := list(_dropped(session, settings)):
        raise EngineError("", found)
    return settings


def written(session: Session, settings: Mapping[str, Any], shells: Iterable[ShellPage]) -> str:
    """Return the settings for a folder that has the chapters in ``docs/`` and the theme in ``theme/``, as YAML."""
    adapted = _adapted(session, settings, [page.path for page in shells])
    return yaml.dump(adapted, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


def _adapted(session: Session, settings: Mapping[str, Any], shells: Iterable[str]) -> dict[str, Any]:
    read = session.project.settings.values
    # with a slash at the end, the links to the repository would have two
    urls = {key: str(read[key]).rstrip("/") for key in ("repo_url", "edit_uri") if read.get(key)}
    theme = settings.get("theme") or {}
    theme = {"name": theme} if isinstance(theme, str) else theme
    extensions = settings.get("markdown_extensions") or []
    extensions = [{key: value} for key, value in extensions.items()] if isinstance(extensions, dict) else extensions
    meanings = session.renderer.tooltips.meanings
    values = override_values(session.checked.base, session.project.settings.site_url)
    return {
        **settings,
        **urls,
        "docs_dir": DOCS,
        "site_dir": SITE,
        "exclude_docs": None,  # what is left out is not in the folder
        "draft_docs": None,
        "not_in_nav": "\n".join(
            [*str(settings.get("not_in_nav") or "").splitlines(), *(f"/{path}" for path in shells)]
        ),
        **({"nav": _escaped_nav(settings["nav"])} if "nav" in settings else {}),
        "theme": {**theme, "custom_dir": THEME, "variant": "classic"},  # the look of Material
        "extra_css": [*STYLE_SHEETS, *(settings.get("extra_css") or [])],
        "extra": {**(settings.get("extra") or {}), **values},
        "extra_javascript": [
            *({"path": path, "type": "module"} for path in SCRIPTS),
            *(settings.get("extra_javascript") or []),
        ],
        "markdown_extensions": [*extensions, {markdown.__name__: {"meanings": meanings}}, zensical_macros.BRIDGE],
        "plugins": list(_adapted_plugins(session, settings)),
        "validation": _CHECKED_BY_US,
    }


def _escaped_nav(entry: Any) -> Any:
    """Return a navigation with its titles as HTML: the theme writes them as they are."""
    if isinstance(entry, list):
        return [_escaped_nav(one) for one in entry]
    if isinstance(entry, dict):
        return {escaped(str(title)): _escaped_nav(below) for title, below in entry.items()}
    return entry


def _adapted_plugins(session: Session, settings: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the plugins without our own, and with the macros led to the session."""
    for name, options in plugins(settings).items():
        if name == "macros":
            modules = [zensical_macros.BRIDGE if one == macros.__name__ else one for one in options.get("modules", [])]
            extensions = [*options.get("j2_extensions", []), zensical_macros.JINJA_EXTENSION]
            led = {"modules": modules, "j2_extensions": extensions, "on_error_fail": False}
            if options.get("include_dir"):
                led["include_dir"] = str(session.project.root / options["include_dir"])
            yield {name: {**options, **led}}
        elif name != macros.PLUGIN:
            yield {name: options}
    yield {"search": {"enabled": False}}  # the site has one of its own


def _dropped(session: Session, settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what Zensical would pass over."""
    places = session.project.settings.places
    for name in sorted(settings.keys() - _KNOWN):
        yield _finding(places.get(name, Place(FILE)), f"Zensical has no setting {name!r}, and would pass over it")
    place = places.get("plugins", Place(FILE))
    named = plugins(settings)
    for name in named.keys() - _PLUGINS:
        yield _finding(place, f"Zensical cannot run the plugin {name!r}, and would pass over it")
    if macros.PLUGIN not in named:
        yield _finding(place, "the plugin smartguide is missing", hint="add it before macros")
    options = named.get("macros", {})
    if options.get("include_yaml"):
        yield _finding(place, "Zensical would not find the files of include_yaml of the plugin 'macros'")
    module = str(options.get("module_name", "main"))
    for path in (f"{module}.py", f"{module}/__init__.py"):
        if (session.project.root / path).is_file():
            hint = "name it among the modules of the plugin macros, or build with another engine"
            yield _finding(Place(path), "Zensical would not find this module of macros", hint)


def _finding(place: Place, message: str, hint: str = "take it out, or build with another engine") -> Finding:
    return Finding(place, "engine", message, hint=hint)
