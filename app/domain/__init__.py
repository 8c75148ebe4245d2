"""The rules of the assessment: frozen dataclasses and pure functions."""
