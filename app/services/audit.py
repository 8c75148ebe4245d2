"""「校验」: everything the workspace holds, proven again from the signed bytes."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.card import files_of
from app.domain.evidence import Evidence
from app.domain.scoring import totals
from app.domain.sealed import SealedIndex, index_of
from app.domain.supplement import added_files
from app.errors import AppError
from app.exchange.card_document import card_hash, read_card
from app.exchange.supplement_document import supplement_hash
from app.services.desk import Desk
from app.services.forms import form_with_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Something that does not agree: a stable word, and where."""

    code: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an audit found. `head` is the hash of the trail's last line."""

    lines: int
    head: str
    cards: int
    files: int
    flaws: tuple[Flaw, ...]

    @property
    def ok(self) -> bool:
        """Tell whether nothing was found."""
        return not self.flaws


def audit(desk: Desk) -> Audit:
    """Check the database, the trail's chain, every sealed card against its rows, every file."""
    workspace = desk.workspace
    sealed = workspace.cards.all_sealed()
    flaws = [Flaw(code="database", where=line) for line in workspace.problems()]
    broken = workspace.audit.first_broken()
    if broken is not None:
        flaws.append(Flaw(code="audit_chain", where=str(broken)))
    for index in sealed:
        flaws.extend(_card_flaws(desk, index))
    for card in workspace.cards.drafts():
        flaws.extend(_file_flaws(desk, files_of(card)))
    return Audit(
        lines=sum(1 for _ in workspace.audit.lines()),
        head=workspace.audit.head(),
        cards=len(sealed),
        files=len(workspace.evidence.all()),
        flaws=tuple(flaws),
    )


def _card_flaws(desk: Desk, index: SealedIndex) -> Iterator[Flaw]:
    workspace = desk.workspace
    sealed = workspace.cards.sealed(index.hash)
    if sealed is None or card_hash(sealed.document) != index.hash:
        yield Flaw(code="card_bytes", where=index.id)
        return
    try:
        form = form_with_hash(desk, index.terms.form)
        card = read_card(sealed.document, form)
    except AppError as refusal:
        yield Flaw(code=refusal.code, where=index.id)
        return
    derived = index_of(
        card,
        totals(card, form),
        card_hash=index.hash,
        sealed_at=index.sealed_at,
        signer=index.signer,
        received_in=index.received_in,
    )
    if derived != index:
        yield Flaw(code="card_index", where=index.id)
    rows = workspace.cards.revision(card.id, card.revision)
    if rows != card and not _is_conflict(desk, index):
        yield Flaw(code="card_rows", where=index.id)
    if not workspace.evidence.is_intact(sealed.pdf.sha256):
        yield Flaw(code="pdf", where=index.id)
    for held in workspace.supplements.of(index.hash):
        if supplement_hash(held.document) != held.hash:
            yield Flaw(code="supplement_bytes", where=held.hash)
        if not held.received_in:
            yield from _file_flaws(desk, added_files(held.supplement.addition))
    if not index.received_in:
        yield from _file_flaws(desk, files_of(card))


def _is_conflict(desk: Desk, index: SealedIndex) -> bool:
    revisions = desk.workspace.cards.sealed_revisions(index.id)
    return sum(other.revision == index.revision for other in revisions) > 1


def _file_flaws(desk: Desk, files: tuple[Evidence, ...]) -> Iterator[Flaw]:
    for file in files:
        if not desk.workspace.evidence.is_intact(file.sha256):
            yield Flaw(code="evidence", where=file.sha256)
