"""A syntax error of the YAML reader in plain words."""

from __future__ import annotations

import yaml

from handouts.diagnostics import Diagnostic, Span

_SENTENCES: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "there is a second ': ' on this line, or the line is indented differently from its neighbours",
        "put quotes round a text that holds ': ', and line the keys up",
    ),
    (
        "could not find expected ':'",
        "a key without its ':' stands here, or just before",
        "write 'key: value', with a space after the colon",
    ),
    (
        "did not find expected key",
        "this line does not fit its neighbours: keys of one mapping start in the same column",
        "line the keys up; put quotes round a text that begins with a quote, '[' or '{'",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not fit the list before it: entries start with '- ' in the same column",
        "line the entries up",
    ),
    (
        "block sequence entries are not allowed",
        "a list entry ('- ') cannot stand here",
        "start the list on a line of its own, indented under its key",
    ),
    (
        "did not find expected ',' or ']'",
        "a list in [ ] is not closed, or a comma is missing",
        "write [one, two], and put quotes round a text that holds a comma or a bracket",
    ),
    (
        "did not find expected ',' or '}'",
        "a mapping in { } is not closed, or a comma is missing",
        "write {key: value, key: value}, and put quotes round a text that holds a comma or a bracket",
    ),
    ("unexpected end of stream", "a quote is opened and not closed", "close it"),
    ("unknown escape character", "there is a backslash in double quotes that means nothing", "use single quotes"),
    (
        "expected a single document",
        "a second document begins here ('---')",
        "keep one document in a file: leave '---' out",
    ),
    ("document indicator", "a line with '---' or '...' stands inside quotes", "leave it out"),
    ("expected <document start>", "this does not belong to what stands before it", "check the indentation"),
    (
        "did not find expected alphabetic or numeric character",
        "'&' and '*' have a meaning of their own at the start of a value",
        "put quotes round the text",
    ),
    (
        "cannot start any token",
        "a value cannot begin with this character",
        "put quotes round the text",
    ),
)
_TAB = ("a tab stands here; YAML is indented with spaces", "replace each tab by spaces")


def describe_syntax_error(error: yaml.YAMLError, text: str, name: str) -> Diagnostic:
    """Return the diagnostic of a syntax error, at its place, without quoting the file."""
    mark = _find_mark(error, text)
    span = Span(name, mark.line + 1, mark.column + 1) if mark is not None else Span(name)
    if mark is not None and _find_tab(text, mark.line, mark.column):
        return Diagnostic("yaml-tab", _TAB[0], span, hint=_TAB[1])
    problem = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", "")) if part)
    for fragment, message, hint in _SENTENCES:
        if fragment in problem:
            return Diagnostic("yaml-syntax", message, span, hint=hint)
    return Diagnostic("yaml-syntax", "this cannot be read as YAML", span, hint="check indentation, quotes and brackets")


def _find_mark(error: yaml.YAMLError, text: str) -> yaml.Mark | None:
    """Return where an error stands; of something left open until the end of the text, where it was opened."""
    mark: yaml.Mark | None = getattr(error, "problem_mark", None)
    opened: yaml.Mark | None = getattr(error, "context_mark", None)
    if mark is not None and opened is not None and mark.line >= len(text.splitlines()):
        return opened
    return mark


def _find_tab(text: str, line: int, column: int) -> bool:
    """Return whether the white space at the place of an error, or before its line's first word, holds a tab."""
    lines = text.splitlines()
    if line >= len(lines):
        return False
    row = lines[line]
    margin = row[: len(row) - len(row.lstrip())]
    return "\t" in margin or row[column : column + 1] == "\t"
