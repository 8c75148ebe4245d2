"""The screen 现场反馈: what was taken off at the left, the unit's word at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.domain.card import CardId
from ui.steps import Step
from ui.views.feedback.clause_card import ClauseCard
from ui.views.feedback.opinion_panel import OpinionPanel
from ui.views.feedback.page import FeedbackLine, FeedbackPage
from ui.views.feedback.presenter import FeedbackPresenter
from ui.widgets.notice import Notice
from ui.widgets.screen import Around, CardScreen

_SHARES = (3, 2)
_SHEET = "feedback"  # the print of this screen, as 打印与交付 names it


class FeedbackView(CardScreen):
    """Shows what is told the unit and forwards what it says."""

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("feedback.title"))
        self._presenter = FeedbackPresenter(
            around.runner.bound_to(self),
            around.labels,
            show=self._show,
            tell=around.tell,
            announce=around.announce,
        )
        self._page: FeedbackPage | None = None
        self._notice = Notice()
        self._list = QScrollArea()
        self._list.setObjectName("spokenlist")
        self._list.setAccessibleName(around.labels("feedback.title"))
        self._list.setWidgetResizable(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._opinion = OpinionPanel(around.labels)
        self._opinion.chosen.connect(self._presenter.choose)
        self._opinion.typed.connect(self._presenter.type_text)
        self._build()

    def open(self, card_id: CardId) -> None:
        """Read a card; `ready` follows."""
        self._page = None
        self._presenter.open(card_id)

    def enter(self) -> None:
        """Begin at the list: the arrow and page keys turn it."""
        self._list.setFocus()

    def leave(self, then: Callable[[], None]) -> None:
        """Save what was typed, then let go; asks first where something could not be saved."""
        self._opinion.flush()
        self._presenter.settle(lambda: self._on_settled(then))

    def _build(self) -> None:
        side = QScrollArea()
        side.setObjectName("form")
        side.setWidgetResizable(True)
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side.setWidget(self._opinion)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        for area, share in zip((self._list, side), _SHARES, strict=True):
            middle.addWidget(area, stretch=share)
        self.body.addWidget(self._notice)
        self.body.addLayout(middle, stretch=1)
        self.add_button("feedback.print", self._print, at_left=True)
        self._next = self.add_button("feedback.record", self._go_on, kind="primary")

    def _show(self, page: FeedbackPage) -> None:
        before, self._page = self._page, page
        self.show_about(page.summary)
        self._notice.tell(page.notice)
        self._opinion.show_page(page)
        is_done = page.is_recorded or page.is_read_only
        self._next.setText(self._labels("feedback.sign" if is_done else "feedback.record"))
        if before is None or _told(before) != _told(page):
            self._list.setWidget(self._new_list(page))
        if before is None:
            self.ready.emit()

    def _new_list(self, page: FeedbackPage) -> QWidget:
        content = QFrame()
        content.setObjectName("content")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        for line in page.deductions:
            layout.addWidget(ClauseCard(line))
        if not page.deductions:
            layout.addWidget(
                ClauseCard(FeedbackLine(number="", text=page.summary, off="", said=()))
            )
        if page.inapplicable:
            heading = QLabel(self._labels("feedback.inapplicable"))
            heading.setObjectName("section")
            layout.addWidget(heading)
        for line in page.inapplicable:
            layout.addWidget(ClauseCard(line))
        layout.addStretch()
        return content

    def _go_on(self) -> None:
        page = self._page
        if page is None:
            return
        if page.is_recorded or page.is_read_only:
            self.step_asked.emit(Step.SIGNING)
            return
        self._opinion.flush()
        self._presenter.settle(self._on_recorded)

    def _on_recorded(self) -> None:
        if self._presenter.is_recorded:
            self._around.tell(self._labels("feedback.recorded"))
            self._next.setFocus()
        else:
            self._presenter.ask_for_opinion()
            self._opinion.begin()

    def _print(self) -> None:
        self.part_asked.emit(Step.PRINTING, _SHEET)

    def _on_settled(self, then: Callable[[], None]) -> None:
        if self._presenter.has_unsaved:
            self.ask_discard("feedback.discard", then)
        else:
            then()


def _told(page: FeedbackPage) -> tuple[tuple[FeedbackLine, ...], tuple[FeedbackLine, ...]]:
    return page.deductions, page.inapplicable
