"""How good the records are: ``/api/v1/quality.json``, and for the list of a page ``/api/v1/quality--list.json``.

In the first, ``date`` is the day of the build, on which ages are those that are told (null if it is not known), and a
record has, besides ``id`` (``collection/id``) and ``url``, only what there is to tell. The second has the form of other
lists (see ``lists``); as its records are of several collections, ``folders`` says where the pages of each are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from smartguide.extensions import export
from smartguide.findings import key_path
from smartguide.model import urls
from smartguide.model.columns import CHOICE, DATE, NUMBER
from smartguide.model.knowledge_base import Collection, KnowledgeBase
from smartguide.quality.assessing import Assessment
from smartguide.quality.overview import Quality, Summary

SCHEMA_VERSION: Final = "1.0"


@export("quality")
def files(base: KnowledgeBase, site_url: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the content of both files."""
    quality = Quality(base)
    yield Quality.data, json.dumps(as_published(quality, site_url), ensure_ascii=False) + "\n"
    yield Quality.list_data, json.dumps(as_list(quality), ensure_ascii=False, separators=(",", ":")) + "\n"


def as_published(quality: Quality, site_url: str = "", only: Collection | None = None) -> dict[str, Any]:
    """Return how good all records are (or those of one collection), as the API of the site at ``site_url`` gives it."""
    result = [_record(quality.of(record), site_url) for record in (quality.base if only is None else only)]
    return {
        "schema_version": SCHEMA_VERSION,
        "date": quality.today and quality.today.isoformat(),
        "total": len(result),
        "collections": [_summary(one) for one in quality.summaries(only)],
        "result": result,
    }


def _id(one: Assessment) -> str:
    return f"{one.record.collection.name}/{one.record.id}"


def _summary(one: Summary) -> dict[str, Any]:
    counts = {name: getattr(one, name) for name in ("verified", "old", "disputed", "inferred", "open", "dead")}
    missing = [{"property": gap.property.name, "records": gap.missing, "lift": round(gap.lift, 1)} for gap in one.gaps]
    about = {"collection": one.collection.name, "total": one.total, "complete": one.share}
    return {**about, **counts, "missing": missing}


def _record(one: Assessment, site_url: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "complete": one.share,
        "missing": [prop.name for prop in one.missing],
        "facts_of": one.facts_of,
        "verified": one.verified and one.verified.on,
        "old": one.is_old,
        "disputed": [
            {"subject": dispute.subject, "values": [key_path(claim.path) for claim in dispute.claims]}
            for dispute in one.disputes
        ],
        "inferred": [prop.name for prop in one.inferred],
        "questions": list(one.questions),
        "dead_links": [link.url for link in one.dead_links],
    }
    about = {"id": _id(one), "url": urls.on_host(urls.record(one.record), site_url)}
    return about | {key: value for key, value in told.items() if value not in (None, "", [], False)}


def as_list(quality: Quality) -> dict[str, Any]:
    """Return all records for the script of a list, which filters and sorts them."""
    found = [quality.of(record) for record in sorted(quality.base, key=lambda record: record.sort_key)]
    empty = [""] * len(found)
    return {
        "schema_version": SCHEMA_VERSION,
        "collection": "quality",
        "title": "Records",
        "one": "Record",
        "name": "name",
        "url": "",
        "folders": {
            one.name: f"{urls.collection(one)}{'#' if one.one_page else ''}"
            for one in quality.base.collections.values()
        },
        "pages": "each",
        "total": len(found),
        "id": [_id(one) for one in found],
        "label": [one.record.label for one in found],
        "summary": empty,
        "names": empty,
        "columns": [
            _choices("kind", "Kind", [[one.record.kind.title] for one in found]),
            {**_column("complete", "Complete (%)", NUMBER), "of": [one.share for one in found]},
            _choices("missing", "Missing", [[prop.title for prop in one.missing] for one in found]),
            {**_column("facts", "Facts of", DATE), "of": [one.facts_of or None for one in found]},
            _choices("state", "Worth knowing", [list(_states(one)) for one in found]),
            {**_choices("checked", "Compared since", [[_checked(one)] for one in found]), "shown": False},
        ],
    }


def _column(key: str, title: str, form: str) -> dict[str, Any]:
    return {"key": key, "title": title, "type": form, "filter": True, "shown": True}


def _choices(key: str, title: str, cells: list[list[str]]) -> dict[str, Any]:
    numbers: dict[str, int] = {}
    of = [[numbers.setdefault(one, len(numbers)) for one in dict.fromkeys(cell)] for cell in cells]
    short = [cell if len(cell) > 1 else cell[0] if cell else None for cell in of]
    return {**_column(key, title, CHOICE), "values": [[one, one] for one in numbers], "of": short}


def _checked(one: Assessment) -> str:
    if one.is_old:
        return "no, and its facts are older than two years"
    return "yes" if one.verified else "no"


def _states(one: Assessment) -> Iterator[str]:
    """Yield what there is to know of a record, in words by which the list is filtered."""
    if one.disputes:
        yield "Documents disagree"
    if one.inferred:
        yield "Value stated by no document"
    if one.questions:
        yield "Open question"
    if one.dead_links:
        yield "Dead link"
