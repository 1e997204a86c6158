"""First-level regions in, the names that English news gives them out: Donetsk region, Donetsk Oblast, Helmand province."""

import re
from collections import Counter

from clean import english, fault, tidy
from geonames import Place, Region
from tsv import deaccent

# A town with this share of the region's people owns the name they share; a village does not (Florida in Uruguay, California in Maryland).
TOWN_SHARE = 0.1
# With more of its people in the town of its name a region is that town: Kyiv city, Budapest.
OWN_TOWN = 0.9
# Municipalities and parishes with fewer people are left out.
SMALL = 50_000
# What the source calls the level -> the words that stand behind the name in English.
FORMS = {
    "Province": ["Province", "province"], "State": ["State", "state"], "Governorate": ["Governorate", "governorate", "Province", "province"],
    "Department": ["Department", "department"], "County": ["County", "county"], "District": ["District", "district"],
    "Prefecture": ["Prefecture", "prefecture"], "Voivodship": ["Voivodeship", "voivodeship", "Province", "province"],
    "Canton": ["canton", "Canton"], "Division": ["Division", "division"], "Emirate": ["emirate", "Emirate"], "Land": ["state"],
    "Region": ["Region", "region"], "Territory": ["Territory", "territory"], "Administrative territory": ["Krai", "krai", "Territory", "territory"],
    "Regional state": ["Region", "region"], "Parish": ["Parish", "parish"], "Rayon": ["District", "district"], "Municipality": ["municipality"],
    "Republic": ["Republic", "republic"], "Autonomous community": ["region"], "Autonomous region": ["Autonomous Region", "region"],
    "Union territory": ["Union Territory"], "Indigenous region": ["region"], "Metropolitan region": ["region"],
    "Autonomous district": ["Autonomous Okrug", "region"], "": ["region"],
}
OBLAST = ["region", "Oblast", "oblast", "Region", "province"]
# The source says "department" where English says county.
COUNTIES = {"ROU"}
OBLASTS = {"RUS", "UKR", "BLR", "KAZ", "KGZ", "BGR", "UZB", "TKM", "TJK", "ARM"}
GENERIC = re.compile(
    r"\s+(?:Oblast|Krai|Kray|Province|State|Region|County|Governorate|Department|District|Prefecture|Voivodeship|Canton|Emirate|Republic|"
    r"Territory|Parish|Municipality|Division|Autonomous Okrug|oblysy|oblast)$"
)
# Mangistauskaya: the adjective of another language, no name.
ADJECTIVE = re.compile(r"sk(?:aya|a|iy|oye|i)$")
OF = re.compile(r"^(?:Republic|State|Province|Region|Department|County|Canton|District|Autonomous Republic|Municipality) of (?:the )?")


def stem(name: str) -> str:
    """Donetsk of Donetsk Oblast, Bavaria of Free State of Bavaria."""
    return OF.sub("", GENERIC.sub("", name)).strip()


def second_words(region: Region) -> list[str]:
    if region.country in OBLASTS and region.kind in ("Region", "Administrative region", "Oblast"):
        return OBLAST
    if region.country in COUNTIES:
        return FORMS["County"]
    return FORMS.get(region.kind, [])


def name(region: Region, towns: dict[tuple[str, str], int], dropped: Counter) -> None:
    """Sets the region's name and aliases. A bare name that a great town of the region bears stays the town's."""
    shown = english(region.name, region.country)
    stems = list(dict.fromkeys([stem(shown), deaccent(stem(shown))]))
    for raw in region.raw:
        text = tidy(raw, region.country)
        bare = stem(text)
        # Only names that the source writes with an English word behind them are known to be English.
        if bare == text or bare.startswith("The ") or fault(text, region, set(), set()):
            dropped["region: not an English form"] += bare != text
        elif bare not in stems and not ADJECTIVE.search(bare):
            stems.append(english(bare, region.country))
    stems = list(dict.fromkeys(stems))
    words = second_words(region)
    full = [f"{s} {w}" for s in stems for w in words]
    taken = any(towns.get((region.country, s.casefold()), -1) > region.population * TOWN_SHARE for s in stems)
    bare = [] if taken or len(stems[0]) < 3 else stems
    dropped["region: bare name belongs to a town"] += len(stems) if taken else 0
    region.aliases = list(dict.fromkeys(bare + full + ([shown] if shown != stems[0] else [])))
    region.name = bare[0] if bare and words is not OBLAST else full[0] if full else shown
    if region.name not in region.aliases:
        region.aliases.insert(0, region.name)


def name_all(found: dict[str, Region], places: list[Place], dropped: Counter) -> list[Region]:
    towns: dict[tuple[str, str], int] = {}
    for p in places:
        for form in {text.casefold() for text in p.aliases}:
            towns[p.country, form] = max(p.population, towns.get((p.country, form), 0))
    kept = []
    for region in found.values():
        if not region.population or any(c.isdigit() for c in region.name):
            continue
        name(region, towns, dropped)
        small = region.kind in ("Municipality", "Local council", "Popularate", "District municipality", "Parish", "Commune")
        own_town = towns.get((region.country, stem(region.name).casefold()), 0)
        if own_town > region.population * OWN_TOWN or own_town and re.search("[Cc]ity|[Cc]apital", region.kind):
            dropped["region: is its own town"] += 1
        elif small and (region.population < SMALL or (region.country, stem(region.name).casefold()) in towns):
            dropped["region: municipality or parish"] += 1
        else:
            kept.append(region)
    return sorted(kept, key=lambda r: r.id)
