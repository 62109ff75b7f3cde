"""The names of countries in other languages, so that the search finds Brasil and Danmark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from babel.core import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from smartguide import Record, search_names

OF_THE_EU: Final = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr"),
    *("hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"),
)
"""The official languages of the European Union."""


@search_names("countries", "markets")
def in_other_languages(country: Record) -> Iterator[str]:
    """A country is also found by its name in each language of the EU and in its own."""
    code = str(country.get("code"))
    for language in dict.fromkeys((*OF_THE_EU, *get_official_languages(code))):
        try:
            name = Locale.parse(language).territories.get(code)
        except UnknownLocaleError:
            continue  # some languages have no names of countries in CLDR
        if name:
            yield name
