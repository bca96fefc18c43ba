"""The gate: rules that the words, cards and pictures of a library must hold, each with an id and an explanation."""
