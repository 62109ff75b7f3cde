"""The settings of the site in ``mkdocs.yml``, and faults of them that MkDocs does not check but fails on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pathspec
import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml_env_tag import construct_env_tag

from smartguide.findings import Finding, Place, Severity, did_you_mean, quoted
from smartguide.reading import Document, Reader, conflicts, cut_off, described, said_of_comment, unwanted
from smartguide.reading.syntax_errors import CHECK_ALL, explain

FILE: Final = "mkdocs.yml"
OTHER_FILE: Final = "mkdocs.yaml"
"""How MkDocs takes the name of the file, too; everything else that reads the settings knows the first only."""
URLS: Final = {"site_url": "SITE_URL", "repo_url": "REPO_URL"}
"""The settings that hold a URL, and the variables of the environment that they are taken from."""
PYTHON_NAME: Final = "tag:yaml.org,2002:python/name:"
"""How the tag of a value begins that is something of Python: ``!!python/name:package.module.name``."""


class Loader(yaml.SafeLoader):
    """Reads the settings as data: ``!ENV`` takes a value from the environment; no other tag does anything."""


def _from_environment(loader: Loader, node: Node) -> Any:
    """Return what ``!ENV`` stands for. Raises ConstructorError where it names no variable."""
    names = node.value if isinstance(node, SequenceNode) else [node]
    names = names[:-1] if len(names) > 1 else names  # the last is what holds if no variable is set
    for name in names:
        if not isinstance(name, ScalarNode) or not _VARIABLE.fullmatch(name.value):
            message = "!ENV names no variable of the environment"
            raise yaml.constructor.ConstructorError(None, None, message, name.start_mark)
    return construct_env_tag(loader, node)


def _unread(loader: Loader, suffix: str, node: Node) -> None:
    """Return nothing for a tag that only an engine reads: ``!relative``, ``!!python/name:...``."""


Loader.add_constructor("!ENV", _from_environment)
Loader.add_multi_constructor("!relative", _unread)
Loader.add_multi_constructor("tag:yaml.org,2002:python/", _unread)

_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TAG: Final = re.compile(r"could not determine a constructor for the tag '(?P<tag>[^']*)'")
_HINTS: Final = {
    "!ENV names no variable of the environment": "write !ENV NAME, or !ENV [NAME, what holds if it is not set]",
    "found unhashable key": "a key must be a word, not a list or a mapping",
}
"""What to do about some things that the reader of YAML says."""
_SITE_PATH: Final = re.compile(r"[/\w.~%-]*")
"""What may be in the path of the site: what ``security_policy`` knows in the theme's own script."""


class SettingsError(Exception):
    """The settings cannot be used; ``findings`` say why, ``settings`` are what could be read of them."""

    def __init__(self, findings: list[Finding], settings: Settings | None = None) -> None:
        super().__init__("\n".join(finding.as_text() for finding in findings))
        self.findings = findings
        self.settings = settings or Settings()


@dataclass(frozen=True)
class FormPage:
    """The page with the form for records: its URL (empty without one), and where a record can be sent to.

    ``url`` is relative to the root of the site, ``email`` the address for records by e-mail, ``repository`` the URL of
    the repository.
    """

    url: str = ""
    email: str = ""
    repository: str = ""


@dataclass(frozen=True)
class Settings:
    """The settings of a site: ``values`` as they are in ``mkdocs.yml``, ``places`` where each of them stands.

    ``key_places`` is where their names stand. ``navigation`` holds the targets that the navigation names, with their
    places; None if there is no navigation. ``warnings`` are findings with which a site can be built all the same.
    ``document`` says where everything else stands.
    """

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    navigation: tuple[tuple[str, Place], ...] | None = None
    key_places: dict[str, Place] = field(default_factory=dict)
    warnings: tuple[Finding, ...] = ()
    document: Document = field(default_factory=lambda: Document(FILE))

    @property
    def not_in_nav(self) -> pathspec.GitIgnoreSpec:
        """The chapters that are left out of the navigation on purpose, by the patterns of MkDocs."""
        return pathspec.GitIgnoreSpec.from_lines(str(self.values.get("not_in_nav") or "").splitlines())

    @property
    def form(self) -> FormPage:
        """The page with the form for records, and what it needs to know of the settings."""
        extra = self.values.get("extra")
        ours = extra.get("smartguide") if isinstance(extra, dict) else None
        named = ours if isinstance(ours, dict) else {}
        url = str(named.get("form") or "").strip("/")
        return FormPage(
            url=f"{url}/" if url else "",
            email=str(named.get("form_email") or ""),
            repository=str(self.values.get("repo_url") or ""),
        )

    @property
    def site_url(self) -> str:
        """The URL at which the site will be; an empty string if the settings have none."""
        return str(self.values.get("site_url") or "")


def read_settings(root: Path) -> Settings:
    """Return the settings of the project in ``root``, with what the environment sets; without the file, none.

    Raises SettingsError.
    """
    if not (root / FILE).exists():
        if (root / OTHER_FILE).exists():
            raise _error(Place(OTHER_FILE), f"the settings are read from {FILE}", f"rename it to {quoted(FILE)}")
        return Settings()
    if (root / OTHER_FILE).exists():
        raise _error(Place(OTHER_FILE), f"the settings are read from {FILE}, and not from here", "delete it")
    document = Reader(root, root / "content").text(root / FILE)
    if wrong := [*document.findings, *conflicts(FILE, document.data or "")]:
        raise SettingsError(wrong)
    settings = _parsed(str(document.data))
    keys = _twice(nodes_of(settings.document.root))
    if wrong := [*keys, *_wrong_urls(settings), *_impossible(settings)]:
        raise SettingsError(wrong, settings)
    return settings


def plugins(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the options of each plugin that settings name; what has a wrong form (which is told) is left out."""
    found = values.get("plugins", ["search"])
    entries = found.items() if isinstance(found, dict) else map(_entry, found if isinstance(found, list) else ())
    return {str(name): options if isinstance(options, dict) else {} for name, options in entries}


def _entry(entry: Any) -> tuple[Any, Any]:
    return next(iter(entry.items())) if isinstance(entry, dict) and entry else (entry, {})


KNOWN: Final = frozenset(
    (  # noqa: SIM905  # as a list of literals it would be three times as long
        "site_name nav pages site_url site_description site_author theme docs_dir site_dir copyright "
        "google_analytics dev_addr use_directory_urls repo_url repo_name edit_uri_template edit_uri "
        "extra_css extra_javascript extra_templates markdown_extensions mdx_configs strict remote_branch remote_name "
        "extra plugins hooks watch validation exclude_docs draft_docs not_in_nav INHERIT"
    ).split()
)
"""The settings of MkDocs, ProperDocs and Zensical."""


def unknown_settings(settings: Settings) -> Iterator[Finding]:
    """Yield the settings that no engine has: they would do nothing."""
    for name in settings.values:
        if name not in KNOWN:
            place = settings.key_places.get(name, Place(FILE))
            hint = did_you_mean(str(name), KNOWN) or "what is for templates only stands below 'extra'"
            message = f"no setting {quoted(name)}"
            yield Finding(place, "settings", message, hint=hint, severity=Severity.WARNING)


def _parsed(text: str) -> Settings:
    """Return the settings, and the place of each. Raises SettingsError."""
    document = Document(FILE, text=text)
    try:
        _ = document.root  # which says more plainly what is no YAML
        loader = Loader(text)
        root = loader.get_single_node()
        settings = loader.construct_document(root) if root else {}
    except yaml.MarkedYAMLError as error:
        raise SettingsError([_syntax(error, text)]) from error
    except yaml.reader.ReaderError as error:
        good = text[: error.position]
        place = Place(FILE, good.count("\n") + 1, len(good) - good.rfind("\n"))
        raise _error(place, f"not readable as YAML: {error.reason}", "delete the character") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _error(Place(FILE), f"not readable as YAML: {error}", CHECK_ALL) from error
    document.data = settings
    if not isinstance(settings, dict):
        raise _error(Place(FILE, 1, 1), "must be a mapping of settings", "write 'site_name: …' and so on")
    scalars = [node for node in nodes_of(root) if isinstance(node, ScalarNode)]
    if wrong := list(_unwanted_characters(scalars)):
        raise SettingsError(wrong)
    nodes = {str(key.value): value for key, value in (root.value if root else ())}
    navigation = tuple(_targets(nodes["nav"])) if "nav" in nodes else None
    keys = {str(key.value): _place(key) for key, _ in (root.value if root else ())}
    places = {key: _place(node) for key, node in nodes.items()}
    return Settings(settings, places, navigation, keys, tuple(_cut_off(scalars, text)), document)


def _syntax(error: yaml.MarkedYAMLError, text: str) -> Finding:
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or error)
    if mark is None:
        return Finding(Place(FILE), "settings", f"not readable as YAML: {problem}", hint=CHECK_ALL)
    place = Place(FILE, mark.line + 1, mark.column + 1)
    if unknown := _TAG.match(problem):
        hint = did_you_mean(unknown["tag"], ("!ENV", "!relative")) or "take it out, or put the whole text in quotes"
        return Finding(place, "settings", f"no tag {quoted(unknown['tag'])}", hint=hint)
    if hint := _HINTS.get(problem, ""):
        return Finding(place, "settings", problem, hint=hint)
    context = (error.context_mark.line, error.context_mark.column) if error.context_mark else None
    found = explain(problem, text, (mark.line, mark.column), context)
    return Finding(Place(FILE, found.line + 1, found.column + 1), "settings", found.message, hint=found.hint)


def nodes_of(node: Node | None) -> Iterator[Node]:
    """Yield a node and all below it, keys too; what an alias repeats only once."""
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, SequenceNode):
            waiting += reversed(node.value)
        elif isinstance(node, MappingNode):
            waiting += reversed([one for pair in node.value for one in pair])


def _twice(nodes: Iterable[Node]) -> Iterator[Finding]:
    """Yield the keys that stand in a mapping again: an engine would take the last, and say nothing."""
    for node in nodes:
        first: dict[str, Node] = {}
        for key, _ in node.value if isinstance(node, MappingNode) else ():
            name = str(key.value)
            if isinstance(key, ScalarNode) and name != "<<" and first.setdefault(name, key) is not key:
                line = first[name].start_mark.line + 1
                message = f"the key {quoted(name)} stands here for the second time (first on line {line})"
                yield Finding(_place(key), "settings", message, hint="keep one of them")


def _unwanted_characters(scalars: Iterable[ScalarNode]) -> Iterator[Finding]:
    for node in scalars:
        if char := unwanted(str(node.value)):
            message, hint = described(char)
            yield Finding(_place(node), "settings", message, hint=hint)


def _cut_off(scalars: Iterable[ScalarNode], text: str) -> Iterator[Finding]:
    """Yield what stands behind a plain text and is taken for a comment, though it may be part of the text."""
    lines = text.split("\n")
    for node in scalars:
        number = node.end_mark.line
        if not node.style and number < len(lines) and (lost := cut_off(lines[number], node.end_mark.column)):
            message, hint = said_of_comment(lost)
            place = Place(FILE, number + 1, lines[number].index(lost, node.end_mark.column) + 1)
            yield Finding(place, "comment", message, hint=hint, severity=Severity.WARNING)


def _place(node: Node) -> Place:
    return Place(FILE, node.start_mark.line + 1, node.start_mark.column + 1)


def _targets(node: Node) -> Iterator[tuple[str, Place]]:
    """Yield what a navigation leads to: the texts that are no titles."""
    if isinstance(node, ScalarNode):
        yield str(node.value), _place(node)
    elif isinstance(node, SequenceNode):
        for child in node.value:
            yield from _targets(child)
    elif isinstance(node, MappingNode):
        for _, child in node.value:
            yield from _targets(child)


def _wrong_urls(settings: Settings) -> Iterator[Finding]:
    for key, variable in URLS.items():
        url = "" if settings.values.get(key) is None else str(settings.values[key])
        if url and (why := _why_no_url(url, is_site=key == "site_url")):
            hint = f"fix the variable {variable} of the environment" if variable in os.environ else _right_url(url)
            yield Finding(settings.places.get(key, Place(FILE)), "settings", f"{quoted(url)} {why}", key, hint)


def _impossible(settings: Settings) -> Iterator[Finding]:
    """Yield the settings with which a site would be built that lacks pages, or whose links lead nowhere."""
    for key, (needed, why) in _NEEDED.items():
        if settings.values.get(key, needed) != needed:
            place = settings.places.get(key, Place(FILE))
            yield Finding(place, "settings", f"{key}: {why}", hint="take it out")
    found = settings.values.get("plugins") or []
    entries = found if isinstance(found, dict | list) else ()
    names = list(found) if isinstance(found, dict) else [_entry(entry)[0] for entry in entries]
    for number, name in enumerate(names):
        if isinstance(name, str) and name in OTHER_SEARCH:
            place = settings.document.key_at(("plugins", name if isinstance(found, dict) else number))
            message = f"the plugin {quoted(name)}: the site has a search of its own, and would have two"
            yield Finding(place, "settings", message, hint="take it out, with its options")


OTHER_SEARCH: Final = frozenset({"search", "material/search"})
"""The plugin of the theme's search, under its names."""
_NEEDED: Final = {
    "use_directory_urls": (True, "must be true: the page of a record is a folder, and links lead there"),
    "docs_dir": ("content", "must be content: records and chapters are read from there"),
}
"""Settings that must have one value if they are there, and why."""


def _why_no_url(url: str, *, is_site: bool) -> str:
    """Say why an engine or a page could not use a URL; an empty string if they can."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # which is looked at only now
    except ValueError as error:
        return f"is no URL: {error}"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "is no URL that begins with https:// and a host"
    if not url.isprintable() or any(char in url for char in " \"'<>\\"):
        return "has a blank or another character in it that no URL has"
    if is_site and (parts.query or parts.fragment or not _SITE_PATH.fullmatch(parts.path)):
        return "has a path with more than letters, digits and / . _ ~ % -"
    return ""


def _right_url(url: str) -> str:
    """Say what to write for a URL that is none."""
    bare = re.sub(r"^(?:https?)?:?/*", "", url, flags=re.IGNORECASE)
    candidate = f"https://{bare}"
    is_clear = "." in bare.partition("/")[0] and candidate != url and not _why_no_url(candidate, is_site=True)
    return f"write {candidate}" if is_clear else "write a whole URL, such as https://guide.example/"


def _error(place: Place, message: str, hint: str = "") -> SettingsError:
    return SettingsError([Finding(place, "settings", message, hint=hint)])
