"""A rule, an export, a function for templates, a hint, names for the search, and figures."""

import csv
import io
from collections.abc import Iterator, Mapping

from smartguide import (
    Entry,
    KnowledgeBase,
    Problem,
    Record,
    export,
    figures,
    reference_hint,
    rule,
    search_names,
    template_function,
)

from . import pitch


@rule("not-heard", scope="entry", collections=["instruments"])
def not_heard(instrument: Entry) -> Iterator[Problem]:
    """An instrument is heard by people: above 20,000 Hz the unit is wrong."""
    measure = instrument.get("measure")
    if pitch.highest(measure) > pitch.HIGHEST_HEARD:
        path = ("measure", "to") if isinstance(measure, dict) else ("measure",)
        yield instrument.problem(path, f"{pitch.highest(measure)} Hz are not heard", "is it in another unit?")


@export("card-file")
def card_file(base: KnowledgeBase, site_url: str) -> Iterator[tuple[str, str]]:
    """The instruments as a table, in the order of the inventory, for the card file of the museum."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["number", "name", "maker", "values", "site"])
    for one in sorted(base["instruments"], key=lambda one: one.data["number"]):
        maker = one.target("maker")
        values = one.data.get("values", {})
        writer.writerow([one.data["number"], one.label, maker.label if maker else "", sum(values.values()), site_url])
    yield "data/instruments.csv", table.getvalue()


@template_function
def octaves(instrument: Record) -> str:
    """Return the range of an instrument in words; an empty string if it is not known."""
    measure = instrument.data.get("measure")
    return f"{pitch.octaves(measure['from'], measure['to'])} octaves" if isinstance(measure, dict) else ""


@reference_hint("makers")
def name_instead_of_id(value: str, known: Mapping[str, Entry]) -> str:
    """Whoever writes the name of a maker is told the id."""
    ids = [one.id for one in known.values() if one.label == value]
    return f"write the id of the maker, '{ids[0]}'" if ids else ""


@search_names("makers")
def of_the_workshop(maker: Record) -> Iterator[str]:
    """A maker is also found by the name of the workshop, which is that of the family."""
    yield f"Workshop {maker.label.split()[-1]}"


@figures("old")
def old(base: KnowledgeBase) -> Iterator[tuple[str, float]]:
    """How much of the museum is older than the building that it is in."""
    yield "instruments from before 1800", sum(str(one.data["start"]) < "1800" for one in base["instruments"])
