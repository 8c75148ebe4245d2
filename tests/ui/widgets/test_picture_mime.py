"""What is found on a clipboard or in a drop: files first, then bytes, never both."""

import struct
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from tests.pictures import jpeg
from ui.widgets.picture_mime import Handed, may_hold_pictures, pictures_of

TABLE = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
CONTENT = 'application/x-qt-windows-mime;value="FileContents";index={}'


def test_files_win_over_a_preview_of_them() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/测试/a.jpg"), QUrl("https://example.invalid/b.jpg")])
    mime.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    assert pictures_of(mime) == Handed(paths=(Path("/测试/a.jpg"),))


def test_a_ready_picture_is_taken_as_it_is_and_a_screenshot_becomes_one() -> None:
    mime, shot = QMimeData(), QMimeData()
    mime.setData("image/jpeg", jpeg())
    shot.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    assert [make() for make in pictures_of(mime).contents] == [jpeg()]
    assert pictures_of(shot).contents[0]().startswith(b"\x89PNG")


def test_virtual_files_come_as_a_table_and_one_stream_each() -> None:
    mime = QMimeData()
    mime.setData(TABLE, struct.pack("<I", 3) + bytes(592 * 2))
    mime.setData(CONTENT.format(0), jpeg(1))
    mime.setData(CONTENT.format(1), jpeg(2))
    assert [make() for make in pictures_of(mime).contents] == [jpeg(1), jpeg(2)]
    mime.setData(TABLE, b"\x01")
    assert pictures_of(mime).is_empty


def test_text_is_no_picture() -> None:
    mime = QMimeData()
    mime.setText("测试")
    assert not may_hold_pictures(mime)
    assert pictures_of(mime).is_empty
