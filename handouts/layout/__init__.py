"""Plan to pages."""
