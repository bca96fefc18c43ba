"""Imports point one way, and each foreign package has its home."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "handouts"
ORDER = [
    "dataclass", "diagnostics", "interrupts", "resources", "kept", "source", "figure", "qr", "typeset", "content",
    "patient", "tailor", "layout", "pdf", "delivery", "pipeline", "commands",
]  # fmt: skip
HOMES = {
    "yaml": {"source"},
    "qrcode": {"qr"},
    "reportlab": {"typeset", "pdf"},
    "click": {"commands"},
    "pydantic": {"content"},
    "svgelements": {"figure"},
    "rich": {"commands"},
    "fontTools": {"typeset"},
    "uharfbuzz": {"typeset"},
}


def list_files():
    return sorted(path for path in PACKAGE.rglob("*.py") if "data" not in path.relative_to(PACKAGE).parts)


def find_home(path):
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def list_imports(path):
    """Every import of a file with its line, late ones as well."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.lineno, node.module


def test_looks_at_the_whole_package():
    assert len(list_files()) > 80


def test_imports_point_one_way():
    wrong = []
    for path in list_files():
        home = find_home(path)
        if home in {"__init__", "__main__"}:
            continue
        for line, name in list_imports(path):
            parts = name.split(".")
            if parts[0] != "handouts" or len(parts) == 1:
                continue
            if ORDER.index(parts[1]) > ORDER.index(home):
                wrong.append(f"{path.relative_to(PACKAGE)}:{line}: {home} imports {parts[1]}")
    assert wrong == []


def test_each_foreign_package_has_its_home():
    wrong = []
    seen = set()
    for path in list_files():
        for line, name in list_imports(path):
            package = name.split(".")[0]
            seen.add(package)
            if package in HOMES and find_home(path) not in HOMES[package] | {"__main__"}:
                wrong.append(f"{path.relative_to(PACKAGE)}:{line}: {package}")
    assert {"yaml", "qrcode", "reportlab", "click"} <= seen
    assert wrong == []


def test_nothing_imports_what_only_a_checkout_has():
    for path in list_files():
        assert not {"tests", "cli", "benchmarks"} & {name.split(".")[0] for _, name in list_imports(path)}
