"""Names inside a package are safe; the package's own name is for people."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.card import CardId
from app.domain.evidence import Sha256
from app.exchange.entries import check_names
from app.exchange.head import Kind
from app.exchange.naming import RECEIPT, SUBMISSION, card_names, evidence_name, suggested_name
from tests.packages import make_head


def test_all_names_inside_a_package_are_safe() -> None:
    card = card_names(CardId("0175a4f4-0000-7000-8000-000000000007"), 12)
    check_names([SUBMISSION, RECEIPT, *card.all, evidence_name(Sha256("0" * 64))])


def test_a_submission_is_named_for_person_day_cards_and_number() -> None:
    late = datetime(2020, 11, 5, 16, 30, tzinfo=UTC)  # past midnight in China
    head = replace(make_head(), created=late, counts={"cards": 3})
    assert suggested_name(head, person="张三") == "报送_张三_20201106_3家_第07号.akp"


def test_a_receipt_is_named_without_a_count() -> None:
    head = replace(make_head(), kind=Kind.RECEIPT, sequence=112)
    assert suggested_name(head, person="张三") == "签收_张三_20210601_第112号.akp"


def test_a_long_name_still_makes_a_file_name() -> None:
    name = suggested_name(make_head(), person="\U00030edd" * 100)
    assert len(name.encode()) <= 255


def test_a_strange_name_gives_no_strange_file_name() -> None:
    name = suggested_name(make_head(), person="../阿依古丽·买买提: a/b\\c?\n")
    assert name == "报送_阿依古丽·买买提 a b c_20210601_1家_第07号.akp"
