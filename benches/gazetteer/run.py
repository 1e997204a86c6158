"""Finds the names of large lists in 64 MB of English: wiregraph beside its peers, in turns, in one run, on one core.

    python3 benches/gazetteer/run.py [--sizes 1000,100000,1000000,5000000] [--rounds 5] [--megabytes 64] [--venv VENV]
                                     [--engines NAMES] [--folder FOLDER]

The lists are generated (`src/lists.rs`), and so is the text (`src/text.rs`): words in the order in which the samples and the
parity sentences have them, half of the names among them replaced by names of the list. Each engine builds in a process of
its own; then all scan the text in turns, so that a noisy machine is noisy for all of them. Printed are megabytes a second
(the best round, and the median), how often wiregraph is faster (median of the rounds' ratios), what was found, the time to
build and the memory that this took.

Python's engines get the first 4 MB of the text only (what takes minutes says nothing more). They need a virtual
environment with pyahocorasick==2.3.1 and spacy==3.8.18; without `--venv` they are left out. An engine that has not built
within `--patience` seconds (180) is left out, and said to be.
"""
import argparse
import os
import pathlib
import select
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RUST = ["wiregraph", "daachorse", "aho-corasick", "fst", "flashtext2"]
PYTHON = ["pyahocorasick", "spacy"]
SHORT = 4 << 20


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,100000,1000000,5000000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=64)
    parser.add_argument("--patience", type=float, default=180)
    parser.add_argument("--engines", default=",".join(RUST + PYTHON))
    parser.add_argument("--venv", type=pathlib.Path)
    parser.add_argument("--folder", type=pathlib.Path)
    return parser.parse_args()


class Process:
    """An engine that is being built, or waits to scan."""

    def __init__(self, engine, command, text):
        self.engine, self.text, self.seconds, self.found = engine, text, [], None
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answer(self, patience=None):
        if not select.select([self.process.stdout], [], [], patience)[0]:
            self.process.kill()
            return None
        return self.process.stdout.readline().split()

    def scan(self):
        print("go", file=self.process.stdin, flush=True)
        _, seconds, found = self.answer()
        self.seconds.append(float(seconds) / self.text.stat().st_size * 1e6)
        self.found = int(found)

    def end(self):
        self.process.stdin.close()
        _, peak, resident = self.answer()
        self.process.wait()
        self.peak = float(peak)


def commands(engine, names, text, short, binary, venv):
    if engine in RUST:
        return [binary, "run", engine, names, text], text
    return [venv / "bin/python", HERE / "peers.py", engine, names, short], short


def row(process, ours):
    """Microseconds a megabyte are microseconds a million bytes: MB/s is their inverse."""
    ratio = statistics.median(theirs / mine for theirs, mine in zip(process.seconds, ours.seconds))
    best, median = 1 / min(process.seconds), 1 / statistics.median(process.seconds)
    return (f"{process.engine:14} {best:9.1f} {median:9.1f} {ratio:9.2f} {process.found:9} {process.built:9.2f} "
            f"{process.size / process.built / 1e6:9.2f} {process.peak:9.0f}")


def main():
    given = options()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    subprocess.run(["cargo", "build", "--release", "--quiet", "--manifest-path", HERE / "Cargo.toml"], check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE / "target"))
    binary = target / "release/wiregraph-gazetteer-bench"
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or pathlib.Path(temporary)
        sizes = given.sizes.split(",")
        if not all((folder / name).exists() for name in ["text.txt"] + [f"names-{size}.txt" for size in sizes]):
            subprocess.run([binary, "lists", folder, str(given.megabytes), *sizes], check=True)
        text, short = folder / "text.txt", folder / "short.txt"
        short.write_bytes(text.read_bytes()[: text.read_bytes().rfind(b"\n", 0, SHORT)])
        print(f"text: {text.stat().st_size / 1e6:.1f} MB; for Python's engines {short.stat().st_size / 1e6:.1f} MB")
        for size in sizes:
            compare(given, int(size), folder / f"names-{size}.txt", text, short, binary)
            subprocess.run([binary, "open", folder / f"names-{size}.txt", folder / "names.table"], check=True)


def compare(given, size, names, text, short, binary):
    print(f"\n{size} names\n{'engine':14} {'MB/s best':>9} {'median':>9} {'ours is ×':>9} {'found':>9} {'build s':>9} "
          f"{'M names/s':>9} {'peak MB':>9}", flush=True)
    built = []
    for engine in given.engines.split(","):
        if engine in PYTHON and not given.venv:
            print(f"{engine:14} left out: no --venv")
            continue
        command, its_text = commands(engine, names, text, short, binary, given.venv)
        process = Process(engine, command, its_text)
        answer = process.answer(given.patience)
        if not answer:
            print(f"{engine:14} left out: not built within {given.patience:.0f} s, or it ended", flush=True)
            continue
        process.built, process.size = float(answer[1]), size
        built.append(process)
    for _ in range(given.rounds):
        for process in built:
            process.scan()
    for process in built:
        process.end()
        print(row(process, built[0]), flush=True)


if __name__ == "__main__":
    sys.exit(main())
