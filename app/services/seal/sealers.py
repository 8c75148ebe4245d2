"""Who sealed a revision of a card, as its sealed file says: one inspector, or two."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.card import CardHash
from app.domain.sealed import SealedCard
from app.files import read_whole
from app.services.desk.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """A sealed revision, and where its file lies, None where it is not here."""

    sealed: SealedCard
    path: Path | None


def sealed_file(desk: Desk, card_hash: CardHash) -> SealedFile | None:
    """Return a sealed revision by its hash."""
    sealed, evidence = desk.workspace.cards.sealed(card_hash), desk.workspace.evidence
    if sealed is None:
        return None
    digest = sealed.pdf.sha256
    return SealedFile(
        sealed=sealed, path=evidence.path(digest) if evidence.holds(digest) else None
    )


def sealers(file: SealedFile) -> tuple[str, ...]:
    """Return all whom the file names, else whom its record does; on the compute lane.

    Raises:
        AppError: FILE_MISSING, FILE_UNREADABLE, and as `sealers_of`.

    """
    from app.crypto.cms import signer_of
    from app.reports.card.sealers import sealer
    from app.reports.seal.seal_reading import sealers_of

    if file.path is None:
        return (sealer(signer_of(file.sealed.cms)),)
    return tuple(each.name for each in sealers_of(read_whole(file.path)))
