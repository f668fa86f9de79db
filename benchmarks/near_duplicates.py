"""How surely agency copy is known again: recall for each kind of edit, precision, time, methods.

    python benchmarks/near_duplicates.py DIR... [--methods NAME...]

DIR is a folder in the evaluation format (`newscrawl evaluate --help`); the bodies of its truth are
read, of the publishers of the dev split. Every body is edited the way outlets edit agency copy and
compared with the original (pairs that are the same text) and with the original of every other
article; besides, pairs that are no copies are made of unrelated articles with the same boilerplate,
and of each article with the one whose vocabulary is most like its own. The libraries that are
compared (datasketch, rensa, simhash) are only those that are installed.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from newscrawl.evaluation.dataset import load
from newscrawl.extraction.near_duplicates import (
    BAND,
    BANDS,
    SAME,
    VALUES,
    bands,
    signature,
    similarity,
)
from newscrawl.text.cleaning import words

SEED = 20
BOILERPLATE_WORDS = 40
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
SENTENCE = re.compile(r"(?<=[.。!?]) ?")
# More than these shingles in common, and both are one article that the folders hold twice.
TWICE = 0.5

Edit = Callable[[str, str, random.Random], str]


def is_unspaced(body: str) -> bool:
    """Whether most of a body is in a script without spaces."""
    return len(UNSPACED.findall(body)) * 3 > len(body)


def parts_of(body: str) -> list[str]:
    """Return the paragraphs of a body, or its sentences where it has too few of them."""
    parts = [part for part in body.split("\n\n") if part.strip()]
    return parts if len(parts) > 3 else [part for part in SENTENCE.split(body) if part]


def half(body: str, _other: str, _chance: random.Random) -> str:
    """Keep the first half."""
    return body[: len(body) // 2]


def paragraphs(body: str, other: str, chance: random.Random) -> str:
    """Replace one to three paragraphs, a quarter of all at most, by those of another article."""
    parts, others = parts_of(body), parts_of(other)
    for place in chance.sample(range(len(parts)), min(3, max(1, len(parts) // 4))):
        parts[place] = chance.choice(others)
    return "\n\n".join(parts)


def dateline(body: str, _other: str, _chance: random.Random) -> str:
    """Put a dateline before it, and the agency's line after it."""
    return f"PORT LORNE, 12 March (Agency) - {body}\n\nEditing by A. Writer; produced by B. Maker"


def typography(body: str, _other: str, _chance: random.Random) -> str:
    """Change quotes, dashes, white space and case."""
    table = str.maketrans("\"'“„- ", "”\u2019««\u2013\u00a0")
    return body.translate(table).upper()


def headings(body: str, other: str, _chance: random.Random) -> str:
    """Put the headline inside, and a subheading before every fourth paragraph."""
    parts, title = parts_of(body), " ".join(other.split()[:8])[:60]
    return "\n\n".join(
        f"{title} {place}\n\n{part}" if place % 4 == 0 else part for place, part in enumerate(parts)
    )


def reworded(share: float) -> Edit:
    """Replace a share of the words, each by chance, by those of another article."""

    def edit(body: str, other: str, chance: random.Random) -> str:
        # In a script without spaces two characters are about a word.
        pattern = "..?" if is_unspaced(body) else r"\S+"
        pool = re.findall("..", other) if is_unspaced(body) else other.split()
        return re.sub(
            pattern,
            lambda match: chance.choice(pool) if chance.random() < share else match[0],
            body,
            flags=re.DOTALL,
        )

    return edit


def all_of(*edits: Edit) -> Edit:
    """Return the edits one after the other."""

    def edit(body: str, other: str, chance: random.Random) -> str:
        for each in edits:
            body = each(body, other, chance)
        return body

    return edit


EDITS: dict[str, Edit] = {
    "first half": half,
    "1-3 paragraphs": paragraphs,
    "dateline": dateline,
    "typography": typography,
    "headings": headings,
    "10 % other words": reworded(0.1),
    "20 % other words": reworded(0.2),
    "30 % other words": reworded(0.3),
    "half + dateline + 15 %": all_of(half, dateline, reworded(0.15)),
}


@dataclass(frozen=True, slots=True)
class Method:
    """A way to tell copies: a sketch of a body, and how alike two sketches are."""

    sketch: Callable[[str], Any]
    alike: Callable[[Any, Any], float]


def shingles(body: str) -> list[str]:
    """Return the shingles as texts, which is how the libraries take them."""
    listed = list(body.casefold()) if is_unspaced(body) else words(body)
    width = 5 if is_unspaced(body) else 3
    return [" ".join(listed[i : i + width]) for i in range(len(listed) - width + 1)]


def methods() -> dict[str, Method]:
    """Return newscrawl's method, and those of the libraries that are installed."""
    found = {"newscrawl": Method(signature, similarity)}
    if find_spec("datasketch"):
        hashes = import_module("datasketch").MinHash

        def sketched(body: str) -> Any:
            sketch = hashes(num_perm=VALUES)
            sketch.update_batch([shingle.encode() for shingle in shingles(body)])
            return sketch

        found["datasketch"] = Method(sketched, lambda a, b: float(a.jaccard(b)))
    if find_spec("rensa"):
        rust = import_module("rensa").RMinHash

        def rusted(body: str) -> Any:
            sketch = rust(num_perm=VALUES, seed=SEED)
            sketch.update(shingles(body))
            return sketch

        found["rensa"] = Method(rusted, lambda a, b: float(a.jaccard(b)))
    if find_spec("simhash"):
        bits = import_module("simhash").Simhash
        found["simhash"] = Method(
            lambda body: bits(shingles(body)), lambda a, b: 1 - a.distance(b) / 64
        )
    return found


def other_than(body: str, bodies: list[str], chance: random.Random) -> str:
    """Return another article's body, of the same kind of script."""
    script = is_unspaced(body)
    return chance.choice([b for b in bodies if b is not body and is_unspaced(b) == script])


def read_bodies(folders: list[Path]) -> list[str]:
    """Return the bodies of the folders' articles that are long enough, each article once."""
    samples = [sample for folder in folders for sample in load(folder, split="dev")]
    found: list[str] = []
    known: list[frozenset[str]] = []
    for sample in samples:
        body = sample.truth.body or ""
        if sample.truth.kind not in (None, "article") or not signature(body):
            continue
        own = frozenset(shingles(body))
        if all(len(own & each) < TWICE * min(len(own), len(each)) for each in known):
            found.append(body)
            known.append(own)
    return found


def same_topic(bodies: list[str]) -> list[tuple[str, str]]:
    """Return each body with the one whose words, the rare ones above all, are most like its own."""
    counted = [Counter(words(body)) for body in bodies]
    spread = Counter(word for counts in counted for word in counts)
    places = {word: place for place, word in enumerate(spread)}
    vectors = np.zeros((len(bodies), len(places)), np.float32)
    for row, counts in enumerate(counted):
        for word, count in counts.items():
            vectors[row, places[word]] = math.log1p(count) * math.log(len(bodies) / spread[word])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0)
    return [
        (body, bodies[int(best)]) for body, best in zip(bodies, likeness.argmax(1), strict=True)
    ]


def with_boilerplate(bodies: list[str], chance: random.Random) -> list[tuple[str, str]]:
    """Return pairs of unrelated bodies that end with the same words of a third."""
    pairs = []
    for body in bodies:
        other, third = chance.sample(bodies, 2)
        if other != body:
            note = "\n\n" + " ".join(third.split()[:BOILERPLATE_WORDS])
            pairs.append((body + note, other + note))
    return pairs


def share(alike: list[float], threshold: float) -> float:
    """Return the share of similarities that reach a threshold."""
    return sum(value >= threshold for value in alike) / len(alike)


def best_threshold(same: list[float], different: list[float]) -> float:
    """Return the threshold with the best mean of recall and of what is kept apart."""
    found = sorted({*same, *different})
    return max(found, key=lambda at: share(same, at) - share(different, at))


def measure(name: str, method: Method, bodies: list[str]) -> None:
    """Print the table of one method."""
    chance = random.Random(SEED)
    others = [other_than(body, bodies, chance) for body in bodies]
    edited = {
        kind: [edit(body, other, chance) for body, other in zip(bodies, others, strict=True)]
        for kind, edit in EDITS.items()
    }
    neighbours = same_topic(bodies)
    noted = with_boilerplate(bodies, chance)

    started = time.perf_counter()
    originals = [method.sketch(body) for body in bodies]
    spent = (time.perf_counter() - started) / len(bodies)
    copies = {kind: [method.sketch(body) for body in texts] for kind, texts in edited.items()}
    same = {kind: list(map(method.alike, originals, texts)) for kind, texts in copies.items()}
    different = {
        "unrelated": [
            method.alike(a, b) for place, a in enumerate(originals) for b in originals[:place]
        ],
        "same topic": [method.alike(method.sketch(a), method.sketch(b)) for a, b in neighbours],
        f"boilerplate of {BOILERPLATE_WORDS} words": [
            method.alike(method.sketch(a), method.sketch(b)) for a, b in noted
        ],
    }
    all_same = [value for values in same.values() for value in values]
    hard = [value for kind, values in different.items() if kind != "unrelated" for value in values]
    threshold = SAME if name == "newscrawl" else best_threshold(all_same, hard)
    print(f"\n{name}: {1e6 * spent:.0f} µs an article, same from {threshold:.3f}")
    for kind, values in same.items():
        print(f"  recall     {kind:28} {share(values, threshold):.4f}  of {len(values)}")
    wrong = 0.0
    for kind, values in different.items():
        print(f"  false      {kind:28} {share(values, threshold):.6f}  of {len(values)}")
        wrong += sum(value >= threshold for value in values) if kind != "unrelated" else 0
    right = sum(value >= threshold for value in all_same)
    print(
        f"  all: recall {right / len(all_same):.4f}, precision {right / (right + wrong):.4f}",
        end="",
    )
    print(" (unrelated pairs left out)")
    if name == "newscrawl":
        measure_bands(originals, copies)


def measure_bands(originals: list[Any], copies: dict[str, list[Any]]) -> None:
    """Print how many copies share a band with the original, and how many others do."""
    found = [frozenset(bands(each)) for each in originals]
    print(f"  {BANDS} bands of {BAND}: share of copies that are looked up at all")
    for kind, texts in copies.items():
        met = [bool(own & set(bands(text))) for own, text in zip(found, texts, strict=True)]
        print(f"  meet       {kind:28} {sum(met) / len(met):.4f}")
    pairs = [(a, b) for place, a in enumerate(found) for b in found[:place]]
    print(f"  meet       {'unrelated':28} {sum(bool(a & b) for a, b in pairs) / len(pairs):.6f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--methods", nargs="+", help="only these")
    options = parser.parse_args()
    bodies = read_bodies(options.folders)
    unspaced = sum(map(is_unspaced, bodies))
    print(f"{len(bodies)} bodies, {unspaced} of them in scripts without spaces")
    for name, method in methods().items():
        if not options.methods or name in options.methods:
            measure(name, method, bodies)


if __name__ == "__main__":
    main()
