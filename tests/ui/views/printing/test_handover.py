"""Handing over, without widgets: what is typed is kept, what is recorded is listed."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from app.domain.card import CardId
from app.domain.handover import HandoverManner, HandoverNote
from app.services.cards.assess import new_card
from app.services.desk.desk import Changes, Desk, Noun
from app.services.prints.handover import view_handovers
from app.services.units.register import add_unit
from tests.disks import full_disk
from tests.fakes import InlineTasks
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.views.printing.handover import HandoverPage, HandoverPresenter

DAY = date(2020, 11, 6)


@dataclass
class Seen:
    pages: list[HandoverPage] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def presenter(tasks: InlineTasks, labels: Labels, seen: Seen) -> HandoverPresenter:
    return HandoverPresenter(
        tasks,
        labels,
        show=seen.pages.append,
        refuse=seen.refusals.append,
        announce=seen.changes.append,
    )


@pytest.fixture
def card(desk: Desk) -> CardId:
    unit, _ = add_unit(desk, name="测试1号工厂", code=SYNTHETIC_CODES[0], sub_unit="")
    return new_card(desk, unit)[0].id


def test_what_is_typed_is_there_when_the_card_is_opened_again(
    presenter: HandoverPresenter, seen: Seen, card: CardId
) -> None:
    presenter.open(card)
    assert seen.pages[-1] == HandoverPage(note=HandoverNote(day=DAY), lines=())
    note = HandoverNote(manner=HandoverManner.POST, recipient="测试丙", day=DAY)
    presenter.write(note)
    presenter.open(card)
    assert seen.pages[-1].note == note


def test_what_is_recorded_is_listed_newest_first(
    presenter: HandoverPresenter, seen: Seen, card: CardId
) -> None:
    presenter.open(card)
    presenter.record(HandoverNote(recipient="测试丙", day=DAY))
    left = HandoverNote(
        manner=HandoverManner.LEFT_BEHIND, day=DAY, remark="留置传达室，见证人测试丁"
    )
    presenter.record(left)
    newest, oldest = seen.pages[-1].lines
    assert newest.startswith("2020-11-06　拒收留置　无人接收（第1版，校验码 ")
    assert newest.endswith("\n留置传达室，见证人测试丁")
    assert oldest.startswith("2020-11-06　当面交付　测试丙（第1版")
    assert seen.pages[-1].note == HandoverNote(day=DAY)
    assert Noun.HANDOVERS in seen.changes[-1].nouns


def test_a_refusal_is_said_beside_the_fields_and_what_was_typed_stays(
    presenter: HandoverPresenter, seen: Seen, card: CardId
) -> None:
    presenter.open(card)
    shown = len(seen.pages)
    note = HandoverNote(day=DAY, remark="没有写接收人")
    presenter.write(note)
    presenter.record(note)
    assert "没有填写" in seen.refusals[-1]
    assert len(seen.pages) == shown
    presenter.open(card)
    assert seen.pages[-1].note == note


def test_nothing_is_kept_before_a_card_is_open(presenter: HandoverPresenter, seen: Seen) -> None:
    presenter.write(HandoverNote(day=DAY))
    presenter.record(HandoverNote(recipient="测试丙", day=DAY))
    assert (seen.pages, seen.refusals) == ([], [])


def test_what_a_full_disk_refused_is_tried_again_on_leaving_and_else_held(
    desk: Desk, presenter: HandoverPresenter, seen: Seen, card: CardId
) -> None:
    presenter.open(card)
    note, left = HandoverNote(recipient="测试丙", day=DAY), list[bool]()
    with full_disk(at=0):
        presenter.write(note)
        assert "workspace.db" in seen.refusals[-1]
        presenter.settle(lambda: left.append(presenter.has_unsaved))
    presenter.settle(lambda: left.append(presenter.has_unsaved))
    assert left == [True, False]
    assert seen.refusals[-1] == ""
    assert view_handovers(desk, card).written == note
