"""A sealed revision as it is kept, and a card as it stands in a list."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.domain.card import Card, CardHash, CardId, Policy, Terms
from app.domain.delivery import Delivery
from app.domain.evidence import Evidence
from app.domain.form import Form, FormHash
from app.domain.scoring import Totals
from app.domain.unit import Unit, UnitKey


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedIndex:
    """What lists and the ranking need of a sealed revision, derived from its document.

    `base` is the converted one under `rescale`. `signer` is the serial of the certificate.
    `received_in` is the digest of the package it came in, '' for our own.
    """

    hash: CardHash
    id: CardId
    revision: int
    unit: UnitKey
    unit_name: str
    terms: Terms
    base: Decimal
    bonus: Decimal
    sealed_at: datetime
    signer: str
    received_in: str = ""


def index_of(
    card: Card,
    sums: Totals,
    *,
    card_hash: CardHash,
    sealed_at: datetime,
    signer: str,
    received_in: str = "",
) -> SealedIndex:
    """Derive the index of a sealed revision from its card."""
    return SealedIndex(
        hash=card_hash,
        id=card.id,
        revision=card.revision,
        unit=card.unit.key,
        unit_name=card.unit.name,
        terms=card.terms,
        base=sums.converted,
        bonus=sums.bonus,
        sealed_at=sealed_at,
        signer=signer,
        received_in=received_in,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCard:
    """A sealed revision: the bytes that were signed, their CMS, and its PDF, kept as evidence."""

    index: SealedIndex
    document: bytes
    cms: bytes
    pdf: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """A card in a list: its newest revision, the clauses marked, and the hash once sealed.

    `given` are the points of all marks, 不涉及 counting nothing. `delivery` is what is proven of
    the sealed document that counts (of two of a revision the accepted one), None for a draft.
    """

    id: CardId
    revision: int
    unit: Unit
    form: FormHash
    season: str
    policy: Policy
    date_to: date
    marked: frozenset[str]
    not_applicable: frozenset[str]
    given: Decimal
    sealed: CardHash | None
    delivery: Delivery | None


def printed_total(line: CardLine, form: Form) -> Decimal:
    """Return 总得分 as it is printed, as `Totals.total` of the whole card would say it."""
    if line.policy is not Policy.FULL or not line.not_applicable:
        return line.given
    spared = (clause.points for clause in form.clauses if clause.id in line.not_applicable)
    return line.given + sum(spared)
