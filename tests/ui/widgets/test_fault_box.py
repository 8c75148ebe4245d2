"""A bug is told calmly, once, with its details, and goes to the log."""

import logging

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from ui.labels import Labels
from ui.widgets.fault_box import FaultBox

FAULT = ZeroDivisionError("a bug")


def boxes() -> list[QMessageBox]:
    """Return the boxes that tell the fault; another test may have left one of its own."""
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QMessageBox) and str(FAULT) in each.detailedText()
    ]


def test_a_fault_is_told_once_with_its_details(
    qtbot: QtBot, labels: Labels, caplog: pytest.LogCaptureFixture
) -> None:
    told = FaultBox(labels)
    with caplog.at_level(logging.ERROR):
        told.show(FAULT)
        told.show(FAULT)
    assert len(caplog.records) == 2
    (box,) = boxes()
    assert "差错" in box.text()
    assert "ZeroDivisionError: a bug" in box.detailedText()
    box.accept()
    qtbot.waitUntil(lambda: boxes() == [])
    told.show(FAULT)
    (again,) = boxes()
    again.accept()
    qtbot.waitUntil(lambda: boxes() == [])
