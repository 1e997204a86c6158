#!/usr/bin/env python3
"""Reads the hand-kept lists beside this folder; writes the section "Intended ambiguities" of README.md anew.

    ambiguities.py            rewrites the section
    ambiguities.py --check    changes nothing; fails where the section is out of date or two entities claim one name without a flag

Three lists come out: names that entities of several kinds or several bodies share; names flagged `ambiguous` whose other meaning is
outside; names that several people share. A name without a flag is the default reading; two defaults for one name are an error.
"""
import collections, pathlib, sys

GAZETTEER = pathlib.Path(__file__).resolve().parent.parent
README = GAZETTEER / "README.md"
HEADING = "## Intended ambiguities\n"


def entities():
    """Each row of a list with ids, as a dictionary of its columns."""
    for path in sorted(GAZETTEER.glob("*.tsv")):
        header = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            cells = line.split("\t")
            if header is None:
                header = cells
            elif "id" in header and "type" in header:
                yield dict(zip(header, cells + [""] * len(header)))


def aliases(row):
    """(text, flags) of every name of one entity; the canonical name has no flag unless it is repeated with one."""
    found = {} if "(" in row["name"] else {row["name"]: set()}
    for alias in filter(None, row.get("aliases", "").split("; ")):
        text, _, flags = (alias.split("|") + ["", ""])[:3]
        found[text] = set(filter(None, flags.split(",")))
    return found.items()


def readings():
    """Every name with what it may mean: {text: [(id, flags)]}."""
    shared = collections.defaultdict(list)
    for row in entities():
        for text, flags in aliases(row):
            shared[text].append((row["id"], flags))
    return shared


def defaults(meanings):
    return [id for id, flags in meanings if not flags & {"context", "ambiguous", "article"}]


def table(shared):
    lines = ["| name | may mean |", "|---|---|"]
    for text, meanings in sorted(shared.items()):
        first = defaults(meanings)
        ids = (f"`{id}`" + (" (default)" if id in first else "") for id, _ in sorted(meanings, key=lambda m: m[0]))
        lines.append(f"| {text} | {', '.join(ids)} |")
    return "\n".join(lines)


def section(readings):
    several = {text: m for text, m in readings.items() if len({id for id, _ in m}) > 1}
    people = {text: m for text, m in several.items() if all(id.startswith("person:") for id, _ in m)}
    others = {text: m for text, m in several.items() if text not in people}
    outside = {text: m[0][0] for text, m in readings.items() if len(m) == 1 and "ambiguous" in m[0][1]}
    named = (text + "".join(f" (default `{id}`)" for id in defaults(m)) for text, m in sorted(people.items()))
    return (
        f"{HEADING}\nEvery alias that two entities share is listed here; at most one of them is without a flag and is the default reading.\n"
        f"Written by `sources/ambiguities.py`.\n\n{table(others)}\n\n"
        "One entity here, another meaning outside the gazetteer (an ordinary word, a given name, a homonym): "
        + "; ".join(f"{text} (`{id}`)" for text, id in sorted(outside.items())) + ".\n\n"
        "Surnames and names shared by several people in the list: " + ", ".join(named) + ".\n"
    )


def main():
    found = readings()
    clashes = {text: defaults(m) for text, m in found.items() if len(set(defaults(m))) > 1}
    for text, ids in sorted(clashes.items()):
        print(f"{text!r} has {len(ids)} readings without a flag ({', '.join(ids)}); expected one: flag the others `context` or `ambiguous`")
    before, _, rest = README.read_text(encoding="utf-8").partition(HEADING)
    after = "".join("\n## " + part for part in rest.split("\n## ")[1:])
    text = before + section(found) + after
    stale = text != README.read_text(encoding="utf-8")
    if "--check" not in sys.argv:
        README.write_text(text, encoding="utf-8")
    elif stale:
        print("README.md: \"Intended ambiguities\" is out of date; run sources/ambiguities.py")
    sys.exit(bool(clashes) or (stale and "--check" in sys.argv))


if __name__ == "__main__":
    main()
