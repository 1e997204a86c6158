"""Gazetteer files in; every fault of a row out, with file and line; exit code 1 where there is one.

`python3 gazetteer/sources/check.py`
"""

import re
import sys

from coverage import files

KINDS = {"name", "short", "acronym", "demonym", "metonym", "former", "surname"}
FLAGS = {"folded", "context", "article", "ambiguous"}
TYPES = {"PERSON", "PLACE", "ORG", "FACILITY", "EVENT", "OTHER"}
INVISIBLE = re.compile(r"[\u0000-\u001f\u007f\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


def faults(row: dict, generated: bool):
    if row["type"] not in TYPES:
        yield f"type {row['type']!r}"
    if not row["name"]:
        yield "no name"
    if row.get("country") and not re.match(r"[A-Z]{3}$", row["country"]):
        yield f"country {row['country']!r}"
    for column, low, high in (("lat", -90, 90), ("lon", -180, 180), ("population", 0, 10**10)):
        value = row.get(column, "")
        if value and not (re.match(r"-?\d+(\.\d+)?$", value) and low <= float(value) <= high):
            yield f"{column} {value!r}"
    texts = [a.split("|")[0].strip() for a in row.get("aliases", "").split("; ") if a]
    for text in sorted({t for t in texts if texts.count(t) > 1}):
        yield f"alias {text!r} twice"
    for cell in filter(None, row.get("aliases", "").split("; ")):
        yield from alias_faults(cell, generated)


def alias_faults(cell: str, generated: bool):
    text, kind, flags = (cell.split("|") + ["", ""])[:3]
    if not text or text != " ".join(text.split()) or "," in text or INVISIBLE.search(text) or cell.count("|") > 2:
        yield f"alias {cell!r}"
    if kind and kind not in KINDS:
        yield f"alias kind {cell!r}"
    if set(filter(None, flags.split(","))) - FLAGS:
        yield f"alias flags {cell!r}"
    if generated and (text.isupper() and len(text) > 1 or len(text) < 3 and "context" not in flags or any(c.isdigit() for c in text)):
        yield f"alias {cell!r} is no name"


def main() -> None:
    number, seen = 0, {}
    for path, rows in files():
        lines = path.read_text(encoding="utf-8").splitlines()
        line_of = {line.split("\t")[0]: at for at, line in enumerate(lines, 1)}
        for row in rows:
            found = list(faults(row, row["id"].startswith("geo:")))
            if row["id"] in seen:
                found.append(f"id {row['id']} also in {seen[row['id']]}")
            seen[row["id"]] = path.name
            for fault in found:
                number += 1
                print(f"{path.name}:{line_of[row['id']]}: {fault}")
    geonames = {}
    for path, rows in files():
        for row in rows:
            if row.get("geonames") and geonames.setdefault(row["geonames"], row["id"]) != row["id"]:
                number += 1
                print(f"{path.name}: {row['id']} and {geonames[row['geonames']]} are one place of GeoNames, {row['geonames']}")
    print(f"{len(seen)} rows, {number} faults")
    sys.exit(1 if number else 0)


if __name__ == "__main__":
    main()
