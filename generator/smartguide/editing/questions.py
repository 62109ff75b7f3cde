"""The questions by which a new record is filled in at the terminal; each answer is checked at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import click

from smartguide.editing.asking import ask, choose
from smartguide.editing.drafts import Draft, id_for, name_in, record_of
from smartguide.editing.given import at, put, take, typed
from smartguide.editing.nearest import exact, nearest, same
from smartguide.editing.renaming import refuse_id
from smartguide.editing.workspace import RefusedError, Workspace, shown
from smartguide.findings import Finding, did_you_mean, key_path, quoted
from smartguide.model.knowledge_base import Record
from smartguide.model.properties import Property
from smartguide.reading import Path_

ADD: Final = "+"
"""What is typed for a record that is not there yet."""
MORE: Final = "?"


class SameRecordError(RefusedError):
    """The record that was to be added is there already."""

    def __init__(self, record: Record) -> None:
        super().__init__(f"nothing was written: {record.path} is the record of {record.label} already")
        self.record = record


class Questions:
    """Asks for one record, and for those that it refers to and that are not there yet.

    ``drafts`` are all records that are to be written, the one that was asked for last. Methods raise EndedError at the
    end of the input, and KeyboardInterrupt at Ctrl-C.
    """

    def __init__(self, workspace: Workspace, drafts: list[Draft] | None = None) -> None:
        self.workspace = workspace
        self.drafts = drafts if drafts is not None else []

    def fill_in(self, draft: Draft) -> None:
        """Ask for all that is required and missing, then for what else there is to say.

        Raises RefusedError, and SameRecordError if the record is there already.
        """
        root = draft.collection.kind.root
        click.echo(f"A new {draft.collection.kind.title.lower()}. {root.description}".rstrip())
        if draft.data.get(draft.collection.kind.label_key):
            self._refuse_what_is_there(draft)
        self._required(draft)
        self._optional(draft, root, ())
        self.correct(draft, [one for one in draft.findings(self._others) if one.severity == "error"])
        if not draft.id:
            self._name(draft)
        self.drafts.append(draft)

    def correct(self, draft: Draft, wrong: Iterable[Finding]) -> None:
        """Show what is wrong, and ask for the fields anew until nothing is.

        Raises RefusedError if a person gives up.
        """
        wrong = list(wrong)
        while wrong:
            for one in wrong:
                click.echo(f"  {one.explain()}")
            name = ask("Which field is to be changed? (Enter: give up)")
            if not name:
                raise RefusedError("nothing was written")
            if prop := self._property(name, draft.collection.kind.root):
                draft.data.pop(prop.path[-1], None)
                self._value(draft, prop, (prop.path[-1],), is_needed=False)
                self._required(draft)
            wrong = [one for one in draft.findings(self._others) if one.severity == "error"]

    @property
    def _others(self) -> tuple[Draft, ...]:
        return tuple(self.drafts)

    def _required(self, draft: Draft) -> None:
        """Ask for what is required, which may depend on what was answered."""
        while missing := self._missing(draft):
            prop = missing[0]
            if _is_beyond(prop):
                hint = f"with --set '{prop.path[-1]}=…'"
                raise RefusedError(f"nothing was written: {prop.path[-1]} cannot be asked for here; give it {hint}")
            self._value(draft, prop, (prop.path[-1],), is_needed=True)
            if prop.path[-1] == draft.collection.kind.label_key:
                self._refuse_what_is_there(draft)

    def _missing(self, draft: Draft) -> list[Property]:
        kind = draft.collection.kind
        names = {
            str(error.kind.property)
            for error in kind.validator.iter_errors(draft.data)
            if error.kind.name == "required" and not list(error.instance_path)
        }
        return [prop for name, prop in kind.root.properties.items() if name in names]

    def _refuse_what_is_there(self, draft: Draft) -> None:
        """Ask whether the record is one of those that have nearly the same name. Raises RefusedError if it is."""
        label = str(draft.data[draft.collection.kind.label_key])
        for one in same(label, draft.collection):
            name = f"{shown(one.record)} ({one.name})"
            if choose(f"There is {name}. Is it the same?", ["yes", "no"]) == "yes":
                raise SameRecordError(one.record)

    def _name(self, draft: Draft) -> None:
        """Ask for the id."""
        taken = tuple(one.id for one in self.drafts if one.collection is draft.collection)
        while True:
            given = ask("Its id, which its URL has", id_for(draft.data, draft.collection, taken))
            try:
                refuse_id(draft.collection, given)
            except RefusedError as error:
                click.echo(f"  {error}")
                continue
            if given not in taken:
                draft.id = given
                return

    def _optional(self, draft: Draft, declared: Property, path: Path_) -> None:
        """Offer the properties of a mapping that are not filled in yet, by their names."""
        where = f" for {key_path(path)}" if path else ""
        while True:
            data = at(draft.data, path)
            left = {name: prop for name, prop in declared.properties.items() if name not in data and _is_open(prop)}
            if not left:
                return
            if path and len(left) == 1:
                self._value(draft, next(iter(left.values())), (*path, next(iter(left))), is_needed=False)
                return
            click.echo(f"Also possible{where}: {', '.join(left)}")
            name = ask(f"Which of these? (Enter: none, {MORE}: what they mean)")
            if not name:
                return
            if name == MORE:
                for one in left.values():
                    click.echo(f"  {one.path[-1]}: {one.title}. {one.description}")
            elif prop := self._property(name, declared):
                self._value(draft, prop, (*path, prop.path[-1]), is_needed=False)

    def _property(self, name: str, declared: Property) -> Property | None:
        """Return the property that is meant; None, and say so, if none is."""
        known = declared.properties
        by_title = {prop.title.casefold(): prop for prop in known.values()}
        found = known.get(name) or by_title.get(name.casefold())
        if found is None:
            click.echo(f"  no field {quoted(name)} {did_you_mean(name, known)}".rstrip())
        return found

    def _value(self, draft: Draft, prop: Property, path: Path_, *, is_needed: bool) -> None:
        """Ask for the value of a property until it is right; without an answer one that is not needed stays away."""
        self._introduce(prop)
        if prop.multiple:
            self._list(draft, prop, path, is_needed=is_needed)
        elif "object" in prop.types:
            put(draft.data, path, {})
            self._mapping(draft, prop, path)
            if not at(draft.data, path):
                take(draft.data, path)
        else:
            self._single(draft, prop, path, is_needed=is_needed)

    def _introduce(self, prop: Property) -> None:
        """Say what a property is, and how its value is written."""
        click.echo(f"\n{prop.title}: {prop.description}".rstrip(": "))
        base = self.workspace.any_session.checked.base
        options = prop.schema.get("enum")
        if prop.ref and prop.ref.collection in base:
            click.echo(f"  one of: {base[prop.ref.collection].title}, by its name")
        elif options:
            click.echo(f"  one of: {', '.join(map(str, options))}")
        elif "boolean" in prop.types:
            click.echo("  yes or no")
        elif prop.example:
            click.echo(f"  for example: {prop.example}")
        if prop.prose:
            click.echo("  One paragraph here; more can be written into the file afterwards.")

    def _list(self, draft: Draft, prop: Property, path: Path_, *, is_needed: bool) -> None:
        """Ask for the entries of a list, one after the other."""
        item = prop.item
        if item is None:
            return
        put(draft.data, path, [])
        while True:
            number = len(at(draft.data, path))
            here = (*path, number)
            if "object" in item.types:
                first = next((one for one in item.properties.values() if one.is_required), None)
                first = first or next(iter(item.properties.values()))
                put(draft.data, here, {})
                key = (*here, first.path[-1])
                if not self._single(draft, first, key, is_needed=is_needed, end="end of the list"):
                    take(draft.data, here)
                    break
                self._mapping(draft, item, here)
            elif not self._single(draft, item, here, is_needed=is_needed, end="end of the list"):
                break
            is_needed = False
        if not at(draft.data, path):
            take(draft.data, path)

    def _mapping(self, draft: Draft, declared: Property, path: Path_) -> None:
        """Ask for what a mapping needs and lacks, and offer the rest."""
        for name, prop in declared.properties.items():
            if prop.is_required and name not in at(draft.data, path):
                self._value(draft, prop, (*path, name), is_needed=True)
        self._optional(draft, declared, path)

    def _single(self, draft: Draft, prop: Property, path: Path_, *, is_needed: bool, end: str = "none") -> bool:
        """Ask for one value until it is right; return whether there is one."""
        while True:
            given = ask(key_path(path) + ("" if is_needed else f" (Enter: {end})"))
            if not given:
                if not is_needed:
                    return False
                click.echo("  Something is needed here. Ctrl-C stops, and nothing is written.")
                continue
            value = self._referred_to(given, prop) if prop.ref else typed(given, prop)
            if value is None:
                continue
            put(draft.data, path, value)
            wrong = [one for one in draft.findings_at(path, self._others) if one.severity == "error"]
            if not wrong:
                return True
            for one in wrong:
                click.echo(f"  {one.explain()}")
            take(draft.data, path)

    def _referred_to(self, given: str, prop: Property) -> Any:
        """Return the value for the record that is meant; None if none is, so that it is asked for again."""
        ref = prop.ref
        base = self.workspace.any_session.checked.base
        if ref is None or ref.collection not in base:
            return typed(given, prop)
        target = base[ref.collection]
        if record_of(given, ref, target) or given in (
            name for one in self.drafts if one.collection.name == target.name for name in one.names()
        ):
            return typed(given, prop)
        if found := exact(given, target):
            click.echo(f"  {shown(found)}: {found.label}")
            return typed(name_in(found, ref), prop)
        near = nearest(given, target)
        for number, one in enumerate(near, 1):
            other = f", {one.name}" if one.name not in (one.record.label, one.record.id) else ""
            click.echo(f"  {number}: {one.record.label}{other} ({shown(one.record)})")
        if not near:
            click.echo(f"  no {target.kind.title.lower()} is called {quoted(given)} or nearly so")
        numbers = "its number, or " if near else ""
        answer = ask(f"  {numbers}{ADD} to add it as a new one (Enter: write it again)")
        if answer == ADD:
            return self._new(given, prop)
        if answer.isdigit() and 0 < int(answer) <= len(near):
            return typed(name_in(near[int(answer) - 1].record, ref), prop)
        return None

    def _new(self, label: str, prop: Property) -> Any:
        """Ask for a record that is not there yet, and return what a reference to it says."""
        ref = prop.ref
        if ref is None:
            return None
        target = self.workspace.any_session.checked.base[ref.collection]
        draft = Draft(target, self.workspace.home(target), self.workspace.any_session.checked)
        declared = target.kind.root.properties.get(target.kind.label_key)
        if declared is not None and "string" in declared.types:
            draft.data[target.kind.label_key] = label
        try:
            self.fill_in(draft)
        except SameRecordError as error:
            return name_in(error.record, ref)
        except RefusedError as error:
            click.echo(f"  {error}")
            return None
        click.echo(f"Back to {prop.name}.")
        return draft.data.get(ref.key) if ref.key else draft.id


def _is_open(prop: Property) -> bool:
    """Tell whether a property is one that people are asked for: a new record has no former ids."""
    return not prop.former_ids and not _is_beyond(prop)


def _is_beyond(prop: Property) -> bool:
    """Tell whether a value is built in a way that cannot be asked for: a list of lists, a mapping of any keys."""
    part = prop.item if prop.multiple else prop
    return part is None or part.multiple or ("object" in part.types and not part.properties)
