"""The steps from each released schema to the next, forward only, in the order imported here."""

from db.migrations import m0001_first
from db.migrations.registry import MIGRATIONS

__all__ = ["MIGRATIONS", "m0001_first"]
