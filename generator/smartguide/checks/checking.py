"""The whole check: read, schemas, links, rules, chapters, settings. What CI, the command line and the build all run.

A ``Checker`` can check again: what comes from a file alone (its document, its records, what is wrong with them as they
are written) is kept as long as the file does not change.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from smartguide import extensions as seam
from smartguide.checks import (
    chapters,
    folder,
    forge_markdown,
    gathered,
    link_results,
    lists,
    misplaced_records,
    navigation,
    page_urls,
    project_files,
    references,
    rules,
    schema_errors,
    schema_lines,
    schemas,
    settings_values,
    template_code,
)
from smartguide.checks.chapters import Chapter, Targets
from smartguide.checks.kept import Kept
from smartguide.checks.lost import Consequence, Lost, counted
from smartguide.extensions import Extension, ExtensionError, Extensions, Rule
from smartguide.findings import Finding, Place, Severity, did_you_mean, in_order, quoted
from smartguide.model import catalogue as catalogues
from smartguide.model import schema_files, urls
from smartguide.model.catalogue import CATALOGUE, Declaration
from smartguide.model.entries import Entry
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import Content, KnowledgeBase
from smartguide.model.schema_files import Kinds
from smartguide.project import Project
from smartguide.reading import NUMBER, Document, DocumentCache, KeptData, Listing, Reader, Signature
from smartguide.settings import FILE as SETTINGS
from smartguide.settings import Settings, SettingsError, read_settings, unknown_settings

OWN_RULES: Final = tuple(one for one in seam.in_module(rules) if isinstance(one, Rule))
"""The rules that apply to every knowledge base."""


@dataclass(frozen=True)
class Checked:
    """A knowledge base, everything that is wrong with it, in order, and what its project adds in Python.

    ``in_macros`` are the records that macros of chapters name in vain. A build does not stop at them, as its engine
    tells them together with all else that fails in macros. ``chapters`` are the pages that people write.
    """

    base: KnowledgeBase
    findings: list[Finding]
    extensions: Extensions = field(default_factory=Extensions)
    in_macros: list[Finding] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that were applied."""
        return (*OWN_RULES, *self.extensions.rules)


@dataclass(frozen=True)
class Read:
    """What was read of a project: its records are linked, but not checked yet.

    ``findings`` are what is wrong with files by themselves. Without ``is_usable`` the catalogue cannot be used, so that
    ``base`` has no collections.
    """

    base: KnowledgeBase
    findings: list[Finding]
    listing: Listing
    catalogue: Document
    chapters: list[Chapter]
    kinds: Kinds
    extensions: Extensions = field(default_factory=Extensions)
    is_usable: bool = False
    lost: Lost = field(default_factory=Lost)


def check(project: Project | Path | str) -> Checked:
    """Check a project, or the project in a folder. Nothing is raised for something that a person wrote."""
    return Checker(Project.of(project)).check()


class Checker:
    """Checks one project, as often as it is asked to. ``data`` is what its files were read to in an earlier run."""

    def __init__(self, project: Project, data: KeptData | None = None) -> None:
        self.project = project
        self._data = data
        self._documents = DocumentCache()
        self._kinds = Kept[Kinds]()
        self._own_kinds = schema_files.load(schema_files.OWN)
        self._texts = Kept[list[Finding]]()
        self._schema_findings = Kept[list[Finding]]()
        self._extensions = Kept[tuple[Extensions, list[Finding]]]()
        self._settings = Kept[tuple[Settings, list[Finding]]]()
        self._entries: dict[str, tuple[Document, Kind, list[Entry | Finding]]] = {}
        self._of_entries: dict[Entry, list[Finding]] = {}
        self._rules_of_entries: tuple[Rule, ...] = ()
        self._chapters: dict[str, tuple[Signature, Chapter]] = {}

    def check(self, read: Read | None = None) -> Checked:
        """Check everything; without ``read``, read what has changed first.

        Nothing is raised for something that a person wrote.
        """
        with _without_garbage_collection():
            return self._check(read or self._read())

    def read(self) -> Read:
        """Read what has changed, and link the records. Nothing is raised for something that a person wrote."""
        with _without_garbage_collection():
            return self._read()

    def _read(self) -> Read:
        project = self.project
        reader = Reader(project.root, project.content, self._documents, self._data)
        listing = reader.listing
        chapter_names = list(listing.with_suffix(".md"))
        kinds = self._kinds.get(_signatures(project.schemas), lambda: schema_files.load(project.schemas))
        catalogue = reader.read(project.content / CATALOGUE)
        read_chapters = self._read_chapters(reader, chapter_names)
        files = _signatures(project.schemas), _signatures(project.templates)
        findings = [*kinds.findings, *catalogue.all_findings()]
        findings += self._texts.get(
            files, lambda: list(project_files.check(reader, project.schemas, project.templates))
        )
        findings += (finding for chapter in read_chapters for finding in chapter.findings)
        read = Read(
            KnowledgeBase(project.root, chapters=chapter_names), findings, listing, catalogue, read_chapters, kinds
        )
        if not isinstance(catalogue.data, dict):
            return read
        own = self._own_kinds.by_name["catalogue"]
        if wrong := list(schema_errors.check(own, catalogue, catalogues.without_records(catalogue.data))):
            told = {finding.place.line for finding in catalogue.findings if finding.severity is Severity.ERROR}
            findings += (finding for finding in wrong if finding.place.line not in told)
            return read
        extensions, wrong = self._extended(catalogue)
        findings += wrong
        lost = Lost()
        contents = [
            self._content(catalogue, found, findings, lost) for found in self._declared(catalogue, kinds, findings)
        ]
        _note_undeclared(catalogue, contents, kinds, lost)
        is_complete = not (lost.collections or lost.values)
        base = KnowledgeBase(project.root, contents, chapter_names, is_complete=is_complete)
        return replace(read, base=base, extensions=extensions, is_usable=True, lost=lost)

    def _check(self, read: Read) -> Checked:
        if not read.is_usable:
            return Checked(read.base, in_order(read.findings))
        base, kinds, extensions = read.base, read.kinds, read.extensions
        findings = list(read.findings)
        findings += self._schema_findings.get(
            (id(kinds), tuple((one.name, one.kind.name) for one in base.collections.values())),
            lambda: list(self._of_schemas(kinds, base, read.lost)),
        )
        consequences: list[Consequence] = []
        for found in self._of_records(base, extensions, read.lost):
            if isinstance(found, Consequence):
                consequences.append(found)
            else:
                findings.append(found)
        documents = {document.path for document in read.catalogue.documents()}
        left_out = list(folder.check(read.listing, self.project.content.name, documents, self.project.theme))
        findings += gathered.empty_collections(read.catalogue, base, left_out, read.lost)
        findings += left_out
        for place in (self.project.theme, self.project.templates):
            findings += folder.leading_out(self.project.root, place)
        targets = Targets(read.listing.files, base)
        findings += (finding for chapter in read.chapters for finding in chapters.check_links(chapter, targets))
        findings += schema_lines.check(base, self.project.schemas)
        findings += gathered.gathered_twice(read.catalogue, base)
        findings += page_urls.check(read.chapters, base, read.catalogue)
        if not read.lost.collections:
            findings += lists.check_columns(base, read.catalogue)
        findings += self._of_settings(base, read.chapters)
        findings += link_results.check(self.project.root)
        all_found = in_order(counted(_once(findings), consequences))
        return Checked(base, all_found, extensions, in_order(self._of_macros(read)), read.chapters)

    def _extended(self, catalogue: Document) -> tuple[Extensions, list[Finding]]:
        """Load the extensions that the catalogue names, unless no file beside them has changed."""
        root = self.project.root
        names = catalogue.data.get("extensions", [])
        files = {name: catalogue.value_at(("extensions", number)) for number, name in enumerate(names)}
        folders = sorted({(root / name).parent for name in names})
        signature = tuple(_signatures(found, ".py") for found in folders), tuple(files.items())
        return self._extensions.get(signature, lambda: seam.load(root, files))

    def _declared(self, catalogue: Document, kinds: Kinds, findings: list[Finding]) -> Iterator[Declaration]:
        """Yield the declarations of the collections, and add what is wrong with others to the findings."""
        for found in catalogues.declarations(catalogue, kinds):
            if isinstance(found, Finding):
                findings.append(found)
            else:
                yield found

    def _content(self, catalogue: Document, declaration: Declaration, findings: list[Finding], lost: Lost) -> Content:
        """Return the records of a collection, and add what is wrong with files and ids to the findings.

        What cannot be used is noted in ``lost``.
        """
        entries: dict[str, Entry] = {}
        unreadable: set[str] = set()
        documents, one_a_file = catalogues.documents(catalogue, declaration.name)
        if not documents:
            lost.collections[declaration.name] = catalogue.path
        for document in documents:
            record_id = Path(document.path).stem
            if document.data is None:
                unreadable.add(record_id)  # the file's own findings say why
                if one_a_file:
                    lost.add_record(declaration.name, record_id, None, document.path)
                else:
                    lost.collections[declaration.name] = document.path
                continue
            if not one_a_file and not isinstance(document.data, dict):
                lost.collections[declaration.name] = document.path
            for found in self._entries_of(declaration, document, one_a_file=one_a_file):
                if isinstance(found, Finding):
                    findings.append(found)
                elif (first := entries.setdefault(found.id, found)) is not found:
                    message = f"the id {quoted(found.id)} is taken by {first.place}"
                    place = found.document.key_at(found.base) if found.base else Place(found.path)
                    findings.append(Finding(place, "duplicate-id", message, hint="choose another"))
            written = {record_id: document.data} if one_a_file else document.data
            for one, data in written.items() if isinstance(written, dict) else ():
                if one not in entries:
                    lost.add_record(declaration.name, one, data, document.path)
        return Content(declaration, entries, frozenset(unreadable))

    def _entries_of(self, declaration: Declaration, document: Document, *, one_a_file: bool) -> list[Entry | Finding]:
        """Return the records of a file: those of the last time, if neither the file nor its kind has changed."""
        key = f"{declaration.name}/{document.path}"
        kept = self._entries.get(key)
        if kept is None or kept[0] is not document or kept[1] is not declaration.kind:
            found = list(catalogues.entries(declaration, document, one_a_file=one_a_file))
            kept = self._entries[key] = document, declaration.kind, found
        return kept[2]

    def _of_records(self, base: KnowledgeBase, extensions: Extensions, lost: Lost) -> Iterator[Finding | Consequence]:
        """Yield what is wrong with records: by their schemas, by rules, and with their references."""
        every = (*OWN_RULES, *extensions.rules)
        yield from _unknown_collections(base, extensions, lost)
        of_entries = list(self._of_each_entry(base, tuple(one for one in every if one.scope == "entry"), extensions))
        yield from of_entries
        misplaced = {finding.place.path for finding in of_entries if finding.rule == misplaced_records.RULE}
        told = [finding for one in every if one.scope != "entry" for finding in _applied(one, base, extensions)]
        told = [finding for finding in told if finding.place.path not in misplaced]
        if lost.collections:  # a rule may fail because it asks for one of them
            first = next(iter(lost.collections.values()))
            yield from (Consequence(first) for finding in told if finding.rule == "extension")
            told = [finding for finding in told if finding.rule != "extension"]
        yield from told
        explained = {(finding.place, finding.key) for finding in told}
        # Where a rule says why a value cannot be right, that it names no record adds nothing.
        for found in references.check(base, extensions, lost):
            if isinstance(found, Consequence) or (
                (found.place, found.key) not in explained and found.place.path not in misplaced
            ):
                yield found

    def _of_each_entry(
        self, base: KnowledgeBase, wanted: tuple[Rule, ...], extensions: Extensions
    ) -> Iterator[Finding]:
        """Yield what is wrong with records as they are written: what was found the last time, if they are the same."""
        before = self._of_entries if wanted == self._rules_of_entries else {}
        self._of_entries, self._rules_of_entries = {}, wanted
        for record in base:
            entry = record.entry
            if (found := before.get(entry)) is None:
                told = {
                    finding.place
                    for finding in entry.document.findings
                    if finding.severity is Severity.ERROR and finding.rule != NUMBER
                }
                wrong = schema_errors.check(entry.kind, entry.document, entry.data, entry.base)
                found = [finding for finding in wrong if finding.place not in told]  # what reading told is the cause
                for one in wanted:
                    if not one.collections or entry.collection in one.collections:
                        found += _run(one, entry, extensions)
                if meant := misplaced_records.check(entry, found, base):
                    found = [meant]
            self._of_entries[entry] = found
            yield from found

    def _of_schemas(self, kinds: Kinds, base: KnowledgeBase, lost: Lost) -> Iterator[Finding]:
        positions = schemas.Positions(self.project.root, self.project.schemas)
        for kind in kinds.by_name.values():
            yield from schemas.check_keywords(kind, positions)
            yield from schemas.check_parts(kind, positions)
        for kind in {collection.kind.name: collection.kind for collection in base.collections.values()}.values():
            yield from schemas.check_kind(kind, base, positions, lost.collections)
            yield from lists.check_facets(kind, base, positions, lost.collections)

    def _read_chapters(self, reader: Reader, names: Iterable[str]) -> list[Chapter]:
        """Return the chapters: as they were the last time, if their files are the same."""
        before, self._chapters = self._chapters, {}
        for name in names:
            signature = reader.listing.files[name]
            kept = before.get(name)
            if kept is None or kept[0] != signature:
                kept = signature, chapters.read(reader, self.project.content / name, name)
            self._chapters[name] = kept
        return [chapter for _, chapter in self._chapters.values()]

    def _of_settings(self, base: KnowledgeBase, read_chapters: Iterable[Chapter]) -> Iterator[Finding]:
        """Yield what is wrong with the settings, and with chapters as the settings let engines read them."""
        settings, wrong = self._current_settings()
        yield from wrong
        yield from unknown_settings(settings)
        told = {finding.place for finding in wrong}
        of_values = [one for one in settings_values.check(self.project.root, settings) if one.place not in told]
        yield from of_values
        if not any(one.key.startswith(settings_values.NAVIGATION) for one in of_values):
            indexes = [urls.index_source(collection) for collection in base.collections.values()]
            yield from navigation.check(settings, base.chapters, indexes)
        extensions = forge_markdown.extensions(settings.values)
        for chapter in read_chapters:
            yield from forge_markdown.check(f"content/{chapter.name}", chapter.marks, extensions)
            if chapter.code_fault is not None and template_code.is_read(settings.values):
                yield chapter.code_fault

    def _of_macros(self, read: Read) -> Iterator[Finding]:
        """Yield what the macros of chapters name in vain, if the settings let engines run them."""
        settings, _ = self._current_settings()
        if template_code.is_read(settings.values):
            known = {*template_code.MACROS, *template_code.OF_ENGINES, *_names_of_extra(settings)}
            is_known = not template_code.has_other_macros(settings.values, self.project.root)
            yield from references.check_chapters(read.chapters, read.base, read.lost, known if is_known else None)

    def _current_settings(self) -> tuple[Settings, list[Finding]]:
        """Return the settings and what is wrong with them: those of the last time, if nothing has changed."""
        file = self.project.root / SETTINGS
        depends_on = (Signature.of(file.stat()) if file.exists() else None), dict(os.environ)
        return self._settings.get(depends_on, self._read_settings)

    def _read_settings(self) -> tuple[Settings, list[Finding]]:
        try:
            settings = read_settings(self.project.root)
            return settings, list(settings.warnings)
        except SettingsError as error:
            return error.settings, error.findings


def _names_of_extra(settings: Settings) -> list[str]:
    """Return the names of what the settings hand to chapters."""
    extra = settings.values.get("extra")
    return list(map(str, extra)) if isinstance(extra, dict) else []


@contextlib.contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Do not look for garbage while thousands of objects are made that all stay: it would take a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _signatures(folder: Path, *suffixes: str) -> tuple[tuple[str, Signature], ...]:
    """Return what changes when a file of a folder does."""
    files = Listing.of(folder).files
    return tuple((name, files[name]) for name in sorted(files) if not suffixes or name.endswith(suffixes))


def _note_undeclared(catalogue: Document, contents: Iterable[Content], kinds: Kinds, lost: Lost) -> None:
    """Note the collections that the catalogue names and that could not be used, each with the file that is to blame."""
    usable = {one.declaration.name for one in contents}
    for name, entry in catalogue.data["collections"].items():
        if name not in usable:
            schema = f"{kinds.folder.name}/{entry['schema']}{schema_files.SUFFIX}"
            lost.collections[name] = schema if entry["schema"] in kinds.failed else catalogue.path


def _unknown_collections(base: KnowledgeBase, extensions: Extensions, lost: Lost) -> Iterator[Finding]:
    """Yield the rules, hints and names of the project that are for collections which do not exist."""
    named: list[tuple[Extension, str, str]] = [
        (one, f"the rule {quoted(one.id)}", name) for one in extensions.rules for name in one.collections
    ]
    named += [(one, "a hint", ref.partition("#")[0]) for one in extensions.hints for ref in one.refs]
    named += [(one, f"{quoted(one.name)}", name) for one in extensions.search_names for name in one.collections]
    for one, what, name in named:
        if name not in base and name not in lost.collections:
            message = f"{what} is for the collection {quoted(name)}, which does not exist"
            yield Finding(extensions.place_of(one), "extension", message, hint=did_you_mean(name, base.collections))


def _applied(one: Rule, base: KnowledgeBase, extensions: Extensions) -> Iterator[Finding]:
    """Yield what a rule finds in everything that is of its scope."""
    if one.scope == "knowledge base":
        yield from _run(one, base, extensions)
        return
    for collection in base.collections.values():
        if one.collections and collection.name not in one.collections:
            continue
        for subject in [collection] if one.scope == "collection" else collection:
            yield from _run(one, subject, extensions)


def _run(one: Rule, subject: Any, extensions: Extensions) -> list[Finding]:
    """Return what a rule finds. A rule of the project that fails is a finding, on the line at which it does."""
    try:
        return extensions.call(one, lambda: list(one(subject)))
    except ExtensionError as error:
        return [error.finding]


def _once(findings: list[Finding]) -> list[Finding]:
    """Leave out what is less of a value in which something else is wrong: how a number is written, and warnings."""
    wrong = {one.place for one in findings if one.severity is Severity.ERROR and one.rule != NUMBER}
    return [one for one in findings if not (_is_less(one) and one.place in wrong)]


def _is_less(found: Finding) -> bool:
    return found.rule == NUMBER or (found.severity is Severity.WARNING and bool(found.key))
