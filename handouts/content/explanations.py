"""What an error of pydantic means, said to an author: what is wrong, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from handouts.diagnostics import Diagnostic, Span, find_near_names
from handouts.source.document import DataPath, Places

if TYPE_CHECKING:
    from handouts.content.locations import Place

Detail = dict[str, Any]
_KEY_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}\Z")


class Sentence(NamedTuple):
    """What is wrong: the rule, the words, how to mend it, and the names that would be right."""

    rule: str
    message: str
    hint: str = ""
    candidates: tuple[str, ...] = ()


class WrongValueError(ValueError):
    """What a validator of a form raises: the words after the key's name, how to mend it, and the rule."""

    def __init__(self, message: str, hint: str = "", rule: str = "malformed-value") -> None:
        super().__init__(message)
        self.hint = hint
        self.rule = rule


PATTERNS: dict[str, tuple[str, str]] = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": ("must be an id", "small letters, digits and hyphens, such as pelvic-tilt"),
    r"^\d+\.\d+$": ("must be a version", "two numbers with a point, such as 1.0"),
    r"^[A-Z0-9][A-Z0-9-]*$": ("must be the key of a source", "capitals, digits and hyphens, such as NICE-NG59"),
}
"""What a text that does not match must be, and an example, by pattern. Other modules add theirs."""


def explain_error(detail: Detail, place: Place, places: Places, private: bool) -> Diagnostic | None:
    """Return the diagnostic of one error, or None for an echo of another error."""
    kind = str(detail["type"])
    value = detail.get("input")
    if kind == "extra_forbidden":
        return _explain_unknown_key(place, places, private)
    if kind == "missing":
        message = f"the key '{place.path[-1]}' is missing{_say_where(place.path[:-1])}"
        return Diagnostic("missing-key", message, places.span(place.path[:-1]), hint=_describe_key(place))
    if kind.startswith("union_tag"):
        return _explain_unknown_kind(detail, place, places, private)
    if kind in ("too_short", "too_long") and _is_echo(detail):
        return None
    name = name_place(place.path)
    if place.on_key:
        sentence = _explain_key(detail, place)
    elif value is None:
        sentence = Sentence("empty-value", f"{name} is empty", "write a value")
    else:
        sentence = _explain_value(kind, detail, place, name)
    if sentence.rule == "empty-value":
        sentence = sentence._replace(hint=f"{sentence.hint}{_say_otherwise(place)}")
    span: Span = places.span(place.path, key=place.on_key)
    return _make_diagnostic(sentence, span, value if not place.on_key else place.path[-1], private)


def name_place(path: DataPath) -> str:
    """Return how a place is called in a sentence: ``'title'``, ``entry 2 of 'steps'``, ``this file``."""
    if not path:
        return "this file"
    last = path[-1]
    if isinstance(last, str):
        return f"'{last}'"
    return f"entry {last + 1} of {name_place(path[:-1])}" if len(path) > 1 else f"entry {last + 1}"


def make_choice_diagnostic(
    rule: str, message: str, span: Span, given: object, candidates: tuple[str, ...], private: bool, hint: str = ""
) -> Diagnostic:
    """Return a diagnostic about a name that is not known. With ``private`` the name itself stands nowhere in it."""
    return _make_diagnostic(Sentence(rule, message, hint, candidates), span, given, private)


def _make_diagnostic(sentence: Sentence, span: Span, given: object, private: bool) -> Diagnostic:
    rule, message, hint, candidates = sentence
    written = given if isinstance(given, str) else ""
    if not private:
        return Diagnostic(
            rule, message, span, hint=hint, given=written if candidates else "", candidates=tuple(candidates)
        )
    near = find_near_names(written, candidates) if written and candidates else ()
    advice = f"did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
    return Diagnostic(rule, message, span, hint="; ".join(part for part in (advice, hint) if part))


def _explain_unknown_key(place: Place, places: Places, private: bool) -> Diagnostic:
    key = str(place.path[-1])
    shown = f" '{key}'" if not private or (_KEY_LIKE.match(key) and find_near_names(key, place.keys)) else ""
    message = f"unknown key{shown}{_say_where(place.path[:-1])}"
    return make_choice_diagnostic("unknown-key", message, places.span(place.path, key=True), key, place.keys, private)


def _explain_unknown_kind(detail: Detail, place: Place, places: Places, private: bool) -> Diagnostic:
    context = detail.get("ctx") or {}
    key = str(context.get("discriminator", "kind")).strip("'")
    choices = tuple(re.findall(r"'([^']*)'", str(context.get("expected_tags", ""))))
    if not choices:
        message = f"the key '{key}' is missing in {name_place(place.path)}"
        return Diagnostic("missing-key", message, places.span(place.path), hint="it says what sort of part this is")
    message = f"'{key}' must be one of {', '.join(choices)}"
    span = places.span((*place.path, key))
    return make_choice_diagnostic("wrong-choice", message, span, context.get("tag"), choices, private)


def _explain_key(detail: Detail, place: Place) -> Sentence:
    choices = tuple(re.findall(r"'([^']*)'", str((detail.get("ctx") or {}).get("expected", ""))))
    if choices:
        return Sentence("unknown-key", f"this key must be one of {', '.join(choices)}", "", choices)
    wrong, example = PATTERNS.get(str((detail.get("ctx") or {}).get("pattern")), ("is not written as it must be", ""))
    return Sentence("malformed-value", f"this key {wrong}", example)


def _explain_value(kind: str, detail: Detail, place: Place, name: str) -> Sentence:
    """Return what is wrong with a value that is there."""
    context: Detail = detail.get("ctx") or {}
    if kind == "too_long" and isinstance(detail.get("input"), str):
        kind = "string_too_long"
    if kind == "literal_error" or (place.choices and kind in _WRONG_TYPES):
        choices = place.choices
        return Sentence("wrong-choice", f"{name} must be one of {', '.join(choices)}", "", choices)
    if kind == "string_pattern_mismatch":
        wrong, example = PATTERNS.get(str(context.get("pattern")), ("is not written as it must be", ""))
        return Sentence("malformed-value", f"{name} {wrong}", example)
    if kind == "value_error":
        error = context.get("error")
        if isinstance(error, WrongValueError):
            return Sentence(error.rule, f"{name} {error}", error.hint)
        return Sentence("malformed-value", f"{name} is not right: {error}")
    made = _SENTENCES.get(kind)
    if made is not None:
        return made(name, context)
    return Sentence("malformed-value", f"{name} is not what may stand here")


def _explain_length(name: str, context: Detail) -> Sentence:
    if "max_length" in context:
        return Sentence("too-long", f"{name} has too many entries; at most {context['max_length']} may stand here")
    return Sentence("too-short", f"{name} has too few entries; at least {context['min_length']} must stand here")


def _say_type(words: str, hint: str = "") -> Callable[[str, Detail], Sentence]:
    return lambda name, context: Sentence("wrong-type", f"{name} must be {words}", hint)


def _say_bound(words: str, key: str) -> Callable[[str, Detail], Sentence]:
    return lambda name, context: Sentence("out-of-range", f"{name} must be {words} {context[key]}")


_INTEGER = _say_type("a whole number", "digits only")
_LIST = _say_type("a list", "write [one, two], or a line with '- ' for each entry")
_MAPPING = _say_type("a mapping", "write 'key: value' lines, indented under it")
_SENTENCES: dict[str, Callable[[str, Detail], Sentence]] = {
    "string_type": _say_type("text", "put quotes round it"),
    "string_too_short": lambda name, context: Sentence("empty-value", f"{name} is empty", "write a text"),
    "string_too_long": lambda name, context: Sentence(
        "too-long", f"{name} is too long; at most {context['max_length']} characters may stand here"
    ),
    "int_type": _INTEGER,
    "int_parsing": _INTEGER,
    "int_from_float": _INTEGER,
    "float_type": _say_type("a number"),
    "float_parsing": _say_type("a number"),
    "bool_type": _say_type("true or false"),
    "bool_parsing": _say_type("true or false"),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "too_short": _explain_length,
    "too_long": _explain_length,
    "greater_than_equal": _say_bound("at least", "ge"),
    "less_than_equal": _say_bound("at most", "le"),
}
_WRONG_TYPES = frozenset({"string_type", "bool_type", "int_type"})


def _say_where(path: DataPath) -> str:
    return f" in {name_place(path)}" if path else ""


def _describe_key(place: Place) -> str:
    field = place.form.model_fields.get(str(place.path[-1])) if place.form is not None else None
    return (field.description or "").rstrip(".") if field is not None else ""


def _say_otherwise(place: Place) -> str:
    """Return what else than to write something can be done about an empty value."""
    if place.form is None:
        return ", or take the entry out"
    field = place.form.model_fields.get(str(place.path[-1]))
    return "; it must be there" if field is not None and field.is_required() else ", or leave the key out"


def _is_echo(detail: Detail) -> bool:
    """Return whether a list only looks too short because its entries are wrong, which is reported at them."""
    value, context = detail.get("input"), detail.get("ctx") or {}
    return isinstance(value, list) and len(value) >= int(context.get("min_length", 0)) and "min_length" in context
