"""签字确认 without a key: who confirmed a finished card, and in which manner."""

from app.domain.card import Card, sign
from app.domain.names import clean_name
from app.domain.sealing import refuse_unfinished
from app.domain.signature import Manner, Signatory, Signature
from app.exchange.card_document import part_hashes
from app.services.assess import open_card, save_card
from app.services.desk import Changes, Desk


def sign_card(
    desk: Desk, card_id: str, *, signatory: Signatory, name: str, manner: Manner
) -> tuple[Card, Changes]:
    """Put a signature under a finished card, in place of an earlier one of the same signatory.

    The signature stands over the two hashes of the card as it is now; a later change of content
    removes it.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED, CARD_UNFINISHED, REASON_MISSING, NAME_EMPTY,
            GLYPH_MISSING and LAYOUT_OVERFLOW: what cannot be printed is not signed.

    """
    from app.services.seal import refuse_unprintable

    before, form = open_card(desk, card_id)
    refuse_unfinished(before, form)
    hashes = part_hashes(before, form)
    signature = Signature(
        signatory=signatory,
        name=clean_name(name),
        at=desk.clock.now(),
        manner=manner,
        header_hash=hashes.header,
        scores_hash=hashes.scores,
    )
    signed = sign(before, signature)
    refuse_unprintable(desk, signed, form)
    return save_card(desk, before, signed, action="card.sign")
