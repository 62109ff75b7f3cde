"""What is wrong with records: by their schemas, by the rules, and with what they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from smartguide import extensions as seam
from smartguide.checks import misplaced_records, references, rules, schema_errors
from smartguide.checks.lost import Consequence, Lost
from smartguide.extensions import Extension, ExtensionError, Extensions, Rule
from smartguide.findings import Finding, Severity, did_you_mean, quoted
from smartguide.model.entries import Entry
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.reading import NUMBER

OWN_RULES: Final = tuple(one for one in seam.in_module(rules) if isinstance(one, Rule))
"""The rules that apply to every knowledge base."""


class RecordChecks:
    """Checks records, as often as it is asked to; what is wrong with one by itself is kept until it changes."""

    def __init__(self) -> None:
        self._found: dict[Entry, list[Finding]] = {}
        self._rules: tuple[Rule, ...] = ()

    def check(self, base: KnowledgeBase, extensions: Extensions, lost: Lost) -> Iterator[Finding | Consequence]:
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
        before = self._found if wanted == self._rules else {}
        self._found, self._rules = {}, wanted
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
                entry.forget_values()
                if meant := misplaced_records.check(entry, found, base):
                    found = [meant]
            self._found[entry] = found
            yield from found


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
