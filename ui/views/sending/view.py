"""The screen 报送: the cards with what is proven of them, files out and in, backup and restore."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
)

from app.domain.delivery import State
from app.services.desk import Changes
from ui.models.outgoing import STATE_COLUMN, OutgoingModel
from ui.tasks import Gauge
from ui.views.sending.copying import CopyingPresenter
from ui.views.sending.presenter import Page, SendingPresenter
from ui.views.sending.taking import TakingPresenter
from ui.widgets.found_bar import FoundBar
from ui.widgets.notice import Notice
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.progress_row import ProgressRow
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
            tell=around.tell,
            announce=around.announce,
        )
        self._taking = TakingPresenter(
            tasks,
            labels,
            keys=around.keys,
            progress=partial(self._gauge, "sending.taking"),
            add_line=self._add_line,
            ask_words=self._ask_words,
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
        self._model = OutgoingModel(
            tuple(labels(f"sending.column.{column}") for column in _COLUMNS), self
        )
        self._build()

    def enter(self) -> None:
        """Show what is kept now."""
        self._sending.refresh()
        self._table.setFocus()

    def note(self, changes: Changes) -> None:
        """Read again what changed."""
        self._sending.note(changes)

    def take_files(self, files: tuple[Path, ...]) -> None:
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

    def _new_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self._labels("sending.title"))
        table.setModel(self._model)
        table.setItemDelegateForColumn(STATE_COLUMN, StateDelegate(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 2))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
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
        self._send.setEnabled(page.may_send)

    def _ask_words(self, asked: bool) -> None:  # noqa: FBT001 - a setter
        self._words.setVisible(asked)
        if not asked:
            self._words.clear()

    def _gauge(self, key: str) -> Gauge:
        return self._progress.begin(self._labels(key))

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
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path, _ = QFileDialog.getSaveFileName(
            self, self._labels("sending.send"), str(Path(folder) / name)
        )
        if path:
            self._sending.send(
                Path(path),
                self._words.text(),
                photos=self._photos.isChecked(),
                progress=self._gauge("sending.packing"),
            )

    def _on_written(self, path: Path) -> None:
        """Copy the workspace onto the same medium: a stick that is handed in is also a backup."""
        self._copying.back_up(path.parent)

    def _on_receive_asked(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self._labels("sending.receive"))
        if names:
            self.take_files(tuple(map(Path, names)))

    def _on_back_up_asked(self) -> None:
        self._with_folder("sending.back_up", self._copying.back_up)

    def _on_restore_asked(self) -> None:
        self._with_folder("sending.restore", self._copying.look_into)

    def _with_folder(self, key: str, then: Callable[[Path], None]) -> None:
        name = QFileDialog.getExistingDirectory(self, self._labels(key))
        if name:
            then(Path(name))
