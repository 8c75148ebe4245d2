"""Pages in sight are asked for, one at a time, as sharp as they are shown; others are not."""

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.page_view import PageView

A4 = QSizeF(595.2756, 841.8898)


class Book(PageView):
    """A view whose wishes are noted; `serve` answers them until there are none."""

    def __init__(self) -> None:
        super().__init__(name="页面")
        self.asked: list[tuple[int, int]] = []
        self.wanted.connect(lambda number, width: self.asked.append((number, width)))

    def serve(self) -> list[int]:
        """Answer every wish and return the pages wanted."""
        served: list[int] = []
        while len(served) < len(self.asked):
            number, width = self.asked[len(served)]
            served.append(number)
            image = QImage(width, round(width * 1.414), QImage.Format.Format_RGBX8888)
            image.fill(Qt.GlobalColor.black)
            self.show_page(number, image)
        self.asked.clear()
        return served


@pytest.fixture
def book(qapp: QApplication, qtbot: QtBot) -> Book:
    view = Book()
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    qapp.processEvents()
    return view


def test_of_a_long_document_only_what_is_seen_is_asked_for(book: Book) -> None:
    book.show_document([A4] * 300)
    assert book.serve() == [0]
    assert book.page_count == 300


def test_scrolling_asks_for_the_next_page_and_forgets_far_ones(book: Book) -> None:
    book.show_document([A4] * 12)
    book.serve()
    book.go_to(8)
    assert book.page == 8
    assert book.serve() == [8]
    book.go_to(0)
    assert book.serve() == [0]


def test_one_page_is_asked_for_at_a_time(book: Book) -> None:
    book.show_document([A4] * 12)
    for page in range(1, 6):
        book.go_to(page)
    assert [number for number, _ in book.asked] == [0]
    assert book.serve() == [0, 5]


def test_a_page_is_rendered_in_the_pixels_it_is_shown_in(book: Book) -> None:
    book.show_document([A4])
    assert book.asked == [(0, round(A4.width() * book.scale * book.logicalDpiX() / 72))]


def test_a_larger_scale_asks_for_a_sharper_page(book: Book) -> None:
    book.show_document([A4])
    book.show_true_size()
    book.serve()
    book.zoom_in()
    ((_, width),) = book.asked
    assert width == pytest.approx(A4.width() * 1.25 * book.logicalDpiX() / 72, abs=1)
    book.serve()
    for _ in range(20):
        book.zoom_in()
        book.serve()
    assert book.scale == 3.0
    for _ in range(20):
        book.zoom_out()
    assert book.scale == 0.25


def test_fitting_follows_the_width_of_the_view(book: Book) -> None:
    book.show_document([A4] * 3)
    before = book.scale
    book.resize(1000, 500)
    assert book.scale > before
    book.show_true_size()
    assert book.scale == 1.0
    book.fit_width()
    assert book.scale > before
    assert not book.horizontalScrollBar().maximum()


def test_zooming_stays_on_the_page(book: Book) -> None:
    book.show_document([A4] * 12)
    book.go_to(6)
    book.zoom_in()
    assert book.page == 6


def test_the_keys_go_through_the_pages_and_zoom(book: Book) -> None:
    book.show_document([A4] * 4)
    QTest.keyClick(book, Qt.Key.Key_PageDown)
    assert book.verticalScrollBar().value() > 0
    QTest.keyClick(book, Qt.Key.Key_End)
    assert book.page == 3
    QTest.keyClick(book, Qt.Key.Key_Home)
    assert book.page == 0
    before = book.scale
    QTest.keyClick(book, Qt.Key.Key_Plus)
    assert book.scale > before
    QTest.keyClick(book, Qt.Key.Key_Minus)
    QTest.keyClick(book, Qt.Key.Key_Minus)
    assert book.scale < before


def test_another_document_begins_at_its_first_page(book: Book) -> None:
    book.show_document([A4] * 12)
    book.go_to(8)
    book.serve()
    book.show_document([A4] * 2)
    assert book.page == 0
    assert book.serve() == [0]


def test_what_comes_after_the_document_is_gone_is_dropped(book: Book) -> None:
    book.show_document([A4] * 12)
    book.show_document([])
    book.show_page(5, QImage(10, 10, QImage.Format.Format_RGBX8888))
    assert book.page_count == 0
    book.grab()


def test_a_page_that_came_is_painted(book: Book) -> None:
    book.show_document([A4])
    assert book.grab().toImage().pixelColor(350, 250) == Qt.GlobalColor.white
    book.serve()
    assert book.grab().toImage().pixelColor(350, 250) == Qt.GlobalColor.black
