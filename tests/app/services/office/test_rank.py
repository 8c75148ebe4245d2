"""名次 and 参赛企业汇总表: which cards are ranked, in which order, and why the others are not."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.domain.ranking import LeftOut
from app.errors import Code
from app.services.cards.assess import Points, record
from app.services.keys.trust import add_trust
from app.services.office.authority import publish_profile, set_rules
from app.services.office.decide import accept_cards, return_card
from app.services.office.rank import ranking, summary, write_summary_sheet
from app.services.seal.seal import revise_card
from app.services.units.register import add_unit
from tests.app.services.field import OFFICE_NAME, OFFICE_PASSPHRASE, Field, contents
from tests.app.services.forgery import packed, redated
from tests.forms import SYNTHETIC_CODES
from tests.refusals import refused


def places(field: Field) -> list[tuple[int, str, Decimal, Decimal]]:
    return [
        (each.rank, each.entry.name, each.entry.base, each.entry.bonus)
        for each in ranking(field.office.desk).ranked
    ]


def left_out(field: Field) -> dict[str, LeftOut]:
    return dict(ranking(field.office.desk).left_out)


def test_base_then_bonus_decide_and_equals_share_a_rank(field: Field) -> None:
    field.accepted(0, S1_R1_C1="1")
    field.accepted(1, S7_R1_C1="5")
    field.accepted(2, S7_R1_C1="5")
    field.accepted(3)
    field.accepted(4, S1_R1_C1="2", S7_R1_C1="10")
    assert places(field) == [
        (1, "测试2号工厂", Decimal(100), Decimal(5)),
        (1, "测试3号工厂", Decimal(100), Decimal(5)),
        (3, "测试4号工厂", Decimal(100), Decimal(0)),
        (4, "测试5号工厂", Decimal(99), Decimal(10)),
        (5, "测试1号工厂", Decimal(98), Decimal(0)),
    ]
    assert left_out(field) == {}


def test_what_is_left_out_says_why(field: Field) -> None:
    undecided = field.received(0).index.id
    returned = field.received(1).index.id
    return_card(field.office.desk, returned, reason="缺照片")
    forked = field.received(2)
    field.take(packed(field, redated(field, forked)))
    field.accepted(3)
    assert left_out(field) == {
        undecided: LeftOut.NOT_DECIDED,
        returned: LeftOut.RETURNED,
        forked.index.id: LeftOut.CONFLICT,
    }
    assert [name for _, name, _, _ in places(field)] == ["测试4号工厂"]


def test_cards_of_other_rules_are_not_compared(field: Field) -> None:
    old = field.accepted(0)
    set_rules(field.office.desk, {"step": "0.5"})
    assert left_out(field) == {old.index.id: LeftOut.OTHER_RULES}
    profile, content = publish_profile(field.office.desk, OFFICE_PASSPHRASE)
    add_trust(field.first.desk, content, fingerprint=profile.fingerprint)
    field.accepted(1, S1_R1_C1="1.5")
    assert places(field) == [(1, "测试2号工厂", Decimal("98.5"), Decimal(0))]
    set_rules(field.office.desk, {"step": "1"})
    assert [name for _, name, _, _ in places(field)] == ["测试1号工厂"]


def test_under_rescale_the_converted_points_rank(field: Field) -> None:
    set_rules(field.office.desk, {"na": "rescale"})
    profile, content = publish_profile(field.office.desk, OFFICE_PASSPHRASE)
    add_trust(field.first.desk, content, fingerprint=profile.fingerprint)
    card = field.first.open_card(women="0")
    field.first.score(card, field.first.inapplicable(), S1_R1_C1="1")
    field.first.sign(card)
    field.first.seal(card)
    field.take(field.submit())
    accept_cards(field.office.desk, [card])
    ((_, _, base, _),) = places(field)
    assert base == Decimal("97.94")  # 95 of 97


def test_the_newest_accepted_revision_counts(field: Field) -> None:
    sealed = field.accepted(S1_R1_C1="1")
    revise_card(field.first.desk, sealed.index.id, reason="复核")
    record(field.first.desk, sealed.index.id, [Points(clause="S1-R1-C1", points="3")])
    field.first.sign(sealed.index.id)
    field.first.seal(sealed.index.id)
    field.take(field.submit())
    assert places(field)[0][2] == Decimal(98)  # not decided yet
    accept_cards(field.office.desk, [sealed.index.id])
    assert places(field)[0][2] == Decimal(100)
    return_card(field.office.desk, sealed.index.id, reason="证据不足")
    assert places(field)[0][2] == Decimal(98)


def test_ranking_changes_nothing(field: Field) -> None:
    field.accepted()
    before = contents(field.office.desk)
    ranking(field.office.desk)
    summary(field.office.desk, prepared_by="测试员")
    assert contents(field.office.desk) == before


def test_only_an_office_ranks(field: Field) -> None:
    with refused(Code.OFFICE_MISSING):
        ranking(field.first.desk)
    with refused(Code.OFFICE_MISSING):
        write_summary_sheet(field.first.desk, field.folder / "x.xlsx", prepared_by="")
    assert not (field.folder / "x.xlsx").exists()


def cells(content: bytes) -> list[list[str]]:
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    rows = [[str(cell) for cell in row if cell is not None] for row in sheet.values]
    return [row for row in rows if row]


def test_the_summary_states_who_when_and_all_figures(field: Field) -> None:
    field.accepted(0, S1_R1_C1="1")
    field.accepted(1, S7_R1_C1="5")
    field.received(2)
    path = field.folder / "s.xlsx"
    assert write_summary_sheet(field.office.desk, path, prepared_by="测试员") == 2
    rows = cells(path.read_bytes())
    text = "\n".join(" ".join(row) for row in rows)
    assert OFFICE_NAME in text
    assert "测试员" in text
    assert "2020" in text
    first = next(row for row in rows if SYNTHETIC_CODES[1] in row)
    second = next(row for row in rows if SYNTHETIC_CODES[0] in row)
    assert rows.index(first) < rows.index(second)
    assert {"100", "5", "105"} <= set(first)
    assert {"98", "0"} <= set(second)
    assert "测试3号工厂" in text  # left out, and said so


def test_the_summary_counts_registered_received_and_accepted(field: Field) -> None:
    field.office.unit(9)
    field.accepted(0)
    field.received(1)
    made = summary(field.office.desk, prepared_by="")
    assert (made.counts.registered, made.counts.received, made.counts.accepted) == (3, 2, 1)
    assert [(row.unit.name, row.why) for row in made.left_out] == [
        ("测试2号工厂", LeftOut.NOT_DECIDED)
    ]


@pytest.mark.parametrize("sign", "=+-@")
def test_a_unit_named_like_a_formula_is_written_as_text(field: Field, sign: str) -> None:
    name = f"{sign}SUM(1)"
    add_unit(field.first.desk, name=name, code=SYNTHETIC_CODES[0], sub_unit="")
    card = field.first.open_card()
    field.first.score(card)
    field.first.sign(card)
    field.first.seal(card)
    field.take(field.submit())
    accept_cards(field.office.desk, [card])
    path = field.folder / "s.xlsx"
    write_summary_sheet(field.office.desk, path, prepared_by=name)
    sheet = load_workbook(path).active
    assert sheet is not None
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert "f" not in kinds
