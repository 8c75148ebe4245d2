"""「校验」: everything the workspace holds, proven again from the signed bytes."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.crypto.cms import verify_detached
from app.crypto.trust import TrustAnchors
from app.domain.card import files_of
from app.domain.evidence import Evidence
from app.domain.scoring import totals
from app.domain.sealed import SealedIndex, index_of
from app.domain.supplement import SealedSupplement, added_files
from app.errors import AppError
from app.exchange.card_document import card_hash, read_card
from app.exchange.head import NO_PREVIOUS
from app.exchange.supplement_document import supplement_hash
from app.services.desk.desk import Desk
from app.services.desk.forms import form_with_hash
from app.services.keys.trust import anchors
from app.services.seal.seal import FINALIZED


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
    """Check the database, the trail's chain, every sealed card with its rows and its signature.

    A signature is proven as of the day it was made or received, so that a certificate run out
    since is no flaw. Files that came in without the photos they belong to are not missed.
    """
    workspace, trust = desk.workspace, anchors(desk)
    sealed = workspace.cards.all_sealed()
    flaws = [Flaw(code="database", where=line) for line in workspace.problems()]
    broken = workspace.audit.first_broken()
    if broken is not None:
        flaws.append(Flaw(code="audit_chain", where=str(broken)))
    flaws.extend(_cut_off(desk))
    for index in sealed:
        flaws.extend(_card_flaws(desk, index, trust))
    for card in workspace.cards.drafts():
        flaws.extend(_file_flaws(desk, files_of(card)))
    trail = tuple(workspace.audit.lines())
    made = {line.entry.details.get("hash") for line in trail if line.entry.action == FINALIZED}
    lost = made - {index.hash for index in sealed}
    flaws.extend(Flaw(code="card_missing", where=str(card_hash)) for card_hash in lost)
    return Audit(
        lines=len(trail),
        head=workspace.audit.head(),
        cards=len(sealed),
        files=len(workspace.evidence.all()),
        flaws=tuple(flaws),
    )


def _cut_off(desk: Desk) -> Iterator[Flaw]:
    """Yield packages whose head of the trail is no line of it: the trail was cut or replaced."""
    heads = {line.hash for line in desk.workspace.audit.lines()}
    for record in desk.workspace.packages.all(outgoing=True):
        if record.audit_head not in heads and record.audit_head != NO_PREVIOUS:
            yield Flaw(code="audit_cut_off", where=record.package_id)


def _card_flaws(desk: Desk, index: SealedIndex, trust: TrustAnchors) -> Iterator[Flaw]:
    workspace, moment = desk.workspace, index.sealed_at
    sealed = workspace.cards.sealed(index.hash)
    if sealed is None or card_hash(sealed.document) != index.hash:
        yield Flaw(code="card_bytes", where=index.id)
        return
    try:
        form = form_with_hash(desk, index.terms.form)
        card = read_card(sealed.document, form)
        rows = workspace.cards.revision(card.id, card.revision)
        signer = verify_detached(
            sealed.document, sealed.cms, trust=trust, moment=moment, now=moment
        )
    except AppError as refusal:
        yield Flaw(code=refusal.code, where=index.id)
        return
    derived = index_of(
        card,
        totals(card, form),
        card_hash=index.hash,
        sealed_at=moment,
        signer=signer.serial,
        received_in=index.received_in,
    )
    if derived != index:
        yield Flaw(code="card_index", where=index.id)
    if rows != card and not _is_conflict(desk, index):
        yield Flaw(code="card_rows", where=index.id)
    if not workspace.evidence.is_intact(sealed.pdf.sha256):
        yield Flaw(code="pdf", where=index.id)
    for held in workspace.supplements.of(index.hash):
        yield from _supplement_flaws(desk, held, trust)
    yield from _file_flaws(desk, files_of(card), index.received_in)


def _supplement_flaws(desk: Desk, held: SealedSupplement, trust: TrustAnchors) -> Iterator[Flaw]:
    package = desk.workspace.packages.get(held.received_in)
    moment = package.handled_at if package else held.supplement.at
    try:
        verify_detached(held.document, held.cms, trust=trust, moment=moment, now=moment)
    except AppError as refusal:
        yield Flaw(code=refusal.code, where=held.hash)
    if supplement_hash(held.document) != held.hash:
        yield Flaw(code="supplement_bytes", where=held.hash)
    yield from _file_flaws(desk, added_files(held.supplement.addition), held.received_in)


def _is_conflict(desk: Desk, index: SealedIndex) -> bool:
    revisions = desk.workspace.cards.sealed_revisions(index.id)
    return sum(other.revision == index.revision for other in revisions) > 1


def _file_flaws(desk: Desk, files: tuple[Evidence, ...], received_in: str = "") -> Iterator[Flaw]:
    evidence = desk.workspace.evidence
    for file in files:
        may_be_missing = received_in and not evidence.holds(file.sha256)
        if not may_be_missing and not evidence.is_intact(file.sha256):
            yield Flaw(code="evidence", where=file.sha256)
