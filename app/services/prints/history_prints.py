"""修订与补充记录: the print that tells every revision of a card and every supplement to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.card import Card, CardHash, correction
from app.domain.evidence import Sha256
from app.domain.revision import changes
from app.domain.sealed import SealedCard
from app.domain.supplement import SealedSupplement
from app.exchange.card_document import part_hashes, read_card
from app.services.cards.view import CardView
from app.services.desk.desk import Desk
from app.services.seal.sealers import SealedFile, sealers

if TYPE_CHECKING:  # ReportLab takes 0.2 s to import
    from app.reports.sheets.history_sheet import History, Revised, Sealing
    from app.reports.sheets.sheet import Stationery


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What is kept of a card: its sealed revisions, oldest first, and all supplements to them.

    `pdfs` are where the sealed files lie, by their hash, of those that are here.
    """

    view: CardView
    sealed: tuple[SealedCard, ...]
    pdfs: Mapping[Sha256, Path]
    supplements: tuple[SealedSupplement, ...]


def has_history(view: CardView) -> bool:
    """Tell whether a card was ever revised, or added to after it was sealed."""
    return view.card.revision > 1 or bool(view.supplements)


def read_records(desk: Desk, view: CardView) -> Records:
    """Return what is kept of a card."""
    indexes = desk.workspace.cards.sealed_revisions(view.card.id)
    held = [desk.workspace.cards.sealed(index.hash) for index in indexes]
    sealed = tuple(one for one in held if one is not None)
    evidence, of = desk.workspace.evidence, desk.workspace.supplements.of
    hashes = [one.pdf.sha256 for one in sealed]
    return Records(
        view=view,
        sealed=sealed,
        pdfs={sha256: evidence.path(sha256) for sha256 in hashes if evidence.holds(sha256)},
        supplements=tuple(one for index in indexes for one in of(index.hash)),
    )


def plan_history(desk: Desk, view: CardView) -> "Callable[[Stationery], bytes]":
    """Return what draws the 修订与补充记录."""
    records = read_records(desk, view)

    def draw(stationery: "Stationery") -> bytes:
        from app.reports.sheets.history_sheet import draw_history

        return draw_history(_history(records), stationery)

    return draw


def _history(records: Records) -> "History":
    from app.crypto.cms import signer_of
    from app.reports.card.sealers import sealer
    from app.reports.sheets.history_sheet import Added, History

    view = records.view
    cards = {one.index.hash: read_card(one.document, view.form) for one in records.sealed}
    revisions = [
        _revised(view, cards[one.index.hash], cards, _sealing(one, records.pdfs))
        for one in records.sealed
    ]
    if view.sealed is None:
        revisions.append(_revised(view, view.card, cards, None))
    return History(
        form=view.form,
        revisions=tuple(revisions),
        supplements=tuple(
            Added(sealed=one, by=sealer(signer_of(one.cms))) for one in records.supplements
        ),
    )


def _revised(
    view: CardView, card: Card, cards: Mapping[CardHash, Card], sealing: "Sealing | None"
) -> "Revised":
    """Return a revision beside the one it replaces; `cards` are the sealed ones by their hash."""
    from app.reports.sheets.history_sheet import Revised

    hashes = part_hashes(card, view.form)
    before = cards.get(card.previous.hash) if card.previous else None
    return Revised(
        card=card,
        correction=correction(card, hashes.scores),
        changes=() if before is None else changes(before, card, view.form),
        header_hash=hashes.header,
        sealing=sealing,
    )


def _sealing(sealed: SealedCard, pdfs: Mapping[Sha256, Path]) -> "Sealing":
    from app.reports.sheets.history_sheet import Sealing

    index = sealed.index
    by = sealers(SealedFile(sealed=sealed, path=pdfs.get(sealed.pdf.sha256)))
    return Sealing(hash=index.hash, at=index.sealed_at, by=by)
