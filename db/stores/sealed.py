"""Sealed cards: the signed bytes as made or received, with what lists and the ranking need."""

from app.domain.card import Card, CardHash, CardId
from app.domain.evidence import Evidence, Sha256
from app.domain.sealed import SealedCard, SealedIndex
from app.domain.unit import UnitKey
from db.engine import Row
from db.stores.cards import DraftRows, terms_of
from db.stores.columns import blob, hundredths, points_of, time_of, time_text, whole

_INDEX_COLUMNS = """
    hash, card_id, revision, unit_code, sub_unit, unit_name, form, guide, step_hundredths, policy,
    base_hundredths, bonus_hundredths, sealed_at, signer, received_in
"""
_COLUMNS = f"{_INDEX_COLUMNS}, document, cms, pdf_sha256, pdf_name, pdf_size"
_ADD = f"INSERT INTO sealed_card ({_COLUMNS}) VALUES ({', '.join('?' * 20)})"
_GET = f"SELECT {_COLUMNS} FROM sealed_card WHERE hash = ?"
_AS_PDF = f"SELECT {_COLUMNS} FROM sealed_card WHERE pdf_sha256 = ? ORDER BY rowid LIMIT 1"
# Every digit sorts before "g", so that the primary key finds them.
_BEGINNING = f"""
    SELECT {_INDEX_COLUMNS} FROM sealed_card WHERE hash >= ?1 AND hash < ?1 || 'g'
    ORDER BY hash
"""
_OF_CARD = f"SELECT {_INDEX_COLUMNS} FROM sealed_card WHERE card_id = ? ORDER BY revision, rowid"
_OF_UNIT = f"""
    SELECT {_INDEX_COLUMNS} FROM sealed_card WHERE unit_code = ? AND sub_unit = ?
    ORDER BY card_id, revision, rowid
"""
_ALL = f"SELECT {_INDEX_COLUMNS} FROM sealed_card ORDER BY card_id, revision, rowid"
_MARK_SEALED = "UPDATE card SET sealed = ? WHERE id = ? AND revision = ? AND sealed IS NULL"
_HAS_ROWS = "SELECT 1 FROM card WHERE id = ? AND revision = ?"


class CardStore(DraftRows):
    """Fulfils `app.ports.CardStore`: the rows of cards, and their sealed bytes."""

    def seal(self, sealed: SealedCard) -> None:
        """Keep the sealed bytes of a revision that stands here as a draft, else LookupError."""
        self._add_sealed(sealed)
        index = sealed.index
        drafts = self._connection.execute(_MARK_SEALED, (index.hash, index.id, index.revision))
        if drafts != 1:
            raise LookupError(index.id, index.revision)

    def add_received(self, sealed: SealedCard, card: Card) -> None:
        """Keep a sealed revision that came in, and its rows unless another document has them."""
        if self._connection.scalar(_HAS_ROWS, (card.id, card.revision)) is None:
            self.add(card)
            self.seal(sealed)
        else:
            self._add_sealed(sealed)

    def sealed(self, card_hash: CardHash) -> SealedCard | None:
        """Return a sealed revision by its hash."""
        return self._connection.one(_sealed, _GET, (card_hash,))

    def sealed_as(self, pdf: Sha256) -> SealedCard | None:
        """Return the sealed revision whose PDF has this hash."""
        return self._connection.one(_sealed, _AS_PDF, (pdf,))

    def sealed_beginning(self, digits: str) -> tuple[SealedIndex, ...]:
        """Return the sealed revisions whose hash begins with these lower-case digits."""
        return self._connection.each(_index, _BEGINNING, (digits,))

    def sealed_revisions(self, card_id: str) -> tuple[SealedIndex, ...]:
        """Return a card's sealed revisions, oldest first; two of one number are a conflict."""
        return self._connection.each(_index, _OF_CARD, (card_id,))

    def sealed_of_unit(self, key: UnitKey) -> tuple[SealedIndex, ...]:
        """Return the sealed revisions of a unit's cards."""
        return self._connection.each(_index, _OF_UNIT, (key.code, key.sub_unit))

    def all_sealed(self) -> tuple[SealedIndex, ...]:
        """Return every sealed revision, by card and revision."""
        return self._connection.each(_index, _ALL)

    def _add_sealed(self, sealed: SealedCard) -> None:
        index, pdf = sealed.index, sealed.pdf
        self._connection.execute(
            _ADD,
            (
                index.hash,
                index.id,
                index.revision,
                index.unit.code,
                index.unit.sub_unit,
                index.unit_name,
                index.terms.form,
                index.terms.guide,
                hundredths(index.terms.step),
                index.terms.policy,
                hundredths(index.base),
                hundredths(index.bonus),
                time_text(index.sealed_at),
                index.signer,
                index.received_in,
                sealed.document,
                sealed.cms,
                pdf.sha256,
                pdf.name,
                pdf.size,
            ),
        )


def _index(row: Row) -> SealedIndex:
    return SealedIndex(
        hash=CardHash(str(row["hash"])),
        id=CardId(str(row["card_id"])),
        revision=whole(row["revision"]),
        unit=UnitKey(code=str(row["unit_code"]), sub_unit=str(row["sub_unit"])),
        unit_name=str(row["unit_name"]),
        terms=terms_of(row),
        base=points_of(row["base_hundredths"]),
        bonus=points_of(row["bonus_hundredths"]),
        sealed_at=time_of(row["sealed_at"]),
        signer=str(row["signer"]),
        received_in=str(row["received_in"]),
    )


def _sealed(row: Row) -> SealedCard:
    return SealedCard(
        index=_index(row),
        document=blob(row["document"]),
        cms=blob(row["cms"]),
        pdf=Evidence(
            sha256=Sha256(str(row["pdf_sha256"])),
            name=str(row["pdf_name"]),
            media_type="application/pdf",
            size=whole(row["pdf_size"]),
        ),
    )
