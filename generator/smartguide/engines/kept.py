"""What an engine made, kept between builds: it makes the same again if all that it was given is the same.

That is the chapters and other files, the settings, the theme, the page shells, the versions of all packages, and the
text that each macro gave. Whatever could make an engine look at something else (other plugins, hooks, template code
that asks for the time) lets nothing be kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import jinja2
from jinja2 import meta

from smartguide.checks import template_code
from smartguide.engines import macros, theme
from smartguide.files import write_text
from smartguide.keeping import digests
from smartguide.project import Project
from smartguide.session import Session
from smartguide.settings import FILE
from smartguide.site.shells import Shells

FOLDER: Final = "engine"
CALLS: Final = "engine.json"
PLUGINS: Final = frozenset({"smartguide", "macros"})
"""Plugins of which it is known what they look at."""
READING: Final = frozenset({"pymdownx.snippets", "pymdownx.b64"})
"""Extensions of Markdown that read files of their own."""
KNOWN: Final = frozenset({"config", "page"})
"""What the template code of a chapter may ask besides our macros: it follows from the settings and the chapter."""


class KeptEngine:
    """What an engine made of a session and its page shells; ``made_by`` tells engines and their options apart."""

    def __init__(self, folder: Path, made_by: list[Any], session: Session, shells: Shells) -> None:
        self._folder = folder / FOLDER
        self._file = folder / CALLS
        self._made_by = made_by
        self._session = session
        self._shells = shells

    @cached_property
    def _given(self) -> str:
        """What stands for all that the engine is given; an empty string if that is not known."""
        if not _can_be_kept(self._session):
            return ""
        return digests.of([*self._made_by, *_given(self._session, self._shells)])

    def restore(self, target: Path) -> bool:
        """Write what was made before to a folder that is not there yet, and tell whether that could be done."""
        if not self._file.is_file() or not self._given:
            return False
        try:
            kept = json.loads(self._file.read_bytes())
            if kept["given"] != self._given or not all(map(self._gives_the_same, kept["calls"])):
                return False
            shutil.copytree(self._folder, target)
            if digests.of_files(target) != kept["made"]:
                raise ValueError
            token = self._shells.markers.token
            for name in kept["shells"]:  # their markers are made anew, as those of each build
                text = (target / name).read_text(encoding="utf-8").replace(kept["token"], token)
                (target / name).unlink()
                if kept["token"] in name:
                    (target / name).parent.rmdir()
                write_text(target / name.replace(kept["token"], token), text)
        except (OSError, ValueError, LookupError, TypeError):  # none there, or damaged
            shutil.rmtree(target, ignore_errors=True)
            return False
        return True

    def keep(self, made: Path) -> None:
        """Keep what the engine has just made, unless something is wrong with it.

        What cannot be kept is made again the next time.
        """
        if not self._given or self._session.faults:
            return
        token = self._shells.markers.token
        try:
            written = [[one.page, one.name, one.values, one.named, digests.of(one.text)] for one in self._session.calls]
            content = {
                "given": self._given,
                "token": token,
                "shells": [f"{page.url}index.html" for page in self._shells.pages()],
                "made": digests.of_files(made),
                "calls": written,
            }
            text = json.dumps(content)
            if json.loads(text)["calls"] != [[*one[:2], list(one[2]), *one[3:]] for one in written]:
                return  # an argument that JSON would change
            self._file.unlink(missing_ok=True)
            shutil.rmtree(self._folder, ignore_errors=True)
            shutil.copytree(made, self._folder)
            write_text(self._file, text)
        except (OSError, ValueError, TypeError):
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)

    def _gives_the_same(self, call: list[Any]) -> bool:
        page, name, values, named, text = call
        try:
            given = macros.macros(self._session, lambda: str(page))[name](*values, **named)
        except Exception:  # noqa: BLE001  # whatever is wrong, the engine is to say
            return False
        return bool(digests.of(given) == text)


def _can_be_kept(session: Session) -> bool:
    """Tell whether all that the engine looks at is known."""
    known = KNOWN.union(macros.macros(session, str))
    project = session.project
    values = project.settings.values
    entries = values.get("plugins") or []
    plugins = entries if isinstance(entries, dict) else dict(_pair(entry) for entry in entries)
    modules = (plugins.get("macros") or {}).get("modules")
    has_own_code = (project.root / "main.py").exists() or (project.root / "main").exists()
    extensions = values.get("markdown_extensions") or []
    if any(_pair(entry)[0] in READING for entry in extensions) or "!!python" in _text(project):
        return False
    if values.get("hooks") or values.get("INHERIT") or not PLUGINS.issuperset(plugins) or has_own_code:
        return False
    options = {"include_yaml", "module_name"}  # which lead to other files
    if modules != [macros.__name__] or options.intersection(plugins["macros"]):
        return False
    env = jinja2.Environment()  # noqa: S701  # nothing is rendered
    for chapter in session.checked.base.chapters:
        text = (project.content / chapter).read_text(encoding="utf-8-sig")
        try:
            asked = meta.find_undeclared_variables(env.parse(template_code.protected(text)))
        except jinja2.TemplateError:
            return False
        if asked - known or re.search(r"\{%-?\s*(include|import|from|extends)\b", text):
            return False
    return True


def _pair(entry: Any) -> tuple[str, dict[str, Any]]:
    if isinstance(entry, dict) and len(entry) == 1:
        name, options = next(iter(entry.items()))
        return str(name), options if isinstance(options, dict) else {}
    return str(entry), {}


def _text(project: Project) -> str:
    return (project.root / FILE).read_text(encoding="utf-8-sig")


def _given(session: Session, shells: Shells) -> Iterable[Any]:
    """Yield what the engine is given, besides what macros give."""
    project = session.project
    yield digests.of_program()
    yield _text(project)
    yield digests.of(project.settings.values)
    yield os.environ.get("SOURCE_DATE_EPOCH")
    yield digests.of_files(project.root, _files(project))
    yield digests.of_files(_overrides(project))
    yield digests.of(session.renderer.tooltips.meanings)
    yield theme.override_values(session.checked.base, project.settings.site_url)
    token = shells.markers.token
    yield [(page.path.replace(token, ""), page.source.replace(token, "")) for page in shells.pages()]


def _overrides(project: Project) -> Path:
    """Return the folder of the project's overrides of the theme."""
    theme = project.settings.values.get("theme")
    named = theme.get("custom_dir") if isinstance(theme, dict) else None
    return project.root / named if isinstance(named, str) else project.theme


def _files(project: Project) -> Iterable[Path]:
    """Return the files that the engine could read: all but those of the records, which it gets from macros only.

    Where the settings do not say that YAML files are left out, they are files like any others.
    """
    left_out = {"*.yml", "*.yaml"} <= set(str(project.settings.values.get("exclude_docs") or "").split())
    found = project.content.rglob("*")
    return [path for path in found if not (left_out and path.suffix in {".yml", ".yaml"})]
