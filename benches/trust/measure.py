#!/usr/bin/env python3
"""Extracted edges and what is known of their being right in; precision and count of each level of trust, or of other buckets, out.

usage: measure.py [--by FEATURE[,FEATURE]] [--wrong] SOURCE...
  SOURCE  judged:VERDICTS.tsv:EXTRACT.jsonl   verdicts of a reader (verdicts.tsv here; its head tells on what texts)
          gold:SCORE.py:DOCS:EXTRACT.jsonl    a gold standard with its scorer: right is what matches strictly, wrong what matches
                                              nothing; what matches optional gold alone is left out
  EXTRACT.jsonl comes from `wiregraph extract --explain`.
  FEATURE trust (the default), ends, means, steps, step (each by itself), count (of steps), typed, status, source
Python 3's own library only."""
import argparse, collections, glob, importlib.util, json, os

def load(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]

def judged(verdicts, extract):
    """(document, edge, right) for every edge that the reader has seen; those that are not there any more are counted aloud."""
    known = {}
    for line in open(verdicts, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            *key, verdict = line.rstrip("\n").split("\t")
            known[tuple(key)] = verdict == "right"
    total = len(known)
    for d in load(extract):
        for r in d["relations"]:
            key = d["id"], r["trigger_start"], r["subject_span"][0], r["object_span"][0], r["subject"], r["object"]
            verdict = known.pop(tuple(map(str, key)), None)
            if verdict is not None:
                yield d, r, verdict
    if known:
        print(f"{len(known)} of {total} judged edges are not in {extract}, {sum(known.values())} of them right ones")

def gold(scorer, docs, extract):
    """The same for every edge that the gold can judge, matched as its scorer matches."""
    spec = importlib.util.spec_from_file_location("score", scorer)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    names, found = score.Names(), {d["id"]: d for d in load(extract)}
    for path in sorted(glob.glob(os.path.join(docs, "*.json"))):
        g = json.load(open(path, encoding="utf-8"))
        if g["id"] not in found:
            continue
        d = found[g["id"]]
        ours = {(m["start"], m["end"]): m["entity"] for m in d["mentions"] if m["kind"] == "name"}
        votes = collections.defaultdict(collections.Counter)
        for m in g["mentions"]:
            span = m["start"], m["end"]
            if m["kind"] == "name" and span in ours:
                votes[names.canon(ours[span])][names.canon(m["entity"])] += 1
        align = {name: count.most_common(1)[0][0] for name, count in votes.items()}
        name = lambda n: names.canon(align.get(names.canon(n), names.canon(n)))
        pair = lambda r: (names.canon(r["subject"]), names.canon(r["object"]))
        left_out = lambda r: any(a <= r["evidence_start"] and r["evidence_end"] <= b for a, b in g.get("ignore", []))
        edges = [r for r in d["relations"] if not left_out(r)]
        ends = [(name(r["subject"]), name(r["object"])) for r in edges]
        required = [r for r in g["relations"] if not r.get("optional")]
        optional = [r for r in g["relations"] if r.get("optional")] + g.get("roles", [])
        heads = [set(r.get("heads") or score.gold_heads(r["predicate"], r.get("trigger_text", ""))) for r in required]
        said = [score.pred_lemmas(r["predicate"]) for r in edges]

        def fits(w, e):
            same = pair(required[w]) == ends[e] or required[w].get("symmetric") and pair(required[w]) == ends[e][::-1]
            return same and score.same_sentence(edges[e], required[w]) and heads[w] & said[e]

        candidates = [(w, e) for w in range(len(required)) for e in range(len(edges)) if fits(w, e)]
        polarity = lambda w, e: edges[e]["polarity"] == required[w]["polarity"]
        right = {e for _, e in score.max_match(candidates, polarity)}
        for e, r in enumerate(edges):
            if e in right or not any(score.same_sentence(r, o) and set(pair(o)) == set(ends[e]) for o in optional):
                yield d, r, e in right

def features(r, source):
    reading = r["reading"]
    means = sorted([reading["subject"], reading["object"]])
    steps = reading["steps"] or ["none"]
    return {
        "trust": [reading["trust"]], "means": [" + ".join(means)], "ends": [" + ".join(sorted(m.split(":")[0] for m in means))],
        "steps": ["+".join(steps)], "step": steps, "count": [str(len(reading["steps"]))],
        "typed": ["typed" if r["relation"] else "open"], "status": [r["status"]], "source": [source],
    }

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by", default="trust")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("sources", nargs="+")
    asked = parser.parse_args()
    seen, right, wrong = collections.Counter(), collections.Counter(), []
    for source in asked.sources:
        kind, *parts = source.split(":")
        for d, r, ok in {"gold": gold, "judged": judged}[kind](*parts):
            found = features(r, os.path.basename(parts[-1]))
            buckets = [""]
            for feature in asked.by.split(","):
                buckets = [f"{bucket}  {value}" for bucket in buckets for value in found[feature]]
            for bucket in buckets + ["  all"]:
                seen[bucket] += 1
                right[bucket] += ok
            if not ok:
                wrong.append((d["id"], r["reading"]["trust"], f'{r["subject"]} –{r["predicate"]}→ {r["object"]}'))
    for bucket, n in sorted(seen.items(), key=lambda b: (b[0] == "  all", -right[b[0]] / b[1], b[0])):
        print(f"{right[bucket] / n:.3f}  {right[bucket]:4d} of {n:4d}{bucket}")
    for line in wrong if asked.wrong else []:
        print(*line, sep="  ")

main()
