"""Write the letters that the form knows for ids, as the generator writes them: ``python -m tools.make_letters``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from smartguide.model.letters import folded

TARGET: Final = Path(__file__).parents[1] / "generator/smartguide/theme/assets/form/model/letters.js"
BLOCKS: Final = ((0x80, 0x530), (0x1E00, 0x2150))
"""Latin, Greek and Cyrillic letters with all their marks; punctuation and signs."""


def text() -> str:
    """Return the module with the letters."""
    blocks = {start: ",".join(_written(chr(code)) for code in range(start, end)) for start, end in BLOCKS}
    lines = [f"  [\n    {start},\n    {json.dumps(letters)},\n  ],\n" for start, letters in blocks.items()]
    return (
        "/** Letters as ids have them: `tools/make_letters.py` writes this file. What is no letter is `-`. */\n\n"
        "/** The first code point of each block, and its letters. @type {readonly [number, string][]} */\n"
        f"export const BLOCKS = [\n{''.join(lines)}];\n"
    )


def _written(char: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", folded(char))


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
