"""The place for scans: a file or a picture, dropped, pasted or chosen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.widgets.scan_drop import ScanDrop, as_png

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def place(qtbot: QtBot) -> ScanDrop:
    QGuiApplication.clipboard().clear()
    widget = ScanDrop(hint="拖到这里", choose="选择文件", paste="粘贴", kinds="图片 (*.png)")
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def heard(place: ScanDrop) -> list[object]:
    given: list[object] = []
    place.given.connect(given.append)
    return given


def drop(place: ScanDrop, held: QMimeData) -> bool:
    """Drag something over the place and let it go; tell whether it was welcome."""
    enter = QDragEnterEvent(QPoint(5, 5), COPY, held, LEFT, NO_KEY)
    enter.setAccepted(False)
    QApplication.sendEvent(place, enter)
    if enter.isAccepted():
        QApplication.sendEvent(place, QDropEvent(QPointF(5, 5), COPY, held, LEFT, NO_KEY))
    return enter.isAccepted()


def test_a_dropped_file_is_given_by_its_path(place: ScanDrop, tmp_path: Path) -> None:
    given, held = heard(place), QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(tmp_path / "签字页.pdf"))])
    assert drop(place, held)
    assert given == [tmp_path / "签字页.pdf"]


def test_what_is_no_file_and_no_picture_is_not_welcome(place: ScanDrop) -> None:
    given, held = heard(place), QMimeData()
    held.setText("一段文字")
    assert not drop(place, held)
    assert given == []


def test_a_picture_on_the_clipboard_can_be_pasted(place: ScanDrop) -> None:
    given, paste = heard(place), place.findChildren(QPushButton)[1]
    assert not paste.isEnabled()
    picture = QImage(4, 3, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(picture)
    QApplication.processEvents()
    assert paste.isEnabled()
    QTest.keyClick(paste, Qt.Key.Key_Space)
    assert [type(each) for each in given] == [QImage]


def test_a_pasted_picture_is_the_same_as_png() -> None:
    picture = QImage(4, 3, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    again = QImage.fromData(as_png(picture))
    assert again.convertToFormat(picture.format()) == picture
