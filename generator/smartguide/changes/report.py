"""What a comparison says to a person: the same sentences as plain text for a terminal and as Markdown for a forge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from smartguide.changes import escaping
from smartguide.changes.comparing import CODE, ChangedChapter, ChangedRecord, Comparison, Happened, named
from smartguide.changes.escaping import cut, parted
from smartguide.changes.values import Change, What
from smartguide.findings import Finding, Severity
from smartguide.model.knowledge_base import Record, Reference

LARGEST: Final = 60_000
"""Characters of a summary in Markdown. A comment on a forge takes 65,536."""
SHARE: Final = 2_000
"""So many of them are kept for each part that follows."""
OF_TITLES: Final = 250
"""So many of them a title takes, with a sentence about what is left out."""
MOST_VALUES: Final = 40
"""So many lines about one record or chapter are shown in Markdown."""
_LONGEST_NAME: Final = 120


@dataclass(frozen=True)
class Notation:
    """How text is written: ``say`` takes any text of strangers, ``code`` a path, a URL or an id, ``strong`` a title.

    ``is_bounded`` is whether a report may not become too large.
    """

    say: Callable[[str], str]
    code: Callable[[str], str]
    strong: Callable[[str], str]
    is_bounded: bool


TEXT: Final = Notation(escaping.one_line, escaping.one_line, str, is_bounded=False)
MARKDOWN: Final = Notation(escaping.literal, escaping.code, lambda text: f"**{text}**", is_bounded=True)
_HAPPENED: Final = {
    Happened.ADDED: "Added",
    Happened.REMOVED: "Removed",
    Happened.MERGED: "Merged",
    Happened.RENAMED: "Renamed",
    Happened.CHANGED: "Changed",
    Happened.HIDDEN: "Can no longer be read",
    Happened.SHOWN: "Could not be read before",
}
_WHAT: Final = {What.ADDED: "new", What.REMOVED: "removed", What.CHANGED: "changed", What.MOVED: "renamed"}
_DONE: Final = {**_WHAT, What.ADDED: "added"}
_USES: Final = {
    "extension": "code that runs when the site is built",
    "template": "a template of pages",
    "theme": "look and scripts of the site",
    "settings": "the settings of the site",
    "schema": "what records may hold",
    "catalogue": "which collections there are",
    "published": "published as it is",
    "records": "records",
    "rewritten": "it says the same: other layout, other comments, or the new id of another record",
    "link": "a symbolic link, or another repository inside of this one",
    "other": "",
}


@dataclass
class Item:
    """One entry of a part of a report: its line, and lines below it."""

    line: str
    below: Sequence[str] = ()


@dataclass
class Part:
    """A part of a report: its title and its entries; if they are the rows of a table, ``head`` is its first row."""

    title: str
    items: list[Item]
    head: tuple[str, ...] = ()


def text(comparison: Comparison) -> str:
    """Return a comparison as plain text; it ends with a line feed."""
    lines = _opening(comparison, TEXT)
    for part in _parts(comparison, TEXT):
        lines += ["", part.title]
        for item in part.items:
            lines += [f"  {item.line}", *(f"    {one}" for one in item.below)]
    return "\n".join(lines) + "\n"


def markdown(comparison: Comparison) -> str:
    """Return a comparison in Markdown, of at most ``LARGEST`` characters; it ends with a line feed."""
    lines = [f"## {MARKDOWN.say('What this change does')}", "", *_opening(comparison, MARKDOWN)]
    parts = list(_parts(comparison, MARKDOWN))
    made = [[_in_markdown(item, is_row=bool(part.head)) for item in part.items] for part in parts]
    for number, (part, items) in enumerate(zip(parts, made, strict=True)):
        lines += ["", f"### {part.title}", ""]
        if part.head:
            lines += [f"| {' | '.join(part.head)} |", f"|{'---|' * len(part.head)}"]
        reserved = sum(min(_size(chain.from_iterable(one)), SHARE) + OF_TITLES for one in made[number + 1 :])
        lines += _fitting(items, LARGEST - OF_TITLES - _size(lines) - reserved)
    return "\n".join(lines) + "\n"


def _in_markdown(item: Item, *, is_row: bool) -> list[str]:
    return [item.line] if is_row else [f"- {item.line}", *(f"  - {one}" for one in item.below)]


def _size(lines: Iterable[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _fitting(items: Sequence[Sequence[str]], room: int) -> list[str]:
    """Return the lines of as many items as there is room for, and how many are left out."""
    lines: list[str] = []
    for number, item in enumerate(items):
        for at, line in enumerate(item):
            room -= len(line) + 1
            if room < 0:
                if at:
                    lines.append(f"  - and {len(item) - at:,} more lines")
                left_out = len(items) - number - (1 if at else 0)
                if left_out:
                    lines += ["", f"{left_out:,} more are not listed here; `smartguide diff` lists all."]
                return lines
            lines.append(line)
    return lines


def _opening(comparison: Comparison, to: Notation) -> list[str]:
    """Return a line with the numbers, what was compared, and what could not be compared."""
    base, head = to.say(named(comparison.base)), to.say(named(comparison.head))
    compared = f"Compared with {base}." if comparison.head is None else f"From {base} to {head}."
    lines = [_in_numbers(comparison), "", compared]
    if comparison.notes:
        dash = "- " if to.is_bounded else ""
        lines += ["", *(f"{dash}{to.strong('Note')}. {to.say(cut(note))}" for note in comparison.notes)]
    return lines


def _in_numbers(comparison: Comparison) -> str:
    """Return what has changed, in one sentence of numbers."""
    records = Counter(one.what for one in comparison.records)
    chapters, files = (Counter(one.what for one in found) for found in (comparison.chapters, comparison.files))
    errors = sum(one.severity is Severity.ERROR for one in comparison.findings_gained)
    counts = [
        *((records[what], "record", words.lower()) for what, words in _HAPPENED.items()),
        *((chapters[what], "chapter", _DONE[what]) for what in What),
        (len(comparison.kinds), "kind", "of record changed"),
        *((files[what], "other file", _DONE[what]) for what in What),
        (len(comparison.urls_gained), "new link", "to other sites"),
        (len(comparison.urls_lost), "link", "to other sites gone"),
        (errors, "new error", ""),
        (len(comparison.findings_gained) - errors, "new warning", ""),
        (len(comparison.findings_lost), "problem", "gone"),
    ]
    said = [_count(number, noun, rest) for number, noun, rest in counts if number]
    return f"{'; '.join(said)}." if said else "Nothing changes."


def _count(number: int, noun: str, rest: str = "") -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'} {rest}".rstrip()


def _parts(comparison: Comparison, to: Notation) -> Iterator[Part]:
    """Yield the parts of a report that have something to say."""
    for part in (
        _findings("What is wrong now and was not before", comparison.findings_gained, to),
        *_records(comparison, to),
        _findings("What was wrong before and is not now", comparison.findings_lost, to),
        Part("Figures that move", list(_figures(comparison, to)), ("Figure", "Before", "Now")),
        Part("Chapters", [_chapter(one, to) for one in comparison.chapters]),
        Part("What records may hold", list(_kinds(comparison, to))),
        Part("Other files", list(_files(comparison, to))),
        Part("New links to other sites", list(_urls(comparison.urls_gained, to))),
        Part("Links to other sites that are gone", list(_urls(comparison.urls_lost, to))),
        Part("New references between records", list(_references(comparison.references_gained, to))),
        Part("References between records that are gone", list(_references(comparison.references_lost, to))),
        Part("Pages that change", list(_pages(comparison, to, shows=False))),
        Part("Pages that show something of these records", list(_pages(comparison, to, shows=True))),
    ):
        if part.items:
            yield part


def _name(record: Record, to: Notation, path: bool = True) -> str:  # noqa: FBT001, FBT002
    """Return the kind, the name and the file of a record."""
    said = f"{to.say(record.kind.title)}: {to.strong(to.say(cut(record.label, _LONGEST_NAME)))}"
    return f"{said}, {to.code(record.path)}" if path else said


def _records(comparison: Comparison, to: Notation) -> Iterator[Part]:
    for what, title in _HAPPENED.items():
        found = [one for one in comparison.records if one.what is what]
        yield Part(title, [_record(one, to) for one in found])


def _record(one: ChangedRecord, to: Notation) -> Item:
    line = _name(one.record, to)
    if one.into is not None:
        line += f", into {to.say(cut(one.into.label, _LONGEST_NAME))}: its URL leads there"
    if one.former is not None:
        kept = "its old URL leads to the new one" if one.told else "its old URL leads nowhere, as no former id says so"
        line += f", from {to.code(one.former.id)} to {to.code(one.record.id)}: {kept}"
    if one.what is Happened.REMOVED:
        line += ": its URL leads nowhere"
    lines = [line for change in one.values for line in _value(change, to)]
    return Item(line, _bounded(lines, to))


def _value(change: Change, to: Notation) -> list[str]:
    """Return one or two lines about a value."""
    title = to.say(" / ".join(cut(word, _LONGEST_NAME) for word in change.words))
    if change.what is What.MOVED and change.places:
        old, new = change.places
        return [f"{title}: {_said(change.now, to)} (moved from place {old} to {new})"]
    if change.what is What.CHANGED:
        if change.is_text:
            return [f"{title}, {line}" for line in _before_and_now(change.was, change.now, to)]
        return [f"{title}: {_said(change.was, to)} → {_said(change.now, to)}"]
    return [f"{title}: {_said(change.now or change.was, to)} ({_WHAT[change.what]})"]


def _before_and_now(before: str, after: str, to: Notation) -> list[str]:
    """Return a text as it was and as it is, around what differs; one line for one that is new or gone."""
    if not (before and after):
        return [f"{'removed' if before else 'new'}: {_said(before or after, to)}"]
    lead, was, now, tail = parted(before, after)
    return [f"before: {_around(lead, was, tail, to)}", f"now: {_around(lead, now, tail, to)}"]


def _around(lead: str, text: str, tail: str, to: Notation) -> str:
    """Return a text that differs between others that do not."""
    said = _said(text, to)
    parts = [to.say(lead), to.strong(said) if said and (lead or tail) else said, to.say(tail)]
    return " ".join(filter(None, parts))


def _said(text: str, to: Notation) -> str:
    """Return a text, cut if it is long and the report may not become too large."""
    return to.say(cut(text) if to.is_bounded else text)


def _findings(title: str, findings: Iterable[Finding], to: Notation) -> Part:
    items = [
        Item(f"{to.strong(one.severity.capitalize())} in {to.code(str(one.place))}: {to.say(cut(one.explain()))}")
        for one in findings
    ]
    return Part(title, items)


def _figures(comparison: Comparison, to: Notation) -> Iterator[Item]:
    for words, before, after in comparison.figures:
        was, now = (_number(one) for one in (before, after))
        yield Item(f"| {to.say(words)} | {was} | {now} |" if to.is_bounded else f"{to.say(words)}: {was} → {now}")


def _number(number: float | None) -> str:
    return "none" if number is None else f"{number:,}"


def _chapter(one: ChangedChapter, to: Notation) -> Item:
    lines = " and ".join(
        _count(number, "line", words)
        for number, words in ((one.lines_added, "added"), (one.lines_removed, "removed"))
        if number
    )
    former = f" (was {to.code(one.former_path)})" if one.former_path else ""
    said = f"{to.strong(to.say(cut(one.title, _LONGEST_NAME)))}, {to.code(one.path)}{former}: {_WHAT[one.what]}"
    below = [line for was, now in one.passages for line in _before_and_now(was, now, to)]
    return Item(", ".join(filter(None, [said, lines])), _bounded(below, to))


def _bounded(lines: list[str], to: Notation) -> list[str]:
    """Return lines; only the first of many, if the report may not become too large."""
    if to.is_bounded and len(lines) > MOST_VALUES:
        return [*lines[:MOST_VALUES], f"and {len(lines) - MOST_VALUES:,} more lines"]
    return lines


def _kinds(comparison: Comparison, to: Notation) -> Iterator[Item]:
    for one in comparison.kinds:
        yield Item(
            to.strong(to.say(cut(one.title, _LONGEST_NAME))), _bounded([_said(said, to) for said in one.says], to)
        )


def _files(comparison: Comparison, to: Notation) -> Iterator[Item]:
    """Yield the files that are neither records nor chapters; those first that run, or say what runs."""
    for one in sorted(comparison.files, key=lambda one: (one.of not in CODE and one.of != "link", one.path)):
        use = _USES.get(one.of, one.of)
        yield Item(f"{to.code(one.path)}: {_WHAT[one.what]}" + (f" ({use})" if use else ""))


def _urls(changes: Iterable[tuple[str, tuple[str, ...]]], to: Notation) -> Iterator[Item]:
    for url, files in changes:
        named_in = ", ".join(to.code(name) for name in files[:3])
        more = f" and {len(files) - 3} more" if len(files) > 3 else ""  # noqa: PLR2004  # those that are named
        yield Item(f"{to.code(url)} in {named_in}{more}")


def _references(references: Iterable[Reference], to: Notation) -> Iterator[Item]:
    for one in references:
        yield Item(
            f"{_name(one.source, to, path=False)} → {_name(one.target, to, path=False)} ({to.say(one.through.title)})"
        )


def _pages(comparison: Comparison, to: Notation, *, shows: bool) -> Iterator[Item]:
    for one in comparison.pages:
        if one.shows is shows:
            why = ", ".join(to.say(cut(word, _LONGEST_NAME)) for word in one.why[:3])
            yield Item(f"{to.code('/' + one.url)}: {_WHAT[one.what]} ({why})")
