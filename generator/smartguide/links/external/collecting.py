"""All URLs of other sites in a project, and which of them are new since a git revision."""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections import defaultdict
from pathlib import Path

from smartguide.checks.checking import check
from smartguide.findings import Place
from smartguide.keeping import git
from smartguide.link_history.record_urls import without_fragment
from smartguide.links.external.archived_copies import is_copy
from smartguide.links.external.urls_in_project import in_chapters, in_prose, in_record, in_settings
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.project import Project

UrlPlaces = dict[str, list[Place]]
"""URLs without their fragments, and the places where each of them is written."""


def collect(project: Project, base: KnowledgeBase) -> UrlPlaces:
    """Return the URLs of other sites in the records ``base`` of a project, and in its chapters and settings.

    URLs of archived copies are left out: each replaces another URL, which is checked.
    """
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for record in base:
        for place, url in in_record(record):
            found[without_fragment(url)].add(place)
    texts = [link for links in in_chapters(project) for link in links]
    texts += [link for record in base for link in in_prose(project, record)]
    for place, url in texts:
        if not is_copy(url):
            found[without_fragment(url)].add(place)
    for place, url in in_settings(project):
        found[without_fragment(url)].add(place)
    return {url: sorted(places) for url, places in sorted(found.items())}


def only_new(urls: UrlPlaces, root: Path, revision: str) -> UrlPlaces:
    """Return the URLs, with their places, that were nowhere in the project when HEAD branched off a git revision.

    A URL that has only moved to another line or file, or is only written in another way, is not new. ``root`` is the
    folder of the project. Raises LookupError if git does not know the revision.
    """
    branched_at = _git(root, "merge-base", "--end-of-options", revision, "HEAD").decode().strip()
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "--format=tar", branched_at))) as files:
            files.extractall(folder, [file for file in files if file.isfile() or file.isdir()], filter="data")
        project = Project.of(folder)
        before = collect(project, check(project).base)
    return {url: places for url, places in urls.items() if url not in before}


def _git(root: Path, *arguments: str) -> bytes:
    """Return the output of git in a folder. Raises LookupError if git fails."""
    done = git.run(root, *arguments)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()
        raise LookupError(reason or "git finds no common commit (is the clone a shallow one?)")
    return done.stdout
