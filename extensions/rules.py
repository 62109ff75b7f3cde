"""What the schemas of the Smart Guide cannot say: one small function a rule, with the source of what it asks."""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from rapidfuzz import fuzz, process

from smartguide import Collection, Entry, Problem, Record, folded, rule

from . import country_codes

NEARLY_THE_SAME: Final = 87
"""Names at least this alike (of 100, without capitals, accents and legal forms) are worth a second look."""
MOST_SPELLINGS: Final = 100
"""So many other spellings of one organisation are compared with those of others."""
MOST_COMPARED: Final = 4_000
"""Of so many spellings in a country each is compared with each; of more, only with its neighbours by the alphabet."""
NEIGHBOURS: Final = 30
"""So many of them, in the alphabet of the spellings and in that of their ends."""
MOST_ALIKE: Final = 10
"""So many organisations are named for each spelling that they are like."""
ENTRY: Final = "partners[].partner"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


@rule("duration", scope="entry", severity="warning", collections=["partnerships"])
def duration(entry: Entry) -> Iterator[Problem]:
    """A duration in months is that of start and end, both counted, give or take one month."""
    start, end, months = (entry.get(key) for key in ("start", "end", "duration_months"))
    if not (isinstance(start, str) and isinstance(end, str) and isinstance(months, int)):
        return
    try:
        (from_year, from_month), (to_year, to_month) = (map(int, text.split("-")) for text in (start, end))
    except ValueError:
        return  # the schema says what is wrong with the form
    counted = (to_year - from_year) * 12 + to_month - from_month + 1
    if abs(counted - months) > 1:
        message = f"{months} months, but {start} to {end} are {counted}"
        yield entry.problem(("duration_months",), message, "fix one, or explain it in the notes and leave it out")


@rule("eu-target-market", scope="collection", collections=["partnerships"])
def eu_target_market(partnerships: Collection) -> Iterator[Problem]:
    """A target market is outside the EU: ESCP-4i go to third countries (2014 and 2017 calls, Smart Guide 2019, 2.1).

    Which countries are or were members is in content/vocabularies/countries.yml.
    """
    members = _members(partnerships.base["countries"])
    for record in partnerships:
        markets = record.get("target_markets")
        end = _text(record.get("end"))
        for number, written in enumerate(markets if isinstance(markets, list) else ()):
            code = (country_codes.to_alpha_2(written) or written) if isinstance(written, str) else ""
            until = members.get(code)
            if until is not None and (not until or "" < end <= until):
                was = f"was a member until {until}, and the partnership ended in {end}" if until else "is a member"
                message = f"a target market is outside the EU, but {country_codes.name_of(code)} {was}"
                yield record.problem(("target_markets", number), message, f"take '{written}' out")


def _members(countries: Collection) -> dict[str, str]:
    """Return the codes of the member states, each with the last month of its membership (empty: a member today)."""
    return {
        _text(one.get("code")): _text(one.get("eu_member_until"))
        for one in countries
        if one.get("eu_member") is True or one.get("eu_member_until")
    }


@rule("predecessor", collections=["partnerships"])
def predecessor(record: Record) -> Iterator[Problem]:
    """A predecessor is earlier: by its generation, or else by its start."""
    earlier = record.target("predecessor")
    if earlier is None or earlier is record:
        return
    for key in ("generation", "start"):
        before, after = earlier.get(key), record.get(key)
        if type(before) is type(after) and isinstance(before, int | str) and before != after:
            if before > after:
                message = f"'{earlier.label}' is later ({key} {before}) than this one ({key} {after})"
                yield record.problem(("predecessor",), message, "swap them, or fix the one that is wrong")
            return


@rule("voluntary-funding", scope="entry", collections=["partnerships"])
def voluntary_funding(entry: Entry) -> Iterator[Problem]:
    """A voluntary partnership has the label without EU money (Smart Guide 2019, 2.1)."""
    if entry.get("strand") == "voluntary" and entry.get("eu_funded") is True:
        message = "a voluntary partnership is not EU-funded"
        yield entry.problem(("eu_funded",), message, "write false, or fix the strand")


@rule("voluntary-generation", scope="entry", collections=["partnerships"])
def voluntary_generation(entry: Entry) -> Iterator[Problem]:
    """Voluntary partnerships exist in the first generation only (Smart Guide 2019, Tables 1 and 2)."""
    generation = entry.get("generation")
    if entry.get("strand") == "voluntary" and isinstance(generation, int) and generation > 1:
        message = f"generation {generation} has no voluntary partnerships"
        yield entry.problem(("strand",), message, 'write "1" or "2", or fix the generation')


@rule("printed-as-name", severity="warning", collections=["partnerships"])
def printed_as_name(record: Record) -> Iterator[Problem]:
    """How a source spells a name is kept only where it differs from the name on the organisation's own record."""
    for reference in record.references:
        if reference.through.name != ENTRY:
            continue
        entry = record.data["partners"][reference.path[1]]
        if entry.get("printed_as") == reference.target.label:
            message = f"'{reference.target.label}' is how the organisation's own record writes it"
            yield record.problem((*reference.path[:-1], "printed_as"), message, "take it out")


@rule("unknown-spelling", severity="warning", collections=["partnerships"])
def unknown_spelling(record: Record) -> Iterator[Problem]:
    """Every spelling of a partner list is an alias of the organisation too, so that the search finds it."""
    for reference in record.references:
        if reference.through.name != ENTRY:
            continue
        printed = _text(record.data["partners"][reference.path[1]].get("printed_as"))
        target = reference.target
        aliases = target.get("aliases")
        if printed and printed != target.label and printed not in (aliases if isinstance(aliases, list) else ()):
            message = f"'{printed}' is not among the other spellings of {target.path}"
            yield record.problem((*reference.path[:-1], "printed_as"), message, "add it to its aliases")


@rule("near-duplicate", scope="collection", severity="warning", collections=["partners"])
def near_duplicate(partners: Collection) -> Iterator[Problem]:
    """Two organisations of one country with nearly the same name may be one; ``related`` says that they are not.

    Of several that are alike each is told once, with the first of them.
    """
    by_country: defaultdict[str, list[Record]] = defaultdict(list)
    for record in partners:
        by_country[str(record.get("country"))].append(record)
    for records in by_country.values():
        owners = [(spelling, record) for record in records for spelling in _spellings(record.entry)]
        told: set[str] = set()
        spellings = tuple((spelling, record.id) for spelling, record in owners)
        for numbers in _alike(spellings):
            (one_plain, one), (other_plain, other) = (owners[number] for number in numbers)
            new, old = sorted((one, other), key=_rank)
            if new.id in told or _told_apart(one, other) or one.label.casefold() == other.label.casefold():
                continue  # two of just one name are told by another rule
            told.add(new.id)
            new_plain, old_plain = (one_plain, other_plain) if new is one else (other_plain, one_plain)
            path, spelling = _written_as(new, new_plain)
            message = f"'{spelling}' is nearly '{_written_as(old, old_plain)[1]}', a name of {old.path}"
            hint = "merge the two records, or list one under 'related' of the other and say why in its notes"
            yield new.problem(path, message, hint)


@rule("near-duplicate-acronym", scope="collection", severity="warning", collections=["partnerships"])
def near_duplicate_acronym(partnerships: Collection) -> Iterator[Problem]:
    """Two partnerships whose acronyms differ in blanks, hyphens or accents only may be one (AdPack, Ad-Pack)."""
    first: dict[str, Record] = {}
    for record in partnerships:
        other = first.setdefault("".join(_WORD.findall(folded(record.label))), record)
        if other is not record and other.label.casefold() != record.label.casefold():
            new, old = sorted((record, other), key=_rank)
            message = f"'{new.label}' is nearly '{old.label}', the acronym of {old.path}"
            one = "if they are one, add to that record and delete this one"
            hint = f"{one}; if not, tell them apart by their acronyms"
            yield new.problem(("acronym",), message, hint)


def _rank(record: Record) -> tuple[int, str]:
    """Return what sorts the newer of two records first: few others refer to it yet. Of two alike, the later id."""
    return len(record.referenced_by), "".join(chr(0x10FFFF - ord(char)) for char in record.id)


def _written_as(record: Record, plain: str) -> tuple[tuple[str | int, ...], str]:
    """Return where a record has a spelling that was made plain, and how it is written there."""
    aliases = record.get("aliases")
    for number, alias in enumerate(aliases if isinstance(aliases, list) and _plain(record.label) != plain else ()):
        if _plain(str(alias)) == plain:
            return ("aliases", number), str(alias)
    return ("name",), record.label


@functools.lru_cache(maxsize=256)
def _alike(spellings: tuple[tuple[str, str], ...]) -> tuple[tuple[int, int], ...]:
    """Return the numbers of spellings of different organisations that are nearly the same, in pairs, the earlier first.

    A spelling comes with the id of its organisation. The result depends on nothing else, so it is kept.
    """
    numbers = range(len(spellings))
    if len(spellings) <= MOST_COMPARED:
        return tuple(_pairs(spellings, numbers, len(spellings)))
    by_beginning = sorted(numbers, key=lambda number: spellings[number][0])
    by_end = sorted(numbers, key=lambda number: spellings[number][0][::-1])
    found = {pair for order in (by_beginning, by_end) for pair in _pairs(spellings, order, NEIGHBOURS)}
    return tuple(sorted(found, key=lambda pair: pair[::-1]))


def _pairs(spellings: Sequence[tuple[str, str]], order: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of spellings that are alike; each is compared with so many before it in an order."""
    texts = [spellings[number][0] for number in order]
    for place, number in enumerate(order):
        first = max(0, place - most)
        alike = process.extract_iter(texts[place], texts[first:place], scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME)
        others = (order[first + found] for _, _, found in alike)
        of_others = (other for other in others if spellings[other][1] != spellings[number][1])
        for other in itertools.islice(of_others, MOST_ALIKE):
            yield min(number, other), max(number, other)


def _told_apart(one: Record, other: Record) -> bool:
    return other in one.targets("related") or one in other.targets("related")


_LEGAL_FORMS: Final = frozenset(
    {"e", "v", "ev", "gmbh", "ltd", "sa", "scpa", "oy", "ab", "z", "s", "zs", "kft", "the", "cluster"}
)


@functools.lru_cache(maxsize=32_768)
def _spellings(entry: Entry) -> tuple[str, ...]:
    """Return how an organisation is written, without what does not tell it from others. An entry does not change."""
    aliases = entry.get("aliases")
    names = [entry.label, *(aliases[:MOST_SPELLINGS] if isinstance(aliases, list) else ())]
    names.append(_IN_BRACKETS.sub("", entry.label))
    return tuple(dict.fromkeys(spelling for name in names if (spelling := _plain(str(name)))))


_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)$")
"""What is added to a name, such as its acronym: ``Automotive Cluster (AC Serbia)``."""
_WORD: Final = re.compile(r"[^\W_]+")


def _plain(name: str) -> str:
    return " ".join(word for word in _WORD.findall(folded(name)) if word not in _LEGAL_FORMS)
