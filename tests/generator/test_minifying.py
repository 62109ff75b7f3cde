"""Style sheets are published without comments; scripts are published as they are written."""

from __future__ import annotations

from pathlib import Path

from smartguide.site import minifying


def test_style_sheets_lose_their_comments_and_scripts_stay(tmp_path: Path) -> None:
    site, theme = tmp_path / "site", tmp_path / "theme"
    texts = {
        "a.css": "/* nothing */\na { color: red }\n",
        "a.js": "// nothing\nconst a = 1;\n",
        "only.css": "a { b: c }",
    }
    for folder, names in ((theme, texts), (site, ("a.css", "a.js"))):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(texts[name], encoding="utf-8")
    for _ in range(2):
        minifying.write(site, theme)
        assert (site / "a.css").read_text(encoding="utf-8") == "a{color:red}"
        assert (site / "a.js").read_text(encoding="utf-8") == texts["a.js"]
    assert not (site / "only.css").exists()
