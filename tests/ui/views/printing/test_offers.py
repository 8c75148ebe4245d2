"""What 打印与交付 offers: a print as long as it has something to say, of one card or of many."""

from pathlib import Path

from app.domain.card import CardId
from app.domain.hazard import Act, Hazard
from app.domain.hazard import Field as HazardField
from app.services.cards.view import view_card
from app.services.desk.desk import Desk, Noun, changed
from app.services.prints.prints import Print
from app.services.units.hazards import draft_hazard, step_hazard, write_hazard
from tests.disks import full_disk
from tests.fakes import InlineTasks
from tests.pages import texts_of
from tests.ui.views.printing.stage import Seen, begin, open_one
from ui.views.printing.files import FileTaker, FolderTaker
from ui.views.printing.presenter import PrintingPresenter


def raised(desk: Desk, card: CardId, *, with_card: bool = True) -> Hazard:
    """Raise a hazard at a card's unit, with the card or before it."""
    key = view_card(desk, card).card.unit.key
    draft = draft_hazard(desk, key, card_id=card if with_card else None)
    return write_hazard(desk, draft, HazardField.TEXT, "测试：通道堵塞")[0]


def test_a_print_is_offered_as_soon_as_it_has_something_to_say_and_no_longer(
    presenter: PrintingPresenter, desk: Desk, seen: Seen
) -> None:
    card = begin(desk)
    open_one(presenter, card)
    before = [line.which for line in seen.pages[-1].lines]
    hazard = raised(desk, card)
    presenter.note(changed(Noun.HAZARDS))
    now = [line.which for line in seen.pages[-1].lines]
    assert set(now) - set(before) == {Print.RECTIFICATION, Print.HAZARDS}
    presenter.choose(Print.RECTIFICATION)
    step_hazard(desk, hazard.id, Act.WITHDRAW, remark="测试：误报")
    presenter.note(changed(Noun.HAZARDS))
    page = seen.pages[-1]
    assert page.current is Print.CARD
    assert [line.which for line in page.lines if line.is_ticked] == [Print.CARD]
    assert seen.refusals == []


def test_a_hazard_that_was_chosen_is_printed_though_it_is_older(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen, tmp_path: Path
) -> None:
    card = begin(desk)
    older = raised(desk, card, with_card=False)
    presenter.open([card], Print.RECTIFICATION, hazards=[older.id], opened=lambda: None)
    assert seen.pages[-1].current is Print.RECTIFICATION
    presenter.start(FileTaker(tasks, tmp_path / "one.pdf"), said="printing.saved")
    assert "测试：通道堵塞" in texts_of((tmp_path / "one.pdf").read_bytes())[0]


def test_of_several_cards_those_without_content_are_passed_over_and_counted(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen, tmp_path: Path
) -> None:
    cards = [begin(desk, place) for place in range(3)]
    raised(desk, cards[1])
    open_one(presenter, *cards)
    presenter.tick(Print.CARD, on=False)
    presenter.tick(Print.HAZARDS, on=True)
    presenter.start(FolderTaker(tasks, tmp_path / "out"), said="printing.saved")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [
        "隐患清单_测试2号工厂_20201106.pdf"
    ]
    assert seen.said == ["已保存 1 份。2 份没有内容，未生成。"]


def test_a_full_disk_leaves_the_file_that_stood_there(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen, tmp_path: Path
) -> None:
    path = tmp_path / "all.pdf"
    path.write_bytes(b"before")
    open_one(presenter, begin(desk, 0), begin(desk, 1))
    with full_disk(at=20_000):
        presenter.start(FileTaker(tasks, path), said="printing.saved")
    assert path.read_bytes() == b"before"
    assert "已保存" not in seen.said[0]
