"""整改: every step of a hazard's life, what each needs, and what may be written about it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.hazard import (
    Act,
    Contact,
    Field,
    Grade,
    Hazard,
    HazardState,
    Recipient,
    Report,
    Side,
)
from app.domain.rectification import (
    possible_acts,
    take_step,
    with_field,
    with_photo,
    without_photo,
)
from app.errors import Code
from tests.hazards import BY, PHOTO, brought_to, synthetic_hazard, typed
from tests.refusals import refused

ALLOWED = {
    (HazardState.OPEN, Act.BEGIN): HazardState.RECTIFYING,
    (HazardState.OPEN, Act.WITHDRAW): HazardState.WITHDRAWN,
    (HazardState.RECTIFYING, Act.SUBMIT): HazardState.RECHECK,
    (HazardState.RECTIFYING, Act.WITHDRAW): HazardState.WITHDRAWN,
    (HazardState.RECHECK, Act.PASS): HazardState.CLOSED,
    (HazardState.RECHECK, Act.FAIL): HazardState.RECTIFYING,
    (HazardState.RECHECK, Act.WITHDRAW): HazardState.WITHDRAWN,
    (HazardState.CLOSED, Act.FAIL): HazardState.RECTIFYING,
}
DEPARTMENT = {
    "department_to": "测试区应急管理局",
    "department_on": "2020-11-05",
    "department_how": "书面",
}
CONGRESS = {
    "congress_to": "第三届第二次职代会",
    "congress_on": "2020-11-06",
    "congress_how": "会上",
}


@pytest.mark.parametrize("state", HazardState)
@pytest.mark.parametrize("act", Act)
def test_a_step_goes_where_it_may_and_nowhere_else(state: HazardState, act: Act) -> None:
    hazard = brought_to(state)
    if (state, act) in ALLOWED:
        after = take_step(hazard, act, remark="测试", by=BY)
        assert after.state is ALLOWED[state, act]
        assert after.steps[:-1] == hazard.steps
        assert (after.steps[-1].act, after.steps[-1].by) == (act, BY)
    else:
        assert act not in possible_acts(hazard)
        with refused(Code.HAZARD_STEP_FORBIDDEN, act=act.value, state=state.value):
            take_step(hazard, act, remark="测试", by=BY)


@pytest.mark.parametrize("act", [Act.FAIL, Act.WITHDRAW])
def test_going_back_and_withdrawing_need_a_remark(act: Act) -> None:
    hazard = brought_to(HazardState.RECHECK)
    with refused(Code.HAZARD_REMARK_MISSING):
        take_step(hazard, act, remark=" \n", by=BY)
    assert (
        take_step(hazard, act, remark="防护罩 仍未装", by=BY).steps[-1].remark == "防护罩 仍未装"
    )


def test_nothing_goes_on_before_it_says_what_was_found_but_it_can_be_withdrawn() -> None:
    hazard = replace(synthetic_hazard(), text="")
    with refused(Code.HAZARD_TEXT_MISSING):
        take_step(hazard, Act.BEGIN, remark="", by=BY)
    withdrawn = take_step(hazard, Act.WITHDRAW, remark="误建", by=BY)
    assert withdrawn.state is HazardState.WITHDRAWN


def test_closing_needs_a_photo_from_after_or_a_remark_why_there_is_none() -> None:
    hazard = brought_to(HazardState.RECHECK)
    with refused(Code.HAZARD_PHOTO_MISSING):
        take_step(with_photo(hazard, Side.BEFORE, PHOTO), Act.PASS, remark="", by=BY)
    shown = with_photo(hazard, Side.AFTER, PHOTO)
    assert take_step(shown, Act.PASS, remark="", by=BY).state is HazardState.CLOSED
    assert take_step(hazard, Act.PASS, remark="涉密不拍照", by=BY).state is HazardState.CLOSED


def missing_one_word() -> list[dict[str, str]]:
    whole = {**DEPARTMENT, **CONGRESS}
    return [{key: text for key, text in whole.items() if key != left} for left in whole]


@pytest.mark.parametrize("fields", [{}, DEPARTMENT, CONGRESS, *missing_one_word()])
def test_a_suspected_major_one_is_not_closed_before_both_reports(fields: dict[str, str]) -> None:
    hazard = brought_to(HazardState.RECHECK, typed(synthetic_hazard(), grade="suspected_major"))
    hazard = with_photo(hazard, Side.AFTER, PHOTO)
    with refused(Code.HAZARD_REPORTS_MISSING):
        take_step(typed(hazard, **fields), Act.PASS, remark="已复查", by=BY)
    reported = typed(hazard, **DEPARTMENT, **CONGRESS)
    assert take_step(reported, Act.PASS, remark="", by=BY).state is HazardState.CLOSED
    assert reported.report(Recipient.CONGRESS) == Report(
        to="第三届第二次职代会", on=date(2020, 11, 6), how="会上"
    )


def test_a_change_of_grade_stands_in_the_history() -> None:
    major = typed(synthetic_hazard(), grade="suspected_major")
    again = typed(major, grade="suspected_major")
    back = typed(again, grade="ordinary")
    assert again == major
    assert [step.act for step in back.steps] == [
        Act.RAISE,
        Act.GRADE_SUSPECTED,
        Act.GRADE_ORDINARY,
    ]
    assert back.grade is Grade.ORDINARY


def test_fields_are_kept_as_the_house_keeps_texts() -> None:
    hazard = typed(
        synthetic_hazard(),
        text="配电箱\n门 损坏",
        place="二车间",
        measure="更换",
        person="阿依古丽•买买提",
        post="主任",
        telephone="0755-1234 5678",
        deadline="2020-11-20",
    )
    assert (hazard.text, hazard.place, hazard.measure) == ("配电箱 门 损坏", "二车间", "更换")
    assert hazard.person == Contact(
        name="阿依古丽·买买提", post="主任", telephone="0755-1234 5678"
    )
    assert hazard.deadline == date(2020, 11, 20)
    blank = typed(hazard, person=" ", deadline="")
    assert (blank.person.name, blank.deadline) == ("", None)


@pytest.mark.parametrize("number", ["440301199001011234", "44030119900101123X", "张三"])
def test_no_identity_number_passes_for_a_telephone(number: str) -> None:
    with refused(Code.TELEPHONE_MALFORMED, value=number):
        typed(synthetic_hazard(), telephone=number)


def test_a_report_is_not_dated_ahead_by_the_calendar_of_china() -> None:
    with refused(Code.HAZARD_REPORT_AHEAD, date="2020-11-07"):
        typed(synthetic_hazard(), congress_on="2020-11-07")
    late = replace(BY, at=datetime(2020, 11, 6, 16, 30, tzinfo=UTC))  # half past midnight there
    from_there = with_field(synthetic_hazard(), Field.CONGRESS_ON, "2020-11-07", by=late)
    assert from_there.report(Recipient.CONGRESS).on == date(2020, 11, 7)


def test_a_photo_is_kept_once_on_each_side_and_can_be_taken_away() -> None:
    hazard = with_photo(synthetic_hazard(), Side.BEFORE, PHOTO)
    hazard = with_photo(with_photo(hazard, Side.BEFORE, PHOTO), Side.AFTER, PHOTO)
    assert (hazard.before, hazard.after) == ((PHOTO,), (PHOTO,))
    assert without_photo(hazard, Side.BEFORE, PHOTO.sha256).photos(Side.BEFORE) == ()
    assert without_photo(hazard, Side.BEFORE, PHOTO.sha256).photos(Side.AFTER) == (PHOTO,)


@pytest.mark.parametrize("state", [HazardState.CLOSED, HazardState.WITHDRAWN])
def test_what_is_settled_is_not_written_on(state: HazardState) -> None:
    hazard = brought_to(state)

    def photo(one: Hazard) -> Hazard:
        return with_photo(one, Side.AFTER, PHOTO)

    def no_photo(one: Hazard) -> Hazard:
        return without_photo(one, Side.AFTER, PHOTO.sha256)

    for change in (photo, no_photo, lambda one: typed(one, text="x")):
        with refused(Code.HAZARD_SETTLED):
            change(hazard)
