"""What an engine says at the level of warnings, kept to say it once more where the build ends."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator


@contextlib.contextmanager
def warnings_of(name: str) -> Iterator[list[str]]:
    """Keep the warnings of a logger, and of those below it, until the block ends."""
    messages: list[str] = []
    handler = _Keeping(messages)
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


class _Keeping(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())
