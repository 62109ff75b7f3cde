"""One build of the whole site: check, let the engine make it, put it in the place of the old one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from smartguide import engines
from smartguide.engines.errors import EngineError
from smartguide.findings import Finding, has_errors, in_order, render, told_by_system
from smartguide.project import Project
from smartguide.session import load
from smartguide.site import build_date, finishing
from smartguide.site.build_date import DateError
from smartguide.site.finishing import FinishError
from smartguide.site.replacing import OccupiedError, replacing

NOTHING: Final = "nothing was built"


class BuildError(Exception):
    """The site could not be built, and the old one is untouched.

    ``findings`` are what is wrong with records, chapters, templates and settings, ``reason`` what else there is to say.
    """

    def __init__(self, reason: str, findings: Iterable[Finding] = ()) -> None:
        self.findings = list(findings)
        self.reason = reason
        super().__init__("\n".join(filter(None, [render(self.findings), reason])))


def build_site(
    project: Project | Path | str, site: Path | str, *, strict: bool = True, engine: str = engines.DEFAULT
) -> int:
    """Check a project, or the project in a folder, and build its site into the folder ``site``.

    With ``strict``, warnings stop the build. ``engine`` is one of ``engines.NAMES``. Returns the number of HTML pages.
    Raises BuildError, also where something else than an old site would have to give way.
    """
    project = Project.of(project)
    site = Path(site).absolute()
    try:
        with build_date.dated(project.root), replacing(project.root, site) as fresh:
            session = load(project)
            findings = session.checked.findings
            if has_errors(findings):
                raise BuildError(NOTHING, findings)
            shells = finishing.shells_of(session)
            try:
                engines.build(engine, session, shells, fresh, strict=strict)
                finishing.finish(session, fresh, shells)
            except (EngineError, FinishError) as error:
                raise BuildError(error.reason or NOTHING, in_order([*findings, *error.findings])) from error
            if has_errors(findings, strict=strict):  # which warnings are only here: all faults are reported in one run
                raise BuildError(f"warnings stop a strict build; {NOTHING}", findings)
            pages = sum(1 for _ in fresh.rglob("*.html"))
    except (OccupiedError, DateError) as error:
        raise BuildError(str(error)) from error
    except OSError as error:
        raise BuildError(f"the site cannot be built: {told_by_system(error)}") from error
    return pages
