"""One module a kind of block: measured once, never split."""
