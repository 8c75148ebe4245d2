"""照片归类 under real lanes: 40 photos of two units in 90 keys; paste, drop, draw."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from app.domain.card import CardId
from app.services.cards.assess import find_card, new_card
from app.services.desk.desk import Changes, Desk
from app.services.photos.photo_intake import files_in, keep_photos, photo_room, prepare_file
from app.services.units.register import add_unit
from db.workspace import open_workspace
from tests.disks import full_disk
from tests.fakes import FakeClock, FakeIds
from tests.forms import RESOURCES, SYNTHETIC_CODES, national_form
from tests.pictures import jpeg, lay_photos
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.views.photos.codes import codes_of
from ui.views.photos.page import Group
from ui.views.photos.view import PhotosView
from ui.widgets.picture_list import PictureList
from ui.widgets.picture_marking import MarkingView
from ui.widgets.screen import Around

SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
OpenDesk = Callable[[], Desk]


class Stage:
    """The screen as it is shown, driven as a person drives it; every key pressed is counted."""

    def __init__(self, qtbot: QtBot, runner: TaskRunner, labels: Labels) -> None:
        self.qtbot = qtbot
        self.keys = 0
        self.told: list[str] = []
        self.steps: list[str] = []
        around = Around(
            runner=runner,
            labels=labels,
            tell=self.told.append,
            announce=self._announce,
        )
        self.view = PhotosView(around)
        self.view.card_asked.connect(self._on_card_asked)
        qtbot.addWidget(self.view)

    def open(self, card_id: CardId) -> None:
        with self.qtbot.waitSignal(self.view.ready):
            self.view.open(card_id)
        self.view.resize(1366, 640)
        self.view.show()
        self.view.activateWindow()
        self.view.enter()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def press(self, *keys: str | Qt.Key, shift: bool = False) -> None:
        """Press keys one after the other; Shift is held and counts once."""
        self.keys += shift
        for key in keys:
            widget = QApplication.focusWidget()
            assert widget is not None
            self.keys += 1
            QTest.keyClick(widget, key, SHIFT if shift else PLAIN)  # type: ignore[arg-type]

    def count(self, group: Group) -> int:
        page = self.view.page
        return -1 if page is None else page.counts[group]

    def settle(self, waiting: int, filed: int) -> None:
        self.qtbot.waitUntil(
            lambda: (self.count(Group.WAITING), self.count(Group.FILED)) == (waiting, filed)
        )

    def photos(self) -> PictureList:
        return self.view.findChildren(PictureList)[0]

    def _announce(self, changes: Changes) -> None:
        self.view.note(changes)

    def _on_card_asked(self, card_id: str, step: str) -> None:
        self.steps.append(step)
        self.view.open(CardId(card_id))


@pytest.fixture
def cards(open_desk: OpenDesk, tmp_path: Path) -> tuple[CardId, CardId]:
    """Leave two units with cards, and 40 photos in the first one's tray: 20 of each."""
    desk = open_desk()
    with closing(desk.workspace):
        made = []
        for place in (1, 0):
            name, code = f"测试{place + 1}号工厂", SYNTHETIC_CODES[place]
            unit, _ = add_unit(desk, name=name, code=code, sub_unit="")
            made.append(new_card(desk, unit)[0])
        lay_photos(tmp_path / "DCIM", 40)
        room = photo_room(desk)
        arrivals = [prepare_file(room, path) for path in files_in([tmp_path / "DCIM"])]
        keep_photos(desk, arrivals, made[1])
        return made[1].id, made[0].id


@contextmanager
def second_look(home: Path) -> Iterator[Desk]:
    """Read the workspace beside the window."""
    workspace = open_workspace(home, clock=FakeClock(), ids=FakeIds(), writing=False)
    with closing(workspace):
        yield Desk(workspace=workspace, clock=FakeClock(), ids=FakeIds(), resources=RESOURCES)


@pytest.fixture
def stage(qtbot: QtBot, runner: TaskRunner, labels: Labels) -> Stage:
    return Stage(qtbot, runner, labels)


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QMimeData]:
    """Lend what will lie on the clipboard."""
    del qapp
    mime = QMimeData()
    yield mime
    QGuiApplication.clipboard().clear()


def undo(stage: Stage) -> None:
    QTest.keySequence(stage.photos(), QKeySequence(QKeySequence.StandardKey.Undo))


def drag(picture: MarkingView, start: QPointF, to: QPointF) -> None:
    """Draw with the mouse from one part of the picture to another."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kinds = QMouseEvent.Type
    for kind, part, button in (
        (kinds.MouseButtonPress, start, left),
        (kinds.MouseMove, to, none),
        (kinds.MouseButtonRelease, to, left),
    ):
        at = picture.place_of(part)
        there = picture.mapToGlobal(at)
        QApplication.sendEvent(picture, QMouseEvent(kind, at, there, button, left, PLAIN))


def drop(view: PhotosView, mime: QMimeData) -> None:
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(99, 99), copy, mime, left, PLAIN)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(view, QDropEvent(QPointF(99, 99), copy, mime, left, PLAIN))


def visible_labels(view: PhotosView) -> list[QLabel]:
    return [label for label in view.findChildren(QLabel) if label.isVisible()]


def names_behind(desk: Desk, card_id: CardId) -> dict[str, list[str]]:
    card = find_card(desk, card_id)[0]
    return {clause: [each.name for each in kept] for clause, kept in card.evidence.items()}


def test_40_photos_of_two_units_are_sorted_with_90_keys(
    stage: Stage, cards: tuple[CardId, CardId], tmp_path: Path
) -> None:
    """Ten clauses a unit in the order of the form, one to four photos each, no key waits."""
    form = national_form()
    codes = codes_of(form)
    runs = (1, 2, 1, 4, 2, 3, 1, 2, 1, 3)
    expected: list[dict[str, list[str]]] = []
    stage.open(cards[0])
    for unit, clauses in enumerate((form.clauses[::3], form.clauses[1::3])):
        names = iter([f"IMG_{20 * unit + number:04}.jpg" for number in range(20)])
        expected.append({})
        for clause, run in zip(clauses, runs, strict=False):
            stage.press(*codes[clause.id].replace(".", ""))
            stage.press(*[Qt.Key.Key_Return] * (run - 1))
            expected[unit][clause.id] = [next(names) for _ in range(run)]
        if unit == 0:  # the rest is the other factory's: select to the end, move, go there
            stage.press(Qt.Key.Key_End, shift=True)
            stage.press("u", "1")
            stage.qtbot.waitUntil(stage.photos().hasFocus)
            stage.press("/", "1")
            stage.settle(20, 0)
    stage.settle(0, 20)
    assert stage.keys <= 90, stage.keys
    with second_look(tmp_path / "home") as desk:
        stage.qtbot.waitUntil(lambda: [names_behind(desk, card) for card in cards] == expected)


def test_a_run_is_selected_with_shift_and_filed_at_once_and_undone(
    stage: Stage, cards: tuple[CardId, CardId], tmp_path: Path
) -> None:
    stage.open(cards[0])
    stage.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, shift=True)
    stage.press("1", "2", "+", "2", "1")
    stage.settle(36, 4)
    stage.press(Qt.Key.Key_Down, shift=True)
    stage.press("6", "1")
    stage.settle(33, 7)
    undo(stage)
    stage.settle(36, 4)
    run = [f"IMG_{number:04}.jpg" for number in range(4)]
    expected = {"S1-R2-C1": run, "S2-R1-C1": run}
    with second_look(tmp_path / "home") as desk:
        stage.qtbot.waitUntil(lambda: names_behind(desk, cards[0]) == expected)


def test_enter_on_a_button_presses_it_and_files_nothing(
    stage: Stage, cards: tuple[CardId, CardId]
) -> None:
    stage.open(cards[0])
    stage.press("6", "1")
    stage.settle(39, 1)
    undo_button = next(b for b in stage.view.findChildren(QAbstractButton) if b.text() == "撤销")
    undo_button.setFocus()
    stage.press(Qt.Key.Key_Return)
    stage.settle(40, 0)


def test_delete_brings_a_filed_photo_back(stage: Stage, cards: tuple[CardId, CardId]) -> None:
    stage.open(cards[0])
    stage.press("6", "1")
    stage.settle(39, 1)
    button = next(b for b in stage.view.findChildren(QAbstractButton) if "已归类" in b.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    stage.press(Qt.Key.Key_Delete)
    stage.settle(40, 0)


def test_escape_leaves_what_was_begun_before_it_leaves_the_screen(
    stage: Stage, cards: tuple[CardId, CardId]
) -> None:
    stage.open(cards[0])
    with stage.qtbot.assertNotEmitted(stage.view.left):
        stage.press("4", Qt.Key.Key_Escape)
        stage.press("u")
        stage.qtbot.waitUntil(lambda: not stage.photos().hasFocus())
        stage.press(Qt.Key.Key_Escape)
        stage.qtbot.waitUntil(stage.photos().hasFocus)
    with stage.qtbot.waitSignal(stage.view.left):
        stage.press(Qt.Key.Key_Escape)
    assert stage.count(Group.WAITING) == 40


def test_a_box_is_drawn_by_key_and_an_arrow_by_mouse_on_a_copy(
    stage: Stage, cards: tuple[CardId, CardId]
) -> None:
    stage.open(cards[0])
    picture = stage.view.findChildren(MarkingView)[0]
    stage.qtbot.waitUntil(lambda: picture.picture is not None)
    stage.press("b", Qt.Key.Key_Space)
    stage.press(*[Qt.Key.Key_Right] * 4, *[Qt.Key.Key_Down] * 4, Qt.Key.Key_Space)
    stage.press("a")
    drag(picture, QPointF(0.2, 0.2), QPointF(0.4, 0.4))
    drawn = [len(picture.shapes)]
    QTest.keySequence(picture, QKeySequence(QKeySequence.StandardKey.Undo))
    drawn.append(len(picture.shapes))
    stage.press(Qt.Key.Key_Return)
    stage.settle(41, 0)
    assert stage.photos().hasFocus()
    assert [*drawn, len(picture.shapes)] == [2, 1, 0]


def test_what_is_drawn_is_kept_when_one_goes_on_without_saving(
    stage: Stage, cards: tuple[CardId, CardId]
) -> None:
    stage.open(cards[0])
    picture = stage.view.findChildren(MarkingView)[0]
    to_another: Callable[[], None] = partial(stage.photos().go_to, 7)
    away: Callable[[], None] = partial(stage.view.leave, stage.told.clear)
    for go_on in (to_another, away):
        stage.qtbot.waitUntil(lambda: picture.picture is not None)
        stage.press("b")
        drag(picture, QPointF(0.2, 0.2), QPointF(0.4, 0.4))
        go_on()
    stage.settle(42, 0)


def test_what_a_full_disk_refused_is_back_on_its_photo_before_one_leaves(
    stage: Stage, cards: tuple[CardId, CardId]
) -> None:
    stage.open(cards[0])
    picture, left = stage.view.findChildren(MarkingView)[0], list[bool]()
    stage.qtbot.waitUntil(lambda: picture.picture is not None)
    stage.press("b")
    drag(picture, QPointF(0.2, 0.2), QPointF(0.4, 0.4))
    with full_disk(at=0):
        stage.view.leave(lambda: left.append(True))
        stage.qtbot.waitUntil(lambda: bool(stage.view.findChildren(QMessageBox)))
    assert (len(picture.shapes), left) == (1, [])
    stage.view.findChildren(QMessageBox)[0].reject()
    stage.view.leave(lambda: left.append(True))
    stage.qtbot.waitUntil(lambda: left == [True])
    stage.settle(41, 0)


def test_pasted_pictures_and_pasted_files_come_in(
    stage: Stage, cards: tuple[CardId, CardId], clipboard: QMimeData, tmp_path: Path
) -> None:
    stage.open(cards[0])
    clipboard.setImageData(QImage(20, 10, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(clipboard)
    QTest.keySequence(stage.view, QKeySequence(QKeySequence.StandardKey.Paste))
    stage.settle(41, 0)
    files = QMimeData()
    path = tmp_path / "微信图片.jpg"
    path.write_bytes(jpeg(77))
    files.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(files)
    QTest.keySequence(stage.view, QKeySequence(QKeySequence.StandardKey.Paste))
    stage.settle(42, 0)


def test_dropped_folders_and_dropped_bytes_come_in(
    stage: Stage, cards: tuple[CardId, CardId], tmp_path: Path
) -> None:
    stage.open(cards[0])
    lay_photos(tmp_path / "drop" / "DCIM", 3, first=60)
    folder, content = QMimeData(), QMimeData()
    folder.setUrls([QUrl.fromLocalFile(str(tmp_path / "drop"))])
    content.setData("image/png", jpeg(90, kind="PNG"))
    for mime in (folder, content):
        drop(stage.view, mime)
    stage.settle(44, 0)


def test_the_watched_folder_takes_what_is_put_there_and_leaves_it(
    stage: Stage, cards: tuple[CardId, CardId]
) -> None:
    stage.open(cards[0])
    assert stage.view.page is not None
    folder = Path(stage.view.page.folder)
    (path,) = lay_photos(folder, 1, first=70)
    stage.settle(41, 0)
    assert path.read_bytes() == jpeg(70)
    path.rename(folder / "again.jpg")
    lay_photos(folder, 1, first=71)
    stage.settle(42, 0)
    stage.view.hide()
    lay_photos(folder, 1, first=72)
    stage.qtbot.waitUntil(lambda: stage.count(Group.UNCLAIMED) == 1)


def test_an_empty_tray_says_how_photos_come_from_a_phone(
    stage: Stage, cards: tuple[CardId, CardId]
) -> None:
    stage.open(cards[1])
    shown = [label.text() for label in visible_labels(stage.view)]
    assert any("文件传输助手" in text and "照片投放" in text for text in shown)


def test_the_first_photos_of_an_empty_tray_take_the_focus(
    stage: Stage, cards: tuple[CardId, CardId]
) -> None:
    stage.open(cards[1])
    focused = QApplication.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert focused.text() == "导入照片"
    content = QMimeData()
    content.setData("image/png", jpeg(90, kind="PNG"))
    drop(stage.view, content)
    stage.settle(1, 0)
    stage.qtbot.waitUntil(stage.photos().hasFocus)


def test_every_control_has_a_name_and_is_reached_by_tab(
    stage: Stage, cards: tuple[CardId, CardId]
) -> None:
    stage.open(cards[0])
    controls = chain(
        stage.view.findChildren(QAbstractButton), stage.view.findChildren(QAbstractItemView)
    )
    for control in controls:
        if control.isVisible():
            text = control.text() if isinstance(control, QAbstractButton) else ""
            assert control.accessibleName() or text, control
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control
