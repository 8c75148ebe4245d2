"""The model of sections keeps Qt's rules and says only what differs."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.qtbot import QtBot

from ui.models.sections import SectionLine, SectionModel

LINE = SectionLine(
    title="组织领导（7分）", marked=1, clauses=3, progress="已评 1／3", points="3／7 分"
)


def test_the_model_keeps_the_rules(check_model: Callable[[QAbstractItemModel], None]) -> None:
    model = SectionModel()
    check_model(model)
    model.show((LINE, LINE))
    check_model(model)


def test_a_section_is_read_aloud_with_its_figures() -> None:
    model = SectionModel()
    model.show((LINE,))
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "组织领导（7分） 已评 1／3 3／7 分"


def test_only_the_section_that_differs_is_drawn_again(qtbot: QtBot) -> None:
    model = SectionModel()
    model.show((LINE, LINE, LINE))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as drawn:
        model.show((LINE, replace(LINE, marked=2), LINE))
    assert [index.row() for index in drawn.args[:2]] == [1, 1]
