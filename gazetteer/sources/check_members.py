#!/usr/bin/env python3
"""Members of international bodies against a factbook's list of each country's organisations.

    check_members.py REFERENCE_FOLDER [GAZETTEER_FOLDER]

Reads `members` of every gazetteer file and `countries-factbook.tsv` of the reference folder (columns `country`,
`organisations`); prints each membership that only one of them has on the factbook's date, then the rate.
Observers, partners and candidates are no members; a suspended member still is one.
"""
import csv
import html
import re
import sys
from pathlib import Path

EDITION = "2026-05"

# The factbook's abbreviation of each body that it knows and that we list members of.
LABELS = {
    "org:nato": "NATO", "org:european-union": "EU", "org:euro-area": "EMU", "other:schengen": "Schengen Convention",
    "org:council-of-europe": "CE", "org:osce": "OSCE", "org:cis": "CIS", "org:csto": "CSTO", "org:eaeu": "EAEU",
    "org:sco": "SCO", "org:brics": "BRICS", "org:g7": "G-7", "org:g20": "G-20", "org:asean": "ASEAN",
    "org:apec": "APEC", "org:anzus": "ANZUS", "org:african-union": "AU", "org:ecowas": "ECOWAS", "org:sadc": "SADC",
    "org:eac": "EAC", "org:igad": "IGAD", "org:comesa": "COMESA", "org:arab-league": "LAS", "org:gcc": "GCC",
    "org:opec": "OPEC", "org:oic": "OIC", "org:mercosur": "Mercosur", "org:unasur": "UNASUR", "org:celac": "CELAC",
    "org:caricom": "Caricom", "org:andean-community": "CAN", "org:oas": "OAS", "org:pacific-islands-forum": "PIF",
    "org:commonwealth": "C", "org:oecd": "OECD", "org:efta": "EFTA", "org:saarc": "SAARC", "org:bimstec": "BIMSTEC",
    "org:arctic-council": "Arctic Council", "org:iea": "IEA", "org:ceeac": "CEEAC", "org:cemac": "CEMAC",
    "org:waemu": "WAEMU", "org:arab-maghreb-union": "AMU", "org:sica": "SICA",
    "org:pacific-alliance": "Pacific Alliance", "org:prosur": "PROSUR", "org:eco": "ECO", "org:d-8": "D-8",
    "org:guam": "GUAM", "org:bsec": "BSEC", "org:cplp": "CPLP", "org:oecs": "OECS", "org:cica": "CICA",
    "org:paris-club": "Paris Club", "org:international-organisation-of-la-francophonie": "OIF", "org:sacu": "SACU",
}

# What the factbook calls a state that the gazetteer names otherwise.
NAMES = {
    "Bahamas, The": "BHS", "Burma": "MMR", "Congo, Democratic Republic of the": "COD", "Cote d'Ivoire": "CIV",
    "Congo, Republic of the": "COG", "Gambia, The": "GMB", "Korea, North": "PRK", "Korea, South": "KOR",
    "Micronesia, Federated States of": "FSM", "Holy See (Vatican City)": "VAT", "Turkey (Turkiye)": "TUR",
    "Gaza, Gaza Strip": "PSE", "West Bank": "PSE", "Congo (Brazzaville)": "COG",
}

NO_MEMBER = re.compile(r"\((?!founder|suspended|members?\)|guest withdrawn)[^)]*\)")


def table(path):
    lines = [l for l in path.read_text(encoding="utf-8").splitlines() if l.strip() and not l.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def codes(gazetteer):
    """Country name to ISO3, from the names and aliases of states.tsv."""
    known = {}
    for row in table(gazetteer / "states.tsv"):
        for alias in row["aliases"].split("; "):
            text, _, rest = alias.partition("|")
            if "demonym" not in rest:
                known.setdefault(text, row["country"])
    for row in table(gazetteer / "states.tsv"):
        known[row["name"]] = row["country"]
    return known | NAMES


def ours(gazetteer):
    """Body to the members it has today: no end, or one after the factbook's edition."""
    members = {}
    for path in sorted(gazetteer.glob("*.tsv")):
        for row in table(path):
            for member in filter(None, (row.get("members") or "").split("; ")):
                who, _, span = member.partition(" ")
                end = span.partition("..")[2].rstrip("?")
                if not end or end > EDITION:
                    members.setdefault(row["id"], set()).add(who)
    return members


def theirs(reference, known):
    """Body's label to members, and the countries whose names no state has."""
    members, unknown = {}, []
    for row in table(reference / "countries-factbook.tsv"):
        names = [html.unescape(row[c] or "") for c in ("country", "long_form")]
        code = next((known[n] for n in names if n in known), None)
        listed = (row["organisations"] or "").strip()
        if code is None:
            unknown.append(row["country"])
            continue
        for entry in re.split(r",\s*(?![^(]*\))", listed):
            if not NO_MEMBER.search(entry):
                members.setdefault(re.sub(r"\s*\(.*", "", entry).strip(), set()).add(code)
    return members, unknown


def main(reference, gazetteer):
    mine = ours(gazetteer)
    factbook, unknown = theirs(reference, codes(gazetteer))
    compared = wrong = 0
    for body, label in LABELS.items():
        have, want = {m for m in mine.get(body, set()) if ":" not in m}, factbook.get(label, set())
        if not have:
            continue
        if not want:
            print(f"{body}: the factbook has no {label}")
            continue
        compared += len(have | want)
        wrong += len(have ^ want)
        if have - want:
            print(f"{body}: only here: {' '.join(sorted(have - want))}")
        if want - have:
            print(f"{body}: only in the factbook: {' '.join(sorted(want - have))}")
    print(f"no state of this name: {'; '.join(unknown)}")
    unchecked = sorted(b for b in mine if b not in LABELS)
    print(f"not in the factbook: {' '.join(unchecked)}")
    print(f"{wrong} of {compared} memberships disagree ({100 * wrong / max(compared, 1):.1f} %)")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    here = Path(__file__).resolve().parent.parent
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else here)
