"""The rules for all knowledge bases: what a schema cannot say of a record, as far as schemas and catalogue declare it.

No rule goes by the name of a property.
"""

from __future__ import annotations

import datetime as dt
import html
import ipaddress
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from smartguide.extensions import rule
from smartguide.findings import Problem, Severity, quoted
from smartguide.model import dates, urls
from smartguide.model.entries import ID, Entry
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record
from smartguide.model.properties import Property
from smartguide.reading import Path_


@rule("order", scope="entry")
def order(entry: Entry) -> Iterator[Problem]:
    """A value is at most (``x-at-most``), or below (``x-below``), the value beside it that its schema names."""
    for keyword, may_be_equal in (("x-at-most", True), ("x-below", False)):
        for value in entry.values_of(keyword):
            sibling = str(value.property.schema[keyword])
            other = _beside(entry, value.path, sibling)
            if not _are_comparable(value.value, other):
                continue
            if value.value < other or (may_be_equal and value.value == other) or _are_as_far(value.value, other):
                continue
            is_text = isinstance(value.value, str)
            word = "is after" if is_text else "is more than" if may_be_equal else "is not less than"
            shown, limit = (quoted(one) if is_text else str(one) for one in (value.value, other))
            message = f"{shown} {word} the {quoted(sibling)}, {limit}"
            yield entry.problem(value.path, message, "swap them, or correct one")


def _beside(entry: Entry, path: Path_, sibling: str) -> Any:
    """Return the value of the property of that name beside the value at a path."""
    data: Any = entry.data
    for part in path[:-1]:
        data = data[part]
    return data.get(sibling) if isinstance(data, dict) else None


def _are_as_far(one: Any, other: Any) -> bool:
    """Tell whether one of two dates is within the other (a day in a month, a month in a year): neither is later."""
    return isinstance(one, str) and one != other and (one.startswith(f"{other}-") or other.startswith(f"{one}-"))


def _are_comparable(one: Any, other: Any) -> bool:
    both_texts = isinstance(one, str) and isinstance(other, str)
    numbers = int | float
    return both_texts or (
        isinstance(one, numbers)
        and isinstance(other, numbers)
        and not isinstance(one, bool)
        and not isinstance(other, bool)
    )


@rule("continues", scope="knowledge base")
def continues(base: KnowledgeBase) -> Iterator[Problem]:
    """A record continues another one (``x-continues``): never itself, and never in a circle."""
    for collection in base.collections.values():
        if not collection.kind.having("x-continues"):
            continue
        earlier = {record: _continued(record) for record in collection}
        for record, path_and_target in earlier.items():
            if path_and_target is None:
                continue
            path, target = path_and_target
            if target is record:
                yield record.problem(path, "a record cannot continue itself", "name the earlier one")
                continue
            seen = {record}
            following: Record | None = target
            while following is not None and following not in seen:
                seen.add(following)
                next_one = earlier.get(following)
                following = next_one[1] if next_one else None
            if following is record:
                names = ", ".join(sorted(other.id for other in seen))
                yield record.problem(path, f"goes round in a circle ({names})", "take one of them out")


def _continued(record: Record) -> tuple[Path_, Record] | None:
    found = (reference for reference in record.references if reference.through.continues)
    first = next(found, None)
    return (first.path, first.target) if first else None


@rule("repeated", scope="entry")
def repeated_in_list(entry: Entry) -> Iterator[Problem]:
    """No two entries of a list have the same value in a property that is unique in its list (``x-unique: "list"``)."""
    seen: dict[tuple[Any, ...], Path_] = {}
    for value in entry.values_of("x-unique"):
        if value.property.schema["x-unique"] != "list" or isinstance(value.value, list | dict):
            continue
        # The list is the last one on the way to the value: the entries differ in its number only.
        last = max((place for place, part in enumerate(value.path) if isinstance(part, int)), default=-1)
        within = (value.path[:last], value.property.name, type(value.value), value.value)
        first = seen.setdefault(within, value.path)
        if first != value.path:
            line = entry.place_of(*first).line
            message = f"{quoted(value.value)} is in the list already (line {line})"
            yield entry.problem(value.path, message, "delete one of the two entries, or choose another value")


@rule("not-unique", scope="collection")
def repeated_in_collection(collection: Collection) -> Iterator[Problem]:
    """No two records share the value of a property that is unique among them (``x-unique``)."""
    for prop in sorted(collection.kind.having("x-unique"), key=lambda prop: prop.name):
        declared = prop.schema["x-unique"]
        if declared == "list":
            continue
        per = declared.get("per") if isinstance(declared, dict) else None
        taken: dict[tuple[Any, ...], Record] = {}
        for record in collection:
            for value in record.entry.values_of("x-unique"):
                if value.property is not prop or isinstance(value.value, list | dict):
                    continue
                within = str(record.data.get(per)) if per else None
                first = taken.setdefault((within, type(value.value), value.value), record)
                if first is not record:
                    message = f"{quoted(value.value)} is the {prop.name} of {first.path} too"
                    yield record.problem(value.path, message, _another(value.value, taken))


def _another(value: object, taken: Iterable[tuple[Any, ...]]) -> str:
    """Say what to write for a value that is taken: of numbers, the next one that is free."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    numbers = [one for *_, one in taken if isinstance(one, int)]
    return f"give it another one, such as {max(numbers) + 1}" if is_number else "give it another one"


@rule("ambiguous", scope="knowledge base")
def ambiguous(base: KnowledgeBase) -> Iterator[Problem]:
    """No two records share a value by which others refer to them (``x-ref: "countries#code"``)."""
    for record, (prop, first) in _with_value_of_another(base).items():
        place = first.entry.place_of(prop.name)
        value = quoted(str(record.data[prop.name]))
        message = f"{value} is the {prop.name} of {quoted(first.id)} too ({place.path}:{place.line})"
        yield record.problem((prop.name,), message, "correct one of the two, or delete one of the records")


def _with_value_of_another(base: KnowledgeBase) -> dict[Record, tuple[Property, Record]]:
    """Return the records to which no reference leads as an earlier one has the value, each with property and record."""
    refs = {prop.ref for one in base.collections.values() for prop in one.kind.references.values() if prop.ref}
    found: dict[Record, tuple[Property, Record]] = {}
    for ref in sorted(refs):
        prop = base[ref.collection].kind.root.properties.get(ref.key) if ref.collection in base else None
        if prop is None or "x-unique" in prop.schema:  # the latter is told for what it is
            continue
        first: dict[str, Record] = {}
        for record in base[ref.collection]:
            if prop.name in record.data and (other := first.setdefault(str(record.data[prop.name]), record)) != record:
                found[record] = prop, other
    return found


@rule("same-name", scope="collection")
def same_name(collection: Collection) -> Iterator[Problem]:
    """No two records of a collection have the same name, unless one continues the other."""
    by_name: defaultdict[str, list[Record]] = defaultdict(list)
    for record in collection:
        by_name[record.label.casefold()].append(record)
    for records in by_name.values():
        for first, second in itertools.pairwise(records):
            if not _are_successive(first, second):
                old, new = sorted((first, second), key=lambda record: -len(record.referenced_by))
                message = f"{quoted(new.label)} is the name of {old.path} too"
                hint = "if it is the same one, merge the two records; if not, tell them apart by their names"
                yield new.problem((new.kind.label_key,), message, hint)


def _are_successive(one: Record, other: Record) -> bool:
    return any(
        reference.through.continues and reference.target is target
        for record, target in ((one, other), (other, one))
        for reference in record.references
    )


@rule("refers-to-itself", scope="collection", severity=Severity.WARNING)
def refers_to_itself(collection: Collection) -> Iterator[Problem]:
    """A record refers to others, not to itself; that it does not continue itself is another rule."""
    for record in collection:
        for reference in record.references:
            if reference.target is record and not reference.through.continues:
                yield record.problem(reference.path, "is the record itself", "name another one, or take it out")


@rule("local-url", scope="entry", severity=Severity.WARNING)
def local_url(entry: Entry) -> Iterator[Problem]:
    """A URL leads to a host that every reader can reach, not to the machine or the network of whoever wrote it."""
    for path, text, _ in entry.values:
        if isinstance(text, str) and (found := _HTTP_URL.match(text)) and _is_local(found["host"]):
            message = f"{quoted(found['host'])} is a host that only its own network can reach"
            yield entry.problem(path, message, "write the public URL, or take it out")


_HTTP_URL: Final = re.compile(r"https?://(?:[^/@\s]*@)?(?P<host>\[[^\]\s]*\]|[^/:?#\s]+)", re.IGNORECASE)
_LOCAL: Final = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


def _is_local(host: str) -> bool:
    """Tell whether a host can only be reached from its own network, by its name or its number."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        name = host.lower().rstrip(".")
        return "." not in name or name.endswith(_LOCAL)


@rule("alias-is-name", scope="entry", severity=Severity.WARNING)
def alias_is_name(entry: Entry) -> Iterator[Problem]:
    """Another spelling (``x-alias``) differs from the name and from the line that describes the record."""
    for alias in entry.texts("x-alias"):
        if alias.value in (entry.label, entry.summary):
            yield entry.problem(alias.path, f"{quoted(alias.value)} is the name itself", "take it out")


@rule("unreferenced", scope="knowledge base", severity=Severity.WARNING)
def unreferenced(base: KnowledgeBase) -> Iterator[Problem]:
    """A record that is there to be referred to is referred to: readers find it only through others.

    Which collections others refer to follows from the schemas. Those whose records are read for their own sake all the
    same say ``standalone: true`` in the catalogue.
    """
    if not base.is_complete:
        return  # a record that cannot be read may refer to it
    misspelt = {dangling.ref.collection for dangling in base.links.dangling}  # the reference may be one of these
    referred_to = {
        prop.ref.collection
        for collection in base.collections.values()
        for prop in collection.kind.references.values()
        if prop.ref
    }
    if not referred_to <= set(base.collections):
        return  # a schema refers to no collection, so that references are missing
    ambiguous_ones = _with_value_of_another(base)
    for name in sorted((referred_to & set(base.collections)) - misspelt):
        if base[name].standalone:
            continue
        for record in base[name]:
            if record in ambiguous_ones:
                continue  # what refers to it cannot be told
            links = base.links.to_record(record.entry.key)
            if all(link.source == link.target for link in links):
                yield record.problem((), f"no record refers to {quoted(record.id)}", "refer to it, or delete it")


@rule("former-id", scope="collection")
def former_id(collection: Collection) -> Iterator[Problem]:
    """A former id leads to one record only, and is not the id of a record that exists."""
    taken: dict[str, Record] = dict(collection.records)
    for record in collection:
        for former in record.entry.former_ids:
            first = taken.setdefault(former.value, record)
            if first is not record or former.value == record.id:
                yield record.problem(former.path, f"{quoted(former.value)} is an id of {first.path}", "take it out")


@rule("taken-url", scope="knowledge base")
def taken_url(base: KnowledgeBase) -> Iterator[Problem]:
    """The URL of a record, now or before, is not that of another page; one would hide the other.

    The index of a collection may be a chapter. URLs that differ in capitals only are one on some hosts.
    """
    taken = {urls.collection(found): f"the index of {found.name}" for found in base.collections.values()}
    taken |= {urls.page(chapter).casefold(): f"content/{chapter}" for chapter in base.chapters}
    for collection in base.collections.values():
        if collection.one_page:
            continue  # its records have anchors, and no pages
        prefix = urls.collection(collection)
        for record in collection:
            ids: list[tuple[Path_, Any]] = [((), record.id)]
            ids += [(former.path, former.value) for former in record.entry.former_ids if ID.match(former.value)]
            for path, one in ids:
                url = urls.page(f"{prefix}{one}.md") if one in urls.INDEXES else f"{prefix}{one}/"
                if url in taken:
                    message = f"the URL /{url} is that of {taken[url]}"
                    other = "take it out" if path else "choose another id"
                    hint = f"rename {taken[url]}, or {other}" if taken[url].startswith("content/") else other
                    yield record.problem(path, message, hint)


@rule("one-sided", scope="collection", severity=Severity.WARNING)
def one_sided(collection: Collection) -> Iterator[Problem]:
    """Where two kinds of record refer to each other (``x-mirror``), both name the other."""
    mirrored = {prop.name: str(prop.schema["x-mirror"]) for prop in collection.kind.having("x-mirror")}
    if not mirrored:
        return
    for record in collection:
        for reference in record.references:
            back = mirrored.get(reference.through.name)
            if back and record not in reference.target.targets(back):
                message = f"{reference.target.path} does not name {quoted(record.id)} under {back}"
                yield record.problem(reference.path, message, "add it there, or take it out here")


@rule("blank-text", scope="entry")
def blank_text(entry: Entry) -> Iterator[Problem]:
    """A text is more than blanks; what no source says is left out."""
    for path, text, _ in entry.values:
        if isinstance(text, str) and text and not text.strip():
            yield entry.problem(path, "holds nothing but blanks", "write something or leave the key out")


_DAY: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")


@rule("date", scope="entry")
def existing_date(entry: Entry) -> Iterator[Problem]:
    """A date is in the calendar: there is no 30 February.

    Texts of the form YYYY-MM-DD are dates; those of the form YYYY-MM are where the examples of the schema have it, too.
    """
    for value in entry.values:
        text, declared = value.value, value.property.schema
        found = _DAY.fullmatch(text) if isinstance(text, str) else None
        if found is None or (not found["day"] and not _is_month(declared)) or declared.get("format") == "date":
            continue  # a schema that says "date" is obeyed by the validator
        pattern = declared.get("pattern")
        if isinstance(pattern, str) and "[" in pattern and not _matches(pattern, text):
            continue  # so is its pattern
        try:
            dt.date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
        except ValueError:
            message = f"the date {quoted(text)} is not in the calendar"
            yield entry.problem(value.path, message, "look the date up, or write less of it")


def _as_plain_text(shown: str) -> str:
    """Say what to write for something that no text understands."""
    if shown.startswith("&"):
        return f"write {quoted(html.unescape(shown))}"
    return "write it without them" if shown[0] in "\u201c\u201d\u201e\u2018\u2019" else "write it as plain text"


def _matches(pattern: str, text: str) -> bool:
    """Tell whether a text has the form that a schema asks for; one whose pattern Python cannot read, it has."""
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return True


def _is_month(schema: Mapping[str, Any]) -> bool:
    """Tell whether a text of the form YYYY-MM is a month, by the examples of its schema."""
    examples = schema.get("examples")
    return isinstance(examples, list) and any(isinstance(one, str) and _DAY.fullmatch(one) for one in examples)


_BRACKETS: Final = re.compile(r"(?<!\\)!?\[(?P<text>[^\[\]]+)\](?:\((?P<target>[^()\s]*)\)|\[(?P<id>[^\[\]]*)\])")
_KNOWN_LINK: Final = re.compile(r"https?://[^/]|mailto:.", re.IGNORECASE)
_MARKUP: Final = (
    (re.compile(r"^ {0,3}#{1,6} +\S", re.MULTILINE), "a heading of Markdown"),
    (re.compile(r"~~\S(?:[^~\n]*\S)?~~"), "text that is struck out in Markdown"),
    (re.compile(r"(?<!\\)`[^`\n]+`"), "code of Markdown"),
    (re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE), "code of Markdown"),
    (re.compile(r"^ {0,3}> +\S", re.MULTILINE), "a quotation of Markdown"),
    (re.compile(r"^ {0,3}\|.*\|\s*$\n^ {0,3}\|[-:| ]+\|\s*$", re.MULTILINE), "a table of Markdown"),
)
"""What prose does not understand, though Markdown does."""
_ELEMENT: Final = "b|i|u|s|em|strong|br|hr|p|a|span|div|font|sub|sup|small|ul|ol|li|code|pre|blockquote|img|h[1-6]"
_ALWAYS: Final = (
    (re.compile(rf"</?(?:{_ELEMENT})(?:\s[^<>]*)?/?>", re.IGNORECASE), "HTML"),
    (
        re.compile(r"^[\u201c\u201d\u201e\u2018\u2019][^\u201c-\u201e\u2018\u2019]*[\u201c\u201d\u2018\u2019]$"),
        "a pair of curly quotes",
    ),
)
"""What no text understands: as people paste it from pages, and from word processors around a whole text."""
_IN_PLAIN_TEXT: Final = (
    (re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|amp|lt|gt|quot|nbsp|apos);"), "a character reference of HTML"),
    (re.compile(r"(?<![\\*\w])\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*(?![*\w])"), "bold text of Markdown"),
    (re.compile(r"(?<![\\_\w])__[^\s_](?:[^_\n]*[^\s_])?__(?![_\w])"), "bold text of Markdown"),
)


@rule("shown-as-written", scope="entry", severity=Severity.WARNING)
def shown_as_written(entry: Entry) -> Iterator[Problem]:
    """A text holds no Markdown that its page would show as it is written, such as the brackets of a link."""
    for path, text, prop in entry.values:
        if not isinstance(text, str) or text.isalnum() or {"enum", "const", "x-ref"} & prop.schema.keys():
            continue  # of the latter, any other value than those that exist is told for that
        for found in _BRACKETS.finditer(text):
            target = found["target"]
            is_picture = found[0].startswith("!")
            if prop.prose and target and not is_picture and _KNOWN_LINK.match(target):
                continue
            if target is None and (not prop.prose or found["id"].isdigit()):
                continue  # two brackets in a row may be anything
            message = f"the brackets of {quoted(found[0])} would be shown"
            if not prop.prose or is_picture or target is None:
                hint = "write the words alone" if not prop.prose else "write [words](https://…), or the words alone"
            else:
                hint = "write the whole URL of the link, beginning with https://"
            yield entry.problem(path, message, hint)
        for pattern, what in (*_ALWAYS, *(_MARKUP if prop.prose else _IN_PLAIN_TEXT)):
            if shown := pattern.search(text):
                message = f"{quoted(shown[0].strip())} would be shown as it is written: {what} is not understood here"
                yield entry.problem(path, message, _as_plain_text(shown[0]))


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
    if day > _latest_day():
        message = f"{quoted(on.value)} is in the future"
        yield record.problem(on.path, message, "write the day on which you compared the record with the document")
        return
    document = record.target(*given["against"].path) if "against" in given else None
    published = document.own_date if document is not None else ""
    if document is not None and published and (first := dates.first_day(published)) and day < first:
        message = f"{quoted(on.value)} is before the date of {quoted(document.id)}, {published}"
        yield record.problem(on.path, message, "correct the day, or name the document that was there on that day")


def _latest_day() -> dt.date:
    """Return the last day that can have come: tomorrow, as it may be that already elsewhere."""
    today = dt.datetime.now(dt.UTC).date()
    return max(today, dates.build_date() or today) + dt.timedelta(days=1)
