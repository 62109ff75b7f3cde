"""Work in several processes comes to the same as in one, and what goes wrong there is told here."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path

import pytest

from smartguide import processes


def test_a_process_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 2)

    def fail() -> None:
        raise LookupError("nothing there")

    with processes.beside(fail, worthwhile=True) as result, pytest.raises(LookupError, match="nothing there"):
        result()
    with processes.beside(lambda: os._exit(3), worthwhile=True) as ended, pytest.raises(ChildProcessError, match="3"):
        ended()


def test_work_that_is_not_worth_a_process_is_done_when_it_is_asked_for() -> None:
    done: list[int] = []
    with processes.beside(lambda: done.append(1), worthwhile=False) as result:
        assert not done
        result()
    assert done == [1]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_are_in_the_order_of_the_work_however_it_was_dealt_out(workers: int) -> None:
    def slow_at_first(number: int) -> int:
        time.sleep(0.05 if number == 0 else 0)
        return number * number

    works = [partial(slow_at_first, number) for number in range(40)]
    assert processes.dealt_out(works, workers) == [number * number for number in range(40)]
    assert processes.dealt_out([], workers) == []


def test_every_process_does_a_share_and_ends_as_it_was_told(tmp_path: Path) -> None:
    def process() -> int:
        time.sleep(0.01)
        return os.getpid()

    def end() -> None:
        (tmp_path / str(os.getpid())).touch()

    done = processes.dealt_out([process] * 40, 2, end)
    assert len(set(done)) == 2
    assert {path.name for path in tmp_path.iterdir()} == set(map(str, done))


@pytest.mark.parametrize("workers", [1, 2])
def test_work_that_fails_stops_all_of_it(workers: int) -> None:
    def fail(number: int) -> None:
        time.sleep(0.01)
        if number % 2:
            raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there"):
        processes.dealt_out([partial(fail, number) for number in range(6)], workers)
