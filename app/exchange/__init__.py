"""The package that travels: written, read, verified."""
