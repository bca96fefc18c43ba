"""Library, record and clinic to plan."""
