"""What a correction changed, in words, and whose signature stands."""

from dataclasses import dataclass
from typing import assert_never

from app.domain.card import Correction, Mark, NotApplicable, Scored
from app.domain.points import points_text
from app.domain.revision import (
    Change,
    EvidenceChange,
    HeaderChange,
    HeaderPart,
    MarkChange,
    OpinionChange,
)
from app.domain.signature import Pending, Signatory
from app.domain.unit import Fact
from app.services.confirm import Confirmation
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
        lines=tuple(_line(change, labels) for change in read.changes)
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


def _line(change: Change, labels: Labels) -> str:
    match change:
        case HeaderChange(what=HeaderPart.VISIT):
            return labels("signing.change.visit")
        case HeaderChange():
            return labels(
                "signing.change.line",
                what=_header_name(change.what, labels),
                before=_header_value(change.what, change.before, labels),
                after=_header_value(change.what, change.after, labels),
            )
        case MarkChange():
            return labels(
                "signing.change.line",
                what=change.clause,
                before=_mark(change.before, labels),
                after=_mark(change.after, labels),
            )
        case EvidenceChange():
            return labels(
                "signing.change.evidence",
                clause=change.clause,
                before=change.before,
                after=change.after,
            )
        case OpinionChange():
            return labels(
                "signing.change.line",
                what=labels("signing.change.opinion"),
                before=change.before or labels("signing.change.none"),
                after=change.after or labels("signing.change.none"),
            )
        case _:
            assert_never(change)


def _header_name(what: HeaderPart | Fact, labels: Labels) -> str:
    return labels.fact(what) if isinstance(what, Fact) else labels(f"signing.change.{what}")


def _header_value(what: HeaderPart | Fact, text: str, labels: Labels) -> str:
    if not text:
        return labels("signing.change.none")
    return labels(f"signing.change.{text}") if what is Fact.HIGH_RISK else text


def _mark(mark: Mark | None, labels: Labels) -> str:
    match mark:
        case None:
            return labels("signing.change.open")
        case NotApplicable(reason=reason):
            return labels("signing.change.not_applicable", reason=reason)
        case Scored(reason="", points=points):
            return labels("signing.change.points", points=points_text(points))
        case Scored(points=points, reason=reason):
            return labels("signing.change.points_why", points=points_text(points), reason=reason)
