"""The list of hazards keeps to Qt's rules, and reads each aloud in one sentence."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, Qt

from ui.models.hazards import HazardLine, HazardModel

LINE = HazardLine(
    key="1",
    title="测试：通道堵塞",
    state="待整改",
    grade="疑似重大",
    due="期限 2020-11-01",
    late="逾期 5 天",
    where="测试1号工厂",
    is_settled=False,
)
OTHER = replace(LINE, key="2", grade="", late="", where="")


def test_the_list_keeps_to_qts_rules(check_model: Callable[[QAbstractItemModel], None]) -> None:
    model = HazardModel()
    check_model(model)
    model.show((LINE, OTHER))
    check_model(model)


def test_a_change_of_one_line_leaves_the_others_where_they_are() -> None:
    model = HazardModel()
    model.show((LINE, OTHER))
    changed: list[int] = []
    resets: list[None] = []
    model.dataChanged.connect(lambda first, _: changed.append(first.row()))
    model.modelReset.connect(lambda: resets.append(None))
    model.show((LINE, replace(OTHER, title="测试：已清理")))
    assert (changed, resets) == ([1], [])
    model.show((OTHER,))
    assert resets == [None]
    assert (model.row("2"), model.row("1")) == (0, -1)


def test_a_line_is_read_aloud_whole_with_its_urgency() -> None:
    model = HazardModel()
    model.show((LINE, OTHER))
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "待整改 逾期 5 天 测试：通道堵塞 疑似重大 期限 2020-11-01 测试1号工厂"
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "待整改 测试：通道堵塞 期限 2020-11-01"
    )
