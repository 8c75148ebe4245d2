"""What a correction changed, in words, and whose signature stands."""

from dataclasses import dataclass

from app.domain.card import Correction
from app.domain.signature import Pending, Signatory
from app.services.seal.confirm import Confirmation
from ui.labels import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionNote:
    """What is said of a revision; `is_scores` tells a 分值调整, which the unit must sign again."""

    title: str
    reason: str
    lines: tuple[str, ...]
    consequence: str
    is_scores: bool


def revision_note(read: Confirmation, labels: Labels) -> RevisionNote | None:
    """Return what a revision changed; None for a first one."""
    card, kind = read.view.card, read.correction
    if card.previous is None or kind is None:
        return None
    return RevisionNote(
        title=labels(f"signing.revision.{kind}", revision=card.revision),
        reason=labels("signing.revision.reason", reason=card.previous.reason),
        lines=tuple(labels.change(change, read.view.form) for change in read.changes)
        or (labels("signing.revision.nothing"),),
        consequence=labels(_consequence(read, kind)),
        is_scores=kind is Correction.SCORES,
    )


def _consequence(read: Confirmation, kind: Correction) -> str:
    if read.view.sealed:
        return f"signing.revision.sealed.{kind}"
    if kind is Correction.SCORES:
        return "signing.revision.falls"
    carried = any(
        signature.signatory is Signatory.UNIT
        and read.is_carried(signature)
        and not isinstance(signature.manner, Pending)
        for signature in read.view.card.signatures
    )
    return "signing.revision.stands" if carried else "signing.revision.unsigned"
