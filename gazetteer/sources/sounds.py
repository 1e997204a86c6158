"""Two spellings in, how alike they sound out: Kharkov and Charkiw, Beirut and Bayrut."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from tsv import deaccent

CLASSES = [(re.compile(p), to) for p, to in (
    ("sch|tch|sh|ch|zh|cz|ts|tz|dz|dj|j|z|x|c(?=[eiy])", "s"), ("kh|gh|ck|q|c|g|h", "k"), ("ph|v|w|b|f|p", "p"),
    ("th|dh|d", "t"), ("m", "n"), ("ou|u", "o"), ("y|e", "i"), (r"(.)\1+", r"\1"),
)]


@lru_cache(maxsize=200_000)
def shape(text: str) -> str:
    """Sound classes, so that spellings of one name look alike."""
    text = re.sub(r"[^a-z]", "", deaccent(text).casefold())
    for pattern, to in CLASSES:
        text = pattern.sub(to, text)
    return text


def similar(one: str, other: str) -> float:
    a, b = shape(one), shape(other)
    if not a or not b or 2 * min(len(a), len(b)) < 0.72 * (len(a) + len(b)):
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


