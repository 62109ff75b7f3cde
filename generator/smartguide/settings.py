"""The settings of the site in ``mkdocs.yml``: what MkDocs does not check of them, but would fail on.

MkDocs checks the rest when it builds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import get_yaml_loader

from smartguide.findings import Finding, Place, quoted
from smartguide.reading import Reader

FILE: Final = "mkdocs.yml"
ADDRESSES: Final = {"site_url": "SITE_URL", "repo_url": "REPO_URL"}
"""The settings that hold an address, and the variables of the environment that they are taken from."""

_SITE_PATH: Final = re.compile(r"[/\w.~%-]*")
"""What may be in the path of the site: what ``security_policy`` knows in the theme's own script."""


class SettingsError(Exception):
    """The settings cannot be used; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(finding.as_text() for finding in findings))
        self.findings = findings


def read(root: Path) -> dict[str, Any]:
    """Return the settings of the project in ``root``, with what the environment sets; without the file, none.

    Raises SettingsError.
    """
    if not (root / FILE).exists():
        return {}
    document = Reader(root, root / "content").text(root / FILE)
    if document.findings:
        raise SettingsError(document.findings)
    settings, places = _parsed(document.data)
    if wrong := list(_wrong_addresses(settings, places)):
        raise SettingsError(wrong)
    return settings


def _parsed(text: str) -> tuple[dict[str, Any], dict[str, Place]]:
    """Return the settings, and the place of each. Raises SettingsError."""
    try:
        loader = get_yaml_loader(config=MkDocsConfig())(text)
        root = loader.get_single_node()
        settings = loader.construct_document(root) if root else {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(FILE, mark.line + 1, mark.column + 1) if mark else Place(FILE)
        raise _error(place, f"not readable as YAML: {error.problem or error}") from error
    except yaml.reader.ReaderError as error:
        good = text[: error.position]
        place = Place(FILE, good.count("\n") + 1, len(good) - good.rfind("\n"))
        raise _error(place, f"not readable as YAML: {error.reason}", "delete the character") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _error(Place(FILE), f"not readable as YAML: {error}") from error
    if not isinstance(settings, dict):
        raise _error(Place(FILE, 1, 1), "must be a mapping of settings", "write 'site_name: …' and so on")
    return settings, {
        str(key.value): Place(FILE, value.start_mark.line + 1, value.start_mark.column + 1)
        for key, value in (root.value if root else ())
    }


def _wrong_addresses(settings: dict[str, Any], places: dict[str, Place]) -> Iterator[Finding]:
    for key, variable in ADDRESSES.items():
        address = "" if settings.get(key) is None else str(settings[key])
        if address and (why := _why_no_address(address, is_site=key == "site_url")):
            hint = f"mend the variable {variable} of the environment" if variable in os.environ else "mend it"
            yield Finding(places.get(key, Place(FILE)), "settings", f"{quoted(address)} {why}", key, hint)


def _why_no_address(address: str, *, is_site: bool) -> str:
    """Say why MkDocs or a page could not use an address; an empty string if they can."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # which is looked at only now
    except ValueError as error:
        return f"is no address: {error}"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "is no address that begins with https:// and a host"
    if not address.isprintable() or any(char in address for char in " \"'<>\\"):
        return "has a blank or another character in it that no address has"
    if is_site and (parts.query or parts.fragment or not _SITE_PATH.fullmatch(parts.path)):
        return "has a path with more than letters, digits and / . _ ~ % -"
    return ""


def _error(place: Place, message: str, hint: str = "") -> SettingsError:
    return SettingsError([Finding(place, "settings", message, hint=hint)])
