"""What a schema cannot say: one small function a rule.

A rule takes the knowledge base and yields findings. Its docstring says what holds and why; its name, with ``-``, is the
name that the finding carries.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Final

from rapidfuzz import fuzz, process

from smartguide import measures
from smartguide.country_codes import BREXIT, EU_MEMBERS
from smartguide.findings import Finding, Place, Severity, key_path, quoted
from smartguide.model import urls
from smartguide.model.knowledge_base import ID, KnowledgeBase, Record
from smartguide.reading import Path_

Rule = Callable[[KnowledgeBase], Iterator[Finding]]

NEARLY_THE_SAME: Final = 87
"""Names at least this alike (of 100, without capitals, accents and legal forms) are worth a second look."""

MOST_SPELLINGS: Final = 100
"""So many other spellings of one organisation are compared with those of others."""

_rules: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Add a function to the rules that ``check`` applies."""
    _rules.append(function)
    return function


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, in the order in which they are applied."""
    return tuple(_rules)


def check(base: KnowledgeBase) -> Iterator[Finding]:
    """Yield what every rule finds."""
    for function in _rules:
        yield from function(base)


def _records(base: KnowledgeBase, collection: str) -> Iterator[Record]:
    found = base.collections.get(collection)
    return iter(found if found is not None else ())


def _error(record: Record, path: Path_, name: str, message: str, hint: str = "") -> Finding:
    return Finding(record.place_of(*path), name, message, key_path(path), hint)


def _warning(record: Record, path: Path_, name: str, message: str, hint: str = "") -> Finding:
    return Finding(record.place_of(*path), name, message, key_path(path), hint, Severity.WARNING)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


@rule
def period(base: KnowledgeBase) -> Iterator[Finding]:
    """A start is not after the end of the same record."""
    for record in base:
        start, end = _text(record.data.get("start")), _text(record.data.get("end"))
        if start and end and start > end:
            yield _error(
                record,
                ("start",),
                "period",
                f"{quoted(start)} is after the end, {quoted(end)}",
                "swap them or mend one",
            )


@rule
def duration(base: KnowledgeBase) -> Iterator[Finding]:
    """A duration in months is that of start and end, both counted, give or take one month."""
    for record in base:
        start, end, months = (record.data.get(key) for key in ("start", "end", "duration_months"))
        if not (isinstance(start, str) and isinstance(end, str) and isinstance(months, int)):
            continue
        try:
            (from_year, from_month), (to_year, to_month) = (map(int, text.split("-")) for text in (start, end))
        except ValueError:
            continue  # the schema says what is wrong with the form
        counted = (to_year - from_year) * 12 + to_month - from_month + 1
        if abs(counted - months) > 1:
            message = f"{months} months, but {start} to {end} are {counted}"
            yield _warning(
                record,
                ("duration_months",),
                "duration",
                message,
                "mend one, or explain it in the notes and leave it out",
            )


@rule
def eu_target_market(base: KnowledgeBase) -> Iterator[Finding]:
    """A target market is outside the EU: ESCP-4i go to third countries (2014 and 2017 calls, Smart Guide 2019, 2.1)."""
    for record in base:
        markets = record.data.get("target_markets")
        for number, code in enumerate(markets if isinstance(markets, list) else ()):
            still_member = code == "GB" and _text(record.data.get("end")) and _text(record.data.get("end")) < BREXIT
            if isinstance(code, str) and (code in EU_MEMBERS or still_member):
                message = f"{quoted(code)} is a member state of the EU, not a third country"
                yield _error(record, ("target_markets", number), "eu-target-market", message, "take it out")


@rule
def predecessor(base: KnowledgeBase) -> Iterator[Finding]:
    """A predecessor is another record, and earlier: by its generation, or else by its start."""
    for record in base:
        earlier = record.target("predecessor")
        if earlier is None:
            continue
        if earlier is record:
            yield _error(
                record, ("predecessor",), "predecessor", "a partnership cannot continue itself", "name the earlier one"
            )
            continue
        for key in ("generation", "start"):
            before, after = earlier.data.get(key), record.data.get(key)
            if type(before) is type(after) and isinstance(before, int | str) and before != after:
                if before > after:  # type: ignore[operator]  # both are of one type
                    message = f"{quoted(earlier.label)} is later ({key} {before}) than this one ({key} {after})"
                    yield _error(
                        record, ("predecessor",), "predecessor", message, "swap them or mend the one that is wrong"
                    )
                break


@rule
def predecessor_circle(base: KnowledgeBase) -> Iterator[Finding]:
    """Going from predecessor to predecessor never comes back."""
    for record in base:
        seen = {record}
        earlier = record.target("predecessor")
        while earlier is not None and earlier not in seen:
            seen.add(earlier)
            earlier = earlier.target("predecessor")
        if earlier is record and len(seen) > 1:
            names = ", ".join(sorted(other.id for other in seen))
            yield _error(
                record,
                ("predecessor",),
                "predecessor-circle",
                f"goes round in a circle ({names})",
                "take one of them out",
            )


@rule
def voluntary_funding(base: KnowledgeBase) -> Iterator[Finding]:
    """A voluntary partnership has the label without EU money (Smart Guide 2019, 2.1)."""
    for record in _records(base, "partnerships"):
        if record.data.get("strand") == "voluntary" and record.data.get("eu_funded") is True:
            message = "a voluntary partnership is not EU-funded"
            yield _error(record, ("eu_funded",), "voluntary-funding", message, "write false, or mend the strand")


@rule
def voluntary_generation(base: KnowledgeBase) -> Iterator[Finding]:
    """Voluntary partnerships exist in the first generation only (Smart Guide 2019, Tables 1 and 2)."""
    for record in _records(base, "partnerships"):
        generation = record.data.get("generation")
        if record.data.get("strand") == "voluntary" and isinstance(generation, int) and generation > 1:
            message = f"generation {generation} has no voluntary partnerships"
            yield _error(
                record, ("strand",), "voluntary-generation", message, 'write "1" or "2", or mend the generation'
            )


@rule
def repeated_partner(base: KnowledgeBase) -> Iterator[Finding]:
    """An organisation stands once in the partner list of a partnership."""
    for record in _records(base, "partnerships"):
        seen: dict[Record, Path_] = {}
        for reference in record.references:
            if reference.through.name != "partners[].partner":
                continue
            if reference.target in seen:
                first = record.place_of(*seen[reference.target]).line
                message = f"{quoted(reference.target.id)} is in the list already (line {first})"
                yield _error(record, reference.path, "repeated-partner", message, "delete one of the two entries")
            seen.setdefault(reference.target, reference.path)


@rule
def more_smes_than_members(base: KnowledgeBase) -> Iterator[Finding]:
    """The SMEs among the members are not more than the members."""
    for record in base:
        members, smes = record.data.get("members"), record.data.get("smes")
        if isinstance(members, int) and isinstance(smes, int) and smes > members:
            message = f"{smes} SMEs among {members} members"
            yield _error(record, ("smes",), "more-smes-than-members", message, "swap them or mend one")


@rule
def range_of_figure(base: KnowledgeBase) -> Iterator[Finding]:
    """The upper end of a range is above its lower end."""
    for record in base:
        figures = record.data.get("figures")
        for number, figure in enumerate(figures if isinstance(figures, list) else ()):
            value, maximum = (
                (figure.get(key) for key in ("value", "maximum")) if isinstance(figure, dict) else (None, None)
            )
            if isinstance(value, int | float) and isinstance(maximum, int | float) and maximum <= value:
                message = f"the upper end, {maximum}, is not above {value}"
                yield _error(
                    record, ("figures", number, "maximum"), "range-of-figure", message, "swap them or leave it out"
                )


@rule
def same_name(base: KnowledgeBase) -> Iterator[Finding]:
    """No two records of a collection have the same name, unless one continues the other."""
    for collection in base.collections.values():
        by_name: defaultdict[str, list[Record]] = defaultdict(list)
        for record in collection:
            by_name[record.label.casefold()].append(record)
        for records in by_name.values():
            for first, second in itertools.pairwise(records):
                if first not in second.targets("predecessor") and second not in first.targets("predecessor"):
                    path = (second.kind.label_key,)
                    message = f"{quoted(second.label)} is the name of {first.path} too"
                    yield _error(
                        second, path, "same-name", message, "is it the same one? Merge them, or tell them apart"
                    )


@rule
def same_number(base: KnowledgeBase) -> Iterator[Finding]:
    """Numbers count the records of a collection, or of one area of it, so none is given twice."""
    for collection in base.collections.values():
        taken: dict[tuple[Any, Any], Record] = {}
        for record in collection:
            number = record.data.get("number", record.data.get("order"))
            if not isinstance(number, int):
                continue
            within = str(record.data.get("area")) if collection.name == "challenges" else None
            first = taken.setdefault((within, number), record)
            if first is not record:
                key = "number" if "number" in record.data else "order"
                message = f"{number} is the number of {first.path} too"
                yield _error(record, (key,), "same-number", message, "give it the next free one")


@rule
def repeated_step(base: KnowledgeBase) -> Iterator[Finding]:
    """Readers' plans remember the steps of a checklist by their ids, so each is there once."""
    for record in base:
        seen: set[str] = set()
        steps = record.data.get("checklist")
        for number, step in enumerate(steps if isinstance(steps, list) else ()):
            step_id = step.get("id") if isinstance(step, dict) else None
            if not isinstance(step_id, str):
                continue
            if step_id in seen:
                message = f"the step id {quoted(step_id)} is taken by an earlier step"
                yield _error(record, ("checklist", number, "id"), "repeated-step", message, "choose another")
            seen.add(step_id)


@rule
def alias_is_name(base: KnowledgeBase) -> Iterator[Finding]:
    """Another spelling differs from the name (to the letter; capitals count)."""
    for record in base:
        aliases = record.data.get("aliases")
        names = {record.label, _text(record.data.get("title"))}
        for number, alias in enumerate(aliases if isinstance(aliases, list) else ()):
            if isinstance(alias, str) and alias in names:
                message = f"{quoted(alias)} is the name itself"
                yield _warning(record, ("aliases", number), "alias-is-name", message, "take it out")


@rule
def printed_as_name(base: KnowledgeBase) -> Iterator[Finding]:
    """``printed_as`` keeps a spelling that differs from the name on the organisation's own record."""
    for record in _records(base, "partnerships"):
        for reference in record.references:
            if reference.through.name != "partners[].partner":
                continue
            entry = record.data["partners"][reference.path[1]]
            if entry.get("printed_as") == reference.target.label:
                message = f"{quoted(reference.target.label)} is how the organisation's own record writes it"
                yield _warning(record, (*reference.path[:-1], "printed_as"), "printed-as-name", message, "take it out")


@rule
def unknown_spelling(base: KnowledgeBase) -> Iterator[Finding]:
    """Every spelling of a partner list is an alias of the organisation too, so that the search finds it."""
    for record in _records(base, "partnerships"):
        for reference in record.references:
            if reference.through.name != "partners[].partner":
                continue
            printed = _text(record.data["partners"][reference.path[1]].get("printed_as"))
            target = reference.target
            aliases = target.data.get("aliases")
            if printed and printed != target.label and printed not in (aliases if isinstance(aliases, list) else ()):
                message = f"{quoted(printed)} is not among the other spellings of {target.path}"
                yield _warning(
                    record, (*reference.path[:-1], "printed_as"), "unknown-spelling", message, "add it to its aliases"
                )


@rule
def near_duplicate(base: KnowledgeBase) -> Iterator[Finding]:
    """Two organisations of one country with nearly the same name may be one; ``related`` says that they are not."""
    by_country: defaultdict[Any, list[Record]] = defaultdict(list)
    for record in _records(base, "partners"):
        by_country[str(record.data.get("country"))].append(record)
    for records in by_country.values():
        owners = [(folded, record) for record in records for folded in _spellings(record)]
        names = [folded for folded, _ in owners]
        told: set[tuple[str, str]] = set()
        for place, (folded, second) in enumerate(owners):
            for _, _, index in process.extract_iter(
                folded, names[:place], scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME
            ):
                first = owners[index][1]
                if first is second or (first.id, second.id) in told or _told_apart(first, second):
                    continue
                told.add((first.id, second.id))
                message = f"nearly the same name as {quoted(first.label)} ({first.path})"
                hint = "merge them, or list one under 'related' of the other and say why in its notes"
                yield _warning(second, ("name",), "near-duplicate", message, hint)


def _told_apart(one: Record, other: Record) -> bool:
    return other in one.targets("related") or one in other.targets("related")


_LEGAL_FORMS: Final = frozenset(
    {"e", "v", "ev", "gmbh", "ltd", "sa", "scpa", "oy", "ab", "z", "s", "zs", "kft", "the", "cluster"}
)


def _spellings(record: Record) -> set[str]:
    aliases = record.data.get("aliases")
    names = [record.label, *(aliases[:MOST_SPELLINGS] if isinstance(aliases, list) else ())]
    return {folded for name in names if (folded := _folded(str(name)))}


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    return " ".join(word for word in words if word not in _LEGAL_FORMS)


@rule
def unreferenced(base: KnowledgeBase) -> Iterator[Finding]:
    """A record that is there to be referred to is referred to: nobody finds an organisation that no record names.

    Which collections others refer to follows from the schemas; some of them are read for their own sake all the same.
    """
    if not base.is_whole:
        return  # a record that cannot be read may refer to it
    referred_to = {
        str(prop.schema["x-ref"]).partition("#")[0]
        for collection in base.collections.values()
        for prop in collection.kind.references
    }
    for name in sorted(referred_to & set(base.collections)):
        if name in _READ_FOR_THEMSELVES:
            continue
        for record in base[name]:
            if not [reference for reference in record.referenced_by if reference.source is not record]:
                message = f"no record refers to {quoted(record.id)}"
                yield _warning(record, (), "unreferenced", message, "name it where it belongs, or delete it")


_READ_FOR_THEMSELVES: Final = frozenset(
    {"partnerships", "actions", "challenges", "good-practices", "boxes", "instruments", "calls", "areas"}
)


@rule
def former_id(base: KnowledgeBase) -> Iterator[Finding]:
    """A former id leads to one record only, and is not the id of a record that exists."""
    for collection in base.collections.values():
        taken: dict[str, Record] = dict(collection.records)
        for record in collection:
            former = record.data.get("former_ids")
            for number, old in enumerate(former if isinstance(former, list) else ()):
                if not isinstance(old, str):
                    continue
                first = taken.setdefault(old, record)
                if first is not record or old == record.id:
                    message = f"{quoted(old)} is an id of {first.path}"
                    yield _error(record, ("former_ids", number), "former-id", message, "take it out")


@rule
def taken_address(base: KnowledgeBase) -> Iterator[Finding]:
    """The address of a record, now or before, is not that of a page that is there besides; one would hide the other.

    The index of a collection may be a page that people write.
    """
    taken = {urls.collection(found): f"the index of {found.name}" for found in base.collections.values()}
    taken |= {urls.page(chapter): f"content/{chapter}" for chapter in base.chapters}
    for record in base:
        if record.collection.one_page:
            continue  # it has an anchor, and no page
        former = record.data.get("former_ids")
        ids: list[tuple[Path_, Any]] = [((), record.id)]
        ids += [(("former_ids", place), old) for place, old in enumerate(former if isinstance(former, list) else ())]
        for path, one in ids:
            if not (isinstance(one, str) and ID.match(one)):
                continue  # the schema says so
            address = urls.page(urls.page_source(urls.former(record, one)))
            if address in taken:
                message = f"the address /{address} is that of {taken[address]}"
                yield _error(record, path, "taken-address", message, "choose another id, or move that page")


@rule
def one_sided(base: KnowledgeBase) -> Iterator[Finding]:
    """An action names the challenges that it answers, a challenge the actions that answer it: the two agree."""
    for collection, key, other, back in (
        ("actions", "challenges", "challenges", "actions"),
        ("challenges", "actions", "actions", "challenges"),
    ):
        for record in _records(base, collection):
            for reference in record.references:
                target = reference.target
                if reference.path[0] != key or target.collection.name != other:
                    continue
                if record not in target.targets(back):
                    message = f"{target.path} does not name {quoted(record.id)} under {back}"
                    yield _warning(record, reference.path, "one-sided", message, "add it there, or take it out here")


_INVISIBLE: Final = re.compile(
    r"[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    r"\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that no reader sees: zero-width ones, soft hyphens, and those that turn the direction of writing round."""


_UNSEEN: Final = frozenset({"Cc", "Co", "Cs", "Zl", "Zp"})
"""Categories without a letter to show: controls, private ones, and the separators of lines and paragraphs."""


@rule
def invisible_character(base: KnowledgeBase) -> Iterator[Finding]:
    """A text holds no control characters and none that no reader sees (they come with copying from PDF and the web)."""
    for record in base:
        for path, text in _texts(record.data, ()):
            if char := _invisible(text):
                message, hint = f"holds the invisible character U+{ord(char):04X}", "delete it: write the text anew"
                yield _error(record, path, "invisible-character", message, f"{hint} instead of pasting it")


def _invisible(text: str) -> str:
    """Return the first character of a text that nobody sees; an empty string if there is none."""
    if text.isprintable() and not _INVISIBLE.search(text):  # nearly all are, and it is quick to tell
        return ""
    unseen = (
        char
        for char in text
        if _INVISIBLE.match(char) or (unicodedata.category(char) in _UNSEEN and char not in "\n\t")
    )
    return next(unseen, "")


@rule
def blank_text(base: KnowledgeBase) -> Iterator[Finding]:
    """A text is more than blanks; what no source says is left out."""
    for record in base:
        for path, text in _texts(record.data, ()):
            if text and not text.strip():
                yield _error(
                    record, path, "blank-text", "holds nothing but blanks", "write something or leave the key out"
                )


def _texts(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*path, number))


@rule
def unknown_measure(base: KnowledgeBase) -> Iterator[Finding]:
    """A published figure is compared with a count that there is."""
    for record in base:
        name = record.data.get("measure")
        if isinstance(name, str) and not measures.is_known(name):
            message = f"no count is called {quoted(name)}"
            yield _error(
                record, ("measure",), "unknown-measure", message, "see generator/measures.py for those that there are"
            )


@rule
def empty_collection(base: KnowledgeBase) -> Iterator[Finding]:
    """A collection has records: a wildcard that matches nothing is a slip of the pen."""
    for collection in base.collections.values():
        if not collection.records:
            place = Place("content/catalogue.yml")
            message = f"the collection {quoted(collection.name)} has no records"
            yield Finding(
                place, "empty-collection", message, hint="check the path after !include", severity=Severity.WARNING
            )
