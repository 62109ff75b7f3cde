"""The generator knows nothing of what the Smart Guide is about: its files hold none of the words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GENERATOR = Path(__file__).resolve().parents[2] / "generator"
WORDS = re.compile(r"(?<![a-z])(?:partnerships?|clusters?|escp|european|eu|markets?|smes?)(?![a-z])", re.IGNORECASE)
"""A word also counts as part of a name: ``target_markets``."""


def found_in(text: str) -> list[str]:
    return [f"{number}: {line.strip()}" for number, line in enumerate(text.split("\n"), 1) if WORDS.search(line)]


def test_no_file_of_the_generator_holds_a_word_of_the_guide() -> None:
    files = [path for path in sorted(GENERATOR.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    assert len(files) > 50
    held = {
        path.relative_to(GENERATOR).as_posix(): lines
        for path in files
        if (lines := found_in(f"{path.relative_to(GENERATOR)}\n{path.read_text(encoding='utf-8')}"))
    }
    assert held == {}


@pytest.mark.parametrize("text", ["for ESCP-4i", "target_markets: []", "an EU country", "ec.europa.eu", "the SMEs of"])
def test_the_words_are_found(text: str) -> None:
    assert found_in(text) == [f"1: {text}"]


@pytest.mark.parametrize("text", ["a queue", "neutral", "marketing", "clustered", "Europe/Berlin"])
def test_words_that_only_look_like_them_are_not_found(text: str) -> None:
    assert found_in(text) == []
