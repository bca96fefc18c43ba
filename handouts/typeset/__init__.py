"""Fonts, measuring and line breaking."""
