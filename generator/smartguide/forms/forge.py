"""Where the repository is, as far as the settings say: what links to its pages are made of."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from smartguide.settings import Settings

_EDIT: Final = re.compile(r"(?:-/)?(?:edit|blob|raw|tree|_edit|src/branch)/(?P<branch>[^/]+)/(?P<folder>.*?)/?\Z")


def forge(settings: Settings) -> dict[str, str]:
    """Return the kind of the forge, the repository's URL, its branch, and the folder of the project in it.

    The kind is ``github``, ``gitlab`` or an empty string if that is not known; so is everything that is not known.
    ``edit`` is how the URL of the page begins on which a file is changed: the path of the file follows it.
    """
    values = settings.values
    repository = str(values.get("repo_url") or "").rstrip("/")
    edit = str(values.get("edit_uri") or "").removeprefix(repository).lstrip("/")
    found = _EDIT.match(edit)
    folder = found["folder"].removesuffix("content").rstrip("/") if found else ""
    return {
        "kind": _kind(repository, edit, own_settings(settings)),
        "repository": repository,
        "branch": found["branch"] if found else "main",
        "folder": folder,
        "edit": f"{repository}/{edit[: found.start('folder')]}" if found and repository else "",
    }


def issues_url(settings: Settings) -> str:
    """Return the URL of the page for a new issue; an empty string if the forge is not known."""
    pages = {"github": "issues/new/choose", "gitlab": "-/issues/new"}
    found = forge(settings)
    page = pages.get(found["kind"], "")
    return f"{found['repository']}/{page}" if page and found["repository"] else ""


def own_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings of the generator itself: ``extra: smartguide:``."""
    extra = settings.values.get("extra")
    own = extra.get("smartguide") if isinstance(extra, dict) else None
    return own if isinstance(own, dict) else {}


def _kind(repository: str, edit: str, own: dict[str, Any]) -> str:
    if own.get("forge") in {"github", "gitlab"}:
        return str(own["forge"])
    host = urlsplit(repository).hostname or ""
    for name in ("github", "gitlab"):
        if name in host:
            return name
    return "gitlab" if edit.startswith("-/") else ""
