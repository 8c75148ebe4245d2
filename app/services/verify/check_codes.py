"""Finding a card by the check code on its paper: the first 12 digits of a hash.

A code proves nothing by itself. It leads to the record, and the record is signed; whoever does not
hold it learns nothing.
"""

from app.domain.card import Card
from app.domain.sealed import SealedIndex
from app.exchange.card_document import part_hashes, unsealed_hash
from app.services.desk.desk import Desk
from app.services.desk.forms import form_with_hash


def bearing_code(desk: Desk, code: str) -> tuple[SealedIndex | Card, ...]:
    """Return what bears a check code (12 digits): sealed revisions, else cards not sealed yet.

    More than one is hardly possible and is for a person to judge: all are returned. A paper
    printed before its card was sealed bears another code than the sealed card; once the card is
    sealed, only the sealed one's is found.
    """
    digits, cards = code.lower(), desk.workspace.cards
    return cards.sealed_beginning(digits) or tuple(
        card for card in cards.drafts() if _code_hash(desk, card).startswith(digits)
    )


def _code_hash(desk: Desk, card: Card) -> str:
    return unsealed_hash(part_hashes(card, form_with_hash(desk, card.terms.form)))
