"""Synthetic units, people and cards for practice and for the demo."""
