"""The house stands as it was designed: who may know whom, and how large a thing may grow."""

import ast
import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ["home", "news", "partners", "publications", "search"]
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 40

RANKS = {
    "cms.choices": 0,
    "cms.collation": 0,
    "cms.renditions": 0,
    "cms.formats": 0,
    "cms.editorial.rule": 0,
    "cms.api.shapes": 0,
    "cms.blocks": 1,
    "cms.models": 1,
    "cms.changes": 1,
    "cms.editorial": 2,
    "cms.translation": 3,
    "cms.delivery": 4,
    "cms.api": 4,
    "cms.templatetags": 4,
    "cms.checks": 4,
    "cms.apps": 4,
    "partners": 5,
    "news": 6,
    "publications": 6,
    "home": 7,
    "search": 7,
    "cms.urls": 8,
    "cms.wsgi": 8,
    "cms.api.routes": 8,
    "cms.api.urls": 8,
    "cms.sample": 8,
    "cms.management": 8,
    "cms.settings": 9,
}
SETTINGS = "cms.settings"
ROOF = 8
APART = {("news", "publications"), ("publications", "news")}


def module_name(path: Path) -> str:
    """'cms/models/pages.py' gives 'cms.models.pages', 'cms/models/__init__.py' 'cms.models'."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def our_files() -> list[Path]:
    found = [path for room in ["cms", *ROOMS] for path in (ROOT / room).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


FILES = our_files()
NAMES = {module_name(path): path for path in FILES}
MODULES = sorted(name for name in NAMES if name != "cms")


@cache
def tree_of(name: str) -> ast.Module:
    return ast.parse(NAMES[name].read_text())


def rank_of(name: str) -> int:
    """The rank of a module: that of the longest name in RANKS that it stands under."""
    while name not in RANKS:
        name, dot, _ = name.rpartition(".")
        assert dot, f"{name} has no rank"
    return RANKS[name]


def imported(node: ast.AST) -> list[str]:
    """Our own modules that an import names; a name imported from a package counts as module."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"line {node.lineno}: a relative import"
        inner = [f"{node.module}.{alias.name}" for alias in node.names]
        names = [name if name in NAMES else node.module for name in inner]
    else:
        return []
    return [name for name in names if name.split(".")[0] in {"cms", "tests", *ROOMS}]


def imports_of(name: str) -> list[str]:
    return [found for node in ast.walk(tree_of(name)) for found in imported(node)]


def folder_of(name: str) -> str:
    """The room, or the part of the engine, that a module belongs to."""
    parts = name.split(".")
    return ".".join(parts[: 2 if parts[0] == "cms" else 1])


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith(SETTINGS)])
def test_a_module_imports_nothing_of_a_higher_rank(name):
    known = [other for other in imports_of(name) if other.split(".")[0] != "tests"]
    assert [other for other in known if rank_of(other) > rank_of(name)] == []


def circle_in(edges) -> list:
    """The nodes of a circle in a graph of (from, to), [] where there is none."""
    graph: dict = {}
    for start, end in edges:
        if start != end:
            graph.setdefault(start, set()).add(end)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_no_two_modules_import_each_other_in_a_circle():
    edges = [(name, other) for name in MODULES for other in imports_of(name)]
    assert circle_in(edges) == []


def test_no_two_folders_of_a_rank_import_each_other_in_a_circle():
    def place(name):
        return folder_of(name), rank_of(name)

    names = [name for name in MODULES if not name.startswith(SETTINGS)]
    edges = [(place(name), place(other)) for name in names for other in imports_of(name)]
    assert circle_in(edges) == []


def test_news_and_publications_do_not_know_each_other():
    met = [
        (name, other)
        for name in MODULES
        for other in imports_of(name)
        if (folder_of(name), folder_of(other)) in APART
    ]
    assert met == []


def test_only_the_roof_imports_the_models_of_a_room_from_outside():
    met = [
        (name, other)
        for name in MODULES
        for other in imports_of(name)
        if rank_of(name) < ROOF and re.match(rf"({'|'.join(ROOMS)})\.models\b", other)
        if folder_of(name) != folder_of(other)
    ]
    assert met == []


def test_settings_import_nothing_of_ours():
    names = [name for name in MODULES if name.startswith(SETTINGS)]
    others = [other for name in names for other in imports_of(name)]
    assert names
    assert [other for other in others if not other.startswith(SETTINGS)] == []


def test_nothing_imports_the_settings_but_settings_and_none_imports_tests():
    found = [
        (name, other)
        for name in MODULES
        for other in imports_of(name)
        if other.split(".")[0] == "tests"
        or (other.startswith(SETTINGS) and not name.startswith(SETTINGS))
    ]
    assert found == []


def test_the_environment_is_read_in_one_place():
    reads = re.compile(r"os\.environ\b|os\.getenv|environ\.Env")
    found = [name for name in MODULES if reads.search(NAMES[name].read_text())]
    assert sorted(set(found) - {"cms.wsgi"}) == ["cms.settings.env"]


def _is_ready(function: ast.AST, name: str) -> bool:
    return name.endswith(".apps") and getattr(function, "name", "") == "ready"


@pytest.mark.parametrize("name", MODULES)
def test_no_import_of_ours_hides_in_a_function(name):
    functions = [
        node
        for node in ast.walk(tree_of(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_ready(node, name)
    ]
    hidden = [
        other for function in functions for node in ast.walk(function) for other in imported(node)
    ]
    assert hidden == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_300_lines(path):
    assert len(path.read_text().splitlines()) <= LINES_OF_A_FILE


def all_python() -> list[Path]:
    return FILES + sorted((ROOT / "tests").rglob("*.py"))


def test_no_test_file_is_longer_than_300_lines():
    tests = (ROOT / "tests").rglob("*.py")
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in tests}
    assert {name: size for name, size in sizes.items() if size > LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_40_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in all_python()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LINES_OF_A_FUNCTION
    ]
    assert long == []


def engine() -> list[str]:
    """The modules of the engine that stand below the roof."""
    below = [name for name in MODULES if name.startswith("cms.") and not name.startswith(SETTINGS)]
    return [name for name in below if rank_of(name) < ROOF]


def strings_of(name: str) -> list[str]:
    """The strings of a module, its docstrings excepted."""
    described = ast.Module | ast.ClassDef | ast.FunctionDef
    tree = tree_of(name)
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, described) and node.body and isinstance(node.body[0], ast.Expr)
    }
    after = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    prose |= {id(node.value) for node in after}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [n.value for n in constants if isinstance(n.value, str) and id(n) not in prose]


@pytest.mark.parametrize("name", engine())
def test_the_engine_names_no_page_type(name):
    label = re.compile(rf"^(?:{'|'.join(ROOMS)})\.[A-Z]\w+$", re.IGNORECASE)
    assert [text for text in strings_of(name) if label.match(text)] == []
    assert [other for other in imports_of(name) if other.split(".")[0] in ROOMS] == []
