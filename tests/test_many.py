"""A dump of articles: read in batches that can be killed, on one core, several, or a cluster; grouped into events."""

import csv
import json
import os
import signal

import joblib
import pandas as pd
import pytest

from helpers import spans
from helpers.__main__ import main
from helpers.corpus import load_corpus
from helpers.event.events import events, extract
from helpers.event.many import many

pytest.importorskip("pyarrow", reason="pyarrow is an extra; make .venv/.test brings it")

TOWNS = ["Aswan", "Bergen", "Cusco", "Dover", "Essen", "Fargo"]


def articles(number):
    """Write articles of which each three on one day tell of one town."""
    for at in range(number):
        town, day = TOWNS[at // 3 % len(TOWNS)], 1 + at // 3 % 28
        text = (
            f"The river flooded {town} harbour. “We left,” the mayor of {town} said. In {town} {10 + at} houses fell."
        )
        yield {"text": text, "outlet": f"paper {at % 3}", "title": f"Flood in {town}", "date": f"2024-03-{day:02d}"}


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "dump.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["text", "outlet", "title", "date"])
        writer.writeheader()
        writer.writerows(articles(60))
    return path


def read(folder, name):
    return pd.concat([pd.read_parquet(path) for path in sorted(folder.glob(f"{name}-*.parquet"))], ignore_index=True)


def same(one, two):
    assert all(read(one, name).equals(read(two, name)) for name in ("articles", "quotes", "figures"))


def test_a_dump_is_read_whatever_its_form_and_a_bad_article_is_passed_over(dump, tmp_path):
    quiet = lambda line: None  # noqa: E731
    assert many(dump, tmp_path / "csv", batch=25, say=quiet) == 0
    assert [len(read(tmp_path / "csv", name)) for name in ("articles", "quotes", "figures")] == [60, 60, 60]
    assert read(tmp_path / "csv", "quotes").speaker[0] == "mayor of Aswan"
    lines = [json.dumps({"Body": row.pop("text"), **row}) for row in articles(60)] + ['{"Body": ""}', '{"Body": 7}']
    (tmp_path / "dump.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(
        spans.CorpusError, match=r"dump\.jsonl has no column text; name it with --text \(there are body"
    ):
        many(tmp_path / "dump.jsonl", tmp_path / "jsonl", say=quiet)
    assert many(tmp_path / "dump.jsonl", tmp_path / "jsonl", {"text": "body"}, batch=25, say=quiet) == 2
    assert read(tmp_path / "jsonl", "articles").error.tolist()[-2:] == ["it has no text"] * 2
    assert read(tmp_path / "jsonl", "quotes").equals(read(tmp_path / "csv", "quotes"))
    pd.read_csv(dump).to_parquet(tmp_path / "dump.parquet")
    many(tmp_path / "dump.parquet", tmp_path / "parquet", batch=25, say=quiet)
    same(tmp_path / "csv", tmp_path / "parquet")


def test_a_killed_run_goes_on_where_it_stopped(dump, tmp_path):
    said = []

    def stop(line):
        said.append(line)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        many(dump, tmp_path / "out", batch=25, say=stop)
    (tmp_path / "out" / "quotes-000001.part").write_bytes(b"half written")
    before = (tmp_path / "out" / "articles-000000.parquet").stat().st_mtime_ns
    many(dump, tmp_path / "out", batch=25, say=said.append)
    assert [line.partition(" articles")[0] for line in said] == ["25", "50", "60"]
    assert (tmp_path / "out" / "articles-000000.parquet").stat().st_mtime_ns == before
    many(dump, tmp_path / "whole", batch=25, say=said.append)
    same(tmp_path / "out", tmp_path / "whole")


@pytest.mark.slow
def test_cores_and_a_cluster_give_the_same_rows_and_a_killed_worker_loses_nothing(dump, tmp_path):
    distributed = pytest.importorskip("distributed", reason="distributed is an extra; make .venv/.test brings it")
    many(dump, tmp_path / "serial", batch=30, say=lambda line: None)
    with joblib.parallel_config(backend="loky", n_jobs=2):
        many(dump, tmp_path / "loky", batch=30, say=lambda line: None)
    same(tmp_path / "serial", tmp_path / "loky")
    killed = []
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
        joblib.parallel_config(backend="dask"),
    ):

        def kill(line):
            if not killed:
                killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

        many(dump, tmp_path / "dask", batch=30, say=kill)
    assert killed
    same(tmp_path / "serial", tmp_path / "dask")


def test_events_are_found_and_one_is_laid_out_for_reading(dump, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["many", str(dump), str(out)]) == 0
    found = events(out, window=1, least=0.5)
    assert found["size"].tolist() == [3] * 20
    assert found.outlets.tolist() == [3] * 20
    assert set(found.words.str.split().str[0]) == set(TOWNS)
    members = pd.read_csv(out / "members.csv")
    assert members.groupby("event").title.nunique().max() == 1
    assert members.copied.between(0.3, 1).all()
    assert main(["new", str(tmp_path / "flood"), "--from", str(out), "--event", "7"]) == 0
    corpus = load_corpus(tmp_path / "flood")
    assert len(corpus.texts) == 3
    assert corpus.articles.outlet.tolist() == ["paper 0", "paper 1", "paper 2"]
    with pytest.raises(spans.CorpusError, match="has no event 99; it has 1 to 20"):
        extract(out, 99)
    assert main(["events", str(tmp_path)]) == 1
    assert "run python -m helpers many DUMP" in capsys.readouterr().err


def test_a_dump_without_events_and_one_that_is_broken(tmp_path):
    quiet = lambda line: None  # noqa: E731
    lone = [{"text": "Alpha beta gamma delta."}, {"text": "Zeta eta \ud800 theta iota."}]
    (tmp_path / "lone.jsonl").write_text("{\n" + "\n".join(map(json.dumps, lone)), encoding="utf-8")
    assert many(tmp_path / "lone.jsonl", tmp_path / "lone", say=quiet) == 1  # the broken line has no text
    assert read(tmp_path / "lone", "articles").text[2] == "Zeta eta ? theta iota."
    assert len(events(tmp_path / "lone")) == 0
    (tmp_path / "cut.json").write_text(json.dumps(lone)[:-9], encoding="utf-8")
    with pytest.raises(spans.CorpusError, match=r"cut\.json: line 1: .*; mend that record"):
        many(tmp_path / "cut.json", tmp_path / "cut", say=quiet)
    with pytest.raises(spans.CorpusError, match=r"none\.csv is no file; check its name"):
        many(tmp_path / "none.csv", tmp_path / "cut", say=quiet)


def test_spellings_of_a_name_are_one_word_where_a_lexicon_says_so(tmp_path):
    quiet = lambda line: None  # noqa: E731
    told = ["Saraqeb burned while Saraqeb slept.", "Sarakeb burned and Sarakeb woke.", "Elsewhere a river rose."]
    (tmp_path / "dump.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in told), encoding="utf-8")
    (tmp_path / "lexicon.toml").write_text('[name.Saraqeb]\nforms = ["Sarakeb"]\n', encoding="utf-8")
    many(tmp_path / "dump.jsonl", tmp_path / "out", say=quiet)
    assert len(events(tmp_path / "out", least=0.5)) == 0
    assert events(tmp_path / "out", least=0.5, lexicon=tmp_path / "lexicon.toml")["size"].tolist() == [2]
