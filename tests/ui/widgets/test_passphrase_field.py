"""A passphrase: hidden, entered by the key, seen only when asked, gone afterwards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ui.labels import Labels
from ui.widgets.passphrase_field import PassphraseField


@pytest.fixture
def field(qtbot: QtBot, labels: Labels) -> PassphraseField:
    widget = PassphraseField(labels)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def line_of(field: PassphraseField) -> QLineEdit:
    return field.findChildren(QLineEdit)[0]


def test_it_is_hidden_until_asked_and_hidden_again_afterwards(field: PassphraseField) -> None:
    assert line_of(field).echoMode() is QLineEdit.EchoMode.Password
    field.findChildren(QPushButton)[0].click()
    assert line_of(field).echoMode() is QLineEdit.EchoMode.Normal
    field.clear()
    assert line_of(field).echoMode() is QLineEdit.EchoMode.Password


def test_enter_tells_and_the_text_is_gone_when_it_was_used(
    qtbot: QtBot, field: PassphraseField
) -> None:
    with qtbot.waitSignal(field.entered):
        QTest.keyClicks(line_of(field), "a secret")
        QTest.keyClick(line_of(field), Qt.Key.Key_Return)
    assert field.text() == "a secret"
    field.clear()
    assert field.text() == ""
