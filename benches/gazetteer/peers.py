"""Python's engines under the protocol of `src/main.rs`: builds one, then scans once for each `go` on standard input.

    python peers.py pyahocorasick|spacy NAMES TEXT

pyahocorasick finds all matches, also overlapping ones; those that cut a word are taken out and the leftmost-longest kept.
spaCy's PhraseMatcher works on tokens: its time includes cutting the text into tokens, as that of the others does, and
`filter_spans` keeps the longest matches.
"""
import resource
import sys
import time

PIECE = 65_536


def pieces(text):
    at = 0
    while at < len(text):
        end = text.find("\n", at + PIECE) + 1 or len(text)
        yield text[at:end]
        at = end


def pyahocorasick(names):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, len(name))
    automaton.make_automaton()

    def boundary(text, at):
        return at == 0 or at == len(text) or not text[at - 1].isalnum() or not text[at].isalnum()

    def count(text):
        found = 0
        for piece in pieces(text):
            ends = ((end + 1, length) for end, length in automaton.iter(piece))
            whole = [(end - n, -end) for end, n in ends if boundary(piece, end - n) and boundary(piece, end)]
            behind = 0
            for start, end in sorted(whole):
                if start >= behind:
                    behind, found = -end, found + 1
        return found

    return count


def spacy(names):
    import spacy as library
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    pipeline = library.blank("en")
    pipeline.max_length = 1 << 30
    matcher = PhraseMatcher(pipeline.vocab)
    matcher.add("NAME", list(pipeline.tokenizer.pipe(names)))

    def count(text):
        documents = pipeline.tokenizer.pipe(pieces(text))
        return sum(len(filter_spans(matcher(document, as_spans=True))) for document in documents)

    return count


def main():
    engine, names, text = sys.argv[1:4]
    with open(names, encoding="utf-8") as lines:
        names = lines.read().split("\n")
    with open(text, encoding="utf-8") as file:
        text = file.read()
    peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    before, begin = peak(), time.perf_counter()
    count = {"pyahocorasick": pyahocorasick, "spacy": spacy}[engine](names)
    print("built", time.perf_counter() - begin, len(names), flush=True)
    for line in sys.stdin:
        if line.strip() != "go":
            break
        begin = time.perf_counter()
        found = count(text)
        print("scan", time.perf_counter() - begin, found, flush=True)
    print("memory", peak() - before, 0, flush=True)


main()
