"""Score the finders on every set of tests/passages as counts: `python tests/scores.py` writes seeds/scores.csv.

`python tests/scores.py polnear FOLDER` prints the same for PolNeAR, real news whose texts cannot be kept here.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import math
import re
import sys
from collections import Counter
from pathlib import Path

from helpers.figures import find_figures
from helpers.quotes import find_quotes

ROOT = Path(__file__).parent.parent
PASSAGES = ROOT / "tests" / "passages"
STORED = ROOT / "seeds" / "scores.csv"
COLUMNS = ["set", "measure", "count", "of", "date", "command"]
COMMAND = "python tests/scores.py"


def passages(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def close(a, b):
    return a == b or (math.isfinite(a) and math.isfinite(b) and math.isclose(a, b, rel_tol=1e-9))


def figures(read):
    """Count figures found, intervals and units right, and numbers taken for figures that are none."""
    got, of = Counter(), Counter()
    for passage in read:
        found = list(find_figures(passage["text"]).itertuples())
        for gold in passage["figures"]:
            of.update(found=1, interval=1, unit=1)
            row = next((row for row in found if row.start < gold["end"] and row.end > gold["start"]), None)
            if row is None:
                continue
            low, high = (
                end if gold[name] is None else gold[name] for name, end in (("low", -math.inf), ("high", math.inf))
            )
            flags = (row.low_open, row.high_open, row.approx) == (gold["low_open"], gold["high_open"], gold["approx"])
            got.update(found=1, interval=close(row.low, low) and close(row.high, high) and flags)
            # coded before a sum of money and a toll had a unit
            units = [unit.lower() for unit in gold.get("units", [gold.get("unit")])]
            late = units == [""] and (row.kind == "money" or row.unit in ("dead", "wounded", "injured"))
            share = row.kind == "percent" and "percent" in units  # the unit of PolNeAR's coding, the kind of ours
            got["unit"] += late or share or row.unit.lower() in units
        for gold in passage["excluded"]:
            of["non-figures taken"] += 1
            got["non-figures taken"] += any(row.start < gold["end"] and row.end > gold["start"] for row in found)
    return [(measure, got[measure], of[measure]) for measure in of]


def matched(quotes, row, kinds):
    """Give the quotation found that covers at least half of a coded one, and is half covered by it."""
    best = None
    for quote in quotes:
        shared = min(quote.end, row.end) - max(quote.start, row.start)
        if quote.kind in kinds and shared > 0.5 * (max(quote.end, row.end) - min(quote.start, row.start)):
            best = quote
    return best


def nobodys(gold):
    """Say whether an item is nobody's words beyond doubt: so its writer and, where there is one, the second coder."""
    return gold["kind"] in ("scare", "name") and not gold["doubtful"] and not gold.get("second", "").startswith("S")


def quotes(path):
    """Count attributed passages found, speakers right, and words in marks given to somebody that are nobody's."""
    got, of = Counter(), Counter()
    for passage in passages(path):
        found = list(find_quotes(passage["text"]).itertuples())
        for gold in passage["quotes"]:
            row = type("Row", (), gold)
            if gold["kind"] in ("direct", "reported"):
                quote = matched(found, row, [gold["kind"]])
                of.update(found=1, speaker=1)
                got["found"] += quote is not None
                got["speaker"] += quote is not None and gold["speaker_last"].lower() in quote.speaker.lower()
            elif nobodys(gold):
                quote = matched(found, row, ["direct"])
                of["given away"] += 1
                got["given away"] += quote is not None and quote.speaker != ""
    return [(measure, got[measure], of[measure]) for measure in of]


PRONOUNS = set("he she they it i we who".split())
EMPTY = set("the a an of and his her their mr mrs ms dr in for at to who that former".split())


def named(text):
    return set(re.findall(r"[a-z]+", text.lower())) - EMPTY


def polnear(folder):
    """Count on PolNeAR's development part: passages found, named sources right, clauses covered, true rows."""
    got, of = Counter(), Counter()
    for path in sorted((folder / "text").glob("*.txt")):
        coded = sorted((folder / "attributions").glob(f"{path.stem}_????.ann"))
        if not coded:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        lines = [line.split("\t") for line in coded[0].read_text(encoding="utf-8").splitlines()]
        words = {line[0]: line[2] if len(line) > 2 else "" for line in lines if line[0][0] == "T"}
        places = {
            line[0]: [tuple(map(int, pair.split())) for pair in line[1].split(" ", 1)[1].split(";")]
            for line in lines
            if line[0][0] == "T"
        }
        found = [row for row in find_quotes(text).itertuples() if row.kind in ("direct", "reported")]
        contents = []
        for event in (line[1].split() for line in lines if line[0][0] == "E"):
            roles = [(re.sub(r"\d+$", "", role), place) for role, place in (pair.split(":") for pair in event)]
            source = named(" ".join(words[place] for role, place in roles if role == "Source"))
            for start, end in (span for role, place in roles if role == "Content" for span in places[place]):
                contents.append((start, end))
                hits = [
                    q
                    for q in found
                    if q.start < end
                    and q.end > start
                    and min(q.end, end) - max(q.start, start) >= 0.5 * min(end - start, q.end - q.start)
                ]
                marks = "found, in marks" if re.search('[“"”]', text[start:end]) else "found, without marks"
                of[marks] += 1
                got[marks] += bool(hits)
                if marks == "found, in marks" and hits and source - PRONOUNS:
                    of["speaker, in marks"] += 1
                    got["speaker, in marks"] += any(source & named(str(quote.speaker)) for quote in hits)
        of["rows that are attributions"] += len(found)
        got["rows that are attributions"] += sum(any(q.start < e and q.end > s for s, e in contents) for q in found)
    return [(measure, got[measure], of[measure]) for measure in of]


def real(folder, part):
    """Give the coded figures of a part of PolNeAR's articles with their texts, which must be what they were."""
    for coded in passages(ROOT / "tests" / "real" / "figures.jsonl"):
        with (folder / "text" / coded["file"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        assert hashlib.sha256(text.encode()).hexdigest() == coded["sha256"], f"{coded['file']} is another text"
        if coded["set"] == part:
            yield coded | {"text": text}


def outside(folder):
    """Give the rows of seeds/scores.csv that rest on PolNeAR's texts."""
    parts = [(f"real figures, {part}", row) for part in ("twenty", "ten") for row in figures(real(folder, part))]
    return [("polnear", *row) for row in polnear(folder)] + [(name, *row) for name, row in parts]


def scored(path):
    return figures(passages(path)) if path.stem.startswith("figures") else quotes(path)


def sets():
    """List the sets, figures first, each by its number."""
    return sorted(PASSAGES.glob("*.jsonl"), key=lambda path: (path.stem.partition("-")[0], len(path.stem), path.stem))


def main(arguments):
    if arguments[:1] == ["polnear"]:
        for name, measure, count, of in outside(Path(arguments[1])):
            print(f"{name}, {measure}: {count} of {of} = {count / of:.1%}")
        return
    with STORED.open(encoding="utf-8", newline="") as file:
        before = {tuple(row[:4]): row for row in csv.reader(file)}
    rows, today = [], datetime.date.today().isoformat()
    for path in sets():
        for measure, count, of in scored(path):
            row = [path.stem, measure, str(count), str(of)]
            rows.append(before.get(tuple(row), [*row, today, COMMAND]))
    rows += [row for row in before.values() if row[5] not in ("command", COMMAND)]
    with STORED.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])


if __name__ == "__main__":
    main(sys.argv[1:])
