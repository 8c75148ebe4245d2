"""data/submission.json: the sealed cards a submission carries, and that it carries no others."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from app.domain.card import CardHash, CardId
from app.domain.evidence import Sha256
from app.domain.points import ZERO
from app.domain.supplement import SupplementHash
from app.errors import AppError, Code
from app.exchange.bag import require_same_names
from app.exchange.canonical import canonical
from app.exchange.documents import read_record
from app.exchange.head import require_sums
from app.exchange.naming import SUBMISSION, card_names, evidence_name, supplement_names
from app.exchange.opened import OpenPackage
from app.exchange.wire import (
    IS_NUMBER,
    IS_POINTS,
    IS_SHA256,
    IS_UUID,
    EvidenceWire,
    WireStruct,
)


class CardRecord(WireStruct, frozen=True):
    """A sealed revision. `base` and `bonus` are the sender's word; the document decides.

    `evidence` holds every file the card names, whether or not it travels along.
    """

    id: Annotated[CardId, IS_UUID]
    revision: Annotated[int, IS_NUMBER]
    hash: Annotated[CardHash, IS_SHA256]
    base: Annotated[str, IS_POINTS]
    bonus: Annotated[str, IS_POINTS]
    pdf: EvidenceWire
    evidence: tuple[EvidenceWire, ...]


class SupplementRecord(WireStruct, frozen=True):
    """A supplement to one of the cards; `files` holds every file it names."""

    hash: Annotated[SupplementHash, IS_SHA256]
    card: Annotated[CardHash, IS_SHA256]
    files: tuple[EvidenceWire, ...]


class SubmissionIndex(WireStruct, frozen=True, tag_field="type", tag="ankang.submission/1"):
    """What a submission holds; with `photos` false the evidence follows another day."""

    cards: Annotated[tuple[CardRecord, ...], Meta(min_length=1)]
    photos: bool
    supplements: tuple[SupplementRecord, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many cards, supplements, and files of evidence are inside."""
        return {
            "cards": len(self.cards),
            "evidence": len(self.carried),
            "supplements": len(self.supplements),
        }

    @property
    def totals(self) -> dict[str, Decimal]:
        """Points of all cards together."""
        return {
            "base": sum((Decimal(card.base) for card in self.cards), ZERO),
            "bonus": sum((Decimal(card.bonus) for card in self.cards), ZERO),
        }

    @property
    def carried(self) -> dict[str, EvidenceWire]:
        """The files of evidence inside, each once."""
        return {file.sha256: file for file in self.evidence}

    @property
    def evidence(self) -> tuple[EvidenceWire, ...]:
        """The files of evidence inside, as often as a card or supplement names them."""
        if not self.photos:
            return ()
        named = [*(card.evidence for card in self.cards), *(s.files for s in self.supplements)]
        return tuple(file for files in named for file in files)


def submission_bytes(index: SubmissionIndex) -> bytes:
    """Return the index as it stands in the package, under the name SUBMISSION."""
    return canonical(index)


def read_submission(package: OpenPackage) -> SubmissionIndex:
    """Return the index of a submission that holds exactly what the index names.

    Raises:
        AppError: PACKAGE_RECORD_MALFORMED, PACKAGE_ENTRY_MISSING, PACKAGE_ENTRY_UNLISTED,
            PACKAGE_HASH_DIFFERS, PACKAGE_COUNTS_DIFFER.

    """
    index = read_record(package, SUBMISSION, SubmissionIndex)
    if len({(card.id, card.revision) for card in index.cards}) < len(index.cards):
        raise AppError(Code.PACKAGE_RECORD_MALFORMED, name=SUBMISSION, where="$.cards")
    if len({supplement.hash for supplement in index.supplements}) < len(index.supplements):
        raise AppError(Code.PACKAGE_RECORD_MALFORMED, name=SUBMISSION, where="$.supplements")
    named = list(_named(index))
    require_same_names(listed={SUBMISSION, *(name for name, _, _ in named)}, held=package.files)
    for name, sha256, size in named:
        packed = package.files[name]
        if sha256 not in (packed.sha256, None) or size not in (packed.size, None):
            raise AppError(Code.PACKAGE_HASH_DIFFERS, name=name)
    require_sums(package.head, counts=index.counts, totals=index.totals)
    return index


def _named(index: SubmissionIndex) -> Iterator[tuple[str, str | None, int | None]]:
    """Yield name, hash and size of each file the index names; None where it does not say."""
    for card in index.cards:
        names = card_names(card.id, card.revision)
        yield names.document, card.hash, None
        yield names.cms, None, None
        yield names.pdf, card.pdf.sha256, card.pdf.size
    for supplement in index.supplements:
        document, cms = supplement_names(supplement.hash)
        yield document, supplement.hash, None
        yield cms, None, None
    for file in index.evidence:
        yield evidence_name(Sha256(file.sha256)), file.sha256, file.size
