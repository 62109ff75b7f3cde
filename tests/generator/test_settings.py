"""Settings, the environment and the theme: what is wrong with them is told in a line, with its place, by each command."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.config_options import Deprecated
from mkdocs_macros.plugin import MacrosPlugin

from smartguide import settings
from smartguide.building import BuildError, build_site
from smartguide.engines.mkdocs_plugin import SmartGuidePlugin
from smartguide.model import schema_files
from smartguide.site import build_date as repeatable
from tests.processes import smartguide
from tests.projects import MakeProject

COMMANDS = [["build", "--no-strict"], ["links", "--internal"], ["links", "--limit", "1"]]
AS_ANOTHER_OWNER = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}  # git's own way to try what it does in such a checkout

WRONG_ADDRESSES = {
    "https://[x/": "is no URL: Invalid IPv6 URL",
    "https://host:x/": "is no URL: Port could not be cast to integer value as 'x'",
    "https://host/a b/": "has a blank or another character in it that no URL has",
    "https://host/a+b/": "has a path with more than letters, digits and / . _ ~ % -",
    "https://host/?a=b": "has a path with more than letters, digits and / . _ ~ % -",
    "https://:80/": "is no URL that begins with https:// and a host",
    "host/path": "is no URL that begins with https:// and a host",
    "5": "is no URL that begins with https:// and a host",
}
WRONG_FILES = {
    b"- site_name\n": "mkdocs.yml:1:1: error: must be a mapping of settings (write 'site_name: \u2026' and so on) [settings]",
    b"site_name: Stra\xdfe\n": "mkdocs.yml:1:16: error: the byte 0xdf is not UTF-8 (save the file as UTF-8) [encoding]",
    b"nav: [\n": "mkdocs.yml:1:6: error: the [ that opens here does not close (close it with ], or put the text in quotes) [settings]",
    b'a: 1\nb: "\x01"\n': "mkdocs.yml:2:5: error: holds the invisible character U+0001 (delete it: write the text anew instead of pasting it) [invisible-character]",
}
WRONG_TEMPLATES = {
    b"{% if %}": "theme/main.html:3:1: error: cannot be rendered: Expected an expression, got 'end of statement block' (fix the template) [template]",
    b"{{ nothing.at.all }}": "theme/main.html:3:1: error: cannot be rendered: 'nothing' is undefined (fix the template) [template]",
    b"{{ 1 / 0 }}": "theme/main.html:3:1: error: cannot be rendered: division by zero (fix the template) [template]",
    b'{% include "nope.html" %}': "theme/main.html:3:1: error: no template 'nope.html' (fix the name, or write it) [template]",
    b"Stra\xdfe": "theme/main.html:3:5: error: the byte 0xdf is not UTF-8 (save the file as UTF-8) [encoding]",
}


@pytest.mark.parametrize(("address", "why"), WRONG_ADDRESSES.items())
def test_an_address_of_the_site_that_is_none_is_told(
    site_project: MakeProject, address: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", address)
    with pytest.raises(settings.SettingsError) as caught:
        settings.read_settings(site_project())
    (finding,) = caught.value.findings
    assert finding.as_text() == (
        f"mkdocs.yml:5:11: error: site_url: '{address}' {why} (fix the variable SITE_URL of the environment) [settings]"
    )


def test_all_addresses_that_are_none_are_told_in_one_run_by_each_command(site_project: MakeProject) -> None:
    root = site_project({"site/index.html": "a site"})
    for command in COMMANDS:
        done = smartguide(root, *command, SITE_URL="https://[x/", REPO_URL="git@host:guide")
        assert (done.returncode, done.stderr.removesuffix("nothing was built\n")) == (1, "")
        assert [line.partition(": error: ")[0] for line in done.stdout.splitlines()] == [
            "mkdocs.yml:5:11",
            "mkdocs.yml:6:11",
        ]


@pytest.mark.parametrize("address", ["", "https://host.example/", "http://höst:8000/a/ü~x.y_z-%20", "https://[::1]/x"])
def test_an_address_that_is_one_is_taken(
    site_project: MakeProject, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", address)
    assert settings.read_settings(site_project()).site_url == address


@pytest.mark.parametrize(("content", "expected"), WRONG_FILES.items())
def test_settings_that_cannot_be_read_are_told_by_each_command(
    site_project: MakeProject, content: bytes, expected: str
) -> None:
    root = site_project({"mkdocs.yml": content, "site/index.html": "a site"})
    for command in COMMANDS:
        done = smartguide(root, *command)
        said = done.stderr.removesuffix("nothing was built\n")  # which only a build says
        assert (done.returncode, done.stdout, said) == (1, f"{expected}\n", "")


def test_the_options_of_the_plugins_that_each_site_has_are_all_known() -> None:
    kind = schema_files.load(schema_files.OWN).by_name["settings"]
    for name, plugin in (("smartguide", SmartGuidePlugin), ("macros", MacrosPlugin)):
        known = set(kind.schema["$defs"][name]["properties"])
        assert known == {option for option, form in plugin.config_scheme if not isinstance(form, Deprecated)}


@pytest.mark.parametrize(("line", "expected"), WRONG_TEMPLATES.items())
def test_a_template_of_the_theme_that_fails_is_told_with_its_line(
    site_project: MakeProject, line: bytes, expected: str
) -> None:
    root = site_project()
    page = b'{% extends "base.html" %}\n{% block content %}\n' + line + b"\n{% endblock %}\n"
    (root / "theme/main.html").write_bytes(page)
    with pytest.raises(BuildError) as caught:
        build_site(root, root / "site", strict=False)
    assert str(caught.value).removesuffix("\nnothing was built") == expected


@pytest.mark.parametrize("date", ["abc", "", "-1", "1.5", " 1", "٣", str(repeatable.LATEST + 1)])
def test_a_date_that_is_none_is_told(site_project: MakeProject, date: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", date)
    root = site_project()
    with pytest.raises(BuildError) as caught:
        build_site(root, root / "site", strict=False)
    assert str(caught.value) == (
        f"SOURCE_DATE_EPOCH is '{date}', which is no date; set it to seconds since 1970 (0 to 4294967295), or unset it"
    )


def commit(root: Path) -> None:
    person = {"NAME": "A", "EMAIL": "a@b.example", "DATE": "2020-02-03T04:05:06Z"}
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in person.items()}
    for command in (["init", "-q"], ["add", "content"], ["commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(root), *command], check=True, env={**os.environ, **who})


def dates_of_sitemap(root: Path, **environment: Any) -> set[str]:
    for name in ("SOURCE_DATE_EPOCH", "GIT_DIR"):
        assert name not in os.environ
    done = smartguide(root, "build", "--no-strict", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    lines = (root / "site/sitemap.xml").read_text(encoding="utf-8").splitlines()
    assert any("<loc>" in line for line in lines)
    return {line.strip() for line in lines if "lastmod" in line}


def test_the_date_of_the_sitemap_is_that_of_the_commit_whoever_owns_the_checkout(site_project: MakeProject) -> None:
    root = site_project()
    commit(root)
    refused = subprocess.run(["git", "-C", str(root), "log"], check=False, env={**os.environ, **AS_ANOTHER_OWNER})
    assert refused.returncode == 128
    for environment in ({}, AS_ANOTHER_OWNER):
        assert dates_of_sitemap(root, **environment) == {"<lastmod>2020-02-03</lastmod>"}


@pytest.mark.parametrize("environment", [{}, {"PATH": "/nowhere"}])
def test_the_sitemap_says_no_date_where_there_is_no_commit_or_no_git(
    site_project: MakeProject, environment: dict[str, str]
) -> None:
    root = site_project()
    assert dates_of_sitemap(root, GIT_CEILING_DIRECTORIES=str(root.parent), **environment) == set()


def test_a_checkout_of_another_owner_around_the_project_is_not_trusted(site_project: MakeProject) -> None:
    root = site_project()
    around = root / "around"
    commit(root)
    around.mkdir()
    for name in ("content", "schemas", "templates", "theme", "mkdocs.yml"):
        (root / name).rename(around / name)
    assert dates_of_sitemap(around) == {"<lastmod>2020-02-03</lastmod>"}
    assert dates_of_sitemap(around, **AS_ANOTHER_OWNER) == set()
