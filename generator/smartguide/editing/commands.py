"""The commands that change records. Each takes the project first; ``cli`` makes them subcommands."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from smartguide.findings import Finding, Style, did_you_mean, has_errors, quoted, render
from smartguide.project import Project

if TYPE_CHECKING:  # a command imports what it needs when it runs
    from smartguide.editing.drafts import Draft
    from smartguide.editing.renaming import Done
    from smartguide.editing.workspace import RefusedError


@click.argument("paths", nargs=-1, metavar="[FILES]...", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; tell which files are in another style, and fail.")
def format_records(project: Project, paths: tuple[Path, ...], style: str, *, check: bool) -> None:
    """Bring records into canonical style: all of them, or those in FILES and folders.

    Keys come in the order of the schema, lists have one entry a line, texts are folded at column 100, and quotes stand
    only where they are needed. Comments, blank lines, anchors, !include and the kind of line ends stay. What a file
    says is compared before and after: a file that would say something else, or that has a mistake, is told and left as
    it is.
    """
    from smartguide.editing.formatting import format_file
    from smartguide.editing.transaction import replace
    from smartguide.editing.workspace import RefusedError, Workspace
    from smartguide.reading import Reader

    workspace = Workspace(project)
    try:
        files = {file.path: file for file in workspace.files()}
    except RefusedError as error:
        _refuse(error, style)
    wanted = [_relative(project, path) for path in paths]
    for path in wanted:
        if path != "." and not any(name == path or name.startswith(f"{path}/") for name in files):
            click.echo(f"{path}: no records in it, left as it is", err=True)
    chosen = [file for name, file in files.items() if not wanted or _is_in(name, wanted)]
    reader = Reader(project.root, project.content)
    found = [
        one for one in workspace.read.findings if one.rule in {"catalogue", "schema"}
    ]  # their records are left out
    told = []
    changed = 0
    for file in chosen:
        made = format_file(file, project, reader)
        found += made.findings
        if not made.has_changed or made.text is None:
            continue
        changed += 1
        if check:
            told.append(file)
            found.append(made.finding())
        else:
            replace(project.root / file.path, made.text.encode("utf-8"))
            if style == Style.TEXT:
                click.echo(f"{file.path}: formatted")
    if output := render(found, Style(style)):
        click.echo(output)
    if style == Style.TEXT:
        left = len({one.place.path for one in found} - {one.path for one in told})
        words = [f"{changed} {'to format' if check else 'formatted'}", *([f"{left} left as they are"] if left else [])]
        click.echo(f"{len(chosen)} file{'' if len(chosen) == 1 else 's'}: {', '.join(words)}", err=True)
    if has_errors(found):
        raise SystemExit(1)


FORMAT_EXAMPLES = """\b
Examples:
  smartguide format                            all records
  smartguide format content/books              those in a folder
  smartguide format --check --format github    in CI
"""


@click.argument("kind", default="")
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help="A value, which is then not asked for: title=Emma, authors=jane (once for each entry of a list), "
    "links[0].url=https://…, or as in YAML: 'links=[{url: https://…, label: Its site}]'.",
)
@click.option("--id", "record_id", default="", metavar="ID", help="Its id (default: made of its name).")
@click.option("--no-input", is_flag=True, help="Ask nothing; what is missing is told.")
@click.option("--dry-run", is_flag=True, help="Show the record, and write nothing.")
def new_record(
    project: Project, kind: str, given: tuple[str, ...], record_id: str, *, no_input: bool, dry_run: bool
) -> None:
    """Add a record of a KIND, such as book or books.

    You are asked for what is required, then offered the rest by name. Other records are named by what they are called,
    also if you do not know the exact spelling; one that is not there yet can be added in the same go. Each answer is
    checked at once. At the end the file is written and checked; until then Ctrl-C leaves nothing behind. A file that is
    there already is never overwritten.
    """
    from smartguide.editing import making
    from smartguide.editing.asking import EndedError, choose
    from smartguide.editing.questions import Questions
    from smartguide.editing.workspace import RefusedError, Workspace

    workspace = Workspace(project)
    try:
        draft = making.begun(workspace, making.collection_named(workspace, kind), given, record_id)
        questions = Questions(workspace)
        if no_input:
            making.finish_without_questions(draft)
            questions.drafts.append(draft)
        else:
            questions.fill_in(draft)
        drafts = questions.drafts
        while True:
            for one in drafts:
                click.echo(f"\n{one.path}:\n\n{one.text(workspace)}")
            if dry_run:
                return
            if not no_input and choose("Write it?", ["yes", "no"]) == "no":
                raise RefusedError("nothing was written")
            try:
                warnings = making.write(workspace, drafts)
                break
            except RefusedError as error:
                if no_input or not error.findings:
                    raise
                questions.correct(draft, error.findings)
    except making.WrongRecordError as error:
        for finding in error.findings:
            click.echo(finding.explain())
        raise click.ClickException(str(error)) from error
    except RefusedError as error:
        _refuse(error)
    except EndedError as error:
        hint = "to answer no questions, give all with --set and --no-input"
        raise click.UsageError(f"the input ended before all was answered; nothing was written ({hint})") from error
    _tell_next(project, drafts, warnings)


NEW_EXAMPLES = """\b
Examples:
  smartguide new book
  smartguide new book --set title=Emma --set authors=jane
  smartguide new author --no-input --set 'name=Jane Austen' --id jane
"""


def _tell_next(project: Project, drafts: list[Draft], warnings: list[Finding]) -> None:
    """Write what was written, what to look at, and what to do next."""
    paths = [one.path for one in drafts]
    click.echo(f"Written: {', '.join(paths)}")
    if output := render(warnings):
        click.echo(output)
    place = "" if project.root == Path.cwd() else f" -C {shlex.quote(str(project.root))}"
    quoted_paths = " ".join(map(shlex.quote, paths))
    click.echo(
        "Next:\n"
        f"  smartguide{place} serve    shows its page: http://127.0.0.1:8000/{_url(drafts[-1])}\n"
        f"  git{place} add {quoted_paths}    then commit it, and propose the change"
    )


def _url(draft: Draft) -> str:
    collection = draft.collection
    return f"{collection.url}/#{draft.id}" if collection.one_page else f"{collection.url}/{draft.id}/"


@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Change nothing; show what would be changed.")
def rename_record(project: Project, old: str, new: str, *, dry_run: bool) -> None:
    """Give the record OLD the id NEW, and change everything that refers to it.

    OLD is written as books/emma, or as emma where only one record has that id. References in records, links and macro
    calls in chapters and the navigation name the new id then; the old one is kept as a former id, so that old URLs lead
    to the new page; the file is moved. Every line that changes is shown. If the knowledge base would have errors then,
    nothing is changed.
    """
    from smartguide.editing.renaming import rename
    from smartguide.editing.workspace import RefusedError, Workspace, record_named, shown

    workspace = Workspace(project)
    try:
        record = record_named(workspace.session, old)
        name = shown(record)
        done = rename(workspace, record, new, is_dry_run=dry_run)
    except RefusedError as error:
        _refuse(error)
    new_id = new.rpartition("/")[2].removesuffix(".yml")
    _tell(done, f"{name} would be renamed to {new_id}" if dry_run else f"{name} is renamed to {new_id}")


RENAME_EXAMPLES = """\b
Examples:
  smartguide rename books/emma emma-1815
  smartguide rename emma emma-1815 --dry-run
"""


@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--prefer",
    multiple=True,
    metavar="A|B|KEY=A|KEY=B",
    help="Which value stays where the two differ: for all keys, or for one. May be given several times.",
)
@click.option("--dry-run", is_flag=True, help="Change nothing; show what would be changed.")
def merge_records(project: Project, one: str, other: str, prefer: tuple[str, ...], *, dry_run: bool) -> None:
    """Merge the record A into the record B of the same kind, and delete A.

    What only A says comes into B, lists get the entries of both, and where single values differ you are asked which one
    stays. What referred to A refers to B then. The id of A is kept as a former id, its name as another spelling. Shown
    are what was kept, what went, and every line that changes. If the knowledge base would have errors then, nothing is
    changed.
    """
    from smartguide.editing import merging
    from smartguide.editing.asking import EndedError, choose
    from smartguide.editing.workspace import RefusedError, Workspace, record_named, shown

    preferred = _preferred(prefer)

    def decide(key: str, a: object, b: object) -> str:
        for name in (key, key.partition(".")[0].partition("[")[0], ""):
            if name in preferred:
                return preferred[name]
        click.echo(f"{key} differs:\n  A: {merging.brief(a)}\n  B: {merging.brief(b)}")
        return choose("  Which one stays?", ["A", "B"])

    workspace = Workspace(project)
    try:
        first, second = (record_named(workspace.session, name) for name in (one, other))
        merging.refuse_pair(first, second)
        _refuse_unknown(preferred, first.kind.root.properties)
        names = f"A, {shown(first)}, {'would be' if dry_run else 'is'} merged into B, {shown(second)}"
        click.echo(f"A: {first.path}: {first.label}\nB: {second.path}: {second.label}")
        result = merging.merged(first, second, decide)
        for compared in result.compared:
            click.echo(f"  {compared.line()}")
        done = merging.merge(workspace, first, second, result, is_dry_run=dry_run)
    except RefusedError as error:
        _refuse(error)
    except EndedError as error:
        hint = "say which value stays with --prefer A, --prefer B or --prefer KEY=A"
        raise click.UsageError(f"the input ended before all was decided; nothing was changed. Or {hint}") from error
    _tell(done, names)


def _preferred(prefer: tuple[str, ...]) -> dict[str, str]:
    """Return which record's value stays, by key; by an empty key for all others. Raises click.UsageError."""
    found = {}
    for one in prefer:
        key, _, which = one.rpartition("=")
        if which.upper() not in {"A", "B"}:
            raise click.UsageError(f"--prefer takes A, B, KEY=A or KEY=B, not {quoted(one)}")
        found[key] = which.upper()
    return found


def _refuse_unknown(preferred: Iterable[str], known: Iterable[str]) -> None:
    """Raise click.UsageError for a key that the records cannot have."""
    for key in preferred:
        name = key.partition(".")[0].partition("[")[0]
        if name and name not in known:
            hint = did_you_mean(name, known) or f"there are: {', '.join(known)}"
            raise click.UsageError(f"--prefer names no key of these records: {quoted(key)} ({hint})")


MERGE_EXAMPLES = """\b
Examples:
  smartguide merge authors/j-austen authors/jane-austen
  smartguide merge j-austen jane-austen --prefer B --prefer born=A
  smartguide merge j-austen jane-austen --dry-run
"""


def _tell(done: Done, summary: str) -> None:
    """Write what was changed, and what is to be looked at."""
    for line in done.lines():
        click.echo(line)
    if output := render(done.warnings):
        click.echo(output)
    click.echo(summary, err=True)


def _refuse(error: RefusedError, style: str = Style.TEXT) -> NoReturn:
    """Write why nothing is done, and end: with 2 if what was typed is wrong, with 1 otherwise."""
    if output := render(error.findings, Style(style)):
        click.echo(output)
    if error.is_wrong_use:
        raise click.UsageError(str(error))
    raise click.ClickException(str(error))


def _relative(project: Project, path: Path) -> str:
    """Return the path of a file or folder relative to the project. Raises click.UsageError."""
    absolute = (path if path.is_absolute() else Path.cwd() / path).resolve()
    if not absolute.exists():
        raise click.UsageError(f"no such file or folder: {path}")
    if not absolute.is_relative_to(project.root):
        raise click.UsageError(f"{quoted(path)} is outside of {project.root}")
    return absolute.relative_to(project.root).as_posix()


def _is_in(name: str, wanted: list[str]) -> bool:
    return any(place in {".", name} or name.startswith(f"{place}/") for place in wanted)
