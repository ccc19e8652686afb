"""Score how well articles of one event are found: `python benchmarks/likeness.py labelled.csv WORK_FOLDER`.

The CSV has the columns text, date (empty: all of one day) and event (the label); an article whose event is its own
alone has a label of its own. MinHash needs datasketch, in an environment of your own: pip install datasketch.
"""

import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer

from helpers.event.events import events
from helpers.event.many import many


def bcubed(gold, groups):
    """Give B-cubed precision, recall and F: over articles, the share of each one's group that is of its event, and so.

    >>> [round(score, 2) for score in bcubed(np.array([0, 0, 1]), np.array([0, 0, 0]))]
    [0.56, 1.0, 0.71]
    """
    together, same = groups[:, None] == groups[None, :], gold[:, None] == gold[None, :]
    both = (together & same).sum(axis=1)
    precision, recall = float((both / together.sum(axis=1)).mean()), float((both / same.sum(axis=1)).mean())
    return precision, recall, 2 * precision * recall / (precision + recall)


def minhash(text):
    """Give datasketch's MinHash of the three-word runs of a text."""
    from datasketch import MinHash

    words, made = re.findall(r"\w+", text.lower()), MinHash(seed=1)
    made.update_batch({" ".join(words[at : at + 3]).encode() for at in range(len(words) - 2)})
    return made


def plain(likeness, days, window, least):
    """Group what is linked by a likeness of `least` within a window of days; give the nearest and the groups."""
    likeness = np.where(np.abs(days[:, None] - days[None, :]) <= window, likeness, 0)
    np.fill_diagonal(likeness, 0)
    nearest = np.where(likeness.max(axis=1) > 0, likeness.argmax(axis=1), -1)
    return nearest, connected_components(likeness >= least, directed=False)[1]


def main(labelled, work):
    """Print a row for each way; of those with a threshold the best of several, chosen on these labels."""
    table = pd.read_csv(labelled, dtype=str, keep_default_na=False)
    many(labelled, work, say=lambda line: None)
    events(work)
    members = pd.read_csv(work / "members.csv", dtype={"doc": str, "nearest": str}, keep_default_na=False)
    members.index = members.doc.astype(int)
    gold = pd.factorize(table.event)[0]
    shared = np.flatnonzero(np.bincount(gold)[gold] > 1)
    known = pd.to_datetime(table.date.replace("", None)).fillna(pd.Timestamp(0))
    days = known.to_numpy().astype("datetime64[D]").astype(int)
    groups = np.array([members.event.get(at, -1 - at) for at in range(len(table))])
    nearest = np.array([int(members.nearest.get(at) or -1) for at in range(len(table))])
    hashed = np.array([minhash(text).hashvalues for text in table.text])
    ways = {"events": [(nearest, groups)]}
    vectors = TfidfVectorizer().fit_transform(table.text)
    cosines = (vectors @ vectors.T).toarray()
    for name, likeness, steps in (
        ("scikit-learn's TF-IDF", cosines, [0.2, 0.3, 0.4, 0.5, 0.6]),
        (
            "datasketch's MinHash",
            np.array([(hashed == row).mean(axis=1) for row in hashed]),
            [0.02, 0.05, 0.1, 0.2, 0.4],
        ),
    ):
        ways[name + ", same window"] = [plain(likeness, days, 2, least) for least in steps]
        ways[name + ", all against all"] = [plain(likeness, days, 10**6, least) for least in steps]
    ways["each article alone"] = [(np.full(len(table), -1), np.arange(len(table)))]
    print(f"{len(table)} articles, {len(shared)} of them of {len(np.unique(gold[shared]))} events with two or more")
    print("| | nearest is of the same event | B-cubed: all articles | those that share an event |\n|---|---|---|---|")
    for name, tries in ways.items():
        _, groups = max(tries, key=lambda tried: bcubed(gold[shared], tried[1][shared])[2])
        near = tries[0][0][shared]
        right = int(((near >= 0) & (gold[near] == gold[shared])).sum())
        told = [", ".join(f"{score:.2f}" for score in bcubed(gold[some], groups[some])) for some in (..., shared)]
        print(f"| {name} | {right} of {len(shared)} | {' | '.join(told)} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
