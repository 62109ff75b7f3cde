"""One build of the whole site: check, let the engine make it, put it in the place of the old one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

from smartguide import engines, files, processes
from smartguide.engines.errors import EngineError
from smartguide.engines.kept import KeptEngine
from smartguide.findings import Finding, has_errors, in_order, render, told_by_system
from smartguide.keeping import digests, editor_schemas
from smartguide.keeping import folder as cache
from smartguide.keeping.folder import CacheError
from smartguide.keeping.pages import KeptPages, made_by
from smartguide.pages.pages import pages
from smartguide.pages.rendered import Rendered
from smartguide.project import Project
from smartguide.reading import KeptData
from smartguide.session import Session, load
from smartguide.site import build_date, finishing
from smartguide.site.build_date import DateError
from smartguide.site.finishing import FinishError, Finishing
from smartguide.site.replacing import OccupiedError, replacing
from smartguide.site.shells import Shells

NOTHING: Final = "nothing was built"
AHEAD: Final = 2_000
"""So many pages are rendered at most while the engine works: they have to be kept until the page shells are there."""
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
            folder = cache.checked(project.cache, project.root)
            data = KeptData(folder, digests.of_program())
            session = load(project, data)
            editor_schemas.write(project, session.checked.base)
            findings = session.checked.findings
            if has_errors(findings):  # the engine, which tells what fails in macros, does not run
                raise BuildError(NOTHING, in_order([*findings, *session.checked.in_macros]))
            try:
                _make(engine, session, fresh, folder, strict=strict)
            except (EngineError, FinishError) as error:
                raise BuildError(error.reason or NOTHING, in_order([*findings, *error.findings])) from error
            if has_errors(findings, strict=strict):  # which warnings are only here: all faults are reported in one run
                raise BuildError(f"warnings stop a strict build; {NOTHING}", findings)
            with contextlib.suppress(OSError):  # what cannot be kept is only made again
                data.save()
            built = files.number_of_pages(fresh)
    except (OccupiedError, DateError, CacheError) as error:
        raise BuildError(str(error)) from error
    except OSError as error:
        raise BuildError(f"the site cannot be built: {told_by_system(error)}") from error
    return built


def _make(engine: str, session: Session, site: Path, cache: Path, *, strict: bool) -> None:
    """Make a site; while the engine works in a process of its own, everything that does not wait for it is done.

    ``cache`` is the folder of what is kept between builds. Raises EngineError and FinishError.
    """
    base = session.checked.base
    renderer = session.renderer
    made = digests.of(list(made_by(base, renderer)))
    with contextlib.closing(KeptPages(cache, made, base, renderer.quality)) as kept:
        _build(engine, session, site, cache, kept, strict=strict)
        kept.forget_others(page.url for page in pages(base))


def _build(engine: str, session: Session, site: Path, cache: Path, kept: KeptPages, *, strict: bool) -> None:
    folder, exported = site.with_name("engine"), site.with_name("exports")
    shells, ready = _with_engine(engine, session, folder, cache, kept, strict=strict)
    folder.rename(site)
    Finishing(session, site, kept=kept).finish(shells, ready, beside=Finishing(session, exported).write_exports)
    if taken := [path.relative_to(exported).as_posix() for path in files.merge(exported, site)]:
        raise FinishError(f"an export writes {taken[0]!r}, which is in the site already; let it write another file")


def _with_engine(
    engine: str, session: Session, folder: Path, cache: Path, kept: KeptPages, *, strict: bool
) -> tuple[Shells, dict[str, Rendered]]:
    """Let the engine make a folder, or take what was kept of it; return its page shells, and pages made meanwhile.

    With several cores, it works in a process of its own, and pages of records are rendered until it is done.
    """
    shells = finishing.shells_of(session, kept)
    kept_engine = KeptEngine(cache, [engine, strict], session, shells)
    if kept_engine.restore(folder):
        return shells, {}

    def build() -> list[Finding]:
        engines.build(engine, session, shells, folder, strict=strict)
        kept_engine.keep(folder)
        return session.faults

    if processes.cores() == 1:
        session.faults = build()
        return shells, {}
    ready: dict[str, Rendered] = {}
    with processes.started(build) as job:
        for page in islice(pages(session.checked.base), AHEAD):
            if job.is_done():
                break
            if not page.is_index:
                ready |= {one.page.url: one for one in finishing.render(session, [page], session.faults, kept)}
        session.faults = [*session.faults, *job.result()]
    return shells, ready


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
                raise BuildError(UNTOUCHED, in_order([*findings, *session.checked.in_macros]))
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
