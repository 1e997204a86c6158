#!/usr/bin/env python3
"""Reads people.tsv, states.tsv and cities.tsv; prints people by continent and kind of office, as two tables of Markdown.

    coverage_people.py             the tables
    coverage_people.py --thin N    also the states with fewer than N people
"""
import collections, pathlib, sys

from ambiguities import GAZETTEER, entities

CONTINENTS = {
    "Africa": "DZA AGO BEN BWA BFA BDI CPV CMR CAF TCD COM COD COG DJI EGY GNQ ERI SWZ ETH GAB GMB GHA GIN GNB CIV KEN LSO LBR LBY MDG MWI "
              "MLI MRT MUS MAR MOZ NAM NER NGA RWA STP SEN SYC SLE SOM ZAF SSD SDN TZA TGO TUN UGA ZMB ZWE ESH",
    "North America": "ATG BHS BRB BLZ CAN CRI CUB DMA DOM SLV GRD GTM HTI HND JAM MEX NIC PAN KNA LCA VCT TTO USA",
    "South America": "ARG BOL BRA CHL COL ECU GUY PRY PER SUR URY VEN",
    "Asia": "AFG ARM AZE BHR BGD BTN BRN KHM CHN CYP TLS GEO IND IDN IRN IRQ ISR JPN JOR KAZ KWT KGZ LAO LBN MYS MDV MNG MMR NPL PRK OMN PAK "
            "PSE PHL QAT SAU SGP KOR LKA SYR TWN TJK THA TUR TKM ARE UZB VNM YEM HKG MAC YMD",
    "Europe": "ALB AND AUT BLR BEL BIH BGR HRV CZE DNK EST FIN FRA DEU GRC HUN ISL IRL ITA XKX LVA LIE LTU LUX MLT MDA MCO MNE NLD MKD NOR "
              "POL PRT ROU RUS SMR SRB SVK SVN ESP SWE CHE UKR GBR VAT SUN YUG SCG CSK DDR BRD",
    "Oceania": "AUS FJI KIR MHL FSM NRU NZL PLW PNG WSM SLB TON TUV VUT COK NIU",
}
CONTINENT = {code: name for name, codes in CONTINENTS.items() for code in codes.split()}

# Kinds of office, the first that fits one of a person's roles counts.
STATE_HEADS = {"president", "king", "queen", "emperor", "emir", "sultan", "pope", "supreme leader", "grand duke", "prince", "captain regent"}
GOVERNMENT_HEADS = {"prime minister", "chancellor", "chief adviser", "minister of state"}
KINDS = [
    ("head of state", lambda r: r.state and r.title in STATE_HEADS),
    ("head of government", lambda r: r.state and r.title in GOVERNMENT_HEADS),
    ("foreign minister", lambda r: r.title in {"foreign minister", "secretary of state", "deputy foreign minister", "deputy secretary of state"}),
    ("defence, finance or another minister", lambda r: r.title.endswith(("minister", "vice president", "secretary"))),
    ("speaker, leader in parliament, judge", lambda r: r.title in {"speaker", "parliament president", "chief justice", "prosecutor"} or
        r.title.endswith(("majority leader", "minority leader", "opposition leader"))),
    ("spokesperson", lambda r: r.title == "spokesperson"),
    ("central banker", lambda r: r.title == "central bank governor"),
    ("armed forces, services", lambda r: r.title in {"chief of general staff", "commander"} or r.of.startswith(("org:cia", "org:mossad", "org:fsb", "org:mi", "org:sbu"))),
    ("international body", lambda r: r.country == "IGO"),
    ("company", lambda r: r.title in {"chief executive", "founder"} or r.country == "MNC"),
    ("party, movement, armed group", lambda r: r.title in {"leader", "deputy leader", "general secretary", "chair"}),
    ("another office", lambda r: True),
]
SECTORS = {"OPP": "opposition, dissidents", "REB": "armed groups, no office", "BUS": "business, no office", "REL": "religion, no office", "MED": "press, no office"}

Office = collections.namedtuple("Office", "title of state country")


def offices(person, country_of):
    for role in filter(None, person["roles"].split("; ")):
        title, _, rest = role.partition(" of ")
        of = rest.split(" ")[0]
        yield Office(title, of, of.startswith("state:"), country_of.get(of, of.rpartition(":")[2]))


def kind(person, country_of):
    held = list(offices(person, country_of))
    for name, fits in KINDS:
        if any(fits(office) for office in held):
            return name
    return SECTORS.get(person["sector"], "no office given")


def show(title, counts, rows):
    columns = [*CONTINENTS, "elsewhere"]
    print(f"| {title} | " + " | ".join(columns) + " | all |\n|" + "---|" * (len(columns) + 2))
    for row in rows:
        cells = [counts[row, column] for column in columns]
        if sum(cells):
            print(f"| {row} | " + " | ".join(map(str, cells)) + f" | {sum(cells)} |")
    cells = [sum(counts[row, column] for row in rows) for column in columns]
    print("| all | " + " | ".join(map(str, cells)) + f" | {sum(cells)} |")


def main():
    rows = list(entities())
    country_of = {row["id"]: row.get("country", "") for row in rows}
    people = [row for row in rows if row["type"] == "PERSON"]
    counts, states = collections.Counter(), collections.Counter()
    for person in people:
        counts[kind(person, country_of), CONTINENT.get(person["country"], "elsewhere")] += 1
        states[person["country"]] += 1
    show("people by office", counts, [name for name, _ in KINDS] + [*SECTORS.values(), "no office given"])
    gender = collections.Counter((person["gender"], CONTINENT.get(person["country"], "elsewhere")) for person in people)
    print()
    show("people by gender", gender, ["m", "f", ""])
    if "--thin" in sys.argv:
        limit = int(sys.argv[-1])
        own = [row["id"].removeprefix("state:") for row in rows if row["id"].startswith("state:")]
        print("\nFewer than", limit, "people:", ", ".join(f"{code} {states[code]}" for code in own if states[code] < limit))


if __name__ == "__main__":
    main()
