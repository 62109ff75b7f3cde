"""One build of the whole site: check, let the engine make it, put it in the place of the old one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from smartguide import engines
from smartguide.engines.errors import EngineError
from smartguide.findings import Finding, has_errors, in_order, render, told_by_system
from smartguide.pages.pages import pages
from smartguide.project import Project
from smartguide.session import load
from smartguide.site import build_date, finishing
from smartguide.site.build_date import DateError
from smartguide.site.finishing import FinishError
from smartguide.site.replacing import OccupiedError, replacing

NOTHING: Final = "nothing was built"
UNTOUCHED: Final = "nothing was written"


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
            built = sum(1 for _ in fresh.rglob("*.html"))
    except (OccupiedError, DateError) as error:
        raise BuildError(str(error)) from error
    except OSError as error:
        raise BuildError(f"the site cannot be built: {told_by_system(error)}") from error
    return built


def finish_site(project: Project | Path | str, site: Path) -> None:
    """Check a project, and do the steps over the folder of its built site alone: exports, sitemap, search and so on.

    No page is made or taken away. Raises BuildError, also for a page that is missing.
    """
    project = Project.of(project)
    try:
        with build_date.dated(project.root):
            session = load(project)
            findings = session.checked.findings
            if has_errors(findings):
                raise BuildError(UNTOUCHED, findings)
            made = pages(session.checked.base)
            missing = [page.url for page in made if not (site / page.url / "index.html").is_file()]
            if missing:
                number = f"{len(missing)} page{'s are' if len(missing) > 1 else ' is'} missing"
                raise BuildError(f"{number} in {site}, such as {missing[0]}; build the site anew; {UNTOUCHED}")
            finishing.finish(session, site)
    except FinishError as error:
        raise BuildError(error.reason or UNTOUCHED, in_order([*findings, *error.findings])) from error
    except DateError as error:
        raise BuildError(str(error)) from error
    except OSError as error:
        raise BuildError(f"the site cannot be finished: {told_by_system(error)}") from error
