"""Pages to the bytes of a tagged PDF."""
