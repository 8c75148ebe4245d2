"""data/receipt.json: what an office says it received, and what became of each card."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from app.domain.card import CardId
from app.exchange.bag import require_same_names
from app.exchange.canonical import canonical
from app.exchange.documents import read_record
from app.exchange.head import require_sums
from app.exchange.naming import RECEIPT
from app.exchange.opened import OpenPackage
from app.exchange.wire import (
    IS_MOMENT,
    IS_NUMBER,
    IS_SHA256,
    IS_TEXT,
    IS_UUID,
    WireStruct,
)

_IS_CODE = Meta(pattern=r"^[a-z0-9_]{0,60}\Z")


class CardOutcome(StrEnum):
    """What became of a card at the office."""

    RECEIVED = "received"
    ADOPTED = "adopted"
    RETURNED = "returned"
    DUPLICATE = "duplicate"
    SET_ASIDE = "set_aside"


class ReceivedPackage(WireStruct, frozen=True):
    """A package that arrived whole; `received_at` as `moments` writes it."""

    package_id: Annotated[str, IS_UUID]
    digest: Annotated[str, IS_SHA256]
    stream: Annotated[str, IS_UUID]
    sequence: Annotated[int, IS_NUMBER]
    received_at: Annotated[str, IS_MOMENT]


class CardAnswer(WireStruct, frozen=True):
    """The office's word on a card: `reason` as a person gave it, `code` as the program did."""

    id: Annotated[CardId, IS_UUID]
    revision: Annotated[int, IS_NUMBER]
    hash: Annotated[str, IS_SHA256]
    outcome: CardOutcome
    reason: Annotated[str, IS_TEXT] = ""
    code: Annotated[str, _IS_CODE] = ""


class ReceiptDocument(WireStruct, frozen=True, tag_field="type", tag="ankang.receipt/1"):
    """A receipt: packages named for the first time in it, and cards with their newest outcome."""

    packages: tuple[ReceivedPackage, ...]
    cards: tuple[CardAnswer, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many packages and cards."""
        return {"packages": len(self.packages), "cards": len(self.cards)}


def receipt_bytes(receipt: ReceiptDocument) -> bytes:
    """Return the receipt as it stands in the package, under the name RECEIPT."""
    return canonical(receipt)


def read_receipt(package: OpenPackage) -> ReceiptDocument:
    """Return the receipt a package holds.

    Raises:
        AppError: PACKAGE_RECORD_MALFORMED, PACKAGE_ENTRY_MISSING, PACKAGE_ENTRY_UNLISTED,
            PACKAGE_COUNTS_DIFFER.

    """
    receipt = read_record(package, RECEIPT, ReceiptDocument)
    require_same_names(listed={RECEIPT}, held=package.files)
    require_sums(package.head, counts=receipt.counts, totals={})
    return receipt
