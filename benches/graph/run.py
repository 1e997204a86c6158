"""Questions to a large graph: wiregraph beside networkx, igraph, DuckDB and Kuzu, in turns, in one run, the answers compared.

    python3 benches/graph/run.py --venv VENV [--nodes 500000] [--edges 5000000] [--rounds 3] [--folder FOLDER]
                                 [--engines NAMES] [--questions NAMES] [--program FILE] [--gate RATIO]

The graph is generated (`world.rs`): few nodes have most of the edges. wiregraph is there twice: `index` asks its database file for
each question, as one command does; `adjacency` has loaded it once, as networkx and igraph have. Every engine is a process of
its own and is asked in turns: 2,000 nodes' neighbours; all within two steps of 20 nodes; a shortest path for each of 100
pairs; the 4 shortest for each of 10; PageRank. A round's time is for all of them. Printed are medians; answers must be equal
(numbers and sums of neighbours, lengths of paths, the five highest ranks). Then the program itself is timed, from start to
exit, on the same file. `--gate RATIO` fails where wiregraph has less than that many times the speed of the fastest peer on
neighbours, two steps or shortest paths.

VENV holds networkx==3.6.1, igraph==1.0.0, duckdb==2.0.0, kuzu==0.11.3, numpy, scipy.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OURS = ["index", "adjacency"]
PEERS = ["networkx", "igraph", "duckdb", "kuzu"]
# What each can be asked; a database has no command for several ways or for ranks.
QUESTIONS = {
    "lookups": OURS + PEERS,
    "two-hop": OURS + PEERS,
    "paths": OURS + PEERS,
    "several": ["index", "adjacency", "networkx", "igraph"],
    "ranks": ["adjacency", "networkx", "igraph"],
}
# A question that takes longer than this in the first round is asked once.
PATIENCE = 60


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=pathlib.Path, required=True)
    parser.add_argument("--nodes", type=int, default=500_000)
    parser.add_argument("--edges", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--engines", default=",".join(OURS + PEERS))
    parser.add_argument("--questions", default=",".join(QUESTIONS))
    parser.add_argument("--program", help="the Rust side, compiled; without it cargo is asked")
    parser.add_argument("--gate", type=float, default=0)
    return parser.parse_args()


class Engine:
    """A process that has loaded the graph, or opened it."""

    def __init__(self, name, command):
        self.name, self.spent, self.told = name, {}, {}
        begin = time.monotonic()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit(f"{name} has ended without an answer")
        self.load, self.megabytes = time.monotonic() - begin, int(answer[1])

    def ask(self, question):
        if self.spent.get(question, [0])[0] > PATIENCE:
            return
        print(question, file=self.process.stdin, flush=True)
        seconds, *told, megabytes = self.process.stdout.readline().split()
        self.spent.setdefault(question, []).append(float(seconds))
        self.told[question], self.megabytes = told, int(megabytes)

    def median(self, question):
        return statistics.median(self.spent[question])


def bench_program():
    """The Rust side, compiled; its path."""
    made = subprocess.run(["cargo", "bench", "--no-run", "--bench", "graph", "--message-format=json"], cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    import json
    targets = (json.loads(line) for line in made.splitlines())
    return next(one["executable"] for one in targets if one.get("target", {}).get("name") == "graph" and one.get("executable"))


def compare(engines, question):
    told = {engine.name: engine.told[question] for engine in engines if question in engine.told}
    if len(set(map(tuple, told.values()))) > 1:
        sys.exit(f"the answers to {question} differ: {told}")


def programs(folder, pairs):
    """The program as a person starts it: seconds from start to exit, the median of the questions."""
    program = ROOT / "target/release/wiregraph"
    name = lambda node: f"person:{node:07d}"
    commands = {
        "neighbors X": [["neighbors", name(a)] for a, _ in pairs],
        "neighbors X --depth 2 --limit 100": [["neighbors", name(a), "--depth", "2", "--limit", "100"] for a, _ in pairs],
        "neighbors X --depth 2": [["neighbors", name(a), "--depth", "2"] for a, _ in pairs[:3]],
        "path A B": [["path", name(a), name(b)] for a, b in pairs],
        "path A B --ways 4": [["path", name(a), name(b), "--ways", "4"] for a, b in pairs],
        "rank --by pagerank": [["rank", "--by", "pagerank"]],
    }
    print("\nthe program, from start to exit: median, slowest, MB")
    for what, lines in commands.items():
        spent, megabytes = [], 0
        for line in lines:
            begin = time.monotonic()
            process = subprocess.Popen([program, *line, "--db", folder / "graph.db"], stdout=subprocess.DEVNULL)
            _, code, usage = os.wait4(process.pid, 0)
            spent.append(time.monotonic() - begin)
            megabytes = max(megabytes, usage.ru_maxrss // 1024)
            if os.waitstatus_to_exitcode(code) != 0:
                sys.exit(f"{line}: code {code}")
        print(f"  {what:36} {statistics.median(spent):8.3f} s {max(spent):8.3f} s {megabytes:6} MB")


def table(engines):
    width = {"lookups": 2000, "two-hop": 20, "paths": 100, "several": 10, "ranks": 1}
    print(f"{'':10} {'ready s':>8} {'peak MB':>8}" + "".join(f"{question:>16}" for question in QUESTIONS))
    for engine in engines:
        cells = []
        for question, number in width.items():
            if question not in engine.spent:
                cells.append(f"{'':>16}")
                continue
            each = engine.median(question) / number
            cells.append(f"{each * 1e6:>13,.1f} us" if each < 0.1 else f"{each:>14.2f} s")
        print(f"{engine.name:10} {engine.load:8.1f} {engine.megabytes:8}" + "".join(cells))


def ratios(engines, gate):
    """How often the better of ours is faster than the best peer; where it is less often than the gate asks."""
    behind = []
    for question in ("lookups", "two-hop", "paths"):
        ours = min(engine.median(question) for engine in engines if engine.name in OURS)
        peers = {engine.name: engine.median(question) for engine in engines if engine.name in PEERS}
        if not peers:
            continue
        name, best = min(peers.items(), key=lambda one: one[1])
        print(f"{question}: {best / ours:.1f} x the speed of {name}, the fastest peer")
        if best < gate * ours:
            behind.append(question)
    return behind


def main():
    chosen = options()
    folder = chosen.folder or pathlib.Path(tempfile.mkdtemp(prefix="wiregraph-bench-graph-"))
    folder.mkdir(parents=True, exist_ok=True)
    rust = chosen.program or bench_program()
    if not (folder / "graph.db").exists():
        begin = time.monotonic()
        subprocess.run([rust, "generate", folder, str(chosen.nodes), str(chosen.edges)], check=True)
        print(f"generated in {time.monotonic() - begin:.0f} s")
    for leftover in ("duck.db", "kuzu.db"):
        (folder / leftover).unlink(missing_ok=True)
    python = chosen.venv / "bin/python"
    engines = []
    for name in chosen.engines.split(","):
        ours = name in OURS
        engines.append(Engine(name, [rust, "serve", name, folder] if ours else [python, HERE / "peers.py", name, folder]))
    for _ in range(chosen.rounds):
        for question in chosen.questions.split(","):
            for engine in engines:
                if engine.name in QUESTIONS[question]:
                    engine.ask(question)
                    print(f"{engine.name}: {question} {engine.spent[question][-1]:.3f} s", file=sys.stderr)
            compare(engines, question)
    table(engines)
    behind = ratios(engines, chosen.gate)
    for engine in engines:
        engine.process.stdin.close()
        engine.process.wait()
    pairs = list(map(int, (folder / "questions.txt").read_text().splitlines()[2].split()))
    programs(folder, list(zip(pairs[::2], pairs[1::2]))[:9])
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    if not chosen.folder:
        shutil.rmtree(folder)
    if behind:
        sys.exit(f"slower than the gate allows: {', '.join(behind)}")


if __name__ == "__main__":
    main()
