import io
import itertools

import pandas as pd
import pytest
from PIL import Image

from helpers import charts

SAID = {"finding": "All agree", "measure": "articles", "source": "seeds"}


@pytest.mark.parametrize("empty", ["finding", "measure", "source"])
def test_a_chart_cannot_be_finished_without_its_three_lines(empty):
    with pytest.raises(ValueError, match=f"{empty} is empty"):
        charts.finish(charts.axes(2), **{**SAID, empty: " "})


def shown(monkeypatch, ax):
    held = {}
    monkeypatch.setattr(charts.look, "display", lambda data, metadata, raw: held.update(data=data, metadata=metadata))
    charts.show(ax, "\n\n".join(SAID.values()))
    return held


def test_a_picture_has_alt_text_few_colours_and_the_same_bytes_each_time(monkeypatch):
    def draw():
        counts = pd.DataFrame({"own": [3, 1], "quoted": [0, 2]}, index=["x", "y"])
        return charts.bars(charts.axes(3), counts, charts.VOICES)

    first, second = shown(monkeypatch, draw()), shown(monkeypatch, draw())
    assert first == second
    assert first["metadata"]["image/png"]["alt"] == "All agree. articles. x: own 3; y: own 1, quoted 2"
    picture = Image.open(io.BytesIO(first["data"]["image/png"]))
    assert picture.size == (1536, 576)
    assert len(picture.getcolors()) <= 64
    assert len(first["data"]["image/png"]) < 60_000


def test_a_chart_on_which_nothing_is_drawn_is_not_shown(monkeypatch):
    with pytest.raises(ValueError, match="nothing is drawn"):
        shown(monkeypatch, charts.axes(2))


@pytest.mark.parametrize("text", ["a finding", "a\n\nb\n\nc\n\nd"])
def test_the_words_of_a_chart_are_three_paragraphs(text):
    ax = charts.bars(charts.axes(2), pd.DataFrame({"x": [1]}, index=["a"]), {"x": ("#000000", "")})
    with pytest.raises(ValueError, match="a chart has three"):
        charts.show(ax, text)


def test_every_kind_of_chart_says_its_values():
    marks = pd.DataFrame({"row": ["x", "y"], "column": "a", "voice": "own", "position": 0.5, "code": "aid"})
    values = pd.DataFrame([[1, 0.5], [0.5, 1]], index=["a", "b"], columns=["a", "b"])
    score = pd.DataFrame([{"label": "w", "score": 1.0, "low": 0.5, "high": 1.5}])
    period = pd.DataFrame([{"period_start": "2020-01-01", "period_end": "2020-01-02", "label": "a", "shown": "9"}])
    said = [
        (charts.matrix, (values, 0, 1), "a and b 0.50"),
        (charts.dots, (score,), "w 1"),
        (charts.curve, (pd.Series([0.2, -0.1]), "a more"), "a more: holds in 1 of 2, differences -0.10 to 0.20"),
        (charts.cells, (marks, ["x", "y"], ["a"]), "x: 1 in a; y: 1 in a"),
        (charts.barcode, (marks, ["x"]), "x 1"),
        (charts.strip, (marks, ["x", "y"], charts.FRAMES), "x: aid 1; y: aid 1"),
        (charts.windows, (period, "2020-01-01", "2020-01-31"), "a 9 2020-01-01 to 2020-01-02"),
    ]
    for draw, data, expected in said:
        assert draw(charts.axes(2), *data).get_label() == expected


def test_no_text_of_a_chart_is_cut_off_or_lies_over_another():
    long = "A finding " * 14
    ax = charts.bars(
        charts.axes(4), pd.DataFrame({"x": [1, 2]}, index=["one", "a longer name"]), {"x": ("#000000", "")}
    )
    figure = charts.finish(ax, finding=long, measure="What was measured " * 8, source="Source " * 40).get_figure()
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.texts] + [ax.get_tightbbox()]
    for at, box in enumerate(boxes):
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.x1
        assert box.y0 >= 0
        assert box.y1 <= figure.bbox.y1
        assert not any(box.overlaps(other) for other in boxes[at + 1 :])


def test_totals_draw_points_windows_and_levels_with_an_arrow_for_an_open_end():
    days = pd.date_range("2020-01-01", "2020-01-31")
    band = pd.DataFrame({"low": 0.0, "high": 90.0}, index=days)
    inf = float("inf")
    rows = [
        ("about 80", 72, 88, "total"),
        ("under 70", -inf, 70, "total"),
        ("20", 20, 20, "window"),
        ("90", 90, 90, "level"),
    ]
    counts = pd.DataFrame(rows, columns=["label", "low", "high", "kind"])
    counts = counts.assign(start="2020-01-10", end="2020-01-20", accent=False)
    ax = charts.totals(charts.axes(3), band, counts, 120)
    dots = [line.get_ydata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert dots == [70, 80]
    window = next(line for line in ax.lines if line.get_lw() == 2)
    assert window.get_ydata().tolist() == [0, 20]
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None) and not text.get_text()]
    assert [arrow.xy[1] for arrow in arrows] == [60]
    labels = [text.xyann[1] for text in ax.texts if text.get_text()]
    assert labels == sorted(labels)
    assert min(b - a for a, b in itertools.pairwise(labels)) >= 120 / 19


def test_a_window_that_begins_before_the_axis_has_an_arrow():
    rows = [
        {"period_start": start, "period_end": "2020-01-20", "label": "a", "shown": "9"}
        for start in ("2020-01-10", "2019-01-01")
    ]
    ax = charts.windows(charts.axes(2), pd.DataFrame(rows), "2020-01-01", "2020-01-31")
    assert sum(bool(getattr(text, "arrow_patch", None)) for text in ax.texts) == 1
    assert [round(bar.get_width()) for bar in ax.patches[:2]] == [11, 20]


def test_cells_draw_one_square_an_occurrence_in_the_colour_of_its_voice():
    marks = pd.DataFrame(
        [("x", "a", "own"), ("x", "a", "quoted"), ("y", "b", "own")], columns=["row", "column", "voice"]
    )
    ax = charts.cells(charts.axes(3), marks, ["x", "y"], ["a", "b"])
    colours = [patch.get_facecolor()[:3] for patch in ax.patches]
    assert len(colours) == 3
    assert len(set(colours)) == 2
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["own", "quoted"]


def test_a_barcode_has_a_tick_an_occurrence_and_dots_their_intervals():
    marks = pd.DataFrame({"row": ["x", "x", "y"], "position": [0.1, 0.5, 0.9]})
    ax = charts.barcode(charts.axes(2), marks, ["x", "y"])
    assert [len(lines.get_segments()) for lines in ax.collections] == [2, 1]
    assert [text.get_text() for text in ax.texts] == ["2", "1"]
    ax = charts.dots(charts.axes(2), pd.DataFrame([{"label": "w", "score": 1.0, "low": 0.5, "high": 1.5}]))
    assert ax.lines[0].get_xdata().tolist() == [0.5, 1.5]
    scores = pd.DataFrame([{"label": "w", "score": 1.0, "low a": 0.5, "high a": 1.5, "low b": 0.2, "high b": 0.8}])
    ax = charts.dots(charts.axes(2), scores, ["a", "b"], zero=False)
    assert [line.get_xdata().tolist() for line in ax.lines if len(line.get_xdata()) == 2] == [[0.5, 1.5], [0.2, 0.8]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["a", "b"]


def test_a_specification_curve_is_sorted_and_hollow_where_the_claim_fails():
    ax = charts.curve(charts.axes(2), pd.Series([0.2, -0.1, 0.1]), "a more than b")
    full, hollow = ax.lines[:2]
    assert (full.get_xdata().tolist(), full.get_ydata().tolist()) == ([1, 2], [0.1, 0.2])
    assert (hollow.get_ydata().tolist(), hollow.get_markerfacecolor()) == ([-0.1], "white")
    assert ax.get_title(loc="left") == "a more than b"


def test_a_strip_has_a_cell_and_a_letter_a_unit():
    codes = pd.DataFrame({"row": ["a", "a", "b"], "code": ["military", "aid", "none"]})
    ax = charts.strip(charts.axes(2), codes, ["a", "b"], charts.FRAMES)
    assert [text.get_text() for text in ax.texts] == ["M", "A", "–"]
    assert len(ax.patches) == 3
    letters = [letter for _, letter in charts.FRAMES.values()]
    assert len(set(letters)) == len(letters)


def test_bars_write_decimals_and_count_in_whole_numbers():
    ax = charts.bars(charts.axes(2), pd.DataFrame({"x": [1.25]}, index=["a"]), {"x": ("#000000", "")}, decimals=1)
    assert [text.get_text() for text in ax.texts] == ["1.2"]
    assert all(float(tick).is_integer() for tick in ax.get_xticks())


def test_windows_of_years_are_marked_by_years():
    rows = pd.DataFrame([{"period_start": "2012-10-01", "period_end": "2012-10-31", "label": "a", "shown": "out"}])
    ax = charts.windows(charts.axes(2), rows, "2011-01-01", "2014-01-01", years=True)
    shown = [ax.xaxis.get_major_formatter()(value, 0) for value in ax.xaxis.get_major_locator()()]
    assert shown[:3] == ["2011", "2012", "2013"]
