"""The values in ``mkdocs.yml``: what an engine would refuse, or pass over without a word, is told on its line.

The form of the values is in ``settings.schema.json``. Plugins, themes and extensions of Markdown are those that are
installed. No code is run that only the settings name, but that of an installed extension of Markdown.
"""

from __future__ import annotations

import ast
import importlib.util
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from smartguide.checks import schema_errors
from smartguide.findings import Finding, did_you_mean, key_path, quoted
from smartguide.model import schema_files
from smartguide.model.kinds import Kind
from smartguide.reading import Document, Path_
from smartguide.settings import OTHER_SEARCH, PYTHON_NAME, Settings, nodes_of

RULE: Final = "settings"
NAVIGATION: Final = "nav"
OWN_PLUGIN: Final = "smartguide"
_OURS: Final = frozenset({OWN_PLUGIN, "macros"})
"""The plugins whose work is done under each engine."""
_THEMES: Final = ("material", "zensical")
"""Packages with the files of themes."""
_OWN_THEME: Final = Path(__file__).parents[1] / "theme"
_OTHER_TOOLTIPS: Final = "content.tooltips"
_MOST: Final = 50
"""So many levels deep settings are looked at."""


def check(root: Path, settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with the settings of the project in ``root``, but unknown ones."""
    document = settings.document
    if document.data is None:
        return
    data = {key: value for key, value in _as_json(document.data).items() if value is not None or key == "site_name"}
    if "INHERIT" in data:
        data.setdefault("site_name", "…")  # it may be there
    wrong = [replace(one, rule=RULE) for one in schema_errors.check(_kind(), document, data)]
    wrong += _navigation(document, document.data.get(NAVIGATION), (NAVIGATION,))
    yield from wrong
    told = {one.key for one in wrong}
    for key, one in (("plugins", _plugins), ("markdown_extensions", _markdown_extensions)):
        named = list(_named(document, key))
        for name, options, way in named:
            if isinstance(name, Finding):
                yield name
            else:
                yield from one(document, name, options, way, data)
        if key == "plugins" and "INHERIT" not in data and key not in told:
            yield from _without_own_plugin(document, [str(name) for name, *_ in named])
    if "theme" not in told:
        yield from _theme(root, document, data.get("theme"))
    yield from _files(root, document, data)
    yield from _python_names(document)


@cache
def _kind() -> Kind:
    return schema_files.load(schema_files.OWN).by_name["settings"]


def _as_json(value: Any, depth: int = 0) -> Any:
    """Return a value such as JSON could hold: a date as a number, which is what its text is not, and keys as texts."""
    if depth > _MOST:
        return None
    if isinstance(value, dict):
        return {str(key): _as_json(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_json(one, depth + 1) for one in value]
    if value is None or isinstance(value, str | bool) or (isinstance(value, int) and abs(value) < 2**63):
        return value
    return value if isinstance(value, float) and math.isfinite(value) else 0


def _navigation(document: Document, value: Any, way: Path_) -> Iterator[Finding]:
    """Yield the entries of a navigation that are neither a page nor a title with what is below it."""
    for number, entry in enumerate(value if isinstance(value, list) else ()):
        here = (*way, number)
        place = document.value_at(here)
        if isinstance(entry, dict) and len(entry) == 1:
            ((title, below),) = entry.items()
            if isinstance(below, list):
                if not below:
                    yield _wrong(document, (*here, title), "nothing is below it", "write pages below it, or delete it")
                yield from _navigation(document, below, (*here, title))
            elif below is None:
                message = f"the entry {quoted(title)} leads nowhere"
                yield _wrong(document, (*here, title), message, f"write '- {title}: ' and the file of its page")
            elif isinstance(below, dict):
                hint = "begin each line below it with '- '"
                yield _wrong(document, (*here, title), f"what is below {quoted(title)} is no list", hint)
            elif not isinstance(below, str):
                yield _wrong(document, (*here, title), f"{quoted(below)} is no page", "write the file of a page")
        elif isinstance(entry, dict) and entry:
            second = list(entry)[1]
            hint = f"begin {quoted(second)} with '- '; if it is below {quoted(next(iter(entry)))}, indent it as well"
            message = "an entry has one title, and here are two"
            yield Finding(document.key_at((*here, second)), RULE, message, key_path(here), hint)
        elif not isinstance(entry, str) or not entry:
            hint = "write the file of a page, or its title, ': ' and the file"
            yield Finding(place, RULE, "an entry of the navigation is neither a page nor a title", key_path(here), hint)


def _named(document: Document, key: str) -> Iterator[tuple[Any, Any, Path_]]:
    """Yield the name and the options of each plugin or extension of a setting, with the way to them.

    In the place of a name is a finding, if an entry has more than one.
    """
    value = document.data.get(key)
    if isinstance(value, dict):
        yield from ((str(name), options, (key, str(name))) for name, options in value.items())
        return
    for number, entry in enumerate(value if isinstance(value, list) else ()):
        way = (key, number)
        if isinstance(entry, str):
            yield entry, None, way
        elif isinstance(entry, dict) and len(entry) == 1:
            ((name, options),) = entry.items()
            yield str(name), options, (*way, str(name))
        elif isinstance(entry, dict) and entry:
            first, second = list(entry)[:2]
            hint = f"indent it by two more spaces if it is an option of {quoted(first)}, else begin it with '- '"
            message = f"{quoted(second)} stands beside {quoted(first)}, and an entry has one name"
            yield Finding(document.key_at((*way, second)), RULE, message, key_path(way), hint), None, way
            yield str(first), None, (*way, str(first))


def _without_own_plugin(document: Document, names: Collection[str]) -> Iterator[Finding]:
    if OWN_PLUGIN in names or any(did_you_mean(name, [OWN_PLUGIN]) for name in names if name not in _OURS):
        return  # it is there, or misspelt, which is told
    key = "plugins"
    has_any = key in document.data
    hint = f"add '- {OWN_PLUGIN}' above '- macros'" if has_any else f"write '{key}: [{OWN_PLUGIN}, macros]'"
    message = f"the plugin {quoted(OWN_PLUGIN)} is missing, which brings the records into the site"
    yield Finding(document.key_at((key,)), RULE, message, key, hint)


def _plugins(document: Document, name: str, options: Any, way: Path_, data: Mapping[str, Any]) -> Iterator[Finding]:
    installed = _installed("mkdocs.plugins")
    theme = _theme_name(data.get("theme"))
    short = {one.removeprefix(f"{theme}/") for one in installed if one.startswith(f"{theme}/")}
    if _spec("mkdocs") is None or name in _OURS or name in OTHER_SEARCH:
        return  # the settings' schema says which options ours have, and reading the settings that the others cannot be
    if name not in {*installed, *short}:
        yield _unknown(document, way, "plugin", name, {*installed, *short, *_OURS} - OTHER_SEARCH)
        return
    if isinstance(options, dict):
        try:
            plugin: Any = (installed.get(f"{theme}/{name}") or installed[name]).load()
            known = [one for one, _ in plugin.config_scheme]
        except Exception as error:  # noqa: BLE001  # whatever the code of a plugin raises
            message = f"the plugin {quoted(name)} cannot be loaded: {error}"
            yield _wrong(document, way, message, "install what it needs, or take it out")
            return
        yield from _unknown_options(document, way, name, options, known)


def _markdown_extensions(
    document: Document, name: str, options: Any, way: Path_, _: Mapping[str, Any]
) -> Iterator[Finding]:
    installed = _installed("markdown.extensions")
    module = name.partition(":")[0]
    if name not in installed and not is_module(module):
        yield _unknown(document, way, "extension of Markdown", name, {*installed, *_pymdownx()})
        return
    known_names = _names_in(module) if name not in installed else None
    if known_names is not None and "makeExtension" not in known_names and ":" not in name:
        yield _wrong(document, way, f"{quoted(name)} is no extension of Markdown", "correct the name, or take it out")
        return
    if not isinstance(options, dict) or not options:
        return
    import markdown  # which takes a while, and most settings do not need it

    try:
        known = markdown.Markdown().build_extension(name, {}).config
    except Exception as error:  # noqa: BLE001  # whatever the code of an extension raises
        message = f"the extension of Markdown {quoted(name)} cannot be loaded: {error}"
        yield _wrong(document, way, message, "take it out, or correct its name")
        return
    yield from _unknown_options(document, way, name, options, known)


def _pymdownx() -> Iterator[str]:
    """Yield the extensions that are known by their modules only."""
    found = _spec("pymdownx")
    for folder in (found.submodule_search_locations or ()) if found else ():
        yield from (f"pymdownx.{path.stem}" for path in Path(folder).glob("[a-z]*.py"))


def _unknown_options(
    document: Document, way: Path_, name: str, options: Mapping[Any, Any], known: Iterable[str]
) -> Iterator[Finding]:
    names = sorted(known)
    for option in map(str, options):
        if option not in names:
            hint = did_you_mean(option, names) or (f"there are: {', '.join(names)}" if names else "it has none")
            place = document.key_at((*way, option))
            yield Finding(place, RULE, f"{quoted(name)} has no option {quoted(option)}", key_path(way), hint)


def _theme(root: Path, document: Document, theme: Any) -> Iterator[Finding]:
    options = theme if isinstance(theme, dict) else {}
    way: Path_ = ("theme", "name") if isinstance(theme, dict) else ("theme",)
    name = _theme_name(theme)
    installed = {*_installed("mkdocs.themes"), "material"}
    if name and name not in installed:
        yield _unknown(document, way, "theme", name, installed)
    folder = options.get("custom_dir")
    if isinstance(folder, str) and not (root / folder).is_dir():
        near = did_you_mean(folder, [one.name for one in root.iterdir() if one.is_dir()])
        hint = near or "make it, or take it out"
        yield _wrong(document, ("theme", "custom_dir"), f"no folder {quoted(folder)}", hint)
    features = options.get("features")
    for number, feature in enumerate(features if isinstance(features, list) else ()):
        if feature == _OTHER_TOOLTIPS:
            message = f"{quoted(feature)} shows the text of a tooltip as HTML, and the generator has its own tooltips"
            yield _wrong(document, ("theme", "features", number), message, "take it out")
    language = options.get("language")
    if isinstance(language, str) and name == "material":
        known = _languages()
        if known and language not in known:
            near = did_you_mean(language, known, 80) or "write two letters, such as en"
            yield _wrong(document, ("theme", "language"), f"the theme has no language {quoted(language)}", near)


@cache
def _installed(group: str) -> Mapping[str, EntryPoint]:
    """Return what installed packages offer of a kind, by name: looked for once, as that takes a while."""
    return {one.name: one for one in entry_points(group=group)}


@cache
def _languages() -> frozenset[str]:
    """Return the languages of the themes that are installed."""
    return frozenset(path.stem for one in _THEMES for path in _package(one).glob("**/partials/languages/*.html"))


def _theme_name(theme: Any) -> str:
    found = theme.get("name") if isinstance(theme, dict) else theme
    return found if isinstance(found, str) else ""


def _spec(name: str) -> ModuleSpec | None:
    """Return what is known of a package that can be imported, without running it; None if there is none."""
    try:
        return importlib.util.find_spec(name) if name else None
    except (ImportError, ValueError):
        return None


def _package(name: str) -> Path:
    """Return the folder of an installed package; one that does not exist if it is not installed."""
    found = _spec(name)
    return Path(found.origin).parent if found and found.origin else Path(name) / "is not installed"


def _files(root: Path, document: Document, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the style sheets, scripts, hooks and folders that the settings name and that do not exist."""
    theme = data.get("theme")
    own = theme.get("custom_dir") if isinstance(theme, dict) else None
    ours = [root / "content", *([root / own] if isinstance(own, str) else [])]
    for key in ("extra_css", "extra_javascript", "hooks", "watch"):
        of_site = key.startswith("extra_")
        if of_site and not all(map(Path.is_dir, ours)):
            continue  # that the folder is missing is told
        folders = [*ours, _OWN_THEME, *(_package(name) / "templates" for name in _THEMES)] if of_site else [root]
        put = f"put it below {own or 'content'}/" if of_site else "correct the path"
        for number, entry in enumerate(data[key] if isinstance(data.get(key), list) else ()):
            name = entry.get("path") if isinstance(entry, dict) else entry
            way: Path_ = (key, number, "path") if isinstance(entry, dict) else (key, number)
            if not isinstance(name, str) or urlsplit(name).scheme or name.startswith("//"):
                continue
            wanted = urlsplit(name).path if of_site else name
            if not any((folder / wanted).exists() for folder in folders):
                near = {one for folder in (ours if of_site else [root]) for one in _below(folder, deep=of_site)}
                hint = did_you_mean(name, near) or f"{put}, or take it out"
                yield _wrong(document, way, f"no file {quoted(name)}", hint)
    yield from _form(root, document, data)
    inherited = data.get("INHERIT")
    if isinstance(inherited, str) and not (root / inherited).is_file():
        yield _wrong(document, ("INHERIT",), f"no file {quoted(inherited)}", "correct the path, or take it out")


def _form(root: Path, document: Document, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the page with the form for records, if there is no chapter with its URL: each record links to it."""
    extra = data.get("extra")
    own = extra.get("smartguide") if isinstance(extra, dict) else None
    url = own.get("form") if isinstance(own, dict) else None
    name = url.strip("/") if isinstance(url, str) else ""
    if name and not any((root / "content" / path).is_file() for path in (f"{name}.md", f"{name}/index.md")):
        hint = f"write the chapter content/{name}.md with {{{{ record_form() }}}} in it, or take out the setting"
        yield _wrong(document, ("extra", "smartguide", "form"), f"no chapter has the URL {quoted(url)}", hint)


def _below(folder: Path, *, deep: bool) -> Iterator[str]:
    """Yield what the style sheets and scripts of a folder are called, or (not ``deep``) all that is in it."""
    for path in folder.rglob("*") if deep else folder.iterdir():
        if not deep or path.suffix in {".css", ".js", ".mjs"}:
            yield path.relative_to(folder).as_posix()


def _python_names(document: Document) -> Iterator[Finding]:
    """Yield each ``!!python/name:`` of something that does not exist. Nothing is imported for that."""
    for node in nodes_of(document.root):
        if not node.tag.startswith(PYTHON_NAME):
            continue
        name = node.tag.removeprefix(PYTHON_NAME)
        module, _, wanted = name.rpartition(".")
        if (names := _names_in(module)) is not None and wanted not in names:
            hint = did_you_mean(wanted, names) if names else "correct the name, or install what it is in"
            message = f"the module {quoted(module)} has no {quoted(wanted)}" if names else f"no module {quoted(module)}"
            yield Finding(document.place(node), RULE, message, hint=hint or "correct the name")


def _names_in(module: str) -> set[str] | None:
    """Return what a module defines: nothing if it does not exist, None if that cannot be seen without running it."""
    if not is_module(module):
        return set()
    path = _file(module)
    if path is None or path.suffix != ".py":
        return None
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(one.asname or one.name).partition(".")[0] for one in node.names}
    return None if "*" in names or "__getattr__" in names else names


def is_module(name: str) -> bool:
    """Tell whether there is a module of that name, without running it or what it is in."""
    first, _, rest = name.partition(".")
    found = _spec(first)
    return found is not None and (not rest or found.submodule_search_locations is None or _file(name) is not None)


def _file(name: str) -> Path | None:
    """Return the file of a module; None if it is not found as a file."""
    first, *rest = name.split(".")
    found = _spec(first)
    if found is None:
        return None
    if not rest:
        return Path(found.origin) if found.origin else None
    for folder in found.submodule_search_locations or ():
        path = Path(folder, *rest)
        for file in (path / "__init__.py", *path.parent.glob(f"{path.name}.*")):
            if file.suffix in {".py", ".so", ".pyd"} and file.is_file():
                return file
    return None


def _unknown(document: Document, way: Path_, what: str, name: str, known: Iterable[str]) -> Finding:
    hint = did_you_mean(name, known) or "correct the name, install it, or take it out"
    return _wrong(document, way, f"no {what} {quoted(name)} is installed", hint)


def _wrong(document: Document, way: Path_, message: str, hint: str) -> Finding:
    is_value = way[-1] in {"name", "custom_dir", "language", "theme", "path", "INHERIT"} or isinstance(way[-1], int)
    place = document.value_at(way) if is_value else document.key_at(way)
    return Finding(place, RULE, message, key_path(way), hint)
