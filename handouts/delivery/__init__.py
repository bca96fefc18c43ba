"""Files, batches and print runs."""
