"""The screen 单位情况: the fields of one unit."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.unit import Fact, UnitKey
from app.services.desk import Changes
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.views.unit.presenter import NO, UNKNOWN, YES, UnitForm, UnitPresenter
from ui.widgets.notice import Notice
from ui.widgets.question import ask
from ui.widgets.text_field import TextField

_COUNTS = (Fact.WORKERS, Fact.WOMEN, Fact.MIGRANT, Fact.HAZARD_EXPOSED)
_WIDTH = 760
_COUNT_WIDTH = 120


class UnitView(QWidget):
    """Shows the fields and forwards what is asked for."""

    ready = Signal()
    saved = Signal(str)
    left = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        labels: Labels,
        *,
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__()
        self._labels = labels
        self._presenter = UnitPresenter(
            runner.bound_to(self),
            labels,
            show=self._show,
            refuse=self._refuse,
            saved=self.saved.emit,
            tell=tell,
            announce=announce,
        )
        self._name = TextField(name=labels("unit.name"))
        self._code = TextField(name=labels("unit.code"))
        self._sub_unit = TextField(name=labels("unit.sub_unit"))
        self._counts = {fact: TextField(name=labels.fact(fact)) for fact in _COUNTS}
        self._high_risk = QComboBox()
        self._build()

    def open_new(self) -> None:
        """Show an empty form."""
        self._presenter.open_new()

    def open(self, key: UnitKey) -> None:
        """Show a registered unit."""
        self._presenter.open(key)

    def enter(self) -> None:
        """Begin at the first field that may be filled."""
        (self._code if self._code.isEnabled() else self._name).setFocus()

    def leave(self, then: Callable[[], None]) -> None:
        """Let go, asking first where something typed would be lost."""
        form = self._typed()
        if not self._presenter.differs(form):
            then()
            return
        ask(
            self,
            self._labels("unit.discard"),
            yes=self._labels("discard"),
            no=self._labels("stay"),
            then=then,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter, leave with Escape, from any field."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._save()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _build(self) -> None:
        self._heading = QLabel()
        self._heading.setObjectName("heading")
        self._refusal = Notice(kind="refusal")
        self._refusal.setMaximumWidth(_WIDTH)
        scroll = QScrollArea()
        scroll.setObjectName("form")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._new_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self._heading)
        layout.addWidget(scroll, stretch=1)
        layout.addWidget(self._refusal)
        layout.addLayout(self._new_buttons())

    def _new_page(self) -> QWidget:
        hint = QLabel(self._labels("unit.facts_hint"))
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setMaximumWidth(_WIDTH)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        inside.addLayout(self._new_form())
        inside.addWidget(hint)
        page = QWidget()
        page.setObjectName("content")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        layout.addStretch()
        return page

    def _new_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        self._sub_unit.setPlaceholderText(self._labels("unit.sub_unit_hint"))
        for label, field in (
            ("unit.code", self._code),
            ("unit.name", self._name),
            ("unit.sub_unit", self._sub_unit),
        ):
            form.addRow(self._labels(label), field)
        for fact, field in self._counts.items():
            field.setFixedWidth(_COUNT_WIDTH)
            form.addRow(self._caption(fact), field)
        self._high_risk.setAccessibleName(self._labels.fact(Fact.HIGH_RISK))
        self._high_risk.setFixedWidth(_COUNT_WIDTH)
        for value, word in ((UNKNOWN, "unit.unknown"), (YES, "unit.yes"), (NO, "unit.no")):
            self._high_risk.addItem(self._labels(word), value)
        form.addRow(self._caption(Fact.HIGH_RISK), self._high_risk)
        return form

    def _new_buttons(self) -> QHBoxLayout:
        save = QPushButton(self._labels("unit.save"))
        save.setObjectName("primary")
        save.clicked.connect(self._save)
        cancel = QPushButton(self._labels("cancel"))
        cancel.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.addWidget(save)
        buttons.addWidget(cancel)
        buttons.addStretch()
        return buttons

    def _caption(self, fact: Fact) -> str:
        name = self._labels.fact(fact)
        return name[:1].upper() + name[1:]

    def _show(self, form: UnitForm) -> None:
        is_new = self._presenter.is_new
        self._heading.setText(self._labels("unit.new" if is_new else "unit.title"))
        self._refusal.tell("")
        for field in (self._code, self._sub_unit):
            field.setEnabled(is_new)
        for field, text in (
            (self._name, form.name),
            (self._code, form.code),
            (self._sub_unit, form.sub_unit),
            *((field, form.facts[fact]) for fact, field in self._counts.items()),
        ):
            field.setText(text)
        self._high_risk.setCurrentIndex(self._high_risk.findData(form.facts[Fact.HIGH_RISK]))
        self.ready.emit()

    def _refuse(self, sentence: str) -> None:
        self._refusal.tell(sentence)

    def _typed(self) -> UnitForm:
        for field in (self._name, self._code, self._sub_unit, *self._counts.values()):
            field.flush()
        facts = {fact.value: field.text() for fact, field in self._counts.items()}
        facts[Fact.HIGH_RISK.value] = str(self._high_risk.currentData())
        return UnitForm(
            name=self._name.text(),
            code=self._code.text(),
            sub_unit=self._sub_unit.text(),
            facts=facts,
        )

    def _save(self) -> None:
        self._presenter.save(self._typed())
