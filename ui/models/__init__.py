"""Item models over tuples of frozen dataclasses."""
