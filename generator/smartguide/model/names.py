"""Names that a template, a rule or an extension asks for: what is not there is an error, never an empty list."""

from __future__ import annotations

from collections.abc import Iterable

from smartguide.findings import did_you_mean, quoted


class UnknownNameError(ValueError):
    """A collection, a property or a record was asked for that does not exist.

    ``hint`` says what may be meant. This is no LookupError on purpose: Jinja would take that for an undefined value.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} ({hint})" if hint else message)
        self.reason = message
        self.hint = hint


def unknown(what: str, name: object, known: Iterable[str], where: str = "") -> UnknownNameError:
    """Return the error for a name that is not known.

    ``what`` is the kind of thing (``collection``), ``known`` the names that there are, ``where`` the words for the
    place in which it was looked for (``in the collection 'tours'``).
    """
    names = list(known)
    message = " ".join(filter(None, [f"no {what} {quoted(name)}", where]))
    few = f"there are: {', '.join(names)}" if 0 < len(names) <= MAX_LISTED else ""
    return UnknownNameError(message, did_you_mean(str(name), names) or few)


MAX_LISTED = 20
"""So many names are listed in a message."""
