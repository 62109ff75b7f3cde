"""The command ``smartguide``. Thin: each command calls one room and writes what it found.

Exit status: 0 all well, 1 findings, 2 wrong use, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import json
import shlex
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final

import click

from smartguide import __version__, engines
from smartguide.editing import commands as editing
from smartguide.findings import Finding, Severity, Style, has_errors, render, told_by_system
from smartguide.model.names import UnknownNameError
from smartguide.project import Project

INTERRUPTED: Final = 130
"""The exit status after Ctrl-C, as shells have it."""

FORMAT: Final = click.option(
    "--format",
    "style",
    type=click.Choice([style.value for style in Style]),
    default=Style.TEXT.value,
    show_default=True,
    help="How findings are written.",
)


class Commands(click.Group):
    """Commands that say in a line what the system would not let them do, or that they were interrupted."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        ctx.with_resource(_stopped_as_interrupted())
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            raise SystemExit(INTERRUPTED) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever reads our output has gone: click ends quietly
            raise click.ClickException(told_by_system(error)) from error


@contextlib.contextmanager
def _stopped_as_interrupted() -> Iterator[None]:
    """Let SIGTERM, by which CI and service managers stop a program, do what Ctrl-C does: clear away, then end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Do what is done on Ctrl-C just now: asyncio has a way of its own, which lets its tasks come to an end."""
    on_interrupt = signal.getsignal(signal.SIGINT)
    (on_interrupt if callable(on_interrupt) else signal.default_int_handler)(number, frame)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option(
    "-C",
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="the current folder",
    help="The folder with content/ and schemas/.",
)
@click.pass_context
def main(context: click.Context, project: Path) -> None:
    """Check the records of a knowledge base and build its site."""
    context.obj = Project.of(project)


def pass_project(command: Callable[..., None]) -> Callable[..., None]:
    """Hand the project to a command. Where there is none, only the help of a command can be asked for."""

    @click.pass_context
    @functools.wraps(command)
    def with_project(context: click.Context, /, *arguments: Any, **options: Any) -> None:
        project: Project = context.obj
        if not project.content.is_dir():
            named = context.find_root().params["project"]
            hint = "run it in the project's folder, name that with -C, or begin a new one with: smartguide init"
            raise click.UsageError(f"no folder content/ in {named}; {hint}")
        command(project, *arguments, **options)

    return with_project


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Begin a new knowledge base in FOLDER, which must be new or empty."""
    from smartguide.starter import OccupiedError, write

    try:
        written = write(folder, __version__)
    except OccupiedError as error:
        raise click.UsageError(f"{error}; name a new or an empty folder. Nothing was written.") from error
    click.echo(f"{len(written)} files of a new knowledge base in {folder}")
    click.echo(
        f"Next: cd {shlex.quote(str(folder))} && make site && make test\n"
        "Then: make serve, and open http://127.0.0.1:8000. README.md says what is where."
    )


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@FORMAT
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@pass_project
def validate(project: Project, paths: tuple[Path, ...], style: str, *, strict: bool) -> None:
    """Check all records; with PATHS, show only what is wrong in those files or folders.

    Everything is always read, because a record can only be checked together with those that it refers to.
    """
    from smartguide.keeping import editor_schemas
    from smartguide.links.external import link_exceptions
    from smartguide.session import load

    wanted = [_inside(project.root, path) for path in paths]
    checked = load(project).checked
    editor_schemas.write(project, checked.base)
    found = [*checked.findings, *checked.in_macros, *link_exceptions.check(project)]
    findings = [finding for finding in found if not wanted or _is_in(finding, wanted)]
    _write(findings, style)
    if style == Style.TEXT:
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        records = sum(len(collection) for collection in checked.base.collections.values())
        summary = f"{records} records: {_plural(errors, 'error')}, {_plural(len(findings) - errors, 'warning')}"
        click.echo(summary, err=True)
    if has_errors(findings, strict=strict):
        raise SystemExit(1)


@main.command()
@click.argument("kind", required=False)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pass_project
def quality(project: Project, kind: str | None, style: str) -> None:
    """Say how good the records are, and what would help most; with KIND, of one collection, each record, too.

    Ages are those on the day of the last commit (or SOURCE_DATE_EPOCH). As JSON it is what the API of the site has.
    """
    from smartguide.exports.quality import as_published
    from smartguide.quality import report
    from smartguide.quality.overview import Quality, collection_named, least_complete_first
    from smartguide.session import load
    from smartguide.site import build_date

    try:
        with build_date.dated(project.root):
            checked = load(project).checked
            assessed = Quality(checked.base)
    except build_date.DateError as error:
        raise click.UsageError(str(error)) from error
    if has_errors(checked.findings):
        click.echo(render(checked.findings), err=True)
        raise SystemExit(1)
    try:
        wanted = collection_named(checked.base, kind) if kind else None
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from error
    if style == "json":
        click.echo(json.dumps(as_published(assessed, _site_url(project, style), wanted), ensure_ascii=False, indent=2))
        return
    parts = [report.of_collections(assessed.summaries(wanted)), report.of_help(assessed, wanted)]
    if wanted is not None and len(wanted):
        found = map(assessed.of, least_complete_first(wanted))
        parts.append(iter(["Each record:", *report.of_records(found)]))
    click.echo("\n\n".join(filter(None, map("\n".join, parts))))


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@pass_project
def eject(project: Project, folder: Path) -> None:
    """Write the generated pages to FOLDER as Markdown with macro calls, for an engine to render."""
    from smartguide.pages.markdown_pages import as_markdown
    from smartguide.pages.navigation import places
    from smartguide.pages.pages import pages
    from smartguide.session import load
    from smartguide.site.finishing import render as rendered

    session = load(project)
    if has_errors(session.checked.findings):
        click.echo(render(session.checked.findings), err=True)
        raise SystemExit(1)
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty; name a new folder")
    begun = list(rendered(session, pages(session.checked.base), session.faults))  # for the pages that continue lists
    if session.faults:
        click.echo(render(session.faults), err=True)
        raise SystemExit(1)
    made = [one.page for beginning in begun for one in (beginning, *beginning.continued)]
    found = places(project.settings.values.get("nav"))
    for page in made:
        target = folder / page.source
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(as_markdown(page, found), encoding="utf-8", newline="\n")
    click.echo(f"{len(made)} pages written to {folder}")


@main.command()
@click.option("--strict/--no-strict", default=True, show_default=True, help="Let warnings fail.")
@click.option(
    "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the site goes (default: site/)."
)
@click.option(
    "--engine",
    type=click.Choice(engines.NAMES),
    default=engines.DEFAULT,
    show_default=True,
    help="What makes HTML of the chapters. The site is the same, but for the parts that the theme brings along.",
)
@FORMAT
@pass_project
def build(project: Project, site_dir: Path | None, style: str, engine: str, *, strict: bool) -> None:
    """Check everything and build the site.

    The engine must be installed; MkDocs is. What an engine cannot do stops the build.
    """
    from smartguide.building import build_site

    with _build_errors_written(style):
        pages = build_site(project, site_dir or project.root / "site", strict=strict, engine=engine)
    click.echo(f"{pages} pages in {site_dir or project.root / 'site'}")


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@FORMAT
@pass_project
def finish(project: Project, folder: Path, style: str) -> None:
    """Write again what stands around the pages of the built site in DIR.

    These are the API and the other exports, schemas, search, sitemap, redirects, the security policy of each page and
    the files with headers for hosts. No page is made or taken away: that is for build, which does all of this, too.
    """
    from smartguide.building import finish_site

    _refuse_what_is_no_site(folder)
    with _build_errors_written(style):
        finish_site(project, folder)
    click.echo(f"the site in {folder} is finished")


@contextlib.contextmanager
def _build_errors_written(style: str) -> Iterator[None]:
    """Write what stops a build, and end with status 1."""
    from smartguide.building import BuildError

    try:
        yield
    except BuildError as error:
        _write(error.findings, style)
        if error.reason:
            click.echo(error.reason, err=True)
        raise SystemExit(1) from error


def _refuse_what_is_no_site(folder: Path) -> None:
    if not (folder / "index.html").is_file():
        raise click.UsageError(f"no site in {folder}; build it first with: smartguide build")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine; no other reaches it.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0: any that is free.")
@click.option(
    "--engine",
    type=click.Choice(engines.NAMES),
    default=engines.DEFAULT,
    show_default=True,
    help="What makes chapters.",
)
@pass_project
def serve(project: Project, host: str, port: int, engine: str) -> None:
    """Serve the site to a browser on this machine, and show each change as soon as it is saved.

    Wrong records are shown with what is wrong. Ctrl-C ends it.
    """
    from smartguide.server import serving

    if not serving.is_loopback(host):
        raise click.UsageError(f"{host} is no loopback address; the preview is for this machine only")
    try:
        serving.serve(project, host=host, port=port, engine=engine, tell=click.echo)
    except serving.ServeError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown", "json", "github"]),
    default="text",
    show_default=True,
    help="How it is written. With github, values that have changed are annotated on their lines.",
)
@pass_project
def diff(project: Project, base: str, head: str | None, style: str) -> None:
    """Say what a change does: records, links, pages, figures and findings, from BASE to HEAD or the working tree.

    BASE and HEAD are git revisions: branches, tags or commits. If BASE has gone on since, the comparison is with the
    commit at which the two parted. Extensions of the working tree are run, those of a revision are not.
    """
    from smartguide.changes import commands

    commands.diff(project, base, head, style)


@main.command()
@click.option("--internal", is_flag=True, help="Check the links inside the built site, offline.")
@click.option("--quick", is_flag=True, help="Check the links of chapters that name files, offline.")
@click.option("--new-since", metavar="REV", help="Check the links that were added since a git revision, at once.")
@click.option("--all", "everything", is_flag=True, help="Check all links to other sites, due or not.")
@click.option("--limit", type=click.IntRange(min=1), help="Check at most so many links to other sites.")
@click.option(
    "--pause",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to one host.",
)
@click.option("--allow-private", is_flag=True, help="Ask private networks, too (for tests).")
@click.option("--archive", metavar="URL", help="Ask another Wayback Machine for copies of dead pages ('': none).")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write a report in Markdown.")
@click.option(
    "--site-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the site is (default: site/)."
)
@FORMAT
@pass_project
def links(
    project: Project, /, site_dir: Path | None, style: str, *, internal: bool, quick: bool, **options: Any
) -> None:
    """Check the links to other sites that are due, and remember in link-history.json what was found.

    A link is called dead after failures on three different days. With --internal or --quick no other site is asked.
    """
    if internal:
        found = _internal_links(project, (site_dir or project.root / "site").resolve(), style)
        _report(found, style, "every link inside the site leads somewhere")
    elif quick:
        from smartguide.links import markdown_links

        _report(markdown_links.check(project), style, "every file that a chapter links to is there")
    else:
        _external_links(project, style, options)


def _external_links(project: Project, style: str, options: dict[str, Any]) -> None:
    from smartguide.link_history.history import HistoryError
    from smartguide.links.external.checking import ExternalCheckOptions, check_external

    given = {name: value for name, value in options.items() if value is not None}
    try:
        checked = check_external(project, ExternalCheckOptions(site_url=_site_url(project, style), **given))
    except (LookupError, HistoryError) as error:
        raise click.UsageError(str(error)) from error
    if checked.problem:
        click.echo(checked.problem, err=True)
    if checked.interrupted:
        _write(checked.findings, style)
        raise SystemExit(INTERRUPTED)
    _report(checked.findings, style, "" if checked.problem else "no link to another site needs fixing")
    if checked.problem:
        raise SystemExit(1)


def _internal_links(project: Project, site: Path, style: str) -> list[Finding]:
    from smartguide.checks.checking import check
    from smartguide.links.internal import built_site
    from smartguide.links.internal.built_site import BuiltSite
    from smartguide.links.internal.checking import check_internal
    from smartguide.links.internal.lychee import LycheeError

    _refuse_what_is_no_site(site)
    try:
        site_url = _site_url(project, style) or "http://site.invalid/"
        built_for = built_site.url_of(site)
        if built_for and BuiltSite(site, built_for).path != BuiltSite(site, site_url).path:
            hint = f"set the variable SITE_URL to {built_for}, or build the site anew"
            raise click.UsageError(
                f"the site in {site} was built for {built_for}, and this check is for {site_url}; {hint}"
            )
        return list(check_internal(project, check(project).base, site, site_url))
    except LycheeError as error:
        raise click.ClickException(str(error)) from error


def _site_url(project: Project, style: str) -> str:
    """Return the URL at which the site knows itself to be; an empty string where the settings have none.

    Where they cannot be used, write why and end with status 1.
    """
    from smartguide.settings import SettingsError

    try:
        return project.settings.site_url
    except SettingsError as error:
        _write(error.findings, style)
        raise SystemExit(1) from error


main.command("format", epilog=editing.FORMAT_EXAMPLES)(FORMAT(pass_project(editing.format_records)))
main.command("new", epilog=editing.NEW_EXAMPLES)(pass_project(editing.new_record))
main.command("rename", epilog=editing.RENAME_EXAMPLES)(pass_project(editing.rename_record))
main.command("merge", epilog=editing.MERGE_EXAMPLES)(pass_project(editing.merge_records))


def _write(findings: list[Finding], style: str) -> None:
    """Write findings, if there are some."""
    if output := render(findings, Style(style)):
        click.echo(output)


def _report(findings: list[Finding], style: str, all_well: str) -> None:
    """Write findings, and end with status 1 if one of them is an error."""
    _write(findings, style)
    if has_errors(findings):
        raise SystemExit(1)
    if all_well and style == Style.TEXT:
        click.echo(all_well, err=True)


def _inside(root: Path, path: Path) -> str:
    absolute = path if path.is_absolute() else Path.cwd() / path
    if not absolute.exists():
        raise click.UsageError(f"no such file or folder: {path}")
    if not absolute.resolve().is_relative_to(root):
        raise click.UsageError(f"{path} is outside of {root}")
    return absolute.resolve().relative_to(root).as_posix()


def _is_in(finding: Finding, wanted: list[str]) -> bool:
    path = finding.place.path
    return any(place in {".", path} or path.startswith(f"{place}/") for place in wanted)


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


if __name__ == "__main__":
    main()
