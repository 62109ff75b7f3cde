"""Other words for countries: the search finds Brasil, Danmark and Danish, and a sentence says “the United States”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from babel.core import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from smartguide import Record, search_names, template_function

OF_THE_EU: Final = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr"),
    *("hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"),
)
"""The official languages of the European Union."""

ADJECTIVES: Final = {
    "AE": "Emirati",
    "AL": "Albanian",
    "AT": "Austrian",
    "AU": "Australian",
    "BE": "Belgian",
    "BG": "Bulgarian",
    "BR": "Brazilian",
    "CA": "Canadian",
    "CL": "Chilean",
    "CN": "Chinese",
    "CO": "Colombian",
    "CY": "Cypriot",
    "CZ": "Czech",
    "DE": "German",
    "DK": "Danish",
    "EE": "Estonian",
    "ES": "Spanish",
    "FI": "Finnish",
    "FR": "French",
    "GB": "British",
    "GR": "Greek",
    "HR": "Croatian",
    "HU": "Hungarian",
    "ID": "Indonesian",
    "IE": "Irish",
    "IL": "Israeli",
    "IN": "Indian",
    "IR": "Iranian",
    "IT": "Italian",
    "JO": "Jordanian",
    "JP": "Japanese",
    "KG": "Kyrgyz",
    "KR": "South Korean",
    "KZ": "Kazakh",
    "LT": "Lithuanian",
    "LU": "Luxembourgish",
    "LV": "Latvian",
    "MA": "Moroccan",
    "MK": "Macedonian",
    "MT": "Maltese",
    "MX": "Mexican",
    "MY": "Malaysian",
    "NL": "Dutch",
    "NO": "Norwegian",
    "PE": "Peruvian",
    "PH": "Philippine",
    "PL": "Polish",
    "PT": "Portuguese",
    "QA": "Qatari",
    "RO": "Romanian",
    "RS": "Serbian",
    "SE": "Swedish",
    "SG": "Singaporean",
    "SI": "Slovenian",
    "SK": "Slovak",
    "TM": "Turkmen",
    "TR": "Turkish",
    "TW": "Taiwanese",
    "US": "American",
    "UZ": "Uzbek",
    "VN": "Vietnamese",
    "ZA": "South African",
}
"""The English adjective of a country, by its ISO 3166-1 alpha-2 code; CLDR has none."""

COMMON: Final = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia",),
    "CN": ("PRC",),
    "CZ": ("Czech Republic",),
    "GB": ("UK", "U.K.", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "GR": ("Hellas",),
    "KR": ("Korea",),
    "MK": ("Macedonia",),
    "NL": ("Holland",),
    "TR": ("Turkey",),
    "US": ("USA", "U.S.", "America"),
    "VN": ("Vietnam",),
}
"""What people call a country in English besides its name in CLDR: short, former and longer names, and its parts."""

WITH_ARTICLE: Final = frozenset({"AE", "GB", "NL", "PH", "US"})
"""The countries whose English name has an article within a sentence."""


@template_function
def within_sentence(country: Record) -> str:
    """Return the name of a country or market as it stands in a sentence: “the United States”."""
    return f"the {country.label}" if country.get("code") in WITH_ARTICLE else country.label


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


@search_names("countries", "markets")
def as_people_say(country: Record) -> Iterator[str]:
    """A country is also found by other names that people use for it: the UK, the Czech Republic."""
    yield from COMMON.get(str(country.get("code")), ())


@search_names("countries", "markets")
def as_adjective(country: Record) -> Iterator[str]:
    """A country is also found by its adjective: a Danish partner is one from Denmark."""
    if adjective := ADJECTIVES.get(str(country.get("code"))):
        yield adjective
