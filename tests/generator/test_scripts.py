"""Scripts are published without comments and indentation, and do what they did."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from smartguide.site import scripts
from smartguide.site.style_sheets import THEME
from tests.searches import NODE

ROOT = Path(__file__).parents[2]
TSC = ROOT / "node_modules/typescript/bin/tsc"
AS_WRITTEN = (
    "--ignoreConfig",
    "--allowJs",
    "--noCheck",
    "--noResolve",
    "--removeComments",
    "--target",
    "esnext",
    "--module",
    "esnext",
)


@pytest.mark.parametrize(
    ("script", "shortened"),
    [
        ("// a\nlet b;\n", "let b;\n"),
        ("/** a\n * // b */\nfunction c() {\n  // d, e\n  return 1; // f\n}\n", "function c() {\nreturn 1; // f\n}\n"),
        ("let a = 1;\n\n/* b */\n", "let a = 1;\n"),
        ("// at the end", ""),
        ("//! A licence.\n/*! Another\n one. */\nlet a;\n", "//! A licence.\n/*! Another\none. */\nlet a;\n"),
        ("/* a */ let b;\n", "/* a */ let b;\n"),
        ('let a = "// no comment";\n', 'let a = "// no comment";\n'),
        ("// `a` or `b`\nlet c = `${d} // e`;\n", "let c = `${d} // e`;\n"),
    ],
)
def test_a_comment_on_lines_of_its_own_is_left_out(script: str, shortened: str) -> None:
    assert scripts.shortened(script) == shortened


@pytest.mark.parametrize(
    "script",
    [
        "let a = `\n  // text`;\n",
        "let a = `${[`\n  // text`]}`;\n",
        "let a = 'b\\\n// text';\n",
        "let a; /* b\n/* c */\nlet d;\n",
        "/* a */ /* b\n// */\nlet c;\n",
    ],
)
def test_a_script_in_which_a_line_may_be_more_than_it_seems_stays_as_it_is(script: str) -> None:
    assert scripts.shortened(script) == script


def test_scripts_of_the_site_are_read_from_the_theme_and_others_stay(tmp_path: Path) -> None:
    site, theme = tmp_path / "site", tmp_path / "theme"
    for folder, names in ((theme, ("a.js", "only.js")), (site, ("a.js", "other.js"))):
        folder.mkdir()
        for name in names:
            (folder / name).write_text("// nothing\nlet a;\n", encoding="utf-8")
    for _ in range(2):
        scripts.shorten(site, theme)
        assert (site / "a.js").read_text(encoding="utf-8") == "let a;\n"
        assert (site / "other.js").read_text(encoding="utf-8") == "// nothing\nlet a;\n"
    assert not (site / "only.js").exists()


def test_no_script_of_the_themes_changes_but_for_its_comments(tmp_path: Path) -> None:
    texts = {
        path.relative_to(ROOT): path.read_text(encoding="utf-8")
        for theme in (THEME, ROOT / "theme")
        for path in theme.rglob("*.js")
    }
    assert printed(tmp_path / "before", texts) == printed(
        tmp_path / "after", {path: scripts.shortened(text) for path, text in texts.items()}
    )


def printed(folder: Path, texts: dict[Path, str]) -> dict[Path, str]:
    """Return scripts as a compiler that leaves out comments writes them."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    made = folder / "made"
    command: list[str | Path] = [
        NODE,
        TSC,
        *AS_WRITTEN,
        "--rootDir",
        folder,
        "--outDir",
        made,
        *(folder / path for path in texts),
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    return {path: (made / path).read_text(encoding="utf-8") for path in texts}
