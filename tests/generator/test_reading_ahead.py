"""A large project is read, and its templates are checked, by several processes: nothing else comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartguide import processes
from smartguide.reading import ahead
from smartguide.session import Session, load
from tests.projects import MakeProject

HUT = "name: Hut {number}\nvalley: STH\nsources: [{{source: map}}]\n"


def of_cores(monkeypatch: pytest.MonkeyPatch, project: Path, cores: int) -> tuple[Session, int]:
    """Return what was found by so many cores, and how many processes were started."""
    started: list[processes.Job[object]] = []
    make = processes.Job.__init__

    def noted(job: processes.Job[object], work: object) -> None:
        started.append(job)
        make(job, work)  # type: ignore[arg-type]

    monkeypatch.setattr(processes.Job, "__init__", noted)
    monkeypatch.setattr(processes, "cores", lambda: cores)
    return load(project), len(started)


@pytest.fixture
def large(project: MakeProject) -> Path:
    """Return a project with many records, a few of which are wrong, and a template that is wrong."""
    records: dict[str, str | bytes | None] = {
        f"content/huts/hut-{number}.yml": HUT.format(number=number) for number in range(ahead.FEW + 20)
    }
    wrong: dict[str, str | bytes | None] = {
        "content/huts/hut-7.yml": "name: [\n",
        "content/huts/hut-8.yml": "name: Eight\nvalley: STH\nsources: !include ../twice.yml\n",
        "content/huts/hut-9.yml": "name: Nine\nname: Nine\nvalley: XX\n",
        "content/huts/hut-11.yml": b"name: \xff\n",
        "content/huts/hut-12.yml": HUT.format(number="\u200b12"),
        "content/huts/hut-13.yml": "name: Thirteen\nvalley: STH\nsources: !include huts.txt\n",
        "templates/tour.html": "{{ record.fields.nmae }}\n",
    }
    return project({**records, **wrong})


def test_several_processes_find_what_one_does(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, none = of_cores(monkeypatch, large, 1)
    together, two = of_cores(monkeypatch, large, 2)
    assert (none, two) == (0, 1)  # the templates of a project with unreadable records are not checked
    assert [one.as_text() for one in together.checked.findings] == [one.as_text() for one in alone.checked.findings]
    assert {one.place.path for one in alone.checked.findings} >= {
        f"content/huts/hut-{number}.yml" for number in (7, 8, 9, 11, 12, 13)
    }
    names = [[(record.id, record.data, record.place) for record in one.checked.base] for one in (alone, together)]
    assert names[0] == names[1]


def test_templates_are_checked_beside_the_records(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (7, 8, 9, 11, 12, 13):
        (large / f"content/huts/hut-{number}.yml").unlink()
    alone, _ = of_cores(monkeypatch, large, 1)
    together, started = of_cores(monkeypatch, large, 2)
    assert started == 2
    assert [one.as_text() for one in together.checked.findings] == [one.as_text() for one in alone.checked.findings]
    assert "nmae" in "".join(one.as_text() for one in together.checked.findings)
