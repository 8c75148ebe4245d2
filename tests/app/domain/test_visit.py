"""The visit: names and texts as they are kept, and what cannot be."""

import pytest

from app.domain.visit import (
    Host,
    Opinion,
    Recusal,
    Transcript,
    Visit,
    VisitMode,
    cleaned_opinion,
    cleaned_visit,
)
from app.errors import Code
from tests.refusals import refused


def test_a_visit_nobody_described_was_on_site() -> None:
    assert Visit().mode is VisitMode.ON_SITE
    assert Visit().photos_allowed
    assert Visit().recusal is None


def test_names_and_texts_are_kept_clean() -> None:
    typed = Visit(
        received_by=(Host(name=" 买买提・艾力 ", post="安全部  经理"),),
        recusal=Recusal(conflict=" 曾任\n顾问 "),
        transcript=Transcript(typed_by=" 测试甲", checked_by=" "),
    )
    assert cleaned_visit(typed) == Visit(
        received_by=(Host(name="买买提·艾力", post="安全部 经理"),),
        recusal=Recusal(conflict="曾任 顾问"),
        transcript=Transcript(typed_by="测试甲"),
    )
    assert cleaned_opinion(Opinion(objects=True, text=" 请核 ")).text == "请核"


@pytest.mark.parametrize(
    ("visit", "code"),
    [
        (Visit(received_by=(Host(name=" "),)), Code.NAME_EMPTY),
        (Visit(received_by=(Host(name="测" * 101),)), Code.NAME_TOO_LONG),
        (Visit(received_by=(Host(name="测试丙", post="职" * 101),)), Code.NAME_TOO_LONG),
        (Visit(recusal=Recusal(conflict="\x07")), Code.TEXT_NOT_PRINTABLE),
        (
            Visit(transcript=Transcript(typed_by="测试甲", checked_by="测试甲 ")),
            Code.TRANSCRIPT_UNCHECKED,
        ),
    ],
)
def test_what_cannot_be_kept_is_refused(visit: Visit, code: Code) -> None:
    with refused(code):
        cleaned_visit(visit)


def test_an_objection_says_to_what() -> None:
    with refused(Code.OPINION_MISSING):
        cleaned_opinion(Opinion(objects=True, text=" "))
    assert cleaned_opinion(Opinion(objects=False)).text == ""
