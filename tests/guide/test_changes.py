"""``smartguide diff`` on the Smart Guide: what its words and figures say of a change."""

from __future__ import annotations

from click.testing import CliRunner

from smartguide.cli import main
from tests.conftest import SMALL
from tests.projects import MakeProject, write
from tests.repositories import commit

STATISTICS = """
    escp-4i-first:
      label: Partnerships of the first generation
      value: 15
      counts: Partnerships
      source: guide
      part: Table 1
      measure: partnerships of generation 1
    """


def test_a_new_partnership_is_told_with_the_figures_and_pages_that_it_moves(project: MakeProject) -> None:
    catalogue = str(SMALL["content/catalogue.yml"])
    line = "          statistics: {schema: statistic, pages: one, records: !include statistics.yml}\n"
    root = project({"content/catalogue.yml": f"{catalogue.rstrip()}\n{line}", "content/statistics.yml": STATISTICS})
    commit(root)
    alpha = str(SMALL["content/partnerships/alpha.yml"])
    beta = alpha.replace("Alpha", "Beta").replace("first of all", "second of all").replace("path-finders", "map-makers")
    map_makers = str(SMALL["content/partners/path-finders.yml"]).replace("Path Finders", "Map Makers")
    write(
        root,
        {
            "content/partnerships/beta.yml": beta,
            "content/partners/map-makers.yml": map_makers,
            "content/partnerships/alpha.yml": alpha.replace("[CA]", "[CA, US]"),
        },
    )
    write(root, {"content/markets.yml": "ca: {code: CA, name: Canada}\nus: {code: US, name: United States}\n"})
    done = CliRunner().invoke(main, ["-C", str(root), "diff", "HEAD"])
    lines = [text.strip() for text in done.output.splitlines()]
    for expected in (
        "3 records added; 1 record changed.",
        "Partnership: Beta, content/partnerships/beta.yml",
        "Partners: Organisation: Bridge Builders (new)",
        "Target markets: United States (new)",
        "partnerships of the first generation: 1 → 2",
        "/partnerships/beta/: new (Partnership: Beta)",
        "Partners: Organisation: Map Makers (new)",
        "Partnership: Beta → Sector: Digital (Sector)",
        "/markets/us/: new (Market: United States)",
    ):
        assert expected in lines, done.output
