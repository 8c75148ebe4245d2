"""The form on the screen, to be scrolled: all rows under their sections, one clause current."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.domain.form import Clause, ClauseId, Row
from ui.labels import Labels
from ui.views.scoring.clause_strip import ClauseStrip
from ui.views.scoring.page import Page
from ui.views.scoring.row_frame import RowFrame

_SEEN_AROUND = 3  # lines kept in sight above and below the current clause


class FormArea(QScrollArea):
    """Shows the clauses of a form. `entered` tells the clause the focus came to."""

    entered = Signal(str)

    def __init__(self, labels: Labels, *, wire: Callable[[ClauseId, ClauseStrip], None]) -> None:
        super().__init__()
        self.setObjectName("form")
        self.setAccessibleName(labels("scoring.title"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._labels = labels
        self._wire = wire
        self._shown: Page | None = None
        self._strips: dict[ClauseId, ClauseStrip] = {}
        self._rows: dict[str, RowFrame] = {}
        self._titles: dict[str, QLabel] = {}
        self._current: ClauseId | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @property
    def current(self) -> ClauseId | None:
        """Return the clause the inspector works at."""
        return self._current

    def show_page(self, page: Page) -> None:
        """Draw what differs from the page shown."""
        before = self._shown
        if before is None or before.form.hash != page.form.hash:
            self._build(page)
            before = None
        self._shown = page
        for clause_id, line in page.clauses.items():
            is_same = before is not None and before.clauses[clause_id] == line
            if not is_same or before is None or before.is_read_only != page.is_read_only:
                self._strips[clause_id].show_line(line, is_read_only=page.is_read_only)
                if clause_id == self._current:
                    self._keep_in_sight()
        if before is None or before.shown != page.shown:
            self._show_rows(page)
        for row, cell in page.cells.items():
            if before is None or before.cells[row] != cell:
                self._rows[row].show_cell(cell)

    def go_to(self, clause_id: ClauseId) -> None:
        """Make a clause the current one."""
        strip = self._strips[clause_id]
        if strip.hasFocus():
            self._enter(clause_id)
        else:
            strip.setFocus()

    def step(self, clauses: int) -> None:
        """Go some clauses on from the current one, staying among those shown."""
        order = [id_ for id_, strip in self._strips.items() if strip.isVisibleTo(self)]
        if self._current in order:
            place = order.index(self._current) + clauses
            self.go_to(order[min(max(place, 0), len(order) - 1)])

    def flush(self) -> None:
        """Report whatever was typed anywhere."""
        for strip in self._strips.values():
            strip.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the current clause in sight when fields open or the window changes."""
        if watched is self.widget() and event.type() == QEvent.Type.Resize:
            self._keep_in_sight()
        return super().eventFilter(watched, event)

    def _show_rows(self, page: Page) -> None:
        """Show the rows with a clause inside the filter, under the titles of their sections."""
        for section in page.form.sections:
            seen = [not page.shown.isdisjoint(c.id for c in row.clauses) for row in section.rows]
            for row, is_seen in zip(section.rows, seen, strict=True):
                self._rows[row.id].setVisible(is_seen)
            self._titles[section.id].setVisible(any(seen))
        self._keep_in_sight()

    def _build(self, page: Page) -> None:
        self._strips, self._rows, self._titles, self._current = {}, {}, {}, None
        content = QWidget()
        content.setObjectName("content")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(16, 8, 16, 16)
        layout.setSpacing(8)
        for section in page.form.sections:
            title = QLabel(section.title)
            title.setObjectName("section")
            title.setWordWrap(True)
            layout.addWidget(title)
            self._titles[section.id] = title
            for row in section.rows:
                layout.addWidget(self._new_row(row, page))
        layout.addStretch()
        self.setWidget(content)
        content.installEventFilter(self)

    def _new_row(self, row: Row, page: Page) -> QFrame:
        kind = "official" if len(row.clauses) == 1 else "piece"
        strips = tuple(self._new_strip(clause, page, kind) for clause in row.clauses)
        self._rows[row.id] = RowFrame(row, strips, self._labels)
        return self._rows[row.id]

    def _new_strip(self, clause: Clause, page: Page, kind: str) -> ClauseStrip:
        strip = ClauseStrip(clause, page.clauses[clause.id], self._labels, kind=kind)
        strip.moved.connect(self.step)
        self._wire(clause.id, strip)
        self._strips[clause.id] = strip
        return strip

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        for clause_id, strip in self._strips.items():
            if now is not None and (now is strip or strip.isAncestorOf(now)):
                self._enter(clause_id)
                return

    def _enter(self, clause_id: ClauseId) -> None:
        if self._current is not None and self._current != clause_id:
            self._strips[self._current].set_current(is_current=False)
        self._current = clause_id
        self._strips[clause_id].set_current(is_current=True)
        self._keep_in_sight()
        self.entered.emit(clause_id)

    def _keep_in_sight(self) -> None:
        QTimer.singleShot(0, self._show_current)  # once its fields have got their room

    def _show_current(self) -> None:
        if self._current is None:
            return
        strip, focus = self._strips[self._current], QApplication.focusWidget()
        around = _SEEN_AROUND * self.fontMetrics().height()
        if strip.height() + around < self.viewport().height():
            self.ensureWidgetVisible(strip, 0, around)
        elif focus not in (None, strip) and strip.isAncestorOf(focus):
            self.ensureWidgetVisible(focus, 0, around)
        else:
            top = strip.mapTo(self.widget(), QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(top - around // 2)
