"""The plan of helpers/README.md is the house: imports run down, rooms and functions are small, no export is idle."""

import ast
import re

import pytest
from conftest import ROOT

HOUSE = ROOT / "helpers"
FLOORS = [
    "tokens spans rows corpus coding",
    "figures quotes",
    "voice",
    "terms acts speakers keyness vectors similarity agreement reconcile joint readings arithmetic",
    "charts say evidence defects",
    "publish event __main__",
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms.split()}
FILES = sorted(path for path in HOUSE.rglob("*.py") if path.parent != HOUSE or path.name != "__init__.py")


def room(path):
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def imported(path):
    """Give the rooms that a file imports from, at its head or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "helpers":
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers."):
            yield node.module.split(".")[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_imports_run_down_and_rooms_and_functions_are_small(path):
    text = path.read_text(encoding="utf-8")
    for other in imported(path):
        assert FLOOR[other] <= FLOOR[room(path)], f"{room(path)} imports {other}"
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            assert node.end_lineno - body[0].lineno < 40, node.name


def test_no_room_is_reached_from_itself():
    arrows = {name: set() for name in FLOOR}
    for path in FILES:
        arrows[room(path)] |= set(imported(path)) - {room(path)}
    while leaves := [name for name, others in arrows.items() if not others]:
        arrows = {name: others - set(leaves) for name, others in arrows.items() if name not in leaves}
    assert not arrows


def test_the_plan_names_every_room():
    plan = (HOUSE / "README.md").read_text(encoding="utf-8")
    assert {room(path) for path in FILES} == set(FLOOR)
    assert [name for name in FLOOR if f"`{name}" not in plan and name != "__main__"] == []


def test_what_a_room_exports_is_used_somewhere_else():
    elsewhere = [*ROOT.glob("notebooks/*.ipynb"), HOUSE / "event" / "templates" / "report.ipynb"]
    texts = {path: path.read_text(encoding="utf-8") for path in [*FILES, *elsewhere]}
    for path in FILES:
        listed = re.search(r"__all__ = \[(.*?)\]", texts[path], re.DOTALL)
        for name in re.findall(r'"(\w+)"', listed[1]) if listed else []:
            used = any(re.search(rf"\b{name}\b", text) for other, text in texts.items() if other != path)
            assert used, f"{path.name} exports {name}, which nobody uses"
