"""Single values given on the command line (``--set KEY=VALUE``), laid over a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handouts.content.explanations import make_choice_diagnostic
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.patient.forms import PatientForm
from handouts.source.document import DataPath, Places

LIST_KEYS = ("conditions", "exercises")
"""Keys whose value is split at ``;``, commas and line ends in a setting or in a cell of a table."""

CODE_KEYS = frozenset({*LIST_KEYS, "stage", "side", "pattern", "edition", "sleeps_on", "work"})
"""Keys whose values are ids or words of a fixed list."""

_SEPARATOR = re.compile(r"[;,\n]")

FILE_ONLY_KEYS = ("overrides",)
"""Keys that only a record's file may hold: a decision against a rule needs a name and a reason."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One value with its key; ``value`` None takes the key out of the record."""

    key: str
    value: str | list[str] | None

    @property
    def span(self) -> Span:
        """Where it was written."""
        return Span(f"--set {self.key}")


@dataclass(frozen=True, slots=True)
class LayeredPlaces:
    """Places of a record that settings were laid over."""

    ground: Places
    settings: Mapping[str, Setting]

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        """Return where a value was written, or its key."""
        if path and path[0] in self.settings:
            return self.settings[str(path[0])].span
        return self.ground.span(path, key)


def parse_settings(texts: Iterable[str], collector: Collector) -> tuple[Setting, ...]:
    """Return the settings of ``KEY=VALUE`` texts; what is no setting of a record is reported."""
    known = tuple(key for key in PatientForm.keys if key not in FILE_ONLY_KEYS)
    settings: dict[str, Setting] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        key = key.strip()
        if not equals:
            hint = "write --set KEY=VALUE, such as --set stage=later"
            collector.add(Diagnostic("malformed-setting", "a setting has no '='", Span("--set"), hint=hint))
        elif key in FILE_ONLY_KEYS:
            message = f"'{key}' stands in a record's file only"
            hint = "it needs a name and a reason"
            collector.add(Diagnostic("malformed-setting", message, Span(f"--set {key}"), hint=hint))
        elif key not in known:
            collector.add(make_choice_diagnostic("unknown-key", "unknown key", Span("--set"), key, known, private=True))
        elif key in settings:
            collector.add(Diagnostic("duplicate-key", f"'{key}' is set twice", Span(f"--set {key}")))
        else:
            settings[key] = Setting(key, split_value(key, value))
    return tuple(settings.values())


def split_value(key: str, text: str) -> str | list[str] | None:
    """Return a cell or setting as the record holds it: a list for list keys, None for nothing.

    Spreadsheets and people write ``Left`` and ``Falls risk, asthma``: what has a fixed spelling is taken for that.
    """
    text = text.strip()
    if not text:
        return None
    if key in LIST_KEYS:
        return [_spell_code(part) for part in _SEPARATOR.split(text) if part.strip()]
    return _spell_code(text) if key in CODE_KEYS else text


def _spell_code(text: str) -> str:
    return "-".join(text.lower().replace("_", " ").split())


def apply_settings(
    data: Mapping[str, Any], places: Places, settings: Sequence[Setting]
) -> tuple[dict[str, Any], Places]:
    """Return a record's data with settings laid over it, and its places."""
    if not settings:
        return dict(data), places
    laid = {**data, **{setting.key: setting.value for setting in settings}}
    return laid, LayeredPlaces(places, {setting.key: setting for setting in settings})
