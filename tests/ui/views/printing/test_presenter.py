"""打印与交付 without widgets: which pages are shown, what is ticked, what a run leaves behind."""

from collections.abc import Callable
from pathlib import Path

from app.errors import AppError, Code
from app.services.cards.assess import Points, record
from app.services.desk.desk import Desk, Noun, changed
from app.services.prints.prints import Planned, Print
from tests.fakes import InlineTasks
from tests.pages import texts_of
from tests.pictures import photograph
from tests.progress import StopsAt
from tests.ui.views.printing.stage import Seen, begin, open_one
from ui.views.printing.files import FileTaker, FolderTaker
from ui.views.printing.presenter import PrintingPresenter


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


def test_drawing_tells_how_far_its_photos_are_and_what_is_stopped_is_said(
    presenter: PrintingPresenter, desk: Desk, seen: Seen
) -> None:
    card_id = begin(desk)
    photograph(desk, card_id, 3)
    seen.watch = patient = StopsAt(None)
    open_one(presenter, card_id)
    assert patient.heard == [(0, 3), (1, 3), (2, 3), (3, 3)]
    drawn = len(seen.documents)
    seen.watch = StopsAt(2)
    presenter.choose(Print.UNIT_COPY)
    assert (len(seen.documents), seen.ended) == (drawn, 1)
    assert seen.refusals[-1].startswith("已停止")


def test_what_is_not_wanted_any_more_is_drawn_no_further(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen
) -> None:
    card_id = begin(desk)
    photograph(desk, card_id, 3)
    open_one(presenter, card_id, which=Print.WALK)
    seen.watch = watch = StopsAt(None)
    tasks.held = True
    presenter.choose(Print.CARD)
    tasks.release(1)
    presenter.choose(Print.BLANK)
    tasks.held = False
    tasks.release()
    assert watch.heard == []
    assert (seen.pages[-1].current, seen.refusals) == (Print.BLANK, [])


def test_a_run_can_be_stopped_while_the_photos_of_a_print_are_made(
    presenter: PrintingPresenter, desk: Desk, tasks: InlineTasks, seen: Seen, tmp_path: Path
) -> None:
    cards = [begin(desk, place) for place in range(3)]
    photograph(desk, cards[1], 3)
    open_one(presenter, *cards)
    seen.watch = StopsAt(2)
    presenter.start(FolderTaker(tasks, tmp_path), said="printing.saved")
    assert seen.said == ["已取消，完成 1 份。"]
    assert len(list(tmp_path.glob("*.pdf"))) == 1
