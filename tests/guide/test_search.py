"""The search of the Smart Guide: names as they are written, misspelt or half remembered lead to the right record."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.guide.records import Published
from tests.searches import answers, texts

QUESTIONS: dict[str, str] = yaml.safe_load((Path(__file__).parent / "search-questions.yml").read_text(encoding="utf-8"))
ENOUGH = 0.95


@pytest.fixture(scope="module")
def url_of(published: Published) -> dict[str, str]:
    """Return the URL of each record, by its collection and id."""
    return {f"{collection}/{id_}": published.url(collection, id_) for collection, id_, _ in published}


def test_misspelt_and_half_remembered_names_lead_to_the_record(site: Path, url_of: dict[str, str]) -> None:
    asked = {question: wanted for question, wanted in QUESTIONS.items() if wanted in url_of}  # living content
    found = dict(zip(asked, answers(site, asked), strict=True))
    wrong = {
        question: [one.title for one in found[question][:3]]
        for question, wanted in asked.items()
        if not found[question] or found[question][0].url != url_of[wanted]
    }
    assert len(wrong) <= (1 - ENOUGH) * len(asked), wrong


def test_every_name_as_it_is_written_is_among_the_first_three(site: Path, published: Published) -> None:
    asked = [
        (spelling, published.url(collection, id_))
        for collection, id_, _ in published
        for spelling in published.spellings(collection, id_)
    ]
    found = answers(site, [spelling for spelling, _ in asked])
    wrong = [
        (spelling, url, [one.title for one in results[:3]])
        for (spelling, url), results in zip(asked, found, strict=True)
        if url not in [one.url for one in results[:3]]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("SME", {"Term"}),
        ("COSME", {"Instrument", "Term"}),
        ("denmark", {"Country"}),
        ("brazil", {"Market"}),
        ("AdPack: a legal form", {"Good practice"}),
        ("what is a strand", {"Term"}),
        ("voucher", {"Term", "Box"}),
    ],
)
def test_what_is_asked_for_in_a_word_is_first(site: Path, question: str, kinds: set[str]) -> None:
    assert answers(site, [question])[0][0].kind in kinds


def test_every_record_is_found_by_its_text(site: Path, published: Published) -> None:
    found = dict(texts(site))
    pages = {published.url(collection, id_).partition("#")[0] for collection, id_, _ in published}
    assert pages - found.keys() == set()
    missing = [
        f"{collection}/{id_}"
        for collection, id_, _ in published
        for spelling in published.spellings(collection, id_)
        if " ".join(spelling.split()) not in found[published.url(collection, id_).partition("#")[0]]
    ]
    assert missing == []
