"""整改: how a hazard is described and followed to its end, and what each step needs.

待整改 → 整改中 → 待复查 → 已销号, and back when a re-check fails. A 疑似重大 one is not closed
before both reports (双报告: to the supervising department and to the workers' congress) are dated.
Following a hazard never touches the card. Nothing is deleted: a hazard raised by mistake is
withdrawn and keeps its history.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.domain.evidence import Evidence, Sha256
from app.domain.hazard import (
    Act,
    Contact,
    Doer,
    Field,
    Grade,
    Hazard,
    HazardState,
    Recipient,
    Side,
    Step,
)
from app.domain.moment import local_date, parse_date
from app.domain.names import clean_line, clean_name, clean_text
from app.errors import AppError, Code

_TELEPHONE = re.compile(r"(?!.*\d{15})[\d+\-() 转/、,]*")  # no room for an identity number
_STEPS: Mapping[Act, tuple[frozenset[HazardState], HazardState]] = {
    Act.BEGIN: (frozenset({HazardState.OPEN}), HazardState.RECTIFYING),
    Act.SUBMIT: (frozenset({HazardState.RECTIFYING}), HazardState.RECHECK),
    Act.PASS: (frozenset({HazardState.RECHECK}), HazardState.CLOSED),
    # A closed one that shows again, or was closed by a slip, goes the same way back.
    Act.FAIL: (frozenset({HazardState.RECHECK, HazardState.CLOSED}), HazardState.RECTIFYING),
    Act.WITHDRAW: (
        frozenset({HazardState.OPEN, HazardState.RECTIFYING, HazardState.RECHECK}),
        HazardState.WITHDRAWN,
    ),
}
_NEEDS_REMARK = frozenset({Act.FAIL, Act.WITHDRAW})
_REPORTED = {
    Field.DEPARTMENT_TO: Recipient.DEPARTMENT,
    Field.DEPARTMENT_ON: Recipient.DEPARTMENT,
    Field.DEPARTMENT_HOW: Recipient.DEPARTMENT,
    Field.CONGRESS_TO: Recipient.CONGRESS,
    Field.CONGRESS_ON: Recipient.CONGRESS,
    Field.CONGRESS_HOW: Recipient.CONGRESS,
}


def possible_acts(hazard: Hazard) -> tuple[Act, ...]:
    """Return the steps that may come next, the usual one first."""
    return tuple(act for act, (sources, _) in _STEPS.items() if hazard.state in sources)


def take_step(hazard: Hazard, act: Act, *, remark: str, by: Doer) -> Hazard:
    """Return the hazard one step on, the step in its history.

    Raises:
        AppError: HAZARD_STEP_FORBIDDEN, HAZARD_TEXT_MISSING, HAZARD_REMARK_MISSING,
            HAZARD_PHOTO_MISSING (closing needs a photo from after, or a remark why there is none),
            HAZARD_REPORTS_MISSING, TEXT_NOT_PRINTABLE.

    """
    if act not in possible_acts(hazard):
        raise AppError(Code.HAZARD_STEP_FORBIDDEN, act=act.value, state=hazard.state.value)
    said = clean_text(remark)
    if not said and act in _NEEDS_REMARK:
        raise AppError(Code.HAZARD_REMARK_MISSING)
    if not hazard.text and act is not Act.WITHDRAW:
        raise AppError(Code.HAZARD_TEXT_MISSING)
    if act is Act.PASS:
        _refuse_closing(hazard, said)
    step = Step(act=act, by=by, remark=said)
    return replace(hazard, state=_STEPS[act][1], steps=(*hazard.steps, step))


def with_field(hazard: Hazard, name: Field, typed: str, *, by: Doer) -> Hazard:
    """Return the hazard with one field as typed; a change of grade is a step of its history.

    Raises:
        AppError: HAZARD_SETTLED, DATE_MALFORMED, HAZARD_REPORT_AHEAD, TELEPHONE_MALFORMED,
            NAME_TOO_LONG, TEXT_NOT_PRINTABLE.

    """
    _refuse_settled(hazard)
    match name:
        case Field.TEXT | Field.PLACE | Field.MEASURE:
            return _with_text(hazard, name, clean_text(typed))
        case Field.GRADE:
            return _graded(hazard, Grade(typed), by)
        case Field.DEADLINE:
            return replace(hazard, deadline=_day(typed))
        case Field.PERSON | Field.POST | Field.TELEPHONE:
            return replace(hazard, person=_with_contact(hazard.person, name, typed))
        case _:
            return _with_report(hazard, name, typed, by)


def with_photo(hazard: Hazard, side: Side, photo: Evidence) -> Hazard:
    """Return the hazard with a photo; the same one twice is kept once. AppError HAZARD_SETTLED."""
    _refuse_settled(hazard)
    held = hazard.photos(side)
    if any(other.sha256 == photo.sha256 for other in held):
        return hazard
    return _with_photos(hazard, side, (*held, photo))


def without_photo(hazard: Hazard, side: Side, sha256: Sha256) -> Hazard:
    """Return the hazard without a photo; the file itself stays kept. AppError HAZARD_SETTLED."""
    _refuse_settled(hazard)
    left = tuple(photo for photo in hazard.photos(side) if photo.sha256 != sha256)
    return _with_photos(hazard, side, left)


def _refuse_settled(hazard: Hazard) -> None:
    if hazard.is_settled:
        raise AppError(Code.HAZARD_SETTLED)


def _refuse_closing(hazard: Hazard, remark: str) -> None:
    reports = (hazard.report(recipient) for recipient in Recipient)
    if hazard.is_suspected_major and not all(report.is_made for report in reports):
        raise AppError(Code.HAZARD_REPORTS_MISSING)
    if not (hazard.after or remark):
        raise AppError(Code.HAZARD_PHOTO_MISSING)


def _graded(hazard: Hazard, grade: Grade, by: Doer) -> Hazard:
    if hazard.grade is grade:
        return hazard
    act = Act.GRADE_ORDINARY if grade is Grade.ORDINARY else Act.GRADE_SUSPECTED
    return replace(hazard, grade=grade, steps=(*hazard.steps, Step(act=act, by=by)))


def _with_text(hazard: Hazard, name: Field, text: str) -> Hazard:
    match name:
        case Field.TEXT:
            return replace(hazard, text=text)
        case Field.PLACE:
            return replace(hazard, place=text)
        case _:
            return replace(hazard, measure=text)


def _with_contact(person: Contact, name: Field, typed: str) -> Contact:
    if name is Field.PERSON:
        return replace(person, name=clean_name(typed) if typed.strip() else "")
    text = clean_line(typed)
    if name is Field.POST:
        return replace(person, post=text)
    if not _TELEPHONE.fullmatch(text):
        raise AppError(Code.TELEPHONE_MALFORMED, value=text)
    return replace(person, telephone=text)


def _with_report(hazard: Hazard, name: Field, typed: str, by: Doer) -> Hazard:
    recipient = _REPORTED[name]
    report = hazard.report(recipient)
    match name:
        case Field.DEPARTMENT_ON | Field.CONGRESS_ON:
            report = replace(report, on=_day(typed))
        case Field.DEPARTMENT_TO | Field.CONGRESS_TO:
            report = replace(report, to=clean_line(typed))
        case _:
            report = replace(report, how=clean_line(typed))
    if report.on is not None and report.on > local_date(by.at):
        raise AppError(Code.HAZARD_REPORT_AHEAD, date=report.on.isoformat())
    return replace(hazard, reports={**hazard.reports, recipient: report})


def _day(typed: str) -> date | None:
    return parse_date(typed) if typed.strip() else None


def _with_photos(hazard: Hazard, side: Side, photos: tuple[Evidence, ...]) -> Hazard:
    if side is Side.BEFORE:
        return replace(hazard, before=photos)
    return replace(hazard, after=photos)
