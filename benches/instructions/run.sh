#!/usr/bin/env bash
# Counts the instructions of loading the pipeline and parsing a fixed text, under callgrind: the figure does not move with
# the load of the machine, so two per cent more than the recorded one is a change in the code.
#
#   benches/instructions/run.sh            compares with benches/instructions/expected, fails where it is more than 2 % off
#   benches/instructions/run.sh --record   writes that file; for a change that is meant, and for another compiler
#
# The figure belongs to the flags of .ci/run (no link-time optimisation) and to the compiler that the file names. Callgrind knows no
# AVX-512, so it is the AVX2 kernel that is counted.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=${CARGO_TARGET_DIR:-target}/release/examples/parse_bench
expected=benches/instructions/expected
compiler=$(rustc --version)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -x "$program" ] || { echo "$program is missing: cargo build --release --examples, with the flags of .ci/run"; exit 2; }
awk 'NF && count++ < 24' tests/fixtures/parity-sentences.txt >"$work/text"
echo "$work/text" | valgrind --tool=callgrind --callgrind-out-file="$work/counts" "$program" >"$work/out" 2>"$work/log" ||
    { cat "$work/log"; exit 1; }
count=$(sed -n 's/^summary: //p; s/^totals: //p' "$work/counts" | tail -n 1)
echo "$count instructions"

if [ "${1:-}" = --record ]; then
    printf '%s %s\n' "$count" "$compiler" >"$expected"
    exit
fi
[ -f "$expected" ] || { echo "no figure is recorded: benches/instructions/run.sh --record"; exit 3; }
read -r known by <"$expected"
[ "$compiler" = "$by" ] || { echo "the figure was recorded with $by, this is $compiler: nothing to compare"; exit 3; }
echo "recorded: $known, a difference of $(((count - known) * 1000 / known)) per mille"
[ $(((count - known) * (count > known ? 1 : -1) * 50)) -le "$known" ]
