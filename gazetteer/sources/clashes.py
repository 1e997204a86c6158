#!/usr/bin/env python3
"""Names that several entities share although more than one of them claims the bare name.

    clashes.py [--all] [GAZETTEER_FOLDER]

Reads every list of the gazetteer. A claim is an alias without `context`, `ambiguous` or `article`: it is the default
reading of the name, and a name has at most one. Prints one line a name: the claimants, then the flagged rivals.
With --all, names that are shared as intended (one claim or none) come too. Exit code 1 where a name has two claims.
"""
import csv
import sys
from collections import defaultdict
from pathlib import Path

YIELDING = {"context", "ambiguous", "article"}


def table(path):
    lines = [l for l in path.read_text(encoding="utf-8").splitlines() if l.strip() and not l.startswith("#")]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def aliases(row):
    """Text to flags of every name of a row; a repeated canonical name carries its own flags."""
    name = row["name"]
    found = {} if name.endswith(")") else {name: set()}
    for written in filter(None, (row.get("aliases") or "").split("; ")):
        text, *rest = written.split("|")
        flags = set(rest[1].split(",")) if len(rest) > 1 else set()
        if rest and rest[0] == "surname":
            flags.add("context")
        found[text] = flags
    return found


def claims(folder):
    names = defaultdict(dict)
    for path in sorted(folder.glob("*.tsv")):
        for row in table(path):
            if row.get("id") and row.get("type"):
                for text, flags in aliases(row).items():
                    names[text][row["id"]] = not flags & YIELDING
    return names


def main(folder, everything):
    clashes = 0
    for text, holders in sorted(claims(folder).items()):
        sure = sorted(i for i, claim in holders.items() if claim)
        rivals = sorted(i for i, claim in holders.items() if not claim)
        if len(sure) > 1 or everything and len(holders) > 1:
            clashes += len(sure) > 1
            print(f"{text}: {' '.join(sure) or 'nobody'} | {' '.join(rivals)}".rstrip(" |"))
    print(f"{clashes} names are claimed by two entities or more")
    return 1 if clashes else 0


if __name__ == "__main__":
    options = [a for a in sys.argv[1:] if a.startswith("--")]
    paths = [a for a in sys.argv[1:] if not a.startswith("--")]
    if set(options) - {"--all"} or len(paths) > 1:
        sys.exit(__doc__)
    here = Path(__file__).resolve().parent.parent
    sys.exit(main(Path(paths[0]) if paths else here, "--all" in options))
