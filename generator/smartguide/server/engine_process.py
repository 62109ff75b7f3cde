"""Lets an engine make the chapters and page shells of a project: ``python -m smartguide.server.engine_process``.

It is a process of its own, so that the preview answers meanwhile, that engines and plugins begin afresh each time, and
that a run can be ended at any moment. It writes files into a folder, and says on standard output which are ready.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from smartguide import engines
from smartguide.engines.errors import EngineError
from smartguide.extensions import ExtensionError
from smartguide.findings import Finding
from smartguide.search import names
from smartguide.session import load
from smartguide.settings import SettingsError
from smartguide.site import build_date, finishing, sitemap
from smartguide.site.build_date import DateError
from smartguide.site.finishing import FinishError, Preparation

SITE: Final = "site"
"""The folder of what the engine made, in the folder of a run."""
CHAPTERS: Final = "chapters"
SEARCH: Final = "search"
FAILED: Final = "failed"
"""What a run says; there is a JSON file of that name for each."""
NICENESS: Final = 19
"""So much the process gives way to others: a page of a record is wanted first."""


def main(root: str, engine: str, folder: str) -> None:
    """Make the site of the project in ``root`` with an engine, in a new folder ``site`` in ``folder``."""
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever an engine prints is no message of ours
    os.nice(NICENESS)

    def tell(step: str, found: dict[str, Any]) -> None:
        (Path(folder) / f"{step}.json").write_text(json.dumps(found), encoding="utf-8")
        print(step, file=channel, flush=True)

    try:
        with build_date.dated(Path(root)):
            _run(Path(root), engine, Path(folder), tell)
    except (EngineError, FinishError) as error:
        tell(FAILED, {"reason": error.reason, "findings": _plain(error.findings)})
    except SettingsError as error:
        tell(FAILED, {"reason": "", "findings": _plain(error.findings)})
    except ExtensionError as error:
        tell(FAILED, {"reason": "", "findings": _plain([error.finding])})
    except DateError as error:
        tell(FAILED, {"reason": str(error), "findings": []})


def _run(root: Path, engine: str, folder: Path, tell: Callable[[str, dict[str, Any]], None]) -> None:
    session = load(root)
    shells = finishing.shells_of(session)
    site = folder / SITE
    engines.build(engine, session, shells, site, strict=False)
    preparation = Preparation(session, site, shells)
    made = preparation.finish_chapters()
    pages = [{**dataclasses.asdict(page), "html": made.get(page.key)} for page in shells.pages()]
    found = {
        "token": shells.markers.token,
        "shells": pages,
        "assets": _assets(site),
        "findings": _plain(preparation.faults),
    }
    tell(CHAPTERS, found)
    preparation.finish_search()
    tell(SEARCH, {"findings": _plain(preparation.faults)})


def _plain(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(finding) for finding in findings]


def _assets(site: Path) -> str:
    """Return what changes when a style sheet, a script or a picture of the site does."""
    digest = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and path.suffix != ".html" and not name.startswith((names.FOLDER, sitemap.PATH)):
            digest.update(f"{name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    main(*sys.argv[1:])
