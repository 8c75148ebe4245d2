"""The place for scans: a file or a picture, dropped, pasted or chosen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.widgets.picture_mime import Encode
from ui.widgets.scan_drop import ScanDrop

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


def heard(place: ScanDrop) -> list[Path | Encode]:
    given: list[Path | Encode] = []
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


def test_of_several_files_none_is_taken_and_it_is_told(place: ScanDrop, tmp_path: Path) -> None:
    given, held, told = heard(place), QMimeData(), list[None]()
    place.several.connect(lambda: told.append(None))
    held.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("1.jpg", "2.jpg")])
    assert drop(place, held)
    assert (given, told) == ([], [None])


def test_what_is_no_file_and_no_picture_is_not_welcome(place: ScanDrop) -> None:
    given, held = heard(place), QMimeData()
    held.setText("一段文字")
    assert not drop(place, held)
    assert given == []


def test_a_picture_on_the_clipboard_is_given_as_what_makes_the_same_png(place: ScanDrop) -> None:
    given, paste = heard(place), place.findChildren(QPushButton)[1]
    assert not paste.isEnabled()
    picture = QImage(4, 3, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    QApplication.processEvents()
    assert paste.isEnabled()
    QTest.keyClick(paste, Qt.Key.Key_Space)
    (encode,) = given
    assert not isinstance(encode, Path)
    assert QImage.fromData(encode()).convertToFormat(picture.format()) == picture
