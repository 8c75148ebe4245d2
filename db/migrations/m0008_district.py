"""The district of a unit (所属区、街道、产业工会), for finding and listing it."""

from sqlite_utils import Database

from db.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m0008_district(db: Database) -> None:
    """Add it to the units; of those there are none is known."""
    db.execute("ALTER TABLE unit ADD COLUMN district TEXT NOT NULL DEFAULT ''")
