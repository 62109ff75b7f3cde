"""The whole check: read, schemas, links, rules, chapters, settings. What CI, the command line and the build all run.

A ``Checker`` can check again: what comes from a file alone (its document, its records, what is wrong with them as they
are written) is kept as long as the file does not change.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from smartguide import extensions as seam
from smartguide.checks import (
    chapters,
    folder,
    gathered,
    link_results,
    lists,
    page_urls,
    project_files,
    schema_errors,
    schema_lines,
    schemas,
)
from smartguide.checks.chapters import Chapter, Targets
from smartguide.checks.kept import Kept
from smartguide.checks.lost import Consequence, Lost, counted
from smartguide.checks.record_checks import OWN_RULES, RecordChecks
from smartguide.checks.settings_checks import SettingsChecks
from smartguide.extensions import Extensions, Rule
from smartguide.findings import Finding, Place, Severity, in_order, quoted
from smartguide.model import catalogue as catalogues
from smartguide.model import schema_files
from smartguide.model.catalogue import CATALOGUE, Declaration
from smartguide.model.entries import Entry
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import Content, KnowledgeBase
from smartguide.model.schema_files import Kinds
from smartguide.project import Project
from smartguide.reading import NUMBER, Document, DocumentCache, KeptData, Listing, Reader, Signature, read_ahead


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
    """Checks one project, as often as it is asked to. ``data`` is what its files were read to in an earlier run.

    With ``code``, these extensions are used, and those of the project are not run.
    """

    def __init__(self, project: Project, data: KeptData | None = None, code: Extensions | None = None) -> None:
        self.project = project
        self._code = code
        self._data = data
        self._documents = DocumentCache()
        self._kinds = Kept[Kinds]()
        self._own_kinds = schema_files.load(schema_files.OWN)
        self._texts = Kept[list[Finding]]()
        self._schema_findings = Kept[list[Finding]]()
        self._extensions = Kept[tuple[Extensions, list[Finding]]]()
        self._of_settings = SettingsChecks(project.root)
        self._entries: dict[str, tuple[Document, Kind, list[Entry | Finding]]] = {}
        self._of_records = RecordChecks()
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
        read_ahead(reader)
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
        for found in self._of_records.check(base, extensions, read.lost):
            if isinstance(found, Consequence):
                consequences.append(found)
            else:
                findings.append(found)
        documents = {document.path for document in read.catalogue.documents()}
        left_out = list(folder.check(read.listing, self.project.content.name, documents, self.project.theme))
        findings += gathered.empty_collections(read.catalogue, base, left_out, read.lost)
        meant = gathered.meant(read.catalogue, left_out)
        consequences += (Consequence(read.catalogue.path) for _ in meant)
        findings += (finding for finding in left_out if finding not in meant)
        for place in (self.project.theme, self.project.templates):
            findings += folder.not_to_be_copied(self.project.root, place)
        targets = Targets(read.listing.files, base)
        findings += (finding for chapter in read.chapters for finding in chapters.check_links(chapter, targets))
        findings += schema_lines.check(base, self.project.schemas)
        findings += gathered.gathered_twice(read.catalogue, base)
        findings += page_urls.check(read.chapters, base, read.catalogue)
        if not read.lost.collections:
            findings += lists.check_columns(base, read.catalogue)
        findings += self._of_settings.check(base, read.chapters)
        findings += link_results.check(self.project.root)
        all_found = in_order(counted(_once(findings), consequences))
        in_macros = self._of_settings.of_macros(read.chapters, base, read.lost)
        return Checked(base, all_found, extensions, in_macros, read.chapters)

    def _extended(self, catalogue: Document) -> tuple[Extensions, list[Finding]]:
        """Load the extensions that the catalogue names, unless no file beside them has changed."""
        if self._code is not None:
            return self._code, []
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
                    hint = "give one of the two files another name" if one_a_file else "choose another"
                    findings.append(Finding(place, "duplicate-id", message, hint=hint))
                    lost.add_record(declaration.name, found.id, found.data, document.path)
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


def _once(findings: list[Finding]) -> list[Finding]:
    """Leave out what is less of a value in which something else is wrong: how a number is written, and warnings."""
    wrong = {one.place for one in findings if one.severity is Severity.ERROR and one.rule != NUMBER}
    return [one for one in findings if not (_is_less(one) and one.place in wrong)]


def _is_less(found: Finding) -> bool:
    return found.rule == NUMBER or (found.severity is Severity.WARNING and bool(found.key))
