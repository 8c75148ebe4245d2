"""One 考核内容 of the form on the screen: its text verbatim, its clauses, its 得分 cell."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from app.domain.form import Row
from app.domain.points import points_text
from ui.labels import Labels
from ui.views.scoring.clause_strip import ClauseStrip

_WIDEST_CELL = "00.00"


class RowFrame(QFrame):
    """A row as on the paper: text at the left, the one cell at the right.

    Where a row holds several clauses its whole text stands above them.
    """

    def __init__(self, row: Row, strips: tuple[ClauseStrip, ...], labels: Labels) -> None:
        super().__init__()
        self.setObjectName("row")
        self._labels = labels
        self._points = points_text(row.points)
        self._cell = QLabel()
        self._cell.setObjectName("cell")
        self._cell.setAlignment(Qt.AlignmentFlag.AlignCenter)
        clauses = QVBoxLayout()
        clauses.setSpacing(0)
        if len(strips) > 1:
            whole = QLabel(row.text)
            whole.setObjectName("whole")
            whole.setIndent(0)
            whole.setWordWrap(True)
            clauses.addWidget(whole)
        for strip in strips:
            clauses.addWidget(strip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(clauses, stretch=1)
        layout.addWidget(self._cell)

    def show_cell(self, cell: str) -> None:
        """Show the 得分 cell as it would be printed."""
        self._cell.setText(cell or "—")
        self._cell.setProperty("open", not cell)
        self._cell.style().polish(self._cell)
        self._cell.setFixedWidth(self._cell.fontMetrics().horizontalAdvance(_WIDEST_CELL) + 8)
        self._cell.setAccessibleName(self._labels("scoring.cell", points=cell, all=self._points))
