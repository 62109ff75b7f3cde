"""Work off the event loop that does not keep the process from ending."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")


async def in_thread(make: Callable[[], Made]) -> Made:
    """Return what ``make`` returns, or raise what it raises, while the event loop goes on.

    An executor of asyncio would be waited for at the end of the process: Ctrl-C would take as long as a check.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Made] = loop.create_future()

    def settle(made: Made | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(made)  # type: ignore[arg-type]  # it is what make returned

    def run() -> None:
        made: Made | None = None
        failed: BaseException | None = None
        try:
            made = make()
        except BaseException as error:  # noqa: BLE001  # it is raised where the result is awaited
            failed = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, made, failed)

    threading.Thread(target=run, daemon=True).start()
    return await done
