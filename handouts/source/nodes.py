"""YAML text to a tree of nodes, with the parts of YAML refused that hide or repeat things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml
from yaml import events
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.source.syntax import describe_syntax_error

MOST_LEVELS = 40
"""Deepest nesting that is read; the library needs nine. The C composer calls itself for each level, so it must end."""

TOO_DEEP = "yaml-too-deep"
PLAIN = "plain"
TEXT = "text"
COLLECTION = "collection"

_SPECIAL = re.compile(r"[&*!](?<![^\s\[{,:?\-\"'][&*!])(?:(?<=!)|(?=[\w\-]))")
"""An anchor, an alias or a tag behind a blank, an opener or a quote. It begins with its letter, to be found quickly."""

_STOPPED = "maximum nesting"
"""What libyaml says from 0.2.6 on, which reads at most 1,000 levels; it looks ahead so far before it gives an event."""

_DEEP = 120
_OPENERS = " -?:\t"
_MANY_OPENERS = 1000

if TYPE_CHECKING:
    from yaml.loader import BaseLoader as _Parser
else:
    try:
        from yaml.cyaml import CParser as _Parser
    except ImportError:
        from yaml.loader import BaseLoader as _Parser


class _Composer(_Parser):
    """A composer that tells plain scalars from the others by their tag, and resolves nothing."""

    def __init__(self, text: str) -> None:
        super().__init__(text)

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:
        """Return the tag of a node that has none of its own."""
        if kind is ScalarNode:
            return PLAIN if isinstance(implicit, tuple) and implicit[0] else TEXT
        return COLLECTION

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """Do nothing: there are no resolvers by path."""

    def ascend_resolver(self) -> None:
        """Do nothing: there are no resolvers by path."""


def compose_nodes(text: str, name: str, collector: Collector) -> Node | None:
    """Return the root node of a YAML text, or None after reporting what is wrong. An empty text has no root either."""
    try:
        if _needs_close_look(text) and not _check_events(text, name, collector):
            return None
        root: Node | None = _Composer(text).get_single_node()
    except yaml.YAMLError as error:
        if _STOPPED in str(error):
            collector.add(_find_depth(error, text, name))
        else:
            collector.add(describe_syntax_error(error, text, name))
        return None
    except RecursionError:
        collector.add(make_depth_error(Span(name)))
        return None
    if root is None:
        collector.add(Diagnostic("yaml-empty", "this file is empty", Span(name)))
    return root


def make_span(node: Node, name: str) -> Span:
    """Return where a node begins."""
    return Span(name, node.start_mark.line + 1, node.start_mark.column + 1)


def _needs_close_look(text: str) -> bool:
    """Return whether a text may hold anchors, aliases or tags, or nest deeply: few do, and looking costs time."""
    openers = text.count("[") + text.count("{")
    if openers > _MANY_OPENERS or _SPECIAL.search(text):
        return True
    return any(len(line) >= _DEEP and not line[:_DEEP].strip(_OPENERS) for line in text.splitlines())


_REFUSED = {
    "yaml-anchor": ("anchors ('&name') are not read here", "write the words out, or put quotes round a text with '&'"),
    "yaml-alias": ("aliases ('*name') are not read here", 'write the words out; for bold words use quotes: "**…**"'),
    "yaml-tag": ("tags ('!name') are not read here", "leave the tag out, or put quotes round the text"),
}


def _check_events(text: str, name: str, collector: Collector) -> bool:
    """Return whether no event of a text is refused and the nesting is bounded; report each that is."""
    parser = _Composer(text)
    level = 0
    clean = True
    while parser.check_event():
        event = parser.get_event()  # type: ignore[no-untyped-call]
        for rule in _find_refused(event):
            collector.add(_make_refusal(rule, _find_event(event, name)))
            clean = False
        if isinstance(event, events.CollectionStartEvent):
            level += 1
            if level > MOST_LEVELS:
                collector.add(make_depth_error(_find_event(event, name)))
                return False
        elif isinstance(event, events.CollectionEndEvent):
            level -= 1
    return clean


def _find_depth(error: yaml.YAMLError, text: str, name: str) -> Diagnostic:
    """Return the diagnostic of nesting that goes too deep even for the reader, at the first level that is not read."""
    mark = getattr(error, "problem_mark", None)
    found = Collector()
    if mark is not None:
        _check_events(text[: mark.index], name, found)
    return next((item for item in found if item.rule == TOO_DEEP), make_depth_error(Span(name)))


def _find_refused(event: events.Event) -> list[str]:
    if isinstance(event, events.AliasEvent):
        return ["yaml-alias"]
    found = []
    if getattr(event, "anchor", None) is not None:
        found.append("yaml-anchor")
    if getattr(event, "tag", None) is not None:
        found.append("yaml-tag")
    return found


def _find_event(event: events.Event, name: str) -> Span:
    mark = event.start_mark
    return Span(name) if mark is None else Span(name, mark.line + 1, mark.column + 1)


def _make_refusal(rule: str, span: Span) -> Diagnostic:
    message, hint = _REFUSED[rule]
    return Diagnostic(rule, message, span, hint=hint)


def make_tag_error(node: Node, name: str) -> Diagnostic:
    """Return the diagnostic of a node with a tag of its own."""
    return _make_refusal("yaml-tag", make_span(node, name))


def make_depth_error(span: Span) -> Diagnostic:
    """Return the diagnostic of nesting that goes too deep."""
    return Diagnostic(TOO_DEEP, f"this is nested too deeply; at most {MOST_LEVELS} levels are read", span)


__all__ = [
    "COLLECTION",
    "MOST_LEVELS",
    "PLAIN",
    "TEXT",
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "compose_nodes",
    "make_depth_error",
    "make_span",
    "make_tag_error",
]
