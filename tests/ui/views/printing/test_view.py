"""The screen itself on real lanes: pages come, keys work, what is typed is kept on leaving."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.card import CardId
from app.domain.hazard import Field, Hazard
from app.errors import AppError
from app.reports.file.raster import page_sizes
from app.services.cards.assess import new_card
from app.services.cards.view import view_card
from app.services.desk.desk import Desk
from app.services.prints.handover import view_handovers
from app.services.units.hazards import draft_hazard, write_hazard
from app.services.units.register import add_unit
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.views.printing.view import PrintingView
from ui.widgets.page_view import PageView
from ui.widgets.screen import Around
from ui.widgets.text_field import TextField


@pytest.fixture
def cards(open_desk: Callable[[], Desk]) -> list[CardId]:
    """Begin two cards before the window opens the workspace."""
    desk = open_desk()
    with closing(desk.workspace):
        units = [
            add_unit(desk, name=f"测试{place}号工厂", code=SYNTHETIC_CODES[place], sub_unit="")[0]
            for place in range(2)
        ]
        return [new_card(desk, unit)[0].id for unit in units]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def view(
    cards: list[CardId], runner: TaskRunner, labels: Labels, qtbot: QtBot, said: list[str]
) -> PrintingView:
    around = Around(runner=runner, labels=labels, tell=said.append, announce=lambda _: None)
    screen = PrintingView(around)
    qtbot.addWidget(screen)
    screen.resize(1366, 640)
    screen.show()
    with qtbot.waitSignal(screen.ready):
        screen.open(cards[0])
    return screen


def pages_of(view: PrintingView) -> PageView:
    (pages,) = view.findChildren(PageView)
    return pages


def is_seen(view: PrintingView) -> bool:
    """Tell whether a page stands in the view: its middle is not the ground's colour."""
    shot = pages_of(view).viewport().grab().toImage()
    colours = {shot.pixel(x, shot.height() // 2) for x in range(0, shot.width(), 3)}
    return len(colours) > 4


def test_the_pages_of_the_card_come_into_sight(view: PrintingView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: is_seen(view))
    assert pages_of(view).page_count == 4


def test_another_print_is_chosen_and_ticked_by_keys(view: PrintingView, qtbot: QtBot) -> None:
    view.enter()
    prints = QApplication.focusWidget()
    assert isinstance(prints, QWidget)
    for _ in range(4):
        QTest.keyClick(prints, Qt.Key.Key_Down)
    QTest.keyClick(prints, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: pages_of(view).page_count == 4 and is_seen(view))


def test_what_was_typed_of_a_handover_is_kept_on_leaving(
    view: PrintingView, qtbot: QtBot, cards: list[CardId], runner: TaskRunner
) -> None:
    recipient = view.findChildren(TextField)[0]
    recipient.setFocus()
    QTest.keyClicks(recipient, "abc")
    left: list[str] = []
    view.leave(lambda: left.append("left"))
    qtbot.waitUntil(lambda: left == ["left"])
    kept: list[str] = []
    runner.bound_to(view).database(
        lambda desk: view_handovers(desk, cards[0]).written.recipient,
        done=kept.append,
        refused=lambda refusal: kept.append(refusal.code),
    )
    qtbot.waitUntil(lambda: kept == ["abc"])


def test_several_cards_are_printed_and_the_figure_told(
    view: PrintingView, qtbot: QtBot, cards: list[CardId], said: list[str], tmp_path: Path
) -> None:
    with qtbot.waitSignal(view.ready):
        view.open_many(cards)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(72)
    view.print_on(printer)
    qtbot.waitUntil(lambda: "已送打印机 2 份。" in said, timeout=20_000)
    assert len(page_sizes((tmp_path / "out.pdf").read_bytes())) == 8


def test_every_control_has_a_name_and_is_reached_by_tab(view: PrintingView) -> None:
    for button in view.findChildren(QPushButton):
        assert button.accessibleName() or button.text()
    reached: set[QWidget] = set()
    widget: QWidget | None = view
    while widget is not None and widget not in reached:
        reached.add(widget)
        widget = widget.nextInFocusChain()
    wanted = [*view.findChildren(TextField), pages_of(view)]
    assert all(each in reached for each in wanted)
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in wanted)


def test_nothing_ticked_is_nothing_to_print(view: PrintingView) -> None:
    view.enter()
    prints = QApplication.focusWidget()
    assert isinstance(prints, QWidget)
    QTest.keyClick(prints, Qt.Key.Key_Space)
    buttons = {button.text(): button for button in view.findChildren(QPushButton)}
    assert not buttons["打印"].isEnabled()
    assert not buttons["存为 PDF"].isEnabled()


def test_what_leads_to_handing_in_is_offered_only_once_the_card_is_sealed(
    view: PrintingView,
) -> None:
    names = [button.text() for button in view.findChildren(QPushButton) if button.isVisible()]
    assert "打印" in names
    assert "下一步：报送" not in names


def test_the_paper_of_one_hazard_is_opened_by_its_name(
    view: PrintingView, qtbot: QtBot, cards: list[CardId], runner: TaskRunner
) -> None:
    kept: list[str] = []
    runner.bound_to(view).database(
        lambda desk: raised_before(desk, cards[0]).id, done=kept.append, refused=fail
    )
    qtbot.waitUntil(lambda: bool(kept))
    with qtbot.waitSignal(view.ready):
        view.open_at(cards[0], f"rectification:{kept[0]}")
    qtbot.waitUntil(lambda: pages_of(view).page_count == 1)


def raised_before(desk: Desk, card: CardId) -> Hazard:
    """Raise a hazard of the card's unit without the card."""
    draft = draft_hazard(desk, view_card(desk, card).card.unit.key)
    return write_hazard(desk, draft, Field.TEXT, "测试：通道堵塞")[0]


def fail(refusal: AppError) -> NoReturn:
    raise refusal
