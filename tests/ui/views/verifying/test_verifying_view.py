"""The screen 核验: reached by key from a usual screen, left the way one came, told in words."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from ui.labels import Labels
from ui.navigation import Navigator
from ui.steps import Place
from ui.tasks import TaskRunner
from ui.views.more.view import MoreView
from ui.views.verifying.view import VerifyingView
from ui.widgets.screen import Around


@pytest.fixture
def around(runner: TaskRunner, labels: Labels) -> Around:
    return Around(runner=runner, labels=labels, tell=print, announce=lambda _: None)


@pytest.fixture
def view(qtbot: QtBot, around: Around) -> VerifyingView:
    view = VerifyingView(around)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    view.enter()
    return view


def headline(view: QWidget) -> str:
    label = view.findChild(QLabel, "headline")
    assert label is not None
    return label.text() if label.isVisible() else ""


def test_a_code_is_typed_and_answered(qtbot: QtBot, view: VerifyingView) -> None:
    field = view.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    QTest.keyClicks(field, "3f2a 91bc 04d7")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "3F2A" in headline(view), timeout=20_000)
    assert headline(view).startswith("校验不通过")
    mark = view.findChild(QLabel, "mark")
    assert mark is not None
    assert mark.text() == "✗"


def test_a_file_is_pasted_with_the_usual_key(
    qtbot: QtBot, view: VerifyingView, tmp_path: Path
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(mime)
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: headline(view).startswith("校验不通过"), timeout=20_000)
    QGuiApplication.clipboard().clear()


def test_details_are_opened_where_something_is_wrong(
    qtbot: QtBot, view: VerifyingView, tmp_path: Path
) -> None:
    path = tmp_path / "x.txt"
    path.write_text("no card", encoding="utf-8")
    view.take(path)
    qtbot.waitUntil(lambda: headline(view).startswith("校验不通过"), timeout=20_000)
    details = next(each for each in view.findChildren(QPushButton) if each.text() == "详细")
    sentence = view.findChild(QLabel, "checked")
    assert sentence is not None
    assert (details.isChecked(), sentence.isVisible()) == (True, True)
    details.click()
    assert not sentence.isVisible()
    view.resize(1000, 400)
    details.click()
    qtbot.waitUntil(lambda: not sentence.visibleRegion().isEmpty())


def test_of_two_files_dropped_none_is_judged(
    qtbot: QtBot, view: VerifyingView, tmp_path: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("1.pdf", "2.pdf")])
    QGuiApplication.clipboard().setMimeData(mime)
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: headline(view).startswith("一次只收一个文件"))
    QGuiApplication.clipboard().clear()


def test_the_key_leads_there_and_escape_back(qtbot: QtBot, around: Around) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    navigator = Navigator(stack, around)
    navigator.verify()
    assert stack.count() == 0
    with qtbot.waitActive(stack):
        stack.show()
        stack.activateWindow()
    navigator.go_to_place(Place.MORE)
    QTest.keyClick(stack, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: isinstance(stack.currentWidget(), VerifyingView), timeout=20_000)
    QTest.keyClick(stack.currentWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: isinstance(stack.currentWidget(), MoreView), timeout=20_000)
