"""The screen 从 Excel 导入参赛单位 by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from app.domain.unit import Unit
from app.sheets.unit_sheet import write_units
from tests.forms import synthetic_unit
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.views.unit_import.view import UnitImportView
from ui.widgets.screen import Around


@pytest.fixture
def view(qtbot: QtBot, runner: TaskRunner, labels: Labels) -> UnitImportView:
    around = Around(runner=runner, labels=labels, tell=print, announce=lambda _: None)
    view = UnitImportView(around)
    qtbot.addWidget(view)
    view.resize(1366, 640)
    view.show()
    view.enter()
    return view


def button(view: UnitImportView, name: str) -> QPushButton:
    return next(each for each in view.findChildren(QPushButton) if each.text().startswith(name))


def sheet(folder: Path, *units: Unit) -> Path:
    path = folder / "名单.xlsx"
    path.write_bytes(write_units(units))
    return path


def test_a_sheet_is_looked_through_and_then_brought_in(
    qtbot: QtBot, view: UnitImportView, tmp_path: Path
) -> None:
    store = button(view, "导入")
    assert button(view, "选择文件").hasFocus()
    assert not store.isEnabled()
    view.open(sheet(tmp_path, synthetic_unit(0), Unit(key=synthetic_unit(1).key, name=" ")))
    qtbot.waitUntil(store.hasFocus, timeout=20_000)
    assert store.text() == "导入 1 家"
    table = view.findChild(QTableView)
    assert isinstance(table, QTableView)
    assert table.model().rowCount() == 2
    QTest.keyClick(button(view, "有误"), Qt.Key.Key_Space)
    assert table.model().rowCount() == 1
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    texts = [label.text() for label in view.findChildren(QLabel)]
    assert "第 3 行：名称或姓名没有填写。请填写。" in texts
    with qtbot.waitSignal(view.imported, timeout=20_000) as imported:
        QTest.keyClick(store, Qt.Key.Key_Space)
    assert imported.args == ["已导入：新增 1 家，更新 0 家。　有误的 1 行没有导入。"]


def test_a_refused_file_is_told_and_another_can_be_chosen(
    qtbot: QtBot, view: UnitImportView, tmp_path: Path
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"")
    view.open(path)
    told = view.findChild(QLabel, "refusal")
    assert isinstance(told, QLabel)
    qtbot.waitUntil(told.isVisible, timeout=20_000)
    assert "Excel 文件打不开" in told.text()
    QTest.keyClick(button(view, "选择文件"), Qt.Key.Key_Space)
    dialog = view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(sheet(tmp_path, synthetic_unit(0))))
    dialog.reject()
    qtbot.waitUntil(button(view, "导入").isEnabled, timeout=20_000)
    assert not told.isVisible()


def test_cancelling_leaves_and_stores_nothing(qtbot: QtBot, view: UnitImportView) -> None:
    with qtbot.waitSignal(view.left):
        QTest.keyClick(button(view, "取消"), Qt.Key.Key_Space)
