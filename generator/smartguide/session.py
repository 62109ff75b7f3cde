"""One run of the generator on one project: what was checked, and the renderer of its pages."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from smartguide import processes
from smartguide.checks.checking import Checked, Checker, Read
from smartguide.findings import Finding, in_order
from smartguide.model.catalogue import CATALOGUE
from smartguide.pages import template_checks
from smartguide.pages.environment import environment
from smartguide.pages.rendering import Renderer
from smartguide.project import Project
from smartguide.reading import KeptData, Listing, digest
from smartguide.settings import SettingsError

FEW: Final = 200
"""Of so many records, the templates are looked at in the same process: a further one would cost more than it brings."""


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
        read = self._checker.read()
        made_of = Listing.of(self.project.templates).files, read.extensions
        if made_of != self._env_made_of:
            self._env_made_of = made_of
            self._env = environment([self.project.templates], read.extensions.functions)
        wrong = self._known_of_templates(read)
        look = partial(self._wrong_in_templates, read)
        with processes.beside(look, worthwhile=wrong is None and sum(1 for _ in read.base) > FEW) as found:
            self.checked = self._checker.check(read)
            if wrong is None:
                wrong = found()
                self._keep_of_templates(read, wrong)
        if wrong:
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

    def _known_of_templates(self, read: Read) -> list[Finding] | None:
        """Return what is wrong with the templates, as far as that is known; None if they have to be looked at."""
        if not read.base.is_complete or not read.base.collections:
            return []  # a template may ask for what could not be read
        if self._of_templates[0] == self._of_which_templates(read):
            return self._of_templates[1]
        is_right = self.data is not None and self.data.get(self._templates_digest(read)) is True
        return [] if is_right else None

    def _wrong_in_templates(self, read: Read) -> list[Finding]:
        parts = template_checks.named_parts(read.chapters)
        return list(template_checks.check(read.base, self.project.templates, self._env, parts))

    def _keep_of_templates(self, read: Read, wrong: list[Finding]) -> None:
        self._of_templates = self._of_which_templates(read), wrong
        if self.data is not None and not wrong:
            self.data.keep(self._templates_digest(read), data=True)

    def _of_which_templates(self, read: Read) -> object:
        """Return what is the same as long as nothing changes that the check of the templates looks at."""
        kinds = tuple((one.name, one.template, id(one.kind)) for one in read.base.collections.values())
        return id(self._env), kinds, template_checks.named_parts(read.chapters)

    def _templates_digest(self, read: Read) -> str:
        """Return what stands for the same in any run of this program."""
        project = self.project
        folders = (project.templates, project.schemas, project.root / "extensions")
        files = [path for folder in folders for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts]
        files = [project.content / CATALOGUE, *filter(Path.is_file, files)]
        texts = [(path.relative_to(project.root).as_posix(), digest(path.read_bytes())) for path in files]
        parts = template_checks.named_parts(read.chapters)
        return digest(repr([texts, None if parts is None else sorted(parts)]))


def load(project: Project | Path | str, data: KeptData | None = None) -> Session:
    """Check a project, or the project in a folder, and return the session with what was found.

    Nothing is raised for something that a person wrote: that is among ``checked.findings``.
    """
    return Session(Project.of(project), data)
