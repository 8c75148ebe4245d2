"""The compact credential, of which the code on a paper is made; and cards found by their PDF."""

from sqlite_utils import Database

from db.migrations.registry import MIGRATIONS


@MIGRATIONS()
def m0010_paper_proof(db: Database) -> None:
    """Add it; one made before has none, and the cards sealed with it bear no code."""
    db.execute("ALTER TABLE credential ADD COLUMN compact BLOB NOT NULL DEFAULT x''")
    # Whether a PDF that is verified is kept here: WHERE pdf_sha256 = ?
    db.execute("CREATE INDEX sealed_card_by_pdf ON sealed_card (pdf_sha256)")
