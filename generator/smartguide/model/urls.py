"""Every URL of the site and of the API, in one place.

A URL is relative to the root of the site, without a leading slash (``books/emma/``), so that the site
works below any path; ``relative`` turns it into a link from one page to another.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from smartguide.model.knowledge_base import Collection, Record

API: Final = "api/v1/"
HOME: Final = ""
INDEXES: Final = ("index", "readme")
"""Ids whose pages would be taken for the index of their folder."""


def collection(found: Collection) -> str:
    """Return the URL of the index page of a collection."""
    return f"{found.url}/"


def index_page(found: Collection, number: int) -> str:
    """Return the URL of a page of an index that is split; the first is that of the index.

    Two hyphens are in no id, so this is the URL of no record.
    """
    return collection(found) if number == 1 else f"{collection(found)}page--{number}/"


def quality_page(found: Collection, number: int = 1) -> str:
    """Return the URL of a page of the list of the quality of the records of a collection."""
    return f"{collection(found)}page--quality{f'-{number}' if number > 1 else ''}/"


def continued(page: str, key: str, number: int) -> str:
    """Return the URL of a page that continues a list of the page of a record: ``books/emma--readers--2/``."""
    return f"{page.rstrip('/')}--{key}--{number}/"


def continued_index(page: str, key: str, number: int) -> str:
    """Return the URL of a page that continues a list of an index: ``books/page--1--readers--2/``."""
    return continued(f"{page}page--1/", key, number)


def begun(url: str) -> str:
    """Return the URL of the page whose list a page continues; that of any other page is returned as it is."""
    folder, _, name = url.rstrip("/").rpartition("/")
    words = name.split("--")
    if len(words) == 4 and words[:2] == ["page", "1"]:  # noqa: PLR2004  # page--1--key--number
        return f"{folder}/"
    return f"{folder}/{words[0]}/" if len(words) == 3 else url  # noqa: PLR2004  # id--key--number


def record(found: Record) -> str:
    """Return the URL of a record: its own page, or its place on the page of its collection."""
    return former(found, found.id)


def former(found: Record, record_id: str) -> str:
    """Return the URL that a record has, or had, under an id."""
    if found.collection.one_page:
        return f"{collection(found.collection)}#{record_id}"
    return f"{collection(found.collection)}{record_id}/"


def page_source(url: str) -> str:
    """Return the path of the page behind a URL in MkDocs' docs directory: ``books/emma.md``."""
    path = url.partition("#")[0].strip("/")
    return f"{path}.md"


def page(source: str) -> str:
    """Return the URL of a page from its path in MkDocs' docs directory, which ``README.md`` is an index to, too."""
    path = PurePosixPath(source).with_suffix("")
    url = (path.parent if path.name in {"index", "README"} else path).as_posix()
    return HOME if url == "." else f"{url}/"


def index_source(found: Collection) -> str:
    """Return the path of the index page of a collection in MkDocs' docs directory."""
    return f"{found.url}/index.md"


def api_collection(name: str) -> str:
    """Return the URL of a collection in the API."""
    return f"{API}{name}.json"


def api_list(name: str) -> str:
    """Return the URL of what the list of a collection shows and filters by. Two hyphens are in no name."""
    return f"{API}{name}--list.json"


def api_quality() -> str:
    """Return the URL of the quality of all records in the API; no collection is called so."""
    return api_collection("quality")


def api_record(name: str, record_id: str) -> str:
    """Return the URL of a record in the API."""
    return f"{API}{name}/{record_id}.json"


def schema(kind: str) -> str:
    """Return the URL of the schema of a kind."""
    return f"schemas/{kind}.schema.json"


def on_host(url: str, site_url: str) -> str:
    """Return a URL from the root of the host: ``/books/emma/``, or below the path that the site has."""
    return f"{urlsplit(site_url).path.rstrip('/')}/{url}"


def relative(target: str, page: str) -> str:
    """Return the link from one URL to another; ``page`` is the URL of the page that the link stands on.

    It goes up to the root of the site and down again: always right, and quick to make thousands of.
    """
    path, hash_, fragment = target.partition("#")
    if path == page and hash_:
        return f"#{fragment}"
    return f"{'../' * page.count('/')}{target}" or "./"
