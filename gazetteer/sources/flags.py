"""Aliases of every entity in, their flags out: who shares the letters, and what else they may mean."""

from collections import defaultdict

from clean import CALENDAR
from geonames import Place

# A place this much smaller than the largest of its name, and small, is a candidate only.
TINY, FACTOR = 50_000, 10
# A place of this size is known by its name even where people bear it as a surname, or are called by it.
KNOWN, WELL_KNOWN = 250_000, 1_000_000


class Meanings:
    """What letters may mean besides the place at hand."""

    def __init__(self, words, given, surnames, others: dict[str, set[str]]):
        self.words, self.given, self.surnames = words, given, surnames
        # hand-kept text -> kinds: "state", "place", "person", "org" ...
        self.others = others

    def word(self, text: str) -> bool:
        return text.lower() in self.words or text in CALENDAR

    def phrase(self, text: str) -> bool:
        """Every word of it is an ordinary English one or a given name (High Point, King George)."""
        parts = text.replace("-", " ").split()
        return len(parts) > 1 and all(self.words.get(p.lower(), 99) <= 35 or p in self.given for p in parts)

    def person(self, text: str) -> bool:
        return text in self.given or text in self.surnames


def refuse(text: str, place: Place, means: Meanings) -> str | None:
    """Why an alternate name must go, whatever the document says: it is known as something else."""
    if means.word(text):
        return "alternate is an English word"
    if means.person(text):
        return "alternate is a given name or surname"
    if means.others.get(text, set()) - {"place"}:
        return "alternate is a state, demonym, person or body"
    return None


def strip(places: list[Place], means: Meanings, dropped) -> None:
    """Takes from each place the alternates that mean something else, or are the proper name of a place as large."""
    proper: dict[str, int] = defaultdict(int)
    for p in places:
        for text in p.aliases[:1]:
            proper[text] = max(proper[text], p.population)
    for p in places:
        kept = p.aliases[:1]
        for text in p.aliases[1:]:
            rule = refuse(text, p, means)
            if rule is None and "place" in means.others.get(text, ()):
                rule = "alternate is a hand-kept place"
            if rule is None and text in proper and proper[text] * FACTOR >= p.population and p.feature != "ADM1":
                rule = "alternate is another place's own name"
            if rule:
                dropped[rule] += 1
            else:
                kept.append(text)
        p.aliases = kept


def mark(places: list[Place], means: Meanings) -> None:
    bearers: dict[str, list[Place]] = defaultdict(list)
    for p in places:
        for text in p.aliases:
            bearers[text].append(p)
    for text, sharing in bearers.items():
        largest = max(p.population for p in sharing)
        for p in sharing:
            p.flags[text] = flags(text, p, largest, len(sharing), means)


def flags(text: str, place: Place, largest: int, sharing: int, means: Meanings) -> set[str]:
    found = set()
    if means.phrase(text):
        found |= {"ambiguous", "context"} if place.population < TINY else {"ambiguous"}
    if sharing > 1:
        found.add("ambiguous")
        if place.population < TINY and place.population * FACTOR <= largest:
            found.add("context")
    others = means.others.get(text, set())
    if others:
        found.add("ambiguous")
        if others - {"place"} or place.population < TINY:
            found.add("context")
    if means.person(text):
        found.add("ambiguous")
        if place.population < (WELL_KNOWN if text in means.given else KNOWN):
            found.add("context")
    if means.word(text):
        found |= {"ambiguous", "context"}
    if len(text) <= 3:
        found.add("context")
    return found
