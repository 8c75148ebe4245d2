"""Storage: the only home of SQL."""
