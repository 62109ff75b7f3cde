"""One run of the generator on one project: what was checked, and the renderer of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from smartguide.checks.checking import Checked, Checker
from smartguide.findings import Finding
from smartguide.pages.rendering import Renderer, environment
from smartguide.project import Project
from smartguide.reading import KeptData


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
        self.refresh()

    def refresh(self) -> None:
        """Check the project again; files that have not changed are not read again."""
        before = getattr(self, "checked", None)
        self.checked = self._checker.check()
        if before is None or before.extensions is not self.checked.extensions:
            self._env = environment([self.project.templates], self.checked.extensions.functions)
        self.renderer = Renderer(self.checked.base, self._env)
        self.faults = []
        self.calls = []


def load(project: Project | Path | str, data: KeptData | None = None) -> Session:
    """Check a project, or the project in a folder, and return the session with what was found.

    Nothing is raised for something that a person wrote: that is among ``checked.findings``.
    """
    return Session(Project.of(project), data)
