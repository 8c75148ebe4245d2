"""What 现场反馈 shows of a card, as sentences to be read aloud."""

from dataclasses import dataclass

from app.domain.card import Policy
from app.domain.evidence import Evidence
from app.domain.feedback import Deduction, Feedback, Inapplicability
from app.domain.points import ZERO, points_text
from app.domain.visit import Opinion
from app.reports.card.wording import OBJECTION_DAYS
from ui.labels import Labels

AGREES, OBJECTS, UNSAID = "agrees", "objects", ""
_POLICIES = {
    Policy.FULL: "feedback.policy.full",
    Policy.RESCALE: "feedback.policy.rescale",
    Policy.ZERO: "feedback.policy.zero",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackLine:
    """One clause: its number and official text, what happened (`off` is '' for 不涉及), why."""

    number: str
    text: str
    off: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures as they will be printed; `converted` is '' unless the policy converts."""

    base: str
    bonus: str
    total: str
    converted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPage:
    """The whole screen. `is_recorded`: the unit's word is kept as it stands here."""

    summary: str
    notice: str
    deductions: tuple[FeedbackLine, ...]
    inapplicable: tuple[FeedbackLine, ...]
    figures: Figures
    meaning: str
    choice: str
    text: str
    refusal: str
    is_read_only: bool
    is_recorded: bool


def chosen(opinion: Opinion | None) -> tuple[str, str]:
    """Return choice and text of what is kept."""
    if opinion is None:
        return UNSAID, ""
    return OBJECTS if opinion.objects else AGREES, opinion.text


def page_of(
    heard: Feedback,
    labels: Labels,
    *,
    stated: tuple[str, str],
    refusal: str,
    is_sealed: bool,
    is_recorded: bool,
) -> FeedbackPage:
    """Return the page of a card, with what was stated of the unit's opinion."""
    choice, text = stated
    return FeedbackPage(
        summary=_summary(heard, labels),
        notice=_notice(heard, labels, is_sealed=is_sealed),
        deductions=tuple(_deduction(each, labels) for each in heard.deductions),
        inapplicable=tuple(_absent(each, heard.policy, labels) for each in heard.inapplicable),
        figures=_figures(heard),
        meaning=labels(
            "feedback.meaning",
            days=OBJECTION_DAYS,
            office=heard.card.office.name or labels("feedback.the_office"),
        ),
        choice=choice,
        text=text,
        refusal=refusal,
        is_read_only=is_sealed,
        is_recorded=is_recorded,
    )


def _summary(heard: Feedback, labels: Labels) -> str:
    if not heard.deductions:
        return labels("feedback.nothing_yet" if heard.open_clauses else "feedback.nothing")
    off = sum((each.off for each in heard.deductions), start=ZERO)
    return labels("feedback.summary", count=len(heard.deductions), points=points_text(off))


def _notice(heard: Feedback, labels: Labels, *, is_sealed: bool) -> str:
    if is_sealed:
        return labels("feedback.sealed")
    if heard.open_clauses:
        return labels("feedback.open", count=heard.open_clauses)
    return ""


def _deduction(each: Deduction, labels: Labels) -> FeedbackLine:
    reason = each.reason or labels("feedback.no_reason")
    by = "feedback.by_rule" if each.rule else "feedback.by_finding"
    said = [labels("feedback.reason", reason=reason), labels(by)]
    if each.photos:
        said.append(labels("feedback.photos", count=len(each.photos), names=_names(each.photos)))
    return FeedbackLine(
        number=each.number,
        text=each.clause.title,
        off=labels("feedback.off", points=points_text(each.off)),
        said=tuple(said),
    )


def _absent(each: Inapplicability, policy: Policy, labels: Labels) -> FeedbackLine:
    fact = labels("feedback.fact", fact=labels.fact(each.fact)) if each.fact else ""
    return FeedbackLine(
        number=each.number,
        text=each.clause.title,
        off="",
        said=(
            labels("feedback.reason", reason=each.reason),
            labels(_POLICIES[policy], fact=fact),
        ),
    )


def _names(photos: tuple[Evidence, ...]) -> str:
    return "、".join(photo.name for photo in photos)


def _figures(heard: Feedback) -> Figures:
    sums = heard.totals
    converts = heard.policy is Policy.RESCALE
    return Figures(
        base=points_text(sums.base),
        bonus=points_text(sums.bonus),
        total=points_text(sums.total),
        converted=points_text(sums.converted) if converts else "",
    )
