"""The screen of the first start: three steps, each with one thing to decide."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services.workplace.selfcheck import CheckResult
from ui.views.welcome.presenter import WelcomePresenter
from ui.widgets.check_list import CheckList
from ui.widgets.credential_form import CredentialForm
from ui.widgets.screen import Around, Screen

_STEPS = 3
_WIDTH_IN_LETTERS = 48
_LEFT = Qt.AlignmentFlag.AlignLeft


class WelcomeView(Screen):
    """`finished` says that the person wants to begin."""

    finished = Signal()

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("welcome.title"))
        self._presenter = WelcomePresenter(
            around.runner.bound_to(self),
            around.labels,
            go_on=self._go_on,
            show_checks=self._show_checks,
            refuse_credential=self._refuse_credential,
            tell=around.tell,
            announce=around.announce,
        )
        self._credential = CredentialForm(around.labels)
        self._credential.given.connect(self._presenter.use_credential)
        self._checks = CheckList(around.labels)
        self._pages = QStackedWidget()
        self._first: list[QPushButton] = []
        for page in (self._new_purpose(), self._new_credential(), self._new_check()):
            self._pages.addWidget(page)
        self.head.insertStretch(0)  # in the middle, as the pages are
        self.body.addWidget(self._pages)
        self._show_page(0)

    def enter(self) -> None:
        """Begin at the first choice of the step."""
        self._first[self._pages.currentIndex()].setFocus()

    def _new_purpose(self) -> QWidget:
        real = self._choice("welcome.real", kind="primary")
        real.clicked.connect(self._presenter.begin_real)
        practice = self._choice("welcome.practice")
        practice.clicked.connect(self._presenter.begin_rehearsal)
        return self._page(
            "welcome.purpose",
            self._box(self._first_of(real), "welcome.real_hint"),
            self._box(practice, "welcome.practice_hint"),
        )

    def _new_credential(self) -> QWidget:
        later = self._choice("welcome.later", kind="primary")
        later.clicked.connect(self._go_on)
        return self._page(
            "welcome.credential",
            self._box(self._first_of(later), "welcome.later_hint"),
            self._box(self._credential, "welcome.now_hint"),
        )

    def _new_check(self) -> QWidget:
        begin = self._choice("welcome.begin", kind="primary")
        begin.clicked.connect(lambda _: self.finished.emit())
        return self._page(
            "welcome.ready",
            self._box(self._checks, "welcome.ready_hint"),
            self._first_of(begin),
        )

    def _page(self, heading: str, *parts: QWidget) -> QWidget:
        title = QLabel(self._labels(heading))
        title.setObjectName("group")
        title.setWordWrap(True)
        column = QWidget()
        column.setMaximumWidth(self.fontMetrics().horizontalAdvance("安") * _WIDTH_IN_LETTERS)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 12, 0, 12)
        layout.setSpacing(16)
        for part in (title, *parts):
            is_button = isinstance(part, QPushButton)
            layout.addWidget(part, alignment=_LEFT if is_button else Qt.AlignmentFlag(0))
        layout.addStretch()
        page = QScrollArea()
        page.setObjectName("form")
        page.setWidgetResizable(True)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        page.setWidget(column)
        return page

    def _box(self, part: QWidget, hint: str) -> QFrame:
        """Make a panel of one choice with what it means."""
        words = QLabel(self._labels(hint))
        words.setObjectName("muted")
        words.setWordWrap(True)
        box = QFrame()
        box.setObjectName("panel")
        layout = QVBoxLayout(box)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        if isinstance(part, QPushButton):
            layout.addWidget(part, alignment=_LEFT)
            layout.addWidget(words)
        else:
            layout.addWidget(words)
            layout.addWidget(part)
        return box

    def _choice(self, key: str, *, kind: str = "") -> QPushButton:
        button = QPushButton(self._labels(key))
        button.setObjectName(kind)
        button.setAutoDefault(True)  # Enter presses what has the focus
        return button

    def _first_of(self, button: QPushButton) -> QPushButton:
        self._first.append(button)
        return button

    def _go_on(self) -> None:
        self._show_page(self._pages.currentIndex() + 1)
        self.enter()

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.show_about(self._labels("welcome.step", step=page + 1, all=_STEPS))
        if page == _STEPS - 1:
            self._presenter.check()

    def _show_checks(self, results: tuple[CheckResult, ...]) -> None:
        self._checks.show_results(results)

    def _refuse_credential(self, sentence: str) -> None:
        self._credential.refuse(sentence)
