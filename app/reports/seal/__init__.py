"""Sealing a printed card, reading its seals, and proving what it says."""
