"""Work in further processes, which are copies of this one: all cores are busy, and nothing is handed over."""

from __future__ import annotations

import contextlib
import gc
import itertools
import multiprocessing
import os
import pickle
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing.connection import Connection
from typing import IO, Any, Generic, TypeVar

Result = TypeVar("Result")


def cores() -> int:
    """Return how many processors this process may use; 1 where it cannot copy itself, or is a copy."""
    if "fork" not in multiprocessing.get_all_start_methods() or multiprocessing.current_process().daemon:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Job(Generic[Result]):
    """Some work, done by a process of its own."""

    def __init__(self, work: Callable[[], Result]) -> None:
        context = multiprocessing.get_context("fork")
        self._receiving, sending = context.Pipe(duplex=False)
        self._process = context.Process(target=_do, args=(work, sending), daemon=True)
        gc.freeze()  # what is there now stays shared: the collector would write into it
        self._process.start()
        sending.close()

    def is_done(self) -> bool:
        """Tell whether the result is there."""
        return self._receiving.poll()

    def result(self) -> Result:
        """Wait for the work, and return its result, or raise what it raised."""
        try:
            result, error = self._receiving.recv()
        except EOFError:
            self._process.join()
            raise ChildProcessError(f"a further process ended with status {self._process.exitcode}") from None
        self._process.join()
        if error is not None:
            raise error
        answer: Result = result
        return answer

    def stop(self) -> None:
        """End the work, if it is not done."""
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._receiving.close()
        gc.unfreeze()


@contextlib.contextmanager
def started(work: Callable[[], Result]) -> Iterator[Job[Result]]:
    """Start some work in a process of its own, which ends with the block at the latest."""
    job = Job(work)
    try:
        yield job
    finally:
        job.stop()


@contextlib.contextmanager
def beside(work: Callable[[], Result], *, worthwhile: bool) -> Iterator[Callable[[], Result]]:
    """Yield what returns the result of some work.

    The work is done meanwhile by a process of its own, if there are several cores and it is ``worthwhile``; otherwise
    when the result is asked for.
    """
    if not worthwhile or cores() == 1:
        yield work
        return
    with started(work) as job:
        yield job.result


def dealt_out(
    works: Sequence[Callable[[], Result]], workers: int, at_end: Callable[[], None] = lambda: None
) -> list[Result]:
    """Do pieces of work in as many processes, each of which takes the next one when it is done; return all results.

    Results are in the order of the pieces. ``at_end`` is what each process does when no piece is left.
    """
    take = _counter() if workers > 1 else itertools.count().__next__

    def results() -> Iterator[tuple[int, Result]]:
        while (number := take()) < len(works):
            yield number, works[number]()
        at_end()

    def work(file: IO[bytes]) -> None:
        for found in results():
            pickle.dump(found, file)
        file.flush()

    with contextlib.ExitStack() as stack:
        # Results wait in files: in the memory of two processes they would be there twice.
        files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(workers - 1)]
        jobs = [stack.enter_context(started(partial(work, file))) for file in files]
        done = dict(results())
        for job, file in zip(jobs, files, strict=True):
            job.result()
            done.update(_pickled(file))
    return [done[number] for number in range(len(works))]


def _pickled(file: IO[bytes]) -> Iterator[Any]:
    """Yield what was pickled into a file."""
    file.seek(0)
    with contextlib.suppress(EOFError):
        while True:
            yield pickle.load(file)  # noqa: S301  # a copy of this process has written it


def _counter() -> Callable[[], int]:
    """Return what counts from 0 across processes."""
    count = multiprocessing.get_context("fork").Value("i", 0)

    def take() -> int:
        with count.get_lock():
            number: int = count.value
            count.value += 1
        return number

    return take


def _do(work: Callable[[], Result], sending: Connection) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whoever waits for the work clears away
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with sending:
        try:
            sending.send((work(), None))
        except Exception as error:  # noqa: BLE001  # it is raised where the result is asked for
            sending.send((None, error))
