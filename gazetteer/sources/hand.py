"""Hand-kept rows in, matched to GeoNames places; their coordinates, people and further spellings out."""

import re
from collections import defaultdict
from difflib import SequenceMatcher

import tsv
from clean import CYRILLIC, TRANSLITERATED
from geonames import Place, Region
from sounds import shape
from tsv import GAZETTEER, Table, fold

PLACES = ["states.tsv", "cities.tsv", "regions.tsv", "lands.tsv", "waters.tsv", "seats.tsv"]
# Those whose rows the packages may give coordinates; waters have none there.
MATCHED = ["states.tsv", "cities.tsv", "regions.tsv", "lands.tsv"]
NOT_PLACES = ["people.tsv", "organisations.tsv", "state-bodies.tsv", "media.tsv", "events.tsv", "other.tsv"]
GIVEN = GAZETTEER / "sources" / "hand-matches.tsv"
KEPT_COLUMNS = ["geonames", "admin", "lat", "lon", "population"]
# A hand-kept name with one of these at its end is water, a mountain or the like: no town's.
NO_TOWN = {
    "River", "Sea", "Strait", "Gulf", "Bay", "Ocean", "Lake", "Canal", "Mountains", "Island", "Islands", "Valley", "Peninsula", "Channel",
    "Mount", "Lake", "Mountain", "Atoll", "Region", "River", "Basin", "Plateau", "Northern", "Southern", "Western", "Eastern", "Central", "Corridor", "corridor", "Gap", "Heights", "Strip", "Bank", "Desert", "Shoal", "Reef", "Gorge", "Gorges", "Pass", "Square", "Delta",
}


def tables(names: list[str]) -> list[Table]:
    return [tsv.read(GAZETTEER / name) for name in names]


def meanings() -> dict[str, set[str]]:
    """Every hand-kept name -> what kinds of thing bear it."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in PLACES + NOT_PLACES:
        for row in tsv.read(GAZETTEER / name).rows():
            kind = "state" if row["id"].startswith("state:") else "place" if row["type"] == "PLACE" else row["type"].lower()
            for text, alias_kind, _ in tsv.names(row):
                found[text].add("demonym" if alias_kind == "demonym" else kind)
    return found


class Matcher:
    """Finds the GeoNames place of a hand-kept row by country and any name."""

    def __init__(self, places: list[Place], regions: list[Region], every_name: dict[int, list[str]]):
        self.by_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self.by_sound: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self.by_id = {p.id: p for p in [*places, *regions]}
        self.given = {row["id"]: int(row["geonames"]) for row in tsv.read(GIVEN).rows()}
        for p in self.by_id.values():
            texts = every_name.get(p.id, []) + p.aliases
            for text in {key(a) for a in texts}:
                self.by_name[p.country, text].append(p)
            if p.country in TRANSLITERATED | CYRILLIC:
                for text in {shape(without_article(a)) for a in p.aliases}:
                    self.by_sound[p.country, text].append(p)

    def find(self, row: dict) -> tuple[Place | None, str]:
        """The place and how sure: matched, by sound, ambiguous (two as large), no town, unmatched."""
        country, own = row.get("country", ""), row["name"].split(" (")[0]
        if not country:
            return None, "no country"
        if row["id"] in self.given:
            return self.by_id.get(self.given[row["id"]]), "given"
        no_town = bool({own.split()[0], own.split()[-1]} & NO_TOWN)
        others = [text for text, kind, _ in tsv.names(row) if kind in ("name", "former", "short")]
        for index, of, verdict in ((self.by_name, key, "matched"), (self.by_sound, sound, "by sound")):
            for texts in ([own], others):
                found = {p.id: p for text in texts for p in index.get((country, of(text)), [])}
                if no_town:
                    found = {i: p for i, p in found.items() if p.feature == "ADM1"}
                if verdict == "by sound":
                    found = {i: p for i, p in found.items() if SequenceMatcher(None, key(p.name), key(own)).ratio() >= 0.75}
                if found:
                    return choose(sorted(found.values(), key=lambda p: (key(p.name) != key(own), -p.population, p.id)), verdict, key(own))
        return None, "no town" if no_town else "unmatched"


def choose(ranked: list[Place], verdict: str, own: str) -> tuple[Place, str]:
    """The first; of a town and a region around it the town, unless most people of the region live elsewhere."""
    alike = [p for p in ranked if key(p.name) == key(ranked[0].name)]
    towns = [p for p in alike if p.feature != "ADM1"]
    first = towns[0] if towns and towns[0].population * 10 > alike[0].population else alike[0]
    named = own in {key(first.name), *(key(a) for a in first.aliases)}
    rivals = [p for p in alike if p is not first and p.feature == first.feature and p.population * 3 > first.population]
    return first, "ambiguous" if rivals else verdict if verdict != "matched" or named else "by another name"


def sound(text: str) -> str:
    return shape(without_article(text))


def without_article(text: str) -> str:
    return re.sub(r"^(?:a[lnrstzd]|as[hs]?|el)[- ]", "", tsv.deaccent(text).casefold())


def key(text: str) -> str:
    """Letters alone, no Arabic article, no silent -h: Qalqilya is Qalqilyah."""
    return fold(without_article(text)).removesuffix("h")
