"""The model of a sheet's lines keeps Qt's rules and marks what is refused."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, Qt

from app.domain.task import Urgency
from ui.models.sheet_lines import NOTE_ROLE, URGENCY_ROLE, SheetLine, SheetModel

HEADINGS = ("行号", "单位", "结果", "说明")


def line(*, is_refused: bool) -> SheetLine:
    return SheetLine(
        number="2",
        name="测试工厂",
        code="91440303MA00T0013G",
        arrival="refused" if is_refused else "added",
        word="有误" if is_refused else "新增",
        explanation="名称没有填写。" if is_refused else "",
        is_refused=is_refused,
    )


def test_the_model_keeps_the_rules(check_model: Callable[[QAbstractItemModel], None]) -> None:
    model = SheetModel(HEADINGS)
    check_model(model)
    model.show((line(is_refused=True), line(is_refused=False)))
    check_model(model)


def test_a_refused_line_is_told_apart_for_eye_and_ear() -> None:
    model = SheetModel(HEADINGS)
    model.show((line(is_refused=True), line(is_refused=False)))
    refused, added = model.index(0, 2), model.index(1, 2)
    assert (refused.data(NOTE_ROLE), refused.data(URGENCY_ROLE)) == ("有误", Urgency.LATE)
    assert (added.data(), added.data(URGENCY_ROLE)) == ("新增", Urgency.NONE)
    assert refused.data(Qt.ItemDataRole.AccessibleTextRole) == "有误"
    assert model.index(0, 1).data(NOTE_ROLE) == "91440303MA00T0013G"
    assert model.index(0, 3).data() == "名称没有填写。"
