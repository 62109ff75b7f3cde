"""What a change does to a knowledge base: everything that two states of a project say differently, as data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

from smartguide.changes.kinds import ChangedKind, kinds
from smartguide.changes.pages import ChangedPage, pages
from smartguide.changes.pairs import Pairs, pairs
from smartguide.changes.revisions import SHORT, Commit
from smartguide.changes.states import State, States, findings_in
from smartguide.changes.values import Change, What, changes, described
from smartguide.findings import Finding, in_order
from smartguide.model import urls
from smartguide.model.entries import Key
from smartguide.model.knowledge_base import Record, Reference
from smartguide.settings import FILE as SETTINGS

_TITLE: Final = re.compile(r"^(?:title:[ \t]*(?P<given>\S.*)|#[ \t]+(?P<heading>.+?)[ \t]*#*)$", re.MULTILINE)
_ALIKE: Final = 0.5
"""How many lines two chapters must have in common to be one that was renamed."""


class Happened(StrEnum):
    """What happened to a record."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MERGED = "merged"
    CHANGED = "changed"
    HIDDEN = "can no longer be read"
    SHOWN = "could not be read before"


@dataclass(frozen=True)
class ChangedRecord:
    """A record that has changed: as it is now, or (if it is gone) as it was.

    ``before`` is what it was. If it was renamed, ``told`` is whether its former ids say so; without that its old URL
    leads nowhere. ``into`` is the record that it was merged into. ``values`` is what it says differently.
    """

    what: Happened
    record: Record
    values: tuple[Change, ...] = ()
    before: Record | None = None
    told: bool = True
    into: Record | None = None

    @property
    def former(self) -> Record | None:
        """What the record was before it was renamed; None if it was not."""
        return self.before if self.what is Happened.RENAMED else None


@dataclass(frozen=True)
class ChangedChapter:
    """A chapter that has changed: its file, its title, its URL, and how many of its lines are new or gone.

    ``passages`` are the parts of its text that differ, as they were and as they are, each on one line.
    """

    what: What
    path: str
    title: str
    url: str
    lines_added: int = 0
    lines_removed: int = 0
    former_path: str = ""
    passages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ChangedFile:
    """Another file that has changed; ``of`` says what it is for."""

    what: What
    path: str
    of: str


class UrlChange(NamedTuple):
    """The URL of another site that is new or gone, and the files that it is, or was, written in."""

    url: str
    files: tuple[str, ...]


class FigureChange(NamedTuple):
    """A figure that moved; None where it does not exist."""

    words: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Comparison:
    """What differs between two states.

    ``wanted`` is the revision that was asked for, ``base`` the commit that was compared with: where the two parted.
    ``head`` is None for the working tree. ``notes`` say what could not be compared.
    """

    wanted: Commit
    base: Commit
    head: Commit | None
    notes: tuple[str, ...]
    records: tuple[ChangedRecord, ...]
    chapters: tuple[ChangedChapter, ...]
    files: tuple[ChangedFile, ...]
    kinds: tuple[ChangedKind, ...]
    urls_gained: tuple[UrlChange, ...]
    urls_lost: tuple[UrlChange, ...]
    references_gained: tuple[Reference, ...]
    references_lost: tuple[Reference, ...]
    pages: tuple[ChangedPage, ...]
    figures: tuple[FigureChange, ...]
    findings_gained: tuple[Finding, ...]
    findings_lost: tuple[Finding, ...]


MOST_LINES: Final = 3_000
"""Chapters of so many lines are compared line by line."""
CODE: Final = frozenset({"extension", "template", "theme", "settings"})
"""What files are for that run when the site is built or read, or say what runs."""
_FOLDERS: Final = {"schemas": "schema", "templates": "template", "theme": "theme"}


def compare(states: States) -> Comparison:
    """Compare two states of a project. Raises OSError where a file cannot be read."""
    base, head = states.base, states.head
    found = pairs(base, head)
    records = tuple(_records(found))
    gained, lost = _references(base, head, found)
    chapters = tuple(_chapters(base, head))
    files = tuple(_files(base, head, {one.record.path for one in records}))
    compared = [one for one in records if one.what not in (Happened.HIDDEN, Happened.SHOWN)]
    touched = [record for one in compared for record in (one.before, one.record) if record is not None]
    return Comparison(
        wanted=states.wanted,
        base=base.commit or states.wanted,
        head=head.commit,
        notes=tuple(_notes(states, files)),
        records=records,
        chapters=chapters,
        files=files,
        kinds=tuple(kinds(base.base, head.base)),
        urls_gained=tuple(_only_in(head, base)),
        urls_lost=tuple(_only_in(base, head)),
        references_gained=gained,
        references_lost=lost,
        pages=tuple(pages(base.base, head.base, touched, _urls_of(chapters), head.checked.chapters)),
        figures=tuple(_figures(base, head)),
        findings_gained=tuple(in_order(_gained(base, head, files))),
        findings_lost=tuple(in_order(_lost(base, head, files))),
    )


def _records(found: Pairs) -> Iterator[ChangedRecord]:
    """Yield the records that differ: what is new, what is gone, what has another id, what has changed."""
    for record in found.added:
        yield ChangedRecord(Happened.ADDED, record, tuple(described(record, What.ADDED)))
    for record in found.removed:
        yield ChangedRecord(Happened.REMOVED, record, tuple(described(record, What.REMOVED)))
    for before, into in found.merged:
        yield ChangedRecord(Happened.MERGED, before, into=into)
    new_ids = {one.before.entry.key: one.after.id for one in found.renamed}
    for before, after, told in found.renamed:
        yield ChangedRecord(Happened.RENAMED, after, tuple(changes(before, after, new_ids)), before, told)
    for before, after in found.kept:
        if repr(before.data) != repr(after.data) and (values := changes(before, after, new_ids)):
            yield ChangedRecord(Happened.CHANGED, after, tuple(values), before)
    yield from (ChangedRecord(Happened.HIDDEN, record) for record in found.hidden)
    yield from (ChangedRecord(Happened.SHOWN, record) for record in found.shown)


def _references(base: State, head: State, found: Pairs) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    """Return the references between records that are new, and those that are gone; not those of renamed records."""
    former = found.before()
    before = {(*_known_by(one, {}), number): one for one, number in _numbered(base, {})}
    after = {(*_known_by(one, former), number): one for one, number in _numbered(head, former)}
    return (
        tuple(one for known_by, one in after.items() if known_by not in before),
        tuple(one for known_by, one in before.items() if known_by not in after),
    )


def _numbered(state: State, former: dict[Key, Key]) -> Iterator[tuple[Reference, int]]:
    """Yield the references of a state; of those that are the same, each with another number."""
    seen: Counter[tuple[Key, str, Key]] = Counter()
    for record in state.base:
        for reference in record.references:
            known_by = _known_by(reference, former)
            yield reference, seen[known_by]
            seen[known_by] += 1


def _known_by(reference: Reference, former: dict[Key, Key]) -> tuple[Key, str, Key]:
    source, target = reference.source.entry.key, reference.target.entry.key
    return former.get(source, source), reference.through.name, former.get(target, target)


def _only_in(state: State, other: State) -> Iterator[UrlChange]:
    for url, files in state.urls.items():
        if url not in other.urls:
            yield UrlChange(url, tuple(files))


def _gained(base: State, head: State, files: Iterable[ChangedFile]) -> Iterator[Finding]:
    """Yield what is wrong and was not.

    The first state was checked with the extensions and the settings of the working tree. If these are new, what is
    wrong with them is told, though some of it may be old.
    """
    of = {one.of for one in files}
    yield from (one for one in findings_in(head, base) if "extension" in of or one.rule != "extension")
    if "settings" in of and head.has_own_code:
        yield from (one for one in head.own_findings if one.place.path == SETTINGS)


def _lost(base: State, head: State, files: Iterable[ChangedFile]) -> Iterator[Finding]:
    """Yield what was wrong and is not: of settings only what the same settings no longer name in vain."""
    are_same = not any(one.of == "settings" for one in files)
    yield from (one for one in findings_in(base, head) if are_same or one.place.path != SETTINGS)


def _figures(base: State, head: State) -> Iterator[FigureChange]:
    """Yield the figures that moved, but for those that could not be counted in one of the states."""
    before, after = base.figures, head.figures
    for words in dict.fromkeys([*after, *before]):
        if before.get(words) != after.get(words):
            yield FigureChange(words, before.get(words), after.get(words))


def _chapters(base: State, head: State) -> Iterator[ChangedChapter]:
    before, after = (
        {f"content/{one.name}": state.read(f"content/{one.name}") for one in state.checked.chapters}
        for state in (base, head)
    )
    gone = {path: _lines(text) for path, text in before.items() if path not in after}
    for path, text in after.items():
        lines = _lines(text)
        if path in before:
            if _differ(before[path], text):
                old = _lines(before[path])
                changed = _chapter(What.CHANGED, path, text, lines - old, old - lines)
                yield replace(changed, passages=tuple(_passages(before[path], text)))
            continue
        shares = {one: 2 * (lines & old).total() / (lines.total() + old.total() or 1) for one, old in gone.items()}
        former = max(shares, key=lambda one: (shares[one], one), default="")
        if former and shares[former] >= _ALIKE:
            old = gone.pop(former)
            moved = _chapter(What.MOVED, path, text, lines - old, old - lines, former)
            yield replace(moved, passages=tuple(_passages(before[former], text)))
        else:
            yield _chapter(What.ADDED, path, text, lines, Counter())
    for path, lines in gone.items():
        yield _chapter(What.REMOVED, path, before[path], Counter(), lines)


def _differ(one: bytes, other: bytes) -> bool:
    """Tell whether two texts differ in more than the ends of their lines."""
    return one != other and one.replace(b"\r\n", b"\n") != other.replace(b"\r\n", b"\n")


def _chapter(  # noqa: PLR0917
    what: What, path: str, text: bytes, added: Counter[str], removed: Counter[str], former: str = ""
) -> ChangedChapter:
    name = path.partition("/")[2]
    found = _TITLE.search(text.decode("utf-8", "replace"))
    title = (found["given"] or found["heading"]).strip(" \"'") if found else ""
    return ChangedChapter(what, path, title or name, urls.page(name), added.total(), removed.total(), former)


def _lines(text: bytes) -> Counter[str]:
    return Counter(_written(text))


def _written(text: bytes) -> list[str]:
    """Return the lines of a text that hold something."""
    return [line.strip() for line in text.decode("utf-8-sig", "replace").splitlines() if line.strip()]


def _passages(before: bytes, after: bytes) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text that differ; nothing of a text that is very long, as it would take too much time."""
    old, new = _written(before), _written(after)
    if max(len(old), len(new)) <= MOST_LINES:
        for what, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
            if what != "equal":
                yield " ".join(old[start:end]), " ".join(new[new_start:new_end])


def _urls_of(chapters: Iterable[ChangedChapter]) -> dict[str, What]:
    found: dict[str, What] = {}
    for one in chapters:
        found[one.url] = What.ADDED if one.what is What.MOVED else one.what
        if one.former_path:
            found[urls.page(one.former_path.partition("/")[2])] = What.REMOVED
    return found


def _files(base: State, head: State, of_records: set[str]) -> Iterator[ChangedFile]:
    """Yield the files that have changed and are neither chapters nor records that differ."""
    extensions = {*_extensions(base), *_extensions(head)}
    documents = {record.path for state in (base, head) for record in state.base}
    chapters = {f"content/{one.name}" for state in (base, head) for one in state.checked.chapters}
    names = {*base.written.files, *base.written.links, *head.written.files, *head.written.links}
    for name in sorted(names - chapters - of_records):
        was, now = (name in state.written.files or name in state.written.links for state in (base, head))
        is_link = name in base.written.links or name in head.written.links
        if was and now and not is_link and not _differ(base.read(name), head.read(name)):
            continue
        if was and now and is_link and base.written.links.get(name) == head.written.links.get(name):
            continue
        if name in documents and not (was and now):
            continue  # its records are told
        what = What.CHANGED if was and now else What.ADDED if now else What.REMOVED
        yield ChangedFile(what, name, "link" if is_link else _use(name, extensions, documents))


def _use(name: str, extensions: set[str], documents: set[str]) -> str:
    if name in documents:
        return "rewritten"
    if name in extensions or (name.partition("/")[0] == "extensions" and name.endswith(".py")):
        return "extension"
    if name == SETTINGS:
        return "settings"
    if name == "content/catalogue.yml":
        return "catalogue"
    if name.startswith("content/"):
        return "records" if name.endswith((".yml", ".yaml")) else "published"
    return _FOLDERS.get(name.partition("/")[0], "other")


def _extensions(state: State) -> Iterator[str]:
    """Yield the files that hold extensions, as far as they were run."""
    yield from (place.path for place in state.checked.extensions.places.values())


def _notes(states: States, files: Iterable[ChangedFile]) -> Iterator[str]:
    """Yield what a reader of the comparison has to know."""
    base, head = states.base, states.head
    if base.commit and base.commit.id != states.wanted.id:
        yield f"{states.wanted.named} has gone on since; the comparison is with the commit at which the two parted."
    if base.is_empty:
        yield f"{named(base.commit)} holds no knowledge base in this folder, so everything is new."
    for state in (base, head):
        which = named(state.commit)
        if state.read_by is not None:
            yield f"The schemas of {which} cannot be used; its records were read by those of {named(head.commit)}."
        if not state.is_usable and not state.is_empty:
            yield f"The catalogue of {which} cannot be used, so no records could be compared."
        elif state.errors:
            is_one = len(state.errors) == 1
            errors = "1 error" if is_one else f"{len(state.errors):,} errors"
            has = f"{which} has {errors}" if state.commit else f"There {'is' if is_one else 'are'} {errors} now"
            yield f"{has}; what could be read of it was compared."
        if state.failed_figures:
            yield f"These figures of {which} could not be counted: {', '.join(state.failed_figures)}."
    changed = [
        name
        for of, name in (("extension", "Extensions"), ("settings", "Settings"))
        if any(one.of == of for one in files)
    ]
    if changed:
        yield f"{' and '.join(changed)} have changed. Both states were checked by those of the working tree."


def named(commit: Commit | None) -> str:
    """Return what a state is called: ``main (0123456789)``, or the working tree."""
    return f"{commit.named} ({commit.id[:SHORT]})" if commit else "the working tree"
