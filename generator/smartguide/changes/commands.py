"""The command ``smartguide diff``."""

from __future__ import annotations

from enum import StrEnum

import click

from smartguide.changes import data, notices, report
from smartguide.changes.comparing import compare
from smartguide.changes.revisions import RevisionError
from smartguide.changes.states import States
from smartguide.project import Project


class Style(StrEnum):
    """The ways in which a comparison can be written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    GITHUB = "github"


_WRITERS = {
    Style.TEXT: report.text,
    Style.MARKDOWN: report.markdown,
    Style.JSON: data.json,
    Style.GITHUB: notices.github,
}


def diff(project: Project, base: str, head: str | None, style: str) -> None:
    """Write what differs between two states of a project.

    Raises click.UsageError for a revision that cannot be read.
    """
    try:
        with States(project, base, head) as states:
            click.echo(_WRITERS[Style(style)](compare(states)), nl=False)
    except RevisionError as error:
        raise click.UsageError(escaped(error)) from error


def escaped(error: RevisionError) -> str:
    """Return what an error says without characters that a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in str(error))
