"""The words of the page: each one that a locale file holds is asked for somewhere."""

import ast
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LOCALES = sorted((ROOT / "sections" / "locale").glob("*.yaml"))


@pytest.fixture(scope="module")
def asked():
    """Return the keys that code names whole, and the beginnings of keys that code completes (``day-{number}``)."""
    whole, beginnings = set(), set()
    for path in (ROOT / "handouts").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return whole, tuple(text for text in beginnings if text.endswith("-"))


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_every_word_of_a_locale_is_asked_for(asked, path):
    whole, beginnings = asked
    words = yaml.safe_load(path.read_text(encoding="utf-8"))["words"]
    unused = [key for key in words if key not in whole and not key.startswith(beginnings)]
    assert words
    assert not unused
