"""Questions at the terminal, of which Ctrl-C and the end of the input are told apart."""

from __future__ import annotations

from collections.abc import Sequence

import click


class EndedError(Exception):
    """The input ended before a question was answered."""


def ask(question: str, default: str = "") -> str:
    """Return what is typed, without the blanks around it; ``default`` if that is nothing.

    Raises EndedError at the end of the input, and KeyboardInterrupt at Ctrl-C.
    """
    try:
        given = click.prompt(question, default=default, show_default=bool(default))
    except click.Abort as stopped:
        if isinstance(stopped.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        raise EndedError from None
    return str(given).strip()


def choose(question: str, options: Sequence[str]) -> str:
    """Ask until one of some options is typed, or how only one begins, and return it. Raises what ``ask`` does."""
    while True:
        given = ask(f"{question} [{'/'.join(options)}]").casefold()
        found = [one for one in options if given and one.casefold().startswith(given)]
        if len(found) == 1:
            return found[0]
        click.echo(f"  Type {' or '.join(options)}.")
