"""The environment of the templates: everything is made safe, once, and functions get what they ask for."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from jinja2.runtime import Context
from markupsafe import Markup

from smartguide.pages.environment import environment
from smartguide.pages.pages import pages
from smartguide.session import load
from tests.generator import projects


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ text }}", "&#60;b&#62; &#38; &#123;"),
        ("{% macro say(one) %}{{ one }}{% endmacro %}{{ say(text) }}", "&#60;b&#62; &#38; &#123;"),
        ("{% set made %}<i>{{ text }}</i>{% endset %}{{ made }}", "<i>&#60;b&#62; &#38; &#123;</i>"),
        ("{{ ready }}{{ ready ~ text }}", "<i>&amp;</i><i>&amp;</i>&lt;b&gt; &amp; {"),
        ("{% autoescape false %}{{ text }}{% endautoescape %}", "&#60;b&#62; &#38; &#123;"),
        ("{% for one in [text] %}{{ one | upper }}{% endfor %}", "&#60;B&#62; &#38; &#123;"),
        ("{{ nothing }}{{ 1.5 }}{{ [text] }}", "1.5&#91;&#39;&#60;b&#62; &#38; &#123;&#39;&#93;"),
        ('{{ "<b>" }}', "&lt;b&gt;"),
    ],
)
def test_whatever_is_written_is_safe_and_made_so_once(template: str, shown: str) -> None:
    values = {"text": "<b> & {", "ready": Markup("<i>&amp;</i>"), "nothing": None}
    assert environment().from_string(template).render(values) == shown


class Tool:
    @jinja2.pass_context
    def page(self, context: Context) -> str:
        return str(context["page"])

    def plain(self, *values: int, last: int = 0) -> int:
        return sum(values) + last


def test_functions_and_methods_get_the_arguments_that_they_ask_for() -> None:
    env = environment()
    env.globals["function"] = jinja2.pass_context(lambda context, more: f"{context['page']} {more}")
    template = "{% for one in [2] %}{{ tool.page() }} {{ function(one) }} {{ tool.plain(1, one, last=4) }}{% endfor %}"
    assert env.from_string(template).render(tool=Tool(), page="here") == "here here 2 7"


def test_a_template_that_changes_is_read_again_when_the_project_is_checked_again(tmp_path: Path) -> None:
    root = projects.copy(tmp_path)
    (root / "templates/tour.html").write_text("before\n", encoding="utf-8")
    session = load(root)
    page = next(page for page in pages(session.checked.base) if page.url.startswith("tours/") and not page.is_index)
    assert session.renderer.page(page).html.startswith("before<")
    (root / "templates/tour.html").write_text("and afterwards\n", encoding="utf-8")
    assert session.renderer.page(page).html.startswith("before<")
    session.refresh()
    assert session.renderer.page(page).html.startswith("and afterwards<")
