#!/bin/sh
# How fast `gazetteer import` reads a million lines of each format, and in how much memory. run.sh [LINES]
# The lists are generated (generate.py); reading is timed by the shell, memory is the largest resident set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lines=${1:-1000000}
wiregraph=${WIREGRAPH:-$here/../../target/release/wiregraph}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for format in geonames names wikidata table; do
    # An item of Wikidata is some 4 kB: a fifth of the lines is enough.
    count=$lines
    [ "$format" = wikidata ] && count=$((lines / 5))
    python3 "$here/generate.py" "$format" "$count" > "$work/$format.txt"
done

measure() { # title, files and options
    title=$1
    shift
    /usr/bin/env python3 - "$title" "$wiregraph" gazetteer import "$@" -o "$work/out.tsv" <<'PYTHON'
import os, resource, subprocess, sys, time
title, *command = sys.argv[1:]
size = sum(os.path.getsize(word) for word in command if os.path.isfile(word) and word != command[0] and not word.endswith("out.tsv"))
before = time.monotonic()
told = subprocess.run(command, stderr=subprocess.PIPE, text=True)
took = time.monotonic() - before
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = usage.ru_utime + usage.ru_stime
figures = told.stderr.splitlines()[0] if told.stderr else ""
words = figures.split()
aliases = int(words[words.index("aliases") - 1]) if "aliases" in words else 0
lines = int(words[words.index("lines") - 1]) if "lines" in words else 0
print(f"{title:22} {lines:>9} lines {size / 1e6:7.0f} MB  {took:6.2f} s wall {cpu:6.2f} s cpu  "
      f"{lines / cpu / 1e6:5.2f} M lines/s  {aliases / cpu / 1e6:5.2f} M aliases/s  {size / cpu / 1e6:5.0f} MB/s  "
      f"{usage.ru_maxrss / 1024:5.0f} MiB")
PYTHON
}

measure "geonames" --format geonames "$work/geonames.txt"
measure "geonames with names" --format geonames "$work/geonames.txt" "$work/names.txt"
measure "wikidata" --format wikidata "$work/wikidata.txt"
measure "table" --format table "$work/table.txt"
