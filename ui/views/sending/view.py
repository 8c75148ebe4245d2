"""The screen 报送: the cards with what is proven of them, files out and in, backup and restore."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
)

from app.domain.delivery import State
from app.services.desk.desk import Changes
from ui.models.outgoing import STATE_COLUMN, OutgoingModel
from ui.tasks import Gauge
from ui.views.sending.copying import CopyingPresenter
from ui.views.sending.presenter import Page, SendingPresenter
from ui.views.sending.taking import TakingPresenter
from ui.widgets.file_dialog import ask_files, ask_folder, ask_new_file
from ui.widgets.found_bar import FoundBar
from ui.widgets.notice import Notice
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.progress_row import ProgressRow
from ui.widgets.rows import Rows
from ui.widgets.screen import Around, Screen
from ui.widgets.state_chip import StateDelegate
from ui.widgets.tick_box import TickBox

_COLUMNS = ("unit", "total", "state", "since", "proof")
_STRETCHED = (0, 4)
_NARROWEST = 8  # letters of a column, however large they are
_MOMENT = "2020-11-06 10:00"


class SendingView(Screen):
    """Shows the table and forwards what is asked for."""

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("sending.title"))
        tasks, labels = around.runner.bound_to(self), around.labels
        self._sending = SendingPresenter(
            tasks,
            labels,
            keys=around.keys,
            show=self._show,
            ask_words=self._ask_words,
            written=self._on_written,
            refuse=self._refuse,
            tell=self._say,
            announce=around.announce,
        )
        self._taking = TakingPresenter(
            tasks,
            labels,
            keys=around.keys,
            progress=partial(self._gauge, "sending.taking"),
            add_line=self._add_line,
            ask_words=self._wait_for_words,
            tell=around.tell,
            announce=around.announce,
        )
        self._copying = CopyingPresenter(
            tasks,
            labels,
            progress=partial(self._gauge, "sending.copying"),
            found=self._show_found,
            tell=around.tell,
            announce=around.announce,
        )
        self._is_entering = False
        self._model = OutgoingModel(
            tuple(labels(f"sending.column.{column}") for column in _COLUMNS), self
        )
        self._build()

    def enter(self) -> None:
        """Show what is kept now, and begin at what there is to do."""
        self._is_entering = True
        self._sending.refresh()
        self._table.setFocus()

    def leave(self, then: Callable[[], None]) -> None:
        """Stay while a copy is taken back: nobody may write into what is about to be replaced."""
        self._copying.settle(then)

    def note(self, changes: Changes) -> None:
        """Read again what changed."""
        self._sending.note(changes)

    def take_files(self, files: Sequence[Path]) -> None:
        """Look into files that came in, and take them in."""
        self._taken.tell("")
        self._taking.take(files, self._words.text())

    def _build(self) -> None:
        self._counts = QLabel()
        self._counts.setWordWrap(True)
        self._note = Notice()
        self._table = self._new_table()
        self._empty = QLabel(self._labels("sending.empty"))
        self._empty.setObjectName("muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._taken = Notice()
        self._found = FoundBar(
            yes=self._labels("sending.take_back"),
            no=self._labels("cancel"),
        )
        self._found.taken.connect(self._copying.take_back)
        self._refusal = Notice(kind="refusal")
        self._progress = ProgressRow(self._labels)
        self._channel = QLabel(self._labels("sending.channel"))
        self._channel.setObjectName("muted")
        self._channel.setWordWrap(True)
        above = (self._note, self._counts)
        below = (self._taken, self._found, self._refusal, self._progress, self._channel)
        for part in (*above, self._empty, self._table, *below):
            self.body.addWidget(part)
        self.body.setStretchFactor(self._empty, 1)
        self.body.setStretchFactor(self._table, 1)
        self.body.addLayout(self._new_options())
        self.add_button("sending.receive", self._on_receive_asked, at_left=True)
        self.add_button("sending.back_up", self._on_back_up_asked, at_left=True)
        self.add_button("sending.restore", self._on_restore_asked, at_left=True)
        self._send = self.add_button("sending.send", self._on_send_asked, kind="primary")

    def _new_options(self) -> QHBoxLayout:
        self._photos = TickBox(self._labels("sending.photos"))
        self._photos.setChecked(True)
        self._words = PassphraseField(self._labels)
        self._words.setPlaceholderText(self._labels("credential.passphrase"))
        self._words.entered.connect(self._on_words_entered)
        options = QHBoxLayout()
        options.addWidget(self._photos)
        options.addStretch()
        options.addWidget(self._words)
        return options

    def _new_table(self) -> Rows:
        table = Rows(self._model, name=self._labels("sending.title"))
        table.setItemDelegateForColumn(STATE_COLUMN, StateDelegate(table))
        table.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 2))
        header = table.horizontalHeader()
        state = max((self._labels.state(state) for state in State), key=len)
        for column, sample in ((1, "总得分"), (STATE_COLUMN, f"{state}　"), (3, _MOMENT)):
            width = self.fontMetrics().horizontalAdvance(f"{sample}　　　")
            header.resizeSection(column, width)
        header.setMinimumSectionSize(self.fontMetrics().horizontalAdvance("卡" * _NARROWEST))
        for column in _STRETCHED:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.hide()
        return table

    def _show(self, page: Page) -> None:
        self.show_about(page.about)
        self._note.tell(page.note)
        self._counts.setText(page.counts)
        self._counts.setVisible(bool(page.counts))
        self._model.show(page.lines)
        self._table.setVisible(bool(page.lines))
        self._empty.setVisible(not page.lines)
        if self.window().focusWidget() is self._send and not page.may_send:
            self._table.setFocus()  # else the window's next button has it
        self._send.setEnabled(page.may_send)
        if self._is_entering and page.may_send:
            (self._words if self._words.isVisible() else self._send).setFocus()
        self._is_entering = False

    def _ask_words(self, asked: bool) -> None:  # noqa: FBT001 - a setter
        self._words.setVisible(asked)
        if not asked:
            self._words.clear()

    def _wait_for_words(self, asked: bool) -> None:  # noqa: FBT001 - a setter
        self._ask_words(asked)
        if asked:
            self._words.setFocus()

    def _gauge(self, key: str) -> Gauge:
        return self._progress.begin(self._labels(key))

    def _say(self, sentence: str) -> None:
        self._taken.tell(sentence)  # the backup that follows tells its own in the window's line

    def _add_line(self, line: str) -> None:
        before = self._taken.text()
        self._taken.tell(f"{before}\n{line}" if before else line)

    def _show_found(self, sentence: str) -> None:
        self._found.tell(sentence)

    def _refuse(self, sentence: str) -> None:
        self._progress.hide()
        self._refusal.tell(sentence)
        if self._words.isVisible():
            self._words.setFocus()

    def _on_words_entered(self) -> None:
        if self._taking.is_waiting:
            self._taking.take((), self._words.text())
        else:
            self._on_send_asked()

    def _on_send_asked(self) -> None:
        self._refusal.tell("")
        self._sending.suggest_name(self._ask_path)

    def _ask_path(self, name: str) -> None:
        ask_new_file(self, self._labels("sending.send"), self._send_as, name=name)

    def _send_as(self, path: Path) -> None:
        self._sending.send(
            path,
            self._words.text(),
            photos=self._photos.isChecked(),
            progress=self._gauge("sending.packing"),
        )

    def _on_written(self, path: Path) -> None:
        """Copy the workspace onto the same medium: a stick that is handed in is also a backup."""
        self._copying.back_up(path.parent)

    def _on_receive_asked(self) -> None:
        ask_files(self, self._labels("sending.receive"), self.take_files)

    def _on_back_up_asked(self) -> None:
        ask_folder(self, self._labels("sending.back_up"), self._copying.back_up)

    def _on_restore_asked(self) -> None:
        ask_folder(self, self._labels("sending.restore"), self._copying.look_into)
