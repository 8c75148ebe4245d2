"""The screen 打印与交付: the prints at the left, their real pages at the right."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.card import CardId
from app.services.desk.desk import Changes
from app.services.prints.prints import Print
from ui.steps import Place
from ui.views.printing.files import FileTaker, FolderTaker
from ui.views.printing.handover import HandoverPresenter
from ui.views.printing.handover_panel import HandoverPanel
from ui.views.printing.page import PrintPage, Sight
from ui.views.printing.page_area import PageArea
from ui.views.printing.paper import DPI, PaperTaker
from ui.views.printing.pixels import image_of
from ui.views.printing.presenter import PrintingPresenter
from ui.views.printing.print_list import PrintList
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.file_dialog import ask_folder, ask_new_file
from ui.widgets.progress_row import ProgressRow
from ui.widgets.question import ask
from ui.widgets.screen import Around, CardScreen

if TYPE_CHECKING:
    from app.reports.file.raster import PageSize, Raster

_WIDEST = 24  # of the left column, in Han characters
_SINGLE, _MERGED = "single", "merged"  # how several prints are saved
_SHARE = 0.34  # of the screen, when letters are large


class PrintingView(CardScreen):
    """Shows prints and forwards what is asked of them."""

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("printing.heading"))
        self._tasks = around.runner.bound_to(self)
        self._presenter = PrintingPresenter(
            self._tasks,
            around.labels,
            sight=Sight(
                show=self._show,
                show_document=self._show_document,
                show_page=self._show_page,
                show_refusal=self._show_refusal,
                show_progress=self._show_progress,
                end_progress=self._progress_ended,
                progress=lambda: self._progress.begin(around.labels("printing.photos")),
            ),
            tell=around.tell,
            announce=around.announce,
        )
        self._area = PageArea(around.labels)
        self._area.wanted.connect(self._presenter.want)
        self._progress = ProgressRow(around.labels)
        self._progress.stopped.connect(self._presenter.stop)
        self._panel = HandoverPanel(around.labels)
        self._handovers = HandoverPresenter(
            self._tasks,
            around.labels,
            show=self._panel.show_page,
            refuse=self._panel.refuse,
            announce=around.announce,
        )
        self._build()

    def open(self, card_id: CardId, print_: str = Print.CARD, hazards: Sequence[str] = ()) -> None:
        """Read a card and show one of its prints; `ready` follows."""
        self._panel.show()
        self._handovers.open(card_id)
        self._presenter.open((card_id,), Print(print_), hazards=hazards, opened=self.ready.emit)

    def open_at(self, card_id: CardId, detail: str) -> None:
        """Read a card and show the print that is named, else the card itself.

        The hazard of a 整改建议书 may be named behind a colon.
        """
        which, _, hazard = detail.partition(":")
        self.open(card_id, which or Print.CARD, [hazard] if hazard else [])

    def open_many(self, card_ids: Sequence[CardId]) -> None:
        """Offer the prints of several cards; the pages of the first are shown."""
        self._panel.hide()
        self._presenter.open(card_ids, Print.CARD, opened=self.ready.emit)

    def enter(self) -> None:
        """Begin at the list of prints."""
        self._list.setFocus()

    def leave(self, then: Callable[[], None]) -> None:
        """Keep what was typed of a handover, then let go; a run goes on to its end."""
        self._panel.flush()
        self._handovers.settle(lambda: self._on_settled(then))

    def note(self, changes: Changes) -> None:
        """Draw anew when the card changes while it is seen."""
        if self.isVisible():
            self._presenter.note(changes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the left column what it likes, but never most of the screen."""
        super().resizeEvent(event)
        letters = self.fontMetrics().horizontalAdvance("考" * _WIDEST)
        bar = self._left.verticalScrollBar().sizeHint().width()
        needed = self._left.widget().minimumSizeHint().width() + bar
        liked = min(letters, round(self.width() * _SHARE))
        self._left.setFixedWidth(max(liked, needed))

    def _build(self) -> None:
        labels = self._labels
        self._list = PrintList(name=labels("printing.prints"))
        self._list.chosen.connect(lambda which: self._presenter.choose(Print(which)))
        self._list.ticked.connect(self._on_ticked)
        self._bundling = _SINGLE
        self._bundle = ChoiceRow(
            labels("printing.bundle"),
            [(each, labels(f"printing.bundle.{each}")) for each in (_SINGLE, _MERGED)],
        )
        self._bundle.show_value(_SINGLE)
        self._bundle.chosen.connect(self._on_bundle_chosen)
        self._caution = QLabel(labels("printing.merge_caution"))
        self._caution.setObjectName("caption")
        self._caution.setWordWrap(True)
        self._panel.typed.connect(self._handovers.write)
        self._panel.recorded.connect(self._handovers.record)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        self._left = self._new_left()
        columns.addWidget(self._left)
        columns.addWidget(self._area, stretch=1)
        self.body.addLayout(columns, stretch=1)
        self.body.addWidget(self._progress)
        send = partial(self.place_asked.emit, Place.SENDING)
        self._send = self.add_button("printing.to_sending", send, at_left=True)
        self._save = self.add_button("printing.save", self._ask_where)
        self._save.setShortcut(QKeySequence(QKeySequence.StandardKey.Save))
        self._print = self.add_button("printing.print", self._ask_printer, kind="primary")
        self._print.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))

    def _new_left(self) -> QScrollArea:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        for part in (self._list, self._bundle, self._caution, self._panel):
            layout.addWidget(part)
        layout.addStretch()
        column = QScrollArea()
        column.setFrameShape(QFrame.Shape.NoFrame)
        column.setWidgetResizable(True)
        column.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.setWidget(inside)
        return column

    def _on_settled(self, then: Callable[[], None]) -> None:
        if not self._handovers.has_unsaved:
            then()
            return
        ask(
            self,
            self._labels("printing.discard"),
            yes=self._labels("discard"),
            no=self._labels("stay"),
            then=then,
        )

    def _show(self, page: PrintPage) -> None:
        self.show_about(page.about)
        self._list.show_lines(page.lines, page.current)
        for part in (self._bundle, self._caution):
            part.setVisible(page.is_several)
        self._send.setVisible(page.is_sealed)
        for button in (self._save, self._print):
            if self.window().focusWidget() is button and not page.can_print:
                self._list.setFocus()  # else the window's next button has it
            button.setEnabled(page.can_print)

    def _show_document(self, sizes: "Sequence[PageSize]") -> None:
        self._area.show_document([QSizeF(size.width, size.height) for size in sizes])

    def _show_page(self, number: int, raster: "Raster") -> None:
        self._area.show_page(number, image_of(raster))

    def _show_progress(self, done: int, total: int) -> None:
        if total > 1:
            what = self._labels("printing.progress", done=done, total=total)
            self._progress.show_step(what, done, total)

    def _show_refusal(self, sentence: str) -> None:
        self._area.show_message(sentence)

    def _progress_ended(self) -> None:
        self._progress.hide()

    def _on_ticked(self, which: str, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._presenter.tick(Print(which), on=on)

    def _on_bundle_chosen(self, bundling: str) -> None:
        self._bundling = bundling

    def _ask_where(self) -> None:
        """Ask for one file, or for a folder that takes several."""
        title = self._labels("printing.save_title")
        if len(self._presenter.orders) > 1 and self._bundling == _SINGLE:
            ask_folder(self, title, self.save_into)
        else:
            name = self._presenter.suggested_name or f"{self._labels('printing.heading')}.pdf"
            kinds = self._labels("printing.pdf_files")
            ask_new_file(self, title, self.save_as, name=name, kinds=kinds)

    def save_as(self, path: Path) -> None:
        """Write all that is ticked into one file."""
        taker = FileTaker(self._tasks, path)
        self._presenter.start(taker, said="printing.saved")

    def save_into(self, folder: Path) -> None:
        """Write each ticked print into a folder."""
        taker = FolderTaker(self._tasks, folder)
        self._presenter.start(taker, said="printing.saved")

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(DPI)
        printer.setDocName(self._presenter.suggested_name or self._labels("printing.heading"))
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # QPrintDialog's own wants a slot by name

    def print_on(self, printer: QPrinter) -> None:
        """Print all that is ticked."""
        self._presenter.start(PaperTaker(self._tasks, printer), said="printing.printed")
