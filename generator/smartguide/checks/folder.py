"""Files of ``content/`` that are no content: nothing is lost silently, and nothing else is published.

What is published is a list: chapters, pictures and PDF files. Records are read, and reach the site as pages and in the
API. Whatever is none of these is a finding, but for the files that systems and editors make (``is_left_alone``).
"""

from __future__ import annotations

import contextlib
import importlib.util
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from smartguide.findings import Finding, Place, quoted
from smartguide.model.catalogue import CATALOGUE
from smartguide.model.entries import slug
from smartguide.reading import Listing, composed, is_left_alone, unwanted

CHAPTER: Final = ".md"
BEGINNINGS: Final = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".avif": (b"\0\0\0",),
    ".pdf": (b"%PDF-",),
}
"""What is published as it is: pictures that a browser only shows, and PDF. Each with how such a file begins."""
_OTHER_CHAPTERS: Final = (".markdown", ".mdown", ".mkdn", ".mkd", ".mdwn", ".mdtxt", ".mdtext", CHAPTER)
_RECORDS: Final = (".yml", ".yaml")
_RUN_BY_BROWSERS: Final = (".html", ".htm", ".xhtml", ".xht", ".xml", ".xsl", ".svg", ".js", ".mjs", ".css")
"""Files that could do anything on the site, without the policy of a page."""
_LEFT_OUT_BY_ENGINES: Final = "templates/"
"""A folder that MkDocs leaves out of the site without a word."""
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)
"""Names that no file can have on Windows, whatever follows a dot in them."""
_NO_FILE: Final = "is not a regular file, but a pipe, a socket or a device"


def is_published(name: str) -> bool:
    """Tell whether an engine is given a file of ``content/``, by its path there: a chapter, a picture or a PDF."""
    path = PurePosixPath(name)
    return not any(map(is_left_alone, path.parts)) and (path.suffix == CHAPTER or path.suffix.lower() in BEGINNINGS)


def check(listing: Listing, shown: str, read: Collection[str], theme: Path) -> Iterator[Finding]:
    """Yield a finding for each file that no collection includes, and for each that must not be published.

    ``shown`` is the path of the folder as findings name it, ``read`` the files that were read, named in the same way,
    ``theme`` the folder of the project's theme.
    """
    for name in listing.links:
        hint = "put the file itself there"
        message = "what a symbolic link leads to would be published"
        yield _finding(f"{shown}/{name}", message, hint, rule="link")
    for name in listing.others:
        if f"{shown}/{name}" not in read:
            yield _finding(f"{shown}/{name}", _NO_FILE, "delete it")
    for name in (*listing.folders, *listing.files):
        yield from _check_name(name, f"{shown}/{name}")
    for name in listing.files:
        if f"{shown}/{name}" not in read:
            yield from _check_file(listing, name, f"{shown}/{name}", theme, read)
    yield from _same_but_for_case(listing, shown)


def not_to_be_copied(root: Path, folder: Path) -> Iterator[Finding]:
    """Yield a finding for each symbolic link in a folder that leads out of the project in ``root``, and for each pipe.

    An engine copies what is in the theme into the site, and a template may include what is beside it.
    """
    listing = Listing.of(folder)
    for name in () if folder.is_symlink() else listing.others:
        shown = (folder / name).relative_to(root).as_posix()
        yield _finding(shown, _NO_FILE, "delete it", rule="unreadable")
    links = [folder] if folder.is_symlink() else [folder / name for name in listing.links]
    for link in links:
        if not link.resolve().is_relative_to(root.resolve()):
            message = "a symbolic link that leads out of the project"
            yield Finding(Place(link.relative_to(root).as_posix()), "link", message, hint="put the file itself there")


def _check_name(name: str, shown: str) -> Iterator[Finding]:
    last = name.rpartition("/")[2]
    if not last.isprintable() or unwanted(last):
        yield _finding(shown, "the name of the file cannot be written", "rename it")
    elif last != composed(last):
        message = "a letter of its name is written as two characters, as some systems do (Unicode NFD instead of NFC)"
        yield _finding(shown, message, f"type the name anew: {quoted(composed(last))}")
    if (
        last.partition(".")[0].lower() in _RESERVED
        or last.endswith((" ", "."))
        or any(char in last for char in '<>:"\\|?*')
    ):
        yield _finding(shown, "no file can have this name on Windows", "rename it")


def _check_file(listing: Listing, name: str, shown: str, theme: Path, read: Iterable[str]) -> Iterator[Finding]:
    """Yield what is wrong with a file that is no record."""
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    if suffix in _RECORDS:
        is_misspelt = path.suffix != ".yml"
        right = quoted(slug(path.stem) + ".yml")
        hint = f"rename it to {right}" if is_misspelt else _where_to(shown, read)
        yield _finding(shown, f"no collection of content/{CATALOGUE} includes this file", hint)
    elif suffix in _OTHER_CHAPTERS:
        if path.suffix != CHAPTER:
            yield _finding(
                shown, f"the name of a chapter ends in {CHAPTER}", f"rename it to {quoted(path.stem + CHAPTER)}"
            )
        elif name.startswith(_LEFT_OUT_BY_ENGINES):
            yield _finding(shown, "MkDocs leaves content/templates/ out of the site", "move it into another folder")
    elif suffix in BEGINNINGS:
        yield from _check_picture(listing, path, shown, theme)
    elif suffix in _RUN_BY_BROWSERS:
        hint = "write a chapter in Markdown, or put it below theme/assets/"
        yield _finding(shown, "a file that a browser runs is no content", hint)
    else:
        meant = next((end for end in (*_RECORDS, CHAPTER) if path.stem.lower().endswith(end)), "")
        hint = f"rename it to {quoted(path.stem)}" if meant else "move it out of content/"
        known = ", ".join(one.removeprefix(".") for one in BEGINNINGS)
        message = f"is neither a record nor a chapter ({CHAPTER}), and of other files only these are published: {known}"
        yield _finding(shown, message, hint)


def _where_to(shown: str, read: Iterable[str]) -> str:
    """Say where a record belongs that no collection includes: into the folder of records in which its folder is."""
    folders = {PurePosixPath(one).parent for one in read if one.count("/") > 1}
    above = next((one for one in PurePosixPath(shown).parents if one in folders), None)
    return f"move it into {above}/" if above else "move it into the folder of a collection"


def _check_picture(listing: Listing, path: PurePosixPath, shown: str, theme: Path) -> Iterator[Finding]:
    beginnings = BEGINNINGS[path.suffix.lower()]
    try:
        with (listing.folder / path).open("rb") as file:
            begun = file.read(16)
    except OSError as error:
        yield _finding(
            shown, f"cannot be read: {error.strerror or error}", "let it be read, or delete it", rule="unreadable"
        )
        return
    if not begun.startswith(beginnings):
        kind = path.suffix.lower().removeprefix(".").upper()
        yield _finding(shown, f"does not hold what its name says ({kind})", "save it anew, or give it its right ending")
    if any((folder / path).exists() for folder in (theme, *_theme_folders())):
        yield _finding(shown, "would take the place of a file of the theme", f"rename it, or put it into {theme.name}/")
    if path.as_posix().startswith(_LEFT_OUT_BY_ENGINES):
        yield _finding(shown, "MkDocs leaves content/templates/ out of the site", "move it into another folder")


def _theme_folders() -> Iterator[Path]:
    """Yield the folders of the themes that engines bring along, as far as they are installed."""
    for name in ("material", "zensical"):
        with contextlib.suppress(ImportError, ValueError):  # it is not installed
            found = importlib.util.find_spec(name)
            if found is not None and found.origin:
                yield Path(found.origin).parent / "templates"


def _same_but_for_case(listing: Listing, shown: str) -> Iterator[Finding]:
    """Yield the files and folders whose names differ from others by capitals only: some systems hold one of the two."""
    first: dict[str, str] = {}
    for name in sorted([*listing.files, *listing.folders]):
        folded = unicodedata.normalize("NFKC", name.casefold())
        if (other := first.setdefault(folded, name)) != name:
            message = (
                f"differs from {quoted(f'{shown}/{other}')} in capitals only, which some systems take for one file"
            )
            yield _finding(f"{shown}/{name}", message, "rename one of the two")


def _finding(path: str, message: str, hint: str = "", *, rule: str = "left-out") -> Finding:
    return Finding(Place(path), rule, message, hint=hint)
