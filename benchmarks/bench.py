"""Measure speed, memory and growth on many articles: `make bench` writes results.csv, the table and the chart.

The texts are the five articles over and over, each copy with other numbers and another town, 220 a day in every size.
Each step runs in a process of its own, so that its peak of memory is its own.
"""

import csv
import datetime
import importlib.util
import json
import math
import os
import platform
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZES = [800, 8_000, 80_000]
STEPS = ["find_figures", "find_quotes", "many, one core", "many, all cores", "events"]
STEPS += ["scikit-learn, all against all", "datasketch, MinHash"]


def write_dump(path, size):
    """Write articles: the five, each time with other numbers and names, so that no two are the same."""
    from helpers.corpus import load_corpus

    texts, drawn, first = (
        list(load_corpus(ROOT / "seeds").texts.values()),
        random.Random(size),
        datetime.date(2020, 1, 1),
    )
    towns = [f"{a}{b}{c}" for a in ("Al", "Ber", "Cor", "Dan") for b in "aeiou" for c in ("mar", "nis", "tol", "ven")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "outlet", "title", "date"])
        for number in range(size):
            town, text = drawn.choice(towns), texts[number % len(texts)]
            for name in ("Maarat", "Maaret", "Ma’rat", "Idlib", "Syrian"):
                text = text.replace(name, town)
            text = "".join(str(drawn.randrange(10)) if sign.isdecimal() else sign for sign in text)
            day = first + datetime.timedelta(days=number // 220)
            writer.writerow([text, f"outlet {number % 12}", f"{town} taken", day.isoformat()])


def step(name, home, size):
    """Carry out one step, and print its time and its peak of memory, that of its helpers included."""
    import joblib

    from helpers.event.events import events
    from helpers.event.many import many
    from helpers.figures import find_figures
    from helpers.quotes import find_quotes

    dump, quiet = home / f"{size}.csv", lambda line: None
    begun = time.perf_counter()
    if name.startswith("find"):
        find = {"find_figures": find_figures, "find_quotes": find_quotes}[name]
        with dump.open(encoding="utf-8", newline="") as file:
            texts = [row["text"] for row, _ in zip(csv.DictReader(file), range(800), strict=False)]
        begun = time.perf_counter()
        for text in texts:
            find(text)
        size = len(texts)
    elif name == "many, one core":
        many(dump, home / f"one-{size}", say=quiet)
    elif name == "many, all cores":
        with joblib.parallel_config(backend="loky", n_jobs=-1):
            many(dump, home / f"all-{size}", say=quiet)
    elif name == "events":
        events(home / f"all-{size}")
    elif name.startswith("scikit"):
        from sklearn.feature_extraction.text import TfidfVectorizer

        with dump.open(encoding="utf-8", newline="") as file:
            vectors = TfidfVectorizer().fit_transform(row["text"] for row in csv.DictReader(file))
        (vectors @ vectors.T).toarray().argmax(axis=1)
    else:
        from datasketch import MinHashLSH
        from likeness import minhash

        index = MinHashLSH(threshold=0.2)
        with dump.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                made = minhash(row["text"])
                index.query(made)
                index.insert(number, made)
    seconds = time.perf_counter() - begun
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"step": name, "articles": size, "seconds": round(seconds, 2), "peak_MB": round(peak)}))


def measured(sizes):
    """Run every step at every size; what was made at one size goes before the next begins."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            home = Path(place)
            write_dump(home / f"{size}.csv", size)
            for name in STEPS:
                if (name.startswith("find") and size != sizes[0]) or (name.startswith(("sc", "da")) and size > 8_000):
                    continue  # the whole matrix of 80,000 articles would take 51 GB
                if name.startswith("datasketch") and not importlib.util.find_spec("datasketch"):
                    continue
                told = subprocess.run(
                    [sys.executable, __file__, name, place, str(size)],
                    capture_output=True,
                    text=True,
                    check=True,
                    cwd=ROOT,
                )
                rows.append(json.loads(told.stdout.splitlines()[-1]))
                parquet = sum(path.stat().st_size for path in home.glob(f"all-{size}/*.parquet"))
                rows[-1]["parquet_MB"] = round(parquet / 2**20, 2) if name == "many, all cores" else ""
                print(rows[-1], flush=True)
    return rows


def run_beside_floor(times=3):
    """Time `helpers run`, and its floor: the same notebooks with their imports alone, run in turn; give the least."""
    import nbformat

    seconds = {"all": [], "floor": []}
    with tempfile.TemporaryDirectory() as place:
        for kind in seconds:
            home = Path(place) / kind
            for name in ("notebooks", "seeds", "tables", "tests", "README.md"):
                source = ROOT / name
                (shutil.copytree if source.is_dir() else shutil.copy)(source, home / name)
        for path in (Path(place) / "floor" / "notebooks").glob("[0-9]*.ipynb"):
            notebook = nbformat.read(path, 4)
            first = next(cell for cell in notebook.cells if cell.cell_type == "code")
            lines = [line for line in first.source.splitlines() if line.startswith(("import ", "from "))]
            first.source, notebook.cells = "\n".join(lines), [first]
            nbformat.write(notebook, path)
        for _ in range(times):
            for kind, taken in seconds.items():
                begun = time.perf_counter()
                command = [sys.executable, "-m", "helpers", "run"]
                subprocess.run(command, cwd=Path(place) / kind, capture_output=True, check=True)
                taken.append(time.perf_counter() - begun)
    return min(seconds["all"]), min(seconds["floor"])


def tabled(rows):
    """Write the table, each step with its rate, and its growth from the size before as an exponent of the articles."""
    lines = [
        "| step | articles | seconds | articles a second | peak, MB | Parquet, MB | growth |",
        "|---|---|---|---|---|---|---|",
    ]
    before = {}
    for row in sorted(rows, key=lambda row: (STEPS.index(row["step"]), row["articles"])):
        last, growth = before.get(row["step"]), ""
        if last:
            growth = f"{math.log(row['seconds'] / last['seconds']) / math.log(row['articles'] / last['articles']):.2f}"
        before[row["step"]], rate = row, row["articles"] / row["seconds"]
        told = [f"{row['articles']:,}", f"{float(row['seconds']):,.1f}", f"{rate:,.0f}", f"{row['peak_MB']:,}"]
        lines.append(f"| {' | '.join([row['step'], *told, str(row['parquet_MB']), growth])} |")
    return "\n".join(lines)


def draw(rows, path):
    """Draw seconds against articles, both in powers of ten."""
    from helpers import charts

    ax = charts.axes(4.5)
    for name in [name for name in STEPS if not name.startswith("find")]:
        mine = [row for row in rows if row["step"] == name]
        ax.plot([row["articles"] for row in mine], [row["seconds"] for row in mine], marker="o", label=name)
    ax.set(xscale="log", yscale="log", xlabel="articles", ylabel="seconds")
    ax.legend(frameon=False)
    ax.figure.savefig(path, dpi=120, metadata={"Software": None})


def main():
    """Measure all, or carry out the one step that is named."""
    if len(sys.argv) == 4:
        return step(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    rows = measured([int(size) for size in sys.argv[1:]] or SIZES)
    here = Path(__file__).parent
    with (here / "results.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    draw(rows, here / "growth.png")
    today, python = datetime.date.today().isoformat(), platform.python_version()
    machine = f"{today}, {os.cpu_count()} cores ({platform.machine()}), Python {python}"
    page = (here / "README.md").read_text(encoding="utf-8")
    head, tail = page.partition("<!-- table -->")[0], page.partition("<!-- end -->")[2]
    whole, floor = run_beside_floor()
    beside = f"`helpers run` takes {whole:.1f} s; the same notebooks with their imports alone, {floor:.1f} s"
    told = f"{beside}: {whole / floor:.2f} times that floor."
    table = f"<!-- table -->\nMeasured {machine}.\n\n{tabled(rows)}\n\n{told}\n<!-- end -->"
    (here / "README.md").write_text(head + table + tail, encoding="utf-8")
    return None


if __name__ == "__main__":
    main()
