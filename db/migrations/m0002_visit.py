"""The visit a card was filled at and the unit's opinion: JSON as on the wire, NULL for none."""

from sqlite_utils import Database

from db.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m0002_visit(db: Database) -> None:
    """Add both to the cards; those there are say nothing of either."""
    db.execute("ALTER TABLE card ADD COLUMN visit TEXT")
    db.execute("ALTER TABLE card ADD COLUMN opinion TEXT")
