"""What must be said before a handover is recorded for good."""

from datetime import date

import pytest

from app.domain.handover import HandoverManner, HandoverNote, complete_note
from app.errors import Code
from tests.refusals import refused

TODAY = date(2020, 11, 6)


def test_a_note_is_cleaned_and_otherwise_kept() -> None:
    note = HandoverNote(recipient=" 测试丙 ", day=TODAY, remark=" 盖章收讫 ")
    kept = HandoverNote(recipient="测试丙", day=TODAY, remark="盖章收讫")
    assert complete_note(note, today=TODAY) == kept


@pytest.mark.parametrize("manner", [each for each in HandoverManner if each != "left_behind"])
def test_somebody_must_have_taken_it(manner: HandoverManner) -> None:
    with refused(Code.NAME_EMPTY):
        complete_note(HandoverNote(manner=manner, day=TODAY, remark="x"), today=TODAY)


def test_a_refused_copy_needs_no_taker_but_place_and_witness() -> None:
    left = HandoverNote(manner=HandoverManner.LEFT_BEHIND, day=TODAY)
    with refused(Code.HANDOVER_WITNESS_MISSING):
        complete_note(left, today=TODAY)
    said = HandoverNote(
        manner=HandoverManner.LEFT_BEHIND, day=TODAY, remark="留置传达室，见证人测试丁"
    )
    assert complete_note(said, today=TODAY) == said


def test_nothing_is_handed_over_tomorrow() -> None:
    tomorrow = date(2020, 11, 7)
    with refused(Code.HANDOVER_DAY, day="2020-11-07"):
        complete_note(HandoverNote(recipient="测试丙", day=tomorrow), today=TODAY)
