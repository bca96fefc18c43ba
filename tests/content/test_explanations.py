"""Every rule id that the program prints is explained by ``check --explain``."""

import ast
import re
from pathlib import Path

from handouts.content.gate.registry import RULES, read_explanations

PACKAGE = Path(__file__).resolve().parents[2] / "handouts"
REPORTERS = {"Diagnostic": 0, "Sentence": 0, "make_choice_diagnostic": 0, "complain": 0, "_fault": 0, "_complain": 1}
"""What makes a diagnostic, and which of its arguments is the rule."""
NO_RULES = {"own-list"}
"""What looks like a rule in such a module and is the name of a decision."""
WORD = re.compile(r"[a-z]+(-[a-z]+)+\Z")
"""What an id with a hyphen looks like; in a module that picks the rule from several, all such words count."""


def list_rules():
    """Return the rule ids in the code, each with a module that has it."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    named = {
        node.targets[0].id: node.value.value
        for tree in trees.values()
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and is_word(node.value)
    }
    found = {}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [*node.args[REPORTERS[name] : REPORTERS[name] + 1]] if name in REPORTERS else []
            given += [word.value for word in node.keywords if word.arg == "rule"]
            for rule in given:
                if isinstance(rule, ast.Constant):
                    found[rule.value] = path.name
                elif isinstance(rule, ast.Name) and rule.id in named:
                    found[named[rule.id]] = path.name
                elif name == "Diagnostic":
                    found |= {word.value: path.name for word in ast.walk(tree) if is_word(word)}
    return {rule: name for rule, name in found.items() if rule not in NO_RULES}


def is_word(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(WORD.match(node.value))


def test_every_rule_that_is_printed_is_explained():
    found = {**list_rules(), **dict.fromkeys(RULES, "registry.py")}
    assert len(found) > 160
    assert {"figure-joint-range", "svg-unsupported", "digits-would-move", "hidden-rows", "duplicate-row"} <= set(found)
    missing = {rule: module for rule, module in sorted(found.items()) if rule not in read_explanations()}
    assert not missing, "add them to handouts/content/gate/data/rules.yaml"


def test_every_explanation_is_of_a_rule():
    known = {*list_rules(), *RULES}
    assert [rule for rule in read_explanations() if rule not in known] == []
