"""What the tests of the generator share: the small project of ``small/``, checked or built in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartguide.building import build_site
from smartguide.checks.checking import Checker, check
from smartguide.project import Project
from tests.built_sites import made_once
from tests.generator import projects
from tests.projects import Changes, FindingsOf, MakeProject


@pytest.fixture
def project(tmp_path: Path) -> MakeProject:
    """Return a function that makes a project: the small one, with some files changed, added or (None) taken away."""
    return lambda changes=None: projects.copy(tmp_path, changes)


@pytest.fixture
def site_project(tmp_path: Path) -> MakeProject:
    """Return a function that makes a project which can be built: with the theme, the settings and the home page, too."""
    return lambda changes=None: projects.copy(tmp_path, changes, site=True)


@pytest.fixture
def findings_of(project: MakeProject) -> FindingsOf:
    """Return a function that makes a project and says what is wrong with it, a line each."""

    def find(changes: Changes | None = None) -> list[str]:
        return [finding.as_text() for finding in check(project(changes)).findings]

    return find


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the site of the small project, built once, also when several workers run the tests."""

    def make(folder: Path) -> None:
        projects.copy(folder, site=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("SOURCE_DATE_EPOCH", raising=False)  # the test that asks first may have set a date of its own
            build_site(folder, folder / "site", strict=False)

    return made_once(tmp_path_factory, worker_id, "small", make) / "site"


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    """Return what checks the small project, with its settings, again and again; each test leaves it as it was."""
    return Checker(Project.of(projects.copy(tmp_path_factory.mktemp("checked"), site=True)))
