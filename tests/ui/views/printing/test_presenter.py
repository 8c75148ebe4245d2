"""打印与交付 without widgets: which pages are shown, what is ticked, what a run leaves behind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.domain.card import CardId
from app.errors import AppError, Code
from app.services.assess import Points, new_card, record
from app.services.desk import Desk, Noun, changed
from app.services.prints import Planned, Print
from app.services.register import add_unit
from tests.fakes import InlineTasks
from tests.forms import SYNTHETIC_CODES
from tests.pages import texts_of
from ui.labels import Labels
from ui.views.printing.files import FileTaker, FolderTaker
from ui.views.printing.presenter import PrintingPresenter, PrintPage, Sight

if TYPE_CHECKING:
    from app.reports.raster import PageSize, Raster


@dataclass
class Seen:
    """What was let be seen."""

    pages: list[PrintPage] = field(default_factory=list)
    documents: "list[Sequence[PageSize]]" = field(default_factory=list)
    rasters: "list[tuple[int, Raster]]" = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    progress: list[tuple[int, int]] = field(default_factory=list)
    ended: int = 0
    said: list[str] = field(default_factory=list)

    def end(self) -> None:
        self.ended += 1


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def presenter(tasks: InlineTasks, labels: Labels, seen: Seen) -> PrintingPresenter:
    return PrintingPresenter(
        tasks,
        labels,
        sight=Sight(
            show=seen.pages.append,
            show_document=seen.documents.append,
            show_page=lambda number, raster: seen.rasters.append((number, raster)),
            show_refusal=seen.refusals.append,
            show_progress=lambda done, total: seen.progress.append((done, total)),
            end_progress=seen.end,
        ),
        tell=seen.said.append,
        announce=lambda _: None,
    )


def begin(desk: Desk, place: int = 0, *, name: str = "") -> CardId:
    """Begin a card."""
    unit, _ = add_unit(
        desk, name=name or f"测试{place + 1}号工厂", code=SYNTHETIC_CODES[place], sub_unit=""
    )
    return new_card(desk, unit)[0].id


def open_one(presenter: PrintingPresenter, *cards: CardId, which: Print = Print.CARD) -> None:
    presenter.open(cards, which, opened=lambda: None)


def test_a_card_opens_with_the_print_asked_for_ticked_and_its_pages_counted(
    presenter: PrintingPresenter, desk: Desk, seen: Seen
) -> None:
    opened: list[str] = []
    presenter.open([begin(desk)], Print.WALK, opened=lambda: opened.append("ready"))
    page = seen.pages[-1]
    assert opened == ["ready"]
    assert page.current is Print.WALK
    assert [line.which for line in page.lines if line.is_ticked] == [Print.WALK]
    assert all(line.title and line.purpose for line in page.lines)
    assert (page.is_several, page.can_print) == (False, True)
    assert len(seen.documents[-1]) == 4


def test_a_page_is_rendered_as_wide_as_wanted(
    presenter: PrintingPresenter, desk: Desk, seen: Seen
) -> None:
    open_one(presenter, begin(desk))
    presenter.want(1, 321)
    ((number, raster),) = seen.rasters
    assert (number, raster.width) == (1, 321)


def test_a_page_wanted_before_the_print_is_drawn_is_no_refusal(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen
) -> None:
    open_one(presenter, begin(desk))
    tasks.held = True
    presenter.choose(Print.WALK)
    presenter.want(0, 100)
    tasks.held = False
    tasks.release()
    assert (seen.rasters, seen.refusals) == ([], [])


def test_what_comes_for_a_print_no_longer_shown_is_dropped(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen
) -> None:
    open_one(presenter, begin(desk))
    tasks.held = True
    presenter.want(0, 100)
    presenter.choose(Print.CHECKLIST)
    presenter.choose(Print.WALK)
    tasks.held = False
    tasks.release()
    assert seen.rasters == []
    assert [len(sizes) for sizes in seen.documents] == [4, 4]
    assert seen.pages[-1].current is Print.WALK


def test_what_is_seen_is_what_is_printed_until_something_is_ticked(
    presenter: PrintingPresenter, desk: Desk, seen: Seen
) -> None:
    open_one(presenter, begin(desk))
    presenter.choose(Print.CHECKLIST)
    assert [order.which for order in presenter.orders] == [Print.CHECKLIST]
    assert [line.which for line in seen.pages[-1].lines if line.is_ticked] == [Print.CHECKLIST]


def test_ticks_are_kept_while_prints_are_looked_at(
    presenter: PrintingPresenter, desk: Desk, seen: Seen
) -> None:
    open_one(presenter, begin(desk))
    presenter.tick(Print.WALK, on=True)
    presenter.choose(Print.BLANK)
    assert [order.which for order in presenter.orders] == [Print.CARD, Print.WALK]
    assert seen.pages[-1].is_several
    presenter.tick(Print.CARD, on=False)
    presenter.tick(Print.WALK, on=False)
    assert presenter.orders == ()
    assert not seen.pages[-1].can_print


def test_a_change_of_the_card_is_drawn_anew(
    presenter: PrintingPresenter, desk: Desk, seen: Seen
) -> None:
    card = begin(desk)
    open_one(presenter, card)
    before = len(seen.documents)
    presenter.note(changed(Noun.HANDOVERS))
    assert len(seen.documents) == before
    record(desk, card, [Points(clause="S1-R1-C1", points="1", reason="未见")])
    presenter.note(changed(Noun.CARDS))
    assert len(seen.documents) == before + 1


def test_a_print_that_cannot_be_drawn_says_why_in_its_place(
    presenter: PrintingPresenter, desk: Desk, seen: Seen
) -> None:
    open_one(presenter, begin(desk, name="测试\U00010000公司"))
    assert "U+10000" in seen.refusals[-1]
    assert seen.documents == []


def test_one_print_is_saved_under_the_name_given(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen, tmp_path: Path
) -> None:
    open_one(presenter, begin(desk), which=Print.WALK)
    assert presenter.suggested_name == "现场记录表_测试1号工厂_20201106.pdf"
    path = tmp_path / presenter.suggested_name
    presenter.start(FileTaker(tasks, path), said="printing.saved")
    assert "现场记录表" in texts_of(path.read_bytes())[0]
    assert seen.said == ["已保存 1 份。"]
    assert (seen.progress, seen.ended) == ([(0, 1), (1, 1)], 1)


def test_several_cards_are_saved_each_by_itself_and_nothing_is_overwritten(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, tmp_path: Path
) -> None:
    cards = [begin(desk, place) for place in range(3)]
    open_one(presenter, *cards)
    presenter.tick(Print.BLANK, on=True)
    for _ in range(2):
        presenter.start(FolderTaker(tasks, tmp_path / "out"), said="printing.saved")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        f"{kind}_测试{place}号工厂_20201106{again}.pdf"
        for kind in ("考核评分表", "空白评分表")
        for place in (1, 2, 3)
        for again in ("", "_2")
    }


def test_several_prints_go_into_one_file_in_their_order(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen, tmp_path: Path
) -> None:
    open_one(presenter, begin(desk, 0), begin(desk, 1), which=Print.FEEDBACK)
    assert seen.pages[-1].about == "测试1号工厂等 2 户"
    path = tmp_path / "all.pdf"
    presenter.start(FileTaker(tasks, path), said="printing.saved")
    first, second = texts_of(path.read_bytes())
    assert "测试1号工厂" in first
    assert "测试2号工厂" in second


def test_a_card_that_cannot_be_drawn_does_not_hold_up_the_others(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen, tmp_path: Path
) -> None:
    open_one(presenter, begin(desk, 0, name="测试\U00010000公司"), begin(desk, 1))
    presenter.start(FolderTaker(tasks, tmp_path / "out"), said="printing.saved")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [
        "考核评分表_测试2号工厂_20201106.pdf"
    ]
    (sentence,) = seen.said
    assert sentence.startswith("已保存 1 份。另有 1 份没有完成：")
    assert "U+10000" in sentence


def test_a_folder_that_cannot_be_written_is_told(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    open_one(presenter, begin(desk))
    presenter.start(FolderTaker(tasks, tmp_path / "file"), said="printing.saved")
    (sentence,) = seen.said
    assert str(tmp_path / "file") in sentence
    assert "已保存" not in sentence


def test_one_file_that_is_stopped_or_cannot_be_written_is_not_counted(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    open_one(presenter, begin(desk, 0), begin(desk, 1))
    presenter.start(FileTaker(tasks, tmp_path / "folder"), said="printing.saved")
    assert "已保存" not in seen.said[0]
    tasks.held = True
    presenter.start(FileTaker(tasks, tmp_path / "all.pdf"), said="printing.saved")
    presenter.stop()
    tasks.held = False
    tasks.release()
    assert seen.said[1:] == ["已取消，完成 0 份。"]
    assert not (tmp_path / "all.pdf").exists()


def test_nothing_else_is_begun_while_a_run_is_under_way(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen, tmp_path: Path
) -> None:
    open_one(presenter, begin(desk))
    tasks.held = True
    for name in ("first.pdf", "second.pdf"):
        presenter.start(FileTaker(tasks, tmp_path / name), said="printing.saved")
    meanwhile = seen.pages[-1]
    tasks.held = False
    tasks.release()
    assert (meanwhile.can_print, seen.pages[-1].can_print) == (False, True)
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["first.pdf"]


class Stopper:
    """Takes prints and has the run stopped after the second."""

    def __init__(self, stop: Callable[[], None]) -> None:
        self.taken: list[str] = []
        self.is_abandoned = False
        self._stop = stop

    def take(
        self,
        planned: Planned,
        pdf: bytes,
        *,
        then: Callable[[], None],
        refused: Callable[[AppError], None],
    ) -> None:
        assert pdf
        del refused
        self.taken.append(planned.name)
        if len(self.taken) == 2:
            self._stop()
        then()

    def end(self, *, then: Callable[[], None], refused: Callable[[AppError], None]) -> None:
        refused(AppError(Code.DISK_FULL, path="never"))
        then()

    def abandon(self, taken: int) -> int:
        self.is_abandoned = True
        return taken


def test_a_run_that_is_stopped_ends_before_the_next_print(
    presenter: PrintingPresenter, desk: Desk, seen: Seen
) -> None:
    open_one(presenter, *(begin(desk, place) for place in range(4)))
    stopper = Stopper(presenter.stop)
    presenter.start(stopper, said="printing.saved")
    assert len(stopper.taken) == 2
    assert stopper.is_abandoned
    assert seen.said == ["已取消，完成 2 份。"]
    assert seen.ended == 1
