"""The site of the Smart Guide as a whole: it repeats to the byte, and its policies name every inline script."""

from __future__ import annotations

from pathlib import Path

from tests.built_sites import (
    build_elsewhere_on_another_day,
    check_headers_for_hosts,
    check_policies_of_pages,
    differences,
)
from tests.projects import ROOT


def test_the_site_built_elsewhere_on_another_day_is_the_same_to_the_byte(site: Path, tmp_path: Path) -> None:
    assert differences(site, build_elsewhere_on_another_day(ROOT, tmp_path / "another folder")) == []


def test_every_page_carries_a_policy_that_names_each_of_its_inline_scripts(site: Path) -> None:
    check_policies_of_pages(site)


def test_the_headers_for_hosts_allow_the_scripts_of_every_page(site: Path) -> None:
    check_headers_for_hosts(site)
