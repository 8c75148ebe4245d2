"""What a new revision changed, in words: for the screen and for paper alike."""

from typing import assert_never

from app.domain.card import Mark, NotApplicable, Scored
from app.domain.form import Form
from app.domain.points import points_text
from app.domain.revision import (
    Change,
    EvidenceChange,
    HeaderChange,
    HeaderPart,
    MarkChange,
    OpinionChange,
)
from app.domain.unit import Fact
from app.text.catalogue import Catalogue


def change_words(change: Change, form: Form, words: Catalogue) -> str:
    """Return one line for a change; clauses are called by their numbers on the form."""
    match change:
        case HeaderChange(what=HeaderPart.VISIT):
            return words.text("change.visit")
        case HeaderChange():
            return words.text(
                "change.line",
                what=_header_name(change.what, words),
                before=_header_value(change.what, change.before, words),
                after=_header_value(change.what, change.after, words),
            )
        case MarkChange():
            return words.text(
                "change.line",
                what=form.number(change.clause),
                before=_mark(change.before, words),
                after=_mark(change.after, words),
            )
        case EvidenceChange():
            return words.text(
                "change.evidence",
                clause=form.number(change.clause),
                before=change.before,
                after=change.after,
            )
        case OpinionChange():
            return words.text(
                "change.line",
                what=words.text("change.opinion"),
                before=change.before or words.text("change.none"),
                after=change.after or words.text("change.none"),
            )
        case _:
            assert_never(change)


def _header_name(what: HeaderPart | Fact, words: Catalogue) -> str:
    return words.text(f"fact.{what}" if isinstance(what, Fact) else f"change.{what}")


def _header_value(what: HeaderPart | Fact, text: str, words: Catalogue) -> str:
    if not text:
        return words.text("change.none")
    return words.text(f"change.{text}") if what is Fact.HIGH_RISK else text


def _mark(mark: Mark | None, words: Catalogue) -> str:
    match mark:
        case None:
            return words.text("change.open")
        case NotApplicable(reason=reason):
            return words.text("change.not_applicable", reason=reason)
        case Scored(reason="", points=points):
            return words.text("change.points", points=points_text(points))
        case Scored(points=points, reason=reason):
            return words.text("change.points_why", points=points_text(points), reason=reason)
