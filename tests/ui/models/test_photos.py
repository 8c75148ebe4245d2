"""The lists of photos and clauses obey Qt's rules and hold few pictures."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.models.photos import ClauseLine, ClauseModel, PhotoLine, PhotoModel

DECORATION = Qt.ItemDataRole.DecorationRole


def photo(number: int, codes: str = "") -> PhotoLine:
    name = f"{number}.jpg"
    return PhotoLine(key=f"{number}", title=name, time="10:00", codes=codes, spoken=name)


def clause(number: int, files: int = 0) -> ClauseLine:
    return ClauseLine(
        key=f"C{number}", code=f"1.{number}", title="测试", files=files, spoken="测试"
    )


def test_both_models_keep_qts_rules(
    check_model: Callable[[QAbstractItemModel], None], qtbot: QtBot
) -> None:
    del qtbot
    photos, clauses = PhotoModel(), ClauseModel()
    photos.show((photo(1), photo(2)))
    clauses.show((clause(1), clause(2)))
    check_model(photos)
    check_model(clauses)


def test_a_small_picture_is_asked_for_when_seen_and_then_held(qtbot: QtBot) -> None:
    model = PhotoModel()
    model.show((photo(1), photo(2)))
    with qtbot.waitSignal(model.wanted) as asked:
        assert model.index(1).data(DECORATION) is None
    assert asked.args == ["2"]
    with qtbot.waitSignal(model.dataChanged):
        model.put_picture("2", QImage(4, 3, QImage.Format.Format_RGB32))
    with qtbot.assertNotEmitted(model.wanted):
        assert isinstance(model.index(1).data(DECORATION), QImage)


def test_of_300_small_pictures_only_those_seen_last_are_held(qtbot: QtBot) -> None:
    del qtbot
    model = PhotoModel()
    model.show(tuple(map(photo, range(300))))
    for number in range(300):
        model.put_picture(f"{number}", QImage(4, 3, QImage.Format.Format_RGB32))
    held = [number for number in range(300) if model.picture(f"{number}") is not None]
    assert held == list(range(240, 300))


def test_other_photos_reset_the_list_and_changed_ones_do_not(qtbot: QtBot) -> None:
    model = PhotoModel()
    model.show((photo(1), photo(2)))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        assert not model.show((photo(1), photo(2, codes="1.1")))
    with qtbot.waitSignal(model.modelReset):
        assert model.show((photo(2),))
    assert (model.row("2"), model.row("1"), model.key(0), model.key(9)) == (0, -1, "2", "")


def test_a_count_that_changes_does_not_lose_the_clause_one_is_at(qtbot: QtBot) -> None:
    model = ClauseModel()
    model.show((clause(1), clause(2)))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show((clause(1), replace(clause(2), files=3)))
    assert (model.row("C2"), model.row("C9")) == (1, -1)
