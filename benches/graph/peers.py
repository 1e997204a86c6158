"""One graph library of Python: a folder of the bench in; on standard input questions, on standard output seconds and answers.

    VENV/bin/python benches/graph/peers.py networkx|igraph|duckdb|kuzu FOLDER

Started by `run.py`. Each library is asked in the way that its own documentation recommends; what `main.rs` answers for us, each
class here answers for one of them. Time that an answer takes to become a list of numbers counts, comparing it does not.
"""
import itertools
import pathlib
import resource
import sys
import time

WAYS = 4


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class Networkx:
    """The graph in Python's dictionaries."""

    def __init__(self, folder):
        import networkx

        self.library = networkx
        self.both = networkx.Graph()
        with open(folder / "edges.csv", encoding="ascii") as lines:
            self.both.add_edges_from(tuple(map(int, line.split(","))) for line in lines)
        self.folder = folder

    def neighbours(self, node):
        return list(self.both[node])

    def two_hop(self, node):
        reached = set(self.both[node])
        for near in list(reached):
            reached.update(self.both[near])
        reached.discard(node)
        return list(reached)

    def path(self, a, b):
        return self.library.bidirectional_shortest_path(self.both, a, b)

    def several(self, a, b):
        return list(itertools.islice(self.library.shortest_simple_paths(self.both, a, b), WAYS))

    def prepare_ranks(self):
        self.directed = self.library.DiGraph()
        with open(self.folder / "edges.csv", encoding="ascii") as lines:
            self.directed.add_edges_from(tuple(map(int, line.split(","))) for line in lines)

    def ranks(self):
        return self.library.pagerank(self.directed, alpha=0.85, tol=1e-10, max_iter=200)


class Igraph:
    """The graph in igraph's own arrays, in C."""

    def __init__(self, folder):
        import igraph
        import numpy

        edges = numpy.loadtxt(folder / "edges.csv", delimiter=",", dtype="int64")
        nodes, ends = numpy.unique(edges, return_inverse=True)
        self.nodes = nodes.tolist()
        self.places = {node: place for place, node in enumerate(self.nodes)}
        self.ends = ends.reshape(edges.shape)
        self.library = igraph
        self.both = igraph.Graph(n=len(self.nodes), edges=self.ends, directed=False)

    def named(self, places):
        return [self.nodes[place] for place in places]

    def neighbours(self, node):
        return self.named(self.both.neighbors(self.places[node]))

    def two_hop(self, node):
        return self.named(self.both.neighborhood(self.places[node], order=2, mindist=1))

    def path(self, a, b):
        return self.named(self.both.get_shortest_path(self.places[a], self.places[b]))

    def several(self, a, b):
        found = self.both.get_k_shortest_paths(self.places[a], self.places[b], k=WAYS)
        return [self.named(way) for way in found]

    def prepare_ranks(self):
        self.directed = self.library.Graph(n=len(self.nodes), edges=self.ends, directed=True)

    def ranks(self):
        return dict(zip(self.nodes, self.directed.pagerank(damping=0.85)))


class Duckdb:
    """A table of both directions in order of its first column, with an index on it."""

    def __init__(self, folder):
        import duckdb

        self.base = duckdb.connect(str(folder / "duck.db"))
        self.base.execute(f"""
            CREATE TABLE step AS
            SELECT a, b FROM (SELECT column0 AS a, column1 AS b FROM read_csv('{folder}/edges.csv', header = false)
                UNION ALL SELECT column1, column0 FROM read_csv('{folder}/edges.csv', header = false)) ORDER BY a;
            CREATE INDEX step_by_a ON step (a);""")

    def all(self, sql, *arguments):
        return [row[0] for row in self.base.execute(sql, arguments).fetchall()]

    def neighbours(self, node):
        return self.all("SELECT b FROM step WHERE a = ?", node)

    def two_hop(self, node):
        return self.all(
            """SELECT b FROM (SELECT b FROM step WHERE a = $1
                   UNION SELECT t.b FROM step s JOIN step t ON t.a = s.b WHERE s.a = $1) WHERE b <> $1""", node)

    def path(self, a, b):
        """Search from both ends, a level at a time, each level one query; as lists of predecessors."""
        sides = [({a: a}, [a]), ({b: b}, [b])]
        while True:
            side = 0 if len(sides[0][1]) <= len(sides[1][1]) else 1
            before, frontier = sides[side]
            other = sides[1 - side][0]
            rows = self.base.execute(
                "SELECT b, min(a) FROM step WHERE a IN (SELECT unnest(?::INTEGER[])) GROUP BY b", [frontier]).fetchall()
            frontier = [node for node, _ in rows if node not in before]
            before.update((node, start) for node, start in rows if node not in before)
            sides[side] = (before, frontier)
            met = next((node for node in frontier if node in other), None)
            if met is not None:
                return self.trace(sides[0][0], met)[::-1] + self.trace(sides[1][0], met)[1:]

    @staticmethod
    def trace(before, node):
        way = [node]
        while before[node] != node:
            node = before[node]
            way.append(node)
        return way


class Kuzu:
    """A graph database: nodes by primary key, edges in its own adjacency lists."""

    def __init__(self, folder):
        import kuzu

        self.base = kuzu.Connection(kuzu.Database(str(folder / "kuzu.db")))
        for line in (
            "CREATE NODE TABLE Node(id INT64, PRIMARY KEY(id))",
            "CREATE REL TABLE Step(FROM Node TO Node)",
            f"COPY Node FROM '{folder}/nodes.csv' (header=false)",
            f"COPY Step FROM '{folder}/edges.csv' (header=false)",
        ):
            self.base.execute(line)
        self.ask = {
            "one": self.base.prepare("MATCH (a:Node {id: $a})-[:Step]-(b:Node) RETURN b.id"),
            "two": self.base.prepare("MATCH (a:Node {id: $a})-[:Step*1..2]-(b:Node) WHERE b.id <> $a RETURN DISTINCT b.id"),
            "way": self.base.prepare(
                "MATCH p = (a:Node {id: $a})-[:Step* SHORTEST 1..12]-(b:Node {id: $b}) RETURN properties(nodes(p), 'id')"),
        }

    def neighbours(self, node):
        return [row[0] for row in self.base.execute(self.ask["one"], {"a": node}).get_all()]

    def two_hop(self, node):
        return [row[0] for row in self.base.execute(self.ask["two"], {"a": node}).get_all()]

    def path(self, a, b):
        return self.base.execute(self.ask["way"], {"a": a, "b": b}).get_next()[0]


def questions(folder):
    lines = [list(map(int, line.split())) for line in (folder / "questions.txt").read_text().splitlines()]
    pairs = [list(zip(line[::2], line[1::2])) for line in lines]
    return lines[0], lines[1], pairs[2], pairs[3]


def answer(engine, what, asked):
    lookups, two_hop, pairs, hard = asked
    begin = time.perf_counter()
    if what in ("lookups", "two-hop"):
        found = [engine.neighbours(node) for node in lookups] if what == "lookups" else [engine.two_hop(node) for node in two_hop]
        spent = time.perf_counter() - begin
        return [spent, sum(map(len, found)), sum(map(sum, found))]
    if what in ("paths", "several"):
        found = [engine.path(*pair) for pair in pairs] if what == "paths" else [way for pair in hard for way in engine.several(*pair)]
        return [time.perf_counter() - begin, sum(map(len, found))]
    ranks = engine.ranks()
    spent = time.perf_counter() - begin
    best = sorted(ranks.items(), key=lambda one: (-one[1], one[0]))[:5]
    return [spent] + [f"{node}:{rank:.5f}" for node, rank in best]


def main():
    name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    asked = questions(folder)
    engine = {"networkx": Networkx, "igraph": Igraph, "duckdb": Duckdb, "kuzu": Kuzu}[name](folder)
    print("ready", peak(), flush=True)
    for line in sys.stdin:
        what = line.strip()
        if what == "ranks" and hasattr(engine, "prepare_ranks") and not hasattr(engine, "directed"):
            engine.prepare_ranks()
        print(*answer(engine, what, asked), peak(), flush=True)


if __name__ == "__main__":
    main()
