"""Questions at the terminal, of which Ctrl-C and the end of the input are told apart."""

from __future__ import annotations

from collections.abc import Sequence

import click


class EndedError(Exception):
    """The input ended before a question was answered."""


def ask(question: str, default: str | None = None) -> str:
    """Return what is typed, without the blanks around it; ``default`` if that is nothing.

    Raises EndedError at the end of the input, and KeyboardInterrupt at Ctrl-C.
    """
    try:
        given = click.prompt(question, default="" if default is None else default, show_default=bool(default))
    except click.Abort as stopped:
        if isinstance(stopped.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        raise EndedError from None
    return str(given).strip()


def choose(question: str, options: Sequence[str]) -> str:
    """Ask until one of some options is typed, in capitals or not, and return it. Raises what ``ask`` does."""
    by_name = {one.casefold(): one for one in options}
    while True:
        given = ask(f"{question} [{'/'.join(options)}]")
        if found := by_name.get(given.casefold()):
            return found
        click.echo(f"  Type {' or '.join(options)}.")
