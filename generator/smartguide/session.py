"""One run of the generator on one project: what was checked, and the renderer of its pages."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from smartguide.checks.checking import Checked, Checker
from smartguide.findings import Finding, in_order
from smartguide.model.catalogue import CATALOGUE
from smartguide.pages import template_checks
from smartguide.pages.environment import environment
from smartguide.pages.rendering import Renderer
from smartguide.project import Project
from smartguide.reading import KeptData, Listing, digest
from smartguide.settings import SettingsError


class MacroCall(NamedTuple):
    """A macro that a chapter called: on the page at which URL, its name and arguments, and the text that it gave."""

    page: str
    name: str
    values: tuple[Any, ...]
    named: Mapping[str, Any]
    text: str


@dataclass
class Session:
    """A project that is checked, as often as it is refreshed.

    ``data`` is what files were read to in an earlier run. ``faults`` are the findings on pages,
    and ``calls`` what chapters called: engines and macros add to them while they render.
    """

    project: Project
    data: KeptData | None = None
    checked: Checked = field(init=False)
    renderer: Renderer = field(init=False)
    faults: list[Finding] = field(init=False)
    calls: list[MacroCall] = field(init=False)

    def __post_init__(self) -> None:
        self._checker = Checker(self.project, self.data)
        self._env_made_of: object = None
        self._of_templates: tuple[object, list[Finding]] = None, []
        self.refresh()

    def refresh(self) -> None:
        """Check the project again; files that have not changed are not read again."""
        self.checked = self._checker.check()
        made_of = Listing.of(self.project.templates).files, self.checked.extensions
        if made_of != self._env_made_of:
            self._env_made_of = made_of
            self._env = environment([self.project.templates], self.checked.extensions.functions)
        if wrong := self._check_templates():
            self.checked = replace(self.checked, findings=in_order([*self.checked.findings, *wrong]))
        if wrong := template_checks.unknown_parts(self._env, self.checked.chapters):
            self.checked = replace(self.checked, in_macros=in_order([*self.checked.in_macros, *wrong]))
        self.renderer = Renderer(self.checked.base, self._env, self._form())
        self.faults = []
        self.calls = []

    def _form(self) -> str:
        """Return the URL of the page with the form for records; what is wrong with the settings is a finding."""
        with contextlib.suppress(SettingsError):
            return self.project.settings.form.url
        return ""

    def _check_templates(self) -> list[Finding]:
        """Return what is wrong with the templates: what was found the last time, if nothing has changed for them."""
        base = self.checked.base
        if not base.is_complete or not base.collections:
            return []  # a template may ask for what could not be read
        kinds = tuple((one.name, one.template, id(one.kind)) for one in base.collections.values())
        parts = template_checks.named_parts(self.checked.chapters)
        depends_on = id(self._env), kinds, parts
        if self._of_templates[0] != depends_on:
            made_of = self._templates_digest(parts) if self.data is not None else ""
            is_right = self.data is not None and self.data.get(made_of) is True
            found = [] if is_right else list(template_checks.check(base, self.project.templates, self._env, parts))
            if self.data is not None and not found:
                self.data.keep(made_of, data=True)
            self._of_templates = depends_on, found
        return self._of_templates[1]

    def _templates_digest(self, parts: Iterable[str] | None) -> str:
        """Return what stands for all that the check of the templates looks at, besides the program."""
        project = self.project
        folders = (project.templates, project.schemas, project.root / "extensions")
        files = [path for folder in folders for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts]
        files = [project.content / CATALOGUE, *filter(Path.is_file, files)]
        texts = [(path.relative_to(project.root).as_posix(), digest(path.read_bytes())) for path in files]
        return digest(repr([texts, None if parts is None else sorted(parts)]))


def load(project: Project | Path | str, data: KeptData | None = None) -> Session:
    """Check a project, or the project in a folder, and return the session with what was found.

    Nothing is raised for something that a person wrote: that is among ``checked.findings``.
    """
    return Session(Project.of(project), data)
