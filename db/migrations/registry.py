"""The one set of migrations; each `m0001_*` module adds its step to it."""

from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("ankang")
