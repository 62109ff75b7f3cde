"""When a record was last compared with a document, and which of its properties count: what is wrong with either."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from smartguide.checks.schemas import Positions, place_of
from smartguide.extensions import rule
from smartguide.findings import Finding, Problem, quoted
from smartguide.model import dates
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import Record


@rule("verified")
def verified(record: Record) -> Iterator[Problem]:
    """A record was compared with a document (``x-verified``) on a day that has come, when the document was there.

    This cannot be kept with the record, as it depends on another record and on the day.
    """
    given = {value.property.schema["x-verified"]: value for value in record.entry.values_of("x-verified", str)}
    on = given.get("on")
    day = dates.first_day(on.value) if on is not None else None
    if on is None or day is None or len(on.value) != len("2024-05-31"):
        return  # a schema asks for a whole day, and that it is in the calendar is another rule
    if day > _latest():
        message = f"{quoted(on.value)} is in the future"
        yield record.problem(on.path, message, "write the day on which you compared the record with the document")
        return
    document = record.target(*given["against"].path) if "against" in given else None
    published = document.own_date if document is not None else ""
    if document is not None and published and (first := dates.first_day(published)) and day < first:
        message = f"{quoted(on.value)} is before the date of {quoted(document.id)}, {published}"
        yield record.problem(on.path, message, "correct the day, or name the document that was there on that day")


def _latest() -> dt.date:
    """Return the last day that can have come: tomorrow, as it may be that already elsewhere."""
    today = dt.datetime.now(dt.UTC).date()
    return max(today, dates.build_date() or today) + dt.timedelta(days=1)


def check_kind(kind: Kind, positions: Positions) -> Iterator[Finding]:
    """Yield the weights in a schema that nothing looks at: only those at the top of a record count."""
    for prop in kind.having("x-weight"):
        if len(prop.path) > 1:
            place = place_of(kind, prop, "x-weight", positions)
            message = f"{prop.name}: 'x-weight' counts only at the top of a record"
            yield Finding(place, "schema", message, hint=f"write it on {quoted(prop.path[0])}, or take it out")
